//! Stored cells: the counts behind a survey's report, kept by split, level and period, and brought up to the log.
//!
//! `key` names the rows and says to which a response belongs, `counts` and `bytes` are what stands in one, `rows`
//! where they come from, `add_up` and `fold` bring them up to the log, `cover` and `read` make a report's counts of
//! them. Answers are the truth; whatever is here can be made again from them (`recount`, for `laatu check`).
//!
//! The job thread calls `fold`, `service::report_fold` calls `read`.

mod add_up;
pub mod bytes;
pub mod counts;
pub mod cover;
pub mod fold;
pub mod key;
pub mod read;
pub mod recount;
pub mod rows;
#[cfg(test)]
mod tests;

use super::Error;

/// Why stored counts could not be read or changed, in words.
pub type Outcome<T> = std::result::Result<T, String>;

/// An impossible state of the cells.
fn broken(words: String) -> Error {
    Error::Broken(words)
}
