//! The API's resources, one a file.

pub mod annotations;
pub mod bounces;
pub mod hooks;
pub mod instruments;
pub mod invitations;
pub mod keys;
pub mod open_links;
pub mod orders;
pub mod organisation;
pub mod reports;
pub mod responses;
pub mod sending;
pub mod suppressions;
pub mod surveys;
pub mod webhooks;

use actix_web::http::StatusCode;
use actix_web::http::header::HeaderMap;
use actix_web::{HttpRequest, HttpResponse};

use crate::service::once::{Answer, Request};

/// The parts of a request that an idempotency key stands for.
struct Creating {
    key: Option<String>,
    path: String,
    body: Vec<u8>,
}

impl Creating {
    fn of(request: &HttpRequest, body: &[u8]) -> Self {
        Self { key: idempotency_key(request.headers()), path: request.path().to_owned(), body: body.to_vec() }
    }

    fn request(&self) -> Request<'_> {
        Request { key: self.key.as_deref(), path: &self.path, body: &self.body }
    }
}

fn idempotency_key(headers: &HeaderMap) -> Option<String> {
    let value = headers.get("idempotency-key")?;
    Some(String::from_utf8_lossy(value.as_bytes()).trim_matches('"').to_owned())
}

/// Writes an answer, and says when it was given before.
fn answered(answer: Answer) -> HttpResponse {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let mut response = HttpResponse::build(status);
    if answer.replayed {
        response.insert_header(("Idempotency-Replayed", "true"));
    }
    response.insert_header(("Cache-Control", "private, no-store")).json(answer.body)
}
