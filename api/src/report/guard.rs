//! What may be shown: no figure of fewer people than the guard's minimum.
//!
//! The one rule for the report end-point, the demo and `laatu score`. It works on the finished tree of figures, so
//! that it knows nothing of the statistics and cannot forget one. An empty figure and a withheld one look the same.
//! What could be had by subtraction between the groups of a comparison is the business of `groups`.

use scoring::Undefined;
use serde_json::{Map, Value};

use super::model::Shape;

/// Fields that say how a figure is defined; they stay when its number goes.
const LABELS: [&str; 3] = ["kappa", "theta", "weights"];

/// The fewest people that a figure needs to be shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Guard {
    /// `None` shows everything.
    pub minimum: Option<u64>,
}

impl Guard {
    /// A guard that shows everything: for readers with the right `rows`, and for plain files.
    pub const OPEN: Self = Self { minimum: None };

    /// A guard that needs `minimum` people behind each figure.
    pub const fn at_least(minimum: u64) -> Self {
        Self { minimum: Some(minimum) }
    }

    /// Whether a figure of `people` people is withheld.
    pub fn hides(self, people: u64) -> bool {
        self.minimum.is_some_and(|minimum| people < minimum)
    }

    /// The words that stand for a withheld figure, such as "fewer than 10 people".
    pub fn reason(self) -> String {
        Undefined::FewerThan(self.minimum.unwrap_or(0)).to_string()
    }

    /// What stands in the place of a withheld figure.
    pub fn withheld(self) -> Value {
        let mut figure = Map::new();
        figure.insert("undefined".to_owned(), Value::String(self.reason()));
        figure.insert("n".to_owned(), Value::Null);
        Value::Object(figure)
    }

    /// Replaces every figure below `tree` that has too few people.
    ///
    /// A figure is an object with `n` and a `value`, a `histogram` or a reason why it is undefined; any other
    /// object is walked, and its own plain `n` becomes `null` when it is too small.
    pub fn apply(self, tree: &mut Value) {
        if self.minimum.is_none() {
            return;
        }
        match tree {
            Value::Array(parts) => parts.iter_mut().for_each(|part| self.apply(part)),
            Value::Object(fields) => {
                let few = fields.get("n").and_then(Value::as_u64).is_some_and(|n| self.hides(n));
                if few && is_figure(fields) {
                    self.withhold(tree);
                    return;
                }
                for (key, part) in fields.iter_mut() {
                    if few && key == "n" {
                        *part = Value::Null;
                    } else {
                        self.apply(part);
                    }
                }
            }
            _ => {}
        }
    }

    /// Puts the words for a withheld figure in the place of `figure`; how it is defined stays.
    pub fn withhold(self, figure: &mut Value) {
        let mut kept = Map::new();
        for key in LABELS {
            if let Some(label) = figure.get(key) {
                kept.insert(key.to_owned(), label.clone());
            }
        }
        if let Value::Object(words) = self.withheld() {
            kept.extend(words);
        }
        *figure = Value::Object(kept);
    }
}

/// Whether an object is one figure, and not a part that holds figures.
pub(super) fn is_figure(fields: &Map<String, Value>) -> bool {
    ["value", "histogram", "undefined"].iter().any(|key| fields.contains_key(*key))
}

/// The paths below `root` of everything that `shape` withholds; a part of which nothing is shown is one path.
pub(super) fn withheld_paths(root: &str, shape: &Shape) -> Vec<String> {
    serde_json::to_value(shape).map_or_else(|_| Vec::new(), |tree| look(root, &tree).0)
}

/// The withheld paths at and below `path`, and how many figures are shown there.
fn look(path: &str, tree: &Value) -> (Vec<String>, usize) {
    let below: Vec<(Vec<String>, usize)> = match tree {
        Value::Object(fields) if fields.contains_key("undefined") => {
            let withheld = fields.get("n").is_some_and(Value::is_null);
            return (if withheld { vec![path.to_owned()] } else { Vec::new() }, 0);
        }
        Value::Object(fields) => {
            fields.iter().map(|(key, part)| look(&format!("{path}.{key}"), part)).collect()
        }
        Value::Array(parts) => {
            parts.iter().enumerate().map(|(index, part)| look(&format!("{path}.{index}"), part)).collect()
        }
        _ => return (Vec::new(), 0),
    };
    let own = usize::from(tree.get("value").is_some() || tree.get("histogram").is_some());
    let shown = own + below.iter().map(|(_, shown)| shown).sum::<usize>();
    let paths: Vec<String> = below.into_iter().flat_map(|(paths, _)| paths).collect();
    if shown == 0 && paths.len() > 1 { (vec![path.to_owned()], 0) } else { (paths, shown) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn empty_and_withheld_look_the_same() {
        let guard = Guard::at_least(10);
        let mut few = json!({"value": 3.5, "n": 9, "ci95": [3.0, 4.0]});
        let mut none = json!({"undefined": "no answers", "n": 0});
        guard.apply(&mut few);
        guard.apply(&mut none);
        assert_eq!(few, json!({"undefined": "fewer than 10 people", "n": null}));
        assert_eq!(few.to_string(), none.to_string());
    }

    #[test]
    fn enough_people_are_shown_and_the_walk_reaches_every_depth() {
        let mut tree = json!({"n": 12, "mean": {"value": 1.0, "n": 12},
            "alpha": {"value": 0.5, "n": 4}, "tpq": [{"kappa": 0, "theta": 1, "value": 7.0, "n": 3}]});
        Guard::at_least(10).apply(&mut tree);
        assert_eq!(tree["mean"]["value"], 1.0);
        assert_eq!(tree["alpha"]["undefined"], "fewer than 10 people");
        assert_eq!(
            tree["tpq"][0],
            json!({"kappa": 0, "theta": 1, "undefined": "fewer than 10 people", "n": null})
        );
        assert_eq!(tree["n"], 12);
    }

    #[test]
    fn a_whole_item_goes_with_its_histogram() {
        let mut item = json!({"n": 3, "skipped": 1, "histogram": {"1": 3}, "mean": {"value": 1.0, "n": 3}});
        Guard::at_least(5).apply(&mut item);
        assert_eq!(item, json!({"undefined": "fewer than 5 people", "n": null}));
    }

    #[test]
    fn an_open_guard_changes_nothing() {
        let before = json!({"value": 3.5, "n": 1, "ci95": [3.0, 4.0]});
        let mut after = before.clone();
        Guard::OPEN.apply(&mut after);
        assert_eq!(before, after);
    }

    #[test]
    fn withheld_parts_are_named_once() {
        let gone = json!({"undefined": "fewer than 10 people", "n": null});
        let mut shape = Shape::default();
        shape.items.insert("a".into(), gone.clone());
        shape.items.insert("b".into(), gone.clone());
        shape
            .dimensions
            .insert("speed".into(), json!({"n": 12, "score": {"value": 1.0, "n": 12}, "alpha": gone}));
        assert_eq!(withheld_paths("total", &shape), ["total.items", "total.dimensions.speed.alpha"]);
        shape.dimensions.clear();
        assert_eq!(withheld_paths("by.channel.phone", &shape), ["by.channel.phone.items"]);
        shape.outcome = Some(json!({"nps": gone}));
        assert_eq!(withheld_paths("by.channel.phone", &shape), ["by.channel.phone"]);
    }
}
