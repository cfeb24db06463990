//! The links of an open survey: made, shown with their codes, closed.

use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpResponse, web};
use serde::Serialize;
use serde_json::{Value, json};

use super::door::{Inside, OwnForm, Visit};
use super::gate::go_to;
use super::right::{Manage, Read};
use super::shell::Page;
use super::survey_address::{address, links};
use super::{Fields, assets, field, sentence};
use crate::domain::reader::FieldProblem;
use crate::domain::{Channel, SurveyState};
use crate::service::desk::scope::day_words;
use crate::service::open_links::{self, Request, ShownLink};
use crate::service::{Error, Result as ServiceResult, qr};
use crate::store::surveys;

/// The end of the address of this page of a survey.
pub(super) const END: &str = "links";

/// The channels of a link with their words; the first is the usual.
const CHANNELS: [(Channel, &str); 6] = [
    (Channel::InPerson, "In person"),
    (Channel::Web, "Web shop"),
    (Channel::Phone, "Phone"),
    (Channel::Email, "E-mail"),
    (Channel::Chat, "Chat"),
    (Channel::Community, "Community"),
];

/// One link.
#[derive(Serialize)]
struct Row {
    name: String,
    address: String,
    carries: String,
    closed: String,
    path: String,
    qr: String,
}

/// What of the page does not depend on a form that was sent.
type Found = (Vec<Row>, SurveyState);

/// All links, closed ones last.
pub async fn list(visit: Inside<Read>, key: web::Path<String>) -> HttpResponse {
    page(&visit, &key, &Fields::new(), &[]).await
}

async fn page(visit: &Visit, key: &str, fields: &Fields, problems: &[FieldProblem]) -> HttpResponse {
    let (rows, state) = match found(visit, key.to_owned()).await {
        Ok(found) => found,
        Err(error) => return visit.failed(&error),
    };
    let typed = |name: &str| field(fields, name).unwrap_or_default();
    let view = json!({
        "survey": key,
        "links": rows,
        "running": state == SurveyState::Running,
        "manages": visit.may::<Manage>(),
        "action": address(key, END),
        "channels": channels(typed("channel")),
        "label": typed("label"),
        "label_error": wrong(problems, "/label"),
        "place": typed("place"),
        "place_error": wrong(problems, "/place"),
        "wrong": problems.iter().map(told).collect::<Vec<_>>(),
    });
    let (status, title) = if problems.is_empty() {
        (StatusCode::OK, "Links and codes")
    } else {
        (StatusCode::UNPROCESSABLE_ENTITY, "Error: Links and codes")
    };
    visit.show(status, &Page { title, template: "open-links", view: &view, links: &links(key, END, "") })
}

async fn found(visit: &Visit, key: String) -> ServiceResult<Found> {
    let read = visit.read(move |services, connection, scope| {
        let links = open_links::list(services, connection, scope, &key)?.links;
        let survey = surveys::find(connection, scope, &key)?.ok_or(Error::NotFound("survey"))?;
        let mut rows: Vec<Row> = links.iter().map(|link| row(&survey.key, link)).collect::<Result<_, _>>()?;
        rows.sort_by_key(|row| !row.closed.is_empty());
        Ok((rows, survey.state))
    });
    read.await
}

/// The channels as they can be chosen.
fn channels(chosen: &str) -> Vec<Value> {
    let choice = |(one, name): &(Channel, &str)| json!({"value": one.word(), "name": name, "chosen": one.word() == chosen});
    CHANNELS.iter().map(choice).collect()
}

/// What is wrong with one field.
fn wrong(problems: &[FieldProblem], pointer: &str) -> String {
    let here = problems.iter().filter(|one| one.pointer == pointer);
    here.map(|one| sentence(&one.message)).collect::<Vec<_>>().join("; ")
}

/// A problem in the list at the top, with the field that it leads to.
fn told(one: &FieldProblem) -> Value {
    let (field, name) =
        if one.pointer == "/place" { ("place", "Place") } else { ("label", "What you call it") };
    json!({"field": field, "words": format!("{name}: {}", one.message)})
}

fn row(survey: &str, link: &ShownLink) -> Result<Row, Error> {
    let channel = CHANNELS.iter().find(|(one, _)| one.word() == link.channel);
    let channel = channel.map_or(link.channel, |(_, name)| name);
    let place = link.place.as_ref().map_or_else(String::new, |place| format!(", place {place}"));
    Ok(Row {
        name: if link.label.is_empty() { "A link".to_owned() } else { link.label.clone() },
        carries: format!("Its answers carry: {channel}{place}."),
        closed: link.closed_at.as_deref().and_then(|at| at.get(..10)).map_or_else(String::new, day),
        path: format!("{}/{}", address(survey, END), link.id),
        qr: qr::svg(&link.address)?,
        address: link.address.clone(),
    })
}

/// A day in words.
fn day(day: &str) -> String {
    let read = day.parse::<jiff::civil::Date>();
    read.map_or_else(|_| day.to_owned(), day_words)
}

/// Makes a link.
pub async fn create(form: OwnForm<Manage>, key: web::Path<String>) -> HttpResponse {
    let mut sent = json!({"place": form.text("place").trim(), "label": form.text("label").trim()});
    if let (Some(sent), Some(channel)) = (sent.as_object_mut(), field(&form.fields, "channel")) {
        sent.insert("channel".to_owned(), channel.into());
    }
    let survey = key.clone();
    let made = match Request::parse(&sent) {
        Ok(wanted) => {
            form.write(move |services, connection, scope| {
                open_links::create(services, connection, scope, &survey, &wanted)
            })
            .await
        }
        Err(error) => Err(error),
    };
    match made {
        Ok(_) => go_to(&address(&key, END)),
        Err(Error::Invalid(problems)) => page(&form, &key, &form.fields, &problems).await,
        Err(error) => form.failed(&error),
    }
}

/// Closes a link for good.
pub async fn close(form: OwnForm<Manage>, path: web::Path<(String, String)>) -> HttpResponse {
    let (key, id) = path.into_inner();
    let here = address(&key, END);
    let closed = form
        .write(move |services, connection, scope| open_links::close(services, connection, scope, &key, &id));
    form.lead(closed.await, &here)
}

/// The code of a link alone, to be printed.
pub async fn code(visit: Inside<Read>, path: web::Path<(String, String)>) -> HttpResponse {
    let (key, id) = path.into_inner();
    let drawn = visit
        .read(move |services, connection, scope| open_links::qr_code(services, connection, scope, &key, &id));
    match drawn.await {
        Ok(svg) => {
            let mut response = HttpResponse::Ok();
            assets::headers(&mut response);
            response.insert_header((CONTENT_TYPE, "image/svg+xml")).body(svg)
        }
        Err(error) => visit.failed(&error),
    }
}
