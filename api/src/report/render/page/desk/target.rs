//! A score held against what is aimed at, in words.

use crate::report::Reading;
use crate::report::render::wording::{decimals, number};

/// "2 below the target of 80; the range includes it"; nothing where the score has no range.
pub(super) fn against_target(reading: Option<&Reading<'_>>, target: Option<f64>) -> Option<String> {
    let (reading, target) = (reading?, target?);
    let (value, (low, high)) = (reading.value()?, reading.ci95()?);
    let distance = number((value - target).abs(), decimals(high - low));
    let is_nought = distance.chars().all(|letter| matches!(letter, '0' | '.'));
    let place = match () {
        () if is_nought => "At".to_owned(),
        () if value < target => format!("{distance} below"),
        () => format!("{distance} above"),
    };
    let range = match () {
        () if high < target => "the whole range lies below it",
        () if low > target => "the whole range lies above it",
        () => "the range includes it",
    };
    Some(format!("{place} the target of {target}; {range}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_held_against_the_range_and_not_the_value_alone() {
        let said = |value: f64, half: f64, target: f64| {
            let reading = Reading::Known { value, n: 90, ci95: Some((value - half, value + half)) };
            against_target(Some(&reading), Some(target)).unwrap()
        };
        assert_eq!(said(78.2, 2.5, 80.0), "2 below the target of 80; the range includes it");
        assert_eq!(said(72.0, 2.5, 80.5), "8 below the target of 80.5; the whole range lies below it");
        assert_eq!(said(84.0, 0.3, 80.0), "4.0 above the target of 80; the whole range lies above it");
        assert_eq!(said(80.1, 2.0, 80.0), "At the target of 80; the range includes it");
        assert_eq!(against_target(None, Some(80.0)), None);
        let few = Reading::Undefined { reason: "fewer than 10 people", n: None };
        assert_eq!(against_target(Some(&few), Some(80.0)), None);
    }
}
