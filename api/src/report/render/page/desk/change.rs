//! The change of a figure against the period before: with a range of its own, never by eye.

use crate::report::render::wording::{decimals_apart, number};
use crate::report::{Difference, Reading, difference};

/// What there is to say of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::report::render::page) struct Change {
    /// "+0.6"; empty when there is none.
    pub big: String,
    /// "likely −0.9 to +2.1", or why there is none.
    pub range: String,
    /// "No clear change", "Higher than before" or "Lower than before".
    pub verdict: &'static str,
    /// Whether it is lower by more than chance.
    pub is_worse: bool,
}

/// The verdict where a period cannot be compared.
const NOTHING: &str = "Too few answers to say";

/// The change from one period to the next, as [`difference`] has it.
pub(in crate::report::render::page) fn change(
    now: Option<&Reading<'_>>,
    before: Option<&Reading<'_>>,
) -> Change {
    let none = |range: &str| Change {
        big: String::new(),
        range: range.to_owned(),
        verdict: NOTHING,
        is_worse: false,
    };
    let Some(found) = difference(now, before) else {
        return match now.and_then(Reading::ci95) {
            None => none("this period has too few answers"),
            Some(_) => none("the period before has too few answers"),
        };
    };
    let Difference { value, low, high } = found;
    let digits = decimals_apart((low, high));
    let verdict = match () {
        () if found.is_higher() => "Higher than before",
        () if found.is_lower() => "Lower than before",
        () => "No clear change",
    };
    Change {
        big: signed(value, digits),
        range: format!("likely {} to {}", signed(low, digits), signed(high, digits)),
        verdict,
        is_worse: found.is_lower(),
    }
}

/// A number that always has its sign, but for nought.
fn signed(value: f64, digits: usize) -> String {
    let text = number(value, digits);
    let is_nought = text.chars().all(|letter| matches!(letter, '0' | '.'));
    if value > 0.0 && !is_nought { format!("+{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(value: f64, half: f64) -> Reading<'static> {
        Reading::Known { value, n: 100, ci95: Some((value - half, value + half)) }
    }

    #[test]
    fn a_change_has_a_range_and_a_verdict_of_its_own() {
        let said = change(Some(&known(78.0, 1.5)), Some(&known(76.5, 2.0)));
        assert_eq!((said.big.as_str(), said.range.as_str()), ("+2", "likely \u{2212}1 to +4"));
        assert_eq!((said.verdict, said.is_worse), ("No clear change", false));
        let worse = change(Some(&known(70.0, 1.5)), Some(&known(76.0, 2.0)));
        assert_eq!(
            (worse.verdict, worse.range.as_str()),
            ("Lower than before", "likely \u{2212}8 to \u{2212}4")
        );
        assert!(worse.is_worse);
        assert_eq!(change(Some(&known(80.0, 1.0)), Some(&known(76.0, 1.0))).verdict, "Higher than before");
        assert_eq!(change(Some(&known(76.0, 0.05)), Some(&known(76.0, 0.05))).big, "0.00");
    }

    #[test]
    fn without_two_ranges_nothing_is_said() {
        let few = Reading::Undefined { reason: "fewer than 10 people", n: None };
        let said = change(Some(&known(78.0, 1.5)), Some(&few));
        assert_eq!((said.big.as_str(), said.verdict), ("", "Too few answers to say"));
        assert_eq!(said.range, "the period before has too few answers");
        let one = Reading::Known { value: 70.0, n: 1, ci95: None };
        assert_eq!(change(Some(&one), Some(&known(70.0, 1.0))).range, "this period has too few answers");
    }
}
