//! Instruments: published versions that never change.

use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;

use super::{Creating, answered};
use crate::http::extract::{Allowed, ManageSurveys};
use crate::http::problem::Problem;
use crate::http::{State, blocking};
use crate::service::once::run;
use crate::service::publish_instrument::publish_instrument;

/// A published version.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PublishedInstrument {
    /// Key of the instrument.
    key: String,
    /// Its version.
    version: i32,
}

/// Publishes an instrument file.
#[utoipa::path(
    post, path = "/api/v1/instruments", operation_id = "publish_instrument", tag = "surveys",
    request_body(content = String, content_type = "application/toml", description = "An instrument file"),
    responses(
        (status = 201, body = PublishedInstrument),
        (status = 409, description = "Published before with other content", body = crate::http::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "All its problems with line and key", body = crate::http::problem::ProblemBody, content_type = "application/problem+json")),
    security(("key" = [])))]
pub async fn publish(
    state: web::Data<State>,
    allowed: Allowed<ManageSurveys>,
    request: HttpRequest,
    body: web::Bytes,
) -> Result<HttpResponse, Problem> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !["application/toml", "text/plain", "text/x-toml"].contains(&kind) {
        return Err(Problem::unsupported_media_type("application/toml"));
    }
    let source = String::from_utf8(body.to_vec())
        .map_err(|_| crate::service::invalid("", "not_text", "the file is not UTF-8 text"))?;
    let creating = Creating::of(&request, &body);
    let answer = blocking(&state, move |services| {
        run(services, &allowed.scope, creating.request(), |connection| {
            let published = publish_instrument(services, connection, &allowed.scope, &source)?;
            Ok((201, PublishedInstrument { key: published.key, version: published.version }))
        })
    })
    .await?;
    Ok(answered(answer))
}
