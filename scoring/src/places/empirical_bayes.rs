//! The normal-normal model of places: shrunken means, and how uncertain they are.

use crate::comparison::{usable, weighted_mean};

/// Places from which on the spread between them can be told well enough for an interval.
pub(super) const FEWEST: u64 = 4;

/// The model at one value of tau².
#[derive(Debug, Clone, PartialEq)]
pub struct EmpiricalBayes {
    /// The mean of all places, weighted by 1/(v_j + tau²).
    pub mu: f64,
    /// Its standard error, 1/√Σ 1/(v_j + tau²).
    pub se_mu: f64,
    /// The places in the given order.
    pub places: Vec<PlaceEffect>,
}

/// One place in the model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlaceEffect {
    /// B = v/(v + tau²), how much of the place's distance from mu is put down to chance.
    pub shrinkage: f64,
    /// B mu + (1 - B) y.
    pub shrunk: f64,
    /// √((1 - B) v), the spread if mu and tau² were known; too small by itself.
    pub plain_sd: f64,
}

/// Shrunken means at a given tau² (Efron & Morris 1975; Morris 1983).
///
/// Pairs (y_j, v_j) of mean and sampling variance, with y_j ~ N(m_j, v_j) and m_j ~ N(mu, tau²): B_j =
/// v_j/(v_j + tau²), shrunk_j = B_j mu + (1 - B_j) y_j. `None` when there is no pair, when a mean is not finite
/// or a variance not a finite number above 0, or when tau² is not a finite number from 0 up.
///
/// ```
/// let model = scoring::empirical_bayes(&[(3.0, 1.0), (5.0, 1.0)], 1.0).unwrap();
/// assert_eq!((model.mu, model.places[0].shrinkage, model.places[0].shrunk), (4.0, 0.5, 3.5));
/// ```
pub fn empirical_bayes(places: &[(f64, f64)], tau2: f64) -> Option<EmpiricalBayes> {
    let fits = !places.is_empty() && usable(places).len() == places.len();
    if !fits || !tau2.is_finite() || tau2 < 0.0 {
        return None;
    }
    let (mu, weights) = weighted_mean(places, tau2);
    let effect = |&(y, v): &(f64, f64)| {
        let shrinkage = v / (v + tau2);
        let shrunk = shrinkage * mu + (1.0 - shrinkage) * y;
        PlaceEffect { shrinkage, shrunk, plain_sd: ((1.0 - shrinkage) * v).sqrt() }
    };
    Some(EmpiricalBayes { mu, se_mu: (1.0 / weights).sqrt(), places: places.iter().map(effect).collect() })
}

/// The mean squared distance of each place's true mean from its point, over what is not known of mu and tau².
///
/// Given tau², with mu flat, m_j has mean c_j = B_j mu + (1 - B_j) y_j and variance (1 - B_j) v_j + B_j²/W,
/// W = Σ 1/(v + tau²). With tau² flat on 0..∞ its density given the means is proportional to
/// Π (v_j + tau²)^(-1/2) W^(-1/2) e^(-Q/2) (Morris & Tang 2011; Morris & Lysy 2012), proper from four places on.
/// The result is ∫ [(1 - B_j) v_j + B_j²/W + (c_j - point_j)²] over that density, an equally spaced sum in
/// ln tau².
pub(super) fn squared_errors(places: &[(f64, f64)], points: &[f64]) -> Vec<f64> {
    let grid: Vec<(f64, f64)> =
        grid(places).into_iter().map(|tau2| (tau2, ln_density(places, tau2))).collect();
    let highest = grid.iter().map(|(_, density)| *density).fold(f64::NEG_INFINITY, f64::max);
    let mut total = 0.0;
    let mut errors = vec![0.0; places.len()];
    for (tau2, density) in grid {
        let weight = (density - highest).exp();
        if weight < 1e-18 {
            continue;
        }
        total += weight;
        let (mu, sum) = weighted_mean(places, tau2);
        for (error, (&(y, v), point)) in errors.iter_mut().zip(places.iter().zip(points)) {
            let b = v / (v + tau2);
            let centre = b * mu + (1.0 - b) * y;
            *error += weight * ((1.0 - b) * v + b * b / sum + (centre - point).powi(2));
        }
    }
    errors.iter().map(|error| error / total).collect()
}

/// Values of tau², equally spaced on the logarithm, from where the density fades to where it fades.
fn grid(places: &[(f64, f64)]) -> Vec<f64> {
    let k = places.len() as f64;
    let variances = places.iter().map(|(_, v)| *v);
    let least = variances.clone().fold(f64::INFINITY, f64::min);
    let (mu, _) = weighted_mean(places, 0.0);
    let reach = places.iter().map(|(y, v)| v + (y - mu).powi(2)).fold(0.0, f64::max);
    // As tau² grows the density of ln tau² falls like tau^(3-k), as it shrinks like tau².
    let (from, to) = (least.ln() - 36.0, reach.ln() + 80.0 / (k - 3.0) + 4.0);
    let step = (1.0 / k.sqrt()).min(0.2);
    let mut points = Vec::new();
    let mut at = from;
    while at <= to {
        points.push(at.exp());
        at += step;
    }
    points
}

/// The logarithm of the density of ln tau², up to a constant.
fn ln_density(places: &[(f64, f64)], tau2: f64) -> f64 {
    let (mu, sum) = weighted_mean(places, tau2);
    let terms = places.iter().map(|(y, v)| (v + tau2).ln() + (y - mu).powi(2) / (v + tau2));
    tau2.ln() - 0.5 * (terms.sum::<f64>() + sum.ln())
}
