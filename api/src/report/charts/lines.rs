//! A value over time with its likely range: one small chart of many, all on the same window, the latest value written with its
//! range at the line's end, and how many people below each period.

use std::fmt::Write as _;

use super::flags::{Flag, ROOM, flags};
use super::{Caption, Size, Window, at, escape, open};

/// One period.
#[derive(Debug, Clone, PartialEq)]
pub struct LinePoint {
    /// Its name, such as Oct or W43.
    pub name: String,
    /// How many people, as it is printed below the name; empty where that is not said in the drawing.
    pub n: String,
    /// Its value with its range; none where there is none, which interrupts the line.
    pub mark: Option<(f64, Option<(f64, f64)>)>,
}

/// Where a period stands, its value, and its range.
type Mark = (f64, f64, Option<(f64, f64)>);

/// Where the parts of a drawing stand.
struct Frame {
    width: f64,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    step: f64,
}

/// About how wide a letter of the latest figure is.
const LETTER: f64 = 7.3;

/// Room that the numbers of people take below the names of periods.
const PEOPLE: f64 = 17.0;

impl Frame {
    fn of(size: Size, points: usize, latest: Latest<'_>) -> Self {
        let (width, bottom) = match size {
            Size::Wide => (640.0, 190.0),
            Size::Narrow => (320.0, 170.0),
            Size::Panel => (320.0, 96.0),
        };
        let letters = latest.value.chars().count().max(latest.range.chars().count());
        let right = width - 6.0 - (letters as f64 * LETTER).max(34.0);
        let left = 34.0;
        Self {
            width,
            left,
            right,
            top: 10.0,
            bottom,
            step: (right - left - 12.0) / points.saturating_sub(1).max(1) as f64,
        }
    }

    fn x(&self, place: usize) -> f64 {
        self.left + 6.0 + place as f64 * self.step
    }
}

/// The latest figure, as it is printed at the end of the line.
#[derive(Debug, Clone, Copy)]
pub struct Latest<'a> {
    /// The value.
    pub value: &'a str,
    /// Its range; empty where it is not said in the drawing.
    pub range: &'a str,
}

/// What is drawn beside the periods, if anything is.
#[derive(Debug, Clone, Copy, Default)]
pub struct Beside<'a> {
    /// What happened.
    pub events: &'a [Flag],
    /// What is aimed at.
    pub target: Option<f64>,
}

/// Draws the periods in their order, with flags of what happened and a line at what is aimed at.
pub fn lines_with(
    caption: Caption<'_>,
    points: &[LinePoint],
    Beside { events, target }: Beside<'_>,
    latest: Latest<'_>,
    window: Window,
    size: Size,
) -> String {
    let mut frame = Frame::of(size, points.len(), latest);
    if !events.is_empty() {
        frame.top += ROOM;
        frame.bottom += ROOM;
    }
    let people = if points.iter().all(|point| point.n.is_empty()) { 0.0 } else { PEOPLE };
    let mut svg = open(caption, size, frame.width, frame.bottom + 26.0 + people);
    let y = |value: f64| window.place(value, frame.bottom, frame.top);
    for tick in window.ticks(size) {
        let _ = write!(
            svg,
            "<line class=\"grid\" x1=\"{}\" x2=\"{}\" y1=\"{y}\" y2=\"{y}\"/><text class=\"tick\" x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>",
            at(frame.left),
            at(frame.right),
            at(frame.left - 6.0),
            at(y(tick) + 4.5),
            Window::label(tick),
            y = at(y(tick)),
        );
    }
    let places: Vec<usize> = (0..points.len()).collect();
    let mark = |place: usize| points.get(place).and_then(|point| point.mark);
    for run in places.chunk_by(|a, b| mark(*a).is_some() == mark(*b).is_some()) {
        let known: Vec<Mark> = run
            .iter()
            .filter_map(|place| mark(*place).map(|(value, range)| (frame.x(*place), value, range)))
            .collect();
        band(&mut svg, &known, y);
        let track: Vec<String> =
            known.iter().map(|(x, value, _)| format!("{},{}", at(*x), at(y(*value)))).collect();
        if track.len() > 1 {
            let _ = write!(svg, "<polyline class=\"line\" points=\"{}\"/>", track.join(" "));
        }
    }
    // A period reaches half a step to either side of its dot.
    let first = frame.x(0) - frame.step / 2.0;
    flags(&mut svg, events, (first, frame.step), (frame.top, frame.bottom));
    dots(&mut svg, points, latest, &frame, y);
    if let Some(target) = target {
        aim(&mut svg, target, &frame, y(target));
    }
    names(&mut svg, points, &frame, size);
    svg.push_str("</svg>");
    svg
}

/// A line at what is aimed at, with its words on the ground that the line is drawn on; below it at the top of the chart.
fn aim(svg: &mut String, target: f64, frame: &Frame, y: f64) {
    let words = if y < frame.top + 14.0 { y + 17.0 } else { y - 5.0 };
    let _ = write!(
        svg,
        "<line class=\"target\" x1=\"{}\" x2=\"{}\" y1=\"{y}\" y2=\"{y}\"/><text class=\"tick aim\" x=\"{}\" y=\"{}\">target {target}</text>",
        at(frame.left),
        at(frame.right),
        at(frame.left + 4.0),
        at(words),
        y = at(y),
    );
}

/// The likely range as a band; a period by itself has an upright line.
fn band(svg: &mut String, known: &[Mark], y: impl Fn(f64) -> f64) {
    let ranged: Vec<(f64, f64, f64)> =
        known.iter().filter_map(|(x, _, range)| range.map(|(low, high)| (*x, low, high))).collect();
    if let [(x, low, high)] = ranged.as_slice() {
        let x = at(*x);
        let _ = write!(
            svg,
            "<line class=\"r95\" x1=\"{x}\" x2=\"{x}\" y1=\"{}\" y2=\"{}\"/>",
            at(y(*low)),
            at(y(*high))
        );
    } else if !ranged.is_empty() {
        let top = ranged.iter().map(|(x, _, high)| format!("{},{}", at(*x), at(y(*high))));
        let bottom = ranged.iter().rev().map(|(x, low, _)| format!("{},{}", at(*x), at(y(*low))));
        let points: Vec<String> = top.chain(bottom).collect();
        let _ = write!(svg, "<polygon class=\"band\" points=\"{}\"/>", points.join(" "));
    }
}

/// A dot for each value, the latest full and written out.
fn dots(svg: &mut String, points: &[LinePoint], latest: Latest<'_>, frame: &Frame, y: impl Fn(f64) -> f64) {
    let last = points.iter().rposition(|point| point.mark.is_some());
    for (place, point) in points.iter().enumerate() {
        let Some((value, _)) = point.mark else { continue };
        let (x, y, is_last) = (frame.x(place), y(value), last == Some(place));
        let radius = if is_last { "4.5" } else { "2.5" };
        let _ = write!(svg, "<circle class=\"dot\" cx=\"{}\" cy=\"{}\" r=\"{radius}\"/>", at(x), at(y));
        if is_last {
            written(svg, latest, (frame.right + 3.0, y.min(frame.bottom - 14.0)));
        }
    }
}

/// The latest figure beside the plot, its range below it.
fn written(svg: &mut String, latest: Latest<'_>, (x, y): (f64, f64)) {
    let mut text = |class: &str, y: f64, words: &str| {
        let _ = write!(
            svg,
            "<text class=\"{class}\" x=\"{}\" y=\"{}\">{}</text>",
            at(x),
            at(y + 4.5),
            escape(words)
        );
    };
    text("val", y, latest.value);
    if !latest.range.is_empty() {
        text("rng", y + 16.0, latest.range);
    }
}

/// Names of periods below, as many as there is room for; the first and the last always.
fn names(svg: &mut String, points: &[LinePoint], frame: &Frame, size: Size) {
    let room = if size == Size::Wide { 60.0 } else { 52.0 };
    let every = (1..=points.len()).find(|n| *n as f64 * frame.step >= room).unwrap_or(points.len().max(1));
    let last = points.len().saturating_sub(1);
    for (place, point) in points.iter().enumerate() {
        let is_near_end = place != last && last - place < every;
        if !(place.is_multiple_of(every) && !is_near_end || place == last) {
            continue;
        }
        let people = if point.n.is_empty() { String::new() } else { format!("n {}", point.n) };
        for (below, words) in [(20.0, &point.name), (20.0 + PEOPLE, &people)] {
            if !words.is_empty() {
                let _ = write!(
                    svg,
                    "<text class=\"tick\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
                    at(frame.x(place)),
                    at(frame.bottom + below),
                    escape(words)
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(name: &str, mark: Option<(f64, Option<(f64, f64)>)>) -> LinePoint {
        let n = if mark.is_some() { "40".to_owned() } else { String::new() };
        LinePoint { name: name.to_owned(), n, mark }
    }

    #[test]
    fn a_period_without_a_value_interrupts_the_line_and_the_latest_is_written() {
        let points = [
            point("Jan", Some((70.0, Some((65.0, 75.0))))),
            point("Feb", Some((72.0, Some((68.0, 76.0))))),
            point("Mar", None),
            point("Apr", Some((60.0, Some((50.0, 70.0))))),
        ];
        let caption = Caption { id: "l", title: "t", description: "d" };
        let draw = || {
            let latest = Latest { value: "60", range: "50 to 70" };
            let window = Window { low: 40.0, high: 80.0 };
            lines_with(caption, &points, Beside::default(), latest, window, Size::Panel)
        };
        let svg = draw();
        assert_eq!((svg.matches("<polyline").count(), svg.matches("<polygon").count()), (1, 1));
        assert_eq!(svg.matches("class=\"r95\"").count(), 1, "a month by itself has an upright line");
        assert!(svg.contains(">60</text>") && svg.contains(">Jan</text>") && svg.contains(">Apr</text>"));
        assert!(svg.contains(">50 to 70</text>"), "the latest value has its range");
        assert_eq!(svg.matches(">n 40</text>").count(), 3, "each named period says how many people");
        assert_eq!(svg, draw());
    }

    #[test]
    fn the_words_of_a_target_stay_in_the_chart() {
        let caption = Caption { id: "l", title: "t", description: "d" };
        let latest = Latest { value: "60", range: "50 to 70" };
        let draw = |target| {
            let points = [point("Jan", Some((60.0, Some((50.0, 70.0)))))];
            let beside = Beside { events: &[], target: Some(target) };
            lines_with(caption, &points, beside, latest, Window { low: 40.0, high: 80.0 }, Size::Wide)
        };
        assert!(draw(80.0).contains("y=\"27.0\">target 80</text>"), "below the line at the top");
        assert!(draw(60.0).contains("y=\"95.0\">target 60</text>"), "above it elsewhere");
    }

    #[test]
    fn names_cannot_leave_their_place() {
        let points = [point("<b>\"&", Some((1.0, None)))];
        let caption = Caption { id: "l", title: "<t>", description: "\"d\"" };
        let latest = Latest { value: "<1>", range: "" };
        let svg = lines_with(
            caption,
            &points,
            Beside::default(),
            latest,
            Window { low: 0.0, high: 2.0 },
            Size::Narrow,
        );
        assert!(svg.contains("&lt;b&gt;&quot;&amp;") && svg.contains("&lt;1&gt;") && !svg.contains("<b>"));
    }
}
