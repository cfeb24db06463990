//! The page on which somebody switches the second step of their own signing in on and off.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::door::{Inside, OwnForm, Visit};
use super::gate::go_to;
use super::right::SeeToOneself;
use super::shell::Page;
use super::sign_in::{WRONG_CODE, too_many, wait};
use crate::domain::SecondStepRule;
use crate::http::network_of;
use crate::service::Error;
use crate::service::sign_in::second_step::{Standing, offer, standing, switch_off, switch_on};

/// Where the page is.
pub(super) const HERE: &str = "/dashboard/settings/second-step";

#[derive(Default, Serialize)]
#[allow(clippy::struct_excessive_bools, reason = "switches of a template")]
struct View {
    heading: &'static str,
    error: String,
    codes: Vec<String>,
    off: bool,
    on: bool,
    /// Whether the organisation asks everybody for it.
    asked: bool,
    /// Whether every other page waits for it.
    owed: bool,
    organisation: String,
    left: String,
    letters: String,
    picture: String,
}

/// Shows how it stands.
pub async fn show(visit: Inside<SeeToOneself>) -> HttpResponse {
    page(&visit, StatusCode::OK, Said::default()).await
}

/// What came of a form: what is wrong, or the recovery codes that are shown once.
#[derive(Default)]
struct Said {
    error: String,
    codes: Vec<String>,
}

async fn page(visit: &Visit, status: StatusCode, said: Said) -> HttpResponse {
    let who = visit.who.clone();
    let standing = match visit.run(move |services, _| standing(services, &who)).await {
        Ok(standing) => standing,
        Err(error) => return visit.failed(&error),
    };
    let is_new = !said.codes.is_empty();
    let mut view = View {
        error: said.error,
        codes: said.codes,
        asked: visit.who.rule == SecondStepRule::Everybody,
        owed: visit.who.owes_second_step(),
        organisation: visit.who.known.organisation.clone(),
        ..View::default()
    };
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
    visit.show(status, &Page { title, template: "second-step", view: &view, ..Page::default() })
}

/// Offers a secret, switches on, or switches off.
pub async fn act(form: OwnForm<SeeToOneself>, go: web::Path<String>) -> HttpResponse {
    let (who, typed) = (form.who.clone(), form.text("code"));
    match go.as_str() {
        "begin" => {
            let done = form.run(move |services, _| offer(services, &who)).await;
            form.lead(done, HERE)
        }
        "on" => match form.run(move |services, _| switch_on(services, &who, &typed)).await {
            Ok(Some(codes)) => page(&form, StatusCode::OK, Said { codes, ..Said::default() }).await,
            Ok(None) => wrong(&form, WRONG_CODE).await,
            Err(error) => form.failed(&error),
        },
        "off" => off(&form, (form.text("password"), typed)).await,
        _ => form.nothing(),
    }
}

async fn wrong(visit: &Visit, words: &str) -> HttpResponse {
    let said = Said { error: words.to_owned(), ..Said::default() };
    page(visit, StatusCode::UNPROCESSABLE_ENTITY, said).await
}

async fn off(visit: &Visit, (password, typed): (String, String)) -> HttpResponse {
    let services = &visit.state.services;
    let who = visit.who.clone();
    let network = network_of(&visit.request);
    if let Err(seconds) = services.sign_in.tries.admit_code(&who.known.member.email, &network, services.now())
    {
        let said = Said { error: too_many(seconds), ..Said::default() };
        return wait(page(visit, StatusCode::TOO_MANY_REQUESTS, said).await, seconds);
    }
    let Ok(_turn) = services.sign_in.turns.acquire().await else {
        return visit.failed(&Error::Busy);
    };
    match visit.run(move |services, _| switch_off(services, &who, &password, &typed)).await {
        Ok(true) => go_to(HERE),
        Ok(false) => wrong(visit, "Password or code are not right. Nothing was changed.").await,
        Err(error) => visit.failed(&error),
    }
}
