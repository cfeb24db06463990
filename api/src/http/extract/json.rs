//! A body from somebody who may send it: the key is asked for before a byte is read, and mistakes in JSON
//! are told by line and column.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest, HttpRequest, web};
use serde_json::Value;

use super::authentication::{Allowed, Right};
use crate::http::problem::Problem;

type Extracting<T> = Pin<Box<dyn Future<Output = Result<T, Problem>>>>;

/// A body as it came, from a key with the right `R`.
pub struct AllowedBody<R: Right> {
    /// What the key opens.
    pub allowed: Allowed<R>,
    /// The body.
    pub raw: web::Bytes,
}

/// A JSON body from a key with the right `R`.
pub struct AllowedJson<R: Right> {
    /// What the key opens.
    pub allowed: Allowed<R>,
    /// As it came: what an idempotency key stands for.
    pub raw: web::Bytes,
    /// As it was read.
    pub value: Value,
}

impl<R: Right> FromRequest for AllowedBody<R> {
    type Error = Problem;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let allowed = Allowed::<R>::from_request(request, &mut Payload::None);
        let bytes = web::Bytes::from_request(request, payload);
        Box::pin(async move {
            let allowed = allowed.await?;
            let raw =
                bytes.await.map_err(|error| Problem::of_status(error.as_response_error().status_code()))?;
            Ok(Self { allowed, raw })
        })
    }
}

impl<R: Right> FromRequest for AllowedJson<R> {
    type Error = Problem;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_json = media_type(request).eq_ignore_ascii_case("application/json");
        let body = AllowedBody::<R>::from_request(request, payload);
        Box::pin(async move {
            let AllowedBody { allowed, raw } = body.await?;
            if !is_json {
                return Err(Problem::unsupported_media_type("application/json"));
            }
            let value = serde_json::from_slice(&raw).map_err(|error| Problem::malformed_json(&error))?;
            Ok(Self { allowed, raw, value })
        })
    }
}

/// The media type of a request's body, without its parameters.
pub fn media_type(request: &HttpRequest) -> &str {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.split(';').next().unwrap_or_default().trim()
}
