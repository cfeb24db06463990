//! How often the 95 % intervals hold the true value, by exact sums and by simulation.
//!
//! The heavy tests are ignored by default. Each prints its table and asserts what `docs/statistics.md` says:
//! `cargo test --release -p scoring --test simulation_coverage -- --ignored --nocapture`

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test program: a wrong assumption shall stop it, and it prints its tables"
)]

#[path = "simulation/channels.rs"]
mod channels;
#[path = "simulation/dimension.rs"]
mod dimension;
#[path = "simulation/driver_world.rs"]
mod driver_world;
#[path = "simulation/drivers.rs"]
mod drivers;
#[path = "simulation/exact.rs"]
mod exact;
#[path = "simulation/item.rs"]
mod item;
#[path = "simulation/model.rs"]
mod model;
#[path = "simulation/outcome.rs"]
mod outcome;
#[path = "simulation/quality.rs"]
mod quality;
#[path = "simulation/random.rs"]
mod random;
#[path = "simulation/run.rs"]
mod run;
#[path = "simulation/survey.rs"]
mod survey;
