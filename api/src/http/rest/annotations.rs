//! Annotations of a survey's trend: what happened on a day.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpRequest, HttpResponse, web};

use super::{Creating, answered};
use crate::http::extract::{Allowed, AllowedJson, Annotate, ReadReports};
use crate::http::problem::Problem;
use crate::http::{State, blocking};
use crate::service::annotations::{self, AnnotationList, Request, ShownAnnotation};
use crate::service::once::{in_read, in_transaction, run};

/// Writes on the trend of a survey what happened on a day.
#[utoipa::path(
    post, path = "/api/v1/surveys/{key}/annotations", operation_id = "create_annotation", tag = "surveys",
    params(
        ("key" = String, Path),
        ("Idempotency-Key" = Option<String>, Header, description = "One effect, however often it comes")),
    request_body(content = crate::openapi::AnnotationInput,
        example = json!({"day": "2026-03-03", "words": "New courier"})),
    responses(
        (status = 201, body = ShownAnnotation),
        (status = 404, body = crate::http::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 422, body = crate::http::problem::ProblemBody, content_type = "application/problem+json")),
    security(("key" = [])))]
pub async fn create(
    state: web::Data<State>,
    body: AllowedJson<Annotate>,
    request: HttpRequest,
    key: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let creating = Creating::of(&request, &body.raw);
    let wanted = Request::parse(&body.value)?;
    let scope = body.allowed.scope;
    let answer = blocking(&state, move |services| {
        run(services, &scope, creating.request(), |connection| {
            Ok((201, annotations::create(services, connection, &scope, &key, &wanted)?))
        })
    })
    .await?;
    Ok(answered(answer))
}

/// Lists what was written on the trend of a survey, by day.
#[utoipa::path(
    get, path = "/api/v1/surveys/{key}/annotations", operation_id = "list_annotations", tag = "surveys",
    params(("key" = String, Path)),
    responses(
        (status = 200, body = AnnotationList),
        (status = 404, body = crate::http::problem::ProblemBody, content_type = "application/problem+json")),
    security(("key" = [])))]
pub async fn list(
    state: web::Data<State>,
    allowed: Allowed<ReadReports>,
    key: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let found = blocking(&state, move |services| {
        in_read(services, |connection| annotations::list(connection, &allowed.scope, &key))
    })
    .await?;
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "private, no-store")).json(found))
}

/// Takes an annotation back.
#[utoipa::path(
    delete, path = "/api/v1/surveys/{key}/annotations/{id}", operation_id = "delete_annotation", tag = "surveys",
    params(("key" = String, Path), ("id" = String, Path)),
    responses(
        (status = 204, description = "It is gone"),
        (status = 404, body = crate::http::problem::ProblemBody, content_type = "application/problem+json")),
    security(("key" = [])))]
pub async fn delete(
    state: web::Data<State>,
    allowed: Allowed<Annotate>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (key, id) = path.into_inner();
    blocking(&state, move |services| {
        in_transaction(services, |connection| annotations::delete(connection, &allowed.scope, &key, &id))
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}
