//! What happened on a day: written on the trend of a survey, and taken back.

use actix_web::{HttpResponse, web};
use serde::Serialize;
use serde_json::{Map, Value};

use super::door::{OwnForm, Visit};
use super::right::Annotate;
use super::sentence;
use super::survey::{Said, show_again};
use super::survey_address::base;
use super::survey_filters::day_kind;
use crate::service::Error;
use crate::service::annotations::{self, LONGEST, Request, ShownAnnotation};
use crate::service::desk::scope::day_words;

/// What the trend's page shows of them.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct NotesView {
    rows: Vec<NoteRow>,
    writes: bool,
    longest: usize,
    /// `date`, or `text` where what was typed is no day.
    kind: &'static str,
    day: String,
    words: String,
    day_error: String,
    words_error: String,
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
        !self.day_error.is_empty() || !self.words_error.is_empty()
    }
}

/// Reads them for the page.
pub(super) async fn read(visit: &Visit, key: &str, said: &Said) -> Result<NotesView, Error> {
    let survey = key.to_owned();
    let found = visit.read(move |_, connection, scope| annotations::list(connection, scope, &survey)).await?;
    let row = |(place, one): (usize, ShownAnnotation)| NoteRow {
        number: place + 1,
        day: one.day.parse::<jiff::civil::Date>().map_or(one.day, day_words),
        id: one.id,
        words: one.words,
    };
    Ok(NotesView {
        rows: found.annotations.into_iter().enumerate().map(row).collect(),
        writes: visit.may::<Annotate>(),
        longest: LONGEST,
        day: said.day.clone(),
        words: said.words.clone(),
        kind: day_kind(&said.day),
        day_error: said.day_error.clone(),
        words_error: said.words_error.clone(),
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
            let told = |of_day: bool| {
                let here = problems.iter().filter(|one| (one.pointer == "/day") == of_day);
                here.map(|one| sentence(&one.message)).collect::<Vec<_>>().join(". ")
            };
            let said =
                Said { day, words, day_error: told(true), words_error: told(false), ..Said::default() };
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
