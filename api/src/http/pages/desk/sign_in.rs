//! The way in and out: `/login`, `/login/code` and `/logout`.

use actix_web::http::StatusCode;
use actix_web::http::header::RETRY_AFTER;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;

use super::door::OwnForm;
use super::gate::{after, find, go_to, go_to_with, own_form};
use super::right::SeeToOneself;
use super::shell::{self, Page};
use super::{Fields, field, run};
use crate::http::{State, network_of};
use crate::service::Error;
use crate::service::sign_in::{Attempt, Outcome, plain_address, second_step, session, sign_in};

/// One wording for an unknown address and a wrong password.
const WRONG: &str = "Address and password do not fit together. Check both and try again.";

/// One wording for a code that is wrong, too old, or was used before.
pub(super) const WRONG_CODE: &str = "This code is not right, or not any more. A code stands for half a minute and works once: type the one that is \
     shown now.";
/// What is said when more than ten minutes lie between the two pages.
const LATE: &str = "The time for the code is over. Type address and password once more.";

#[derive(Default, Serialize)]
struct LoginView {
    email: String,
    next: String,
    /// What is wrong, in words.
    error: String,
    /// The organisations to choose from: short name and name.
    organisations: Vec<Choice>,
}

#[derive(Serialize)]
struct Choice {
    slug: String,
    name: String,
}

/// The sign-in page; who is signed in already goes on.
pub async fn show(state: web::Data<State>, request: HttpRequest) -> HttpResponse {
    let asked: Fields = serde_urlencoded::from_str(request.query_string()).unwrap_or_default();
    let next = after(field(&asked, "next"));
    match find(&state, &request).await {
        Ok(None) => login_page(StatusCode::OK, LoginView { next, ..LoginView::default() }),
        Ok(Some(_)) => go_to(&next),
        Err(response) => response,
    }
}

fn login_page(status: StatusCode, view: LoginView) -> HttpResponse {
    let title = if view.error.is_empty() { "Sign in" } else { "Error: Sign in" };
    shell::answer(status, None, &Page { title, template: "login", view: &view, ..Page::default() })
}

/// Takes address and password.
pub async fn take(state: web::Data<State>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    let fields = match own_form(&state, &request, &body) {
        Ok(fields) => fields,
        Err(response) => return response,
    };
    let text = |name: &str| field(&fields, name).unwrap_or_default().to_owned();
    let (email, next) = (text("email"), after(field(&fields, "next")));
    let again = |error: String, organisations: Vec<Choice>| LoginView {
        email: email.clone(),
        next: next.clone(),
        error,
        organisations,
    };
    let services = &state.services;
    if let Err(seconds) =
        services.sign_in.tries.admit(&plain_address(&email), &network_of(&request), services.now())
    {
        return slowed(seconds, again(too_many(seconds), Vec::new()));
    }
    let attempt = Attempt {
        email: email.clone(),
        password: text("password"),
        organisation: field(&fields, "organisation").map(str::to_owned),
    };
    // The turn is held until the hash is made; it cannot be closed, and without one nothing is hashed.
    let Ok(_turn) = services.sign_in.turns.acquire().await else {
        return shell::failed(&request, None, &Error::Busy);
    };
    match run(&state, move |services| sign_in(services, &attempt)).await {
        Ok(Outcome::In(cookie)) => go_to_with(&state, &next, &cookie),
        Ok(Outcome::Code(ticket)) => {
            code_page(StatusCode::OK, &CodeView { ticket, next, error: String::new() })
        }
        Ok(Outcome::Wrong) => {
            login_page(StatusCode::UNPROCESSABLE_ENTITY, again(WRONG.to_owned(), Vec::new()))
        }
        Ok(Outcome::Which(found)) => {
            let choices = found.into_iter().map(|(slug, name)| Choice { slug, name }).collect();
            login_page(StatusCode::OK, again(String::new(), choices))
        }
        Err(error) => shell::failed(&request, None, &error),
    }
}

/// What the second page of signing in is filled with.
#[derive(Serialize)]
struct CodeView {
    /// Proves that the password was right.
    ticket: String,
    next: String,
    error: String,
}

fn code_page(status: StatusCode, view: &CodeView) -> HttpResponse {
    let title = if view.error.is_empty() { "Sign in: code" } else { "Error: Sign in: code" };
    shell::answer(status, None, &Page { title, template: "code", view, ..Page::default() })
}

/// Whoever comes to the second page without the first is led there.
pub async fn no_code_yet() -> HttpResponse {
    go_to("/login")
}

/// Takes the code after the password.
pub async fn take_code(state: web::Data<State>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    let fields = match own_form(&state, &request, &body) {
        Ok(fields) => fields,
        Err(response) => return response,
    };
    let text = |name: &str| field(&fields, name).unwrap_or_default().to_owned();
    let (ticket, next, typed) = (text("ticket"), after(field(&fields, "next")), text("code"));
    let shown = ticket.clone();
    let known = match run(&state, move |services| second_step::holder(services, &shown)).await {
        Ok(Some(known)) => known,
        Ok(None) => {
            let view = LoginView { next, error: LATE.to_owned(), ..LoginView::default() };
            return login_page(StatusCode::UNPROCESSABLE_ENTITY, view);
        }
        Err(error) => return shell::failed(&request, None, &error),
    };
    let services = &state.services;
    let again = |error: String| CodeView { ticket: ticket.clone(), next: next.clone(), error };
    let admitted =
        services.sign_in.tries.admit_code(&known.member.email, &network_of(&request), services.now());
    if let Err(seconds) = admitted {
        return wait(code_page(StatusCode::TOO_MANY_REQUESTS, &again(too_many(seconds))), seconds);
    }
    match run(&state, move |services| second_step::enter(services, &known, &typed)).await {
        Ok(Some(cookie)) => go_to_with(&state, &next, &cookie),
        Ok(None) => code_page(StatusCode::UNPROCESSABLE_ENTITY, &again(WRONG_CODE.to_owned())),
        Err(error) => shell::failed(&request, None, &error),
    }
}

pub(super) fn too_many(seconds: i64) -> String {
    let unit = if seconds == 1 { "second" } else { "seconds" };
    format!("Too many tries. The next one is looked at in {seconds} {unit}.")
}

fn slowed(seconds: i64, view: LoginView) -> HttpResponse {
    wait(login_page(StatusCode::TOO_MANY_REQUESTS, view), seconds)
}

/// Says in the header, too, in how many seconds the next try is looked at.
pub(super) fn wait(mut response: HttpResponse, seconds: i64) -> HttpResponse {
    response.headers_mut().insert(RETRY_AFTER, seconds.into());
    response
}

/// Ends the session.
pub async fn leave(form: OwnForm<SeeToOneself>) -> HttpResponse {
    let who = form.who.clone();
    match form.run(move |services, _| session::end(services, &who)).await {
        Ok(()) => go_to_with(&form.state, "/login", ""),
        Err(error) => form.failed(&error),
    }
}
