//! The page behind the link "No more questions by mail": it asks, says that it is done, and takes it back.

use super::asking::{Asking, Press};
use super::parts::Organisation;
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

impl<'a> UnsubscribePage<'a> {
    fn asking(&self) -> Asking<'a> {
        let (heading, texts) = match self.state {
            UnsubscribeState::Ask => ("unsubscribe-heading", ("unsubscribe-who", "unsubscribe-what")),
            UnsubscribeState::Done => ("unsubscribed-heading", ("unsubscribed-what", "unsubscribed-late")),
            UnsubscribeState::Undone => ("resubscribed-heading", ("resubscribed-what", "resubscribed-again")),
        };
        let (go, words, hint, quiet) = match self.state {
            UnsubscribeState::Done => ("undo", "unsubscribe-undo", "unsubscribe-undo-hint", true),
            _ => ("unsubscribe", "unsubscribe-now", "unsubscribe-hint", false),
        };
        let has_button = self.state != UnsubscribeState::Undone;
        Asking {
            language: self.language,
            languages: self.languages,
            organisation: self.organisation,
            address: self.address,
            heading,
            texts,
            names: ("organisation", self.organisation.name),
            button: has_button.then_some(Press { go, words, hint, quiet }),
        }
    }
}

impl Renderer {
    /// Shows how things stand with mails to an address.
    ///
    /// Its form posts to the page's own address: `go` is `unsubscribe`, or `undo` once that is done.
    pub fn unsubscribe(&self, page: &UnsubscribePage<'_>) -> Result<String, RenderError> {
        self.fill("asking", &page.asking().view())
    }
}
