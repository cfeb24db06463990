//! The page behind the link "No more questions by mail": it asks, says that it is done, and takes it back.
//!
//! Mail scanners open every link, so looking at the page changes nothing; only its button does. The address is shown
//! as far as its owner recognises it, and no further: whoever a mail was passed on to learns nothing new.

use serde::Serialize;

use super::parts::{Foot, Head, Organisation, Says, Switch, one_line};
use super::{RenderError, Renderer};
use crate::language::Language;

/// How things stand with an address, as the page says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnsubscribeState {
    /// It gets mails; a button ends that.
    Ask,
    /// It gets none any more, now or since earlier; a button takes that back.
    Done,
    /// It was taken back just now.
    Undone,
}

/// Everything that the page shows.
#[derive(Debug, Clone, Copy)]
pub struct UnsubscribePage<'a> {
    /// The language of the page.
    pub language: Language,
    /// All languages that the customer may choose; the switch is a GET with `language=<tag>`.
    pub languages: &'a [Language],
    /// Who asks, and stops asking.
    pub organisation: Organisation<'a>,
    /// The address that is meant, masked by the caller, such as `a…@e….org`.
    pub address: &'a str,
    /// How things stand.
    pub state: UnsubscribeState,
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
    what: String,
    then: String,
    address_words: String,
    address: String,
    button: Option<Button>,
}

/// The one button of a page.
#[derive(Serialize)]
struct Button {
    go: &'static str,
    words: String,
    hint: String,
    quiet: bool,
}

impl Renderer {
    /// Shows how things stand with mails to an address.
    ///
    /// Its form posts to the page's own address: `go` is `unsubscribe`, or `undo` once that is done.
    pub fn unsubscribe(&self, page: &UnsubscribePage<'_>) -> Result<String, RenderError> {
        self.fill("unsubscribe", &page.view())
    }
}

impl UnsubscribePage<'_> {
    fn view(&self) -> View {
        let says = Says(self.language);
        let name = one_line(self.organisation.name);
        let shop = [("organisation", name.as_str().into())];
        let (heading, what, then) = match self.state {
            UnsubscribeState::Ask => ("unsubscribe-heading", "unsubscribe-who", "unsubscribe-what"),
            UnsubscribeState::Done => ("unsubscribed-heading", "unsubscribed-what", "unsubscribed-late"),
            UnsubscribeState::Undone => ("resubscribed-heading", "resubscribed-what", "resubscribed-again"),
        };
        let heading = says.plain(heading);
        View {
            head: Head::new(self.language, says.title(&heading, self.organisation.name))
                .coloured(self.organisation.accent),
            switch: Switch::new(self.language, self.languages),
            foot: Foot::brief(self.language, &self.organisation).without_own_data(),
            heading,
            what: says.markup(what, &shop),
            then: says.markup(then, &shop),
            address_words: says.plain("unsubscribe-address"),
            address: one_line(self.address),
            button: self.button(),
        }
    }

    fn button(&self) -> Option<Button> {
        let says = Says(self.language);
        let (go, words, hint, quiet) = match self.state {
            UnsubscribeState::Ask => ("unsubscribe", "unsubscribe-now", "unsubscribe-hint", false),
            UnsubscribeState::Done => ("undo", "unsubscribe-undo", "unsubscribe-undo-hint", true),
            UnsubscribeState::Undone => return None,
        };
        Some(Button { go, words: says.plain(words), hint: says.plain(hint), quiet })
    }
}
