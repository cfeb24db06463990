//! A report as a workbook: `Summary` with charts, `Scores`, `Items`, `Groups`, `Figures`, `Dictionary`, `About`.
//!
//! Every cell has a type: numbers are numbers, days are days, and whatever came from people is written as text, so no
//! cell is ever a formula. The sheets are made as tables in memory (`sheet::Table`) by the modules here and written
//! by `sheet`; `Figures` holds every figure of the report.

mod about;
mod groups;
mod items;
mod scores;
mod sheet;
mod summary;

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::dictionary::{self, Dictionary};
use super::report_csv;
use crate::report::render::Words;
use crate::report::table::Row;
use crate::report::{Report, Shape};
use sheet::{Cell, Column, Table};

/// What a workbook is made from.
pub struct Workings<'w> {
    /// The report.
    pub report: &'w Report,
    /// Its figures, one by one.
    pub rows: &'w [Row],
    /// The words around them.
    pub words: &'w Words,
    /// What the columns of the responses hold.
    pub dictionary: &'w Dictionary,
    /// The day on which it is made, in the organisation's zone.
    pub day: Date,
    /// What stands on the sheet `About`, beside what the report says of itself.
    pub about: &'w [(String, String)],
}

/// The workbook as bytes. The same figures on the same day give the same bytes.
pub fn report_xlsx(workings: &Workings<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let made = excel_day(workings.day)?;
    let properties = DocProperties::new()
        .set_title(&workings.words.title)
        .set_company(&workings.words.organisation)
        .set_author("laatu")
        .set_creation_datetime(&made);
    workbook.set_properties(&properties);
    summary::write(&mut workbook, workings)?;
    scores::table(workings).write(&mut workbook)?;
    items::table(workings).write(&mut workbook)?;
    groups::table(workings).write(&mut workbook)?;
    figures(workings.rows).write(&mut workbook)?;
    dictionary_table(workings.dictionary).write(&mut workbook)?;
    about::table(workings).write(&mut workbook)?;
    workbook.save_to_buffer()
}

/// A day as a spreadsheet counts it.
fn excel_day(day: Date) -> Result<ExcelDateTime, XlsxError> {
    let part = |number: i8| u8::try_from(number).unwrap_or(1);
    ExcelDateTime::from_ymd(u16::try_from(day.year()).unwrap_or(1900), part(day.month()), part(day.day()))
}

/// The total and every level of the comparison, each with the name of the split and of the level.
fn shapes<'r>(workings: &'r Workings<'_>) -> Vec<(&'r str, &'r str, &'r Shape)> {
    let levels = workings.report.by.iter().flat_map(|(split, levels): (_, &BTreeMap<String, Shape>)| {
        levels.iter().map(move |(level, shape)| (split.as_str(), level.as_str(), shape))
    });
    std::iter::once(("", "", &workings.report.total)).chain(levels).collect()
}

/// The name of a level as a reader knows it.
fn level_name(words: &Words, split: &str, level: &str) -> String {
    if level.is_empty() {
        return "All".to_owned();
    }
    let known = words.level_names.get(split).and_then(|names| names.get(level));
    known.map_or(level, String::as_str).to_owned()
}

/// The name of a dimension, or its key where it has none.
fn dimension_name(words: &Words, key: &str) -> String {
    words.dimension_names.get(key).map_or(key, String::as_str).to_owned()
}

/// Every figure, as in the CSV of the report.
fn figures(rows: &[Row]) -> Table {
    let widths = [12.0, 14.0, 14.0, 22.0, 30.0, 14.0, 9.0, 14.0, 14.0, 26.0, 30.0];
    let columns = report_csv::COLUMNS.iter().zip(widths).map(|(name, width)| Column::new(name, width));
    let mut table = Table::new("Figures", columns.collect());
    let number = |number: &Option<serde_json::Number>| {
        Cell::maybe(number.as_ref().and_then(serde_json::Number::as_f64))
    };
    for row in rows {
        table.rows.push(vec![
            Cell::text(&row.split),
            Cell::text(&row.level),
            Cell::text(&row.part),
            Cell::text(&row.name),
            Cell::text(&row.statistic),
            number(&row.value),
            Cell::count(row.n),
            number(&row.lo),
            number(&row.hi),
            Cell::text(&row.undefined),
            Cell::text(&row.text),
        ]);
    }
    table
}

fn dictionary_table(dictionary: &Dictionary) -> Table {
    let widths = [24.0, 10.0, 70.0, 7.0, 7.0, 10.0, 20.0, 14.0, 12.0, 70.0];
    let columns = dictionary::COLUMNS.iter().zip(widths).map(|(name, width)| Column::new(name, width));
    let mut table = Table::new("Dictionary", columns.collect());
    for row in dictionary.rows() {
        let cells = row.iter().enumerate().map(|(place, text)| match (place, text.parse::<f64>()) {
            // Lowest and highest code.
            (3 | 4, Ok(number)) => Cell::Count(number),
            _ => Cell::text(text),
        });
        table.rows.push(cells.collect());
    }
    table
}
