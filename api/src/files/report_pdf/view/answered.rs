//! Who answered: the response rate, weighted figures beside raw ones, and answers without care.

use serde_json::Value;
use survey_forms::render::Put;

use super::summary::OUTCOMES;
use super::{Sheet, cover};
use crate::files::report_pdf::blocks::{Block, Section};
use crate::files::report_pdf::reason::reason;
use crate::report::Reading;
use crate::report::render::Unit;

/// The part.
pub fn section(sheet: &Sheet<'_>) -> Section {
    let says = sheet.says;
    let mut blocks = vec![Block::lead(cover::rate(sheet))];
    if let Some(tree) = &sheet.total().weights {
        blocks.extend(weighting(sheet, tree));
    }
    if let Some(tree) = &sheet.total().careless {
        blocks.extend(careless(sheet, tree).into_iter().map(Block::text));
    }
    Section::on_new_page(says.text("answered-heading"), blocks)
}

fn weighting(sheet: &Sheet<'_>, tree: &Value) -> Vec<Block> {
    let says = sheet.says;
    let indicator = tree.get("response").and_then(|response| Reading::at(response, &["r_indicator"]));
    let indicator = indicator.filter(|one| one.value().is_some()).map(|one| {
        let said = says.figure(Some(&one), Unit::CODES, 2);
        Block::text(
            says.with("indicator", &[("value", Put::Words(&said.full())), ("n", Put::Words(&said.n))]),
        )
    });
    if let Some(why) = tree.get("undefined").and_then(Value::as_str) {
        let why = reason(says.0, why);
        let said = says.with("weighting-none", &[("reason", Put::Words(&why))]);
        return [Some(Block::text(said)), indicator].into_iter().flatten().collect();
    }
    let mut blocks = vec![Block::text(says.text("weighting-why"))];
    let plain = |key: &str| tree.get(key).and_then(Reading::plain);
    if let (Some(n), Some(like)) = (tree.get("n").and_then(Value::as_u64), plain("n_eff")) {
        let like = says.number(like, 0);
        let put = [("answers", Put::Words(&says.answers(n))), ("like", Put::Words(&like))];
        blocks.push(Block::text(says.with("weighting-cost", &put)));
    }
    blocks.extend(indicator);
    blocks.push(table(sheet, tree));
    blocks
}

/// Each figure as answered and weighted.
fn table(sheet: &Sheet<'_>, tree: &Value) -> Block {
    let says = sheet.says;
    let row = |name: String, pair: &Value, unit: Unit| {
        let said = |key: &str| says.figure(Reading::at(pair, &[key]).as_ref(), unit, 1);
        let (raw, weighted) = (said("raw"), said("weighted"));
        vec![name, raw.full(), weighted.full(), weighted.n]
    };
    let quality = tree.get("quality").map(|pair| row(says.text("name-quality"), pair, Unit::SCORE));
    let outcomes = OUTCOMES.iter().filter_map(|(key, name, unit, _)| {
        let unit = if *key == "overall" { sheet.unit_of_overall() } else { *unit };
        Some(row(says.text(name), tree.get("outcome")?.get(*key)?, unit))
    });
    let dimensions = sheet.total().dimensions.keys().filter_map(|key| {
        Some(row(says.name(sheet.dimension(key)), tree.get("dimensions")?.get(key)?, Unit::SCORE))
    });
    Block::Table {
        head: ["column-figure", "column-raw", "column-weighted", "column-answers"]
            .map(|key| says.text(key))
            .to_vec(),
        rows: quality.into_iter().chain(outcomes).chain(dimensions).collect(),
        widths: vec![8, 6, 6, 4],
        words: false,
    }
}

/// How many carry a sign of carelessness, and quality without them.
fn careless(sheet: &Sheet<'_>, tree: &Value) -> Vec<String> {
    let says = sheet.says;
    let flagged = tree.get("flagged").and_then(|one| one.as_u64().or_else(|| one.get("value")?.as_u64()));
    let (Some(flagged), Some(n)) = (flagged, tree.get("n").and_then(Value::as_u64)) else {
        let why = tree.get("undefined").and_then(Value::as_str).unwrap_or("not computed");
        let why = if why == "not computed" { says.text("reason-absent") } else { reason(says.0, why) };
        return vec![says.with("careless-hidden", &[("reason", Put::Words(&why))])];
    };
    let (some, all) = (says.count(flagged), says.count(n));
    let mut said = vec![says.with("careless", &[("flagged", Put::Words(&some)), ("all", Put::Words(&all))])];
    let quality = |key: &str| says.score(Reading::at(tree, &["quality", key]).as_ref());
    let (with, without) = (quality("with"), quality("without"));
    if flagged > 0 && with.known && without.known {
        let (with, without) = (with.whole(says), without.whole(says));
        let put = [("with", Put::Words(&with)), ("without", Put::Words(&without))];
        said.push(says.with("careless-change", &put));
    }
    said
}
