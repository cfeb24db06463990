//! From stored rows to the counts of a report, as far as its request can be made of them.
//!
//! A report for readers without the right to rows stands at cuts of the log and is made by a scan; so is one by a
//! declared segment, with two filters, with a split inside the filter of another, or with joint counts of odd days.

use std::collections::BTreeMap;

use scoring::{Cell, GroupedCell, Layout};

use super::Outcome;
use super::counts::{Counted, Counts};
use super::cover::{Stretch, cover, pieces};
use super::key::{Class, Part, Period, Split, series};
use crate::domain::time::day_number;
use crate::service::report_filter::{By, Filter, channel_name, language_name, period_name, place_name};
use crate::service::report_fold::Folding;
use crate::service::{Error, Result};
use crate::store::cells::{self, CellRow, Mark};
use crate::store::surveys::Survey;
use crate::store::{AnyConnection, OrgScope};

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
}

/// The counts of a request from stored rows; `None` where a scan is needed.
pub fn read(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey: &Survey,
    folding: &Folding<'_>,
) -> Result<Option<Kept>> {
    if folding.steps || folding.filter.asks_for_segments() {
        return Ok(None);
    }
    let Some(mark) = cells::mark(connection, scope, survey.id)?.filter(|mark| mark.folded_to > 0) else {
        return Ok(None);
    };
    let Some(narrowed) = narrowed(folding.filter) else { return Ok(None) };
    let days = (Part::Answers.code(), Split::Total.code(), Period::Day.code());
    let days = cells::ends(connection, scope, survey.id, days)?;
    let reader = Reader { connection, scope, survey, folding, narrowed, days };
    match reader.kept(mark) {
        Ok(kept) => Ok(kept),
        Err(Unread::Store(error)) => Err(error),
        // The answers are still there: a report is slow rather than wrong or absent.
        Err(Unread::Damaged(words)) => {
            tracing::error!(survey = survey.key, %words, "a stored cell cannot be read; run laatu check --repair");
            Ok(None)
        }
    }
}

/// The split and level to which a filter narrows; `None` where it narrows by more than one thing or cuts across.
fn narrowed(filter: &Filter) -> Option<(Split, String)> {
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
        Some(By::Month | By::Week | By::Segment(_)) => return None,
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
        By::Month | By::Week | By::Segment(_) => None,
    }
}

/// Why rows were not read.
enum Unread {
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

type Read<T> = std::result::Result<T, Unread>;

struct Reader<'a> {
    connection: &'a mut AnyConnection,
    scope: &'a OrgScope,
    survey: &'a Survey,
    folding: &'a Folding<'a>,
    narrowed: (Split, String),
    /// The first and the last day with folded answers.
    days: Option<(i32, i32)>,
}

impl Reader<'_> {
    fn kept(mut self, mark: Mark) -> Read<Option<Kept>> {
        let layout = self.folding.layout;
        let (split, level) = self.narrowed.clone();
        let Some(way) = self.cover(Part::Answers) else { return Ok(None) };
        let mut joint = None;
        if self.folding.jointly {
            let Some(way) = self.cover(Part::Joint) else { return Ok(None) };
            joint = Some(self.sum::<GroupedCell>(Part::Joint, split, &level, &way)?);
        }
        let levels = self.levels(&way)?;
        let total = if self.folding.filter.by.is_some() && split == Split::Total {
            together(layout, levels.values())?
        } else {
            self.sum::<Counts>(Part::Answers, split, &level, &way)?
        };
        let classes = if self.folding.classes { self.classes(&way)? } else { BTreeMap::new() };
        Ok(Some(Kept { folded_to: mark.folded_to, total, levels, classes, joint }))
    }

    /// First day and day after the last, as asked.
    fn range(&self) -> (Option<i32>, Option<i32>) {
        let filter = self.folding.filter;
        (filter.from.map(day_number), filter.to.map(day_number))
    }

    fn cover(&self, part: Part) -> Option<Vec<Stretch>> {
        let Some(days) = self.days else { return Some(Vec::new()) };
        cover(part.periods(), self.range(), days)
    }

    /// The levels of the split that is asked for.
    fn levels(&mut self, way: &[Stretch]) -> Read<BTreeMap<String, Counts>> {
        let (folding, (split, level)) = (self.folding, self.narrowed.clone());
        let Some(by) = folding.filter.by else { return Ok(BTreeMap::new()) };
        let Some(of) = split_of(by) else { return self.periods(by) };
        let mut levels: BTreeMap<String, Counts> = BTreeMap::new();
        for row in self.rows(Part::Answers, of, Some(level.as_str()).filter(|_| split == of), way)? {
            let name = level_name(of, &row.series.level, folding.places)?;
            let counts = Counts::decode(folding.layout, &row.counts)?;
            match levels.get_mut(&name) {
                Some(kept) => kept.add(&counts)?,
                None => drop(levels.insert(name, counts)),
            }
        }
        Ok(levels)
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
    fn classes(&mut self, way: &[Stretch]) -> Read<BTreeMap<(i16, i32), Cell>> {
        let filter = self.folding.filter;
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

    /// The rows of one level along a way, added up.
    fn sum<C: Counted>(&mut self, part: Part, split: Split, level: &str, way: &[Stretch]) -> Read<C> {
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

    /// The rows along a way, of one level or of all.
    fn rows(&mut self, part: Part, split: Split, level: Option<&str>, way: &[Stretch]) -> Read<Vec<CellRow>> {
        let mut rows = Vec::new();
        for period in part.periods() {
            let starts: Vec<i32> =
                way.iter().filter(|(of, _)| of == period).map(|(_, start)| *start).collect();
            if starts.is_empty() {
                continue;
            }
            let (connection, id) = (&mut *self.connection, self.survey.id);
            rows.extend(if let Some(level) = level {
                let of = series(part, split, *period, level);
                cells::of_series(connection, self.scope, id, &of, &starts)?
            } else {
                let of = (part.code(), split.code(), period.code());
                cells::of_split(connection, self.scope, id, of, &starts)?
            });
        }
        Ok(rows)
    }
}

/// The name of a stored level as reports have it.
fn level_name(split: Split, level: &str, places: &[(i32, String)]) -> Outcome<String> {
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
