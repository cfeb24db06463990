//! The first page: how are we, did it change, where to work, and whom did we not hear.

use serde::Serialize;

use super::change::change;
use super::line::{Lines, of_quality};
use super::target::against_target;
use super::{Given, Part, headline, live, made, sorted, window};
use crate::report::charts::Window;
use crate::report::render::RenderError;
use crate::report::render::finding::{Entry, clearly_low, with_range};
use crate::report::render::page::cards::{Card, answered, extreme, quality};
use crate::report::render::page::chart::Chart;
use crate::report::render::page::dimensions::dimensions;
use crate::report::render::split::{Split, entries, plural};
use crate::report::render::told;
use crate::report::render::wording::{Said, Unit, capital, listed, spaced};
use crate::report::{Reading, Report};

#[derive(Serialize)]
struct Overview<'a> {
    cards: Vec<Card>,
    finding: String,
    caption: String,
    chart: Option<Chart>,
    rows: Vec<Row<'a>>,
    /// Whether there is a period before to compare with.
    has_before: bool,
    levels: Vec<Levels>,
    lines: Option<Lines>,
    base: &'a str,
    query: &'a str,
}

/// A dimension in the table beside the chart.
#[derive(Serialize)]
pub(super) struct Row<'a> {
    key: &'a str,
    name: &'a str,
    value: String,
    range: String,
    n: String,
    change: String,
    verdict: &'static str,
    is_worse: bool,
}

/// A split in short: its verdict and the quality of each level.
#[derive(Serialize)]
struct Levels {
    heading: String,
    verdict: String,
    /// Heading of the first column.
    one: String,
    /// What the levels are called together.
    many: String,
    page: &'static str,
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

/// Most levels that stand on the first page; the others are on the page of their split.
const MOST_LEVELS: usize = 7;

/// Makes the part.
pub(super) fn overview(given: &Given<'_>, known: &[Entry<'_>]) -> Result<Part, RenderError> {
    let total = &given.report.total;
    let scores: Window = window(given.report);
    let chart = dimensions(total, given.words, known, scores);
    let (caption, chart) = match chart {
        Some(one) if one.chart.is_some() => (one.caption, one.chart),
        // Nothing to draw: the table below has the people, this the reason.
        _ => (told::note(known.iter().map(|entry| &entry.reading)), None),
    };
    let by = |name: &str| given.beside.iter().find(|report| report.by.contains_key(name));
    let levels = ["contact_channel", "channel"].into_iter().filter_map(|name| levels(given, by(name)?, name));
    let view = Overview {
        cards: cards(given, known),
        finding: finding(known),
        caption,
        chart,
        rows: rows(given),
        has_before: given.before.is_some(),
        levels: levels.collect(),
        lines: ["week", "month"].into_iter().find_map(|name| of_quality(given, by(name)?, name)),
        base: given.base,
        query: given.query,
    };
    made(given, headline(known), "desk-overview", &view)
}

fn cards(given: &Given<'_>, known: &[Entry<'_>]) -> Vec<Card> {
    let mut cards = Vec::new();
    if let Some(reading) = told::quality(&given.report.total) {
        let mut card = quality(&reading, known.len());
        if let Some(words) = against_target(Some(&reading), given.target) {
            card.note = format!("{words}. {}", card.note);
        }
        cards.push(card);
    }
    cards.extend(against(given));
    let lowest =
        sorted(known).into_iter().find(|one| one.reading.as_ref().is_some_and(|r| r.value().is_some()));
    match (clearly_low(known).as_slice(), lowest) {
        ([weakest], _) => cards.push(extreme("Weakest", weakest)),
        (_, Some(lowest)) => {
            let mut card = extreme("Lowest score", &lowest);
            card.note = format!("{}. Not clearly lower than the next", card.note);
            cards.push(card);
        }
        _ => {}
    }
    let words = weighted_words(given.report);
    cards.extend(answered(given.report).map(|mut card| {
        if let Some(words) = &words {
            card.note = format!("{}. {words}", card.note);
        }
        card
    }));
    cards
}

/// The change since the period before; nothing where no period lies before.
fn against(given: &Given<'_>) -> Option<Card> {
    let before = told::quality(&given.before?.total);
    let said = change(told::quality(&given.report.total).as_ref(), before.as_ref());
    let label = "Against the period before";
    if said.big.is_empty() {
        let (big, note) = (said.verdict.to_owned(), capital(&said.range));
        return Some(Card { label, big, name: true, unit: String::new(), note });
    }
    let note = format!("{}, against as many days of the same weekdays", said.verdict);
    Some(Card { label, big: said.big, name: false, unit: said.range, note })
}

/// Quality as it would likely be if all customers had answered alike, where that is known.
fn weighted_words(report: &Report) -> Option<String> {
    let weights = report.total.weights.as_ref()?;
    let weighted = Reading::at(weights, &["quality", "weighted"]);
    let said = Said::of(weighted.as_ref(), Unit::SCORE, 0);
    said.known.then(|| format!("Quality weighted to all customers: {}", said.bracketed("")))
}

fn finding(known: &[Entry<'_>]) -> String {
    let ranged = with_range(known);
    let low = clearly_low(known);
    match (low.as_slice(), ranged.get(low.len())) {
        (_, None) if ranged.is_empty() => "Every dimension".to_owned(),
        ([], _) | (_, None) => "The ranges of the lowest dimensions overlap".to_owned(),
        (low, Some(next)) => {
            let names: Vec<&str> = low.iter().map(|entry| entry.name).collect();
            let next_range = Said::of(next.reading.as_ref(), Unit::SCORE, 0).likely();
            format!("All others lie above {}: next is {}, {next_range}", listed(&names), next.name)
        }
    }
}

/// Every dimension of experience with its change, lowest first.
pub(super) fn rows<'a>(given: &Given<'a>) -> Vec<Row<'a>> {
    let total = &given.report.total;
    let mut keys = total.experience();
    let value = |key: &str| told::score(total, key).and_then(|one| one.value()).unwrap_or(f64::INFINITY);
    keys.sort_by(|a, b| value(a).total_cmp(&value(b)));
    keys.into_iter().map(|key| row(given, key)).collect()
}

fn row<'a>(given: &Given<'a>, key: &'a str) -> Row<'a> {
    let now = told::score(&given.report.total, key);
    let said = Said::of(now.as_ref(), Unit::SCORE, 0);
    let before = given.before.and_then(|report| told::score(&report.total, key));
    let moved = given.before.map(|_| change(now.as_ref(), before.as_ref()));
    let (change, verdict, is_worse) = moved.map_or_else(
        || (String::new(), "", false),
        |moved| {
            let (big, likely) = (moved.big, moved.range.trim_start_matches("likely "));
            let change = if big.is_empty() { moved.range.clone() } else { format!("{big} ({likely})") };
            (change, moved.verdict, moved.is_worse)
        },
    );
    Row {
        key,
        name: given.words.dimension(key),
        value: said.value,
        range: said.range,
        n: said.n,
        change,
        verdict,
        is_worse,
    }
}

fn levels(given: &Given<'_>, report: &Report, name: &str) -> Option<Levels> {
    let found = report.by.get(name)?;
    if found.len() < 2 {
        return None;
    }
    let entries = entries(found, given.words, name, told::quality);
    let split = Split::of(&report.total, given.words, name, &entries);
    let row = |entry: &Entry<'_>| {
        let said = Said::of(entry.reading.as_ref(), Unit::SCORE, 0);
        Level { name: entry.name.to_owned(), value: said.value, range: said.range, n: said.n }
    };
    Some(Levels {
        heading: split.heading(),
        verdict: split.verdict(),
        one: capital(&spaced(name)),
        many: plural(name).map_or_else(|| spaced(name), str::to_lowercase),
        page: "channels",
        rows: entries.iter().map(row).take(MOST_LEVELS).collect(),
        note: told::note(entries.iter().map(|entry| &entry.reading)),
    })
}

/// The table of ranges that hold at every look, for the page of the trend.
pub(super) fn every_look(given: &Given<'_>) -> Option<impl Serialize + use<>> {
    live(&given.report.total, given.words)
}
