//! What stands in one stored row: everything that a report asks of a total or a level but the joint counts.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use scoring::{Cell, Code, FlagCounts, Flags, GroupedCell, Layout, careless_indices};

use super::Outcome;
use super::key::Period;
use crate::domain::Micros;
use crate::report::rated_items;
use crate::store::response_log::Place;
use crate::store::responses::Response;

/// What is needed to count responses of a survey.
#[derive(Clone)]
pub struct Counting<'a> {
    /// What is counted.
    pub layout: &'a Layout,
    /// The organisation's zone, which says in which year somebody was the first.
    pub zone: &'a TimeZone,
    rated: Vec<usize>,
}

impl<'a> Counting<'a> {
    /// Counting by a layout, in a zone.
    pub fn by(layout: &'a Layout, zone: &'a TimeZone) -> Self {
        Self { layout, zone, rated: rated_items(layout) }
    }
}

/// One entry of the log as counts take it.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Whether it counts from now on, or no longer.
    pub add: bool,
    /// The response, without its packed answers.
    pub response: Response,
    /// Where it stands in the log; nowhere when it was not read from there.
    pub place: Place,
    /// Its answers.
    codes: Vec<Code>,
    flags: Flags,
    longstring: u32,
    /// The year in which it is its customer's first.
    year: Option<i16>,
    /// The first day of each period in which its day lies, by the period's number.
    starts: [i32; Period::ALL.len()],
}

impl Entry {
    /// Reads a response for counting.
    pub fn read(counting: &Counting<'_>, response: &Response, add: bool) -> Outcome<Self> {
        let code =
            |byte: &u8| Code::from_byte(*byte).ok_or_else(|| format!("a stored answer {byte} is no code"));
        let codes: Vec<Code> = response.answers.iter().map(code).collect::<Outcome<_>>()?;
        let bits = u8::try_from(response.quality_flag).ok().and_then(Flags::from_bits);
        let flags = bits.ok_or_else(|| format!("stored flags {} are none", response.quality_flag))?;
        let longstring = careless_indices(counting.layout, &counting.rated, &codes, None, None).longstring;
        let answered = Micros(response.answered_at).timestamp();
        let year = response.first_of_year.then(|| counting.zone.to_datetime(answered).year());
        let starts = Period::ALL.map(|period| period.start_of(response.service_day));
        let response = Response { answers: Vec::new(), ..response.clone() };
        Ok(Self { add, response, place: Place::default(), codes, flags, longstring, year, starts })
    }

    /// The same, at a place in the log.
    #[must_use]
    pub fn at(self, place: Place) -> Self {
        Self { place, ..self }
    }

    /// The entry that undoes this one.
    #[must_use]
    pub fn undone(&self) -> Self {
        Self { add: !self.add, ..self.clone() }
    }

    /// The first day of a period in which its day lies.
    pub fn start_of(&self, period: Period) -> i32 {
        let [all, month, week, day] = self.starts;
        match period {
            Period::All => all,
            Period::Month => month,
            Period::Week => week,
            Period::Day => day,
        }
    }
}

/// Counts that responses are added to and taken from, exactly; equal counts have equal bytes.
pub trait Counted: Clone {
    /// Nobody.
    fn nobody(layout: &Layout) -> Self;
    /// Counts an entry's response, whatever the entry says.
    fn count(&mut self, layout: &Layout, entry: &Entry) -> Outcome<()>;
    /// Adds other counts.
    fn add(&mut self, other: &Self) -> Outcome<()>;
    /// Takes other counts away, which must be in these.
    fn subtract(&mut self, other: &Self) -> Outcome<()>;
    /// Whether nobody is counted.
    fn is_empty(&self) -> bool;
    /// As bytes.
    fn encode(&self, layout: &Layout) -> Outcome<Vec<u8>>;
    /// From bytes; anything that `encode` does not write is refused.
    fn decode(layout: &Layout, bytes: &[u8]) -> Outcome<Self>;
}

/// The counts of a total or a level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Answers of those without a flag of carelessness.
    pub careful: Cell,
    /// Answers of those with one.
    pub flagged: Cell,
    /// Responses that were the first of their customer in a year, by year; never 0.
    pub firsts: BTreeMap<i16, u64>,
    /// Of all of them, those whose link ran out before the end.
    pub unfinished: u64,
    /// Flags and longest runs.
    pub flags: FlagCounts,
}

impl Counts {
    /// Everybody, flagged or not.
    pub fn cell(&self) -> Outcome<Cell> {
        let mut cell = self.careful.clone();
        Counted::add(&mut cell, &self.flagged)?;
        Ok(cell)
    }

    /// How many responses are counted.
    pub fn people(&self) -> u64 {
        self.careful.people() + self.flagged.people()
    }
}

impl Counted for Counts {
    fn nobody(layout: &Layout) -> Self {
        Self {
            careful: Cell::empty(layout),
            flagged: Cell::empty(layout),
            firsts: BTreeMap::new(),
            unfinished: 0,
            flags: FlagCounts::default(),
        }
    }

    fn count(&mut self, layout: &Layout, entry: &Entry) -> Outcome<()> {
        let cell = if entry.flags.any() { &mut self.flagged } else { &mut self.careful };
        cell.count(layout, entry)?;
        if let Some(year) = entry.year {
            *self.firsts.entry(year).or_default() += 1;
        }
        self.unfinished += u64::from(!entry.response.finished);
        self.flags.increase(entry.longstring, entry.flags);
        Ok(())
    }

    fn add(&mut self, other: &Self) -> Outcome<()> {
        Counted::add(&mut self.careful, &other.careful)?;
        Counted::add(&mut self.flagged, &other.flagged)?;
        for (year, people) in &other.firsts {
            *self.firsts.entry(*year).or_default() += people;
        }
        self.unfinished += other.unfinished;
        self.flags.add(&other.flags);
        Ok(())
    }

    fn subtract(&mut self, other: &Self) -> Outcome<()> {
        Counted::subtract(&mut self.careful, &other.careful)?;
        Counted::subtract(&mut self.flagged, &other.flagged)?;
        for (year, people) in &other.firsts {
            let left = self.firsts.get(year).and_then(|kept| kept.checked_sub(*people));
            match left.ok_or_else(not_counted)? {
                0 => drop(self.firsts.remove(year)),
                left => drop(self.firsts.insert(*year, left)),
            }
        }
        self.unfinished = self.unfinished.checked_sub(other.unfinished).ok_or_else(not_counted)?;
        if self.flags.subtract(&other.flags) { Ok(()) } else { Err(not_counted()) }
    }

    fn is_empty(&self) -> bool {
        self.people() == 0
    }

    fn encode(&self, layout: &Layout) -> Outcome<Vec<u8>> {
        super::bytes::encode(layout, self)
    }

    fn decode(layout: &Layout, bytes: &[u8]) -> Outcome<Self> {
        super::bytes::decode(layout, bytes)
    }
}

fn not_counted() -> String {
    scoring::CellError::NotCounted.to_string()
}

/// An error of the counts in words.
fn words(error: scoring::CellError) -> String {
    error.to_string()
}

impl Counted for Cell {
    fn nobody(layout: &Layout) -> Self {
        Cell::empty(layout)
    }

    fn count(&mut self, layout: &Layout, entry: &Entry) -> Outcome<()> {
        self.record(layout, &entry.codes).map_err(words)
    }

    fn add(&mut self, other: &Self) -> Outcome<()> {
        Cell::add(self, other).map_err(words)
    }

    fn subtract(&mut self, other: &Self) -> Outcome<()> {
        Cell::subtract(self, other).map_err(words)
    }

    fn is_empty(&self) -> bool {
        self.people() == 0
    }

    fn encode(&self, layout: &Layout) -> Outcome<Vec<u8>> {
        Cell::encode(self, layout).map_err(words)
    }

    fn decode(layout: &Layout, bytes: &[u8]) -> Outcome<Self> {
        Cell::decode(layout, bytes).map_err(|error| error.to_string())
    }
}

impl Counted for GroupedCell {
    fn nobody(layout: &Layout) -> Self {
        GroupedCell::empty(layout)
    }

    fn count(&mut self, layout: &Layout, entry: &Entry) -> Outcome<()> {
        let group = u8::try_from(entry.response.customer_group).unwrap_or(0);
        self.record(layout, &entry.codes, group).map_err(words)
    }

    fn add(&mut self, other: &Self) -> Outcome<()> {
        GroupedCell::add(self, other).map_err(words)
    }

    fn subtract(&mut self, other: &Self) -> Outcome<()> {
        GroupedCell::subtract(self, other).map_err(words)
    }

    fn is_empty(&self) -> bool {
        self.people() == 0
    }

    fn encode(&self, layout: &Layout) -> Outcome<Vec<u8>> {
        GroupedCell::encode(self, layout).map_err(words)
    }

    fn decode(layout: &Layout, bytes: &[u8]) -> Outcome<Self> {
        GroupedCell::decode(layout, bytes).map_err(|error| error.to_string())
    }
}
