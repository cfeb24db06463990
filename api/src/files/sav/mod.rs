//! A writer of SPSS system files (`.sav`): labels, declared missing values, long names, long texts; row by row.
//!
//! The layout follows the description of the format in the developers' guide of GNU PSPP ("System File Format"). Files
//! are little-endian, UTF-8 and compressed with the format's own byte codes. The number of rows is written as unknown
//! (-1), as the format allows, so that rows may go out as they come.

mod data;
mod head;
mod names;

pub use data::Packer;
pub use head::head;

/// Longest text of a value, in bytes.
pub const LONGEST_TEXT: usize = 32_767;
/// Bytes of a text that one variable of the file holds; longer ones are spread over several.
const SEGMENT: usize = 255;
/// Bytes by which the format counts the segments of a long text.
const COUNTED: usize = 252;

/// How a variable's values are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Names without an order.
    Nominal = 1,
    /// Codes in an order.
    Ordinal = 2,
    /// Numbers that can be added.
    Scale = 3,
}

/// What a variable holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole number.
    Number,
    /// A day.
    Day,
    /// An instant, UTC, to the second.
    Instant,
    /// A text of at most so many bytes.
    Text(usize),
}

/// One variable.
#[derive(Clone, Debug)]
pub struct Variable {
    /// The name that is wished for; [`head()`] changes what the format does not take.
    pub name: String,
    /// What it means.
    pub label: String,
    /// What it holds.
    pub kind: Kind,
    /// Labels of numbers.
    pub labels: Vec<(i32, String)>,
    /// Lowest and highest number that stand for no answer.
    pub missing: Option<(i32, i32)>,
    /// How its values are meant.
    pub measure: Measure,
}

/// One value of a row.
#[derive(Clone, Copy, Debug)]
pub enum Value<'v> {
    /// None.
    Missing,
    /// A number; for days and instants, seconds since the format's own beginning.
    Number(f64),
    /// A text.
    Text(&'v str),
}

/// Seconds from the format's beginning, 1582-10-14, to 1970-01-01.
pub const EPOCH: f64 = 12_219_379_200.0;

impl Kind {
    /// Widths in bytes of the variables that hold it; 0 for a number.
    fn segments(self) -> Vec<usize> {
        match self {
            Self::Text(width) if width > SEGMENT => {
                let width = width.min(LONGEST_TEXT);
                let count = width.div_ceil(COUNTED);
                let last = width - (count - 1) * COUNTED;
                let mut widths = vec![SEGMENT; count - 1];
                widths.push(last);
                widths
            }
            Self::Text(width) => vec![width.max(1)],
            _ => vec![0],
        }
    }
}

/// A text of at most `most` bytes; one that was cut ends with a word that says so.
pub fn shortened(text: &str, most: usize) -> std::borrow::Cow<'_, str> {
    const CUT: &str = " [cut]";
    if text.len() <= most {
        return text.into();
    }
    let room = text.floor_char_boundary(most.saturating_sub(CUT.len()));
    let (begin, _) = text.split_at(room);
    format!("{begin}{CUT}").into()
}
