//! Keeps, for each level of each table, what is there and what changed since the last cut, entry by entry.

use super::groups::Crowd;
use super::log::Cut;

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

    /// What was there at the last cut.
    pub(super) fn answers_at_cut(self) -> u64 {
        (self.crowd.answers + self.went).saturating_sub(self.came)
    }

    /// As five numbers, for storage.
    pub(super) fn numbers(self) -> [u64; 5] {
        [self.crowd.answers, self.crowd.people, self.new, self.came, self.went]
    }

    /// From five numbers; none where no log gives them.
    pub(super) fn of_numbers([answers, people, new, came, went]: [u64; 5]) -> Option<Tally> {
        let fits = people <= answers && new <= people && new <= came && came <= answers;
        fits.then_some(Tally { crowd: Crowd { people, answers }, new, came, went })
    }

    fn arrive(&mut self, crowd: Crowd) {
        self.crowd = self.crowd.plus(crowd);
        self.new += crowd.people;
        self.came += crowd.answers;
    }

    /// `unseen` is what no figure holds yet, `fresh` what came after the last cut: the table does not see it come
    /// and go.
    fn erase(&mut self, person: bool, unseen: bool, fresh: bool) {
        let less = |number: &mut u64, by: u64| *number = number.saturating_sub(by);
        less(&mut self.crowd.people, u64::from(person));
        less(&mut self.crowd.answers, 1);
        if unseen {
            less(&mut self.new, u64::from(person));
        }
        if fresh {
            less(&mut self.came, 1);
        } else {
            self.went += 1;
        }
    }

    fn close(&mut self) {
        (self.new, self.came, self.went) = (0, 0, 0);
    }
}

/// N tables beside each other, entry by entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Folder<const N: usize> {
    /// Entries walked.
    pub(super) at: usize,
    /// Entries folded at the last cut.
    closed: usize,
    /// Entries that some figure holds, of this table or of one around it.
    seen: usize,
    /// Somebody whom a figure holds is gone since the last cut.
    pressed: bool,
    total: Tally,
    tables: [Vec<Tally>; N],
}

impl<const N: usize> Folder<N> {
    /// At the beginning, with so many levels in each table, at least one; a level that comes later is added.
    pub(super) fn new(levels: [usize; N]) -> Folder<N> {
        let tables = levels.map(|levels| vec![Tally::default(); levels.max(1)]);
        Folder { at: 0, closed: 0, seen: 0, pressed: false, total: Tally::default(), tables }
    }

    /// As it was when so many entries were walked and so many folded.
    pub(super) fn stored(
        (at, closed): (usize, usize),
        pressed: bool,
        total: Tally,
        tables: [Vec<Tally>; N],
    ) -> Folder<N> {
        Folder { at, closed, seen: closed, pressed, total, tables }
    }

    /// Walks an entry that nobody is counted by.
    pub(super) fn pass(&mut self, entry: usize) {
        self.at = entry.saturating_add(1);
    }

    /// Walks an arrival.
    pub(super) fn arrive(&mut self, entry: usize, levels: [u32; N], person: bool) {
        self.pass(entry);
        self.arrive_together(levels, Crowd { people: u64::from(person), answers: 1 });
    }

    /// Takes arrivals of the same levels together; at which entries is told by [`Folder::pass`].
    pub(super) fn arrive_together(&mut self, levels: [u32; N], crowd: Crowd) {
        self.change(levels, |tally| tally.arrive(crowd));
    }

    /// Walks the erasure of an arrival, which is there.
    pub(super) fn erase(&mut self, entry: usize, of: usize, levels: [u32; N], person: bool) {
        self.pass(entry);
        let (unseen, fresh) = (of >= self.seen, of >= self.closed);
        self.change(levels, |tally| tally.erase(person, unseen, fresh));
    }

    /// Notes that the answers of an arrival are gone: what holds it cannot be made any more.
    pub(super) fn press(&mut self, of: usize) {
        self.pressed |= of < self.closed;
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

    /// Everybody.
    pub(super) fn total(&self) -> Tally {
        self.total
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

    /// Changes the total and one level of each table.
    fn change(&mut self, levels: [u32; N], change: impl Fn(&mut Tally)) {
        change(&mut self.total);
        for (table, level) in self.tables.iter_mut().zip(levels) {
            let level = usize::try_from(level).unwrap_or(usize::MAX).min(table.len());
            if level == table.len() {
                table.push(Tally::default());
            }
            if let Some(tally) = table.get_mut(level) {
                change(tally);
            }
        }
    }
}
