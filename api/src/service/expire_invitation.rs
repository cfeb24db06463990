//! Ends an invitation whose link has run out; what was saved by then counts.

use super::events_out;
use super::form_session::FormSession;
use super::{Result, Services};
use crate::domain::{InvitationState, Micros};
use crate::store::authority::Opened;
use crate::store::jobs::{self, Leased};
use crate::store::{AnyConnection, invitations, submissions, webhook_messages};

/// Ends the invitation of a leased job: saved pages become a response, unseen ones are "not shown".
pub fn expire_invitation(services: &Services, connection: &mut AnyConnection, leased: &Leased) -> Result<()> {
    let scope = &leased.scope;
    let mut invitation = invitations::get(connection, scope, leased.subject_id)?;
    let now = services.now();
    if invitation.expires_at.is_some_and(|at| at > now) {
        let later = invitation.expires_at.unwrap_or(Micros(i64::MAX));
        return Ok(jobs::give_back(connection, leased, later, "")?);
    }
    match invitation.state {
        InvitationState::Started => {
            let opened = Opened::by_job(connection, scope, invitation.clone())?;
            let session = FormSession::load(services, connection, opened)?;
            if !session.saved.is_empty() {
                let new = session.response_now(services, connection, false)?;
                submissions::append(connection, scope, &[&new])?;
                let told = events_out::of_response(&session, &new);
                webhook_messages::emit(connection, scope, &told.iter().collect::<Vec<_>>())?;
            }
            invitation.state = InvitationState::Expired;
            invitations::update(connection, scope, &invitation)?;
        }
        InvitationState::Sent => {
            invitation.state = InvitationState::Expired;
            invitations::update(connection, scope, &invitation)?;
        }
        _ => {}
    }
    Ok(jobs::finish(connection, leased)?)
}
