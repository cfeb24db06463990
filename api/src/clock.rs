//! The only callers of the system's clock and of its source of chance.
//!
//! Everything else is handed a [`Clock`] and a [`Chance`], so that the demo and the tests run a
//! season in seconds and give the same bytes twice.

use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use rand::{Rng, SeedableRng};
use rand_pcg::Pcg64;

use crate::domain::Micros;

/// Tells the time, in whole microseconds so that both databases keep the same instant.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Micros;
}

/// The machine's clock.
#[derive(Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "this is the one place that asks")]
    fn now(&self) -> Micros {
        Micros(Timestamp::now().as_microsecond())
    }
}

/// A clock that stands still until it is told to move.
#[derive(Debug)]
pub struct ManualClock(AtomicI64);

impl ManualClock {
    /// A clock that shows `start`.
    pub fn at(start: Micros) -> Self {
        Self(AtomicI64::new(start.0))
    }

    /// Shows `instant` from now on.
    pub fn set(&self, instant: Micros) {
        self.0.store(instant.0, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Micros {
        Micros(self.0.load(Ordering::SeqCst))
    }
}

/// A source of bytes for ids, keys and tie-breaks.
pub trait Chance: Send + Sync {
    /// Fills the whole of `bytes`.
    fn fill(&self, bytes: &mut [u8]);
}

/// The operating system's generator: the only one for secrets in production.
#[derive(Debug, Default)]
pub struct SystemChance;

impl Chance for SystemChance {
    #[allow(
        clippy::disallowed_methods,
        clippy::expect_used,
        reason = "without chance no secret is safe: stop"
    )]
    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("the operating system gives random bytes");
    }
}

/// A seeded generator for the demo and for tests: the same seed, the same bytes.
#[derive(Debug)]
pub struct SeededChance(Mutex<Pcg64>);

impl SeededChance {
    /// A generator from `seed`.
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(Pcg64::seed_from_u64(seed)))
    }
}

impl Chance for SeededChance {
    fn fill(&self, bytes: &mut [u8]) {
        match self.0.lock() {
            Ok(mut generator) => generator.fill_bytes(bytes),
            Err(poisoned) => poisoned.into_inner().fill_bytes(bytes),
        }
    }
}
