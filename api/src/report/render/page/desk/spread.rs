//! Channels and places: each split with its verdict, its levels and what stands behind it; places with the funnel.

use serde::Serialize;
use serde_json::Value;

use super::{Given, Part, made, window};
use crate::report::charts::{Caption, Funnel, FunnelPlace, Size, funnel};
use crate::report::render::RenderError;
use crate::report::render::finding::Entry;
use crate::report::render::page::chart::{Chart, ChartFile};
use crate::report::render::page::comparison::{Comparison, comparison};
use crate::report::render::wording::{count, number};
use crate::report::{Reading, Report};

#[derive(Serialize)]
struct Spread {
    comparisons: Vec<Comparison>,
    funnel: Option<FunnelView>,
    no_funnel: String,
}

#[derive(Serialize)]
struct FunnelView {
    heading: String,
    chart: Chart,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    name: String,
    mean: String,
    limits: String,
    n: String,
    word: &'static str,
}

/// Makes the part; `of_places` adds the funnel.
pub(super) fn spread(given: &Given<'_>, known: &[Entry<'_>], of_places: bool) -> Result<Part, RenderError> {
    let mut comparisons = Vec::new();
    let mut view = Spread { comparisons: Vec::new(), funnel: None, no_funnel: String::new() };
    for report in given.beside {
        for (name, levels) in &report.by {
            comparisons.push(comparison(name, levels, &report.total, given.words, known, window(report)));
            if of_places {
                match funnel_of(given, report, name) {
                    Ok(found) => view.funnel = found,
                    Err(reason) => view.no_funnel = reason,
                }
            }
        }
    }
    let headline = match comparisons.as_slice() {
        [] => "There is nothing to compare under this filter".to_owned(),
        [one] => one.heading().to_owned(),
        // The first that has something to say; they all stand below.
        [first, ..] => {
            let told = comparisons.iter().find(|one| one.is_decided()).unwrap_or(first);
            told.heading().to_owned()
        }
    };
    view.comparisons = comparisons.into_iter().map(|one| one.below(&headline)).collect();
    made(given, headline, "desk-spread", &view)
}

/// The funnel of places; the reason where there is none.
fn funnel_of(given: &Given<'_>, report: &Report, name: &str) -> Result<Option<FunnelView>, String> {
    let group = report.total.groups.as_ref().and_then(|groups| groups.get(name));
    let Some(tree) = group.and_then(|group| group.get("quality")?.get("shrinkage")) else { return Ok(None) };
    if let Some(reason) = tree.get("undefined").and_then(Value::as_str) {
        return Err(format!("There is no funnel: {reason}."));
    }
    let places: Vec<FunnelPlace> = tree
        .get("places")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .filter_map(|(key, tree)| place(given.words.level(name, key), tree))
        .collect();
    let target = tree.get("funnel").and_then(|funnel| funnel.get("target"));
    let centre = target.and_then(Reading::plain).or_else(|| Reading::at(tree, &["mu"])?.value());
    let (Some(centre), [_, _, ..]) = (centre, places.as_slice()) else { return Ok(None) };
    let out: Vec<&str> = places.iter().filter(|place| place.out).map(|place| place.name.as_str()).collect();
    let heading = match out.as_slice() {
        [] => "No place lies outside of what chance allows".to_owned(),
        [one] => format!("{one} lies outside of what chance allows"),
        more => format!("{} places lie outside of what chance allows", more.len()),
    };
    let rows: Vec<Row> = places.iter().map(row).collect();
    let told: Vec<String> = rows
        .iter()
        .map(|row| format!("{} {} of {}, limits {}", row.name, row.mean, row.n, row.limits))
        .collect();
    let description = told.join("; ");
    let chart = Funnel { places, centre };
    Ok(Some(FunnelView {
        chart: Chart::of(|size: Size| {
            let title = "Perceived quality of each place by how many answered";
            funnel(Caption { id: "funnel", title, description: &description }, &chart, size)
        })
        .with(file(&chart)),
        heading,
        rows,
    }))
}

fn file(chart: &Funnel) -> ChartFile {
    let header = [
        "place",
        "mean",
        "people",
        "low_limit_95",
        "high_limit_95",
        "low_limit_998",
        "high_limit_998",
        "outside",
    ];
    let row = |place: &FunnelPlace| {
        let ends = [place.limits95.0, place.limits95.1, place.limits998.0, place.limits998.1];
        let mut row = vec![place.name.clone(), place.mean.to_string(), place.n.to_string()];
        row.extend(ends.map(|end| end.to_string()));
        row.push(place.out.to_string());
        row
    };
    ChartFile::of("funnel", &header, chart.places.iter().map(row).collect())
}

fn place(name: &str, tree: &Value) -> Option<FunnelPlace> {
    Some(FunnelPlace {
        name: name.to_owned(),
        n: tree.get("n")?.as_u64()?,
        mean: tree.get("mean")?.as_f64()?,
        limits95: Reading::ends(tree.get("limits95")?)?,
        limits998: Reading::ends(tree.get("limits998")?)?,
        out: tree.get("outside").and_then(Value::as_str).is_some_and(|outside| outside != "none"),
    })
}

fn row(place: &FunnelPlace) -> Row {
    let (low, high) = place.limits95;
    Row {
        name: place.name.clone(),
        mean: number(place.mean, 0),
        limits: format!("{} to {}", number(low.max(0.0), 0), number(high.min(100.0), 0)),
        n: count(place.n),
        word: match () {
            () if !place.out => "within",
            () if place.mean < low => "below",
            () => "above",
        },
    }
}
