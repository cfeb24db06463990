//! The mail that invites a customer to answer.

use serde::Serialize;

use super::parts::{Contact, Organisation, Privacy, Says, one_line};
use super::{RenderError, Renderer};
use crate::language::Language;

/// Everything that an invitation by mail says.
#[derive(Debug, Clone, Copy)]
pub struct InvitationMail<'a> {
    /// The language of the mail.
    pub language: Language,
    /// Who asks.
    pub organisation: Organisation<'a>,
    /// About which order.
    pub order_number: &'a str,
    /// The customer's own link to the form.
    pub link: &'a str,
    /// Under how many minutes the form takes.
    pub minutes: u32,
}

/// A mail in its parts; the service puts them into one message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailParts {
    /// The subject, on one line.
    pub subject: String,
    /// The plain part.
    pub text: String,
    /// The HTML part.
    pub html: String,
}

#[derive(Serialize)]
struct View<'a> {
    lang: &'static str,
    dir: &'static str,
    subject: String,
    preview: String,
    organisation: String,
    greeting: String,
    thanks: String,
    thanks_markup: String,
    ask: String,
    time: String,
    button: String,
    link: &'a str,
    address: String,
    personal: String,
    goodbye: String,
    why: String,
    object: String,
    contact: Contact,
    privacy: Option<Privacy>,
}

impl Renderer {
    /// Writes an invitation.
    pub fn mail(&self, mail: &InvitationMail<'_>) -> Result<MailParts, RenderError> {
        let view = mail.view();
        let text = self.fill("invitation.txt", &view)?;
        let html = self.fill("invitation.html", &view)?;
        Ok(MailParts { subject: view.subject, text, html })
    }
}

impl<'a> InvitationMail<'a> {
    fn view(&self) -> View<'a> {
        let says = Says(self.language);
        let number = one_line(self.order_number);
        let order = [("order", number.as_str().into())];
        let minutes = [("minutes", self.minutes.max(1).into())];
        View {
            lang: self.language.tag(),
            dir: self.language.direction(),
            subject: says.with("mail-subject", &order),
            preview: says.with("mail-preview", &minutes),
            organisation: one_line(self.organisation.name),
            greeting: says.plain("mail-greeting"),
            thanks: says.with("mail-thanks", &order),
            thanks_markup: says.markup("mail-thanks", &order),
            ask: says.plain("mail-ask"),
            time: says.with("mail-time", &minutes),
            button: says.plain("mail-button"),
            link: self.link,
            address: says.plain("mail-address"),
            personal: says.plain("mail-personal"),
            goodbye: says.plain("mail-goodbye"),
            why: says.plain("mail-why"),
            object: says.plain("mail-object"),
            contact: Contact::new(self.organisation.contact_email),
            privacy: Privacy::new(self.language, "mail-privacy", self.organisation.privacy_url),
        }
    }
}
