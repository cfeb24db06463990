//! The sheet `Summary`: the headline figures, each with its interval and n, and charts of them that stay charts.

use rust_xlsxwriter::{
    Chart, ChartErrorBars, ChartErrorBarsType, ChartFormat, ChartRange, ChartSolidFill, ChartType, Workbook,
    XlsxError,
};

use super::sheet::{Cell, Column, Table};
use super::{Workings, dimension_name, level_name};
use crate::report::{Reading, Shape};

const SHEET: &str = "Summary";
const COLUMNS: [(&str, f64); 9] = [
    ("Figure", 36.0),
    ("Value", 10.0),
    ("From", 10.0),
    ("To", 10.0),
    ("Answers", 10.0),
    ("Unit", 16.0),
    ("Below", 8.0),
    ("Above", 8.0),
    ("Not shown because", 34.0),
];
/// Charts begin beside the table, in this column, and follow each other at this distance in rows.
const CHART_COLUMN: u16 = 10;
const ROWS_OF_A_CHART: u32 = 24;
/// Blue of the Okabe-Ito palette.
const BAR: &str = "0072B2";
/// More bars than these cannot be read.
const MOST_BARS: usize = 40;

/// A chart to be drawn: its title and the first and last row of its figures.
struct Block {
    title: String,
    rows: (u32, u32),
}

/// Writes the sheet.
pub fn write(workbook: &mut Workbook, workings: &Workings<'_>) -> Result<(), XlsxError> {
    let mut table =
        Table::new(SHEET, COLUMNS.iter().map(|(title, width)| Column::new(title, *width)).collect());
    let blocks = fill(workings, &mut table);
    let sheet = table.write_beside(workbook)?;
    for (place, block) in (0..).zip(&blocks) {
        sheet.insert_chart(1 + place * ROWS_OF_A_CHART, CHART_COLUMN, &chart(block))?;
    }
    Ok(())
}

fn fill(workings: &Workings<'_>, table: &mut Table) -> Vec<Block> {
    let total = &workings.report.total;
    let points = "points of 100";
    table.rows.push(row("Quality", total.quality_score(), points));
    let outcomes = [
        ("overall", "Overall judgement", "as answered"),
        ("nps", "Net promoter score", "-100 to 100"),
        ("csat", "Satisfied customers", "share"),
        ("ces", "Found it easy", "share"),
    ];
    for (key, name, unit) in outcomes {
        if let Some(reading) = total.outcome(key) {
            table.rows.push(row(name, Some(reading), unit));
        }
    }
    if let Some(rate) = &workings.report.response_rate {
        table.rows.push(row("Response rate", Reading::of(&rate.rate), "share"));
    }
    let mut blocks = Vec::new();
    let experience = total.experience();
    let dimensions = experience.iter().map(|key| {
        let reading = total.dimension(key, "score");
        row(&dimension_name(workings.words, key), reading, points)
    });
    block(table, &mut blocks, "Scores of the dimensions, with 95 % ranges", dimensions.collect());
    for (split, levels) in &workings.report.by {
        let level = |(level, shape): (&String, &Shape)| {
            row(&level_name(workings.words, split, level), shape.quality_score(), points)
        };
        let rows = levels.iter().map(level).collect();
        block(table, &mut blocks, &format!("Quality by {}, with 95 % ranges", split.replace('_', " ")), rows);
    }
    blocks
}

fn block(table: &mut Table, blocks: &mut Vec<Block>, title: &str, rows: Vec<Vec<Cell>>) {
    // Row 0 is the head.
    let first = u32::try_from(table.rows.len() + 1).unwrap_or(u32::MAX);
    let shown = u32::try_from(rows.len().min(MOST_BARS)).unwrap_or(u32::MAX);
    if shown > 0 {
        blocks.push(Block { title: title.to_owned(), rows: (first, first + shown - 1) });
    }
    table.rows.extend(rows);
}

fn row(name: &str, reading: Option<Reading<'_>>, unit: &str) -> Vec<Cell> {
    let value = reading.as_ref().and_then(Reading::value);
    let ends = reading.as_ref().and_then(Reading::ci95);
    let number = |number: Option<f64>| match number {
        Some(share) if unit == "share" => Cell::Share(share),
        other => Cell::maybe(other),
    };
    let distance = |end: Option<f64>| number(end.zip(value).map(|(end, value)| (end - value).abs()));
    let (low, high) = (ends.map(|(low, _)| low), ends.map(|(_, high)| high));
    let reason = match reading {
        Some(Reading::Undefined { reason, .. }) => reason,
        _ => "",
    };
    vec![
        Cell::text(name),
        number(value),
        number(low),
        number(high),
        Cell::count(reading.and_then(|reading| reading.n())),
        Cell::text(unit),
        distance(low),
        distance(high),
        Cell::text(reason),
    ]
}

/// Horizontal bars on the whole scale, with the range of each.
fn chart(block: &Block) -> Chart {
    let (first, last) = block.rows;
    let range = |column: u16| ChartRange::new_from_range(SHEET, first, column, last, column);
    let mut ranges = ChartErrorBars::new();
    ranges.set_type(ChartErrorBarsType::Custom(range(7), range(6))).set_end_cap(false);
    let mut chart = Chart::new(ChartType::Bar);
    chart
        .add_series()
        .set_name("Score")
        .set_categories(&range(0))
        .set_values(&range(1))
        .set_gap(60)
        .set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(BAR)))
        .set_x_error_bars(&ranges);
    chart.title().set_name(block.title.as_str());
    chart.legend().set_hidden();
    // The value axis of bars is the horizontal one; the first row stands at the top.
    chart.x_axis().set_min(0).set_max(100);
    chart.y_axis().set_reverse();
    chart.set_width(640).set_height(440);
    chart.set_alt_text(format!("{}; the figures stand in the table on this sheet.", block.title));
    chart
}
