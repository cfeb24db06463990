//! Questionnaires: a parsed, valid, frozen version of one, and the files they come from.
//!
//! Which of the items one customer is asked is decided in [`crate::form`]. Called by the service when an
//! instrument is published, linted or shown, and by everything in this crate that needs a question.

mod attach;
mod blocks;
mod branches;
#[cfg(test)]
pub(crate) mod fixture;
mod kinds;
mod lint;
mod model;
mod parse;
mod problem;
mod question;
mod reader;
mod section_join;
#[cfg(test)]
mod section_tests;
mod sections;
mod shipped;
mod show;
mod show_sections;
mod structure;
#[cfg(test)]
mod tests;
mod trim;
mod words;

pub use attach::AttachError;
pub(crate) use kinds::Design;
pub use kinds::{EmptyKind, Facet, ItemKind, OutcomeRole, Wording};
pub use model::{Block, Instrument, Item, Module, Scale};
pub use problem::{Problem, Problems, Severity};
pub use question::{Choice, Condition, Question, QuestionKind, Section};
pub use shipped::{Shipped, shipped, shipped_source};
pub use show::show;
