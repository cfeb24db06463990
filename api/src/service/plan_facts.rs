//! What the planner must know, gathered: for planning and, once more, right before sending.

use jiff::tz::TimeZone;
use sha2::{Digest, Sha256};
use survey_forms::language::Language;

use super::{Error, Result, Services};
use crate::domain::cap::{OtherMail, Rank};
use crate::domain::carriers::{Reach, Reachable};
use crate::domain::organisation::Organisation;
use crate::domain::plan::{Decision, Moment, OrderFacts, decide};
use crate::domain::survey::{Quiet, Rule};
use crate::domain::{Carrier, Id, InvitationState, Micros, Occasion, SurveyState};
use crate::store::customers::Customer;
use crate::store::invitations::Invitation;
use crate::store::orders::StoredOrder;
use crate::store::surveys::Survey;
use crate::store::{AnyConnection, OrgScope, invitations, outbox, places, suppressions};

/// One mail about one order in one survey.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    /// Who asks.
    pub organisation: &'a Organisation,
    /// All its surveys.
    pub surveys: &'a [Survey],
    /// The one that asks.
    pub survey: &'a Survey,
    /// About what.
    pub order: &'a StoredOrder,
    /// Whom.
    pub customer: &'a Customer,
    /// The invitation, known before it is stored.
    pub invitation_id: Id,
    /// Which mail about it.
    pub occasion: Occasion,
    /// Now.
    pub now: Micros,
    /// No mail goes before this.
    pub not_before: Micros,
}

/// The facts of a case.
pub struct Facts {
    order: OrderFacts<'static>,
    others: Vec<OtherMail>,
    zone: TimeZone,
    reach: Option<Reach>,
}

impl Facts {
    /// As the planner takes them.
    pub fn of_order(&self) -> OrderFacts<'_> {
        OrderFacts { others: &self.others, ..self.order }
    }

    /// What the planner decides.
    pub fn decide(&self, case: &Case<'_>) -> Result<Decision> {
        let moment = Moment { now: case.now, not_before: case.not_before, zone: &self.zone };
        Ok(decide(&self.of_order(), &rule(case.survey)?, state(case), moment))
    }

    /// How the customer is reached; none when they cannot be.
    pub const fn reach(&self) -> Option<&Reach> {
        self.reach.as_ref()
    }

    /// The customer's time zone.
    pub const fn zone(&self) -> &TimeZone {
        &self.zone
    }
}

/// When a survey asks.
pub fn rule(survey: &Survey) -> Result<Rule> {
    let quiet = Quiet::parse(&survey.quiet).map_err(Error::Broken)?;
    Ok(Rule { event: survey.event, delay_s: survey.delay_s, quiet, active_from: survey.offer.active_from })
}

/// A survey whose organisation pauses is paused, too.
pub fn state(case: &Case<'_>) -> SurveyState {
    if case.organisation.pause.is_on() { SurveyState::Paused } else { case.survey.state }
}

/// Gathers the facts of a case.
pub fn gather(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    case: &Case<'_>,
) -> Result<Facts> {
    let Case { organisation, survey, order, customer, .. } = *case;
    let rank = Rank { priority: survey.offer.priority, invitation: case.invitation_id };
    let others = match organisation.cap {
        Some(_) => {
            outbox::other_mails(connection, scope, order.customer_id, (case.invitation_id, case.occasion))?
        }
        None => vec![],
    };
    let happened = &order.happened;
    let reach = reach(organisation, survey, order, customer);
    let address = reach.as_ref().map_or("", |reach| &reach.address);
    let facts = OrderFacts {
        placed_at: order.placed_at,
        shipped_at: happened.shipped_at,
        delivered_at: happened.delivered_at,
        complaint_closed_at: happened.complaint_closed_at,
        cancelled: happened.cancelled_at.is_some(),
        returned: happened.returned_at.is_some(),
        complaint_open: happened.complaint_open,
        may_mail: reach.is_some(),
        on_slip: reach.as_ref().is_some_and(|reach| reach.carrier == Carrier::Slip),
        suppressed: is_suppressed(services, connection, scope, address, order.test)?,
        place_asked: asks_about_place(connection, scope, survey, order)?,
        language_offered: language_of(order, survey).is_some(),
        drawn: is_drawn(survey, order.id),
        never_offered: order.quiet,
        asked_by_another: is_asked_by_another(connection, scope, case)?,
        // What was expected can be asked only before the service.
        too_late: case.surveys.iter().any(|other| other.expectation_id == survey.id)
            && happened.delivered_at.is_some(),
        test: order.test,
        cap: organisation.cap.map(|cap| (cap, rank)),
        others: &[],
    };
    Ok(Facts { order: facts, others, zone: zone_of(customer, organisation), reach })
}

/// How a customer is reached about an order; none when they cannot be.
pub fn reach(
    organisation: &Organisation,
    survey: &Survey,
    order: &StoredOrder,
    customer: &Customer,
) -> Option<Reach> {
    survey.offer.carriers.reach(Reachable {
        has_basis: order.basis.is_some(),
        email: &customer.email,
        phone: &customer.phone,
        // What a test key brings becomes a file.
        has_gateway: organisation.gateway.is_some() || order.test,
    })
}

/// What the suppression list knows an address by: of a mail, or a telephone number in its international form.
pub fn address_hash(services: &Services, email: &str) -> Vec<u8> {
    services.links.identity_hash(&format!("mail address:{}", email.to_lowercase()))
}

/// What the list knows an address by that only a test mail was about: trying the link out in it keeps no mail from the
/// real customer.
pub fn test_address_hash(services: &Services, email: &str) -> Vec<u8> {
    services.links.identity_hash(&format!("test mail address:{}", email.to_lowercase()))
}

fn is_suppressed(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    email: &str,
    test: bool,
) -> Result<bool> {
    if email.is_empty() {
        return Ok(false);
    }
    if test && suppressions::find(connection, scope, &test_address_hash(services, email))?.is_some() {
        return Ok(true);
    }
    Ok(suppressions::find(connection, scope, &address_hash(services, email))?.is_some())
}

fn asks_about_place(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey: &Survey,
    order: &StoredOrder,
) -> Result<bool> {
    if survey.offer.places.is_empty() {
        return Ok(true);
    }
    let key = places::key(connection, scope, order.place_id)?.unwrap_or_default();
    Ok(survey.offer.places.contains(&key))
}

/// Whether an order is in the sample: always the same answer for the same order and survey.
fn is_drawn(survey: &Survey, order_id: Id) -> bool {
    let share = u64::try_from(survey.offer.sample_share).unwrap_or(100);
    let mut hash = Sha256::new();
    hash.update(order_id.bytes());
    hash.update(survey.id.to_be_bytes());
    let number = hash.finalize().iter().take(8).fold(0u64, |sum, byte| sum << 8 | u64::from(*byte));
    share >= 100 || number % 10_000 < share * 100
}

/// Of surveys with a priority above 0 only one asks about an order: the highest that wants to, unless a lower one has
/// asked already. Two that are linked belong together.
fn is_asked_by_another(connection: &mut AnyConnection, scope: &OrgScope, case: &Case<'_>) -> Result<bool> {
    let mine = case.survey;
    let competes = |other: &Survey| {
        let is_linked = other.expectation_id == mine.id || mine.expectation_id == other.id;
        other.id != mine.id && other.offer.priority > 0 && !is_linked
    };
    if mine.offer.priority <= 0 || !case.surveys.iter().any(competes) {
        return Ok(false);
    }
    let existing = invitations::of_order(connection, scope, case.order.id)?;
    let goes_first = |one: &Invitation| {
        let Some(other) = case.surveys.iter().find(|other| other.id == one.survey_id) else { return false };
        let is_before = (other.offer.priority, mine.id) > (mine.offer.priority, other.id);
        match one.state {
            InvitationState::Skipped => false,
            InvitationState::Planned => competes(other) && is_before,
            _ => competes(other),
        }
    };
    Ok(existing.iter().any(goes_first))
}

fn zone_of(customer: &Customer, organisation: &Organisation) -> TimeZone {
    if customer.zone.is_empty() {
        return organisation.zone();
    }
    TimeZone::get(&customer.zone).unwrap_or_else(|_| organisation.zone())
}

/// The language of the mail: the customer's, when the survey has it; without one the survey's first.
pub fn language_of(order: &StoredOrder, survey: &Survey) -> Option<String> {
    if order.language.is_empty() {
        return survey.languages.first().cloned();
    }
    let wanted = Language::parse(&order.language)?;
    survey.languages.iter().find(|tag| *tag == wanted.tag()).cloned()
}
