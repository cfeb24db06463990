//! How many forms may be begun by one open link: nobody fills a database by posting the same page again and again.
//!
//! Counted in the memory of a process. Who is told to wait loses nothing; who comes back with the same ticket is not
//! counted twice.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use crate::domain::{Id, Micros};

/// How many forms may be begun by one link within a minute.
pub const MOST_A_MINUTE: usize = 60;
/// A minute in microseconds.
const MINUTE: i64 = 60_000_000;

/// Organisation and link.
type Place = (i32, Id);

/// The forms begun within the last minute, by link.
#[derive(Debug, Default)]
pub struct OpenStarts(Mutex<HashMap<Place, VecDeque<(Micros, Id)>>>);

impl OpenStarts {
    /// Lets a visit begin, or says in how many seconds there is room (1 to 60).
    pub fn admit(&self, link: Place, visit: Id, now: Micros) -> Result<(), u32> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_recent = |at: Micros| now.0.saturating_sub(at.0) < MINUTE;
        if !all.contains_key(&link) {
            // Links at which nothing happens are forgotten when a new one comes.
            all.retain(|_, begun| begun.back().is_some_and(|(at, _)| is_recent(*at)));
        }
        let begun = all.entry(link).or_default();
        while begun.front().is_some_and(|(at, _)| !is_recent(*at)) {
            begun.pop_front();
        }
        if begun.iter().any(|(_, other)| *other == visit) {
            return Ok(());
        }
        if begun.len() >= MOST_A_MINUTE {
            let first = begun.front().map_or(now, |(at, _)| *at);
            let left = first.0.saturating_add(MINUTE).saturating_sub(now.0);
            return Err(u32::try_from(left / 1_000_000).unwrap_or(0).saturating_add(1).min(60));
        }
        begun.push_back((now, visit));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u8) -> Id {
        Id::from_bytes(&[number; 16]).unwrap()
    }

    #[test]
    fn sixty_visits_a_minute_begin_and_one_more_waits_for_the_first() {
        let starts = OpenStarts::default();
        let link = (1, id(0));
        for visit in 0..60 {
            assert_eq!(starts.admit(link, id(visit), Micros(i64::from(visit) * 1_000_000)), Ok(()));
        }
        let now = Micros(59_500_000);
        assert_eq!(starts.admit(link, id(60), now), Err(1));
        assert_eq!(starts.admit(link, id(7), now), Ok(()), "the same visit is not counted twice");
        assert_eq!(starts.admit((1, id(1)), id(60), now), Ok(()), "another link has room of its own");
        assert_eq!(starts.admit(link, id(60), Micros(60_000_000)), Ok(()));
        assert_eq!(starts.admit(link, id(61), Micros(60_000_000)), Err(2));
    }

    #[test]
    fn links_at_which_nothing_happens_are_forgotten() {
        let starts = OpenStarts::default();
        for link in 0..50 {
            starts.admit((1, id(link)), id(0), Micros(0)).unwrap();
        }
        starts.admit((2, id(0)), id(0), Micros(2 * MINUTE)).unwrap();
        assert_eq!(starts.0.lock().unwrap().len(), 1);
    }
}
