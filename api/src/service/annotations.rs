//! Annotations of a survey's trend: made, listed, taken back.

use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

use super::{Error, Result, Services, invalid};
use crate::domain::Id;
use crate::domain::reader::{ObjectReader, is_unsafe};
use crate::domain::time::{date_of_day, day_number};
use crate::store::annotations::{self, Annotation};
use crate::store::surveys::{self, Survey};
use crate::store::{AnyConnection, OrgScope};

/// Longest words of an annotation, in characters: they stand beside a chart.
pub const LONGEST: usize = 120;
/// Most annotations of a survey: more would be a diary.
const MOST: usize = 200;

/// What makes an annotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The day that it is about.
    pub day: Date,
    /// What happened.
    pub words: String,
}

impl Request {
    /// Reads the body of a request; all its mistakes come together.
    pub fn parse(value: &Value) -> Result<Self> {
        let mut reader = ObjectReader::open(value, "");
        let day = reader.required_text("day", 10);
        let words = reader.required_text("words", LONGEST);
        let read = day.as_ref().map(|day| day.parse::<Date>());
        if let (Some(day), Some(Err(_))) = (&day, &read) {
            reader.complain("day", "day", format!("\"{day}\" is not a day; write it as 2026-05-04"));
        }
        if words.as_ref().is_some_and(|words| words.chars().any(is_unsafe)) {
            reader.complain("words", "characters", "are one line without control characters");
        }
        let problems = reader.finish();
        match (read, words) {
            (Some(Ok(day)), Some(words)) if problems.is_empty() => {
                Ok(Self { day, words: words.trim().to_owned() })
            }
            _ => Err(Error::Invalid(problems)),
        }
    }
}

/// An annotation as answers show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ShownAnnotation {
    /// Its id.
    pub id: String,
    /// The day that it is about.
    #[schema(example = "2026-03-03")]
    pub day: String,
    /// What happened.
    #[schema(example = "New courier")]
    pub words: String,
    /// When it was written, RFC 3339 UTC.
    pub created_at: String,
}

/// All annotations of a survey.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct AnnotationList {
    /// By day.
    pub annotations: Vec<ShownAnnotation>,
}

/// Writes an annotation.
pub fn create(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    key: &str,
    request: &Request,
) -> Result<ShownAnnotation> {
    let survey = survey_of(connection, scope, key)?;
    if annotations::of_survey(connection, scope, survey.id)?.len() >= MOST {
        let words = format!("a survey has at most {MOST} annotations; take some back first");
        return Err(invalid("", "too_many", words));
    }
    let one = Annotation {
        id: services.new_id(),
        survey_id: survey.id,
        day: day_number(request.day),
        words: request.words.clone(),
        created_at: services.now(),
    };
    annotations::insert(connection, scope, &one)?;
    Ok(shown(&one))
}

/// All annotations of a survey, by day.
pub fn list(connection: &mut AnyConnection, scope: &OrgScope, key: &str) -> Result<AnnotationList> {
    let survey = survey_of(connection, scope, key)?;
    let found = annotations::of_survey(connection, scope, survey.id)?;
    Ok(AnnotationList { annotations: found.iter().map(shown).collect() })
}

/// Takes an annotation back.
pub fn delete(connection: &mut AnyConnection, scope: &OrgScope, key: &str, id: &str) -> Result<()> {
    let survey = survey_of(connection, scope, key)?;
    let id = Id::parse(id).ok_or(Error::NotFound("annotation"))?;
    let is_gone = annotations::delete(connection, scope, survey.id, id)?;
    is_gone.then_some(()).ok_or(Error::NotFound("annotation"))
}

fn survey_of(connection: &mut AnyConnection, scope: &OrgScope, key: &str) -> Result<Survey> {
    surveys::find(connection, scope, key)?.ok_or(Error::NotFound("survey"))
}

fn shown(one: &Annotation) -> ShownAnnotation {
    ShownAnnotation {
        id: one.id.to_string(),
        day: date_of_day(one.day).to_string(),
        words: one.words.clone(),
        created_at: one.created_at.rfc3339(),
    }
}
