//! The planner: what is to be sent when, or the reason why not.
//!
//! A pure function of the order, the survey's rule and the moment; it is asked again after every
//! change of an order and once more right before sending.

use jiff::tz::TimeZone;

use super::cap::{Cap, OtherMail, Rank};
use super::coded::{EventKind, InvitationState, Reason, SurveyState};
use super::survey::Rule;
use super::time::{DAY, Micros};

/// A mail that is later than this is dropped: nobody remembers, and an old import would be a burst.
const LATEST: i64 = 30 * DAY;

/// What the planner must know of an order, its customer and what else concerns both.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own; together they are not a state")]
pub struct OrderFacts<'a> {
    /// Placed.
    pub placed_at: Micros,
    /// Left.
    pub shipped_at: Option<Micros>,
    /// Arrived.
    pub delivered_at: Option<Micros>,
    /// The last complaint was closed.
    pub complaint_closed_at: Option<Micros>,
    /// It was cancelled.
    pub cancelled: bool,
    /// Goods or money went back.
    pub returned: bool,
    /// A complaint is open.
    pub complaint_open: bool,
    /// A contact basis and an address are there, or a slip does without both.
    pub may_mail: bool,
    /// It is printed on a slip: nothing is sent.
    pub on_slip: bool,
    /// The customer wants no mails.
    pub suppressed: bool,
    /// The survey asks about the order's place.
    pub place_asked: bool,
    /// The survey is offered in the customer's language.
    pub language_offered: bool,
    /// The order is in the survey's sample.
    pub drawn: bool,
    /// A survey with a higher priority asks about this order.
    pub asked_by_another: bool,
    /// It was brought in from an older time, and nobody is asked about it.
    pub never_offered: bool,
    /// The survey asks before the service, and that is over.
    pub too_late: bool,
    /// A test key brought it.
    pub test: bool,
    /// How often a customer is mailed, and the rank of this mail.
    pub cap: Option<(Cap, Rank)>,
    /// Other mails to this customer.
    pub others: &'a [OtherMail],
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

/// When it is asked, and where the customer is.
#[derive(Clone, Copy, Debug)]
pub struct Moment<'a> {
    /// Now.
    pub now: Micros,
    /// No mail goes before this: after a pause they go one after another.
    pub not_before: Micros,
    /// The customer's time zone, for quiet hours.
    pub zone: &'a TimeZone,
}

/// Decides about one order in one survey.
pub fn decide(order: &OrderFacts<'_>, rule: &Rule, survey: SurveyState, moment: Moment<'_>) -> Decision {
    let skipped = |reason| Decision { state: InvitationState::Skipped, reason, send_at: None };
    if let Some(reason) = never(order) {
        return skipped(reason);
    }
    let waits = |reason, send_at| Decision { state: InvitationState::Planned, reason, send_at };
    if order.complaint_open {
        return waits(Reason::ComplaintOpen, None);
    }
    // It waits until somebody prints it.
    if order.on_slip {
        let rests = matches!(survey, SurveyState::Paused | SurveyState::Draft);
        return waits(if rests { Reason::Paused } else { Reason::NotDue }, None);
    }
    let Some(event_at) = event_of(order, rule.event) else { return waits(Reason::NotDue, None) };
    if rule.active_from.is_some_and(|from| event_at < from) {
        return skipped(Reason::Expired);
    }
    let wanted = event_at.plus_seconds(rule.delay_s);
    if rule.quiet.next_allowed(wanted, moment.zone).0.saturating_add(LATEST) < moment.now.0 {
        return skipped(Reason::Expired);
    }
    // A mail that is late already still keeps the quiet hours.
    let earliest = wanted.max(moment.not_before);
    let due = rule.quiet.next_allowed(earliest, moment.zone);
    let (send_at, moved) = if due < moment.now {
        let allowed = rule.quiet.next_allowed(moment.now, moment.zone);
        (allowed, allowed != moment.now)
    } else {
        (due, due != earliest)
    };
    if let Some((cap, rank)) = order.cap
        && !cap.allows(send_at, rank, order.others)
    {
        return skipped(Reason::Cap);
    }
    let reason = match survey {
        SurveyState::Paused | SurveyState::Draft => Reason::Paused,
        SurveyState::Running if moved => Reason::QuietHours,
        SurveyState::Running if order.test => Reason::TestKey,
        SurveyState::Running => Reason::NotDue,
    };
    waits(reason, Some(send_at))
}

fn event_of(order: &OrderFacts<'_>, event: EventKind) -> Option<Micros> {
    match event {
        EventKind::Shipped => order.shipped_at,
        EventKind::Delivered => order.delivered_at,
        EventKind::ComplaintClosed => order.complaint_closed_at,
        _ => Some(order.placed_at),
    }
}

fn never(order: &OrderFacts<'_>) -> Option<Reason> {
    [
        (order.cancelled, Reason::Cancelled),
        (order.returned, Reason::Returned),
        (!order.may_mail, Reason::NoContactBasis),
        (order.suppressed, Reason::Suppressed),
        (!order.place_asked, Reason::Place),
        (!order.language_offered, Reason::Language),
        (order.too_late || order.never_offered, Reason::Expired),
        (!order.drawn, Reason::SampledOut),
        (order.asked_by_another, Reason::AlreadyAsked),
    ]
    .into_iter()
    .find_map(|(holds, reason)| holds.then_some(reason))
}

/// Decides about a reminder of a mail that was sent and not answered; none when it may go now.
///
/// A reminder waits for nothing but the end of quiet hours: what stands in its way, drops it.
pub fn may_remind(
    order: &OrderFacts<'_>,
    survey: SurveyState,
    expires_at: Option<Micros>,
    now: Micros,
) -> Option<Reason> {
    let stands_in_its_way = never(&OrderFacts { drawn: true, asked_by_another: false, ..*order });
    let by_cap = || order.cap.is_some_and(|(cap, rank)| !cap.allows(now, rank, order.others));
    stands_in_its_way
        .or_else(|| order.complaint_open.then_some(Reason::ComplaintOpen))
        .or_else(|| (survey != SurveyState::Running).then_some(Reason::Paused))
        .or_else(|| expires_at.is_some_and(|at| at <= now).then_some(Reason::Expired))
        .or_else(|| by_cap().then_some(Reason::Cap))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::survey::Quiet;

    fn order() -> OrderFacts<'static> {
        OrderFacts {
            placed_at: at("2026-11-10T10:00:00Z"),
            shipped_at: None,
            delivered_at: None,
            cancelled: false,
            returned: false,
            complaint_open: false,
            complaint_closed_at: None,
            may_mail: true,
            on_slip: false,
            suppressed: false,
            place_asked: true,
            language_offered: true,
            drawn: true,
            asked_by_another: false,
            never_offered: false,
            too_late: false,
            test: false,
            cap: None,
            others: &[],
        }
    }

    /// A mail of 28 October 2026.
    const SENT: [OtherMail; 1] = [OtherMail { at: Micros(1_793_188_800_000_000), rank: None }];

    fn rank() -> Rank {
        Rank { priority: 0, invitation: crate::domain::Id::from_bytes(&[0; 16]).unwrap() }
    }

    fn at(text: &str) -> Micros {
        Micros::parse(text).unwrap()
    }

    fn decided(order: &OrderFacts<'_>, survey: SurveyState) -> Decision {
        let rule = Rule {
            event: EventKind::Delivered,
            delay_s: 3 * 86_400,
            quiet: Quiet::parse("20:00-08:00,sun").unwrap(),
            active_from: Some(at("2026-07-01T00:00:00Z")),
        };
        let now = at("2026-11-12T09:00:00Z");
        decide(order, &rule, survey, Moment { now, not_before: now, zone: &TimeZone::UTC })
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
            (OrderFacts { suppressed: true, ..delivered }, Reason::Suppressed),
            (OrderFacts { place_asked: false, ..delivered }, Reason::Place),
            (OrderFacts { language_offered: false, ..delivered }, Reason::Language),
            (OrderFacts { drawn: false, ..delivered }, Reason::SampledOut),
            (OrderFacts { asked_by_another: true, ..delivered }, Reason::AlreadyAsked),
            (OrderFacts { delivered_at: Some(at("2026-06-30T10:00:00Z")), ..delivered }, Reason::Expired),
            (
                OrderFacts { cap: Some((Cap { mails: 1, days: 90 }, rank())), others: &SENT, ..delivered },
                Reason::Cap,
            ),
            (OrderFacts { too_late: true, ..delivered }, Reason::Expired),
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

    #[test]
    fn a_reminder_is_dropped_by_whatever_stands_in_its_way() {
        let now = at("2026-11-20T09:00:00Z");
        let remind = |order: &OrderFacts<'_>| may_remind(order, SurveyState::Running, None, now);
        assert_eq!(remind(&order()), None);
        assert_eq!(remind(&OrderFacts { returned: true, ..order() }), Some(Reason::Returned));
        assert_eq!(remind(&OrderFacts { complaint_open: true, ..order() }), Some(Reason::ComplaintOpen));
        let capped = OrderFacts { cap: Some((Cap { mails: 1, days: 90 }, rank())), others: &SENT, ..order() };
        assert_eq!(remind(&capped), Some(Reason::Cap));
        assert_eq!(may_remind(&order(), SurveyState::Paused, None, now), Some(Reason::Paused));
        assert_eq!(may_remind(&order(), SurveyState::Running, Some(now), now), Some(Reason::Expired));
    }
}
