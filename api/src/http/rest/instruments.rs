//! Instruments: published versions that never change.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;

use super::{Creating, answered};
use crate::http::extract::{AllowedBody, ManageSurveys, media_type};
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
    request: HttpRequest,
    body: AllowedBody<ManageSurveys>,
) -> Result<HttpResponse, Problem> {
    if !["application/toml", "text/plain", "text/x-toml"].contains(&media_type(&request)) {
        return Err(Problem::unsupported_media_type("application/toml"));
    }
    let source = String::from_utf8(body.raw.to_vec())
        .map_err(|_| crate::service::invalid("", "not_text", "the file is not UTF-8 text"))?;
    let creating = Creating::of(&request, &body.raw);
    let answer = blocking(&state, move |services| {
        run(services, &body.allowed.scope, creating.request(), |connection| {
            let published = publish_instrument(services, connection, &body.allowed.scope, &source)?;
            Ok((201, PublishedInstrument { key: published.key, version: published.version }))
        })
    })
    .await?;
    Ok(answered(answer))
}
