//! Quality reports: the numbers, and one page to read them on.

use std::collections::BTreeMap;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, ETag, EntityTag, IfNoneMatch};
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::http::extract::{Allowed, ReadReports};
use crate::http::problem::Problem;
use crate::http::{State, assets, blocking};
use crate::report::render;
use crate::service::read_report::{Request, read_report};
use crate::service::report_file::{Format, Wishes, report_file};
use crate::service::{Error, invalid};

/// The files that this end-point writes; the page has one of its own.
const FILES: [Format; 3] = [Format::Csv, Format::Xlsx, Format::Pdf];

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
    /// `out` leaves out who shows signs of careless answering; only with the right to rows.
    careless: Option<String>,
    /// `excel`: a byte order mark, and an apostrophe before text that looks like a formula. For csv only.
    preset: Option<String>,
    /// With `preset=excel`: the language of the spreadsheet, which chooses separator and decimal comma; such as `fi`.
    locale: Option<String>,
    /// Language of questions and labels in the dictionary of an xlsx, of all words of a pdf; the survey's first unless told.
    labels: Option<String>,
    /// Levels of the survey's declared segments by their names; what else is asked is refused.
    #[serde(flatten)]
    #[param(ignore)]
    segments: BTreeMap<String, String>,
}

impl Query {
    /// Which answers, and how a file of them is written.
    fn split(self) -> (Request, Wishes) {
        let request = Request {
            from: self.from,
            to: self.to,
            channel: self.channel,
            contact_channel: self.contact_channel,
            place: self.place,
            language: self.language,
            by: self.by,
            careless: self.careless,
            segments: self.segments.into_iter().collect(),
        };
        (request, Wishes { preset: self.preset, locale: self.locale, labels: self.labels, prefers: None })
    }

    /// Which answers, where nothing is asked of a file.
    fn request(self) -> Result<Request, Problem> {
        let (request, wishes) = self.split();
        let set = [("preset", wishes.preset), ("locale", wishes.locale), ("labels", wishes.labels)];
        match set.into_iter().find(|(_, value)| value.is_some()) {
            None => Ok(request),
            Some((name, _)) => {
                let words = format!("{name} is for downloads; leave it out");
                Err(invalid(&format!("?{name}"), "not_here", words).into())
            }
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
    let request = query.0.request()?;
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
    let request = query.0.request()?;
    let page = blocking(&state, move |services| {
        let read = read_report(services, &allowed.scope, &key, &request)?;
        render::html(&read.report, &read.words).map_err(|error| Error::Broken(error.to_string()))
    })
    .await?;
    Ok(assets::html_page(page))
}

/// The report as a file.
///
/// The same figures, filters and suppression as the JSON. The name holds a fingerprint of the figures; the ETag is that of
/// the bytes, which stay the same for the same figures on the same day.
#[utoipa::path(
    get, path = "/api/v1/surveys/{key}/report.{format}", operation_id = "download_report", tag = "reports",
    params(("key" = String, Path), ("format" = String, Path, description = "csv, xlsx or pdf"), Query),
    responses(
        (status = 200, description = "One row for each figure, a workbook, or pages",
            content((String = "text/csv"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
                (Vec<u8> = "application/pdf"))),
        (status = 304, description = "The file with this ETag is still the newest"),
        (status = 404, body = crate::http::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 422, body = crate::http::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 501, body = crate::http::problem::ProblemBody, content_type = "application/problem+json")),
    security(("key" = [])))]
pub async fn as_file(
    state: web::Data<State>,
    allowed: Allowed<ReadReports>,
    path: web::Path<(String, String)>,
    query: AskedFor<Query>,
    known: web::Header<IfNoneMatch>,
) -> Result<HttpResponse, Problem> {
    let (key, format) = path.into_inner();
    let format =
        Format::parse(&format).filter(|format| FILES.contains(format)).ok_or_else(Problem::no_such_path)?;
    if !format.is_built() {
        return Err(Problem::format_not_built(format.name(), "csv, xlsx and html"));
    }
    let (request, wishes) = query.0.split();
    let file = blocking(&state, move |services| {
        report_file(services, &allowed.scope, &key, &request, &wishes, format)
    })
    .await?;
    let tag = EntityTag::new_strong(file.sha256);
    let is_known = match &known.0 {
        IfNoneMatch::Any => true,
        IfNoneMatch::Items(tags) => tags.iter().any(|one| one.weak_eq(&tag)),
    };
    let mut response = if is_known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header(ETag(tag)).insert_header((CACHE_CONTROL, "private, no-cache"));
    if is_known {
        return Ok(response.finish());
    }
    Ok(response
        .content_type(file.media_type)
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file.name)))
        .body(file.bytes))
}
