//! A new survey by a form, and the addresses under which surveys are looked at before they ask anybody.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use survey_forms::form::{Length, Paging};

use super::gate::{go_to, own_form_of};
use super::home::reader;
use super::shell::{self, Page};
use super::survey::base;
use super::survey_form::{Given, module_name, view, wanted};
use super::{Fields, run};
use crate::domain::EventKind;
use crate::domain::reader::FieldProblem;
use crate::http::State;
use crate::service::create_survey::create_survey;
use crate::service::desk::scope::language_name;
use crate::service::offered_instruments::offered_instruments;
use crate::service::once::{in_read, in_transaction};
use crate::service::sign_in::session::SignedIn;
use crate::service::survey_way::{length_of, paging_of};
use crate::service::{Error, Services, preview};
use crate::store::OrgScope;
use crate::store::places;
use crate::store::surveys::{AttachedModule, Survey};

/// Most places to tick; further ones are written.
const MOST_TICKS: usize = 40;

/// The empty form.
pub async fn new(state: web::Data<State>, request: HttpRequest) -> HttpResponse {
    let signed_in = match manager(&state, &request).await {
        Ok(signed_in) => signed_in,
        Err(response) => return response,
    };
    page(&state, &request, &signed_in, &Fields::new(), &[]).await
}

/// Who is signed in and may manage surveys; else the answer.
async fn manager(state: &State, request: &HttpRequest) -> Result<SignedIn, HttpResponse> {
    let signed_in = reader(state, request).await?;
    if shell::manages(&signed_in) {
        return Ok(signed_in);
    }
    Err(shell::told(StatusCode::FORBIDDEN, Some(&signed_in), &shell::NOT_YOURS))
}

async fn page(
    state: &State,
    request: &HttpRequest,
    signed_in: &SignedIn,
    fields: &Fields,
    problems: &[FieldProblem],
) -> HttpResponse {
    let scope = signed_in.known.scope.clone();
    let known = run(state, move |services| {
        in_read(services, |connection| {
            let places = places::all(connection, &scope)?.into_iter().map(|(_, key)| key);
            let places: Vec<String> = places.filter(|key| !key.is_empty()).take(MOST_TICKS).collect();
            Ok((offered_instruments(services, connection, &scope)?, places))
        })
    });
    let (offered, places) = match known.await {
        Ok(known) => known,
        Err(error) => return shell::failed(request, Some(signed_in), &error),
    };
    let view = view(&Given { fields, offered: &offered, places: &places, problems });
    let (status, title) = if problems.is_empty() {
        (StatusCode::OK, "Make a survey")
    } else {
        (StatusCode::UNPROCESSABLE_ENTITY, "Error: Make a survey")
    };
    shell::answer(
        status,
        Some(signed_in),
        &Page { title, template: "new-survey", view: &view, ..Page::default() },
    )
}

/// Makes a survey; it asks nobody before it is started.
pub async fn create(state: web::Data<State>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    let signed_in = match manager(&state, &request).await {
        Ok(signed_in) => signed_in,
        Err(response) => return response,
    };
    let fields = match own_form_of(&state, &request, &signed_in, &body) {
        Ok(fields) => fields,
        Err(response) => return response,
    };
    let (wanted, problems) = wanted(&fields);
    let scope = signed_in.known.scope.clone();
    let made = run(&state, move |services| {
        in_transaction(services, |connection| {
            // What is wrong with the form and with the survey is told together; then nothing is kept.
            let with = |more| Error::Invalid(problems.iter().cloned().chain(more).collect());
            match create_survey(services, connection, &scope, &wanted) {
                Ok(_) if !problems.is_empty() => Err(with(Vec::new())),
                Err(Error::Invalid(more)) => Err(with(more)),
                made => made,
            }
        })
    });
    match made.await {
        // An open survey asks nobody without a link, so that is what comes next.
        Ok(survey) if survey.is_open() => go_to(&format!("{}/links", base(&survey.key))),
        Ok(_) => go_to("/dashboard/surveys"),
        Err(Error::Invalid(problems)) => page(&state, &request, &signed_in, &fields, &problems).await,
        Err(Error::Conflict(message)) => {
            let problem = FieldProblem { pointer: "/key".to_owned(), code: "taken".to_owned(), message };
            page(&state, &request, &signed_in, &fields, &[problem]).await
        }
        Err(error) => shell::failed(&request, Some(&signed_in), &error),
    }
}

/// Where a survey can be looked at, in each of its languages: the path, and what the language is called.
pub(super) fn previews(
    services: &Services,
    scope: &OrgScope,
    survey: &Survey,
) -> Result<Vec<(String, String)>, Error> {
    let address = in_read(services, |connection| preview::address(services, connection, scope, &survey.key));
    let address = match address {
        Ok(address) => address,
        // Imported answers have no questions that could be looked at.
        Err(Error::Conflict(_)) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let path = address.strip_prefix(services.public_url.as_str()).unwrap_or(&address).to_owned();
    let of = |tag: &String| (format!("{path}?language={tag}"), language_name(tag));
    let first = survey.languages.first().cloned().unwrap_or_default();
    let length = length_of(survey.length).map_or("standard", Length::as_str);
    let paging = paging_of(survey.paging).map_or("section", Paging::as_str);
    // The page of the module follows the others; the banner's rows lead to it.
    let with = |module: &AttachedModule| {
        let channel = module.channel.word();
        let name = format!("with the questions for those in touch {}", small(module_name(module.channel)));
        (format!("{path}/{paging}/{length}/1/1/{channel}?language={first}"), name)
    };
    Ok(survey.languages.iter().map(of).chain(survey.modules.iter().map(with)).collect())
}

fn small(name: &str) -> String {
    name.to_lowercase()
}

/// What the form chose beside instrument and time, in words; empty where all is as usual.
pub(super) fn chosen(survey: &Survey) -> String {
    let mut said = Vec::new();
    let offer = &survey.offer;
    if !offer.places.is_empty() {
        said.push(format!("Only about orders of {}", offer.places.join(", ")));
    }
    if offer.sample_share < 100 {
        said.push(format!("About {} of a hundred orders", offer.sample_share));
    }
    if survey.full_share > 0 {
        said.push(format!("{} of a hundred are asked everything", survey.full_share));
    }
    if !survey.modules.is_empty() {
        let names: Vec<String> = survey.modules.iter().map(|one| small(module_name(one.channel))).collect();
        said.push(format!("More questions for those who were in touch {}", names.join(", ")));
    }
    match offer.reminders {
        0 => {}
        1 => said.push(format!("One reminder after {}", days(offer.reminder_after_s))),
        more => said.push(format!("{more} reminders, each after {}", days(offer.reminder_after_s))),
    }
    said.join(". ")
}

fn days(seconds: i64) -> String {
    match (seconds / 86_400, seconds / 3_600) {
        (0, 1) => "an hour".to_owned(),
        (0, hours) => format!("{hours} hours"),
        (1, 24) => "a day".to_owned(),
        (days, hours) if days * 24 == hours => format!("{days} days"),
        (_, hours) => format!("{hours} hours"),
    }
}

/// After what a survey asks, in words.
pub(super) fn asks(survey: &Survey) -> String {
    let event = match survey.event {
        EventKind::ComplaintClosed => "a complaint is closed".to_owned(),
        other => format!("an order is {other}"),
    };
    match (survey.is_open(), survey.delay_s) {
        (true, _) => "Asks whoever opens one of its links".to_owned(),
        (false, 0) => format!("Asks as soon as {event}"),
        (false, wait) => format!("Asks {} after {event}", days(wait)),
    }
}
