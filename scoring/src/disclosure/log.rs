//! The log of arrivals and erasures, and the cuts at which a single figure may move.

use super::folder::Folder;

/// One entry of a log of responses, in the order in which they were committed.
///
/// `L` says to which levels a response belongs: one number for one table, `[u32; N]` for N tables beside each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogEntry<L = usize> {
    /// A response came in.
    Arrival {
        /// The level of the table that it belongs to, from 0; 0 where there is no split.
        level: L,
        /// Whether it is the first of its person; later ones change figures but are no new person.
        person: bool,
    },
    /// An earlier response was erased or replaced.
    Erasure {
        /// The position of its arrival in the log.
        of: usize,
    },
    /// An earlier response is gone with its answers: counts that hold it cannot be made any more. Figures that held it
    /// move as soon as a step of new people is there; until then see [`whole_moves`](super::whole_moves).
    Gone {
        /// The position of its arrival in the log.
        of: usize,
        /// Whether the next entry is of the same erasure: figures move when all of it is done.
        more: bool,
    },
    /// Something that the table does not count, such as a response that a filter leaves out; it keeps the positions
    /// of the others.
    Other,
}

impl<L> LogEntry<L> {
    /// The same entry with another level; `None` leaves an arrival out, and with it its erasure.
    ///
    /// ```
    /// use scoring::LogEntry;
    /// let log = [LogEntry::Arrival { level: [2, 7], person: true }, LogEntry::Erasure { of: 0 }];
    /// assert_eq!(log[0].map(|level| Some(level[1])), LogEntry::Arrival { level: 7, person: true });
    /// assert_eq!(log[0].map(|level| (level[0] == 1).then_some(level[1])), LogEntry::Other);
    /// ```
    pub fn map<M>(&self, level_of: impl FnOnce(&L) -> Option<M>) -> LogEntry<M> {
        match self {
            LogEntry::Arrival { level, person } => {
                level_of(level).map_or(LogEntry::Other, |level| LogEntry::Arrival { level, person: *person })
            }
            LogEntry::Erasure { of } => LogEntry::Erasure { of: *of },
            LogEntry::Gone { of, more } => LogEntry::Gone { of: *of, more: *more },
            LogEntry::Other => LogEntry::Other,
        }
    }
}

/// A point of the log up to which a figure is folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cut {
    /// How many entries of the log are folded.
    pub entries: usize,
    /// People in the folded part, erased ones gone.
    pub people: u64,
}

/// The cut at which a figure without levels stands, so that any two states of it differ by at least `step` people.
///
/// From the last cut on, people who arrived and were not erased again are counted; when they are `step`, the figure
/// moves, and everything in between, erasures too, is folded with them. A function of the log alone: each cut of a
/// beginning of the log is also a cut of the whole. Of two states, and of any sum of states with factors, either
/// nothing is left or the latest `step` new people are, because no earlier state holds them. So an erasure shows
/// only together with `step` arrivals; until then the shown counts still hold the erased answer, without a name.
///
/// A step of 0 is taken as 1. An erasure of what is not there is passed over.
///
/// ```
/// use scoring::{LogEntry, steps};
/// let arrival = LogEntry::Arrival { level: 0, person: true };
/// let mut log = vec![arrival; 19];
/// assert_eq!((steps(&log, 10).entries, steps(&log, 10).people), (10, 10));
/// log.extend([LogEntry::Erasure { of: 3 }, LogEntry::Erasure { of: 12 }, arrival]);
/// assert_eq!(steps(&log, 10).people, 10, "nine new people are there");
/// log.push(arrival);
/// assert_eq!(steps(&log, 10).people, 19, "ten more, one fewer");
/// ```
pub fn steps(log: &[LogEntry], step: u64) -> Cut {
    let log: Vec<LogEntry<[u32; 0]>> = log.iter().map(|entry| entry.map(|_| Some([]))).collect();
    let (mut walk, mut folder) = (Walk::along(&log), Folder::new([]));
    let mut cut = Cut::default();
    while walk.advance(&mut folder) {
        if folder.new_people() >= step.max(1) {
            cut = folder.cut();
            folder.close();
        }
    }
    cut
}

/// A walk along a log that lies in memory. An erasure of what is not there is passed over; levels beyond a table's
/// last count with it.
pub(super) struct Walk<'a, const N: usize> {
    log: &'a [LogEntry<[u32; N]>],
    at: usize,
    erased: Vec<bool>,
}

impl<'a, const N: usize> Walk<'a, N> {
    pub(super) fn along(log: &'a [LogEntry<[u32; N]>]) -> Walk<'a, N> {
        Walk { log, at: 0, erased: vec![false; log.len()] }
    }

    /// Gives the next entry to tables of a fixed number of levels, of an erasure all its entries; false at the end of
    /// the log, also when it ends inside an erasure.
    pub(super) fn advance(&mut self, folder: &mut Folder<N>) -> bool {
        while let Some(entry) = self.log.get(self.at) {
            self.take(*entry, folder);
            if !matches!(entry, LogEntry::Gone { more: true, .. }) {
                return true;
            }
        }
        false
    }

    fn take(&mut self, entry: LogEntry<[u32; N]>, folder: &mut Folder<N>) {
        let at = self.at;
        match entry {
            LogEntry::Arrival { level, person } => folder.arrive(at, within(folder, level), person),
            LogEntry::Erasure { of } => match self.gone(of) {
                Some((level, person)) => folder.erase(at, of, within(folder, level), person),
                None => folder.pass(at),
            },
            LogEntry::Gone { of, .. } => match self.gone(of) {
                Some((level, person)) => {
                    folder.press(of);
                    folder.erase(at, of, within(folder, level), person);
                }
                None => folder.pass(at),
            },
            LogEntry::Other => folder.pass(at),
        }
        self.at += 1;
    }

    /// Marks an arrival as erased; none when it is not there.
    fn gone(&mut self, of: usize) -> Option<([u32; N], bool)> {
        let LogEntry::Arrival { level, person } = *self.log.get(of)? else { return None };
        let erased = self.erased.get_mut(of).filter(|erased| of < self.at && !**erased)?;
        *erased = true;
        Some((level, person))
    }
}

fn within<const N: usize>(folder: &Folder<N>, levels: [u32; N]) -> [u32; N] {
    let mut tables = folder.tables().iter().map(|table| u32::try_from(table.len() - 1).unwrap_or(u32::MAX));
    levels.map(|level| tables.next().map_or(level, |last| level.min(last)))
}
