//! What a customer expected, asked when the order was placed, beside what the same order was like.
//!
//! Two surveys are linked: one asks before the service, the other after it, about the same dimensions. When the second
//! is sent, the first is closed; what was answered in it by then is counted with the answers to the second, item by
//! item of the same key.

use survey_forms::answer::{Answer, AnswerSheet, PageAnswers};
use survey_forms::instrument::{Facet, Instrument};

use super::form_session::FormSession;
use super::{Error, Result, Services};
use crate::domain::{Id, InvitationState, JobKind, Micros};
use crate::store::invitations::{self, Invitation};
use crate::store::surveys::{self, Survey};
use crate::store::{AnyConnection, OrgScope, jobs, responses};

/// The survey and the invitation by which the same order was asked before the service.
fn asked_before(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey: &Survey,
    order_id: Id,
) -> Result<Option<(Survey, Invitation)>> {
    if survey.expectation_id == 0 {
        return Ok(None);
    }
    let before = surveys::get(connection, scope, survey.expectation_id)?;
    let invitations = invitations::of_order(connection, scope, order_id)?;
    let found = invitations.into_iter().find(|one| one.survey_id == before.id);
    Ok(found.map(|invitation| (before, invitation)))
}

/// Whether the customer of an order has said what they expect.
pub fn is_answered(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey: &Survey,
    order_id: Id,
) -> Result<bool> {
    let asked = asked_before(connection, scope, survey, order_id)?;
    Ok(asked.is_some_and(|(_, invitation)| invitation.answered_at.is_some()))
}

/// Closes the question of what is expected: from now on the customer is asked what it was like.
pub fn close(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey: &Survey,
    order_id: Id,
    now: Micros,
) -> Result<()> {
    let Some((_, mut invitation)) = asked_before(connection, scope, survey, order_id)? else {
        return Ok(());
    };
    let open = matches!(invitation.state, InvitationState::Sent | InvitationState::Started);
    if open && invitation.expires_at.is_none_or(|at| at > now) {
        invitation.expires_at = Some(now);
        invitations::update(connection, scope, &invitation)?;
        let id = services.new_id();
        jobs::plan(connection, scope, id, JobKind::ExpireInvitation, invitation.id, now, now)?;
    }
    Ok(())
}

/// Adds what was expected to the answers of a form that does not look back.
pub fn carry(
    services: &Services,
    connection: &mut AnyConnection,
    session: &FormSession,
    sheet: &mut AnswerSheet,
) -> Result<()> {
    let (scope, survey) = (&session.scope, &session.survey);
    let order_id = session.invitation.order_id;
    let Some((before, invitation)) = asked_before(connection, scope, survey, order_id)? else {
        return Ok(());
    };
    let Some((response, _)) = responses::newest(connection, scope, invitation.id)? else { return Ok(()) };
    let asked = services.version_of(connection, scope, &before)?.questionnaire()?;
    let given = AnswerSheet::from_bytes(&asked, &response.answers)
        .map_err(|error| Error::Broken(error.to_string()))?;
    let answers = alike(&asked, &session.plan.instrument, &given);
    sheet.put(&PageAnswers { answers, ..PageAnswers::default() });
    Ok(())
}

/// The answers to items of the facet expectation that both have, by key and with the same points.
fn alike(asked: &Instrument, later: &Instrument, given: &AnswerSheet) -> Vec<(usize, Answer)> {
    let expects = |place: usize| {
        let block = later.items().get(place).and_then(|item| item.block);
        block.and_then(|block| later.blocks().get(block)).is_some_and(|b| b.facet == Facet::Expectation)
    };
    let same = |(place, item): (usize, &survey_forms::instrument::Item)| {
        let from = asked.items().iter().position(|other| {
            other.key == item.key && (other.scale.min, other.scale.max) == (item.scale.min, item.scale.max)
        })?;
        Some((place, given.get(from)?))
    };
    later.items().iter().enumerate().filter(|(place, _)| expects(*place)).filter_map(same).collect()
}
