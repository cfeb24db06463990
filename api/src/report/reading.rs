//! Reading figures out of a finished report: the other side of the shape, for renderings.
//!
//! A renderer never recomputes; it asks here what a figure says and puts it into words or marks.

use serde_json::Value;

use super::model::{Report, Shape};

/// One figure as a reader sees it.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading<'a> {
    /// A value of `n` people, with its 95 % interval where one is defined.
    Known {
        /// The value, in the unit of its place in the report.
        value: f64,
        /// How many people stand behind it.
        n: u64,
        /// Lower and upper end.
        ci95: Option<(f64, f64)>,
    },
    /// No value, and why.
    Undefined {
        /// The reason in words.
        reason: &'a str,
        /// How many people there were; `None` when that is withheld, too.
        n: Option<u64>,
    },
}

impl<'a> Reading<'a> {
    /// Reads the figure at `tree`, or nothing when no figure stands there.
    pub fn of(tree: &'a Value) -> Option<Self> {
        let n = tree.get("n").and_then(Value::as_u64);
        if let Some(reason) = tree.get("undefined").and_then(Value::as_str) {
            return Some(Self::Undefined { reason, n });
        }
        let value = tree.get("value")?.as_f64()?;
        Some(Self::Known { value, n: n.unwrap_or(0), ci95: tree.get("ci95").and_then(Self::ends) })
    }

    /// A number that stands alone, or as the value of a figure.
    pub fn plain(tree: &Value) -> Option<f64> {
        tree.as_f64().or_else(|| tree.get("value")?.as_f64())
    }

    /// The two ends of a range.
    pub fn ends(tree: &Value) -> Option<(f64, f64)> {
        match tree.as_array()?.as_slice() {
            [low, high] => Some((low.as_f64()?, high.as_f64()?)),
            _ => None,
        }
    }

    /// Reads the figure below `tree` along `path`; a part that is withheld as a whole answers for its figures.
    pub fn at(tree: &'a Value, path: &[&str]) -> Option<Self> {
        let Some((first, rest)) = path.split_first() else { return Self::of(tree) };
        match tree.get(*first) {
            Some(next) => Self::at(next, rest),
            None if tree.get("undefined").is_some() => Self::of(tree),
            None => None,
        }
    }

    /// The value, when there is one.
    pub fn value(&self) -> Option<f64> {
        match self {
            Self::Known { value, .. } => Some(*value),
            Self::Undefined { .. } => None,
        }
    }

    /// The ends of the 95 % interval, when there is one.
    pub fn ci95(&self) -> Option<(f64, f64)> {
        match self {
            Self::Known { ci95, .. } => *ci95,
            Self::Undefined { .. } => None,
        }
    }

    /// The number of people, unless it is withheld.
    pub fn n(&self) -> Option<u64> {
        match self {
            Self::Known { n, .. } => Some(*n),
            Self::Undefined { n, .. } => *n,
        }
    }
}

impl Report {
    /// Whether nobody's answer is known to this reader: nobody answered, or too few did.
    pub fn is_empty(&self) -> bool {
        let has_value = |reading: Option<Reading<'_>>| reading.is_some_and(|one| one.value().is_some());
        let total = &self.total;
        !has_value(total.quality_score())
            && !total.dimensions.keys().any(|key| has_value(total.dimension(key, "score")))
            && !total.items.keys().any(|key| has_value(total.item(key, "mean")))
    }
}

impl Shape {
    /// Keys of the dimensions of experience, which make up the quality score.
    pub fn experience(&self) -> Vec<&str> {
        let choices = self.quality.as_ref().and_then(|quality| quality.get("tpq"));
        let weights = choices.and_then(|choices| choices.get(0)).and_then(|choice| choice.get("weights"));
        weights
            .and_then(Value::as_object)
            .map_or_else(Vec::new, |weights| weights.keys().map(String::as_str).collect())
    }

    /// The headline quality score.
    pub fn quality_score(&self) -> Option<Reading<'_>> {
        Reading::at(self.quality.as_ref()?, &["score"])
    }

    /// A figure of a dimension, such as its `score`.
    pub fn dimension(&self, key: &str, figure: &str) -> Option<Reading<'_>> {
        Reading::at(self.dimensions.get(key)?, &[figure])
    }

    /// A figure of an item, such as its `mean`.
    pub fn item(&self, key: &str, figure: &str) -> Option<Reading<'_>> {
        Reading::at(self.items.get(key)?, &[figure])
    }

    /// An outcome such as `nps`; absent when it was not asked.
    pub fn outcome(&self, key: &str) -> Option<Reading<'_>> {
        Reading::at(self.outcome.as_ref()?, &[key])
    }

    /// Lowest and highest code of a dimension's items, as far as their histograms are shown.
    pub fn codes_of(&self, dimension: &str) -> Option<(f64, f64)> {
        let histograms =
            self.items_of(dimension).into_iter().filter_map(|key| self.items.get(key)?.get("histogram"));
        let codes = histograms.filter_map(Value::as_object).flat_map(serde_json::Map::keys);
        codes.filter_map(|code| code.parse::<f64>().ok()).fold(None, |ends, code| match ends {
            None => Some((code, code)),
            Some((low, high)) => Some((code.min(low), code.max(high))),
        })
    }

    /// Lowest and highest code of all dimensions, where they share one scale.
    pub fn codes(&self) -> Option<(f64, f64)> {
        let mut scales = self.dimensions.keys().filter_map(|key| self.codes_of(key));
        let first = scales.next()?;
        scales.all(|scale| scale == first).then_some(first)
    }

    /// Keys of the items of a dimension, in their order.
    pub fn items_of(&self, dimension: &str) -> Vec<&str> {
        let items = self.dimensions.get(dimension).and_then(|tree| tree.get("item_rest_r"));
        items
            .and_then(Value::as_object)
            .map_or_else(Vec::new, |items| items.keys().map(String::as_str).collect())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_figure_is_read_with_its_interval_or_its_reason() {
        let tree = json!({"score": {"value": 54.0, "n": 20, "ci95": [50.0, 58.0]},
            "alpha": {"undefined": "one item asked", "n": 20}});
        let score = Reading::at(&tree, &["score"]).unwrap();
        assert_eq!((score.value(), score.n(), score.ci95()), (Some(54.0), Some(20), Some((50.0, 58.0))));
        let alpha = Reading::at(&tree, &["alpha"]).unwrap();
        assert_eq!(alpha, Reading::Undefined { reason: "one item asked", n: Some(20) });
        assert_eq!(Reading::at(&tree, &["omega"]), None);
    }

    #[test]
    fn a_part_withheld_as_a_whole_answers_for_its_figures() {
        let item = json!({"undefined": "fewer than 10 people", "n": null});
        let mean = Reading::at(&item, &["mean"]).unwrap();
        assert_eq!(mean, Reading::Undefined { reason: "fewer than 10 people", n: None });
    }

    #[test]
    fn the_codes_of_a_dimension_come_from_its_histograms() {
        let mut shape = Shape::default();
        let items = json!({"item_rest_r": {"a": {"value": 0.5, "n": 9}, "b": {"value": 0.5, "n": 9}}});
        shape.dimensions.insert("speed".into(), items);
        assert_eq!(shape.codes_of("speed"), None);
        shape.items.insert("a".into(), json!({"undefined": "fewer than 10 people", "n": null}));
        shape.items.insert("b".into(), json!({"n": 9, "histogram": {"1": 0, "2": 9, "10": 0}}));
        assert_eq!(shape.codes_of("speed"), Some((1.0, 10.0)));
        assert_eq!(shape.codes(), Some((1.0, 10.0)));
        shape.items.insert("c".into(), json!({"n": 9, "histogram": {"1": 0, "5": 9}}));
        shape.dimensions.insert("care".into(), json!({"item_rest_r": {"c": {"value": 0.5, "n": 9}}}));
        assert_eq!(shape.codes(), None);
    }

    #[test]
    fn an_undefined_interval_leaves_the_value() {
        let tree = json!({"value": 3.0, "n": 1, "ci95": {"undefined": "one answer only", "n": 1}});
        assert_eq!(Reading::of(&tree), Some(Reading::Known { value: 3.0, n: 1, ci95: None }));
    }
}
