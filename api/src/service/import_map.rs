//! The map of an import: what it may not say, the segments it declares, and whether it fits a survey that is there.
//!
//! `laatu score` takes more: a stored answer has no weight, and at most two declared segments. Called by
//! `import_responses`.

use std::collections::{BTreeMap, BTreeSet};

use scoring::{DimensionSpec, Layout};

use super::report_filter::is_taken;
use crate::score::map::Map;
use crate::store::segments::Segment;

/// How many segments a survey can declare.
const MOST_SEGMENTS: usize = 2;
/// How many levels a declared segment can have.
const MOST_LEVELS: usize = 20;

/// Why a sound map cannot be imported by; empty when it can.
pub fn refusals(map: &Map) -> Vec<String> {
    let mut refusals = Vec::new();
    if map.weight.is_some() {
        let words = "[weight] is not imported: a stored answer has no weight of its own; leave the table out, or use `laatu score`, which shows weighted values beside the raw ones";
        refusals.push(words.to_owned());
    }
    if map.groups.len() > MOST_SEGMENTS {
        let names: Vec<&str> = map.groups.iter().map(|(name, _)| name.as_str()).collect();
        let (count, names) = (names.len(), names.join(", "));
        refusals.push(format!(
            "[group] names {count} columns ({names}); a survey has at most {MOST_SEGMENTS} declared segments"
        ));
    }
    for (name, _) in map.groups.iter().filter(|(name, _)| is_taken(name)) {
        refusals.push(format!(
            "[group] {name}: every report has a part of this name already; call the segment otherwise"
        ));
    }
    refusals
}

/// The segments of a survey once a map's groups with these levels are declared, or why they cannot be.
///
/// What is there keeps its numbers. `found` has the levels of each group, in the order of the map.
pub fn with_groups(
    known: &[Segment],
    map: &Map,
    found: &[BTreeSet<String>],
) -> Result<Vec<Segment>, Vec<String>> {
    let mut segments = known.to_vec();
    let mut problems = Vec::new();
    for ((name, column), levels) in map.groups.iter().zip(found) {
        let next = i16::try_from(segments.len() + 1).unwrap_or(i16::MAX);
        let place = segments.iter().position(|segment| segment.name == *name).unwrap_or_else(|| {
            segments.push(Segment { number: next, name: name.clone(), levels: Vec::new() });
            segments.len() - 1
        });
        let Some(segment) = segments.get_mut(place) else { continue };
        let new: Vec<&String> = levels.iter().filter(|level| segment.level(level).is_none()).collect();
        let first = i16::try_from(segment.levels.len() + 1).unwrap_or(i16::MAX);
        segment.levels.extend((first..).zip(new.into_iter().cloned()));
        let count = segment.levels.len();
        if count > MOST_LEVELS {
            problems.push(format!(
                "[group] {name}: column {column} brings it to {count} levels; a declared segment has at most {MOST_LEVELS}"
            ));
        }
    }
    if segments.len() > MOST_SEGMENTS {
        let names: Vec<&str> = segments.iter().map(|segment| segment.name.as_str()).collect();
        problems.push(format!(
            "[group]: the survey would have {} declared segments ({}); at most {MOST_SEGMENTS} are possible",
            names.len(),
            names.join(", ")
        ));
    }
    if problems.is_empty() { Ok(segments) } else { Err(problems) }
}

/// In what a map differs from the instrument of a survey that is there; empty when it fits.
///
/// The order of items, dimensions and columns does not matter: answers are stored in the instrument's.
pub fn differences(map: &Map, layout: &Layout, margin: f64) -> Vec<String> {
    let mut found = Vec::new();
    items(&map.layout, layout, &mut found);
    let (ours, theirs) = (dimensions(&map.layout), dimensions(layout));
    let keys: BTreeSet<&str> = ours.keys().chain(theirs.keys()).copied().collect();
    for key in keys {
        if ours.get(key) != theirs.get(key) {
            let words = |one: Option<&Stated>| one.map_or_else(|| "not there".to_owned(), Stated::words);
            found.push(format!(
                "dimension {key}: {} in the map, {} in the survey's instrument",
                words(ours.get(key)),
                words(theirs.get(key))
            ));
        }
    }
    for ((name, ours), (_, theirs)) in outcomes(&map.layout).into_iter().zip(outcomes(layout)) {
        if ours != theirs {
            let words =
                |columns: &[&str]| if columns.is_empty() { "none".to_owned() } else { columns.join(", ") };
            found.push(format!(
                "outcome {name}: {} in the map, {} in the survey's instrument",
                words(&ours),
                words(&theirs)
            ));
        }
    }
    if (map.margin - margin).abs() > f64::EPSILON {
        found.push(format!(
            "consistency.margin: {} in the map, {margin} in the survey's instrument",
            map.margin
        ));
    }
    found
}

/// For each item of a layout, where its code stands in a row of the map. The map fits the layout.
pub fn places(map: &Map, layout: &Layout) -> Vec<usize> {
    let place = |key: &str| map.columns.iter().position(|column| column.name == key);
    layout.items().iter().filter_map(|item| place(&item.key)).collect()
}

fn items(map: &Layout, layout: &Layout, found: &mut Vec<String>) {
    for ours in map.items() {
        let Some(theirs) = layout.items().iter().find(|item| item.key == ours.key) else {
            found.push(format!("column {} is no item of the survey's instrument", ours.key));
            continue;
        };
        if ours.scale != theirs.scale {
            found.push(format!(
                "item {}: scale {} to {} in the map, {} to {} in the survey's instrument",
                ours.key, ours.scale.min, ours.scale.max, theirs.scale.min, theirs.scale.max
            ));
        } else if ours.threshold() != theirs.threshold() {
            found.push(format!(
                "item {}: top box from {} in the map, from {} in the survey's instrument",
                ours.key,
                ours.threshold(),
                theirs.threshold()
            ));
        }
        if ours.reversed != theirs.reversed {
            let words = |reversed| if reversed { "reversed" } else { "not reversed" };
            found.push(format!(
                "item {}: {} in the map, {} in the survey's instrument",
                ours.key,
                words(ours.reversed),
                words(theirs.reversed)
            ));
        }
    }
    for theirs in layout.items().iter().filter(|theirs| map.items().iter().all(|ours| ours.key != theirs.key))
    {
        found.push(format!("item {} of the survey's instrument is not in the map", theirs.key));
    }
}

/// A dimension by what counts: facet, partner, keys of its items.
#[derive(PartialEq, Eq)]
struct Stated<'l> {
    facet: scoring::Facet,
    of: Option<&'l str>,
    items: BTreeSet<&'l str>,
}

impl Stated<'_> {
    fn words(&self) -> String {
        let facet = match self.facet {
            scoring::Facet::Experience => "experience",
            scoring::Facet::Expectation => "expectation",
            scoring::Facet::Image => "image",
            scoring::Facet::Importance => "importance",
            scoring::Facet::Outcome => "outcome",
            scoring::Facet::Conduct => "conduct",
        };
        let of = self.of.map_or_else(String::new, |of| format!(" of {of}"));
        let items: Vec<&str> = self.items.iter().copied().collect();
        format!("{facet}{of} with {}", items.join(", "))
    }
}

fn dimensions<'l>(layout: &'l Layout) -> BTreeMap<&'l str, Stated<'l>> {
    let key = |item: &usize| layout.items().get(*item).map(|item| item.key.as_str());
    let stated = |one: &'l DimensionSpec| Stated {
        facet: one.facet,
        of: one.of.as_deref(),
        items: one.items.iter().filter_map(key).collect(),
    };
    layout.dimensions().iter().map(|one| (one.key.as_str(), stated(one))).collect()
}

fn outcomes(layout: &Layout) -> [(&'static str, Vec<&str>); 4] {
    let keys = |items: &[usize]| -> Vec<&str> {
        items.iter().filter_map(|item| layout.items().get(*item)).map(|item| item.key.as_str()).collect()
    };
    let outcomes = layout.outcomes();
    let one = |item: Option<usize>| keys(item.as_slice());
    [
        ("overall", keys(&outcomes.overall)),
        ("nps", one(outcomes.nps)),
        ("csat", one(outcomes.csat)),
        ("ces", one(outcomes.ces)),
    ]
}
