//! The verdict of a comparison: whether its levels are on one level, with the pairs and tests it rests on.

use serde::Serialize;

use super::Words;
use crate::report::Shape;
use crate::report::render::between::Between;
use crate::report::render::finding::Entry;
use crate::report::render::pair::Pair;
use crate::report::render::split::Split;
use crate::report::render::wording::{Said, Unit, capital, count, p_cell, set};

/// More pairs than this are not read one by one.
const MOST_PAIRS: usize = 15;

/// What is said about one comparison.
#[derive(Debug, Serialize)]
pub(super) struct Consistency {
    sentence: String,
    /// Heading of the column that says whether a pair is equal; empty without a margin.
    margin: String,
    unit: &'static str,
    pairs: Vec<PairRow>,
    /// That more pairs exist; empty when all are shown.
    more: String,
    variables: Vec<VariableRow>,
    tests: String,
}

#[derive(Debug, Serialize)]
struct PairRow {
    low: String,
    high: String,
    distance: String,
    p: String,
    equal: &'static str,
}

#[derive(Debug, Serialize)]
struct VariableRow {
    name: String,
    verdict: &'static str,
    /// Whether the verdict is that it is not consistent.
    low: bool,
    largest: String,
    p: String,
}

/// The verdict on quality and each dimension; nothing when the comparison was not tested. `levels` are the scores of
/// quality as they are told: sentences name no other level.
pub(super) fn consistency(
    shape: &Shape,
    words: &Words,
    name: &str,
    levels: &[Entry<'_>],
) -> Option<Consistency> {
    let quality = Between::of(shape, words, name, "quality")?;
    let pairs = quality.pairs();
    let rest = Between::all(shape, words, name).into_iter().filter(|one| one.variable() != "quality");
    Some(Consistency {
        sentence: Split::of(shape, words, name, levels).verdict(),
        margin: quality.margin().map_or_else(String::new, |margin| format!("Within {}", set(margin))),
        unit: quality.unit(),
        more: more(pairs.len()),
        pairs: pairs.iter().take(MOST_PAIRS).map(pair_row).collect(),
        variables: rest.map(|one| variable_row(&one)).collect(),
        tests: tests(&quality),
    })
}

fn pair_row(pair: &Pair<'_>) -> PairRow {
    PairRow {
        low: pair.low.to_owned(),
        high: pair.high.to_owned(),
        distance: pair.distance(),
        p: pair.p.map_or_else(String::new, p_cell),
        equal: if pair.equivalent { "yes" } else { "not shown" },
    }
}

fn more(pairs: usize) -> String {
    if pairs <= MOST_PAIRS {
        return String::new();
    }
    format!("The {MOST_PAIRS} largest of {} differences; the data file has them all.", count(pairs as u64))
}

fn variable_row(one: &Between<'_>) -> VariableRow {
    let largest = one.pairs().into_iter().find(|pair| pair.range.is_some());
    let verdict = match (one.undefined(), one.verdict()) {
        (None, Some("consistent")) => "on one level",
        (None, Some("inconsistent")) => "not on one level",
        (None, Some("not_enough_data")) => "not enough answers",
        _ => "not compared",
    };
    VariableRow {
        name: one.name().to_owned(),
        verdict,
        low: verdict == "not on one level",
        largest: largest.map_or_else(
            || one.undefined().unwrap_or_default().to_owned(),
            |pair| format!("{} {} {} lower than {}", pair.low, pair.distance(), one.unit(), pair.high),
        ),
        p: one.p().map_or_else(String::new, p_cell),
    }
}

/// All tests of quality and the spread between the levels, in one line of small print.
fn tests(quality: &Between<'_>) -> String {
    let mut said = quality.tests();
    if let Some(tau) = quality.tau() {
        let tau = Said::of(Some(&tau), Unit::CODES, 1);
        let unit = if tau.known { format!(" {}", quality.unit()) } else { String::new() };
        said.push(format!("between levels: tau {}{unit}", tau.bracketed("")));
    }
    if said.is_empty() { String::new() } else { format!("{}.", capital(&said.join("; "))) }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn shape(levels: u32) -> Shape {
        let pairs: Vec<Value> = (0..levels)
            .flat_map(|a| (a + 1..levels).map(move |b| (a, b)))
            .map(|(a, b)| {
                let diff = f64::from(b - a);
                json!({"a": format!("p{a}"), "b": format!("p{b}"), "diff": diff, "ci95": [diff - 0.6, diff + 0.6], "p": 0.01})
            })
            .collect();
        let variable = |verdict: &str| {
            json!({"games_howell": pairs, "consistency": {"verdict": verdict, "margin": 5.0, "pairs": []},
                "welch": {"f": 3.0, "df1": 2, "df2": 40.5, "p": 0.06}, "tau": {"value": 2.1, "n": 60, "ci95": [1.0, 4.6]}})
        };
        let group =
            json!({"speed": variable("consistent"), "quality": variable("not_enough_data"), "shrinkage": {}});
        Shape { groups: Some(json!({"place": group})), ..Shape::default() }
    }

    #[test]
    fn the_verdict_on_quality_leads_and_dimensions_follow() {
        let said = consistency(&shape(3), &Words::default(), "place", &[]).unwrap();
        assert!(said.sentence.starts_with("Not enough answers to say"));
        let rows: Vec<(&str, &str)> =
            said.variables.iter().map(|row| (row.name.as_str(), row.verdict)).collect();
        assert_eq!(rows, [("speed", "on one level")]);
        assert_eq!(said.variables[0].largest, "p0 2.0 (1.4 to 2.6) codes lower than p2");
        assert!(said.tests.ends_with("between levels: tau 2 (1 to 5) points."), "{}", said.tests);
        assert_eq!((said.pairs.len(), said.more.as_str(), said.margin.as_str()), (3, "", "Within 5"));
    }

    #[test]
    fn of_many_pairs_the_largest_are_shown() {
        let said = consistency(&shape(10), &Words::default(), "place", &[]).unwrap();
        assert_eq!(said.pairs.len(), MOST_PAIRS);
        assert_eq!(said.pairs[0].distance, "9 (8 to 10)");
        assert_eq!(said.more, "The 15 largest of 45 differences; the data file has them all.");
        assert!(consistency(&shape(10), &Words::default(), "channel", &[]).is_none());
    }
}
