//! Over time: control charts by week, and a small chart of each dimension by month, all on one window.

use serde::Serialize;

use super::closed::{Row as Closed, closed};
use super::overview::every_look;
use super::target::against_target;
use super::{Given, Part, made};
use crate::report::charts::{Beside, Caption, LinePoint, Size, Window, lines, lines_with};
use crate::report::render::RenderError;
use crate::report::render::page::chart::{Along, Chart, ChartFile};
use crate::report::render::page::comparison::slug;
use crate::report::render::page::notes::{TrendNote, flags, told};
use crate::report::render::page::period_names::{long, short};
use crate::report::render::page::periods::{Alarm, Series, series};
use crate::report::render::wording::{Said, Unit, number};
use crate::report::{Reading, Report, Shape};

/// A line with its table.
#[derive(Serialize)]
pub(super) struct Lines {
    heading: String,
    caption: String,
    chart: Chart,
    by: &'static str,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    period: String,
    value: String,
    range: String,
    n: String,
    /// What happened in it, with its number in the chart.
    happened: String,
}

#[derive(Serialize)]
struct Panel {
    key: String,
    name: String,
    svg: String,
    file: Option<ChartFile>,
    along: Option<Along>,
}

#[derive(Serialize)]
struct Trend<'a, T> {
    alarms: Vec<Alarm>,
    alarm_words: String,
    series: Vec<Series>,
    quality: Option<Lines>,
    target: Option<String>,
    closed: Vec<Closed>,
    panels: Vec<Panel>,
    window: String,
    live: Option<T>,
    base: &'a str,
    query: &'a str,
}

/// Makes the part of the trend.
pub(super) fn trend(given: &Given<'_>) -> Result<Part, RenderError> {
    let by = |name: &str| given.beside.iter().find(|report| report.by.contains_key(name));
    let months = by("month");
    let series = by("week").map(|report| series(&report.total, given.words, given.notes)).unwrap_or_default();
    let quality = months.and_then(|report| of_quality(given, report, "month"));
    let window = months.map(window_of);
    let headline = match quality.as_ref() {
        Some(lines) => lines.heading.clone(),
        None => "Not enough answers yet for a trend".to_owned(),
    };
    let mut alarms: Vec<Alarm> = series.iter().flat_map(|one| one.alarms.clone()).collect();
    alarms.sort_by(|a, b| b.level.cmp(&a.level));
    let view = Trend {
        alarm_words: alarm_words(by("week")),
        alarms,
        series,
        closed: closed(given),
        target: against_target(given.report.total.quality_score().as_ref(), given.target),
        quality,
        panels: months.zip(window).map(|(report, window)| panels(given, report, window)).unwrap_or_default(),
        window: window.map(|window| format!("{} to {}", window.low, window.high)).unwrap_or_default(),
        live: every_look(given),
        base: given.base,
        query: given.query,
    };
    made(given, headline, "desk-trend", &view)
}

/// False alarms of one chart in a thousand periods: limits of three standard errors, normal.
const FALSE_IN_A_THOUSAND: f64 = 2.7;

/// How many charts are watched, and how often they raise an alarm when nothing changed.
fn alarm_words(weeks: Option<&Report>) -> String {
    let charts = weeks.map_or(0, watched);
    if charts == 0 {
        return String::new();
    }
    let a_year = charts as f64 * 52.0 * FALSE_IN_A_THOUSAND / 1000.0;
    format!(
        "{charts} {} watched. When nothing changes, each raises a false alarm in about 3 of 1 000 weeks: all \
         together about {} in a year. Take a single alarm as a question, not as an answer.",
        if charts == 1 { "chart is" } else { "charts are" },
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

/// The one window of all lines of a page.
fn window_of(report: &Report) -> Window {
    let levels = report.by.get("month").or_else(|| report.by.get("week"));
    let ends = |shape: &Shape| -> Vec<f64> {
        let keys = shape.experience();
        let scores = keys.into_iter().filter_map(|key| shape.dimension(key, "score"));
        scores.chain(shape.quality_score()).filter_map(|one| one.value()).collect()
    };
    Window::around(levels.into_iter().flat_map(|levels| levels.values()).flat_map(ends))
}

/// Quality by week or month; none where no period has a value.
pub(super) fn of_quality(given: &Given<'_>, report: &Report, by: &'static str) -> Option<Lines> {
    let beside = (given.notes, given.target);
    one_line(report, by, ("Perceived quality", "quality"), beside, Shape::quality_score)
}

/// A dimension's score by month.
pub(super) fn of_dimension(report: &Report, key: &str, name: &str) -> Option<Lines> {
    one_line(report, "month", (name, key), (&[], None), |shape| shape.dimension(key, "score"))
}

fn one_line<'a>(
    report: &'a Report,
    by: &'static str,
    (name, id): (&str, &str),
    (notes, target): (&[TrendNote], Option<f64>),
    read: impl Fn(&'a Shape) -> Option<Reading<'a>>,
) -> Option<Lines> {
    let levels = report.by.get(by)?;
    let read: Vec<(&str, Option<Reading<'a>>)> =
        levels.iter().map(|(level, shape)| (level.as_str(), read(shape))).collect();
    let points: Vec<LinePoint> = read.iter().map(|(level, reading)| point(level, reading.as_ref())).collect();
    let last = read.iter().rev().find(|(_, one)| one.as_ref().is_some_and(|one| one.value().is_some()))?;
    let last = Said::of(last.1.as_ref(), Unit::SCORE, 0).value;
    let ends = points.iter().filter_map(|point| point.mark);
    let ends = ends.flat_map(|(value, range)| {
        let (low, high) = range.unzip();
        [Some(value), low, high].into_iter().flatten().collect::<Vec<_>>()
    });
    let window = Window::around(ends.chain(target));
    let heading = heading(&read, name, by);
    let events = flags(read.iter().map(|(level, _)| *level), notes);
    let rows: Vec<Row> =
        read.iter().map(|(level, reading)| row(level, reading.as_ref(), told(level, notes))).collect();
    let told: Vec<String> =
        rows.iter().map(|row| format!("{} {} ({})", row.period, row.value, row.range)).collect();
    let (id, description) = (format!("line-{}-{by}", slug(id)), told.join("; "));
    let title = format!("{name} by {by}");
    let figures = read.iter().map(|(level, reading)| ((*level).to_owned(), reading.clone()));
    let file = ChartFile::of_readings(&id, "period", figures);
    Some(Lines {
        caption: format!(
            "{title}, points of 100, shown from {} to {}. Band: 95 % likely range.",
            window.low, window.high
        ),
        heading,
        chart: Chart::of(|size: Size| {
            let caption = Caption { id: &id, title: &title, description: &description };
            lines_with(caption, &points, Beside { events: &events, target }, &last, window, size)
        })
        .with(file),
        by,
        rows,
    })
}

/// What the first and the last period say of each other: only what their ranges carry.
fn heading(read: &[(&str, Option<Reading<'_>>)], name: &str, by: &str) -> String {
    let ranged: Vec<&(&str, Option<Reading<'_>>)> =
        read.iter().filter(|(_, one)| one.as_ref().is_some_and(|one| one.ci95().is_some())).collect();
    let (Some((first, was)), Some((last, now))) = (ranged.first(), ranged.last()) else {
        return format!("{name}: not enough answers in any {by}");
    };
    if first == last {
        return format!("{name}: one {by} has enough answers so far");
    }
    let said = super::change::change(now.as_ref(), was.as_ref());
    match said.verdict {
        "No clear change" => format!("{name}: no clear change from {} to {}", long(first), long(last)),
        _ => format!(
            "{name}: {} in {} than in {}, {}",
            if said.is_worse { "lower" } else { "higher" },
            long(last),
            long(first),
            said.range
        ),
    }
}

fn point(level: &str, reading: Option<&Reading<'_>>) -> LinePoint {
    LinePoint { name: short(level), mark: reading.and_then(|one| Some((one.value()?, one.ci95()))) }
}

fn row(level: &str, reading: Option<&Reading<'_>>, happened: String) -> Row {
    let said = Said::of(reading, Unit::SCORE, 0);
    Row { period: long(level), value: said.value, range: said.range, n: said.n, happened }
}

fn panels(given: &Given<'_>, report: &Report, window: Window) -> Vec<Panel> {
    let Some(levels) = report.by.get("month") else { return Vec::new() };
    let keys = given.report.total.experience();
    let panel = |key: &str| {
        let points: Vec<LinePoint> = levels
            .iter()
            .map(|(level, shape)| point(level, shape.dimension(key, "score").as_ref()))
            .collect();
        let last = levels.values().rev().filter_map(|shape| shape.dimension(key, "score"));
        let last = last.into_iter().find(|one| one.value().is_some())?;
        let said: Vec<String> = levels
            .iter()
            .map(|(level, shape)| {
                let said = Said::of(shape.dimension(key, "score").as_ref(), Unit::SCORE, 0);
                format!("{} {}", long(level), said.bracketed(""))
            })
            .collect();
        let (id, name) = (format!("month-{}", slug(key)), given.words.dimension(key).to_owned());
        let (title, description) = (format!("{name} by month"), said.join("; "));
        let caption = Caption { id: &id, title: &title, description: &description };
        let value = Said::of(Some(&last), Unit::SCORE, 0).value;
        let svg = lines(caption, &points, &value, window, Size::Panel);
        let figures = levels.iter().map(|(level, shape)| (level.clone(), shape.dimension(key, "score")));
        let file = Some(ChartFile::of_readings(&id, "period", figures));
        Some(Panel { key: key.to_owned(), svg, name, file, along: None })
    };
    keys.into_iter().filter_map(panel).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trend_is_told_only_as_far_as_the_ranges_carry() {
        let known = |value: f64, half| {
            Some(Reading::Known { value, n: 90, ci95: Some((value - half, value + half)) })
        };
        let flat = [("2026-09", known(76.0, 2.0)), ("2026-10", None), ("2026-11", known(77.0, 2.0))];
        assert_eq!(
            heading(&flat, "Quality", "month"),
            "Quality: no clear change from September 2026 to November 2026"
        );
        let fall = [("2026-09", known(76.0, 2.0)), ("2026-10", known(66.0, 2.0))];
        assert_eq!(
            heading(&fall, "Quality", "month"),
            "Quality: lower in October 2026 than in September 2026, likely \u{2212}13 to \u{2212}7"
        );
        assert_eq!(heading(&fall[..1], "Quality", "month"), "Quality: one month has enough answers so far");
        assert_eq!(
            heading(&[("2026-09", None)], "Quality", "month"),
            "Quality: not enough answers in any month"
        );
    }
}
