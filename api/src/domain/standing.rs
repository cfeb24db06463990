//! How an invitation counts in its survey's frame: as a small number, so that a change of it is a pair of numbers.
//!
//! The triggers of the database give the same numbers (`migrations/*/…_frames`); `laatu check` holds them against these.

use super::coded::{InvitationState, Reason};

/// Reasons for which an order is no part of what the survey speaks about.
pub const OUTSIDE: [Reason; 5] =
    [Reason::Cancelled, Reason::Returned, Reason::Place, Reason::Language, Reason::TestKey];

const IN_FRAME: i16 = 1;
const SENT: i16 = 2;
const BOUNCED: i16 = 4;
const ANSWERED: i16 = 8;

/// What an invitation counts for; [`Standing::NONE`] for nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Standing(i16);

impl Standing {
    /// Counts nowhere: a test, or never sent and outside of what the survey speaks about.
    pub const NONE: Self = Self(0);

    /// The standing of an invitation.
    pub fn of(test: bool, reason: Option<Reason>, is_sent: bool, state: InvitationState) -> Self {
        if test {
            return Self::NONE;
        }
        let is_inside = reason.is_none_or(|reason| !OUTSIDE.contains(&reason));
        let sent = match state {
            _ if !is_sent => 0,
            InvitationState::Bounced => SENT | BOUNCED,
            InvitationState::Answered => SENT | ANSWERED,
            _ => SENT,
        };
        Self(sent | if is_inside { IN_FRAME } else { 0 })
    }

    /// The number in the database.
    pub const fn code(self) -> i16 {
        self.0
    }

    /// The standing behind a number; none where no invitation has it.
    pub const fn from_code(code: i16) -> Option<Self> {
        match code {
            0..=3 | 6 | 7 | 10 | 11 => Some(Self(code)),
            _ => None,
        }
    }

    /// The survey speaks about its order, whether it was sent or not.
    pub const fn is_in_frame(self) -> bool {
        self.0 & IN_FRAME != 0
    }

    /// It was sent, whatever came of it.
    pub const fn is_sent(self) -> bool {
        self.0 & SENT != 0
    }

    /// It was sent and came back.
    pub const fn is_bounced(self) -> bool {
        self.0 & BOUNCED != 0
    }

    /// It was sent and the form was finished.
    pub const fn is_answered(self) -> bool {
        self.0 & ANSWERED != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_invitation_has_a_standing_that_reads_back() {
        let reasons = || Reason::ALL.iter().copied().map(Some).chain([None]);
        for state in InvitationState::ALL {
            for reason in reasons() {
                for is_sent in [false, true] {
                    let standing = Standing::of(false, reason, is_sent, *state);
                    assert_eq!(Standing::from_code(standing.code()), Some(standing));
                    assert_eq!(standing.is_sent(), is_sent);
                    assert_eq!(standing.is_answered(), is_sent && *state == InvitationState::Answered);
                    assert_eq!(standing.is_bounced(), is_sent && *state == InvitationState::Bounced);
                    assert_eq!(
                        standing.is_in_frame(),
                        reason.is_none_or(|reason| !OUTSIDE.contains(&reason))
                    );
                    assert_eq!(Standing::of(true, reason, is_sent, *state), Standing::NONE);
                }
            }
        }
        let known = (i16::MIN..=i16::MAX).filter_map(Standing::from_code).count();
        assert_eq!(known, 8);
    }
}
