//! Drawings of the one chart module, as they are printed.

use survey_forms::render::Put;

use super::Sheet;
use crate::files::report_pdf::blocks::Chart;
use crate::files::report_pdf::world::FAMILIES;
use crate::report::Reading;
use crate::report::charts::{
    Beside, Caption, DotRow, Flag, LinePoint, Share, Size, Window, diverging, dots, lines_with, printed,
};
use crate::report::render::{STYLE, Unit};

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

/// A value by month with its range; nothing with fewer than two months that have one.
pub fn line_chart(
    sheet: &Sheet<'_>,
    title: &str,
    points: &[(String, Option<Reading<'_>>)],
    window: Window,
    size: Size,
    events: &[Flag],
) -> Option<Chart> {
    let says = sheet.says;
    // A month of one or two answers has no range, and without one no dot either.
    let mark = |one: &Reading<'_>| Some((one.value()?, Some(one.ci95()?)));
    let drawn: Vec<LinePoint> = points
        .iter()
        .map(|(name, reading)| LinePoint { name: name.clone(), mark: reading.as_ref().and_then(mark) })
        .collect();
    if drawn.iter().filter(|point| point.mark.is_some()).count() < 2 {
        return None;
    }
    let figure = |reading: &Option<Reading<'_>>| says.score(reading.as_ref());
    let last = points.iter().rev().map(|(_, reading)| figure(reading)).find(|one| one.ranged)?;
    let told = points.iter().map(|(name, reading)| format!("{name}: {}", figure(reading).whole(says)));
    let alt = format!("{title}. {}", told.collect::<Vec<_>>().join("; "));
    let svg = lines_with(
        Caption { id: "c", title, description: "" },
        &drawn,
        Beside { events, target: None },
        &last.value,
        window,
        size,
    );
    // Of many small ones beside each other, the marks are explained once.
    let caption =
        if size == Size::Wide { format!("{title}. {}", says.text("chart-band")) } else { title.to_owned() };
    Some(Chart { svg: finished(&svg), alt, caption, width: 100 })
}

/// The distribution of a question around its middle.
pub fn item_chart(question: &str, shares: &[Share], told: &str) -> Chart {
    let svg = diverging(Caption { id: "c", title: question, description: "" }, shares, None, Size::Narrow);
    Chart { svg: finished(&svg), alt: format!("{question} {told}"), caption: String::new(), width: 100 }
}
