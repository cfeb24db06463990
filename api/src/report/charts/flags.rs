//! Flags on an axis of time: an upright line and a number, which words beside the chart explain.

use std::fmt::Write as _;

use super::at;

/// Something that happened, on an axis of periods.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Flag {
    /// Where, in periods from the left edge of the first one: 0.5 is its middle.
    pub place: f64,
    /// Its number in the list of words.
    pub number: usize,
}

/// Room that flags take above a chart.
pub(super) const ROOM: f64 = 18.0;

/// Draws flags between two heights; `x` is where the left edge of the first period stands and how wide each is.
pub(super) fn flags(svg: &mut String, flags: &[Flag], (left, step): (f64, f64), (top, bottom): (f64, f64)) {
    for flag in flags {
        let x = left + flag.place * step;
        let _ = write!(
            svg,
            "<line class=\"event\" x1=\"{x}\" x2=\"{x}\" y1=\"{}\" y2=\"{}\"/>\
             <circle class=\"event-flag\" cx=\"{x}\" cy=\"{}\" r=\"8\"/>\
             <text class=\"name\" x=\"{x}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
            at(top),
            at(bottom),
            at(top - 8.0),
            at(top - 3.5),
            flag.number,
            x = at(x)
        );
    }
}
