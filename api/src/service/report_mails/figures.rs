//! The figures of a mailed report: the same use case that answers the page and the API, nothing computed beside it.

use survey_forms::language::Language;
use survey_forms::render::{
    ReportChange, ReportContent, ReportFigures, ReportRange, ReportRate, ReportValue,
};

use super::super::desk::scope::{Asked, Scope};
use super::super::read_report::{Depth, Request, read_within};
use super::super::{Error, Result, Services};
use crate::domain::time::date_of_day;
use crate::report::render::decimals;
use crate::report::{Difference, Reading, Report, difference};
use crate::store::{AnyConnection, OrgScope, organisations, surveys};

/// How many of the lowest dimensions are named.
const LOWEST: usize = 2;

/// Reads what a mail says, for this reader.
pub(super) fn read(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey: &str,
    asked: &Asked,
    language: Language,
) -> Result<ReportContent> {
    let zone = organisations::get(connection, scope)?.zone();
    let today = date_of_day(services.now().day_in(&zone));
    let Ok(desk) = Scope::read(asked, today) else { return Ok(ReportContent::Refused) };
    let mut reading = |request: &Request| {
        let read = read_within(services, connection, scope, survey, request, Depth::Plain);
        read.map(|read| read.report)
    };
    let report = match reading(&desk.request) {
        Err(Error::Invalid(_)) => return Ok(ReportContent::Refused),
        other => other?,
    };
    let before = match desk.request_before() {
        // As on the page: what cannot be asked for cannot be compared with.
        Some(request) => match reading(&request) {
            Err(Error::Invalid(_)) => None,
            other => Some(other?),
        },
        None => None,
    };
    if report.is_empty() {
        return Ok(match report.about.minimum_people {
            Some(least) => ReportContent::Withheld { least },
            None => ReportContent::Nobody { rate: rate(&report) },
        });
    }
    let found = surveys::find(connection, scope, survey)?.ok_or(Error::NotFound("survey"))?;
    let names = services.version_of(connection, scope, &found)?.words(language).dimension_names;
    let name = |key: &str| names.get(key).map_or_else(|| key.to_owned(), Clone::clone);
    Ok(ReportContent::Figures(ReportFigures {
        quality: report.total.quality_score().as_ref().and_then(value),
        change: before.as_ref().and_then(|before| change(&report, before)),
        lowest: lowest(&report).into_iter().map(|(key, value)| (name(key), value)).collect(),
        rate: rate(&report),
    }))
}

/// A score that has a range.
fn value(reading: &Reading<'_>) -> Option<ReportValue> {
    let (value, (low, high)) = (reading.value()?, reading.ci95()?);
    Some(ReportValue { score: range((value, low, high), 2), people: reading.n()? })
}

/// A number with as many decimals as its range carries, at most so many.
fn range((value, low, high): (f64, f64, f64), most: usize) -> ReportRange {
    ReportRange { value, low, high, decimals: decimals(high - low).min(most) }
}

fn change(report: &Report, before: &Report) -> Option<ReportChange> {
    let (now, then) = (report.total.quality_score(), before.total.quality_score());
    let Difference { value, low, high } = difference(now.as_ref(), then.as_ref())?;
    Some(ReportChange(range((value, low, high), 2)))
}

/// The dimensions of experience with the lowest scores, the lowest first.
fn lowest(report: &Report) -> Vec<(&str, ReportValue)> {
    let total = &report.total;
    let keys = total.experience().into_iter();
    let mut known: Vec<(&str, ReportValue)> =
        keys.filter_map(|key| Some((key, value(&total.dimension(key, "score")?)?))).collect();
    known.sort_by(|(_, one), (_, other)| one.score.value.total_cmp(&other.score.value));
    known.truncate(LOWEST);
    known
}

/// How many answered, where the report tells it; a share that is withheld takes the counts with it.
fn rate(report: &Report) -> Option<ReportRate> {
    let rate = report.response_rate.as_ref()?;
    let asked = rate.sent.saturating_sub(rate.bounced);
    let reading = Reading::of(&rate.rate);
    let share = reading.as_ref().and_then(|one| Some((one.value()?, one.ci95()?)));
    let share = share.map(|(value, (low, high))| range((100.0 * value, 100.0 * low, 100.0 * high), 1));
    (share.is_some() || (asked == 0 && report.about.minimum_people.is_none())).then_some(ReportRate {
        answered: rate.answered,
        asked,
        share,
    })
}
