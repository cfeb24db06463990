//! The mails that invite a customer to answer, and remind them of it.

use serde::Serialize;

use super::parts::{Contact, Organisation, Privacy, Says, one_line};
use super::{RenderError, Renderer};
use crate::accent::Accent;
use crate::instrument::Item;
use crate::language::Language;
use crate::own_words::paragraphs;

/// Which of the mails about an order this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Occasion {
    /// The first one.
    #[default]
    First,
    /// A reminder after which another one may follow.
    Reminder,
    /// The reminder after which none follows; it says so.
    LastReminder,
}

/// Everything that an invitation by mail says.
#[derive(Debug, Clone, Copy)]
pub struct InvitationMail<'a> {
    /// The language of the mail.
    pub language: Language,
    /// Which of the mails about the order it is.
    pub occasion: Occasion,
    /// Who asks.
    pub organisation: Organisation<'a>,
    /// About which order.
    pub order_number: &'a str,
    /// The customer's own link to the form.
    pub link: &'a str,
    /// The customer's own link to what is kept about them.
    pub own_data_link: &'a str,
    /// The customer's own link to the page on which one press ends such mails.
    pub unsubscribe_link: &'a str,
    /// Under how many minutes the form takes.
    pub minutes: u32,
    /// The first question, when the mail shows it; its answers are links that only mark one on the page.
    pub first: Option<&'a Item>,
    /// The organisation's goodbye in its own words; empty for none.
    pub closing_words: &'a str,
    /// The shop, branch or desk that these words may name.
    pub place: Option<&'a str>,
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
    /// The side on which lines begin; Outlook knows only left and right.
    start: &'static str,
    subject: String,
    preview: String,
    organisation: String,
    greeting: String,
    opening: String,
    opening_markup: String,
    ask: String,
    time: String,
    first: Option<First>,
    button: String,
    link: &'a str,
    address: String,
    personal: String,
    closing: Vec<String>,
    goodbye: String,
    why: String,
    unsubscribe: String,
    unsubscribe_link: &'a str,
    object: String,
    contact: Contact,
    own_data: String,
    own_data_link: &'a str,
    privacy: Option<Privacy>,
    accent: String,
    on_accent: String,
    dark_accent: String,
}

/// The texts of an occasion by their keys.
struct Keys {
    subject: &'static str,
    preview: &'static str,
    opening: &'static str,
    ask: &'static str,
}

impl Occasion {
    fn keys(self) -> Keys {
        match self {
            Occasion::First => Keys {
                subject: "mail-subject",
                preview: "mail-preview",
                opening: "mail-thanks",
                ask: "mail-ask",
            },
            Occasion::Reminder => Keys {
                subject: "mail-subject-reminder",
                preview: "mail-preview-reminder",
                opening: "mail-opening-reminder",
                ask: "mail-ask",
            },
            Occasion::LastReminder => Keys {
                subject: "mail-subject-last",
                preview: "mail-preview-last",
                opening: "mail-opening-last",
                ask: "mail-ask-last",
            },
        }
    }
}

/// The first question as a mail shows it.
#[derive(Serialize)]
struct First {
    words: String,
    question: String,
    choices: Vec<Choice>,
}

#[derive(Serialize)]
struct Choice {
    words: String,
    link: String,
}

impl First {
    fn new(mail: &InvitationMail<'_>, item: &Item) -> Self {
        let codes = item.scale.min..=item.scale.max;
        let choice = |(code, words): (u8, &String)| Choice {
            words: words.clone(),
            link: format!("{}?q1={code}", mail.link),
        };
        First {
            words: Says(mail.language).plain("mail-first"),
            question: item.text(mail.language).to_owned(),
            choices: codes.zip(item.labels(mail.language)).map(choice).collect(),
        }
    }
}

impl Renderer {
    /// Writes an invitation, or a reminder of it.
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
        let facts = self.organisation.facts(Some(&number), self.place);
        let accent = self.organisation.accent.unwrap_or(Accent::OWN);
        let keys = self.occasion.keys();
        View {
            lang: self.language.tag(),
            dir: self.language.direction(),
            start: if self.language.is_right_to_left() { "right" } else { "left" },
            subject: says.with(keys.subject, &order),
            preview: says.with(keys.preview, &minutes),
            organisation: one_line(self.organisation.name),
            greeting: says.plain("mail-greeting"),
            opening: says.with(keys.opening, &order),
            opening_markup: says.markup(keys.opening, &order),
            ask: says.plain(keys.ask),
            time: says.with("mail-time", &minutes),
            first: self.first.map(|item| First::new(self, item)),
            button: says.plain("mail-button"),
            link: self.link,
            address: says.plain("mail-address"),
            personal: says.plain("mail-personal"),
            closing: paragraphs(self.closing_words, self.language, &facts),
            goodbye: says.plain("mail-goodbye"),
            why: says.plain("mail-why"),
            unsubscribe: says.plain("mail-unsubscribe"),
            unsubscribe_link: self.unsubscribe_link,
            object: says.plain("mail-object"),
            contact: Contact::new(self.organisation.contact_email),
            own_data: says.plain("own-data-link"),
            own_data_link: self.own_data_link,
            privacy: Privacy::new(self.language, "mail-privacy", self.organisation.privacy_url),
            accent: accent.to_string(),
            on_accent: accent.words(),
            dark_accent: accent.in_dark(),
        }
    }
}
