//! Reads a JSON object field by field and collects every problem with its JSON pointer.
//!
//! serde stops at the first mistake; a sender of a thousand orders wants them all.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::Micros;

/// One mistake in a document sent to us.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct FieldProblem {
    /// JSON pointer to the place, e.g. `/customer/email`.
    pub pointer: String,
    /// A stable word for programs, e.g. `missing`.
    pub code: String,
    /// What is wrong and what is accepted, for people.
    pub message: String,
}

/// A reader over one object.
pub struct ObjectReader<'a> {
    fields: Option<&'a Map<String, Value>>,
    path: String,
    known: BTreeSet<&'static str>,
    problems: Vec<FieldProblem>,
}

impl<'a> ObjectReader<'a> {
    /// Opens `value`, which must be an object, at `path` (empty for the whole document).
    pub fn open(value: &'a Value, path: &str) -> Self {
        let mut reader = Self {
            fields: value.as_object(),
            path: path.to_owned(),
            known: BTreeSet::new(),
            problems: vec![],
        };
        if reader.fields.is_none() {
            reader.problems.push(problem(path, "type", format!("is {}, an object is needed", kind(value))));
        }
        reader
    }

    /// The raw value of a field; null counts as absent.
    pub fn value(&mut self, name: &'static str) -> Option<&'a Value> {
        self.known.insert(name);
        self.fields.and_then(|fields| fields.get(name)).filter(|value| !value.is_null())
    }

    /// Notes a problem with one field.
    pub fn complain(&mut self, name: &str, code: &str, message: impl Into<String>) {
        let pointer = format!("{}/{name}", self.path);
        self.problems.push(problem(&pointer, code, message.into()));
    }

    /// A text of at most `longest` characters without control characters, trimmed; absent or empty is none.
    pub fn text(&mut self, name: &'static str, longest: usize) -> Option<String> {
        let value = self.value(name)?;
        let Some(text) = value.as_str() else {
            self.complain(name, "type", format!("is {}, a text is needed", kind(value)));
            return None;
        };
        let text = text.trim();
        if text.chars().count() > longest {
            self.complain(name, "too_long", format!("is longer than {longest} characters"));
            return None;
        }
        if text.chars().any(is_unsafe) {
            self.complain(name, "control_character", "holds a control character or a line break");
            return None;
        }
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// Such a text, where an empty one counts as itself: it takes something back.
    pub fn text_or_empty(&mut self, name: &'static str, longest: usize) -> Option<String> {
        if self.value(name).and_then(Value::as_str).is_some_and(|text| text.trim().is_empty()) {
            return Some(String::new());
        }
        self.text(name, longest)
    }

    /// Such a text, and a problem when it is absent or empty.
    pub fn required_text(&mut self, name: &'static str, longest: usize) -> Option<String> {
        let before = self.problems.len();
        let text = self.text(name, longest);
        if text.is_none() && self.problems.len() == before && self.fields.is_some() {
            self.complain(name, "missing", "is missing");
        }
        text
    }

    /// An RFC 3339 instant with its offset.
    pub fn instant(&mut self, name: &'static str) -> Option<Micros> {
        let text = self.text(name, 64)?;
        let instant = Micros::parse(&text);
        if instant.is_none() {
            self.complain(
                name,
                "not_a_time",
                format!("\"{text}\" is no RFC 3339 time, such as 2026-05-04T10:30:00Z"),
            );
        }
        instant
    }

    /// The same, and a problem when it is absent.
    pub fn required_instant(&mut self, name: &'static str) -> Option<Micros> {
        if self.value(name).is_none() && self.fields.is_some() {
            self.complain(name, "missing", "is missing");
            return None;
        }
        self.instant(name)
    }

    /// A word of a closed list.
    pub fn word<T>(
        &mut self,
        name: &'static str,
        from: impl Fn(&str) -> Option<T>,
        words: &str,
    ) -> Option<T> {
        let text = self.text(name, 80)?;
        let found = from(&text);
        if found.is_none() {
            self.complain(name, "unknown_value", format!("\"{text}\" is not known; accepted are {words}"));
        }
        found
    }

    /// The same, and a problem when it is absent.
    pub fn required_word<T>(
        &mut self,
        name: &'static str,
        from: impl Fn(&str) -> Option<T>,
        words: &str,
    ) -> Option<T> {
        if self.value(name).is_none() && self.fields.is_some() {
            self.complain(name, "missing", format!("is missing; accepted are {words}"));
            return None;
        }
        self.word(name, from, words)
    }

    /// A whole number between two ends.
    pub fn integer(&mut self, name: &'static str, least: i64, most: i64) -> Option<i64> {
        let value = self.value(name)?;
        match value.as_i64() {
            Some(number) if (least..=most).contains(&number) => Some(number),
            Some(number) => {
                self.complain(
                    name,
                    "out_of_range",
                    format!("is {number}, between {least} and {most} is needed"),
                );
                None
            }
            None => {
                self.complain(name, "type", format!("is {}, a whole number is needed", kind(value)));
                None
            }
        }
    }

    /// A true or false that may be left out and then is false.
    pub fn flag(&mut self, name: &'static str) -> bool {
        let Some(value) = self.value(name) else { return false };
        value.as_bool().unwrap_or_else(|| {
            self.complain(name, "type", format!("is {}, true or false is needed", kind(value)));
            false
        })
    }

    /// An object below this one, when it is there; its problems come back with `take_in`.
    pub fn object(&mut self, name: &'static str) -> Option<ObjectReader<'a>> {
        let value = self.value(name)?;
        Some(ObjectReader::open(value, &format!("{}/{name}", self.path)))
    }

    /// Takes over the problems of an object below, its unknown fields among them.
    pub fn take_in(&mut self, below: ObjectReader<'a>) {
        self.problems.extend(below.finish());
    }

    /// All problems, unknown fields among them.
    pub fn finish(mut self) -> Vec<FieldProblem> {
        if let Some(fields) = self.fields {
            for name in fields.keys().filter(|name| !self.known.contains(name.as_str())) {
                let near = nearest(name, self.known.iter().copied());
                let hint = near.map_or(String::new(), |near| format!("; did you mean \"{near}\"?"));
                let pointer = format!("{}/{}", self.path, name.replace('~', "~0").replace('/', "~1"));
                self.problems.push(problem(&pointer, "unknown_field", format!("is not a field{hint}")));
            }
        }
        self.problems
    }
}

/// The known word nearest to `word`, when it is near enough to be meant.
pub fn nearest<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    known
        .map(|name| (strsim::damerau_levenshtein(word, name), name))
        .filter(|(distance, name)| *distance <= 1 + name.len() / 4)
        .min()
        .map(|(_, name)| name)
}

/// Characters that may change a mail header, a log line or the direction of a text.
pub fn is_unsafe(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn problem(pointer: &str, code: &str, message: String) -> FieldProblem {
    FieldProblem { pointer: pointer.to_owned(), code: code.to_owned(), message }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_is_listed_with_its_place() {
        let value = serde_json::json!({"nam": "x", "at": "yesterday", "count": 1.5, "line": "a\r\nBcc: b"});
        let mut reader = ObjectReader::open(&value, "/orders/3");
        reader.required_text("name", 10);
        reader.instant("at");
        reader.integer("count", 0, 9);
        reader.text("line", 80);
        let problems = reader.finish();
        let pointers: Vec<_> = problems.iter().map(|p| p.pointer.as_str()).collect();
        assert_eq!(
            pointers,
            ["/orders/3/name", "/orders/3/at", "/orders/3/count", "/orders/3/line", "/orders/3/nam"]
        );
        assert!(problems.last().unwrap().message.contains("did you mean \"name\""));
    }
}
