//! What customers wrote, of a page or of a whole response, and the one text in which it is stored.
//!
//! A comment that stands alone is stored as it is. Where a form asks for more in words, each answer follows U+001E, the
//! key of its question and U+001F. Both are control characters, which are taken out of everything that is typed, so
//! nobody can write them. Whoever reads stored words reads them here.

/// Before the key of each answer.
const BEFORE_KEY: char = '\u{1e}';
/// Between the key of an answer and its words.
const AFTER_KEY: char = '\u{1f}';

/// Answers in words by the keys of their questions.
///
/// ```
/// use survey_forms::answer::Words;
///
/// let mut words = Words::default();
/// words.put(Words::COMMENT, "All fine.");
/// assert_eq!(words.write(), "All fine.");
/// words.put("how_many", "12");
/// let stored = words.write();
/// assert_eq!(Words::read(&stored).get("how_many"), Some("12"));
/// assert_eq!(Words::read(&stored), words);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words(Vec<(String, String)>);

impl Words {
    /// The key of the comment; no question of a section can have it.
    pub const COMMENT: &str = "comment";

    /// The comment alone.
    pub fn comment(words: &str) -> Words {
        let mut all = Words::default();
        all.put(Words::COMMENT, words);
        all
    }

    /// Puts an answer in, in the place of an earlier one with this key; empty words take it out.
    pub fn put(&mut self, key: &str, words: &str) {
        let plain = |text: &str| text.replace([BEFORE_KEY, AFTER_KEY], "");
        let (key, words) = (plain(key), plain(words));
        match self.0.iter().position(|(other, _)| *other == key) {
            Some(place) if words.is_empty() => {
                self.0.remove(place);
            }
            Some(place) => {
                if let Some(entry) = self.0.get_mut(place) {
                    entry.1 = words;
                }
            }
            None if words.is_empty() => {}
            None => self.0.push((key, words)),
        }
    }

    /// Puts all answers of others in.
    pub fn put_all(&mut self, others: &Words) {
        for (key, words) in &others.0 {
            self.put(key, words);
        }
    }

    /// The answer with this key.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|(other, _)| other == key).map(|(_, words)| words.as_str())
    }

    /// All answers by their keys, in the order in which they came.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, words)| (key.as_str(), words.as_str()))
    }

    /// Whether nothing was written.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Reads stored words; any text is some words.
    pub fn read(stored: &str) -> Words {
        let Some(keyed) = stored.strip_prefix(BEFORE_KEY) else { return Words::comment(stored) };
        let mut all = Words::default();
        for piece in keyed.split(BEFORE_KEY) {
            let (key, words) = piece.split_once(AFTER_KEY).unwrap_or((Words::COMMENT, piece));
            all.put(key, words);
        }
        all
    }

    /// The one text to store; empty when nothing was written.
    pub fn write(&self) -> String {
        if let [(key, words)] = self.0.as_slice()
            && key == Words::COMMENT
        {
            return words.clone();
        }
        let mut stored = String::new();
        for (key, words) in &self.0 {
            stored.push(BEFORE_KEY);
            stored.push_str(key);
            stored.push(AFTER_KEY);
            stored.push_str(words);
        }
        stored
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words_of(pairs: &[(String, String)]) -> Words {
        let mut words = Words::default();
        for (key, text) in pairs {
            words.put(key, text);
        }
        words
    }

    #[test]
    fn a_lone_comment_is_stored_as_it_is_and_nothing_as_nothing() {
        assert_eq!(Words::comment("So, so; \"quite\".").write(), "So, so; \"quite\".");
        assert_eq!((Words::default().write(), Words::read("")), (String::new(), Words::default()));
        assert_eq!(Words::read("Plain.").get(Words::COMMENT), Some("Plain."));
    }

    #[test]
    fn one_answer_that_is_no_comment_keeps_its_key() {
        let mut words = Words::default();
        words.put("best", "The cup");
        assert_eq!(words.write(), "\u{1e}best\u{1f}The cup");
        assert_eq!(Words::read(&words.write()).get("best"), Some("The cup"));
    }

    #[test]
    fn a_later_answer_replaces_and_empty_words_take_out() {
        let mut words = words_of(&[("a".into(), "1".into()), ("b".into(), "2".into())]);
        words.put("a", "3");
        words.put("b", "");
        assert_eq!((words.get("a"), words.get("b")), (Some("3"), None));
    }

    proptest! {
        #[test]
        fn any_words_survive_being_stored(
            pairs in proptest::collection::vec(
                (prop_oneof!["[a-z_0-9]{1,20}", Just("comment".to_owned())], "[^\u{1e}\u{1f}]{0,60}"), 0..6,
            ),
        ) {
            let words = words_of(&pairs);
            prop_assert_eq!(&Words::read(&words.write()), &words);
            for (key, text) in pairs.iter().rev().take(1).filter(|(_, text)| !text.is_empty()) {
                prop_assert_eq!(words.get(key), Some(text.as_str()));
            }
        }

        #[test]
        fn no_stored_text_brings_it_down_and_a_second_time_changes_nothing(stored in any::<String>()) {
            let once = Words::read(&stored);
            prop_assert_eq!(&Words::read(&once.write()), &once);
        }
    }
}
