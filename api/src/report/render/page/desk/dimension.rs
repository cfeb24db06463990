//! The dimensions: all of them as a list, and one with its questions, their distributions and its trend.

use serde::Serialize;
use serde_json::Value;

use super::change::{Change, change};
use super::line::{Lines, of_dimension};
use super::overview::{Row as DimensionRow, rows};
use super::{Given, Part, headline, made, window};
use crate::report::charts::{Caption, Share, Size, diverging};
use crate::report::render::RenderError;
use crate::report::render::finding::Entry;
use crate::report::render::page::chart::{Chart, ChartFile};
use crate::report::render::page::dimensions::{Dimensions, dimensions};
use crate::report::render::page::items::{histogram, sentence};
use crate::report::render::split::entries;
use crate::report::render::told;
use crate::report::render::wording::{Said, Unit, capital, count, spaced};

#[derive(Serialize)]
struct All<'a> {
    dimensions: Option<Dimensions>,
    rows: Vec<DimensionRow<'a>>,
    has_before: bool,
    base: &'a str,
    query: &'a str,
}

/// Every dimension.
pub(super) fn all(given: &Given<'_>, known: &[Entry<'_>]) -> Result<Part, RenderError> {
    let dimensions = dimensions(&given.report.total, given.words, known, window(given.report));
    let has_before = given.before.is_some();
    let view = All { dimensions, rows: rows(given), has_before, base: given.base, query: given.query };
    made(given, headline(known), "desk-dimensions", &view)
}

#[derive(Serialize)]
struct One<'a> {
    value: String,
    likely: String,
    people: String,
    change: String,
    change_range: String,
    verdict: &'static str,
    is_worse: bool,
    has_before: bool,
    items: Vec<Item>,
    lines: Option<Lines>,
    levels: Vec<Split>,
    /// Why some of their scores are left out; empty where none is.
    levels_note: String,
    base: &'a str,
    query: &'a str,
}

/// A question with its distribution.
#[derive(Serialize)]
struct Item {
    text: String,
    words: String,
    chart: Option<Chart>,
    codes: Vec<Counted>,
    beside: Vec<Counted>,
}

#[derive(Serialize)]
struct Counted {
    code: String,
    n: String,
    exact: u64,
    share: String,
}

/// The dimension by channel and the like.
#[derive(Serialize)]
struct Split {
    name: String,
    rows: Vec<Level>,
    note: String,
}

#[derive(Serialize)]
struct Level {
    name: String,
    value: String,
    range: String,
    n: String,
}

/// One dimension.
pub(super) fn one(given: &Given<'_>, key: &str) -> Result<Part, RenderError> {
    let total = &given.report.total;
    let name = given.words.dimension(key);
    let now = told::score(total, key);
    let said = Said::of(now.as_ref(), Unit::SCORE, 0);
    let before = given.before.map(|report| told::score(&report.total, key));
    let moved = before.as_ref().map(|before| change(now.as_ref(), before.as_ref()));
    let headline = sentence_of(name, &said, moved.as_ref());
    let moved_or = |read: fn(&Change) -> String| moved.as_ref().map(read).unwrap_or_default();
    let month = given.beside.iter().find(|report| report.by.contains_key("month"));
    let splits = splits(given, key);
    let view = One {
        value: said.value.clone(),
        likely: if said.known { said.likely() } else { capital(&said.range) },
        people: said.people().trim_start_matches(", ").to_owned(),
        change: moved_or(|moved| moved.big.clone()),
        change_range: moved_or(|moved| {
            if moved.big.is_empty() { capital(&moved.range) } else { moved.range.clone() }
        }),
        verdict: moved.as_ref().map_or("", |moved| moved.verdict),
        is_worse: moved.as_ref().is_some_and(|moved| moved.is_worse),
        has_before: given.before.is_some(),
        items: total.items_of(key).into_iter().filter_map(|item| of_item(given, item)).collect(),
        lines: month.and_then(|report| of_dimension(given, report, key, name)),
        levels_note: splits
            .iter()
            .map(|split| &split.note)
            .find(|note| !note.is_empty())
            .cloned()
            .unwrap_or_default(),
        levels: splits,
        base: given.base,
        query: given.query,
    };
    made(given, headline, "desk-dimension", &view)
}

fn sentence_of(name: &str, said: &Said, moved: Option<&Change>) -> String {
    if !said.known {
        return format!("{name}: {}", said.range);
    }
    let level = format!("{name}: {} of 100", said.likely());
    match moved.map(|moved| moved.verdict) {
        Some("Lower than before") => format!("{level}, lower than before"),
        Some("Higher than before") => format!("{level}, higher than before"),
        Some("No clear change") => format!("{level}, no clear change"),
        _ => level,
    }
}

fn of_item(given: &Given<'_>, key: &str) -> Option<Item> {
    let total = &given.report.total;
    let tree = total.items.get(key)?;
    let text = given.words.item(key).to_owned();
    let mean = Said::of(total.item(key, "mean").as_ref(), Unit::CODES, 1);
    if !mean.known {
        let words = sentence(&mean.range);
        return Some(Item { text, words, chart: None, codes: Vec::new(), beside: Vec::new() });
    }
    let counts = histogram(tree);
    let total: u64 = counts.iter().map(|(_, n)| n).sum();
    let shares: Vec<Share> = counts.iter().map(|(code, n)| Share { code: code.clone(), n: *n }).collect();
    let ends = given.words.item_ends.get(key);
    let named = |place: usize, code: &str| match ends {
        Some((low, _)) if place == 0 => format!("{code} ({low})"),
        Some((_, high)) if place + 1 == counts.len() => format!("{code} ({high})"),
        _ => code.to_owned(),
    };
    let told: Vec<String> =
        counts.iter().enumerate().map(|(place, (code, n))| format!("{}: {n}", named(place, code))).collect();
    let (id, description) = (format!("spread-{}", super::super::comparison::slug(key)), told.join("; "));
    let off = tree.get("not_applicable").and_then(Value::as_u64).unwrap_or(0);
    let chart = Chart::of(|size: Size| {
        let caption = Caption { id: &id, title: &text, description: &description };
        let ends = ends.map(|(low, high)| (low.as_str(), high.as_str()));
        diverging(caption, &shares, ends, Some(("Does not apply", off)), size)
    });
    let beside = beside(tree);
    let state = |one: &Counted| vec![one.code.clone(), one.exact.to_string()];
    let values = counts.iter().map(|(code, n)| vec![code.clone(), n.to_string()]);
    let values = values.chain(beside.iter().map(state)).collect();
    let chart = chart.with(ChartFile::of(&id, &["code", "answers"], values));
    let share =
        |n: u64| if total > 0 { format!("{:.0} %", n as f64 / total as f64 * 100.0) } else { String::new() };
    let codes = counts.iter().enumerate().map(|(place, (code, n))| Counted {
        code: named(place, code),
        n: count(*n),
        exact: *n,
        share: share(*n),
    });
    Some(Item {
        words: format!("Mean {} ({}), {} answers", mean.value, mean.range, mean.n),
        chart: Some(chart),
        codes: codes.collect(),
        beside,
        text: text.clone(),
    })
}

/// Who gave no rating, by why.
fn beside(tree: &Value) -> Vec<Counted> {
    let states = [
        ("not_applicable", "Does not apply"),
        ("dont_know", "Do not know"),
        ("skipped", "Left open"),
        ("not_shown", "Not asked"),
    ];
    let state = |(key, name): (&str, &str)| {
        let n = tree.get(key).and_then(Value::as_u64).filter(|n| *n > 0)?;
        Some(Counted { code: name.to_owned(), n: count(n), exact: n, share: String::new() })
    };
    states.into_iter().filter_map(state).collect()
}

fn splits(given: &Given<'_>, key: &str) -> Vec<Split> {
    let split = |name: &'static str| {
        let levels = given.beside.iter().find_map(|report| report.by.get(name))?;
        let entries = entries(levels, given.words, name, |shape| told::score(shape, key));
        let row = |entry: &Entry<'_>| {
            let said = Said::of(entry.reading.as_ref(), Unit::SCORE, 0);
            Level { name: entry.name.to_owned(), value: said.value, range: said.range, n: said.n }
        };
        let note = told::note(entries.iter().map(|entry| &entry.reading));
        let rows: Vec<Level> = entries.iter().map(row).collect();
        (rows.len() > 1).then(|| Split { name: capital(&spaced(name)), rows, note })
    };
    ["contact_channel", "channel"].into_iter().filter_map(split).collect()
}
