//! Mails: paused and let go, and why each was sent or was not.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use serde_json::Value;

use super::{Creating, answered};
use crate::domain::Id;
use crate::domain::reader::ObjectReader;
use crate::http::extract::{Allowed, AllowedJson, ManageSurveys, ReadReports};
use crate::http::problem::Problem;
use crate::http::{State, blocking};
use crate::service::erase::Whom;
use crate::service::once::{in_read, run};
use crate::service::pause_sending::{PausedBy, pause, replan_after_pause, resume};
use crate::service::sending::{Look, look};
use crate::service::why::{InvitationLog, Why, invitation_log, why};
use crate::service::{Error, Result as ServiceResult};
use crate::store::organisations;

/// Whether an organisation's mails rest.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ShownPause {
    /// Whether no mail leaves.
    paused: bool,
    /// Why, in words.
    reason: String,
    /// The operator of the service holds them: only the operator can let them go.
    by_operator: bool,
}

/// Pauses all mails of the organisation at once.
#[utoipa::path(
    post, path = "/api/v1/sending/pause", operation_id = "pause_sending", tag = "sending",
    request_body(content = crate::openapi::PauseInput, example = json!({"reason": "The warehouse moves"})),
    responses((status = 200, body = ShownPause)), security(("key" = [])))]
pub async fn stop(
    state: web::Data<State>,
    request: HttpRequest,
    body: AllowedJson<ManageSurveys>,
) -> Result<HttpResponse, Problem> {
    let mut reader = ObjectReader::open(&body.value, "");
    let reason = reader.text("reason", 200).unwrap_or_default();
    let problems = reader.finish();
    if !problems.is_empty() {
        return Err(Error::Invalid(problems).into());
    }
    turn(state, request, body, move |services, connection, scope| {
        pause(services, connection, scope, PausedBy::Organisation, &reason)
    })
    .await
}

/// Lets the mails of the organisation go on; what became too old meanwhile is dropped, the rest goes one after another.
#[utoipa::path(
    post, path = "/api/v1/sending/resume", operation_id = "resume_sending", tag = "sending",
    responses((status = 200, body = ShownPause)), security(("key" = [])))]
pub async fn go_on(
    state: web::Data<State>,
    request: HttpRequest,
    body: AllowedJson<ManageSurveys>,
) -> Result<HttpResponse, Problem> {
    turn(state, request, body, |services, connection, scope| {
        resume(services, connection, scope, PausedBy::Organisation)
    })
    .await
}

async fn turn(
    state: web::Data<State>,
    request: HttpRequest,
    body: AllowedJson<ManageSurveys>,
    change: impl Fn(
        &crate::service::Services,
        &mut crate::store::AnyConnection,
        &crate::store::OrgScope,
    ) -> ServiceResult<()>
    + Send
    + 'static,
) -> Result<HttpResponse, Problem> {
    let creating = Creating::of(&request, &body.raw);
    let answer = blocking(&state, move |services| {
        let scope = &body.allowed.scope;
        let answer = run(services, scope, creating.request(), |connection| {
            change(services, connection, scope)?;
            let pause = organisations::get(connection, scope)?.pause;
            let by_operator = pause.by_operator.is_some();
            Ok((200, ShownPause { paused: pause.is_on(), reason: pause.reason, by_operator }))
        })?;
        replan_after_pause(services, scope)?;
        Ok(answer)
    })
    .await?;
    Ok(answered(answer))
}

/// Tells why a customer was asked, or was not: named by one of mail address, order number, telephone or own id.
#[utoipa::path(
    post, path = "/api/v1/customers/why", operation_id = "why_customer", tag = "sending",
    request_body(content = crate::openapi::WhomInput, example = json!({"order_number": "10482"})),
    responses((status = 200, body = Why)), security(("key" = [])))]
pub async fn tell_why(
    state: web::Data<State>,
    body: AllowedJson<ManageSurveys>,
) -> Result<HttpResponse, Problem> {
    let whom = whom(&body.value)?;
    let told = blocking(&state, move |services| {
        in_read(services, |connection| why(services, connection, &body.allowed.scope, &whom))
    })
    .await?;
    Ok(HttpResponse::Ok().insert_header(("Cache-Control", "private, no-store")).json(told))
}

fn whom(value: &Value) -> ServiceResult<Whom> {
    let mut reader = ObjectReader::open(value, "");
    let given = [
        reader.text("email", 254).map(Whom::Email),
        reader.text("phone", 40).map(Whom::Phone),
        reader.text("external_id", 120).map(Whom::ExternalId),
        reader.text("order_number", 80).map(Whom::OrderNumber),
    ];
    let mut given: Vec<Whom> = given.into_iter().flatten().collect();
    if given.len() != 1 {
        reader.complain("", "missing", "exactly one of email, phone, external_id and order_number is needed");
    }
    let problems = reader.finish();
    match given.pop() {
        Some(whom) if problems.is_empty() => Ok(whom),
        _ => Err(Error::Invalid(problems)),
    }
}

/// The delivery log of one invitation: every decision with its time and reason.
#[utoipa::path(
    get, path = "/api/v1/invitations/{id}/log", operation_id = "read_invitation_log", tag = "sending",
    params(("id" = String, Path)), responses((status = 200, body = InvitationLog)), security(("key" = [])))]
pub async fn log(
    state: web::Data<State>,
    allowed: Allowed<ReadReports>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = Id::parse(&id).ok_or(Error::NotFound("invitation"))?;
    let found = blocking(&state, move |services| {
        in_read(services, |connection| invitation_log(connection, &allowed.scope, id))
    })
    .await?;
    Ok(HttpResponse::Ok().insert_header(("Cache-Control", "private, no-store")).json(found))
}

/// The very mail of an invitation, as it would leave now or as it left; for a short message, what is posted to the gateway.
/// Its links are the customer's own: whoever follows them stands in the customer's place.
#[utoipa::path(
    get, path = "/api/v1/invitations/{id}/mail", operation_id = "read_invitation_mail", tag = "sending",
    params(("id" = String, Path)),
    responses(
        (status = 200, content_type = "message/rfc822", body = String),
        (status = 409, body = crate::http::problem::ProblemBody, content_type = "application/problem+json")),
    security(("key" = [])))]
pub async fn show_mail(
    state: web::Data<State>,
    allowed: Allowed<ManageSurveys>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = Id::parse(&id).ok_or(Error::NotFound("invitation"))?;
    let seen = blocking(&state, move |services| {
        in_read(services, |connection| look(services, connection, &allowed.scope, id))
    })
    .await?;
    let mut answer = HttpResponse::Ok();
    answer.insert_header(("Cache-Control", "private, no-store"));
    Ok(match seen {
        Look::Mail(mail) => answer.content_type("message/rfc822").body(mail),
        Look::Message(body) => answer.content_type("application/json").body(body),
    })
}
