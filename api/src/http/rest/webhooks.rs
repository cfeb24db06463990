//! Endpoints to which events are brought: made, listed, switched, tried out; their keys and their log.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::{Creating, answered};
use crate::domain::{DeliveryState, WebhookState};
use crate::http::extract::{Allowed, AllowedJson, ManageSurveys};
use crate::http::problem::Problem;
use crate::http::{State, blocking};
use crate::service::invalid;
use crate::service::once::{in_read, in_transaction, run};
use crate::service::webhooks::deliver::try_out;
use crate::service::webhooks::log::{self, DeliveryList, ShownDelivery};
use crate::service::webhooks::{self, Request, ShownWebhook, WebhookList, with_secret};

/// Makes an endpoint; the answer holds the key by which its posts are signed.
#[utoipa::path(
    post, path = "/api/v1/webhooks", operation_id = "create_webhook", tag = "webhooks",
    params(("Idempotency-Key" = Option<String>, Header, description = "One effect, however often it comes")),
    request_body(content = crate::openapi::WebhookInput,
        example = json!({"url": "https://shop.example/hooks/laatu", "events": ["survey.answered", "score.low"]})),
    responses(
        (status = 201, body = ShownWebhook),
        (status = 409, body = crate::http::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 422, body = crate::http::problem::ProblemBody, content_type = "application/problem+json")),
    security(("key" = [])))]
pub async fn create(
    state: web::Data<State>,
    body: AllowedJson<ManageSurveys>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let creating = Creating::of(&request, &body.raw);
    let scope = body.allowed.scope;
    let answer = blocking(&state, move |services| {
        let wanted = Request::parse(&body.value, services, &scope)?;
        let mut answer = run(services, &scope, creating.request(), |connection| {
            Ok((201, webhooks::create(services, connection, &scope, &wanted)?))
        })?;
        with_secret(services, &scope, &mut answer.body)?;
        Ok(answer)
    })
    .await?;
    Ok(answered(answer))
}

/// Lists the endpoints, without their keys.
#[utoipa::path(
    get, path = "/api/v1/webhooks", operation_id = "list_webhooks", tag = "webhooks",
    responses((status = 200, body = WebhookList)), security(("key" = [])))]
pub async fn list(state: web::Data<State>, allowed: Allowed<ManageSurveys>) -> Result<HttpResponse, Problem> {
    let found = blocking(&state, move |services| {
        in_read(services, |connection| webhooks::list(services, connection, &allowed.scope))
    })
    .await?;
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "private, no-store")).json(found))
}

/// Deletes an endpoint with its log; what waits for it is brought nowhere.
#[utoipa::path(
    delete, path = "/api/v1/webhooks/{id}", operation_id = "delete_webhook", tag = "webhooks",
    params(("id" = String, Path)),
    responses(
        (status = 204, description = "It is gone"),
        (status = 404, body = crate::http::problem::ProblemBody, content_type = "application/problem+json")),
    security(("key" = [])))]
pub async fn delete(
    state: web::Data<State>,
    allowed: Allowed<ManageSurveys>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    blocking(&state, move |services| {
        in_transaction(services, |connection| webhooks::delete(connection, &allowed.scope, &id))
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Lets events go to an endpoint again; what waits goes out.
#[utoipa::path(
    post, path = "/api/v1/webhooks/{id}/enable", operation_id = "enable_webhook", tag = "webhooks",
    params(("id" = String, Path)),
    responses(
        (status = 200, body = ShownWebhook),
        (status = 404, body = crate::http::problem::ProblemBody, content_type = "application/problem+json")),
    security(("key" = [])))]
pub async fn enable(
    state: web::Data<State>,
    allowed: Allowed<ManageSurveys>,
    request: HttpRequest,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    switch(state, allowed, request, id, WebhookState::Enabled).await
}

/// Lets no event go to an endpoint for now; events that happen meanwhile are not kept for it.
#[utoipa::path(
    post, path = "/api/v1/webhooks/{id}/disable", operation_id = "disable_webhook", tag = "webhooks",
    params(("id" = String, Path)),
    responses(
        (status = 200, body = ShownWebhook),
        (status = 404, body = crate::http::problem::ProblemBody, content_type = "application/problem+json")),
    security(("key" = [])))]
pub async fn disable(
    state: web::Data<State>,
    allowed: Allowed<ManageSurveys>,
    request: HttpRequest,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    switch(state, allowed, request, id, WebhookState::Disabled).await
}

async fn switch(
    state: web::Data<State>,
    allowed: Allowed<ManageSurveys>,
    request: HttpRequest,
    id: web::Path<String>,
    wanted: WebhookState,
) -> Result<HttpResponse, Problem> {
    let creating = Creating::of(&request, b"");
    let answer = blocking(&state, move |services| {
        run(services, &allowed.scope, creating.request(), |connection| {
            Ok((200, webhooks::switch(services, connection, &allowed.scope, &id, wanted)?))
        })
    })
    .await?;
    Ok(answered(answer))
}

/// Gives an endpoint a new key; for a day posts are signed by both.
#[utoipa::path(
    post, path = "/api/v1/webhooks/{id}/rotate", operation_id = "rotate_webhook", tag = "webhooks",
    params(
        ("id" = String, Path),
        ("Idempotency-Key" = Option<String>, Header, description = "One effect, however often it comes")),
    responses(
        (status = 200, body = ShownWebhook),
        (status = 404, body = crate::http::problem::ProblemBody, content_type = "application/problem+json")),
    security(("key" = [])))]
pub async fn rotate(
    state: web::Data<State>,
    allowed: Allowed<ManageSurveys>,
    request: HttpRequest,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let creating = Creating::of(&request, b"");
    let answer = blocking(&state, move |services| {
        let scope = &allowed.scope;
        let mut answer = run(services, scope, creating.request(), |connection| {
            Ok((200, webhooks::rotate(services, connection, scope, &id)?))
        })?;
        with_secret(services, scope, &mut answer.body)?;
        Ok(answer)
    })
    .await?;
    Ok(answered(answer))
}

/// Brings an event for trying out to an endpoint now; the answer tells what came of it. Takes no Idempotency-Key.
#[utoipa::path(
    post, path = "/api/v1/webhooks/{id}/test", operation_id = "test_webhook", tag = "webhooks",
    params(("id" = String, Path)),
    responses(
        (status = 200, body = ShownDelivery),
        (status = 404, body = crate::http::problem::ProblemBody, content_type = "application/problem+json")),
    security(("key" = [])))]
pub async fn test(
    state: web::Data<State>,
    allowed: Allowed<ManageSurveys>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let found = blocking(&state, move |services| {
        let (webhook, message) = try_out(services, &allowed.scope, &id)?;
        in_read(services, |connection| log::show(connection, &allowed.scope, webhook, message))
    })
    .await?;
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "private, no-store")).json(found))
}

/// What a log may be asked for.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Query {
    /// waiting, delivered or failed.
    state: Option<String>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// How many, 1 to 200; 50 unless told.
    limit: Option<i64>,
}

/// Lists what came of bringing events to an endpoint, newest first; kept for 30 days.
#[utoipa::path(
    get, path = "/api/v1/webhooks/{id}/deliveries", operation_id = "list_deliveries", tag = "webhooks",
    params(("id" = String, Path), Query),
    responses(
        (status = 200, body = DeliveryList),
        (status = 404, body = crate::http::problem::ProblemBody, content_type = "application/problem+json")),
    security(("key" = [])))]
pub async fn deliveries(
    state: web::Data<State>,
    allowed: Allowed<ManageSurveys>,
    id: web::Path<String>,
    query: super::reports::AskedFor<Query>,
) -> Result<HttpResponse, Problem> {
    let query = query.0;
    let wanted = match query.state.as_deref() {
        None => None,
        Some(word) => Some(DeliveryState::from_word(word).ok_or_else(|| {
            let message = format!("\"{word}\" is not known; accepted are {}", DeliveryState::words());
            invalid("?state", "unknown_value", message)
        })?),
    };
    let limit = query.limit.unwrap_or(50);
    if !(1..=200).contains(&limit) {
        return Err(invalid("?limit", "out_of_range", "between 1 and 200 is needed").into());
    }
    let request = log::Request { state: wanted, cursor: query.cursor, limit };
    let found = blocking(&state, move |services| {
        in_read(services, |connection| log::list(connection, &allowed.scope, &id, &request))
    })
    .await?;
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "private, no-store")).json(found))
}

/// Brings an event once more, whatever came of it before, under its old id.
#[utoipa::path(
    post, path = "/api/v1/webhooks/{id}/deliveries/{delivery}/replay", operation_id = "replay_delivery",
    tag = "webhooks", params(("id" = String, Path), ("delivery" = String, Path)),
    responses(
        (status = 200, body = ShownDelivery),
        (status = 404, body = crate::http::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 409, body = crate::http::problem::ProblemBody, content_type = "application/problem+json")),
    security(("key" = [])))]
pub async fn replay(
    state: web::Data<State>,
    allowed: Allowed<ManageSurveys>,
    request: HttpRequest,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let creating = Creating::of(&request, b"");
    let (id, delivery) = path.into_inner();
    let answer = blocking(&state, move |services| {
        run(services, &allowed.scope, creating.request(), |connection| {
            Ok((200, log::replay(services, connection, &allowed.scope, &id, &delivery)?))
        })
    })
    .await?;
    Ok(answered(answer))
}
