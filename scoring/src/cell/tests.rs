//! All four tiers against a recount from the responses, person by person.

#![allow(
    clippy::needless_range_loop,
    reason = "tables are indexed by pairs of variables, as in the formulas"
)]
use std::collections::BTreeMap;

use super::{Cell, GroupedCell, ItemPair, JointCounts, PairSums, digit};
use crate::code::Code;
use crate::layout::{Facet, Layout, Variable};

#[path = "../../tests/support/chance.rs"]
mod chance;
#[path = "../../tests/support/draw.rs"]
mod draw;

use chance::Chance;

const CASES: u64 = 600;

/// A layout with its responses and both kinds of counts, for each seed.
fn each(check: impl Fn(&Layout, &[Vec<Code>], &Cell, &JointCounts)) {
    for seed in 0..CASES {
        let mut chance = Chance(seed);
        let layout = draw::layout(&mut chance);
        let rows = draw::responses(&mut chance, &layout, 14);
        let (mut cell, mut grouped) = (Cell::empty(&layout), GroupedCell::empty(&layout));
        for codes in &rows {
            cell.record(&layout, codes).unwrap();
            grouped.record(&layout, codes, u8::try_from(chance.below(256)).unwrap()).unwrap();
        }
        check(&layout, &rows, &cell, &grouped.total(&layout));
    }
}

/// The answers of one person to some items, after reversal, in raw codes.
fn raw(layout: &Layout, codes: &[Code], items: &[usize]) -> Vec<i128> {
    let answers = items.iter().filter(|&&item| codes[item].byte() <= 11).map(|&item| {
        let (spec, raw) = (&layout.items()[item], layout.items()[item].scale.min + codes[item].byte() - 1);
        i128::from(if spec.reversed { spec.scale.max - (raw - spec.scale.min) } else { raw })
    });
    answers.collect()
}

/// L times the mean of at least half of the items asked.
fn score(layout: &Layout, codes: &[Code], variable: usize) -> Option<i128> {
    let items = match layout.variables()[variable] {
        Variable::Dimension(index) => layout.dimensions()[index].items.clone(),
        Variable::Overall => layout.outcomes().overall.clone(),
        Variable::Nps => vec![layout.outcomes().nps?],
        Variable::Csat => vec![layout.outcomes().csat?],
        Variable::Ces => vec![layout.outcomes().ces?],
    };
    let asked = items.iter().filter(|&&item| codes[item].byte() != 15).count();
    let answers = raw(layout, codes, &items);
    let whole = layout.multiple(variable) * answers.iter().sum::<i128>();
    let counts = !answers.is_empty() && 2 * answers.len() >= asked;
    counts.then(|| {
        assert_eq!(whole % answers.len() as i128, 0, "L divides");
        whole / answers.len() as i128
    })
}

#[test]
fn histograms_and_patterns_are_those_of_the_responses() {
    each(|layout, rows, cell, _| {
        for item in 0..layout.items().len() {
            for code in (1..=15).filter_map(Code::from_byte) {
                let counted = rows.iter().filter(|codes| codes[item] == code).count();
                assert_eq!(cell.item(item).unwrap().of(code), counted as u64);
            }
        }
        for (block, table) in layout.blocks().zip(cell.patterns()) {
            let mut recount: BTreeMap<Vec<u8>, u64> = BTreeMap::new();
            for codes in rows {
                *recount.entry(block.iter().map(|&item| codes[item].byte()).collect()).or_default() += 1;
            }
            let kept = table.iter().map(|(pattern, count)| {
                ((0..block.len()).map(|place| digit(pattern, place)).collect::<Vec<u8>>(), count)
            });
            assert_eq!(kept.collect::<BTreeMap<_, _>>(), recount);
        }
    });
}

#[test]
fn score_sums_are_those_of_the_responses() {
    each(|layout, rows, cell, joint| {
        let variables = layout.variables().len();
        let every: Vec<usize> = (0..variables).collect();
        let triangle = cell.pairs(&every);
        for u in 0..variables {
            for v in 0..=u {
                let mut sums = PairSums::default();
                for codes in rows {
                    let (Some(x), Some(y)) = (score(layout, codes, u), score(layout, codes, v)) else {
                        continue;
                    };
                    sums.n += 1;
                    sums.sum_u += x;
                    sums.sum_v += y;
                    sums.square_u += x * x;
                    sums.square_v += y * y;
                    sums.product += x * y;
                }
                assert_eq!((cell.pair(u, v), triangle[u][v], joint.moments().pair(u, v)), (sums, sums, sums));
            }
        }
        let people = |bits: u64| {
            let has = |codes: &&Vec<Code>| {
                every.iter().any(|&v| bits >> v & 1 == 1 && score(layout, codes, v).is_some())
            };
            rows.iter().filter(has).count() as u64
        };
        for bits in [0, 1, 5, layout.facet_mask(Facet::Experience), u64::MAX] {
            assert_eq!(cell.people_with(bits), people(bits));
        }
        assert_eq!(cell.pair(0, 64), PairSums::default());
    });
}

#[test]
fn item_pairs_are_those_of_the_responses() {
    each(|layout, rows, _, joint| {
        let items = layout.items().len();
        for a in 0..items {
            for b in 0..items {
                let mut pair = ItemPair::default();
                for codes in rows {
                    let (x, y) = (u64::from(codes[a].byte()), u64::from(codes[b].byte()));
                    if x.max(y) <= 11 {
                        pair.n += 1;
                        pair.sum_a += x;
                        pair.sum_b += y;
                        pair.square_a += x * x;
                        pair.square_b += y * y;
                        pair.product += x * y;
                    }
                }
                assert_eq!(joint.item_pair(a, b), pair);
            }
            // No neighbour in the triangle stands in for an item that is not there.
            assert_eq!(joint.item_pair(a, items), ItemPair::default());
            assert_eq!(joint.item_pair(usize::MAX, a), ItemPair::default());
        }
    });
}

#[test]
fn second_order_sums_are_those_of_the_responses() {
    let with_pairings = std::cell::Cell::new(0);
    each(|layout, rows, _, joint| {
        let outcome = layout.variable(Variable::Overall);
        for (place, &(u, v)) in layout.pairings().iter().enumerate() {
            let mut n = 0;
            let (mut sums, mut products) = ([0_i128; 6], [[0_i128; 6]; 6]);
            for codes in rows {
                let scores = [Some(u), Some(v), outcome].map(|index| score(layout, codes, index?));
                let [Some(x), Some(z), Some(y)] = scores else { continue };
                let middle = |dimension: usize, score: i128| {
                    let scale = layout.dimension_scale(dimension).unwrap();
                    2 * score - layout.multiple(dimension) * i128::from(scale.min + scale.max)
                };
                let (p, q) = (middle(u, x), middle(v, z));
                let terms = [p, q, p * p, p * q, q * q, y];
                n += 1;
                for a in 0..6 {
                    sums[a] += terms[a];
                    for b in 0..6 {
                        products[a][b] += terms[a] * terms[b];
                    }
                }
            }
            let kept = joint.products(place).unwrap();
            assert_eq!(kept.n, n);
            with_pairings.set(with_pairings.get() + u64::from(n > 1));
            for a in 0..6 {
                assert_eq!(kept.sum(a), sums[a]);
                for b in 0..6 {
                    assert_eq!(kept.product(a, b), products[a][b]);
                }
            }
        }
    });
    assert!(with_pairings.get() > 50, "{}", with_pairings.get());
}

#[test]
fn leaving_a_group_out_is_a_recount_of_the_others() {
    for seed in 0..100 {
        let mut chance = Chance(seed);
        let layout = draw::layout(&mut chance);
        let rows: Vec<_> = draw::responses(&mut chance, &layout, 12)
            .into_iter()
            .map(|codes| (codes, chance.index(3)))
            .collect();
        let count = |without: Option<usize>| {
            let mut grouped = GroupedCell::empty(&layout);
            for (codes, group) in rows.iter().filter(|(_, group)| Some(*group) != without) {
                grouped.record(&layout, codes, u8::try_from(*group).unwrap()).unwrap();
            }
            grouped
        };
        let all = count(None);
        let total = all.total(&layout);
        assert_eq!(all.groups().count(), all.groups_with_people());
        for (group, joint) in all.groups() {
            assert_eq!(GroupedCell::without(&total, joint), count(Some(group)).total(&layout));
        }
    }
}
