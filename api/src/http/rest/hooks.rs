//! Hooks of shops: an address instead of a key, and a signature over every byte that comes.

use actix_web::{HttpRequest, HttpResponse, web};

use crate::domain::HookKind;
use crate::http::problem::Problem;
use crate::http::{State, blocking};
use crate::service::hooks::take::{HookAnswer, Incoming, find, take};

/// Largest delivery: an order with some thousand lines.
pub const LARGEST_DELIVERY: usize = 5 * 1024 * 1024;

/// Takes what Shopify sends: `orders/*`, `refunds/create` and the privacy topics.
#[utoipa::path(
    post, path = "/api/v1/hooks/shopify/{endpoint}", operation_id = "shopify_hook", tag = "hooks",
    params(
        ("endpoint" = String, Path, description = "As `laatu hook create` printed it"),
        ("X-Shopify-Topic" = String, Header, example = "orders/updated"),
        ("X-Shopify-Webhook-Id" = Option<String>, Header, description = "The same delivery has one effect"),
        ("X-Shopify-Hmac-SHA256" = String, Header, description = "base64 of HMAC-SHA256 over the raw body")),
    request_body(content = Object, description = "As Shopify sends it", content_type = "application/json"),
    responses(
        (status = 200, description = "Signed and dealt with; a problem is noted at the hook", body = HookAnswer),
        (status = 401, description = "Not signed with the hook's secret", body = crate::http::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such hook, or a disabled one", body = crate::http::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 413, body = crate::http::problem::ProblemBody, content_type = "application/problem+json")))]
pub async fn shopify(
    state: web::Data<State>,
    request: HttpRequest,
    endpoint: web::Path<String>,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let names = ["x-shopify-topic", "x-shopify-webhook-id", "x-shopify-hmac-sha256"];
    answer(&state, &request, HookKind::Shopify, endpoint.into_inner(), names, payload).await
}

/// Takes what WooCommerce sends: `order.*`, and the form with which it tries an address.
#[utoipa::path(
    post, path = "/api/v1/hooks/woocommerce/{endpoint}", operation_id = "woocommerce_hook", tag = "hooks",
    params(
        ("endpoint" = String, Path, description = "As `laatu hook create` printed it"),
        ("X-WC-Webhook-Topic" = Option<String>, Header, example = "order.updated"),
        ("X-WC-Webhook-Delivery-ID" = Option<String>, Header, description = "The same delivery has one effect"),
        ("X-WC-Webhook-Signature" = Option<String>, Header, description = "base64 of HMAC-SHA256 over the raw body")),
    request_body(content = Object, description = "As WooCommerce sends it", content_type = "application/json"),
    responses(
        (status = 200, description = "Signed and dealt with; a problem is noted at the hook", body = HookAnswer),
        (status = 401, description = "Not signed with the hook's secret", body = crate::http::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "No such hook, or a disabled one", body = crate::http::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 413, body = crate::http::problem::ProblemBody, content_type = "application/problem+json")))]
pub async fn woocommerce(
    state: web::Data<State>,
    request: HttpRequest,
    endpoint: web::Path<String>,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let names = ["x-wc-webhook-topic", "x-wc-webhook-delivery-id", "x-wc-webhook-signature"];
    answer(&state, &request, HookKind::Woocommerce, endpoint.into_inner(), names, payload).await
}

/// The hook first, then the body: a stranger's body is not read.
async fn answer(
    state: &State,
    request: &HttpRequest,
    kind: HookKind,
    endpoint: String,
    [topic, delivery, signature]: [&str; 3],
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let found = blocking(state, move |services| find(services, &endpoint, kind)).await?;
    let (scope, hook) = found.ok_or_else(Problem::no_such_path)?;
    let header = |name: &str| Some(request.headers().get(name)?.to_str().ok()?.trim().to_owned());
    let incoming = Incoming {
        topic: header(topic).unwrap_or_default().chars().take(80).collect(),
        delivery_id: header(delivery),
        signature: header(signature),
        body: body_of(payload).await?.to_vec(),
    };
    let answer = blocking(state, move |services| take(services, &scope, &hook, &incoming)).await?;
    let answer = answer.ok_or_else(Problem::bad_signature)?;
    Ok(HttpResponse::Ok().insert_header(("Cache-Control", "no-store")).json(answer))
}

async fn body_of(payload: web::Payload) -> Result<web::Bytes, Problem> {
    use actix_web::http::StatusCode;
    match payload.to_bytes_limited(LARGEST_DELIVERY).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(_)) => Err(Problem::of_status(StatusCode::BAD_REQUEST)),
        Err(_) => Err(Problem::of_status(StatusCode::PAYLOAD_TOO_LARGE)),
    }
}
