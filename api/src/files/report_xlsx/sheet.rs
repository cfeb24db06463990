//! One sheet: a table of typed cells with a frozen, bold head, filters, and columns wide enough to read.

use jiff::civil::Date;
use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};

/// Longest text of a cell, in units of UTF-16.
const LONGEST_TEXT: usize = 32_767;
/// What stands at the end of a text that was too long.
const CUT: &str = " [cut]";

/// One cell.
#[derive(Clone, Debug)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A text, whatever it begins with.
    Text(String),
    /// A number, shown with two decimals; the cell holds all of them.
    Number(f64),
    /// A share, 0 to 1, shown in per cent.
    Share(f64),
    /// A whole number.
    Count(f64),
    /// A day.
    Day(Date),
}

impl Cell {
    /// A text; nothing for an empty one.
    pub fn text(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }

    /// A number, where there is one.
    pub fn maybe(number: Option<f64>) -> Self {
        number.map_or(Self::Empty, Self::Number)
    }

    /// A count of people or answers, where it is told.
    pub fn count(count: Option<u64>) -> Self {
        count.map_or(Self::Empty, |count| Self::Count(count as f64))
    }
}

/// One column.
#[derive(Clone, Debug)]
pub struct Column {
    title: String,
    width: f64,
}

impl Column {
    /// A column; the width is in characters.
    pub fn new(title: &str, width: f64) -> Self {
        Self { title: title.to_owned(), width }
    }
}

/// A sheet before it is written.
#[derive(Clone, Debug)]
pub struct Table {
    name: &'static str,
    columns: Vec<Column>,
    /// Its rows, each with a cell for every column.
    pub rows: Vec<Vec<Cell>>,
}

/// How cells look.
struct Formats {
    head: Format,
    number: Format,
    share: Format,
    count: Format,
    day: Format,
}

impl Formats {
    fn new() -> Self {
        let of = |pattern: &str| Format::new().set_num_format(pattern);
        Self {
            head: Format::new().set_bold().set_align(FormatAlign::Top).set_text_wrap(),
            number: of("0.00"),
            share: of("0.0%"),
            count: of("#,##0"),
            day: of("yyyy-mm-dd"),
        }
    }
}

impl Table {
    /// A sheet without rows.
    pub fn new(name: &'static str, columns: Vec<Column>) -> Self {
        Self { name, columns, rows: Vec::new() }
    }

    /// Writes the sheet as the next one of a workbook, row after row, so that a large one is not held twice.
    pub fn write(&self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        self.write_into(workbook.add_worksheet_with_constant_memory()?)
    }

    /// The same in memory, where something is drawn beside the table.
    pub fn write_beside<'w>(&self, workbook: &'w mut Workbook) -> Result<&'w mut Worksheet, XlsxError> {
        let sheet = workbook.add_worksheet();
        self.write_into(sheet)?;
        Ok(sheet)
    }

    fn write_into(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let formats = Formats::new();
        sheet.set_name(self.name)?.set_freeze_panes(1, 0)?;
        for (place, column) in (0..).zip(&self.columns) {
            sheet.set_column_width(place, column.width)?;
        }
        let last = |count: usize| u32::try_from(count.saturating_sub(1)).unwrap_or(u32::MAX);
        let last_column = u16::try_from(last(self.columns.len())).unwrap_or(u16::MAX);
        sheet.autofilter(0, 0, last(self.rows.len() + 1), last_column)?;
        for (place, column) in (0..).zip(&self.columns) {
            sheet.write_string_with_format(0, place, column.title.as_str(), &formats.head)?;
        }
        for (row, cells) in (1..).zip(&self.rows) {
            for (place, cell) in (0..).zip(cells) {
                put(sheet, (row, place), cell, &formats)?;
            }
        }
        Ok(())
    }
}

fn put(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => return Ok(()),
        // Never `write`, which would look into the text.
        Cell::Text(text) => sheet.write_string(row, column, shortened(text))?,
        Cell::Number(number) => sheet.write_number_with_format(row, column, *number, &formats.number)?,
        Cell::Share(share) => sheet.write_number_with_format(row, column, *share, &formats.share)?,
        Cell::Count(count) => sheet.write_number_with_format(row, column, *count, &formats.count)?,
        Cell::Day(day) => {
            sheet.write_datetime_with_format(row, column, super::excel_day(*day)?, &formats.day)?
        }
    };
    Ok(())
}

/// A text that fits into a cell; one that was cut says so.
fn shortened(text: &str) -> String {
    if text.encode_utf16().count() <= LONGEST_TEXT {
        return text.to_owned();
    }
    let mut room = LONGEST_TEXT - CUT.len();
    let fits = |letter: &char| {
        let rest = room.checked_sub(letter.len_utf16());
        room = rest.unwrap_or(0);
        rest.is_some()
    };
    let begin: String = text.chars().take_while(fits).collect();
    begin + CUT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_too_long_is_cut_with_a_word() {
        assert_eq!(shortened("short"), "short");
        let cut = shortened(&"🙂".repeat(20_000));
        assert!(cut.ends_with("🙂 [cut]"));
        assert!(cut.encode_utf16().count() <= LONGEST_TEXT);
    }
}
