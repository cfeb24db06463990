//! Tier C as bytes: the score sums of each present-mask.
//!
//! Each sum is stored as what it has more than the smallest possible one, each product as its distance from
//! what it would be without any spread. One person's products follow from that person's sums and are not stored.

#![allow(clippy::indexing_slicing, reason = "variables of a checked layout")]

use super::CodecError;
use super::bytes::{Source, put, put_signed};
use crate::cell::{Moments, Sums};
use crate::layout::Layout;

pub(super) fn put_moments(out: &mut Vec<u8>, layout: &Layout, moments: &Moments) {
    let masks = moments.iter().count();
    put(out, masks as u64);
    let mut next = 0_u64;
    for (index, (mask, sums)) in moments.iter().enumerate() {
        put(out, mask - next);
        next = mask.wrapping_add(1);
        if index + 1 < masks {
            put(out, sums.n - 1);
        }
        put_sums(out, layout, mask, sums);
    }
}

fn put_sums(out: &mut Vec<u8>, layout: &Layout, mask: u64, sums: &Sums) {
    let n = i128::from(sums.n);
    for (variable, total) in present(mask).zip(sums.totals()) {
        put_signed(out, total - n * ends(layout, variable).0);
    }
    if sums.n > 1 {
        for row in 0..sums.totals().len() {
            for column in row..sums.totals().len() {
                put_signed(out, sums.product(row, column) - flat(sums.totals(), row, column, n));
            }
        }
    }
}

/// Reads the score sums of a number of people.
pub(super) fn read_moments(source: &mut Source, layout: &Layout, people: u64) -> Result<Moments, CodecError> {
    let masks = source.count()?;
    if (masks == 0) != (people == 0) {
        return Err(source.impossible("scores of nobody among people, or of people among nobody"));
    }
    let mut read = Vec::with_capacity(masks);
    let (mut next, mut left) = (Some(0_u64), people);
    for index in 0..masks {
        let distance = source.number()?;
        let Some(mask) = next.and_then(|next| next.checked_add(distance)).filter(|mask| known(layout, *mask))
        else {
            return Err(source.impossible("a mask beyond the variables"));
        };
        next = mask.checked_add(1);
        let last = index + 1 == masks;
        let n = if last { Some(left) } else { source.number()?.checked_add(1) };
        let Some(n) = n.filter(|n| *n > 0 && (last || *n < left)) else {
            return Err(source.impossible("scores of more people than there are"));
        };
        left -= n;
        read.push((mask, read_sums(source, layout, mask, n)?));
    }
    Ok(Moments::from_sorted(read))
}

fn read_sums(source: &mut Source, layout: &Layout, mask: u64, n: u64) -> Result<Sums, CodecError> {
    let people = i128::from(n);
    let mut totals = Vec::new();
    for variable in present(mask) {
        let (low, high) = ends(layout, variable);
        let more = source.signed()?;
        if !(0..=people * (high - low)).contains(&more) {
            return Err(source.impossible("a sum of scores beyond the scale"));
        }
        totals.push(people * low + more);
    }
    let mut products = Vec::new();
    for row in 0..totals.len() {
        for column in row..totals.len() {
            let distance = if n > 1 { source.signed()? } else { 0 };
            let product = flat(&totals, row, column, people).checked_add(distance);
            products.push(product.ok_or_else(|| source.impossible("a product of scores beyond the scale"))?);
        }
    }
    let sums = Sums::from_parts(n, totals, products);
    if sums.is_possible() { Ok(sums) } else { Err(source.impossible("scores with a negative variance")) }
}

/// The product of two variables if neither had any spread, rounded down.
fn flat(totals: &[i128], row: usize, column: usize, n: i128) -> i128 {
    (totals[row] * totals[column]).div_euclid(n)
}

/// The bits of a mask, ascending.
fn present(mask: u64) -> impl Iterator<Item = usize> {
    (0..64).filter(move |bit| mask & (1 << bit) != 0)
}

fn known(layout: &Layout, mask: u64) -> bool {
    let variables = layout.variables().len();
    variables == 64 || mask >> variables == 0
}

/// L times the lowest and the highest code of a variable.
fn ends(layout: &Layout, variable: usize) -> (i128, i128) {
    let first = layout.columns()[variable].0.first();
    let scale = first.map(|&item| layout.items()[item].scale);
    let multiple = layout.multiple(variable);
    scale.map_or((0, 0), |scale| (multiple * i128::from(scale.min), multiple * i128::from(scale.max)))
}
