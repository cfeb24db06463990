//! The pages of those who sign in: the way in, and the dashboard.
//!
//! Server-rendered, without script. Every number comes from the use cases that answer the API, with the rights of the
//! person who is signed in.

pub mod annotations;
pub mod assets;
pub mod door;
pub mod gate;
pub mod home;
pub mod invitations;
pub mod new_survey;
pub mod open_links;
pub mod people;
pub mod report_mails;
pub mod right;
pub mod second_step;
pub mod set_password;
pub mod settings;
mod shell;
pub mod sign_in;
pub mod survey;
mod survey_address;
mod survey_choices;
mod survey_filters;
mod survey_form;
mod survey_wanted;
mod survey_words;
pub mod surveys;
pub mod take;
pub mod views;

use actix_web::HttpResponse;

use super::super::State;
use crate::service::{Error, Result as ServiceResult, Services};

/// Largest body of a posted form.
pub const LARGEST_BODY: usize = 16 * 1024;

/// The fields of a form or a query, in their order.
type Fields = Vec<(String, String)>;

/// The last value of a field that is not empty.
fn field<'a>(fields: &'a Fields, wanted: &str) -> Option<&'a str> {
    let found = fields.iter().rev().find(|(name, value)| name == wanted && !value.is_empty());
    found.map(|(_, value)| value.as_str())
}

/// What a program says in small letters as a sentence to people.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().collect::<String>() + letters.as_str())
        .unwrap_or_default()
}

/// Runs a use case off the workers, with its outcome as it is: people get a page for every error.
async fn run<T: Send + 'static>(
    state: &State,
    work: impl FnOnce(&Services) -> ServiceResult<T> + Send + 'static,
) -> ServiceResult<T> {
    let outcome = super::super::blocking(state, move |services| Ok(work(services))).await;
    outcome.unwrap_or_else(|problem| Err(Error::Broken(problem.to_string())))
}

/// What somebody who is signed in gets where there is nothing.
pub async fn nowhere(visit: door::Inside<right::BeThere>) -> HttpResponse {
    visit.nothing()
}
