//! Whole numbers as each language writes them.
//!
//! By the Unicode Common Locale Data Repository (CLDR), checked against ICU: what stands between thousands,
//! and from how many digits on. The digits are 0 to 9 in every language, also in Arabic: order numbers,
//! addresses and the numbers in a shop's own words have them, and one page should not mix two kinds.

use super::{Language, Tag};

/// Between thousands where a language leaves a gap: a space at which no line breaks.
const GAP: char = '\u{a0}';

impl Language {
    /// A count in the digits 0 to 9, its thousands set apart as the language does.
    ///
    /// ```
    /// use survey_forms::language::Language;
    ///
    /// assert_eq!(Language::ENGLISH.number(2000), "2,000");
    /// assert_eq!(Language::FINNISH.number(2000), "2\u{a0}000");
    /// assert_eq!(Language::POLISH.number(2000), "2000");
    /// ```
    pub fn number(self, count: u64) -> String {
        let (separator, least_digits) = self.grouping();
        grouped(count, separator, least_digits)
    }

    /// What stands between thousands, and from how many digits on.
    fn grouping(self) -> (char, usize) {
        match self.0 {
            Tag::En | Tag::Ar => (',', 4),
            Tag::De => ('.', 4),
            Tag::Fi | Tag::Sv => (GAP, 4),
            Tag::Et | Tag::Hu | Tag::Pl => (GAP, 5),
        }
    }
}

fn grouped(count: u64, separator: char, least_digits: usize) -> String {
    let digits = count.to_string();
    if digits.len() < least_digits {
        return digits;
    }
    let mut written = String::with_capacity(digits.len() * 2);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            written.push(separator);
        }
        written.push(digit);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_writes_numbers_as_icu_does() {
        // Intl.NumberFormat of Chromium's ICU; British English, Arabic without a region.
        let written = [
            (Language::ENGLISH, ["999", "2,000", "12,345", "1,234,567"]),
            (Language::FINNISH, ["999", "2\u{a0}000", "12\u{a0}345", "1\u{a0}234\u{a0}567"]),
            (Language::SWEDISH, ["999", "2\u{a0}000", "12\u{a0}345", "1\u{a0}234\u{a0}567"]),
            (Language::ESTONIAN, ["999", "2000", "12\u{a0}345", "1\u{a0}234\u{a0}567"]),
            (Language::GERMAN, ["999", "2.000", "12.345", "1.234.567"]),
            (Language::HUNGARIAN, ["999", "2000", "12\u{a0}345", "1\u{a0}234\u{a0}567"]),
            (Language::POLISH, ["999", "2000", "12\u{a0}345", "1\u{a0}234\u{a0}567"]),
            (Language::ARABIC, ["999", "2,000", "12,345", "1,234,567"]),
        ];
        assert_eq!(written.map(|(language, _)| language), Language::ALL);
        for (language, expected) in written {
            assert_eq!([999, 2_000, 12_345, 1_234_567].map(|count| language.number(count)), expected);
        }
        assert_eq!(Language::ARABIC.number(0), "0");
    }
}
