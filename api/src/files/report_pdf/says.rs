//! Figures in the words of one language: value, range, answers, or why there is none.

use survey_forms::render::{Put, ReportWords};

use super::reason::reason;
use crate::report::render::{Pair, Rounded, Unit, decimals_apart};
use crate::report::{Difference, Reading};

/// A figure in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figure {
    /// The value; empty where there is none.
    pub value: String,
    /// Its range, or why there is none.
    pub range: String,
    /// How many answers, as a bare number; empty where that is withheld.
    pub n: String,
    /// Whether there is a value.
    pub known: bool,
    /// Whether the value has a range.
    pub ranged: bool,
    /// The range as it stands in a sentence: "likely 72 to 75", or why there is none.
    pub likely: String,
    /// The range as it stands in a drawing, which is set from left to right in every language.
    pub drawn: String,
    count: u64,
}

/// The words of a report, and the figures in them.
#[derive(Debug, Clone, Copy)]
pub struct Says(pub ReportWords);

impl Says {
    /// A text without variables.
    pub fn text(self, key: &str) -> String {
        self.0.text(key)
    }

    /// A text with its variables.
    pub fn with(self, key: &str, put: &[(&str, Put<'_>)]) -> String {
        self.0.with(key, put)
    }

    /// A figure; `without` is how many decimals it has where it has no range.
    pub fn figure(self, reading: Option<&Reading<'_>>, unit: Unit, without: usize) -> Figure {
        match reading {
            Some(Reading::Known { value, n, ci95 }) => {
                let Rounded { value, range, decimals } = unit.rounded(*value, *ci95, without);
                let sign = |text: String| if unit == Unit::SHARE { self.0.percent(&text) } else { text };
                let number = |value: f64| self.0.number(value, decimals);
                let ends = range.map(|(low, high)| (number(low), sign(number(high))));
                let words = ends.as_ref().map(|(low, high)| self.range(low, high));
                let words = words.unwrap_or_else(|| self.text("reason-range"));
                let drawn = ends.filter(|_| self.0.language().is_right_to_left());
                let likely = if range.is_some() { self.likely(&words) } else { words.clone() };
                Figure {
                    likely,
                    drawn: drawn.map_or_else(|| words.clone(), |(low, high)| format!("{low}–{high}")),
                    value: sign(number(value)),
                    range: words,
                    n: self.0.count(*n),
                    known: true,
                    ranged: range.is_some(),
                    count: *n,
                }
            }
            Some(Reading::Undefined { reason: why, n }) => Figure {
                range: reason(self.0, why),
                drawn: reason(self.0, why),
                n: n.map_or_else(String::new, |n| self.0.count(n)),
                count: n.unwrap_or(0),
                ..Figure::default()
            },
            None => {
                let why = self.text("reason-absent");
                Figure { range: why.clone(), drawn: why, ..Figure::default() }
            }
        }
    }

    /// Points of 100.
    pub fn score(self, reading: Option<&Reading<'_>>) -> Figure {
        self.figure(reading, Unit::SCORE, 0)
    }

    /// "72 to 75".
    pub fn range(self, low: &str, high: &str) -> String {
        let has_sign = [low, high].iter().any(|end| end.contains(['\u{2212}', '+']));
        let key = if has_sign { "signed" } else { "range" };
        self.with(key, &[("low", Put::Words(low)), ("high", Put::Words(high))])
    }

    /// "likely 72 to 75".
    pub fn likely(self, range: &str) -> String {
        self.with("likely", &[("range", Put::Words(range))])
    }

    /// "183 answers".
    pub fn answers(self, count: u64) -> String {
        self.with("answers", &[("count", Put::Count(count))])
    }

    /// A difference of two levels with its range: "12 (9 to 16)".
    pub fn distance(self, pair: &Pair<'_>) -> String {
        let number = |value: f64| self.0.number(value, pair.decimals());
        let range = pair
            .range
            .map_or_else(|| self.text("reason-range"), |(low, high)| self.range(&number(low), &number(high)));
        format!("{} ({range})", number(pair.apart))
    }

    /// A change as its value and its range, both with their signs.
    pub fn moved(self, moved: &Difference) -> (String, String) {
        let Difference { value, low, high } = *moved;
        let signed = |value: f64| self.0.signed(value, decimals_apart((low, high)));
        (signed(value), self.range(&signed(low), &signed(high)))
    }

    /// A list in a sentence: "a, b and c"; the names come from outside.
    pub fn listed(self, names: &[&str]) -> String {
        match names {
            [] => String::new(),
            [one] => self.0.name(one),
            [first @ .., last] => {
                let first: Vec<String> = first.iter().map(|name| self.0.name(name)).collect();
                let comma = if self.0.language().is_right_to_left() { "، " } else { ", " };
                self.with("and", &[("first", Put::Words(&first.join(comma))), ("second", Put::Name(last))])
            }
        }
    }
}

impl std::ops::Deref for Says {
    type Target = ReportWords;

    fn deref(&self) -> &ReportWords {
        &self.0
    }
}

impl Figure {
    /// "76 (74 to 78)", or why there is no value.
    pub fn full(&self) -> String {
        if self.known { format!("{} ({})", self.value, self.range) } else { self.range.clone() }
    }

    /// "76 (74 to 78), 220 answers"; without the answers where those are withheld.
    pub fn whole(&self, says: Says) -> String {
        if self.n.is_empty() || !self.known {
            return self.full();
        }
        let comma = if says.language().is_right_to_left() { "، " } else { ", " };
        format!("{}{comma}{}", self.full(), says.answers(self.count))
    }

    /// The variables of a sentence about this figure.
    pub fn put<'f>(&'f self, answers: &'f str) -> [(&'static str, Put<'f>); 3] {
        [
            ("value", Put::Words(&self.value)),
            ("range", Put::Words(&self.likely)),
            ("answers", Put::Words(answers)),
        ]
    }

    /// How many answers, as a number; nought where it is withheld.
    pub fn count(&self) -> u64 {
        self.count
    }
}
