//! The way in, and the page that says how figures are computed.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::json;

use super::door::Inside;
use super::gate::{came_from, go_to};
use super::right::{BeThere, Read};
use super::shell::{self, Page};
use super::survey_address::base;
use super::surveys::{self, SURVEYS};

/// Where the page about figures is.
const HOW: &str = "/dashboard/how";

/// Leads to the survey, where there is one only; else shows all.
pub async fn first(visit: Inside<BeThere>) -> HttpResponse {
    if !visit.may::<Read>() {
        return shell::told(StatusCode::OK, Some(&visit.who), &shell::NO_PAGES);
    }
    match surveys::all(&visit).await {
        Ok(found) => match found.as_slice() {
            [(only, _)] => go_to(&base(&only.key)),
            several => surveys::page(&visit, several),
        },
        Err(error) => visit.failed(&error),
    }
}

/// How each figure is computed, in short words.
pub async fn how(visit: Inside<Read>) -> HttpResponse {
    // Back to the page whose figure was asked about, where that is known.
    let back = came_from(&visit.state, &visit.request).filter(|place| !place.starts_with(HOW));
    let way = if back.is_some() { "Back to where you were" } else { "To the surveys" };
    let view = json!({"back": back.unwrap_or_else(|| SURVEYS.to_owned()), "way": way});
    let page = Page { title: "How figures are computed", template: "how", view: &view, ..Page::default() };
    visit.show(StatusCode::OK, &page)
}
