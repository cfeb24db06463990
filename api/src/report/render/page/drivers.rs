//! What goes with the overall judgement: how much the dimensions account for together, and each one's part.

use serde::Serialize;
use serde_json::Value;

use super::Words;
use super::chart::{Chart, ChartFile};
use super::dimensions::told_words;
use super::importance::{Importance, importance};
use super::structure::coefficient;
use crate::report::charts::{Caption, DotRow, Size, Window, dots};
use crate::report::render::wording::{Said, Unit, capital, counted, number};
use crate::report::{Reading, Shape};

/// From how sure a first place on is said.
const SURE: f64 = 0.9;

/// The section of the drivers.
#[derive(Debug, Default, Serialize)]
pub(super) struct Drivers {
    sentence: String,
    /// Which dimension comes first, or that none does.
    first: String,
    caution: String,
    method: String,
    chart: Option<Chart>,
    table: Vec<Row>,
    maps: Vec<Importance>,
}

#[derive(Debug, Serialize)]
struct Row {
    name: String,
    part: String,
    range: String,
    r: String,
    weight: String,
    first: String,
    n: String,
}

/// One dimension and its part.
pub(in crate::report::render) struct Part<'a> {
    /// Its key.
    pub key: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its part of the differences.
    pub reading: Option<Reading<'a>>,
    tree: &'a Value,
}

/// The section, or nothing where no overall judgement was asked.
pub(super) fn drivers(shape: &Shape, words: &Words) -> Option<Drivers> {
    let tree = shape.drivers.as_ref()?;
    if let Some(sentence) = without_range(tree) {
        return Some(Drivers { sentence, ..Drivers::default() });
    }
    let parts = parts(tree, words);
    let text = |key: &str| tree.get(key).and_then(Value::as_str).map_or_else(String::new, capital);
    Some(Drivers {
        sentence: sentence(tree),
        first: first(&parts),
        caution: text("caution"),
        method: text("method"),
        chart: chart(&parts),
        table: parts.iter().map(|part| row(tree, part)).collect(),
        maps: importance(shape, words),
    })
}

/// What is said where so few answered everything that there is a value and no range: alone it would say more than is known.
pub(in crate::report::render) fn without_range(tree: &Value) -> Option<String> {
    let r2 = Reading::at(tree, &["r2"])?;
    let n = r2.n().filter(|_| r2.value().is_some() && r2.ci95().is_none())?;
    let people = counted(n, "person", "people");
    Some(format!(
        "What goes with the overall judgement cannot be said: only {people} answered all that it takes"
    ))
}

/// How much all dimensions account for together, as a sentence without its full stop.
pub(in crate::report::render) fn sentence(tree: &Value) -> String {
    let r2 = Reading::at(tree, &["r2"]);
    let said = Said::of(r2.as_ref(), Unit::SHARE, 0);
    if !said.known {
        return format!("What goes with the overall judgement cannot be said: {}", said.range);
    }
    format!(
        "Dimension scores together account for {} of the differences in the overall judgement{}",
        said.bracketed(" %"),
        said.people()
    )
}

/// The dimensions, the largest part first; those without one last.
pub(in crate::report::render) fn parts<'a>(tree: &'a Value, words: &'a Words) -> Vec<Part<'a>> {
    let shares = tree.get("lmg").and_then(Value::as_object).into_iter().flatten();
    let part = |(key, tree): (&'a String, &'a Value)| Part {
        key,
        name: words.dimension(key),
        reading: Reading::of(tree),
        tree,
    };
    let mut parts: Vec<Part<'a>> =
        shares.filter(|(key, _)| *key != "undefined" && *key != "n").map(part).collect();
    let value = |part: &Part<'_>| part.reading.as_ref().and_then(Reading::value).unwrap_or(f64::NEG_INFINITY);
    parts.sort_by(|a, b| value(b).total_cmp(&value(a)));
    parts
}

/// How sure it is that a dimension comes first.
fn first_probability(part: &Part<'_>) -> Option<f64> {
    let ranks = part.tree.get("rank_probability")?;
    ranks.as_array().or_else(|| ranks.get("value")?.as_array())?.first()?.as_f64()
}

fn first(parts: &[Part<'_>]) -> String {
    let sure = |part: &&Part<'_>| first_probability(part).is_some_and(|p| p >= SURE);
    match parts.iter().find(sure) {
        Some(part) => {
            let percent = first_probability(part).map_or_else(String::new, |p| percent(p.min(0.999)));
            format!("{} comes first with a probability of {percent}.", part.name)
        }
        None if parts.iter().any(|part| first_probability(part).is_some()) => {
            "Which of them comes first is not clear: the ranges overlap.".to_owned()
        }
        None => String::new(),
    }
}

/// A probability in whole per cent, above 99 with a decimal.
fn percent(p: f64) -> String {
    format!("{} %", number(p * 100.0, usize::from(p > 0.99)))
}

fn chart(parts: &[Part<'_>]) -> Option<Chart> {
    let ends =
        |part: &Part<'_>| part.reading.as_ref().and_then(|r| Some(r.ci95()?.1.max(r.value()?) * 100.0));
    if parts.iter().all(|part| part.reading.as_ref().is_none_or(|r| r.value().is_none())) {
        return None;
    }
    let window = Window::from_zero(parts.iter().filter_map(ends));
    let rows: Vec<DotRow> = parts.iter().map(dot_row).collect();
    let description = format!("Largest first. {}.", told_words(&rows));
    let title = "Part of the differences in the overall judgement that goes with each dimension, per cent";
    let figures = parts.iter().map(|part| (part.name.to_owned(), part.reading.clone()));
    let file = ChartFile::of_readings("drivers", "dimension", figures);
    Some(
        Chart::of(|size: Size| {
            dots(Caption { id: "drivers", title, description: &description }, &rows, window, size)
        })
        .with(file),
    )
}

fn dot_row(part: &Part<'_>) -> DotRow {
    let said = Said::of(part.reading.as_ref(), Unit::SHARE, 1);
    let mark = part.reading.as_ref().and_then(|reading| {
        let (low, high) = reading.ci95()?;
        Some((reading.value()? * 100.0, Some((low * 100.0, high * 100.0))))
    });
    DotRow {
        name: part.name.to_owned(),
        few: false,
        mark,
        n: said.n,
        value: if said.known { format!("{} %", said.value) } else { said.value },
        range: said.range,
        weak: false,
    }
}

fn row(tree: &Value, part: &Part<'_>) -> Row {
    let said = Said::of(part.reading.as_ref(), Unit::SHARE, 1);
    let weight = Said::of(Reading::at(tree, &["relative_weights", part.key]).as_ref(), Unit::SHARE, 1);
    let r = Reading::at(tree, &["r", part.key]);
    Row {
        name: part.name.to_owned(),
        part: said.value,
        range: said.range,
        r: r.as_ref().map_or_else(String::new, signed),
        weight: if weight.known { weight.bracketed("") } else { String::new() },
        first: first_probability(part).map_or_else(String::new, percent),
        n: said.n,
    }
}

/// A correlation with its sign, and its range where it has one.
fn signed(r: &Reading<'_>) -> String {
    let text = coefficient(r);
    if r.value().is_some_and(|value| value >= 0.005) { format!("+{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn parts_are_told_with_ranges_and_the_first_only_when_it_is_clear() {
        let part = |value: f64, first: f64| json!({"value": value, "n": 645, "ci95": [value - 0.03, value + 0.03], "rank_probability": [first, 1.0 - first]});
        let tree = json!({"r2": {"value": 0.58, "n": 645, "ci95": [0.52, 0.64]},
            "lmg": {"speed": part(0.2, 0.02), "care": part(0.38, 0.98)}, "r": {"care": {"value": -0.412, "n": 645}}});
        let words = Words::default();
        let parts = parts(&tree, &words);
        assert_eq!(parts.iter().map(|part| part.key).collect::<Vec<_>>(), ["care", "speed"]);
        assert_eq!(first(&parts), "care comes first with a probability of 98 %.");
        let said = "Dimension scores together account for 58 % (52 to 64) of the differences in the overall judgement, 645 people";
        assert_eq!(sentence(&tree), said);
        assert_eq!(row(&tree, &parts[0]).r, "\u{2212}0.41");
        assert!(chart(&parts).is_some());
    }

    #[test]
    fn a_value_without_a_range_is_not_told() {
        let tree = json!({"r2": {"value": 0.97, "n": 17}, "lmg": {"speed": {"value": 0.5, "n": 17}}});
        let shape = Shape { drivers: Some(tree), ..Shape::default() };
        let section = drivers(&shape, &Words::default()).unwrap();
        assert!(section.sentence.ends_with("cannot be said: only 17 people answered all that it takes"));
        assert!(section.chart.is_none() && section.table.is_empty() && section.maps.is_empty());
    }

    #[test]
    fn an_undefined_part_leaves_a_sentence() {
        let tree = json!({"undefined": "fewer than 200 people answered a pair", "n": 60});
        let shape = Shape { drivers: Some(tree), ..Shape::default() };
        let section = drivers(&shape, &Words::default()).unwrap();
        assert!(section.sentence.ends_with("cannot be said: fewer than 200 people answered a pair"));
        assert!(section.chart.is_none() && section.table.is_empty() && section.maps.is_empty());
    }
}
