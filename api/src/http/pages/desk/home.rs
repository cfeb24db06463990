//! The way in, and the page that says how figures are computed.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::json;

use super::door::Inside;
use super::gate::go_to;
use super::right::{BeThere, Read};
use super::shell::{self, Page};
use super::survey_address::base;
use super::surveys;

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
    let page =
        Page { title: "How figures are computed", template: "how", view: &json!({}), ..Page::default() };
    visit.show(StatusCode::OK, &page)
}
