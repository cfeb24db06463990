//! An organisation's own words as they are kept: by kind and language, unread. What they may say is the business of
//! `survey_forms::own_words`; here they are only found.

use std::collections::BTreeMap;

use super::coded::WordsKind;

/// Words of one kind by language tag; the empty tag stands for every language without words of its own.
pub type ByLanguage = BTreeMap<String, String>;

/// All words of an organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnTexts(BTreeMap<WordsKind, ByLanguage>);

impl OwnTexts {
    /// Puts words in.
    pub fn put(&mut self, kind: WordsKind, language: String, words: String) {
        self.0.entry(kind).or_default().insert(language, words);
    }

    /// The words of a kind for pages in a language; none when there are none that fit.
    pub fn get(&self, kind: WordsKind, language: &str) -> Option<&str> {
        let words = self.0.get(&kind)?;
        words.get(language).or_else(|| words.get("")).map(String::as_str)
    }

    /// The words of a kind in all languages.
    pub fn of(&self, kind: WordsKind) -> ByLanguage {
        self.0.get(&kind).cloned().unwrap_or_default()
    }

    /// Whether any words hold this text.
    pub fn mention(&self, text: &str) -> bool {
        self.0.values().flat_map(BTreeMap::values).any(|words| words.contains(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_language_come_before_those_for_all() {
        let mut texts = OwnTexts::default();
        texts.put(WordsKind::ClosingWords, String::new(), "Bye".to_owned());
        texts.put(WordsKind::ClosingWords, "fi".to_owned(), "Hei".to_owned());
        assert_eq!(texts.get(WordsKind::ClosingWords, "fi"), Some("Hei"));
        assert_eq!(texts.get(WordsKind::ClosingWords, "sv"), Some("Bye"));
        assert_eq!(texts.get(WordsKind::YouSaidWeDid, "fi"), None);
        assert!(texts.mention("He") && !texts.mention("place"));
    }
}
