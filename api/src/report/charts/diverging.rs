//! The distribution of an item as one bar around its middle: what lies below to the left, what lies above to the right, so
//! that items below each other can be compared by eye. Who said that it does not apply stands apart.

use std::fmt::Write as _;

use super::{Caption, Size, at, escape, open};

/// Answers of one code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// The code.
    pub code: String,
    /// How many chose it.
    pub n: u64,
}

/// Least width in which a share is written.
const LABELLED: f64 = 47.0;

/// Draws the codes from the lowest to the highest; `ends` are the words of those two, `beside` are those without a rating,
/// with their word.
///
/// The middle code of an odd number is halved by the middle line. Every bar of a page has the same scale: half of the
/// width is all who rated.
pub fn diverging(
    caption: Caption<'_>,
    shares: &[Share],
    ends: Option<(&str, &str)>,
    beside: Option<(&str, u64)>,
    size: Size,
) -> String {
    let (width, room) = if size == Size::Wide { (640.0, 500.0) } else { (320.0, 320.0) };
    let is_apart = size != Size::Wide && beside.is_some_and(|(_, n)| n > 0);
    let labelled = if ends.is_some() { 20.0 } else { 0.0 };
    let height = 46.0 + labelled + if is_apart { 18.0 } else { 0.0 };
    let mut svg = open(caption, size, width, height);
    let total: u64 = shares.iter().map(|share| share.n).sum();
    let unit = if total > 0 { room / 2.0 / total as f64 } else { 0.0 };
    let middle = room / 2.0;
    let mut left = middle - below(shares) * unit;
    let steps = shares.len().saturating_sub(1).max(1) as f64;
    for (place, share) in shares.iter().enumerate() {
        let part = share.n as f64 * unit;
        if share.n > 0 {
            let side = 2.0 * place as f64 / steps - 1.0;
            let _ = write!(
                svg,
                "<rect class=\"d {}\" x=\"{}\" y=\"2\" width=\"{}\" height=\"20\"/>",
                class(side),
                at(left),
                at(part)
            );
        }
        if part >= LABELLED {
            let percent = (share.n as f64 / total as f64 * 100.0).round();
            let _ = write!(
                svg,
                "<text class=\"tick\" x=\"{}\" y=\"39\" text-anchor=\"middle\"><tspan class=\"val\">{}</tspan> {percent}%</text>",
                at(left + part / 2.0),
                escape(&share.code)
            );
        }
        left += part;
    }
    let _ = write!(svg, "<line class=\"cut\" x1=\"{x}\" x2=\"{x}\" y1=\"0\" y2=\"26\"/>", x = at(middle));
    if let (Some((low, high)), [first, .., last]) = (ends, shares) {
        end_word(&mut svg, (0.0, "start"), &format!("{} {low}", first.code));
        end_word(&mut svg, (room, "end"), &format!("{} {high}", last.code));
    }
    if let Some((word, n)) = beside.filter(|(_, n)| *n > 0) {
        let (x, y) = if size == Size::Wide { (640.0, 17.0) } else { (320.0, 59.0 + labelled) };
        let _ = write!(
            svg,
            "<text class=\"rng\" x=\"{}\" y=\"{}\" text-anchor=\"end\">{}: {n}</text>",
            at(x),
            at(y),
            escape(word)
        );
    }
    svg.push_str("</svg>");
    svg
}

/// What one end of the scale is called, below the shares.
fn end_word(svg: &mut String, (x, anchor): (f64, &str), words: &str) {
    let _ = write!(
        svg,
        "<text class=\"rng\" x=\"{}\" y=\"60\" text-anchor=\"{anchor}\">{}</text>",
        at(x),
        escape(words)
    );
}

/// How many stand left of the middle; half of the middle code does.
fn below(shares: &[Share]) -> f64 {
    let half = shares.len() / 2;
    let lower: u64 = shares.iter().take(half).map(|share| share.n).sum();
    let middle = if shares.len().is_multiple_of(2) { 0 } else { shares.get(half).map_or(0, |share| share.n) };
    lower as f64 + middle as f64 / 2.0
}

/// From -1, the lowest code, to 1, the highest.
fn class(side: f64) -> &'static str {
    match side {
        side if side < -0.6 => "low2",
        side if side < -0.05 => "low1",
        side if side <= 0.05 => "mid",
        side if side <= 0.6 => "high1",
        _ => "high2",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(counts: &[u64]) -> Vec<Share> {
        counts.iter().zip(1..).map(|(n, code)| Share { code: format!("{code}"), n: *n }).collect()
    }

    #[test]
    fn the_middle_line_halves_the_middle_code() {
        let caption = Caption { id: "d", title: "t", description: "d" };
        let svg = diverging(
            caption,
            &shares(&[0, 0, 10, 0, 0]),
            Some(("bad", "good")),
            Some(("Does not apply", 3)),
            Size::Wide,
        );
        assert!(svg.contains("class=\"d mid\" x=\"125.0\" y=\"2\" width=\"250.0\""), "{svg}");
        assert!(
            svg.contains(">Does not apply: 3<")
                && svg.contains(">1 bad<")
                && svg.contains(">5 good<")
                && svg.contains("x1=\"250.0\"")
        );
        let high = diverging(caption, &shares(&[0, 0, 0, 0, 8]), None, None, Size::Narrow);
        assert!(high.contains("class=\"d high2\" x=\"160.0\" y=\"2\" width=\"160.0\""), "{high}");
        let low = diverging(caption, &shares(&[4, 4]), None, None, Size::Narrow);
        assert!(low.contains("class=\"d low2\" x=\"80.0\" y=\"2\" width=\"80.0\""), "{low}");
    }

    #[test]
    fn nobody_and_hostile_codes_draw_no_harm() {
        let caption = Caption { id: "d", title: "<t>", description: "d" };
        assert!(!diverging(caption, &shares(&[0, 0]), None, None, Size::Narrow).contains("<rect"));
        let hostile = [Share { code: "<script>".to_owned(), n: 4 }];
        assert!(
            !diverging(caption, &hostile, Some(("<b>", "<b>")), Some(("<i>", 1)), Size::Wide)
                .contains("<script>")
        );
    }
}
