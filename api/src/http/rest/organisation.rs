//! The organisation itself: what its forms and mails say.

use actix_web::{HttpRequest, HttpResponse, web};

use super::{Creating, answered};
use crate::http::extract::{Allowed, AllowedJson, ManageSurveys, ReadReports};
use crate::http::problem::Problem;
use crate::http::{State, blocking};
use crate::service::change_organisation::change_organisation;
use crate::service::once::{in_read, run};
use crate::service::show_organisation::{ShownOrganisation, show_organisation};

/// What forms and mails say of the organisation.
#[utoipa::path(
    get, path = "/api/v1/organisation", operation_id = "read_organisation", tag = "organisation",
    responses((status = 200, body = ShownOrganisation)), security(("key" = [])))]
pub async fn show(state: web::Data<State>, allowed: Allowed<ReadReports>) -> Result<HttpResponse, Problem> {
    let organisation = blocking(&state, move |services| {
        in_read(services, |connection| show_organisation(connection, &allowed.scope))
    })
    .await?;
    Ok(HttpResponse::Ok().json(organisation))
}

/// Changes what forms and mails say of the organisation; absent fields stay.
#[utoipa::path(
    put, path = "/api/v1/organisation", operation_id = "change_organisation", tag = "organisation",
    request_body(content = crate::openapi::OrganisationInput, example = json!({
        "name": "Tuulia", "accent": "#b3123e", "closing_words": {"en": "See you again.", "fi": "Tervetuloa uudelleen."},
        "recovery_offer": {"words": "We deliver order {{order}} anew.", "below": 40}
    })),
    responses(
        (status = 200, body = ShownOrganisation),
        (status = 422, body = crate::http::problem::ProblemBody, content_type = "application/problem+json")),
    security(("key" = [])))]
pub async fn change(
    state: web::Data<State>,
    request: HttpRequest,
    body: AllowedJson<ManageSurveys>,
) -> Result<HttpResponse, Problem> {
    let creating = Creating::of(&request, &body.raw);
    let answer = blocking(&state, move |services| {
        run(services, &body.allowed.scope, creating.request(), |connection| {
            change_organisation(services, connection, &body.allowed.scope, &body.value)?;
            Ok((200, show_organisation(connection, &body.allowed.scope)?))
        })
    })
    .await?;
    Ok(answered(answer))
}
