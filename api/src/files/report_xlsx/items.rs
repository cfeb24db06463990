//! The sheet `Items`: one row for each item of the total and of every level, with its distribution.

use std::collections::BTreeSet;

use serde_json::Value;

use super::sheet::{Cell, Column, Table};
use super::{Workings, level_name, shapes};
use crate::report::Reading;

/// What stands before the counts of codes.
const COLUMNS: [(&str, f64); 15] = [
    ("Split", 14.0),
    ("Level", 16.0),
    ("Item", 20.0),
    ("Question", 60.0),
    ("Answers", 9.0),
    ("Mean", 9.0),
    ("Mean from", 9.0),
    ("Mean to", 9.0),
    ("Standard deviation", 10.0),
    ("Median", 9.0),
    ("Top codes", 9.0),
    ("Top codes from", 9.0),
    ("Top codes to", 9.0),
    ("Top codes begin at", 9.0),
    ("Not shown because", 34.0),
];

/// The states that are no answers, as the report names them, with their headings.
const STATES: [(&str, &str); 4] = [
    ("skipped", "Left open"),
    ("not_applicable", "Does not apply"),
    ("dont_know", "Cannot say"),
    ("not_shown", "Not asked"),
];

/// The table. Counts of codes are as answered; everything else is after reversal.
pub fn table(workings: &Workings<'_>) -> Table {
    let all = shapes(workings);
    let trees = all.iter().flat_map(|(_, _, shape)| shape.items.values());
    let histograms = trees.filter_map(|tree| tree.get("histogram")?.as_object());
    let codes: BTreeSet<u8> =
        histograms.flat_map(serde_json::Map::keys).filter_map(|code| code.parse().ok()).collect();
    let mut columns: Vec<Column> = COLUMNS.iter().map(|(title, width)| Column::new(title, *width)).collect();
    columns.extend(STATES.iter().map(|(_, title)| Column::new(title, 9.0)));
    columns.extend(codes.iter().map(|code| Column::new(&format!("Code {code}"), 8.0)));
    let mut table = Table::new("Items", columns);
    for (split, level, shape) in all {
        for (key, tree) in &shape.items {
            let question = workings.words.item_texts.get(key).map_or("", String::as_str);
            let mut row = vec![
                Cell::text(split),
                Cell::Text(level_name(workings.words, split, level)),
                Cell::text(key),
                Cell::text(question),
                count(tree, "n"),
            ];
            figures(tree, &mut row);
            row.extend(STATES.iter().map(|(state, _)| count(tree, state)));
            let histogram = tree.get("histogram").unwrap_or(&Value::Null);
            row.extend(codes.iter().map(|code| count(histogram, &code.to_string())));
            table.rows.push(row);
        }
    }
    table
}

fn figures(tree: &Value, row: &mut Vec<Cell>) {
    let mean = Reading::at(tree, &["mean"]);
    let ends = mean.as_ref().and_then(Reading::ci95);
    let value = |name: &str| Reading::at(tree, &[name]).and_then(|reading| reading.value());
    row.push(Cell::maybe(mean.as_ref().and_then(Reading::value)));
    row.extend([Cell::maybe(ends.map(|(low, _)| low)), Cell::maybe(ends.map(|(_, high)| high))]);
    row.extend([Cell::maybe(value("sd")), Cell::maybe(value("median"))]);
    let share = |share: Option<f64>| share.map_or(Cell::Empty, Cell::Share);
    let top = Reading::at(tree, &["top_box"]);
    let ends = top.as_ref().and_then(Reading::ci95);
    row.push(share(top.as_ref().and_then(Reading::value)));
    row.extend([share(ends.map(|(low, _)| low)), share(ends.map(|(_, high)| high))]);
    row.push(tree.get("top_box").map_or(Cell::Empty, |top| count(top, "threshold")));
    row.push(match mean {
        Some(Reading::Undefined { reason, .. }) => Cell::text(reason),
        _ => Cell::Empty,
    });
}

fn count(tree: &Value, name: &str) -> Cell {
    Cell::count(tree.get(name).and_then(Value::as_u64))
}
