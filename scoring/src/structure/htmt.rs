//! HTMT: whether two dimensions are told apart by those who answer.
//!
//! The ratio of the correlations across two dimensions to those within them. `structure_report` gives it for
//! each pair of dimensions with several items each.

use super::items::Correlations;
use crate::error::Undefined;
use crate::figure::{Figure, Named, Undef};
use crate::layout::Layout;

/// Two dimensions with several items each: their name "A|B" and the places of their items.
pub(super) struct Couple {
    pub(super) name: String,
    pub(super) dimensions: [usize; 2],
    a: Vec<usize>,
    b: Vec<usize>,
}

/// How absolute correlations are averaged.
#[derive(Clone, Copy)]
pub(super) enum Average {
    /// HTMT (Henseler, Ringle & Sarstedt 2015).
    Arithmetic,
    /// HTMT2 (Roemer, Schuberth & Henseler 2021).
    Geometric,
}

/// All pairs of dimensions with several items, in declared order.
pub(super) fn couples(layout: &Layout, correlations: &Correlations) -> Vec<Couple> {
    let several: Vec<_> = correlations.members.iter().filter(|(_, places)| places.len() > 1).collect();
    let key = |index: usize| layout.dimensions().get(index).map_or("", |dimension| &dimension.key);
    let mut couples = Vec::new();
    for (place, (index, a)) in several.iter().enumerate() {
        for (other, b) in several.iter().skip(place + 1) {
            let name = format!("{}|{}", key(*index), key(*other));
            couples.push(Couple { name, dimensions: [*index, *other], a: a.clone(), b: b.clone() });
        }
    }
    couples
}

impl Couple {
    fn across(&self) -> impl Iterator<Item = (usize, usize)> {
        self.a.iter().flat_map(|&i| self.b.iter().map(move |&j| (i, j)))
    }

    /// The fewest people of any pair of items that enters.
    pub(super) fn people(&self, correlations: &Correlations) -> u64 {
        let pairs = self.across().chain(within(&self.a)).chain(within(&self.b));
        pairs.map(|(i, j)| correlations.people(i, j)).min().unwrap_or(0)
    }

    /// Mean |r| across over the geometric mean of the two mean |r| within.
    ///
    /// An item that stands in both dimensions cannot occur; an item without variance, or items of one dimension
    /// that do not correlate at all, leave it undefined.
    pub(super) fn ratio(&self, correlations: &Correlations, average: Average) -> Result<f64, Undef> {
        let n = self.people(correlations);
        let mean = |pairs: &mut dyn Iterator<Item = (usize, usize)>| -> Result<f64, Undef> {
            let r: Result<Vec<f64>, Undef> =
                pairs.map(|(i, j)| correlations.pair(i, j).map(|r| r.value.abs())).collect();
            r.map(|r| average.of(&r)).map_err(|undef| Undef::new(undef.undefined, n))
        };
        let across = mean(&mut self.across())?;
        let within = mean(&mut within(&self.a))? * mean(&mut within(&self.b))?;
        if within > 0.0 { Ok(across / within.sqrt()) } else { Err(Undef::new(Undefined::NoCommonFactor, n)) }
    }
}

/// Each pair of different items of one dimension.
fn within(places: &[usize]) -> impl Iterator<Item = (usize, usize)> {
    places.iter().enumerate().flat_map(|(rank, &i)| places.iter().take(rank).map(move |&j| (i, j)))
}

impl Average {
    fn of(self, values: &[f64]) -> f64 {
        let n = values.len() as f64;
        match self {
            Average::Arithmetic => values.iter().sum::<f64>() / n,
            Average::Geometric => (values.iter().map(|value| value.ln()).sum::<f64>() / n).exp(),
        }
    }
}

/// The higher of the two usual cut-offs that a ratio passes.
pub(super) fn flags(ratios: &Named<Figure<f64>>) -> Named<f64> {
    let passed = |value: f64| [0.90, 0.85].into_iter().find(|cut| value > *cut);
    let known = ratios.iter().filter_map(|(name, figure)| Some((name.to_owned(), passed(*figure.known()?)?)));
    known.collect()
}
