//! A new survey by a form.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;
use survey_forms::language::Language;

use super::door::{Inside, OwnForm, Visit};
use super::right::Manage;
use super::shell::Page;
use super::surveys::SURVEYS;
use super::{Fields, field};
use crate::domain::Collection;
use crate::domain::reader::FieldProblem;
use crate::service::Error;
use crate::service::create_survey::{Request, create_survey};
use crate::service::desk::scope::language_name;
use crate::service::offered_instruments::{Offered, offered_instruments};
use crate::service::survey_offer::OfferRequest;
use crate::service::survey_way::WayRequest;

/// What can be chosen, with its words; the first is the usual.
const LENGTHS: [(&str, &str); 3] = [
    ("standard", "Standard: each customer is asked a part, about two minutes"),
    ("quick", "Quick: a few questions"),
    ("full", "Full: everything, expectations too"),
];
const PAGINGS: [(&str, &str); 3] = [
    ("section", "Questions about one thing together"),
    ("one", "One question on each page"),
    ("all", "All on one page"),
];
const EVENTS: [(&str, &str); 4] = [
    ("delivered", "the order is delivered"),
    ("shipped", "the order is shipped"),
    ("placed", "the order is placed"),
    ("complaint_closed", "a complaint is closed"),
];
const UNITS: [(&str, &str); 2] = [("d", "days"), ("h", "hours")];
const QUIETS: [(&str, &str); 3] = [
    ("20:00-08:00,sun", "No mails from 20:00 to 08:00, nor on Sundays"),
    ("20:00-08:00", "No mails from 20:00 to 08:00"),
    ("none", "Mails at any time"),
];

/// The form, with what was typed and what is wrong with it.
#[derive(Default, Serialize)]
struct View {
    key: Typed,
    wait: Typed,
    share: Typed,
    choices: Vec<Select>,
    quiet: Vec<Select>,
    units: Vec<Choice>,
    languages: Vec<Choice>,
    languages_error: String,
    errors: Vec<Told>,
}

/// What was typed into a field, and what is wrong with it.
#[derive(Default, Serialize)]
struct Typed {
    value: String,
    error: String,
}

/// A field that is chosen from a list.
#[derive(Serialize)]
struct Select {
    name: &'static str,
    label: &'static str,
    choices: Vec<Choice>,
    error: String,
}

#[derive(Serialize)]
struct Choice {
    value: String,
    name: String,
    chosen: bool,
}

/// A problem in the list at the top, with the field that it leads to.
#[derive(Serialize)]
struct Told {
    field: &'static str,
    words: String,
}

/// Fields of the form: its name, what it is called, and where the use case complains of it.
const FIELDS: [(&str, &str, &[&str]); 9] = [
    ("key", "Short name", &["/key"]),
    ("instrument", "Questionnaire", &["/instrument", "/version"]),
    ("length", "Length", &["/length"]),
    ("paging", "Pages", &["/paging"]),
    ("event", "Ask after", &["/rule/event"]),
    ("wait", "How long after", &["/rule/delay"]),
    ("quiet", "Quiet hours", &["/quiet"]),
    ("share", "Of a hundred orders", &["/sample_share"]),
    ("languages", "Languages", &["/languages"]),
];

/// The empty form.
pub async fn show(visit: Inside<Manage>) -> HttpResponse {
    page(&visit, &Fields::new(), &[]).await
}

async fn page(visit: &Visit, fields: &Fields, problems: &[FieldProblem]) -> HttpResponse {
    let offered = visit.read(offered_instruments);
    let offered = match offered.await {
        Ok(offered) => offered,
        Err(error) => return visit.failed(&error),
    };
    let view = view(fields, &offered, problems);
    let (status, title) = if problems.is_empty() {
        (StatusCode::OK, "Make a survey")
    } else {
        (StatusCode::UNPROCESSABLE_ENTITY, "Error: Make a survey")
    };
    visit.show(status, &Page { title, template: "new-survey", view: &view, ..Page::default() })
}

fn view(fields: &Fields, offered: &[Offered], problems: &[FieldProblem]) -> View {
    let wrong = |name: &str| {
        let places = FIELDS.iter().find(|(field, ..)| *field == name).map_or(&[] as &[&str], |(_, _, at)| at);
        let here = problems.iter().filter(|one| places.iter().any(|place| one.pointer.starts_with(place)));
        here.map(|one| one.message.clone()).collect::<Vec<_>>().join("; ")
    };
    let typed = |name: &str, usual: &str| Typed {
        value: field(fields, name).map_or_else(|| usual.to_owned(), str::to_owned),
        error: wrong(name),
    };
    let chosen = |name: &str, all: &[(&str, &str)]| -> Vec<Choice> {
        let pick = field(fields, name).or_else(|| all.first().map(|(value, _)| *value)).unwrap_or_default();
        let choice = |(value, name): &(&str, &str)| Choice {
            value: (*value).to_owned(),
            name: (*name).to_owned(),
            chosen: *value == pick,
        };
        all.iter().map(choice).collect()
    };
    let instruments: Vec<(&str, &str)> =
        offered.iter().map(|one| (one.key.as_str(), one.name.as_str())).collect();
    let lists = [
        ("instrument", instruments.as_slice()),
        ("length", LENGTHS.as_slice()),
        ("paging", PAGINGS.as_slice()),
        ("event", EVENTS.as_slice()),
    ];
    let select = |(name, all): (&'static str, &[(&str, &str)])| {
        let label = FIELDS.iter().find(|(field, ..)| *field == name).map_or("", |(_, label, _)| *label);
        Select { name, label, choices: chosen(name, all), error: wrong(name) }
    };
    let ticked = |tag: &str| fields.iter().any(|(name, value)| name == "languages" && value == tag);
    let errors = FIELDS.iter().map(|(name, label, _)| (*name, *label, wrong(name)));
    let named = errors.filter(|(.., words)| !words.is_empty());
    let mut errors: Vec<Told> =
        named.map(|(field, label, words)| Told { field, words: format!("{label}: {words}") }).collect();
    if errors.is_empty() {
        let told = problems.iter().map(|one| Told { field: "key", words: one.message.clone() });
        errors.extend(told);
    }
    View {
        key: typed("key", ""),
        wait: typed("wait", "3"),
        share: typed("share", "100"),
        choices: lists.into_iter().map(select).collect(),
        quiet: vec![select(("quiet", QUIETS.as_slice()))],
        units: chosen("unit", &UNITS),
        languages: Language::ALL
            .iter()
            .map(|one| Choice {
                value: one.tag().to_owned(),
                name: language_name(one.tag()),
                chosen: ticked(one.tag()),
            })
            .collect(),
        languages_error: wrong("languages"),
        errors,
    }
}

/// Makes a survey; it asks nobody before it is started.
pub async fn create(form: OwnForm<Manage>) -> HttpResponse {
    let wanted = wanted(&form.fields);
    let made = form
        .write(move |services, connection, scope| create_survey(services, connection, scope, &wanted))
        .await;
    match made {
        Err(Error::Invalid(problems)) => page(&form, &form.fields, &problems).await,
        Err(Error::Conflict(message)) => {
            let problem = FieldProblem { pointer: "/key".to_owned(), code: "taken".to_owned(), message };
            page(&form, &form.fields, &[problem]).await
        }
        made => form.lead(made, SURVEYS),
    }
}

fn wanted(fields: &Fields) -> Request {
    let text = |name: &str| field(fields, name).unwrap_or_default().trim().to_owned();
    let languages = fields.iter().filter(|(name, _)| name == "languages").map(|(_, tag)| tag.clone());
    Request {
        key: text("key"),
        instrument: text("instrument"),
        version: None,
        length: text("length"),
        event: text("event"),
        delay: format!("{}{}", text("wait"), text("unit")),
        quiet: text("quiet"),
        languages: languages.collect(),
        way: WayRequest { paging: text("paging"), ..WayRequest::default() },
        collection: Collection::Orders,
        // What is no number is told as one that is out of range.
        offer: OfferRequest { sample_share: text("share").parse().unwrap_or(0), ..OfferRequest::default() },
    }
}
