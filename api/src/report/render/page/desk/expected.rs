//! What customers expected against what they found, dimension by dimension.

use serde::Serialize;

use super::{Given, Part, even, made};
use crate::report::Reading;
use crate::report::charts::{Caption, PairKey, PairRow, Size, Window, pairs};
use crate::report::render::page::chart::{Chart, ChartFile, cells};
use crate::report::render::wording::{Said, Unit, listed, number};
use crate::report::render::{Expectation, RenderError, Verdict, expectations};

#[derive(Serialize)]
struct Expected {
    caption: String,
    chart: Option<Chart>,
    groups: Vec<Group>,
    rows: Vec<Row>,
    asked: bool,
}

/// Dimensions of one verdict, each with its gap.
#[derive(Serialize)]
struct Group {
    heading: &'static str,
    lines: Vec<String>,
}

#[derive(Serialize)]
struct Row {
    name: String,
    expected: String,
    expected_n: String,
    found: String,
    found_n: String,
    gap: String,
    gap_n: String,
    word: &'static str,
    is_worse: bool,
}

/// The marks of the chart.
const MARKS: PairKey<'static> = PairKey { expected: "expected", found: "found", gap: "gap" };

fn word(pair: &Expectation<'_>) -> &'static str {
    match pair.verdict() {
        Verdict::FallsShort => "less than expected",
        Verdict::Exceeds => "more than expected",
        Verdict::NoClearGap => "no clear gap",
        Verdict::TooFew => "too few answers to say",
    }
}

fn falls_short(pair: &Expectation<'_>) -> bool {
    pair.verdict() == Verdict::FallsShort
}

/// Makes the part.
pub(super) fn expected(given: &Given<'_>) -> Result<Part, RenderError> {
    let found = expectations(&given.report.total, given.words);
    let rows: Vec<Row> = found.iter().map(row).collect();
    let known = found.iter().any(|pair| pair.gap.as_ref().is_some_and(|gap| gap.value().is_some()));
    let window = window(&found);
    let view = Expected {
        caption: format!(
            "Points of 100, shown from {} to {}. Lines: 95 % likely range. n: who answered both.",
            window.low, window.high
        ),
        chart: known.then(|| chart(&found, window)),
        groups: groups(&found),
        asked: !rows.is_empty(),
        rows,
    };
    made(given, headline(&found), "desk-expected", &view)
}

/// The dimensions by what their gaps say, those that fall short first.
fn groups(found: &[Expectation<'_>]) -> Vec<Group> {
    let headings = [
        (Verdict::FallsShort, "Less than expected"),
        (Verdict::Exceeds, "More than expected"),
        (Verdict::NoClearGap, "No clear gap"),
        (Verdict::TooFew, "Too few answers to say"),
    ];
    let group = |(verdict, heading)| {
        let of = found.iter().filter(|pair| pair.verdict() == verdict);
        let lines: Vec<String> = of.map(|pair| line(pair)).collect();
        (!lines.is_empty()).then_some(Group { heading, lines })
    };
    headings.into_iter().filter_map(group).collect()
}

/// The gap in points, with a decimal where whole points would hide on which side of zero its range lies.
fn gap_said(pair: &Expectation<'_>) -> Said {
    let said = Said::of(pair.gap.as_ref(), Unit::CODES, 0);
    let is_hidden = said.range.starts_with("0 to ") || said.range.ends_with(" to 0");
    let clear = matches!(pair.verdict(), Verdict::FallsShort | Verdict::Exceeds);
    match &pair.gap {
        Some(Reading::Known { value, ci95: Some((low, high)), .. }) if clear && is_hidden => {
            let range = format!("{} to {}", number(*low, 1), number(*high, 1));
            Said { value: number(*value, 1), range, ..said }
        }
        _ => said,
    }
}

fn line(pair: &Expectation<'_>) -> String {
    let gap = gap_said(pair);
    let n = if gap.n.is_empty() { String::new() } else { format!(", n {}", gap.n) };
    format!("{}: {}{n}", pair.name, gap.bracketed(""))
}

fn headline(found: &[Expectation<'_>]) -> String {
    if found.is_empty() {
        return "Nobody was asked what they expected".to_owned();
    }
    let short: Vec<&Expectation<'_>> = found.iter().filter(|pair| falls_short(pair)).collect();
    match short.as_slice() {
        [] if found.iter().all(|pair| pair.gap.as_ref().and_then(Reading::ci95).is_none()) => {
            "Too few customers answered both sides to say".to_owned()
        }
        [] => "No dimension clearly falls short of what was expected".to_owned(),
        [one] => format!("{} falls short of what was expected", one.name),
        [one, two] => {
            format!("{} fall short of what was expected", listed(&[one.name, two.name]))
        }
        [first, rest @ ..] => {
            format!("{} falls furthest short of what was expected, and {} more do", first.name, rest.len())
        }
    }
}

fn row(pair: &Expectation<'_>) -> Row {
    let said = |reading: Option<&Reading<'_>>| Said::of(reading, Unit::SCORE, 0);
    let (expected, found) = (said(pair.expected.as_ref()), said(pair.found.as_ref()));
    let gap = gap_said(pair);
    Row {
        name: pair.name.to_owned(),
        expected: expected.bracketed(""),
        expected_n: expected.n,
        found: found.bracketed(""),
        found_n: found.n,
        gap: gap.bracketed(""),
        gap_n: gap.n,
        word: word(pair),
        is_worse: falls_short(pair),
    }
}

fn mark(reading: Option<&Reading<'_>>) -> Option<(f64, Option<(f64, f64)>)> {
    let reading = reading?;
    Some((reading.value()?, Some(reading.ci95()?)))
}

fn window(found: &[Expectation<'_>]) -> Window {
    let marks = found.iter().flat_map(|pair| [mark(pair.expected.as_ref()), mark(pair.found.as_ref())]);
    even(Window::around(marks.flatten().flat_map(|(value, range)| {
        let (low, high) = range.unzip();
        [Some(value), low, high].into_iter().flatten().collect::<Vec<_>>()
    })))
}

fn chart(found: &[Expectation<'_>], window: Window) -> Chart {
    let rows: Vec<PairRow> = found
        .iter()
        .map(|pair| {
            let gap = gap_said(pair);
            PairRow {
                name: pair.name.to_owned(),
                expected: mark(pair.expected.as_ref()),
                found: mark(pair.found.as_ref()),
                gap: (gap.value, if gap.known { gap.range } else { "too few".to_owned() }),
                n: gap.n,
                weak: falls_short(pair),
            }
        })
        .collect();
    let told = |pair: &Expectation<'_>| {
        let score = |reading: Option<&Reading<'_>>| {
            let said = Said::of(reading, Unit::SCORE, 0);
            format!("{}{}", said.bracketed(""), said.people())
        };
        let (expected, found) = (score(pair.expected.as_ref()), score(pair.found.as_ref()));
        format!("{}; expected {expected}; found {found}", line(pair))
    };
    let description = found.iter().map(told).collect::<Vec<_>>().join(". ");
    let title = "What was expected and what was found, by dimension";
    let draw = |size: Size| {
        let caption = Caption { id: "expected", title, description: &description };
        pairs(caption, MARKS, &rows, window, size)
    };
    let header = [
        "dimension",
        "expected",
        "expected_low_95",
        "expected_high_95",
        "expected_people",
        "expected_missing_because",
        "found",
        "found_low_95",
        "found_high_95",
        "found_people",
        "found_missing_because",
        "gap",
        "gap_low_95",
        "gap_high_95",
        "gap_people",
        "gap_missing_because",
    ];
    let values = found.iter().map(|pair| {
        let mut row = vec![pair.name.to_owned()];
        let figures = [&pair.expected, &pair.found, &pair.gap];
        row.extend(figures.into_iter().flat_map(|figure| cells(figure.as_ref())));
        row
    });
    Chart::of(draw).with(ChartFile::of("expected", &header, values.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(name: &'static str, low: f64, high: f64) -> Expectation<'static> {
        let gap = Reading::Known { value: f64::midpoint(low, high), n: 40, ci95: Some((low, high)) };
        Expectation { name, expected: None, found: None, gap: Some(gap) }
    }

    #[test]
    fn only_gaps_whose_range_lies_below_nought_are_said_to_fall_short() {
        assert_eq!(headline(&[]), "Nobody was asked what they expected");
        let even = [pair("Speed", -3.0, 1.0)];
        assert_eq!(headline(&even), "No dimension clearly falls short of what was expected");
        let short = [pair("Choice", -9.0, -5.0), pair("Care", -6.0, -1.0), pair("Speed", -3.0, 1.0)];
        assert_eq!(headline(&short[..1]), "Choice falls short of what was expected");
        assert_eq!(headline(&short), "Choice and Care fall short of what was expected");
        assert_eq!(row(&short[0]).gap, "\u{2212}7 (\u{2212}9 to \u{2212}5)");
        assert_eq!((row(&short[2]).word, row(&short[2]).is_worse), ("no clear gap", false));
    }
}
