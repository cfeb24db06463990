//! The counts of a period for readers without the right to rows, and of a split inside a level, from stored rows.
//!
//! A figure stands at a move of the total, mostly the last one. Rows as they were there are kept (`last`); of a figure
//! that stands at an earlier move what came since is taken off, which are its few people who wait.

use std::collections::BTreeMap;

use scoring::GroupedCell;

use super::add_up::Difference;
use super::classes::Classes;
use super::counts::{Counted, Counting, Counts, Entry};
use super::cover::{Stretch, cover_inside};
use super::figure::{Standing, kind_of};
use super::fold::entry;
use super::inside::{Inside, inside};
use super::key::{Part, Period, Split};
use super::lost::Lost;
use super::past::Lane;
use super::read::{Kept, Read, Reader, Told, level_name};
use super::read_standing::{Figures, is_of_all_time};
use super::steps::Steps;
use crate::service::report_cuts::Cuts;
use crate::service::report_filter::{By, period_name};
use crate::store::response_log;

/// What a request comes to, of rows as they were when the total last moved.
pub(super) struct InsideReader<'a, 'r> {
    /// Rows along days.
    pub(super) rows: Reader<'a>,
    /// At the end of the log.
    pub(super) steps: &'r Steps,
    /// Its past.
    pub(super) lane: &'r Lane,
    /// Who is gone.
    pub(super) lost: &'r Lost,
    /// Rows count what lies before this place.
    pub(super) counted: usize,
    /// The last entry of the log that is folded.
    pub(super) folded_to: i64,
}

/// What came behind the places of figures and is in the rows all the same.
struct Behind {
    total: Difference<Counts>,
    levels: BTreeMap<String, Difference<Counts>>,
    classes: Difference<Classes>,
    joint: Difference<GroupedCell>,
}

impl InsideReader<'_, '_> {
    pub(super) fn kept(mut self) -> Read<Option<Kept>> {
        let (layout, filter) = (self.rows.folding.layout, self.rows.folding.filter);
        let Inside { but_for_days, total: at, levels, pieces } =
            inside(self.steps, self.lane, self.lost, filter);
        let mut shown = BTreeMap::new();
        for (key, cut) in levels {
            shown.insert(self.name(filter.by, key)?, cut);
        }
        let Some(way) = self.rows.cover() else { return Ok(None) };
        let (joint_way, odd) = self.joint_way();
        let behind = self.behind(at, &shown, &odd)?;
        let mut levels = BTreeMap::new();
        let mut found = if shown.is_empty() { BTreeMap::new() } else { self.rows.levels(&way)? };
        for name in shown.keys() {
            let mut counts = found.remove(name).unwrap_or_else(|| Counts::nobody(layout));
            if let Some(behind) = behind.levels.get(name) {
                behind.onto(&mut counts)?;
            }
            levels.insert(name.clone(), counts);
        }
        let mut kept = Kept {
            folded_to: self.folded_to,
            total: Counts::nobody(layout),
            levels,
            classes: BTreeMap::new(),
            joint: self.rows.folding.jointly.then(|| GroupedCell::nobody(layout)),
            standing: None,
        };
        if at > 0 && is_of_all_time(filter) {
            self.take_figure(&mut kept, at)?;
        } else if at > 0 {
            self.take_rows(&mut kept, &way, &behind)?;
            if kept.joint.is_some() {
                kept.joint = Some(self.joint(&joint_way, &odd, &behind.joint, at)?);
            }
        }
        let cuts =
            Cuts { survey: self.steps.total(), but_for_days, total: at, levels: filter.by.map(|_| shown) };
        kept.standing = Some(Told { cuts, everybody: self.steps.responses().1, pieces });
        Ok(Some(kept))
    }

    fn name(&self, by: Option<By>, key: i32) -> Read<String> {
        Ok(match by {
            Some(by @ (By::Month | By::Week)) => period_name(by, key),
            Some(by) => {
                level_name(kind_of(by).0, &self.steps.figure(by, key).level, self.rows.folding.places)?
            }
            None => String::new(),
        })
    }

    /// The total where it is a level of all time, which has rows of its own.
    fn take_figure(&mut self, kept: &mut Kept, at: usize) -> Read<()> {
        let folding = self.rows.folding;
        let mut figures = Figures {
            connection: &mut *self.rows.connection,
            scope: self.rows.scope,
            survey: self.rows.survey,
            folding,
            steps: self.steps,
            behind_mark: response_log::Place::behind(self.folded_to)?,
        };
        let Some((figure, _)) = figures.total() else { return Ok(()) };
        kept.total = figures.row(&figure, Standing::Answers, at)?;
        if folding.jointly {
            kept.joint = Some(figures.row(&figure, Standing::Joint, at)?);
        }
        if folding.classes {
            kept.classes = figures.classes(&figure, at)?.0;
        }
        Ok(())
    }

    /// The total of a period.
    fn take_rows(&mut self, kept: &mut Kept, way: &[Stretch], behind: &Behind) -> Read<()> {
        let (split, level) = self.rows.narrowed.clone();
        kept.total = self.rows.sum(Part::Answers, split, &level, way)?;
        behind.total.onto(&mut kept.total)?;
        if self.rows.folding.classes {
            let mut classes = Classes(self.rows.classes(way)?);
            behind.classes.onto(&mut classes)?;
            kept.classes = classes.0;
        }
        Ok(())
    }

    /// The periods whose joint rows make up the request, and the days that they leave.
    fn joint_way(&self) -> (Vec<Stretch>, Vec<(i32, i32)>) {
        let Some(days) =
            self.rows.days.filter(|_| self.rows.folding.jointly && !is_of_all_time(self.rows.folding.filter))
        else {
            return (Vec::new(), Vec::new());
        };
        let periods: &[Period] =
            if self.rows.narrowed.0 == Split::Total { &[Period::Month, Period::Week] } else { &[] };
        cover_inside(periods, self.rows.range(), days)
    }

    /// The joint counts of a period: of rows, and of odd days from their answers.
    fn joint(
        &mut self,
        way: &[Stretch],
        odd: &[(i32, i32)],
        behind: &Difference<GroupedCell>,
        at: usize,
    ) -> Read<GroupedCell> {
        let layout = self.rows.folding.layout;
        let (split, level) = self.rows.narrowed.clone();
        let mut joint: GroupedCell = self.rows.sum(Part::Joint, split, &level, way)?;
        behind.onto(&mut joint)?;
        let mut more = Difference::none(layout);
        // What came behind the rows is counted with the tail of the log.
        let end = at.min(self.counted);
        for days in odd {
            self.entries(*days, (0, end), |entry| more.count(layout, entry))?;
        }
        more.onto(&mut joint)?;
        Ok(joint)
    }

    /// What is in the rows and came behind the total's place, or that of a level.
    fn behind(&mut self, at: usize, shown: &BTreeMap<String, usize>, odd: &[(i32, i32)]) -> Read<Behind> {
        let folding = self.rows.folding;
        let layout = folding.layout;
        let mut behind = Behind {
            total: Difference::none(layout),
            levels: BTreeMap::new(),
            classes: Difference::none(layout),
            joint: Difference::none(layout),
        };
        let first = shown.values().copied().chain((at > 0).then_some(at)).min().unwrap_or(self.counted);
        let Some(days) = self.days().filter(|_| first < self.counted) else { return Ok(behind) };
        let is_odd = |day: i32| odd.iter().any(|(from, to)| (*from..*to).contains(&day));
        self.entries(days, (first, self.counted), |entry| {
            let back = entry.undone();
            let (place, response) = (entry.place.at, &entry.response);
            if place >= at {
                behind.total.count(layout, &back)?;
                if folding.classes {
                    behind.classes.count(layout, &back)?;
                }
                if folding.jointly && !is_odd(response.service_day) {
                    behind.joint.count(layout, &back)?;
                }
            }
            let Some(level) = folding.filter.level(response, folding.places) else { return Ok(()) };
            if shown.get(&level).is_some_and(|cut| place >= *cut) {
                let level = behind.levels.entry(level).or_insert_with(|| Difference::none(layout));
                level.count(layout, &back)?;
            }
            Ok(())
        })?;
        Ok(behind)
    }

    /// First day of the request with answers, and the day after the last.
    fn days(&self) -> Option<(i32, i32)> {
        let (first, last) = self.rows.days?;
        let (from, to) = self.rows.range();
        Some((from.map_or(first, |from| from.max(first)), to.map_or(last + 1, |to| to.min(last + 1))))
    }

    /// The entries of the log that pass the filter, of some days and between two places.
    fn entries(
        &mut self,
        days: (i32, i32),
        places: (usize, usize),
        mut visit: impl FnMut(&Entry) -> super::Outcome<()>,
    ) -> Read<()> {
        let folding = self.rows.folding;
        let counting = Counting::by(folding.layout, folding.zone);
        let (scope, survey) = (self.rows.scope, self.rows.survey.id);
        let broken = crate::store::Error::Broken;
        response_log::steps_on(self.rows.connection, scope, survey, days, places, |step, place| {
            let entry = entry(&counting, &step, place).map_err(broken)?;
            if folding.filter.takes_but_for_days(&entry.response) && folding.filter.takes_day(&entry.response)
            {
                visit(&entry).map_err(broken)?;
            }
            Ok(())
        })?;
        Ok(())
    }
}
