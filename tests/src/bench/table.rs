//! The one table of a bench: ratios with their goals, plain figures with their budgets; as text and as JSON.
//!
//! Called by the benches.

use std::fmt::Write;

use serde_json::{Value, json};

use super::rounds::Middle;

/// Which way is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// The more, the better.
    Higher,
    /// The less, the better.
    Lower,
}

/// A measured ratio.
#[derive(Clone, Debug)]
pub struct Ratio {
    /// Short name, for `--only` and for JSON.
    pub key: &'static str,
    /// What is measured.
    pub numerator: String,
    /// What it is held against.
    pub denominator: String,
    /// Unit of both.
    pub unit: &'static str,
    /// What was measured.
    pub measured: Middle,
    /// Which way is good.
    pub better: Better,
    /// Where it should be.
    pub goal: f64,
    /// Where it must be.
    pub floor: f64,
}

impl Ratio {
    fn reaches(&self, bound: f64) -> bool {
        match self.better {
            Better::Higher => self.measured.ratio() >= bound,
            Better::Lower => self.measured.ratio() <= bound,
        }
    }

    /// `goal`, `floor` or `missed`.
    pub fn reached(&self) -> &'static str {
        match (self.reaches(self.goal), self.reaches(self.floor)) {
            (true, _) => "goal",
            (false, true) => "floor",
            (false, false) => "missed",
        }
    }

    fn json(&self) -> Value {
        let measured = self.measured;
        json!({
            "key": self.key, "unit": self.unit,
            "numerator": {"what": self.numerator, "value": measured.numerator},
            "denominator": {"what": self.denominator, "value": measured.denominator},
            "ratio": measured.ratio(), "lowest": measured.lowest, "highest": measured.highest,
            "better": if self.better == Better::Higher { "higher" } else { "lower" },
            "goal": self.goal, "floor": self.floor, "reached": self.reached(),
        })
    }
}

/// A figure that stands for itself: it depends on the machine, so nothing is demanded of it.
#[derive(Clone, Debug)]
pub struct Figure {
    /// What it is.
    pub what: String,
    /// How much.
    pub value: f64,
    /// Its unit.
    pub unit: &'static str,
    /// What it should not exceed, where something was agreed.
    pub budget: Option<f64>,
}

/// Everything that one run measured.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The ratios.
    pub ratios: Vec<Ratio>,
    /// The figures.
    pub figures: Vec<Figure>,
}

impl Table {
    /// Adds a figure without a budget.
    pub fn figure(&mut self, what: impl Into<String>, value: f64, unit: &'static str) {
        self.figures.push(Figure { what: what.into(), value, unit, budget: None });
    }

    /// Adds a figure with what it should not exceed.
    pub fn budgeted(&mut self, what: impl Into<String>, value: f64, unit: &'static str, budget: f64) {
        self.figures.push(Figure { what: what.into(), value, unit, budget: Some(budget) });
    }

    /// Whether every ratio is where it must be.
    pub fn holds(&self) -> bool {
        self.ratios.iter().all(|ratio| ratio.reached() != "missed")
    }

    /// As text, in lines of a Markdown table.
    pub fn text(&self) -> String {
        let mut rows = vec![row(&[
            "measured", "", "against", "", "unit", "ratio", "rounds", "goal", "floor", "reached",
        ])];
        rows.extend(self.ratios.iter().map(ratio_row));
        let mut text = aligned(&rows);
        if !self.figures.is_empty() {
            let mut rows = vec![row(&["figure", "", "unit", "budget"])];
            rows.extend(self.figures.iter().map(figure_row));
            text.push('\n');
            text.push_str(&aligned(&rows));
        }
        text
    }

    /// As JSON; `run` says how it was taken.
    pub fn json(&self, run: &Value) -> Value {
        let figure = |one: &Figure| json!({"what": one.what, "value": one.value, "unit": one.unit, "budget": one.budget});
        json!({
            "run": run,
            "ratios": self.ratios.iter().map(Ratio::json).collect::<Vec<_>>(),
            "figures": self.figures.iter().map(figure).collect::<Vec<_>>(),
        })
    }
}

fn row(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

fn ratio_row(ratio: &Ratio) -> Vec<String> {
    let measured = ratio.measured;
    let bound = |bound: f64| match ratio.better {
        Better::Higher => format!("≥ {}", short(bound)),
        Better::Lower => format!("≤ {}", short(bound)),
    };
    vec![
        ratio.numerator.clone(),
        short(measured.numerator),
        ratio.denominator.clone(),
        short(measured.denominator),
        ratio.unit.to_owned(),
        short(measured.ratio()),
        format!("{} to {}", short(measured.lowest), short(measured.highest)),
        bound(ratio.goal),
        bound(ratio.floor),
        ratio.reached().to_owned(),
    ]
}

fn figure_row(figure: &Figure) -> Vec<String> {
    let budget = figure.budget.map_or(String::new(), |budget| format!("≤ {}", short(budget)));
    vec![figure.what.clone(), short(figure.value), figure.unit.to_owned(), budget]
}

/// Three digits that count, and no more than the whole number of large ones.
fn short(value: f64) -> String {
    match value.abs() {
        0.0 => "0".to_owned(),
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        size if size >= 0.1 => format!("{value:.2}"),
        _ => format!("{value:.4}"),
    }
}

/// Lines of a Markdown table whose columns stand below each other; the first row is the head.
fn aligned(rows: &[Vec<String>]) -> String {
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let mut text = String::new();
    for (index, row) in rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            write!(text, "| {cell}{} ", " ".repeat(width(column) - cell.chars().count()))
                .expect("text grows");
        }
        text.push_str("|\n");
        if index == 0 {
            let rule: Vec<String> = (0..row.len()).map(|column| "-".repeat(width(column).max(3))).collect();
            writeln!(text, "| {} |", rule.join(" | ")).expect("text grows");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(better: Better, measured: f64) -> Ratio {
        let measured = Middle::of(&[(measured, 1.0)]);
        let (goal, floor) = if better == Better::Higher { (0.4, 0.3) } else { (6.0, 9.0) };
        let (numerator, denominator) = ("ours".to_owned(), "theirs".to_owned());
        Ratio { key: "a", numerator, denominator, unit: "1/s", measured, better, goal, floor }
    }

    #[test]
    fn goal_floor_and_miss_are_told_apart_in_both_directions() {
        let reached = |better, measured| ratio(better, measured).reached();
        let higher = [0.4, 0.39, 0.3, 0.29].map(|measured| reached(Better::Higher, measured));
        assert_eq!(higher, ["goal", "floor", "floor", "missed"]);
        let lower = [6.0, 6.1, 9.0, 9.1].map(|measured| reached(Better::Lower, measured));
        assert_eq!(lower, ["goal", "floor", "floor", "missed"]);
    }

    #[test]
    fn one_missed_ratio_is_told_in_text_and_json() {
        let mut table = Table { ratios: vec![ratio(Better::Higher, 0.5)], figures: vec![] };
        assert!(table.holds());
        table.ratios.push(ratio(Better::Lower, 12.0));
        table.figure("something", 1234.4, "ms");
        assert!(!table.holds());
        let lines = table.text();
        assert!(lines.contains("missed") && lines.contains("≤ 6.00") && lines.contains("1234"), "{lines}");
        let json = table.json(&json!({"machine": "any"}));
        assert_eq!(json["ratios"][1]["reached"], "missed");
        assert_eq!(json["run"]["machine"], "any");
    }
}
