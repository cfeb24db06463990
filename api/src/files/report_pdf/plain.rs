//! Texts as they can be set: what people wrote stays text, whatever it looks like; what no font can show is a question mark.

use std::collections::BTreeMap;

use serde_json::Value;

use super::world::has_letter;
use crate::report::render::Words;

/// Longest run of letters that is left without a place where a line may end.
const LONGEST: usize = 28;
/// A place where a line may end, and nothing to be seen.
const MAY_END: char = '\u{200b}';

/// A text that every font and every line can hold: no controls, no letters that no font has, no endless words.
///
/// PDF/UA refuses a file with a missing letter, so what cannot be shown has to go before it is set.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = 0_usize;
    for letter in text.chars() {
        let letter = match letter {
            // Directions are set here, for names as a whole: nobody else's marks may turn what follows them.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => continue,
            MAY_END => {
                run = 0;
                MAY_END
            }
            '\u{200c}' | '\u{200d}' => letter,
            '\u{200e}' | '\u{200f}' | '\u{feff}' | '\u{ad}' | '\u{fe00}'..='\u{fe0f}' => continue,
            other if other.is_whitespace() && other != '\u{a0}' && other != '\u{202f}' => ' ',
            other if other.is_control() => ' ',
            '\u{202f}' => '\u{a0}',
            other if has_letter(other) => other,
            _ => '?',
        };
        run = if letter == ' ' || letter == MAY_END { 0 } else { run + 1 };
        if run > LONGEST {
            out.push(MAY_END);
            run = 1;
        }
        out.push(letter);
    }
    out
}

/// A finished text, with what keeps names apart in it.
fn settable(text: &str) -> String {
    let marks = ['\u{2066}', '\u{2068}', '\u{2069}'];
    text.split_inclusive(marks)
        .map(|piece| match piece.chars().next_back().filter(|last| marks.contains(last)) {
            Some(mark) => format!("{}{mark}", plain(piece)),
            None => plain(piece),
        })
        .collect()
}

/// The same with every text of a tree but its drawings, whose words were made plain before.
pub fn plain_tree(tree: &mut Value) {
    match tree {
        Value::String(text) => *text = settable(text),
        Value::Array(parts) => parts.iter_mut().for_each(plain_tree),
        Value::Object(fields) => {
            fields
                .iter_mut()
                .filter(|(key, _)| *key != "svg" && *key != "page")
                .for_each(|(_, part)| plain_tree(part));
        }
        _ => {}
    }
}

/// The names around a report, each plain and on one line.
pub fn plain_words(words: &Words) -> Words {
    let all = |names: &BTreeMap<String, String>| {
        names.iter().map(|(key, name)| (key.clone(), plain(name))).collect::<BTreeMap<_, _>>()
    };
    Words {
        title: plain(&words.title),
        organisation: plain(&words.organisation),
        dimension_names: all(&words.dimension_names),
        item_texts: all(&words.item_texts),
        level_names: words.level_names.iter().map(|(split, names)| (split.clone(), all(names))).collect(),
        expected_by: words.expected_by.clone(),
        ..Words::default()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn markup_stays_what_it_is_and_controls_are_gone() {
        let hostile = "#read(\"/etc/passwd\") $x$ = <label> \\ *a* `b`";
        assert_eq!(plain(hostile), hostile);
        assert_eq!(plain("a\u{0}b\tc\r\nd\u{202e}e"), "a b c  de");
        assert_eq!(plain("Łódź ő ä ß ﷺ متجر"), "Łódź ő ä ß ﷺ متجر");
        assert_eq!(plain("a🙂漢"), "a??");
        assert_eq!(
            (plain("\u{2068}a\u{2069}"), settable("\u{2068}a\u{2069}🙂")),
            ("a".into(), "\u{2068}a\u{2069}?".into())
        );
    }

    #[test]
    fn endless_words_may_end_anywhere() {
        let long = plain(&"x".repeat(100));
        assert_eq!(long.matches(MAY_END).count(), 3);
        assert_eq!(plain(&long), long, "twice is the same");
        let mut tree = json!({"svg": "<svg>🙂</svg>", "rows": [["🙂"]]});
        plain_tree(&mut tree);
        assert_eq!(tree, json!({"svg": "<svg>🙂</svg>", "rows": [["?"]]}));
    }
}
