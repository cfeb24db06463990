//! Small places: each one's mean beside the same drawn towards all places, and which stand outside of chance.

use serde::Serialize;
use serde_json::Value;

use super::Words;
use super::chart::{Chart, ChartFile};
use super::comparison::slug;
use super::dimensions::told_words;
use super::even;
use crate::report::charts::{Caption, DotRow, Size, Window, dots};
use crate::report::render::wording::{Said, Unit, count, counted, listed, number, spaced};
use crate::report::{Reading, Shape};

/// Up to so many places outside of chance are named.
const MOST_NAMED: usize = 6;

/// The part of a section about places.
#[derive(Debug, Serialize)]
pub(super) struct Places {
    sentence: String,
    chart: Option<Chart>,
    table: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    name: String,
    own: String,
    shrunk: String,
    outside: String,
    n: String,
}

/// One place with what is known of it.
struct Place<'a> {
    name: &'a str,
    raw: Option<f64>,
    shrunk: Option<Reading<'a>>,
    outside: &'a str,
    n: Option<u64>,
}

/// The places of a comparison by quality, where they were drawn together.
pub(super) fn places(shape: &Shape, words: &Words, name: &str) -> Option<Places> {
    let group = shape.groups.as_ref()?.get(name)?;
    let within = group.get("quality").and_then(|quality| quality.get("shrinkage"));
    let tree = within.or_else(|| group.get("shrinkage").map(|tree| tree.get("quality").unwrap_or(tree)))?;
    if let Some(reason) = tree.get("undefined").and_then(Value::as_str) {
        let sentence = format!("Small places are not drawn together: {reason}.");
        return Some(Places { sentence, chart: None, table: Vec::new() });
    }
    let places = tree.get("places")?.as_object()?;
    let places: Vec<Place<'_>> =
        places.iter().map(|(key, place)| read(words.level(name, key), place)).collect();
    Some(Places {
        sentence: sentence(tree, &places),
        chart: chart(&places, name),
        table: places.iter().map(row).collect(),
    })
}

fn read<'a>(name: &'a str, tree: &'a Value) -> Place<'a> {
    let n = tree.get("n").and_then(Value::as_u64);
    let shrunk = tree.get("shrunk").and_then(Value::as_f64).zip(n).map(|(value, n)| Reading::Known {
        value,
        n,
        ci95: tree.get("ci95").and_then(Reading::ends),
    });
    Place {
        name,
        raw: tree.get("mean").and_then(Value::as_f64),
        shrunk: shrunk.or_else(|| Reading::of(tree)),
        outside: tree.get("outside").and_then(Value::as_str).unwrap_or("none"),
        n,
    }
}

fn sentence(tree: &Value, places: &[Place<'_>]) -> String {
    let mu = Said::of(Reading::at(tree, &["mu"]).as_ref(), Unit::SCORE, 0);
    let mean = if mu.known { format!(", {}", mu.bracketed("")) } else { String::new() };
    format!(
        "Where few answered, a mean strays far; here each is drawn towards the mean of all{mean}. {}",
        outside(places)
    )
}

/// Which places stand outside of chance.
fn outside(places: &[Place<'_>]) -> String {
    let told: Vec<String> = places
        .iter()
        .filter(|place| place.outside != "none")
        .map(|place| format!("{} ({})", place.name, side(place)))
        .collect();
    let told: Vec<&str> = told.iter().map(String::as_str).collect();
    let of = counted(places.len() as u64, "level", "levels");
    match told.len() {
        0 => format!("None of {of} lies outside the limits of chance."),
        1..=MOST_NAMED => format!("Outside the limits of chance: {}.", listed(&told)),
        many => format!("{many} of {of} lie outside the limits of chance."),
    }
}

/// "low" where a place's own mean lies below its drawn one, else "high".
fn side(place: &Place<'_>) -> &'static str {
    let drawn = place.shrunk.as_ref().and_then(Reading::value);
    if place.raw.zip(drawn).is_some_and(|(raw, drawn)| raw < drawn) { "low" } else { "high" }
}

fn chart(places: &[Place<'_>], name: &str) -> Option<Chart> {
    let readings = places.iter().filter_map(|place| place.shrunk.as_ref());
    let ends = readings.flat_map(|r| [r.value(), r.ci95().map(|c| c.0), r.ci95().map(|c| c.1)]).flatten();
    let window = even(Window::around(ends));
    if places.iter().all(|place| place.shrunk.as_ref().is_none_or(|r| r.value().is_none())) {
        return None;
    }
    let rows: Vec<DotRow> = places.iter().map(dot_row).collect();
    let (id, description) = (format!("places-{}", slug(name)), told_words(&rows));
    let title = format!("Perceived quality by {}, drawn together", spaced(name));
    let figures = places.iter().map(|place| (place.name.to_owned(), place.shrunk.clone()));
    let file = ChartFile::of_readings(&id, "place", figures);
    Some(
        Chart::of(|size: Size| {
            dots(Caption { id: &id, title: &title, description: &description }, &rows, window, size)
        })
        .with(file),
    )
}

fn dot_row(place: &Place<'_>) -> DotRow {
    let said = Said::of(place.shrunk.as_ref(), Unit::SCORE, 0);
    let mark = place.shrunk.as_ref().and_then(|reading| Some((reading.value()?, Some(reading.ci95()?))));
    DotRow {
        name: place.name.to_owned(),
        few: false,
        mark,
        n: said.n,
        value: said.value,
        range: said.range,
        weak: place.outside != "none" && side(place) == "low",
    }
}

fn row(place: &Place<'_>) -> Row {
    let outside = match place.outside {
        "none" => "within".to_owned(),
        limits => format!("{}: outside {limits} %", side(place)),
    };
    Row {
        name: place.name.to_owned(),
        own: place.raw.map_or_else(String::new, |raw| number(raw, 0)),
        shrunk: Said::of(place.shrunk.as_ref(), Unit::SCORE, 0).bracketed(""),
        outside: if place.raw.is_some() { outside } else { String::new() },
        n: place.n.map_or_else(String::new, count),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn raw_and_drawn_values_stand_beside_each_other_with_a_word() {
        let places_tree = json!({"tau2": {"value": 9.0, "n": 300}, "mu": {"value": 74.0, "n": 300, "ci95": [72.0, 76.0]},
            "places": {"north": {"n": 20, "mean": 60.0, "shrunk": 66.0, "ci95": [60.0, 72.0], "outside": "99.8"},
                "south": {"n": 280, "mean": 75.0, "shrunk": 75.0, "ci95": [73.0, 76.0], "outside": "none"},
                "west": {"undefined": "no answers", "n": 0}}});
        let shape = Shape {
            groups: Some(json!({"place": {"quality": {}, "shrinkage": {"quality": places_tree}}})),
            ..Shape::default()
        };
        let said = places(&shape, &Words::default(), "place").unwrap();
        assert!(said.sentence.contains("the mean of all, 74 (72 to 76)"), "{}", said.sentence);
        assert!(said.sentence.ends_with("Outside the limits of chance: north (low)."), "{}", said.sentence);
        let rows: Vec<(&str, &str, &str)> = said
            .table
            .iter()
            .map(|row| (row.own.as_str(), row.shrunk.as_str(), row.outside.as_str()))
            .collect();
        assert_eq!(
            rows,
            [
                ("60", "66 (60 to 72)", "low: outside 99.8 %"),
                ("75", "75 (73 to 76)", "within"),
                ("", "no answers", ""),
            ]
        );
    }
}
