//! A whole installation as one portable file: what it holds, how it is written, checked and brought in again.
//!
//! The file is the same whichever database it came from. `tables` lists what is copied, `held` writes and reads single
//! values, `write` makes a file, `file` goes through one and checks it, `insert` puts its rows into an empty database,
//! `database` asks a database whether it may take them, and copies an SQLite file. Files and folders are the business
//! of `service::whole_file`; called by `service::portable`, `service::backup` and `service::restore`. Copies are of
//! all organisations at once, so nothing here takes a scope.

pub mod database;
pub mod file;
mod held;
mod insert;
pub mod tables;
mod write;

use serde::{Deserialize, Serialize};

pub use held::Kind;
pub use insert::bring_in;
pub use write::write;

/// Version of the format that is written, and the only one that is read.
pub const FORMAT: u32 = 1;

/// The first line of a file: where it comes from. It takes no part in the digest of the content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Version of the format.
    pub laatu_copy: u32,
    /// Versions of the migrations behind the schema, oldest first.
    pub schema: Vec<String>,
    /// Version of the program that wrote it.
    pub laatu: String,
    /// When it was written, RFC 3339.
    pub made_at: String,
    /// Kind of the database it was taken from: `sqlite` or `postgres`.
    pub database: String,
}

/// The line before a table's rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Name of the table.
    pub table: String,
    /// Name and kind of each column, in the order in which rows hold them.
    pub columns: Vec<(String, Kind)>,
    /// Columns by which the rows are sorted.
    pub key: Vec<String>,
}

/// The last line: what must have come before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct End {
    /// Each table with its number of rows, in the order of the file.
    pub rows: Vec<(String, u64)>,
    /// SHA-256 of the lines of tables and rows: the same for the same content, whatever the database and the time.
    pub content_sha256: String,
    /// SHA-256 of everything before this line.
    pub sha256: String,
}

impl End {
    /// Rows of all tables.
    pub fn all_rows(&self) -> u64 {
        self.rows.iter().map(|(_, rows)| rows).sum()
    }
}
