//! The distance of one response from the middle of earlier ones, which are frozen.
//!
//! The mean and covariance must not contain the response that they judge, nor move with each arrival: a flag once
//! given stays. They come from [`ReferenceCounts`] of an earlier time, or from stored numbers.

#![allow(clippy::indexing_slicing, reason = "k-by-k tables indexed by places below k")]

use nalgebra::{Cholesky, DMatrix, DVector};
use statrs::function::gamma::gamma_ur;
use thiserror::Error;

use crate::code::Code;
use crate::layout::Layout;

/// Why a mean and a covariance cannot serve as reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ReferenceError {
    /// Items, means and rows of the covariance differ in number, or an item stands there twice.
    #[error("items, means and covariances do not fit each other")]
    Sizes,
    /// A number is not finite, or the covariance is not symmetric.
    #[error("the covariances are not those of numbers")]
    NotCovariance,
    /// Some combination of the items never varied.
    #[error("the covariance is not positive definite")]
    NotPositiveDefinite,
    /// Too few complete responses for the number of items.
    #[error("{people} complete responses are too few for {items} items")]
    FewPeople {
        /// Complete responses.
        people: u64,
        /// Items.
        items: usize,
    },
}

/// A squared distance with the probability that a normal response lies at least as far out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Distance {
    /// Mahalanobis D².
    pub d2: f64,
    /// How many items it rests on: the degrees of freedom of its chi-square distribution.
    pub items: u32,
    /// Upper tail probability; survey answers are not normal, so this orders responses rather than tests them.
    pub p: f64,
}

/// The frozen mean and covariance of earlier responses, in raw codes as answered.
#[derive(Debug, Clone)]
pub struct Reference {
    items: Vec<usize>,
    mean: Vec<f64>,
    covariance: DMatrix<f64>,
    whole: Cholesky<f64, nalgebra::Dyn>,
}

impl Reference {
    /// Checks and keeps the mean and the covariance (row by row) of some items of a layout, by index.
    ///
    /// Positive definite here means that no pivot of the correlations' Cholesky factor falls below 1e-10: an item
    /// that hardly varies beside the others is refused like one that does not vary.
    ///
    /// ```
    /// use scoring::{Reference, ReferenceError};
    /// assert!(Reference::new(vec![0, 1], vec![4.0, 3.5], &[1.0, 0.4, 0.4, 0.9]).is_ok());
    /// let flat = Reference::new(vec![0, 1], vec![4.0, 3.5], &[1.0, 1.0, 1.0, 1.0]);
    /// assert_eq!(flat.err(), Some(ReferenceError::NotPositiveDefinite));
    /// ```
    pub fn new(items: Vec<usize>, mean: Vec<f64>, covariance: &[f64]) -> Result<Reference, ReferenceError> {
        let k = items.len();
        let twice = items.iter().enumerate().any(|(place, item)| items[..place].contains(item));
        if k == 0 || mean.len() != k || covariance.len() != k * k || twice {
            return Err(ReferenceError::Sizes);
        }
        let matrix = DMatrix::from_row_slice(k, k, covariance);
        let finite = mean.iter().chain(covariance).all(|x| x.is_finite());
        let size = matrix.amax();
        if !finite || (&matrix - matrix.transpose()).amax() > 1e-12 * size {
            return Err(ReferenceError::NotCovariance);
        }
        let whole = factor(&matrix).ok_or(ReferenceError::NotPositiveDefinite)?;
        Ok(Reference { items, mean, covariance: matrix, whole })
    }

    /// The items, by index into the layout.
    pub fn items(&self) -> &[usize] {
        &self.items
    }

    /// The mean of each item.
    pub fn mean(&self) -> &[f64] {
        &self.mean
    }

    /// The covariance, row by row, to be stored and given to [`Reference::new`] again.
    pub fn covariance(&self) -> &[f64] {
        // Symmetric, so columns and rows are the same.
        self.covariance.as_slice()
    }

    /// D² = (x - m)ᵀ S⁻¹ (x - m) over the rated items of a response, with its chi-square probability.
    ///
    /// Where not all items are rated, as when only a part was shown, the mean and covariance of those that are take
    /// the place of the whole, and their number that of the degrees of freedom. `None` when none of the items is rated.
    pub fn distance(&self, layout: &Layout, codes: &[Code]) -> Option<Distance> {
        let raw = |item: usize| codes.get(item)?.raw(layout.items().get(item)?.scale).map(f64::from);
        let rated: Vec<(usize, f64)> = self
            .items
            .iter()
            .enumerate()
            .filter_map(|(place, &item)| Some((place, raw(item)? - self.mean[place])))
            .collect();
        if rated.is_empty() {
            return None;
        }
        let off = DVector::from_iterator(rated.len(), rated.iter().map(|(_, x)| *x));
        let d2 = if rated.len() == self.items.len() {
            square(&self.whole, off)
        } else {
            let part =
                DMatrix::from_fn(rated.len(), rated.len(), |a, b| self.covariance[(rated[a].0, rated[b].0)]);
            square(&Cholesky::new(part)?, off)
        };
        let degrees = rated.len() as f64;
        let p = if d2 > 0.0 { gamma_ur(degrees / 2.0, d2 / 2.0) } else { 1.0 };
        Some(Distance { d2, items: u32::try_from(rated.len()).unwrap_or(u32::MAX), p })
    }
}

/// |L⁻¹ x|² for the factor L of a covariance.
fn square(factor: &Cholesky<f64, nalgebra::Dyn>, x: DVector<f64>) -> f64 {
    let mut solved = x;
    // The factor has a positive diagonal, so the system can always be solved.
    let _ = factor.l_dirty().solve_lower_triangular_mut(&mut solved);
    solved.norm_squared()
}

/// The Cholesky factor of a covariance whose correlations are safely positive definite.
fn factor(covariance: &DMatrix<f64>) -> Option<Cholesky<f64, nalgebra::Dyn>> {
    let sd: Vec<f64> = covariance.diagonal().iter().map(|variance| variance.sqrt()).collect();
    if !sd.iter().all(|sd| *sd > 0.0 && sd.is_finite()) {
        return None;
    }
    let correlation = DMatrix::from_fn(sd.len(), sd.len(), |a, b| covariance[(a, b)] / (sd[a] * sd[b]));
    let pivots = Cholesky::new(correlation)?.l_dirty().diagonal();
    if !pivots.iter().all(|pivot| pivot * pivot > 1e-10) {
        return None;
    }
    Cholesky::new(covariance.clone())
}

/// Exact sums over complete responses, from which a reference is frozen.
///
/// ```
/// use scoring::{Code, ItemSpec, Layout, Outcomes, ReferenceCounts, Scale};
/// let scale = Scale::new(1, 5)?;
/// let item = |key: &str| ItemSpec { key: key.into(), scale, reversed: false, top_box: None };
/// let layout = Layout::new(vec![item("a"), item("b")], vec![], Outcomes::default())?;
/// let mut counts = ReferenceCounts::new(vec![0, 1]);
/// for row in [[1, 2], [3, 3], [5, 4], [4, 5]] {
///     counts.record(&layout, &row.map(|raw| Code::answer(raw, scale).unwrap()));
/// }
/// let reference = counts.freeze()?;
/// assert_eq!(reference.mean(), [3.25, 3.5]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceCounts {
    items: Vec<usize>,
    people: u64,
    sums: Vec<i128>,
    /// Row by row.
    products: Vec<i128>,
}

impl ReferenceCounts {
    /// Nobody's sums over some items of a layout, by index.
    pub fn new(items: Vec<usize>) -> ReferenceCounts {
        let k = items.len();
        ReferenceCounts { items, people: 0, sums: vec![0; k], products: vec![0; k * k] }
    }

    /// Counts a response that rates all of the items; false, and nothing is counted, when it does not.
    pub fn record(&mut self, layout: &Layout, codes: &[Code]) -> bool {
        let raw = |item: &usize| codes.get(*item)?.raw(layout.items().get(*item)?.scale).map(i128::from);
        let Some(row) = self.items.iter().map(raw).collect::<Option<Vec<i128>>>() else { return false };
        self.people += 1;
        for (a, x) in row.iter().enumerate() {
            self.sums[a] += x;
            for (b, y) in row.iter().enumerate() {
                self.products[a * row.len() + b] += x * y;
            }
        }
        true
    }

    /// How many responses were counted.
    pub fn people(&self) -> u64 {
        self.people
    }

    /// The mean and the covariance, divisor n - 1, each as one division of exact integers.
    pub fn freeze(&self) -> Result<Reference, ReferenceError> {
        let (k, n) = (self.items.len(), i128::from(self.people));
        if self.people < 2 || self.people <= k as u64 {
            return Err(ReferenceError::FewPeople { people: self.people, items: k });
        }
        let people = self.people as f64;
        let mut covariance = Vec::with_capacity(k * k);
        for a in 0..k {
            for b in 0..k {
                let scatter = n * self.products[a * k + b] - self.sums[a] * self.sums[b];
                covariance.push(scatter as f64 / (people * (people - 1.0)));
            }
        }
        let mean = self.sums.iter().map(|sum| *sum as f64 / people).collect();
        Reference::new(self.items.clone(), mean, &covariance)
    }
}
