//! Surveys: put in the field, started, paused.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use serde_json::Value;

use super::{Creating, answered};
use crate::domain::SurveyState;
use crate::domain::reader::ObjectReader;
use crate::domain::survey::delay_words;
use crate::http::extract::{Allowed, AllowedJson, ManageSurveys, ReadReports};
use crate::http::problem::Problem;
use crate::http::{State, blocking};
use crate::service::create_survey::{DEFAULT_QUIET, Request, create_survey, length_of, set_survey_state};
use crate::service::once::{in_read, run};
use crate::service::plan_invitations::replan_survey;
use crate::service::{Error, Result as ServiceResult};
use crate::store::surveys::{self, Survey};

/// A survey as answers show it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ShownSurvey {
    /// Its key.
    key: String,
    /// The instrument.
    instrument: String,
    /// Its version.
    version: i32,
    /// `draft`, `running` or `paused`.
    #[schema(example = "running")]
    state: &'static str,
    /// `quick` or `standard`.
    length: &'static str,
    /// When it asks.
    rule: ShownRule,
    /// When it sends nothing.
    quiet: String,
    /// Languages in which it is offered.
    languages: Vec<String>,
}

/// When a survey asks.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ShownRule {
    /// The event.
    event: &'static str,
    /// How long after.
    #[schema(example = "3d")]
    delay: String,
}

/// A list of surveys.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SurveyList {
    /// All surveys, oldest first.
    surveys: Vec<ShownSurvey>,
}

impl From<Survey> for ShownSurvey {
    fn from(survey: Survey) -> Self {
        Self {
            key: survey.key,
            instrument: survey.instrument_key,
            version: survey.instrument_version,
            state: survey.state.word(),
            length: length_of(survey.length).map_or("", survey_forms::form::Length::as_str),
            rule: ShownRule { event: survey.event.word(), delay: delay_words(survey.delay_s) },
            quiet: survey.quiet,
            languages: survey.languages,
        }
    }
}

/// Makes a survey in the state draft.
#[utoipa::path(
    post, path = "/api/v1/surveys", operation_id = "create_survey", tag = "surveys",
    request_body(content = crate::openapi::SurveyInput, example = json!({
        "key": "after-delivery", "instrument": "perceived-quality", "length": "standard",
        "rule": {"event": "delivered", "delay": "3d"}, "quiet": "20:00-08:00,sun", "languages": ["en", "fi"]})),
    responses(
        (status = 201, body = ShownSurvey),
        (status = 409, body = crate::http::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 422, body = crate::http::problem::ProblemBody, content_type = "application/problem+json")),
    security(("key" = [])))]
pub async fn create(
    state: web::Data<State>,
    request: HttpRequest,
    body: AllowedJson<ManageSurveys>,
) -> Result<HttpResponse, Problem> {
    let creating = Creating::of(&request, &body.raw);
    let wanted = parse(&body.value)?;
    let answer = blocking(&state, move |services| {
        run(services, &body.allowed.scope, creating.request(), |connection| {
            let survey = create_survey(services, connection, &body.allowed.scope, &wanted)?;
            Ok((201, ShownSurvey::from(survey)))
        })
    })
    .await?;
    Ok(answered(answer))
}

fn parse(value: &Value) -> ServiceResult<Request> {
    let mut reader = ObjectReader::open(value, "");
    let key = reader.required_text("key", 40);
    let instrument = reader.required_text("instrument", 40);
    let version = reader.integer("version", 1, i64::from(i32::MAX)).and_then(|n| i32::try_from(n).ok());
    let length = reader.text("length", 20).unwrap_or_else(|| "standard".to_owned());
    let quiet = reader.text("quiet", 60).unwrap_or_else(|| DEFAULT_QUIET.to_owned());
    let (mut event, mut delay) = ("delivered".to_owned(), "3d".to_owned());
    if let Some(mut rule) = reader.object("rule") {
        event = rule.text("event", 20).unwrap_or(event);
        delay = rule.text("delay", 20).unwrap_or(delay);
        reader.take_in(rule);
    }
    let languages = languages(&mut reader);
    let problems = reader.finish();
    match (key, instrument) {
        (Some(key), Some(instrument)) if problems.is_empty() => {
            Ok(Request { key, instrument, version, length, event, delay, quiet, languages })
        }
        _ => Err(Error::Invalid(problems)),
    }
}

fn languages(reader: &mut ObjectReader<'_>) -> Vec<String> {
    let Some(value) = reader.value("languages") else { return vec![] };
    let texts: Option<Vec<String>> =
        value.as_array().and_then(|list| list.iter().map(|one| one.as_str().map(str::to_owned)).collect());
    if texts.is_none() {
        reader.complain("languages", "type", "a list of language tags is needed, such as [\"en\", \"fi\"]");
    }
    texts.unwrap_or_default()
}

/// Lists the surveys.
#[utoipa::path(
    get, path = "/api/v1/surveys", operation_id = "list_surveys", tag = "surveys",
    responses((status = 200, body = SurveyList)), security(("key" = [])))]
pub async fn list(state: web::Data<State>, allowed: Allowed<ReadReports>) -> Result<HttpResponse, Problem> {
    let found = blocking(&state, move |services| {
        in_read(services, |connection| Ok(surveys::all(connection, &allowed.scope)?))
    })
    .await?;
    Ok(HttpResponse::Ok().json(SurveyList { surveys: found.into_iter().map(ShownSurvey::from).collect() }))
}

/// Puts a survey into the field.
#[utoipa::path(
    post, path = "/api/v1/surveys/{key}/start", operation_id = "start_survey", tag = "surveys",
    params(("key" = String, Path)), responses((status = 200, body = ShownSurvey)), security(("key" = [])))]
pub async fn start(
    state: web::Data<State>,
    allowed: Allowed<ManageSurveys>,
    request: HttpRequest,
    key: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    set_state(&state, allowed, &request, key.into_inner(), SurveyState::Running).await
}

/// Stops a survey for now; what is due waits.
#[utoipa::path(
    post, path = "/api/v1/surveys/{key}/pause", operation_id = "pause_survey", tag = "surveys",
    params(("key" = String, Path)), responses((status = 200, body = ShownSurvey)), security(("key" = [])))]
pub async fn pause(
    state: web::Data<State>,
    allowed: Allowed<ManageSurveys>,
    request: HttpRequest,
    key: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    set_state(&state, allowed, &request, key.into_inner(), SurveyState::Paused).await
}

async fn set_state(
    state: &State,
    allowed: Allowed<ManageSurveys>,
    request: &HttpRequest,
    key: String,
    wanted: SurveyState,
) -> Result<HttpResponse, Problem> {
    let creating = Creating::of(request, b"");
    let answer = blocking(state, move |services| {
        let answer = run(services, &allowed.scope, creating.request(), |connection| {
            let survey = set_survey_state(connection, &allowed.scope, &key, wanted)?;
            Ok((200, ShownSurvey::from(survey)))
        })?;
        let survey = in_read(services, |connection| Ok(surveys::find(connection, &allowed.scope, &key)?))?;
        if let Some(survey) = survey {
            replan_survey(services, &allowed.scope, &survey)?;
        }
        Ok(answer)
    })
    .await?;
    Ok(answered(answer))
}
