//! A report as comma-separated values: one row for each figure, one line of names.

use crate::report::table::Row;

use super::csv::Dialect;

/// The columns; names stay as they are, scripts rely on them.
pub const COLUMNS: [&str; 11] =
    ["split", "level", "part", "name", "statistic", "value", "n", "lo", "hi", "undefined", "text"];

/// Writes the rows of a report.
pub fn report_csv(rows: &[Row], dialect: Dialect) -> Vec<u8> {
    let mut out = Vec::new();
    dialect.begin(&mut out);
    line(COLUMNS.map(Field::Text), dialect, &mut out);
    for row in rows {
        let n = row.n.map(|n| n.to_string());
        let [value, lo, hi] =
            [&row.value, &row.lo, &row.hi].map(|number| number.as_ref().map(ToString::to_string));
        let number = |text: &'_ Option<String>| text.clone().map_or(Field::Text(""), Field::Number);
        let fields = [
            Field::Text(&row.split),
            Field::Text(&row.level),
            Field::Text(&row.part),
            Field::Text(&row.name),
            Field::Text(&row.statistic),
            number(&value),
            number(&n),
            number(&lo),
            number(&hi),
            Field::Text(&row.undefined),
            Field::Text(&row.text),
        ];
        line(fields, dialect, &mut out);
    }
    out
}

enum Field<'f> {
    Text(&'f str),
    Number(String),
}

fn line<const N: usize>(fields: [Field<'_>; N], dialect: Dialect, out: &mut Vec<u8>) {
    for (place, field) in fields.into_iter().enumerate() {
        if place > 0 {
            out.push(dialect.separator());
        }
        match field {
            Field::Text(text) => dialect.text(text, out),
            Field::Number(number) => dialect.number(&number, out),
        }
    }
    out.extend_from_slice(b"\r\n");
}
