//! Period and filters of a page about a survey as its form shows them: what was chosen or typed, and what is wrong with it.

use serde::Serialize;

use super::sentence;
use crate::domain::reader::FieldProblem;
use crate::service::desk::FilterField;
use crate::service::desk::scope::Asked;

/// The form.
#[derive(Serialize)]
pub(super) struct Filters {
    fields: Vec<ShownField>,
    /// The first and the last of own dates.
    days: Vec<DayField>,
    own: bool,
    problems: Vec<Told>,
}

/// A filter, with what is wrong with it.
#[derive(Serialize)]
struct ShownField {
    #[serde(flatten)]
    field: FilterField,
    error: String,
}

/// An end of own dates.
#[derive(Serialize)]
struct DayField {
    name: &'static str,
    label: &'static str,
    /// What kind of input takes its value.
    kind: &'static str,
    value: String,
    error: String,
}

/// A problem in the list at the top, with the field that it leads to; empty where there is none.
#[derive(Serialize)]
struct Told {
    field: String,
    words: String,
}

impl Filters {
    /// The form of what an address asks for.
    pub(super) fn of(asked: &Asked, fields: Vec<FilterField>) -> Self {
        Self {
            fields: fields.into_iter().map(|field| ShownField { field, error: String::new() }).collect(),
            days: days(asked),
            own: asked.is_own(),
            problems: Vec::new(),
        }
    }

    /// Says what is wrong, in the list at the top and at its field.
    pub(super) fn tell(&mut self, problems: &[FieldProblem]) {
        for one in problems {
            let name = one.pointer.trim_start_matches('?');
            let words = sentence(&one.message);
            let filter = self.fields.iter_mut().find(|shown| shown.field.name == name);
            let filter = filter.map(|shown| (shown.field.label, &mut shown.error));
            let day = self.days.iter_mut().find(|day| day.name == name);
            let label = match filter.or_else(|| day.map(|day| (day.label, &mut day.error))) {
                Some((label, error)) => {
                    error.clone_from(&words);
                    Some(label)
                }
                None => None,
            };
            self.problems.push(match label {
                Some(label) => Told { field: name.to_owned(), words: format!("{label}: {}", one.message) },
                None => Told { field: String::new(), words },
            });
        }
    }
}

/// The ends of own dates as they were typed, also where that is no day.
fn days(asked: &Asked) -> Vec<DayField> {
    let field = |name, label, text: &Option<String>| {
        let value = text.clone().unwrap_or_default();
        DayField { name, label, kind: day_kind(&value), value, error: String::new() }
    };
    vec![field("from", "First day", &asked.from), field("until", "Last day", &asked.until)]
}

/// The kind of input that shows what was typed: inputs for days are empty where it is none.
pub(super) fn day_kind(text: &str) -> &'static str {
    if text.is_empty() || text.parse::<jiff::civil::Date>().is_ok() { "date" } else { "text" }
}
