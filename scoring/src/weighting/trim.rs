//! Cutting the largest weights.

/// Sets weights above `bound` to it and raises the others in proportion, until the total is as before.
///
/// `people` says how many share each weight. The mean weight is 1 and the bound above it, so there is always
/// room. Returns which weights were cut.
pub(super) fn trim(weights: &mut [f64], people: &[f64], bound: f64) -> Vec<bool> {
    let total: f64 = weights.iter().zip(people).map(|(w, n)| w * n).sum();
    let mut cut = vec![false; weights.len()];
    // Each round cuts at least one more weight.
    for _ in 0..=weights.len() {
        let mut more = false;
        for ((weight, is_cut), n) in weights.iter_mut().zip(&mut cut).zip(people) {
            if *n > 0.0 && *weight > bound {
                *weight = bound;
                more |= !std::mem::replace(is_cut, true);
            }
        }
        if !more {
            break;
        }
        let (mut held, mut free) = (0.0, 0.0);
        for ((weight, is_cut), n) in weights.iter().zip(&cut).zip(people) {
            *(if *is_cut { &mut held } else { &mut free }) += weight * n;
        }
        for (weight, _) in weights.iter_mut().zip(&cut).filter(|(_, is_cut)| !**is_cut) {
            *weight *= (total - held) / free;
        }
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::trim;

    #[test]
    fn the_total_stays_and_nothing_is_above_the_bound() {
        let people = [10.0, 30.0, 40.0, 0.0];
        let mut weights = [4.0, 1.0, 0.25, 9.0];
        let cut = trim(&mut weights, &people, 1.8);
        assert_eq!((cut, weights[0]), (vec![true, false, false, false], 1.8));
        let total: f64 = weights.iter().zip(people).map(|(w, n)| w * n).sum();
        assert!(
            (total - 80.0).abs() < 1e-12 && weights[1] < 1.8 && (weights[1] / weights[2] - 4.0).abs() < 1e-12
        );
    }

    #[test]
    fn a_raised_weight_can_be_cut_in_turn() {
        let people = [1.0, 1.0, 98.0];
        let mut weights = [50.0, 1.49, 48.51 / 98.0];
        assert_eq!(trim(&mut weights, &people, 1.5), [true, true, false]);
        assert_eq!(weights[..2], [1.5, 1.5]);
    }
}
