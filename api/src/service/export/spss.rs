//! Rows as an SPSS system file: the dictionary becomes variables, texts are as wide as the longest of them.

use super::values::Value;
use crate::domain::Micros;
use crate::domain::time::SECOND;
use crate::files::dictionary::{Dictionary, EMPTY_STATES, Field, Kind as Held};
use crate::files::sav::{EPOCH, Kind, LONGEST_TEXT, Measure, Packer, Value as Cell, Variable, head};

/// A system file under way: first all rows are measured, then written.
pub struct Spss {
    variables: Vec<Variable>,
    title: String,
    /// Day and time as the format writes them.
    made: (String, String),
    packer: Packer,
}

impl Spss {
    /// Prepares the variables of a dictionary.
    pub fn new(dictionary: &Dictionary, now: Micros) -> Self {
        let now = now.timestamp().to_zoned(jiff::tz::TimeZone::UTC);
        Self {
            variables: dictionary.fields.iter().map(variable).collect(),
            title: format!(
                "{} ({}, version {})",
                dictionary.title, dictionary.instrument, dictionary.version
            ),
            made: (now.strftime("%d %b %y").to_string(), now.strftime("%H:%M:%S").to_string()),
            packer: Packer::default(),
        }
    }

    /// Widens texts to those of a row.
    pub fn measure(&mut self, row: &[Value<'_>]) {
        for (variable, value) in self.variables.iter_mut().zip(row) {
            if let (Kind::Text(width), Value::Text(text)) = (&mut variable.kind, value) {
                *width = (*width).max(text.len()).min(LONGEST_TEXT);
            }
        }
    }

    /// Appends everything before the rows.
    pub fn head(&mut self, out: &mut Vec<u8>) {
        let (day, time) = &self.made;
        out.extend(head(&self.variables, &self.title, (day, time)));
    }

    /// Appends a row.
    pub fn row(&mut self, row: &[Value<'_>], out: &mut Vec<u8>) {
        let Self { variables, packer, .. } = self;
        packer.row(variables.iter().zip(row).map(|(variable, value)| (variable.kind, cell(value))), out);
    }

    /// Appends the end.
    pub fn end(&mut self, out: &mut Vec<u8>) {
        self.packer.end(out);
    }
}

fn variable(field: &Field) -> Variable {
    let yes_or_no = || vec![(0, "no".to_owned()), (1, "yes".to_owned())];
    let (kind, labels, missing, measure) = match field.kind {
        Held::Text => (Kind::Text(1), Vec::new(), None, Measure::Nominal),
        Held::Integer => (Kind::Number, Vec::new(), None, Measure::Scale),
        Held::Date => (Kind::Day, Vec::new(), None, Measure::Scale),
        Held::Instant => (Kind::Instant, Vec::new(), None, Measure::Scale),
        Held::Truth => (Kind::Number, yes_or_no(), None, Measure::Nominal),
        Held::Code { .. } => {
            let lowest = EMPTY_STATES.iter().map(|state| i32::from(state.code)).min();
            (Kind::Number, labels(field), lowest.map(|lowest| (lowest, -1)), Measure::Ordinal)
        }
    };
    Variable { name: field.name.clone(), label: field.label.clone(), kind, labels, missing, measure }
}

/// Labels of codes, and of the four states by their negative codes.
fn labels(field: &Field) -> Vec<(i32, String)> {
    let code = |value: &str| {
        let state = EMPTY_STATES.iter().find(|state| state.word == value).map(|state| i32::from(state.code));
        state.or_else(|| value.parse().ok())
    };
    let is_state = |value: &str| EMPTY_STATES.iter().any(|state| state.word == value);
    let label = |value: &str, label: &str| {
        if is_state(value) { value.replace('_', " ") } else { label.to_owned() }
    };
    field.values.iter().filter_map(|(value, words)| Some((code(value)?, label(value, words)))).collect()
}

/// Days and instants in the format's seconds; exact to the microsecond's rounding in a double.
fn cell<'v>(value: &'v Value<'_>) -> Cell<'v> {
    match value {
        Value::Missing => Cell::Missing,
        Value::Text(text) => Cell::Text(text),
        Value::Number(number) => Cell::Number(*number as f64),
        Value::Day(day) => Cell::Number(f64::from(*day) * 86_400.0 + EPOCH),
        Value::Instant(micros) => Cell::Number(*micros as f64 / SECOND as f64 + EPOCH),
        Value::Truth(is) => Cell::Number(f64::from(u8::from(*is))),
    }
}
