//! Whoever knows every figure that was ever shown, and adds and subtracts them with any factors.

use std::collections::BTreeMap;

use scoring::{LogEntry, SteppedTable};

/// Fewer people than this must not follow from anything.
pub const STEP: u64 = 10;

/// Who is there after the first entries of a log: for each response whether it is counted.
pub fn present<L>(log: &[LogEntry<L>], entries: usize, is_in: impl Fn(&L) -> bool) -> Vec<i32> {
    let mut there = vec![0; log.len()];
    for (place, change) in log[..entries].iter().enumerate() {
        match change {
            LogEntry::Arrival { level, .. } if is_in(level) => there[place] = 1,
            LogEntry::Erasure { of } | LogEntry::Gone { of, .. } if *of < place => there[*of] = 0,
            LogEntry::Arrival { .. } | LogEntry::Erasure { .. } | LogEntry::Gone { .. } | LogEntry::Other => {
            }
        }
    }
    there
}

/// For each response how many new people it brings.
pub fn weights<L>(log: &[LogEntry<L>]) -> Vec<u64> {
    log.iter().map(|entry| u64::from(matches!(entry, LogEntry::Arrival { person: true, .. }))).collect()
}

/// The figures of tables that were shown while the log grew: where they stood and of which level of which table.
#[derive(Default)]
pub struct Seen(pub Vec<(usize, Option<(usize, usize)>)>);

impl Seen {
    /// Notes what a table shows; `table` is its number.
    pub fn note(&mut self, table: usize, shown: &SteppedTable) {
        let levels = (0..)
            .zip(&shown.levels)
            .filter_map(|(level, of)| Some((of.shown?.entries, Some((table, level)))));
        for figure in levels.chain([(shown.total.entries, None)]) {
            if !self.0.contains(&figure) {
                self.0.push(figure);
            }
        }
    }
}

/// How many people are in a set of responses.
pub fn people_in(set: &[i32], weights: &[u64]) -> u64 {
    set.iter().zip(weights).filter(|(there, _)| **there != 0).map(|(_, people)| people).sum()
}

/// Whether two sets are the same or differ by a step of people.
pub fn enough(a: &[i32], b: &[i32], weights: &[u64]) -> bool {
    let apart: Vec<i32> = a.iter().zip(b).map(|(a, b)| i32::from(a != b)).collect();
    !apart.contains(&1) || people_in(&apart, weights) >= STEP
}

/// What all shown sets together know: in which sets a response is, and how many people are in just these.
pub fn kinds(sets: &[Vec<i32>], weights: &[u64]) -> Vec<(Vec<i64>, u64)> {
    let mut kinds: BTreeMap<Vec<i64>, u64> = BTreeMap::new();
    for response in 0..sets.first().map_or(0, Vec::len) {
        *kinds.entry(sets.iter().map(|set| i64::from(set[response])).collect()).or_insert(0) +=
            weights[response];
    }
    kinds.into_iter().filter(|(kind, _)| kind.contains(&1)).collect()
}

/// The rank of a matrix of whole numbers, modulo a prime of 31 bits.
pub fn rank(rows: impl Iterator<Item = Vec<i64>>) -> usize {
    const PRIME: i64 = 2_147_483_647;
    let inverse = |x: i64| {
        let (mut power, mut base, mut left) = (1, x, PRIME - 2);
        while left > 0 {
            if left % 2 == 1 {
                power = power * base % PRIME;
            }
            base = base * base % PRIME;
            left /= 2;
        }
        power
    };
    let mut reduced: Vec<(usize, Vec<i64>)> = Vec::new();
    for mut row in rows {
        for (pivot, known) in &reduced {
            let factor = row[*pivot];
            if factor != 0 {
                row.iter_mut().zip(known).for_each(|(x, k)| *x = (*x - factor * k).rem_euclid(PRIME));
            }
        }
        if let Some(pivot) = row.iter().position(|x| *x != 0) {
            let scale = inverse(row[pivot]);
            for x in &mut row {
                *x = *x * scale % PRIME;
            }
            reduced.push((pivot, row));
        }
    }
    reduced.len()
}

/// Whether some sum of the shown figures, with any factors at all, rests on these people only, who are a few.
///
/// Such a sum vanishes on everybody else: then the others alone have a smaller rank than all.
pub fn exposed(kinds: &[(Vec<i64>, u64)], few: &[usize]) -> bool {
    let all = rank(kinds.iter().map(|(kind, _)| kind.clone()));
    let others = kinds.iter().enumerate().filter(|(place, _)| !few.contains(place));
    rank(others.map(|(_, (kind, _))| kind.clone())) < all
}

/// Looks for exposed people: each kind of fewer than a step, and sets of kinds filled up to fewer than a step.
pub fn attack(kinds: &[(Vec<i64>, u64)], orders: &[u64]) -> Option<Vec<usize>> {
    let small: Vec<usize> = (0..kinds.len()).filter(|place| kinds[*place].1 < STEP).collect();
    let filled = orders.iter().map(|seed| {
        let mut order = small.clone();
        order.sort_by_key(|place| (*place as u64 + 1).wrapping_mul(seed | 1));
        let mut people = 0;
        order.retain(|place| {
            let fits = people + kinds[*place].1 < STEP;
            people += if fits { kinds[*place].1 } else { 0 };
            fits
        });
        order
    });
    let alone = small.iter().map(|place| vec![*place]);
    alone.chain(filled).find(|few| exposed(kinds, few))
}
