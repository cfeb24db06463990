//! What goes with the overall judgement, and never what causes it.

use serde_json::Value;
use survey_forms::render::Put;

use super::Sheet;
use super::charts::{Row, dot_chart};
use crate::files::report_pdf::blocks::{Block, Section};
use crate::report::Reading;
use crate::report::charts::Window;
use crate::report::render::Unit;

/// From how sure a first place on is said.
const SURE: f64 = 0.9;

/// One dimension with its part.
struct Part<'a> {
    name: &'a str,
    reading: Option<Reading<'a>>,
    /// How sure it is that it comes first.
    first: Option<f64>,
}

/// The part; nothing where no overall judgement was asked.
pub fn section(sheet: &Sheet<'_>) -> Option<Section> {
    let says = sheet.says;
    let tree = sheet.total().drivers.as_ref()?;
    let together = says.figure(Reading::at(tree, &["r2"]).as_ref(), Unit::SHARE, 0);
    let heading = says.text("drivers-heading");
    // Without a range a value would say more than is known.
    if !together.ranged {
        let said = says.with("drivers-none", &[("reason", Put::Words(&together.range))]);
        let blocks = vec![Block::lead(said)];
        return Some(Section { together: true, ..Section::on_new_page(heading, blocks) });
    }
    let parts = parts(sheet, tree);
    let lead = says.with("drivers-together", &[("share", Put::Words(&together.whole(says)))]);
    let mut blocks = vec![Block::lead(lead)];
    blocks.extend(first(sheet, &parts).map(Block::text));
    blocks.push(Block::note(says.text("drivers-caution")));
    blocks.extend(chart(sheet, &parts));
    let row = |part: &Part<'_>| {
        let said = says.figure(part.reading.as_ref(), Unit::SHARE, 1);
        vec![says.name(part.name), said.value, said.range, said.n]
    };
    let head = ["column-dimension", "column-part", "column-range", "column-answers"];
    blocks.push(Block::Table {
        head: head.map(|key| says.text(key)).to_vec(),
        rows: parts.iter().map(row).collect(),
        widths: vec![8, 4, 6, 4],
        words: false,
    });
    Some(Section::on_new_page(heading, blocks))
}

/// The dimensions, the largest part first.
fn parts<'a>(sheet: &'a Sheet<'_>, tree: &'a Value) -> Vec<Part<'a>> {
    let shares = tree.get("lmg").and_then(Value::as_object).into_iter().flatten();
    let first = |tree: &Value| {
        let ranks = tree.get("rank_probability")?;
        ranks.as_array().or_else(|| ranks.get("value")?.as_array())?.first()?.as_f64()
    };
    let part = |(key, tree): (&'a String, &'a Value)| Part {
        name: sheet.dimension(key),
        reading: Reading::of(tree),
        first: first(tree),
    };
    let mut parts: Vec<Part<'a>> =
        shares.filter(|(key, _)| *key != "undefined" && *key != "n").map(part).collect();
    let value = |part: &Part<'_>| part.reading.as_ref().and_then(Reading::value).unwrap_or(f64::NEG_INFINITY);
    parts.sort_by(|a, b| value(b).total_cmp(&value(a)));
    parts
}

fn first(sheet: &Sheet<'_>, parts: &[Part<'_>]) -> Option<String> {
    let says = sheet.says;
    let sure = parts.iter().find_map(|part| Some((part.name, part.first.filter(|p| *p >= SURE)?)));
    match sure {
        Some((name, p)) => {
            let p = p.min(0.999) * 100.0;
            let share = says.percent(&says.number(p, usize::from(p > 99.0)));
            Some(says.with("drivers-first", &[("name", Put::Name(name)), ("share", Put::Words(&share))]))
        }
        None => parts.iter().any(|part| part.first.is_some()).then(|| says.text("drivers-unclear")),
    }
}

fn chart(sheet: &Sheet<'_>, parts: &[Part<'_>]) -> Option<Block> {
    let ends = |part: &Part<'_>| {
        let reading = part.reading.as_ref()?;
        let value = reading.value()?;
        Some(reading.ci95().map_or(value, |(_, high)| high.max(value)) * 100.0)
    };
    let window = Window::from_zero(parts.iter().filter_map(ends));
    let rows: Vec<Row<'_>> = parts
        .iter()
        .map(|part| Row { name: part.name, reading: part.reading.clone(), weak: false })
        .collect();
    dot_chart(sheet, &sheet.says.text("chart-drivers"), &rows, window, Unit::SHARE).map(Block::Chart)
}
