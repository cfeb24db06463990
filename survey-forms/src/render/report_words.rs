//! The words of the report as PDF, and how its language writes numbers and days.
//!
//! The figures come from the service; here is only what stands around them. Called by the room `files` of the service.

use crate::language::catalogue::{Arg, text};
use crate::language::{Language, apart};

/// What is put into a text of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put<'a> {
    /// A finished piece of the same language, such as a number with its range.
    Words(&'a str),
    /// A name from outside, which is kept apart where its writing direction may be another one.
    Name(&'a str),
    /// A count, which also chooses the plural form.
    Count(u64),
}

/// The words of a report in one language.
#[derive(Debug, Clone, Copy)]
pub struct ReportWords(Language);

impl ReportWords {
    /// The words of this language.
    pub const fn new(language: Language) -> Self {
        Self(language)
    }

    /// The language.
    pub const fn language(self) -> Language {
        self.0
    }

    /// A text without variables; `key` is that of the catalogue without its beginning `report-`.
    pub fn text(self, key: &str) -> String {
        self.with(key, &[])
    }

    /// A text with its variables; a key that no catalogue has comes back as it is.
    pub fn with(self, key: &str, put: &[(&str, Put<'_>)]) -> String {
        let names: Vec<(&str, String)> = put
            .iter()
            .filter_map(|(name, put)| match put {
                Put::Name(words) => Some((*name, self.name(words))),
                Put::Words(_) | Put::Count(_) => None,
            })
            .collect();
        let mut apart = names.iter();
        let args: Vec<(&str, Arg<'_>)> = put
            .iter()
            .filter_map(|(name, put)| match put {
                Put::Words(words) => Some((*name, Arg::Text(words))),
                Put::Count(count) => Some((*name, Arg::Number(*count))),
                Put::Name(_) => apart.next().map(|(name, words)| (*name, Arg::Text(words))),
            })
            .collect();
        text(self.0, &format!("report-{key}"), &args)
    }

    /// A name from outside as it stands on a line of this language.
    pub fn name(self, words: &str) -> String {
        apart(self.0, words)
    }

    /// A count with its thousands set apart.
    pub fn count(self, count: u64) -> String {
        self.0.number(count)
    }

    /// A number with so many decimals, a real minus sign, and no minus zero.
    pub fn number(self, value: f64, decimals: usize) -> String {
        let digits = self.0.decimal(value.abs(), decimals);
        let is_nought = digits.chars().all(|letter| matches!(letter, '0' | '.' | ','));
        if value < 0.0 && !is_nought { self.with_sign('\u{2212}', &digits) } else { digits }
    }

    /// A number that always has its sign, but for nought.
    pub fn signed(self, value: f64, decimals: usize) -> String {
        let text = self.number(value, decimals);
        let is_nought = text.chars().all(|letter| matches!(letter, '0' | '.' | ','));
        if value > 0.0 && !is_nought { self.with_sign('+', &text) } else { text }
    }

    /// A number behind its sign, which a language that is written from right to left would set behind it.
    fn with_sign(self, sign: char, digits: &str) -> String {
        if self.0.is_right_to_left() {
            format!("\u{2066}{sign}{digits}\u{2069}")
        } else {
            format!("{sign}{digits}")
        }
    }

    /// A written number as per cent: a gap before the sign where the language has one (CLDR).
    pub fn percent(self, number: &str) -> String {
        let has_gap = matches!(self.0.tag(), "fi" | "sv" | "de");
        if has_gap { format!("{number}\u{a0}%") } else { format!("{number}%") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_language_does() {
        let (english, finnish) = (ReportWords::new(Language::ENGLISH), ReportWords::new(Language::FINNISH));
        assert_eq!(
            (english.number(-1.26, 1), finnish.number(4.05, 2)),
            ("\u{2212}1.3".into(), "4,05".into())
        );
        assert_eq!((english.number(-0.04, 1), english.signed(0.04, 1)), ("0.0".into(), "0.0".into()));
        assert_eq!((finnish.signed(2.0, 0), finnish.percent("39")), ("+2".into(), "39\u{a0}%".into()));
        assert_eq!(ReportWords::new(Language::HUNGARIAN).percent("39"), "39%");
        assert_eq!(ReportWords::new(Language::ARABIC).number(-3.0, 0), "\u{2066}\u{2212}3\u{2069}");
    }

    #[test]
    fn names_of_another_direction_are_kept_apart() {
        let arabic = ReportWords::new(Language::ARABIC);
        let said = arabic.with("and", &[("first", Put::Name("Tuulia")), ("second", Put::Words("ب"))]);
        assert!(said.contains("\u{2068}Tuulia\u{2069}") && said.contains('ب'), "{said}");
        assert_eq!(arabic.text("no-such-key"), "report-no-such-key");
    }
}
