//! The items that structure is looked for in, and all their correlations at once.
//!
//! Which dimensions take part is decided here and nowhere else.

#![allow(clippy::indexing_slicing, reason = "square tables indexed by places below the number of items")]

use super::pairs::polarised_pair;
use crate::cell::JointCounts;
use crate::error::Undefined;
use crate::figure::{Estimate, Figure, Undef};
use crate::layout::{Facet, Layout};
use crate::symmetric::Matrix;

/// A pair with fewer people than this is too thin, when few of those who answered were asked both.
const THIN: u64 = 200;

/// The dimensions that take part: all but those of facet importance, which is about the dimensions and not
/// about the service.
pub(super) fn dimensions(layout: &Layout) -> Vec<usize> {
    let indexes = layout
        .dimensions()
        .iter()
        .enumerate()
        .filter(|(_, d)| !matches!(d.facet, Facet::Importance | Facet::Conduct));
    indexes.map(|(index, _)| index).collect()
}

/// Correlations of all pairs of items of the dimensions that take part.
pub(super) struct Correlations {
    /// Places in `pairs` of the items of each dimension that takes part, by dimension.
    pub(super) members: Vec<(usize, Vec<usize>)>,
    pairs: Vec<Vec<Result<Estimate, Undef>>>,
    /// The most people that answered any one item.
    base: u64,
}

impl Correlations {
    pub(super) fn new(layout: &Layout, joint: &JointCounts) -> Correlations {
        let mut items = Vec::new();
        let mut members = Vec::new();
        for index in dimensions(layout) {
            let own = layout.dimensions().get(index).map_or(&[][..], |d| &d.items);
            members.push((index, (items.len()..items.len() + own.len()).collect()));
            items.extend_from_slice(own);
        }
        let read = |a: usize, b: usize| match polarised_pair(layout, joint, a, b).correlation() {
            Figure::Known(r) => Ok(r),
            Figure::Undefined(undef) => Err(undef),
        };
        let pairs = items.iter().map(|&a| items.iter().map(|&b| read(a, b)).collect()).collect();
        let base = items.iter().map(|&item| joint.item_pair(item, item).n).max().unwrap_or(0);
        Correlations { members, pairs, base }
    }

    /// The correlation of the items at two places.
    pub(super) fn pair(&self, a: usize, b: usize) -> Result<Estimate, Undef> {
        self.pairs[a][b]
    }

    /// The people of a pair, whether it has a correlation or not.
    pub(super) fn people(&self, a: usize, b: usize) -> u64 {
        self.pairs[a][b].map_or_else(|undef| undef.n, |r| r.n)
    }

    /// The fewest people of a pair of different items.
    fn fewest(&self) -> u64 {
        let k = self.pairs.len();
        places(k).map(|(a, b)| self.people(a, b)).min().unwrap_or(self.base)
    }

    /// Why the whole matrix would be mostly noise, if it would.
    ///
    /// A pair of fewer than 200 people is too thin when that is less than half of those who answered the most
    /// answered item: then the gaps come from the forms.
    pub(super) fn thin(&self) -> Result<(), Undef> {
        let fewest = self.fewest();
        let thin = fewest > 0 && fewest < THIN && 2 * fewest < self.base;
        if thin { Err(Undef::new(Undefined::ThinPair(THIN), fewest)) } else { Ok(()) }
    }

    /// The whole matrix and the fewest people of a pair, or why there is none.
    pub(super) fn matrix(&self) -> Result<(Matrix, u64), Undef> {
        let (k, fewest) = (self.pairs.len(), self.fewest());
        if k == 0 || self.base == 0 {
            return Err(Undef::new(Undefined::NoAnswers, 0));
        }
        if k == 1 {
            return Err(Undef::new(Undefined::OneItem, self.base));
        }
        let mut matrix = Matrix::identity(k, k);
        for (a, b) in places(k) {
            let r = self.pair(a, b).map_err(|undef| Undef::new(undef.undefined, fewest))?.value;
            matrix[(a, b)] = r;
            matrix[(b, a)] = r;
        }
        Ok((matrix, fewest))
    }
}

/// Below the diagonal of a table of k by k.
fn places(k: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..k).flat_map(|a| (0..a).map(move |b| (a, b)))
}
