//! A JSON body: the right media type, and mistakes told by line and column.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest, HttpRequest, web};
use serde_json::Value;

use crate::http::problem::Problem;

/// A body that is JSON, raw and read.
pub struct JsonBody {
    /// As it came: what an idempotency key stands for.
    pub raw: web::Bytes,
    /// As it was read.
    pub value: Value,
}

impl FromRequest for JsonBody {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let kind =
            request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let is_json =
            kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"));
        let bytes = web::Bytes::from_request(request, payload);
        Box::pin(async move {
            if !is_json {
                return Err(Problem::unsupported_media_type("application/json"));
            }
            let raw =
                bytes.await.map_err(|error| Problem::of_status(error.as_response_error().status_code()))?;
            let value = serde_json::from_slice(&raw).map_err(|error| Problem::malformed_json(&error))?;
            Ok(Self { raw, value })
        })
    }
}
