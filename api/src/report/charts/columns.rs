//! Upright grid lines of charts with a row for each thing: behind the marks of a row only, so that no line runs through a name.

use std::fmt::Write as _;

use super::{Size, Window, at};

/// Where grid lines stand, with the value of each.
pub(super) struct Columns(Vec<(f64, f64)>);

impl Columns {
    /// The round values of a window between two places of a drawing.
    pub(super) fn of(window: Window, size: Size, (left, right): (f64, f64)) -> Self {
        Self(window.ticks(size).into_iter().map(|tick| (tick, window.place(tick, left, right))).collect())
    }

    /// Their values below the last row.
    pub(super) fn values(&self, svg: &mut String, foot: f64) {
        for (tick, x) in &self.0 {
            let _ = write!(
                svg,
                "<text class=\"tick\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
                at(*x),
                at(foot + 19.0),
                Window::label(*tick)
            );
        }
    }

    /// The lines of one row, to either side of its middle.
    pub(super) fn lines(&self, svg: &mut String, middle: f64, half: f64) {
        for (_, x) in &self.0 {
            let _ = write!(
                svg,
                "<line class=\"grid\" x1=\"{x}\" x2=\"{x}\" y1=\"{}\" y2=\"{}\"/>",
                at(middle - half),
                at(middle + half),
                x = at(*x)
            );
        }
    }
}
