//! Single responses, for readers with the right to rows: downloads that are written as they are read.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::Arc;

use actix_web::error::BlockingError;
use actix_web::http::Method;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, web};
use futures_util::stream::try_unfold;
use serde::Deserialize;

use super::reports::AskedFor;
use crate::http::extract::{Allowed, ReadReports};
use crate::http::problem::Problem;
use crate::http::{State, blocking};
use crate::service::bundle::Bundle;
use crate::service::export::codebook::codebook;
use crate::service::export::{Export, Format, Pieces, Request};
use crate::service::read_report::Request as FilterRequest;
use crate::service::{Result as ServiceResult, Services};

/// Formats that have a name here and are not in this build.
const NOT_BUILT: &[&str] = if cfg!(feature = "parquet") { &[] } else { &["parquet"] };

/// Which responses, and how they are written.
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
    /// Not taken here; refused in words.
    #[param(ignore)]
    by: Option<String>,
    /// `out` leaves out who shows signs of careless answering.
    careless: Option<String>,
    /// `newest` (unless told) or `all`.
    revisions: Option<String>,
    /// `excel`: a byte order mark, and an apostrophe before text that looks like a formula. For csv only.
    preset: Option<String>,
    /// With `preset=excel`: the language of the spreadsheet, which chooses comma or semicolon; such as `fi`.
    locale: Option<String>,
    /// Language of questions and labels, for sav and parquet only; the survey's first unless told.
    labels: Option<String>,
    /// Only rows after this `position`: to go on where a download was broken off, or to fetch what is new.
    after: Option<String>,
    /// Levels of the survey's declared segments by their names; what else is asked is refused.
    #[serde(flatten)]
    #[param(ignore)]
    segments: BTreeMap<String, String>,
}

impl From<Query> for Request {
    fn from(query: Query) -> Self {
        Self {
            filter: FilterRequest {
                from: query.from,
                to: query.to,
                channel: query.channel,
                contact_channel: query.contact_channel,
                place: query.place,
                language: query.language,
                by: query.by,
                careless: query.careless,
                segments: query.segments.into_iter().collect(),
            },
            revisions: query.revisions,
            preset: query.preset,
            locale: query.locale,
            labels: query.labels,
            after: query.after,
        }
    }
}

/// Every response as a row.
///
/// Written as it is read, at the pace of the reader, as of the moment of the request. A download that ends without its
/// last chunk was broken off; `after` goes on behind its last whole row.
#[utoipa::path(
    get, path = "/api/v1/surveys/{key}/responses.{format}", operation_id = "download_responses", tag = "reports",
    params(("key" = String, Path), ("format" = String, Path, description = "csv, jsonl, sav or parquet"), Query),
    responses(
        (status = 200, description = "RFC 4180 with a line of names, one JSON object a line, an SPSS system file, or Parquet",
            content((String = "text/csv"), (String = "application/jsonl"), (Vec<u8> = "application/x-spss-sav"),
                (Vec<u8> = "application/vnd.apache.parquet"))),
        (status = 403, body = crate::http::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 404, body = crate::http::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 422, body = crate::http::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 501, body = crate::http::problem::ProblemBody, content_type = "application/problem+json")),
    security(("key" = [])))]
pub async fn download(
    state: web::Data<State>,
    allowed: Allowed<ReadReports>,
    path: web::Path<(String, String)>,
    query: AskedFor<Query>,
    http: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (key, format) = path.into_inner();
    if NOT_BUILT.contains(&format.as_str()) {
        return Err(Problem::format_not_built(&format, "csv, jsonl and sav"));
    }
    let format = Format::parse(&format).ok_or_else(Problem::no_such_path)?;
    let request = Request::from(query.0);
    let export =
        blocking(&state, move |services| Export::begin(services, &allowed.scope, &key, &request, format))
            .await?;
    Ok(download_of(&state, &http, Box::new(export)))
}

/// Everything of a survey as one archive: responses, report, dictionary, and programs that compute the figures again.
///
/// Written as it is read. Report and responses are of one moment.
#[utoipa::path(
    get, path = "/api/v1/surveys/{key}/bundle.zip", operation_id = "download_bundle", tag = "reports",
    params(("key" = String, Path), Query),
    responses(
        (status = 200, description = "A ZIP archive", body = Vec<u8>, content_type = "application/zip"),
        (status = 403, body = crate::http::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 404, body = crate::http::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 422, body = crate::http::problem::ProblemBody, content_type = "application/problem+json")),
    security(("key" = [])))]
pub async fn download_bundle(
    state: web::Data<State>,
    allowed: Allowed<ReadReports>,
    key: web::Path<String>,
    query: AskedFor<Query>,
    http: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let request = Request::from(query.0);
    let bundle =
        blocking(&state, move |services| Bundle::begin(services, &allowed.scope, &key, &request)).await?;
    Ok(download_of(&state, &http, Box::new(bundle)))
}

/// A download that goes out as it is made.
fn download_of(state: &State, http: &HttpRequest, download: Box<dyn Pieces>) -> HttpResponse {
    let disposition = format!("attachment; filename=\"{}\"", download.file_name());
    let mut response = HttpResponse::Ok();
    response
        .content_type(download.media_type())
        .insert_header((CONTENT_DISPOSITION, disposition))
        .insert_header((CACHE_CONTROL, "private, no-store"));
    // Nobody reads the body of a HEAD, so none is made.
    if http.method() == Method::HEAD {
        return response.streaming(futures_util::stream::empty::<std::io::Result<Bytes>>());
    }
    response.streaming(pieces(Arc::clone(&state.services), download))
}

/// A piece with what is needed for the next one; none after the last.
type Piece = ServiceResult<Option<(Vec<u8>, Arc<Services>, Box<dyn Pieces>)>>;
/// A piece that is being read.
type Coming = Pin<Box<dyn Future<Output = Result<Piece, BlockingError>>>>;

/// The pieces of a download. One is read while the one before it goes out, and no more than one: who reads slowly, or no
/// longer, holds neither a thread nor a transaction.
fn pieces(
    services: Arc<Services>,
    download: Box<dyn Pieces>,
) -> impl futures_util::Stream<Item = std::io::Result<Bytes>> {
    try_unfold(Some(read_on(services, download)), |coming| async {
        let Some(coming) = coming else { return Ok(None) };
        match coming.await {
            Ok(Ok(Some((piece, services, download)))) => {
                Ok(Some((Bytes::from(piece), Some(read_on(services, download)))))
            }
            Ok(Ok(None)) => Ok(None),
            Ok(Err(error)) => {
                tracing::error!(%error, "an export was broken off");
                Err(std::io::Error::other("the export was broken off"))
            }
            Err(error) => Err(std::io::Error::other(error.to_string())),
        }
    })
}

/// Begins to read the next piece at once, on a thread that may wait.
fn read_on(services: Arc<Services>, mut download: Box<dyn Pieces>) -> Coming {
    Box::pin(web::block(move || {
        loop {
            match download.piece(&services) {
                // Filters may leave nothing of a piece; an empty one would end the body.
                Ok(Some(piece)) if piece.is_empty() => {}
                outcome => return outcome.map(|piece| piece.map(|piece| (piece, services, download))),
            }
        }
    }))
}

/// What the columns of a download mean, in every language of the questionnaire.
#[utoipa::path(
    get, path = "/api/v1/surveys/{key}/responses/codebook.json", operation_id = "read_codebook", tag = "reports",
    params(("key" = String, Path)),
    responses(
        (status = 200, content_type = "application/json", description = "Columns, items with questions and labels, codes"),
        (status = 404, body = crate::http::problem::ProblemBody, content_type = "application/problem+json")),
    security(("key" = [])))]
pub async fn show_codebook(
    state: web::Data<State>,
    allowed: Allowed<ReadReports>,
    key: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let book = blocking(&state, move |services| codebook(services, &allowed.scope, &key)).await?;
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "private, no-store")).json(book))
}
