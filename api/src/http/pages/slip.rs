//! The short code of a printed slip leads to its form; looking changes nothing.

use actix_web::http::header::{CACHE_CONTROL, LOCATION};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, web};

use super::form::{failed, html};
use crate::http::problem::Problem;
use crate::http::{State, blocking};
use crate::service::open_form::{Shown, unknown};
use crate::service::{Error, slips};

/// Sends whoever typed a code on to the form.
pub async fn page(state: web::Data<State>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(Problem::method_not_allowed("GET, HEAD"));
    }
    let typed = request.match_info().get("code").unwrap_or_default().to_owned();
    // The outcome travels inside the result: a customer gets a page for every error.
    let found = blocking(&state, move |services| Ok(slips::open(services, &typed))).await;
    let found = found.unwrap_or_else(|problem| Err(Error::Broken(problem.to_string())));
    Ok(match found {
        Ok(Some(token)) => HttpResponse::SeeOther()
            .insert_header((LOCATION, format!("/s/{token}")))
            .insert_header((CACHE_CONTROL, "private, no-store"))
            .finish(),
        Ok(None) => match unknown(&state.services) {
            Ok(Shown::Unknown(page)) => html(StatusCode::NOT_FOUND, page),
            Ok(_) => failed(&state, &request, &Error::NotFound("page")),
            Err(error) => failed(&state, &request, &error),
        },
        Err(error) => failed(&state, &request, &error),
    })
}
