//! The shipped languages and the choice between them; the texts themselves live in `catalogue`.
//!
//! Beside them: how a language writes `numbers`, `amounts`, `dates` and `months`, and what keeps words of two directions `bidi`
//! apart. Called by the service to choose a customer's language, and by every renderer of this crate.

mod amounts;
mod bidi;
pub(crate) mod catalogue;
mod dates;
mod months;
mod numbers;
#[cfg(test)]
pub(crate) mod pseudo;

pub(crate) use bidi::{apart, without_marks};

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// A language in which pages and mails are shipped.
///
/// ```
/// use survey_forms::language::Language;
///
/// assert_eq!(Language::parse("fi-FI"), Some(Language::FINNISH));
/// assert_eq!(Language::FINNISH.tag(), "fi");
/// assert_eq!(Language::parse("xx"), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language(Tag);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Tag {
    En,
    Fi,
    Sv,
    Et,
    De,
    Hu,
    Pl,
    Ar,
}

impl Language {
    /// English.
    pub const ENGLISH: Language = Language(Tag::En);
    /// Finnish.
    pub const FINNISH: Language = Language(Tag::Fi);
    /// Swedish.
    pub const SWEDISH: Language = Language(Tag::Sv);
    /// Estonian.
    pub const ESTONIAN: Language = Language(Tag::Et);
    /// German.
    pub const GERMAN: Language = Language(Tag::De);
    /// Hungarian.
    pub const HUNGARIAN: Language = Language(Tag::Hu);
    /// Polish.
    pub const POLISH: Language = Language(Tag::Pl);
    /// Modern standard Arabic, written from right to left, with the digits 0 to 9.
    pub const ARABIC: Language = Language(Tag::Ar);
    /// Every shipped language, in the order in which switches and lists show them.
    ///
    /// English first, as the source of all texts; then Finland and its neighbours, then the others by their
    /// tags; last the one that is written the other way, so that a row of names turns its direction only once.
    pub const ALL: [Language; 8] = [
        Self::ENGLISH,
        Self::FINNISH,
        Self::SWEDISH,
        Self::ESTONIAN,
        Self::GERMAN,
        Self::HUNGARIAN,
        Self::POLISH,
        Self::ARABIC,
    ];

    /// Reads a language tag by its primary subtag, in any case; `None` when that language is not shipped.
    pub fn parse(tag: &str) -> Option<Language> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| primary.eq_ignore_ascii_case(language.tag()))
    }

    /// The language tag, as in the `lang` attribute of a page.
    pub fn tag(self) -> &'static str {
        match self.0 {
            Tag::En => "en",
            Tag::Fi => "fi",
            Tag::Sv => "sv",
            Tag::Et => "et",
            Tag::De => "de",
            Tag::Hu => "hu",
            Tag::Pl => "pl",
            Tag::Ar => "ar",
        }
    }

    /// The language's own name for itself.
    pub fn endonym(self) -> &'static str {
        match self.0 {
            Tag::En => "English",
            Tag::Fi => "Suomi",
            Tag::Sv => "Svenska",
            Tag::Et => "Eesti",
            Tag::De => "Deutsch",
            Tag::Hu => "Magyar",
            Tag::Pl => "Polski",
            Tag::Ar => "العربية",
        }
    }

    /// The writing direction, as in the `dir` attribute of a page.
    pub(crate) fn direction(self) -> &'static str {
        if self.is_right_to_left() { "rtl" } else { "ltr" }
    }

    /// Whether the language is written from right to left.
    pub fn is_right_to_left(self) -> bool {
        self == Self::ARABIC
    }

    /// Position in [`Language::ALL`]; the tests check that the two agree.
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.tag())
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let tag = String::deserialize(deserializer)?;
        Self::parse(&tag).ok_or_else(|| D::Error::custom(format!("language `{tag}` is not shipped")))
    }
}

/// Chooses among the offered languages by an `Accept-Language` header (RFC 9110, 12.5.4).
///
/// The highest weight wins, then the earlier place in the header. A weight of 0 rules a language out, `*`
/// stands for every offered language that the header does not name. `None` when nothing fits.
///
/// ```
/// use survey_forms::language::{Language, negotiate};
///
/// let offered = [Language::ENGLISH, Language::FINNISH];
/// assert_eq!(negotiate("uk, fi-FI;q=0.8, en;q=0.5", &offered), Some(Language::FINNISH));
/// assert_eq!(negotiate("uk", &offered), None);
/// ```
pub fn negotiate(accept_language: &str, offered: &[Language]) -> Option<Language> {
    let ranges: Vec<(&str, u16)> = accept_language.split(',').filter_map(read_range).collect();
    let mut best: Option<(Language, u16, usize)> = None;
    for &language in offered {
        let Some((place, weight)) = weight_of(language, &ranges) else { continue };
        let better = best.is_none_or(|(_, best_weight, best_place)| {
            weight > best_weight || (weight == best_weight && place < best_place)
        });
        if weight > 0 && better {
            best = Some((language, weight, place));
        }
    }
    best.map(|(language, _, _)| language)
}

/// Where in the header a language stands, and its weight in thousandths.
fn weight_of(language: Language, ranges: &[(&str, u16)]) -> Option<(usize, u16)> {
    let named = ranges
        .iter()
        .enumerate()
        .filter(|(_, (tag, _))| Language::parse(tag) == Some(language))
        .max_by_key(|(place, (_, weight))| (*weight, std::cmp::Reverse(*place)));
    let any = || ranges.iter().enumerate().find(|(_, (tag, _))| *tag == "*");
    named.or_else(any).map(|(place, (_, weight))| (place, *weight))
}

/// One range of the header; a weight that cannot be read rules the range out.
fn read_range(part: &str) -> Option<(&str, u16)> {
    let mut pieces = part.split(';').map(str::trim);
    let tag = pieces.next().filter(|tag| !tag.is_empty())?;
    let weight = match pieces.find_map(|piece| piece.strip_prefix("q=").or_else(|| piece.strip_prefix("Q=")))
    {
        None => 1000,
        Some(text) => read_weight(text)?,
    };
    Some((tag, weight))
}

/// A weight 0 to 1 with at most three decimals, in thousandths.
fn read_weight(text: &str) -> Option<u16> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let thousandths: u16 = format!("{decimals:0<3}").parse().ok()?;
    match whole {
        "0" => Some(thousandths),
        "1" if thousandths == 0 => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const OFFERED: [Language; 3] = [Language::ENGLISH, Language::FINNISH, Language::POLISH];

    #[test]
    fn index_is_the_place_in_all() {
        for (place, language) in Language::ALL.into_iter().enumerate() {
            assert_eq!(language.index(), place);
            assert_eq!(Language::parse(language.tag()), Some(language));
        }
    }

    #[test]
    fn a_tag_is_read_by_its_primary_part_in_any_case() {
        assert_eq!(Language::parse("PL-pl"), Some(Language::POLISH));
        assert_eq!(Language::parse("hu_HU"), Some(Language::HUNGARIAN));
        assert_eq!(Language::parse("ar-EG"), Some(Language::ARABIC));
        assert_eq!(Language::parse("fin"), None);
        assert_eq!(Language::parse(""), None);
    }

    #[test]
    fn weights_decide_then_the_order_of_the_header() {
        assert_eq!(negotiate("pl;q=0.4, fi;q=0.9, en;q=0.8", &OFFERED), Some(Language::FINNISH));
        assert_eq!(negotiate("pl, en", &OFFERED), Some(Language::POLISH));
        assert_eq!(negotiate("en;q=0.7, fi-FI", &OFFERED), Some(Language::FINNISH));
        assert_eq!(negotiate("fi;q=0.3, fi-FI;q=0.9, en;q=0.5", &OFFERED), Some(Language::FINNISH));
    }

    #[test]
    fn zero_rules_a_language_out_and_a_star_takes_the_rest() {
        assert_eq!(negotiate("*, en;q=0", &OFFERED), Some(Language::FINNISH));
        assert_eq!(negotiate("fi;q=0", &OFFERED), None);
        assert_eq!(negotiate("uk, *;q=0.1", &OFFERED), Some(Language::ENGLISH));
    }

    #[test]
    fn nothing_readable_chooses_nothing() {
        for header in ["", ",,;", "en;q=7", "en;q=0.12345", "en;q=", "q=1"] {
            assert_eq!(negotiate(header, &OFFERED), None, "{header}");
        }
        assert_eq!(negotiate("en", &[]), None);
    }

    proptest! {
        #[test]
        fn no_header_brings_it_down(header in any::<String>()) {
            let chosen = negotiate(&header, &OFFERED);
            prop_assert!(chosen.is_none_or(|language| OFFERED.contains(&language)));
        }
    }
}
