//! A distribution moved to 0..=1 by the ends of its scale, from both sides.

use crate::cell::MAX_PEOPLE;
use crate::distribution::Distribution;
use crate::error::Undefined;
use crate::figure::Undef;
use crate::layout::Scale;

/// The largest denominator of person means that a layout can make: the least common multiple of 1..=16.
const MAX_DENOMINATOR: i64 = 720_720;

/// How many people a distribution has, provided that there are some and that all values lie on the scale.
///
/// A distribution that passes has sums whose products with n fit 128 bits.
pub(crate) fn on_scale(distribution: &Distribution, scale: Scale) -> Result<u64, Undef> {
    within(distribution, i64::from(scale.min), i64::from(scale.max))
}

/// How many people there are, if all their values lie between two whole ends.
pub(crate) fn within(distribution: &Distribution, low: i64, high: i64) -> Result<u64, Undef> {
    let people: u128 = distribution.keys().map(|(_, people)| u128::from(people)).sum();
    let n = u64::try_from(people).unwrap_or(u64::MAX);
    let denominator = distribution.denominator();
    let mut values = distribution.keys().map(|(key, _)| key);
    let (Some(least), last) = (values.next(), values.next_back()) else {
        return Err(Undef::new(Undefined::NoAnswers, 0));
    };
    if n > MAX_PEOPLE || denominator > MAX_DENOMINATOR {
        return Err(Undef::new(Undefined::TooLarge, n));
    }
    let (low, high) = (low * denominator, high * denominator);
    if least < low || last.unwrap_or(least) > high || low >= high {
        return Err(Undef::new(Undefined::OffScale, n));
    }
    Ok(n)
}

/// People at points of 0..=1; the weight is how many stand there.
#[derive(Debug, Clone)]
pub(super) struct Bounded {
    points: Vec<(f64, f64)>,
    n: u64,
}

impl Bounded {
    /// Counts at whole positions of 0..=span, which has to be positive; each position is within it.
    pub(super) fn of_positions(positions: impl IntoIterator<Item = (i64, u64)>, span: i64) -> Bounded {
        let counted = positions.into_iter().filter(|(_, people)| *people > 0);
        let (mut points, mut n) = (Vec::new(), 0);
        for (position, people) in counted {
            points.push((position as f64 / span as f64, people as f64));
            n += people;
        }
        Bounded { points, n }
    }

    /// The distances from the lower end of the scale, in parts of the scale.
    pub(super) fn from_below(distribution: &Distribution, scale: Scale) -> Result<Bounded, Undef> {
        on_scale(distribution, scale)?;
        let (low, span) = ends(distribution, scale);
        Ok(Bounded::of_positions(distribution.keys().map(|(key, people)| (key - low, people)), span))
    }

    /// The distances from the upper end of the scale, in parts of the scale.
    pub(super) fn from_above(distribution: &Distribution, scale: Scale) -> Result<Bounded, Undef> {
        on_scale(distribution, scale)?;
        let (low, span) = ends(distribution, scale);
        Ok(Bounded::of_positions(distribution.keys().map(|(key, people)| (low + span - key, people)), span))
    }

    /// Points and weights.
    pub(super) fn points(&self) -> &[(f64, f64)] {
        &self.points
    }

    /// How many people there are.
    pub(super) fn n(&self) -> u64 {
        self.n
    }

    /// Mean and variance, divisor n; 0 and 0 of nobody.
    pub(super) fn moments(&self) -> (f64, f64) {
        let n = self.n.max(1) as f64;
        let mean = self.points.iter().map(|(x, weight)| weight * x).sum::<f64>() / n;
        let square = |(x, weight): &(f64, f64)| weight * (x - mean) * (x - mean);
        (mean, self.points.iter().map(square).sum::<f64>() / n)
    }
}

/// The key of the scale's lower end and the number of steps to its upper end.
fn ends(distribution: &Distribution, scale: Scale) -> (i64, i64) {
    let denominator = distribution.denominator();
    (i64::from(scale.min) * denominator, (i64::from(scale.max) - i64::from(scale.min)) * denominator)
}
