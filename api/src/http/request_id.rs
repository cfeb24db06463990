//! Gives each request an id, writes its line in the log, and puts problems into words with that id.

use std::borrow::Cow;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;

use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest, HttpResponse, ResponseError, web};
use futures_util::FutureExt;
use tracing::Instrument;

use super::State;
use super::problem::{PROBLEM_JSON, Problem};
use super::routes::FORM_SCOPE;

/// A page of a form that took this long is told in the log, even when all went well.
const SLOW_MS: u64 = 1000;

/// Header of the id, in and out.
pub const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The id of a request.
#[derive(Clone, Debug)]
pub struct RequestId(pub Arc<str>);

/// Wraps every request.
pub async fn with_request_id<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, actix_web::Error> {
    let id = id_of(&request);
    request.extensions_mut().insert(RequestId(Arc::clone(&id)));
    let span = tracing::info_span!("request", request_id = %id);
    answer(request, next, &id).instrument(span).await
}

async fn answer<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
    id: &str,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, actix_web::Error> {
    let method = request.method().clone();
    let began = Instant::now();
    let outcome = AssertUnwindSafe(next.call(request)).catch_unwind().await;
    let told = |problem: Problem| actix_web::Error::from(Told { problem, id: id.to_owned() });
    let mut response = match outcome {
        Ok(Ok(response)) => in_words(response, id),
        Ok(Err(error)) => return Err(told(Problem::of_status(error.as_response_error().status_code()))),
        Err(_) => return Err(told(Problem::broken("a handler panicked"))),
    };
    if let Ok(value) = HeaderValue::from_str(id) {
        response.headers_mut().insert(X_REQUEST_ID, value);
    }
    // The path's pattern, never the path: paths hold tokens.
    let route = route_of(response.request());
    let status = response.status().as_u16();
    let ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    if is_usual(&route, status, ms) {
        tracing::debug!(%method, %route, status, ms, "answered");
    } else {
        tracing::info!(%method, %route, status, ms, "answered");
    }
    Ok(response)
}

/// Whether an answer is one of the thousands of pages in which nothing happened that an operator would look for.
fn is_usual(route: &str, status: u16, ms: u64) -> bool {
    route == FORM_ROUTE && status < 400 && ms < SLOW_MS
}

/// How the log names the customer's pages: never with their tokens.
const FORM_ROUTE: &str = "/s/{token}";

/// The pattern of a request's path.
fn route_of(request: &HttpRequest) -> Cow<'static, str> {
    let behind = request.path().strip_prefix(FORM_SCOPE);
    // Asking for the pattern goes through all of them, which most requests need not wait for.
    if behind.is_some_and(|behind| behind.is_empty() || behind.starts_with('/')) {
        return Cow::Borrowed(FORM_ROUTE);
    }
    request.match_pattern().map_or(Cow::Borrowed("unmatched"), Cow::Owned)
}

/// A problem with its request's id, where no response is at hand to be put into words.
#[derive(Debug)]
struct Told {
    problem: Problem,
    id: String,
}

impl std::fmt::Display for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.problem.fmt(f)
    }
}

impl ResponseError for Told {
    fn status_code(&self) -> StatusCode {
        self.problem.status
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::build(self.problem.status)
            .insert_header((X_REQUEST_ID, self.id.as_str()))
            .content_type(PROBLEM_JSON)
            .body(self.problem.body(&self.id))
    }
}

/// Writes the body of a problem; errors of the framework become problems, pages stay pages.
fn in_words<B: MessageBody + 'static>(
    response: ServiceResponse<B>,
    id: &str,
) -> ServiceResponse<EitherBody<B, BoxBody>> {
    let known = response.response().extensions().get::<Problem>().cloned();
    // What a handler wrote as a page, a picture or as JSON is its own answer; the framework's refusals are bare or plain text.
    let is_answer = response.headers().get(CONTENT_TYPE).is_some_and(|kind| {
        let written: [&[u8]; 3] = [b"text/html", b"application/json", b"image/svg+xml"];
        written.iter().any(|start| kind.as_bytes().starts_with(start))
    });
    let status = response.status();
    let problem = match known {
        Some(problem) => problem,
        None if (status.is_client_error() || status.is_server_error()) && !is_answer => {
            Problem::of_status(status)
        }
        None => return response.map_into_left_body(),
    };
    let mut response = response.map_body(|_, _| EitherBody::right(BoxBody::new(problem.body(id))));
    *response.response_mut().status_mut() = problem.status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
    response
}

/// The id that the caller sent, when it is harmless; else a new one.
fn id_of(request: &ServiceRequest) -> Arc<str> {
    let sent = request.headers().get(X_REQUEST_ID).and_then(|value| value.to_str().ok());
    let is_harmless = |text: &&str| {
        (8..=64).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    if let Some(sent) = sent.filter(is_harmless) {
        return Arc::from(sent);
    }
    let new = request.app_data::<web::Data<State>>().map(|state| state.services.new_id().to_string());
    Arc::from(new.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use actix_web::dev::Service;
    use actix_web::middleware::from_fn;
    use actix_web::test::{TestRequest, init_service};
    use actix_web::{App, HttpResponse, web};

    use super::*;

    async fn panics() -> HttpResponse {
        panic!("a handler that breaks")
    }

    async fn answered(path: &str) -> (u16, String, serde_json::Value) {
        let app = App::new()
            .route("/panics", web::get().to(panics))
            .route("/waits", web::get().to(|| async { HttpResponse::ServiceUnavailable().json(["not yet"]) }))
            .route("/teapot", web::get().to(|| async { HttpResponse::ImATeapot().finish() }))
            .wrap(from_fn(with_request_id));
        let app = init_service(app).await;
        let request = TestRequest::get().uri(path).insert_header((X_REQUEST_ID, "quote-me-1")).to_request();
        let response = match app.call(request).await {
            Ok(response) => response.into_parts().1.map_into_boxed_body(),
            Err(error) => error.error_response(),
        };
        let status = response.status().as_u16();
        let id = response.headers().get(X_REQUEST_ID).unwrap().to_str().unwrap().to_owned();
        let body = actix_web::body::to_bytes(response.into_body()).await.unwrap();
        (status, id, serde_json::from_slice(&body).unwrap())
    }

    #[actix_web::test]
    async fn a_panic_becomes_a_problem_with_the_requests_id() {
        let (status, id, body) = answered("/panics").await;
        assert_eq!((status, id.as_str()), (500, "quote-me-1"));
        assert_eq!(body["instance"], "quote-me-1");
        assert_eq!(body["type"], "/api/docs/errors#internal-error");
    }

    #[actix_web::test]
    async fn an_answer_of_a_handler_stays_as_it_is() {
        let (status, _, body) = answered("/waits").await;
        assert_eq!((status, body), (503, serde_json::json!(["not yet"])));
    }

    #[actix_web::test]
    async fn a_bare_refusal_keeps_its_status_and_gets_words() {
        let (status, _, body) = answered("/teapot").await;
        assert_eq!((status, body["status"].as_u64()), (418, Some(418)));
        assert_eq!(answered("/nowhere").await.0, 404);
    }
}
