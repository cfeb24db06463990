//! The control chart: a value for each period, its limits from a frozen baseline, and what lies outside of them.

use std::fmt::Write as _;

use super::flags::{Flag, ROOM, flags};
use super::{Caption, Size, Window, at, escape, open};

/// Whether a period lies outside its limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// Within, or without limits.
    None,
    /// Above.
    High,
    /// Below.
    Low,
}

/// One period with people.
#[derive(Debug, Clone, PartialEq)]
pub struct ControlPoint {
    /// The name of the period on the axis, such as W40.
    pub period: String,
    /// How many people, as it is printed below the name.
    pub n: String,
    /// Its value.
    pub value: f64,
    /// Lower and upper limit.
    pub limits: Option<(f64, f64)>,
    /// Whether it lies outside.
    pub signal: Signal,
}

/// The whole chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Control {
    /// The periods in their order.
    pub points: Vec<ControlPoint>,
    /// The centre of the baseline.
    pub centre: Option<f64>,
    /// How many of the first points make up the baseline.
    pub baseline: usize,
    /// The part of the axis that is shown.
    pub window: Window,
    /// What happened.
    pub flags: Vec<Flag>,
}

/// Room of the numbers of people below the names of periods.
const PEOPLE: f64 = 17.0;

/// About how wide the name of a period is.
const LABEL: f64 = 68.0;

/// Where the parts of a drawing stand.
struct Frame {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    width: f64,
    /// Room of one period.
    step: f64,
}

impl Frame {
    fn of(size: Size, points: usize) -> Self {
        let (width, left, right, bottom) = match size {
            Size::Wide => (640.0, 44.0, 606.0, 220.0),
            Size::Narrow | Size::Panel => (320.0, 36.0, 300.0, 200.0),
        };
        Self { left, right, top: 28.0, bottom, width, step: (right - left) / points.max(1) as f64 }
    }

    /// The middle of a period.
    fn x(&self, place: usize) -> f64 {
        self.left + (place as f64 + 0.5) * self.step
    }

    fn y(&self, window: Window, value: f64) -> f64 {
        window.place(value, self.bottom, self.top)
    }
}

/// Draws the chart; what lies outside its limits is a triangle with a word.
pub fn control(caption: Caption<'_>, chart: &Control, size: Size) -> String {
    let mut frame = Frame::of(size, chart.points.len());
    if !chart.flags.is_empty() {
        frame.top += ROOM;
        frame.bottom += ROOM;
    }
    let mut svg = open(caption, size, frame.width, frame.bottom + 28.0 + PEOPLE);
    grid(&mut svg, chart, &frame, size);
    limits(&mut svg, chart, &frame);
    centre(&mut svg, chart, &frame);
    flags(&mut svg, &chart.flags, (frame.left, frame.step), (frame.top, frame.bottom));
    track(&mut svg, chart, &frame);
    for (place, point) in chart.points.iter().enumerate() {
        mark(&mut svg, point, &frame, (frame.x(place), frame.y(chart.window, point.value)));
    }
    periods(&mut svg, chart, &frame, size);
    svg.push_str("</svg>");
    svg
}

fn grid(svg: &mut String, chart: &Control, frame: &Frame, size: Size) {
    for tick in chart.window.ticks(size) {
        let y = frame.y(chart.window, tick);
        let _ = write!(
            svg,
            "<line class=\"grid\" x1=\"{}\" x2=\"{}\" y1=\"{}\" y2=\"{}\"/>\
             <text class=\"tick\" x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>",
            at(frame.left),
            at(frame.right),
            at(y),
            at(y),
            at(frame.left - 7.0),
            at(y + 4.5),
            Window::label(tick)
        );
    }
}

/// The limits as a band with an edge, a step for each period; a period without limits interrupts it.
fn limits(svg: &mut String, chart: &Control, frame: &Frame) {
    let places: Vec<usize> = (0..chart.points.len()).collect();
    let limits = |place: usize| chart.points.get(place).and_then(|point| point.limits);
    for run in places.chunk_by(|a, b| limits(*a).is_some() == limits(*b).is_some()) {
        let step = |place: &usize, value: f64| {
            let (from, to) = (frame.x(*place) - frame.step / 2.0, frame.x(*place) + frame.step / 2.0);
            (at(from), at(to), at(frame.y(chart.window, value)))
        };
        let known = || run.iter().filter_map(|place| Some((place, limits(*place)?)));
        let top: Vec<String> = known()
            .map(|(place, (_, high))| step(place, high))
            .map(|(from, to, y)| format!("{from} {y}H{to}"))
            .collect();
        let bottom: Vec<String> = known()
            .rev()
            .map(|(place, (low, _))| step(place, low))
            .map(|(from, to, y)| format!("{to} {y}H{from}"))
            .collect();
        if !top.is_empty() {
            let (top, bottom) = (top.join("L"), bottom.join("L"));
            let _ = write!(
                svg,
                "<path class=\"band\" d=\"M{top}L{bottom}Z\"/><path class=\"edge\" d=\"M{top}M{bottom}\"/>"
            );
        }
    }
}

/// The centre line, and where the frozen baseline ends.
fn centre(svg: &mut String, chart: &Control, frame: &Frame) {
    let Some(centre) = chart.centre else { return };
    let y = at(frame.y(chart.window, centre));
    let (left, right) = (at(frame.left), at(frame.right));
    let _ = write!(svg, "<line class=\"cut\" x1=\"{left}\" x2=\"{right}\" y1=\"{y}\" y2=\"{y}\"/>");
    if chart.baseline == 0 {
        return;
    }
    let end = frame.left + frame.step * chart.baseline.min(chart.points.len()) as f64;
    let _ = write!(
        svg,
        "<path class=\"mark\" d=\"M{left} 20H{end}V{}\"/><text class=\"rng\" x=\"{left}\" y=\"13\">baseline, frozen</text>",
        at(frame.bottom),
        end = at(end)
    );
}

fn track(svg: &mut String, chart: &Control, frame: &Frame) {
    let places: Vec<String> = chart
        .points
        .iter()
        .enumerate()
        .map(|(place, point)| format!("{},{}", at(frame.x(place)), at(frame.y(chart.window, point.value))))
        .collect();
    let _ = write!(svg, "<polyline class=\"track\" points=\"{}\"/>", places.join(" "));
}

fn mark(svg: &mut String, point: &ControlPoint, frame: &Frame, (x, y): (f64, f64)) {
    // A triangle points where the value went; its word stands beyond it, or beside it at the edge.
    let (class, tip, word, beyond) = match point.signal {
        Signal::None => {
            let _ = write!(svg, "<circle class=\"dot\" cx=\"{}\" cy=\"{}\" r=\"3\"/>", at(x), at(y));
            return;
        }
        Signal::High => ("", y - 7.0, "high", y - 11.0),
        Signal::Low => (" weak", y + 7.0, "low", y + 20.0),
    };
    let base = y - (tip - y) * 0.6;
    let edge = beyond > frame.bottom - 2.0 || beyond < frame.top + 8.0;
    let (word_x, word_y, anchor) = if edge { (x - 10.0, y + 4.5, "end") } else { (x, beyond, "middle") };
    let _ = write!(
        svg,
        "<path class=\"dot{class}\" d=\"M{} {b}H{}L{} {}Z\"/>\
         <text class=\"val halo\" x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\">{word}</text>",
        at(x - 6.0),
        at(x + 6.0),
        at(x),
        at(tip),
        at(word_x),
        at(word_y),
        b = at(base)
    );
}

/// As many names of periods as there is room for, with their people.
fn periods(svg: &mut String, chart: &Control, frame: &Frame, size: Size) {
    let most = if size == Size::Wide { 7 } else { 3 };
    let every = chart.points.len().div_ceil(most).max(1);
    for (place, point) in chart.points.iter().enumerate().step_by(every) {
        let people = if point.n.is_empty() { String::new() } else { format!("n {}", point.n) };
        for (below, words) in [(20.0, &point.period), (20.0 + PEOPLE, &people)] {
            let _ = write!(
                svg,
                "<text class=\"tick\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
                at(frame.x(place).max(LABEL / 2.0)),
                at(frame.bottom + below),
                escape(words)
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(signal: Signal, limits: Option<(f64, f64)>) -> Control {
        let point = |period: &str, value, signal| ControlPoint {
            period: period.into(),
            n: "40".into(),
            value,
            limits,
            signal,
        };
        Control {
            points: vec![point("2026-W01", 70.0, Signal::None), point("2026-W02", 40.0, signal)],
            centre: limits.map(|_| 70.0),
            baseline: usize::from(limits.is_some()),
            window: Window { low: 40.0, high: 80.0 },
            flags: Vec::new(),
        }
    }

    #[test]
    fn what_lies_outside_has_a_shape_and_a_word() {
        let caption = Caption { id: "c", title: "t", description: "d" };
        let svg = control(caption, &chart(Signal::Low, Some((60.0, 80.0))), Size::Wide);
        assert!(svg.contains(">low</text>") && svg.contains("<path class=\"dot weak\""), "{svg}");
        assert_eq!(svg.matches("<circle").count(), 1);
        assert_eq!(svg.matches("class=\"band\"").count(), 1);
        assert!(svg.contains("baseline, frozen"));
    }

    #[test]
    fn without_a_baseline_the_points_stand_alone() {
        let caption = Caption { id: "c", title: "t", description: "d" };
        let svg = control(caption, &chart(Signal::None, None), Size::Narrow);
        assert_eq!(svg.matches("<circle").count(), 2);
        assert!(!svg.contains("band") && !svg.contains("baseline") && !svg.contains("class=\"cut\""));
        assert!(svg.contains(">2026-W02</text>") && svg.contains(">n 40</text>"));
    }
}
