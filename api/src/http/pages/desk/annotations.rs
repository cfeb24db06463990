//! What happened on a day: written on the trend of a survey, and taken back.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use serde_json::{Map, Value};

use super::gate::{go_to, own_form_of};
use super::home::reader;
use super::shell;
use super::survey::{Said, base, show_again};
use super::{Fields, field, run};
use crate::domain::Role;
use crate::http::State;
use crate::service::Error;
use crate::service::annotations::{self, LONGEST, Request, ShownAnnotation};
use crate::service::once::{in_read, in_transaction};
use crate::service::sign_in::session::SignedIn;

/// What the trend's page shows of them.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct NotesView {
    rows: Vec<NoteRow>,
    writes: bool,
    longest: usize,
    day: String,
    words: String,
    error: String,
    action: String,
}

#[derive(Clone, Debug, Serialize)]
struct NoteRow {
    number: usize,
    id: String,
    day: String,
    words: String,
}

impl NotesView {
    /// Whether something that was typed could not be taken.
    pub(super) fn is_wrong(&self) -> bool {
        !self.error.is_empty()
    }
}

/// Whether somebody's role writes on trends, as over the API.
fn writes(signed_in: &SignedIn) -> bool {
    matches!(signed_in.known.member.role, Role::Owner | Role::Admin | Role::Analyst)
}

/// Reads them for the page.
pub(super) async fn read(
    state: &State,
    signed_in: &SignedIn,
    key: &str,
    said: &Said,
) -> Result<NotesView, Error> {
    let (scope, survey) = (signed_in.known.scope.clone(), key.to_owned());
    let found = run(state, move |services| {
        in_read(services, |connection| annotations::list(connection, &scope, &survey))
    });
    let row = |(place, one): (usize, ShownAnnotation)| NoteRow {
        number: place + 1,
        day: one
            .day
            .parse::<jiff::civil::Date>()
            .map_or(one.day, |day| day.strftime("%-d %B %Y").to_string()),
        id: one.id,
        words: one.words,
    };
    Ok(NotesView {
        rows: found.await?.annotations.into_iter().enumerate().map(row).collect(),
        writes: writes(signed_in),
        longest: LONGEST,
        day: said.day.clone(),
        words: said.words.clone(),
        error: said.error.clone(),
        action: format!("{}/annotations", base(key)),
    })
}

/// Writes one.
pub async fn create(
    state: web::Data<State>,
    request: HttpRequest,
    key: web::Path<String>,
    body: web::Bytes,
) -> HttpResponse {
    let (signed_in, fields) = match writer(&state, &request, &body).await {
        Ok(both) => both,
        Err(response) => return response,
    };
    let text = |name: &str| field(&fields, name).unwrap_or_default().trim().to_owned();
    let (day, words) = (text("day"), text("words"));
    let sent = [("day", &day), ("words", &words)].into_iter().filter(|(_, value)| !value.is_empty());
    let sent: Map<String, Value> =
        sent.map(|(name, value)| (name.to_owned(), Value::from(value.clone()))).collect();
    let (scope, survey) = (signed_in.known.scope.clone(), key.clone());
    let made = match Request::parse(&Value::Object(sent)) {
        Ok(wanted) => {
            run(&state, move |services| {
                in_transaction(services, |connection| {
                    annotations::create(services, connection, &scope, &survey, &wanted)
                })
            })
            .await
        }
        Err(error) => Err(error),
    };
    match made {
        Ok(_) => go_to(&format!("{}/trend#h-notes", base(&key))),
        Err(Error::Invalid(problems)) => {
            let told = problems.iter().map(|one| {
                let name = if one.pointer == "/day" { "Day" } else { "What happened" };
                format!("{name}: {}", one.message)
            });
            let said = Said { day, words, error: told.collect::<Vec<_>>().join(". ") };
            show_again(&state, &request, &signed_in, key.into_inner(), said).await
        }
        Err(error) => shell::failed(&request, Some(&signed_in), &error),
    }
}

/// Takes one back.
pub async fn delete(
    state: web::Data<State>,
    request: HttpRequest,
    path: web::Path<(String, String)>,
    body: web::Bytes,
) -> HttpResponse {
    let signed_in = match writer(&state, &request, &body).await {
        Ok((signed_in, _)) => signed_in,
        Err(response) => return response,
    };
    let (key, id) = path.into_inner();
    let (scope, survey) = (signed_in.known.scope.clone(), key.clone());
    let gone = run(&state, move |services| {
        in_transaction(services, |connection| annotations::delete(connection, &scope, &survey, &id))
    });
    match gone.await {
        Ok(()) => go_to(&format!("{}/trend#h-notes", base(&key))),
        Err(error) => shell::failed(&request, Some(&signed_in), &error),
    }
}

async fn writer(
    state: &State,
    request: &HttpRequest,
    body: &[u8],
) -> Result<(SignedIn, Fields), HttpResponse> {
    let signed_in = reader(state, request).await?;
    let fields = own_form_of(state, request, &signed_in, body)?;
    if !writes(&signed_in) {
        return Err(shell::told(StatusCode::FORBIDDEN, Some(&signed_in), &shell::NOT_YOURS));
    }
    Ok((signed_in, fields))
}
