//! Offers an order to the surveys, and plans again whatever has changed.

use jiff::tz::TimeZone;
use survey_forms::language::Language;

use super::links::Purpose;
use super::once::in_transaction;
use super::{Error, Result, Services};
use crate::domain::plan::{Decision, OrderFacts, decide};
use crate::domain::survey::{Quiet, Rule};
use crate::domain::{Id, InvitationState, JobKind, Micros, Reason, SurveyState};
use crate::store::invitations::{self, Invitation};
use crate::store::orders::{self, StoredOrder};
use crate::store::surveys::{self, Survey};
use crate::store::{AnyConnection, OrgScope, authority, customers, jobs, organisations};

/// A form number for an invitation that is not planned: none was taken from the balance.
const NO_FORM: i16 = -1;

/// What stays the same for a batch of orders of one organisation.
pub struct Planner<'a> {
    services: &'a Services,
    scope: &'a OrgScope,
    surveys: Vec<Survey>,
    zone: TimeZone,
    now: Micros,
}

/// An invitation with the key of its survey, as answers show it.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The invitation.
    pub invitation: Invitation,
    /// Key of its survey.
    pub survey_key: String,
}

impl<'a> Planner<'a> {
    /// Reads what the planning of one organisation needs.
    pub fn new(services: &'a Services, connection: &mut AnyConnection, scope: &'a OrgScope) -> Result<Self> {
        Ok(Self {
            services,
            scope,
            surveys: surveys::all(connection, scope)?,
            zone: organisations::get(connection, scope)?.zone(),
            now: services.now(),
        })
    }

    /// The organisation's time zone.
    pub const fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// Plans all invitations of an order: those it has, and one in every running survey that has not asked.
    pub fn plan_order(&self, connection: &mut AnyConnection, order: &StoredOrder) -> Result<Vec<Planned>> {
        let existing = invitations::of_order(connection, self.scope, order.id)?;
        let address = !customers::get(connection, self.scope, order.customer_id)?.email.is_empty();
        let mut planned = Vec::new();
        for survey in &self.surveys {
            let found = existing.iter().find(|one| one.survey_id == survey.id);
            let invitation = match found {
                Some(invitation) => Some(self.plan_again(connection, order, survey, invitation, address)?),
                None if survey.state == SurveyState::Running => {
                    Some(self.offer(connection, order, survey, address)?)
                }
                None => None,
            };
            planned
                .extend(invitation.map(|invitation| Planned { invitation, survey_key: survey.key.clone() }));
        }
        Ok(planned)
    }

    fn decide(&self, order: &StoredOrder, survey: &Survey, address: bool) -> Result<Decision> {
        let quiet = Quiet::parse(&survey.quiet).map_err(Error::Broken)?;
        let rule = Rule { event: survey.event, delay_s: survey.delay_s, quiet };
        Ok(decide(&facts(order, survey, address), &rule, survey.state, &self.zone, self.now))
    }

    fn offer(
        &self,
        connection: &mut AnyConnection,
        order: &StoredOrder,
        survey: &Survey,
        address: bool,
    ) -> Result<Invitation> {
        let decision = self.decide(order, survey, address)?;
        let id = self.services.new_id();
        let key_id = self.services.links.current_id().to_owned();
        let secret = self.services.links.secret(&key_id, Purpose::Answer, id);
        let secret = secret.ok_or_else(|| Error::Broken("the link key is missing".to_owned()))?;
        let mut invitation = Invitation {
            id,
            survey_id: survey.id,
            order_id: order.id,
            customer_id: order.customer_id,
            form: NO_FORM,
            length: survey.length,
            language: language_of(order, survey)
                .unwrap_or_else(|| survey.languages.first().cloned().unwrap_or_default()),
            state: decision.state,
            reason: Some(decision.reason),
            send_at: decision.send_at,
            sent_at: None,
            started_at: None,
            answered_at: None,
            expires_at: None,
            token_hash: authority::secret_hash(&secret),
            link_key_id: key_id,
            test: order.test,
            created_at: self.now,
        };
        self.take_form(connection, &mut invitation)?;
        invitations::insert(connection, self.scope, &invitation)?;
        self.plan_mail(connection, &invitation)?;
        Ok(invitation)
    }

    fn plan_again(
        &self,
        connection: &mut AnyConnection,
        order: &StoredOrder,
        survey: &Survey,
        before: &Invitation,
        address: bool,
    ) -> Result<Invitation> {
        if !matches!(before.state, InvitationState::Planned | InvitationState::Skipped) {
            return Ok(before.clone());
        }
        let decision = self.decide(order, survey, address)?;
        let mut after = before.clone();
        after.state = decision.state;
        after.reason = Some(decision.reason);
        after.send_at = decision.send_at;
        after.customer_id = order.customer_id;
        if let Some(language) = language_of(order, survey) {
            after.language = language;
        }
        self.take_form(connection, &mut after)?;
        invitations::update(connection, self.scope, &after)?;
        self.plan_mail(connection, &after)?;
        Ok(after)
    }

    /// A form is taken when the mail is planned for the first time, so that skipped orders leave the balance alone.
    fn take_form(&self, connection: &mut AnyConnection, invitation: &mut Invitation) -> Result<()> {
        if invitation.form == NO_FORM && invitation.state == InvitationState::Planned {
            let tie = tie_break(invitation.id);
            invitation.form = surveys::take_form(connection, self.scope, invitation.survey_id, tie)?;
        }
        Ok(())
    }

    fn plan_mail(&self, connection: &mut AnyConnection, invitation: &Invitation) -> Result<()> {
        let waits = invitation.state == InvitationState::Planned && invitation.reason != Some(Reason::Paused);
        match invitation.send_at.filter(|_| waits) {
            Some(due_at) => jobs::plan(
                connection,
                self.scope,
                self.services.new_id(),
                JobKind::SendInvitation,
                invitation.id,
                due_at,
                self.now,
            )?,
            None => jobs::cancel(connection, self.scope, JobKind::SendInvitation, invitation.id)?,
        }
        Ok(())
    }
}

/// How many invitations are planned again in one transaction: customers wait no longer than that takes.
const REPLAN_TOGETHER: i64 = 200;

/// Plans a survey's waiting invitations again, after it was started or paused, a few at a time.
pub fn replan_survey(services: &Services, scope: &OrgScope, survey: &Survey) -> Result<()> {
    let mut after = None;
    loop {
        let last =
            in_transaction(services, |connection| replan_some(services, connection, scope, survey, after))?;
        match last {
            Some(last) => after = Some(last),
            None => return Ok(()),
        }
    }
}

/// Plans the next few; the last id of them, none when there were none.
fn replan_some(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey: &Survey,
    after: Option<Id>,
) -> Result<Option<Id>> {
    let planner = Planner::new(services, connection, scope)?;
    let ids = invitations::planned_of_survey(connection, scope, survey.id, after, REPLAN_TOGETHER)?;
    for id in &ids {
        let invitation = invitations::get(connection, scope, *id)?;
        let order = orders::get(connection, scope, invitation.order_id)?;
        let address = !customers::get(connection, scope, order.customer_id)?.email.is_empty();
        let current = planner.surveys.iter().find(|one| one.id == survey.id).unwrap_or(survey);
        planner.plan_again(connection, &order, current, &invitation, address)?;
    }
    Ok(ids.last().copied())
}

/// Chooses among equally rare forms: the last bytes of an id are chance.
fn tie_break(id: Id) -> u64 {
    id.bytes().iter().skip(8).fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}

/// The facts of a stored order for the planner.
pub fn facts(order: &StoredOrder, survey: &Survey, address: bool) -> OrderFacts {
    OrderFacts {
        placed_at: order.placed_at,
        shipped_at: order.happened.shipped_at,
        delivered_at: order.happened.delivered_at,
        cancelled: order.happened.cancelled_at.is_some(),
        returned: order.happened.returned_at.is_some(),
        complaint_open: order.happened.complaint_open,
        may_mail: order.basis.is_some() && address,
        language_offered: language_of(order, survey).is_some(),
        test: order.test,
    }
}

/// The language of the mail: the customer's, when the survey has it; without one the survey's first.
fn language_of(order: &StoredOrder, survey: &Survey) -> Option<String> {
    if order.language.is_empty() {
        return survey.languages.first().cloned();
    }
    let wanted = Language::parse(&order.language)?;
    survey.languages.iter().find(|tag| *tag == wanted.tag()).cloned()
}
