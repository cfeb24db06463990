//! Answers folded into cells at reading time, with the count of people behind them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use scoring::{Cell, Code, Layout};

use super::Result;
use super::report_filter::{Filter, level};
use crate::domain::Micros;
use crate::domain::time::{date_of_day, day_number};
use crate::store::responses::{self, Response, Step};
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
        let outcome = if add { self.cell.record(layout, codes) } else { self.cell.forget(layout, codes) };
        outcome.map_err(|error| error.to_string())?;
        if let Some(year) = year {
            count(self.firsts.entry(year).or_default(), add);
        }
        Ok(())
    }
}

fn count(n: &mut u64, add: bool) {
    *n = if add { *n + 1 } else { n.saturating_sub(1) };
}

/// What the answers of a survey come to under a filter.
pub struct Folded {
    /// All that pass the filter.
    pub total: Counted,
    /// The same by level.
    pub levels: BTreeMap<String, Counted>,
    /// Responses that pass the filter but for its days, by the piece of the grid in which their day lies.
    pieces: BTreeMap<i32, u64>,
    /// All responses of the survey, without the filter.
    pub everybody: u64,
    /// Those of the total whose link ran out before the end.
    pub unfinished: u64,
    /// Those of the total that reached the end.
    pub answered: u64,
}

/// Folds a survey's responses.
pub fn fold(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey: &Survey,
    layout: &Layout,
    filter: &Filter,
    places: &[(i32, String)],
    zone: &TimeZone,
) -> Result<Folded> {
    let mut folded = Folded {
        total: Counted::empty(layout),
        levels: BTreeMap::new(),
        pieces: BTreeMap::new(),
        everybody: 0,
        unfinished: 0,
        answered: 0,
    };
    responses::scan(connection, scope, survey.id, |step| {
        folded.take(layout, filter, places, zone, &step).map_err(Error::Broken)
    })?;
    folded.levels.retain(|_, counted| counted.cell.people() > 0);
    Ok(folded)
}

impl Folded {
    fn take(
        &mut self,
        layout: &Layout,
        filter: &Filter,
        places: &[(i32, String)],
        zone: &TimeZone,
        step: &Step<'_>,
    ) -> std::result::Result<(), String> {
        let (response, add) = match step {
            Step::Record(response) => (*response, true),
            Step::Forget(response) => (*response, false),
        };
        count(&mut self.everybody, add);
        if !filter.takes_but_for_days(response) {
            return Ok(());
        }
        count(self.pieces.entry(piece_of(response.service_day)).or_default(), add);
        if !filter.takes_day(response) {
            return Ok(());
        }
        count(if response.finished { &mut self.answered } else { &mut self.unfinished }, add);
        let codes = codes(&response.answers)?;
        let year = response.first_of_year.then(|| year_of(response, zone));
        self.total.change(layout, &codes, year, add)?;
        if let Some(by) = filter.by {
            let level = level(by, response, places);
            let counted = self.levels.entry(level).or_insert_with(|| Counted::empty(layout));
            counted.change(layout, &codes, year, add)?;
        }
        Ok(())
    }

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

/// The first day of the piece of the grid in which a day lies: weeks, cut where months begin.
fn piece_of(day: i32) -> i32 {
    let date = date_of_day(day);
    let monday = day - i32::from(date.weekday().to_monday_zero_offset());
    let first = day - i32::from(date.day()) + 1;
    monday.max(first)
}

fn year_of(response: &Response, zone: &TimeZone) -> i16 {
    zone.to_datetime(Micros(response.answered_at).timestamp()).year()
}

fn codes(answers: &[u8]) -> std::result::Result<Vec<Code>, String> {
    answers
        .iter()
        .map(|byte| Code::from_byte(*byte).ok_or_else(|| format!("a stored answer {byte} is no code")))
        .collect()
}
