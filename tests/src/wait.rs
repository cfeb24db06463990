//! Waiting for a condition, with a bound; no test sleeps for a guessed time.

use std::time::{Duration, Instant};

/// How long anything on this machine may take before a test gives up.
pub const BOUND: Duration = Duration::from_mins(1);

/// Asks again and again until there is a value; stops with `what` when the bound is over.
pub fn wait_for<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(value) = ask() {
            return value;
        }
        assert!(began.elapsed() < BOUND, "waited {} s for {what}", BOUND.as_secs());
        std::thread::park_timeout(Duration::from_millis(10));
    }
}
