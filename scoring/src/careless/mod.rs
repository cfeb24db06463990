//! Signs of careless answering: computed once for each response at its arrival, kept as flags, never acted upon.
//!
//! [`careless_indices`] reads one response in the order in which it was shown, [`Thresholds::flags`] turns the
//! indices into [`Flags`], and [`careless_report`] shows results with and without the flagged people. Nothing here
//! deletes or down-weights: a satisfied customer who clicks the best mark throughout gives a valid answer that
//! looks the same as a careless one. Intake calls the first two and stores the flags, the report assembler the
//! last one.

mod consistency;
mod flags;
mod indices;
mod mahalanobis;
mod report;

pub use flags::{Flag, Flags, Thresholds};
pub use indices::{Indices, careless_indices};
pub use mahalanobis::{Distance, Reference, ReferenceCounts, ReferenceError};
pub use report::{CarelessReport, FlagCounts, WithWithout, careless_report};
