//! The one-time link by which somebody sets their password: `/setup/{token}`.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;

use super::gate::{go_to_with, own_form};
use super::shell::{self, Page};
use super::{field, run};
use crate::http::State;
use crate::service::Error;
use crate::service::sign_in::{look_up_link, password, set_up};

#[derive(Serialize)]
struct SetupView {
    name: String,
    email: String,
    organisation: String,
    fewest: usize,
    error: String,
}

/// The page of a one-time link: asking for it changes nothing, so that programs that look at links do no harm.
pub async fn show(state: web::Data<State>, request: HttpRequest, token: web::Path<String>) -> HttpResponse {
    page(&state, &request, &token, String::new()).await
}

async fn page(state: &State, request: &HttpRequest, token: &str, error: String) -> HttpResponse {
    let token = token.to_owned();
    let known = match run(state, move |services| look_up_link(services, &token)).await {
        Ok(Some(known)) => known,
        Ok(None) => return shell::told(StatusCode::NOT_FOUND, None, &shell::DEAD_LINK),
        Err(error) => return shell::failed(request, None, &error),
    };
    let status = if error.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = if error.is_empty() { "Set a password" } else { "Error: Set a password" };
    let view = SetupView {
        name: known.member.name,
        email: known.member.email,
        organisation: known.organisation,
        fewest: password::FEWEST,
        error,
    };
    shell::answer(status, None, &Page { title, template: "setup", view: &view, ..Page::default() })
}

/// Takes the new password and signs its owner in.
pub async fn take(
    state: web::Data<State>,
    request: HttpRequest,
    token: web::Path<String>,
    body: web::Bytes,
) -> HttpResponse {
    let fields = match own_form(&state, &request, &body) {
        Ok(fields) => fields,
        Err(response) => return response,
    };
    let new = field(&fields, "password").unwrap_or_default().to_owned();
    if let Some(words) = password::objection(&new) {
        return page(&state, &request, &token, words).await;
    }
    if field(&fields, "again") != Some(new.as_str()) {
        let words = "The two passwords are not the same. Type it twice.".to_owned();
        return page(&state, &request, &token, words).await;
    }
    let Ok(_turn) = state.services.sign_in.turns.acquire().await else {
        return shell::failed(&request, None, &Error::Busy);
    };
    let token = token.into_inner();
    match run(&state, move |services| set_up(services, &token, &new)).await {
        Ok(cookie) => go_to_with(&state, "/dashboard/", &cookie),
        Err(Error::NotFound(_)) => shell::told(StatusCode::NOT_FOUND, None, &shell::DEAD_LINK),
        Err(error) => shell::failed(&request, None, &error),
    }
}
