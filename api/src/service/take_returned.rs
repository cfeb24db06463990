//! Takes in a message that came back: which mail it is about, what follows, or why it changes nothing.

use super::bounces::{self, Taken};
use super::once::in_transaction;
use super::pause_sending::replan_after_pause;
use super::unsubscribe::end_by_mail;
use super::{Result, Services};
use crate::mail::returned::{self, Came, Marks, Returned};
use crate::store::authority::Opened;
use crate::store::{AnyConnection, OrgScope};

/// What a message came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Message {
    /// A report of a mail of ours.
    Report(Came, Taken),
    /// A customer wants no more mails.
    Unsubscribed,
    /// A report, and nothing in it proves that it is about a mail of ours.
    NotOurs,
    /// No report; what it is.
    Other(&'static str),
    /// It cannot be read as a mail.
    Unreadable,
}

/// Takes one message in, for whichever of these organisations it is about.
pub fn take_message(services: &Services, scopes: &[OrgScope], raw: &[u8]) -> Result<Message> {
    let report = match returned::read(raw) {
        None => return Ok(Message::Unreadable),
        Some(Returned::Other(words)) => return Ok(Message::Other(words)),
        Some(Returned::Unsubscribe(marks)) => return unsubscribed(services, scopes, marks),
        Some(Returned::Report(report)) => report,
    };
    for scope in scopes {
        let taken = in_transaction(services, |connection| {
            let Some(about) = bounces::mail_behind(services, connection, scope, &report.marks)? else {
                return Ok(None);
            };
            bounces::take(services, connection, scope, &about, (report.came, &report.status)).map(Some)
        })?;
        if let Some(taken) = taken {
            if taken.paused {
                replan_after_pause(services, scope)?;
            }
            return Ok(Message::Report(report.came, taken));
        }
    }
    Ok(Message::NotOurs)
}

/// Only the address that stands in our own mail is believed: anybody may write to any other.
fn unsubscribed(services: &Services, scopes: &[OrgScope], marks: Marks) -> Result<Message> {
    let marks = Marks { message_ids: Vec::new(), ..marks };
    let end = |connection: &mut AnyConnection, scope: &OrgScope| {
        let Some(about) = bounces::mail_behind(services, connection, scope, &marks)? else {
            return Ok(false);
        };
        let opened = Opened::by_job(connection, scope, about.into_invitation())?;
        end_by_mail(services, connection, opened)?;
        Ok(true)
    };
    for scope in scopes {
        if in_transaction(services, |connection| end(connection, scope))? {
            return Ok(Message::Unsubscribed);
        }
    }
    Ok(Message::Other("a message to no mail of ours"))
}
