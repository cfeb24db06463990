//! Who looked at a link before its page was posted: kept in memory only, for a while.
//!
//! A GET changes nothing that is stored. What it may tell of programs that open every link of a mail is remembered
//! here and written with the next page that is posted. A restart forgets it: then there is less evidence, and nothing
//! else changes.

use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, PoisonError};

use crate::domain::Micros;
use crate::domain::marks::{Mark, Marks};

/// Links that are remembered at most; then the oldest are forgotten.
const MOST: usize = 65_536;
/// Nobody reads and answers a page in less, in microseconds.
const READING: i64 = 800_000;
/// So many different answers of the mail opened within [`SWEEPING`] are no person's choice.
const SWEPT: u32 = 3;
/// Microseconds in which a program opens all links of a mail.
const SWEEPING: i64 = 15_000_000;

/// One look at a link.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Only its head was asked for.
    pub head: bool,
    /// The answer that its address suggests, as a code.
    pub suggested: Option<u8>,
    /// When.
    pub at: Micros,
}

/// What is known of one link.
#[derive(Clone, Copy, Debug, Default)]
struct Visit {
    head: bool,
    swept: bool,
    /// Answers suggested since `since`, a bit each.
    suggested: u32,
    since: i64,
    shown_at: i64,
}

/// Looks at links.
#[derive(Debug, Default)]
pub struct Visits {
    /// Tokens are kept as keyed numbers: memory, too, holds no link that opens something.
    hasher: RandomState,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    visits: HashMap<u64, Visit>,
    by_age: VecDeque<u64>,
}

impl Visits {
    /// Remembers a look at a link.
    pub fn look(&self, token: &str, look: Look) {
        let key = self.hasher.hash_one(token);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if !known.visits.contains_key(&key) {
            known.by_age.push_back(key);
            if known.by_age.len() > MOST
                && let Some(oldest) = known.by_age.pop_front()
            {
                known.visits.remove(&oldest);
            }
        }
        known.visits.entry(key).or_default().add(look);
    }

    /// What the looks at a link say when a page of it is posted now.
    pub fn marks(&self, token: &str, now: Micros) -> Marks {
        let key = self.hasher.hash_one(token);
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.visits.get(&key).map_or(Marks::NONE, |visit| visit.marks(now))
    }
}

impl Visit {
    fn add(&mut self, look: Look) {
        self.head |= look.head;
        if !look.head {
            self.shown_at = look.at.0;
        }
        let Some(code) = look.suggested.filter(|code| *code < 32) else { return };
        if look.at.0.saturating_sub(self.since) > SWEEPING {
            (self.suggested, self.since) = (0, look.at.0);
        }
        self.suggested |= 1 << code;
        self.swept |= self.suggested.count_ones() >= SWEPT;
    }

    fn marks(&self, now: Micros) -> Marks {
        // No time at all has passed only where the clock stands still, as in a demo: that says nothing.
        let soon = self.shown_at != 0 && (1..READING).contains(&now.0.saturating_sub(self.shown_at));
        let signs = [(Mark::Head, self.head), (Mark::Sweep, self.swept), (Mark::TooSoon, soon)];
        signs.into_iter().filter(|(_, there)| *there).map(|(mark, _)| mark).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(seconds: i64, suggested: Option<u8>) -> Look {
        Look { head: false, suggested, at: Micros(seconds * 1_000_000) }
    }

    fn after(looks: &[Look], seconds: i64) -> Marks {
        let visits = Visits::default();
        for one in looks {
            visits.look("7.token", *one);
        }
        assert_eq!(visits.marks("7.other", Micros(seconds * 1_000_000)), Marks::NONE);
        visits.marks("7.token", Micros(seconds * 1_000_000))
    }

    #[test]
    fn a_person_who_opens_one_answer_and_reads_leaves_no_mark() {
        assert_eq!(after(&[look(100, Some(4))], 104), Marks::NONE);
        // Two answers tried, or three over a while, are a person who hesitates.
        assert_eq!(after(&[look(100, Some(4)), look(103, Some(5))], 110), Marks::NONE);
        assert_eq!(after(&[look(100, Some(4)), look(130, Some(5)), look(160, Some(3))], 170), Marks::NONE);
    }

    #[test]
    fn all_links_of_a_mail_within_seconds_are_a_program() {
        let all: Vec<Look> = (1..=5).map(|code| look(100, Some(code))).collect();
        let marks = after(&all, 500);
        assert!(marks.has(Mark::Sweep) && !marks.is_machine());
        let head = Look { head: true, ..look(100, None) };
        assert_eq!(after(&[head], 100).iter().collect::<Vec<_>>(), [Mark::Head]);
    }

    #[test]
    fn a_page_posted_before_it_can_be_read_is_a_programs() {
        let visits = Visits::default();
        visits.look("7.token", look(100, None));
        assert!(visits.marks("7.token", Micros(100_300_000)).is_machine());
        assert_eq!(visits.marks("7.token", Micros(101_000_000)), Marks::NONE);
    }

    #[test]
    fn only_so_many_links_are_remembered() {
        let visits = Visits::default();
        for number in 0..=MOST {
            visits.look(&number.to_string(), look(100, None));
        }
        let known = visits.known.lock().unwrap();
        assert_eq!((known.visits.len(), known.by_age.len()), (MOST, MOST));
    }
}
