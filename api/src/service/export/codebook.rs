//! What the columns of an export mean: items with their questions and labels in every language, and the codes.

use serde_json::{Map, Value, json};
use survey_forms::instrument::{Instrument, QuestionKind};
use survey_forms::language::Language;

use super::columns::{Columns, FIXED, LAST};
use crate::files::dictionary::EMPTY_STATES;
use crate::service::instrument_version::Version;
use crate::service::once::in_read;
use crate::service::{Error, Result, Services};
use crate::store::{OrgScope, surveys};

/// The meaning of each column that every survey has, in the order of the columns.
pub(super) const MEANINGS: [&str; FIXED.len() + LAST.len()] = [
    "id of the response; its revisions share it",
    "1, and one more for each correction; the newest counts",
    "place in the organisation's log, in the order of arrival",
    "day of the service in the organisation's zone: of delivery, else of placing",
    "channel of the order",
    "how the customer was in touch; empty for none",
    "shop, branch or desk; empty for none",
    "language in which the last page was posted; empty where it is not known",
    "mail, open_link or imported",
    "quick, standard or full",
    "form of the design: which dimensions were asked",
    "false when the link ran out before the end",
    "whether it is the customer's first in this survey and calendar year",
    "one of 32 groups of customers, for estimates of variance",
    "signs of careless answering with blanks between; a question, not a verdict",
    "when the last page was posted, UTC",
    "free words of the customer in answer to the last question",
    "language of the free words",
    "how the questions were spread over pages: one, section or all; empty where there were none",
    "which stored order the items had, 0 for the file's own",
    "what of the postings looked like a program, with blanks between; evidence, not a verdict",
    "seconds from page to page with blanks between; ? where that is not known",
];

/// Describes the columns of a survey's export. It holds no answers, so every reader of reports may see it.
pub fn codebook(services: &Services, scope: &OrgScope, key: &str) -> Result<Value> {
    in_read(services, |connection| {
        let survey = surveys::find(connection, scope, key)?.ok_or(Error::NotFound("survey"))?;
        let version = services.version_of(connection, scope, &survey)?;
        let columns = Columns::of(services, connection, scope, &survey)?;
        let names = FIXED.iter().chain(&LAST).zip(MEANINGS);
        let fixed: Vec<Value> =
            names.map(|(name, meaning)| json!({"column": name, "meaning": meaning})).collect();
        let segments: Vec<Value> = columns
            .segments
            .iter()
            .map(|(column, segment)| {
                let levels = segment.levels.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>();
                json!({"column": column, "segment": segment.name, "levels": levels})
            })
            .collect();
        Ok(json!({
            "survey": survey.key,
            "instrument": survey.instrument_key,
            "version": survey.instrument_version,
            "columns": fixed,
            "segments": segments,
            "items": items(&columns, &version)?,
            "texts": texts(&columns, &version),
            "empty_states": empty_states(),
        }))
    })
}

fn empty_states() -> Value {
    EMPTY_STATES.iter().map(|state| json!({"code": state.word, "meaning": state.meaning})).collect()
}

fn items(columns: &Columns, version: &Version) -> Result<Value> {
    let layout = version.layout()?;
    let items = columns.items.iter().zip(layout.items()).enumerate();
    let described = items.map(|(place, (item, spec))| {
        let dimension = layout.home_of(place).and_then(|(home, _)| layout.dimensions().get(home));
        let mut entry = json!({
            "column": item.column, "item": item.key,
            "min": spec.scale.min, "max": spec.scale.max, "reversed": spec.reversed,
            "dimension": dimension.map(|one| one.key.as_str()),
        });
        if let (Version::Questionnaire(instrument), Some(fields)) = (version, entry.as_object_mut()) {
            let kind = instrument.items().get(place).map(|item| item.kind.as_str());
            fields.insert("kind".to_owned(), Value::from(kind));
            fields.insert("wording".to_owned(), wording(instrument, place));
        }
        entry
    });
    Ok(described.collect())
}

/// The questions that are answered in words or by a number; none of imported answers.
fn texts(columns: &Columns, version: &Version) -> Value {
    let Version::Questionnaire(instrument) = version else { return json!([]) };
    let described = columns.texts.iter().filter_map(|text| {
        let question = instrument.questions().get(text.place)?;
        let of =
            |language: &Language| (language.tag().to_owned(), json!({"question": question.text(*language)}));
        let wording: Map<String, Value> = instrument.languages().iter().map(of).collect();
        let mut entry = json!({
            "column": text.column, "question": text.key, "kind": question.kind.as_str(), "wording": wording,
        });
        if let (QuestionKind::Number { min, max }, Some(fields)) = (question.kind, entry.as_object_mut()) {
            fields.insert("min".to_owned(), Value::from(min));
            fields.insert("max".to_owned(), Value::from(max));
        }
        Some(entry)
    });
    described.collect()
}

/// Question and labels of an item in each language, labels by their codes.
fn wording(instrument: &Instrument, place: usize) -> Value {
    let Some(item) = instrument.items().get(place) else { return Value::Null };
    let of = |language: Language| {
        let codes = item.scale.min..=item.scale.max;
        let labels: Map<String, Value> = codes
            .zip(item.labels(language))
            .map(|(code, label)| (code.to_string(), Value::from(label.as_str())))
            .collect();
        json!({"question": item.text(language), "labels": labels})
    };
    let languages = instrument.languages().iter();
    Value::Object(languages.map(|language| (language.tag().to_owned(), of(*language))).collect())
}
