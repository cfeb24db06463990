//! From a survey's questionnaire to its data dictionary, in one language.

use scoring::{Facet, Layout};
use survey_forms::instrument::{Instrument, QuestionKind};
use survey_forms::language::Language;

use super::codebook::MEANINGS;
use super::columns::{Columns, FIXED, LAST, Text};
use crate::files::dictionary::{Dictionary, EMPTY_STATES, Field, Kind};
use crate::service::instrument_version::Version;
use crate::service::{Result, invalid};
use crate::store::surveys::Survey;

/// What the columns hold that every survey has, in the order of [`FIXED`] and [`LAST`], and whether all rows have it.
const KINDS: [(Kind, bool); FIXED.len() + LAST.len()] = [
    (Kind::Text, true),
    (Kind::Integer, true),
    (Kind::Integer, true),
    (Kind::Date, true),
    (Kind::Text, false),
    (Kind::Text, false),
    (Kind::Text, false),
    (Kind::Text, false),
    (Kind::Text, true),
    (Kind::Text, false),
    (Kind::Integer, true),
    (Kind::Truth, true),
    (Kind::Truth, true),
    (Kind::Integer, true),
    (Kind::Text, false),
    (Kind::Instant, true),
    (Kind::Text, false),
    (Kind::Text, false),
    (Kind::Text, false),
    (Kind::Integer, true),
    (Kind::Text, false),
    (Kind::Text, false),
];

/// The language of a survey's labels: the one that is asked for, else its first.
pub(in crate::service) fn language_of(
    survey: &Survey,
    version: &Version,
    asked: Option<&str>,
) -> Result<Language> {
    let own: &[Language] = match version {
        Version::Questionnaire(instrument) => instrument.languages(),
        Version::Map(_) => &[],
    };
    let Some(tag) = asked else {
        let offered = survey.languages.iter().find_map(|tag| Language::parse(tag));
        return Ok(offered.or(own.first().copied()).unwrap_or(Language::ENGLISH));
    };
    let known = own.iter().find(|language| language.tag() == tag).copied();
    known.ok_or_else(|| {
        let tags = own.iter().map(|language| language.tag()).collect::<Vec<_>>().join(", ");
        let accepted = if tags.is_empty() { "nothing: imported answers have no labels" } else { &tags };
        invalid("?labels", "unknown_value", format!("\"{tag}\" is not known; accepted is {accepted}"))
    })
}

/// Describes the columns of a survey's responses.
pub(in crate::service) fn dictionary_of(
    survey: &Survey,
    version: &Version,
    columns: &Columns,
    language: Language,
) -> Result<Dictionary> {
    let layout = version.layout()?;
    let mut plain = FIXED
        .iter()
        .chain(&LAST)
        .zip(MEANINGS)
        .zip(KINDS)
        .map(|((name, meaning), (kind, required))| Field { required, ..field(name, kind, meaning) });
    let mut fields: Vec<Field> = plain.by_ref().take(FIXED.len()).collect();
    fields.extend(columns.segments.iter().map(|(column, segment)| {
        field(column, Kind::Text, &format!("level of the declared segment {}", segment.name))
    }));
    let questionnaire = match version {
        Version::Questionnaire(instrument) => Some(&**instrument),
        Version::Map(_) => None,
    };
    for (place, item) in columns.items.iter().enumerate() {
        fields.push(item_field(&layout, questionnaire, place, &item.column, language));
    }
    fields.extend(columns.texts.iter().map(|text| text_field(questionnaire, text, language)));
    fields.extend(plain);
    Ok(Dictionary {
        survey: survey.key.clone(),
        instrument: survey.instrument_key.clone(),
        version: survey.instrument_version,
        title: version.words(language).title,
        language: language.tag().to_owned(),
        fields,
    })
}

fn field(name: &str, kind: Kind, label: &str) -> Field {
    Field {
        name: name.to_owned(),
        kind,
        label: label.to_owned(),
        values: Vec::new(),
        dimension: None,
        facet: None,
        outcome: None,
        reversed: false,
        required: false,
    }
}

fn item_field(
    layout: &Layout,
    questionnaire: Option<&Instrument>,
    place: usize,
    column: &str,
    language: Language,
) -> Field {
    let spec = layout.items().get(place);
    let (min, max) = spec.map_or((0, 0), |spec| (spec.scale.min, spec.scale.max));
    let item = questionnaire.and_then(|instrument| instrument.items().get(place));
    let labels = item.map_or(&[] as &[String], |item| item.labels(language));
    let codes = (min..=max).zip(labels).map(|(code, label)| (code.to_string(), label.clone()));
    let states = EMPTY_STATES.iter().map(|state| (state.word.to_owned(), state.meaning.to_owned()));
    let home = layout.home_of(place).and_then(|(home, _)| layout.dimensions().get(home));
    Field {
        values: codes.chain(states).collect(),
        dimension: home.map(|one| one.key.clone()),
        facet: home.map(|one| facet(one.facet).to_owned()),
        outcome: outcome(layout, place).map(str::to_owned),
        reversed: spec.is_some_and(|spec| spec.reversed),
        required: true,
        ..field(column, Kind::Code { min, max }, item.map_or(column, |item| item.text(language)))
    }
}

fn text_field(questionnaire: Option<&Instrument>, text: &Text, language: Language) -> Field {
    let question = questionnaire.and_then(|instrument| instrument.questions().get(text.place));
    let is_number = question.is_some_and(|question| matches!(question.kind, QuestionKind::Number { .. }));
    let kind = if is_number { Kind::Integer } else { Kind::Text };
    field(&text.column, kind, question.map_or(text.key.as_str(), |question| question.text(language)))
}

const fn facet(facet: Facet) -> &'static str {
    match facet {
        Facet::Experience => "experience",
        Facet::Expectation => "expectation",
        Facet::Image => "image",
        Facet::Importance => "importance",
        Facet::Conduct => "conduct",
        Facet::Outcome => "outcome",
    }
}

fn outcome(layout: &Layout, place: usize) -> Option<&'static str> {
    let outcomes = layout.outcomes();
    let of = |one: Option<usize>, word| (one == Some(place)).then_some(word);
    let overall = outcomes.overall.contains(&place).then_some("overall");
    overall.or(of(outcomes.nps, "nps")).or(of(outcomes.csat, "csat")).or(of(outcomes.ces, "ces"))
}
