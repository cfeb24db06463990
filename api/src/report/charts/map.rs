//! The map of importance and performance: a box of both ranges for each thing, and the lines that cut the field.

use std::fmt::Write as _;

use super::field::{Axis, Frame, cuts, grid};
use super::labels::{Area, place, width};
use super::{Caption, Size, at, escape, open};

/// A value with the ends of its range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    /// The value.
    pub value: f64,
    /// Lower and upper end; the value itself where there is no range.
    pub ends: (f64, f64),
}

/// One thing on the map.
#[derive(Debug, Clone)]
pub struct Spot {
    /// Its number, for the drawing without room for names.
    pub number: usize,
    /// Its name.
    pub name: String,
    /// From left to right.
    pub across: Span,
    /// From the bottom up.
    pub up: Span,
    /// Whether its whole box lies in one quarter.
    pub clear: bool,
    /// Whether that quarter is the one to work on.
    pub weak: bool,
}

/// The whole map.
#[derive(Debug, Clone)]
pub struct Map<'a> {
    /// The things on it.
    pub spots: Vec<Spot>,
    /// From left to right.
    pub across: Axis<'a>,
    /// From the bottom up.
    pub up: Axis<'a>,
    /// Words of the quarters: top left, top right, bottom left, bottom right; an empty one is left out.
    pub corners: [&'a str; 4],
}

/// Draws the map: boxes below, then cuts, then dots with names, or with numbers where it is narrow.
pub fn map(caption: Caption<'_>, map: &Map<'_>, size: Size) -> String {
    let frame = Frame::of(size);
    let mut svg = open(caption, size, frame.width, frame.field.bottom + 44.0);
    grid(&mut svg, (map.across, map.up), &frame, size);
    corners(&mut svg, map, &frame);
    for spot in &map.spots {
        draw_box(&mut svg, map, &frame, spot);
    }
    cuts(&mut svg, (map.across, map.up), &frame);
    names(&mut svg, map, &frame, size);
    for spot in &map.spots {
        dot(&mut svg, map, &frame, spot);
    }
    svg.push_str("</svg>");
    svg
}

/// The words of the quarters with their areas, in the corners of the field.
fn corner_words<'a>(map: &Map<'a>, frame: &Frame) -> Vec<(&'a str, Area)> {
    let field = frame.field;
    let (top, bottom) = (field.top + 12.0, field.bottom - 12.0);
    let places = [(false, top), (true, top), (false, bottom), (true, bottom)];
    let words = places.into_iter().zip(map.corners).filter(|(_, word)| !word.is_empty());
    words
        .map(|((right, y), word)| {
            let left = if right { field.right - 8.0 - width(word) } else { field.left + 8.0 };
            (word, Area::of_text(word, left, y))
        })
        .collect()
}

fn corners(svg: &mut String, map: &Map<'_>, frame: &Frame) {
    let middle = f64::midpoint(frame.field.left, frame.field.right);
    for (word, area) in corner_words(map, frame) {
        let (x, anchor) = if area.left > middle { (area.right, "end") } else { (area.left, "start") };
        let _ = write!(
            svg,
            "<text class=\"corner halo\" x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>",
            at(x),
            at(area.middle() + 4.5),
            escape(word)
        );
    }
}

fn draw_box(svg: &mut String, map: &Map<'_>, frame: &Frame, spot: &Spot) {
    let (left, right) = (frame.x(map.across, spot.across.ends.0), frame.x(map.across, spot.across.ends.1));
    let (bottom, top) = (frame.y(map.up, spot.up.ends.0), frame.y(map.up, spot.up.ends.1));
    let _ = write!(
        svg,
        "<rect class=\"box{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
        class(spot),
        at(left),
        at(top),
        at((right - left).max(1.0)),
        at((bottom - top).max(1.0))
    );
}

fn dot(svg: &mut String, map: &Map<'_>, frame: &Frame, spot: &Spot) {
    let (x, y) = (frame.x(map.across, spot.across.value), frame.y(map.up, spot.up.value));
    let few = if spot.clear { "" } else { " few" };
    let weak = if spot.weak { " weak" } else { "" };
    let _ = write!(svg, "<circle class=\"dot{weak}{few}\" cx=\"{}\" cy=\"{}\" r=\"4\"/>", at(x), at(y));
}

fn names(svg: &mut String, map: &Map<'_>, frame: &Frame, size: Size) {
    let points: Vec<(f64, f64)> = map
        .spots
        .iter()
        .map(|spot| (frame.x(map.across, spot.across.value), frame.y(map.up, spot.up.value)))
        .collect();
    let words: Vec<String> = map
        .spots
        .iter()
        .map(|spot| if size == Size::Wide { spot.name.clone() } else { spot.number.to_string() })
        .collect();
    let names: Vec<&str> = words.iter().map(String::as_str).collect();
    let kept: Vec<Area> = corner_words(map, frame).into_iter().map(|(_, area)| area).collect();
    for ((area, name), point) in place(&points, &names, frame.field, &kept).iter().zip(&names).zip(&points) {
        if let Some((x, y)) = area.leader(*point) {
            let (from_x, from_y) = (at(point.0), at(point.1));
            let _ = write!(svg, "<path class=\"mark\" d=\"M{from_x} {from_y}L{} {}\"/>", at(x), at(y));
        }
        let _ = write!(
            svg,
            "<text class=\"name halo\" x=\"{}\" y=\"{}\">{}</text>",
            at(area.left),
            at(area.middle() + 4.5),
            escape(name)
        );
    }
}

fn class(spot: &Spot) -> &'static str {
    match (spot.clear, spot.weak) {
        (true, true) => " weak",
        (true, false) => "",
        (false, _) => " open",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::Window;

    fn field() -> Map<'static> {
        let span = |value: f64| Span { value, ends: (value - 5.0, value + 5.0) };
        let spot = |number, name: &str, x, y, clear| Spot {
            number,
            name: name.into(),
            across: span(x),
            up: span(y),
            clear,
            weak: clear,
        };
        let axis = |name, high, cut| Axis { name, window: Window { low: 0.0, high }, cut: Some(cut) };
        Map {
            spots: vec![spot(1, "Choice & more", 30.0, 40.0, true), spot(2, "Speed", 20.0, 60.0, false)],
            across: axis("Part, %", 40.0, 20.0),
            up: axis("Score of 100", 100.0, 60.0),
            corners: ["", "", "", "Concentrate here"],
        }
    }

    #[test]
    fn boxes_span_both_ranges_and_cuts_cross_the_field() {
        let caption = Caption { id: "m", title: "t", description: "d" };
        let svg = map(caption, &field(), Size::Wide);
        assert!(
            svg.contains(
                "<rect class=\"box weak\" x=\"406.2\" y=\"226.2\" width=\"146.5\" height=\"36.4\"/>"
            ),
            "{svg}"
        );
        assert!(
            svg.contains("<line class=\"cut\" x1=\"333.0\" y1=\"26.0\" x2=\"333.0\" y2=\"390.0\"/>"),
            "{svg}"
        );
        assert!(svg.contains("Choice &amp; more") && svg.contains("class=\"box open\""));
        assert_eq!(svg.matches("class=\"corner halo\"").count(), 1);
    }

    #[test]
    fn the_narrow_drawing_has_numbers_for_names() {
        let caption = Caption { id: "m", title: "t", description: "d" };
        let svg = map(caption, &field(), Size::Narrow);
        assert!(svg.contains(">2</text>") && !svg.contains("Speed"));
    }
}
