//! Rows as Parquet: the dictionary becomes columns with their meaning in the metadata.
//!
//! A column of an item holds codes of its scale and nothing else, so that a mean over it is right; which of the four states
//! stands in place of an answer is said by a column of words beside it, `…__state`.

use serde_json::json;

use super::columns::Columns;
use super::values::Value;
use crate::files::dictionary::{Dictionary, EMPTY_STATES, Field, Kind as Held};
use crate::files::parquet::{Cell, Column, File, Kind};
use crate::service::{Error, Result};

/// Columns of free text; all other texts are words out of a few.
const FREE: [&str; 3] = ["response_id", "comment", "seconds_per_page"];

/// A file under way.
pub struct Parquet {
    file: File,
    /// Whether the column of the dictionary at this place is an item, which takes two columns of the file.
    is_item: Vec<bool>,
}

impl Parquet {
    /// Prepares the columns of a dictionary; `asked` are the filters, `up_to` the last position of the log.
    pub fn new(
        dictionary: &Dictionary,
        columns: &Columns,
        asked: &[(&str, &str)],
        up_to: i64,
    ) -> Result<Self> {
        let is_item = |field: &Field| matches!(field.kind, Held::Code { .. });
        let made: Vec<Column> =
            dictionary.fields.iter().flat_map(|field| columns_of(field, columns, dictionary)).collect();
        Ok(Self {
            file: File::new(&made, notes(dictionary, asked, up_to)).map_err(broken)?,
            is_item: dictionary.fields.iter().map(is_item).collect(),
        })
    }

    /// Appends a row.
    pub fn row(&mut self, row: &[Value<'_>]) {
        let Self { file, is_item } = self;
        let cells = row.iter().zip(is_item.iter()).flat_map(|(value, is_item)| {
            let (cell, state) = if *is_item { item(value) } else { (cell(value), Cell::Missing) };
            std::iter::once(cell).chain(is_item.then_some(state))
        });
        file.row(cells);
    }

    /// The bytes that are ready, which may be none.
    pub fn take(&mut self, out: &mut Vec<u8>) -> Result<()> {
        out.extend(self.file.take().map_err(broken)?);
        Ok(())
    }

    /// Appends the end.
    pub fn end(&mut self, out: &mut Vec<u8>) -> Result<()> {
        out.extend(self.file.end().map_err(broken)?);
        Ok(())
    }
}

/// What is said of the whole file.
fn notes(dictionary: &Dictionary, asked: &[(&str, &str)], up_to: i64) -> Vec<(String, String)> {
    let filters: serde_json::Map<String, serde_json::Value> =
        asked.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
    [
        ("laatu.survey", dictionary.survey.clone()),
        ("laatu.instrument", dictionary.instrument.clone()),
        ("laatu.instrument_version", dictionary.version.to_string()),
        ("laatu.title", dictionary.title.clone()),
        ("laatu.labels", dictionary.language.clone()),
        ("laatu.filters", serde_json::Value::Object(filters).to_string()),
        ("laatu.last_position", up_to.to_string()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into()
}

/// The columns of a field: one, and for an item one more for its states.
fn columns_of(field: &Field, columns: &Columns, dictionary: &Dictionary) -> Vec<Column> {
    let is_free =
        FREE.contains(&field.name.as_str()) || columns.texts.iter().any(|text| text.column == field.name);
    let kind = match field.kind {
        Held::Text if is_free => Kind::Text,
        Held::Text => Kind::Word,
        Held::Integer => Kind::Number,
        Held::Date => Kind::Day,
        Held::Instant => Kind::Instant,
        Held::Truth => Kind::Truth,
        Held::Code { .. } => Kind::Code,
    };
    let main = Column { name: field.name.clone(), kind, notes: described(field) };
    if kind != Kind::Code {
        return vec![main];
    }
    let mut name = format!("{}__state", field.name);
    while dictionary.fields.iter().any(|other| other.name == name) {
        name.push('_');
    }
    let states: Vec<String> =
        EMPTY_STATES.iter().map(|state| format!("{} = {}", state.word, state.meaning)).collect();
    let label = format!("why {} has no answer; empty where it has one", field.name);
    let notes = vec![("label", label), ("values", states.join("; "))];
    vec![main, Column { name, kind: Kind::Word, notes }]
}

/// The meaning of a field, as far as there is something to say.
fn described(field: &Field) -> Vec<(&'static str, String)> {
    let mut notes = vec![("label", field.label.clone()), ("kind", field.kind.word().to_owned())];
    if let Held::Code { min, max } = field.kind {
        let is_state = |value: &str| EMPTY_STATES.iter().any(|state| state.word == value);
        let labels: serde_json::Map<String, serde_json::Value> = field
            .values
            .iter()
            .filter(|(value, _)| !is_state(value))
            .map(|(value, label)| (value.clone(), json!(label)))
            .collect();
        notes.extend([
            ("min", min.to_string()),
            ("max", max.to_string()),
            ("reversed", field.reversed.to_string()),
            ("values", serde_json::Value::Object(labels).to_string()),
        ]);
    }
    let more = [("dimension", &field.dimension), ("facet", &field.facet), ("outcome", &field.outcome)];
    notes.extend(more.into_iter().filter_map(|(name, value)| Some((name, value.clone()?))));
    notes
}

/// An item's code, and the word of its state where it has none.
fn item<'v>(value: &Value<'_>) -> (Cell<'v>, Cell<'v>) {
    let Value::Number(code) = value else { return (Cell::Missing, Cell::Missing) };
    match EMPTY_STATES.iter().find(|state| i64::from(state.code) == *code) {
        Some(state) => (Cell::Missing, Cell::Text(state.word)),
        None => (Cell::Number(*code), Cell::Missing),
    }
}

fn cell<'v>(value: &'v Value<'_>) -> Cell<'v> {
    match value {
        Value::Missing => Cell::Missing,
        Value::Text(text) => Cell::Text(text),
        Value::Number(number) => Cell::Number(*number),
        Value::Day(day) => Cell::Day(*day),
        Value::Instant(micros) => Cell::Instant(*micros),
        Value::Truth(is) => Cell::Truth(*is),
    }
}

fn broken(error: impl std::fmt::Display) -> Error {
    Error::Broken(error.to_string())
}
