//! The dot chart: a dot for each value, a thick line for its 80 % and a thin one for its 95 % range.

use std::fmt::Write as _;

use super::columns::Columns;
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
    /// How many people, as a number; empty where that is withheld.
    pub n: String,
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
    /// Where the ranges end.
    range: f64,
    row: f64,
    top: f64,
    /// Distance from the middle of the marks up to the name; 0 puts the name beside them.
    lift: f64,
    /// Letters that fit into one line of a name.
    letters: usize,
}

/// Room between the columns of words.
const GAP: f64 = 16.0;

impl Frame {
    /// The frame of a size, with as much room for names and figures as the longest of the rows needs. Small charts beside
    /// each other have their marks in the same place, whatever stands behind them.
    fn of(size: Size, rows: &[DotRow]) -> Self {
        let names = |letters: usize| {
            let lines = rows.iter().flat_map(|row| lines(&row.name, letters));
            lines.map(|line| width(&line)).fold(0.0, f64::max) + GAP
        };
        let marked = || rows.iter().filter(|row| row.mark.is_some());
        let widest = |read: fn(&DotRow) -> &str| marked().map(|row| width(read(row))).fold(0.0, f64::max);
        let figures = widest(|row| &row.value) + widest(|row| &row.range) + 2.0 * GAP;
        let most =
            rows.iter().map(|row| row.n.as_str()).max_by_key(|n| n.chars().count()).unwrap_or_default();
        let people = if most.is_empty() { 0.0 } else { width(&people(most)) + GAP };
        match size {
            Size::Wide => {
                let left = names(28).clamp(60.0, 280.0);
                let has_room = 640.0 - figures - people - left >= 160.0;
                let range = if has_room { 640.0 - people } else { 640.0 };
                let right = (range - figures).max(left + 60.0);
                Self { width: 640.0, left, right, range, row: 30.0, top: 10.0, lift: 0.0, letters: 28 }
            }
            Size::Panel => {
                let left = names(12).clamp(48.0, 118.0);
                let (width, right) = (345.0, 190.0);
                let range = if right + figures + people <= width { width - people } else { width };
                Self { width, left, right, range, row: 26.0, top: 4.0, lift: 0.0, letters: 12 }
            }
            Size::Narrow => {
                let (width, range) = (320.0, 320.0);
                let right = (range - figures).clamp(120.0, 210.0);
                Self { width, left: 8.0, right, range, row: 48.0, top: 6.0, lift: 18.0, letters: 34 }
            }
        }
    }

    /// Whether each row has its number of people beside its figures.
    fn has_people(&self) -> bool {
        self.lift > 0.0 || self.range < self.width
    }
}

/// "n 120".
fn people(n: &str) -> String {
    format!("n {n}")
}

/// Draws the rows in the order given.
pub fn dots(caption: Caption<'_>, rows: &[DotRow], window: Window, size: Size) -> String {
    let frame = Frame::of(size, rows);
    let foot = frame.top + frame.row * rows.len() as f64 + 4.0;
    let mut svg = open(caption, size, frame.width, foot + 26.0);
    let columns = Columns::of(window, size, (frame.left, frame.right));
    columns.values(&mut svg, foot);
    let mut middle = frame.top + frame.row / 2.0 + frame.lift / 2.0;
    for row in rows {
        if row.mark.is_some() {
            let half = if frame.lift > 0.0 { 12.0 } else { frame.row / 2.0 };
            columns.lines(&mut svg, middle, half);
        }
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
        draw_people(svg, row, frame, y);
        return;
    };
    draw_people(svg, row, frame, y);
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
        at(frame.range),
        escape(&row.range)
    );
}

/// How many people, at the end of the row or, where the name stands above the marks, of the name; left out where there is
/// no room.
fn draw_people(svg: &mut String, row: &DotRow, frame: &Frame, y: f64) {
    if row.n.is_empty() || !frame.has_people() {
        return;
    }
    let _ = write!(
        svg,
        "<text class=\"rng\" x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>",
        at(frame.width),
        at(if frame.lift > 0.0 { y - frame.lift + 4.0 } else { y + 4.5 }),
        escape(&people(&row.n))
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
            n: "4".into(),
            weak: false,
            few: false,
        };
        let caption = Caption { id: "c", title: "t", description: "d" };
        let svg = dots(caption, &[row], Window { low: 0.0, high: 100.0 }, Size::Narrow);
        assert!(svg.contains("Choice &amp; more") && svg.contains("fewer than 10 people"));
        assert!(!svg.contains("circle") && svg.contains("id=\"c-narrow-t\""));
        assert!(
            svg.contains(">n 4</text>") && !svg.contains("class=\"grid\""),
            "no line runs through words: {svg}"
        );
    }

    #[test]
    fn the_thick_range_lies_inside_the_thin_one_around_the_dot() {
        let mark = Some((70.0, Some((60.0, 80.0))));
        let (value, range, n) = ("70".into(), "60 to 80".into(), "1\u{202f}204".into());
        let row = DotRow { name: "A".into(), mark, value, range, n, weak: true, few: false };
        let caption = Caption { id: "c", title: "t", description: "d" };
        let svg = dots(caption, &[row], Window { low: 50.0, high: 90.0 }, Size::Wide);
        assert!(svg.contains("class=\"r95 weak\" x1=\"161.4\" x2=\"364.3\""), "{svg}");
        assert!(svg.contains("class=\"r80 weak\" x1=\"196.6\" x2=\"329.2\""), "{svg}");
        assert!(svg.contains("cx=\"262.9\"") && svg.contains(">n 1\u{202f}204</text>"), "{svg}");
    }
}
