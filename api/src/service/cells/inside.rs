//! Where the figures of a period stand for readers without the right to rows, and of a split inside a level: by the past
//! of the moves, without the log.
//!
//! The same as `report_log` finds by walking the whole log: there is one rule (`scoring::step_table_of`), and tests hold
//! the two against each other.

use std::collections::BTreeMap;

use scoring::{SteppedLevel, SteppedTable, step_table_of};

use super::lost::Lost;
use super::past::{Group, LANES, Lane};
use super::steps::{Steps, rule};
use crate::domain::time::day_number;
use crate::service::report_filter::{By, Filter};
use crate::service::report_log::{month_of, week_of};
use crate::service::step_levels::Key;
use crate::store::responses::Response;

/// The split by whose past a request is answered; one of them is enough on the fixed grid.
pub fn lane_of(filter: &Filter) -> By {
    let is_kept = |by: &By| LANES.iter().any(|(lane, _)| lane == by);
    filter.narrowing().next().or(filter.by).filter(is_kept).unwrap_or(By::Channel)
}

/// Where the figures of a request stand, each by the first place behind all that it counts.
pub struct Inside {
    /// What passes the filter but for its days; 0 while nothing is shown.
    pub but_for_days: usize,
    /// What passes the whole filter.
    pub total: usize,
    /// The levels of the split that are shown.
    pub levels: Vec<(Key, usize)>,
    /// Responses that pass the filter but for its days, by the first day of their piece of the grid.
    pub pieces: BTreeMap<i32, u64>,
}

/// Finds where the figures of a request stand.
pub fn inside(steps: &Steps, lane: &Lane, lost: &Lost, filter: &Filter) -> Inside {
    let asked = Asked { steps, lane, lost, filter };
    let outer = asked.outer();
    let total = asked.total(&outer);
    let levels = filter.by.map_or_else(Vec::new, |by| asked.levels(by, &total));
    let end = |moves: &[usize]| moves.last().copied().unwrap_or(0);
    let but_for_days = end(&outer);
    Inside { but_for_days, total: end(&total), levels, pieces: asked.pieces(but_for_days) }
}

struct Asked<'a> {
    steps: &'a Steps,
    lane: &'a Lane,
    lost: &'a Lost,
    filter: &'a Filter,
}

impl Asked<'_> {
    /// The key of the level to which the filter narrows.
    fn narrowed(&self, by: By) -> Option<Key> {
        match by {
            By::Channel => self.filter.channel.map(Key::from),
            By::ContactChannel => self.filter.contact_channel.map(Key::from),
            By::Place => self.filter.place_id,
            By::Language => self.steps.language(self.filter.language.as_deref()?),
            By::Month | By::Week | By::Segment(_) => None,
        }
    }

    /// The number of that level; `None` while nobody came to it.
    fn narrowed_number(&self) -> Option<u32> {
        let by = self.filter.narrowing().next()?;
        u32::try_from(self.steps.number(by, self.narrowed(by)?)?).ok()
    }

    /// The moves of what passes the filter but for its days: of the survey, or of one level; none while it is withheld.
    fn outer(&self) -> Vec<usize> {
        let Some(by) = self.filter.narrowing().next() else { return self.lane.moves() };
        let is_shown = self.narrowed(by).is_some_and(|key| self.steps.level(by, key).is_some());
        let number = self.narrowed_number().filter(|_| is_shown);
        let moves = number.map_or_else(Vec::new, |level| self.lane.moves_of(level));
        self.lost.whole(&moves, |groups| self.filter.takes_but_for_days(groups)).to_vec()
    }

    fn takes(&self, groups: &Response) -> bool {
        self.filter.takes_but_for_days(groups) && self.filter.takes_day(groups)
    }

    fn is_in_outer(&self, group: Group) -> bool {
        self.filter.narrowing().next().is_none() || self.narrowed_number() == Some(group.0)
    }

    fn is_in_period(&self, group: Group) -> bool {
        let piece = group.1;
        self.filter.from.is_none_or(|from| piece >= day_number(from))
            && self.filter.to.is_none_or(|to| piece < day_number(to))
    }

    /// The moves of what passes the whole filter, inside those of what is around it.
    fn total(&self, outer: &[usize]) -> Vec<usize> {
        if self.filter.from.is_none() && self.filter.to.is_none() {
            return outer.to_vec();
        }
        let level = |group: &Group| self.is_in_outer(*group).then(|| usize::from(!self.is_in_period(*group)));
        let inside = self.table(2, level, outer).levels.into_iter().next();
        let moves = inside.filter(|level| level.shown.is_some()).map(|level| level.moves).unwrap_or_default();
        self.lost.whole(&moves, |groups| self.takes(groups)).to_vec()
    }

    /// The levels of a split that are shown inside the total, with their places.
    fn levels(&self, by: By, total: &[usize]) -> Vec<(Key, usize)> {
        let keys = self.steps.keys(by);
        let number = |group: &Group| match by {
            By::Month => self.steps.number(by, month_of(group.1)),
            By::Week => self.steps.number(by, week_of(group.1)),
            _ => usize::try_from(group.0).ok(),
        };
        let level = |group: &Group| {
            let passes = self.is_in_outer(*group) && self.is_in_period(*group);
            number(group).filter(|_| passes)
        };
        let table = self.table(keys.len(), level, total);
        let shown = keys.iter().zip(table.levels);
        shown.filter_map(|(key, level)| Some((*key, self.place_of(by, *key, &level)?))).collect()
    }

    /// The place of a level that is shown: its own, or while somebody is missing the newest that is whole.
    fn place_of(&self, by: By, key: Key, level: &SteppedLevel) -> Option<usize> {
        let figure = self.steps.figure(by, key);
        let counts = |groups: &Response| self.takes(groups) && figure.counts(groups);
        let at = level.shown?.entries;
        if self.lost.is_whole(at, counts) {
            return Some(at);
        }
        self.lost.whole(&level.moves, counts).last().copied()
    }

    fn table(&self, levels: usize, level: impl Fn(&Group) -> Option<usize>, moves: &[usize]) -> SteppedTable {
        step_table_of(self.lane.stages(), levels, level, moves, &rule())
    }

    fn pieces(&self, but_for_days: usize) -> BTreeMap<i32, u64> {
        let mut pieces: BTreeMap<i32, u64> = BTreeMap::new();
        for (_, stage) in self.lane.stages().iter().take_while(|(end, _)| *end <= but_for_days) {
            for (group, came) in stage.came().iter().filter(|(group, _)| self.is_in_outer(**group)) {
                *pieces.entry(group.1).or_default() += came.answers;
            }
            for went in stage.went().iter().filter(|went| self.is_in_outer(went.group)) {
                pieces.entry(went.group.1).and_modify(|answers| *answers = answers.saturating_sub(1));
            }
        }
        pieces
    }
}
