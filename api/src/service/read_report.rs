//! Reads a survey's report: answers are folded into cells, and the cells into numbers.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use scoring::{Cell, Layout};
use serde_json::{Map, Value};
use survey_forms::language::Language;

use super::report_filter::{By, Filter, NONE, parse};
use super::report_fold::{Counted, Folded, fold};
use super::report_layout::{layout_of, words_of};
use super::{Error, Result, Services};
use crate::domain::{Channel, Micros};
use crate::report::render::Words;
use crate::report::{About, Guard, Report, compare, complement_ok, conventions, response_rate, shape};
use crate::store::invitations::{CountFilter, Counts};
use crate::store::surveys::Survey;
use crate::store::{AnyConnection, OrgScope, invitations, organisations, places, surveys};

pub use super::report_filter::Request;

/// Fewest people behind a figure for readers without the right to see rows.
const LEAST_PEOPLE: u64 = 10;

/// A report with the words for its page.
pub struct ReportWithWords {
    /// The numbers.
    pub report: Report,
    /// The names around them.
    pub words: Words,
}

/// Reads the report of one survey.
pub fn read_report(
    services: &Services,
    scope: &OrgScope,
    key: &str,
    request: &Request,
) -> Result<ReportWithWords> {
    super::once::in_read(services, |connection| {
        let survey = surveys::find(connection, scope, key)?.ok_or(Error::NotFound("survey"))?;
        let instrument =
            services.instrument(connection, scope, &survey.instrument_key, survey.instrument_version)?;
        let organisation = organisations::get(connection, scope)?;
        let places = places::all(connection, scope)?;
        let filter = parse(request, &places)?;
        if !scope.may_see_rows() {
            filter.keep_to_grid()?;
        }
        let layout = layout_of(&instrument)?;
        let zone = organisation.zone();
        let folded = fold(connection, scope, &survey, &layout, &filter, &places, &zone)?;
        let counts = counts(connection, scope, &survey, &filter, &zone)?;
        let report = put_together(services, scope, &layout, &filter, request, &folded, counts);
        let mut words = words_of(&instrument, Language::ENGLISH);
        words.organisation.clone_from(&organisation.name);
        words.scope = scope_lines(&survey, request);
        words.level_names = level_names();
        words.generated = format!("{} by laatu {}", services.now().rfc3339(), env!("CARGO_PKG_VERSION"));
        Ok(ReportWithWords { report, words })
    })
}

/// Sent and bounced come from the invitations; under a language filter there is no rate, since the
/// language of the last page is known of those who answered only.
fn counts(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey: &Survey,
    filter: &Filter,
    zone: &TimeZone,
) -> Result<Option<Counts>> {
    if filter.language.is_some() {
        return Ok(None);
    }
    let midnight =
        |date: Date| date.to_zoned(zone.clone()).ok().map(|at| Micros(at.timestamp().as_microsecond()));
    let filter = CountFilter {
        from: filter.from.and_then(midnight),
        to: filter.to.and_then(midnight),
        channel: filter.channel,
        contact_channel: filter.contact_channel,
        place_id: filter.place_id,
    };
    Ok(Some(invitations::count(connection, scope, survey.id, &filter)?))
}

fn put_together(
    services: &Services,
    scope: &OrgScope,
    layout: &Layout,
    filter: &Filter,
    request: &Request,
    folded: &Folded,
    counts: Option<Counts>,
) -> Report {
    let guard = if scope.may_see_rows() { Guard::OPEN } else { Guard::at_least(LEAST_PEOPLE) };
    let nobody = Cell::empty(layout);
    // Whoever knows the whole and all but a few knows the few, and so does whoever moves a period's end over
    // them: such a filter shows nothing.
    let gives_away = guard.minimum.is_some_and(|minimum| {
        let people = folded.total.cell.people();
        let rest_is_few = filter.is_narrow() && !complement_ok(folded.everybody, people, minimum);
        rest_is_few || !folded.has_firm_ends(filter.from, filter.to, minimum)
    });
    // One customer who answers often is one person.
    let few = |counted: &Counted| guard.hides(counted.people()) && !guard.hides(counted.cell.people());
    let total = if gives_away || few(&folded.total) { nobody.clone() } else { folded.total.cell.clone() };
    let mut by = BTreeMap::new();
    if let Some(split) = filter.by
        && !gives_away
    {
        // A level of few people with many responses could be had from the others: then none is shown.
        let hide_all = folded.levels.values().any(few);
        let cell = |counted: &Counted| if hide_all { nobody.clone() } else { counted.cell.clone() };
        let levels = folded.levels.iter().map(|(level, counted)| (level.clone(), cell(counted))).collect();
        by.insert(split.word().to_owned(), compare(layout, &total, &levels, guard));
    }
    let about = About {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        conventions: conventions(),
        as_of: Some(services.now().rfc3339()),
        filters: Some(filters_shown(request)),
        source: Some("scan".to_owned()),
        minimum_people: guard.minimum,
        unfinished: Some(folded.unfinished)
            .filter(|n| !gives_away && !guard.hides(folded.total.people()) && (*n == 0 || !guard.hides(*n))),
        ..About::default()
    };
    // Who answered is told of few people as little as what they said.
    let is_few = |n: u64| n > 0 && guard.hides(n);
    let counts = counts.filter(|counts| {
        let delivered = counts.sent.saturating_sub(counts.bounced);
        let silent = delivered.saturating_sub(counts.answered);
        !gives_away && !guard.hides(delivered) && !is_few(counts.answered) && !is_few(silent)
    });
    let rate = counts.map(|counts| response_rate(counts.answered, counts.sent, counts.bounced));
    Report::new(shape(layout, &total, guard), by, rate, about)
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

fn filters_shown(request: &Request) -> Value {
    let mut shown = Map::new();
    for (name, value) in request.named() {
        if let Some(value) = value {
            shown.insert(name.to_owned(), Value::String(value.clone()));
        }
    }
    Value::Object(shown)
}

fn scope_lines(survey: &Survey, request: &Request) -> Vec<String> {
    let mut lines = vec![format!(
        "Survey {}, instrument {} version {}",
        survey.key, survey.instrument_key, survey.instrument_version
    )];
    let filters: Vec<String> = request
        .named()
        .into_iter()
        .filter(|(name, _)| *name != "by")
        .filter_map(|(name, value)| value.as_ref().map(|value| format!("{name} {value}")))
        .collect();
    lines.push(if filters.is_empty() { "All answers".to_owned() } else { filters.join(", ") });
    lines
}
