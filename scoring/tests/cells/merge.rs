//! However counts come together, equal responses give identical bytes.

use scoring::{Cell, GroupedCell};

use super::counts::{Counts, responses};
use super::{Chance, draw, each_seed};

#[test]
fn parts_of_a_cell_in_any_order_give_the_bytes_of_one_pass() {
    each_seed(2_000, parts_give_the_bytes_of_one_pass::<Cell>);
}

#[test]
fn parts_of_a_grouped_cell_in_any_order_give_the_bytes_of_one_pass() {
    each_seed(1_000, parts_give_the_bytes_of_one_pass::<GroupedCell>);
}

#[test]
fn what_is_added_to_a_cell_and_taken_away_leaves_its_bytes() {
    each_seed(1_500, what_is_taken_away_leaves_the_bytes::<Cell>);
}

#[test]
fn what_is_added_to_a_grouped_cell_and_taken_away_leaves_its_bytes() {
    each_seed(500, what_is_taken_away_leaves_the_bytes::<GroupedCell>);
}

fn parts_give_the_bytes_of_one_pass<C: Counts>(chance: &mut Chance) {
    let layout = draw::layout(chance);
    let mut all = responses(chance, &layout, 24);
    let whole = C::of(&layout, &all);
    chance.shuffle(&mut all);
    let mut parts = vec![C::empty(&layout); 1 + chance.index(6)];
    for response in &all {
        let part = chance.index(parts.len());
        parts[part].record(&layout, response).unwrap();
    }
    // Any two parts become one until one is left; some go through storage on the way.
    while parts.len() > 1 {
        let from = parts.swap_remove(chance.index(parts.len()));
        let from = if chance.once_in(2) { C::decode(&layout, &from.encode(&layout)).unwrap() } else { from };
        let into = chance.index(parts.len());
        parts[into].add(&from).unwrap();
    }
    assert_eq!(parts[0], whole);
    assert_eq!(parts[0].encode(&layout), whole.encode(&layout));
    assert_eq!(whole.people(), all.len() as u64);
}

fn what_is_taken_away_leaves_the_bytes<C: Counts>(chance: &mut Chance) {
    let layout = draw::layout(chance);
    let mut counts = C::of(&layout, &responses(chance, &layout, 16));
    let before = counts.encode(&layout);
    // Rows one by one and rows as a cell, put in and taken out in orders of their own.
    let mut rows = responses(chance, &layout, 8);
    let other = C::of(&layout, &responses(chance, &layout, 8));
    for row in &rows {
        counts.record(&layout, row).unwrap();
    }
    counts.add(&other).unwrap();
    chance.shuffle(&mut rows);
    let early = chance.index(rows.len() + 1);
    for row in &rows[..early] {
        counts.forget(&layout, row).unwrap();
    }
    counts.subtract(&other).unwrap();
    for row in &rows[early..] {
        counts.forget(&layout, row).unwrap();
    }
    assert_eq!(counts.encode(&layout), before);
}
