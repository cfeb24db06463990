//! What may be shown to whom: minimum numbers of people, complements, and figures that move in steps.
//!
//! Pure functions of counts of people and of the log of their arrivals and erasures. Nothing here remembers a
//! query: the same data gives the same answer, whoever asked before. The rules protect single people from being
//! read off a report by a reader without the right to see rows; readers with that right see everything. Whoever
//! assembles a report, page, export or mail asks this module. Which figures are read together, the grid of filters,
//! is decided there: a reader must not be able to combine two overlapping filters, since no rule on the table of one
//! split protects against that.
//!
//! Three layers, each relying on the one before:
//!
//! 1. [`Policy`]: no figure of a few people, no comparison of small groups;
//! 2. [`complement_ok`], [`withhold_groups`]: no few people by subtraction within one table;
//! 3. [`steps`], [`step_table`], [`step_tables`], [`step_table_at`]: no few people by subtraction between two times;
//!    [`Stepper`] is the same for a log that is not at hand as a whole, and [`step_table_of`] for one that is summed up.

mod folder;
mod gone;
mod groups;
mod log;
mod mover;
mod past;
mod policy;
mod stepper;
mod table;

pub use gone::{Missing, whole_moves};
pub use groups::{complement_ok, withhold_groups, withhold_more};
pub use log::{Cut, LogEntry, steps};
pub use past::{Came, Stage, Went, step_table_of};
pub use policy::{Policy, PolicyError, Reader};
pub use stepper::Stepper;
pub(crate) use stepper::{Stored, StoredLevel};
pub use table::{Split, StepRule, SteppedLevel, SteppedTable, step_table, step_table_at, step_tables};
