//! The torture ring's tools: a field with sent links, customers, an oracle that stands outside, and faults.
//!
//! The victim is the real binary on a real database. Whatever customers try, and whatever the service says to it,
//! is written to a file of the oracle's own; after each fault the database is held against that file. The faults
//! themselves are put together in `torture/`; `tests/faults` runs them.

pub mod chance;
pub mod check;
pub mod crowd;
pub mod cutter;
pub mod disk;
pub mod field;
pub mod judge;
#[cfg(test)]
mod judge_tests;
pub mod moody_sink;
pub mod plan;
pub mod stored;
pub mod table;
pub mod victim;
pub mod visit;
pub mod wire;
pub mod witness;

pub use crowd::Crowd;
pub use field::Field;
pub use victim::Victim;
