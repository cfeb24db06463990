//! Words of two writing directions on one line of plain text, such as a subject or a title.
//!
//! An order number such as `A-17/2` in an Arabic sentence would be shown in parts and in the wrong order, and a
//! shop's Arabic name would turn the punctuation of an English one. HTML keeps them apart by `<bdi>`; plain text
//! has characters for it (Unicode UAX 9), which are put in only where they change something: whoever copies the
//! number copies them along.

use super::Language;

/// Begins words whose direction is that of their first letter.
const FIRST_STRONG_ISOLATE: char = '\u{2068}';
/// Ends such words.
const POP_ISOLATE: char = '\u{2069}';

/// Words that come from outside, for a line of plain text in this language.
pub(crate) fn apart(language: Language, words: &str) -> String {
    let words = without_marks(words);
    let needed = if language.is_right_to_left() {
        // Digits alone stand in their order anywhere; with a hyphen or a letter they no longer do.
        !words.bytes().all(|byte| byte.is_ascii_digit())
    } else {
        words.chars().any(is_right_to_left)
    };
    if needed { format!("{FIRST_STRONG_ISOLATE}{words}{POP_ISOLATE}") } else { words }
}

/// Words without the invisible characters that would turn the direction of what follows them.
pub(crate) fn without_marks(words: &str) -> String {
    words.chars().filter(|c| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')).collect()
}

/// Whether a character belongs to a script that is written from right to left, by the blocks of Unicode that
/// are set aside for them.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_only_where_they_change_something() {
        assert_eq!(apart(Language::ENGLISH, "A-17/2"), "A-17/2");
        assert_eq!(apart(Language::ENGLISH, "متجر"), "\u{2068}متجر\u{2069}");
        assert_eq!(apart(Language::ARABIC, "10482"), "10482");
        assert_eq!(apart(Language::ARABIC, "A-17/2"), "\u{2068}A-17/2\u{2069}");
    }

    #[test]
    fn words_from_outside_cannot_turn_what_follows_them() {
        assert_eq!(without_marks("a\u{202e}b\u{2069}c"), "abc");
        assert_eq!(apart(Language::ARABIC, "x\u{2069}\u{202e}y"), "\u{2068}xy\u{2069}");
    }
}
