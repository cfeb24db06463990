//! What is kept about a customer, shown to that customer, with a button that deletes it.

use serde::Serialize;

use super::parts::{Foot, Head, Organisation, Says, Switch, one_line};
use super::thanks::{Given, given};
use super::{RenderError, Renderer};
use crate::answer::AnswerSheet;
use crate::form::Length;
use crate::instrument::Instrument;
use crate::language::Language;

/// Everything that the page of a customer's own data shows.
#[derive(Debug, Clone)]
pub struct OwnData<'a> {
    /// The questionnaire.
    pub instrument: &'a Instrument,
    /// Which of its forms was planned.
    pub form: u8,
    /// How much of it.
    pub length: Length,
    /// The language of the page.
    pub language: Language,
    /// All languages that the customer may choose; the switch is a GET with `language=<tag>`.
    pub languages: &'a [Language],
    /// Who keeps the data.
    pub organisation: Organisation<'a>,
    /// About which order.
    pub order_number: &'a str,
    /// The mail address, when one is kept.
    pub email: Option<&'a str>,
    /// When the invitation was sent, in words of the page's language.
    pub sent_on: Option<&'a str>,
    /// When the answers came, in words of the page's language.
    pub answered_on: Option<&'a str>,
    /// The answers, when there are any.
    pub sheet: Option<&'a AnswerSheet>,
    /// The free words.
    pub comment: Option<&'a str>,
    /// The address of the same data as a file, relative to this page.
    pub download_href: &'a str,
}

#[derive(Serialize)]
struct View {
    #[serde(flatten)]
    head: Head,
    #[serde(flatten)]
    switch: Switch,
    #[serde(flatten)]
    foot: Foot,
    heading: String,
    text: String,
    facts: Vec<Given>,
    answers_heading: String,
    answers: Vec<Given>,
    download: String,
    download_href: String,
    erase_heading: String,
    erase_text: String,
    erase_button: String,
}

impl Renderer {
    /// Shows what is kept about a customer; deleting posts `go=erase` to the page's own address.
    pub fn own_data(&self, page: &OwnData<'_>) -> Result<String, RenderError> {
        let says = Says(page.language);
        let heading = says.plain("own-heading");
        let asked = page.instrument.asked(page.form, page.length);
        let answers = page.sheet.map(|sheet| given(page.instrument, page.language, &asked, sheet));
        let view = View {
            head: Head::new(page.language, format!("{heading} – {}", one_line(page.organisation.name))),
            switch: Switch::new(page.language, page.languages),
            foot: Foot::new(page.language, &page.organisation),
            heading,
            text: says.plain("own-text"),
            facts: facts(page),
            answers_heading: says.plain("thanks-answers"),
            answers: answers.unwrap_or_default(),
            download: says.plain("own-download"),
            download_href: page.download_href.to_owned(),
            erase_heading: says.plain("own-erase-heading"),
            erase_text: says.plain("own-erase-text"),
            erase_button: says.plain("own-erase-button"),
        };
        self.fill("own", &view)
    }
}

fn facts(page: &OwnData<'_>) -> Vec<Given> {
    let says = Says(page.language);
    let not_yet = says.plain("own-not-yet");
    let fact =
        |key: &str, value: &str| Given { question: says.plain(key), answer: value.to_owned(), open: false };
    let mut facts = vec![fact("own-order", page.order_number)];
    facts.extend(page.email.map(|email| fact("own-email", email)));
    facts.push(fact("own-language", page.language.endonym()));
    facts.push(fact("own-sent", page.sent_on.unwrap_or(&not_yet)));
    facts.push(fact("own-answered", page.answered_on.unwrap_or(&not_yet)));
    facts.extend(page.comment.map(|comment| fact("own-comment", comment)));
    facts
}
