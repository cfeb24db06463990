//! Tier B: how often each pattern of answers to one dimension occurred.
//!
//! The full joint distribution inside a block of at most sixteen items, four bits an item in a `u64`. Patterns
//! that occurred once describe one person: they stay inside the crate and only statistics leave it.

#![allow(clippy::indexing_slicing, reason = "a row has room for the sixteen items that a layout allows")]

use std::collections::BTreeMap;

use crate::code::Code;
use crate::layout::{Block, Layout};

/// A sparse table from pattern to count; a pattern with count 0 is never kept.
///
/// The order of the map makes every floating-point sum over it independent of how the counts came together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Patterns(BTreeMap<u64, u64>);

/// Packs codes four bits each, the first item lowest.
pub(crate) fn pack(codes: impl IntoIterator<Item = Code>) -> u64 {
    codes
        .into_iter()
        .enumerate()
        .fold(0, |pattern, (place, code)| pattern | u64::from(code.byte()) << (4 * place))
}

/// The four bits of one item; an answer's position on its scale when it is `1..=11`.
pub(crate) fn digit(pattern: u64, place: usize) -> u8 {
    u8::try_from((pattern >> (4 * place)) & 15).unwrap_or(0)
}

impl Patterns {
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = (u64, u64)> {
        self.0.iter().map(|(&pattern, &count)| (pattern, count))
    }

    /// The table of ascending patterns with counts above 0, as storage has it.
    pub(crate) fn from_sorted(table: Vec<(u64, u64)>) -> Patterns {
        Patterns(table.into_iter().collect())
    }

    pub(super) fn add(&mut self, pattern: u64, count: u64) {
        *self.0.entry(pattern).or_insert(0) += count;
    }

    pub(super) fn has(&self, pattern: u64, count: u64) -> bool {
        self.0.get(&pattern).is_some_and(|&kept| kept >= count)
    }

    /// Takes away what [`Patterns::has`] has found.
    pub(super) fn subtract(&mut self, pattern: u64, count: u64) {
        if let Some(kept) = self.0.get_mut(&pattern) {
            *kept -= count;
            if *kept == 0 {
                self.0.remove(&pattern);
            }
        }
    }
}

/// Reads the answers out of the patterns of one block.
#[derive(Debug, Clone)]
pub(crate) struct Reader(Vec<(u8, bool)>);

/// One person's positions 1..=points after reversal; 0 where there is no answer.
pub(crate) type Row = [i64; 16];

impl Reader {
    pub(crate) fn new(layout: &Layout, block: Block) -> Reader {
        let items = layout.block_items(block).iter().filter_map(|&item| layout.items().get(item));
        Reader(items.map(|item| (item.scale.points(), item.reversed)).collect())
    }

    /// How many items the block has.
    pub(crate) fn width(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn row(&self, pattern: u64) -> Row {
        let mut row = [0; 16];
        for (place, &(points, reversed)) in self.0.iter().enumerate() {
            let position = digit(pattern, place);
            if (1..=points).contains(&position) {
                row[place] = i64::from(if reversed { points + 1 - position } else { position });
            }
        }
        row
    }
}
