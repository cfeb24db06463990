//! Puts the rows of a portable copy into an empty database, in the transaction that is open.
//!
//! The columns are those of the file, which may be those of an older schema; so the statements are put together here
//! from their names, which are held to letters, digits and `_` first, and values are always bound.

use std::io::BufRead;

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Binary, Bool, Integer, Nullable, SmallInt, Text};

use super::Definition;
use super::file::{Part, Summary, walk};
use super::held::Value;
use crate::store::connection::AnyConnection;
use crate::store::error::{Error, Result};

/// Most rows of one statement.
const ROWS_A_STATEMENT: usize = 500;
/// Most values of one statement: SQLite takes 32,766, PostgreSQL 65,535.
const VALUES_A_STATEMENT: usize = 30_000;

/// Binds the values of rows to a statement, on whichever database it is for.
macro_rules! bound {
    ($rows:expr, $query:expr) => {{
        let mut query = $query;
        for value in $rows.into_iter().flatten() {
            query = match value {
                Value::Small(number) => query.bind::<SmallInt, _>(number),
                Value::Int(number) => query.bind::<Integer, _>(number),
                Value::Big(number) => query.bind::<BigInt, _>(number),
                Value::MaybeBig(number) => query.bind::<Nullable<BigInt>, _>(number),
                Value::Flag(flag) => query.bind::<Bool, _>(flag),
                Value::Text(text) => query.bind::<Text, _>(text),
                Value::Bytes(bytes) => query.bind::<Binary, _>(bytes),
            };
        }
        query
    }};
}

/// Inserts every row of a copy; what the copy says of itself.
pub fn bring_in(connection: &mut AnyConnection, lines: impl BufRead) -> Result<Summary> {
    let mut table: Option<Batch> = None;
    let summary = walk(lines, |part| match part {
        Part::Table(definition) => {
            flush(connection, table.as_mut())?;
            table = Some(Batch::of(definition)?);
            Ok(())
        }
        Part::Row(row) => {
            let Some(batch) = &mut table else { return Ok(()) };
            batch.rows.push(row);
            if batch.rows.len() == batch.most { batch.insert(connection) } else { Ok(()) }
        }
    })?;
    flush(connection, table.as_mut())?;
    Ok(summary)
}

fn flush(connection: &mut AnyConnection, batch: Option<&mut Batch>) -> Result<()> {
    batch.map_or(Ok(()), |batch| batch.insert(connection))
}

/// Rows of one table that wait to be inserted.
struct Batch {
    /// The statement up to its values.
    begin: String,
    columns: usize,
    most: usize,
    rows: Vec<Vec<Value>>,
}

impl Batch {
    fn of(definition: &Definition) -> Result<Self> {
        let names = definition.columns.iter().map(|(name, _)| name.as_str());
        let plain = |name: &str| {
            !name.is_empty()
                && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        };
        if let Some(odd) = names.clone().chain([definition.table.as_str()]).find(|name| !plain(name)) {
            return Err(Error::Conflict(format!(
                "the copy names a table or column \"{odd}\": laatu has none"
            )));
        }
        let columns = definition.columns.len().max(1);
        Ok(Self {
            begin: format!(
                "INSERT INTO {} ({}) VALUES ",
                definition.table,
                names.collect::<Vec<_>>().join(", ")
            ),
            columns,
            most: (VALUES_A_STATEMENT / columns).clamp(1, ROWS_A_STATEMENT),
            rows: Vec::new(),
        })
    }

    fn insert(&mut self, connection: &mut AnyConnection) -> Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let rows = std::mem::take(&mut self.rows);
        let values = rows.len() * self.columns;
        match connection {
            AnyConnection::Sqlite(inner) => {
                let text = self.statement(rows.len(), (0..values).map(|_| "?".to_owned()));
                bound!(rows, sql_query(text).into_boxed::<diesel::sqlite::Sqlite>()).execute(inner)?;
            }
            AnyConnection::Postgres(inner) => {
                let text = self.statement(rows.len(), (1..=values).map(|place| format!("${place}")));
                bound!(rows, sql_query(text).into_boxed::<diesel::pg::Pg>()).execute(inner)?;
            }
        }
        Ok(())
    }

    fn statement(&self, rows: usize, places: impl Iterator<Item = String>) -> String {
        let mut text = self.begin.clone();
        let mut places = places;
        for row in 0..rows {
            let row_places: Vec<String> = places.by_ref().take(self.columns).collect();
            text.push_str(if row == 0 { "(" } else { ", (" });
            text.push_str(&row_places.join(", "));
            text.push(')');
        }
        text
    }
}
