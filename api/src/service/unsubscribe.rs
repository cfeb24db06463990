//! The end of mails, by the link that stands in each of them; and the way back.
//!
//! The link is one of its own purpose ([`Purpose::Unsubscribe`]). Looking at it changes nothing, since scanners open
//! every link. What remains is a keyed hash of the address: it outlives the customer's erasure.

use survey_forms::language::Language;
use survey_forms::render::{UnsubscribePage, UnsubscribeState};

use super::coloured_page::Html;
use super::form_session::organisation_words;
use super::links::Purpose;
use super::once::{in_read, in_transaction};
use super::open_form::{Shown, unknown};
use super::plan_facts::{address_hash, test_address_hash};
use super::suppress::{put_on_list, replan_customer};
use super::{Error, Result, Services, delivery_log};
use crate::domain::carriers::phone_number;
use crate::domain::{Carrier, Id, NoteEvent, Occasion, SuppressionCause};
use crate::store::authority::{self, Opened};
use crate::store::{AnyConnection, OrgScope, customers, organisations, suppressions};

/// What is done with mails to the address behind a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Nothing: the page is looked at.
    Look,
    /// No more mails.
    End,
    /// Mails again.
    Undo,
}

/// What the customer gets.
#[derive(Debug)]
pub enum Told {
    /// How things stand.
    Page(Html),
    /// The link opens nothing; the page is the one of all such links.
    Unknown(Html),
}

/// Shows how things stand, after doing what is wished; doing it again changes nothing.
pub fn unsubscribe(services: &Services, token: &str, wish: Wish, language: Option<Language>) -> Result<Told> {
    let done = |connection: &mut AnyConnection| {
        let Some(behind) = Behind::link(services, connection, token)? else { return Ok(None) };
        let state = match wish {
            Wish::Look => behind.state(connection)?,
            Wish::End => behind.end(services, connection)?,
            Wish::Undo => behind.undo(services, connection)?,
        };
        let organisation = organisations::get(connection, behind.scope())?;
        Ok(Some((behind, state, organisation)))
    };
    let found = match wish {
        Wish::Look => in_read(services, done)?,
        Wish::End | Wish::Undo => in_transaction(services, done)?,
    };
    let Some((behind, state, organisation)) = found else { return nothing(services) };
    let own = Language::parse(&behind.opened.invitation.language).unwrap_or(Language::ENGLISH);
    let page = UnsubscribePage {
        language: language.unwrap_or(own),
        languages: &Language::ALL,
        organisation: organisation_words(&organisation),
        address: &masked(&behind.email),
        state,
    };
    let page = services.renderer.unsubscribe(&page).map_err(|error| Error::Broken(error.to_string()))?;
    Ok(Told::Page(Html::of(&organisation, page)))
}

/// Ends mails to the customer of an invitation without a page, as a mail that asks for it does.
pub fn end_by_mail(services: &Services, connection: &mut AnyConnection, opened: Opened) -> Result<()> {
    if let Some(behind) = Behind::of(services, connection, opened)? {
        behind.end(services, connection)?;
    }
    Ok(())
}

/// The address behind a link.
struct Behind {
    opened: Opened,
    email: String,
    hash: Vec<u8>,
}

impl Behind {
    fn link(services: &Services, connection: &mut AnyConnection, token: &str) -> Result<Option<Self>> {
        let secret_of = |key_id: &str, id: Id| services.links.secret(key_id, Purpose::Unsubscribe, id);
        match authority::by_named_link(connection, token, secret_of)? {
            Some(opened) => Self::of(services, connection, opened),
            None => Ok(None),
        }
    }

    /// None without an address: nobody was mailed.
    fn of(services: &Services, connection: &mut AnyConnection, opened: Opened) -> Result<Option<Self>> {
        let customer = customers::get(connection, &opened.scope, opened.invitation.customer_id)?;
        let address = match opened.invitation.carrier {
            Carrier::Message => phone_number(&customer.phone),
            _ => Some(customer.email).filter(|email| !email.is_empty()),
        };
        let Some(email) = address else { return Ok(None) };
        let of_address = if opened.invitation.test { test_address_hash } else { address_hash };
        let hash = of_address(services, &email);
        Ok(Some(Self { opened, email, hash }))
    }

    const fn scope(&self) -> &OrgScope {
        &self.opened.scope
    }

    fn state(&self, connection: &mut AnyConnection) -> Result<UnsubscribeState> {
        let found = suppressions::find(connection, self.scope(), &self.hash)?;
        // An address whose mails came back can still say that it wants none.
        let is_done = found.is_some_and(|one| one.cause != SuppressionCause::Bounced);
        Ok(if is_done { UnsubscribeState::Done } else { UnsubscribeState::Ask })
    }

    fn end(&self, services: &Services, connection: &mut AnyConnection) -> Result<UnsubscribeState> {
        let hash = self.hash.clone();
        if put_on_list(services, connection, self.scope(), hash, SuppressionCause::Unsubscribed)? {
            self.changed(services, connection, NoteEvent::Unsubscribed)?;
        }
        Ok(UnsubscribeState::Done)
    }

    /// Whoever reads the mails has the last word, whatever had ended them.
    fn undo(&self, services: &Services, connection: &mut AnyConnection) -> Result<UnsubscribeState> {
        if suppressions::remove(connection, self.scope(), &self.hash)? {
            self.changed(services, connection, NoteEvent::Resubscribed)?;
        }
        Ok(UnsubscribeState::Undone)
    }

    fn changed(&self, services: &Services, connection: &mut AnyConnection, event: NoteEvent) -> Result<()> {
        let about = (self.opened.invitation.id, Occasion::First);
        delivery_log::happened(services, connection, self.scope(), about, (event, None), "")?;
        replan_customer(services, connection, self.scope(), self.opened.invitation.customer_id)
    }
}

/// An address as far as its owner recognises it: `a…@e….org`.
pub(super) fn masked(email: &str) -> String {
    let first = |text: &str| text.chars().next().map_or(String::new(), |c| format!("{c}…"));
    let email = email.to_lowercase();
    if let Some(digits) = email.strip_prefix('+') {
        let last: String = digits.chars().skip(digits.chars().count().saturating_sub(2)).collect();
        return format!("+…{last}");
    }
    let Some((local, domain)) = email.rsplit_once('@') else { return first(&email) };
    match domain.rsplit_once('.') {
        Some((name, end)) => format!("{}@{}.{end}", first(local), first(name)),
        None => format!("{}@{}", first(local), first(domain)),
    }
}

pub(super) fn nothing(services: &Services) -> Result<Told> {
    match unknown(services)? {
        Shown::Unknown(page) => Ok(Told::Unknown(page)),
        other => Err(Error::Broken(format!("a dead link shows {other:?}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_to_its_owner_and_to_nobody_else() {
        assert_eq!(masked("Aino@Mail.example.org"), "a…@m….org");
        assert_eq!(masked("ä@localhost"), "ä…@l…");
        assert_eq!(masked("nonsense"), "n…");
    }
}
