//! Joint counts as bytes: score sums, item pairs, then third and fourth powers of scores.
//!
//! An item's pairs are stored only with items that anybody answered. Of the second-order sums only those of
//! third and fourth degree are stored, the others follow from the score sums; a single person's all do.

#![allow(clippy::indexing_slicing, reason = "a triangle sized by the items of a checked layout")]

use super::CodecError;
use super::bytes::{Source, put, put_signed};
use super::sums::{put_moments, read_moments};
use crate::cell::{Higher, ItemPair, ItemPairs, JointCounts, MAX_PEOPLE, Moments, ProductSums};
use crate::layout::{Layout, Variable};

/// Sums of third and fourth degree stay below this for as many people as one set of counts holds.
const LIMIT: i128 = 1 << 112;

pub(super) fn put_joint(out: &mut Vec<u8>, layout: &Layout, joint: &JointCounts) {
    put(out, joint.people());
    put_moments(out, layout, joint.moments());
    put_pairs(out, layout.items().len(), joint);
    for place in 0..layout.pairings().len() {
        let Some(sums) = joint.products(place).filter(|sums| sums.n > 1) else { continue };
        sums.higher().into_iter().for_each(|sum| put_signed(out, sum));
    }
}

/// Reads the counts of a number of people, at least one.
pub(super) fn read_joint(source: &mut Source, layout: &Layout) -> Result<JointCounts, CodecError> {
    let people = source.number()?;
    if people > MAX_PEOPLE {
        return Err(source.impossible("more people than one set of counts can hold"));
    }
    let moments = read_moments(source, layout, people)?;
    let pairs = read_pairs(source, layout, people)?;
    let mut products = Vec::with_capacity(layout.pairings().len());
    for &pairing in layout.pairings() {
        products.push(read_products(source, layout, &moments, pairing)?);
    }
    Ok(JointCounts::from_parts(layout, people, moments, pairs, products))
}

/// Each item with itself, then each pair of items that somebody answered.
fn put_pairs(out: &mut Vec<u8>, items: usize, joint: &JointCounts) {
    for a in 0..items {
        let own = joint.item_pair(a, a);
        put(out, own.n);
        if own.n > 0 {
            put(out, own.sum_a - own.n);
        }
        if own.n > 1 {
            put_signed(out, distance(own.square_a, own.sum_a, own.sum_a, own.n));
        }
    }
    let answered = |item: &usize| joint.item_pair(*item, *item).n > 0;
    for a in (0..items).filter(answered) {
        for b in (a + 1..items).filter(answered) {
            put_pair(out, &joint.item_pair(a, b));
        }
    }
}

fn put_pair(out: &mut Vec<u8>, pair: &ItemPair) {
    put(out, pair.n);
    if pair.n > 0 {
        put(out, pair.sum_a - pair.n);
        put(out, pair.sum_b - pair.n);
    }
    if pair.n > 1 {
        put_signed(out, distance(pair.square_a, pair.sum_a, pair.sum_a, pair.n));
        put_signed(out, distance(pair.square_b, pair.sum_b, pair.sum_b, pair.n));
        put_signed(out, distance(pair.product, pair.sum_a, pair.sum_b, pair.n));
    }
}

fn read_pairs(source: &mut Source, layout: &Layout, people: u64) -> Result<ItemPairs, CodecError> {
    let items = layout.items().len();
    let mut own = Vec::with_capacity(items);
    for _ in 0..items {
        let n = read_people(source, people)?;
        let sum = read_sum(source, n)?;
        let square = read_square(source, sum, sum, n)?;
        own.push(ItemPair { n, sum_a: sum, sum_b: sum, square_a: square, square_b: square, product: square });
    }
    let mut pairs = Vec::with_capacity(items * (items + 1) / 2);
    for a in 0..items {
        pairs.push(own[a]);
        for b in a + 1..items {
            let both = own[a].n > 0 && own[b].n > 0;
            pairs.push(if both { read_pair(source, people)? } else { ItemPair::default() });
        }
    }
    ItemPairs::from_parts(items, pairs)
        .filter(|pairs| pairs.is_possible(people))
        .ok_or_else(|| source.impossible("pairs of items that do not fit each other"))
}

fn read_pair(source: &mut Source, people: u64) -> Result<ItemPair, CodecError> {
    let n = read_people(source, people)?;
    let (sum_a, sum_b) = (read_sum(source, n)?, read_sum(source, n)?);
    Ok(ItemPair {
        n,
        sum_a,
        sum_b,
        square_a: read_square(source, sum_a, sum_a, n)?,
        square_b: read_square(source, sum_b, sum_b, n)?,
        product: read_square(source, sum_a, sum_b, n)?,
    })
}

fn read_people(source: &mut Source, people: u64) -> Result<u64, CodecError> {
    let n = source.number()?;
    if n <= people { Ok(n) } else { Err(source.impossible("more answers than people")) }
}

/// n positions 1..=11 as what they have more than 1.
fn read_sum(source: &mut Source, n: u64) -> Result<u64, CodecError> {
    let more = if n > 0 { source.number()? } else { 0 };
    if more <= 10 * n { Ok(n + more) } else { Err(source.impossible("a sum of answers beyond the scale")) }
}

/// A sum of squares or products as its distance from what it would be without any spread.
fn read_square(source: &mut Source, a: u64, b: u64, n: u64) -> Result<u64, CodecError> {
    let distance = if n > 1 { source.signed()? } else { 0 };
    let square = flat(a, b, n).checked_add(distance).and_then(|square| u64::try_from(square).ok());
    square.ok_or_else(|| source.impossible("a sum of products beyond the scale"))
}

fn distance(square: u64, a: u64, b: u64, n: u64) -> i128 {
    i128::from(square) - flat(a, b, n)
}

fn flat(a: u64, b: u64, n: u64) -> i128 {
    (i128::from(a) * i128::from(b)).div_euclid(i128::from(n.max(1)))
}

fn read_products(
    source: &mut Source,
    layout: &Layout,
    moments: &Moments,
    (u, v): (usize, usize),
) -> Result<ProductSums, CodecError> {
    let Some(outcome) = layout.variable(Variable::Overall) else { return Ok(ProductSums::EMPTY) };
    let centres = (layout.doubled_middle(u), layout.doubled_middle(v));
    let (n, lower) = moments.centred(u, v, outcome, centres);
    let sums = match n {
        0 => Some(ProductSums::EMPTY),
        1 => ProductSums::of_scores(lower[0], lower[1], lower[5]),
        _ => {
            let mut higher = Higher::default();
            for number in &mut higher {
                *number = source.signed()?;
            }
            let fits = higher.iter().all(|number| number.abs() < LIMIT);
            fits.then(|| ProductSums::from_parts(n, &lower, &higher))
        }
    };
    sums.filter(ProductSums::is_possible)
        .ok_or_else(|| source.impossible("products that do not fit the scores"))
}
