//! What happened on a day: written on the trend of a survey, and taken back.

use actix_web::{HttpResponse, web};
use serde::Serialize;
use serde_json::{Map, Value};

use super::door::{OwnForm, Visit};
use super::right::Annotate;
use super::survey::{Said, show_again};
use super::survey_address::base;
use crate::service::Error;
use crate::service::annotations::{self, LONGEST, Request, ShownAnnotation};

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

/// Reads them for the page.
pub(super) async fn read(visit: &Visit, key: &str, said: &Said) -> Result<NotesView, Error> {
    let survey = key.to_owned();
    let found = visit.read(move |_, connection, scope| annotations::list(connection, scope, &survey)).await?;
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
        rows: found.annotations.into_iter().enumerate().map(row).collect(),
        writes: visit.may::<Annotate>(),
        longest: LONGEST,
        day: said.day.clone(),
        words: said.words.clone(),
        error: said.error.clone(),
        action: format!("{}/annotations", base(key)),
    })
}

/// Writes one.
pub async fn create(form: OwnForm<Annotate>, key: web::Path<String>) -> HttpResponse {
    let text = |name: &str| form.text(name).trim().to_owned();
    let (day, words) = (text("day"), text("words"));
    let sent = [("day", &day), ("words", &words)].into_iter().filter(|(_, value)| !value.is_empty());
    let sent: Map<String, Value> =
        sent.map(|(name, value)| (name.to_owned(), Value::from(value.clone()))).collect();
    let survey = key.clone();
    let made = match Request::parse(&Value::Object(sent)) {
        Ok(wanted) => {
            form.write(move |services, connection, scope| {
                annotations::create(services, connection, scope, &survey, &wanted)
            })
            .await
        }
        Err(error) => Err(error),
    };
    match made {
        Err(Error::Invalid(problems)) => {
            let told = problems.iter().map(|one| {
                let name = if one.pointer == "/day" { "Day" } else { "What happened" };
                format!("{name}: {}", one.message)
            });
            let said = Said { day, words, error: told.collect::<Vec<_>>().join(". ") };
            show_again(&form, key.into_inner(), said).await
        }
        made => form.lead(made, &notes(&key)),
    }
}

/// Takes one back.
pub async fn delete(form: OwnForm<Annotate>, path: web::Path<(String, String)>) -> HttpResponse {
    let (key, id) = path.into_inner();
    let place = notes(&key);
    let gone =
        form.write(move |_, connection, scope| annotations::delete(connection, scope, &key, &id)).await;
    form.lead(gone, &place)
}

/// Where they stand on the trend's page.
fn notes(key: &str) -> String {
    format!("{}/trend#h-notes", base(key))
}
