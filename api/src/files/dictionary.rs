//! The data dictionary: what each column of the responses holds. One model, from which every format takes its own.
//!
//! Made by `service::export::dictionary` from the questionnaire; written as CSV and JSON here, as Frictionless table
//! schema and CSVW in `bundle::describe`, as labels in `sav` and as a sheet in `report_xlsx`.

use serde::Serialize;

use super::csv::Dialect;

/// What kind of values a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Words.
    Text,
    /// Whole numbers.
    Integer,
    /// A day.
    Date,
    /// An instant, UTC.
    Instant,
    /// `true` or `false`.
    Truth,
    /// A code of a scale, or one of the four words for no answer.
    Code {
        /// Lowest code.
        min: u8,
        /// Highest code.
        max: u8,
    },
}

/// One column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Its name in the file.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// The question that was asked, or what the column means.
    pub label: String,
    /// What each code or word stands for, as it is written in the file.
    pub values: Vec<(String, String)>,
    /// The dimension that an item counts for.
    pub dimension: Option<String>,
    /// The facet of that dimension.
    pub facet: Option<String>,
    /// What the item measures where it is an outcome: `overall`, `nps`, `csat` or `ces`.
    pub outcome: Option<String>,
    /// Whether a high code is a bad mark; the file holds the code as it was answered.
    pub reversed: bool,
    /// Whether every row has a value.
    pub required: bool,
}

/// A state of an item that is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EmptyState {
    /// Its word in text formats.
    pub word: &'static str,
    /// Its code where a format knows only numbers.
    pub code: i8,
    /// What it says.
    pub meaning: &'static str,
}

/// The four states that are no answers, with codes that no scale has.
pub const EMPTY_STATES: [EmptyState; 4] = [
    EmptyState {
        word: "not_applicable",
        code: -1,
        meaning: "the customer said that the question does not apply",
    },
    EmptyState { word: "dont_know", code: -2, meaning: "the customer said that they cannot say" },
    EmptyState { word: "skipped", code: -3, meaning: "shown and left open" },
    EmptyState { word: "not_shown", code: -4, meaning: "not part of what this customer was asked" },
];

/// The columns of a survey's responses.
#[derive(Clone, Debug, Serialize)]
pub struct Dictionary {
    /// Key of the survey.
    pub survey: String,
    /// Key of the instrument.
    pub instrument: String,
    /// Its version.
    pub version: i32,
    /// What the questionnaire is called.
    pub title: String,
    /// Language of questions and labels.
    pub language: String,
    /// The columns, in the order of the file.
    pub fields: Vec<Field>,
}

impl Kind {
    /// Its word in the dictionary's files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Date => "date",
            Self::Instant => "instant",
            Self::Truth => "truth",
            Self::Code { .. } => "code",
        }
    }
}

/// The columns of [`Dictionary::rows`].
pub const COLUMNS: [&str; 10] =
    ["column", "kind", "label", "min", "max", "reversed", "dimension", "facet", "outcome", "values"];

impl Dictionary {
    /// The dictionary as a table of texts: one row for each column of the data.
    pub fn rows(&self) -> impl Iterator<Item = [String; COLUMNS.len()]> {
        self.fields.iter().map(|field| {
            let (min, max) = match field.kind {
                Kind::Code { min, max } => (min.to_string(), max.to_string()),
                _ => (String::new(), String::new()),
            };
            let values: Vec<String> =
                field.values.iter().map(|(value, label)| format!("{value} = {label}")).collect();
            let is_item = matches!(field.kind, Kind::Code { .. });
            [
                field.name.clone(),
                field.kind.word().to_owned(),
                field.label.clone(),
                min,
                max,
                if is_item { field.reversed.to_string() } else { String::new() },
                field.dimension.clone().unwrap_or_default(),
                field.facet.clone().unwrap_or_default(),
                field.outcome.clone().unwrap_or_default(),
                values.join("; "),
            ]
        })
    }

    /// The same as comma-separated values, exact.
    pub fn csv(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut line = |fields: &[String]| {
            for (place, field) in fields.iter().enumerate() {
                if place > 0 {
                    out.push(b',');
                }
                Dialect::EXACT.text(field, &mut out);
            }
            out.extend_from_slice(b"\r\n");
        };
        line(&COLUMNS.map(str::to_owned));
        for row in self.rows() {
            line(&row);
        }
        out
    }
}
