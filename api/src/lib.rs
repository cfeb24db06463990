//! Laatu: asks customers after a purchase how the service was, and turns the answers into scores.
//!
//! The rooms: [`cli`] starts things, [`app`] holds them together, [`http`] and [`jobs`] are the two
//! ways in, [`service`] has one use case a file, [`store`], [`mail`] and [`report`] do the work,
//! [`domain`] names the things. See ARCHITECTURE.md for who may import whom.

/// A named place at which the tests of faults end this process, as abruptly as a kill does (`FAILPOINTS=NAME=return`);
/// nothing at all without the feature `failpoints`.
macro_rules! end_here {
    ($place:literal) => {
        #[cfg(feature = "failpoints")]
        #[allow(
            clippy::redundant_closure_call,
            reason = "the macro of the crate returns from what it stands in"
        )]
        (|| fail::fail_point!($place, |_| std::process::abort()))();
    };
}

pub mod app;
pub mod cli;
pub mod clock;
pub mod config;
pub mod domain;
pub mod files;
pub mod http;
pub mod jobs;
pub mod mail;
pub mod openapi;
pub mod outbound;
pub mod report;
pub mod score;
pub mod service;
pub mod store;
pub mod telemetry;
