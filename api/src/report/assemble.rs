//! From one cell to one shape: asks the crate `scoring` for each part, lays it out, and applies the guard.
//!
//! No formula lives here. The report end-point calls this once for the total and once for each level.

use scoring::{Cell, Facet, Interval, Layout};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::guard::Guard;
use super::model::{ResponseRate, Shape};
use super::protect::protect;

/// Computes every part of the report from one cell and withholds what `guard` does not let through.
///
/// A part that could not be written down, which finite figures never are, stands as undefined.
pub fn shape(layout: &Layout, cell: &Cell, guard: Guard) -> Shape {
    let items = (0..)
        .zip(layout.items())
        .map(|(index, item)| (item.key.clone(), tree(&scoring::item_report(layout, cell, index))));
    let dimensions = (0..).zip(layout.dimensions()).map(|(index, dimension)| {
        (dimension.key.clone(), tree(&scoring::dimension_report(layout, cell, index)))
    });
    let experience = layout.dimensions().iter().any(|dimension| dimension.facet == Facet::Experience);
    let outcome = scoring::outcome_report(layout, cell);
    let mut shape = Shape {
        items: items.collect(),
        dimensions: dimensions.collect(),
        quality: experience.then(|| tree(&scoring::quality_report(layout, cell))),
        outcome: present(tree(&outcome)),
        importance: present(tree(&outcome.importance)),
        ..Shape::default()
    };
    protect(layout, &mut shape, guard);
    shape
}

pub(super) fn tree<T: Serialize>(part: &T) -> Value {
    serde_json::to_value(part).unwrap_or_else(|_| json!({"undefined": "not computable", "n": 0}))
}

/// A part without content is absent.
fn present(part: Value) -> Option<Value> {
    part.as_object().is_some_and(|fields| !fields.is_empty()).then_some(part)
}

/// The share of the delivered invitations that were answered: `answered / (sent - bounced)`, with a Wilson
/// interval (Wilson 1927).
///
/// Undefined when nothing was delivered, or when more were answered than delivered, as can happen while a
/// bounce comes in after an answer.
pub fn response_rate(answered: u64, sent: u64, bounced: u64) -> ResponseRate {
    let delivered = sent.saturating_sub(bounced);
    let mut rate = Map::new();
    match scoring::wilson(answered, delivered) {
        Interval::Known([low, high]) if answered <= delivered => {
            rate.insert("value".to_owned(), json!(answered as f64 / delivered as f64));
            rate.insert("n".to_owned(), json!(delivered));
            rate.insert("ci95".to_owned(), json!([low, high]));
        }
        _ => {
            let reason =
                if delivered == 0 { "nothing was delivered" } else { "more answers than invitations" };
            rate.insert("undefined".to_owned(), json!(reason));
            rate.insert("n".to_owned(), json!(delivered));
        }
    }
    ResponseRate { answered, sent, bounced, rate: Value::Object(rate) }
}

#[cfg(test)]
pub(super) mod tests {
    use scoring::{Code, DimensionSpec, ItemSpec, Outcomes, Scale};

    use super::*;

    pub fn layout() -> Layout {
        let scale = Scale::new(1, 5).unwrap();
        let item = |key: &str| ItemSpec { key: key.into(), scale, reversed: false, top_box: None };
        let dimension = |key: &str, facet, of: Option<&str>, items| DimensionSpec {
            key: key.into(),
            facet,
            of: of.map(Into::into),
            items,
        };
        let dimensions = vec![
            dimension("speed", Facet::Experience, None, vec![0, 1]),
            dimension("speed_matters", Facet::Importance, Some("speed"), vec![2]),
        ];
        let outcomes = Outcomes { csat: Some(3), ..Outcomes::default() };
        Layout::new(vec![item("s1"), item("s2"), item("i1"), item("c")], dimensions, outcomes).unwrap()
    }

    pub fn filled(layout: &Layout, people: u8) -> Cell {
        let mut cell = Cell::empty(layout);
        for person in 0..people {
            let codes: Vec<Code> = layout
                .items()
                .iter()
                .zip(0..)
                .map(|(item, place)| Code::answer(1 + (person + place) % 5, item.scale).unwrap())
                .collect();
            cell.record(layout, &codes).unwrap();
        }
        cell
    }

    #[test]
    fn parts_stand_in_their_places_and_in_layout_order() {
        let layout = layout();
        let shape = shape(&layout, &filled(&layout, 12), Guard::OPEN);
        assert_eq!(shape.items.keys().collect::<Vec<_>>(), ["s1", "s2", "i1", "c"]);
        assert_eq!(shape.dimensions.keys().collect::<Vec<_>>(), ["speed", "speed_matters"]);
        assert_eq!(shape.importance.unwrap()["speed"]["n"], 12);
        let outcome = shape.outcome.unwrap();
        assert!(outcome.get("importance").is_none() && outcome.get("nps").is_none());
        assert_eq!(outcome["csat"]["n"], 12);
        assert_eq!(shape.quality.unwrap()["score"]["n"], 12);
    }

    #[test]
    fn a_cell_of_a_few_and_an_empty_one_give_the_same_guarded_shape() {
        let layout = layout();
        let guard = Guard::at_least(10);
        let few = shape(&layout, &filled(&layout, 9), guard);
        assert_eq!(few, shape(&layout, &Cell::empty(&layout), guard));
        let text = serde_json::to_string(&few).unwrap();
        assert!(!text.contains("\"value\"") && !text.contains("histogram"), "{text}");
    }

    #[test]
    fn no_figure_is_ever_null_without_a_guard() {
        let layout = layout();
        for people in [0, 1, 2, 30] {
            let text = serde_json::to_string(&shape(&layout, &filled(&layout, people), Guard::OPEN)).unwrap();
            assert!(!text.contains("null"), "{people}: {text}");
        }
    }

    #[test]
    fn the_response_rate_counts_delivered_invitations() {
        let rate = response_rate(30, 110, 10);
        assert_eq!((rate.rate["value"].as_f64(), rate.rate["n"].as_u64()), (Some(0.3), Some(100)));
        let text = serde_json::to_string(&response_rate(0, 0, 0)).unwrap();
        assert_eq!(text, r#"{"answered":0,"sent":0,"bounced":0,"undefined":"nothing was delivered","n":0}"#);
    }
}
