//! Writes a portable copy: header, tables with their rows, counts and digests, in constant memory.

use std::io::Write;

use data_encoding::HEXLOWER;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::tables::TABLES;
use super::{End, Header};
use crate::store::connection::AnyConnection;
use crate::store::error::{Error, Result};

/// Writes everything that a database holds at the moment of the transaction that is open; what the last line says.
pub fn write(connection: &mut AnyConnection, header: &Header, out: &mut dyn Write) -> Result<End> {
    let mut lines = Lines { out, whole: Sha256::new(), content: Sha256::new() };
    let first = json(header)?;
    lines.whole.update(first.as_bytes());
    lines.plain(&first)?;
    let mut rows = Vec::with_capacity(TABLES.len());
    for table in TABLES {
        lines.counted(&json(&table.definition())?)?;
        let mut count = 0;
        table.read(connection, &mut |row| {
            count += 1;
            lines.counted(row)?;
            lines.counted("\n")
        })?;
        rows.push((table.name.to_owned(), count));
    }
    let content_sha256 = HEXLOWER.encode(&lines.content.clone().finalize());
    let end = End { rows, content_sha256, sha256: HEXLOWER.encode(&lines.whole.clone().finalize()) };
    lines.plain(&json(&end)?)?;
    lines.out.flush().map_err(|error| unwritable(&error))?;
    Ok(end)
}

/// What is written, with the digests of it so far.
struct Lines<'o> {
    out: &'o mut dyn Write,
    whole: Sha256,
    content: Sha256,
}

impl Lines<'_> {
    fn plain(&mut self, text: &str) -> Result<()> {
        self.out.write_all(text.as_bytes()).map_err(|error| unwritable(&error))
    }

    /// Writes what counts as content.
    fn counted(&mut self, text: &str) -> Result<()> {
        self.whole.update(text.as_bytes());
        self.content.update(text.as_bytes());
        self.plain(text)
    }
}

/// A line of JSON with its end.
fn json<T: Serialize>(value: &T) -> Result<String> {
    let text = serde_json::to_string(value).map_err(|error| Error::Broken(error.to_string()))?;
    Ok(text + "\n")
}

fn unwritable(error: &std::io::Error) -> Error {
    Error::Broken(format!("the copy cannot be written: {error}"))
}
