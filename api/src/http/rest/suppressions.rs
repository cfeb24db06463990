//! The suppression list: who is not mailed. Addresses come in bodies, never in an address of the API.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::Value;

use super::{Creating, answered};
use crate::domain::SuppressionCause;
use crate::domain::carriers::phone_number;
use crate::domain::order::is_mail_address;
use crate::domain::reader::ObjectReader;
use crate::http::extract::{Allowed, AllowedJson, ManageSurveys, ReadReports};
use crate::http::problem::Problem;
use crate::http::{State, blocking};
use crate::service::once::{in_read, run};
use crate::service::suppression_list::{self, AddressState, SuppressionList};
use crate::service::{Error, Result as ServiceResult, invalid};

/// What the list may be asked for.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Query {
    /// `next` of the page before.
    cursor: Option<String>,
    /// How many, 1 to 200; 50 unless told.
    limit: Option<i64>,
}

/// Lists who is not mailed: keyed hashes of addresses, each with its cause.
#[utoipa::path(
    get, path = "/api/v1/suppressions", operation_id = "list_suppressions", tag = "sending", params(Query),
    responses((status = 200, body = SuppressionList)), security(("key" = [])))]
pub async fn list(
    state: web::Data<State>,
    allowed: Allowed<ReadReports>,
    query: super::reports::AskedFor<Query>,
) -> Result<HttpResponse, Problem> {
    let Query { cursor, limit } = query.0;
    let limit = limit.unwrap_or(50);
    if !(1..=200).contains(&limit) {
        return Err(invalid("?limit", "out_of_range", "between 1 and 200 is needed").into());
    }
    let list = blocking(&state, move |services| {
        in_read(services, |connection| {
            suppression_list::list(connection, &allowed.scope, cursor.as_deref(), limit)
        })
    })
    .await?;
    Ok(HttpResponse::Ok().insert_header(("Cache-Control", "private, no-store")).json(list))
}

/// Puts an address on the list; 200 when it was there.
#[utoipa::path(
    post, path = "/api/v1/suppressions", operation_id = "add_suppression", tag = "sending",
    request_body(content = crate::openapi::SuppressionInput, example = json!({"email": "aino@example.org"})),
    responses((status = 201, body = AddressState), (status = 200, body = AddressState)), security(("key" = [])))]
pub async fn add(
    state: web::Data<State>,
    request: HttpRequest,
    body: AllowedJson<ManageSurveys>,
) -> Result<HttpResponse, Problem> {
    let (email, cause) = parse(&body.value)?;
    let creating = Creating::of(&request, &body.raw);
    let answer = blocking(&state, move |services| {
        let scope = &body.allowed.scope;
        run(services, scope, creating.request(), |connection| {
            let (state, added) = suppression_list::add(services, connection, scope, &email, cause)?;
            Ok((if added { 201 } else { 200 }, state))
        })
    })
    .await?;
    Ok(answered(answer))
}

/// Says whether an address is on the list; changes nothing.
#[utoipa::path(
    post, path = "/api/v1/suppressions/check", operation_id = "check_suppression", tag = "sending",
    request_body(content = crate::openapi::AddressInput, example = json!({"email": "aino@example.org"})),
    responses((status = 200, body = AddressState)), security(("key" = [])))]
pub async fn check(
    state: web::Data<State>,
    body: AllowedJson<ManageSurveys>,
) -> Result<HttpResponse, Problem> {
    let mut reader = ObjectReader::open(&body.value, "");
    let email = address(&mut reader);
    let email = finish(reader, email)?;
    let found = blocking(&state, move |services| {
        in_read(services, |connection| {
            suppression_list::look_up(services, connection, &body.allowed.scope, &email)
        })
    })
    .await?;
    Ok(HttpResponse::Ok().insert_header(("Cache-Control", "private, no-store")).json(found))
}

/// Takes an address off the list, by the hash that the list or a check shows.
#[utoipa::path(
    delete, path = "/api/v1/suppressions/{address_hash}", operation_id = "remove_suppression", tag = "sending",
    params(("address_hash" = String, Path)),
    responses((status = 204, description = "It may be mailed again")), security(("key" = [])))]
pub async fn remove(
    state: web::Data<State>,
    allowed: Allowed<ManageSurveys>,
    hash: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let hash = suppression_list::read_hash(&hash).ok_or(Error::NotFound("suppression"))?;
    let removed =
        blocking(&state, move |services| suppression_list::remove(services, &allowed.scope, &hash)).await?;
    if removed { Ok(HttpResponse::NoContent().finish()) } else { Err(Error::NotFound("suppression").into()) }
}

fn parse(value: &Value) -> ServiceResult<(String, SuppressionCause)> {
    let mut reader = ObjectReader::open(value, "");
    let email = address(&mut reader);
    let cause = reader.word("cause", SuppressionCause::from_word, &SuppressionCause::words());
    Ok((finish(reader, email)?, cause.unwrap_or(SuppressionCause::Imported)))
}

/// A mail address or a telephone number, the latter in its international form.
fn address(reader: &mut ObjectReader<'_>) -> Option<String> {
    if let Some(phone) = reader.text("phone", 40) {
        let number = phone_number(&phone);
        if number.is_none() {
            let words = "is no telephone number with its country, such as +358401234567";
            reader.complain("phone", "not_a_number", words);
        }
        if reader.value("email").is_some() {
            reader.complain("email", "not_allowed", "either email or phone is needed, not both");
        }
        return number;
    }
    let email = reader.required_text("email", 254)?;
    if !is_mail_address(&email) {
        reader.complain("email", "not_an_address", "is not a mail address");
    }
    Some(email)
}

fn finish(reader: ObjectReader<'_>, email: Option<String>) -> ServiceResult<String> {
    let problems = reader.finish();
    match email {
        Some(email) if problems.is_empty() => Ok(email),
        _ => Err(Error::Invalid(problems)),
    }
}
