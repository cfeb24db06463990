//! The exact integer counts behind every report.
//!
//! A [`Cell`] holds three tiers: item histograms, answer patterns within each dimension, and moments of person
//! scores by present-mask. Merging is addition, forgetting is subtraction, both exact; no mean or share is ever
//! stored. Statistics live in the sibling modules and read cells; `codec` turns them into bytes.

mod grouped;
mod item_counts;
mod item_pairs;
mod joint;
mod moments;
mod patterns;
mod possible;
mod products;
mod scores;
#[cfg(test)]
mod tests;

pub use grouped::{GROUPS, GroupedCell, group_of};
pub use item_counts::ItemCounts;
pub use item_pairs::ItemPair;
pub(crate) use item_pairs::ItemPairs;
pub use joint::JointCounts;
pub(crate) use moments::{Moments, PairSums, Sums, rank};
pub(crate) use patterns::{Patterns, Reader, Row, digit};
pub(crate) use products::{Higher, ProductSums};

use scores::Scores;
pub(crate) use scores::variable_score;

use crate::code::Code;
use crate::error::CellError;
use crate::layout::{Block, Layout};

/// The most people one cell holds; up to here every intermediate product fits 128 bits and is exact.
pub const MAX_PEOPLE: u64 = 100_000_000_000;

/// Exact counts of the answers of any number of people.
///
/// ```
/// use scoring::{Cell, Code, DimensionSpec, Facet, ItemSpec, Layout, Outcomes, Scale};
/// let scale = Scale::new(1, 5)?;
/// let item = ItemSpec { key: "speed_1".into(), scale, reversed: false, top_box: None };
/// let speed = DimensionSpec { key: "speed".into(), facet: Facet::Experience, of: None, items: vec![0] };
/// let layout = Layout::new(vec![item], vec![speed], Outcomes::default())?;
/// let mut cell = Cell::empty(&layout);
/// let codes = [Code::answer(4, scale).unwrap()];
/// cell.record(&layout, &codes)?;
/// assert_eq!(cell.people(), 1);
/// cell.forget(&layout, &codes)?;
/// assert_eq!(cell, Cell::empty(&layout));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    fingerprint: u64,
    people: u64,
    items: Vec<ItemCounts>,
    /// One table a dimension, then one for the overall outcome when the layout has it.
    patterns: Vec<Patterns>,
    dimensions: usize,
    moments: Moments,
}

impl Cell {
    /// A cell of nobody.
    pub fn empty(layout: &Layout) -> Cell {
        Cell {
            fingerprint: layout.fingerprint(),
            people: 0,
            items: vec![ItemCounts::default(); layout.items().len()],
            patterns: vec![Patterns::default(); layout.blocks().count()],
            dimensions: layout.dimensions().len(),
            moments: Moments::default(),
        }
    }

    /// Counts one person's response: one code for each item of the layout, in its order.
    pub fn record(&mut self, layout: &Layout, codes: &[Code]) -> Result<(), CellError> {
        self.check_codes(layout, codes)?;
        if self.people >= MAX_PEOPLE {
            return Err(CellError::TooManyPeople);
        }
        self.people += 1;
        for (counts, code) in self.items.iter_mut().zip(codes) {
            counts.increase(*code);
        }
        for (table, items) in self.patterns.iter_mut().zip(layout.blocks()) {
            table.add(pattern_of(items, codes), 1);
        }
        self.moments.record(&Scores::of(layout, codes));
        Ok(())
    }

    /// Takes one person's response back: the exact inverse of [`Cell::record`].
    ///
    /// The cell is unchanged when it cannot hold these codes.
    pub fn forget(&mut self, layout: &Layout, codes: &[Code]) -> Result<(), CellError> {
        self.check_codes(layout, codes)?;
        let (mask, sums) = Moments::of_person(&Scores::of(layout, codes));
        let counted = self.items.iter().zip(codes).all(|(counts, code)| counts.of(*code) > 0)
            && self.patterns.iter().zip(layout.blocks()).all(|(t, items)| t.has(pattern_of(items, codes), 1))
            && self.moments.contains(mask, &sums);
        if self.people == 0 || !counted {
            return Err(CellError::NotCounted);
        }
        self.people -= 1;
        for (counts, code) in self.items.iter_mut().zip(codes) {
            counts.decrease(*code);
        }
        for (table, items) in self.patterns.iter_mut().zip(layout.blocks()) {
            table.subtract(pattern_of(items, codes), 1);
        }
        self.moments.subtract(mask, &sums);
        Ok(())
    }

    /// Adds the counts of another cell of the same layout.
    pub fn add(&mut self, other: &Cell) -> Result<(), CellError> {
        self.check_cell(other)?;
        if self.people + other.people > MAX_PEOPLE {
            return Err(CellError::TooManyPeople);
        }
        self.people += other.people;
        self.items.iter_mut().zip(&other.items).for_each(|(mine, theirs)| mine.add(theirs));
        for (mine, theirs) in self.patterns.iter_mut().zip(&other.patterns) {
            theirs.iter().for_each(|(pattern, count)| mine.add(pattern, count));
        }
        other.moments.iter().for_each(|(mask, sums)| self.moments.add(mask, sums));
        Ok(())
    }

    /// Takes the counts of another cell away; the cell is unchanged when they are not in it.
    pub fn subtract(&mut self, other: &Cell) -> Result<(), CellError> {
        self.check_cell(other)?;
        if !self.contains(other) {
            return Err(CellError::NotCounted);
        }
        self.people -= other.people;
        self.items.iter_mut().zip(&other.items).for_each(|(mine, theirs)| mine.subtract(theirs));
        for (mine, theirs) in self.patterns.iter_mut().zip(&other.patterns) {
            theirs.iter().for_each(|(pattern, count)| mine.subtract(pattern, count));
        }
        other.moments.iter().for_each(|(mask, sums)| self.moments.subtract(mask, sums));
        Ok(())
    }

    /// How many responses were recorded, empty ones included.
    pub fn people(&self) -> u64 {
        self.people
    }

    /// How many people have a score in at least one of the variables of a mask (a bit for each place in
    /// [`Layout::variables`]).
    pub fn people_with(&self, variables: u64) -> u64 {
        self.moments.iter().filter(|(mask, _)| mask & variables != 0).map(|(_, sums)| sums.n).sum()
    }

    /// The histogram of an item.
    pub fn item(&self, index: usize) -> Option<&ItemCounts> {
        self.items.get(index)
    }

    /// How many answered at least one item of a block; for a dimension the n of its score.
    pub fn people_answering(&self, block: Block) -> u64 {
        let Some(table) = self.patterns_of(block) else { return 0 };
        let answered = |pattern: u64| (0..16).any(|place| (1..=11).contains(&digit(pattern, place)));
        table.iter().filter(|(pattern, _)| answered(*pattern)).map(|(_, count)| count).sum()
    }

    pub(crate) fn patterns_of(&self, block: Block) -> Option<&Patterns> {
        match block {
            Block::Dimension(index) => self.patterns.get(..self.dimensions)?.get(index),
            Block::Overall => self.patterns.get(self.dimensions),
        }
    }

    pub(crate) fn pair(&self, u: usize, v: usize) -> PairSums {
        self.moments.pair(u, v)
    }

    pub(crate) fn pairs(&self, variables: &[usize]) -> Vec<Vec<PairSums>> {
        self.moments.pairs(variables)
    }

    pub(crate) fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    pub(crate) fn items(&self) -> &[ItemCounts] {
        &self.items
    }

    /// One table for each of [`Layout::blocks`].
    pub(crate) fn patterns(&self) -> &[Patterns] {
        &self.patterns
    }

    pub(crate) fn moments(&self) -> &Moments {
        &self.moments
    }

    /// A cell of counts that were read from storage and found to fit the layout.
    pub(crate) fn from_parts(
        layout: &Layout,
        people: u64,
        items: Vec<ItemCounts>,
        patterns: Vec<Patterns>,
        moments: Moments,
    ) -> Cell {
        Cell { people, items, patterns, moments, ..Cell::empty(layout) }
    }

    fn contains(&self, other: &Cell) -> bool {
        let tables = || self.patterns.iter().zip(&other.patterns);
        self.people >= other.people
            && self.items.iter().zip(&other.items).all(|(mine, theirs)| mine.contains(theirs))
            && tables().all(|(mine, theirs)| theirs.iter().all(|(pattern, count)| mine.has(pattern, count)))
            && other.moments.iter().all(|(mask, sums)| self.moments.contains(mask, sums))
    }

    pub(crate) fn check_cell(&self, other: &Cell) -> Result<(), CellError> {
        if self.fingerprint == other.fingerprint { Ok(()) } else { Err(CellError::OtherLayout) }
    }

    pub(crate) fn check_codes(&self, layout: &Layout, codes: &[Code]) -> Result<(), CellError> {
        if self.fingerprint != layout.fingerprint() {
            return Err(CellError::OtherLayout);
        }
        check_codes(layout, codes)
    }
}

/// One code for each item, each an empty state or on its item's scale.
fn check_codes(layout: &Layout, codes: &[Code]) -> Result<(), CellError> {
    if codes.len() != layout.items().len() {
        return Err(CellError::AnswerCount { items: layout.items().len(), given: codes.len() });
    }
    let fits = |(item, code): (&crate::layout::ItemSpec, &Code)| {
        !code.is_answer() || code.byte() <= item.scale.points()
    };
    match layout.items().iter().zip(codes).position(|pair| !fits(pair)) {
        Some(index) => Err(CellError::UnknownCode(index)),
        None => Ok(()),
    }
}

pub(crate) fn pattern_of(items: &[usize], codes: &[Code]) -> u64 {
    patterns::pack(items.iter().filter_map(|&item| codes.get(item).copied()))
}
