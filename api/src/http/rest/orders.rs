//! Orders and their events.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use serde_json::Value;

use super::{Creating, answered};
use crate::domain::order::is_order_number;
use crate::domain::reader::{FieldProblem, ObjectReader};
use crate::http::extract::{AllowedJson, SendOrders};
use crate::http::problem::Problem;
use crate::http::{State, blocking};
use crate::service::once::{in_read, in_transaction, run};
use crate::service::take_events::take_event;
use crate::service::take_orders::{MOST_ORDERS, take_orders};
use crate::service::{Error, invalid, slips};
use crate::store::orders;

/// Takes one order, or up to 1,000 as `{"orders": [...]}`.
#[utoipa::path(
    post, path = "/api/v1/orders", operation_id = "create_orders", tag = "orders",
    params(("Idempotency-Key" = Option<String>, Header, description = "The same key and body have one effect and one answer, for 30 days")),
    request_body(content = crate::openapi::OrderInput, description = "One order, or {\"orders\": [...]}", example = json!({
        "order_number": "10482", "customer": {"email": "aino@example.org", "name": "Aino", "language": "fi"},
        "channel": "web", "place": "helsinki", "placed_at": "2026-11-14T09:30:00Z",
        "contact_basis": {"kind": "existing_customer_notice", "notice_at": "2026-11-14T09:30:00Z"}})),
    responses(
        (status = 201, description = "A new order", body = crate::service::take_orders::OrdersAnswer),
        (status = 200, description = "A known order, or a batch with a result for each row", body = crate::service::take_orders::OrdersAnswer),
        (status = 422, description = "A single order with mistakes", body = crate::http::problem::ProblemBody, content_type = "application/problem+json")),
    security(("key" = [])))]
pub async fn create(
    state: web::Data<State>,
    request: HttpRequest,
    body: AllowedJson<SendOrders>,
) -> Result<HttpResponse, Problem> {
    let creating = Creating::of(&request, &body.raw);
    let answer = blocking(&state, move |services| {
        run(services, &body.allowed.scope, creating.request(), |connection| {
            take_orders(services, connection, &body.allowed.scope, &body.value)
        })
    })
    .await?;
    Ok(answered(answer))
}

/// Which numbers are unknown.
#[derive(Serialize, utoipa::ToSchema)]
pub struct MissingOrders {
    /// Order numbers that are not here.
    missing: Vec<String>,
}

/// Tells which of these order numbers are unknown.
#[utoipa::path(
    post, path = "/api/v1/orders/missing", operation_id = "missing_orders", tag = "orders",
    request_body(content = crate::openapi::OrderNumbersInput, example = json!({"order_numbers": ["10482", "10483"]})),
    responses((status = 200, body = MissingOrders)), security(("key" = [])))]
pub async fn missing(
    state: web::Data<State>,
    body: AllowedJson<SendOrders>,
) -> Result<HttpResponse, Problem> {
    let numbers = order_numbers(&body.value)?;
    let missing = blocking(&state, move |services| {
        in_read(services, |connection| Ok(orders::missing(connection, &body.allowed.scope, &numbers)?))
    })
    .await?;
    Ok(HttpResponse::Ok().json(MissingOrders { missing }))
}

fn order_numbers(value: &Value) -> Result<Vec<String>, Error> {
    let wrong =
        || invalid("/order_numbers", "type", format!("a list of 1 to {MOST_ORDERS} order numbers is needed"));
    let list = value.get("order_numbers").and_then(Value::as_array).ok_or_else(wrong)?;
    if list.is_empty() || list.len() > MOST_ORDERS {
        return Err(wrong());
    }
    let problems: Vec<FieldProblem> = list
        .iter()
        .enumerate()
        .filter(|(_, one)| !one.as_str().is_some_and(is_order_number))
        .map(|(index, _)| FieldProblem {
            pointer: format!("/order_numbers/{index}"),
            code: "invalid".to_owned(),
            message: "an order number is a text of 1 to 80 characters, none of them unseen".to_owned(),
        })
        .collect();
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    Ok(list.iter().filter_map(Value::as_str).map(str::to_owned).collect())
}

/// Takes what happened to an order: one event, or up to 100 as `{"events": [...]}`.
#[utoipa::path(
    post, path = "/api/v1/orders/{order_number}/events", operation_id = "create_order_event", tag = "orders",
    params(("order_number" = String, Path, example = "10482"), ("Idempotency-Key" = Option<String>, Header)),
    request_body(content = crate::openapi::EventInput, description = "One event, or {\"events\": [...]} with a result for each", example = json!({"kind": "delivered", "at": "2026-11-18T12:00:00Z"})),
    responses(
        (status = 200, description = "Applied, or known before", body = crate::service::take_events::EventAnswer),
        (status = 202, description = "Kept until its order comes", body = crate::service::take_events::EventAnswer),
        (status = 422, body = crate::http::problem::ProblemBody, content_type = "application/problem+json")),
    security(("key" = [])))]
pub async fn create_event(
    state: web::Data<State>,
    request: HttpRequest,
    order_number: web::Path<String>,
    body: AllowedJson<SendOrders>,
) -> Result<HttpResponse, Problem> {
    let creating = Creating::of(&request, &body.raw);
    let number = order_number.into_inner();
    let answer = blocking(&state, move |services| {
        run(services, &body.allowed.scope, creating.request(), |connection| {
            take_event(services, connection, &body.allowed.scope, &number, &body.value)
        })
    })
    .await?;
    Ok(answered(answer))
}

/// Makes the slip of an order that is asked about by one: its link, a code for a camera, a short code to type, and words.
/// With it the invitation counts as sent; asked for again, the same slip comes.
#[utoipa::path(
    post, path = "/api/v1/orders/{order_number}/slip", operation_id = "make_slip", tag = "orders",
    params(("order_number" = String, Path, example = "10482")),
    request_body(content = crate::openapi::SlipInput, example = json!({"survey": "after-delivery"})),
    responses(
        (status = 200, body = crate::service::slips::Slip),
        (status = 404, body = crate::http::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 409, body = crate::http::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 422, body = crate::http::problem::ProblemBody, content_type = "application/problem+json")),
    security(("key" = [])))]
pub async fn make_slip(
    state: web::Data<State>,
    order_number: web::Path<String>,
    body: AllowedJson<SendOrders>,
) -> Result<HttpResponse, Problem> {
    let mut reader = ObjectReader::open(&body.value, "");
    let survey = reader.required_text("survey", 40).unwrap_or_default();
    let problems = reader.finish();
    if !problems.is_empty() {
        return Err(Error::Invalid(problems).into());
    }
    let number = order_number.into_inner();
    // The same slip comes again by itself, and an answer with its link is kept nowhere: no Idempotency-Key is needed.
    let slip = blocking(&state, move |services| {
        in_transaction(services, |connection| {
            slips::make(services, connection, &body.allowed.scope, &number, &survey)
        })
    })
    .await?;
    Ok(HttpResponse::Ok().insert_header(("Cache-Control", "private, no-store")).json(slip))
}
