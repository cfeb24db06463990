//! Tables beside each other that are told one entry of the log after the other, and remember no entry.

use super::folder::{Folder, Tally};
use super::log::Cut;
use super::mover::{Mover, State};
use super::table::{Split, StepRule};

/// What [`crate::step_tables`] says of a log, from the log's entries one by one.
///
/// Its memory grows with levels, not with entries, and can be stored ([`Stepper::encode`]), so a long log has to be
/// walked only once. Entries and levels are numbered by the caller: entries ascend, and may leave numbers out; levels
/// of each table begin at 0 and leave none out. Whoever tells of an erasure says what is erased, once, and only what
/// arrived.
///
/// ```
/// use scoring::{LogEntry, Policy, Split, StepRule, Stepper, step_tables};
/// let rule = StepRule::of(Policy::default());
/// let mut stepper = Stepper::new([true, false], &rule);
/// let mut log = Vec::new();
/// for entry in 0..40 {
///     let level = [entry % 2, entry / 20];
///     stepper.arrive(entry as usize, level, true);
///     log.push(LogEntry::Arrival { level, person: true });
/// }
/// stepper.erase(40, 3, [1, 0], true);
/// log.push(LogEntry::Erasure { of: 3 });
/// let splits = [Split { levels: 2, lasting: true }, Split { levels: 2, lasting: false }];
/// let [channels, weeks] = step_tables(&log, &splits, &rule);
/// assert_eq!(stepper.total(), channels.total);
/// assert_eq!((stepper.level(0, 1), stepper.level(1, 1)), (channels.levels[1].shown, weeks.levels[1].shown));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stepper<const N: usize> {
    rule: StepRule,
    folder: Folder<N>,
    movers: [Mover; N],
    last: Cut,
}

/// What is stored of a stepper beside its rule.
pub(crate) struct Stored<const N: usize> {
    /// Entries walked.
    pub(crate) at: usize,
    /// The cut of the total.
    pub(crate) last: Cut,
    /// Whether somebody is gone whom that cut holds.
    pub(crate) pressed: bool,
    /// The tally of everybody, as numbers.
    pub(crate) total: [u64; 5],
    /// The levels of each table.
    pub(crate) tables: [Vec<StoredLevel>; N],
}

/// What is stored of a level.
pub(crate) struct StoredLevel {
    /// Its tally, as numbers.
    pub(crate) tally: [u64; 5],
    /// The cut at which it stands.
    pub(crate) shown: Option<Cut>,
    /// Whether it moved at the last cut.
    pub(crate) fresh: bool,
    /// Whether it was left with others at the last cut.
    pub(crate) remains: bool,
}

impl<const N: usize> Stepper<N> {
    /// Nothing came yet. For each table whether people keep coming to its levels ([`Split::lasting`]).
    pub fn new(lasting: [bool; N], rule: &StepRule) -> Stepper<N> {
        Stepper::with_levels(&lasting.map(|lasting| Split { levels: 1, lasting }), rule)
    }

    /// The same, with levels that nobody has to have come to.
    pub(super) fn with_levels(splits: &[Split; N], rule: &StepRule) -> Stepper<N> {
        Stepper {
            rule: *rule,
            folder: Folder::new(splits.map(|split| split.levels)),
            movers: splits.map(|split| Mover::new(split.lasting)),
            last: Cut::default(),
        }
    }

    /// A response came in: with its level in each table, and whether it is the first of its person. When the tables move
    /// with it, for each the levels that then show something new.
    pub fn arrive(&mut self, entry: usize, levels: [u32; N], person: bool) -> Option<[Vec<usize>; N]> {
        self.folder.arrive(entry, levels, person);
        self.turn()
    }

    /// An earlier response was erased or replaced; `of` is the entry of its arrival, levels and person are as then. When
    /// the tables move with it, as for [`Stepper::arrive`].
    pub fn erase(
        &mut self,
        entry: usize,
        of: usize,
        levels: [u32; N],
        person: bool,
    ) -> Option<[Vec<usize>; N]> {
        self.folder.erase(entry, of, levels, person);
        self.turn()
    }

    /// As [`Stepper::erase`], of a response that is gone with its answers ([`LogEntry::Gone`](super::LogEntry::Gone));
    /// `more` of the same erasure may come, and the tables do not move before.
    pub fn lose(
        &mut self,
        entry: usize,
        of: usize,
        levels: [u32; N],
        person: bool,
        more: bool,
    ) -> Option<[Vec<usize>; N]> {
        self.folder.press(of);
        self.folder.erase(entry, of, levels, person);
        if more { None } else { self.turn() }
    }

    /// The cut at which the total stands.
    pub fn total(&self) -> Cut {
        self.last
    }

    /// How many responses are there now, and how many were at the cut of the total.
    pub fn responses(&self) -> (u64, u64) {
        let total = self.folder.total();
        (total.crowd.answers, total.answers_at_cut())
    }

    /// The cut at which a level of a table stands; `None` while it is withheld or nobody came to it.
    pub fn level(&self, table: usize, level: usize) -> Option<Cut> {
        self.movers.get(table).and_then(|mover| mover.state(level).shown)
    }

    /// The rule by which the tables move.
    pub fn rule(&self) -> &StepRule {
        &self.rule
    }

    fn turn(&mut self) -> Option<[Vec<usize>; N]> {
        self.is_ready().then(|| self.move_on())
    }

    /// Whether enough new people are there and every table is ready.
    pub(super) fn is_ready(&mut self) -> bool {
        let (now, new) = (self.folder.cut(), self.folder.new_people());
        let (rule, cuts) = (&self.rule, (self.last, now));
        let mut tables = self.movers.iter_mut().zip(self.folder.tables());
        new >= rule.step.max(1)
            && (tables.all(|(mover, tallies)| mover.is_ready(tallies, cuts, new, rule))
                || self.folder.is_pressed())
    }

    /// Moves all tables to here; for each the levels that then show something new.
    pub(super) fn move_on(&mut self) -> [Vec<usize>; N] {
        let (cut, rule) = (self.folder.cut(), &self.rule);
        let mut tables = self.folder.tables().iter();
        let moved = self.movers.each_mut().map(|mover| {
            let tallies = tables.next().map_or(&[][..], Vec::as_slice);
            mover.move_to(tallies, cut, rule)
        });
        self.last = cut;
        self.folder.close();
        moved
    }

    /// The counts, for those who walk the log themselves.
    pub(super) fn folder(&mut self) -> &mut Folder<N> {
        &mut self.folder
    }

    /// What is to be stored.
    pub(crate) fn store(&self) -> Stored<N> {
        let mut movers = self.movers.iter();
        let tables = self.folder.tables().each_ref().map(|tallies| {
            let Some(mover) = movers.next() else { return Vec::new() };
            let level = |(level, tally): (usize, &Tally)| {
                let State { shown, fresh } = mover.state(level);
                StoredLevel { tally: tally.numbers(), shown, fresh, remains: mover.is_remainder(level) }
            };
            tallies.iter().enumerate().map(level).collect()
        });
        let Folder { at, .. } = self.folder;
        let pressed = self.folder.is_pressed();
        Stored { at, last: self.last, pressed, total: self.folder.total().numbers(), tables }
    }

    /// As it was stored; none where no log gives that.
    pub(crate) fn restore(lasting: [bool; N], rule: &StepRule, stored: Stored<N>) -> Option<Stepper<N>> {
        let Stored { at, last, pressed, total, tables } = stored;
        let fits = |level: &StoredLevel| {
            Tally::of_numbers(level.tally).is_some()
                && level.shown.is_none_or(|cut| cut.entries <= last.entries)
        };
        if last.entries > at || !tables.iter().flatten().all(fits) {
            return None;
        }
        let tallies = tables.each_ref().map(|levels| {
            levels.iter().map(|level| Tally::of_numbers(level.tally).unwrap_or_default()).collect::<Vec<_>>()
        });
        let mut lasting = lasting.into_iter();
        let movers = tables.map(|levels| {
            let remainder = levels.iter().enumerate().filter(|(_, one)| one.remains).map(|(level, _)| level);
            let states = levels.iter().map(|one| State { shown: one.shown, fresh: one.fresh }).collect();
            Mover::stored(lasting.next().unwrap_or(true), states, remainder.collect())
        });
        let folder = Folder::stored((at, last.entries), pressed, Tally::of_numbers(total)?, tallies);
        Some(Stepper { rule: *rule, folder, movers, last })
    }
}
