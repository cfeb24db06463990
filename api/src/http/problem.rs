//! The one error envelope of the API: RFC 9457 problem details. The only place that knows status codes.

use std::fmt;

use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, CONTENT_TYPE, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;

use crate::domain::reader::FieldProblem;
use crate::service::Error;

/// Media type of a problem.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// A refusal with its reason.
#[derive(Clone, Debug)]
pub struct Problem {
    /// HTTP status.
    pub status: StatusCode,
    /// Stable word, the end of `type`.
    pub slug: &'static str,
    /// The same in words.
    pub title: &'static str,
    /// What is wrong in this case.
    pub detail: String,
    /// Each field that is wrong.
    pub errors: Vec<FieldProblem>,
    /// Methods that are allowed, for 405.
    pub allow: Option<&'static str>,
}

/// A problem as it is written.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ProblemBody<'a> {
    /// Page that explains this kind of problem.
    #[serde(rename = "type")]
    #[schema(example = "/api/docs/errors#invalid-fields")]
    kind: String,
    /// The kind in words.
    title: &'a str,
    /// HTTP status.
    status: u16,
    /// What is wrong in this case.
    detail: &'a str,
    /// Id of the request, to be quoted.
    instance: &'a str,
    /// Each field that is wrong.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [FieldProblem],
}

impl Problem {
    /// A problem of one kind.
    pub fn new(
        status: StatusCode,
        slug: &'static str,
        title: &'static str,
        detail: impl Into<String>,
    ) -> Self {
        Self { status, slug, title, detail: detail.into(), errors: vec![], allow: None }
    }

    /// Something that should not have happened; the words go to the log only.
    pub fn broken(words: &str) -> Self {
        tracing::error!(%words, "a request failed");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal-error",
            "Something went wrong",
            "Something went wrong here. Nothing was stored. Please quote the id of this request.",
        )
    }

    /// No or no valid key.
    pub fn unauthorised() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "unauthorised",
            "A valid API key is needed",
            "Send the header Authorization: Bearer laatu_… with a key that has not been revoked.",
        )
    }

    /// A delivery of a shop's hook that the shop has not signed.
    pub fn bad_signature() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "bad-signature",
            "The signature is missing or wrong",
            "The signature must be the base64 of HMAC-SHA256 over exactly these bytes, made with the hook's secret.",
        )
    }

    /// A key without the right.
    pub fn forbidden(needed: &str) -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "forbidden",
            "This key may not do this",
            format!("This needs a key with the role {needed}."),
        )
    }

    /// A format that this build does not write.
    pub fn format_not_built(format: &str, built: &str) -> Self {
        Self::new(
            StatusCode::NOT_IMPLEMENTED,
            "format-not-built",
            "This build does not write that format",
            format!("This laatu writes {built}, not {format}. They hold the same."),
        )
    }

    /// Another media type than the one that is understood.
    pub fn unsupported_media_type(needed: &str) -> Self {
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported-media-type",
            "Another Content-Type is needed",
            format!("Send the body as {needed}."),
        )
    }

    /// A body that is no JSON.
    pub fn malformed_json(error: &serde_json::Error) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "malformed-json",
            "The body is not JSON",
            format!("The body cannot be read at line {}, column {}: {error}", error.line(), error.column()),
        )
    }

    /// A method that the path does not know.
    pub fn method_not_allowed(allow: &'static str) -> Self {
        let mut problem = Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method-not-allowed",
            "This method is not allowed here",
            format!("Allowed here: {allow}."),
        );
        problem.allow = Some(allow);
        problem
    }

    /// Nothing at this path.
    pub fn no_such_path() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not-found",
            "There is nothing here",
            "There is nothing at this path.",
        )
    }

    /// What a status of the framework means in our words.
    pub fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::no_such_path(),
            StatusCode::METHOD_NOT_ALLOWED => Self::new(
                status,
                "method-not-allowed",
                "This method is not allowed here",
                "Try another method.",
            ),
            StatusCode::PAYLOAD_TOO_LARGE => Self::new(
                status,
                "too-large",
                "The body is too large",
                "The body is larger than this path takes. Send fewer things at a time.",
            ),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::unsupported_media_type("application/json"),
            status if status.is_server_error() => Self::broken("the framework refused"),
            _ => Self::new(
                status,
                "bad-request",
                "The request cannot be read",
                "The request cannot be read as HTTP.",
            ),
        }
    }

    /// The problem as it is written, for a request.
    pub fn body(&self, request_id: &str) -> String {
        let body = ProblemBody {
            kind: format!("/api/docs/errors#{}", self.slug),
            title: self.title,
            status: self.status.as_u16(),
            detail: &self.detail,
            instance: request_id,
            errors: &self.errors,
        };
        serde_json::to_string(&body).unwrap_or_default()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.title, self.detail)
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let words = error.to_string();
        match error {
            Error::NotFound(_) => {
                Self::new(StatusCode::NOT_FOUND, "not-found", "There is nothing here", words)
            }
            Error::Invalid(errors) => {
                let mut problem = Self::new(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    "invalid-fields",
                    "Some fields are wrong",
                    words,
                );
                problem.errors = errors;
                problem
            }
            Error::Conflict(_) => {
                Self::new(StatusCode::CONFLICT, "conflict", "It contradicts what is there", words)
            }
            Error::KeyReused => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "idempotency-key-reused",
                "This Idempotency-Key was used before",
                words,
            ),
            Error::NeedsRows => {
                Self::new(StatusCode::FORBIDDEN, "forbidden", "This key may not do this", words)
            }
            Error::Erased => {
                Self::new(StatusCode::GONE, "erased", "What this request was about was erased", words)
            }
            Error::Busy => Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "The service is busy", words),
            Error::Broken(words) => Self::broken(&words),
        }
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    /// The body is written by the middleware that knows the request's id.
    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status).finish();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
        if let Some(allow) = self.allow {
            headers.insert(ALLOW, HeaderValue::from_static(allow));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            let scheme = if self.slug == "bad-signature" { "HMAC-SHA256" } else { "Bearer" };
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static(scheme));
        }
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(RETRY_AFTER, HeaderValue::from_static("2"));
        }
        response.extensions_mut().insert(self.clone());
        response
    }
}
