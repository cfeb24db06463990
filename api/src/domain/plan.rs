//! The planner: what is to be sent when, or the reason why not.
//!
//! A pure function of the order, the survey's rule and the moment; it is asked again after every
//! change of an order and once more right before sending.

use jiff::tz::TimeZone;

use super::coded::{EventKind, InvitationState, Reason, SurveyState};
use super::survey::Rule;
use super::time::{DAY, Micros};

/// A mail that is later than this is dropped: nobody remembers, and an old import would be a burst.
const LATEST: i64 = 30 * DAY;

/// What the planner must know of an order.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own; together they are not a state")]
pub struct OrderFacts {
    /// Placed.
    pub placed_at: Micros,
    /// Left.
    pub shipped_at: Option<Micros>,
    /// Arrived.
    pub delivered_at: Option<Micros>,
    /// It was cancelled.
    pub cancelled: bool,
    /// Goods or money went back.
    pub returned: bool,
    /// A complaint is open.
    pub complaint_open: bool,
    /// A contact basis and an address are there.
    pub may_mail: bool,
    /// The survey is offered in the customer's language.
    pub language_offered: bool,
    /// A test key brought it.
    pub test: bool,
}

/// What the planner decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// `planned` or `skipped`.
    pub state: InvitationState,
    /// Why it waits or is skipped.
    pub reason: Reason,
    /// When the mail is due; none while nothing is known or nothing will be sent.
    pub send_at: Option<Micros>,
}

/// Decides about one order in one survey.
pub fn decide(
    order: &OrderFacts,
    rule: &Rule,
    survey: SurveyState,
    zone: &TimeZone,
    now: Micros,
) -> Decision {
    if let Some(reason) = never(order) {
        return Decision { state: InvitationState::Skipped, reason, send_at: None };
    }
    let waits = |reason, send_at| Decision { state: InvitationState::Planned, reason, send_at };
    if order.complaint_open {
        return waits(Reason::ComplaintOpen, None);
    }
    let event_at = match rule.event {
        EventKind::Shipped => order.shipped_at,
        EventKind::Delivered => order.delivered_at,
        _ => Some(order.placed_at),
    };
    let Some(event_at) = event_at else { return waits(Reason::NotDue, None) };
    let (send_at, moved) = rule.send_at(event_at, zone);
    if send_at.0.saturating_add(LATEST) < now.0 {
        return Decision { state: InvitationState::Skipped, reason: Reason::Expired, send_at: None };
    }
    // A mail that is late already still keeps the quiet hours.
    let (send_at, moved) = if send_at < now {
        let allowed = rule.quiet.next_allowed(now, zone);
        (allowed, allowed != now)
    } else {
        (send_at, moved)
    };
    let reason = match survey {
        SurveyState::Paused | SurveyState::Draft => Reason::Paused,
        SurveyState::Running if moved => Reason::QuietHours,
        SurveyState::Running if order.test => Reason::TestKey,
        SurveyState::Running => Reason::NotDue,
    };
    waits(reason, Some(send_at))
}

fn never(order: &OrderFacts) -> Option<Reason> {
    if order.cancelled {
        Some(Reason::Cancelled)
    } else if order.returned {
        Some(Reason::Returned)
    } else if !order.may_mail {
        Some(Reason::NoContactBasis)
    } else if !order.language_offered {
        Some(Reason::Language)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::survey::Quiet;

    fn order() -> OrderFacts {
        OrderFacts {
            placed_at: at("2026-11-10T10:00:00Z"),
            shipped_at: None,
            delivered_at: None,
            cancelled: false,
            returned: false,
            complaint_open: false,
            may_mail: true,
            language_offered: true,
            test: false,
        }
    }

    fn at(text: &str) -> Micros {
        Micros::parse(text).unwrap()
    }

    fn decided(order: &OrderFacts, survey: SurveyState) -> Decision {
        let rule = Rule {
            event: EventKind::Delivered,
            delay_s: 3 * 86_400,
            quiet: Quiet::parse("20:00-08:00,sun").unwrap(),
        };
        decide(order, &rule, survey, &TimeZone::UTC, at("2026-11-12T09:00:00Z"))
    }

    #[test]
    fn nothing_is_due_before_the_event() {
        let decision = decided(&order(), SurveyState::Running);
        assert_eq!(
            (decision.state, decision.reason, decision.send_at),
            (InvitationState::Planned, Reason::NotDue, None)
        );
    }

    #[test]
    fn the_mail_waits_out_the_delay_and_the_night() {
        let delivered = OrderFacts { delivered_at: Some(at("2026-11-11T22:00:00Z")), ..order() };
        let decision = decided(&delivered, SurveyState::Running);
        // 14 November 22:00 is a Saturday night; Sunday is quiet too.
        assert_eq!(decision.send_at, Some(at("2026-11-16T08:00:00Z")));
        assert_eq!(decision.reason, Reason::QuietHours);
    }

    #[test]
    fn every_mail_not_sent_has_its_reason() {
        let delivered = OrderFacts { delivered_at: Some(at("2026-11-11T10:00:00Z")), ..order() };
        let cases = [
            (OrderFacts { cancelled: true, ..delivered }, Reason::Cancelled),
            (OrderFacts { returned: true, ..delivered }, Reason::Returned),
            (OrderFacts { may_mail: false, ..delivered }, Reason::NoContactBasis),
            (OrderFacts { language_offered: false, ..delivered }, Reason::Language),
            (OrderFacts { delivered_at: Some(at("2026-08-01T10:00:00Z")), ..delivered }, Reason::Expired),
        ];
        for (order, reason) in cases {
            let decision = decided(&order, SurveyState::Running);
            assert_eq!((decision.state, decision.reason), (InvitationState::Skipped, reason));
        }
        let open = OrderFacts { complaint_open: true, ..delivered };
        assert_eq!(decided(&open, SurveyState::Running).reason, Reason::ComplaintOpen);
        assert_eq!(decided(&delivered, SurveyState::Paused).reason, Reason::Paused);
    }
}
