//! What the organisation has set, changed by owners and admins.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::{Value, json};

use super::door::{Inside, OwnForm, Visit};
use super::right::{Manage, Read};
use super::shell::Page;
use super::{Fields, people, sentence};
use crate::domain::reader::FieldProblem;
use crate::service::Error;
use crate::service::change_organisation::change_organisation;
use crate::service::desk::scope::language_name;
use crate::service::show_organisation::show_organisation;

/// What is shown of the organisation: its name in the JSON, and what it is called.
const SHOWN: [(&str, &str); 5] = [
    ("retention_months", "Answers stay linked to a person for"),
    ("zone", "Time zone of days and quiet hours"),
    ("correction_hours", "A form can be corrected for"),
    ("cap", "Mails to one customer"),
    ("public_score", "Survey whose score is public"),
];

/// What can be changed here: the name of the field, what it is called, and a hint.
const EDITED: [(&str, &str, &str); 5] = [
    ("name", "Name", "On forms and in mails."),
    ("contact", "Where a person answers", "A mail address; it stands on every form."),
    ("reply_to", "Replies to mails go to", "Empty: to the address above."),
    ("privacy_url", "Privacy page", "Its whole address, with https://"),
    ("accent", "Colour", "Such as #0e5f58; checked for contrast. Empty: ours."),
];
/// Those of them that cannot be empty.
const NEEDED: [&str; 3] = ["name", "contact", "privacy_url"];
/// The words at the end; a field of a language has its tag behind a full stop.
const CLOSING: &str = "closing_words";

/// Shows the settings.
pub async fn show(visit: Inside<Read>) -> HttpResponse {
    let said = json!({"saved": visit.request.query_string() == "saved"});
    page(&visit, StatusCode::OK, &said).await
}

/// The page; `said` is what came of a form.
pub(super) async fn page(visit: &Visit, status: StatusCode, said: &Value) -> HttpResponse {
    let read = visit.read(|_, connection, scope| {
        let organisation = serde_json::to_value(show_organisation(connection, scope)?).unwrap_or_default();
        Ok((organisation, people::read(connection, scope)?))
    });
    let (organisation, people) = match read.await {
        Ok(read) => read,
        Err(error) => return visit.failed(&error),
    };
    let rows: Vec<Value> = SHOWN
        .iter()
        .map(|(key, name)| json!({"name": name, "value": rule(key, &value(organisation.get(*key)))}))
        .collect();
    let view = json!({
        "organisation": visit.who.known.organisation,
        "rows": rows,
        "edited": edited(&organisation, said),
        "closing": closing(&organisation, said),
        "wrong": said.get("wrong").cloned().unwrap_or_else(|| json!([])),
        "edits": visit.may::<Manage>(),
        "saved": said.get("saved").and_then(Value::as_bool).unwrap_or(false),
        "second_step": people.is_asked(visit.who.known.member.id),
        "people": people.shown(visit, said),
    });
    visit.show(status, &Page { title: "Settings", template: "settings", view: &view, ..Page::default() })
}

/// The fields that can be changed: as they are stored, or as they were typed, with what is wrong.
fn edited(organisation: &Value, said: &Value) -> Vec<Value> {
    let field = |(name, label, hint): &(&str, &str, &str)| {
        json!({"name": name, "label": label, "hint": hint, "value": typed(said, name, organisation.get(*name)),
            "error": wrong_at(said, name), "needed": NEEDED.contains(name)})
    };
    EDITED.iter().map(field).collect()
}

/// What was typed into a field, or else what is stored.
fn typed(said: &Value, name: &str, stored: Option<&Value>) -> String {
    let typed = said.get("typed").and_then(|typed| typed.get(name));
    typed.or(stored).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn wrong_at(said: &Value, name: &str) -> String {
    let all = said.get("wrong").and_then(Value::as_array).into_iter().flatten();
    let here = all.filter(|one| one.get("field").and_then(Value::as_str) == Some(name));
    sentence(&here.filter_map(|one| one.get("message")?.as_str()).collect::<Vec<_>>().join("; "))
}

/// A field for the closing words, or one for each language that has words of its own.
fn closing(organisation: &Value, said: &Value) -> Vec<Value> {
    let field = |name: String, label: String, stored: Option<&Value>| json!({"label": label, "value": typed(said, &name, stored), "error": wrong_at(said, &name), "name": name});
    match organisation.get(CLOSING) {
        Some(Value::Object(languages)) => languages
            .iter()
            .map(|(tag, text)| {
                let label = format!("Closing words in {}", language_name(tag));
                field(format!("{CLOSING}.{tag}"), label, Some(text))
            })
            .collect(),
        stored => vec![field(CLOSING.to_owned(), "Closing words".to_owned(), stored)],
    }
}

/// Changes what forms and mails say of the organisation, by the checks of the API.
pub async fn change(form: OwnForm<Manage>) -> HttpResponse {
    let wanted = wanted(&form.fields);
    let missing = missing(&wanted);
    let done = form.write(move |services, connection, scope| {
        match change_organisation(services, connection, scope, &wanted) {
            Ok(()) if missing.is_empty() => Ok(()),
            Ok(()) => Err(Error::Invalid(missing.clone())),
            Err(Error::Invalid(problems)) => Err(Error::Invalid([missing.clone(), problems].concat())),
            Err(error) => Err(error),
        }
    });
    match done.await {
        Err(Error::Invalid(problems)) => {
            let typed: serde_json::Map<String, Value> =
                form.fields.iter().map(|(name, value)| (name.clone(), Value::from(value.clone()))).collect();
            let said = json!({"typed": typed, "wrong": problems.iter().map(told).collect::<Vec<_>>()});
            page(&form, StatusCode::UNPROCESSABLE_ENTITY, &said).await
        }
        done => form.lead(done, "/dashboard/settings?saved"),
    }
}

/// The body that the API would get.
fn wanted(fields: &Fields) -> Value {
    let mut body = serde_json::Map::new();
    let mut words = serde_json::Map::new();
    for (name, value) in fields {
        // Browsers write line breaks with two characters.
        let value = Value::from(value.replace("\r\n", "\n").trim());
        match name.split_once('.') {
            Some((CLOSING, tag)) => {
                words.insert(tag.to_owned(), value);
            }
            _ if name == CLOSING || EDITED.iter().any(|(known, ..)| known == name) => {
                body.insert(name.clone(), value);
            }
            _ => {}
        }
    }
    if !words.is_empty() {
        body.insert(CLOSING.to_owned(), Value::Object(words));
    }
    Value::Object(body)
}

/// The needed fields that came empty: over the API they would stay as they are.
fn missing(body: &Value) -> Vec<FieldProblem> {
    let empty =
        NEEDED.iter().filter(|name| body.get(**name).and_then(Value::as_str).is_none_or(str::is_empty));
    let problem = |name: &&str| FieldProblem {
        pointer: format!("/{name}"),
        code: "missing".to_owned(),
        message: "is missing".to_owned(),
    };
    empty.map(problem).collect()
}

/// A problem with the field of the form that it is about.
fn told(problem: &FieldProblem) -> Value {
    let field = problem.pointer.trim_start_matches('/').replace('/', ".");
    let label =
        EDITED.iter().find(|(name, ..)| *name == field).map_or("Closing words", |(_, label, _)| *label);
    json!({"field": field, "label": label, "message": problem.message})
}

/// A value with its unit.
fn rule(key: &str, value: &str) -> String {
    match (key, value.split_once('/')) {
        ("retention_months", _) => format!("{value}\u{a0}months"),
        ("correction_hours", _) => format!("{value}\u{a0}hours"),
        ("cap", Some((mails, days))) => {
            format!("at most {mails} in {}\u{a0}days", days.trim_end_matches('d'))
        }
        ("cap", None) => "no limit".to_owned(),
        _ => value.to_owned(),
    }
}

fn value(found: Option<&Value>) -> String {
    match found {
        Some(Value::String(text)) if text.is_empty() => "none".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Null) | None => String::new(),
        Some(other) => other.to_string(),
    }
}
