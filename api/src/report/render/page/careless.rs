//! Answers that may have been given without care: how many, by which sign, and what changes without them.

use serde::Serialize;
use serde_json::Value;

use super::Words;
use crate::report::render::wording::{Said, Unit, count, counted, spaced};
use crate::report::{Reading, Shape};

/// The part of a section about flags.
#[derive(Debug, Serialize)]
pub(super) struct Careless {
    sentences: Vec<String>,
    table: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    name: String,
    all: String,
    unflagged: String,
    n: String,
}

/// The part, or nothing when nobody looked for flags.
pub(super) fn careless(shape: &Shape, words: &Words) -> Option<Careless> {
    let tree = shape.careless.as_ref()?;
    let pairs = tree.get("dimensions");
    let quality = tree.get("quality").map(|pair| row("Perceived quality", pair));
    let dimension = |key: &String| Some(row(words.dimension(key), pairs?.get(key)?));
    let rows = quality.into_iter().chain(shape.dimensions.keys().filter_map(dimension));
    let table = if flagged(tree) == Some(0) { Vec::new() } else { rows.collect() };
    Some(Careless { sentences: sentences(tree), table })
}

/// How many have a flag.
fn flagged(tree: &Value) -> Option<u64> {
    let flagged = tree.get("flagged")?;
    flagged.as_u64().or_else(|| flagged.get("value")?.as_u64())
}

/// How many, by which sign, and the quality score without them.
pub(in crate::report::render) fn sentences(tree: &Value) -> Vec<String> {
    let n = tree.get("n").and_then(Value::as_u64);
    let (Some(flagged), Some(n)) = (flagged(tree), n) else {
        let reason = tree.get("undefined").and_then(Value::as_str).unwrap_or("not computed");
        return vec![format!("How many answered without care is not shown: {reason}.")];
    };
    if flagged == 0 {
        return vec![format!(
            "None of {} shows a sign of answering without care.",
            counted(n, "response", "responses")
        )];
    }
    let signs = signs(tree);
    let how = if signs.is_empty() { String::new() } else { format!(": {}", signs.join("; ")) };
    let verb = if flagged == 1 { "shows" } else { "show" };
    let mut said = vec![
        format!(
            "{} of {} {verb} a sign of answering without care{how}.",
            count(flagged),
            counted(n, "response", "responses")
        ),
        "A satisfied customer may answer so: nobody is left out.".to_owned(),
    ];
    said.extend(difference(tree));
    said
}

fn signs(tree: &Value) -> Vec<String> {
    let flags = tree.get("by_flag").and_then(Value::as_object).into_iter().flatten();
    let counted = flags.filter_map(|(flag, n)| Some((flag, n.as_u64().filter(|n| *n > 0)?)));
    counted.map(|(flag, n)| format!("{} {}", count(n), sign(flag))).collect()
}

fn sign(flag: &str) -> String {
    match flag {
        "longstring" => "gave every question the same mark".to_owned(),
        "irv" => "hardly varied their marks".to_owned(),
        "fast" => "answered faster than one can read".to_owned(),
        "even_odd" => "gave marks that contradict each other within a dimension".to_owned(),
        "mahalanobis" => "answered far from how others do".to_owned(),
        other => format!("by {}", spaced(other)),
    }
}

/// Quality with and without the flagged, as a sentence.
fn difference(tree: &Value) -> Option<String> {
    let said = |key: &str| Said::of(Reading::at(tree, &["quality", key]).as_ref(), Unit::SCORE, 0);
    let (with, without) = (said("with"), said("without"));
    (with.known && without.known).then(|| {
        format!("Quality is {} with them and {} without them.", with.bracketed(""), without.bracketed(""))
    })
}

fn row(name: &str, pair: &Value) -> Row {
    let said = |key: &str| Said::of(Reading::at(pair, &[key]).as_ref(), Unit::SCORE, 0);
    let (with, without) = (said("with"), said("without"));
    Row { name: name.to_owned(), all: with.bracketed(""), unflagged: without.bracketed(""), n: without.n }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn flags_are_told_with_what_changes_without_them() {
        let figure = |value: f64, n: u64| json!({"value": value, "n": n, "ci95": [value - 1.0, value + 1.0]});
        let tree = json!({"n": 2348, "flagged": 341, "by_flag": {"longstring": 341, "irv": 341, "fast": 0},
            "quality": {"with": figure(75.0, 2348), "without": figure(74.0, 2007)}, "dimensions": {}});
        let said = sentences(&tree);
        let first = "341 of 2\u{202f}348 responses show a sign of answering without care: 341 gave every question the \
                     same mark; 341 hardly varied their marks.";
        assert_eq!(said[0], first);
        assert_eq!(said[2], "Quality is 75 (74 to 76) with them and 74 (73 to 75) without them.");
        let shape = Shape { careless: Some(tree), ..Shape::default() };
        assert_eq!(careless(&shape, &Words::default()).unwrap().table.len(), 1);
    }

    #[test]
    fn nobody_flagged_and_withheld_are_told_apart() {
        let none = json!({"n": 60, "flagged": 0, "by_flag": {}});
        assert_eq!(sentences(&none), ["None of 60 responses shows a sign of answering without care."]);
        let withheld = json!({"undefined": "fewer than 10 people", "n": null});
        assert_eq!(
            sentences(&withheld),
            ["How many answered without care is not shown: fewer than 10 people."]
        );
    }
}
