//! Layouts from a seed, as in the crate's own tests, and every report on a cell.

use scoring::{Cell, Layout, dimension_report, item_report, outcome_report, quality_report};

#[path = "../tests/support/chance.rs"]
pub mod chance;
#[path = "../tests/support/draw.rs"]
pub mod draw;

pub fn layout(seed: u8) -> Layout {
    draw::layout(&mut chance::Chance(seed.into()))
}

/// Reports on a cell; a number that is not finite would be written as null.
pub fn report(layout: &Layout, cell: &Cell) {
    let mut text = serde_json::to_string(&quality_report(layout, cell)).unwrap();
    text += &serde_json::to_string(&outcome_report(layout, cell)).unwrap();
    for item in 0..layout.items().len() {
        text += &serde_json::to_string(&item_report(layout, cell, item)).unwrap();
    }
    for dimension in 0..layout.dimensions().len() {
        text += &serde_json::to_string(&dimension_report(layout, cell, dimension)).unwrap();
    }
    assert!(!text.contains("null"), "{text}");
}
