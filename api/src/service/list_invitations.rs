//! Lists invitations with their states and reasons, a page at a time.

use serde::Serialize;

use super::{Error, Result};
use crate::domain::order::is_order_number;
use crate::domain::{Id, InvitationState, Micros, Reason};
use crate::store::invitation_list::{self, ListFilter, Listed};
use crate::store::{AnyConnection, OrgScope, surveys};

/// A page of invitations.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct InvitationList {
    /// The invitations, oldest first.
    pub invitations: Vec<ListedInvitation>,
    /// Cursor of the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// One invitation in a list.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ListedInvitation {
    /// Its id.
    pub id: String,
    /// Key of its survey.
    pub survey: String,
    /// The shop's order number.
    pub order_number: String,
    /// How far it has come.
    pub state: &'static str,
    /// Why it waits or is skipped.
    pub reason: Option<&'static str>,
    /// mail, message or slip: what brings it.
    #[schema(example = "mail")]
    pub carrier: &'static str,
    /// Language of the mail.
    pub language: String,
    /// When the mail is due.
    pub send_at: Option<String>,
    /// When it was sent.
    pub sent_at: Option<String>,
    /// When the first page was posted.
    pub started_at: Option<String>,
    /// When the form was finished.
    pub answered_at: Option<String>,
    /// When the link runs out.
    pub expires_at: Option<String>,
    /// Came by a test key.
    pub test: bool,
}

/// What a list is asked for.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Key of the survey.
    pub survey: Option<String>,
    /// State.
    pub state: Option<InvitationState>,
    /// The shop's order number.
    pub order_number: Option<String>,
    /// Cursor of the page before.
    pub cursor: Option<String>,
    /// How many, 1 to 200.
    pub limit: i64,
}

/// Lists a page.
pub fn list_invitations(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    request: &Request,
) -> Result<InvitationList> {
    let all = surveys::all(connection, scope)?;
    let survey_id = match &request.survey {
        Some(key) => Some(all.iter().find(|one| one.key == *key).ok_or(Error::NotFound("survey"))?.id),
        None => None,
    };
    if request.order_number.as_ref().is_some_and(|number| !is_order_number(number)) {
        return Err(super::invalid("?order_number", "invalid", "is not an order number"));
    }
    let filter = ListFilter {
        survey_id,
        state: request.state,
        order_number: request.order_number.clone(),
        after: request.cursor.as_deref().map(read_cursor).transpose()?,
        limit: request.limit + 1,
    };
    let mut found = invitation_list::list(connection, scope, &filter)?;
    let more = i64::try_from(found.len()).unwrap_or(i64::MAX) > request.limit;
    if more {
        found.pop();
    }
    let next = found.last().filter(|_| more).map(|last| write_cursor(last.invitation.id));
    let survey_key =
        |id: i32| all.iter().find(|one| one.id == id).map_or(String::new(), |one| one.key.clone());
    let invitations =
        found.into_iter().map(|one| shown(&one, survey_key(one.invitation.survey_id))).collect();
    Ok(InvitationList { invitations, next })
}

fn shown(one: &Listed, survey: String) -> ListedInvitation {
    let it = &one.invitation;
    let time = |at: Option<Micros>| at.map(Micros::rfc3339);
    ListedInvitation {
        id: it.id.to_string(),
        survey,
        order_number: one.order_number.clone(),
        state: it.state.word(),
        reason: it.reason.map(Reason::word),
        carrier: it.carrier.word(),
        language: it.language.clone(),
        send_at: time(it.send_at),
        sent_at: time(it.sent_at),
        started_at: time(it.started_at),
        answered_at: time(it.answered_at),
        expires_at: time(it.expires_at),
        test: it.test,
    }
}

fn write_cursor(id: Id) -> String {
    data_encoding::BASE32_NOPAD.encode(id.bytes()).to_lowercase()
}

fn read_cursor(text: &str) -> Result<Id> {
    let bytes = data_encoding::BASE32_NOPAD.decode(text.to_uppercase().as_bytes()).unwrap_or_default();
    Id::from_bytes(&bytes).ok_or_else(|| super::invalid("?cursor", "invalid", "is not a cursor of this list"))
}
