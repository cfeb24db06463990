//! A tile: up to 256 rows of one cell, summed up column against column in 16-bit lanes.
//!
//! x is a position 1..=11 or 0 where there is no answer, m is 1 or 0 accordingly. Four sums of products a pair
//! give all six counts: beside x_b the lane y_b = x_b - 2^15 m_b carries m_b in its upper bit, so that
//! Σ x_a y_b = Σ x_a x_b - 2^15 Σ x_a m_b and Σ m_a y_b = Σ m_a x_b - 2^15 Σ m_a m_b. With 256 rows the first
//! part stays below 2^15 (256 · 121 = 30 976) and can be told from the second.

#![allow(
    clippy::indexing_slicing,
    clippy::inline_always,
    reason = "columns sized by the width that indexes them; the loops must become part of the function that is \
              compiled for the wider instructions"
)]

use super::ScanSums;
use super::dots::{Dots, Lanes, Machine, Work};
use crate::cell::{ItemCounts, ItemPair, ItemPairs};
use crate::code::Code;

/// The most rows of a tile; more would not fit the lanes.
pub(super) const ROWS: usize = 256;

/// Eight bytes of a row, the first lowest.
type Eight = u64;

/// The rows of one cell that are not summed up yet, and the sums of those that are.
pub(super) struct Tile {
    width: usize,
    people: u64,
    /// Row after row, each filled up with zeros to whole eights.
    rows: Vec<Eight>,
    items: Vec<ItemCounts>,
    /// Pairs a < b by rows; an item with itself follows from its histogram.
    pairs: Vec<ItemPair>,
}

/// The columns of the tile at hand, item after item.
pub(super) struct Columns {
    machine: Machine,
    codes: Vec<[u8; ROWS]>,
    lanes: Vec<Lanes>,
}

impl Columns {
    pub(super) fn new(width: usize) -> Columns {
        let (codes, lanes) = (vec![[0; ROWS]; width.next_multiple_of(8)], vec![Lanes::EMPTY; width]);
        Columns { machine: Machine::at_hand(), codes, lanes }
    }

    /// The same with plain loops, whatever the machine has.
    #[cfg(test)]
    pub(super) fn plain(width: usize) -> Columns {
        Columns { machine: Machine::Any, ..Columns::new(width) }
    }
}

impl Tile {
    pub(super) fn new(width: usize) -> Tile {
        Tile {
            width,
            people: 0,
            rows: Vec::new(),
            items: vec![ItemCounts::default(); width],
            pairs: vec![ItemPair::default(); width * width.saturating_sub(1) / 2],
        }
    }

    /// Takes one row of `width` bytes.
    #[inline]
    pub(super) fn push(&mut self, row: &[u8], columns: &mut Columns) {
        let (whole, rest) = row.as_chunks();
        self.rows.extend(whole.iter().map(|eight| Eight::from_le_bytes(*eight)));
        if !rest.is_empty() {
            self.rows.push(rest.iter().rev().fold(0, |eight, byte| eight << 8 | Eight::from(*byte)));
        }
        if self.rows.len() >= ROWS * self.words() {
            self.sum_up(columns);
        }
    }

    /// How many eights a row has.
    fn words(&self) -> usize {
        self.width.div_ceil(8)
    }

    /// The sums of all rows.
    pub(super) fn finish(mut self, columns: &mut Columns) -> ScanSums {
        self.sum_up(columns);
        let mut apart = self.pairs.iter();
        let mut pairs = Vec::with_capacity(self.pairs.len() + self.width);
        for (a, counts) in self.items.iter().enumerate() {
            pairs.push(own_pair(counts));
            pairs.extend(apart.by_ref().take(self.width - a - 1));
        }
        let pairs = ItemPairs::from_parts(self.width, pairs);
        ScanSums { people: self.people, items: self.items, pairs: pairs.unwrap_or_default() }
    }

    fn sum_up(&mut self, columns: &mut Columns) {
        let rows = self.rows.len() / self.words().max(1);
        if rows > 0 {
            self.people += rows as u64;
            columns.machine.run(SumUp { tile: self, columns, rows });
            self.rows.clear();
        }
    }
}

/// The work on a tile that is full, or the last of its cell.
struct SumUp<'a> {
    tile: &'a mut Tile,
    columns: &'a mut Columns,
    rows: usize,
}

impl Work for SumUp<'_> {
    #[inline(always)]
    fn run<D: Dots>(self, dots: D) {
        let SumUp { tile, columns, rows } = self;
        turn(&tile.rows, tile.words(), &mut columns.codes);
        count_codes(&columns.codes, &mut tile.items);
        widen(&columns.codes, &mut columns.lanes);
        // The bytes behind the last row are 0, which is no code and adds nothing.
        multiply(&columns.lanes, rows.div_ceil(16), &mut tile.pairs, dots);
    }
}

/// From row after row to item after item, eight by eight; zeros behind the last row.
#[inline(always)]
fn turn(rows: &[Eight], words: usize, codes: &mut [[u8; ROWS]]) {
    for (word, columns) in codes.chunks_exact_mut(8).enumerate() {
        for at in 0..ROWS / 8 {
            let row = |k: usize| rows.get((8 * at + k) * words + word).copied().unwrap_or_default();
            let turned = turn_eight(std::array::from_fn(row));
            for (column, codes) in columns.iter_mut().zip(turned) {
                column[8 * at..8 * at + 8].copy_from_slice(&codes.to_le_bytes());
            }
        }
    }
}

/// Eight rows of eight bytes as eight columns: halves, quarters and bytes change places.
#[inline(always)]
fn turn_eight(mut rows: [Eight; 8]) -> [Eight; 8] {
    for (apart, bits, mask) in
        [(4, 32, 0x0000_0000_ffff_ffff), (2, 16, 0x0000_ffff_0000_ffff), (1, 8, 0x00ff_00ff_00ff_00ff)]
    {
        for low in (0..8).filter(|row| row & apart == 0) {
            let swapped = (rows[low] >> bits ^ rows[low + apart]) & mask;
            rows[low + apart] ^= swapped;
            rows[low] ^= swapped << bits;
        }
    }
    rows
}

#[inline(always)]
fn count_codes(codes: &[[u8; ROWS]], items: &mut [ItemCounts]) {
    for (column, counts) in codes.iter().zip(items) {
        for code in (1..=15).filter_map(Code::from_byte) {
            // Eight bits hold what half a tile can give.
            let (first, second) = column.split_at(ROWS / 2);
            let count = u64::from(equal(first, code.byte())) + u64::from(equal(second, code.byte()));
            counts.increase_by(code, count);
        }
    }
}

#[inline(always)]
fn equal(half: &[u8], code: u8) -> u8 {
    let mut count = 0_u8;
    for byte in half {
        count = count.wrapping_add(u8::from(*byte == code));
    }
    count
}

#[inline(always)]
fn widen(codes: &[[u8; ROWS]], lanes: &mut [Lanes]) {
    for (column, lanes) in codes.iter().zip(lanes) {
        for (row, code) in column.iter().enumerate() {
            let m = i16::from(code.wrapping_sub(1) < 11);
            let x = i16::from(*code).wrapping_mul(m);
            lanes.m[row] = m;
            lanes.x[row] = x;
            lanes.q[row] = x.wrapping_mul(x);
            lanes.y[row] = x | (m << 15);
        }
    }
}

#[inline(always)]
fn multiply<D: Dots>(lanes: &[Lanes], sixteens: usize, pairs: &mut [ItemPair], dots: D) {
    let mut pairs = pairs.iter_mut();
    for (index, a) in lanes.iter().enumerate() {
        // The shorter side first: zip would otherwise take a pair too many.
        for (b, pair) in lanes[index + 1..].iter().zip(&mut pairs) {
            let [x_y, m_y, q_m, m_q] = dots.dots(a, b, sixteens);
            let (product, sum_a) = parted(x_y);
            let (sum_b, n) = parted(m_y);
            pair.n += n;
            pair.sum_a += sum_a;
            pair.sum_b += sum_b;
            pair.square_a += u64::from(q_m.cast_unsigned());
            pair.square_b += u64::from(m_q.cast_unsigned());
            pair.product += product;
        }
    }
}

/// Takes low - 2^15 high apart, both not negative, low below 2^15.
#[inline(always)]
fn parted(sum: i32) -> (u64, u64) {
    let low = sum & 0x7fff;
    let high = low.wrapping_sub(sum) >> 15;
    (u64::from(low.cast_unsigned()), u64::from(high.cast_unsigned()))
}

/// An item with itself.
fn own_pair(counts: &ItemCounts) -> ItemPair {
    let mut pair = ItemPair::default();
    for code in (1..=11).filter_map(Code::from_byte) {
        let (position, count) = (u64::from(code.byte()), counts.of(code));
        pair.n += count;
        pair.sum_a += count * position;
        pair.square_a += count * position * position;
    }
    ItemPair { sum_b: pair.sum_a, square_b: pair.square_a, product: pair.square_a, ..pair }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_loops_and_wide_instructions_give_the_same() {
        let width = 5;
        let mut state = 1_u64;
        let mut byte = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            u8::try_from(1 + (state >> 40) % 15).unwrap()
        };
        for rows in [1, 16, 17, 255, 256, 700] {
            let bytes: Vec<u8> = (0..rows * width).map(|_| byte()).collect();
            let scan = |mut columns: Columns| {
                let mut tile = Tile::new(width);
                bytes.chunks(width).for_each(|row| tile.push(row, &mut columns));
                tile.finish(&mut columns)
            };
            assert_eq!(scan(Columns::plain(width)), scan(Columns::new(width)));
        }
    }

    #[test]
    fn two_sums_in_one_come_apart() {
        for (low, high) in [(0, 0), (30_976, 2_816), (1, 256), (32_767, 0)] {
            assert_eq!(parted(low - (high << 15)), (low.cast_unsigned().into(), high.cast_unsigned().into()));
        }
    }
}
