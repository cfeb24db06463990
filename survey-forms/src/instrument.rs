//! Questionnaires: a parsed, valid, frozen version of one, and the files they come from.
//!
//! Which of the items one customer is asked is decided in [`crate::form`]. Called by the service when an
//! instrument is published, linted or shown, and by everything in this crate that needs a question.

#[cfg(test)]
pub(crate) mod fixture;
mod kinds;
mod lint;
mod model;
mod parse;
mod problem;
mod reader;
mod shipped;
mod show;
mod structure;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use kinds::Design;
pub use kinds::{EmptyKind, Facet, OutcomeRole, Wording};
pub use model::{Block, Instrument, Item, Scale};
pub use problem::{Problem, Problems, Severity};
pub use shipped::{Shipped, shipped, shipped_source};
pub use show::show;
