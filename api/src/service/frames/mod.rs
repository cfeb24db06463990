//! Counts of a survey's invitations, stored by period, so that a report costs the same with any number of them.
//!
//! `tally` adds changes up, `bytes` is what stands in a row, `fold` brings rows up to the changes that triggers of the
//! database have written, `read` makes a report's counts of rows and changes, `recount` holds the rows against the
//! invitations for `laatu check`. Invitations and orders are the truth.
//!
//! The fold thread calls `fold`, `service::read_report` calls `read`.

pub mod bytes;
pub mod fold;
pub mod read;
pub mod recount;
pub mod tally;
#[cfg(test)]
mod tests;

use super::Error;
use super::cells::key::Period;

/// The periods that have rows, the longest first. Weeks would save a few rows of days, and cost as many.
pub const PERIODS: [Period; 3] = [Period::All, Period::Month, Period::Day];

/// Why stored counts could not be read or changed, in words.
pub type Outcome<T> = std::result::Result<T, String>;

/// An impossible state of the counts.
fn broken(words: String) -> Error {
    Error::Broken(words)
}
