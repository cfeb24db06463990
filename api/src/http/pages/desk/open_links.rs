//! The links of an open survey: made, shown with their codes, closed.

use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use serde_json::{Value, json};

use super::gate::{go_to, own_form_of};
use super::home::reader;
use super::shell::{self, Page};
use super::survey::base;
use super::{Fields, assets, field, run};
use crate::domain::reader::FieldProblem;
use crate::domain::{Channel, SurveyState};
use crate::http::State;
use crate::service::once::{in_read, in_transaction};
use crate::service::open_links::{self, Request, ShownLink};
use crate::service::sign_in::session::SignedIn;
use crate::service::{Error, qr};
use crate::store::surveys;

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

/// All links, closed ones last.
pub async fn list(state: web::Data<State>, request: HttpRequest, key: web::Path<String>) -> HttpResponse {
    match reader(&state, &request).await {
        Ok(signed_in) => page(&state, &request, &signed_in, &key, &Fields::new(), &[]).await,
        Err(response) => response,
    }
}

async fn page(
    state: &State,
    request: &HttpRequest,
    signed_in: &SignedIn,
    key: &str,
    fields: &Fields,
    problems: &[FieldProblem],
) -> HttpResponse {
    let (scope, survey) = (signed_in.known.scope.clone(), key.to_owned());
    let found = run(state, move |services| {
        in_read(services, |connection| {
            let links = open_links::list(services, connection, &scope, &survey)?.links;
            let survey = surveys::find(connection, &scope, &survey)?.ok_or(Error::NotFound("survey"))?;
            let rows: Vec<Row> = links.iter().map(|link| row(&survey.key, link)).collect::<Result<_, _>>()?;
            Ok((rows, survey.state == SurveyState::Running))
        })
    });
    let (mut rows, running) = match found.await {
        Ok(found) => found,
        Err(error) => return shell::failed(request, Some(signed_in), &error),
    };
    rows.sort_by_key(|row| !row.closed.is_empty());
    let wrong = |pointer: &str| {
        let here = problems.iter().filter(|one| one.pointer == pointer);
        here.map(|one| one.message.clone()).collect::<Vec<_>>().join("; ")
    };
    let label = |one: &FieldProblem| {
        let (field, name) =
            if one.pointer == "/place" { ("place", "Place") } else { ("label", "What you call it") };
        json!({"field": field, "words": format!("{name}: {}", one.message)})
    };
    let typed = |name: &str| field(fields, name).unwrap_or_default().to_owned();
    let channel = typed("channel");
    let channels: Vec<Value> = CHANNELS
        .iter()
        .map(|(one, name)| json!({"value": one.word(), "name": name, "chosen": one.word() == channel}))
        .collect();
    let view = json!({
        "survey": key,
        "links": rows,
        "running": running,
        "manages": shell::manages(signed_in),
        "action": format!("{}/links", base(key)),
        "channels": channels,
        "label": typed("label"),
        "label_error": wrong("/label"),
        "place": typed("place"),
        "place_error": wrong("/place"),
        "wrong": problems.iter().map(label).collect::<Vec<_>>(),
    });
    let (status, title) = if problems.is_empty() {
        (StatusCode::OK, "Links and codes")
    } else {
        (StatusCode::UNPROCESSABLE_ENTITY, "Error: Links and codes")
    };
    shell::answer(
        status,
        Some(signed_in),
        &Page { title, template: "open-links", view: &view, ..Page::default() },
    )
}

fn row(survey: &str, link: &ShownLink) -> Result<Row, Error> {
    let channel = CHANNELS.iter().find(|(one, _)| one.word() == link.channel);
    let channel = channel.map_or(link.channel, |(_, name)| name);
    let place = link.place.as_ref().map_or_else(String::new, |place| format!(", place {place}"));
    Ok(Row {
        name: if link.label.is_empty() { "A link".to_owned() } else { link.label.clone() },
        carries: format!("Its answers carry: {channel}{place}."),
        closed: link.closed_at.as_deref().and_then(|at| at.get(..10)).map_or_else(String::new, day),
        path: format!("{}/links/{}", base(survey), link.id),
        qr: qr::svg(&link.address)?,
        address: link.address.clone(),
    })
}

/// A day in words.
fn day(day: &str) -> String {
    let read = day.parse::<jiff::civil::Date>();
    read.map_or_else(|_| day.to_owned(), |day| day.strftime("%-d %B %Y").to_string())
}

/// Who is signed in, with the form that came, where both may change links; else the answer.
async fn manager(
    state: &State,
    request: &HttpRequest,
    body: &[u8],
) -> Result<(SignedIn, Fields), HttpResponse> {
    let signed_in = reader(state, request).await?;
    let fields = own_form_of(state, request, &signed_in, body)?;
    if shell::manages(&signed_in) {
        return Ok((signed_in, fields));
    }
    Err(shell::told(StatusCode::FORBIDDEN, Some(&signed_in), &shell::NOT_YOURS))
}

/// Makes a link.
pub async fn create(
    state: web::Data<State>,
    request: HttpRequest,
    key: web::Path<String>,
    body: web::Bytes,
) -> HttpResponse {
    let (signed_in, fields) = match manager(&state, &request, &body).await {
        Ok(both) => both,
        Err(response) => return response,
    };
    let text = |name: &str| field(&fields, name).unwrap_or_default().trim().to_owned();
    let mut sent = json!({"place": text("place"), "label": text("label")});
    if let (Some(sent), Some(channel)) = (sent.as_object_mut(), field(&fields, "channel")) {
        sent.insert("channel".to_owned(), channel.into());
    }
    let (scope, survey) = (signed_in.known.scope.clone(), key.clone());
    let made = match Request::parse(&sent) {
        Ok(wanted) => {
            run(&state, move |services| {
                in_transaction(services, |connection| {
                    open_links::create(services, connection, &scope, &survey, &wanted)
                })
            })
            .await
        }
        Err(error) => Err(error),
    };
    match made {
        Ok(_) => go_to(&format!("{}/links", base(&key))),
        Err(Error::Invalid(problems)) => page(&state, &request, &signed_in, &key, &fields, &problems).await,
        Err(error) => shell::failed(&request, Some(&signed_in), &error),
    }
}

/// Closes a link for good.
pub async fn close(
    state: web::Data<State>,
    request: HttpRequest,
    path: web::Path<(String, String)>,
    body: web::Bytes,
) -> HttpResponse {
    let (signed_in, _) = match manager(&state, &request, &body).await {
        Ok(both) => both,
        Err(response) => return response,
    };
    let (key, id) = path.into_inner();
    let (scope, survey) = (signed_in.known.scope.clone(), key.clone());
    let closed = run(&state, move |services| {
        in_transaction(services, |connection| open_links::close(services, connection, &scope, &survey, &id))
    });
    match closed.await {
        Ok(_) => go_to(&format!("{}/links", base(&key))),
        Err(error) => shell::failed(&request, Some(&signed_in), &error),
    }
}

/// The code of a link alone, to be printed.
pub async fn code(
    state: web::Data<State>,
    request: HttpRequest,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    let signed_in = match reader(&state, &request).await {
        Ok(signed_in) => signed_in,
        Err(response) => return response,
    };
    let (key, id) = path.into_inner();
    let scope = signed_in.known.scope.clone();
    let drawn = run(&state, move |services| {
        in_read(services, |connection| open_links::qr_code(services, connection, &scope, &key, &id))
    });
    match drawn.await {
        Ok(svg) => {
            let mut response = HttpResponse::Ok();
            assets::headers(&mut response);
            response.insert_header((CONTENT_TYPE, "image/svg+xml")).body(svg)
        }
        Err(error) => shell::failed(&request, Some(&signed_in), &error),
    }
}
