//! From stored rows to the counts of a report, as far as its request can be made of them.
//!
//! For readers without the right to rows see `read_standing` and `read_inside`. A report with two filters, or with a
//! split inside the filter of another, is made by a scan.

use std::collections::{BTreeMap, BTreeSet};

use scoring::{Cell, GroupedCell, Layout};

use super::Outcome;
use super::counts::{Counted, Counts};
use super::cover::{Stretch, cover, cover_inside, pieces};
use super::key::{Class, Part, Period, Split};
use super::last::part_of;
use super::read_standing;
use crate::domain::time::day_number;
use crate::service::report_cuts::Cuts;
use crate::service::report_filter::{By, Filter, channel_name, language_name, period_name, place_name};
use crate::service::report_fold::{Folding, codes};
use crate::service::{Error, Result};
use crate::store::cells::{self, CellRow, Kind, Mark, Series};
use crate::store::response_log;
use crate::store::surveys::Survey;
use crate::store::{AnyConnection, OrgScope};

/// The level of those whose segment is not known.
const NO_LEVEL: &str = "0";

/// The counts of a report up to the mark.
pub struct Kept {
    /// The last entry of the log that is in them.
    pub folded_to: i64,
    /// All that pass the filter.
    pub total: Counts,
    /// The same by level.
    pub levels: BTreeMap<String, Counts>,
    /// The total by the order's channel and place, where it is wanted.
    pub classes: BTreeMap<(i16, i32), Cell>,
    /// The total's joint counts, where they are wanted.
    pub joint: Option<GroupedCell>,
    /// For readers without the right to rows.
    pub standing: Option<Told>,
}

/// Where the figures of readers without the right to rows stand in the whole log, and whom they count there.
pub struct Told {
    /// Where they stand.
    pub cuts: Cuts,
    /// How many responses the survey's total counts.
    pub everybody: u64,
    /// Responses that pass the filter but for its days, by the first day of their piece of the grid.
    pub pieces: BTreeMap<i32, u64>,
}

/// The counts of a request from stored rows; `None` where a scan is needed.
pub fn read(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey: &Survey,
    folding: &Folding<'_>,
) -> Result<Option<Kept>> {
    let Some(mark) = cells::mark(connection, scope, survey.id)?.filter(|mark| mark.folded_to > 0) else {
        return Ok(None);
    };
    let kept = if folding.steps {
        read_standing::read(connection, scope, survey, folding, mark)
    } else {
        read_live(connection, scope, survey, folding, mark)
    };
    match kept {
        Ok(kept) => Ok(kept),
        Err(Unread::Store(error)) => Err(error),
        // The answers are still there: a report is slow rather than wrong or absent.
        Err(Unread::Damaged(words)) => {
            tracing::error!(survey = survey.key, %words, "a stored cell cannot be read; run laatu check --repair");
            Ok(None)
        }
    }
}

fn read_live(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey: &Survey,
    folding: &Folding<'_>,
    mark: Mark,
) -> Read<Option<Kept>> {
    let Some(narrowed) = narrowed(folding.filter) else { return Ok(None) };
    let days = folded_days(connection, scope, survey.id)?;
    Reader { connection, scope, survey, folding, narrowed, days, state: State::Now }.kept(mark)
}

/// The first and the last day with folded answers.
pub(super) fn folded_days(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
) -> crate::store::Result<Option<(i32, i32)>> {
    let days = (Part::Answers.code(), Split::Total.code(), Period::Day.code());
    cells::ends(connection, scope, survey_id, days)
}

/// The split and level to which a filter narrows; `None` where it narrows by more than one thing or cuts across.
pub(super) fn narrowed(filter: &Filter) -> Option<(Split, String)> {
    if filter.careless_out {
        return None;
    }
    let mut narrowing = filter.narrowing();
    let (one, more) = (narrowing.next(), narrowing.next());
    if more.is_some() {
        return None;
    }
    let level = match one {
        None => return Some((Split::Total, String::new())),
        Some(By::Channel) => (Split::Channel, filter.channel?.to_string()),
        Some(By::ContactChannel) => (Split::ContactChannel, filter.contact_channel?.to_string()),
        Some(By::Place) => (Split::Place, filter.place_id?.to_string()),
        Some(By::Language) => (Split::Language, filter.language.clone()?),
        Some(By::Segment(number)) => (split_of(By::Segment(number))?, filter.wanted(number)?.to_string()),
        Some(By::Month | By::Week) => return None,
    };
    // Levels of another split inside a level are not kept apart.
    let is_whole = match filter.by {
        None | Some(By::Month | By::Week) => true,
        Some(by) => split_of(by) == Some(level.0),
    };
    is_whole.then_some(level)
}

fn split_of(by: By) -> Option<Split> {
    match by {
        By::Channel => Some(Split::Channel),
        By::ContactChannel => Some(Split::ContactChannel),
        By::Place => Some(Split::Place),
        By::Language => Some(Split::Language),
        By::Segment(1) => Some(Split::Segment1),
        By::Segment(_) => Some(Split::Segment2),
        By::Month | By::Week => None,
    }
}

/// Why rows were not read.
pub(super) enum Unread {
    Store(Error),
    Damaged(String),
}

impl From<crate::store::Error> for Unread {
    fn from(error: crate::store::Error) -> Self {
        Self::Store(error.into())
    }
}

impl From<String> for Unread {
    fn from(words: String) -> Self {
        Self::Damaged(words)
    }
}

pub(super) type Read<T> = std::result::Result<T, Unread>;

/// Which state of rows is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// As they are.
    Now,
    /// As they were when the total of readers without the right to rows last moved; none is of all time.
    LastMove,
}

/// Reads the rows of a request along days.
pub(super) struct Reader<'a> {
    pub(super) connection: &'a mut AnyConnection,
    pub(super) scope: &'a OrgScope,
    pub(super) survey: &'a Survey,
    pub(super) folding: &'a Folding<'a>,
    /// The split and the level to which the filter narrows.
    pub(super) narrowed: (Split, String),
    /// The first and the last day with folded answers.
    pub(super) days: Option<(i32, i32)>,
    /// The state that is wanted.
    pub(super) state: State,
}

impl Reader<'_> {
    fn kept(mut self, mark: Mark) -> Read<Option<Kept>> {
        let layout = self.folding.layout;
        let (split, level) = self.narrowed.clone();
        let Some(way) = self.cover() else { return Ok(None) };
        let mut joint = None;
        if self.folding.jointly {
            joint = Some(self.joint(split, &level, mark)?);
        }
        let levels = self.levels(&way)?;
        // Those in no level of a segment are in the total all the same.
        let is_sum = self.folding.filter.by.is_some_and(|by| !matches!(by, By::Segment(_)));
        let total = if is_sum && split == Split::Total {
            together(layout, levels.values())?
        } else {
            self.sum::<Counts>(Part::Answers, split, &level, &way)?
        };
        let classes = if self.folding.classes { self.classes(&way)? } else { BTreeMap::new() };
        Ok(Some(Kept { folded_to: mark.folded_to, total, levels, classes, joint, standing: None }))
    }

    /// First day and day after the last, as asked.
    pub(super) fn range(&self) -> (Option<i32>, Option<i32>) {
        let filter = self.folding.filter;
        (filter.from.map(day_number), filter.to.map(day_number))
    }

    pub(super) fn cover(&self) -> Option<Vec<Stretch>> {
        let Some(days) = self.days else { return Some(Vec::new()) };
        // Of all time there is no row as it was at the last move.
        let periods: &[Period] = if self.folding.steps {
            &[Period::Month, Period::Week, Period::Day]
        } else {
            Part::Answers.periods()
        };
        cover(periods, self.range(), days)
    }

    /// The joint counts: of whole periods from rows, of other days from their answers.
    fn joint(&mut self, split: Split, level: &str, mark: Mark) -> Read<GroupedCell> {
        let Folding { layout, filter, .. } = *self.folding;
        let Some(days) = self.days else { return Ok(GroupedCell::nobody(layout)) };
        let (way, odd) = cover_inside(Part::Joint.periods_of(split), self.range(), days);
        let mut sum: GroupedCell = self.sum(Part::Joint, split, level, &way)?;
        let words = |words: String| crate::store::Error::Broken(words);
        for days in odd {
            let (connection, id) = (&mut *self.connection, self.survey.id);
            response_log::counted_on(connection, self.scope, id, days, mark.folded_to, |response| {
                if filter.takes_but_for_days(response) {
                    let codes = codes(&response.answers).map_err(words)?;
                    let group = u8::try_from(response.customer_group).unwrap_or(0);
                    sum.record(layout, &codes, group).map_err(|error| words(error.to_string()))?;
                }
                Ok(())
            })?;
        }
        Ok(sum)
    }

    /// The levels of the split that is asked for.
    pub(super) fn levels(&mut self, way: &[Stretch]) -> Read<BTreeMap<String, Counts>> {
        let (folding, (split, level)) = (self.folding, self.narrowed.clone());
        let Some(by) = folding.filter.by else { return Ok(BTreeMap::new()) };
        let Some(of) = split_of(by) else { return self.periods(by) };
        let mut levels: BTreeMap<String, Counts> = BTreeMap::new();
        for row in self.rows(Part::Answers, of, Some(level.as_str()).filter(|_| split == of), way)? {
            let Some(name) = self.name(by, of, &row.series.level)? else { continue };
            let counts = Counts::decode(folding.layout, &row.counts)?;
            match levels.get_mut(&name) {
                Some(kept) => kept.add(&counts)?,
                None => drop(levels.insert(name, counts)),
            }
        }
        Ok(levels)
    }

    /// The name of a stored level; none of a segment's level that is not declared.
    fn name(&self, by: By, split: Split, level: &str) -> Outcome<Option<String>> {
        let By::Segment(number) = by else {
            return level_name(split, level, self.folding.places).map(Some);
        };
        let level = level.parse().map_err(|_| no_level(level))?;
        let segment = self.folding.filter.segments.iter().find(|segment| segment.number == number);
        Ok(segment.and_then(|segment| segment.level_name(level)).map(str::to_owned))
    }

    /// Months or weeks; at the ends of the request their parts.
    fn periods(&mut self, by: By) -> Read<BTreeMap<String, Counts>> {
        let (split, level) = self.narrowed.clone();
        let period = if by == By::Week { Period::Week } else { Period::Month };
        let Some(days) = self.days else { return Ok(BTreeMap::new()) };
        let mut levels = BTreeMap::new();
        for (start, (from, to)) in pieces(period, self.range(), days) {
            let parts = &[period, Period::Week, Period::Day];
            let way = cover(parts, (Some(from), Some(to)), (i32::MIN, i32::MAX)).unwrap_or_default();
            let counts = self.sum::<Counts>(Part::Answers, split, &level, &way)?;
            if !counts.is_empty() {
                levels.insert(period_name(by, start), counts);
            }
        }
        Ok(levels)
    }

    /// The total by class.
    pub(super) fn classes(&mut self, way: &[Stretch]) -> Read<BTreeMap<(i16, i32), Cell>> {
        let filter = self.folding.filter;
        if filter.contact_channel.is_none() && way == [(Period::All, 0)] {
            return self.pairs();
        }
        let mut classes: BTreeMap<(i16, i32), Cell> = BTreeMap::new();
        for row in self.rows(Part::Answers, Split::Class, None, way)? {
            let class = Class::parse(&row.series.level).ok_or_else(|| no_level(&row.series.level))?;
            let passes = filter.channel.is_none_or(|one| one == class.channel)
                && filter.place_id.is_none_or(|one| one == class.place_id)
                && filter.contact_channel.is_none_or(|one| one == class.contact_channel);
            if !passes {
                continue;
            }
            let cell = <Cell as Counted>::decode(self.folding.layout, &row.counts)?;
            match classes.get_mut(&(class.channel, class.place_id)) {
                Some(kept) => Counted::add(kept, &cell)?,
                None => drop(classes.insert((class.channel, class.place_id), cell)),
            }
        }
        Ok(classes)
    }

    /// The total by class over all time, where the contact channel does not matter.
    fn pairs(&mut self) -> Read<BTreeMap<(i16, i32), Cell>> {
        let filter = self.folding.filter;
        let mut classes = BTreeMap::new();
        for row in self.rows(Part::Answers, Split::Pair, None, &[(Period::All, 0)])? {
            let (channel, place) =
                Class::parse_pair(&row.series.level).ok_or_else(|| no_level(&row.series.level))?;
            let passes = filter.channel.is_none_or(|one| one == channel)
                && filter.place_id.is_none_or(|one| one == place);
            if passes {
                let cell = <Cell as Counted>::decode(self.folding.layout, &row.counts)?;
                classes.insert((channel, place), cell);
            }
        }
        Ok(classes)
    }

    /// The rows of one level along a way, added up.
    pub(super) fn sum<C: Counted>(
        &mut self,
        part: Part,
        split: Split,
        level: &str,
        way: &[Stretch],
    ) -> Read<C> {
        if matches!(split, Split::Segment1 | Split::Segment2) && level == NO_LEVEL {
            return self.in_no_level(part, split, way);
        }
        let mut sum: Option<C> = None;
        for row in self.rows(part, split, Some(level), way)? {
            let counts = C::decode(self.folding.layout, &row.counts)?;
            match &mut sum {
                Some(sum) => sum.add(&counts)?,
                None => sum = Some(counts),
            }
        }
        Ok(sum.unwrap_or_else(|| C::nobody(self.folding.layout)))
    }

    /// Where a segment is not known there is no row: those people are the total less all levels.
    fn in_no_level<C: Counted>(&mut self, part: Part, split: Split, way: &[Stretch]) -> Read<C> {
        let mut rest: C = self.sum(part, Split::Total, "", way)?;
        for row in self.rows(part, split, None, way)? {
            rest.subtract(&C::decode(self.folding.layout, &row.counts)?)?;
        }
        Ok(rest)
    }

    /// The rows along a way, of one level or of all.
    fn rows(&mut self, part: Part, split: Split, level: Option<&str>, way: &[Stretch]) -> Read<Vec<CellRow>> {
        let mut rows = Vec::new();
        for period in part.periods() {
            let starts: Vec<i32> =
                way.iter().filter(|(of, _)| of == period).map(|(_, start)| *start).collect();
            if starts.is_empty() {
                continue;
            }
            let kind = |code: i16| (code, split.code(), period.code());
            let now = self.rows_of(kind(part.code()), level, &starts)?;
            if self.state == State::Now {
                rows.extend(now);
                continue;
            }
            let before = self.rows_of(kind(part_of(part).code()), level, &starts)?;
            let name = |row: &CellRow| (row.series.level.clone(), row.starts_on);
            let changed: BTreeSet<(String, i32)> = before.iter().map(name).collect();
            rows.extend(now.into_iter().filter(|row| !changed.contains(&name(row))));
            // A row in which nobody was counted then.
            rows.extend(before.into_iter().filter(|row| !row.counts.is_empty()));
        }
        Ok(rows)
    }

    fn rows_of(&mut self, kind: Kind, level: Option<&str>, starts: &[i32]) -> Read<Vec<CellRow>> {
        let (connection, id) = (&mut *self.connection, self.survey.id);
        let (part, split, period) = kind;
        Ok(match level {
            Some(level) => {
                let series = Series { part, split, period, level: level.to_owned() };
                cells::of_series(connection, self.scope, id, &series, starts)?
            }
            None => cells::of_split(connection, self.scope, id, kind, starts)?,
        })
    }
}

/// The name of a stored level as reports have it.
pub(super) fn level_name(split: Split, level: &str, places: &[(i32, String)]) -> Outcome<String> {
    match split {
        Split::Channel | Split::ContactChannel => {
            level.parse().map(channel_name).map_err(|_| no_level(level))
        }
        Split::Place => level.parse().map(|id| place_name(id, places)).map_err(|_| no_level(level)),
        Split::Language => Ok(language_name(level)),
        _ => Ok(level.to_owned()),
    }
}

fn no_level(level: &str) -> String {
    format!("\"{level}\" is no level of a stored row")
}

/// Counts added up.
fn together<'c>(layout: &Layout, all: impl Iterator<Item = &'c Counts>) -> Outcome<Counts> {
    let mut sum = Counts::nobody(layout);
    for counts in all {
        sum.add(counts)?;
    }
    Ok(sum)
}
