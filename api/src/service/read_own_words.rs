//! Reads an organisation's own words from JSON: a text for all languages, or an object with a text for each.

use serde_json::Value;
use survey_forms::language::Language;
use survey_forms::own_words::{Name, OwnWords};

use crate::domain::own_texts::ByLanguage;
use crate::domain::reader::{ObjectReader, is_unsafe};

/// What words of one kind may be.
pub struct Limits {
    /// Most characters in one language.
    pub longest: usize,
    /// What may be filled in.
    pub names: &'static [Name],
}

/// The words in a field; none when it is absent or has problems, empty when it takes words back.
pub fn read(reader: &mut ObjectReader<'_>, name: &'static str, limits: &Limits) -> Option<ByLanguage> {
    let value = reader.value(name)?;
    let mut words = ByLanguage::new();
    let mut is_fine = true;
    match value {
        Value::String(text) => is_fine = put(reader, name, limits, &mut words, ("", text)),
        Value::Object(languages) => {
            for (tag, text) in languages {
                let field = format!("{name}/{}", tag.replace('~', "~0").replace('/', "~1"));
                is_fine &= match (Language::parse(tag), text) {
                    (None, _) => refuse_language(reader, &field, tag),
                    (Some(language), _) if words.contains_key(language.tag()) => {
                        reader.complain(&field, "twice", "names a language that is named before");
                        false
                    }
                    (Some(language), Value::String(text)) => {
                        put(reader, &field, limits, &mut words, (language.tag(), text))
                    }
                    (Some(_), _) => {
                        reader.complain(&field, "type", "is no text");
                        false
                    }
                };
            }
        }
        _ => {
            let needed = "needed is a text, or an object with a text for each language";
            reader.complain(name, "type", needed);
            is_fine = false;
        }
    }
    is_fine.then_some(words)
}

fn refuse_language(reader: &mut ObjectReader<'_>, field: &str, tag: &str) -> bool {
    let known = Language::ALL.map(Language::tag);
    let known = crate::domain::coded::one_of(&known);
    reader.complain(field, "unknown_value", format!("\"{tag}\" is no language here; accepted are {known}"));
    false
}

/// Checks one text and puts it in unless it is empty; false when there is a problem.
fn put(
    reader: &mut ObjectReader<'_>,
    field: &str,
    limits: &Limits,
    words: &mut ByLanguage,
    (tag, text): (&str, &str),
) -> bool {
    let text = text.replace("\r\n", "\n");
    let text = text.trim();
    if text.chars().count() > limits.longest {
        reader.complain(field, "too_long", format!("is longer than {} characters", limits.longest));
        return false;
    }
    if text.chars().any(|c| c != '\n' && is_unsafe(c)) {
        let found = "holds a control character, or one that turns the direction of words";
        reader.complain(field, "control_character", found);
        return false;
    }
    if let Err(problem) = OwnWords::read(text, limits.names) {
        reader.complain(field, "own_words", problem.to_string());
        return false;
    }
    if !text.is_empty() {
        words.insert(tag.to_owned(), text.to_owned());
    }
    true
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const LIMITS: Limits = Limits { longest: 20, names: &Name::ALL };

    fn read_value(value: &Value) -> (Option<ByLanguage>, Vec<(String, String)>) {
        let whole = json!({"words": value});
        let mut reader = ObjectReader::open(&whole, "");
        let words = read(&mut reader, "words", &LIMITS);
        (words, reader.finish().into_iter().map(|problem| (problem.pointer, problem.code)).collect())
    }

    #[test]
    fn a_text_is_for_all_languages_and_an_object_for_each() {
        let all = read_value(&json!(" Bye\r\nnow ")).0.unwrap();
        assert_eq!(all, ByLanguage::from([(String::new(), "Bye\nnow".to_owned())]));
        let each = read_value(&json!({"en": "Bye", "fi-FI": "Hei {{order}}", "sv": ""})).0.unwrap();
        assert_eq!(each.keys().collect::<Vec<_>>(), ["en", "fi"]);
        assert_eq!(read_value(&json!("")).0, Some(ByLanguage::new()));
        assert_eq!(read_value(&json!({})).0, Some(ByLanguage::new()));
        assert_eq!(read_value(&Value::Null).0, None);
    }

    #[test]
    fn every_problem_is_named_with_its_language() {
        let value = json!({
            "en": "{{ordre}}", "fi": "a".repeat(21), "sv": 7, "xx": "x", "de": "a\u{202e}b", "et": "a\tb", "EN": "x", "a/b": ""
        });
        let (words, problems) = read_value(&value);
        assert_eq!(words, None);
        let found: Vec<_> = problems.iter().map(|(place, code)| (place.as_str(), code.as_str())).collect();
        let expected = [
            ("/words/en", "own_words"),
            ("/words/fi", "too_long"),
            ("/words/sv", "type"),
            ("/words/xx", "unknown_value"),
            ("/words/de", "control_character"),
            ("/words/et", "control_character"),
            ("/words/a~1b", "unknown_value"),
        ];
        assert_eq!(found, expected);
        assert_eq!(read_value(&json!([])).1, [("/words".to_owned(), "type".to_owned())]);
        let twice = read_value(&json!({"fi": "a", "fi-FI": "b"})).1;
        assert_eq!(twice, [("/words/fi-FI".to_owned(), "twice".to_owned())]);
    }
}
