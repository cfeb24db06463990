//! Offers an order to the surveys, and plans again whatever has changed.

use survey_forms::form::Length;

use super::links::Purpose;
use super::once::in_transaction;
use super::plan_facts::{Case, gather, language_of};
use super::survey_way::length_code;
use super::{Error, Result, Services, delivery_log};
use crate::domain::organisation::Organisation;
use crate::domain::plan::Decision;
use crate::domain::time::SECOND;
use crate::domain::{
    Carrier, Id, InvitationState, JobKind, MailState, Micros, Occasion, Reason, SurveyState,
};
use crate::store::customers::Customer;
use crate::store::form_balance::{self, Deal, Stratum};
use crate::store::invitations::{self, Invitation};
use crate::store::orders::{self, StoredOrder};
use crate::store::outbox::{self, Mail};
use crate::store::surveys::{self, Survey};
use crate::store::{AnyConnection, OrgScope, authority, customers, jobs, organisations};

/// A form number for an invitation that is not planned: none was taken from the balance.
const NO_FORM: i16 = -1;

/// What stays the same for a batch of orders of one organisation.
pub struct Planner<'a> {
    services: &'a Services,
    scope: &'a OrgScope,
    /// By priority, the highest first, then by age.
    surveys: Vec<Survey>,
    organisation: Organisation,
    now: Micros,
    not_before: Micros,
}

/// An invitation with the key of its survey, as answers show it.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The invitation.
    pub invitation: Invitation,
    /// Key of its survey.
    pub survey_key: String,
}

/// What one invitation is about.
#[derive(Clone, Copy)]
struct About<'a> {
    order: &'a StoredOrder,
    survey: &'a Survey,
    customer: &'a Customer,
    /// The form that the order has in the linked survey.
    partner: Option<i16>,
}

impl<'a> Planner<'a> {
    /// Reads what the planning of one organisation needs.
    pub fn new(services: &'a Services, connection: &mut AnyConnection, scope: &'a OrgScope) -> Result<Self> {
        let mut surveys = surveys::all(connection, scope)?;
        surveys.sort_by_key(|survey| (-survey.offer.priority, survey.id));
        let now = services.now();
        let organisation = organisations::get(connection, scope)?;
        Ok(Self { services, scope, surveys, organisation, now, not_before: now })
    }

    /// The same, but no mail goes before an instant.
    #[must_use]
    pub const fn not_before(mut self, at: Micros) -> Self {
        self.not_before = at;
        self
    }

    /// Plans all invitations of an order: those it has, and one in every running survey that has not asked. Other
    /// waiting mails to the customer are planned again where the organisation has a cap.
    pub fn plan_order(&self, connection: &mut AnyConnection, order: &StoredOrder) -> Result<Vec<Planned>> {
        let existing = invitations::of_order(connection, self.scope, order.id)?;
        let customer = customers::get(connection, self.scope, order.customer_id)?;
        let mut planned = Vec::new();
        // Who opens a link of an open survey is asked there; it is offered to no order.
        for survey in self.surveys.iter().filter(|survey| !survey.is_open()) {
            let found = existing.iter().find(|one| one.survey_id == survey.id);
            let partner = self.partner(survey, &existing, &planned);
            let about = About { order, survey, customer: &customer, partner };
            let invitation = match found {
                Some(invitation) => Some(self.plan_again(connection, &about, invitation)?),
                None if survey.state == SurveyState::Running => Some(self.offer(connection, &about)?),
                None => None,
            };
            planned
                .extend(invitation.map(|invitation| Planned { invitation, survey_key: survey.key.clone() }));
        }
        if self.organisation.cap.is_some() {
            self.plan_customer(connection, order.customer_id)?;
            for one in &mut planned {
                one.invitation = invitations::get(connection, self.scope, one.invitation.id)?;
            }
        }
        planned.sort_by_key(|one| one.invitation.survey_id);
        Ok(planned)
    }

    /// Plans all waiting mails to a customer again, those that go first before the others: each sees what goes
    /// before it.
    pub fn plan_customer(&self, connection: &mut AnyConnection, customer_id: Id) -> Result<()> {
        let mut waiting = invitations::waiting_of_customer(connection, self.scope, customer_id)?;
        let priority = |one: &Invitation| {
            self.surveys
                .iter()
                .find(|survey| survey.id == one.survey_id)
                .map_or(0, |survey| survey.offer.priority)
        };
        waiting.sort_by_key(|one| (-priority(one), one.id));
        for invitation in &waiting {
            self.plan_invitation(connection, invitation)?;
        }
        Ok(())
    }

    /// Plans one invitation again.
    pub fn plan_invitation(
        &self,
        connection: &mut AnyConnection,
        invitation: &Invitation,
    ) -> Result<Invitation> {
        let order = orders::get(connection, self.scope, invitation.order_id)?;
        let customer = customers::get(connection, self.scope, order.customer_id)?;
        let survey = self.surveys.iter().find(|survey| survey.id == invitation.survey_id);
        let survey = survey.ok_or(Error::NotFound("survey"))?;
        let existing = invitations::of_order(connection, self.scope, order.id)?;
        let partner = self.partner(survey, &existing, &[]);
        self.plan_again(
            connection,
            &About { order: &order, survey, customer: &customer, partner },
            invitation,
        )
    }

    fn decide(
        &self,
        connection: &mut AnyConnection,
        about: &About<'_>,
        invitation_id: Id,
    ) -> Result<(Decision, Carrier)> {
        let case = Case {
            organisation: &self.organisation,
            surveys: &self.surveys,
            survey: about.survey,
            order: about.order,
            customer: about.customer,
            invitation_id,
            occasion: Occasion::First,
            now: self.now,
            not_before: self.not_before,
        };
        let facts = gather(self.services, connection, self.scope, &case)?;
        let carrier = facts.reach().map_or(Carrier::Mail, |reach| reach.carrier);
        Ok((facts.decide(&case)?, carrier))
    }

    /// The form that the same order got in the linked survey, one before the service, the other after it: both ask
    /// about the same dimensions.
    fn partner(&self, survey: &Survey, existing: &[Invitation], planned: &[Planned]) -> Option<i16> {
        let is_partner =
            |other: &Survey| other.id == survey.expectation_id || other.expectation_id == survey.id;
        let other = self.surveys.iter().find(|other| is_partner(other))?;
        let fresh = planned.iter().map(|one| &one.invitation);
        let found = fresh.chain(existing).find(|one| one.survey_id == other.id)?;
        (found.form != NO_FORM).then_some(found.form)
    }

    fn offer(&self, connection: &mut AnyConnection, about: &About<'_>) -> Result<Invitation> {
        let About { order, survey, .. } = *about;
        let id = self.services.new_id();
        let (decision, carrier) = self.decide(connection, about, id)?;
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
            module: 0,
            looks_back: true,
            carrier,
        };
        self.take_form(connection, about, &mut invitation)?;
        invitations::insert(connection, self.scope, &invitation)?;
        delivery_log::decided(self.services, connection, self.scope, &invitation)?;
        self.plan_mail(connection, &invitation)?;
        Ok(invitation)
    }

    fn plan_again(
        &self,
        connection: &mut AnyConnection,
        about: &About<'_>,
        before: &Invitation,
    ) -> Result<Invitation> {
        let About { order, survey, .. } = *about;
        if !matches!(before.state, InvitationState::Planned | InvitationState::Skipped) {
            return Ok(before.clone());
        }
        let (decision, carrier) = self.decide(connection, about, before.id)?;
        let mut after = before.clone();
        after.state = decision.state;
        after.reason = Some(decision.reason);
        after.send_at = decision.send_at;
        after.carrier = carrier;
        after.customer_id = order.customer_id;
        if let Some(language) = language_of(order, survey) {
            after.language = language;
        }
        self.take_form(connection, about, &mut after)?;
        if after != *before {
            invitations::update(connection, self.scope, &after)?;
        }
        let plan = |one: &Invitation| (one.state, one.reason, one.send_at);
        if plan(&after) != plan(before) {
            delivery_log::decided(self.services, connection, self.scope, &after)?;
        }
        self.plan_mail(connection, &after)?;
        Ok(after)
    }

    /// A form is taken when the mail is planned for the first time, so that skipped orders leave the balance alone.
    ///
    /// They are balanced within channel and place; a stated share of customers is asked everything.
    fn take_form(
        &self,
        connection: &mut AnyConnection,
        about: &About<'_>,
        invitation: &mut Invitation,
    ) -> Result<()> {
        if invitation.form != NO_FORM || invitation.state != InvitationState::Planned {
            return Ok(());
        }
        let (order, survey) = (about.order, about.survey);
        let stratum =
            Stratum { survey_id: survey.id, channel: order.channel.code(), place_id: order.place_id };
        if let Some(form) = about.partner {
            form_balance::add(connection, self.scope, stratum, form, 1)?;
            invitation.form = form;
        } else {
            let version = self.services.version_of(connection, self.scope, survey)?;
            let forms = i16::from(version.questionnaire()?.form_count());
            let tie = tie_break(invitation.id);
            let deal = Deal { forms, full_share: survey.full_share, tie };
            invitation.form = form_balance::take(connection, self.scope, stratum, deal)?;
            if invitation.form == forms {
                invitation.length = length_code(Length::Full);
            }
        }
        Ok(())
    }

    /// Puts the mail into the outbox in the transaction that plans it, or takes it back.
    fn plan_mail(&self, connection: &mut AnyConnection, invitation: &Invitation) -> Result<()> {
        let waits = invitation.state == InvitationState::Planned && invitation.reason != Some(Reason::Paused);
        let Some(due_at) = invitation.send_at.filter(|_| waits) else {
            outbox::take_back(connection, self.scope, invitation.id)?;
            return Ok(jobs::cancel(connection, self.scope, JobKind::SendInvitation, invitation.id)?);
        };
        let found = outbox::find(connection, self.scope, invitation.id, Occasion::First)?;
        match found {
            None => {
                outbox::insert(connection, self.scope, &Mail::new(invitation, Occasion::First, self.now))?;
            }
            Some(mail) if mail.customer_id != invitation.customer_id || mail.is_over() => {
                let customer_id = invitation.customer_id;
                outbox::update(
                    connection,
                    self.scope,
                    &Mail { customer_id, state: MailState::Ready, ..mail },
                )?;
            }
            Some(_) => {}
        }
        let new_id = self.services.new_id();
        let kind = JobKind::SendInvitation;
        Ok(jobs::plan(connection, self.scope, new_id, kind, invitation.id, due_at, self.now)?)
    }
}

/// How many invitations are planned again in one transaction: customers wait no longer than that takes.
const REPLAN_TOGETHER: i64 = 200;

/// Plans a survey's waiting invitations again, after it was started or paused, a few at a time.
pub fn replan_survey(services: &Services, scope: &OrgScope, survey: &Survey) -> Result<()> {
    replan(services, scope, None, &|connection, after| {
        invitations::planned_of_survey(connection, scope, survey.id, after, REPLAN_TOGETHER)
    })
}

/// Plans all waiting invitations of an organisation again, a few at a time. With `apart` what is overdue goes one
/// after another, so many seconds apart, and not in a burst.
pub fn replan_organisation(services: &Services, scope: &OrgScope, apart: Option<i64>) -> Result<()> {
    replan(services, scope, apart, &|connection, after| {
        invitations::planned(connection, scope, after, REPLAN_TOGETHER)
    })
}

type Next<'a> = &'a dyn Fn(&mut AnyConnection, Option<Id>) -> crate::store::Result<Vec<Id>>;

fn replan(services: &Services, scope: &OrgScope, apart: Option<i64>, next: Next<'_>) -> Result<()> {
    let (mut after, mut behind) = (None, 0);
    let start = services.now();
    loop {
        let (last, count) = in_transaction(services, |connection| {
            let mut planner = Planner::new(services, connection, scope)?;
            let ids = next(connection, after)?;
            let mut place = behind;
            for id in &ids {
                let invitation = invitations::get(connection, scope, *id)?;
                if let Some(seconds) = apart {
                    planner = planner.not_before(Micros(start.0.saturating_add(place * seconds * SECOND)));
                    place += i64::from(invitation.send_at.is_some_and(|at| at < start));
                }
                planner.plan_invitation(connection, &invitation)?;
            }
            Ok((ids.last().copied(), place - behind))
        })?;
        behind += count;
        match last {
            Some(last) => after = Some(last),
            None => return Ok(()),
        }
    }
}

/// Chooses among equally rare forms: the last bytes of an id are chance.
fn tie_break(id: Id) -> u64 {
    id.bytes().iter().skip(8).fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}
