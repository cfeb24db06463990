//! Walks a log and keeps, for each level of each table, what is there and what changed since the last cut.

use super::groups::Crowd;
use super::log::{Cut, LogEntry};

/// One level now, and what changed in it since the last cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Tally {
    /// Who is there now.
    pub(super) crowd: Crowd,
    /// New people who are still there and whom no figure holds yet: since the last cut, or since an outer table's.
    pub(super) new: u64,
    /// Answers that came since the last cut and are still there.
    came: u64,
    /// Answers of before the last cut that went.
    went: u64,
}

impl Tally {
    /// Whether anything came or went since the last cut that is not undone.
    pub(super) fn is_changed(self) -> bool {
        (self.came, self.went) != (0, 0)
    }

    /// Whether anything is there, or was at the last cut.
    pub(super) fn tells(self) -> bool {
        self.is_changed() || self.crowd.answers > 0
    }

    fn arrive(&mut self, person: bool) {
        self.crowd = self.crowd.plus(Crowd { people: u64::from(person), answers: 1 });
        self.new += u64::from(person);
        self.came += 1;
    }

    /// `unseen` is what no figure holds yet, `fresh` what came after the last cut: the table does not see it come
    /// and go.
    fn erase(&mut self, person: bool, unseen: bool, fresh: bool) {
        self.crowd.people -= u64::from(person);
        self.crowd.answers -= 1;
        if unseen {
            self.new -= u64::from(person);
        }
        if fresh {
            self.came -= 1;
        } else {
            self.went += 1;
        }
    }

    fn close(&mut self) {
        (self.new, self.came, self.went) = (0, 0, 0);
    }
}

/// A walk along a log of N tables beside each other.
pub(super) struct Folder<'a, const N: usize> {
    log: &'a [LogEntry<[u32; N]>],
    /// Entries walked.
    at: usize,
    /// Entries folded at the last cut.
    closed: usize,
    /// Entries that some figure holds, of this table or of one around it.
    seen: usize,
    erased: Vec<bool>,
    /// Somebody whom a figure holds is gone since the last cut.
    pressed: bool,
    total: Tally,
    tables: [Vec<Tally>; N],
}

impl<'a, const N: usize> Folder<'a, N> {
    /// At the beginning, with so many levels in each table, at least one.
    pub(super) fn new(log: &'a [LogEntry<[u32; N]>], levels: [usize; N]) -> Folder<'a, N> {
        Folder {
            log,
            at: 0,
            closed: 0,
            seen: 0,
            erased: vec![false; log.len()],
            pressed: false,
            total: Tally::default(),
            tables: levels.map(|levels| vec![Tally::default(); levels.max(1)]),
        }
    }

    /// Walks one entry; false at the end of the log.
    pub(super) fn advance(&mut self) -> bool {
        let Some(change) = self.log.get(self.at) else { return false };
        match *change {
            LogEntry::Arrival { level, person } => self.change(level, |tally| tally.arrive(person)),
            LogEntry::Erasure { of } => self.erase(of),
            LogEntry::Gone { of } => {
                self.pressed |= of < self.closed;
                self.erase(of);
            }
            LogEntry::Other => {}
        }
        self.at += 1;
        true
    }

    /// Whether somebody whom the last cut holds is gone, so that its counts cannot be made any more.
    pub(super) fn is_pressed(&self) -> bool {
        self.pressed
    }

    /// People whom no figure holds yet.
    pub(super) fn new_people(&self) -> u64 {
        self.total.new
    }

    /// Everything walked so far as a cut.
    pub(super) fn cut(&self) -> Cut {
        Cut { entries: self.at, people: self.total.crowd.people }
    }

    /// The levels of each table.
    pub(super) fn tables(&self) -> &[Vec<Tally>; N] {
        &self.tables
    }

    /// Everything walked so far is held by a figure around this table, though not yet by its own.
    pub(super) fn see(&mut self) {
        self.seen = self.at;
        self.total.new = 0;
        self.tables.iter_mut().flatten().for_each(|tally| tally.new = 0);
    }

    /// Makes everything walked so far the past.
    pub(super) fn close(&mut self) {
        (self.closed, self.seen, self.pressed) = (self.at, self.at, false);
        self.total.close();
        self.tables.iter_mut().flatten().for_each(Tally::close);
    }

    /// Changes the total and one level of each table; the last level takes what belongs to none.
    fn change(&mut self, levels: [u32; N], change: impl Fn(&mut Tally)) {
        change(&mut self.total);
        for (table, level) in self.tables.iter_mut().zip(levels) {
            let last = table.len() - 1;
            if let Some(tally) = table.get_mut(usize::try_from(level).unwrap_or(last).min(last)) {
                change(tally);
            }
        }
    }

    fn erase(&mut self, of: usize) {
        let Some(&LogEntry::Arrival { level, person }) = self.log.get(of) else { return };
        if of >= self.at || self.erased.get(of).copied().unwrap_or(true) {
            return;
        }
        if let Some(erased) = self.erased.get_mut(of) {
            *erased = true;
        }
        let (unseen, fresh) = (of >= self.seen, of >= self.closed);
        self.change(level, |tally| tally.erase(person, unseen, fresh));
    }
}
