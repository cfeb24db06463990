//! The field of a map: where it stands, its grid, and the lines that cut it.

use std::fmt::Write as _;

use super::labels::Area;
use super::{Size, Window, at, escape};

/// One side of the map.
#[derive(Debug, Clone, Copy)]
pub struct Axis<'a> {
    /// What it shows.
    pub name: &'a str,
    /// The part that is shown.
    pub window: Window,
    /// Where the field is cut.
    pub cut: Option<f64>,
}

/// Where the field stands.
pub(super) struct Frame {
    /// Width of the whole drawing.
    pub width: f64,
    /// The field itself.
    pub field: Area,
}

impl Frame {
    /// The frame of a size.
    pub fn of(size: Size) -> Self {
        let (width, left, right, bottom) = match size {
            Size::Wide => (640.0, 40.0, 626.0, 390.0),
            Size::Narrow | Size::Panel => (320.0, 30.0, 312.0, 300.0),
        };
        Self { width, field: Area { left, top: 26.0, right, bottom } }
    }

    /// Where a value stands from left to right.
    pub fn x(&self, axis: Axis<'_>, value: f64) -> f64 {
        axis.window.place(value, self.field.left, self.field.right)
    }

    /// Where a value stands from the top down.
    pub fn y(&self, axis: Axis<'_>, value: f64) -> f64 {
        axis.window.place(value, self.field.bottom, self.field.top)
    }
}

/// The grid with its values, and the names of both sides.
pub(super) fn grid(svg: &mut String, (across, up): (Axis<'_>, Axis<'_>), frame: &Frame, size: Size) {
    let field = frame.field;
    for tick in across.window.ticks(size) {
        let (x, label) = (at(frame.x(across, tick)), Window::label(tick));
        let _ = write!(
            svg,
            "<line class=\"grid\" x1=\"{x}\" x2=\"{x}\" y1=\"{}\" y2=\"{}\"/>\
             <text class=\"tick\" x=\"{x}\" y=\"{}\" text-anchor=\"middle\">{label}</text>",
            at(field.top),
            at(field.bottom),
            at(field.bottom + 17.0)
        );
    }
    for tick in up.window.ticks(size) {
        let (y, label) = (frame.y(up, tick), Window::label(tick));
        let _ = write!(
            svg,
            "<line class=\"grid\" x1=\"{}\" x2=\"{}\" y1=\"{}\" y2=\"{}\"/>\
             <text class=\"tick\" x=\"{}\" y=\"{}\" text-anchor=\"end\">{label}</text>",
            at(field.left),
            at(field.right),
            at(y),
            at(y),
            at(field.left - 7.0),
            at(y + 4.5)
        );
    }
    let _ = write!(
        svg,
        "<text class=\"rng\" x=\"0\" y=\"13\">{}</text><text class=\"rng\" x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>",
        escape(up.name),
        at(field.right),
        at(field.bottom + 38.0),
        escape(across.name)
    );
}

/// The lines that cut the field.
pub(super) fn cuts(svg: &mut String, (across, up): (Axis<'_>, Axis<'_>), frame: &Frame) {
    let field = frame.field;
    let mut line = |from: (f64, f64), to: (f64, f64)| {
        let _ = write!(
            svg,
            "<line class=\"cut\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>",
            at(from.0),
            at(from.1),
            at(to.0),
            at(to.1)
        );
    };
    if let Some(cut) = across.cut {
        let x = frame.x(across, cut);
        line((x, field.top), (x, field.bottom));
    }
    if let Some(cut) = up.cut {
        let y = frame.y(up, cut);
        line((field.left, y), (field.right, y));
    }
}
