//! Reading fields out of TOML tables while collecting every problem with its line and dotted key.
//!
//! Knows TOML and nothing of questionnaires; called by `structure` and `words`.

use std::ops::RangeInclusive;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::{Problem, Severity, did_you_mean};

/// The longest text that is taken, in characters; the lint asks for far less.
const MOST_CHARS: usize = 500;

/// A value with the place where it stands.
#[derive(Debug, Clone)]
pub(super) struct Found<T> {
    pub(super) value: T,
    pub(super) at: usize,
    pub(super) path: String,
}

/// A table with the place where it stands.
#[derive(Debug, Clone)]
pub(super) struct Table<'d> {
    inner: &'d DeTable<'d>,
    pub(super) at: usize,
    pub(super) path: String,
}

impl<'d> Table<'d> {
    pub(super) fn root(inner: &'d DeTable<'d>) -> Self {
        Table { inner, at: 0, path: String::new() }
    }

    /// The dotted path of one of its fields.
    pub(super) fn path_to(&self, field: &str) -> String {
        if self.path.is_empty() { field.to_owned() } else { format!("{}.{field}", self.path) }
    }

    /// Names of its fields, each with the place where it stands, in file order.
    pub(super) fn fields(&self) -> Vec<(&'d str, usize)> {
        let mut fields: Vec<_> =
            self.inner.keys().map(|key| (key.get_ref().as_ref(), key.span().start)).collect();
        fields.sort_by_key(|(_, at)| *at);
        fields
    }

    /// Whether it has this field.
    pub(super) fn has(&self, field: &str) -> bool {
        self.get(field).is_some()
    }

    fn get(&self, field: &str) -> Option<&'d Spanned<DeValue<'d>>> {
        self.inner.get(field)
    }
}

/// Collects problems while fields are read.
pub(super) struct Reader<'s> {
    source: &'s str,
    problems: Vec<Problem>,
}

impl<'s> Reader<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        Reader { source, problems: Vec::new() }
    }

    /// The problems in the order of their lines.
    pub(super) fn finish(mut self) -> Vec<Problem> {
        self.problems.sort_by_key(|problem| problem.line);
        self.problems
    }

    pub(super) fn problem(&mut self, at: usize, key: impl Into<String>, message: impl Into<String>) {
        let before = self.source.as_bytes().iter().take(at);
        let line = 1 + before.filter(|byte| **byte == b'\n').count();
        let (key, message) = (key.into(), message.into());
        self.problems.push(Problem { line, key, message, severity: Severity::Error });
    }

    /// Reports a problem at a value that was found.
    pub(super) fn wrong<T>(&mut self, found: &Found<T>, message: impl Into<String>) {
        self.problem(found.at, found.path.clone(), message);
    }

    /// Reports every field that the table may not have.
    pub(super) fn only(&mut self, table: &Table, allowed: &[&str]) {
        for (field, at) in table.fields() {
            if !allowed.contains(&field) {
                let hint = did_you_mean(field, allowed.iter().copied());
                self.problem(at, table.path_to(field), format!("unknown field{hint}"));
            }
        }
    }

    /// A text that must be there.
    pub(super) fn text(&mut self, table: &Table, field: &str) -> Option<Found<String>> {
        let value = self.required(table, field)?;
        let path = table.path_to(field);
        self.string_at(value, path)
    }

    /// A text that must be there and can be shown.
    pub(super) fn words(&mut self, table: &Table, field: &str) -> Option<Found<String>> {
        let found = self.text(table, field)?;
        self.check_words(&found).then_some(found)
    }

    /// A short name of lower-case letters, digits and one joining character.
    pub(super) fn name(&mut self, table: &Table, field: &str, joint: char) -> Option<Found<String>> {
        let found = self.text(table, field)?;
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == joint;
        if (2..=40).contains(&found.value.len()) && found.value.chars().all(fits) {
            return Some(found);
        }
        self.wrong(&found, format!("use 2 to 40 characters out of a-z, 0-9 and \"{joint}\""));
        None
    }

    /// One of several words.
    pub(super) fn one_of<T: Copy>(&mut self, table: &Table, field: &str, names: &[(&str, T)]) -> Option<T> {
        let found = self.text(table, field)?;
        self.choose(&found, names)
    }

    /// The meaning of a word that was found.
    pub(super) fn choose<T: Copy>(&mut self, found: &Found<String>, names: &[(&str, T)]) -> Option<T> {
        let chosen = names.iter().find(|(name, _)| *name == found.value).map(|(_, meaning)| *meaning);
        if chosen.is_none() {
            let known: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
            let hint = did_you_mean(&found.value, known.iter().copied());
            let message = format!("\"{}\" is not one of {}{hint}", found.value, known.join(", "));
            self.wrong(found, message);
        }
        chosen
    }

    /// A whole number within limits that must be there.
    pub(super) fn number(
        &mut self,
        table: &Table,
        field: &str,
        limits: RangeInclusive<u32>,
    ) -> Option<Found<u32>> {
        let value = self.required(table, field)?;
        self.number_at(value, table.path_to(field), &limits)
    }

    /// A list of whole numbers within limits that must be there.
    pub(super) fn numbers(
        &mut self,
        table: &Table,
        field: &str,
        limits: RangeInclusive<u32>,
    ) -> Option<Found<Vec<Found<u32>>>> {
        let value = self.required(table, field)?;
        let (at, path) = (value.span().start, table.path_to(field));
        let Some(values) = value.get_ref().as_array() else {
            self.problem(at, path, "must be a list of whole numbers");
            return None;
        };
        let mut numbers = Vec::new();
        for (place, value) in values.iter().enumerate() {
            numbers.extend(self.number_at(value, format!("{path}[{}]", place + 1), &limits));
        }
        (numbers.len() == values.len()).then_some(Found { value: numbers, at, path })
    }

    fn number_at(
        &mut self,
        value: &Spanned<DeValue>,
        path: String,
        limits: &RangeInclusive<u32>,
    ) -> Option<Found<u32>> {
        let number = value.get_ref().as_integer().and_then(|integer| {
            u32::from_str_radix(integer.as_str(), integer.radix()).ok().filter(|n| limits.contains(n))
        });
        let at = value.span().start;
        if number.is_none() {
            let message = format!("must be a whole number from {} to {}", limits.start(), limits.end());
            self.problem(at, path.clone(), message);
        }
        number.map(|value| Found { value, at, path })
    }

    /// A true or false that may be left out and then is false.
    pub(super) fn flag(&mut self, table: &Table, field: &str) -> bool {
        let Some(value) = table.get(field) else { return false };
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.problem(value.span().start, table.path_to(field), "must be true or false");
            false
        })
    }

    /// A table that must be there.
    pub(super) fn table<'d>(&mut self, table: &Table<'d>, field: &str) -> Option<Table<'d>> {
        let value = self.required(table, field)?;
        let (at, path) = (value.span().start, table.path_to(field));
        let Some(inner) = value.get_ref().as_table() else {
            self.problem(at, path, "must be a table");
            return None;
        };
        Some(Table { inner, at, path })
    }

    /// Tables that may be left out; their places in the path count from 1.
    pub(super) fn tables<'d>(&mut self, table: &Table<'d>, field: &str) -> Vec<Table<'d>> {
        let Some(value) = table.get(field) else { return Vec::new() };
        let path = table.path_to(field);
        let Some(values) = value.get_ref().as_array() else {
            self.problem(value.span().start, path, format!("must be written as [[{field}]] tables"));
            return Vec::new();
        };
        let mut tables = Vec::new();
        for (place, value) in values.iter().enumerate() {
            let (at, path) = (value.span().start, format!("{path}[{}]", place + 1));
            match value.get_ref().as_table() {
                Some(inner) => tables.push(Table { inner, at, path }),
                None => self.problem(at, path, "must be a table"),
            }
        }
        tables
    }

    /// A list of texts that must be there.
    pub(super) fn texts(&mut self, table: &Table, field: &str) -> Option<Found<Vec<Found<String>>>> {
        let value = self.required(table, field)?;
        let (at, path) = (value.span().start, table.path_to(field));
        let Some(values) = value.get_ref().as_array() else {
            self.problem(at, path, "must be a list of texts");
            return None;
        };
        let mut texts = Vec::new();
        for (place, value) in values.iter().enumerate() {
            texts.extend(self.string_at(value, format!("{path}[{}]", place + 1)));
        }
        (texts.len() == values.len()).then_some(Found { value: texts, at, path })
    }

    /// Whether a text can be shown: not empty, not endless, and without control characters.
    pub(super) fn check_words(&mut self, found: &Found<String>) -> bool {
        let message = if found.value.trim().is_empty() {
            "must not be empty"
        } else if found.value.chars().count() > MOST_CHARS {
            "must have at most 500 characters"
        } else if found.value.chars().any(char::is_control) {
            "must stand on one line, without control characters"
        } else {
            return true;
        };
        self.wrong(found, message);
        false
    }

    fn required<'d>(&mut self, table: &Table<'d>, field: &str) -> Option<&'d Spanned<DeValue<'d>>> {
        let value = table.get(field);
        if value.is_none() {
            self.problem(table.at, table.path_to(field), "is missing");
        }
        value
    }

    fn string_at(&mut self, value: &Spanned<DeValue>, path: String) -> Option<Found<String>> {
        let at = value.span().start;
        let Some(text) = value.get_ref().as_str() else {
            self.problem(at, path, "must be a text in quotation marks");
            return None;
        };
        Some(Found { value: text.to_owned(), at, path })
    }
}
