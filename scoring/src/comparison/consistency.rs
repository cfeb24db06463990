//! The verdict whether levels give the same quality: equivalence, not the absence of a significant difference.

use serde::Serialize;

use super::moment::{Moment, answered, pooled_variance};
use super::pair::{PairDifference, checked_margin, difference, each_pair, games_howell, tost};
use crate::figure::{Figure, Interval};

/// What can be said about all levels together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Every pair is equivalent within the margin.
    Consistent,
    /// Some difference lies beyond the margin with simultaneous confidence.
    Inconsistent,
    /// Neither could be shown.
    NotEnoughData,
}

/// The verdict with the margin and the pairs that it rests on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Consistency {
    /// What was found.
    pub verdict: Verdict,
    /// The largest difference that does not matter, in the units of the means.
    pub margin: f64,
    /// Every pair of levels, those without answers too.
    pub pairs: Vec<EquivalencePair>,
}

/// The equivalence test of one pair.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EquivalencePair {
    /// The level that comes first.
    pub a: String,
    /// The level that comes later.
    pub b: String,
    /// mean(b) - mean(a).
    pub diff: Figure<f64>,
    /// The 90 % interval that corresponds to the test.
    pub ci90: Interval,
    /// The larger p-value of the two one-sided tests.
    pub p: Figure<f64>,
    /// Whether the pair is equivalent; not so when it cannot be tested.
    pub equivalent: bool,
}

/// The consistency of levels within a margin, by pairs in the given order.
///
/// *Consistent* when every pair of levels is equivalent ([`tost`] at 5 %; an intersection-union test, so that no
/// further correction is needed: Berger 1982). *Inconsistent* when the simultaneous interval ([`games_howell`])
/// of some pair lies wholly beyond ±margin. Else *not enough data*, and so with fewer than two levels, and when
/// a pair cannot be tested and none is inconsistent: a level without answers or with one says nothing of
/// equality. A margin that is not a finite number above 0 is taken as 0.
///
/// A unanimous level has no variance of its own. The numbers of its pairs then rest on the other level alone,
/// by the formula; but a few people who happen to agree shall decide nothing. So `equivalent`, and "beyond the
/// margin", must hold a second time with the pooled within variance in place of each 0. Two unanimous levels
/// cannot be tested.
///
/// ```
/// use scoring::{Moment, Verdict, consistency};
/// let level = |name: &str, n, mean| {
///     (name.to_owned(), Moment { n, mean, variance_of_mean: 400.0 / n as f64 })
/// };
/// let verdict = |levels: &[_]| consistency(levels, 5.0).verdict;
/// assert_eq!(verdict(&[level("mail", 900, 71.0), level("phone", 900, 70.0)]), Verdict::Consistent);
/// assert_eq!(verdict(&[level("mail", 900, 71.0), level("phone", 900, 60.0)]), Verdict::Inconsistent);
/// assert_eq!(verdict(&[level("mail", 40, 71.0), level("phone", 40, 70.0)]), Verdict::NotEnoughData);
/// ```
pub fn consistency(levels: &[(String, Moment)], margin: f64) -> Consistency {
    verdict(levels, margin, &games_howell(levels))
}

/// The same with the simultaneous pairs at hand.
pub(super) fn verdict(
    levels: &[(String, Moment)],
    margin: f64,
    simultaneous: &[PairDifference],
) -> Consistency {
    let margin = checked_margin(margin);
    let spread = with_spread(levels);
    let mut pairs = equivalence_pairs(levels, margin);
    let mut beyond = any_beyond(simultaneous, margin);
    if let Some(spread) = &spread {
        for (pair, strict) in pairs.iter_mut().zip(equivalence_pairs(spread, margin)) {
            pair.equivalent &= strict.equivalent;
        }
        let strict = games_howell(spread);
        let both = simultaneous.iter().zip(&strict).filter(|(plain, _)| lies_beyond(plain, margin));
        beyond = both.map(|(_, strict)| strict).any(|strict| lies_beyond(strict, margin));
    }
    let verdict = if beyond {
        Verdict::Inconsistent
    } else if !pairs.is_empty() && pairs.iter().all(|pair| pair.equivalent) {
        Verdict::Consistent
    } else {
        Verdict::NotEnoughData
    };
    Consistency { verdict, margin, pairs }
}

/// The levels with the pooled variance in place of each 0, when there is a unanimous one.
fn with_spread(levels: &[(String, Moment)]) -> Option<Vec<(String, Moment)>> {
    let moments: Vec<_> = levels.iter().map(|(_, level)| level.checked()).collect();
    let (pooled, _) = pooled_variance(&answered(&moments))?;
    moments.iter().any(Moment::flat).then(|| {
        let spread = moments.iter().map(|level| level.with_spread(pooled));
        levels.iter().map(|(name, _)| name.clone()).zip(spread).collect()
    })
}

fn equivalence_pairs(levels: &[(String, Moment)], margin: f64) -> Vec<EquivalencePair> {
    let mut pairs = Vec::new();
    each_pair(levels, |(a, first), (b, second)| {
        let (ci90, p, equivalent) = match tost(first, second, margin) {
            Figure::Known(test) => (Interval::Known(test.ci90), Figure::Known(test.p), test.equivalent),
            Figure::Undefined(undef) => (Interval::Undefined(undef), Figure::Undefined(undef), false),
        };
        let diff = difference(first, second);
        pairs.push(EquivalencePair { a: a.clone(), b: b.clone(), diff, ci90, p, equivalent });
    });
    pairs
}

fn any_beyond(pairs: &[PairDifference], margin: f64) -> bool {
    pairs.iter().any(|pair| lies_beyond(pair, margin))
}

fn lies_beyond(pair: &PairDifference, margin: f64) -> bool {
    pair.ci95.known().is_some_and(|[lower, upper]| lower > margin || upper < -margin)
}
