//! Who answered: the figures weighted to all customers beside the raw ones, and how many flags answers carry.

use serde::Serialize;
use serde_json::Value;

use super::careless::{Careless, careless};
use super::{OUTCOMES, Words};
use crate::report::render::wording::{Said, Unit, capital, count, counted, listed, number, spaced};
use crate::report::{Reading, Shape};

/// More classes than this are not listed one by one.
const MOST_CLASSES: usize = 40;

/// The section about those who answered.
#[derive(Debug, Serialize)]
pub(super) struct Answered {
    /// Whether the section has anything about weights.
    weighting: Vec<String>,
    /// Whether it has more than its first sentence.
    has_cost: bool,
    first: Vec<Row>,
    rest: Vec<Row>,
    response: Vec<String>,
    classes: Vec<Class>,
    careless: Option<Careless>,
    /// Why more people stand behind the figures than answered invitations; empty where they do not.
    unfinished: String,
}

impl Answered {
    /// The same with what is said of unfinished forms.
    pub(super) fn with_unfinished(self, words: String) -> Self {
        Self { unfinished: words, ..self }
    }
}

/// One figure two ways.
#[derive(Debug, Serialize)]
struct Row {
    name: String,
    unweighted: String,
    weighted: String,
    n: String,
}

#[derive(Debug, Serialize)]
struct Class {
    name: String,
    rate: String,
    n: String,
}

/// The section, or nothing when neither weights nor flags are known.
pub(super) fn answered(shape: &Shape, words: &Words) -> Option<Answered> {
    let careless = careless(shape, words);
    let Some(tree) = shape.weights.as_ref() else {
        return careless.map(|careless| Answered {
            weighting: Vec::new(),
            has_cost: false,
            first: Vec::new(),
            rest: Vec::new(),
            response: Vec::new(),
            classes: Vec::new(),
            careless: Some(careless),
            unfinished: String::new(),
        });
    };
    let response = tree.get("response");
    let weighting = weighting(tree, words);
    Some(Answered {
        has_cost: weighting.len() > 1,
        weighting,
        first: first_rows(tree),
        rest: dimension_rows(shape, tree, words),
        response: response.map_or_else(Vec::new, response_words),
        classes: response.map_or_else(Vec::new, |response| classes(response, words)),
        careless,
        unfinished: String::new(),
    })
}

/// How the weights were made and what they cost, in sentences.
fn weighting(tree: &Value, words: &Words) -> Vec<String> {
    if let Some(reason) = tree.get("undefined").and_then(Value::as_str) {
        return vec![format!("Nothing is weighted: {reason}.")];
    }
    let mut said = vec![method(tree.get("method").and_then(Value::as_str))];
    let plain = |key: &str| tree.get(key).and_then(Reading::plain);
    let n = tree.get("n").and_then(Value::as_u64);
    if let (Some(effect), Some(n), Some(like)) = (plain("design_effect"), n, plain("n_eff")) {
        said.push(format!(
            "Weighting costs precision: {} count like {} (design effect {}).",
            counted(n, "person", "people"),
            number(like, 0),
            number(effect, 2)
        ));
    }
    if let Some(most) = plain("max_weight") {
        let trimmed = match plain("trimmed") {
            Some(cut) if cut > 0.0 => format!("; {} weights were cut to a bound", number(cut, 0)),
            _ => String::new(),
        };
        said.push(format!("The largest weight is {} times the mean{trimmed}.", number(most, 1)));
    }
    said.extend(joined(tree, words));
    said
}

fn method(word: Option<&str>) -> String {
    match word {
        Some("raking") => {
            "Weighted so that the answers match all orders, in several ways at once (raking).".to_owned()
        }
        Some("post_stratification") => {
            "Weighted so that each class counts as much as among all orders (post-stratification).".to_owned()
        }
        Some("given") => "Weighted by the weight that came with each row.".to_owned(),
        Some(other) => format!("Weighted by {}.", spaced(other)),
        None => "Weighted beside the answers as they came.".to_owned(),
    }
}

/// Which levels of a margin were joined because few answered.
fn joined(tree: &Value, words: &Words) -> Option<String> {
    let margins = tree.get("margins")?.as_object()?;
    let told: Vec<String> = margins
        .iter()
        .filter_map(|(name, levels)| {
            let levels = levels.as_array()?.iter().filter_map(Value::as_str);
            let levels: Vec<&str> = levels.map(|level| words.level(name, level)).collect();
            (!levels.is_empty()).then(|| format!("of {}, {}", spaced(name), listed(&levels)))
        })
        .collect();
    (!told.is_empty()).then(|| format!("Counted as one, since few answered: {}.", told.join("; ")))
}

fn first_rows(tree: &Value) -> Vec<Row> {
    let quality = tree.get("quality").map(|pair| row("Perceived quality", pair, Unit::SCORE));
    let outcomes = tree.get("outcome");
    let outcome =
        |&(key, name, unit, _): &(&str, &str, Unit, usize)| Some(row(name, outcomes?.get(key)?, unit));
    quality.into_iter().chain(OUTCOMES.iter().filter_map(outcome)).collect()
}

fn dimension_rows(shape: &Shape, tree: &Value, words: &Words) -> Vec<Row> {
    let pairs = tree.get("dimensions");
    let row = |key: &String| Some(row(words.dimension(key), pairs?.get(key)?, Unit::SCORE));
    shape.dimensions.keys().filter_map(row).collect()
}

fn row(name: &str, pair: &Value, unit: Unit) -> Row {
    let said = |key: &str| Said::of(Reading::at(pair, &[key]).as_ref(), unit, 1);
    let (raw, weighted) = (said("raw"), said("weighted"));
    Row {
        name: name.to_owned(),
        unweighted: raw.bracketed(""),
        weighted: weighted.bracketed(""),
        n: weighted.n,
    }
}

/// The representativeness of the response, and late answers against early ones.
fn response_words(response: &Value) -> Vec<String> {
    let mut said = Vec::new();
    if let Some(reading) = Reading::at(response, &["r_indicator"]) {
        let figure = Said::of(Some(&reading), Unit::CODES, 2);
        said.push(if figure.known {
            format!(
                "Representativeness of the response (R-indicator): {}{}; 1 means that every class answered alike.",
                figure.bracketed(""),
                figure.people().replace("people", "invited").replace("person", "invited")
            )
        } else {
            format!("{}: no R-indicator.", capital(&figure.range))
        });
    }
    let late =
        response.get("early_late").and_then(|part| Reading::of(part.get("difference").unwrap_or(part)));
    if let Some(late) = late {
        let figure = Said::of(Some(&late), Unit::CODES, 2);
        said.push(format!(
            "Late answers less early ones: {}{}; those who never answer may be more like the late ones.",
            figure.bracketed(if figure.known { " codes" } else { "" }),
            figure.people()
        ));
    }
    said
}

/// The response rate of each class of the frame, the lowest first.
fn classes(response: &Value, words: &Words) -> Vec<Class> {
    let entries = response.get("by_class").and_then(Value::as_array).into_iter().flatten();
    let mut classes: Vec<(f64, Class)> = entries.filter_map(|entry| class(entry, words)).collect();
    classes.sort_by(|a, b| a.0.total_cmp(&b.0));
    classes.truncate(MOST_CLASSES);
    classes.into_iter().map(|(_, class)| class).collect()
}

fn class(entry: &Value, words: &Words) -> Option<(f64, Class)> {
    let levels = entry.as_object()?.iter().filter_map(|(name, level)| Some((name, level.as_str()?)));
    let names: Vec<String> = levels
        .filter(|(name, _)| *name != "undefined")
        .map(|(name, level)| capital(words.level(name, level)))
        .collect();
    let rate = Reading::of(entry.get("rate").unwrap_or(entry))?;
    let said = Said::of(Some(&rate), Unit::SHARE, 0);
    let name = if names.is_empty() { "All".to_owned() } else { names.join(", ") };
    let sort = rate.value().unwrap_or(f64::INFINITY);
    let n = rate.n().map_or_else(String::new, count);
    Some((sort, Class { name, rate: said.bracketed(if said.known { " %" } else { "" }), n }))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn raw_and_weighted_stand_beside_each_other_with_their_cost() {
        let figure = |value: f64| json!({"value": value, "n": 2348, "ci95": [value - 0.6, value + 0.6]});
        let weights = json!({"n": 2348, "n_eff": 1940.2, "design_effect": 1.21, "max_weight": 3.24, "trimmed": 0,
            "method": "given", "quality": {"raw": figure(74.0), "weighted": figure(75.2)},
            "outcome": {"nps": {"raw": figure(39.8), "weighted": figure(40.4)}},
            "margins": {"channel": ["post", "chat"], "place": []},
            "response": {"r_indicator": {"value": 0.87, "n": 4000, "ci95": [0.8, 0.95]},
                "by_class": [{"channel": "web", "orders": 300, "value": 0.5, "n": 280, "ci95": [0.44, 0.56]},
                    {"channel": "phone", "orders": 90, "value": 0.2, "n": 80, "ci95": [0.12, 0.3]}]}});
        let shape = Shape { weights: Some(weights), ..Shape::default() };
        let said = answered(&shape, &Words::default()).unwrap();
        assert_eq!(
            said.weighting[1],
            "Weighting costs precision: 2\u{202f}348 people count like 1940 (design effect 1.21)."
        );
        assert_eq!(said.weighting[2], "The largest weight is 3.2 times the mean.");
        assert_eq!(said.weighting[3], "Counted as one, since few answered: of channel, post and chat.");
        assert_eq!(
            (said.first[0].unweighted.as_str(), said.first[0].weighted.as_str()),
            ("74 (73 to 75)", "75 (75 to 76)")
        );
        assert!(
            said.response[0].contains("0.87 (0.80 to 0.95), 4\u{202f}000 invited"),
            "{:?}",
            said.response
        );
        let names: Vec<&str> = said.classes.iter().map(|class| class.name.as_str()).collect();
        assert_eq!(names, ["Phone", "Web"]);
    }

    #[test]
    fn undefined_weights_say_why_and_keep_the_response() {
        let weights = json!({"undefined": "one class only: nothing to weight by", "n": 60,
            "response": {"r_indicator": {"undefined": "fewer than two groups", "n": 90}, "by_class": []}});
        let said =
            answered(&Shape { weights: Some(weights), ..Shape::default() }, &Words::default()).unwrap();
        assert_eq!(said.weighting, ["Nothing is weighted: one class only: nothing to weight by."]);
        assert_eq!(said.response, ["Fewer than two groups: no R-indicator."]);
        assert!(said.first.is_empty() && answered(&Shape::default(), &Words::default()).is_none());
    }
}
