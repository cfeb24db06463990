//! Simulated customers whose overall judgement hangs on some dimensions more than on others.
//!
//! The hidden overall judgement is a weighted sum of the general opinion, the opinions of the dimensions and a
//! rest. All covariances of the scores, and so the true LMG shares, follow from integrals.

use scoring::{Code, Facet, Layout, Outcomes, ScoreMoments, lmg};

use super::model::{Item, SATISFIED, Shape, covariance_at};
use super::random::Random;
use super::survey::{spec, specs};

const GENERAL: f64 = 0.6;
const OWN: f64 = 0.5;

/// How strongly the general opinion drives the overall judgement.
const OVERALL: f64 = 0.6;

/// Dimensions of three items each, and one overall item behind them.
pub struct World {
    pub layout: Layout,
    items: Vec<Item>,
    weights: Vec<f64>,
}

impl World {
    /// `weights` are those of the dimensions' own opinions; `shapes` go round over the dimensions.
    pub fn new(shapes: &[Shape], weights: &[f64]) -> World {
        let mut items = Vec::new();
        let mut dimensions = Vec::new();
        for place in 0..weights.len() {
            let start = items.len();
            items.extend((0..3).map(|_| Item::new(shapes[place % shapes.len()], GENERAL, OWN)));
            // With thirteen blocks the last one is image.
            let facet = if place == 12 { Facet::Image } else { Facet::Experience };
            dimensions.push(spec(&format!("d{place}"), facet, None, (start..items.len()).collect()));
        }
        let outcomes = Outcomes { overall: vec![items.len()], ..Outcomes::default() };
        items.push(Item::new(SATISFIED, OVERALL, 0.0));
        let layout = Layout::new(specs(&items), dimensions, outcomes).unwrap();
        World { layout, items, weights: weights.to_vec() }
    }

    /// One customer's codes: everything is asked and answered.
    pub fn respond(&self, random: &mut Random) -> Vec<Code> {
        let general = random.normal();
        let (mut judgement, mut rest) = (OVERALL * general, 1.0 - OVERALL * OVERALL);
        let mut codes = Vec::with_capacity(self.items.len());
        for (place, weight) in self.weights.iter().enumerate() {
            let own = random.normal();
            judgement += weight * own;
            rest -= weight * weight;
            for item in &self.items[3 * place..3 * place + 3] {
                codes.push(Code::answer(item.answer(random, general, own), item.shape.scale()).unwrap());
            }
        }
        let overall = self.items.last().unwrap();
        let raw = overall.cut(judgement + rest.sqrt() * random.normal());
        codes.push(Code::answer(raw, overall.shape.scale()).unwrap());
        codes
    }

    /// The true moments of the scores, the overall judgement last.
    pub fn moments(&self) -> ScoreMoments {
        let width = self.weights.len();
        let rows = 0..=width;
        let covariance =
            rows.clone().map(|a| rows.clone().map(|b| self.covariance(a, b)).collect()).collect();
        let means = rows.map(|place| self.shape(place).mean());
        ScoreMoments { n: 1_000_000_000, mean: means.collect(), covariance }
    }

    /// What the items of a score look like; the overall judgement comes after the last dimension.
    fn shape(&self, place: usize) -> Shape {
        self.items[3 * place].shape
    }

    /// The true covariance of two scores.
    fn covariance(&self, a: usize, b: usize) -> f64 {
        let (shape_a, shape_b) = (self.shape(a), self.shape(b));
        let last = self.weights.len();
        match (a.min(b), a.max(b)) {
            (first, second) if first == last && second == last => shape_a.variance(),
            (dimension, second) if second == last => {
                covariance_at(GENERAL * OVERALL + OWN * self.weights[dimension], shape_a, shape_b)
            }
            (first, second) if first == second => {
                let within = covariance_at(GENERAL * GENERAL + OWN * OWN, shape_a, shape_b);
                (shape_a.variance() + 2.0 * within) / 3.0
            }
            _ => covariance_at(GENERAL * GENERAL, shape_a, shape_b),
        }
    }

    /// The true LMG shares in units of R².
    pub fn shares(&self) -> Vec<f64> {
        lmg(&self.moments()).unwrap()
    }
}

#[test]
fn simulated_people_have_the_true_moments() {
    let world = World::new(&[SATISFIED], &[0.4, 0.0]);
    let (mut random, n) = (Random::new(17), 100_000);
    let (mut sums, mut products) = ([0.0; 3], [[0.0; 3]; 3]);
    for _ in 0..n {
        let codes: Vec<f64> = world.respond(&mut random).iter().map(|code| f64::from(code.byte())).collect();
        let scores = [codes[..3].iter().sum::<f64>() / 3.0, codes[3..6].iter().sum::<f64>() / 3.0, codes[6]];
        for (row, a) in scores.iter().enumerate() {
            sums[row] += a;
            scores.iter().enumerate().for_each(|(column, b)| products[row][column] += a * b);
        }
    }
    let (truth, people) = (world.moments(), f64::from(n));
    for row in 0..3 {
        assert!((sums[row] / people - truth.mean[row]).abs() < 0.01);
        for column in 0..3 {
            let found = products[row][column] / people - sums[row] / people * sums[column] / people;
            let expected = truth.covariance[row][column];
            assert!((found - expected).abs() < 0.015, "{row} {column}: {found} and not {expected}");
        }
    }
}
