//! How often somebody may try a password: a few tries are free, then each waits longer.
//!
//! Counted in the memory of a process, by account and by the address that the request came from. A try is counted before
//! its password is looked at, so that many at once gain nothing; who gets in is forgotten.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::domain::Micros;

/// A second in microseconds.
const SECOND: i64 = 1_000_000;
/// After so long without a try, tries are forgotten.
const FORGOTTEN: i64 = 3600 * SECOND;
/// Most names that are remembered; those tried longest ago go first.
const MOST: usize = 10_000;

/// How patient we are with one kind of name.
#[derive(Clone, Copy, Debug)]
struct Patience {
    /// Tries that need not wait.
    free: u32,
    /// The longest wait, in seconds.
    longest_s: i64,
}

/// An account: short waits only, since anybody can make its owner wait.
const ACCOUNT: Patience = Patience { free: 5, longest_s: 60 };
/// The code of an account whose password was right: whoever guesses here knows the password. A code in a million is right,
/// three at a time, so a try in a quarter of an hour finds one in ten years.
const CODE: Patience = Patience { free: 5, longest_s: 900 };
/// An address: an office of many shares one.
const ADDRESS: Patience = Patience { free: 20, longest_s: 900 };

#[derive(Clone, Copy, Debug)]
struct Tries {
    count: u32,
    last: Micros,
    until: Micros,
}

/// The tries of the last hour.
#[derive(Debug, Default)]
pub struct SlowDown(Mutex<HashMap<String, Tries>>);

impl SlowDown {
    /// Counts a try, or says in how many seconds the next one is looked at.
    pub fn admit(&self, email: &str, address: &str, now: Micros) -> Result<(), i64> {
        self.count([(account(email), ACCOUNT), (format!("from {address}"), ADDRESS)], now)
    }

    /// The same for a code after the password.
    pub fn admit_code(&self, email: &str, address: &str, now: Micros) -> Result<(), i64> {
        self.count([(code_of(email), CODE), (format!("from {address}"), ADDRESS)], now)
    }

    fn count(&self, names: [(String, Patience); 2], now: Micros) -> Result<(), i64> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = names.iter().filter_map(|(name, _)| Some(all.get(name)?.until.0 - now.0)).max();
        if let Some(wait) = wait.filter(|wait| *wait > 0) {
            return Err((wait + SECOND - 1) / SECOND);
        }
        if all.len() >= MOST {
            forget(&mut all, now);
        }
        for (name, patience) in names {
            let tries = all.entry(name).or_insert(Tries { count: 0, last: now, until: now });
            if now.0 - tries.last.0 > FORGOTTEN {
                tries.count = 0;
            }
            tries.count = tries.count.saturating_add(1);
            tries.last = now;
            tries.until = Micros(now.0 + wait_s(tries.count, patience) * SECOND);
        }
        Ok(())
    }

    /// Forgets the tries of an account that is let in.
    pub fn welcome(&self, email: &str) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.remove(&account(email));
        all.remove(&code_of(email));
    }
}

fn code_of(email: &str) -> String {
    format!("code of {email}")
}

fn account(email: &str) -> String {
    format!("as {email}")
}

/// Seconds to wait after so many tries: none while they are free, then 1, 2, 4 … up to the longest.
fn wait_s(count: u32, patience: Patience) -> i64 {
    match count.checked_sub(patience.free) {
        None => 0,
        Some(over) => (1_i64 << over.min(20)).min(patience.longest_s),
    }
}

fn forget(all: &mut HashMap<String, Tries>, now: Micros) {
    all.retain(|_, tries| now.0 - tries.last.0 <= FORGOTTEN);
    if all.len() >= MOST {
        let mut times: Vec<i64> = all.values().map(|tries| tries.last.0).collect();
        times.sort_unstable();
        let middle = times.get(times.len() / 2).copied().unwrap_or(now.0);
        all.retain(|_, tries| tries.last.0 > middle);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_five_tries_each_waits_twice_as_long_up_to_a_minute() {
        let slow = SlowDown::default();
        let mut now = Micros(0);
        for _ in 0..5 {
            assert_eq!(slow.admit("a@x.example", "10.0.0.1", now), Ok(()));
        }
        for wait in [1, 2, 4, 8, 16, 32, 60, 60] {
            assert_eq!(slow.admit("a@x.example", "10.0.0.2", now), Err(wait));
            now = Micros(now.0 + wait * SECOND);
            assert_eq!(slow.admit("a@x.example", "10.0.0.2", now), Ok(()));
        }
        assert_eq!(slow.admit("b@x.example", "10.0.0.2", now), Ok(()), "others are not held up");
        slow.welcome("a@x.example");
        assert_eq!(slow.admit("a@x.example", "10.0.0.3", now), Ok(()));
    }

    #[test]
    fn one_address_that_tries_many_accounts_waits_too() {
        let slow = SlowDown::default();
        let admitted = |n: i64| slow.admit(&format!("{n}@x.example"), "10.0.0.1", Micros(0)).is_ok();
        assert_eq!((0..10_000).filter(|n| admitted(*n)).count(), 20);
    }

    #[test]
    fn memory_is_bounded_and_an_hour_forgets() {
        let slow = SlowDown::default();
        for n in 0..30_000_i64 {
            // Each from an address of its own.
            let _ = slow.admit(&format!("{n}@x.example"), &n.to_string(), Micros(n));
        }
        assert!(slow.0.lock().unwrap().len() <= MOST);
        for _ in 0..5 {
            slow.admit("a@x.example", "1", Micros(0)).unwrap();
        }
        let later = Micros(FORGOTTEN + 2 * SECOND);
        assert_eq!(slow.admit("a@x.example", "1", later), Ok(()));
        assert_eq!(slow.admit("a@x.example", "1", later), Ok(()), "free again");
    }
}
