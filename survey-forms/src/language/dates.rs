//! Days as each language writes them in a sentence of their own: day, month in words, year.
//!
//! The long form of the Unicode Common Locale Data Repository (CLDR), checked against ICU; English is British.
//! The crate knows no calendar arithmetic: who calls has a checked date.

use super::{Language, Tag};

impl Language {
    /// A day of the Gregorian calendar in the language's long form, with the digits 0 to 9.
    ///
    /// `month` is 1 to 12 and `day` 1 to 31; `None` outside of that.
    ///
    /// ```
    /// use survey_forms::language::Language;
    ///
    /// assert_eq!(Language::ENGLISH.long_date(2026, 11, 4).as_deref(), Some("4 November 2026"));
    /// assert_eq!(Language::FINNISH.long_date(2026, 11, 4).as_deref(), Some("4. marraskuuta 2026"));
    /// assert_eq!(Language::ENGLISH.long_date(2026, 13, 4), None);
    /// ```
    pub fn long_date(self, year: i16, month: i8, day: i8) -> Option<String> {
        if !(1..=31).contains(&day) {
            return None;
        }
        let place = usize::try_from(month).ok()?.checked_sub(1)?;
        let name = self.months().split(' ').nth(place)?;
        Some(match self.0 {
            Tag::En | Tag::Sv | Tag::Pl | Tag::Ar => format!("{day} {name} {year}"),
            Tag::Fi | Tag::Et | Tag::De => format!("{day}. {name} {year}"),
            Tag::Hu => format!("{year}. {name} {day}."),
        })
    }

    /// The months in the case in which they stand in a date.
    pub(super) fn months(self) -> &'static str {
        match self.0 {
            Tag::En => {
                "January February March April May June July August September October November December"
            }
            Tag::Fi => {
                "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta \
                 syyskuuta lokakuuta marraskuuta joulukuuta"
            }
            Tag::Sv => {
                "januari februari mars april maj juni juli augusti september oktober november december"
            }
            Tag::Et => {
                "jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember"
            }
            Tag::De => "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
            Tag::Hu => {
                "január február március április május június július augusztus szeptember október november \
                 december"
            }
            Tag::Pl => {
                "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada \
                 grudnia"
            }
            Tag::Ar => "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_writes_a_day_as_icu_does() {
        // Intl.DateTimeFormat with dateStyle "long" of Chromium's ICU.
        let written = [
            "4 August 2026",
            "4. elokuuta 2026",
            "4 augusti 2026",
            "4. august 2026",
            "4. August 2026",
            "2026. augusztus 4.",
            "4 sierpnia 2026",
            "4 أغسطس 2026",
        ];
        for (language, expected) in Language::ALL.into_iter().zip(written) {
            assert_eq!(language.long_date(2026, 8, 4).as_deref(), Some(expected));
        }
    }

    #[test]
    fn every_language_has_twelve_months_and_no_thirteenth() {
        for language in Language::ALL {
            let mut days: Vec<String> =
                (1..=12).map(|month| language.long_date(2026, month, 1).unwrap()).collect();
            days.sort();
            days.dedup();
            assert_eq!(days.len(), 12, "{language}");
            for (month, day) in [(0, 1), (13, 1), (-1, 1), (1, 0), (1, 32)] {
                assert_eq!(language.long_date(2026, month, day), None, "{language}");
            }
        }
    }
}
