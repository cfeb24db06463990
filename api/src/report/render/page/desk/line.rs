//! A figure over weeks or months: what first and last say of each other, the line with its ranges and people, and its table.

use serde::Serialize;

use super::Given;
use super::stretch::between;
use crate::report::charts::{Beside, Caption, Latest, LinePoint, Size, Window, lines_with};
use crate::report::render::page::chart::{Chart, ChartFile};
use crate::report::render::page::comparison::slug;
use crate::report::render::page::notes::{TrendNote, flags, told as happened};
use crate::report::render::page::period_names::short;
use crate::report::render::told;
use crate::report::render::wording::{Said, Unit, capital, decimals_apart, listed, number};
use crate::report::{Difference, Reading, Report, Shape, difference};

/// Up to so many periods without a figure are named.
const MOST_NAMED: usize = 4;

/// A line with its table.
#[derive(Serialize)]
pub(super) struct Lines {
    pub(super) heading: String,
    /// The two figures that the heading speaks of, each with its range and people.
    ends: String,
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

/// A period with its figure, if it has one.
pub(super) struct Span<'a> {
    pub(super) level: String,
    name: String,
    pub(super) reading: Option<Reading<'a>>,
}

impl Span<'_> {
    /// The value with its range; none where one of them is missing: a dot without a range says more than is known.
    pub(super) fn ranged(&self) -> Option<(f64, (f64, f64))> {
        let reading = self.reading.as_ref()?;
        Some((reading.value()?, reading.ci95()?))
    }

    pub(super) fn said(&self) -> Said {
        Said::of(self.reading.as_ref(), Unit::SCORE, 0)
    }

    /// As a chart draws it.
    pub(super) fn point(&self) -> LinePoint {
        let mark = self.ranged();
        LinePoint {
            name: short(&self.level),
            n: if mark.is_some() { self.said().n } else { String::new() },
            mark: mark.map(|(value, range)| (value, Some(range))),
        }
    }

    /// "October 2026: 75 (72 to 79), 86 people".
    pub(super) fn sentence(&self) -> String {
        let said = self.said();
        match self.ranged() {
            Some(_) => format!("{}: {}{}", capital(&self.name), said.bracketed(""), said.people()),
            None => format!("{}: {}", capital(&self.name), without(&said)),
        }
    }
}

/// Why a period has no figure with a range.
fn without(said: &Said) -> String {
    match (said.known, said.n.as_str()) {
        (true, _) => told::TOO_FEW.to_owned(),
        (false, "0") => "nobody answered".to_owned(),
        (false, _) => said.range.clone(),
    }
}

/// The periods of a report in their order, with those in between that nobody answered in.
pub(super) fn spans<'a>(
    given: &Given<'_>,
    report: &'a Report,
    by: &str,
    read: impl Fn(&'a Shape) -> Option<Reading<'a>>,
) -> Vec<Span<'a>> {
    let Some(levels) = report.by.get(by) else { return Vec::new() };
    let known: Vec<&str> = levels.keys().map(String::as_str).collect();
    let empty = || Some(Reading::Undefined { reason: "nobody answered", n: Some(0) });
    let span = |level: String| Span {
        name: given.stretch.name(&level),
        reading: levels.get(&level).map_or_else(empty, &read),
        level,
    };
    given.stretch.periods(&known).into_iter().map(span).collect()
}

/// The window that holds every value with its range.
pub(super) fn window_of<'a>(spans: impl IntoIterator<Item = &'a Span<'a>>, target: Option<f64>) -> Window {
    let ends = spans.into_iter().filter_map(Span::ranged);
    Window::around(ends.flat_map(|(value, (low, high))| [value, low, high]).chain(target))
}

/// The latest figure as it stands at the end of a line.
pub(super) fn latest(spans: &[Span<'_>]) -> Option<Said> {
    spans.iter().rev().find(|span| span.ranged().is_some()).map(Span::said)
}

/// Quality by week or month; none where no period has a figure.
pub(super) fn of_quality(given: &Given<'_>, report: &Report, by: &'static str) -> Option<Lines> {
    let spans = spans(given, report, by, told::quality);
    line(&spans, by, ("Perceived quality", "quality"), given.notes, given.target)
}

/// A dimension's score by month.
pub(super) fn of_dimension(given: &Given<'_>, report: &Report, key: &str, name: &str) -> Option<Lines> {
    let spans = spans(given, report, "month", |shape| told::score(shape, key));
    line(&spans, "month", (name, key), given.notes, None)
}

fn line(
    spans: &[Span<'_>],
    by: &'static str,
    (name, id): (&str, &str),
    notes: &[TrendNote],
    target: Option<f64>,
) -> Option<Lines> {
    let last = latest(spans)?;
    let points: Vec<LinePoint> = spans.iter().map(Span::point).collect();
    let window = window_of(spans, target);
    let (heading, ends) = heading(spans, name, by);
    let events = flags(spans.iter().map(|span| span.level.as_str()), notes);
    let rows: Vec<Row> = spans.iter().map(|span| row(span, happened(&span.level, notes))).collect();
    let description = spans.iter().map(Span::sentence).collect::<Vec<_>>().join("; ");
    let (id, title) = (format!("line-{}-{by}", slug(id)), format!("{name} by {by}"));
    let figures = spans.iter().map(|span| (span.level.clone(), span.reading.clone()));
    let file = ChartFile::of_readings(&id, "period", figures);
    Some(Lines {
        caption: caption(spans, &title, window),
        heading,
        ends,
        chart: Chart::of(|size: Size| {
            let caption = Caption { id: &id, title: &title, description: &description };
            let latest = Latest { value: &last.value, range: &last.range };
            lines_with(caption, &points, Beside { events: &events, target }, latest, window, size)
        })
        .with(file),
        by,
        rows,
    })
}

fn row(span: &Span<'_>, happened: String) -> Row {
    let said = span.said();
    let period = span.name.clone();
    match span.ranged() {
        Some(_) => Row { period, value: said.value, range: said.range, n: said.n, happened },
        None => Row { period, value: String::new(), range: without(&said), n: said.n, happened },
    }
}

fn caption(spans: &[Span<'_>], title: &str, window: Window) -> String {
    let missing: Vec<&str> =
        spans.iter().filter(|span| span.ranged().is_none()).map(|span| span.name.as_str()).collect();
    let missing = match missing.len() {
        0 => String::new(),
        n if n <= MOST_NAMED => format!(" No figure for {}: too few answers.", listed(&missing)),
        n => format!(" No figure for {n} of {}: too few answers.", spans.len()),
    };
    format!(
        "{title}, points of 100, shown from {} to {}. Band: 95\u{a0}% likely range; n: people.{missing}",
        window.low, window.high
    )
}

/// What the first and the last period say of each other, only what their ranges carry; and the two with range and people.
pub(super) fn heading(spans: &[Span<'_>], name: &str, by: &str) -> (String, String) {
    let mut ranged = spans.iter().filter(|span| span.ranged().is_some());
    let (first, last) = (ranged.next(), ranged.next_back());
    let (first, last) = match (first, last) {
        (None, _) => return (format!("{name}: too few answers in any {by}"), String::new()),
        (Some(only), None) => {
            return (format!("{name}: one {by} has enough answers so far"), only.sentence());
        }
        (Some(first), Some(last)) => (first, last),
    };
    let Some(found) = difference(last.reading.as_ref(), first.reading.as_ref()) else {
        return (format!("{name}: too few answers in any {by}"), String::new());
    };
    let when = between(&first.level, &last.level);
    let heading = match moved(&found) {
        Some((verb, points)) => format!("{name} {verb} by {points} from {when}"),
        None => format!("{name}: no clear change from {when}"),
    };
    (heading, format!("{}. {}.", first.sentence(), last.sentence()))
}

/// "fell" and "7 (likely 1 to 13) points"; nothing where both directions are likely.
fn moved(found: &Difference) -> Option<(&'static str, String)> {
    let Difference { value, low, high } = *found;
    let (verb, least, most) = match () {
        () if found.is_lower() => ("fell", -high, -low),
        () if found.is_higher() => ("rose", low, high),
        () => return None,
    };
    let digits = decimals_apart((low, high));
    let say = |value: f64| number(value, digits);
    Some((verb, format!("{} points (likely {} to {})", say(value.abs()), say(least), say(most))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(level: &str, value: f64, half: f64) -> Span<'static> {
        let reading = Some(Reading::Known { value, n: 90, ci95: Some((value - half, value + half)) });
        Span { level: level.to_owned(), name: level.to_owned(), reading }
    }

    fn none(level: &str) -> Span<'static> {
        Span { level: level.to_owned(), name: level.to_owned(), reading: None }
    }

    fn said(spans: &[Span<'_>]) -> String {
        heading(spans, "Quality", "month").0.replace('\u{a0}', " ")
    }

    #[test]
    fn a_trend_is_told_only_as_far_as_the_ranges_carry() {
        let flat = [span("2026-09", 76.0, 2.0), none("2026-10"), span("2026-11", 77.0, 2.0)];
        assert_eq!(said(&flat), "Quality: no clear change from September to November 2026");
        let fall = [span("2026-09", 76.0, 2.0), span("2026-10", 66.0, 2.0)];
        assert_eq!(said(&fall), "Quality fell by 10 points (likely 7 to 13) from September to October 2026");
        assert_eq!(
            heading(&fall, "Quality", "month").1,
            "2026-09: 76 (74 to 78), 90 people. 2026-10: 66 (64 to 68), 90 people."
        );
        let rise = [span("2025-12", 66.0, 2.0), span("2026-01", 76.0, 2.0)];
        assert_eq!(
            said(&rise),
            "Quality rose by 10 points (likely 7 to 13) from December 2025 to January 2026"
        );
        assert_eq!(said(&fall[..1]), "Quality: one month has enough answers so far");
        assert_eq!(said(&[none("2026-09")]), "Quality: too few answers in any month");
    }

    #[test]
    fn what_has_no_range_is_no_dot_and_no_number() {
        let reading = Some(Reading::Known { value: 71.0, n: 2, ci95: None });
        let bare = Span { level: "2026-W46".into(), name: "week 46 of 2026".into(), reading };
        assert_eq!((bare.point().mark, bare.point().n.as_str()), (None, ""));
        assert_eq!(bare.sentence(), "Week 46 of 2026: too few for a range");
        let row = row(&bare, String::new());
        assert_eq!((row.value.as_str(), row.n.as_str()), ("", "2"));
        assert!(line(&[bare], "week", ("Quality", "quality"), &[], None).is_none());
    }

    #[test]
    fn a_window_holds_every_range() {
        let spans = [span("2026-09", 62.0, 25.0), span("2026-10", 80.0, 3.0)];
        assert_eq!(window_of(&spans, Some(95.0)), Window { low: 30.0, high: 100.0 });
    }
}
