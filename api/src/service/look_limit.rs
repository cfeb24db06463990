//! How often one network may look at what everybody may see: so many times in a minute, counted in memory.
//!
//! Generous on purpose: behind a proxy all visitors come from one network. It bounds what a single program that asks again
//! and again takes from the customers' pages. With several processes each counts for itself.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::domain::Micros;

/// Looks of one network in a minute: fifty a second, when browsers keep what they were shown for five minutes.
pub const A_MINUTE: u32 = 3_000;
/// Microseconds in a minute.
const MINUTE: i64 = 60_000_000;
/// Most networks that are remembered.
const MOST: usize = 10_000;

#[derive(Clone, Copy, Debug)]
struct Looks {
    since: Micros,
    count: u32,
}

impl Looks {
    /// Microseconds that are left of the minute; none when it is over, or the clock was set back.
    fn left(self, now: Micros) -> Option<i64> {
        let gone = now.0 - self.since.0;
        (0..MINUTE).contains(&gone).then_some(MINUTE - gone)
    }
}

/// The looks of the running minute of each network.
#[derive(Debug, Default)]
pub struct LookLimit(Mutex<HashMap<String, Looks>>);

impl LookLimit {
    /// Counts a look, or says in how many seconds, 1 to 60, the next one is answered.
    pub fn admit(&self, network: &str, now: Micros) -> Result<(), i64> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST && !all.contains_key(network) {
            all.retain(|_, looks| looks.left(now).is_some());
            if all.len() >= MOST {
                // Whoever has so many networks is not held up by counting; forgetting bounds the memory.
                all.clear();
            }
        }
        let looks = all.entry(network.to_owned()).or_insert(Looks { since: now, count: 0 });
        let Some(left) = looks.left(now) else {
            *looks = Looks { since: now, count: 1 };
            return Ok(());
        };
        if looks.count >= A_MINUTE {
            return Err((left + 999_999) / 1_000_000);
        }
        looks.count += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: i64 = 1_000_000;

    #[test]
    fn a_network_waits_for_the_next_minute_and_others_do_not() {
        let limit = LookLimit::default();
        let begin = Micros(7 * SECOND);
        for _ in 0..A_MINUTE {
            assert_eq!(limit.admit("a", begin), Ok(()));
        }
        assert_eq!(limit.admit("a", begin), Err(60));
        assert_eq!(limit.admit("a", Micros(begin.0 + 59 * SECOND + 1)), Err(1));
        assert_eq!(limit.admit("b", begin), Ok(()));
        assert_eq!(limit.admit("a", Micros(begin.0 + 60 * SECOND)), Ok(()));
        assert_eq!(limit.admit("a", Micros(0)), Ok(()), "a clock that was set back holds nobody up");
    }

    #[test]
    fn memory_is_bounded() {
        let limit = LookLimit::default();
        for n in 0..35_000_i64 {
            assert_eq!(limit.admit(&n.to_string(), Micros(n)), Ok(()));
        }
        assert!(limit.0.lock().unwrap().len() <= MOST);
    }
}
