//! Channels, places, and the split that was asked for: the verdict in words, and each level with its range. Levels stand in
//! the order of their names; nothing is ranked.

use serde_json::{Map, Value};
use survey_forms::render::Put;

use super::Sheet;
use super::charts::{Row, dot_chart};
use crate::files::report_pdf::blocks::{Block, Section};
use crate::files::report_pdf::plain::plain;
use crate::report::charts::Window;
use crate::report::render::{Between, Pair, Unit, told};
use crate::report::{Reading, Report};

/// The splits of every report; the one that was asked for comes behind them.
const SPLITS: [&str; 3] = ["contact_channel", "channel", "place"];
/// Splits of time, which have a part of their own.
const TIMES: [&str; 2] = ["month", "week"];
/// Most levels in one chart and table.
const MOST: usize = 24;
/// Up to so many levels, a split stands on one page.
const MOST_TOGETHER: usize = 9;
/// Most differences that are told one by one.
const MOST_PAIRS: usize = 6;

/// A part for each split that was read.
pub fn sections(sheet: &Sheet<'_>) -> Vec<Section> {
    let own = sheet.work.report.by.keys().map(String::as_str);
    let own = own.filter(|name| !SPLITS.contains(name) && !TIMES.contains(name));
    let names: Vec<&str> = SPLITS.into_iter().chain(own).collect();
    let inside: Vec<Section> = names.iter().filter_map(|name| split(sheet, name)).collect();
    if inside.is_empty() {
        return Vec::new();
    }
    let lead = vec![Block::note(sheet.says.text("splits-note"))];
    let mut sections = vec![Section::on_new_page(sheet.says.text("splits-heading"), lead)];
    sections.extend(inside);
    sections
}

/// What a split is called.
pub fn name(sheet: &Sheet<'_>, split: &str) -> String {
    match split {
        "channel" => sheet.says.text("split-channel"),
        "contact_channel" => sheet.says.text("split-contact"),
        "place" => sheet.says.text("split-place"),
        "language" => sheet.says.text("split-language"),
        segment => sheet.says.name(&plain(segment)),
    }
}

/// Whether the levels of a split are on one level, as a sentence.
pub fn verdict(sheet: &Sheet<'_>, split: &str, between: &Between<'_>) -> String {
    let (says, what) = (sheet.says, name(sheet, split));
    let what = ("what", Put::Words(&what));
    if let Some(why) = between.undefined() {
        let reason = super::super::reason::reason(says.0, why);
        return says.with("not-compared", &[what, ("reason", Put::Words(&reason))]);
    }
    let margin = between.margin().unwrap_or_default();
    let margin = says.number(margin, usize::from(margin.fract() != 0.0));
    let beyond = between.beyond();
    let named = beyond.iter().find(|pair| tells_both(sheet, between, pair)).or(beyond.first());
    match (between.verdict(), named) {
        (Some("consistent"), _) => says.with("even", &[what, ("margin", Put::Words(&margin))]),
        (Some("inconsistent"), Some(most)) => says.with(
            "uneven",
            &[
                what,
                ("low", Put::Name(most.low)),
                ("high", Put::Name(most.high)),
                ("distance", Put::Words(&says.distance(most))),
            ],
        ),
        _ => says.with("open", &[what, ("margin", Put::Words(&margin))]),
    }
}

fn split(sheet: &Sheet<'_>, split: &str) -> Option<Section> {
    let report = sheet.by(split)?;
    let levels = report.by.get(split)?;
    if levels.len() < 2 {
        return None;
    }
    let says = sheet.says;
    let mut blocks = Vec::new();
    let between = Between::of(&report.total, &sheet.words, split, "quality");
    blocks.extend(between.as_ref().map(|between| Block::lead(verdict(sheet, split, between))));
    blocks.extend(between.as_ref().and_then(|between| differences(sheet, between)));
    let found = drawn(report, split);
    blocks.extend(found.map(|found| Block::text(places(sheet, split, found))));
    let mut rows: Vec<(&str, Row<'_>)> = levels
        .iter()
        .map(|(key, shape)| {
            let row = Row { name: sheet.level(split, key), reading: told::quality(shape), weak: false };
            (key.as_str(), row)
        })
        .collect();
    rows.sort_by(|(_, a), (_, b)| a.name.cmp(b.name));
    let many = rows.len() > MOST;
    rows.truncate(MOST);
    blocks.extend(chart(sheet, split, &rows));
    blocks.push(table(sheet, &rows, found));
    if many {
        let (shown, all) = (says.count(MOST as u64), says.count(levels.len() as u64));
        blocks.push(Block::note(
            says.with("levels-cut", &[("shown", Put::Words(&shown)), ("all", Put::Words(&all))]),
        ));
    }
    let together = levels.len() <= MOST_TOGETHER;
    Some(Section { together, ..Section::within(name(sheet, split), blocks) })
}

/// Whether the scores of both levels of a difference are told: no sentence is about one that stands without a range.
fn tells_both(sheet: &Sheet<'_>, between: &Between<'_>, pair: &Pair<'_>) -> bool {
    let split = between.comparison();
    let Some(levels) = sheet.by(split).and_then(|report| report.by.get(split)) else { return true };
    let tells = |name: &str| {
        let known = |shape| told::quality(shape).is_some_and(|one| one.ci95().is_some());
        levels.iter().any(|(key, shape)| sheet.level(split, key) == name && known(shape))
    };
    tells(pair.low) && tells(pair.high)
}

/// The clearest difference, as a sentence.
pub fn clearest(sheet: &Sheet<'_>, between: &Between<'_>) -> Option<String> {
    let nearest = |pair: &Pair<'_>| pair.range.map_or(0.0, |(low, _)| low);
    let is_clear = |pair: &Pair<'_>| nearest(pair) > 0.0 && tells_both(sheet, between, pair);
    let clear = between.pairs().into_iter().filter(is_clear);
    clear.max_by(|a, b| nearest(a).total_cmp(&nearest(b))).map(|pair| difference(sheet, &pair))
}

fn difference(sheet: &Sheet<'_>, pair: &Pair<'_>) -> String {
    let distance = sheet.says.distance(pair);
    let put =
        [("low", Put::Name(pair.low)), ("high", Put::Name(pair.high)), ("distance", Put::Words(&distance))];
    sheet.says.with("difference", &put)
}

/// The differences that chance does not account for, the farthest apart first.
fn differences(sheet: &Sheet<'_>, between: &Between<'_>) -> Option<Block> {
    let is_clear =
        |pair: &Pair<'_>| pair.range.is_some_and(|(low, _)| low > 0.0) && tells_both(sheet, between, pair);
    let clear = between.pairs().into_iter().filter(is_clear);
    let texts: Vec<String> = clear.take(MOST_PAIRS).map(|pair| difference(sheet, &pair)).collect();
    (!texts.is_empty()).then_some(Block::List { texts })
}

/// The levels of a split, each drawn towards the mean of all, where that was computed.
fn drawn<'r>(report: &'r Report, split: &str) -> Option<&'r Map<String, Value>> {
    let group = report.total.groups.as_ref()?.get(split)?;
    let within = group.get("quality").and_then(|quality| quality.get("shrinkage"));
    let tree = within.or_else(|| group.get("shrinkage").map(|tree| tree.get("quality").unwrap_or(tree)))?;
    tree.get("places")?.as_object()
}

/// What is said of small places: which stand outside of chance, and that each is drawn towards the mean.
fn places(sheet: &Sheet<'_>, split: &str, found: &Map<String, Value>) -> String {
    let says = sheet.says;
    let is_outside =
        |tree: &Value| tree.get("outside").and_then(Value::as_str).is_some_and(|word| word != "none");
    let names: Vec<&str> =
        found.iter().filter(|(_, tree)| is_outside(tree)).map(|(key, _)| sheet.level(split, key)).collect();
    let said = if names.is_empty() {
        says.text("places-inside")
    } else {
        says.with("places-outside", &[("names", Put::Words(&says.listed(&names)))])
    };
    format!("{said} {}", says.text("places-drawn"))
}

/// A level's mean, drawn towards that of all.
fn drawn_figure(sheet: &Sheet<'_>, tree: &Value) -> String {
    let reading = tree.get("shrunk").and_then(Value::as_f64).map(|value| Reading::Known {
        value,
        n: tree.get("n").and_then(Value::as_u64).unwrap_or(0),
        ci95: tree.get("ci95").and_then(Reading::ends),
    });
    sheet.says.score(reading.or_else(|| Reading::of(tree)).as_ref()).full()
}

fn chart(sheet: &Sheet<'_>, split: &str, levels: &[(&str, Row<'_>)]) -> Option<Block> {
    let rows: Vec<Row<'_>> = levels.iter().map(|(_, row)| row.clone()).collect();
    let says = sheet.says;
    let ends = |one: &Reading<'_>| [one.value(), one.ci95().map(|c| c.0), one.ci95().map(|c| c.1)];
    let window = Window::around(rows.iter().filter_map(|row| row.reading.as_ref()).flat_map(ends).flatten());
    let title = says.with("chart-levels", &[("what", Put::Words(&name(sheet, split)))]);
    dot_chart(sheet, &title, &rows, window, Unit::SCORE).map(Block::Chart)
}

fn table(sheet: &Sheet<'_>, levels: &[(&str, Row<'_>)], found: Option<&Map<String, Value>>) -> Block {
    let says = sheet.says;
    let row = |(key, row): &(&str, Row<'_>)| {
        let said = says.score(row.reading.as_ref());
        let mut cells = vec![says.name(row.name), said.value, said.range, said.n];
        cells.extend(found.map(|found| {
            found.get(*key).map_or_else(|| says.text("reason-absent"), |tree| drawn_figure(sheet, tree))
        }));
        cells
    };
    let mut head =
        ["column-level", "column-score", "column-range", "column-answers"].map(|key| says.text(key)).to_vec();
    let mut widths = vec![8, 3, 5, 4];
    if found.is_some() {
        head.push(says.text("column-drawn"));
        widths.push(6);
    }
    Block::Table { head, rows: levels.iter().map(row).collect(), widths, words: false }
}
