//! How often one customer is mailed: at most so many mails in so many days, whatever surveys they are from.

use super::ids::Id;
use super::time::{DAY, Micros};

/// At most this many mails to one customer in this many days; reminders count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cap {
    /// Mails, 1 or more.
    pub mails: i16,
    /// Days, 1 or more.
    pub days: i16,
}

/// A mail to the same customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OtherMail {
    /// When it was sent, or is due.
    pub at: Micros,
    /// Its rank while it only waits; none once it was sent.
    pub rank: Option<Rank>,
}

/// Which of two waiting mails to a customer goes first: that of the survey with the higher priority, then the older.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rank {
    /// Priority of the survey, 0 to 9; the higher goes first.
    pub priority: i16,
    /// The invitation; ids grow with time.
    pub invitation: Id,
}

impl Rank {
    /// Whether this mail goes before another one.
    pub fn is_before(self, other: Self) -> bool {
        (other.priority, self.invitation) < (self.priority, other.invitation)
    }
}

impl Cap {
    /// Parses `2/90d`; `none` is no cap.
    pub fn parse(text: &str) -> Result<Option<Self>, String> {
        if text == "none" {
            return Ok(None);
        }
        let wrong = || format!("\"{text}\" is not a cap; needed is MAILS/DAYSd, such as 2/90d, or none");
        let (mails, days) = text.split_once('/').ok_or_else(wrong)?;
        let days = days.strip_suffix('d').ok_or_else(wrong)?;
        let number = |text: &str, most: i16| {
            text.parse().ok().filter(|number| (1..=most).contains(number)).ok_or_else(wrong)
        };
        Ok(Some(Self { mails: number(mails, 99)?, days: number(days, 730)? }))
    }

    /// As it was written; `none` without one.
    pub fn words(cap: Option<Self>) -> String {
        cap.map_or_else(|| "none".to_owned(), |cap| format!("{}/{}d", cap.mails, cap.days))
    }

    /// Whether one more mail at `at` keeps the cap, beside those that were sent and those that go before it.
    ///
    /// Mails on both sides of `at` count: one that is due later, but goes first, keeps its place.
    pub fn allows(self, at: Micros, rank: Rank, others: &[OtherMail]) -> bool {
        let window = i64::from(self.days) * DAY;
        let counts = |other: &&OtherMail| {
            let near = other.at.0.abs_diff(at.0) < window.unsigned_abs();
            near && other.rank.is_none_or(|other| other.is_before(rank))
        };
        others.iter().filter(counts).count() < usize::try_from(self.mails).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(last: u8) -> Id {
        let mut bytes = [0; 16];
        if let Some(byte) = bytes.last_mut() {
            *byte = last;
        }
        Id::from_bytes(&bytes).unwrap()
    }

    fn rank(priority: i16, invitation: u8) -> Rank {
        Rank { priority, invitation: id(invitation) }
    }

    #[test]
    fn a_cap_is_read_as_it_is_written() {
        let cap = Cap::parse("2/90d").unwrap();
        assert_eq!(cap, Some(Cap { mails: 2, days: 90 }));
        assert_eq!((Cap::words(cap).as_str(), Cap::words(None).as_str()), ("2/90d", "none"));
        for bad in ["", "2", "0/90d", "2/0d", "2/90", "-1/3d", "2/999d", "x/1d"] {
            assert!(Cap::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_was_sent_counts_and_what_waits_counts_only_ahead() {
        let cap = Cap { mails: 1, days: 10 };
        let at = |day: i64| Micros(day * DAY);
        let sent = OtherMail { at: at(1), rank: None };
        assert!(!cap.allows(at(10), rank(0, 1), &[sent]));
        assert!(cap.allows(at(11), rank(0, 1), &[sent]), "ten days later is allowed again");
        let waits = |rank| OtherMail { at: at(15), rank: Some(rank) };
        assert!(!cap.allows(at(10), rank(0, 2), &[waits(rank(0, 1))]), "the older goes first");
        assert!(cap.allows(at(10), rank(0, 2), &[waits(rank(0, 3))]));
        assert!(!cap.allows(at(10), rank(0, 2), &[waits(rank(5, 3))]), "the higher priority goes first");
        assert!(cap.allows(at(10), rank(5, 2), &[waits(rank(0, 1))]));
    }
}
