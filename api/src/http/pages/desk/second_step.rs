//! The page on which somebody switches the second step of their own signing in on and off.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;

use super::gate::{go_to, own_form_of, signed_in};
use super::shell::{self, Page};
use super::sign_in::{WRONG_CODE, address_of, too_many, wait};
use super::{field, run};
use crate::http::State;
use crate::service::Error;
use crate::service::sign_in::second_step::{Standing, offer, standing, switch_off, switch_on};
use crate::service::sign_in::session::SignedIn;

/// Where the page is.
const HERE: &str = "/dashboard/settings/second-step";

#[derive(Default, Serialize)]
struct View {
    heading: &'static str,
    error: String,
    codes: Vec<String>,
    off: bool,
    on: bool,
    left: String,
    letters: String,
    picture: String,
}

/// Shows how it stands.
pub async fn show(state: web::Data<State>, request: HttpRequest) -> HttpResponse {
    match signed_in(&state, &request).await {
        Ok(signed_in) => {
            page(&state, &request, &signed_in, StatusCode::OK, (String::new(), Vec::new())).await
        }
        Err(response) => response,
    }
}

async fn page(
    state: &State,
    request: &HttpRequest,
    signed_in: &SignedIn,
    status: StatusCode,
    (error, codes): (String, Vec<String>),
) -> HttpResponse {
    let who = signed_in.clone();
    let standing = match run(state, move |services| standing(services, &who)).await {
        Ok(standing) => standing,
        Err(error) => return shell::failed(request, Some(signed_in), &error),
    };
    let is_new = !codes.is_empty();
    let mut view = View { error, codes, ..View::default() };
    match standing {
        Standing::Off => {
            view.heading = "A second step when you sign in";
            view.off = true;
        }
        Standing::Offered { letters, picture } => {
            view.heading = "Set up the second step";
            (view.letters, view.picture) = (letters, picture);
        }
        Standing::On { .. } if is_new => view.heading = "The second step is on",
        Standing::On { codes_left } => {
            view.heading = "Your second step";
            view.on = true;
            view.left = match codes_left {
                0 => "You have no recovery codes left: without your phone you could not get in.".to_owned(),
                1 => "You have one recovery code left.".to_owned(),
                n => format!("You have {n} recovery codes left."),
            };
        }
    }
    let title = if view.error.is_empty() { "Second step" } else { "Error: Second step" };
    shell::answer(
        status,
        Some(signed_in),
        &Page { title, template: "second-step", view: &view, ..Page::default() },
    )
}

/// Offers a secret, switches on, or switches off.
pub async fn act(
    state: web::Data<State>,
    request: HttpRequest,
    go: web::Path<String>,
    body: web::Bytes,
) -> HttpResponse {
    let signed_in = match signed_in(&state, &request).await {
        Ok(signed_in) => signed_in,
        Err(response) => return response,
    };
    let fields = match own_form_of(&state, &request, &signed_in, &body) {
        Ok(fields) => fields,
        Err(response) => return response,
    };
    let text = |name: &str| field(&fields, name).unwrap_or_default().to_owned();
    let (who, typed, password) = (signed_in.clone(), text("code"), text("password"));
    match go.as_str() {
        "begin" => match run(&state, move |services| offer(services, &who)).await {
            Ok(()) => go_to(HERE),
            Err(error) => shell::failed(&request, Some(&signed_in), &error),
        },
        "on" => match run(&state, move |services| switch_on(services, &who, &typed)).await {
            Ok(Some(codes)) => {
                page(&state, &request, &signed_in, StatusCode::OK, (String::new(), codes)).await
            }
            Ok(None) => wrong(&state, &request, &signed_in, WRONG_CODE).await,
            Err(error) => shell::failed(&request, Some(&signed_in), &error),
        },
        "off" => off(&state, &request, &signed_in, (password, typed)).await,
        _ => shell::told(StatusCode::NOT_FOUND, Some(&signed_in), &shell::NOT_HERE),
    }
}

async fn wrong(state: &State, request: &HttpRequest, signed_in: &SignedIn, words: &str) -> HttpResponse {
    let said = (words.to_owned(), Vec::new());
    page(state, request, signed_in, StatusCode::UNPROCESSABLE_ENTITY, said).await
}

async fn off(
    state: &State,
    request: &HttpRequest,
    signed_in: &SignedIn,
    (password, typed): (String, String),
) -> HttpResponse {
    let services = &state.services;
    let email = &signed_in.known.member.email;
    let admitted = services.sign_in.tries.admit_code(email, &address_of(request), services.now());
    if let Err(seconds) = admitted {
        let said = (too_many(seconds), Vec::new());
        return wait(page(state, request, signed_in, StatusCode::TOO_MANY_REQUESTS, said).await, seconds);
    }
    let Ok(_turn) = services.sign_in.turns.acquire().await else {
        return shell::failed(request, Some(signed_in), &Error::Busy);
    };
    let who = signed_in.clone();
    match run(state, move |services| switch_off(services, &who, &password, &typed)).await {
        Ok(true) => go_to(HERE),
        Ok(false) => {
            wrong(state, request, signed_in, "Password or code are not right. Nothing was changed.").await
        }
        Err(error) => shell::failed(request, Some(signed_in), &error),
    }
}
