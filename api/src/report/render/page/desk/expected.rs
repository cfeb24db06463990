//! What customers expected against what they found, dimension by dimension.
//!
//! The two scores are of everybody who answered either side, as everywhere; the gap is of those who answered both. Scores of
//! only those would give away, by subtraction, what the few others said.

use serde::Serialize;

use super::{Given, Part, made};
use crate::report::Reading;
use crate::report::charts::{Caption, PairRow, Size, Window, pairs};
use crate::report::render::RenderError;
use crate::report::render::page::chart::{Chart, ChartFile, cells};
use crate::report::render::wording::{Said, Unit, listed};

#[derive(Serialize)]
struct Expected {
    caption: String,
    chart: Option<Chart>,
    rows: Vec<Row>,
    asked: bool,
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

/// One dimension as it is read.
struct Pair<'a> {
    name: &'a str,
    expected: Option<Reading<'a>>,
    found: Option<Reading<'a>>,
    /// In points of 100.
    gap: Option<Reading<'a>>,
}

impl Pair<'_> {
    fn order(&self) -> f64 {
        self.gap.as_ref().and_then(Reading::value).unwrap_or(f64::INFINITY)
    }

    fn word(&self) -> &'static str {
        match self.gap.as_ref().and_then(Reading::ci95) {
            Some((_, high)) if high < 0.0 => "less than expected",
            Some((low, _)) if low > 0.0 => "more than expected",
            Some(_) => "no clear gap",
            None => "too few answers to say",
        }
    }

    fn falls_short(&self) -> bool {
        self.word() == "less than expected"
    }
}

/// Makes the part.
pub(super) fn expected(given: &Given<'_>) -> Result<Part, RenderError> {
    let mut found = read(given);
    found.sort_by(|a, b| a.order().total_cmp(&b.order()));
    let rows: Vec<Row> = found.iter().map(row).collect();
    let known = found.iter().any(|pair| pair.gap.as_ref().is_some_and(|gap| gap.value().is_some()));
    let window = window(&found);
    let view = Expected {
        caption: format!(
            "Points of 100, shown from {} to {}. Lines: 95 % likely range.",
            window.low, window.high
        ),
        chart: known.then(|| chart(&found, window)),
        asked: !rows.is_empty(),
        rows,
    };
    made(given, headline(&found), "desk-expected", &view)
}

fn read<'a>(given: &Given<'a>) -> Vec<Pair<'a>> {
    let total = &given.report.total;
    let gaps = total.quality.as_ref().and_then(|quality| quality.get("gap")?.as_object());
    let pair = |(key, tree): (&'a String, &'a serde_json::Value)| {
        let partner = given.words.expected_by.get(key)?;
        let width = total.codes_of(key).map(|(low, high)| high - low).filter(|width| *width > 0.0);
        Some(Pair {
            name: given.words.dimension(key),
            expected: total.dimension(partner, "score"),
            found: total.dimension(key, "score"),
            gap: Reading::of(tree).map(|gap| in_points(gap, width)),
        })
    };
    gaps.into_iter().flatten().filter_map(pair).collect()
}

/// A difference of codes in points of 100; the unit changes and nothing else.
fn in_points(gap: Reading<'_>, width: Option<f64>) -> Reading<'_> {
    match (gap, width) {
        (Reading::Known { value, n, ci95 }, Some(width)) => {
            let points = |codes: f64| codes / width * 100.0;
            Reading::Known {
                value: points(value),
                n,
                ci95: ci95.map(|(low, high)| (points(low), points(high))),
            }
        }
        (Reading::Known { n, .. }, None) => {
            Reading::Undefined { reason: "the scale is not known", n: Some(n) }
        }
        (undefined, _) => undefined,
    }
}

fn headline(found: &[Pair<'_>]) -> String {
    if found.is_empty() {
        return "Nobody was asked what they expected".to_owned();
    }
    let short: Vec<&Pair<'_>> = found.iter().filter(|pair| pair.falls_short()).collect();
    match short.as_slice() {
        [] if found.iter().all(|pair| pair.gap.as_ref().and_then(Reading::ci95).is_none()) => {
            "Too few customers answered both sides to say".to_owned()
        }
        [] => "No dimension clearly falls short of what was expected".to_owned(),
        [one] => format!("{} falls short of what was expected", one.name),
        [one, two] => {
            format!("{} fall short of what was expected, most the first", listed(&[one.name, two.name]))
        }
        [first, rest @ ..] => {
            format!("{} falls furthest short of what was expected, and {} more do", first.name, rest.len())
        }
    }
}

fn row(pair: &Pair<'_>) -> Row {
    let said = |reading: Option<&Reading<'_>>| Said::of(reading, Unit::SCORE, 0);
    let (expected, found) = (said(pair.expected.as_ref()), said(pair.found.as_ref()));
    let gap = Said::of(pair.gap.as_ref(), Unit::CODES, 0);
    Row {
        name: pair.name.to_owned(),
        expected: expected.bracketed(""),
        expected_n: expected.n,
        found: found.bracketed(""),
        found_n: found.n,
        gap: gap.bracketed(""),
        gap_n: gap.n,
        word: pair.word(),
        is_worse: pair.falls_short(),
    }
}

fn mark(reading: Option<&Reading<'_>>) -> Option<(f64, Option<(f64, f64)>)> {
    let reading = reading?;
    Some((reading.value()?, reading.ci95()))
}

fn window(found: &[Pair<'_>]) -> Window {
    let marks = found.iter().flat_map(|pair| [mark(pair.expected.as_ref()), mark(pair.found.as_ref())]);
    Window::around(marks.flatten().flat_map(|(value, range)| {
        let (low, high) = range.unzip();
        [Some(value), low, high].into_iter().flatten().collect::<Vec<_>>()
    }))
}

fn chart(found: &[Pair<'_>], window: Window) -> Chart {
    let rows: Vec<PairRow> = found
        .iter()
        .map(|pair| {
            let gap = Said::of(pair.gap.as_ref(), Unit::CODES, 0);
            PairRow {
                name: pair.name.to_owned(),
                expected: mark(pair.expected.as_ref()),
                found: mark(pair.found.as_ref()),
                gap: (gap.value, if gap.known { gap.range } else { "too few".to_owned() }),
                weak: pair.falls_short(),
            }
        })
        .collect();
    let told = |row: &PairRow| format!("{} gap {} ({})", row.name, row.gap.0, row.gap.1);
    let description = rows.iter().map(told).collect::<Vec<_>>().join("; ");
    let title = "What was expected and what was found, by dimension";
    let draw =
        |size: Size| pairs(Caption { id: "expected", title, description: &description }, &rows, window, size);
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

    fn pair(name: &'static str, low: f64, high: f64) -> Pair<'static> {
        let gap = Reading::Known { value: f64::midpoint(low, high), n: 40, ci95: Some((low, high)) };
        Pair { name, expected: None, found: None, gap: Some(gap) }
    }

    #[test]
    fn only_gaps_whose_range_lies_below_nought_are_said_to_fall_short() {
        assert_eq!(headline(&[]), "Nobody was asked what they expected");
        let even = [pair("Speed", -3.0, 1.0)];
        assert_eq!(headline(&even), "No dimension clearly falls short of what was expected");
        let short = [pair("Choice", -9.0, -5.0), pair("Care", -6.0, -1.0), pair("Speed", -3.0, 1.0)];
        assert_eq!(headline(&short[..1]), "Choice falls short of what was expected");
        assert_eq!(headline(&short), "Choice and Care fall short of what was expected, most the first");
        assert_eq!(row(&short[0]).gap, "\u{2212}7 (\u{2212}9 to \u{2212}5)");
        assert_eq!((row(&short[2]).word, row(&short[2]).is_worse), ("no clear gap", false));
    }

    #[test]
    fn a_gap_of_codes_is_told_in_points_of_the_scale() {
        let gap = Reading::Known { value: -0.4, n: 20, ci95: Some((-0.6, -0.2)) };
        let points = in_points(gap.clone(), Some(4.0));
        assert_eq!((points.value(), points.n()), (Some(-10.0), Some(20)));
        assert_eq!(in_points(gap, None).value(), None);
    }
}
