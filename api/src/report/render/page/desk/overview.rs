//! The first page: how are we, did it change, where to work, and whom did we not hear.

use serde::Serialize;

use super::change::{Change, change};
use super::line::{Lines, of_quality};
use super::target::against_target;
use super::{Given, Part, headline, live, made, sorted, window};
use crate::report::charts::Window;
use crate::report::render::RenderError;
use crate::report::render::between::Between;
use crate::report::render::finding::{Entry, clearly_low, comparison};
use crate::report::render::page::cards::{Card, answered, extreme, quality};
use crate::report::render::page::chart::Chart;
use crate::report::render::page::dimensions::dimensions;
use crate::report::render::wording::{Said, Unit, capital, spaced};
use crate::report::{Reading, Report};

#[derive(Serialize)]
struct Overview<'a> {
    cards: Vec<Card>,
    finding: String,
    caption: String,
    chart: Option<Chart>,
    rows: Vec<Row<'a>>,
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
    by: String,
    page: &'static str,
    rows: Vec<Level>,
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
    let (caption, chart) = chart.map(|one| (one.caption, one.chart)).unwrap_or_default();
    let by = |name: &str| given.beside.iter().find(|report| report.by.contains_key(name));
    let levels = ["contact_channel", "channel"].into_iter().filter_map(|name| levels(given, by(name)?, name));
    let view = Overview {
        cards: cards(given, known),
        finding: finding(known),
        caption,
        chart,
        rows: rows(given),
        levels: levels.collect(),
        lines: ["week", "month"].into_iter().find_map(|name| of_quality(given, by(name)?, name)),
        base: given.base,
        query: given.query,
    };
    made(given, headline(known), "desk-overview", &view)
}

fn cards(given: &Given<'_>, known: &[Entry<'_>]) -> Vec<Card> {
    let total = &given.report.total;
    let mut cards = Vec::new();
    if let Some(reading) = total.quality_score() {
        let mut card = quality(&reading, known.len());
        if let Some(always) = always(given.report) {
            card.note = format!("{}. At every look {always}", card.note);
        }
        if let Some(words) = against_target(Some(&reading), given.target) {
            card.note = format!("{words}. {}", card.note);
        }
        cards.push(card);
    }
    cards.push(against(given));
    let lowest =
        sorted(known).into_iter().find(|one| one.reading.as_ref().is_some_and(|r| r.value().is_some()));
    match (clearly_low(known).as_slice(), lowest) {
        ([weakest], _) => cards.push(extreme("Weakest", weakest)),
        (_, Some(lowest)) => cards.push(extreme("Lowest score", &lowest)),
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

/// The range of quality that holds however often one looks.
fn always(report: &Report) -> Option<String> {
    let reading = Reading::at(report.total.sequence.as_ref()?, &["quality"])?;
    let said = Said::of(Some(&reading), Unit::SCORE, 0);
    said.known.then_some(said.range)
}

fn against(given: &Given<'_>) -> Card {
    let before = given.before.and_then(|report| report.total.quality_score());
    let said = match given.before {
        Some(_) => change(given.report.total.quality_score().as_ref(), before.as_ref()),
        None => Change {
            big: String::new(),
            range: "choose a period that has a beginning".to_owned(),
            verdict: "Nothing to compare with",
            is_worse: false,
        },
    };
    if said.big.is_empty() {
        let (big, note) = (said.verdict.to_owned(), capital(&said.range));
        return Card { label: "Against the period before", big, name: true, unit: String::new(), note };
    }
    let note = format!("{}, against as many days of the same weekdays", said.verdict);
    Card { label: "Against the period before", big: said.big, name: false, unit: said.range, note }
}

/// Quality as it would likely be if all customers had answered alike, where that is known.
fn weighted_words(report: &Report) -> Option<String> {
    let weights = report.total.weights.as_ref()?;
    let weighted = Reading::at(weights, &["quality", "weighted"]);
    let said = Said::of(weighted.as_ref(), Unit::SCORE, 0);
    said.known.then(|| format!("Quality weighted to all customers: {}", said.bracketed("")))
}

fn finding(known: &[Entry<'_>]) -> String {
    let values: Vec<f64> =
        known.iter().filter_map(|entry| entry.reading.as_ref().and_then(Reading::value)).collect();
    match (clearly_low(known).as_slice(), values.len()) {
        ([low], n) if n > 2 => {
            let value = low.reading.as_ref().and_then(Reading::value).unwrap_or_default();
            let rest = (values.iter().sum::<f64>() - value) / (n - 1) as f64;
            format!("{} is {:.0} points below the mean of the others", low.name, rest - value)
        }
        ([], _) => "No dimension stands apart".to_owned(),
        (low, _) => {
            let names: Vec<&str> = low.iter().map(|entry| entry.name).collect();
            format!("{} stand apart from the others", names.join(" and "))
        }
    }
}

/// Every dimension of experience with its change, lowest first.
pub(super) fn rows<'a>(given: &Given<'a>) -> Vec<Row<'a>> {
    let total = &given.report.total;
    let mut keys = total.experience();
    let value =
        |key: &str| total.dimension(key, "score").and_then(|one| one.value()).unwrap_or(f64::INFINITY);
    keys.sort_by(|a, b| value(a).total_cmp(&value(b)));
    keys.into_iter().map(|key| row(given, key)).collect()
}

fn row<'a>(given: &Given<'a>, key: &'a str) -> Row<'a> {
    let now = given.report.total.dimension(key, "score");
    let said = Said::of(now.as_ref(), Unit::SCORE, 0);
    let before = given.before.and_then(|report| report.total.dimension(key, "score"));
    let moved = given.before.map(|_| change(now.as_ref(), before.as_ref()));
    let (change, verdict, is_worse) = moved.map_or_else(
        || (String::new(), "no period before", false),
        |moved| (format!("{} {}", moved.big, moved.range), moved.verdict, moved.is_worse),
    );
    Row {
        key,
        name: given.words.dimension(key),
        value: said.value,
        range: said.range,
        n: said.n,
        change: change.trim().to_owned(),
        verdict,
        is_worse,
    }
}

fn levels(given: &Given<'_>, report: &Report, name: &str) -> Option<Levels> {
    let found = report.by.get(name)?;
    if found.len() < 2 {
        return None;
    }
    let verdict = Between::of(&report.total, given.words, name, "quality")?;
    let rows: Vec<Level> = found
        .iter()
        .map(|(level, shape)| {
            let said = Said::of(shape.quality_score().as_ref(), Unit::SCORE, 0);
            let name = given.words.level(name, level).to_owned();
            Level { name, value: said.value, range: said.range, n: said.n }
        })
        .take(MOST_LEVELS)
        .collect();
    let heading = level_words(given, report, name);
    Some(Levels {
        heading,
        verdict: format!("{}.", verdict.sentence()),
        by: spaced(name),
        page: "channels",
        rows,
    })
}

/// What a split finds, as a sentence: the level that is clearly lowest, else the verdict on all of them.
pub(super) fn level_words(given: &Given<'_>, report: &Report, name: &str) -> String {
    let levels = report.by.get(name).into_iter().flatten();
    let entries: Vec<Entry<'_>> = levels
        .map(|(level, shape)| Entry { name: given.words.level(name, level), reading: shape.quality_score() })
        .collect();
    if !clearly_low(&entries).is_empty() {
        return comparison(&entries);
    }
    let quality = report.total.groups.as_ref().and_then(|groups| groups.get(name)?.get("quality"));
    let verdict = quality.and_then(|quality| quality.get("consistency")?.get("verdict")?.as_str());
    let which = match name {
        "channel" => "Channels",
        "place" => "Places",
        _ => "Ways of getting in touch",
    };
    match verdict {
        Some("consistent") => format!("{which} are on one level"),
        Some("inconsistent") => format!("{which} are not on one level"),
        _ => format!("{which}: not enough answers for a verdict"),
    }
}

/// The table of ranges that hold at every look, for the page of the trend.
pub(super) fn every_look(given: &Given<'_>) -> Option<impl Serialize + use<>> {
    live(&given.report.total, given.words)
}
