//! The report's further parts in short lines for a terminal: what the page tells in sections of their own.

use serde_json::Value;

use super::Words;
use super::between::Between;
use super::page::{OUTCOMES, careless_sentences, coefficient, driver_parts, driver_sentence, without_range};
use super::split::{Split, entries};
use super::told;
use super::wording::{Said, Unit, number, spaced};
use crate::report::{Reading, Report, Shape};

/// How many dimensions are named beside the overall judgement.
const FIRST: usize = 5;

/// One printed row: name and figure.
pub struct Row {
    /// What the row is about.
    pub name: String,
    /// Its figure.
    pub said: Said,
}

/// What goes with the overall judgement: a sentence, and the largest parts in per cent.
pub fn drivers(shape: &Shape, words: &Words) -> Option<(String, Vec<Row>)> {
    let tree = shape.drivers.as_ref()?;
    if let Some(sentence) = without_range(tree) {
        return Some((format!("{sentence}."), Vec::new()));
    }
    let parts = driver_parts(tree, words);
    let row = |part: &super::page::Part<'_>| Row {
        name: part.name.to_owned(),
        said: Said::of(part.reading.as_ref(), Unit::SHARE, 1),
    };
    Some((format!("{}.", driver_sentence(tree)), parts.iter().take(FIRST).map(row).collect()))
}

/// The verdict on quality of every comparison.
pub fn consistency(report: &Report, words: &Words) -> Vec<String> {
    let groups = report.total.groups.as_ref().and_then(Value::as_object);
    let names = groups.into_iter().flat_map(|groups| groups.keys());
    let line = |name: &String| {
        let quality = Between::of(&report.total, words, name, "quality")?;
        let levels = match report.by.get(name) {
            Some(levels) => entries(levels, words, name, told::quality),
            None => quality.entries(),
        };
        Some(format!("By {}: {}", spaced(name), Split::of(&report.total, words, name, &levels).verdict()))
    };
    names.filter_map(line).collect()
}

/// Omega of every dimension that has one, in one line.
pub fn omega(shape: &Shape, words: &Words) -> Option<String> {
    let one = |key: &String| {
        let omega = shape.dimension(key, "omega").filter(|omega| omega.value().is_some())?;
        Some(format!("{} {}", words.dimension(key), coefficient(&omega)))
    };
    let said: Vec<String> = shape.dimensions.keys().filter_map(one).collect();
    (!said.is_empty()).then(|| format!("Reliability (omega): {}.", said.join(", ")))
}

/// Quality as weighted, with what weighting costs.
pub fn weighted(shape: &Shape) -> Option<String> {
    let tree = shape.weights.as_ref()?;
    let quality = Reading::at(tree, &["quality", "weighted"])?;
    let said = Said::of(Some(&quality), Unit::SCORE, 0);
    if !said.known {
        return Some(format!("Weighted quality: {}.", said.range));
    }
    let effect = tree.get("design_effect").and_then(Reading::plain);
    let effect = effect.map_or_else(String::new, |effect| format!("; design effect {}", number(effect, 2)));
    Some(format!("Weighted quality: {} of 100{}{effect}.", said.bracketed(""), said.people()))
}

/// How many answers carry a flag.
pub fn careless(shape: &Shape) -> Option<String> {
    Some(careless_sentences(shape.careless.as_ref()?).join(" "))
}

/// Quality and recommendation with ranges that hold at every look.
pub fn sequence(shape: &Shape) -> Vec<Row> {
    let Some(tree) = shape.sequence.as_ref() else { return Vec::new() };
    let quality = Reading::at(tree, &["quality"]);
    let quality = quality.map(|one| ("Perceived quality", Said::of(Some(&one), Unit::SCORE, 0)));
    let nps = OUTCOMES.iter().filter(|(key, ..)| *key == "nps");
    let nps = nps.filter_map(|&(key, name, unit, decimals)| {
        Some((name, Said::of(Some(&Reading::at(tree, &[key])?), unit, decimals)))
    });
    quality.into_iter().chain(nps).map(|(name, said)| Row { name: name.to_owned(), said }).collect()
}
