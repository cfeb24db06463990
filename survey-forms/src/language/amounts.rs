//! Amounts of money as each language writes them: the number with its decimals, then the currency's code.
//!
//! How many decimals a currency has is ISO 4217; what stands before them is CLDR, as for `numbers`. Codes and not
//! signs: a sign may stand for several currencies.

use super::{Language, Tag};

/// Currencies that are counted whole.
const WHOLE: [&str; 16] = [
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF",
    "XPF",
];
/// Currencies with three decimals.
const THREE: [&str; 7] = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

impl Language {
    /// An amount in minor units of a currency, such as cents.
    ///
    /// ```
    /// use survey_forms::language::Language;
    ///
    /// assert_eq!(Language::ENGLISH.amount(204_990, "EUR"), "2,049.90\u{a0}EUR");
    /// assert_eq!(Language::FINNISH.amount(-4990, "EUR"), "\u{2212}49,90\u{a0}EUR");
    /// assert_eq!(Language::ENGLISH.amount(4990, "JPY"), "4,990\u{a0}JPY");
    /// ```
    pub fn amount(self, minor: i64, currency: &str) -> String {
        let decimals: usize = match currency {
            whole if WHOLE.contains(&whole) => 0,
            three if THREE.contains(&three) => 3,
            _ => 2,
        };
        let unit = if decimals == 0 { 1 } else { 10_u64.pow(u32::try_from(decimals).unwrap_or(2)) };
        let (major, rest) = (minor.unsigned_abs() / unit, minor.unsigned_abs() % unit);
        let sign = if minor < 0 { "\u{2212}" } else { "" };
        let whole = self.number(major);
        let point = self.decimal_sign();
        let tail = if decimals == 0 { String::new() } else { format!("{point}{rest:0decimals$}") };
        format!("{sign}{whole}{tail}\u{a0}{currency}")
    }

    /// A number from 0 on with so many decimals.
    pub(crate) fn decimal(self, value: f64, decimals: usize) -> String {
        let text = format!("{:.decimals$}", value.max(0.0));
        match text.split_once('.') {
            Some((whole, rest)) => format!("{whole}{}{rest}", self.decimal_sign()),
            None => text,
        }
    }

    /// What stands before decimals.
    const fn decimal_sign(self) -> char {
        match self.0 {
            Tag::En | Tag::Ar => '.',
            Tag::Fi | Tag::Sv | Tag::Et | Tag::De | Tag::Hu | Tag::Pl => ',',
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_writes_an_amount_with_its_own_signs() {
        let written = [
            "2,049.05",
            "2\u{a0}049,05",
            "2\u{a0}049,05",
            "2049,05",
            "2.049,05",
            "2049,05",
            "2049,05",
            "2,049.05",
        ];
        for (language, expected) in Language::ALL.into_iter().zip(written) {
            assert_eq!(language.amount(204_905, "EUR"), format!("{expected}\u{a0}EUR"), "{language}");
        }
    }

    #[test]
    fn a_currency_has_the_decimals_that_it_has() {
        let amount = |currency| Language::ENGLISH.amount(1_005, currency);
        assert_eq!(amount("HUF"), "10.05\u{a0}HUF");
        assert_eq!(amount("KWD"), "1.005\u{a0}KWD");
        assert_eq!(amount("ISK"), "1,005\u{a0}ISK");
        assert_eq!(Language::ENGLISH.amount(i64::MIN, "JPY"), "\u{2212}9,223,372,036,854,775,808\u{a0}JPY");
    }
}
