//! Mails that came back, told by a mail provider's hook: as JSON, or as the very message that came back.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;

use crate::http::extract::{AllowedBody, SendOrders, media_type};
use crate::http::problem::Problem;
use crate::http::{State, blocking};
use crate::service::bounces::Taken;
use crate::service::take_returned::{Message, take_message};
use crate::service::told_bounce::ToldBounce;
use crate::service::{Result as ServiceResult, Services, invalid};
use crate::store::OrgScope;

/// What a report came to.
#[derive(Serialize, utoipa::ToSchema)]
pub struct BounceTaken {
    /// It was noted; false when it had been before, or changes nothing.
    noted: bool,
    /// The address is not mailed any more, by this report.
    suppressed: bool,
    /// All mails of the organisation were stopped by it.
    sending_paused: bool,
    /// What the message was, when it was no report.
    #[serde(skip_serializing_if = "Option::is_none")]
    other: Option<&'static str>,
}

impl From<Taken> for BounceTaken {
    fn from(taken: Taken) -> Self {
        let Taken { noted, suppressed, paused } = taken;
        Self { noted, suppressed, sending_paused: paused, other: None }
    }
}

/// Takes in a mail that came back, as JSON or as `message/rfc822`.
#[utoipa::path(
    post, path = "/api/v1/bounces", operation_id = "take_bounce", tag = "sending",
    request_body(content = crate::openapi::BounceInput,
        example = json!({"kind": "hard", "message_id": "<0198….invitation@survey.example.org>"})),
    responses((status = 200, body = BounceTaken)), security(("key" = [])))]
pub async fn take(
    state: web::Data<State>,
    request: HttpRequest,
    body: AllowedBody<SendOrders>,
) -> Result<HttpResponse, Problem> {
    let kind = media_type(&request).to_lowercase();
    let told = match kind.as_str() {
        "application/json" => {
            let value = serde_json::from_slice(&body.raw).map_err(|error| Problem::malformed_json(&error))?;
            let told = ToldBounce::parse(&value)?;
            blocking(&state, move |services| told.take(services, &body.allowed.scope)).await?.into()
        }
        "message/rfc822" => {
            blocking(&state, move |services| message(services, &body.allowed.scope, &body.raw)).await?
        }
        _ => return Err(Problem::unsupported_media_type("application/json or message/rfc822")),
    };
    Ok(HttpResponse::Ok().insert_header(("Cache-Control", "private, no-store")).json(told))
}

fn message(services: &Services, scope: &OrgScope, raw: &[u8]) -> ServiceResult<BounceTaken> {
    let scopes = if scope.is_test() { &[] } else { std::slice::from_ref(scope) };
    let other = |words| BounceTaken { other: Some(words), ..Taken::default().into() };
    match take_message(services, scopes, raw)? {
        Message::Report(_, taken) => Ok(taken.into()),
        Message::Unsubscribed => Ok(Taken { noted: true, suppressed: true, paused: false }.into()),
        Message::Other(words) => Ok(other(words)),
        Message::NotOurs => Ok(other("a report of no mail of ours")),
        Message::Unreadable => Err(invalid("", "unreadable", "this is not a mail")),
    }
}
