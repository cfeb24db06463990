//! Tiers A and B as bytes: the answer patterns of each block, and the histogram of each item outside all blocks.
//!
//! The histogram of an item inside a block is the margin of that block's patterns and is not stored again. A
//! pattern is stored with all bits turned, so that "not shown" is 0, and as the distance from the one before.
//! The last count of a table is what the others leave of the people. So neither a count of 0 nor two tables of
//! different totals can be written down.

#![allow(clippy::indexing_slicing, reason = "items of a checked layout, in tables sized by it")]

use super::CodecError;
use super::bytes::{Source, put};
use crate::cell::{ItemCounts, Patterns, digit};
use crate::code::Code;
use crate::layout::Layout;

/// Pattern and count of each entry, ascending by pattern.
type Table = Vec<(u64, u64)>;

/// Tiers A and B of a cell.
pub(super) struct Tables {
    pub(super) items: Vec<ItemCounts>,
    pub(super) patterns: Vec<Patterns>,
}

/// Appends the tables of all blocks, then those of the items outside.
pub(super) fn put_tables(out: &mut Vec<u8>, layout: &Layout, items: &[ItemCounts], patterns: &[Patterns]) {
    for (block, table) in layout.blocks().zip(patterns) {
        put_table(out, block.len(), &table.iter().collect::<Table>());
    }
    for item in outside(layout) {
        let counts = (1..=15).filter_map(Code::from_byte);
        let counts = counts.map(|code| (u64::from(code.byte()), items[item].of(code)));
        put_table(out, 1, &counts.filter(|(_, count)| *count > 0).collect::<Table>());
    }
}

fn put_table(out: &mut Vec<u8>, width: usize, table: &[(u64, u64)]) {
    put(out, table.len() as u64);
    let mut next = 0;
    for (index, (pattern, count)) in table.iter().rev().enumerate() {
        let turned = pattern ^ all_shown(width);
        put(out, turned - next);
        next = turned.wrapping_add(1);
        if index + 1 < table.len() {
            put(out, count - 1);
        }
    }
}

/// Reads the tables of a number of people.
pub(super) fn read_tables(source: &mut Source, layout: &Layout, people: u64) -> Result<Tables, CodecError> {
    let mut items: Vec<Option<ItemCounts>> = vec![None; layout.items().len()];
    let mut patterns = Vec::new();
    for block in layout.blocks() {
        let table = read_table(source, layout, block, people)?;
        for (place, &item) in block.iter().enumerate() {
            let margin = margin(&table, place);
            if *items[item].get_or_insert(margin) != margin {
                return Err(source.impossible("two blocks with an item in common differ in its answers"));
            }
        }
        patterns.push(Patterns::from_sorted(table));
    }
    for item in outside(layout) {
        let table = read_table(source, layout, &[item], people)?;
        items[item] = Some(margin(&table, 0));
    }
    Ok(Tables { items: items.into_iter().map(Option::unwrap_or_default).collect(), patterns })
}

fn read_table(
    source: &mut Source,
    layout: &Layout,
    block: &[usize],
    people: u64,
) -> Result<Table, CodecError> {
    let entries = source.count()?;
    if (entries == 0) != (people == 0) {
        return Err(source.impossible("a table of nobody among people, or of people among nobody"));
    }
    let mut table = Vec::with_capacity(entries);
    let (mut next, mut left) = (Some(0_u64), people);
    for index in 0..entries {
        let distance = source.number()?;
        let turned = next.and_then(|next| next.checked_add(distance));
        let pattern = turned.map(|turned| turned ^ all_shown(block.len()));
        let Some(pattern) = pattern.filter(|pattern| fits(layout, block, *pattern)) else {
            return Err(source.impossible("a pattern that cannot be answered"));
        };
        next = turned.and_then(|turned| turned.checked_add(1));
        let last = index + 1 == entries;
        let count = if last { Some(left) } else { source.number()?.checked_add(1) };
        let Some(count) = count.filter(|count| *count > 0 && (last || *count < left)) else {
            return Err(source.impossible("a table of more people than there are"));
        };
        left -= count;
        table.push((pattern, count));
    }
    table.reverse();
    Ok(table)
}

/// Whether each four bits are a code that its item can have, and no others are set.
fn fits(layout: &Layout, block: &[usize], pattern: u64) -> bool {
    let known = block.iter().enumerate().all(|(place, &item)| {
        let code = digit(pattern, place);
        code >= 12 || (1..=layout.items()[item].scale.points()).contains(&code)
    });
    known && pattern & !all_shown(block.len()) == 0
}

/// The histogram of one place of a table.
fn margin(table: &[(u64, u64)], place: usize) -> ItemCounts {
    let mut counts = ItemCounts::default();
    for (pattern, count) in table {
        if let Some(code) = Code::from_byte(digit(*pattern, place)) {
            counts.increase_by(code, *count);
        }
    }
    counts
}

/// The bits that patterns of a width use; also the pattern of a block that was not shown.
fn all_shown(width: usize) -> u64 {
    u64::MAX >> (64 - 4 * width.clamp(1, 16))
}

/// The items in no block.
fn outside(layout: &Layout) -> Vec<usize> {
    let inside: Vec<usize> = layout.blocks().flatten().copied().collect();
    (0..layout.items().len()).filter(|item| !inside.contains(item)).collect()
}
