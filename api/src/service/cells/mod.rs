//! Stored cells: the counts behind a survey's report, kept by split, level and period, and brought up to the log.
//!
//! `key` names the rows and says to which a response belongs, `counts` and `bytes` are what stands in one, `rows`
//! where they come from, `add_up` and `fold` bring them up to the log, `cover` and `read` make a report's counts of
//! them. Answers are the truth; whatever is here can be made again from them (`recount`, for `laatu check`).
//!
//! For readers without the right to rows, `steps` keeps where figures stand in the log, `standing` the counts of each
//! `figure` there (of a total also its `classes`), and `read_standing` makes their reports.
//!
//! The job thread calls `fold`, `service::report_fold` calls `read`.

mod add_up;
pub mod bytes;
pub mod classes;
pub mod counts;
pub mod cover;
pub mod figure;
pub mod fold;
mod inside;
pub mod key;
mod last;
mod lost;
pub mod past;
pub mod read;
mod read_inside;
mod read_standing;
pub mod recount;
pub mod rows;
pub mod standing;
pub mod steps;
#[cfg(test)]
mod tests;
mod walk;

use super::Error;

/// Why stored counts could not be read or changed, in words.
pub type Outcome<T> = std::result::Result<T, String>;

/// An impossible state of the cells.
fn broken(words: String) -> Error {
    Error::Broken(words)
}
