//! One table on its way from cut to cut: which levels move, and what total minus moving levels leaves.

use std::collections::BTreeSet;

use super::folder::Tally;
use super::groups::{Crowd, withhold};
use super::log::Cut;
use super::table::StepRule;

/// Which part of its largest level a split that does not last is waited for: days of a month, hours of a week.
const PART_OF_LARGEST: u64 = 10;

/// A table between two cuts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mover {
    lasting: bool,
    states: Vec<State>,
    /// Levels with people that total minus moving levels left together at the last cut.
    remainder: BTreeSet<usize>,
    /// A level that was waited for when it was last looked for one.
    awaited: Option<usize>,
}

/// What is kept of a level from cut to cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct State {
    /// The cut at which it stands; none when it is withheld.
    pub(super) shown: Option<Cut>,
    /// Whether it moved at the last cut, so that its shown counts are those of the cut.
    pub(super) fresh: bool,
}

impl Mover {
    pub(super) fn new(lasting: bool) -> Mover {
        Mover::stored(lasting, Vec::new(), BTreeSet::new())
    }

    /// As it was at its last cut.
    pub(super) fn stored(lasting: bool, states: Vec<State>, remainder: BTreeSet<usize>) -> Mover {
        Mover { lasting, states, remainder, awaited: None }
    }

    /// What is kept of a level.
    pub(super) fn state(&self, level: usize) -> State {
        self.states.get(level).copied().unwrap_or_default()
    }

    /// Whether a level was left with others at the last cut.
    pub(super) fn is_remainder(&self, level: usize) -> bool {
        self.remainder.contains(&level)
    }

    /// Whether the table may move: its patience is over, or no level is left behind that could come along within
    /// the patience. Each level that changed by less than a step is then too small a part of all to expect one, and
    /// all such levels together have one.
    pub(super) fn is_ready(
        &mut self,
        tallies: &[Tally],
        cuts: (Cut, Cut),
        new: u64,
        rule: &StepRule,
    ) -> bool {
        let (last, now) = cuts;
        let more = if self.lasting {
            (last.people.saturating_mul(rule.growth) / 100).min(rule.longest)
        } else {
            tallies.iter().map(|tally| tally.crowd.people).max().unwrap_or(0) / PART_OF_LARGEST
        };
        let patience = rule.patience.max(more);
        if new >= patience {
            return true;
        }
        let step = rule.step.max(1);
        let is_slow = |tally: &Tally| tally.is_changed() && tally.new < step;
        let is_awaited = |tally: &Tally| {
            // What a level will get: of a lasting split by its people, else by those who are new.
            let (part, whole) =
                if self.lasting { (tally.crowd.people, now.people) } else { (tally.new, new) };
            is_slow(tally) && u128::from(part) * u128::from(patience) >= u128::from(step) * u128::from(whole)
        };
        // The one awaited before mostly still is: a long log is not searched anew at every entry.
        if self.awaited.and_then(|level| tallies.get(level)).is_some_and(is_awaited) {
            return false;
        }
        self.awaited = tallies.iter().position(is_awaited);
        let slow: u64 = tallies.iter().filter(|tally| is_slow(tally)).map(|tally| tally.new).sum();
        self.awaited.is_none() && (slow == 0 || slow >= step)
    }

    /// Moves the table to a cut; the levels that then show something new.
    pub(super) fn move_to(&mut self, tallies: &[Tally], cut: Cut, rule: &StepRule) -> Vec<usize> {
        self.states.resize(tallies.len().max(self.states.len()), State::default());
        let mut moved = Vec::new();
        let withheld = withhold_levels(tallies, rule.minimum, BTreeSet::new());
        let left = self.remain(tallies, &withheld, rule);
        for (level, (state, tally)) in self.states.iter_mut().zip(tallies).enumerate() {
            state.fresh = !left.contains(&level);
            if state.fresh {
                state.shown = Some(Cut { entries: cut.entries, people: tally.crowd.people });
                moved.extend(tally.is_changed().then_some(level));
            } else if withheld.contains(&level) {
                state.shown = None;
            }
        }
        let peopled = |level: &usize| tallies.get(*level).is_some_and(|tally| tally.crowd.answers > 0);
        self.remainder = left.into_iter().filter(peopled).collect();
        moved
    }

    /// The levels that total minus moving levels leaves together.
    fn remain(&self, tallies: &[Tally], withheld: &BTreeSet<usize>, rule: &StepRule) -> BTreeSet<usize> {
        let step = rule.step.max(1);
        let moves = |level: usize, tally: &Tally, state: &State| {
            !withheld.contains(&level) && (tally.new >= step || (!tally.is_changed() && state.fresh))
        };
        let all = tallies.iter().zip(&self.states).enumerate();
        let still =
            all.filter(|(level, (tally, state))| !moves(*level, tally, state)).map(|(level, _)| level);
        let mut left = withhold_levels(tallies, rule.minimum, still.collect());
        while !self.is_new_or_old(tallies, &left, step) {
            let Some(company) = self.company(tallies, &left, step) else { break };
            left.insert(company);
            left = withhold_levels(tallies, rule.minimum, left);
        }
        left
    }

    /// The moving level that keeps a remainder company, and so keeps its earlier counts: one that brings enough new people;
    /// of these one that moved at the last cut, so that none is left behind twice running; of these the one with the fewest.
    fn company(&self, tallies: &[Tally], left: &BTreeSet<usize>, step: u64) -> Option<usize> {
        let moving = tallies.iter().enumerate().filter(|(level, _)| !left.contains(level));
        let order = |(level, tally): &(usize, &Tally)| {
            (tally.new < step, !self.state(*level).fresh, tally.new, *level)
        };
        moving.min_by_key(order).map(|(level, _)| level)
    }

    /// Whether a remainder has enough new people, or is nobody, or is what it was; levels that were empty and are,
    /// tell nothing.
    fn is_new_or_old(&self, tallies: &[Tally], left: &BTreeSet<usize>, step: u64) -> bool {
        let telling: BTreeSet<usize> = left
            .iter()
            .copied()
            .filter(|level| tallies.get(*level).is_some_and(|tally| tally.tells()))
            .collect();
        let of_left = || tallies.iter().enumerate().filter(|(level, _)| telling.contains(level));
        let new: u64 = of_left().map(|(_, tally)| tally.new).sum();
        let unchanged = of_left().all(|(_, tally)| !tally.is_changed());
        telling.is_empty() || new >= step || (unchanged && telling == self.remainder)
    }
}

/// [`withhold`] on the levels of a whole table.
fn withhold_levels(tallies: &[Tally], minimum: u64, already: BTreeSet<usize>) -> BTreeSet<usize> {
    let crowds: Vec<Crowd> = tallies.iter().map(|tally| tally.crowd).collect();
    withhold(crowds.iter().copied().fold(Crowd::default(), Crowd::plus), &crowds, minimum, already)
}
