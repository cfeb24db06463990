//! The sheet `Groups`: what a comparison says of its levels, of each two of them, and of all together.

use serde_json::Value;

use super::sheet::{Cell, Column, Table};
use super::{Workings, dimension_name, level_name};
use crate::report::Reading;
use crate::report::render::Words;

const COLUMNS: [(&str, f64); 12] = [
    ("Comparison", 16.0),
    ("Variable", 18.0),
    ("Name", 30.0),
    ("Row", 12.0),
    ("Level", 18.0),
    ("Less level", 18.0),
    ("Answers", 9.0),
    ("Mean or difference", 12.0),
    ("From", 9.0),
    ("To", 9.0),
    ("p", 9.0),
    ("In words", 50.0),
];

/// The table; one row in words where nothing was compared.
pub fn table(workings: &Workings<'_>) -> Table {
    let mut table =
        Table::new("Groups", COLUMNS.iter().map(|(title, width)| Column::new(title, *width)).collect());
    let comparisons = workings.report.total.groups.as_ref().and_then(Value::as_object);
    for (comparison, variables) in comparisons.into_iter().flatten() {
        for (variable, tree) in variables.as_object().into_iter().flatten() {
            let rows = Rows { words: workings.words, comparison, variable };
            rows.levels(tree, &mut table.rows);
            rows.pairs(tree, &mut table.rows);
            rows.tests(tree, &mut table.rows);
        }
    }
    if table.rows.is_empty() {
        let mut row = vec![Cell::Empty; COLUMNS.len() - 1];
        row.push(Cell::text("Nothing was compared. Ask for a split with by=channel, place, language …"));
        table.rows.push(row);
    }
    table
}

struct Rows<'r> {
    words: &'r Words,
    comparison: &'r str,
    variable: &'r str,
}

impl Rows<'_> {
    fn row(&self, kind: &str, levels: [&str; 2], figures: [Cell; 5], words: &str) -> Vec<Cell> {
        let name = match self.variable {
            "quality" => "Quality".to_owned(),
            "overall" => "Overall judgement".to_owned(),
            key => dimension_name(self.words, key),
        };
        let level = |level: &str| {
            if level.is_empty() {
                Cell::Empty
            } else {
                Cell::Text(level_name(self.words, self.comparison, level))
            }
        };
        let mut row =
            vec![Cell::text(self.comparison), Cell::text(self.variable), Cell::Text(name), Cell::text(kind)];
        row.extend(levels.map(level));
        row.extend(figures);
        row.push(Cell::text(words));
        row
    }

    fn levels(&self, tree: &Value, rows: &mut Vec<Vec<Cell>>) {
        for (level, figure) in tree.get("levels").and_then(Value::as_object).into_iter().flatten() {
            let mean = Reading::at(figure, &["mean"]);
            let value = figure.get("mean").and_then(Reading::plain);
            let ends = figure.get("ci95").and_then(Reading::ends).or(mean.and_then(|mean| mean.ci95()));
            let n = figure.get("n").and_then(Value::as_u64);
            let reason = figure.get("undefined").and_then(Value::as_str).unwrap_or_default();
            rows.push(self.row("level", [level, ""], cells(n, value, ends, None), reason));
        }
    }

    fn pairs(&self, tree: &Value, rows: &mut Vec<Vec<Cell>>) {
        for pair in tree.get("games_howell").and_then(Value::as_array).into_iter().flatten() {
            let word = |name: &str| pair.get(name).and_then(Value::as_str).unwrap_or_default();
            let number = |name: &str| pair.get(name).and_then(Reading::plain);
            let ends = pair.get("ci95").and_then(Reading::ends);
            let figures = cells(None, number("diff"), ends, number("p"));
            rows.push(self.row("difference", [word("b"), word("a")], figures, word("undefined")));
        }
    }

    fn tests(&self, tree: &Value, rows: &mut Vec<Vec<Cell>>) {
        let tests = [
            ("welch", "Welch: do the means differ"),
            ("kruskal_wallis", "Kruskal-Wallis: do the ranks differ"),
            ("brown_forsythe", "Brown-Forsythe: do the spreads differ"),
        ];
        for (name, words) in tests {
            let Some(test) = tree.get(name) else { continue };
            let p = test.get("p").and_then(Reading::plain);
            let reason = test.get("undefined").and_then(Value::as_str);
            let words = reason.map_or_else(|| words.to_owned(), |reason| format!("{words}: {reason}"));
            rows.push(self.row("test", ["", ""], cells(None, None, None, p), &words));
        }
        if let Some(verdict) = tree.pointer("/consistency/verdict").and_then(Value::as_str) {
            rows.push(self.row(
                "verdict",
                ["", ""],
                cells(None, None, None, None),
                &verdict.replace('_', " "),
            ));
        }
    }
}

fn cells(n: Option<u64>, value: Option<f64>, ends: Option<(f64, f64)>, p: Option<f64>) -> [Cell; 5] {
    let ends = [ends.map(|(low, _)| low), ends.map(|(_, high)| high)].map(Cell::maybe);
    let [low, high] = ends;
    [Cell::count(n), Cell::maybe(value), low, high, Cell::maybe(p)]
}
