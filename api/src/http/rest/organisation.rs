//! The organisation itself: what its forms and mails say.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;

use super::{Creating, answered};
use crate::domain::organisation::Organisation;
use crate::http::extract::{Allowed, AllowedJson, ManageSurveys, ReadReports};
use crate::http::problem::Problem;
use crate::http::{State, blocking};
use crate::service::change_organisation::change_organisation;
use crate::service::once::{in_read, run};
use crate::store::organisations;

/// The organisation as answers show it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ShownOrganisation {
    /// Short name.
    slug: String,
    /// Name as customers know it.
    name: String,
    /// Where a person answers.
    contact: String,
    /// Where replies to mails go.
    reply_to: String,
    /// Its own privacy words; empty means ours.
    privacy_text: String,
    /// Its privacy page.
    privacy_url: String,
    /// Months for which answers stay linked to a person.
    retention_months: i32,
    /// Its time zone.
    zone: String,
    /// Hours in which a finished form can be corrected.
    correction_hours: i32,
}

impl From<Organisation> for ShownOrganisation {
    fn from(it: Organisation) -> Self {
        Self {
            reply_to: it.replies().to_owned(),
            slug: it.slug,
            name: it.name,
            contact: it.contact_email,
            privacy_text: it.privacy_text,
            privacy_url: it.privacy_url,
            retention_months: it.retention_months,
            zone: it.zone_name,
            correction_hours: it.correction_hours,
        }
    }
}

/// What forms and mails say of the organisation.
#[utoipa::path(
    get, path = "/api/v1/organisation", operation_id = "read_organisation", tag = "organisation",
    responses((status = 200, body = ShownOrganisation)), security(("key" = [])))]
pub async fn show(state: web::Data<State>, allowed: Allowed<ReadReports>) -> Result<HttpResponse, Problem> {
    let organisation = blocking(&state, move |services| {
        in_read(services, |connection| Ok(organisations::get(connection, &allowed.scope)?))
    })
    .await?;
    Ok(HttpResponse::Ok().json(ShownOrganisation::from(organisation)))
}

/// Changes what forms and mails say of the organisation; absent fields stay.
#[utoipa::path(
    put, path = "/api/v1/organisation", operation_id = "change_organisation", tag = "organisation",
    request_body(content = crate::openapi::OrganisationInput, example = json!({"name": "Tuulia", "contact": "care@example.org"})),
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
            let organisation = change_organisation(connection, &body.allowed.scope, &body.value)?;
            Ok((200, ShownOrganisation::from(organisation)))
        })
    })
    .await?;
    Ok(answered(answer))
}
