//! The items: what was answered to each question, as a bar of the whole with its mean beside it.

use std::fmt::Write as _;

use serde::Serialize;
use serde_json::Value;

use super::Words;
use crate::report::Shape;
use crate::report::charts::{Caption, bars};
use crate::report::render::wording::{Said, Unit, count};

/// Items of one dimension, or those in none.
#[derive(Debug, Serialize)]
pub(super) struct Group {
    name: String,
    items: Vec<Item>,
}

#[derive(Debug, Serialize)]
struct Item {
    text: String,
    /// Mean, range and answers, or why they are not shown.
    words: String,
    svg: String,
}

/// The four states without an answer, as they are told.
const EMPTY: [(&str, &str); 4] = [
    ("not_applicable", "does not apply"),
    ("dont_know", "do not know"),
    ("skipped", "left open"),
    ("not_shown", "not asked"),
];

/// All items by dimension, in the order of the layout.
pub(super) fn groups(shape: &Shape, words: &Words) -> Vec<Group> {
    let mut placed = Vec::new();
    let mut groups = Vec::new();
    for key in shape.dimensions.keys() {
        let items = shape.items_of(key);
        placed.extend(items.clone());
        groups.push(group(words.dimension(key), &items, shape, words));
    }
    let rest: Vec<&str> =
        shape.items.keys().map(String::as_str).filter(|key| !placed.contains(key)).collect();
    groups.push(group("Outcome questions", &rest, shape, words));
    groups.retain(|group| !group.items.is_empty());
    groups
}

fn group(name: &str, keys: &[&str], shape: &Shape, words: &Words) -> Group {
    let items = keys.iter().filter_map(|key| Some(item(key, shape.items.get(*key)?, shape, words))).collect();
    Group { name: name.to_owned(), items }
}

fn item(key: &str, tree: &Value, shape: &Shape, words: &Words) -> Item {
    let mean = Said::of(shape.item(key, "mean").as_ref(), Unit::CODES, 1);
    let text = words.item(key).to_owned();
    if !mean.known {
        return Item { text, words: sentence(&mean.range), svg: String::new() };
    }
    let counts = histogram(tree);
    let told: Vec<String> = counts.iter().map(|(code, n)| format!("code {code}: {n}")).collect();
    let description = told.join("; ");
    let id = format!("item-{}", key.replace(|c: char| !c.is_alphanumeric(), "-"));
    let svg = bars(Caption { id: &id, title: &text, description: &description }, &counts);
    let said = format!("Mean {}, likely {}; {} answers{}", mean.value, mean.range, mean.n, empty(tree));
    Item { words: said, svg, text }
}

pub(super) fn histogram(tree: &Value) -> Vec<(String, u64)> {
    let counts = tree.get("histogram").and_then(Value::as_object);
    let count = |(code, n): (&String, &Value)| (code.clone(), n.as_u64().unwrap_or(0));
    counts.map_or_else(Vec::new, |counts| counts.iter().map(count).collect())
}

pub(super) fn empty(tree: &Value) -> String {
    let mut told = String::new();
    for (key, words) in EMPTY {
        match tree.get(key).and_then(Value::as_u64) {
            Some(n) if n > 0 => {
                let _ = write!(told, "; {} {words}", count(n));
            }
            _ => {}
        }
    }
    told
}

/// A reason as a sentence of its own.
pub(super) fn sentence(reason: &str) -> String {
    let mut letters = reason.chars();
    let start: String = letters.next().map(|first| first.to_uppercase().collect()).unwrap_or_default();
    if reason.starts_with("fewer than") {
        return format!("{start}{}; nothing is shown, to protect them.", letters.as_str());
    }
    format!("{start}{}.", letters.as_str())
}
