//! The distribution of one item: one bar of the whole, a part for each code, from the lowest to the highest.

use std::fmt::Write as _;

use super::{Caption, Size, at, escape, open};

/// Width of the drawing.
const WIDTH: f64 = 320.0;

/// Least share of the bar in which its words find room.
const LABELLED: f64 = 0.165;

/// Draws the counts by code; darker is a higher code. Parts too small for their words stay without.
pub fn bars(caption: Caption<'_>, counts: &[(String, u64)]) -> String {
    let mut svg = open(caption, Size::Panel, WIDTH, 42.0);
    let total: u64 = counts.iter().map(|(_, count)| count).sum();
    let steps = counts.len().saturating_sub(1).max(1) as f64;
    let (mut left, mut step) = (0.0, 0.0);
    for (code, count) in counts {
        let share = if total > 0 { *count as f64 / total as f64 } else { 0.0 };
        let part = share * WIDTH;
        if *count > 0 {
            let shade = (step / steps * 10.0_f64).round();
            let _ = write!(
                svg,
                "<rect class=\"k k{shade}\" x=\"{}\" y=\"1\" width=\"{}\" height=\"18\"/>",
                at(left),
                at(part)
            );
        }
        if share >= LABELLED {
            let (middle, percent) = (at(left + part / 2.0), (share * 100.0).round());
            let _ = write!(
                svg,
                "<text class=\"tick\" x=\"{middle}\" y=\"36\" text-anchor=\"middle\">\
                 <tspan class=\"val\">{}</tspan> {percent} %</text>",
                escape(code)
            );
        }
        left += part;
        step += 1.0;
    }
    svg.push_str("</svg>");
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_fill_the_bar_and_large_ones_are_labelled() {
        let counts = [("1".to_owned(), 1), ("2".to_owned(), 0), ("3".to_owned(), 19)];
        let caption = Caption { id: "b", title: "t", description: "d" };
        let svg = bars(caption, &counts);
        assert!(svg.contains("class=\"k k0\" x=\"0.0\" y=\"1\" width=\"16.0\""), "{svg}");
        assert!(svg.contains("class=\"k k10\" x=\"16.0\" y=\"1\" width=\"304.0\""), "{svg}");
        assert!(svg.contains("95 %") && !svg.contains("5 %</text><rect"));
        assert_eq!(svg.matches("<rect").count(), 2);
    }
}
