//! Open links of a survey: made, listed, closed, drawn.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, X_CONTENT_TYPE_OPTIONS};
use actix_web::{HttpRequest, HttpResponse, web};

use super::{Creating, answered};
use crate::http::extract::{Allowed, AllowedJson, ManageSurveys, ReadReports};
use crate::http::problem::Problem;
use crate::http::{State, blocking};
use crate::service::once::{in_read, run};
use crate::service::open_links::{self, LinkList, Request, ShownLink};

/// Makes a link of an open survey; all fields may be left out.
#[utoipa::path(
    post, path = "/api/v1/surveys/{key}/links", operation_id = "create_open_link", tag = "surveys",
    params(
        ("key" = String, Path),
        ("Idempotency-Key" = Option<String>, Header, description = "One effect, however often it comes")),
    request_body(content = crate::openapi::OpenLinkInput,
        example = json!({"place": "turku", "channel": "in_person", "label": "Counter at the door"})),
    responses(
        (status = 201, body = ShownLink),
        (status = 404, body = crate::http::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 409, body = crate::http::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 422, body = crate::http::problem::ProblemBody, content_type = "application/problem+json")),
    security(("key" = [])))]
pub async fn create(
    state: web::Data<State>,
    body: AllowedJson<ManageSurveys>,
    request: HttpRequest,
    key: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let creating = Creating::of(&request, &body.raw);
    let wanted = Request::parse(&body.value)?;
    let scope = body.allowed.scope;
    let answer = blocking(&state, move |services| {
        run(services, &scope, creating.request(), |connection| {
            Ok((201, open_links::create(services, connection, &scope, &key, &wanted)?))
        })
    })
    .await?;
    Ok(answered(answer))
}

/// Lists the links of an open survey, closed ones too.
#[utoipa::path(
    get, path = "/api/v1/surveys/{key}/links", operation_id = "list_open_links", tag = "surveys",
    params(("key" = String, Path)),
    responses(
        (status = 200, body = LinkList),
        (status = 404, body = crate::http::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 409, body = crate::http::problem::ProblemBody, content_type = "application/problem+json")),
    security(("key" = [])))]
pub async fn list(
    state: web::Data<State>,
    allowed: Allowed<ReadReports>,
    key: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let found = blocking(&state, move |services| {
        in_read(services, |connection| open_links::list(services, connection, &allowed.scope, &key))
    })
    .await?;
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "private, no-store")).json(found))
}

/// The QR code of a link, to be printed: SVG, black on white, with its quiet zone.
#[utoipa::path(
    get, path = "/api/v1/surveys/{key}/links/{id}/qr.svg", operation_id = "draw_open_link", tag = "surveys",
    params(("key" = String, Path), ("id" = String, Path)),
    responses(
        (status = 200, content_type = "image/svg+xml", body = String),
        (status = 404, body = crate::http::problem::ProblemBody, content_type = "application/problem+json")),
    security(("key" = [])))]
pub async fn draw(
    state: web::Data<State>,
    allowed: Allowed<ReadReports>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (key, id) = path.into_inner();
    let svg = blocking(&state, move |services| {
        in_read(services, |connection| open_links::qr_code(services, connection, &allowed.scope, &key, &id))
    })
    .await?;
    Ok(HttpResponse::Ok()
        .content_type("image/svg+xml")
        .insert_header((CACHE_CONTROL, "private, no-store"))
        .insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'"))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .body(svg))
}

/// Closes a link for good: it begins no form any more; forms begun before can be finished.
#[utoipa::path(
    post, path = "/api/v1/surveys/{key}/links/{id}/close", operation_id = "close_open_link", tag = "surveys",
    params(("key" = String, Path), ("id" = String, Path)),
    responses(
        (status = 200, body = ShownLink),
        (status = 404, body = crate::http::problem::ProblemBody, content_type = "application/problem+json")),
    security(("key" = [])))]
pub async fn close(
    state: web::Data<State>,
    allowed: Allowed<ManageSurveys>,
    request: HttpRequest,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let creating = Creating::of(&request, b"");
    let (key, id) = path.into_inner();
    let answer = blocking(&state, move |services| {
        run(services, &allowed.scope, creating.request(), |connection| {
            Ok((200, open_links::close(services, connection, &allowed.scope, &key, &id)?))
        })
    })
    .await?;
    Ok(answered(answer))
}
