//! Parallel analysis: how many factors stand out from chance.
//!
//! Simulates answers without any structure, of the same number of people and items. Called by the structure
//! report with the eigenvalues of its correlation matrix.

use serde::Serialize;

use super::chance::Chance;
use crate::error::Undefined;
use crate::figure::Undef;
use crate::symmetric::eigenvalues_of_rows;

/// Replications; the 95th percentile then lies between the 190th and 191st in order.
const REPLICATIONS: usize = 200;

/// The seed of every simulation, so that the same answers always give the same number of factors.
const SEED: u64 = 0x1965_0030_0002_0179;

/// The number of factors by parallel analysis.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ParallelAnalysis {
    /// How many eigenvalues, counted from the largest, exceed their threshold without a break.
    pub value: usize,
    /// People that the simulation assumes: the fewest that answered a pair of items.
    pub n: u64,
    /// 95th percentile of each eigenvalue in simulated uncorrelated answers, the largest first.
    pub thresholds: Vec<f64>,
}

/// Compares the eigenvalues of a correlation matrix, the largest first, with those of uncorrelated normal
/// answers of n people (Horn 1965; 95th percentiles instead of means after Glorfeld 1995).
///
/// 200 replications with a fixed seed; percentiles interpolate linearly between the values in order. A
/// replication draws no answers but their correlation matrix itself: sums of squares and products of normal
/// answers have a Wishart distribution with n - 1 degrees of freedom, drawn as a product of triangular factors
/// (Bartlett 1933), so that a million people take no longer than a hundred. With n the fewest people of a pair,
/// missing answers make thresholds higher rather than lower.
///
/// Undefined for no more people than items.
///
/// ```
/// let found = scoring::parallel_analysis(&[2.1, 0.6, 0.3], 100)?;
/// assert_eq!(found.value, 1);
/// assert!(found.thresholds[0] > 1.0 && found.thresholds[0] < 1.5);
/// # Ok::<(), scoring::Undef>(())
/// ```
pub fn parallel_analysis(observed: &[f64], n: u64) -> Result<ParallelAnalysis, Undef> {
    let items = observed.len();
    if items == 0 {
        return Err(Undef::new(Undefined::NoAnswers, n));
    }
    if n <= items as u64 {
        return Err(Undef::new(Undefined::FewForVariables, n));
    }
    let mut chance = Chance::new(SEED);
    let mut simulated: Vec<Vec<f64>> = vec![Vec::with_capacity(REPLICATIONS); items];
    for _ in 0..REPLICATIONS {
        let values = eigenvalues_of_rows(uncorrelated(&mut chance, items, n));
        let values = values.ok_or(Undef::new(Undefined::NotConverged, n))?;
        simulated.iter_mut().zip(values).for_each(|(place, value)| place.push(value));
    }
    let thresholds: Vec<f64> = simulated.into_iter().map(percentile_95).collect();
    let value = observed.iter().zip(&thresholds).take_while(|(value, threshold)| value > threshold).count();
    Ok(ParallelAnalysis { value, n, thresholds })
}

/// The sample correlation matrix of n people on independent normal items, n above the number of items.
fn uncorrelated(chance: &mut Chance, items: usize, n: u64) -> Vec<Vec<f64>> {
    let mut factor: Vec<Vec<f64>> = Vec::with_capacity(items);
    let mut degrees = n - 1;
    for row in 0..items {
        let mut entries: Vec<f64> = (0..row).map(|_| chance.normal()).collect();
        entries.push(chance.chi_squared(degrees).sqrt());
        degrees -= 1;
        // Rows of length 1 make variances of 1.
        let length = entries.iter().map(|entry| entry * entry).sum::<f64>().sqrt();
        for entry in &mut entries {
            *entry /= length;
        }
        factor.push(entries);
    }
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum();
    factor.iter().map(|a| factor.iter().map(|b| product(a, b)).collect()).collect()
}

fn percentile_95(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let place = 0.95 * (values.len() as f64 - 1.0);
    let below = (REPLICATIONS - 1) * 95 / 100;
    match (values.get(below), values.get(below + 1)) {
        (Some(low), Some(high)) => low + (place - below as f64) * (high - low),
        (Some(low), None) => *low,
        (None, _) => 0.0,
    }
}
