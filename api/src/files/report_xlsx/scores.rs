//! The sheet `Scores`: one row for each dimension of the total and of every level.

use serde_json::Value;

use super::sheet::{Cell, Column, Table};
use super::{Workings, dimension_name, level_name, shapes};
use crate::report::Reading;

/// The statistics of a dimension, each with its heading and whether its interval is shown.
const STATISTICS: [(&str, &str, bool); 7] = [
    ("score", "Score (0 to 100)", true),
    ("mean", "Mean of person means", true),
    ("sd", "Standard deviation", false),
    ("alpha", "Alpha", true),
    ("omega", "Omega", false),
    ("composite_reliability", "Composite reliability", false),
    ("ave", "Average variance extracted", false),
];

/// The table.
pub fn table(workings: &Workings<'_>) -> Table {
    let named = [("Split", 14.0), ("Level", 16.0), ("Dimension", 18.0), ("Name", 34.0)];
    let mut columns: Vec<Column> = named.iter().map(|(title, width)| Column::new(title, *width)).collect();
    for (_, title, has_interval) in STATISTICS {
        columns.push(Column::new(title, 12.0));
        if has_interval {
            columns.extend([Column::new("From", 9.0), Column::new("To", 9.0)]);
        }
        columns.push(Column::new("Answers", 9.0));
    }
    columns.push(Column::new("Not shown because", 40.0));
    let mut table = Table::new("Scores", columns);
    for (split, level, shape) in shapes(workings) {
        for (key, tree) in &shape.dimensions {
            let mut row = vec![
                Cell::text(split),
                Cell::Text(level_name(workings.words, split, level)),
                Cell::text(key),
                Cell::Text(dimension_name(workings.words, key)),
            ];
            statistics(tree, &mut row);
            table.rows.push(row);
        }
    }
    table
}

fn statistics(tree: &Value, row: &mut Vec<Cell>) {
    let mut reasons: Vec<String> = Vec::new();
    for (name, title, has_interval) in STATISTICS {
        let reading = Reading::at(tree, &[name]);
        row.push(Cell::maybe(reading.as_ref().and_then(Reading::value)));
        if has_interval {
            let ends = reading.as_ref().and_then(Reading::ci95);
            row.extend([Cell::maybe(ends.map(|(low, _)| low)), Cell::maybe(ends.map(|(_, high)| high))]);
        }
        row.push(Cell::count(reading.as_ref().and_then(Reading::n)));
        if let Some(Reading::Undefined { reason, .. }) = reading {
            reasons.push(format!("{title}: {reason}"));
        }
    }
    row.push(Cell::text(&reasons.join("; ")));
}
