//! Rounds: numerator and denominator are measured in turn, so that both meet the same neighbours.
//!
//! Called by the benches.

/// What one of two contenders did in the round whose ratio is the middle one, and how far the rounds lie apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Middle {
    /// The numerator of that round.
    pub numerator: f64,
    /// The denominator of that round.
    pub denominator: f64,
    /// Lowest ratio of all rounds.
    pub lowest: f64,
    /// Highest ratio of all rounds.
    pub highest: f64,
}

impl Middle {
    /// The middle of some rounds of numerator and denominator, by their ratio; of an even number the lower one.
    ///
    /// Stops when there is no round or a denominator is not above 0.
    pub fn of(rounds: &[(f64, f64)]) -> Self {
        assert!(rounds.iter().all(|(_, denominator)| *denominator > 0.0), "a denominator of 0: {rounds:?}");
        let ratio = |(numerator, denominator): (f64, f64)| numerator / denominator;
        let mut sorted = rounds.to_vec();
        sorted.sort_by(|one, other| ratio(*one).total_cmp(&ratio(*other)));
        let at = |place: usize| *sorted.get(place).expect("a round");
        let (numerator, denominator) = at((sorted.len().max(1) - 1) / 2);
        Self { numerator, denominator, lowest: ratio(at(0)), highest: ratio(at(sorted.len() - 1)) }
    }

    /// The ratio.
    pub fn ratio(&self) -> f64 {
        self.numerator / self.denominator
    }
}

/// The middle one of some figures; of an even number the lower one.
pub fn median(figures: &[f64]) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    *sorted.get((sorted.len().max(1) - 1) / 2).expect("a figure")
}

/// The figure within which a share of all of them lie, from 0 for the lowest to 1 for the highest.
pub fn within(figures: &[f64], share: f64) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a list")]
    let place = (share * sorted.len() as f64) as usize;
    *sorted.get(place.min(sorted.len().saturating_sub(1))).expect("a figure")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_round_is_the_one_with_the_middle_ratio() {
        let middle = Middle::of(&[(9.0, 10.0), (1.0, 10.0), (30.0, 60.0)]);
        assert_eq!((middle.numerator, middle.denominator), (30.0, 60.0));
        assert_eq!((middle.lowest, middle.ratio(), middle.highest), (0.1, 0.5, 0.9));
        let lower = Middle { numerator: 1.0, denominator: 2.0, lowest: 0.5, highest: 1.0 };
        assert_eq!(Middle::of(&[(2.0, 2.0), (1.0, 2.0)]), lower, "of an even number the lower one");
        assert_eq!(
            [0.0, 0.5, 0.95, 1.0].map(|share| within(&[4.0, 1.0, 3.0, 2.0], share).to_string()),
            ["1", "3", "4", "4"]
        );
        let medians = [&[3.0, 1.0, 2.0][..], &[4.0, 3.0]].map(median);
        assert_eq!(medians.map(|figure| figure.to_string()), ["2", "3"]);
    }
}
