//! The funnel: each place by how many answered and what they said, between the limits of chance, which are wide where few
//! answered. No place is ranked.

use std::fmt::Write as _;

use super::{Caption, Size, Window, at, escape, open};

/// One place.
#[derive(Debug, Clone, PartialEq)]
pub struct FunnelPlace {
    /// Its name.
    pub name: String,
    /// How many answered.
    pub n: u64,
    /// Their mean.
    pub mean: f64,
    /// Where chance alone leaves 95 of 100 means of so many.
    pub limits95: (f64, f64),
    /// The same for 998 of 1 000.
    pub limits998: (f64, f64),
    /// Whether it lies outside of a limit: its name is written, and its mark is another.
    pub out: bool,
}

/// The whole chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Funnel {
    /// The places.
    pub places: Vec<FunnelPlace>,
    /// The mean of all.
    pub centre: f64,
}

struct Frame {
    width: f64,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    most: f64,
    window: Window,
}

impl Frame {
    fn of(funnel: &Funnel, size: Size) -> Self {
        let (width, right, bottom) =
            if size == Size::Wide { (640.0, 620.0, 300.0) } else { (320.0, 312.0, 260.0) };
        let ends = |place: &FunnelPlace| [place.mean, place.limits998.0, place.limits998.1];
        let window = Window::around(funnel.places.iter().flat_map(ends));
        let most = funnel.places.iter().map(|place| place.n).max().unwrap_or(1).max(1) as f64 * 1.08;
        Self { width, left: 36.0, right, top: 12.0, bottom, most, window }
    }

    fn x(&self, n: f64) -> f64 {
        self.left + n / self.most * (self.right - self.left)
    }

    fn y(&self, value: f64) -> f64 {
        self.window.place(value, self.bottom, self.top)
    }
}

/// Draws the places.
pub fn funnel(caption: Caption<'_>, funnel: &Funnel, size: Size) -> String {
    let frame = Frame::of(funnel, size);
    let mut svg = open(caption, size, frame.width, frame.bottom + 40.0);
    grid(&mut svg, &frame, size);
    let mut places: Vec<&FunnelPlace> = funnel.places.iter().collect();
    places.sort_by(|a, b| (a.n, &a.name).cmp(&(b.n, &b.name)));
    for (class, limits) in [("limit wide-limit", true), ("limit", false)] {
        for high in [false, true] {
            let line: Vec<String> = places
                .iter()
                .map(|place| {
                    let (low, top) = if limits { place.limits998 } else { place.limits95 };
                    format!("{},{}", at(frame.x(place.n as f64)), at(frame.y(if high { top } else { low })))
                })
                .collect();
            let _ = write!(svg, "<polyline class=\"{class}\" points=\"{}\"/>", line.join(" "));
        }
    }
    let (left, right, y) = (at(frame.left), at(frame.right), at(frame.y(funnel.centre)));
    let _ = write!(svg, "<line class=\"cut\" x1=\"{left}\" x2=\"{right}\" y1=\"{y}\" y2=\"{y}\"/>");
    let name_all = places.len() <= 6;
    for place in places {
        mark(&mut svg, place, &frame, name_all);
    }
    svg.push_str("</svg>");
    svg
}

fn grid(svg: &mut String, frame: &Frame, size: Size) {
    for tick in frame.window.ticks(size) {
        let y = frame.y(tick);
        let _ = write!(
            svg,
            "<line class=\"grid\" x1=\"{}\" x2=\"{}\" y1=\"{y}\" y2=\"{y}\"/><text class=\"tick\" x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>",
            at(frame.left),
            at(frame.right),
            at(frame.left - 6.0),
            at(y + 4.5),
            Window::label(tick),
            y = at(y)
        );
    }
    let across = Window { low: 0.0, high: frame.most };
    for tick in across.ticks(Size::Narrow).into_iter().filter(|tick| tick.fract() == 0.0) {
        let _ = write!(
            svg,
            "<text class=\"tick\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
            at(frame.x(tick)),
            at(frame.bottom + 18.0),
            Window::label(tick)
        );
    }
    let _ = write!(
        svg,
        "<text class=\"tick\" x=\"{}\" y=\"{}\" text-anchor=\"end\">people who answered</text>",
        at(frame.right),
        at(frame.bottom + 36.0)
    );
}

/// A dot, or a square with the name for a place outside of chance.
fn mark(svg: &mut String, place: &FunnelPlace, frame: &Frame, named: bool) {
    let (x, y) = (frame.x(place.n as f64), frame.y(place.mean));
    if place.out {
        let _ = write!(
            svg,
            "<rect class=\"dot weak\" x=\"{}\" y=\"{}\" width=\"9\" height=\"9\"/>",
            at(x - 4.5),
            at(y - 4.5)
        );
    } else {
        let _ = write!(svg, "<circle class=\"dot\" cx=\"{}\" cy=\"{}\" r=\"4\"/>", at(x), at(y));
    }
    if place.out || named {
        let is_right = x > f64::midpoint(frame.left, frame.right);
        let (x, anchor) = if is_right { (x - 9.0, "end") } else { (x + 9.0, "start") };
        let _ = write!(
            svg,
            "<text class=\"name halo\" x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>",
            at(x),
            at(y - 8.0),
            escape(&place.name)
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_outside_of_chance_have_another_mark_and_a_name() {
        let place = |name: &str, n, mean, out| FunnelPlace {
            name: name.to_owned(),
            n,
            mean,
            limits95: (70.0, 80.0),
            limits998: (66.0, 84.0),
            out,
        };
        let mut places: Vec<FunnelPlace> =
            (0..8).map(|n| place(&format!("p{n}"), 20 + n, 75.0, false)).collect();
        places.push(place("<Turku>", 60, 60.0, true));
        let chart = Funnel { places, centre: 75.0 };
        let caption = Caption { id: "f", title: "t", description: "d" };
        let svg = funnel(caption, &chart, Size::Wide);
        assert_eq!((svg.matches("<circle").count(), svg.matches("<rect").count()), (8, 1));
        assert!(svg.contains("&lt;Turku&gt;") && !svg.contains(">p1<"));
        assert_eq!(svg, funnel(caption, &chart, Size::Wide));
        let few = Funnel { places: vec![place("a", 3, 75.0, false)], centre: 75.0 };
        assert!(funnel(caption, &few, Size::Narrow).contains(">a</text>"));
    }
}
