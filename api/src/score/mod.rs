//! `laatu score`: the quality report of a plain data file, without server and database.
//!
//! Reads two files, counts the answers into one cell and hands it to [`crate::report`]. Nothing is suppressed
//! unless the request says so. The command line and its exit codes are in `cli`.

mod gather;
pub mod map;
mod suggest;
pub mod table;
pub mod words;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use serde_json::Value;
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::report::{self, About, Guard, Report, Shape, conventions, render, shape};
use gather::{FirstLook, Gathered};
use map::{Map, Problem};
use table::TableProblems;

/// How the report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// A table for a terminal.
    #[default]
    Text,
    /// The report shape at the top level.
    Json,
    /// One page that needs nothing else.
    Html,
}

/// What to score and how to write it.
#[derive(Debug, Clone)]
pub struct Request {
    /// The data file, CSV with a header row.
    pub data: PathBuf,
    /// The map file that says what its columns mean.
    pub map: PathBuf,
    /// How the report is written.
    pub format: Format,
    /// Fewest people that a figure needs to be shown; `None` shows all.
    pub min_n: Option<u64>,
}

/// The written report and what there is to say beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// The report itself.
    pub body: String,
    /// Remarks for the person at the terminal, such as parts of the map that have no effect yet.
    pub notes: Vec<String>,
}

/// Why there is no report; its text lists every problem with the file that has it.
#[derive(Debug, Error)]
pub enum ScoreError {
    /// A file could not be read.
    #[error("{}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The map file is wrong.
    #[error("{}", list(path, problems, problems.len()))]
    Map {
        /// The file.
        path: PathBuf,
        /// Everything that is wrong with it.
        problems: Vec<Problem>,
    },
    /// The data file does not fit the map.
    #[error("{}", list(path, &problems.listed, problems.count))]
    Data {
        /// The file.
        path: PathBuf,
        /// The first problems and their number.
        problems: TableProblems,
    },
    /// The counts could not be kept.
    #[error("{}: row {row}: {source}", path.display())]
    Count {
        /// The file.
        path: PathBuf,
        /// Number of the data row.
        row: u64,
        /// What the counting said.
        source: scoring::CellError,
    },
    /// The report could not be written.
    #[error("the report could not be written: {0}")]
    Render(#[from] render::RenderError),
}

/// Scores a file and writes its report.
pub fn run(request: &Request) -> Result<Output, ScoreError> {
    let map_bytes = load(&request.map)?;
    let map = parse(&request.map, &map_bytes)?;
    let data = load(&request.data)?;
    let (gathered, rows) = count(&request.data, &data, &map)?;
    let about = About {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        conventions: conventions(),
        input_sha256: Some(digest(&data)),
        map_sha256: Some(digest(&map_bytes)),
        rows: Some(rows),
        minimum_people: request.min_n,
        ..About::default()
    };
    let guard = Guard { minimum: request.min_n };
    let report = Report::new(whole(&map, &gathered, guard), [].into(), None, about);
    let words = words::from_map(&map, &request.data, rows);
    let body = match request.format {
        Format::Text => render::text(&report, &words),
        Format::Json => render::json_flat(&report)?,
        Format::Html => render::html(&report, &words)?,
    };
    Ok(Output { body, notes: notes(&gathered) })
}

fn load(path: &Path) -> Result<Vec<u8>, ScoreError> {
    fs::read(path).map_err(|source| ScoreError::Read { path: path.to_owned(), source })
}

fn parse(path: &Path, bytes: &[u8]) -> Result<Map, ScoreError> {
    let refuse = |problems| ScoreError::Map { path: path.to_owned(), problems };
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes.iter().take(error.valid_up_to()).filter(|byte| **byte == b'\n').count() + 1;
        refuse(vec![Problem { line, key: String::new(), message: "is not UTF-8 text".to_owned() }])
    })?;
    Map::parse(text).map_err(refuse)
}

/// Counts a file in two passes: single rows are held against all rows when careless answers are looked for.
fn count(path: &Path, data: &[u8], map: &Map) -> Result<(Gathered, u64), ScoreError> {
    let refuse = |problems| ScoreError::Data { path: path.to_owned(), problems };
    let mut look = FirstLook::new(&map.layout);
    table::read(data, map, |row| look.take(&map.layout, &row)).map_err(refuse)?;
    let mut gathered = Gathered::new(map, look.reference(), look.period());
    let mut first = None;
    let rows = table::read(data, map, |row| {
        if first.is_none()
            && let Err(source) = gathered.take(&map.layout, &row)
        {
            first = Some((row.number, source));
        }
    })
    .map_err(refuse)?;
    match first {
        Some((row, source)) => Err(ScoreError::Count { path: path.to_owned(), row, source }),
        None => Ok((gathered, rows)),
    }
}

/// Every part of the report.
fn whole(map: &Map, gathered: &Gathered, guard: Guard) -> Shape {
    let (layout, cell) = (&map.layout, &gathered.cell);
    let mut total = shape(layout, cell, guard);
    report::put_joint_parts(&mut total, &report::joint_parts(layout, cell, &gathered.joint), guard);
    let compared = gathered.levels.iter().map(|(name, levels)| {
        let cells = levels.iter().map(|(level, counts)| (level.clone(), counts.cell.clone())).collect();
        let shapes = report::compare(layout, cell, &cells, guard);
        (name.clone(), report::comparisons(layout, levels, &shapes, map.margin, guard))
    });
    total.groups = Some(Value::Object(compared.collect())).filter(|_| !gathered.levels.is_empty());
    total.careless = Some(gathered.careless.part(layout, cell, guard));
    total.weights =
        gathered.weighted.as_ref().map(|weighted| report::row_weights(layout, cell, weighted, guard));
    let charts = (!gathered.periods.is_empty()).then(|| {
        let cells = gathered.periods.iter().map(|(name, one)| (name.clone(), one.cell.clone())).collect();
        let shapes = report::compare(layout, cell, &cells, guard);
        report::periods(layout, gathered.period().word(), &gathered.periods, &shapes, guard)
    });
    report::put_sequence(&mut total, layout, cell, charts, guard);
    report::withhold_echoes(&mut total, guard);
    total
}

fn digest(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

/// What there is to say beside the report.
fn notes(gathered: &Gathered) -> Vec<String> {
    let crowded = gathered.levels.iter().filter(|(_, levels)| levels.len() > 20);
    crowded
        .map(|(name, levels)| {
            format!(
                "[group] {name} has {} levels: a comparison of so many finds differences by chance",
                levels.len()
            )
        })
        .collect()
}

/// The problems of a file in words; `count` is that of all of them, listed here or not.
pub fn list<T: std::fmt::Display>(path: &Path, problems: &[T], count: usize) -> String {
    let mut text = match count {
        1 => format!("{} has a problem:", path.display()),
        _ => format!("{} has {count} problems:", path.display()),
    };
    for problem in problems {
        let _ = write!(text, "\n  {problem}");
    }
    if count > problems.len() {
        let _ = write!(text, "\n  and {} more", count - problems.len());
    }
    text
}

#[cfg(test)]
mod reference_tests;
#[cfg(test)]
mod tests;
