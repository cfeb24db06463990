//! A mail that came back, told in JSON by a mail provider's hook.

use serde_json::Value;

use super::bounces::{self, Taken};
use super::once::in_transaction;
use super::pause_sending::replan_after_pause;
use super::{Error, Result, Services};
use crate::domain::order::is_mail_address;
use crate::domain::reader::ObjectReader;
use crate::domain::{Id, Micros};
use crate::mail::returned::{Came, Marks};
use crate::store::{AnyConnection, OrgScope};

/// A report in the words of a mail provider's hook.
pub struct ToldBounce {
    came: Came,
    which: Which,
    at: Option<Micros>,
}

/// The mail it is about.
enum Which {
    MessageId(String),
    Invitation(Id),
    Email(String),
}

impl ToldBounce {
    /// Reads the body; every problem comes back at once.
    pub fn parse(value: &Value) -> Result<Self> {
        let mut reader = ObjectReader::open(value, "");
        let came = |word: &str| match word {
            "hard" => Some(Came::Hard),
            "soft" => Some(Came::Soft),
            "complaint" => Some(Came::Complaint),
            _ => None,
        };
        let came = reader.required_word("kind", came, "hard, soft or complaint");
        let at = reader.instant("at");
        let email = reader.text("email", 254);
        if email.as_ref().is_some_and(|email| !is_mail_address(email)) {
            reader.complain("email", "not_an_address", "is not a mail address");
        }
        let invitation = reader.text("invitation", 36).map(|text| Id::parse(&text).ok_or(()));
        if invitation == Some(Err(())) {
            reader.complain("invitation", "invalid", "is not an id of an invitation");
        }
        let given = [
            reader.text("message_id", 998).map(Which::MessageId),
            invitation.and_then(std::result::Result::ok).map(Which::Invitation),
            email.map(Which::Email),
        ];
        let mut given: Vec<Which> = given.into_iter().flatten().collect();
        if given.len() > 1 || (given.is_empty() && invitation.is_none()) {
            reader.complain("", "missing", "exactly one of message_id, invitation and email is needed");
        }
        let problems = reader.finish();
        match (came, given.pop()) {
            (Some(came), Some(which)) if problems.is_empty() => Ok(Self { came, which, at }),
            _ => Err(Error::Invalid(problems)),
        }
    }

    /// Notes it, and does what follows; `NotFound` when no such mail was sent. A test key changes nothing.
    pub fn take(&self, services: &Services, scope: &OrgScope) -> Result<Taken> {
        if scope.is_test() {
            return Ok(Taken::default());
        }
        let taken = in_transaction(services, |connection| self.take_in(services, connection, scope))?;
        if taken.paused {
            replan_after_pause(services, scope)?;
        }
        Ok(taken)
    }

    fn take_in(
        &self,
        services: &Services,
        connection: &mut AnyConnection,
        scope: &OrgScope,
    ) -> Result<Taken> {
        let about = match &self.which {
            Which::Email(email) => {
                return bounces::take_of_address(services, connection, scope, email, self.came);
            }
            Which::Invitation(id) => bounces::mail_about(connection, scope, *id, None)?,
            Which::MessageId(text) => {
                let id = text.trim().trim_start_matches('<').trim_end_matches('>').to_owned();
                let marks = Marks { message_ids: vec![id], arrived_at: Vec::new() };
                bounces::mail_behind(services, connection, scope, &marks)?
            }
        };
        let about = about.ok_or(Error::NotFound("mail"))?;
        let words = self.at.map_or(String::new(), |at| format!("at {}", at.rfc3339()));
        bounces::take(services, connection, scope, &about, (self.came, &words))
    }
}
