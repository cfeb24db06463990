//! Reads a survey's report: answers are folded into cells, and the cells into numbers.

use std::collections::BTreeMap;

use survey_forms::language::Language;

use super::frames::read::Asked;
use super::kept::Key;
use super::report_filter::{By, NONE};
use super::report_fold::{Folding, fold};
use super::report_parts::Found;
use super::report_put::{Given, put_together};
use super::report_query::parse;
use super::{Error, Result, Services, frames};
use crate::domain::Channel;
use crate::report::Report;
use crate::report::render::Words;
use crate::store::surveys::Survey;
use crate::store::{AnyConnection, OrgScope, organisations, places, response_log, segments, surveys};

pub use super::report_filter::Request;

/// A report with the words for its page.
pub struct ReportWithWords {
    /// The numbers.
    pub report: Report,
    /// The names around them.
    pub words: Words,
}

/// How much of a report is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// All of it.
    Whole,
    /// Without what takes up to seconds on the joint counts, drivers and structure, unless that was kept.
    Plain,
}

/// Reads the report of one survey.
pub fn read_report(
    services: &Services,
    scope: &OrgScope,
    key: &str,
    request: &Request,
) -> Result<ReportWithWords> {
    super::once::in_read(services, |connection| {
        read_within(services, connection, scope, key, request, Depth::Whole)
    })
}

/// Reads the report of one survey as far as it is wanted.
pub fn read_report_to(
    services: &Services,
    scope: &OrgScope,
    key: &str,
    request: &Request,
    depth: Depth,
) -> Result<ReportWithWords> {
    super::once::in_read(services, |connection| read_within(services, connection, scope, key, request, depth))
}

/// The same within a transaction that reads something else as well.
pub fn read_within(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    key: &str,
    request: &Request,
    depth: Depth,
) -> Result<ReportWithWords> {
    let survey = surveys::find(connection, scope, key)?.ok_or(Error::NotFound("survey"))?;
    let version = services.version_of(connection, scope, &survey)?;
    let organisation = organisations::get(connection, scope)?;
    let places = places::all(connection, scope)?;
    let segments = segments::all(connection, scope, survey.id)?;
    let filter = parse(request, &places, &segments)?;
    if !scope.may_see_rows() {
        filter.keep_to_grid()?;
    }
    let layout = version.layout()?;
    let zone = organisation.zone();
    let kept = Key {
        org: scope.org_id().0,
        survey: survey.id,
        filters: scope_key(request, scope.may_see_rows()),
        position: response_log::last_position(connection, scope)?,
    };
    // Sent and bounced come from the invitations, the frame from the orders behind them; under a filter by what is
    // known of those who answered only there is neither.
    // Who answers by an open link was not invited: of how many is not known.
    let figures = if filter.is_of_answers_only() || survey.is_open() {
        None
    } else {
        let asked = Asked::of(&filter);
        Some(frames::read::read(connection, scope, survey.id, &organisation, &asked)?)
    };
    let frame = figures.as_ref().map(|figures| figures.classes.as_slice());
    let found = Found::of(services.kept.find(&kept), frame);
    let folding = Folding {
        layout: &layout,
        filter: &filter,
        places: &places,
        zone: &zone,
        jointly: found.parts.is_none() && depth == Depth::Whole,
        classes: frame.is_some() && found.weights.is_none(),
        steps: !scope.may_see_rows(),
    };
    let folded = fold(connection, scope, &survey, folding)?;
    let given = Given {
        layout: &layout,
        filter: &filter,
        request,
        places: &places,
        folded: &folded,
        counts: figures.as_ref().map(|figures| figures.counts),
        frame,
        found,
        depth,
        margin: version.margin(),
        mode: survey.mode(),
    };
    let report = put_together(services, scope, &kept, &given);
    let mut words = version.words(Language::ENGLISH);
    words.organisation.clone_from(&organisation.name);
    words.scope = scope_lines(&survey, request);
    words.level_names = level_names();
    words.generated = format!("{} by laatu {}", services.now().rfc3339(), env!("CARGO_PKG_VERSION"));
    Ok(ReportWithWords { report, words })
}

/// The filters and the kind of reader, as part of the key of kept parts; the split does not touch the total.
fn scope_key(request: &Request, rows: bool) -> String {
    let set = request.asked().into_iter().filter(|(name, _)| *name != "by");
    let words = set.map(|(name, value)| format!("{name}={value}"));
    words.chain([format!("rows={rows}")]).collect::<Vec<_>>().join("&")
}

/// Channels and "none" as a reader calls them.
fn level_names() -> BTreeMap<String, BTreeMap<String, String>> {
    let name = |channel: Channel| match channel {
        Channel::Web => "Web shop",
        Channel::InPerson => "In person",
        Channel::Phone => "Phone",
        Channel::Email => "E-mail",
        Channel::Chat => "Chat",
        Channel::Community => "Community",
    };
    let names = |none: &str| -> BTreeMap<String, String> {
        let channels = Channel::ALL.iter().map(|one| (one.word().to_owned(), name(*one).to_owned()));
        channels.chain([(NONE.to_owned(), none.to_owned())]).collect()
    };
    BTreeMap::from([
        (By::Channel.word().to_owned(), names("Not known")),
        (By::ContactChannel.word().to_owned(), names("No contact")),
        (By::Place.word().to_owned(), BTreeMap::from([(NONE.to_owned(), "No place".to_owned())])),
    ])
}

fn scope_lines(survey: &Survey, request: &Request) -> Vec<String> {
    let mut lines = vec![format!(
        "Survey {}, instrument {} version {}",
        survey.key, survey.instrument_key, survey.instrument_version
    )];
    let filters: Vec<String> = request
        .asked()
        .into_iter()
        .filter(|(name, _)| *name != "by")
        .map(|(name, value)| format!("{name} {value}"))
        .collect();
    if survey.is_open() {
        lines.push("Answers by open links: nobody was invited, so there is no response rate".to_owned());
    }
    lines.push(if filters.is_empty() { "All answers".to_owned() } else { filters.join(", ") });
    lines
}
