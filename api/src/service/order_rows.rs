//! Rows of a file of orders: from columns to what the orders API takes, each mistake with its row and column.
//!
//! A record is a line. A field in quotes may hold separators and doubled quotes, but no line break: nothing of an order
//! does, and so a quote that was forgotten spoils its own row and not all that follow. Nothing here reads or writes the
//! database. Called by `import_orders`.

use csv::{ReaderBuilder, StringRecord};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::domain::event::OrderEvent;
use crate::domain::money::minor_units;
use crate::domain::order::Order;
use crate::domain::reader::{FieldProblem, nearest};
use crate::domain::{EventKind, Micros};

/// Every column that is known, each with the place in an order that it fills; events fill none.
const COLUMNS: [(&str, &str); 20] = [
    ("order_number", "/order_number"),
    ("email", "/customer/email"),
    ("phone", "/customer/phone"),
    ("name", "/customer/name"),
    ("language", "/customer/language"),
    ("external_id", "/customer/external_id"),
    ("channel", "/channel"),
    ("place", "/place"),
    ("placed_at", "/placed_at"),
    ("expected_delivery_at", "/expected_delivery_at"),
    ("value", "/value/amount_minor"),
    ("currency", "/value/currency"),
    ("contact_basis", "/contact_basis/kind"),
    ("contact_basis_text", "/contact_basis/text"),
    ("notice_at", "/contact_basis/notice_at"),
    ("shipped_at", ""),
    ("delivered_at", ""),
    ("cancelled_at", ""),
    ("returned_at", ""),
    ("refunded_at", ""),
];

/// Columns without which a file is refused.
const NEEDED: [&str; 3] = ["order_number", "channel", "placed_at"];

/// Columns of times that are not events.
const TIMES: [&str; 3] = ["placed_at", "expected_delivery_at", "notice_at"];

/// Columns of events.
const EVENTS: [(&str, EventKind); 5] = [
    ("shipped_at", EventKind::Shipped),
    ("delivered_at", EventKind::Delivered),
    ("cancelled_at", EventKind::Cancelled),
    ("returned_at", EventKind::Returned),
    ("refunded_at", EventKind::Refunded),
];

/// One mistake in one row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RowProblem {
    /// Number of the row among the data rows, from 1.
    pub row: u64,
    /// Its line in the file, from 1.
    pub line: u64,
    /// Name of the column; empty when it is about the whole row.
    pub column: String,
    /// A stable word for programs.
    pub code: String,
    /// What is wrong and what is accepted.
    pub message: String,
}

/// One row that can be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderRow {
    /// The order.
    pub order: Order,
    /// What has happened to it.
    pub events: Vec<OrderEvent>,
}

/// A file of orders whose header has been understood.
pub struct OrderFile<'a> {
    data: &'a [u8],
    separator: u8,
    columns: Vec<&'static str>,
    zone: &'a TimeZone,
    now: Micros,
}

/// What came of a row: its number, its line, and the order or what is wrong.
pub type Read = (u64, u64, Result<OrderRow, Vec<RowProblem>>);

impl<'a> OrderFile<'a> {
    /// Reads the header; all that is wrong with it. Times without an offset are those of `zone`.
    pub fn open(data: &'a [u8], zone: &'a TimeZone, now: Micros) -> Result<Self, Vec<String>> {
        let data = data.strip_prefix(b"\xef\xbb\xbf").unwrap_or(data);
        let header = data.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let count = |separator| count_of(header, separator);
        let separator = if count(b';') > count(b',') { b';' } else { b',' };
        let names =
            fields_of(header, separator).map_err(|(_, message)| vec![format!("the header {message}")])?;
        let columns = known_columns(&names)?;
        Ok(Self { data, separator, columns, zone, now })
    }

    /// How many lines may hold a row.
    pub fn lines(&self) -> u64 {
        count_of(self.data, b'\n') as u64
    }

    /// Goes through the rows; lines with nothing on them are none.
    pub fn rows(&self) -> impl Iterator<Item = Read> {
        let lines = self.data.split(|byte| *byte == b'\n').zip(1u64..).skip(1);
        let rows = lines.filter(|(line, _)| !line.trim_ascii().is_empty()).zip(1u64..);
        rows.map(|((bytes, line), row)| {
            let problem = |(column, code, message): Mistake| RowProblem { row, line, column, code, message };
            (row, line, self.read(bytes).map_err(|all| all.into_iter().map(problem).collect()))
        })
    }

    fn read(&self, line: &[u8]) -> Result<OrderRow, Vec<Mistake>> {
        let whole = |(code, message): (&str, String)| vec![(String::new(), code.to_owned(), message)];
        let fields = fields_of(line, self.separator).map_err(whole)?;
        if fields.len() != self.columns.len() {
            let message = format!("has {} fields, the header has {}", fields.len(), self.columns.len());
            return Err(whole(("fields", message)));
        }
        let cells: Vec<(&str, &str)> =
            self.columns.iter().copied().zip(fields.iter().map(str::trim)).collect();
        let mut row = Cells { named: &cells, file: self, mistakes: Vec::new() };
        let order = row.order();
        let events = row.events();
        match order {
            Some(order) if row.mistakes.is_empty() => Ok(OrderRow { order, events }),
            _ => Err(row.mistakes),
        }
    }
}

/// Column, code, message.
type Mistake = (String, String, String);

/// The filled cells of one row.
struct Cells<'a> {
    named: &'a [(&'a str, &'a str)],
    file: &'a OrderFile<'a>,
    mistakes: Vec<Mistake>,
}

impl Cells<'_> {
    fn text(&self, column: &str) -> Option<&str> {
        self.named.iter().find(|(name, text)| *name == column && !text.is_empty()).map(|(_, text)| *text)
    }

    fn time(&mut self, column: &str) -> Option<Micros> {
        let text = self.text(column)?;
        let at = instant(text, self.file.zone);
        if at.is_none() {
            let message = format!(
                "\"{text}\" is no time, such as 2026-05-04T10:30:00Z, 2026-05-04 10:30 or 2026-05-04"
            );
            self.mistakes.push((column.to_owned(), "not_a_time".to_owned(), message));
        }
        at
    }

    /// The order as the API would be sent it, parsed by the same rules.
    fn order(&mut self) -> Option<Order> {
        let mut order = json!({"customer": {}});
        for (column, place) in COLUMNS {
            let value = match column {
                "value" => self.amount().map(Value::from),
                column if TIMES.contains(&column) => self.time(column).map(|at| Value::from(at.rfc3339())),
                column => self.text(column).map(Value::from),
            };
            if let Some(value) = value.filter(|_| !place.is_empty()) {
                put(&mut order, place, value);
            }
        }
        match Order::parse(&order, "", self.file.now) {
            Ok(order) => Some(order),
            Err(problems) => {
                self.take_in(problems);
                None
            }
        }
    }

    fn amount(&mut self) -> Option<i64> {
        let text = self.text("value")?;
        let amount = minor_units(text, self.text("currency").unwrap_or_default());
        if amount.is_none() {
            let message = format!("\"{text}\" is no amount of its currency, such as 49.90");
            self.mistakes.push(("value".to_owned(), "not_an_amount".to_owned(), message));
        }
        amount
    }

    fn events(&mut self) -> Vec<OrderEvent> {
        let mut events = Vec::new();
        for (column, kind) in EVENTS {
            let Some(at) = self.time(column) else { continue };
            match OrderEvent::parse(&json!({"kind": kind.word(), "at": at.rfc3339()}), self.file.now) {
                Ok(event) => events.push(event),
                Err(problems) => {
                    self.mistakes
                        .extend(problems.into_iter().map(|one| (column.to_owned(), one.code, one.message)));
                }
            }
        }
        events
    }

    /// Problems of the order become those of its columns; one that has been named for its column is not named again.
    fn take_in(&mut self, problems: Vec<FieldProblem>) {
        for one in problems {
            let column = column_of(&one.pointer);
            if !self.mistakes.iter().any(|(named, ..)| named == column) {
                self.mistakes.push((column.to_owned(), one.code, one.message));
            }
        }
    }
}

fn column_of(pointer: &str) -> &'static str {
    match pointer {
        "/contact_basis" => "contact_basis",
        "/value" => "value",
        _ => COLUMNS.iter().find(|(_, place)| *place == pointer).map_or("", |(column, _)| column),
    }
}

/// Puts a value at a place of at most two steps.
fn put(order: &mut Value, place: &str, value: Value) {
    let mut steps = place.trim_start_matches('/').split('/');
    let (Some(first), second) = (steps.next(), steps.next()) else { return };
    let Some(fields) = order.as_object_mut() else { return };
    match second {
        None => drop(fields.insert(first.to_owned(), value)),
        Some(second) => {
            let inner = fields.entry(first).or_insert_with(|| Value::Object(Map::new()));
            if let Some(inner) = inner.as_object_mut() {
                inner.insert(second.to_owned(), value);
            }
        }
    }
}

/// A time with its offset, or one of the zone's; a day alone is its beginning.
fn instant(text: &str, zone: &TimeZone) -> Option<Micros> {
    Micros::parse(text).or_else(|| {
        let local: DateTime = text.parse().ok()?;
        let zoned = local.to_zoned(zone.clone()).ok()?;
        Some(Micros(zoned.timestamp().as_microsecond()))
    })
}

/// The fields of one line; code and words when it is none.
fn fields_of(line: &[u8], separator: u8) -> Result<StringRecord, (&'static str, String)> {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if std::str::from_utf8(line).is_err() {
        return Err(("not_utf8", "is not UTF-8 text".to_owned()));
    }
    if !count_of(line, b'"').is_multiple_of(2) {
        return Err(("quotes", "has a quoted field that does not end on its line".to_owned()));
    }
    let mut builder = ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(separator).buffer_capacity(line.len().max(1));
    let mut record = StringRecord::new();
    match builder.from_reader(line).read_record(&mut record) {
        Ok(_) => Ok(record),
        Err(error) => Err(("unreadable", error.to_string())),
    }
}

fn count_of(bytes: &[u8], wanted: u8) -> usize {
    bytes.split(|byte| *byte == wanted).count().saturating_sub(1)
}

/// The columns of a header, all of which must be known.
fn known_columns(names: &StringRecord) -> Result<Vec<&'static str>, Vec<String>> {
    let mut problems = Vec::new();
    let mut columns: Vec<&'static str> = Vec::new();
    for name in names.iter().map(str::trim) {
        match COLUMNS.iter().find(|(column, _)| *column == name) {
            Some((column, _)) if columns.contains(column) => {
                problems.push(format!("column \"{column}\" stands twice"));
            }
            Some((column, _)) => columns.push(column),
            None => {
                let near = nearest(name, COLUMNS.iter().map(|(column, _)| *column));
                let hint = near.map_or(String::new(), |near| format!("; did you mean \"{near}\"?"));
                problems.push(format!("column \"{}\" is not known{hint}", name.escape_debug()));
            }
        }
    }
    let is_missing = |needed: &&&str| !columns.contains(*needed);
    problems.extend(NEEDED.iter().filter(is_missing).map(|needed| format!("column \"{needed}\" is missing")));
    if problems.is_empty() { Ok(columns) } else { Err(problems) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Read> {
        let (zone, now) =
            (TimeZone::get("Europe/Helsinki").unwrap(), Micros::parse("2026-05-04T09:00:00Z").unwrap());
        let file =
            OrderFile::open(text.as_bytes(), &zone, now).map_err(|problems| problems.join("\n")).unwrap();
        file.rows().collect()
    }

    fn mistakes(read: &Read) -> Vec<(u64, u64, &str, &str)> {
        let problems = read.2.as_ref().unwrap_err();
        problems.iter().map(|one| (one.row, one.line, one.column.as_str(), one.code.as_str())).collect()
    }

    #[test]
    fn a_row_becomes_the_order_that_the_api_would_take() {
        let rows = read(
            "\u{feff}order_number;channel;placed_at;name;value;currency;delivered_at\r\nA1;web;2026-05-01 10:00;\"Aino \"\"A\"\"; L\";49,90;EUR;2026-05-02\r\n",
        );
        let row = rows[0].2.as_ref().unwrap();
        assert_eq!(row.order.placed_at, Micros::parse("2026-05-01T07:00:00Z").unwrap());
        assert_eq!(row.order.customer.name, "Aino \"A\"; L");
        assert_eq!(row.order.value, Some((4990, "EUR".to_owned())));
        assert_eq!(row.events[0].kind, EventKind::Delivered);
        assert_eq!(row.events[0].at, Micros::parse("2026-05-01T21:00:00Z").unwrap());
    }

    #[test]
    fn every_mistake_has_its_row_its_line_and_its_column() {
        let rows = read(
            "order_number,channel,placed_at,email,value,currency,delivered_at\n\nA1,fax,soon,no address,x,EUR,2027-01-01T00:00:00Z\nA2,web,2026-05-01\nA3,web,2026-05-01,,,,\nA4,\"web,2026-05-01,,,,\nA5,web,2026-05-01,,5,,\n",
        );
        let mut first = mistakes(&rows[0]);
        first.sort_unstable();
        let expected = [
            (1, 3, "channel", "unknown_value"),
            (1, 3, "delivered_at", "in_the_future"),
            (1, 3, "email", "not_an_address"),
            (1, 3, "placed_at", "not_a_time"),
            (1, 3, "value", "not_an_amount"),
        ];
        assert_eq!(first, expected);
        assert_eq!(mistakes(&rows[1]), [(2, 4, "", "fields")]);
        assert!(rows[2].2.is_ok());
        assert_eq!(mistakes(&rows[3]), [(4, 6, "", "quotes")]);
        assert_eq!(mistakes(&rows[4]), [(5, 7, "currency", "missing")]);
    }

    #[test]
    fn a_header_is_refused_with_all_that_is_wrong() {
        let open = |text: &str| OrderFile::open(text.as_bytes(), &TimeZone::UTC, Micros(0)).err().unwrap();
        let problems = open("order_nr,mail,email,email\n");
        let expected = [
            "column \"order_nr\" is not known; did you mean \"order_number\"?",
            "column \"mail\" is not known; did you mean \"email\"?",
            "column \"email\" stands twice",
            "column \"order_number\" is missing",
            "column \"channel\" is missing",
            "column \"placed_at\" is missing",
        ];
        for words in expected {
            assert!(problems.iter().any(|one| one == words), "{words} in {problems:?}");
        }
        assert_eq!(open("").len(), 3);
    }
}
