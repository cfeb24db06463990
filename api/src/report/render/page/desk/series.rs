//! Over time: quality by month, closed months, weeks against the limits of chance, and each dimension by month.

use serde::Serialize;

use super::closed::{Row as Closed, closed};
use super::line::{Lines, of_quality};
use super::overview::every_look;
use super::panels::{Panel, panels};
use super::target::against_target;
use super::{Given, Part, made};
use crate::report::Report;
use crate::report::render::RenderError;
use crate::report::render::page::periods::{Alarm, Series, series};
use crate::report::render::wording::number;

#[derive(Serialize)]
struct Trend<'a, T> {
    quality: Option<Lines>,
    target: Option<String>,
    closed: Vec<Closed>,
    alarms: Vec<Alarm>,
    alarm_words: String,
    /// Whether somebody wrote down what happened when one of the alarms came.
    happened: bool,
    /// Charts with limits of chance.
    series: Vec<Series>,
    /// Quality by week, as long as there are no limits.
    weeks: Option<Lines>,
    /// Why there are no limits yet.
    no_limits: String,
    panels: Vec<Panel>,
    window: String,
    live: Option<T>,
    base: &'a str,
    query: &'a str,
}

/// Makes the part of the trend.
pub(super) fn trend(given: &Given<'_>) -> Result<Part, RenderError> {
    let by = |name: &str| given.beside.iter().find(|report| report.by.contains_key(name));
    let (months, weeks) = (by("month"), by("week"));
    let charts = weeks.map(|report| series(&report.total, given.words, given.notes)).unwrap_or_default();
    let (series, open): (Vec<Series>, Vec<Series>) = charts.into_iter().partition(|one| one.has_limits);
    let quality = months.and_then(|report| of_quality(given, report, "month"));
    let headline = match quality.as_ref() {
        Some(lines) => lines.heading.clone(),
        None => "Not enough answers yet for a trend".to_owned(),
    };
    let mut alarms: Vec<Alarm> = series.iter().flat_map(|one| one.alarms.clone()).collect();
    alarms.sort_by(|a, b| b.level.cmp(&a.level));
    let has_limits = series.iter().any(|one| one.has_limits);
    let (panels, window) = months.map(|report| panels(given, report)).unwrap_or_default();
    let view = Trend {
        alarm_words: weeks.filter(|_| has_limits).map(alarm_words).unwrap_or_default(),
        happened: alarms.iter().any(Alarm::has_words),
        alarms,
        series,
        weeks: weeks.filter(|_| !has_limits).and_then(|report| of_quality(given, report, "week")),
        no_limits: if has_limits { String::new() } else { no_limits(&open) },
        closed: closed(given),
        target: against_target(given.report.total.quality_score().as_ref(), given.target),
        quality,
        panels,
        window,
        live: every_look(given),
        base: given.base,
        query: given.query,
    };
    made(given, headline, "desk-trend", &view)
}

/// How many weeks a chart has of those that limits need.
fn no_limits(open: &[Series]) -> String {
    let weeks = open.iter().map(Series::periods).max().unwrap_or(0);
    format!(
        "Limits of chance need {} weeks with answers; so far there are {weeks}. Until then each week stands here with \
         its own likely range.",
        scoring::BASELINE_POINTS
    )
}

/// False alarms of one chart in a thousand periods: limits of three standard errors, normal.
const FALSE_IN_A_THOUSAND: f64 = 2.7;

/// How many charts are watched, and how often they raise an alarm when nothing changed; of the report by week.
fn alarm_words(weeks: &Report) -> String {
    let charts = watched(weeks);
    let a_year = charts as f64 * 52.0 * FALSE_IN_A_THOUSAND / 1000.0;
    format!(
        "{} watched. When nothing changes, each raises a false alarm in about 3 of 1\u{202f}000 weeks: all together about {} in \
         a year. Take a single alarm as a question, not as an answer.",
        if charts == 1 { "1 chart is".to_owned() } else { format!("{charts} charts are") },
        number(a_year, usize::from(a_year < 10.0))
    )
}

/// Charts over the weeks of a report that have limits, so that they can raise an alarm; those that the page does not draw, too.
fn watched(weeks: &Report) -> usize {
    let tree = weeks.total.sequence.as_ref().and_then(|tree| tree.get("periods"));
    let has_limits = |chart: &&serde_json::Value| {
        chart.get("points").is_some()
            && chart.get("baseline").is_some_and(|one| one.get("undefined").is_none())
    };
    tree.and_then(serde_json::Value::as_object).map_or(0, |all| all.values().filter(has_limits).count())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::report::Shape;

    #[test]
    fn the_charts_that_are_watched_are_those_of_the_report_by_week() {
        let chart = json!({"baseline": {"grand_mean": 4.0}, "points": []});
        let young = json!({"baseline": {"undefined": "fewer than 20 points", "n": 3}, "points": []});
        let nps = json!({"undefined": "no answers", "n": 0});
        let periods =
            json!({"by": "week", "overall": chart, "reliability": chart, "courtesy": young, "nps": nps});
        let total = Shape { sequence: Some(json!({"periods": periods})), ..Shape::default() };
        let said = alarm_words(&Report { total, ..Report::default() });
        assert!(said.starts_with("2 charts are watched.") && said.contains("about 0.3 in a year"), "{said}");
    }
}
