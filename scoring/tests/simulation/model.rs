//! How simulated customers answer: shapes of answers, and correlated answers cut out of normal values.
//!
//! A customer's hidden value on an item is a general opinion, an opinion of the dimension and a rest, each
//! normal; thresholds cut it into codes, so that every item has exactly the shares of its shape. True means
//! are therefore known; true covariances come from an integral over the common opinion.

use scoring::Scale;
use statrs::distribution::{ContinuousCDF, Normal};

use super::random::Random;

/// The shares of the codes of one item, from the lowest.
#[derive(Clone, Copy)]
pub struct Shape {
    pub name: &'static str,
    min: u8,
    pub shares: &'static [f64],
}

const fn five(name: &'static str, shares: &'static [f64; 5]) -> Shape {
    Shape { name, min: 1, shares }
}

pub const SYMMETRIC: Shape = five("symmetric", &[0.10, 0.20, 0.40, 0.20, 0.10]);
pub const SATISFIED: Shape = five("satisfied", &[0.01, 0.03, 0.12, 0.44, 0.40]);
pub const TOP_HEAVY: Shape = five("top-heavy", &[0.01, 0.01, 0.03, 0.15, 0.80]);
pub const EXTREME: Shape = five("extreme", &[0.005, 0.005, 0.01, 0.08, 0.90]);
pub const POLARISED: Shape = five("polarised", &[0.12, 0.03, 0.05, 0.20, 0.60]);
pub const NPS_LIKE: Shape = Shape {
    name: "NPS-like, 0 to 10",
    min: 0,
    shares: &[0.02, 0.01, 0.02, 0.02, 0.03, 0.06, 0.08, 0.14, 0.22, 0.18, 0.22],
};

/// The five shapes of five points.
pub const FIVE_POINTS: [Shape; 5] = [SYMMETRIC, SATISFIED, TOP_HEAVY, EXTREME, POLARISED];

impl Shape {
    pub fn scale(&self) -> Scale {
        Scale::new(self.min, self.min + u8::try_from(self.shares.len() - 1).unwrap()).unwrap()
    }

    /// The true mean in raw units.
    pub fn mean(&self) -> f64 {
        f64::from(self.min) + (0_u8..).zip(self.shares).map(|(x, share)| f64::from(x) * share).sum::<f64>()
    }

    /// The true variance in squared raw units.
    pub fn variance(&self) -> f64 {
        let codes = (self.min..).zip(self.shares);
        codes.map(|(x, share)| share * (f64::from(x) - self.mean()).powi(2)).sum()
    }

    /// The true mean in points of 100.
    pub fn points(&self) -> f64 {
        100.0 * (self.mean() - f64::from(self.min)) / self.scale().range()
    }
}

/// One item: its thresholds, and how strongly the common opinions drive it.
#[derive(Clone)]
pub struct Item {
    pub shape: Shape,
    thresholds: Vec<f64>,
    general: f64,
    own: f64,
    rest: f64,
}

impl Item {
    /// `general` and `own` are the loadings on the general opinion and on that of the dimension.
    pub fn new(shape: Shape, general: f64, own: f64) -> Item {
        let normal = Normal::standard();
        let mut below = 0.0;
        let cuts = shape.shares.iter().map(|share| {
            below += share;
            normal.inverse_cdf(below)
        });
        let thresholds = cuts.take(shape.shares.len() - 1).collect();
        Item { shape, thresholds, general, own, rest: (1.0 - general * general - own * own).sqrt() }
    }

    /// A raw answer of somebody with these opinions.
    pub fn answer(&self, random: &mut Random, general: f64, own: f64) -> u8 {
        self.cut(self.general * general + self.own * own + self.rest * random.normal())
    }

    /// The raw answer that a standard normal hidden value gives.
    pub fn cut(&self, hidden: f64) -> u8 {
        let position = self.thresholds.iter().filter(|cut| hidden > **cut).count();
        self.shape.min + u8::try_from(position).unwrap()
    }

    /// Expected answer of somebody with this opinion, when there is one common opinion only.
    fn expected(&self, opinion: f64) -> f64 {
        let loading = (self.general * self.general + self.own * self.own).sqrt();
        let normal = Normal::standard();
        let above = self.thresholds.iter().map(|cut| normal.cdf((loading * opinion - cut) / self.rest));
        f64::from(self.shape.min) + above.sum::<f64>()
    }
}

/// The true covariance of two items that share their whole common opinion.
pub fn covariance(a: &Item, b: &Item) -> f64 {
    // The trapezoid rule on a smooth, fast falling integrand: error far below 1e-10.
    let step = 0.01;
    let nodes = (-900..=900).map(|node| step * f64::from(node));
    let density = |z: f64| (-0.5 * z * z).exp() / std::f64::consts::TAU.sqrt();
    let product = |z: f64| (a.expected(z) - a.shape.mean()) * (b.expected(z) - b.shape.mean());
    nodes.map(|z| step * density(z) * product(z)).sum()
}

/// The true covariance of two answers whose hidden values correlate by `rho`, at least 0.
pub fn covariance_at(rho: f64, a: Shape, b: Shape) -> f64 {
    covariance(&Item::new(a, rho.sqrt(), 0.0), &Item::new(b, rho.sqrt(), 0.0))
}

/// The true Cronbach alpha of items that share their whole common opinion.
pub fn true_alpha(items: &[Item]) -> f64 {
    let trace: f64 = items.iter().map(|item| item.shape.variance()).sum();
    let others = (0..items.len()).flat_map(|a| (0..a).map(move |b| (a, b)));
    let total = trace + 2.0 * others.map(|(a, b)| covariance(&items[a], &items[b])).sum::<f64>();
    let k = items.len() as f64;
    k / (k - 1.0) * (1.0 - trace / total)
}

#[test]
fn simulated_answers_have_the_true_means_and_covariances() {
    let items = [Item::new(SATISFIED, 0.8, 0.0), Item::new(TOP_HEAVY, 0.48, 0.64)];
    let (mut random, runs) = (Random::new(5), 400_000);
    let (mut sums, mut product) = ([0.0; 2], 0.0);
    for _ in 0..runs {
        let (general, own) = (random.normal(), random.normal());
        // The second item's opinion is another mixture: 0.8 of its common part is new.
        let answers = [&items[0], &items[1]].map(|item| f64::from(item.answer(&mut random, general, own)));
        sums = [sums[0] + answers[0], sums[1] + answers[1]];
        product += answers[0] * answers[1];
    }
    let n = f64::from(runs);
    let means = sums.map(|sum| sum / n);
    assert!((means[0] - SATISFIED.mean()).abs() < 0.006, "{means:?}");
    assert!((means[1] - TOP_HEAVY.mean()).abs() < 0.005, "{means:?}");
    // What the two share is the general opinion alone, with loadings 0.8 and 0.48.
    let shared = covariance(&items[0], &Item::new(TOP_HEAVY, 0.48, 0.0));
    let found = product / n - means[0] * means[1];
    assert!((found - shared).abs() < 0.004, "{found} and not {shared}");
}
