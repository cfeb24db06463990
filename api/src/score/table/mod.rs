//! Reading a data file: from the columns that a map names to one code for each item and row.
//!
//! `laatu score` and `laatu import` read their files here, row by row; what becomes of the codes is their business.
//! All problems of a file are found in one pass and the first of them listed.

mod places;
mod text;

use std::collections::HashMap;

use csv::ByteRecord;
use jiff::civil::Date;
use scoring::Code;

use super::map::Map;
use places::Places;
use text::{Lines, field, quoted, separator};

/// Problems listed by name; the rest is counted.
const LISTED: usize = 20;

/// One row of answers.
#[derive(Debug)]
pub struct Row<'a> {
    /// Number of the row among the data rows, from 1.
    pub number: u64,
    /// One code for each item of the map's layout.
    pub codes: &'a [Code],
    /// The level in each comparison of the map, in its order; empty where the row belongs to none.
    pub levels: &'a [String],
    /// The survey weight, when the map names a column: finite and above 0.
    pub weight: Option<f64>,
    /// The service date, when the map names a column and the row has one.
    pub date: Option<Date>,
    /// What tells the row apart, when a column for it is named: not empty, and in no other row.
    pub id: Option<&'a str>,
}

/// What is wrong with a file: the first problems and how many there are in all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableProblems {
    /// At most twenty, each with row and column where it has them.
    pub listed: Vec<String>,
    /// All of them.
    pub count: usize,
}

impl TableProblems {
    fn add(&mut self, problem: impl FnOnce() -> String) {
        self.count += 1;
        if self.listed.len() < LISTED {
            self.listed.push(problem());
        }
    }

    fn one(problem: String) -> Self {
        Self { listed: vec![problem], count: 1 }
    }
}

/// Reads a whole file and hands each row to `take`; gives the number of data rows.
///
/// Rows with a problem are not handed on, and any problem makes the result an error: a caller must count into
/// something that it can drop. The separator is the comma, or the semicolon or tab when the header row has no
/// comma but one of these; a byte-order mark is skipped; blanks around fields do not count.
pub fn read(data: &[u8], map: &Map, take: impl FnMut(Row<'_>)) -> Result<u64, TableProblems> {
    read_identified(data, map, None, take)
}

/// The same with the name of a column that tells the rows apart: a value of it that is empty or comes again is a
/// problem of the file.
pub fn read_identified(
    data: &[u8],
    map: &Map,
    id_column: Option<&str>,
    mut take: impl FnMut(Row<'_>),
) -> Result<u64, TableProblems> {
    let data = data.strip_prefix(b"\xef\xbb\xbf").unwrap_or(data);
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .delimiter(separator(data))
        .has_headers(true)
        .from_reader(data);
    let header = reader.byte_headers().map_err(|error| TableProblems::one(error.to_string()))?.clone();
    let mut rows = Rows {
        map,
        id_column: id_column.unwrap_or_default(),
        seen: HashMap::new(),
        places: Places::find(&header, map, id_column)?,
        width: header.len(),
        codes: Vec::with_capacity(map.columns.len()),
        levels: Vec::with_capacity(map.groups.len()),
        problems: TableProblems::default(),
    };
    let mut record = ByteRecord::new();
    let mut number = 0;
    let mut lines = Lines::new(data);
    loop {
        match reader.read_byte_record(&mut record) {
            Ok(false) => break,
            Ok(true) => number += 1,
            Err(error) => {
                rows.problems.add(|| error.to_string());
                break;
            }
        }
        if let Some(row) = rows.read(&record, number, lines.of(&record)) {
            take(row);
        }
    }
    let mut problems = rows.problems;
    if number == 0 && problems.count == 0 {
        problems.add(|| "has a header but no rows".to_owned());
    }
    if problems.count == 0 { Ok(number) } else { Err(problems) }
}

/// What is needed to read one row after the other.
struct Rows<'m> {
    map: &'m Map,
    id_column: &'m str,
    /// The row in which each id stood.
    seen: HashMap<String, u64>,
    places: Places,
    width: usize,
    codes: Vec<Code>,
    levels: Vec<String>,
    problems: TableProblems,
}

impl Rows<'_> {
    /// Reads one row; nothing when something in it is wrong.
    fn read<'r>(&'r mut self, record: &'r ByteRecord, number: u64, line: u64) -> Option<Row<'r>> {
        let Self { map, places, codes, levels, problems, seen, .. } = self;
        if record.len() != self.width {
            let (fields, width) = (record.len(), self.width);
            problems.add(|| format!("row {number} (line {line}): {fields} fields instead of {width}"));
            return None;
        }
        let before = problems.count;
        let mut wrong = |column: &str, place: usize, is: &str| {
            problems.add(|| {
                let found = String::from_utf8_lossy(record.get(place).unwrap_or_default());
                format!("row {number} (line {line}), column {column}: {} {is}", quoted(&found))
            });
        };
        codes.clear();
        for (column, &place) in map.columns.iter().zip(&places.answers) {
            if let Some(code) = field(record, place).and_then(|text| column.coding.read(text)) {
                codes.push(code);
            } else {
                let is = format!("is no code; accepted: {}", column.coding.accepted());
                wrong(&column.name, place, &is);
            }
        }
        levels.clear();
        for ((_, column), &place) in map.groups.iter().zip(&places.groups) {
            match field(record, place) {
                Some(level) => levels.push(level.to_owned()),
                None => wrong(column, place, "is not UTF-8 text"),
            }
        }
        let mut weight = None;
        if let (Some(column), Some(place)) = (&map.weight, places.weight) {
            weight = field(record, place).and_then(parse_weight);
            if weight.is_none() {
                wrong(column, place, "is no weight: a number above 0 is needed");
            }
        }
        let mut date = None;
        if let (Some(column), Some(place)) = (&map.date, places.date) {
            match field(record, place) {
                Some("") => {}
                text => {
                    date = text.and_then(parse_date);
                    if date.is_none() {
                        wrong(column, place, "is no date such as 2026-05-04");
                    }
                }
            }
        }
        let mut id = None;
        if let Some(place) = places.id {
            id = field(record, place).filter(|id| !id.is_empty());
            match id.map(|id| seen.insert(id.to_owned(), number)) {
                None => wrong(self.id_column, place, "tells no row apart: text is needed"),
                Some(None) => {}
                Some(Some(earlier)) => {
                    wrong(self.id_column, place, &format!("stands in row {earlier} already"));
                }
            }
        }
        let sound = problems.count == before;
        sound.then_some(Row { number, codes: &self.codes, levels: &self.levels, weight, date, id })
    }
}

fn parse_weight(text: &str) -> Option<f64> {
    text.parse::<f64>().ok().filter(|weight| weight.is_finite() && *weight > 0.0)
}

/// A day; a time behind it does not count.
fn parse_date(text: &str) -> Option<Date> {
    let day = text.get(..10).filter(|_| text.len() == 10 || text[10..].starts_with(['T', ' ']))?;
    day.parse().ok()
}

#[cfg(test)]
mod tests;
