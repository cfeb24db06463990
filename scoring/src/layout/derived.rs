//! What follows from the parts of a layout: its variables, their columns, pairings and fingerprint.
//!
//! Computed once by [`super::Layout::new`].

use super::{DimensionSpec, Facet, Layout, Outcomes, Variable};

pub(super) fn list_variables(dimensions: &[DimensionSpec], outcomes: &Outcomes) -> Vec<Variable> {
    let mut variables: Vec<_> = (0..dimensions.len()).map(Variable::Dimension).collect();
    variables.extend((!outcomes.overall.is_empty()).then_some(Variable::Overall));
    variables.extend(outcomes.nps.map(|_| Variable::Nps));
    variables.extend(outcomes.csat.map(|_| Variable::Csat));
    variables.extend(outcomes.ces.map(|_| Variable::Ces));
    variables
}

pub(super) fn column_of(
    variable: Variable,
    dimensions: &[DimensionSpec],
    outcomes: &Outcomes,
) -> (Vec<usize>, i64) {
    let items = match variable {
        Variable::Dimension(index) => dimensions.get(index).map(|d| d.items.clone()).unwrap_or_default(),
        Variable::Overall => outcomes.overall.clone(),
        Variable::Nps => outcomes.nps.into_iter().collect(),
        Variable::Csat => outcomes.csat.into_iter().collect(),
        Variable::Ces => outcomes.ces.into_iter().collect(),
    };
    let multiple = lcm_up_to(items.len());
    (items, multiple)
}

/// Up to twelve items a dimension, fourth powers of centred scores sum within 128 bits.
pub(super) fn pair_up(dimensions: &[DimensionSpec]) -> Vec<(usize, usize)> {
    let mut pairings = Vec::new();
    let small = |d: &DimensionSpec| d.items.len() <= 12;
    for (p, experience) in dimensions.iter().enumerate().filter(|(_, d)| d.facet == Facet::Experience) {
        for (q, other) in dimensions.iter().enumerate() {
            let own = other.of.as_deref() == Some(experience.key.as_str());
            let fits = match other.facet {
                Facet::Expectation => own,
                Facet::Image => own || other.of.is_none(),
                _ => false,
            };
            if fits && small(experience) && small(other) {
                pairings.push((p, q));
            }
        }
    }
    pairings
}

/// The least common multiple of 1..=k: every mean of up to k whole numbers is a whole number of its parts.
pub(super) fn lcm_up_to(k: usize) -> i64 {
    fn gcd(a: i64, b: i64) -> i64 {
        if b == 0 { a } else { gcd(b, a % b) }
    }
    (1..=k).fold(1, |multiple, next| {
        let next = i64::try_from(next).unwrap_or(1);
        multiple / gcd(multiple, next) * next
    })
}

/// FNV-1a (Fowler, Noll & Vo) over everything that gives the counts their meaning.
pub(super) fn fingerprint(layout: &Layout) -> u64 {
    let mut bytes = Vec::new();
    for item in &layout.items {
        bytes.extend([item.scale.min, item.scale.max, u8::from(item.reversed)]);
    }
    for (variable, (items, _)) in layout.variables.iter().zip(&layout.columns) {
        bytes.push(match variable {
            Variable::Dimension(_) => 100,
            Variable::Overall => 101,
            Variable::Nps => 102,
            Variable::Csat => 103,
            Variable::Ces => 104,
        });
        bytes.extend((items.len() as u64).to_le_bytes());
        for item in items {
            bytes.extend((*item as u64).to_le_bytes());
        }
    }
    for &(p, q) in &layout.pairings {
        bytes.extend([105, u8::try_from(p).unwrap_or(0), u8::try_from(q).unwrap_or(0)]);
    }
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
