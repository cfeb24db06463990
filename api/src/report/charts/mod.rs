//! Charts as static SVG, for the page of a report.
//!
//! A chart is drawn twice, wide and narrow, so that its text stays readable at every width; a style sheet shows
//! the one that fits. Small charts in rows, and bars, have one drawing. Colours come from classes of that style
//! sheet. Charts know nothing of reports: they get values and finished words.

mod alone;
mod bars;
mod columns;
mod control;
mod diverging;
mod dots;
mod field;
mod flags;
mod funnel;
mod labels;
mod lines;
mod map;
mod pairs;
mod window;

pub use alone::{alone, printed};
pub use bars::bars;
pub use control::{Control, ControlPoint, Signal, control};
pub use diverging::{Share, diverging};
pub use dots::{DotRow, dots};
pub use field::Axis;
pub use flags::Flag;
pub use funnel::{Funnel, FunnelPlace, funnel};
pub use lines::{Beside, Latest, LinePoint, lines_with};
pub use map::{Map, Span, Spot, map};
pub use pairs::{PairKey, PairRow, pairs};
pub use window::Window;

/// For which width a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// For a column of 40 rem and more.
    Wide,
    /// For a telephone of 360 px.
    Narrow,
    /// One of many small charts beside each other, the same at every width.
    Panel,
}

impl Size {
    /// Class that shows the drawing where it fits.
    fn class(self) -> &'static str {
        match self {
            Self::Wide => "wide",
            Self::Narrow => "narrow",
            Self::Panel => "panel",
        }
    }
}

/// Name and description of a chart, for those who do not see it.
#[derive(Debug, Clone, Copy)]
pub struct Caption<'a> {
    /// Part of the ids; unique on a page.
    pub id: &'a str,
    /// What the chart shows.
    pub title: &'a str,
    /// What is to be seen in it.
    pub description: &'a str,
}

/// The opening of a drawing with its name and description.
fn open(caption: Caption<'_>, size: Size, width: f64, height: f64) -> String {
    let (class, id) = (size.class(), format!("{}-{}", caption.id, size.class()));
    format!(
        "<svg class=\"{class}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\">\
         <title id=\"{id}-t\">{}</title><desc id=\"{id}-d\">{}</desc>",
        escape(caption.title),
        escape(caption.description)
    )
}

/// Text as it may stand in SVG and HTML.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// A coordinate with one decimal.
fn at(position: f64) -> String {
    format!("{position:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_leave_its_place() {
        assert_eq!(escape("<a href=\"x\">'&"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;");
    }
}
