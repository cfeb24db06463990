//! The serialisable shape of a report: the same for the end-point and `laatu score`.
//!
//! The figures themselves are laid out by the crate `scoring`; here they are kept as a JSON tree, so that one
//! [`Guard`](super::Guard) sees every figure of every part and a new part cannot slip past it.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::guard;

/// Everything that is known about one set of people.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Shape {
    /// One entry per item, in the order of the layout.
    pub items: Map<String, Value>,
    /// One entry per dimension, in the order of the layout.
    pub dimensions: Map<String, Value>,
    /// The headline score, its other definitions and the gaps; absent without a dimension of experience.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quality: Option<Value>,
    /// Overall, recommendation, satisfaction and effort, as far as they were asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Value>,
    /// Stated importance by the dimension that it speaks of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub importance: Option<Value>,
    /// What goes with the overall judgement, and how much of it; absent without that question.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drivers: Option<Value>,
    /// Comparisons by name and variable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub groups: Option<Value>,
    /// How the items hang together over all dimensions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub structure: Option<Value>,
    /// How many answered without care, as far as that shows, and what it changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub careless: Option<Value>,
    /// Weighted values beside the raw ones, and who answered of those who could.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weights: Option<Value>,
    /// Intervals that hold however often one looks, and control charts over periods.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sequence: Option<Value>,
}

/// One part of a shape with the path to it.
pub(super) struct Part<'a> {
    /// `["items", key]`, `["dimensions", key]` or the name of one of the other parts.
    pub path: Vec<&'a str>,
    /// The figures of the part.
    pub tree: &'a Value,
}

impl Shape {
    /// Every part, in the order in which it is written.
    pub(super) fn parts(&self) -> Vec<Part<'_>> {
        let of =
            |name, fields| Map::iter(fields).map(move |(key, tree)| Part { path: vec![name, key], tree });
        let single = [
            ("quality", &self.quality),
            ("outcome", &self.outcome),
            ("importance", &self.importance),
            ("drivers", &self.drivers),
            ("groups", &self.groups),
            ("structure", &self.structure),
            ("careless", &self.careless),
            ("weights", &self.weights),
            ("sequence", &self.sequence),
        ];
        let single = single
            .into_iter()
            .filter_map(|(name, part)| Some(Part { path: vec![name], tree: part.as_ref()? }));
        of("items", &self.items).chain(of("dimensions", &self.dimensions)).chain(single).collect()
    }

    /// The part at a path as [`Shape::parts`] gives it.
    pub(super) fn part_mut(&mut self, path: &[&str]) -> Option<&mut Value> {
        match path {
            ["items", key] => self.items.get_mut(*key),
            ["dimensions", key] => self.dimensions.get_mut(*key),
            ["quality"] => self.quality.as_mut(),
            ["outcome"] => self.outcome.as_mut(),
            ["importance"] => self.importance.as_mut(),
            ["drivers"] => self.drivers.as_mut(),
            ["groups"] => self.groups.as_mut(),
            ["structure"] => self.structure.as_mut(),
            ["careless"] => self.careless.as_mut(),
            ["weights"] => self.weights.as_mut(),
            ["sequence"] => self.sequence.as_mut(),
            _ => None,
        }
    }
}

/// How many of those who could answer did.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ResponseRate {
    /// Invitations that were answered.
    pub answered: u64,
    /// Invitations that left the house.
    pub sent: u64,
    /// Invitations that came back as not deliverable.
    pub bounced: u64,
    /// The rate and its interval, or why there is none; its `n` is `sent - bounced`.
    #[serde(flatten)]
    pub rate: Value,
}

/// Where the numbers come from and under which conventions.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct About {
    /// Version of the program that computed the report.
    pub version: String,
    /// Named conventions, see [`conventions`].
    pub conventions: Map<String, Value>,
    /// SHA-256 of the data file, in lower-case hexadecimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_sha256: Option<String>,
    /// SHA-256 of the map file, in lower-case hexadecimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub map_sha256: Option<String>,
    /// Rows of the data file that were read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rows: Option<u64>,
    /// The moment up to which answers are counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    /// The filters of the request, as asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filters: Option<Value>,
    /// `cells` or `scan`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Fewest people a figure needs to be shown; absent when nothing is withheld.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum_people: Option<u64>,
    /// Paths of the parts that are not shown because too few people stand behind them.
    pub suppressed: Vec<String>,
    /// Started forms that were not finished but count with their saved pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unfinished: Option<u64>,
    /// How the answers came, where it was not by invitations: `open_link`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub collection_mode: Option<String>,
    /// What a demonstration planted in its data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub demo: Option<Value>,
}

/// The whole report: everybody, the comparison that was asked for, and how many answered.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Report {
    /// All people of the scope.
    pub total: Shape,
    /// The comparison by name and level, such as `channel` and `phone`.
    pub by: BTreeMap<String, BTreeMap<String, Shape>>,
    /// How many of those invited answered; absent where nobody was invited, as with a plain file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_rate: Option<ResponseRate>,
    /// Sources and conventions.
    pub about: About,
}

impl Report {
    /// Puts a report together and writes into `about` what its shapes do not show.
    ///
    /// `about.suppressed` lists the paths of all parts that carry a figure withheld for its few people; a
    /// comparison level of which nothing is shown stands there as one path.
    pub fn new(
        total: Shape,
        by: BTreeMap<String, BTreeMap<String, Shape>>,
        response_rate: Option<ResponseRate>,
        mut about: About,
    ) -> Self {
        about.suppressed = guard::withheld_paths("total", &total);
        for (name, levels) in &by {
            for (level, shape) in levels {
                about.suppressed.extend(guard::withheld_paths(&format!("by.{name}.{level}"), shape));
            }
        }
        Self { total, by, response_rate, about }
    }
}

/// The conventions under which every number of a report is computed, by name.
pub fn conventions() -> Map<String, Value> {
    let list = json!({
        "sd": "divides by n - 1",
        "median": "mean of the two middle answers when n is even",
        "reversed_items": "recoded as min + max - code before any statistic; histograms keep the code as answered",
        "person_score": "mean of the answered items when at least half (rounded up) of the items asked are answered",
        "score": "100 (mean of item means - min) / (max - min)",
        "quality": "mean of the scores of all dimensions of experience, equal weights",
        "top_box": "codes at or above the threshold, by default the top two of the scale",
        "alpha": "raw, complete cases among people who were asked all items of the dimension",
        "interval_item_mean": "Dirichlet-beta, total prior weight 1, extended to include the mean; 95 %",
        "interval_share": "Wilson; 95 %",
        "interval_person_mean": "Student t; 95 %",
        "interval_score": "normal, variance from each person's influence on the item means; 95 %",
        "interval_alpha": "distribution-free on log(1 - alpha); 95 %",
        "interval_nps": "adjusted Wald, adding 3/4, 3/2 and 3/4; 95 %",
    });
    match list {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
