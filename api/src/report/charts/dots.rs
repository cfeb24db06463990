//! The dot chart: a dot for each value, a thick line for its 80 % and a thin one for its 95 % range.

use std::fmt::Write as _;

use super::labels::width;
use super::{Caption, Size, Window, at, escape, open};

/// Half-width of an 80 % interval over that of a 95 % one, normal quantiles .9 and .975.
const EIGHTY_OF_NINETY_FIVE: f64 = 1.281_551_565_544_600_4 / 1.959_963_984_540_054;

/// One row of a dot chart.
#[derive(Debug, Clone)]
pub struct DotRow {
    /// What the row is about.
    pub name: String,
    /// Value and 95 % range; `None` draws the words alone.
    pub mark: Option<(f64, Option<(f64, f64)>)>,
    /// The value in words.
    pub value: String,
    /// The range in words, or why there is no value.
    pub range: String,
    /// Whether the words say that this row is worse than the others.
    pub weak: bool,
    /// Whether so few people stand behind it that the dot is drawn hollow.
    pub few: bool,
}

/// Where the parts of a drawing stand.
struct Frame {
    width: f64,
    left: f64,
    right: f64,
    row: f64,
    top: f64,
    /// Distance from the middle of the marks up to the name; 0 puts the name beside them.
    lift: f64,
    /// Letters that fit into one line of a name.
    letters: usize,
}

impl Frame {
    /// The frame of a size, with as much room for names as the longest of the rows needs.
    fn of(size: Size, rows: &[DotRow]) -> Self {
        let names = |letters: usize| {
            let lines = rows.iter().flat_map(|row| lines(&row.name, letters));
            lines.map(|line| width(&line)).fold(0.0, f64::max) + 14.0
        };
        match size {
            Size::Wide => {
                let left = names(28).clamp(60.0, 280.0);
                Self { width: 640.0, left, right: 500.0, row: 30.0, top: 10.0, lift: 0.0, letters: 28 }
            }
            Size::Panel => {
                let left = names(12).clamp(48.0, 118.0);
                Self { width: 320.0, left, right: 190.0, row: 26.0, top: 4.0, lift: 0.0, letters: 12 }
            }
            Size::Narrow => {
                Self { width: 320.0, left: 8.0, right: 186.0, row: 46.0, top: 6.0, lift: 17.0, letters: 44 }
            }
        }
    }
}

/// Draws the rows in the order given.
pub fn dots(caption: Caption<'_>, rows: &[DotRow], window: Window, size: Size) -> String {
    let frame = Frame::of(size, rows);
    let foot = frame.top + frame.row * rows.len() as f64 + 4.0;
    let mut svg = open(caption, size, frame.width, foot + 26.0);
    for tick in window.ticks(size) {
        let x = at(window.place(tick, frame.left, frame.right));
        let _ = write!(
            svg,
            "<line class=\"grid\" x1=\"{x}\" x2=\"{x}\" y1=\"{}\" y2=\"{}\"/>\
             <text class=\"tick\" x=\"{x}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
            at(frame.top),
            at(foot),
            at(foot + 19.0),
            Window::label(tick)
        );
    }
    let mut middle = frame.top + frame.row / 2.0 + frame.lift / 2.0;
    for row in rows {
        draw(&mut svg, row, window, &frame, middle);
        middle += frame.row;
    }
    svg.push_str("</svg>");
    svg
}

fn draw(svg: &mut String, row: &DotRow, window: Window, frame: &Frame, y: f64) {
    let weak = if row.weak { " weak" } else { "" };
    let (few, radius) = if row.few { (" few", 3.5) } else { ("", 4.5) };
    let base = at(y + 4.5);
    name(svg, row, frame, y);
    let Some((value, ci95)) = row.mark else {
        let x = at(frame.left + 4.0);
        let _ = write!(svg, "<text class=\"rng\" x=\"{x}\" y=\"{base}\">{}</text>", escape(&row.range));
        return;
    };
    let place = |value| at(window.place(value, frame.left, frame.right));
    let y = at(y);
    if let Some((low, high)) = ci95 {
        let inner = |end: f64| place(value + (end - value) * EIGHTY_OF_NINETY_FIVE);
        let _ = write!(
            svg,
            "<line class=\"r95{weak}\" x1=\"{}\" x2=\"{}\" y1=\"{y}\" y2=\"{y}\"/>\
             <line class=\"r80{weak}\" x1=\"{}\" x2=\"{}\" y1=\"{y}\" y2=\"{y}\"/>",
            place(low),
            place(high),
            inner(low),
            inner(high)
        );
    }
    let _ = write!(
        svg,
        "<circle class=\"dot{weak}{few}\" cx=\"{}\" cy=\"{y}\" r=\"{radius}\"/>\
         <text class=\"val\" x=\"{}\" y=\"{base}\">{}</text>\
         <text class=\"rng\" x=\"{}\" y=\"{base}\" text-anchor=\"end\">{}</text>",
        place(value),
        at(frame.right + 14.0),
        escape(&row.value),
        at(frame.width),
        escape(&row.range)
    );
}

/// The name above its marks, or beside them in at most two lines.
fn name(svg: &mut String, row: &DotRow, frame: &Frame, y: f64) {
    let lines = lines(&row.name, frame.letters);
    if frame.lift > 0.0 {
        let first = lines.first().map_or("", String::as_str);
        let base = at(y - frame.lift + 4.0);
        let _ = write!(svg, "<text class=\"name\" x=\"0\" y=\"{base}\">{}</text>", escape(first));
        return;
    }
    let x = at(frame.left - 10.0);
    let mut base = if lines.len() > 1 { y - 2.0 } else { y + 4.5 };
    for line in &lines {
        let _ = write!(
            svg,
            "<text class=\"name\" x=\"{x}\" y=\"{}\" text-anchor=\"end\">{}</text>",
            at(base),
            escape(line)
        );
        base += 13.0;
    }
}

/// A name in one line or two, broken at a blank where there is one; what does not fit is cut with an ellipsis.
fn lines(name: &str, letters: usize) -> Vec<String> {
    if name.chars().count() <= letters {
        return vec![name.to_owned()];
    }
    let mut first = String::new();
    let mut words = name.split(' ').peekable();
    while let Some(word) = words.next_if(|word| first.chars().count() + word.chars().count() < letters) {
        first = if first.is_empty() { word.to_owned() } else { format!("{first} {word}") };
    }
    let rest = words.collect::<Vec<_>>().join(" ");
    let parts = [first, cut(&rest, letters)];
    parts.into_iter().filter(|part| !part.is_empty()).collect()
}

fn cut(text: &str, letters: usize) -> String {
    if text.chars().count() <= letters {
        return text.to_owned();
    }
    let kept: String = text.chars().take(letters.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_take_two_lines_and_are_then_cut() {
        assert_eq!(lines("No contact", 12), ["No contact"]);
        assert_eq!(lines("Helsinki main street", 12), ["Helsinki", "main street"]);
        assert_eq!(lines("Helsinki main street and harbour", 12), ["Helsinki", "main street…"]);
        assert_eq!(lines("Kundenzufriedenheit", 12), ["Kundenzufri…"]);
    }

    #[test]
    fn rows_without_a_value_say_why() {
        let row = DotRow {
            name: "Choice & more".into(),
            mark: None,
            value: String::new(),
            range: "fewer than 10 people".into(),
            weak: false,
            few: false,
        };
        let caption = Caption { id: "c", title: "t", description: "d" };
        let svg = dots(caption, &[row], Window { low: 0.0, high: 100.0 }, Size::Narrow);
        assert!(svg.contains("Choice &amp; more") && svg.contains("fewer than 10 people"));
        assert!(!svg.contains("circle") && svg.contains("id=\"c-narrow-t\""));
    }

    #[test]
    fn the_thick_range_lies_inside_the_thin_one_around_the_dot() {
        let mark = Some((70.0, Some((60.0, 80.0))));
        let (value, range) = ("70".into(), "60 to 80".into());
        let row = DotRow { name: "A".into(), mark, value, range, weak: true, few: false };
        let caption = Caption { id: "c", title: "t", description: "d" };
        let svg = dots(caption, &[row], Window { low: 50.0, high: 90.0 }, Size::Wide);
        assert!(svg.contains("class=\"r95 weak\" x1=\"170.0\" x2=\"390.0\""), "{svg}");
        assert!(svg.contains("class=\"r80 weak\" x1=\"208.1\" x2=\"351.9\""), "{svg}");
        assert!(svg.contains("cx=\"280.0\""));
    }
}
