//! The part `sequence` of a report: intervals that hold at every look, and charts over periods.

use scoring::{Cell, Layout};
use serde_json::Value;

use super::assemble::tree;
use super::guard::Guard;
use super::model::Shape;

/// The part `sequence`: intervals that hold at every look, with the control charts of the periods, if any.
pub fn put_sequence(shape: &mut Shape, layout: &Layout, cell: &Cell, periods: Option<Value>, guard: Guard) {
    let mut part = tree(&scoring::sequence_report(layout, cell));
    guard.apply(&mut part);
    if let (Some(fields), Some(periods)) = (part.as_object_mut(), periods) {
        fields.insert("periods".to_owned(), periods);
    }
    shape.sequence = Some(part);
}
