//! What the organisation has set, and its people: owners invite colleagues here.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};

use super::gate::own_form_of;
use super::home::reader;
use super::shell::{self, Page};
use super::{Fields, field, run};
use crate::domain::{Grant, Role};
use crate::http::State;
use crate::service::once::in_read;
use crate::service::show_organisation::show_organisation;
use crate::service::sign_in::invite::{LINK_HOURS, NewUser, create_user};
use crate::service::sign_in::session::SignedIn;
use crate::service::{Error, Services};
use crate::store::{members, second_steps};

/// What is shown of the organisation: its name in the JSON, what it is called, and the flag of `laatu org set`.
const SHOWN: [(&str, &str, &str); 10] = [
    ("name", "Name", "--name"),
    ("contact", "Where a person answers", "--contact"),
    ("reply_to", "Replies to mails go to", "--reply-to"),
    ("privacy_url", "Privacy page", "--privacy-url"),
    ("retention_months", "Months for which answers stay linked to a person", "--retention-months"),
    ("zone", "Time zone of days and quiet hours", "--zone"),
    ("correction_hours", "Hours in which a form can be corrected", "--correction-hours"),
    ("accent", "Colour", "--accent"),
    ("cap", "How often one customer is mailed", "--cap"),
    ("public_score", "Survey whose score everybody may see", "--public-score"),
];

/// Shows the settings.
pub async fn show(state: web::Data<State>, request: HttpRequest) -> HttpResponse {
    match reader(&state, &request).await {
        Ok(signed_in) => page(&state, &request, &signed_in, StatusCode::OK, &json!({})).await,
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

fn value(found: Option<&Value>) -> String {
    match found {
        Some(Value::String(text)) if text.is_empty() => "ours".to_owned(),
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
