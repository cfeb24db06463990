//! The parts of a report's total beyond the plain figures: drivers, comparisons, weights, charts and the like.
//!
//! What takes long is kept as long as the data stands. The statistics are in `report` and below it.

use std::collections::BTreeMap;

use scoring::{Cell, GroupedCell, Layout};
use serde_json::{Value, json};

use super::Services;
use super::kept::{Key, Parts};
use super::read_report::Depth;
use super::report_filter::{By, Filter, NONE};
use super::report_fold::Folded;
use crate::domain::Channel;
use crate::report::{self, FrameClass, Guard, LevelCounts, Shape};
use crate::store::frames;

/// The margins of the frame, in the order of its classes' levels.
const MARGINS: [&str; 2] = ["channel", "place"];

/// What the parts are computed from.
pub struct Basis<'a> {
    /// What is counted.
    pub layout: &'a Layout,
    /// The filter of the request.
    pub filter: &'a Filter,
    /// The counts.
    pub folded: &'a Folded,
    /// The cell of the total as the reader may use it.
    pub total: &'a Cell,
    /// The cells of the levels as the reader may use them.
    pub levels: &'a BTreeMap<String, Cell>,
    /// Their shapes as the reader sees them.
    pub shapes: &'a BTreeMap<String, Shape>,
    /// The classes of the frame; `None` where there is no frame.
    pub frame: Option<&'a [frames::FrameClass]>,
    /// What was kept of an earlier reading of the same; nothing of it is counted again.
    pub found: &'a Found,
    /// How much of the report is wanted.
    pub depth: Depth,
    /// The places' keys by number.
    pub places: &'a [(i32, String)],
    /// Points of 100 by which levels may differ and still count as consistent.
    pub margin: f64,
    /// What the reader may see.
    pub guard: Guard,
    /// Nothing of the total may be shown.
    pub hidden: bool,
}

/// The name under which weights are kept, with the frame to which they were made.
const WEIGHTS: &str = "weights";

/// What was kept of a report, as far as it still stands.
#[derive(Debug, Default)]
pub struct Found {
    /// What the joint counts gave.
    pub parts: Option<Parts>,
    /// The weights, while the frame is the same.
    pub weights: Option<Value>,
}

impl Found {
    /// Of kept parts what stands for a frame: answers move the key, sent and returned mails only the frame.
    pub fn of(parts: Option<Parts>, frame: Option<&[frames::FrameClass]>) -> Self {
        let kept = parts.as_ref().and_then(|parts| parts.get(WEIGHTS));
        let same = kept.filter(|kept| frame.is_some_and(|frame| kept.get("frame") == Some(&numbers(frame))));
        let weights = same.and_then(|kept| kept.get("part")).cloned();
        Self { parts, weights }
    }
}

/// A frame as plain numbers.
fn numbers(frame: &[frames::FrameClass]) -> Value {
    let class = |one: &frames::FrameClass| {
        json!([one.channel, one.place_id, one.orders, one.delivered, one.answered])
    };
    frame.iter().map(class).collect()
}

/// Puts the parts into the shape of the total.
pub fn put(services: &Services, key: &Key, basis: &Basis<'_>, total: &mut Shape) {
    let Basis { layout, folded, guard, .. } = *basis;
    if let Some(parts) = joint_parts(services, key, basis) {
        report::put_joint_parts(total, &parts, guard);
    }
    let counts: BTreeMap<String, LevelCounts> = basis
        .levels
        .iter()
        .map(|(level, cell)| (level.clone(), LevelCounts { cell: cell.clone(), quality: None }))
        .collect();
    let mut charts = None;
    match basis.filter.by {
        None => {}
        Some(by @ (By::Month | By::Week)) => {
            charts = Some(report::periods(layout, by.word(), &counts, basis.shapes, guard));
        }
        Some(_) => {
            let compared = report::comparisons(layout, &counts, basis.shapes, basis.margin, guard);
            total.groups = Some([(basis.filter.split_name().to_owned(), compared)].into_iter().collect());
        }
    }
    report::put_sequence(total, layout, basis.total, charts, guard);
    total.careless = Some(if basis.hidden {
        guard.withheld()
    } else {
        folded.beside.careless.part(layout, basis.total, guard)
    });
    total.weights = basis.frame.map(|frame| match &basis.found.weights {
        Some(weights) if !basis.hidden => weights.clone(),
        _ => {
            let part = weights(basis, frame);
            if !basis.hidden {
                services.kept.add(key, WEIGHTS, json!({"frame": numbers(frame), "part": part}));
            }
            part
        }
    });
    report::withhold_echoes(total, guard);
}

/// What the joint counts give, kept or computed now; none where it is not wanted and was not kept.
fn joint_parts(services: &Services, key: &Key, basis: &Basis<'_>) -> Option<Parts> {
    let Basis { layout, folded, .. } = *basis;
    if let Some(kept) = basis.found.parts.clone().filter(|_| !basis.hidden) {
        return Some(kept);
    }
    if basis.depth == Depth::Plain {
        return None;
    }
    let nobody = GroupedCell::empty(layout);
    let joint = folded.beside.joint.as_ref().filter(|_| !basis.hidden).unwrap_or(&nobody);
    let parts = report::joint_parts(layout, basis.total, joint);
    if !basis.hidden && folded.beside.joint.is_some() {
        services.kept.keep(key.clone(), parts.clone());
    }
    Some(parts)
}

fn weights(basis: &Basis<'_>, frame: &[frames::FrameClass]) -> Value {
    if basis.hidden || basis.guard.hides(basis.total.people()) {
        return basis.guard.withheld();
    }
    let levels = |channel: i16, place: i32| {
        let channel = Channel::from_code(channel).map_or(NONE, Channel::word).to_owned();
        let place = basis.places.iter().find(|(id, _)| *id == place).map_or("", |(_, key)| key);
        vec![channel, if place.is_empty() { NONE.to_owned() } else { place.to_owned() }]
    };
    let cells: BTreeMap<Vec<String>, Cell> = basis
        .folded
        .beside
        .classes
        .iter()
        .filter(|(_, cell)| cell.people() > 0)
        .map(|((channel, place), cell)| (levels(*channel, *place), cell.clone()))
        .collect();
    let class = |class: &frames::FrameClass| {
        let levels = levels(class.channel, class.place_id);
        // For readers without the right to rows the answers move in steps, and their number with them.
        let counted = cells.get(&levels).map_or(0, Cell::people);
        let answered = if basis.guard.minimum.is_some() { counted } else { class.answered };
        FrameClass {
            levels,
            orders: class.orders,
            delivered: class.delivered,
            answered: answered.min(class.delivered),
        }
    };
    let frame: Vec<FrameClass> = frame.iter().map(class).collect();
    report::frame_weights(basis.layout, basis.total, &MARGINS, &frame, &cells, basis.guard)
}
