//! Invitations: who was asked, who was not, and why.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use crate::domain::InvitationState;
use crate::http::extract::{Allowed, ReadReports};
use crate::http::problem::Problem;
use crate::http::{State, blocking};
use crate::service::invalid;
use crate::service::list_invitations::{Request, list_invitations};
use crate::service::once::in_read;

/// What a list may be asked for.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Query {
    /// Key of a survey.
    survey: Option<String>,
    /// A state, such as `skipped`.
    state: Option<String>,
    /// The shop's order number.
    order_number: Option<String>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// How many, 1 to 200; 50 unless told.
    limit: Option<i64>,
}

/// Lists invitations, oldest first, each with its state and reason.
#[utoipa::path(
    get, path = "/api/v1/invitations", operation_id = "list_invitations", tag = "invitations", params(Query),
    responses((status = 200, body = crate::service::list_invitations::InvitationList)), security(("key" = [])))]
pub async fn list(
    state: web::Data<State>,
    allowed: Allowed<ReadReports>,
    query: super::reports::AskedFor<Query>,
) -> Result<HttpResponse, Problem> {
    let query = query.0;
    let wanted = match query.state.as_deref() {
        None => None,
        Some(word) => Some(InvitationState::from_word(word).ok_or_else(|| {
            let message = format!("\"{word}\" is not known; accepted are {}", InvitationState::words());
            invalid("?state", "unknown_value", message)
        })?),
    };
    let limit = query.limit.unwrap_or(50);
    if !(1..=200).contains(&limit) {
        return Err(invalid("?limit", "out_of_range", "between 1 and 200 is needed").into());
    }
    let request = Request {
        survey: query.survey,
        state: wanted,
        order_number: query.order_number,
        cursor: query.cursor,
        limit,
    };
    let list = blocking(&state, move |services| {
        in_read(services, |connection| list_invitations(connection, &allowed.scope, &request))
    })
    .await?;
    Ok(HttpResponse::Ok().insert_header(("Cache-Control", "private, no-store")).json(list))
}
