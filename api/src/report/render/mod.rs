//! Renderings of a finished report: JSON, a table for a terminal, one page for a browser.
//!
//! They put figures into words and marks and compute nothing: what a report does not say, no rendering says.

mod between;
mod brief;
mod expectation;
mod finding;
mod html;
mod json;
mod page;
mod pair;
mod split;
mod text;
pub mod told;
mod unbroken;
mod wording;

#[cfg(test)]
mod whole_tests;

use std::collections::BTreeMap;

use thiserror::Error;

/// The style sheet of reports, which other pages of the service build on.
pub const STYLE: &str = include_str!("report.css");

pub use between::Between;
pub use expectation::{Expectation, Verdict, expectations};
pub use finding::{Entry, clearly_low, lowest_first, with_range};
pub use html::html;
pub use json::{json_compact, json_flat};
pub use page::desk::{Closed, Drawn, Given, Part, Stretch, View, part};
pub use page::{TrendNote, trend_flags};
pub use pair::Pair;
pub use text::text;
pub use wording::{Rounded, Unit, decimals, decimals_apart};

/// The words around the numbers, in the reader's language where they name things.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// What the report is about, such as "How was our service?".
    pub title: String,
    /// Whose report it is; empty when nobody's.
    pub organisation: String,
    /// The scope in words: period, filters.
    pub scope: Vec<String>,
    /// Names of dimensions by key; a key without one stands for itself.
    pub dimension_names: BTreeMap<String, String>,
    /// The dimension that says what was expected of another, by the other's key.
    pub expected_by: BTreeMap<String, String>,
    /// Question texts by item key.
    pub item_texts: BTreeMap<String, String>,
    /// What the lowest and the highest code of an item are called, by item key.
    pub item_ends: BTreeMap<String, (String, String)>,
    /// Names of the levels of each comparison: comparison, level, name.
    pub level_names: BTreeMap<String, BTreeMap<String, String>>,
    /// When and by what the report was made; empty leaves it out.
    pub generated: String,
}

impl Words {
    fn dimension<'a>(&'a self, key: &'a str) -> &'a str {
        self.dimension_names.get(key).map_or(key, String::as_str)
    }

    fn item<'a>(&'a self, key: &'a str) -> &'a str {
        self.item_texts.get(key).map_or(key, String::as_str)
    }

    fn level<'a>(&'a self, comparison: &str, level: &'a str) -> &'a str {
        let names = self.level_names.get(comparison);
        names.and_then(|names| names.get(level)).map_or(level, String::as_str)
    }
}

/// Why a report could not be written.
#[derive(Debug, Error)]
pub enum RenderError {
    /// The tree of figures could not be serialised.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// The page template is broken.
    #[error("{0}")]
    Template(String),
    /// The page template could not be filled.
    #[error(transparent)]
    Fill(#[from] handlebars::RenderError),
}
