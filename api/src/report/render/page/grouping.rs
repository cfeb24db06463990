//! A comparison that has tests and level means but no reports of its levels, as the groups of a file.

use serde::Serialize;

use super::Words;
use super::chart::Chart;
use super::comparison::slug;
use super::consistency::{Consistency, consistency};
use super::dimensions::{dot_row, few, told_words};
use super::even;
use super::places::{Places, places};
use crate::report::charts::{Caption, DotRow, Size, Window, dots};
use crate::report::render::between::Between;
use crate::report::render::finding::{Entry, clearly_low};
use crate::report::render::split::Split;
use crate::report::render::wording::{Said, Unit, spaced};
use crate::report::{Reading, Report, Shape};

/// More levels than this make the small charts unreadable.
const MOST_PANELS: usize = 12;

/// The section of one such comparison.
#[derive(Debug, Serialize)]
pub(super) struct Grouping {
    heading: String,
    caption: String,
    chart: Option<Chart>,
    consistency: Option<Consistency>,
    panels: Vec<Panel>,
    places: Option<Places>,
}

#[derive(Debug, Serialize)]
struct Panel {
    name: String,
    unit: &'static str,
    svg: String,
}

/// The comparisons of which nothing is shown, with the reason.
pub(super) fn not_compared(report: &Report, words: &Words) -> Vec<String> {
    let line = |name: &String| {
        let quality = Between::of(&report.total, words, name, "quality");
        let reason = quality.map_or_else(|| "Not compared".to_owned(), |quality| quality.sentence(|_| true));
        format!("By {}. {reason}.", spaced(name))
    };
    alone(report).filter(|name| !shows(&report.total, words, name)).map(line).collect()
}

/// The comparisons of the total that are not among the sections with levels of their own.
pub(super) fn groupings(report: &Report, words: &Words) -> Vec<Grouping> {
    let names = alone(report).filter(|name| shows(&report.total, words, name));
    names.map(|name| grouping(&report.total, words, name)).collect()
}

fn alone(report: &Report) -> impl Iterator<Item = &String> {
    let groups = report.total.groups.as_ref().and_then(serde_json::Value::as_object);
    let names = groups.into_iter().flat_map(|groups| groups.keys());
    names.filter(|name| !report.by.contains_key(*name) && !matches!(name.as_str(), "undefined" | "n"))
}

/// Whether any variable of a comparison has a mean to show.
fn shows(shape: &Shape, words: &Words, name: &str) -> bool {
    let entries = Between::all(shape, words, name).into_iter().flat_map(|one| one.entries());
    entries.into_iter().any(|entry| entry.reading.is_some_and(|reading| reading.value().is_some()))
}

fn grouping(shape: &Shape, words: &Words, name: &str) -> Grouping {
    let quality = Between::of(shape, words, name, "quality");
    let entries = quality.map_or_else(Vec::new, |quality| quality.entries());
    let known = entries.iter().any(|entry| entry.reading.as_ref().is_some_and(|r| r.value().is_some()));
    let by = spaced(name);
    let heading = if known { Split::of(shape, words, name, &entries).heading() } else { format!("By {by}") };
    let hollow = if entries.iter().any(few) { " Hollow dot: fewer than 5 people." } else { "" };
    Grouping {
        heading,
        caption: format!(
            "Perceived quality by {by}: means of people, points of 100. Thick line: 80 % likely range, thin line: 95 %.{hollow}"
        ),
        chart: known.then(|| chart(&entries, name)),
        consistency: consistency(shape, words, name, &entries),
        panels: panels(shape, words, name),
        places: places(shape, words, name),
    }
}

fn chart(entries: &[Entry<'_>], name: &str) -> Chart {
    let low = clearly_low(entries);
    let rows: Vec<DotRow> = entries.iter().map(|entry| dot_row(entry, low.contains(entry))).collect();
    let (id, title) = (format!("group-{}", slug(name)), format!("Perceived quality by {}", spaced(name)));
    let (window, description) = (even(Window::around(values(entries))), told_words(&rows));
    Chart::of(|size: Size| {
        dots(Caption { id: &id, title: &title, description: &description }, &rows, window, size)
    })
}

/// A small chart for each variable but quality, of those with at least two known levels.
fn panels(shape: &Shape, words: &Words, name: &str) -> Vec<Panel> {
    let variables = Between::all(shape, words, name).into_iter().filter(|one| one.variable() != "quality");
    variables.filter_map(|one| panel(shape, &one, name)).collect()
}

fn panel(shape: &Shape, one: &Between<'_>, name: &str) -> Option<Panel> {
    let entries = one.entries();
    let known = entries.iter().filter(|entry| entry.reading.as_ref().is_some_and(|r| r.value().is_some()));
    if entries.len() > MOST_PANELS || known.count() < 2 {
        return None;
    }
    let ends = shape.codes_of(one.variable()).or_else(|| shape.codes());
    let low = clearly_low(&entries);
    let rows: Vec<DotRow> = entries.iter().map(|entry| row(entry, ends, low.contains(entry))).collect();
    let window = Window::of_codes(ends, values(&entries));
    let id = format!("group-{}-{}", slug(name), slug(one.variable()));
    let title = format!("{} by {}, mean in codes", one.name(), spaced(name));
    let svg =
        dots(Caption { id: &id, title: &title, description: &told_words(&rows) }, &rows, window, Size::Panel);
    Some(Panel { name: one.name().to_owned(), unit: one.unit(), svg })
}

/// A row in codes; the decimals are those of its range.
fn row(entry: &Entry<'_>, ends: Option<(f64, f64)>, weak: bool) -> DotRow {
    let said = Said::of(entry.reading.as_ref(), Unit::codes(ends), 1);
    DotRow { value: said.value, range: said.range, ..dot_row(entry, weak) }
}

fn values(entries: &[Entry<'_>]) -> Vec<f64> {
    let ends = |reading: &Reading<'_>| {
        let (low, high) = reading.ci95().unzip();
        [reading.value(), low, high]
    };
    entries.iter().filter_map(|entry| entry.reading.as_ref()).flat_map(ends).flatten().collect()
}
