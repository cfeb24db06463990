//! Each dimension: its score, how it moved, its months, and what was answered to each of its questions.

use serde_json::{Map, Value};
use survey_forms::render::Put;

use super::Sheet;
use super::charts::{item_chart, line_chart};
use super::cover::change_sentence;
use super::over_time::months;
use crate::files::dictionary::Kind;
use crate::files::report_pdf::blocks::{Block, Section};
use crate::files::report_pdf::plain::plain;
use crate::report::charts::{Share, Size};
use crate::report::difference;
use crate::report::render::Unit;

/// The states without a rating, with their words.
const EMPTY: [(&str, &str); 3] = [
    ("not_applicable", "state-not-applicable"),
    ("dont_know", "state-dont-know"),
    ("skipped", "state-skipped"),
];

/// Up to so many questions, a dimension stands on one page.
const MOST_TOGETHER: usize = 6;

/// A part for each dimension, and one for the questions in none.
pub fn sections(sheet: &Sheet<'_>) -> Vec<Section> {
    let total = sheet.total();
    let mut placed = Vec::new();
    let mut inside = Vec::new();
    for key in total.dimensions.keys() {
        let items = total.items_of(key);
        placed.extend(items.iter().copied());
        let part = Section::within(sheet.says.name(sheet.dimension(key)), dimension(sheet, key, &items));
        inside.push(Section { together: items.len() <= MOST_TOGETHER, ..part });
    }
    let rest: Vec<&str> =
        total.items.keys().map(String::as_str).filter(|key| !placed.contains(key)).collect();
    if !rest.is_empty() {
        let blocks = rest.iter().filter_map(|key| item(sheet, key)).collect();
        inside.push(Section::within(sheet.says.text("outcomes-heading"), blocks));
    }
    if inside.is_empty() {
        return Vec::new();
    }
    let lead =
        vec![Block::note(format!("{} {}", sheet.says.text("items-note"), sheet.says.text("chart-band")))];
    let mut sections = vec![Section::on_new_page(sheet.says.text("items-heading"), lead)];
    sections.extend(inside);
    sections
}

fn dimension(sheet: &Sheet<'_>, key: &str, items: &[&str]) -> Vec<Block> {
    let (says, total) = (sheet.says, sheet.total());
    let score = total.dimension(key, "score");
    let said = says.score(score.as_ref());
    let lead = if said.known {
        says.with("dimension-score", &said.put(&says.answers(said.count())))
    } else {
        says.with("dimension-none", &[("reason", Put::Words(&said.range))])
    };
    let was = sheet.work.before.and_then(|before| before.total.dimension(key, "score"));
    let change = difference(score.as_ref(), was.as_ref()).map(|moved| change_sentence(sheet, &moved));
    let alpha = says.figure(total.dimension(key, "alpha").as_ref(), Unit::CODES, 2);
    let alpha = says.with("dimension-alpha", &[("value", Put::Words(&alpha.whole(says)))]);
    let texts: Vec<String> = change.into_iter().chain([alpha]).collect();
    let points = months(sheet, |shape| shape.dimension(key, "score"));
    let title = says.with("by-month", &[("name", Put::Name(sheet.dimension(key)))]);
    let mut blocks = match line_chart(sheet, &title, &points, sheet.window_of_months(), Size::Panel, &[]) {
        Some(chart) => vec![Block::Beside { lead, texts, chart }],
        None => std::iter::once(Block::lead(lead)).chain(texts.into_iter().map(Block::text)).collect(),
    };
    blocks.extend(items.iter().filter_map(|key| item(sheet, key)));
    blocks
}

/// A question with its mean, its distribution and what its codes stand for.
fn item(sheet: &Sheet<'_>, key: &str) -> Option<Block> {
    let (says, total) = (sheet.says, sheet.total());
    let tree = total.items.get(key)?;
    let question = sheet.item(key).to_owned();
    let mean = says.figure(total.item(key, "mean").as_ref(), Unit::CODES, 1);
    let histogram = tree.get("histogram").and_then(Value::as_object);
    let Some(histogram) = histogram.filter(|_| mean.known) else {
        return Some(Block::Item { question, figure: mean.range, chart: None, ends: String::new() });
    };
    let shares = shares(histogram);
    let states = states(sheet, tree);
    let figure = says.with("item-mean", &mean.put(&says.answers(mean.count())));
    let figure = if states.is_empty() { figure } else { format!("{figure} {states}") };
    let told: Vec<String> =
        shares.iter().map(|share| format!("{}: {}", share.code, says.count(share.n))).collect();
    let chart = item_chart(&question, &shares, &told.join("; "));
    Some(Block::Item { chart: Some(chart), ends: ends(sheet, key), question, figure })
}

fn shares(histogram: &Map<String, Value>) -> Vec<Share> {
    let share = |(code, n): (&String, &Value)| Share { code: code.clone(), n: n.as_u64().unwrap_or(0) };
    histogram.iter().map(share).collect()
}

/// "Without a rating: cannot say 8, left open 4."
fn states(sheet: &Sheet<'_>, tree: &Value) -> String {
    let says = sheet.says;
    let told: Vec<String> = EMPTY
        .iter()
        .filter_map(|(key, word)| {
            let n = tree.get(*key)?.as_u64().filter(|n| *n > 0)?;
            Some(format!("{} {}", says.text(word), says.count(n)))
        })
        .collect();
    if told.is_empty() {
        return String::new();
    }
    let comma = if says.language().is_right_to_left() { "، " } else { ", " };
    says.with("item-states", &[("states", Put::Words(&told.join(comma)))])
}

/// What the lowest and the highest code stand for, as far as that is known.
fn ends(sheet: &Sheet<'_>, key: &str) -> String {
    let field = sheet.work.dictionary.fields.iter().find(|field| field.name == key);
    let Some((field, Kind::Code { min, max })) = field.map(|field| (field, field.kind)) else {
        return String::new();
    };
    let label = |code: u8| {
        let code = code.to_string();
        let found = field.values.iter().find(|(value, _)| *value == code);
        found.map(|(_, label)| format!("{code} = {}", plain(label)))
    };
    let both: Vec<String> = [label(min), label(max)].into_iter().flatten().collect();
    both.join(" … ")
}
