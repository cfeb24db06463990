//! The past of a survey's steps by the levels of one split: who came and went between the moves of the total.
//!
//! Where a period stands for readers without the right to rows, and a split inside a level, follows from all earlier
//! moves of the figure around it. These are kept here, with the people of each level in each piece of the grid, so that
//! no report walks the log for it. A row holds [`MOVES_A_ROW`] moves; only the last one is written anew.

use std::collections::BTreeMap;

use scoring::{Came, Stage, Went};

use super::Outcome;
use super::bytes::{Form, Source, ends, put};
use super::figure::Standing;
use super::key::{Period, Split};
use super::steps::Taken;
use crate::service::report_filter::By;
use crate::store::cells::Series;

const FORM: Form = Form { kind: *b"LPa", version: 1, words: "moves" };

/// How many moves of the total one row holds.
pub const MOVES_A_ROW: usize = 256;

/// The splits whose past is kept.
pub const LANES: [(By, Split); 4] = [
    (By::Channel, Split::Channel),
    (By::ContactChannel, Split::ContactChannel),
    (By::Place, Split::Place),
    (By::Language, Split::Language),
];

/// By what people are told apart: the number of their level, and the first day of the piece of the grid.
pub type Group = (u32, i32);

/// The past by the levels of one split, from some move of the total on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    by: By,
    split: Split,
    /// How many moves lie before those at hand.
    before: usize,
    /// What came before each move, with the first place behind it.
    stages: Vec<(usize, Stage<Group>)>,
    /// The levels that showed something new at each of them.
    moved: Vec<Vec<u32>>,
    /// What came since.
    open: Stage<Group>,
}

impl Lane {
    /// Before the first answer.
    pub fn none((by, split): (By, Split)) -> Self {
        Self { by, split, before: 0, stages: Vec::new(), moved: Vec::new(), open: Stage::default() }
    }

    /// The split.
    pub const fn by(&self) -> By {
        self.by
    }

    /// What came before each move of the total, with the first place behind it.
    pub fn stages(&self) -> &[(usize, Stage<Group>)] {
        &self.stages
    }

    /// The moves of the total.
    pub fn moves(&self) -> Vec<usize> {
        self.stages.iter().map(|(end, _)| *end).collect()
    }

    /// The moves at which a level showed something new.
    pub fn moves_of(&self, level: u32) -> Vec<usize> {
        let all = self.stages.iter().zip(&self.moved);
        all.filter(|(_, moved)| moved.contains(&level)).map(|((end, _), _)| *end).collect()
    }

    /// Takes the next entry of the log.
    pub fn take(&mut self, taken: &Taken) {
        let place = self.by.place();
        let group = (taken.levels.get(place).copied().unwrap_or_default(), taken.piece);
        if taken.comes {
            self.open.arrive(group, taken.person);
        } else {
            self.open.erase(Went { group, of: taken.place.of, person: taken.person }, taken.begin);
        }
        if let Some(moved) = &taken.moved {
            let number = |level: &usize| u32::try_from(*level).unwrap_or(u32::MAX);
            self.stages.push((taken.place.at + 1, std::mem::take(&mut self.open)));
            self.moved.push(moved.get(place).into_iter().flatten().map(number).collect());
        }
    }

    /// Its rows of a split.
    pub fn series(split: Split) -> Series {
        let part = Standing::Past.code();
        Series { part, split: split.code(), period: Period::All.code(), level: String::new() }
    }

    /// The split.
    pub const fn split(&self) -> Split {
        self.split
    }

    /// The number of the row in which the next move stands.
    pub fn row_of(moves: usize) -> i32 {
        i32::try_from(moves / MOVES_A_ROW).unwrap_or(i32::MAX)
    }

    /// All rows at hand, by their numbers. Equal logs give equal bytes.
    pub fn rows(&self) -> Vec<(i32, Vec<u8>)> {
        let first = Self::row_of(self.before);
        let mut stages = self.stages.chunks(MOVES_A_ROW).zip(self.moved.chunks(MOVES_A_ROW));
        let rows = self.stages.len() / MOVES_A_ROW;
        let row = |number: usize| {
            let (stages, moved) = stages.next().unwrap_or_default();
            let open = (number == rows).then_some(&self.open);
            (first.saturating_add(Self::row_of(number * MOVES_A_ROW)), encode(stages, moved, open))
        };
        (0..=rows).map(row).collect()
    }

    /// From rows one after the other; the first of them has a number.
    pub fn decode(lane: (By, Split), first: i32, rows: &[Vec<u8>]) -> Outcome<Self> {
        let before = usize::try_from(first).map_err(|_| ends())?.saturating_mul(MOVES_A_ROW);
        let mut read = Self { before, ..Self::none(lane) };
        for (number, row) in rows.iter().enumerate() {
            let open = read.read(row)?;
            if open.is_some() != (number + 1 == rows.len()) {
                return Err("the stored moves do not follow each other".to_owned());
            }
            read.open = open.unwrap_or_default();
        }
        let is_whole = rows.len() == read.stages.len() / MOVES_A_ROW + 1;
        if is_whole { Ok(read) } else { Err("the stored moves are not whole".to_owned()) }
    }

    /// Reads a row behind those at hand; what came since its last move, when it is the last row.
    fn read(&mut self, row: &[u8]) -> Outcome<Option<Stage<Group>>> {
        let mut source = FORM.open(row)?;
        let mut end = 0usize;
        for _ in 0..source.small::<u16>()? {
            end = end.checked_add(source.small()?).ok_or_else(ends)?;
            self.stages.push((end, stage(&mut source)?));
            let moved = (0..source.small::<u32>()?).map(|_| source.small()).collect::<Outcome<_>>()?;
            self.moved.push(moved);
        }
        let open = if source.number()? == 0 { None } else { Some(stage(&mut source)?) };
        if source.is_empty() { Ok(open) } else { Err(ends()) }
    }
}

fn encode(stages: &[(usize, Stage<Group>)], moved: &[Vec<u32>], open: Option<&Stage<Group>>) -> Vec<u8> {
    let mut out = FORM.begin();
    put(&mut out, stages.len() as u64);
    let mut before = 0;
    for ((end, stage), moved) in stages.iter().zip(moved) {
        put(&mut out, end.saturating_sub(before) as u64);
        before = *end;
        put_stage(&mut out, stage);
        put(&mut out, moved.len() as u64);
        for level in moved {
            put(&mut out, u64::from(*level));
        }
    }
    put(&mut out, u64::from(open.is_some()));
    if let Some(stage) = open {
        put_stage(&mut out, stage);
    }
    Form::end(out)
}

fn put_group(out: &mut Vec<u8>, (level, piece): Group) {
    put(out, u64::from(level));
    put(out, u64::from(piece.cast_unsigned()));
}

fn put_stage(out: &mut Vec<u8>, stage: &Stage<Group>) {
    put(out, stage.came().len() as u64);
    for (group, came) in stage.came() {
        put_group(out, *group);
        put(out, came.answers);
        put(out, came.people);
    }
    put(out, stage.went().len() as u64);
    for went in stage.went() {
        put_group(out, went.group);
        put(out, went.of as u64);
        put(out, u64::from(went.person));
    }
}

fn group(source: &mut Source<'_>) -> Outcome<Group> {
    Ok((source.small()?, source.small::<u32>()?.cast_signed()))
}

fn stage(source: &mut Source<'_>) -> Outcome<Stage<Group>> {
    let count = source.number()?;
    let mut came = BTreeMap::new();
    for _ in 0..count {
        let group = group(source)?;
        came.insert(group, Came { answers: source.number()?, people: source.number()? });
    }
    let is_apart = came.len() as u64 == count;
    let mut went = Vec::new();
    for _ in 0..source.number()? {
        went.push(Went { group: group(source)?, of: source.small()?, person: source.number()? > 0 });
    }
    Stage::of(came, went).filter(|_| is_apart).ok_or_else(|| "stored moves of nobody".to_owned())
}
