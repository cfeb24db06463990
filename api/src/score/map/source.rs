//! Walking a TOML document while keeping line and key of everything that is wrong with it.
//!
//! The readers of the sections ask here for values of a kind; what does not fit is noted and the walk goes on,
//! so that one run lists every problem. Nothing here knows what a map means.

use std::fmt;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::score::suggest::{hint, nearest};

/// One thing that is wrong with a map, with its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Line of the file, from 1.
    pub line: usize,
    /// The key it is about, such as `dimension[2].items`.
    pub key: String,
    /// What is wrong and what would be right.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if !self.key.is_empty() {
            write!(f, ", {}", self.key)?;
        }
        write!(f, ": {}", self.message)
    }
}

/// The text of a document and the problems found in it so far.
#[derive(Debug)]
pub(super) struct Source<'a> {
    text: &'a str,
    /// Everything that was found wrong, in the order of the walk.
    pub problems: Vec<Problem>,
}

impl<'a> Source<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, problems: Vec::new() }
    }

    /// The line, from 1, that holds the byte at `offset`.
    pub fn line(&self, offset: usize) -> usize {
        self.text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
    }

    pub fn problem(&mut self, line: usize, key: impl Into<String>, message: impl Into<String>) {
        self.problems.push(Problem { line, key: key.into(), message: message.into() });
    }
}

/// One value with its place.
#[derive(Debug, Clone)]
pub(super) struct Entry<'d> {
    pub key: String,
    pub line: usize,
    value: &'d DeValue<'d>,
}

/// One table with its place.
#[derive(Debug, Clone)]
pub(super) struct Section<'d> {
    pub key: String,
    pub line: usize,
    table: &'d DeTable<'d>,
}

impl<'d> Section<'d> {
    /// The document itself.
    pub fn root(table: &'d DeTable<'d>) -> Self {
        Self { key: String::new(), line: 1, table }
    }

    /// The value under `key`, when it is there.
    pub fn get(&self, source: &Source<'_>, key: &str) -> Option<Entry<'d>> {
        let (name, value) = self.table.get_key_value(key)?;
        Some(Entry { key: self.child(key), line: source.line(name.span().start), value: value.get_ref() })
    }

    /// All entries, in the order of the file.
    pub fn entries(&self, source: &Source<'_>) -> Vec<(String, Entry<'d>)> {
        let mut all: Vec<_> = self.table.iter().collect();
        all.sort_by_key(|(name, _)| name.span().start);
        let entry = |(name, value): (&'d Spanned<_>, &'d Spanned<DeValue<'d>>)| {
            let key: &std::borrow::Cow<'_, str> = name.get_ref();
            let line = source.line(name.span().start);
            (key.to_string(), Entry { key: self.child(key), line, value: value.get_ref() })
        };
        all.into_iter().map(entry).collect()
    }

    /// Notes every key that is not among `known`.
    pub fn only(&self, source: &mut Source<'_>, known: &[&str]) {
        for (name, entry) in self.entries(source) {
            if !known.contains(&name.as_str()) {
                let message = format!("unknown key{}", hint(&name, known.iter().copied()));
                source.problem(entry.line, entry.key, message);
            }
        }
    }

    /// The text under a key that must be there.
    pub fn required_text(&self, source: &mut Source<'_>, key: &str) -> Option<String> {
        if let Some(entry) = self.get(source, key) {
            let text = entry.text(source)?;
            if text.is_empty() {
                source.problem(entry.line, entry.key, "must not be empty");
                return None;
            }
            return Some(text);
        }
        self.missing(source, key);
        None
    }

    /// Notes that a key is not there, unless a misspelling of it is, which is told already.
    pub fn missing(&self, source: &mut Source<'_>, key: &str) {
        if !self.table.keys().any(|name| nearest(name.get_ref(), [key]).is_some()) {
            source.problem(self.line, self.child(key), "is missing");
        }
    }

    /// The text under a key that may be absent.
    pub fn optional_text(&self, source: &mut Source<'_>, key: &str) -> Option<String> {
        self.get(source, key)?.text(source)
    }

    /// The full name of a key of this table.
    pub fn child(&self, key: &str) -> String {
        if self.key.is_empty() { key.to_owned() } else { format!("{}.{key}", self.key) }
    }
}

impl<'d> Entry<'d> {
    pub fn is_text(&self) -> bool {
        self.value.is_str()
    }

    /// The value as text.
    pub fn text(&self, source: &mut Source<'_>) -> Option<String> {
        if let Some(text) = self.value.as_str() {
            return Some(text.trim().to_owned());
        }
        self.wrong(source, "text in quotes")
    }

    /// The value as a whole number from 0 to 255.
    pub fn small(&self, source: &mut Source<'_>) -> Option<u8> {
        match integer(self.value).map(u8::try_from) {
            Some(Ok(number)) => Some(number),
            _ => self.wrong(source, "a whole number from 0 to 255"),
        }
    }

    /// The value as a number.
    pub fn number(&self, source: &mut Source<'_>) -> Option<f64> {
        let number = match self.value {
            DeValue::Float(float) => float.as_str().parse().ok(),
            other => integer(other).map(|whole| whole as f64),
        };
        number.filter(|number: &f64| number.is_finite()).or_else(|| self.wrong(source, "a number"))
    }

    /// The value as a list of texts; whole numbers count as their digits.
    pub fn texts(&self, source: &mut Source<'_>) -> Option<Vec<(String, usize)>> {
        let Some(list) = self.value.as_array() else {
            return self.wrong(source, "a list such as [\"A1\", \"A2\"]");
        };
        let mut texts = Vec::new();
        for part in list {
            let line = source.line(part.span().start);
            let text = part.get_ref().as_str().map(|text| text.trim().to_owned());
            match text.or_else(|| integer(part.get_ref()).map(|number| number.to_string())) {
                Some(text) => texts.push((text, line)),
                None => source.problem(line, self.key.clone(), "each entry must be text in quotes"),
            }
        }
        Some(texts)
    }

    /// The value as a table.
    pub fn section(&self, source: &mut Source<'_>) -> Option<Section<'d>> {
        match self.value {
            DeValue::Table(table) => Some(Section { key: self.key.clone(), line: self.line, table }),
            _ => self.wrong(source, "a table"),
        }
    }

    /// The value as an array of tables, each with its number from 1 in its key.
    pub fn sections(&self, source: &mut Source<'_>) -> Vec<Section<'d>> {
        let DeValue::Array(list) = self.value else {
            let _: Option<()> = self.wrong(source, &format!("written as [[{}]], once for each", self.key));
            return Vec::new();
        };
        let mut sections = Vec::new();
        for (number, part) in (1..).zip(list.iter()) {
            let key = format!("{}[{number}]", self.key);
            let line = source.line(part.span().start);
            match part.get_ref() {
                DeValue::Table(table) => sections.push(Section { key, line, table }),
                _ => source.problem(line, key, "must be a table"),
            }
        }
        sections
    }

    fn wrong<T>(&self, source: &mut Source<'_>, wanted: &str) -> Option<T> {
        let found = match self.value.type_str() {
            "string" => "text",
            other => other,
        };
        source.problem(self.line, self.key.clone(), format!("must be {wanted}, not {found}"));
        None
    }
}

fn integer(value: &DeValue<'_>) -> Option<i64> {
    let number = value.as_integer()?;
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}
