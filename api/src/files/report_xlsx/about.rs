//! The sheet `About`: scope, filters, day, version, and how every kind of number was computed.

use super::Workings;
use super::sheet::{Cell, Column, Table};

/// The table: names and what stands for them.
pub fn table(workings: &Workings<'_>) -> Table {
    let mut table = Table::new("About", vec![Column::new("What", 30.0), Column::new("Value", 100.0)]);
    let mut put = |name: &str, value: Cell| table.rows.push(vec![Cell::text(name), value]);
    put("Title", Cell::text(&workings.words.title));
    put("Organisation", Cell::text(&workings.words.organisation));
    for line in &workings.words.scope {
        put("Scope", Cell::text(line));
    }
    put("Made on", Cell::Day(workings.day));
    for (name, value) in workings.about {
        put(name, Cell::text(value));
    }
    for row in workings.rows.iter().filter(|row| row.part == "about" && row.name != "as_of") {
        let name = if row.statistic == "value" {
            row.name.clone()
        } else {
            format!("{}: {}", row.name, row.statistic)
        };
        let number = row.value.as_ref().and_then(serde_json::Number::as_f64);
        put(&name, number.map_or_else(|| Cell::text(&row.text), Cell::Count));
    }
    table
}
