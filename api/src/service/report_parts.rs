//! The parts of a report's total beyond the plain figures: drivers, comparisons, weights, charts and the like.
//!
//! What takes long is kept as long as the data stands. The statistics are in `report` and below it.

use std::collections::BTreeMap;

use scoring::{Cell, GroupedCell, Layout};

use super::Services;
use super::kept::Key;
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
    /// The places' keys by number.
    pub places: &'a [(i32, String)],
    /// Points of 100 by which levels may differ and still count as consistent.
    pub margin: f64,
    /// What the reader may see.
    pub guard: Guard,
    /// Nothing of the total may be shown.
    pub hidden: bool,
}

/// Puts the parts into the shape of the total.
pub fn put(services: &Services, key: Key, basis: &Basis<'_>, total: &mut Shape) {
    let Basis { layout, folded, guard, .. } = *basis;
    let parts = services.kept.find(&key).filter(|_| !basis.hidden).unwrap_or_else(|| {
        let nobody = GroupedCell::empty(layout);
        let joint = folded.beside.joint.as_ref().filter(|_| !basis.hidden).unwrap_or(&nobody);
        let parts = report::joint_parts(layout, basis.total, joint);
        if !basis.hidden && folded.beside.joint.is_some() {
            services.kept.keep(key, parts.clone());
        }
        parts
    });
    report::put_joint_parts(total, &parts, guard);
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
    total.weights = basis.frame.map(|frame| weights(basis, frame));
    report::withhold_echoes(total, guard);
}

fn weights(basis: &Basis<'_>, frame: &[frames::FrameClass]) -> serde_json::Value {
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
