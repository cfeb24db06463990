//! Quality reports: the numbers, and one page to read them on.

use std::collections::BTreeMap;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::http::extract::{Allowed, ReadReports};
use crate::http::problem::Problem;
use crate::http::{State, assets, blocking};
use crate::report::render;
use crate::service::read_report::{Request, read_report};
use crate::service::{Error, invalid};

/// A query whose mistakes come back as a problem in words.
pub struct AskedFor<T>(pub T);

impl<T: DeserializeOwned> FromRequest for AskedFor<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let read = serde_urlencoded::from_str(request.query_string());
        ready(read.map(AskedFor).map_err(|error| invalid("?", "unknown_field", error.to_string()).into()))
    }
}

/// Which answers a report is about.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Query {
    /// First day of service, ISO date in the organisation's zone.
    from: Option<String>,
    /// Day after the last day of service.
    to: Option<String>,
    /// Channel of the order.
    channel: Option<String>,
    /// Channel of contact, or `none`.
    contact_channel: Option<String>,
    /// Key of a place, or `none`.
    place: Option<String>,
    /// Language in which the last page was posted.
    language: Option<String>,
    /// `channel`, `contact_channel`, `place`, `language`, `month`, `week`, or the name of a declared segment.
    by: Option<String>,
    /// Levels of the survey's declared segments by their names; what else is asked is refused.
    #[serde(flatten)]
    #[param(ignore)]
    segments: BTreeMap<String, String>,
}

impl From<Query> for Request {
    fn from(query: Query) -> Self {
        Self {
            from: query.from,
            to: query.to,
            channel: query.channel,
            contact_channel: query.contact_channel,
            place: query.place,
            language: query.language,
            by: query.by,
            segments: query.segments.into_iter().collect(),
        }
    }
}

/// The report as JSON.
#[utoipa::path(
    get, path = "/api/v1/surveys/{key}/report", operation_id = "read_report", tag = "reports",
    params(("key" = String, Path), Query),
    responses(
        (status = 200, description = "Every number with its interval and n", body = crate::openapi::ReportOutput),
        (status = 404, body = crate::http::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 422, body = crate::http::problem::ProblemBody, content_type = "application/problem+json")),
    security(("key" = [])))]
pub async fn as_json(
    state: web::Data<State>,
    allowed: Allowed<ReadReports>,
    key: web::Path<String>,
    query: AskedFor<Query>,
) -> Result<HttpResponse, Problem> {
    let request = Request::from(query.0);
    let body = blocking(&state, move |services| {
        let read = read_report(services, &allowed.scope, &key, &request)?;
        render::json_compact(&read.report).map_err(|error| Error::Broken(error.to_string()))
    })
    .await?;
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .insert_header(("Cache-Control", "private, no-store"))
        .body(body))
}

/// The report as one page that needs nothing else.
#[utoipa::path(
    get, path = "/api/v1/surveys/{key}/report.html", operation_id = "read_report_page", tag = "reports",
    params(("key" = String, Path), Query),
    responses((status = 200, content_type = "text/html", body = String)), security(("key" = [])))]
pub async fn as_html(
    state: web::Data<State>,
    allowed: Allowed<ReadReports>,
    key: web::Path<String>,
    query: AskedFor<Query>,
) -> Result<HttpResponse, Problem> {
    let request = Request::from(query.0);
    let page = blocking(&state, move |services| {
        let read = read_report(services, &allowed.scope, &key, &request)?;
        render::html(&read.report, &read.words).map_err(|error| Error::Broken(error.to_string()))
    })
    .await?;
    Ok(assets::html_page(page))
}
