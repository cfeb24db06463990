//! Answers folded into cells at reading time, with the count of people behind them.
//!
//! What `cells` keeps of the request is taken from there, and only the tail of the log is read; else one pass over
//! a survey's responses fills everything a report asks for. What is then computed from the cells is the business of
//! `report`. For readers without the right to rows a pass before it finds in `report_log` up to where each figure is
//! counted.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use scoring::{Cell, Code, Layout};

use super::cells::counts::Counts;
use super::cells::read::{Kept, Told, read};
use super::report_beside::{Beside, change};
use super::report_cuts::Cuts;
use super::report_filter::Filter;
use super::report_log::{StepLog, piece_of};
use super::{Error as ServiceError, Result};
use crate::domain::Micros;
use crate::domain::time::day_number;
use crate::report::CarelessCounts;
use crate::store::erasures;
use crate::store::response_log::{self, Step};
use crate::store::responses::Response;
use crate::store::surveys::Survey;
use crate::store::{AnyConnection, Error, OrgScope};

/// A cell, and how many people stand behind it.
#[derive(Clone)]
pub struct Counted {
    /// The counts of their answers.
    pub cell: Cell,
    /// Responses that were the first of their customer in a year, by year.
    firsts: BTreeMap<i16, u64>,
}

impl Counted {
    fn empty(layout: &Layout) -> Self {
        Self { cell: Cell::empty(layout), firsts: BTreeMap::new() }
    }

    fn of(counts: &Counts) -> std::result::Result<Self, String> {
        Ok(Self { cell: counts.cell()?, firsts: counts.firsts.clone() })
    }

    /// People, as a lower bound: who answers in two years is counted in one of them.
    pub fn people(&self) -> u64 {
        self.firsts.values().copied().max().unwrap_or(0)
    }

    fn change(
        &mut self,
        layout: &Layout,
        codes: &[Code],
        year: Option<i16>,
        add: bool,
    ) -> std::result::Result<(), String> {
        change(&mut self.cell, layout, codes, add)?;
        if let Some(year) = year {
            count(self.firsts.entry(year).or_default(), add);
        }
        Ok(())
    }
}

fn count(n: &mut u64, add: bool) {
    *n = if add { *n + 1 } else { n.saturating_sub(1) };
}

/// Of what the counts of a report were made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Of stored cells and the tail of the log behind them.
    Cells,
    /// Of all responses.
    Scan,
}

impl Source {
    /// The word in a report.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Cells => "cells",
            Self::Scan => "scan",
        }
    }
}

/// What the answers of a survey come to under a filter.
pub struct Folded {
    /// Of what it was made.
    pub source: Source,
    /// All that pass the filter.
    pub total: Counted,
    /// The same by level.
    pub levels: BTreeMap<String, Counted>,
    /// Responses that pass the filter but for its days, by the first day of the piece of the grid in which their day
    /// lies: weeks, cut where months begin. Counted where figures move in steps.
    pieces: BTreeMap<i32, u64>,
    /// All responses of the survey, without the filter. Counted where figures move in steps.
    pub everybody: u64,
    /// Those of the total whose link ran out before the end.
    pub unfinished: u64,
    /// Those of the total that reached the end.
    pub answered: u64,
    /// The total once more by what only whole responses show.
    pub beside: Beside,
}

/// What a fold is told beside the responses.
#[derive(Clone, Copy)]
pub struct Folding<'a> {
    /// What is counted.
    pub layout: &'a Layout,
    /// Which responses, and by what they are split.
    pub filter: &'a Filter,
    /// The places' keys by number.
    pub places: &'a [(i32, String)],
    /// The organisation's zone.
    pub zone: &'a TimeZone,
    /// Whether the joint cells are counted, which drivers and structure need.
    pub jointly: bool,
    /// Whether the classes of the frame are counted, which weights need.
    pub classes: bool,
    /// Whether figures move in steps, for readers without the right to rows.
    pub steps: bool,
}

/// Folds a survey's responses in the order of the log, those that are in stored cells by these.
pub fn fold(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey: &Survey,
    folding: Folding<'_>,
) -> Result<Folded> {
    let (mut fold, after) = match read(connection, scope, survey, &folding)? {
        Some(kept) => {
            let after = kept.folded_to;
            (Fold::on(folding, kept).map_err(ServiceError::Broken)?, after)
        }
        None => (Fold::new(folding, cuts(connection, scope, survey, folding)?), 0),
    };
    response_log::scan_after(connection, scope, survey.id, (after, i64::MAX), |step, place| {
        fold.take(&step, place.at).map_err(Error::Broken)
    })?;
    let mut folded = fold.folded;
    folded.levels.retain(|_, counted| counted.cell.people() > 0);
    Ok(folded)
}

/// Where each figure stands in the log: at its end, or in steps.
fn cuts(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey: &Survey,
    folding: Folding<'_>,
) -> Result<Cuts> {
    if !folding.steps {
        return Ok(Cuts::open());
    }
    let mut log = StepLog::empty(folding.filter, folding.places);
    erasures::scan(connection, scope, survey.id, (0, i64::MAX), |step, place| {
        log.take_any(&step, place);
        Ok(())
    })?;
    Ok(log.cuts())
}

/// A fold under way.
struct Fold<'a> {
    with: Folding<'a>,
    cuts: Cuts,
    /// Whether people and pieces around the total are still to be counted, for readers to whom figures move in steps.
    counts_around: bool,
    folded: Folded,
}

impl<'a> Fold<'a> {
    fn new(with: Folding<'a>, cuts: Cuts) -> Self {
        let folded = Folded {
            source: Source::Scan,
            total: Counted::empty(with.layout),
            levels: BTreeMap::new(),
            pieces: BTreeMap::new(),
            everybody: 0,
            unfinished: 0,
            answered: 0,
            beside: Beside::empty(with.layout, with.jointly, with.classes),
        };
        Self { with, cuts, counts_around: with.steps, folded }
    }

    /// A fold that goes on where stored cells end.
    fn on(with: Folding<'a>, kept: Kept) -> std::result::Result<Self, String> {
        let open = || Told { cuts: Cuts::open(), everybody: 0, pieces: BTreeMap::new() };
        let Told { cuts, everybody, pieces } = kept.standing.unwrap_or_else(open);
        let mut fold = Self { counts_around: false, ..Self::new(with, cuts) };
        let folded = &mut fold.folded;
        (folded.everybody, folded.pieces) = (everybody, pieces);
        folded.source = Source::Cells;
        folded.total = Counted::of(&kept.total)?;
        folded.unfinished = kept.total.unfinished;
        folded.answered = kept.total.people().saturating_sub(kept.total.unfinished);
        for (level, counts) in &kept.levels {
            folded.levels.insert(level.clone(), Counted::of(counts)?);
        }
        folded.beside.joint = kept.joint;
        folded.beside.classes = kept.classes;
        folded.beside.careless = CarelessCounts::of(kept.total.flags, kept.total.flagged);
        Ok(fold)
    }

    /// Counts the next entry of the log where its figures' cuts take it. Later cuts lie inside earlier ones.
    fn take(&mut self, step: &Step<'_>, entry: usize) -> std::result::Result<(), String> {
        let (response, add) = match *step {
            Step::Record(response) => (response, true),
            Step::Forget(response) => (response, false),
        };
        let filter = self.with.filter;
        if !self.cuts.takes(entry) {
            return Ok(());
        }
        if self.counts_around {
            count(&mut self.folded.everybody, add);
        }
        if !filter.takes_but_for_days(response) || !self.cuts.takes_but_for_days(entry) {
            return Ok(());
        }
        if self.counts_around {
            let piece = piece_of(response.service_day);
            count(self.folded.pieces.entry(piece).or_default(), add);
        }
        if !filter.takes_day(response) || !self.cuts.takes_in_total(entry) {
            return Ok(());
        }
        self.count(entry, response, add)
    }

    /// Counts an entry in the total and in its level.
    fn count(&mut self, entry: usize, response: &Response, add: bool) -> std::result::Result<(), String> {
        let (layout, folded) = (self.with.layout, &mut self.folded);
        count(if response.finished { &mut folded.answered } else { &mut folded.unfinished }, add);
        let codes = codes(&response.answers)?;
        let year = self.with.year(response);
        folded.total.change(layout, &codes, year, add)?;
        folded.beside.change(layout, &codes, response, add)?;
        let Some(level) = self.with.filter.level(response, self.with.places) else { return Ok(()) };
        if self.cuts.takes_in_level(entry, &level) {
            let counted = folded.levels.entry(level).or_insert_with(|| Counted::empty(layout));
            counted.change(layout, &codes, year, add)?;
        }
        Ok(())
    }
}

impl Folding<'_> {
    /// The year in which a response is the first of its customer.
    fn year(&self, response: &Response) -> Option<i16> {
        response.first_of_year.then(|| self.zone.to_datetime(Micros(response.answered_at).timestamp()).year())
    }
}

impl Folded {
    /// Whether a period that begins and ends at these days can be told to readers without the right to rows:
    /// moving either end to the next point of the grid with answers between must move `minimum` of them.
    pub fn has_firm_ends(&self, from: Option<Date>, to: Option<Date>, minimum: u64) -> bool {
        let firm = |day: i32| {
            let counted = |(_, n): &(&i32, &u64)| **n > 0;
            let before = self.pieces.range(..day).rev().find(counted);
            let after = self.pieces.range(day..).find(counted);
            before.into_iter().chain(after).all(|(_, n)| *n >= minimum)
        };
        from.is_none_or(|from| firm(day_number(from))) && to.is_none_or(|to| firm(day_number(to)))
    }
}

/// Packed answers as codes.
pub fn codes(answers: &[u8]) -> std::result::Result<Vec<Code>, String> {
    answers
        .iter()
        .map(|byte| Code::from_byte(*byte).ok_or_else(|| format!("a stored answer {byte} is no code")))
        .collect()
}
