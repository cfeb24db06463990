//! Drawings of the one chart module, as they are printed.

use survey_forms::render::Put;

use super::Sheet;
use super::expected::gap;
use super::over_time::Span;
use crate::files::report_pdf::blocks::Chart;
use crate::files::report_pdf::says::Says;
use crate::files::report_pdf::world::FAMILIES;
use crate::report::charts::{
    Beside, Caption, DotRow, Flag, Latest, LinePoint, PairKey, PairRow, Share, Size, Window, diverging, dots,
    lines_with, pairs, printed,
};
use crate::report::render::{Expectation, STYLE, Unit, Verdict, decimals_apart};
use crate::report::{Difference, Reading};

/// Part of the line that a chart of pairs takes, so that twelve rows and their table stand on one page.
const PAIRS_WIDE: u8 = 76;
/// Fewest answers for a full dot.
const FULL: u64 = 5;

/// One row of a chart of scores.
#[derive(Clone)]
pub struct Row<'r> {
    pub name: &'r str,
    pub reading: Option<Reading<'r>>,
    pub weak: bool,
}

/// Makes a drawing stand alone in print.
fn finished(drawing: &str) -> String {
    printed(drawing, STYLE, &FAMILIES.map(|family| format!("'{family}'")).join(", "))
}

/// A chart of dots with their ranges, in points of 100 or in per cent.
pub fn dot_chart(
    sheet: &Sheet<'_>,
    title: &str,
    rows: &[Row<'_>],
    window: Window,
    unit: Unit,
) -> Option<Chart> {
    if rows.iter().all(|row| row.reading.as_ref().is_none_or(|one| one.value().is_none())) {
        return None;
    }
    let says = sheet.says;
    let drawn: Vec<DotRow> = rows.iter().map(|row| dot_row(sheet, row, unit)).collect();
    let told = rows
        .iter()
        .map(|row| format!("{}: {}", row.name, says.figure(row.reading.as_ref(), unit, 0).whole(says)));
    let alt = format!("{title}. {}", told.collect::<Vec<_>>().join("; "));
    let few = drawn.iter().any(|row| row.few);
    let svg = dots(Caption { id: "c", title, description: "" }, &drawn, window, Size::Wide);
    Some(Chart { svg: finished(&svg), alt, caption: marks(sheet, title, window, few, unit), width: 100 })
}

fn dot_row(sheet: &Sheet<'_>, row: &Row<'_>, unit: Unit) -> DotRow {
    let said = sheet.says.figure(row.reading.as_ref(), unit, 0);
    let factor = if unit == Unit::SHARE { 100.0 } else { 1.0 };
    let mark = row.reading.as_ref().and_then(|one| {
        Some((one.value()? * factor, one.ci95().map(|(low, high)| (low * factor, high * factor))))
    });
    let few = row.reading.as_ref().and_then(Reading::n).is_some_and(|n| n < FULL);
    DotRow {
        name: row.name.to_owned(),
        few: mark.is_some_and(|(_, range)| few || range.is_none()),
        mark,
        value: said.value,
        range: said.drawn,
        n: said.n,
        weak: row.weak,
    }
}

fn marks(sheet: &Sheet<'_>, title: &str, window: Window, few: bool, unit: Unit) -> String {
    let says = sheet.says;
    let (low, high) = (says.number(window.low, 0), says.number(window.high, 0));
    let shown = match unit {
        Unit::SHARE => says.text("chart-shares"),
        _ => says.with("chart-scores", &[("low", Put::Words(&low)), ("high", Put::Words(&high))]),
    };
    let hollow = if few { format!(" {}", says.text("chart-hollow")) } else { String::new() };
    format!("{title}. {shown} {}{hollow}", says.text("chart-marks"))
}

/// A value by month or week with its range; nothing with fewer than two of them that have one.
pub fn line_chart(
    sheet: &Sheet<'_>,
    title: &str,
    points: &[Span<'_>],
    window: Window,
    size: Size,
    events: &[Flag],
) -> Option<Chart> {
    let says = sheet.says;
    // A period of one or two answers has no range, and without one no dot either.
    let mark = |one: &Reading<'_>| Some((one.value()?, Some(one.ci95()?)));
    let drawn: Vec<LinePoint> = points
        .iter()
        .map(|point| LinePoint {
            name: if size == Size::Wide { point.short.clone() } else { point.shortest.clone() },
            // The table below has how many answered.
            n: String::new(),
            mark: point.reading.as_ref().and_then(mark),
        })
        .collect();
    if drawn.iter().filter(|point| point.mark.is_some()).count() < 2 {
        return None;
    }
    let figure = |point: &Span<'_>| says.score(point.reading.as_ref());
    let last = points.iter().rev().map(figure).find(|one| one.ranged)?;
    let told = points.iter().map(|point| format!("{}: {}", point.name, figure(point).whole(says)));
    let alt = format!("{title}. {}", told.collect::<Vec<_>>().join("; "));
    let svg = lines_with(
        Caption { id: "c", title, description: "" },
        &drawn,
        Beside { events, target: None },
        Latest { value: &last.value, range: "" },
        window,
        size,
    );
    // Of many small ones beside each other, the marks are explained once.
    let caption =
        if size == Size::Wide { format!("{title}. {}", says.text("chart-band")) } else { title.to_owned() };
    Some(Chart { svg: finished(&svg), alt, caption, width: 100 })
}

/// What was expected and what was found on one axis, with the gap; nothing where no gap is known.
pub fn pair_chart(sheet: &Sheet<'_>, title: &str, found: &[Expectation<'_>]) -> Option<Chart> {
    if found.iter().all(|one| gap(one).is_none()) {
        return None;
    }
    let says = sheet.says;
    let rows: Vec<PairRow> = found.iter().map(|one| pair_row(sheet, one)).collect();
    let ends = rows.iter().flat_map(|row| [row.expected, row.found]).flatten();
    let window = Window::around(ends.flat_map(|(value, range)| {
        let (low, high) = range.unzip();
        [Some(value), low, high].into_iter().flatten()
    }));
    let [expected, real, apart] = ["mark-expected", "mark-found", "mark-gap"].map(|key| says.text(key));
    let told = found.iter().map(|one| {
        let moved = gap(one).map_or_else(|| says.text("reason-few"), |moved| apart_words(says, &moved));
        let (was, is) = (says.score(one.expected.as_ref()).full(), says.score(one.found.as_ref()).full());
        format!("{}: {expected} {was}, {real} {is}, {apart} {moved}", one.name)
    });
    let alt = format!("{title}. {}", told.collect::<Vec<_>>().join("; "));
    let marks = PairKey { expected: &expected, found: &real, gap: &apart };
    let svg = pairs(Caption { id: "c", title, description: "" }, marks, &rows, window, Size::Wide);
    let (low, high) = (says.number(window.low, 0), says.number(window.high, 0));
    let shown = says.with("chart-scores", &[("low", Put::Words(&low)), ("high", Put::Words(&high))]);
    let caption = format!("{title}. {shown} {}", says.text("chart-pairs"));
    Some(Chart { svg: finished(&svg), alt, caption, width: PAIRS_WIDE })
}

fn apart_words(says: Says, moved: &Difference) -> String {
    let (value, range) = says.moved(moved);
    format!("{value} ({range})")
}

fn pair_row(sheet: &Sheet<'_>, one: &Expectation<'_>) -> PairRow {
    let says = sheet.says;
    let mark = |reading: &Option<Reading<'_>>| Some((reading.as_ref()?.value()?, reading.as_ref()?.ci95()));
    let words = |moved: Difference| {
        if !says.language().is_right_to_left() {
            return says.moved(&moved);
        }
        // A drawing is set from left to right, and knows no marks of direction.
        let sign = |value: f64| {
            let text = says.signed(value, decimals_apart((moved.low, moved.high)));
            text.replace(['\u{2066}', '\u{2069}'], "")
        };
        (sign(moved.value), format!("{} … {}", sign(moved.low), sign(moved.high)))
    };
    PairRow {
        name: one.name.to_owned(),
        expected: mark(&one.expected),
        found: mark(&one.found),
        gap: gap(one).map_or_else(|| (String::new(), says.text("reason-few")), words),
        n: one.gap.as_ref().and_then(Reading::n).map_or_else(String::new, |n| says.count(n)),
        weak: one.verdict() == Verdict::FallsShort,
    }
}

/// The distribution of a question around its middle.
pub fn item_chart(question: &str, shares: &[Share], told: &str) -> Chart {
    let svg =
        diverging(Caption { id: "c", title: question, description: "" }, shares, None, None, Size::Narrow);
    Chart { svg: finished(&svg), alt: format!("{question} {told}"), caption: String::new(), width: 100 }
}
