//! Surveys: put in the field, started, paused.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use serde_json::Value;

use super::{Creating, answered};
use crate::domain::reader::ObjectReader;
use crate::domain::survey::delay_words;
use crate::domain::{Collection, Micros, SurveyState};
use crate::http::extract::{Allowed, AllowedJson, ManageSurveys, ReadReports};
use crate::http::problem::Problem;
use crate::http::{State, blocking};
use crate::service::create_survey::{DEFAULT_QUIET, Request, create_survey, set_survey_state};
use crate::service::once::{in_read, in_transaction, run};
use crate::service::plan_invitations::replan_survey;
use crate::service::preview::address;
use crate::service::survey_offer::OfferRequest;
use crate::service::survey_way::{WayRequest, length_of, paging_of};
use crate::service::target;
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
    /// `quick`, `standard` or `full`.
    length: &'static str,
    /// `orders`: customers of orders, by mail; `open`: whoever opens one of its links.
    #[schema(example = "orders")]
    collection: &'static str,
    /// When it asks; none for an open survey, which waits for visitors.
    rule: Option<ShownRule>,
    /// When it sends nothing.
    quiet: String,
    /// Languages in which it is offered.
    languages: Vec<String>,
    /// How its questions are spread over pages: `one`, `section` or `all`.
    #[schema(example = "section")]
    paging: &'static str,
    /// Of a hundred customers, those who are asked everything.
    full_share: i16,
    /// Instruments that are attached for those who were in touch by a channel.
    modules: BTreeMap<&'static str, String>,
    /// Whether the mail shows the first question.
    first_in_mail: bool,
    /// Of a hundred orders, those that are drawn.
    #[schema(example = 100)]
    sample_share: i16,
    /// Only events from then on count.
    active_from: Option<String>,
    /// Keys of the places it asks about; none named means all.
    places: Vec<String>,
    /// Goes before surveys with a lower one; of those above 0 only the highest asks about an order.
    priority: i16,
    /// Reminders of one invitation at most.
    reminders: i16,
    /// From a mail to the next reminder.
    #[schema(example = "7d")]
    remind_after: String,
    /// Days for which a link opens the form.
    #[schema(example = 60)]
    valid_days: i32,
    /// What brings its invitations: mail, message and slip, in the order in which they are tried.
    #[schema(example = json!(["mail"]))]
    carriers: Vec<&'static str>,
    /// The score it is held against, in points of 100; null for none.
    #[schema(example = 80.0)]
    target: Option<f64>,
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
        let target = survey.target();
        let rule = (!survey.is_open())
            .then(|| ShownRule { event: survey.event.word(), delay: delay_words(survey.delay_s) });
        Self {
            target,
            key: survey.key,
            instrument: survey.instrument_key,
            version: survey.instrument_version,
            state: survey.state.word(),
            length: length_of(survey.length).map_or("", survey_forms::form::Length::as_str),
            collection: survey.collection.word(),
            rule,
            quiet: survey.quiet,
            languages: survey.languages,
            paging: paging_of(survey.paging).map_or("", survey_forms::form::Paging::as_str),
            full_share: survey.full_share,
            modules: survey.modules.into_iter().map(|one| (one.channel.word(), one.key)).collect(),
            first_in_mail: survey.first_in_mail,
            sample_share: survey.offer.sample_share,
            active_from: survey.offer.active_from.map(Micros::rfc3339),
            places: survey.offer.places,
            priority: survey.offer.priority,
            reminders: survey.offer.reminders,
            remind_after: delay_words(survey.offer.reminder_after_s),
            valid_days: survey.valid_days,
            carriers: survey.offer.carriers.words().collect(),
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
    let collection = reader.word("collection", Collection::from_word, &Collection::words());
    let collection = collection.unwrap_or(Collection::Orders);
    if let Some(mut rule) = reader.object("rule") {
        event = rule.text("event", 20).unwrap_or(event);
        delay = rule.text("delay", 20).unwrap_or(delay);
        reader.take_in(rule);
        if collection == Collection::Open {
            let words = "an open survey asks whoever opens one of its links; it has no rule";
            reader.complain("rule", "not_taken", words);
        }
    }
    let languages = languages(&mut reader);
    let way = WayRequest {
        paging: reader.text("paging", 20).unwrap_or_default(),
        full_share: reader.integer("full_share", 0, 100).unwrap_or(0),
        expectation: reader.text_or_empty("expectation", 40).unwrap_or_default(),
        modules: modules(&mut reader),
        first_in_mail: reader.flag("first_in_mail"),
    };
    let offer = offer(&mut reader);
    let problems = reader.finish();
    match (key, instrument) {
        (Some(key), Some(instrument)) if problems.is_empty() => Ok(Request {
            key,
            instrument,
            version,
            length,
            event,
            delay,
            quiet,
            languages,
            way,
            collection,
            offer,
        }),
        _ => Err(Error::Invalid(problems)),
    }
}

/// Which orders it asks about; what is absent has its default.
fn offer(reader: &mut ObjectReader<'_>) -> OfferRequest {
    let usual = OfferRequest::default();
    OfferRequest {
        sample_share: reader.integer("sample_share", 1, 100).unwrap_or(usual.sample_share),
        active_from: reader.text("active_from", 40).unwrap_or_default(),
        places: texts(reader, "places", "a list of keys of places is needed, such as [\"helsinki\"]"),
        priority: reader.integer("priority", 0, 9).unwrap_or(usual.priority),
        reminders: reader.integer("reminders", 0, 2).unwrap_or(usual.reminders),
        remind_after: reader.text("remind_after", 20).unwrap_or(usual.remind_after),
        valid_days: reader.integer("valid_days", 1, 365).unwrap_or(usual.valid_days),
        carriers: match reader.value("carriers") {
            None => usual.carriers,
            Some(_) => texts(reader, "carriers", "a list is needed, such as [\"mail\", \"slip\"]"),
        },
    }
}

/// `{"phone": "channel-phone"}`.
fn modules(reader: &mut ObjectReader<'_>) -> Vec<(String, String)> {
    let Some(value) = reader.value("modules") else { return vec![] };
    let read = |(channel, key): (&String, &Value)| Some((channel.clone(), key.as_str()?.to_owned()));
    let modules: Option<Vec<_>> = value.as_object().and_then(|all| all.iter().map(read).collect());
    if modules.is_none() {
        let message =
            "an object of contact channels and instruments is needed, such as {\"phone\": \"channel-phone\"}";
        reader.complain("modules", "type", message);
    }
    modules.unwrap_or_default()
}

fn languages(reader: &mut ObjectReader<'_>) -> Vec<String> {
    texts(reader, "languages", "a list of language tags is needed, such as [\"en\", \"fi\"]")
}

fn texts(reader: &mut ObjectReader<'_>, name: &'static str, needed: &str) -> Vec<String> {
    let Some(value) = reader.value(name) else { return vec![] };
    let texts: Option<Vec<String>> =
        value.as_array().and_then(|list| list.iter().map(|one| one.as_str().map(str::to_owned)).collect());
    if texts.is_none() {
        reader.complain(name, "type", needed);
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

/// Sets the score that a survey is held against.
#[utoipa::path(
    put, path = "/api/v1/surveys/{key}/target", operation_id = "set_target", tag = "surveys",
    params(("key" = String, Path)),
    request_body(content = crate::openapi::TargetInput, example = json!({"target": 82.5})),
    responses(
        (status = 200, body = ShownSurvey),
        (status = 404, body = crate::http::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 422, body = crate::http::problem::ProblemBody, content_type = "application/problem+json")),
    security(("key" = [])))]
pub async fn set_target(
    state: web::Data<State>,
    body: AllowedJson<ManageSurveys>,
    key: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let survey = blocking(&state, move |services| {
        let mut reader = ObjectReader::open(&body.value, "");
        let points = reader.value("target").and_then(|value| {
            value.as_f64().or_else(|| {
                if !value.is_null() {
                    reader.complain("target", "type", "a number of points of 100 is needed, or null");
                }
                None
            })
        });
        let problems = reader.finish();
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        in_transaction(services, |connection| {
            target::set_target(connection, &body.allowed.scope, &key, points)
        })
    })
    .await?;
    Ok(HttpResponse::Ok().json(ShownSurvey::from(survey)))
}

/// Where the pages of a survey can be looked at.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ShownPreview {
    /// The address; whoever has it sees the questions, nothing else, and nothing is kept.
    #[schema(example = "https://ask.example.org/v/abcdefghij.1.klmnopqrstuvwxyz234567abcdefghij")]
    address: String,
}

/// The address of a preview: every page in every language, length and form.
#[utoipa::path(
    get, path = "/api/v1/surveys/{key}/preview", operation_id = "preview_survey", tag = "surveys",
    params(("key" = String, Path)),
    responses(
        (status = 200, body = ShownPreview),
        (status = 404, body = crate::http::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 409, body = crate::http::problem::ProblemBody, content_type = "application/problem+json")),
    security(("key" = [])))]
pub async fn preview(
    state: web::Data<State>,
    allowed: Allowed<ReadReports>,
    key: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let address = blocking(&state, move |services| {
        in_read(services, |connection| address(services, connection, &allowed.scope, &key))
    })
    .await?;
    let none = ("Cache-Control", "private, no-store");
    Ok(HttpResponse::Ok().insert_header(none).json(ShownPreview { address }))
}
