//! Where imported rows go: the survey, found or made with the map as its instrument, and its declared segments.
//!
//! Called by `import_responses` after the whole file was read.

use std::collections::BTreeSet;

use scoring::Layout;
use survey_forms::form::Length;

use super::import_map::{differences, with_groups};
use super::import_responses::{Mode, Request};
use super::import_rows::Arrival;
use super::instrument_version::IMPORTED;
use super::once::{in_read, in_transaction};
use super::survey_way::length_code;
use super::{Error, Services};
use crate::domain::{Collection, EventKind, Micros, SurveyState};
use crate::score::map::Map;
use crate::store::segments::Segment;
use crate::store::surveys::Survey;
use crate::store::{AnyConnection, OrgScope, imported, instruments, organisations, segments, surveys};

/// Where the rows go.
pub struct Target {
    /// Number of the survey; 0 when it is not made.
    pub survey_id: i32,
    /// Code of its length.
    pub length: i16,
    /// What its answers are counted by.
    pub layout: Layout,
    /// Its declared segments, those of this file among them.
    pub segments: Vec<Segment>,
    /// The organisation's public name.
    pub route: String,
    /// The instant of the import.
    pub now: Micros,
    /// Its day in the organisation's zone.
    pub today: i32,
    /// Whether the survey was absent.
    pub is_new: bool,
    /// Imported answers that it had.
    pub imported_before: u64,
}

impl Target {
    /// How its rows arrive.
    pub fn arrival<'a>(&'a self, request: &Request<'a>) -> Arrival<'a> {
        Arrival {
            route: &self.route,
            survey: request.survey,
            survey_id: self.survey_id,
            length: self.length,
            now: self.now,
            today: self.today,
        }
    }
}

/// What is a refusal in words, if nothing failed.
pub type Refusable<T> = Result<std::result::Result<T, Vec<String>>, Error>;

/// Finds the survey or makes it, and declares its segments; the inner error lists why the map does not fit.
pub fn prepare(
    services: &Services,
    scope: &OrgScope,
    request: &Request<'_>,
    map: &Map,
    levels: &[BTreeSet<String>],
) -> Refusable<Target> {
    let work = |connection: &mut AnyConnection| {
        let survey = surveys::find(connection, scope, request.survey)?;
        let (layout, known) = match &survey {
            None => (map.layout.clone(), Vec::new()),
            Some(survey) => {
                let key = &survey.instrument_key;
                let version = services.version_of(connection, scope, survey)?;
                let layout = version.layout()?;
                let differences = differences(map, &layout, version.margin());
                if !differences.is_empty() {
                    let head = format!("it does not fit survey {}, which asks {key}", survey.key);
                    return Ok(Err([head].into_iter().chain(differences).collect()));
                }
                (layout, segments::all(connection, scope, survey.id)?)
            }
        };
        let segments = match with_groups(&known, map, levels) {
            Ok(segments) => segments,
            Err(problems) => return Ok(Err(problems)),
        };
        let is_new = survey.is_none();
        let survey = match survey {
            Some(survey) => survey,
            None => make_survey(services, connection, scope, request)?,
        };
        if request.mode == Mode::Write {
            segments::declare(connection, scope, survey.id, &known, &segments)?;
        }
        let organisation = organisations::get(connection, scope)?;
        let before = imported::count(connection, scope, survey.id)?;
        let now = services.now();
        Ok(Ok(Target {
            survey_id: survey.id,
            length: survey.length,
            layout,
            segments,
            today: now.day_in(&organisation.zone()),
            route: organisation.route,
            now,
            is_new,
            imported_before: u64::try_from(before).unwrap_or(0),
        }))
    };
    match request.mode {
        Mode::Write => in_transaction(services, work),
        Mode::DryRun => in_read(services, work),
    }
}

/// Makes a survey that asks nobody, with the map as its instrument; a dry run only describes it.
fn make_survey(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    request: &Request<'_>,
) -> Result<Survey, Error> {
    let mut survey = Survey {
        id: 0,
        key: request.survey.to_owned(),
        instrument_key: format!("{IMPORTED}{}", request.survey),
        instrument_version: 1,
        length: length_code(Length::Standard),
        event: EventKind::Delivered,
        delay_s: 0,
        quiet: "none".to_owned(),
        languages: Vec::new(),
        valid_days: 0,
        state: SurveyState::Draft,
        created_at: services.now(),
        paging: 0,
        full_share: 0,
        expectation_id: 0,
        modules: Vec::new(),
        first_in_mail: false,
        collection: Collection::Orders,
        offer: surveys::Offer::default(),
        target_tenths: 0,
    };
    if request.mode == Mode::Write {
        let (key, now) = (&survey.instrument_key, services.now());
        instruments::publish(connection, scope, key, survey.instrument_version, request.map, now)?;
        survey.id = surveys::insert(connection, scope, &survey)?;
    }
    Ok(survey)
}
