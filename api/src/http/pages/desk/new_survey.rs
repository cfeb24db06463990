//! A new survey by a form.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::door::{Inside, OwnForm, Visit};
use super::gate::go_to;
use super::right::Manage;
use super::shell::Page;
use super::survey_address::address;
use super::survey_form::{Given, view};
use super::survey_wanted::wanted;
use super::surveys::SURVEYS;
use super::{Fields, open_links};
use crate::domain::reader::FieldProblem;
use crate::service::Error;
use crate::service::create_survey::create_survey;
use crate::service::offered_instruments::offered_instruments;
use crate::store::places;

/// Most places to tick; further ones are written.
const MOST_TICKS: usize = 40;

/// The empty form.
pub async fn show(visit: Inside<Manage>) -> HttpResponse {
    page(&visit, &Fields::new(), &[]).await
}

async fn page(visit: &Visit, fields: &Fields, problems: &[FieldProblem]) -> HttpResponse {
    let known = visit.read(|services, connection, scope| {
        let places = places::all(connection, scope)?.into_iter().map(|(_, key)| key);
        let places: Vec<String> = places.filter(|key| !key.is_empty()).take(MOST_TICKS).collect();
        Ok((offered_instruments(services, connection, scope)?, places))
    });
    let (offered, places) = match known.await {
        Ok(known) => known,
        Err(error) => return visit.failed(&error),
    };
    let view = view(&Given { fields, offered: &offered, places: &places, problems });
    let (status, title) = if problems.is_empty() {
        (StatusCode::OK, "Make a survey")
    } else {
        (StatusCode::UNPROCESSABLE_ENTITY, "Error: Make a survey")
    };
    visit.show(status, &Page { title, template: "new-survey", view: &view, ..Page::default() })
}

/// Makes a survey; it asks nobody before it is started.
pub async fn create(form: OwnForm<Manage>) -> HttpResponse {
    let (wanted, problems) = wanted(&form.fields);
    let made = form.write(move |services, connection, scope| {
        // What is wrong with the form and with the survey is told together; then nothing is kept.
        let with = |more| Error::Invalid(problems.iter().cloned().chain(more).collect());
        match create_survey(services, connection, scope, &wanted) {
            Ok(_) if !problems.is_empty() => Err(with(Vec::new())),
            Err(Error::Invalid(more)) => Err(with(more)),
            made => made,
        }
    });
    match made.await {
        // An open survey asks nobody without a link, so that is what comes next.
        Ok(survey) if survey.is_open() => go_to(&address(&survey.key, open_links::END)),
        Err(Error::Invalid(problems)) => page(&form, &form.fields, &problems).await,
        Err(Error::Conflict(message)) => {
            let problem = FieldProblem { pointer: "/key".to_owned(), code: "taken".to_owned(), message };
            page(&form, &form.fields, &[problem]).await
        }
        made => form.lead(made, SURVEYS),
    }
}
