//! A report as one long table: a row for each figure, for downloads that are read by rows.
//!
//! The rows are read from the report's own tree, so a new part cannot be forgotten here, and what the tree withholds is
//! withheld. Where a figure stands in the JSON is said by its row: `split` and `level` (empty for the total), then the
//! path as `part`, `name` and `statistic`.

use serde_json::{Map, Number, Value};

use super::model::Report;

/// Fields of a figure that its own row holds.
const OF_THE_FIGURE: [&str; 4] = ["value", "n", "ci95", "undefined"];

/// One figure, or one plain number or word, with its place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// By what the report is split; empty for the total.
    pub split: String,
    /// The level of the split; empty for the total.
    pub level: String,
    /// Part of the report, such as `items`.
    pub part: String,
    /// What it is about, such as the key of an item; empty where the part itself is the figure.
    pub name: String,
    /// What is said of it: the rest of the path with points between, `value` where there is none.
    pub statistic: String,
    /// The number; none where it is not defined, and for words.
    pub value: Option<Number>,
    /// People behind it; none where that is withheld or does not apply.
    pub n: Option<u64>,
    /// Lower bound of the 95 % interval.
    pub lo: Option<Number>,
    /// Upper bound.
    pub hi: Option<Number>,
    /// Why there is no number, or no interval.
    pub undefined: String,
    /// What is said in words, such as a verdict.
    pub text: String,
}

/// Every figure of a report, in the order of its JSON.
pub fn rows(report: &Report) -> Result<Vec<Row>, serde_json::Error> {
    let mut found = Vec::new();
    gather(&mut found, "", "", &serde_json::to_value(&report.total)?);
    for (split, levels) in &report.by {
        for (level, shape) in levels {
            gather(&mut found, split, level, &serde_json::to_value(shape)?);
        }
    }
    let mut around = Map::new();
    if let Some(rate) = &report.response_rate {
        around.insert("response_rate".to_owned(), serde_json::to_value(rate)?);
    }
    around.insert("about".to_owned(), serde_json::to_value(&report.about)?);
    gather(&mut found, "", "", &Value::Object(around));
    Ok(found)
}

fn gather(found: &mut Vec<Row>, split: &str, level: &str, parts: &Value) {
    let mut walk = Walk { found, split, level, path: Vec::new() };
    for (part, tree) in parts.as_object().into_iter().flatten() {
        walk.below(part, tree, None);
    }
}

struct Walk<'w> {
    found: &'w mut Vec<Row>,
    split: &'w str,
    level: &'w str,
    path: Vec<String>,
}

impl Walk<'_> {
    fn below(&mut self, key: &str, tree: &Value, n: Option<u64>) {
        self.path.push(key.to_owned());
        match tree {
            Value::Object(fields) => self.object(fields, n),
            Value::Array(parts) => {
                for (place, part) in parts.iter().enumerate() {
                    self.below(&place.to_string(), part, n);
                }
            }
            Value::Number(value) => self.push(Row { value: Some(value.clone()), n, ..Row::default() }),
            Value::String(text) => self.push(Row { text: text.clone(), n, ..Row::default() }),
            Value::Bool(is) => self.push(Row { text: is.to_string(), n, ..Row::default() }),
            Value::Null => {}
        }
        self.path.pop();
    }

    fn object(&mut self, fields: &Map<String, Value>, above: Option<u64>) {
        let n = fields.get("n").map_or(above, Value::as_u64);
        let is_figure = fields.get("value").is_some_and(Value::is_number) || fields.contains_key("undefined");
        if is_figure {
            self.push(figure(fields, n));
        }
        for (key, part) in fields {
            if !(is_figure && OF_THE_FIGURE.contains(&key.as_str())) {
                self.below(key, part, n);
            }
        }
    }

    fn push(&mut self, row: Row) {
        let mut path = self.path.iter();
        let mut next = || path.next().cloned().unwrap_or_default();
        let (part, name) = (next(), next());
        let rest = path.cloned().collect::<Vec<_>>().join(".");
        let statistic = if rest.is_empty() { "value".to_owned() } else { rest };
        let (split, level) = (self.split.to_owned(), self.level.to_owned());
        self.found.push(Row { split, level, part, name, statistic, ..row });
    }
}

fn figure(fields: &Map<String, Value>, n: Option<u64>) -> Row {
    let number = |tree: Option<&Value>| match tree {
        Some(Value::Number(number)) => Some(number.clone()),
        _ => None,
    };
    let interval = fields.get("ci95");
    let bound = |place: usize| number(interval.and_then(|bounds| bounds.get(place)));
    let reason = |tree: Option<&Value>| tree?.get("undefined")?.as_str().map(str::to_owned);
    let own = fields.get("undefined").and_then(Value::as_str).map(str::to_owned);
    Row {
        value: number(fields.get("value")),
        n,
        lo: bound(0),
        hi: bound(1),
        undefined: own.or_else(|| reason(interval)).unwrap_or_default(),
        ..Row::default()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::*;
    use crate::report::{About, Shape};

    fn row_of<'r>(rows: &'r [Row], level: &str, place: [&str; 3]) -> &'r Row {
        let is = |row: &&Row| row.level == level && [&*row.part, &*row.name, &*row.statistic] == place;
        rows.iter().find(is).unwrap_or_else(|| panic!("no row {place:?} in {rows:#?}"))
    }

    fn shape() -> Shape {
        let mut shape = Shape::default();
        let item = json!({"n": 12, "histogram": {"1": 5, "2": 7},
            "mean": {"value": 1.5, "n": 12, "ci95": [1.25, 1.75]},
            "sd": {"undefined": "one answer only", "n": 1}});
        shape.items.insert("speed.a".into(), item);
        shape.outcome = Some(
            json!({"nps": {"value": -3.5, "n": 12, "se": 2.0, "ci95": {"undefined": "no spread", "n": 12}}}),
        );
        shape.groups = Some(json!({"channel": {"quality": {"consistency": {"verdict": "consistent"}}}}));
        shape
    }

    #[test]
    fn each_figure_is_a_row_with_its_interval_or_its_reason() {
        let by = BTreeMap::from([("channel".to_owned(), BTreeMap::from([("web".to_owned(), shape())]))]);
        let report = Report::new(shape(), by, None, About::default());
        let rows = rows(&report).unwrap();
        for level in ["", "web"] {
            let mean = row_of(&rows, level, ["items", "speed.a", "mean"]);
            assert_eq!(mean.value, Number::from_f64(1.5));
            assert_eq!(
                (&mean.lo, &mean.hi, mean.n),
                (&Number::from_f64(1.25), &Number::from_f64(1.75), Some(12))
            );
            let sd = row_of(&rows, level, ["items", "speed.a", "sd"]);
            assert_eq!((&sd.value, sd.n, &*sd.undefined), (&None, Some(1), "one answer only"));
            assert_eq!(row_of(&rows, level, ["items", "speed.a", "histogram.2"]).value, Some(7.into()));
            let nps = row_of(&rows, level, ["outcome", "nps", "value"]);
            assert_eq!((nps.lo.is_none(), &*nps.undefined), (true, "no spread"));
            assert_eq!(row_of(&rows, level, ["outcome", "nps", "se"]).n, Some(12));
            assert_eq!(
                row_of(&rows, level, ["groups", "channel", "quality.consistency.verdict"]).text,
                "consistent"
            );
        }
    }

    #[test]
    fn what_is_withheld_has_neither_a_number_nor_an_n() {
        let mut shape = Shape::default();
        shape.items.insert("a".into(), json!({"undefined": "fewer than 10 people", "n": null}));
        let rows = rows(&Report::new(shape, BTreeMap::new(), None, About::default())).unwrap();
        let row = row_of(&rows, "", ["items", "a", "value"]);
        assert_eq!((&row.value, row.n, &*row.undefined), (&None, None, "fewer than 10 people"));
    }
}
