//! How the questions hang together: one opinion or several, and dimensions that are hardly told apart.

use serde::Serialize;
use serde_json::{Map, Value};

use super::Words;
use crate::report::render::wording::{Said, Unit, capital, count, counted, decimals, number, why};
use crate::report::{Reading, Shape};

/// The ratio above which two dimensions are hardly told apart.
const HARDLY_APART: f64 = 0.85;

/// Eigenvalues beyond those that stand out from chance.
const MORE_VALUES: usize = 3;

/// The section of the structure.
#[derive(Debug, Serialize)]
pub(super) struct Structure {
    halo: String,
    opinions: String,
    pairs_sentence: String,
    pairs: Vec<PairRow>,
    values: Vec<ValueRow>,
    reliability: Vec<ReliabilityRow>,
}

#[derive(Debug, Serialize)]
struct PairRow {
    name: String,
    ratio: String,
    n: String,
}

#[derive(Debug, Serialize)]
struct ValueRow {
    place: usize,
    value: String,
    chance: String,
}

#[derive(Debug, Serialize)]
struct ReliabilityRow {
    name: String,
    omega: String,
    composite: String,
    ave: String,
    n: String,
}

/// The section, or nothing when neither structure nor omega was computed.
pub(super) fn structure(shape: &Shape, words: &Words) -> Option<Structure> {
    let reliability = reliability(shape, words);
    let Some(tree) = shape.structure.as_ref() else {
        return (!reliability.is_empty()).then(|| Structure {
            halo: String::new(),
            opinions: String::new(),
            pairs_sentence: String::new(),
            pairs: Vec::new(),
            values: Vec::new(),
            reliability,
        });
    };
    let pairs = close_pairs(tree, words);
    Some(Structure {
        halo: halo(tree),
        opinions: opinions(tree),
        pairs_sentence: pairs_sentence(tree, pairs.len()),
        pairs,
        values: values(tree),
        reliability,
    })
}

/// How much of all answers is one opinion of everything.
fn halo(tree: &Value) -> String {
    let said = Said::of(Reading::at(tree, &["first_factor_share"]).as_ref(), Unit::SHARE, 0);
    if !said.known {
        return format!("How far the answers are one general opinion cannot be said: {}.", said.range);
    }
    format!(
        "One general opinion accounts for {} of what moves in the answers{}. Read a dimension's difference from the \
         whole only where it exceeds its range.",
        said.bracketed(" %"),
        said.people()
    )
}

fn opinions(tree: &Value) -> String {
    let Some(parallel) = tree.get("parallel").and_then(Reading::of) else { return String::new() };
    let said = Said::of(Some(&parallel), Unit::CODES, 0);
    match parallel {
        Reading::Undefined { reason, .. } => {
            format!("How many opinions stand out from chance is not known: {reason}.")
        }
        Reading::Known { value, .. } => {
            let factors = if number(value, 0) == "1" { "opinion stands" } else { "separate opinions stand" };
            format!("{} {factors} out from chance{} (parallel analysis).", number(value, 0), said.people())
        }
    }
}

/// The ratios by pair of dimensions; none where they are undefined as a whole.
fn ratios(tree: &Value) -> Option<&Map<String, Value>> {
    tree.get("htmt")?.as_object().filter(|pairs| !pairs.contains_key("undefined"))
}

fn close_pairs(tree: &Value, words: &Words) -> Vec<PairRow> {
    let known =
        ratios(tree).into_iter().flatten().filter_map(|(key, ratio)| Some((key, Reading::plain(ratio)?)));
    let mut close: Vec<(&String, f64)> = known.filter(|(_, ratio)| *ratio > HARDLY_APART).collect();
    close.sort_by(|a, b| b.1.total_cmp(&a.1));
    close.into_iter().map(|(key, ratio)| pair_row(tree, words, key, ratio)).collect()
}

fn pair_row(tree: &Value, words: &Words, key: &str, ratio: f64) -> PairRow {
    let (one, other) = key.split_once('|').unwrap_or((key, ""));
    let range = tree.get("htmt_ci95").and_then(|ranges| ranges.get(key)).and_then(Reading::ends);
    let said = range.map_or_else(
        || format!("{}, no range", number(ratio, 2)),
        |(low, high)| format!("{} ({} to {})", number(ratio, 2), number(low.max(0.0), 2), number(high, 2)),
    );
    let n = tree.get("htmt_n").and_then(|counts| counts.get(key)).and_then(Value::as_u64);
    PairRow {
        name: format!("{} and {}", words.dimension(one), words.dimension(other)),
        ratio: said,
        n: n.map_or_else(String::new, count),
    }
}

fn pairs_sentence(tree: &Value, close: usize) -> String {
    let Some(ratios) = ratios(tree) else {
        let reason =
            tree.get("htmt").or(Some(tree)).and_then(|part| part.get("undefined")).and_then(Value::as_str);
        return reason.map_or_else(String::new, |reason| {
            format!("{}: no ratios between dimensions.", capital(reason))
        });
    };
    let known = ratios.values().filter(|ratio| Reading::plain(ratio).is_some()).count();
    match (known, close) {
        (0, _) => String::new(),
        (known, 0) => {
            let pairs = counted(known as u64, "pair", "pairs");
            format!(
                "Customers tell the dimensions apart: of {pairs} none has a ratio (HTMT) above {HARDLY_APART}."
            )
        }
        (known, close) => format!(
            "Customers hardly tell these apart: {close} of {} have a ratio (HTMT) above {HARDLY_APART}.",
            counted(known as u64, "pair", "pairs")
        ),
    }
}

/// The first eigenvalues beside what chance alone gives.
fn values(tree: &Value) -> Vec<ValueRow> {
    let list = |part: &str, key: &str| -> Vec<f64> {
        let numbers = tree.get(part).and_then(|part| part.get(key)).and_then(Value::as_array);
        numbers.into_iter().flatten().filter_map(Value::as_f64).collect()
    };
    let (values, chance) = (list("eigenvalues", "value"), list("parallel", "thresholds"));
    let above = values.iter().zip(&chance).take_while(|(value, chance)| value > chance).count();
    let row = |(place, (value, chance)): (usize, (&f64, &f64))| ValueRow {
        place: place + 1,
        value: number(*value, 2),
        chance: number(*chance, 2),
    };
    values.iter().zip(&chance).enumerate().take(above + MORE_VALUES).map(row).collect()
}

fn reliability(shape: &Shape, words: &Words) -> Vec<ReliabilityRow> {
    let row = |key: &str| {
        let omega = shape.dimension(key, "omega")?;
        let value = |name: &str| {
            shape.dimension(key, name).and_then(|r| r.value()).map_or_else(String::new, |v| number(v, 2))
        };
        Some(ReliabilityRow {
            name: words.dimension(key).to_owned(),
            omega: coefficient(&omega),
            composite: value("composite_reliability"),
            ave: value("ave"),
            n: omega.n().map_or_else(String::new, count),
        })
    };
    let rows = shape.dimensions.keys().filter_map(|key| row(key));
    rows.filter(|row| !row.composite.is_empty() || !row.ave.is_empty()).collect()
}

/// A coefficient with its range where it has one, in two decimals, or why there is none.
pub(in crate::report::render) fn coefficient(reading: &Reading<'_>) -> String {
    match reading {
        Reading::Known { value, ci95: Some((low, high)), .. } => {
            let places = decimals(high - low).max(2);
            format!("{} ({} to {})", number(*value, places), number(*low, places), number(*high, places))
        }
        Reading::Known { value, .. } => number(*value, 2),
        Reading::Undefined { reason, .. } => why(reason).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn tree() -> Value {
        json!({"n": 250, "eigenvalues": {"value": [9.5, 1.6, 1.2, 0.9, 0.8, 0.7], "n": 250},
            "parallel": {"value": 2, "n": 250, "thresholds": [1.7, 1.5, 1.4, 1.3, 1.3, 1.2]},
            "first_factor_share": {"value": 0.394, "n": 250, "ci95": [0.36, 0.43]},
            "htmt": {"a|b": 0.95, "a|c": 0.6, "b|c": {"undefined": "no variance", "n": 250}},
            "htmt_ci95": {"a|b": [0.9, 1.003]}, "htmt_n": {"a|b": 250}})
    }

    #[test]
    fn the_halo_is_told_before_any_pair() {
        let shape = Shape { structure: Some(tree()), ..Shape::default() };
        let said = structure(&shape, &Words::default()).unwrap();
        assert!(said.halo.starts_with("One general opinion accounts for 39 % (36 to 43)"), "{}", said.halo);
        assert_eq!(
            said.opinions,
            "2 separate opinions stand out from chance, 250 people (parallel analysis)."
        );
        assert!(said.pairs_sentence.contains("1 of 2 pairs have"), "{}", said.pairs_sentence);
        assert_eq!(
            (said.pairs[0].name.as_str(), said.pairs[0].ratio.as_str()),
            ("a and b", "0.95 (0.90 to 1.00)")
        );
        assert_eq!(said.values.len(), 5);
    }

    #[test]
    fn parts_without_values_leave_their_reasons() {
        let none = json!({"undefined": "fewer than 200 people answered a pair", "n": 60});
        let shape = Shape { structure: Some(none), ..Shape::default() };
        let said = structure(&shape, &Words::default()).unwrap();
        assert!(said.halo.ends_with("cannot be said: fewer than 200 people answered a pair."));
        assert!(said.pairs.is_empty() && said.values.is_empty());
        assert!(structure(&Shape::default(), &Words::default()).is_none());
    }
}
