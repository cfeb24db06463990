//! The list of surveys: what each asks, whether it runs, where it can be looked at; and the button that starts or pauses it.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Serialize;
use serde_json::json;
use survey_forms::form::{Length, Paging};

use super::door::{Inside, OwnForm, Visit};
use super::gate::go_to;
use super::right::{Manage, Read};
use super::shell::Page;
use super::survey_address::base;
use super::survey_words::{asks, chosen, with_module};
use crate::domain::SurveyState;
use crate::service::create_survey::set_survey_state;
use crate::service::desk::scope::language_name;
use crate::service::once::{in_read, in_transaction};
use crate::service::plan_invitations::replan_survey;
use crate::service::survey_way::{length_of, paging_of};
use crate::service::{Error, Result as ServiceResult, Services, preview};
use crate::store::OrgScope;
use crate::store::surveys::{self, AttachedModule, Survey};

/// Where the list is.
pub(super) const SURVEYS: &str = "/dashboard/surveys";

#[derive(Serialize)]
struct ShownSurvey {
    key: String,
    path: String,
    state: &'static str,
    running: bool,
    asks: String,
    /// What was chosen beside it; empty where all is as usual.
    chosen: String,
    /// Whether whoever opens one of its links is asked.
    open: bool,
    instrument: String,
    languages: String,
    previews: Vec<(String, String)>,
    manages: bool,
}

/// A survey with where it can be looked at: path and language.
pub(super) type Listed = (Survey, Vec<(String, String)>);

/// All of them.
pub(super) async fn all(visit: &Visit) -> ServiceResult<Vec<Listed>> {
    visit
        .run(|services, scope| {
            let found = in_read(services, |connection| Ok(surveys::all(connection, scope)?))?;
            let with = |one: Survey| {
                let paths = previews(services, scope, &one)?;
                Ok((one, paths))
            };
            found.into_iter().map(with).collect()
        })
        .await
}

/// Where a survey can be looked at, in each of its languages and with each of its modules: the path, and what is seen.
fn previews(services: &Services, scope: &OrgScope, survey: &Survey) -> Result<Vec<(String, String)>, Error> {
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
        (format!("{path}/{paging}/{length}/1/1/{channel}?language={first}"), with_module(module.channel))
    };
    Ok(survey.languages.iter().map(of).chain(survey.modules.iter().map(with)).collect())
}

/// Shows the list.
pub async fn list(visit: Inside<Read>) -> HttpResponse {
    match all(&visit).await {
        Ok(found) => page(&visit, &found),
        Err(error) => visit.failed(&error),
    }
}

/// The list as a page.
pub(super) fn page(visit: &Visit, found: &[Listed]) -> HttpResponse {
    let manages = visit.may::<Manage>();
    let shown: Vec<ShownSurvey> = found.iter().map(|one| shown(one, manages)).collect();
    let view = json!({"surveys": shown, "manages": manages, "organisation": visit.who.known.slug});
    let page = Page { title: "Surveys", template: "surveys", view: &view, ..Page::default() };
    visit.show(StatusCode::OK, &page)
}

fn shown((one, previews): &Listed, manages: bool) -> ShownSurvey {
    // What has no questions that could be looked at holds answers that were brought in, and is never started.
    let imported = previews.is_empty();
    ShownSurvey {
        path: base(&one.key),
        key: one.key.clone(),
        state: match one.state {
            SurveyState::Draft if imported => "imported",
            SurveyState::Draft => "not started yet",
            SurveyState::Running => "running",
            SurveyState::Paused => "paused",
        },
        running: one.state == SurveyState::Running,
        asks: if imported { "Holds imported answers and asks nobody".to_owned() } else { asks(one) },
        chosen: chosen(one),
        open: one.is_open(),
        instrument: format!("{}, version {}", one.instrument_key, one.instrument_version),
        languages: one.languages.iter().map(|tag| language_name(tag)).collect::<Vec<_>>().join(", "),
        previews: previews.clone(),
        manages: manages && !imported,
    }
}

/// Starts or pauses a survey by a button.
pub async fn set_state(form: OwnForm<Manage>, key: web::Path<String>) -> HttpResponse {
    let wanted = match form.text("go").as_str() {
        "start" => SurveyState::Running,
        "pause" => SurveyState::Paused,
        _ => return go_to(SURVEYS),
    };
    let done = form
        .run(move |services, scope| {
            let survey =
                in_transaction(services, |connection| set_survey_state(connection, scope, &key, wanted))?;
            replan_survey(services, scope, &survey)
        })
        .await;
    form.lead(done, SURVEYS)
}
