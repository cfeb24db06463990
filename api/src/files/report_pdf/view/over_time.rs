//! Perceived quality month by month.

use super::Sheet;
use super::charts::line_chart;
use super::cover::day;
use crate::files::report_pdf::blocks::{Block, Section};
use crate::files::report_pdf::plain::plain;
use crate::report::charts::{Flag, Size};
use crate::report::render::trend_flags;
use crate::report::{Reading, Shape};

/// Up to so many months, they stand on one page.
const MOST_TOGETHER: usize = 14;

/// A figure of every month, in their order.
pub fn months<'s>(
    sheet: &'s Sheet<'_>,
    figure: impl Fn(&'s Shape) -> Option<Reading<'s>>,
) -> Vec<(String, Option<Reading<'s>>)> {
    let levels = sheet.by("month").and_then(|report| report.by.get("month"));
    levels.into_iter().flatten().map(|(month, shape)| (month.clone(), figure(shape))).collect()
}

/// The part; nothing where there are fewer than two months.
pub fn section(sheet: &Sheet<'_>) -> Option<Section> {
    let says = sheet.says;
    let points = months(sheet, Shape::quality_score);
    if points.len() < 2 {
        return None;
    }
    let mut blocks = Vec::new();
    let flags = trend_flags(points.iter().map(|(month, _)| month.as_str()), sheet.work.notes);
    let (title, window) = (says.text("chart-time"), sheet.window_of_months());
    blocks.extend(line_chart(sheet, &title, &points, window, Size::Wide, &flags).map(Block::Chart));
    blocks.extend(happened(sheet, &flags));
    let row = |(month, reading): &(String, Option<Reading<'_>>)| {
        let said = says.score(reading.as_ref());
        vec![month.clone(), said.value, said.range, said.n]
    };
    blocks.push(Block::Table {
        head: ["column-month", "column-score", "column-range", "column-answers"]
            .map(|key| says.text(key))
            .to_vec(),
        rows: points.iter().map(row).collect(),
        widths: vec![5, 3, 6, 4],
        words: false,
    });
    Some(Section {
        new_page: false,
        together: points.len() <= MOST_TOGETHER,
        ..Section::on_new_page(says.text("time-heading"), blocks)
    })
}

/// What happened, with the numbers that stand on the chart.
fn happened(sheet: &Sheet<'_>, flags: &[Flag]) -> Vec<Block> {
    let told = |flag: &Flag| {
        let note = sheet.work.notes.get(flag.number.checked_sub(1)?)?;
        let words = sheet.says.name(&plain(&note.words));
        Some(format!("{}. {}: {words}", flag.number, day(sheet, note.day)))
    };
    let texts: Vec<String> = flags.iter().filter_map(told).collect();
    if texts.is_empty() {
        return Vec::new();
    }
    vec![Block::text(sheet.says.text("happened")), Block::List { texts }]
}
