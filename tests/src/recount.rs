//! Recounts a season's answers by hand: what a report must say, from nothing but what customers chose.
//!
//! Plain sums over plain maps, so that no line of the service's arithmetic is used to check itself.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use survey_forms::instrument::{EmptyKind, Instrument, Item, shipped_source};

use crate::json::at;
use crate::season::{Told, Went};

/// The shipped instrument as a survey of quick or standard length asks it, for the names of items, scales and
/// set-apart choices.
pub fn instrument() -> Instrument {
    let source = shipped_source("perceived-quality").expect("it is shipped");
    Instrument::parse(source).expect("it is sound").without_looking_back()
}

/// What was chosen for one item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemCount {
    /// Count by code.
    pub histogram: BTreeMap<String, u64>,
    /// Left open.
    pub skipped: u64,
    /// The set-apart choice.
    pub apart: u64,
    /// Never shown to a person who sent at least one page.
    pub not_shown: u64,
}

impl ItemCount {
    /// Answers on the scale.
    pub fn n(&self) -> u64 {
        self.histogram.values().sum()
    }

    /// Their mean.
    pub fn mean(&self) -> f64 {
        let sum: u64 = self.histogram.iter().map(|(code, n)| code.parse::<u64>().expect("a code") * n).sum();
        sum as f64 / self.n() as f64
    }
}

/// Counts one item over these people.
pub fn count<'t>(item: &str, people: impl IntoIterator<Item = &'t Told>) -> ItemCount {
    let mut count = ItemCount::default();
    for told in people {
        match told.answers.get(item).map(String::as_str) {
            None => count.not_shown += 1,
            Some("") => count.skipped += 1,
            Some("na") => count.apart += 1,
            Some(code) => *count.histogram.entry(code.to_owned()).or_default() += 1,
        }
    }
    count
}

/// Compares every item of a report's shape with a recount over these people.
#[track_caller]
pub fn assert_items(shape: &Value, people: &[&Told]) {
    for item in instrument().items() {
        let counted = count(&item.key, people.iter().copied());
        let shown = at(shape, &format!("/items/{}", item.key));
        assert_eq!(shown_histogram(shown), counted.histogram, "{}", item.key);
        let (not_applicable, dont_know) = match item.empty {
            Some(EmptyKind::NotApplicable) => (counted.apart, 0),
            Some(EmptyKind::DontKnow) => (0, counted.apart),
            None => (0, 0),
        };
        let expected = json!([counted.n(), counted.skipped, not_applicable, dont_know, counted.not_shown]);
        let fields = ["n", "skipped", "not_applicable", "dont_know", "not_shown"];
        assert_eq!(json!(fields.map(|field| at(shown, &format!("/{field}")))), expected, "{}", item.key);
        if counted.n() > 0 {
            assert_close(shown, "/mean/value", counted.mean());
        }
    }
}

fn shown_histogram(item: &Value) -> BTreeMap<String, u64> {
    let all = at(item, "/histogram").as_object().expect("a histogram").iter();
    all.map(|(code, n)| (code.clone(), n.as_u64().expect("a count"))).filter(|(_, n)| *n > 0).collect()
}

/// The score of a dimension as defined: 100 (mean of item means - min) / (max - min). None when an item has
/// no answer at all.
pub fn score(items: &[&Item], people: &[&Told]) -> Option<f64> {
    let mut of_items = Vec::new();
    for item in items {
        let counted = count(&item.key, people.iter().copied());
        if counted.n() == 0 {
            return None;
        }
        let (min, max) = (f64::from(item.scale.min), f64::from(item.scale.max));
        of_items.push(100.0 * (counted.mean() - min) / (max - min));
    }
    Some(of_items.iter().sum::<f64>() / of_items.len() as f64)
}

/// Those who sent all pages.
pub fn finished(season: &[Told]) -> Vec<&Told> {
    season.iter().filter(|told| told.went == Went::Through).collect()
}

/// Compares a number of a report up to rounding.
#[track_caller]
pub fn assert_close(value: &Value, pointer: &str, expected: f64) {
    let shown = crate::json::number(value, pointer);
    assert!((shown - expected).abs() < 1e-9, "{pointer} is {shown}, a recount gives {expected}");
}
