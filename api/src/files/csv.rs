//! How texts and numbers stand in comma-separated values: RFC 4180, exact for programs, or made for a spreadsheet.

/// For whom a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// Between two fields.
    separator: u8,
    /// Before the decimals of a number.
    decimal: u8,
    /// A byte order mark, and no text that could be taken for a formula.
    is_for_spreadsheets: bool,
}

/// Languages whose spreadsheets write a comma before decimals, and therefore a semicolon between fields.
const DECIMAL_COMMA: [&str; 6] = ["fi", "sv", "et", "de", "hu", "pl"];
/// Languages whose spreadsheets write a point.
const DECIMAL_POINT: [&str; 2] = ["en", "ar"];

impl Dialect {
    /// For programs: every text exactly as it is, a comma between fields, a point before decimals.
    pub const EXACT: Self = Self { separator: b',', decimal: b'.', is_for_spreadsheets: false };

    /// For spreadsheets of no language in particular: comma and point.
    pub const EXCEL: Self = Self { is_for_spreadsheets: true, ..Self::EXACT };

    /// For spreadsheets set to a language; none for one that is not known here.
    pub fn excel(language: &str) -> Option<Self> {
        if DECIMAL_POINT.contains(&language) {
            return Some(Self::EXCEL);
        }
        let comma = Self { separator: b';', decimal: b',', is_for_spreadsheets: true };
        DECIMAL_COMMA.contains(&language).then_some(comma)
    }

    /// The languages that [`Dialect::excel`] takes.
    pub fn languages() -> String {
        DECIMAL_POINT.iter().chain(&DECIMAL_COMMA).copied().collect::<Vec<_>>().join(", ")
    }

    /// What stands between two fields.
    pub const fn separator(self) -> u8 {
        self.separator
    }

    /// Appends what a file begins with: for spreadsheets a byte order mark.
    pub fn begin(self, out: &mut Vec<u8>) {
        if self.is_for_spreadsheets {
            out.extend_from_slice("\u{feff}".as_bytes());
        }
    }

    /// Appends a text, in quotes where it needs them.
    pub fn text(self, text: &str, out: &mut Vec<u8>) {
        let guard = self.is_for_spreadsheets && text.starts_with(FORMULA);
        let special = |byte: u8| matches!(byte, b'"' | b'\r' | b'\n') || byte == self.separator;
        let needs_quotes = text.bytes().any(special);
        if needs_quotes {
            out.push(b'"');
        }
        if guard {
            out.push(b'\'');
        }
        if needs_quotes {
            for byte in text.bytes() {
                if byte == b'"' {
                    out.push(b'"');
                }
                out.push(byte);
            }
            out.push(b'"');
        } else {
            out.extend_from_slice(text.as_bytes());
        }
    }

    /// A plain table: names of columns, then rows of finished texts.
    pub fn table(self, header: &[String], rows: &[Vec<String>]) -> Vec<u8> {
        let mut out = Vec::new();
        self.begin(&mut out);
        for row in std::iter::once(header).chain(rows.iter().map(Vec::as_slice)) {
            for (place, field) in row.iter().enumerate() {
                if place > 0 {
                    out.push(self.separator);
                }
                self.text(field, &mut out);
            }
            out.extend_from_slice(b"\r\n");
        }
        out
    }

    /// Appends a number as it was written with a point.
    pub fn number(self, number: &str, out: &mut Vec<u8>) {
        out.extend(number.bytes().map(|byte| if byte == b'.' { self.decimal } else { byte }));
    }
}

/// With what a text begins that a spreadsheet may take for a formula, full-width forms included. A line feed counts as
/// well as the carriage return: what reads one as a blank begins with what follows.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

#[cfg(test)]
mod tests {
    use super::*;

    fn written(words: &str, dialect: Dialect) -> String {
        let mut out = Vec::new();
        dialect.text(words, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn text_is_quoted_where_it_must_be_and_exact_otherwise() {
        for (words, exact) in [
            ("", ""),
            ("plain words", "plain words"),
            ("a, b", "\"a, b\""),
            ("\"so\"", "\"\"\"so\"\"\""),
            ("two\r\nlines", "\"two\r\nlines\""),
            ("=1+1", "=1+1"),
            ("🙂", "🙂"),
        ] {
            assert_eq!(written(words, Dialect::EXACT), exact);
        }
    }

    #[test]
    fn no_text_for_spreadsheets_begins_like_a_formula() {
        for begin in FORMULA {
            let guarded = written(&format!("{begin}SUM(A1,\"x\")"), Dialect::EXCEL);
            assert!(guarded.starts_with(&format!("\"'{begin}")), "{guarded}");
        }
        assert_eq!(written("5 - 3 = 2", Dialect::EXCEL), "5 - 3 = 2");
    }

    #[test]
    fn a_finnish_spreadsheet_gets_semicolons_and_decimal_commas() {
        let finnish = Dialect::excel("fi").unwrap();
        assert_eq!(written("a; b, c", finnish), "\"a; b, c\"");
        assert_eq!(written("a, b", finnish), "a, b");
        let mut out = Vec::new();
        finnish.number("-12.5", &mut out);
        assert_eq!((out.as_slice(), finnish.separator()), (&b"-12,5"[..], b';'));
        assert_eq!((Dialect::excel("en"), Dialect::excel("tlh")), (Some(Dialect::EXCEL), None));
    }
}
