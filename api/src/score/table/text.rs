//! Lines, separators and fields of a file as text.

use std::fmt::Write as _;

use csv::ByteRecord;

/// Counts lines up to the rows as they come; the reader's own count is off behind blank lines.
pub(super) struct Lines<'a> {
    data: &'a [u8],
    offset: usize,
    line: u64,
}

impl<'a> Lines<'a> {
    pub fn new(data: &'a [u8]) -> Self {
        Self { data, offset: 0, line: 1 }
    }

    /// The line, from 1, in which a row begins; rows must come in order.
    pub fn of(&mut self, record: &ByteRecord) -> u64 {
        let start = record.position().and_then(|at| usize::try_from(at.byte()).ok()).unwrap_or(self.offset);
        let ahead = self.data.get(self.offset..).unwrap_or_default();
        let before_row = start.saturating_sub(self.offset);
        let blank = |byte: &&u8| matches!(byte, b'\n' | b'\r');
        let blanks = ahead.iter().skip(before_row).take_while(blank).count();
        self.line += ahead.iter().take(before_row + blanks).filter(|byte| **byte == b'\n').count() as u64;
        self.offset += before_row + blanks;
        self.line
    }
}

/// A field without the blanks around it; nothing when it is not UTF-8 text.
pub(super) fn field(record: &ByteRecord, place: usize) -> Option<&str> {
    std::str::from_utf8(record.get(place)?).ok().map(str::trim)
}

/// A field as it may be printed: short, on one line.
pub(super) fn quoted(field: &str) -> String {
    let mut shown = String::from("\"");
    for letter in field.trim().chars().take(40) {
        let _ = write!(shown, "{}", letter.escape_debug());
    }
    if field.trim().chars().count() > 40 {
        shown.push('…');
    }
    shown.push('"');
    shown
}

/// The separator that the header row uses.
pub(super) fn separator(data: &[u8]) -> u8 {
    let header = data.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let has = |separator| header.contains(&separator);
    if has(b',') {
        b','
    } else if has(b';') {
        b';'
    } else if has(b'\t') {
        b'\t'
    } else {
        b','
    }
}
