//! Goes through a portable copy line by line, and refuses one that is broken, cut, foreign or of another format.

use std::io::{BufRead, Read};

use data_encoding::HEXLOWER;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use super::held::Value;
use super::{Definition, End, FORMAT, Header};
use crate::store::error::{Error, Result};

/// Longest line that is read: far above any row, so that a foreign file is not read into memory.
const LONGEST_LINE: u64 = 64 * 1024 * 1024;

/// What a copy says of itself, once all of it was read and fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Its first line.
    pub header: Header,
    /// Its last line.
    pub end: End,
}

/// A part of a copy.
pub enum Part<'a> {
    /// Rows of this table follow.
    Table(&'a Definition),
    /// A row of the table that was named last.
    Row(Vec<Value>),
}

/// Goes through a copy; every line is checked before it is handed over, the digests at the end.
pub fn walk(mut lines: impl BufRead, mut visit: impl FnMut(Part<'_>) -> Result<()>) -> Result<Summary> {
    let mut line = Vec::new();
    read_line(&mut lines, &mut line)?;
    let header = header(&line)?;
    let mut walk =
        Walk { whole: Sha256::new_with_prefix(&line), content: Sha256::new(), rows: vec![], at: None };
    for number in 2_u64.. {
        read_line(&mut lines, &mut line)?;
        if line.is_empty() {
            return Err(refused("the copy is cut: its last line is missing"));
        }
        if line.starts_with(b"{\"rows\":") {
            let end = walk.end(&line)?;
            return if at_end(&mut lines)? { Ok(Summary { header, end }) } else { Err(damaged(number + 1)) };
        }
        walk.take(&line, number, &mut visit)?;
    }
    Err(refused("the copy has no end"))
}

/// The header alone; refuses a file that is no copy.
pub fn header(first_line: &[u8]) -> Result<Header> {
    let foreign = || refused("this is no copy that laatu has made");
    let json: Json = serde_json::from_slice(first_line).map_err(|_| foreign())?;
    let format = json.get("laatu_copy").and_then(Json::as_u64).ok_or_else(foreign)?;
    if format != u64::from(FORMAT) {
        return Err(Error::Conflict(format!(
            "the copy has format {format}, this laatu reads format {FORMAT}: use the laatu that made it, or a newer one"
        )));
    }
    serde_json::from_value(json).map_err(|_| foreign())
}

/// How far a walk has come.
struct Walk {
    whole: Sha256,
    content: Sha256,
    rows: Vec<(String, u64)>,
    at: Option<Definition>,
}

impl Walk {
    fn take(
        &mut self,
        line: &[u8],
        number: u64,
        visit: &mut impl FnMut(Part<'_>) -> Result<()>,
    ) -> Result<()> {
        self.whole.update(line);
        self.content.update(line);
        if line.starts_with(b"{") {
            let definition: Definition = serde_json::from_slice(line).map_err(|_| damaged(number))?;
            if self.rows.iter().any(|(name, _)| *name == definition.table) {
                return Err(damaged(number));
            }
            self.rows.push((definition.table.clone(), 0));
            visit(Part::Table(&definition))?;
            self.at = Some(definition);
            return Ok(());
        }
        let row = self.at.as_ref().and_then(|table| row(table, line)).ok_or_else(|| damaged(number))?;
        if let Some((_, rows)) = self.rows.last_mut() {
            *rows += 1;
        }
        visit(Part::Row(row))
    }

    /// Holds the last line against what came before it.
    fn end(&self, line: &[u8]) -> Result<End> {
        let end: End =
            serde_json::from_slice(line).map_err(|_| refused("the last line of the copy is damaged"))?;
        let digest = |hash: &Sha256| HEXLOWER.encode(&hash.clone().finalize());
        if end.sha256 != digest(&self.whole) || end.content_sha256 != digest(&self.content) {
            return Err(refused("the copy is damaged: its digest is another than the one it was made with"));
        }
        if end.rows != self.rows {
            return Err(refused("the copy is damaged: it has other rows than it says"));
        }
        Ok(end)
    }
}

/// The values of a row; `None` when they are not those of its table.
fn row(table: &Definition, line: &[u8]) -> Option<Vec<Value>> {
    let values: Vec<Json> = serde_json::from_slice(line).ok()?;
    if values.len() != table.columns.len() {
        return None;
    }
    values.into_iter().zip(&table.columns).map(|(json, (_, kind))| Value::read(*kind, json)).collect()
}

fn read_line(lines: &mut impl BufRead, line: &mut Vec<u8>) -> Result<()> {
    line.clear();
    let read = lines.by_ref().take(LONGEST_LINE).read_until(b'\n', line);
    read.map_err(|error| Error::Broken(format!("the copy cannot be read: {error}")))?;
    if line.last().is_some_and(|last| *last != b'\n') {
        return Err(refused(if line.len() as u64 == LONGEST_LINE {
            "this is no copy that laatu has made"
        } else {
            "the copy is cut: it ends in the middle of a line"
        }));
    }
    Ok(())
}

fn at_end(lines: &mut impl BufRead) -> Result<bool> {
    let rest =
        lines.fill_buf().map_err(|error| Error::Broken(format!("the copy cannot be read: {error}")))?;
    Ok(rest.is_empty())
}

fn damaged(line: u64) -> Error {
    Error::Conflict(format!("the copy is damaged at line {line}"))
}

fn refused(words: &str) -> Error {
    Error::Conflict(words.to_owned())
}
