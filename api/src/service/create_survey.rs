//! Puts an instrument into the field: makes, starts and pauses surveys.

use std::sync::Arc;

use survey_forms::instrument::Instrument;
use survey_forms::language::Language;

use super::instrument_version::{NO_QUESTIONS, is_imported};
use super::publish_instrument::newest_or_shipped;
use super::survey_offer::{self, OfferRequest};
use super::survey_way::{self, WayRequest, parse_length};
use super::{Error, Result, Services};
use crate::domain::organisation::is_slug;
use crate::domain::reader::FieldProblem;
use crate::domain::survey::{Quiet, parse_asking_event, parse_delay};
use crate::domain::{Collection, SurveyState};
use crate::store::surveys::{self, Survey};
use crate::store::{AnyConnection, OrgScope};

/// What makes a survey.
#[derive(Clone, Debug)]
pub struct Request {
    /// Its key.
    pub key: String,
    /// The instrument.
    pub instrument: String,
    /// The version; none means the newest.
    pub version: Option<i32>,
    /// `quick`, `standard` or `full`.
    pub length: String,
    /// The event after which it asks.
    pub event: String,
    /// How long after: `3d`.
    pub delay: String,
    /// `20:00-08:00,sun` or `none`.
    pub quiet: String,
    /// Tags; empty means all of the instrument.
    pub languages: Vec<String>,
    /// How it asks, beside what and when.
    pub way: WayRequest,
    /// Whom it asks.
    pub collection: Collection,
    /// Which orders it asks about.
    pub offer: OfferRequest,
}

/// When a survey asks unless told otherwise.
pub const DEFAULT_AFTER: &str = "delivered:3d";
/// The quiet hours unless told otherwise.
pub const DEFAULT_QUIET: &str = "20:00-08:00,sun";

/// Makes a survey in the state draft.
pub fn create_survey(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    request: &Request,
) -> Result<Survey> {
    let mut problems = Vec::new();
    let length = checked(&mut problems, "/length", parse_length(&request.length));
    let event = checked(&mut problems, "/rule/event", parse_asking_event(&request.event));
    let delay_s = checked(&mut problems, "/rule/delay", parse_delay(&request.delay));
    checked(&mut problems, "/quiet", Quiet::parse(&request.quiet));
    if !is_slug(&request.key) {
        let message = format!("\"{}\": 2 to 40 of a-z, 0-9 and - are needed", request.key);
        problems.push(problem("/key", message));
    }
    let published = published(services, connection, scope, request, &mut problems)?;
    let Some((version, instrument)) = published else { return Err(Error::Invalid(problems)) };
    let languages = languages(request, instrument.languages(), &mut problems);
    let way = survey_way::read(services, connection, scope, &request.way, &instrument, &mut problems)?;
    let offer = survey_offer::read(&request.offer, &mut problems);
    let (Some(length), Some(event), Some(delay_s), Some(way), Some((offer, valid_days)), true) =
        (length, event, delay_s, way, offer, problems.is_empty())
    else {
        return Err(Error::Invalid(problems));
    };
    let mut survey = Survey {
        id: 0,
        key: request.key.clone(),
        instrument_key: request.instrument.clone(),
        instrument_version: version,
        length,
        event,
        delay_s,
        quiet: request.quiet.clone(),
        languages,
        valid_days,
        state: SurveyState::Draft,
        created_at: services.now(),
        paging: way.paging,
        full_share: way.full_share,
        expectation_id: way.expectation_id,
        modules: way.modules,
        first_in_mail: request.way.first_in_mail,
        collection: request.collection,
        offer,
        target_tenths: 0,
    };
    survey.id = surveys::insert(connection, scope, &survey)?;
    Ok(survey)
}

/// The version and its questionnaire; none (and a problem) when there is no such instrument.
fn published(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    request: &Request,
    problems: &mut Vec<FieldProblem>,
) -> Result<Option<(i32, Arc<Instrument>)>> {
    let newest = match newest_or_shipped(services, connection, scope, &request.instrument) {
        Ok(newest) => newest,
        Err(Error::Invalid(found)) => {
            problems.extend(found);
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    let version = request.version.unwrap_or(newest.version);
    let instrument = match services.instrument(connection, scope, &request.instrument, version) {
        Err(Error::NotFound(_)) => {
            let message = format!("{} has no published version {version}", request.instrument);
            problems.push(problem("/version", message));
            return Ok(None);
        }
        Err(Error::Conflict(words)) => {
            problems.push(problem("/instrument", format!("{}: {words}", request.instrument)));
            return Ok(None);
        }
        found => found?,
    };
    Ok(Some((version, instrument)))
}

fn languages(request: &Request, offered: &[Language], problems: &mut Vec<FieldProblem>) -> Vec<String> {
    let names = || offered.iter().map(|language| language.tag()).collect::<Vec<_>>().join(", ");
    for (index, tag) in request.languages.iter().enumerate() {
        if !offered.iter().any(|language| language.tag() == tag) {
            let message =
                format!("\"{tag}\" is not a language of {}; it has {}", request.instrument, names());
            problems.push(FieldProblem {
                pointer: format!("/languages/{index}"),
                code: "unknown_language".to_owned(),
                message,
            });
        }
    }
    if request.languages.is_empty() {
        offered.iter().map(|language| language.tag().to_owned()).collect()
    } else {
        request.languages.clone()
    }
}

pub(super) fn checked<T>(
    problems: &mut Vec<FieldProblem>,
    pointer: &str,
    outcome: std::result::Result<T, String>,
) -> Option<T> {
    outcome.map_err(|message| problems.push(problem(pointer, message))).ok()
}

pub(super) fn problem(pointer: &str, message: String) -> FieldProblem {
    FieldProblem { pointer: pointer.to_owned(), code: "invalid".to_owned(), message }
}

/// Starts or pauses a survey; its waiting invitations are planned again by `replan_survey` afterwards.
pub fn set_survey_state(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    key: &str,
    state: SurveyState,
) -> Result<Survey> {
    let mut survey = surveys::find(connection, scope, key)?.ok_or(Error::NotFound("survey"))?;
    if is_imported(&survey.instrument_key) {
        return Err(Error::Conflict(format!("survey {key}: {NO_QUESTIONS}")));
    }
    if survey.state != state {
        surveys::set_state(connection, scope, survey.id, state)?;
        survey.state = state;
    }
    Ok(survey)
}
