//! Brings an existing data set in: rows of a file become responses of a survey, by the map that `laatu score` reads.
//!
//! A row has an id of its own, from a column or from the file and its place in it, so that a repeat changes nothing
//! and an import that was broken off is run again. Every transaction takes some thousand rows. Called by the
//! command line.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::import_map::refusals;
use super::import_rows::{FirstLook, Taken, Taker, look};
use super::import_target::{Target, prepare};
use super::once::{in_read, in_transaction};
use super::{Error, Services, invalid};
use crate::domain::Id;
use crate::domain::organisation::is_slug;
use crate::score::list;
use crate::score::map::{Map, Problem};
use crate::score::table::{TableProblems, read_identified};
use crate::store::segments::Segment;
use crate::store::{AnyConnection, OrgScope, imported, responses};

/// How many rows one transaction takes.
const ROWS_A_TRANSACTION: usize = 2000;

/// What is brought in.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Key of the survey; it is made when it is absent.
    pub survey: &'a str,
    /// The data file, for messages.
    pub data_path: &'a Path,
    /// Its content: CSV with a header row.
    pub data: &'a [u8],
    /// The map file, for messages.
    pub map_path: &'a Path,
    /// Its content.
    pub map: &'a str,
    /// The column that tells the rows apart; without one a row is known by the file's content and its place in it.
    pub id_column: Option<&'a str>,
    /// Whether anything is written.
    pub mode: Mode,
}

/// Whether anything is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Rows are stored.
    Write,
    /// It is only said what would be.
    DryRun,
}

/// What came of an import.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Rows of the file.
    pub rows: u64,
    /// Rows that were not there (and now are, unless nothing is written).
    pub new: u64,
    /// Rows that were there, changed ones among them.
    pub known: u64,
    /// Rows whose id was there with other content; what was there stays.
    pub changed: Vec<u64>,
    /// Whether the survey was absent.
    pub makes_survey: bool,
    /// Imported answers of the survey before this import.
    pub imported_before: u64,
    /// Declared segments of the survey with their levels.
    pub segments: Vec<(String, Vec<String>)>,
    /// First and last service date that the file names.
    pub dates: Option<(Date, Date)>,
    /// Rows without a service date, to which the import day is given.
    pub undated: u64,
}

/// Why nothing was imported; its text lists every problem with the file that has it.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The map file is wrong.
    #[error("{}", list(path, problems, problems.len()))]
    Map {
        /// The file.
        path: PathBuf,
        /// Everything that is wrong with it.
        problems: Vec<Problem>,
    },
    /// The map is sound, but cannot be imported by, or not into this survey.
    #[error("{}", list(path, problems, problems.len()))]
    Refused {
        /// The file.
        path: PathBuf,
        /// The reasons.
        problems: Vec<String>,
    },
    /// The data file does not fit the map.
    #[error("{}", list(path, &problems.listed, problems.count))]
    Data {
        /// The file.
        path: PathBuf,
        /// The first problems and their number.
        problems: TableProblems,
    },
    /// Something else.
    #[error(transparent)]
    Service(#[from] Error),
}

/// Imports a file; `on_rows` hears after each transaction how many rows are done.
///
/// Nothing is written before the whole file was read without a problem. After that every transaction stands for
/// itself: an import that is broken off leaves whole rows, and run again it takes the others.
pub fn import_responses(
    services: &Services,
    scope: &OrgScope,
    request: &Request<'_>,
    on_rows: &mut dyn FnMut(u64),
) -> Result<Outcome, ImportError> {
    let refuse = |problems| ImportError::Refused { path: request.map_path.to_owned(), problems };
    let of_data = |problems| ImportError::Data { path: request.data_path.to_owned(), problems };
    let map = Map::parse(request.map)
        .map_err(|problems| ImportError::Map { path: request.map_path.to_owned(), problems })?;
    let refused = refusals(&map);
    if !refused.is_empty() {
        return Err(refuse(refused));
    }
    if !is_slug(request.survey) {
        let message = format!("\"{}\": 2 to 40 of a-z, 0-9 and - are needed", request.survey);
        return Err(invalid("survey", "invalid", message).into());
    }
    let first = look(request.data, &map, request.id_column).map_err(of_data)?;
    let target = prepare(services, scope, request, &map, &first.levels)?.map_err(refuse)?;
    let mut outcome = outcome(&first, &target);
    let taker = Taker::new(
        &map,
        &target.layout,
        &target.segments,
        &target.arrival(request),
        request.id_column.is_none().then_some(request.data),
    );
    let mut under_way = UnderWay { services, scope, mode: request.mode, batch: Vec::new(), failed: None };
    read_identified(request.data, &map, request.id_column, |row| {
        under_way.batch.push(taker.take(&row));
        if under_way.batch.len() == ROWS_A_TRANSACTION {
            under_way.flush(&mut outcome, on_rows);
        }
    })
    .map_err(of_data)?;
    under_way.flush(&mut outcome, on_rows);
    match under_way.failed {
        Some(error) => Err(error.into()),
        None => Ok(outcome),
    }
}

fn outcome(first: &FirstLook, target: &Target) -> Outcome {
    let levels = |segment: &Segment| segment.levels.iter().map(|(_, name)| name.clone()).collect();
    Outcome {
        rows: first.rows,
        makes_survey: target.is_new,
        imported_before: target.imported_before,
        segments: target.segments.iter().map(|segment| (segment.name.clone(), levels(segment))).collect(),
        dates: first.dates,
        undated: first.undated,
        ..Outcome::default()
    }
}

/// An import under way: the rows that wait for the next transaction.
struct UnderWay<'a> {
    services: &'a Services,
    scope: &'a OrgScope,
    mode: Mode,
    batch: Vec<Taken>,
    failed: Option<Error>,
}

impl UnderWay<'_> {
    /// Takes the waiting rows in one transaction; after a failure nothing is taken any more.
    fn flush(&mut self, outcome: &mut Outcome, on_rows: &mut dyn FnMut(u64)) {
        let batch = std::mem::take(&mut self.batch);
        if self.failed.is_some() {
            return;
        }
        let done = match self.mode {
            Mode::Write => in_transaction(self.services, |connection| take(connection, self.scope, &batch)),
            Mode::DryRun => {
                in_read(self.services, |connection| Ok(compare(connection, self.scope, &batch)?.0))
            }
        };
        match done {
            Ok(done) => {
                outcome.new += done.new;
                outcome.known += done.known;
                outcome.changed.extend(done.changed);
                on_rows(outcome.new + outcome.known);
            }
            Err(error) => self.failed = Some(error),
        }
    }
}

/// What came of the rows of one transaction.
struct Done {
    new: u64,
    known: u64,
    changed: Vec<u64>,
}

/// Stores those rows that are not there.
fn take(connection: &mut AnyConnection, scope: &OrgScope, batch: &[Taken]) -> Result<Done, Error> {
    let (done, new) = compare(connection, scope, batch)?;
    let new: Vec<_> = new.into_iter().map(|taken| (&taken.response, "")).collect();
    responses::append_all(connection, scope, &new)?;
    Ok(done)
}

/// What of the rows is there, and those that are not.
fn compare<'t>(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    batch: &'t [Taken],
) -> Result<(Done, Vec<&'t Taken>), Error> {
    let ids: Vec<Id> = batch.iter().map(|taken| taken.response.id).collect();
    let there = imported::known(connection, scope, &ids)?;
    let is_changed = |taken: &Taken| {
        there.get(&taken.response.id).is_some_and(|there| {
            let response = &taken.response;
            there.answers != response.answers
                || there.segments != response.segments
                || (taken.dated && there.service_day != response.service_day)
        })
    };
    let new: Vec<&Taken> = batch.iter().filter(|taken| !there.contains_key(&taken.response.id)).collect();
    let changed = batch.iter().filter(|taken| is_changed(taken)).map(|taken| taken.row).collect();
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    Ok((Done { new: count(new.len()), known: count(batch.len() - new.len()), changed }, new))
}
