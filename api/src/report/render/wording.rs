//! Numbers in words: as many decimals as their range carries, ranges as "52 to 55", counts with spaces.

use super::told::TOO_FEW;
use crate::report::Reading;

/// In what a figure is printed, and between which ends its range is shown.
///
/// A normal or t interval near an end of a scale may pass it. Readers see it up to that end; the JSON keeps it
/// as computed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit {
    /// From the report's unit to the printed one.
    factor: f64,
    /// The ends of the scale in the printed unit, where they are known.
    ends: Option<(f64, f64)>,
}

impl Unit {
    /// Points of 100.
    pub const SCORE: Self = Self { factor: 1.0, ends: Some((0.0, 100.0)) };
    /// A share, printed in per cent.
    pub const SHARE: Self = Self { factor: 100.0, ends: Some((0.0, 100.0)) };
    /// Promoters less detractors, in points.
    pub const NPS: Self = Self { factor: 1.0, ends: Some((-100.0, 100.0)) };
    /// Codes, of no known scale, and their differences.
    pub const CODES: Self = Self { factor: 1.0, ends: None };

    /// Codes of a scale whose lowest and highest may be known.
    pub fn codes(ends: Option<(f64, f64)>) -> Self {
        Self { ends, ..Self::CODES }
    }

    fn print(self, value: f64) -> f64 {
        let (low, high) = self.ends.unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
        (value * self.factor).max(low).min(high)
    }

    /// A value and its range as they are printed: none while the range is 1 unit wide or more, one decimal down to
    /// 0.2, two below; `without` where no range is.
    pub fn rounded(self, value: f64, ci95: Option<(f64, f64)>, without: usize) -> Rounded {
        // Per cent of people never need hundredths.
        let most = if self == Self::SHARE { 1 } else { 2 };
        let width = |(low, high): (f64, f64)| decimals((high - low) * self.factor).min(most);
        Rounded {
            value: self.print(value),
            range: ci95.map(|(low, high)| (self.print(low), self.print(high))),
            decimals: ci95.map_or(without, width),
        }
    }
}

/// A figure in the unit and with the decimals in which it is printed; every rendering rounds by this.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rounded {
    /// The value.
    pub value: f64,
    /// The 95 % range within its scale.
    pub range: Option<(f64, f64)>,
    /// How many decimals are printed.
    pub decimals: usize,
}

/// A figure as it is printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// The value; empty when there is none.
    pub value: String,
    /// The 95 % range within its scale, such as "52 to 55", or why there is no value.
    pub range: String,
    /// How many people; empty when that is withheld.
    pub n: String,
    /// Whether there is a value.
    pub known: bool,
}

impl Said {
    /// Puts a figure into words, rounded by [`Unit::rounded`]. A value without a range is not told.
    pub fn of(reading: Option<&Reading<'_>>, unit: Unit, without: usize) -> Self {
        match reading {
            Some(Reading::Known { value, n, ci95 }) => {
                let Rounded { value, range, decimals } = unit.rounded(*value, *ci95, without);
                let n = count(*n);
                let Some((low, high)) = range else {
                    return Self { range: TOO_FEW.to_owned(), n, ..Self::default() };
                };
                let range = format!("{} to {}", number(low, decimals), number(high, decimals));
                Self { value: number(value, decimals), range, n, known: true }
            }
            Some(Reading::Undefined { reason, n }) => Self {
                range: why(reason).to_owned(),
                n: n.map_or_else(String::new, count),
                ..Self::default()
            },
            None => Self { range: "not computed".to_owned(), ..Self::default() },
        }
    }

    /// "likely 52 to 55", or why there is no value.
    pub fn likely(&self) -> String {
        if self.known { format!("likely {}", self.range) } else { self.range.clone() }
    }

    /// "58 % (52 to 64)" with " %" for its sign, or why there is no value.
    pub fn bracketed(&self, sign: &str) -> String {
        if self.known { format!("{}{sign} ({})", self.value, self.range) } else { self.range.clone() }
    }

    /// ", 645 people" for the end of a sentence; nothing when that is withheld.
    pub fn people(&self) -> String {
        match self.n.as_str() {
            "" => String::new(),
            "1" => ", 1 person".to_owned(),
            n => format!(", {n} people"),
        }
    }
}

/// A reason in words for somebody who does not know the method; the others are plain as they come.
pub fn why(reason: &str) -> &str {
    match reason {
        "no variance" => "all answered alike",
        "improper solution (Heywood case)"
        | "the items share no single factor"
        | "the iteration did not converge"
        | "correlation matrix is not positive definite" => "cannot be estimated",
        "not kept as a distribution" => "not kept by person",
        _ => reason,
    }
}

/// How many decimals a range of this width carries: none from 1 unit on, one down to 0.2, two below.
pub fn decimals(width: f64) -> usize {
    if width >= 1.0 {
        0
    } else if width >= 0.2 {
        1
    } else {
        2
    }
}

/// The same for a difference whose range does not hold zero: one more where an end of it would be printed as zero.
pub fn decimals_apart((low, high): (f64, f64)) -> usize {
    let digits = decimals(high - low);
    let is_nought = |end: f64| end.abs() < 0.5 / 10_f64.powi(i32::try_from(digits).unwrap_or(0));
    let is_apart = low > 0.0 || high < 0.0;
    if is_apart && (is_nought(low) || is_nought(high)) { digits + 1 } else { digits }
}

/// A number with a real minus sign and no minus zero.
pub fn number(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    match text.strip_prefix('-') {
        Some(digits) if digits.bytes().all(|byte| matches!(byte, b'0' | b'.')) => digits.to_owned(),
        Some(digits) => format!("\u{2212}{digits}"),
        None => text,
    }
}

/// A count in groups of three digits, with narrow spaces that do not break.
pub fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push('\u{202f}');
        }
        grouped.push(digit);
    }
    grouped
}

/// A count with its noun: "1 person", "1 204 people".
pub fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(n), if n == 1 { one } else { many })
}

/// A probability of a test in a sentence: "p = 0.034", "p < 0.001".
pub fn p_value(p: f64) -> String {
    if p < LEAST_P { format!("p {}", p_cell(p)) } else { format!("p = {}", p_cell(p)) }
}

/// The same under a heading that says p: "0.034", "< 0.001".
pub fn p_cell(p: f64) -> String {
    if p < LEAST_P { format!("< {LEAST_P}") } else { format!("{p:.3}") }
}

/// Below this a probability of a test is not told more precisely.
const LEAST_P: f64 = 0.001;

/// A number as it was set by somebody: 5, 0.2, 0.25.
pub fn set(value: f64) -> String {
    let text = number(value, 2);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A name of the JSON in words: "contact_channel" is "contact channel".
pub fn spaced(name: &str) -> String {
    name.replace('_', " ")
}

/// The words with a capital at their beginning.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first: String = letters.next().map(|letter| letter.to_uppercase().collect()).unwrap_or_default();
    first + letters.as_str()
}

/// A list in a sentence: "a, b and c".
pub fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_follow_the_width_of_the_range() {
        let said = |value, ci95| Said::of(Some(&Reading::Known { value, n: 1204, ci95 }), Unit::CODES, 1);
        assert_eq!(said(53.6, Some((52.1, 55.2))).likely(), "likely 52 to 55");
        assert_eq!(said(53.6, Some((53.2, 54.05))).value, "53.6");
        assert_eq!(said(4.123, Some((4.1, 4.15))).range, "4.10 to 4.15");
        assert_eq!(said(-0.04, Some((-0.3, 0.2))).value, "0.0");
        assert_eq!(said(-1.26, Some((-1.5, -1.0))).value, "\u{2212}1.3");
        let none = said(1.0, None);
        assert_eq!(
            (none.n.as_str(), none.value.as_str(), none.likely().as_str()),
            ("1\u{202f}204", "", TOO_FEW)
        );
        let reason = Reading::Undefined { reason: "no answers", n: Some(0) };
        assert_eq!(Said::of(Some(&reason), Unit::CODES, 1).likely(), "no answers");
    }

    #[test]
    fn what_lies_apart_from_zero_is_not_printed_as_zero() {
        assert_eq!((decimals_apart((0.3, 8.9)), decimals_apart((-8.9, -0.3))), (1, 1));
        assert_eq!((decimals_apart((0.6, 8.9)), decimals_apart((-0.3, 8.9))), (0, 0));
    }

    #[test]
    fn ranges_end_where_their_scale_ends() {
        let said =
            |unit, value, ci95| Said::of(Some(&Reading::Known { value, n: 5, ci95: Some(ci95) }), unit, 0);
        assert_eq!(said(Unit::SCORE, 83.0, (63.1, 103.0)).range, "63 to 100");
        assert_eq!(said(Unit::SCORE, 4.0, (-4.2, 12.0)).range, "0 to 12");
        assert_eq!(said(Unit::NPS, -96.0, (-107.0, -85.0)).range, "\u{2212}100 to \u{2212}85");
        assert_eq!(said(Unit::codes(Some((1.0, 5.0))), 4.8, (4.3, 5.3)).range, "4 to 5");
        assert_eq!(said(Unit::CODES, 4.8, (3.3, 5.9)).range, "3 to 6");
        assert_eq!(said(Unit::SHARE, 0.98, (0.9, 1.0)).range, "90 to 100");
    }

    #[test]
    fn figures_stand_in_sentences_with_range_and_people() {
        let known = |n, ci95| Said::of(Some(&Reading::Known { value: 0.58, n, ci95 }), Unit::SHARE, 0);
        let said = known(1204, Some((0.52, 0.64)));
        assert_eq!(said.bracketed(" %") + &said.people(), "58 % (52 to 64), 1\u{202f}204 people");
        assert_eq!(
            known(1, None).bracketed(" %") + &known(1, None).people(),
            "too few for a range, 1 person"
        );
        let reason = Reading::Undefined { reason: "no answers", n: None };
        let said = Said::of(Some(&reason), Unit::SHARE, 0);
        assert_eq!(said.bracketed(" %") + &said.people(), "no answers");
        assert_eq!((p_value(0.0341).as_str(), p_value(1e-9).as_str()), ("p = 0.034", "p < 0.001"));
        assert_eq!((set(5.0).as_str(), set(0.2).as_str(), capital("über").as_str()), ("5", "0.2", "Über"));
    }

    #[test]
    fn lists_and_counts_read_as_sentences() {
        assert_eq!(listed(&["a", "b", "c"]), "a, b and c");
        assert_eq!(counted(1, "person", "people"), "1 person");
        assert_eq!(count(1_234_567), "1\u{202f}234\u{202f}567");
    }
}
