//! Months as each language writes them alone, with their year or on an axis.
//!
//! The stand-alone forms of the Unicode Common Locale Data Repository (CLDR), checked against ICU: a month by itself has
//! another case than one in a date in some languages.

use super::{Language, Tag};

impl Language {
    /// A month of a year by itself, such as a heading has it.
    ///
    /// `month` is 1 to 12; `None` outside of that.
    ///
    /// ```
    /// use survey_forms::language::Language;
    ///
    /// assert_eq!(Language::ENGLISH.long_month(2026, 10).as_deref(), Some("October 2026"));
    /// assert_eq!(Language::FINNISH.long_month(2026, 10).as_deref(), Some("lokakuu 2026"));
    /// assert_eq!(Language::HUNGARIAN.long_month(2026, 10).as_deref(), Some("2026. október"));
    /// assert_eq!(Language::ENGLISH.long_month(2026, 13), None);
    /// ```
    pub fn long_month(self, year: i16, month: i8) -> Option<String> {
        // In the other languages a month by itself is written as in a date.
        let name = match self.0 {
            Tag::Fi => nth(
                "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu \
                 marraskuu joulukuu",
                month,
            ),
            Tag::Pl => nth(
                "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad \
                 grudzień",
                month,
            ),
            _ => nth(self.months(), month),
        };
        name.map(|name| self.with_year(year, name))
    }

    /// A month as short as an axis needs it; `year` where it should be told.
    ///
    /// ```
    /// use survey_forms::language::Language;
    ///
    /// assert_eq!(Language::SWEDISH.short_month(None, 10).as_deref(), Some("okt."));
    /// assert_eq!(Language::HUNGARIAN.short_month(Some(2026), 1).as_deref(), Some("2026. jan."));
    /// ```
    pub fn short_month(self, year: Option<i16>, month: i8) -> Option<String> {
        let name = nth(self.short_months(), month)?;
        Some(year.map_or_else(|| name.to_owned(), |year| self.with_year(year, name)))
    }

    fn with_year(self, year: i16, month: &str) -> String {
        if self.0 == Tag::Hu { format!("{year}. {month}") } else { format!("{month} {year}") }
    }

    /// Short names; German and English as on calendars, without a full stop.
    fn short_months(self) -> &'static str {
        match self.0 {
            Tag::En => "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
            Tag::Fi => "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu",
            Tag::Sv => "jan. feb. mars apr. maj juni juli aug. sep. okt. nov. dec.",
            Tag::Et => "jaan veebr märts apr mai juuni juuli aug sept okt nov dets",
            Tag::De => "Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez",
            Tag::Hu => "jan. febr. márc. ápr. máj. jún. júl. aug. szept. okt. nov. dec.",
            Tag::Pl => "sty lut mar kwi maj cze lip sie wrz paź lis gru",
            Tag::Ar => self.months(),
        }
    }
}

/// The name of a month in a list of twelve.
fn nth(names: &'static str, month: i8) -> Option<&'static str> {
    names.split(' ').nth(usize::try_from(month).ok()?.checked_sub(1)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_writes_a_month_as_icu_does() {
        // Intl.DateTimeFormat with month "long" and year of Chromium's ICU.
        let written = [
            "January 2026",
            "tammikuu 2026",
            "januari 2026",
            "jaanuar 2026",
            "Januar 2026",
            "2026. január",
            "styczeń 2026",
            "يناير 2026",
        ];
        for (language, expected) in Language::ALL.into_iter().zip(written) {
            assert_eq!(language.long_month(2026, 1).as_deref(), Some(expected));
        }
    }

    #[test]
    fn every_language_has_twelve_months_both_ways_and_no_thirteenth() {
        for language in Language::ALL {
            for of in [|l: Language, m| l.long_month(2026, m), |l: Language, m| l.short_month(None, m)] {
                let mut months: Vec<String> = (1..=12).map(|month| of(language, month).unwrap()).collect();
                assert!(months.iter().all(|name| !name.trim().is_empty()));
                months.sort();
                months.dedup();
                assert_eq!(months.len(), 12, "{language}");
                assert!([0, 13, -1].into_iter().all(|month| of(language, month).is_none()), "{language}");
            }
        }
    }
}
