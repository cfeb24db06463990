//! The chart of pairs: what was expected and what was found on one axis, each with its range, and the gap in words.

use std::fmt::Write as _;

use super::columns::Columns;
use super::labels::width;
use super::{Caption, Size, Window, at, escape, open};

/// One row: a square for the first value, a dot for the second, a line for the range of each.
#[derive(Debug, Clone)]
pub struct PairRow {
    /// What the row is about.
    pub name: String,
    /// What was expected, with its 95 % range.
    pub expected: Option<(f64, Option<(f64, f64)>)>,
    /// What was found, with its 95 % range.
    pub found: Option<(f64, Option<(f64, f64)>)>,
    /// The gap in words, with its range.
    pub gap: (String, String),
    /// How many people stand behind the gap, as a number; empty where that is withheld.
    pub n: String,
    /// Whether the words say that it falls short.
    pub weak: bool,
}

/// What the marks are called, above the first row.
#[derive(Debug, Clone, Copy)]
pub struct PairKey<'a> {
    /// What the squares are.
    pub expected: &'a str,
    /// What the dots are.
    pub found: &'a str,
    /// What the figures at the end of each row are.
    pub gap: &'a str,
}

struct Frame {
    width: f64,
    left: f64,
    right: f64,
    row: f64,
    lift: f64,
}

/// Half the distance between the two marks of a row.
const APART: f64 = 7.0;

impl Frame {
    fn of(size: Size, rows: &[PairRow]) -> Self {
        if size == Size::Wide {
            let names = rows.iter().map(|row| width(&row.name)).fold(0.0, f64::max) + 14.0;
            return Self { width: 640.0, left: names.clamp(60.0, 240.0), right: 470.0, row: 40.0, lift: 0.0 };
        }
        Self { width: 320.0, left: 8.0, right: 206.0, row: 60.0, lift: 22.0 }
    }
}

/// Draws the rows in the order given; the first says which mark is which.
pub fn pairs(
    caption: Caption<'_>,
    marks: PairKey<'_>,
    rows: &[PairRow],
    window: Window,
    size: Size,
) -> String {
    let frame = Frame::of(size, rows);
    let top = 22.0;
    let foot = top + frame.row * rows.len() as f64 + 4.0;
    let mut svg = open(caption, size, frame.width, foot + 26.0);
    let columns = Columns::of(window, size, (frame.left, frame.right));
    columns.values(&mut svg, foot);
    key(&mut svg, marks, &frame);
    let mut middle = top + frame.row / 2.0 + frame.lift / 2.0;
    for row in rows {
        // The grid stands behind the marks only: no line runs through a name.
        let half = if frame.lift > 0.0 { 17.0 } else { frame.row / 2.0 };
        columns.lines(&mut svg, middle, half);
        draw(&mut svg, row, window, &frame, middle);
        middle += frame.row;
    }
    svg.push_str("</svg>");
    svg
}

/// Which mark is which, above the first row.
fn key(svg: &mut String, marks: PairKey<'_>, frame: &Frame) {
    let first = frame.left;
    let second = first + 13.0 + width(marks.expected) + 10.0;
    let _ = write!(
        svg,
        "<rect class=\"wish\" x=\"{}\" y=\"4\" width=\"8\" height=\"8\"/><text class=\"rng\" x=\"{}\" y=\"13\">{}</text>\
         <circle class=\"dot\" cx=\"{}\" cy=\"8\" r=\"4.5\"/><text class=\"rng\" x=\"{}\" y=\"13\">{}</text>\
         <text class=\"rng\" x=\"{}\" y=\"13\" text-anchor=\"end\">{}</text>",
        at(first),
        at(first + 13.0),
        escape(marks.expected),
        at(second),
        at(second + 9.0),
        escape(marks.found),
        at(frame.width),
        escape(marks.gap)
    );
}

fn draw(svg: &mut String, row: &PairRow, window: Window, frame: &Frame, y: f64) {
    let weak = if row.weak { " weak" } else { "" };
    let place = |value| at(window.place(value, frame.left, frame.right));
    let (x, base, anchor) = if frame.lift > 0.0 {
        ("0".to_owned(), at(y - frame.lift), "start")
    } else {
        (at(frame.left - 10.0), at(y + 4.5), "end")
    };
    let _ = write!(
        svg,
        "<text class=\"name\" x=\"{x}\" y=\"{base}\" text-anchor=\"{anchor}\">{}</text>",
        escape(&row.name)
    );
    let line = |svg: &mut String, class: &str, range: Option<(f64, f64)>, y: &str| {
        if let Some((low, high)) = range {
            let (low, high) = (place(low), place(high));
            let _ = write!(svg, "<line class=\"{class}\" x1=\"{low}\" x2=\"{high}\" y1=\"{y}\" y2=\"{y}\"/>");
        }
    };
    if let Some((value, range)) = row.expected {
        line(svg, "wish-range", range, &at(y - APART));
        let x = window.place(value, frame.left, frame.right);
        let _ = write!(
            svg,
            "<rect class=\"wish\" x=\"{}\" y=\"{}\" width=\"8\" height=\"8\"/>",
            at(x - 4.0),
            at(y - APART - 4.0)
        );
    }
    if let Some((value, range)) = row.found {
        line(svg, &format!("r95{weak}"), range, &at(y + APART));
        let (x, y) = (place(value), at(y + APART));
        let _ = write!(svg, "<circle class=\"dot{weak}\" cx=\"{x}\" cy=\"{y}\" r=\"4.5\"/>");
    }
    let (gap, range) = &row.gap;
    if !row.n.is_empty() {
        // On the line of the name where that stands above the marks, else behind the gap's own line.
        let (x, y) =
            if frame.lift > 0.0 { (frame.width, y - frame.lift) } else { (frame.width - 100.0, y + 4.5) };
        let _ = write!(
            svg,
            "<text class=\"rng\" x=\"{}\" y=\"{}\" text-anchor=\"end\">n {}</text>",
            at(x),
            at(y),
            escape(&row.n)
        );
    }
    let _ = write!(
        svg,
        "<text class=\"val\" x=\"{x}\" y=\"{}\" text-anchor=\"end\">{}</text>\
         <text class=\"rng\" x=\"{x}\" y=\"{}\" text-anchor=\"end\">{}</text>",
        at(y - 2.0),
        escape(gap),
        at(y + 14.0),
        escape(range),
        x = at(frame.width)
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_values_stand_on_one_axis_with_their_ranges_and_the_gap_in_words() {
        let row = PairRow {
            name: "Speed & care".into(),
            expected: Some((80.0, Some((75.0, 85.0)))),
            found: Some((60.0, None)),
            gap: ("\u{2212}20".into(), "\u{2212}24 to \u{2212}16".into()),
            n: "41".into(),
            weak: true,
        };
        let caption = Caption { id: "p", title: "t", description: "d" };
        let key = PairKey { expected: "<hoped>", found: "got", gap: "gap" };
        let svg = pairs(caption, key, &[row], Window { low: 50.0, high: 90.0 }, Size::Narrow);
        assert!(svg.contains(">&lt;hoped&gt;</text>") && svg.contains(">got</text>"), "{svg}");
        assert!(svg.contains("Speed &amp; care") && svg.contains(">\u{2212}24 to \u{2212}16</text>"));
        assert!(svg.contains("class=\"wish-range\" x1=\"131.8\" x2=\"181.2\""), "{svg}");
        assert!(svg.contains("<circle class=\"dot weak\" cx=\"57.5\"") && !svg.contains("r95"), "{svg}");
    }
}
