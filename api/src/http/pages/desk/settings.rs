//! What the organisation has set, changed by owners and admins, and its people: owners invite colleagues here.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};

use super::gate::{go_to, own_form_of};
use super::home::reader;
use super::shell::{self, Page};
use super::{Fields, field, run};
use crate::domain::reader::FieldProblem;
use crate::domain::{Grant, Role};
use crate::http::State;
use crate::service::change_organisation::change_organisation;
use crate::service::desk::scope::language_name;
use crate::service::once::{in_read, in_transaction};
use crate::service::show_organisation::show_organisation;
use crate::service::sign_in::invite::{LINK_HOURS, NewUser, create_user};
use crate::service::sign_in::session::SignedIn;
use crate::service::{Error, Services};
use crate::store::{members, second_steps};

/// What is shown of the organisation: its name in the JSON, what it is called, and the flag of `laatu org set`.
const SHOWN: [(&str, &str, &str); 5] = [
    ("retention_months", "Months for which answers stay linked to a person", "--retention-months"),
    ("zone", "Time zone of days and quiet hours", "--zone"),
    ("correction_hours", "Hours in which a form can be corrected", "--correction-hours"),
    ("cap", "How often one customer is mailed", "--cap"),
    ("public_score", "Survey whose score everybody may see", "--public-score"),
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
pub async fn show(state: web::Data<State>, request: HttpRequest) -> HttpResponse {
    match reader(&state, &request).await {
        Ok(signed_in) => {
            let said = json!({"saved": request.query_string() == "saved"});
            page(&state, &request, &signed_in, StatusCode::OK, &said).await
        }
        Err(response) => response,
    }
}

/// The page; `said` is what came of a form.
async fn page(
    state: &State,
    request: &HttpRequest,
    signed_in: &SignedIn,
    status: StatusCode,
    said: &Value,
) -> HttpResponse {
    let scope = signed_in.known.scope.clone();
    let read = run(state, move |services: &Services| {
        in_read(services, |connection| {
            let shown = show_organisation(connection, &scope)?;
            let people = members::all(connection, &scope)?;
            let second = second_steps::asked(connection, &scope)?;
            Ok((serde_json::to_value(shown).unwrap_or_default(), people, second))
        })
    });
    let (organisation, people, second) = match read.await {
        Ok(read) => read,
        Err(error) => return shell::failed(request, Some(signed_in), &error),
    };
    let rows: Vec<Value> = SHOWN
        .iter()
        .map(|(key, name, flag)| json!({"name": name, "value": value(organisation.get(*key)), "flag": flag}))
        .collect();
    let people: Vec<Value> = people
        .iter()
        .filter(|one| one.disabled_at.is_none())
        .map(|one| {
            let rows = one.role == Role::Owner || one.grants.contains(&Grant::Rows);
            json!({"name": one.name, "email": one.email, "role": one.role.word(), "rows": rows,
                "waits": one.password.is_empty(), "second": second.contains(&one.id)})
        })
        .collect();
    let text = |name: &str| said.get(name).and_then(Value::as_str).unwrap_or_default();
    let view = json!({
        "slug": signed_in.known.slug,
        "rows": rows,
        "edited": edited(&organisation, said),
        "closing": closing(&organisation, said),
        "wrong": said.get("wrong").cloned().unwrap_or_else(|| json!([])),
        "edits": shell::manages(signed_in),
        "saved": said.get("saved").and_then(Value::as_bool).unwrap_or(false),
        "people": people,
        "second_step": second.contains(&signed_in.known.member.id),
        "invites": signed_in.known.member.role == Role::Owner,
        "hours": LINK_HOURS,
        "roles": Role::ALL.iter().map(|role| json!({"word": role.word(), "usual": *role == Role::Analyst})).collect::<Vec<_>>(),
        "link": text("link"), "whose": text("whose"), "error": text("error"),
        "email": text("email"), "name": text("name"),
    });
    let page = Page { title: "Settings", template: "settings", view: &view, ..Page::default() };
    shell::answer(status, Some(signed_in), &page)
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
    here.filter_map(|one| one.get("message")?.as_str()).collect::<Vec<_>>().join("; ")
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
pub async fn change(state: web::Data<State>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    let signed_in = match reader(&state, &request).await {
        Ok(signed_in) => signed_in,
        Err(response) => return response,
    };
    let fields = match own_form_of(&state, &request, &signed_in, &body) {
        Ok(fields) => fields,
        Err(response) => return response,
    };
    if !shell::manages(&signed_in) {
        return shell::told(StatusCode::FORBIDDEN, Some(&signed_in), &shell::NOT_YOURS);
    }
    let (scope, wanted) = (signed_in.known.scope.clone(), wanted(&fields));
    let missing = missing(&wanted);
    let done = run(&state, move |services| {
        in_transaction(services, |connection| {
            match change_organisation(services, connection, &scope, &wanted) {
                Ok(()) if missing.is_empty() => Ok(()),
                Ok(()) => Err(Error::Invalid(missing.clone())),
                Err(Error::Invalid(problems)) => Err(Error::Invalid([missing.clone(), problems].concat())),
                Err(error) => Err(error),
            }
        })
    });
    match done.await {
        Ok(()) => go_to("/dashboard/settings?saved"),
        Err(Error::Invalid(problems)) => {
            let typed: serde_json::Map<String, Value> =
                fields.iter().map(|(name, value)| (name.clone(), Value::from(value.clone()))).collect();
            let said = json!({"typed": typed, "wrong": problems.iter().map(told).collect::<Vec<_>>()});
            page(&state, &request, &signed_in, StatusCode::UNPROCESSABLE_ENTITY, &said).await
        }
        Err(error) => shell::failed(&request, Some(&signed_in), &error),
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

fn value(found: Option<&Value>) -> String {
    match found {
        Some(Value::String(text)) if text.is_empty() => "none".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Null) | None => String::new(),
        Some(other) => other.to_string(),
    }
}

/// Enters a colleague and shows their one-time link, once.
pub async fn invite(state: web::Data<State>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    let signed_in = match reader(&state, &request).await {
        Ok(signed_in) => signed_in,
        Err(response) => return response,
    };
    let fields = match own_form_of(&state, &request, &signed_in, &body) {
        Ok(fields) => fields,
        Err(response) => return response,
    };
    if signed_in.known.member.role != Role::Owner {
        return shell::told(StatusCode::FORBIDDEN, Some(&signed_in), &shell::NOT_YOURS);
    }
    let (scope, new) = (signed_in.known.scope.clone(), new_user(&fields));
    let made = match new.clone() {
        Some(new) => {
            run(&state, move |services| create_user(services, services.chance.as_ref(), &scope, &new)).await
        }
        None => Err(Error::Conflict("choose a role".to_owned())),
    };
    let text = |name: &str| field(&fields, name).unwrap_or_default().to_owned();
    match made {
        Ok(path) => {
            let link = format!("{}{path}", state.services.public_url);
            let said = json!({"link": link, "whose": text("name")});
            page(&state, &request, &signed_in, StatusCode::OK, &said).await
        }
        Err(error @ (Error::Invalid(_) | Error::Conflict(_))) => {
            let words = match error {
                Error::Invalid(problems) => {
                    problems.into_iter().map(|one| one.message).collect::<Vec<_>>().join("; ")
                }
                other => other.to_string(),
            };
            let said = json!({"error": words, "email": text("email"), "name": text("name")});
            page(&state, &request, &signed_in, StatusCode::UNPROCESSABLE_ENTITY, &said).await
        }
        Err(error) => shell::failed(&request, Some(&signed_in), &error),
    }
}

fn new_user(fields: &Fields) -> Option<NewUser> {
    let text = |name: &str| field(fields, name).unwrap_or_default().to_owned();
    let role = Role::from_word(field(fields, "role")?)?;
    let grants = if field(fields, "rows").is_some() { vec![Grant::Rows] } else { Vec::new() };
    Some(NewUser { email: text("email"), name: text("name"), role, grants })
}
