//! How sure the order of the drivers is: probabilities of each rank.
//!
//! Normal draws about the estimates with the jackknife covariance. The seed is fixed, so that the same counts
//! give the same figures; nothing secret depends on these numbers.

#![allow(clippy::indexing_slicing, reason = "ranks and places are below the number of statistics")]

use std::f64::consts::TAU;

use crate::jackknife::Jackknife;

/// How many draws; a probability of one half then has a simulation error of 0.011.
const DRAWS: usize = 2_000;

/// Where the generator starts: the digits of the golden ratio.
const SEED: u64 = 1_618_033_988;

/// For each of the statistics at `places` the probability of being the largest, the second largest and so on.
///
/// A draw is θ + √((G-1)/G) Σ_g z_g (θ₍g₎ - θ) with independent standard normal z: its covariance is exactly that
/// of the jackknife, also where that has no inverse.
pub(super) fn rank_probabilities(jackknife: &Jackknife, places: &[usize]) -> Vec<Vec<f64>> {
    let groups = jackknife.groups() as f64;
    let scale = ((groups - 1.0) / groups).sqrt();
    let centre: Vec<f64> = places.iter().map(|&place| jackknife.estimate[place]).collect();
    let shifts: Vec<Vec<f64>> = jackknife
        .replicates
        .iter()
        .map(|one| places.iter().zip(&centre).map(|(&place, at)| scale * (one[place] - at)).collect())
        .collect();
    let mut normal = Normal::new(SEED);
    let mut hits = vec![vec![0_u32; places.len()]; places.len()];
    for _ in 0..DRAWS {
        let mut drawn = centre.clone();
        for shift in &shifts {
            let z = normal.draw();
            drawn.iter_mut().zip(shift).for_each(|(x, step)| *x += z * step);
        }
        let mut order: Vec<usize> = (0..drawn.len()).collect();
        // A stable sort: ties keep the order of the dimensions.
        order.sort_by(|&a, &b| drawn[b].total_cmp(&drawn[a]));
        order.iter().enumerate().for_each(|(rank, &place)| hits[place][rank] += 1);
    }
    let share = |count: &u32| f64::from(*count) / DRAWS as f64;
    hits.iter().map(|row| row.iter().map(share).collect()).collect()
}

/// Standard normal numbers from SplitMix64 (Steele, Lea & Flood 2014) by the method of Box & Muller 1958.
struct Normal {
    state: u64,
    second: Option<f64>,
}

impl Normal {
    fn new(seed: u64) -> Normal {
        Normal { state: seed, second: None }
    }

    /// Uniform on (0, 1], 53 bits.
    fn uniform(&mut self) -> f64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        ((mixed >> 11) + 1) as f64 / (1_u64 << 53) as f64
    }

    fn draw(&mut self) -> f64 {
        if let Some(second) = self.second.take() {
            return second;
        }
        let radius = (-2.0 * self.uniform().ln()).sqrt();
        let (sin, cos) = (TAU * self.uniform()).sin_cos();
        self.second = Some(radius * sin);
        radius * cos
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_draws_are_standard_normal() {
        let mut normal = Normal::new(SEED);
        let draws: Vec<f64> = (0..40_000).map(|_| normal.draw()).collect();
        let n = draws.len() as f64;
        let moment = |power: i32| draws.iter().map(|x| x.powi(power)).sum::<f64>() / n;
        assert!(moment(1).abs() < 0.02 && (moment(2) - 1.0).abs() < 0.03, "{} {}", moment(1), moment(2));
        assert!(moment(3).abs() < 0.08 && (moment(4) - 3.0).abs() < 0.2, "{} {}", moment(3), moment(4));
        let pairs = draws.windows(2).map(|pair| pair[0] * pair[1]).sum::<f64>() / n;
        assert!(pairs.abs() < 0.02, "{pairs}");
    }

    #[test]
    fn the_generator_gives_the_published_sequence() {
        // The first number of SplitMix64 from state 0.
        let mut normal = Normal::new(0);
        assert!((normal.uniform() - (0xe220_a839_7b1d_cdaf_u64 as f64) / 2_f64.powi(64)).abs() < 1e-15);
    }

    #[test]
    fn clear_orders_are_certain_and_equals_are_even() {
        // Two statistics whose difference has no error, and one that nobody can tell from them.
        let replicates: Vec<Vec<f64>> =
            (0..32).map(|g| if g % 2 == 0 { vec![2.1, 1.1, 1.4] } else { vec![1.9, 0.9, 1.6] }).collect();
        let estimate = vec![2.0, 1.0, 1.5];
        let covariance = vec![vec![0.0; 3]; 3];
        let jackknife = Jackknife { estimate, covariance, replicates };
        let ranks = rank_probabilities(&jackknife, &[0, 1, 2]);
        assert!(ranks[0][2] < 0.2 && ranks[1][0] < 0.2, "{ranks:?}");
        for row in &ranks {
            assert!((row.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        }
        let first_two = rank_probabilities(&jackknife, &[0, 1]);
        assert_eq!(first_two, vec![vec![1.0, 0.0], vec![0.0, 1.0]]);
    }
}
