//! The pages that are about no single report: the way in, surveys, invitations, settings, and how figures are computed.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use serde_json::json;

use super::gate::{go_to, own_form_of, signed_in};
use super::shell::{self, Page};
use super::survey::{asked, base, links, query};
use super::surveys::{asks, chosen, previews};
use super::{Fields, field, run};
use crate::domain::{InvitationState, Reason, SurveyState};
use crate::http::State;
use crate::service::Result as ServiceResult;
use crate::service::create_survey::set_survey_state;
use crate::service::desk::scope::language_name;
use crate::service::list_invitations::{ListedInvitation, Request, list_invitations};
use crate::service::once::{in_read, in_transaction};
use crate::service::plan_invitations::replan_survey;
use crate::service::sign_in::session::SignedIn;
use crate::store::surveys::{self, Survey};

/// Templates of these pages by name.
pub(super) const TEMPLATES: [(&str, &str); 5] = [
    ("survey", include_str!("templates/survey.hbs")),
    ("surveys", include_str!("templates/surveys.hbs")),
    ("invitations", include_str!("templates/invitations.hbs")),
    ("settings", include_str!("templates/settings.hbs")),
    ("how", include_str!("templates/how.hbs")),
];

/// Invitations on a page.
const A_PAGE: i64 = 50;

/// Who is signed in and may read reports; else the answer.
pub(super) async fn reader(state: &State, request: &HttpRequest) -> Result<SignedIn, HttpResponse> {
    let signed_in = signed_in(state, request).await?;
    if shell::reads(&signed_in) {
        return Ok(signed_in);
    }
    Err(shell::told(StatusCode::FORBIDDEN, Some(&signed_in), &shell::NO_PAGES))
}

/// Leads to the survey, where there is one only; else shows all.
pub async fn first(state: web::Data<State>, request: HttpRequest) -> HttpResponse {
    let signed_in = match signed_in(&state, &request).await {
        Ok(signed_in) => signed_in,
        Err(response) => return response,
    };
    if !shell::reads(&signed_in) {
        return shell::told(StatusCode::OK, Some(&signed_in), &shell::NO_PAGES);
    }
    match all(&state, &signed_in).await {
        Ok(found) => match found.as_slice() {
            [(only, _)] => go_to(&base(&only.key)),
            several => surveys_page(&signed_in, several),
        },
        Err(error) => shell::failed(&request, Some(&signed_in), &error),
    }
}

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
type Listed = (Survey, Vec<(String, String)>);

async fn all(state: &State, signed_in: &SignedIn) -> ServiceResult<Vec<Listed>> {
    let scope = signed_in.known.scope.clone();
    run(state, move |services| {
        let found = in_read(services, |connection| Ok(surveys::all(connection, &scope)?))?;
        let with = |one: Survey| {
            let paths = previews(services, &scope, &one)?;
            Ok((one, paths))
        };
        found.into_iter().map(with).collect()
    })
    .await
}

fn surveys_page(signed_in: &SignedIn, found: &[Listed]) -> HttpResponse {
    let manages = shell::manages(signed_in);
    let shown: Vec<ShownSurvey> = found.iter().map(|one| shown(one, manages)).collect();
    let view = json!({"surveys": shown, "manages": manages, "organisation": signed_in.known.slug});
    shell::answer(
        StatusCode::OK,
        Some(signed_in),
        &Page { title: "Surveys", template: "surveys", view: &view, ..Page::default() },
    )
}

fn shown((one, previews): &Listed, manages: bool) -> ShownSurvey {
    ShownSurvey {
        path: base(&one.key),
        key: one.key.clone(),
        state: match one.state {
            SurveyState::Draft => "not started yet",
            SurveyState::Running => "running",
            SurveyState::Paused => "paused",
        },
        running: one.state == SurveyState::Running,
        asks: asks(one),
        chosen: chosen(one),
        open: one.is_open(),
        instrument: format!("{}, version {}", one.instrument_key, one.instrument_version),
        languages: one.languages.iter().map(|tag| language_name(tag)).collect::<Vec<_>>().join(", "),
        previews: previews.clone(),
        manages,
    }
}

/// All surveys.
pub async fn list(state: web::Data<State>, request: HttpRequest) -> HttpResponse {
    let signed_in = match reader(&state, &request).await {
        Ok(signed_in) => signed_in,
        Err(response) => return response,
    };
    match all(&state, &signed_in).await {
        Ok(found) => surveys_page(&signed_in, &found),
        Err(error) => shell::failed(&request, Some(&signed_in), &error),
    }
}

/// Starts or pauses a survey by a button.
pub async fn set_state(
    state: web::Data<State>,
    request: HttpRequest,
    key: web::Path<String>,
    body: web::Bytes,
) -> HttpResponse {
    let signed_in = match reader(&state, &request).await {
        Ok(signed_in) => signed_in,
        Err(response) => return response,
    };
    let fields = match own_form_of(&state, &request, &signed_in, &body) {
        Ok(fields) => fields,
        Err(response) => return response,
    };
    if !shell::manages(&signed_in) {
        return shell::told(StatusCode::FORBIDDEN, Some(&signed_in), &shell::NOT_YOURS);
    }
    let wanted = match field(&fields, "go") {
        Some("start") => SurveyState::Running,
        Some("pause") => SurveyState::Paused,
        _ => return go_to("/dashboard/surveys"),
    };
    let (scope, key) = (signed_in.known.scope.clone(), key.into_inner());
    let done = run(&state, move |services| {
        let survey =
            in_transaction(services, |connection| set_survey_state(connection, &scope, &key, wanted))?;
        replan_survey(services, &scope, &survey)
    });
    match done.await {
        Ok(()) => go_to("/dashboard/surveys"),
        Err(error) => shell::failed(&request, Some(&signed_in), &error),
    }
}

/// The invitations of a survey, with what became of each and why.
pub async fn invitations(
    state: web::Data<State>,
    request: HttpRequest,
    key: web::Path<String>,
) -> HttpResponse {
    let signed_in = match reader(&state, &request).await {
        Ok(signed_in) => signed_in,
        Err(response) => return response,
    };
    let fields: Fields = serde_urlencoded::from_str(request.query_string()).unwrap_or_default();
    let chosen = field(&fields, "state").unwrap_or_default().to_owned();
    let wanted = Request {
        survey: Some(key.to_string()),
        state: InvitationState::from_word(&chosen),
        order_number: field(&fields, "order").map(str::to_owned),
        cursor: field(&fields, "after").map(str::to_owned),
        limit: A_PAGE,
    };
    let (scope, asked_for) = (signed_in.known.scope.clone(), wanted.clone());
    let found = run(&state, move |services| {
        in_read(services, |connection| list_invitations(connection, &scope, &asked_for))
    });
    let (list, problem) = match found.await {
        Ok(list) => (list, String::new()),
        Err(crate::service::Error::Invalid(problems)) => (
            crate::service::list_invitations::InvitationList { invitations: Vec::new(), next: None },
            problems.into_iter().map(|one| one.message).collect::<Vec<_>>().join("; "),
        ),
        Err(error) => return shell::failed(&request, Some(&signed_in), &error),
    };
    let states: Vec<serde_json::Value> = InvitationState::ALL
        .iter()
        .map(|one| json!({"value": one.word(), "name": state_name(one.word()), "chosen": one.word() == chosen}))
        .collect();
    let next = list.next.map(|after| {
        let set = [("state", chosen.as_str()), ("after", after.as_str())];
        let set = set.into_iter().filter(|(_, value)| !value.is_empty()).collect::<Vec<_>>();
        format!("?{}", serde_urlencoded::to_string(set).unwrap_or_default())
    });
    let rows: Vec<serde_json::Value> = list.invitations.iter().map(invitation).collect();
    let view = json!({
        "survey": *key,
        "action": format!("{}/invitations", base(&key)),
        "rows": rows,
        "states": states,
        "order": wanted.order_number.unwrap_or_default(),
        "next": next.unwrap_or_default(),
        "problem": problem,
        "filtered": !chosen.is_empty(),
    });
    let links = links(&key, "invitations", &query(&asked(&fields)));
    let status = if problem.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = Page { title: "Invitations", template: "invitations", view: &view, links: &links };
    shell::answer(status, Some(&signed_in), &page)
}

fn invitation(one: &ListedInvitation) -> serde_json::Value {
    let time = |at: &Option<String>| {
        at.as_ref().and_then(|at| at.get(..16)).map(|at| at.replace('T', " ")).unwrap_or_default()
    };
    json!({
        "order": one.order_number,
        "state": state_name(one.state),
        "reason": one.reason.map(reason_words).unwrap_or_default(),
        "due": time(&one.send_at),
        "sent": time(&one.sent_at),
        "answered": time(&one.answered_at),
        "language": one.language,
        "test": one.test,
    })
}

fn state_name(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().collect::<String>() + letters.as_str())
        .unwrap_or_default()
}

/// Why a mail waits or will not go, for people.
fn reason_words(word: &str) -> &'static str {
    match Reason::from_word(word) {
        Some(Reason::NotDue) => "its time has not come",
        Some(Reason::NoContactBasis) => "the shop named no ground to write to the customer",
        Some(Reason::Suppressed) => "the address is not to be mailed",
        Some(Reason::Cap) => "the customer was mailed often enough for now",
        Some(Reason::QuietHours) => "it waits for the end of the quiet hours",
        Some(Reason::Cancelled) => "the order was cancelled",
        Some(Reason::Returned) => "the order was returned",
        Some(Reason::ComplaintOpen) => "a complaint is open",
        Some(Reason::Place) => "the survey does not ask about this place",
        Some(Reason::Language) => "the survey does not speak the customer's language",
        Some(Reason::SampledOut) => "the order was not drawn",
        Some(Reason::AlreadyAsked) => "the customer is asked about this order by another survey",
        Some(Reason::Expired) => "the time to ask is over",
        Some(Reason::Paused) => "mails are paused",
        Some(Reason::TestKey) => "a test key brought the order",
        None => "",
    }
}

/// How each figure is computed, in short words.
pub async fn how(state: web::Data<State>, request: HttpRequest) -> HttpResponse {
    match reader(&state, &request).await {
        Ok(signed_in) => shell::answer(
            StatusCode::OK,
            Some(&signed_in),
            &Page { title: "How figures are computed", template: "how", view: &json!({}), ..Page::default() },
        ),
        Err(response) => response,
    }
}
