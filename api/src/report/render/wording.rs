//! Numbers in words: as many decimals as their range carries, ranges as "52 to 55", counts with spaces.

use crate::report::Reading;

/// A figure as it is printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// The value; empty when there is none.
    pub value: String,
    /// The 95 % range such as "52 to 55", or why there is no value.
    pub range: String,
    /// How many people; empty when that is withheld.
    pub n: String,
    /// Whether there is a value.
    pub known: bool,
}

impl Said {
    /// Puts a figure into words, its value and range multiplied by `factor` (100 for a share in per cent).
    ///
    /// Decimals: none while the range is 1 unit wide or more, one down to 0.2, two below; `without` where no
    /// range is.
    pub fn of(reading: Option<&Reading<'_>>, factor: f64, without: usize) -> Self {
        match reading {
            Some(Reading::Known { value, n, ci95 }) => {
                // Per cent of people never need hundredths.
                let most = if factor > 1.0 { 1 } else { 2 };
                let decimals = ci95.map_or(without, |(low, high)| decimals((high - low) * factor).min(most));
                let range = ci95.map_or_else(
                    || "no range".to_owned(),
                    |(low, high)| {
                        format!("{} to {}", number(low * factor, decimals), number(high * factor, decimals))
                    },
                );
                Self { value: number(value * factor, decimals), range, n: count(*n), known: true }
            }
            Some(Reading::Undefined { reason, n }) => {
                Self { range: (*reason).to_owned(), n: n.map_or_else(String::new, count), ..Self::default() }
            }
            None => Self { range: "not computed".to_owned(), ..Self::default() },
        }
    }

    /// "likely 52 to 55", or why there is no value.
    pub fn likely(&self) -> String {
        if self.known && self.range != "no range" {
            format!("likely {}", self.range)
        } else {
            self.range.clone()
        }
    }
}

fn decimals(width: f64) -> usize {
    if width >= 1.0 {
        0
    } else if width >= 0.2 {
        1
    } else {
        2
    }
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
        let said = |value, ci95| Said::of(Some(&Reading::Known { value, n: 1204, ci95 }), 1.0, 1);
        assert_eq!(said(53.6, Some((52.1, 55.2))).likely(), "likely 52 to 55");
        assert_eq!(said(53.6, Some((53.2, 54.05))).value, "53.6");
        assert_eq!(said(4.123, Some((4.1, 4.15))).range, "4.10 to 4.15");
        assert_eq!(said(-0.04, None).value, "0.0");
        assert_eq!(said(-1.26, None).value, "\u{2212}1.3");
        assert_eq!(said(1.0, None).n, "1\u{202f}204");
        let reason = Reading::Undefined { reason: "no answers", n: Some(0) };
        assert_eq!(Said::of(Some(&reason), 1.0, 1).likely(), "no answers");
    }

    #[test]
    fn lists_and_counts_read_as_sentences() {
        assert_eq!(listed(&["a", "b", "c"]), "a, b and c");
        assert_eq!(counted(1, "person", "people"), "1 person");
        assert_eq!(count(1_234_567), "1\u{202f}234\u{202f}567");
    }
}
