//! What a report says about many places at once.

use serde::Serialize;

use super::empirical_bayes::{FEWEST, PlaceEffect, empirical_bayes, squared_errors};
use super::funnel::{Funnel, Outside, funnel};
use crate::comparison::{
    Moment, answered, cochran_q, dersimonian_laird, paule_mandel, pooled_variance, q_profile, total,
};
use crate::error::Undefined;
use crate::figure::{Estimate, Figure, Interval, Named};
use crate::probability::{chi_square_sf, t_quantile};

/// Many places on one variable: how far they differ beyond chance, and each of them in that light.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shrinkage {
    /// Variance between places by Paule and Mandel, squared units, with its Q-profile interval.
    pub tau2: Estimate,
    /// The same by DerSimonian and Laird.
    pub tau2_dersimonian_laird: f64,
    /// Mean of all places with each weighted by 1/(v_j + tau²).
    pub mu: Estimate,
    /// Variance of one person inside a place, pooled over all places.
    pub pooled_variance: f64,
    /// Cochran's Q.
    pub q: f64,
    /// Its degrees of freedom, places with answers - 1.
    pub df: u64,
    /// Probability of a larger Q if all places were equal.
    pub p: f64,
    /// Share of the variation between means that is not chance, 0..=1 (Higgins & Thompson 2002).
    pub i2: f64,
    /// Target and overdispersion of the funnel.
    pub funnel: Funnel,
    /// The places in the order of their names.
    pub places: Named<Figure<Place>>,
}

/// One place.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Place {
    /// People.
    pub n: u64,
    /// Their mean.
    pub mean: f64,
    /// The mean drawn towards that of all places.
    pub shrunk: f64,
    /// How far it is drawn, 0 (not at all) to 1 (onto mu).
    pub shrinkage: f64,
    /// 95 % interval about `shrunk`, widened for what is not known of mu and tau².
    pub ci95: Interval,
    /// Standard errors from the target.
    pub z: f64,
    /// 95 % limits of the funnel for this number of people.
    pub limits95: [f64; 2],
    /// 99.8 % limits of the funnel.
    pub limits998: [f64; 2],
    /// Which of the limits the mean lies outside of.
    pub outside: Outside,
}

/// Shrinks the means of places and holds each against the funnel.
///
/// The sampling variance of a place is the *pooled* variance inside places over its n: a tiny place where all
/// agree has no variance of its own and would get all the weight. tau² by [`paule_mandel`]; shrunk means by
/// [`empirical_bayes`]; interval of mu: mu ± t₀.₉₇₅(k - 1) √(max(1, Q(tau²)/(k - 1))/Σ w) (Hartung & Knapp 2001;
/// Röver, Knapp & Friede 2015).
///
/// The interval of a shrunk mean is shrunk ± t₀.₉₇₅(N - k) √e. The plain √((1 - B) v) takes mu and tau² as known
/// and is 0 whenever tau² is estimated as 0, as if all places were equal beyond doubt. Here e is the mean
/// squared distance of the place's true mean from `shrunk` over the posterior of mu and tau² with both flat,
/// which is the prior of Morris 1983 and Morris & Tang 2011. Undefined for fewer than four places, for which
/// that posterior does not exist.
///
/// Places without answers are listed as undefined. Undefined as a whole for fewer than two places with answers,
/// when each has a single answer, and without any variance inside places.
///
/// ```
/// use scoring::{Moment, shrink};
/// let place = |name: &str, n, mean| {
///     (name.to_owned(), Moment { n, mean, variance_of_mean: 400.0 / n as f64 })
/// };
/// let places =
///     [place("Aachen", 12, 82.0), place("Bonn", 400, 71.0), place("Essen", 250, 66.0), place("Köln", 900, 70.0)];
/// let table = shrink(&places);
/// let aachen = table.known().unwrap().places.get("Aachen").unwrap().known().unwrap();
/// assert!(aachen.shrunk < 76.0 && aachen.ci95.known().unwrap()[0] < 70.0);
/// ```
pub fn shrink(places: &[(String, Moment)]) -> Figure<Shrinkage> {
    let moments: Vec<_> = places.iter().map(|(_, place)| *place).collect();
    let levels = answered(&moments);
    let n = total(&levels);
    if levels.len() < 2 {
        return Figure::undefined(Undefined::OneGroup, n);
    }
    match pooled_variance(&levels) {
        None => Figure::undefined(Undefined::SmallGroup, n),
        Some((pooled, _)) if pooled <= 0.0 => Figure::undefined(Undefined::NoVariance, n),
        Some((pooled, degrees)) => {
            table(places, pooled, degrees).map_or(Figure::undefined(Undefined::TooLarge, n), Figure::Known)
        }
    }
}

/// The table of at least two places with answers; `None` when the numbers pass what can be worked with.
fn table(places: &[(String, Moment)], pooled: f64, degrees: f64) -> Option<Shrinkage> {
    let mut sorted: Vec<_> = places.iter().map(|(name, place)| (name.clone(), place.checked())).collect();
    sorted.sort_by(|a, b| a.0.cmp(&b.0));
    let levels: Vec<_> = sorted.iter().map(|(_, place)| *place).filter(|place| place.n > 0).collect();
    let n = total(&levels);
    let pairs: Vec<_> = levels.iter().map(|place| (place.mean, pooled / place.people())).collect();
    let (k, tau2) = (pairs.len() as f64, paule_mandel(&pairs)?);
    let model = empirical_bayes(&pairs, tau2)?;
    let funnel = funnel(&pairs)?;
    let q = cochran_q(&pairs, 0.0);
    let scale = (cochran_q(&pairs, tau2) / (k - 1.0)).max(1.0).sqrt();
    let half = t_quantile(0.975, k - 1.0)? * scale * model.se_mu;
    let tau2_interval =
        q_profile(&pairs).map_or(Interval::undefined(Undefined::TooAlike, n), Interval::Known);
    let rows = rows(&levels, &pairs, &model.places, &funnel, degrees)?;
    Some(Shrinkage {
        tau2: Estimate::with_interval(tau2, n, tau2_interval),
        tau2_dersimonian_laird: dersimonian_laird(&pairs)?,
        mu: Estimate::with_interval(model.mu, n, Interval::Known([model.mu - half, model.mu + half])),
        pooled_variance: pooled,
        q,
        df: pairs.len() as u64 - 1,
        p: chi_square_sf(q, k - 1.0)?,
        i2: if q > 0.0 { ((q - (k - 1.0)) / q).max(0.0) } else { 0.0 },
        funnel,
        places: named(sorted, rows),
    })
}

fn rows(
    levels: &[Moment],
    pairs: &[(f64, f64)],
    effects: &[PlaceEffect],
    funnel: &Funnel,
    degrees: f64,
) -> Option<Vec<Place>> {
    let points: Vec<f64> = effects.iter().map(|effect| effect.shrunk).collect();
    let enough = levels.len() as u64 >= FEWEST;
    let errors = if enough { squared_errors(pairs, &points) } else { vec![0.0; points.len()] };
    let point = t_quantile(0.975, degrees)?;
    let all = levels.iter().zip(pairs).zip(effects).zip(&funnel.z).zip(errors);
    let rows = all.map(|((((level, &(mean, v)), effect), &z), error)| {
        let half = point * error.sqrt();
        let [limits95, limits998] = funnel.limits(v);
        let ci95 = if enough {
            Interval::Known([effect.shrunk - half, effect.shrunk + half])
        } else {
            Interval::undefined(Undefined::FewPlaces(FEWEST), level.n)
        };
        let (shrunk, shrinkage) = (effect.shrunk, effect.shrinkage);
        let outside = funnel.outside(mean, v);
        Place { n: level.n, mean, shrunk, shrinkage, ci95, z, limits95, limits998, outside }
    });
    Some(rows.collect())
}

/// The rows by name, and words for the places without answers.
fn named(places: Vec<(String, Moment)>, rows: Vec<Place>) -> Named<Figure<Place>> {
    let mut rows = rows.into_iter();
    let mut figure = |place: Moment| match place.n {
        0 => Figure::undefined(Undefined::NoAnswers, 0),
        n => rows.next().map_or(Figure::undefined(Undefined::NoAnswers, n), Figure::Known),
    };
    places.into_iter().map(|(name, place)| (name, figure(place))).collect()
}
