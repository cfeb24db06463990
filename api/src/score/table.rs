//! Reading a data file: from the columns that a map names to one code for each item and row.
//!
//! `laatu score` reads its file here, row by row; what becomes of the codes is its business.
//! All problems of a file are found in one pass and the first of them listed.

use std::fmt::Write as _;

use csv::ByteRecord;
use scoring::Code;

use super::map::Map;
use super::suggest::hint;

/// Problems listed by name; the rest is counted.
const LISTED: usize = 20;

/// One row of answers.
#[derive(Debug)]
pub struct Row<'a> {
    /// Number of the row among the data rows, from 1.
    pub number: u64,
    /// One code for each item of the map's layout.
    pub codes: &'a [Code],
}

/// What is wrong with a file: the first problems and how many there are in all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableProblems {
    /// At most twenty, each with row and column where it has them.
    pub listed: Vec<String>,
    /// All of them.
    pub count: usize,
}

impl TableProblems {
    fn add(&mut self, problem: impl FnOnce() -> String) {
        self.count += 1;
        if self.listed.len() < LISTED {
            self.listed.push(problem());
        }
    }

    fn one(problem: String) -> Self {
        Self { listed: vec![problem], count: 1 }
    }
}

/// Reads a whole file and hands each row to `take`; gives the number of data rows.
///
/// Rows with a problem are not handed on, and any problem makes the result an error: a caller must count into
/// something that it can drop. The separator is the comma, or the semicolon or tab when the header row has no
/// comma but one of these; a byte-order mark is skipped; blanks around fields do not count.
pub fn read(data: &[u8], map: &Map, mut take: impl FnMut(Row<'_>)) -> Result<u64, TableProblems> {
    let data = data.strip_prefix(b"\xef\xbb\xbf").unwrap_or(data);
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .delimiter(separator(data))
        .has_headers(true)
        .from_reader(data);
    let header = reader.byte_headers().map_err(|error| TableProblems::one(error.to_string()))?.clone();
    let places = Places::find(&header, map)?;
    let mut problems = TableProblems::default();
    let mut record = ByteRecord::new();
    let mut codes = Vec::with_capacity(map.columns.len());
    let mut number = 0;
    let mut lines = Lines { data, offset: 0, line: 1 };
    loop {
        match reader.read_byte_record(&mut record) {
            Ok(false) => break,
            Ok(true) => number += 1,
            Err(error) => {
                problems.add(|| error.to_string());
                break;
            }
        }
        let at = At { row: number, line: lines.of(&record) };
        codes.clear();
        if read_row(&record, header.len(), map, &places, at, &mut codes, &mut problems) {
            take(Row { number, codes: &codes });
        }
    }
    if number == 0 && problems.count == 0 {
        problems.add(|| "has a header but no rows".to_owned());
    }
    if problems.count == 0 { Ok(number) } else { Err(problems) }
}

/// Where in a file something stands.
#[derive(Clone, Copy)]
struct At {
    row: u64,
    line: u64,
}

/// Counts lines up to the rows as they come; the reader's own count is off behind blank lines.
struct Lines<'a> {
    data: &'a [u8],
    offset: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line, from 1, in which a row begins; rows must come in order.
    fn of(&mut self, record: &ByteRecord) -> u64 {
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

/// Indexes of the columns of answers; every other column that the map names must be there, too.
struct Places(Vec<usize>);

impl Places {
    fn find(header: &ByteRecord, map: &Map) -> Result<Self, TableProblems> {
        let names: Vec<String> =
            header.iter().map(|name| String::from_utf8_lossy(name).trim().to_owned()).collect();
        if names.iter().all(String::is_empty) {
            return Err(TableProblems::one(
                "is empty: a header row with the column names is needed".to_owned(),
            ));
        }
        let mut problems = TableProblems::default();
        let mut find = |wanted: &str| {
            let mut found = (0..).zip(&names).filter(|(_, name)| *name == wanted).map(|(index, _)| index);
            let first = found.next();
            if first.is_none() {
                let near = hint(wanted, names.iter().map(String::as_str));
                problems.add(|| format!("column \"{wanted}\" is missing{near}"));
            } else if found.next().is_some() {
                problems.add(|| format!("column \"{wanted}\" stands in the header more than once"));
            }
            first.unwrap_or(0)
        };
        let answers = map.columns.iter().map(|column| find(&column.name)).collect();
        for other in map.other_columns() {
            find(other);
        }
        if problems.count == 0 { Ok(Self(answers)) } else { Err(problems) }
    }
}

/// Reads one row into `codes`; false when something in it is wrong.
fn read_row(
    record: &ByteRecord,
    width: usize,
    map: &Map,
    places: &Places,
    at: At,
    codes: &mut Vec<Code>,
    problems: &mut TableProblems,
) -> bool {
    let At { row, line } = at;
    if record.len() != width {
        problems.add(|| format!("row {row} (line {line}): {} fields instead of {width}", record.len()));
        return false;
    }
    let before = problems.count;
    for (column, place) in map.columns.iter().zip(&places.0) {
        match text(record, *place).and_then(|field| column.coding.read(field)) {
            Some(code) => codes.push(code),
            None => problems.add(|| {
                let field = String::from_utf8_lossy(record.get(*place).unwrap_or_default());
                let (name, accepted) = (&column.name, column.coding.accepted());
                format!(
                    "row {row} (line {line}), column {name}: {} is no code; accepted: {accepted}",
                    quoted(&field)
                )
            }),
        }
    }
    problems.count == before
}

fn text(record: &ByteRecord, place: usize) -> Option<&str> {
    std::str::from_utf8(record.get(place)?).ok().map(str::trim)
}

/// A field as it may be printed: short, on one line.
fn quoted(field: &str) -> String {
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

fn separator(data: &[u8]) -> u8 {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn map() -> Map {
        let text = "[scale]\nmin = 1\nmax = 5\nnot_applicable = ['6']\n\
            [[dimension]]\nkey = 'd'\nitems = ['A', 'B']\n[group]\nshop = 'S'\n";
        Map::parse(text).unwrap()
    }

    fn rows(data: &str) -> Result<Vec<Vec<u8>>, Vec<String>> {
        let mut rows = Vec::new();
        let read = read(data.as_bytes(), &map(), |row| {
            rows.push(row.codes.iter().map(|code| code.byte()).collect());
        });
        read.map(|_| rows).map_err(|problems| problems.listed)
    }

    #[test]
    fn rows_become_codes_in_the_order_of_the_map() {
        let expected = vec![vec![2, 1], vec![12, 14]];
        assert_eq!(rows("B,S,A\n1,x,2\n,,6\n"), Ok(expected.clone()));
        assert_eq!(rows("\u{feff}B;S;A\r\n1;x;2\r\n;;6"), Ok(expected.clone()));
        assert_eq!(rows("B\tS\tA\n1\tx\t2\n\t\t6"), Ok(expected));
    }

    #[test]
    fn every_problem_has_row_line_and_column() {
        let wrong = rows("A,B,S\n1,7,x\n\n\"two\nlines\",2,x\n3,3\n").unwrap_err();
        assert_eq!(
            wrong,
            [
                "row 1 (line 2), column B: \"7\" is no code; accepted: 1 to 5, empty = skipped, 6 = not applicable",
                "row 2 (line 4), column A: \"two\\nlines\" is no code; accepted: 1 to 5, empty = skipped, 6 = not applicable",
                "row 3 (line 6): 2 fields instead of 3",
            ]
        );
    }

    #[test]
    fn missing_columns_are_named_with_what_may_be_meant() {
        let wrong = rows("a,C,S\n1,1,1\n").unwrap_err();
        assert_eq!(
            wrong,
            ["column \"A\" is missing; did you mean \"a\"?", "column \"B\" is missing; did you mean \"a\"?"]
        );
        assert_eq!(
            rows("A,B,S,A\n1,1,1,1\n").unwrap_err(),
            ["column \"A\" stands in the header more than once"]
        );
        assert_eq!(rows("A,B\n1,1\n").unwrap_err(), ["column \"S\" is missing; did you mean \"A\"?"]);
        assert_eq!(rows("").unwrap_err(), ["is empty: a header row with the column names is needed"]);
        assert_eq!(rows("A,B,S\n").unwrap_err(), ["has a header but no rows"]);
    }

    #[test]
    fn many_problems_are_counted_and_the_first_twenty_listed() {
        let data = format!("A,B,S\n{}", "9,9,x\n".repeat(30));
        let problems = read(data.as_bytes(), &map(), |_| {}).unwrap_err();
        assert_eq!((problems.listed.len(), problems.count), (20, 60));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let mut data = b"A,B,S\n".to_vec();
            data.extend(bytes);
            let mut seen = 0;
            if let Ok(rows) = read(&data, &map(), |row| seen += u64::from(row.codes.len() == 2)) {
                prop_assert_eq!(rows, seen);
            }
        }
    }
}
