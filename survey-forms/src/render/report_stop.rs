//! The page behind the link in a mailed report: it asks, and says that the report is stopped.

use super::asking::{Asking, Press};
use super::parts::Organisation;
use super::{RenderError, Renderer};
use crate::language::Language;

/// Everything that the page shows which stops the mails.
#[derive(Debug, Clone, Copy)]
pub struct ReportStopPage<'a> {
    /// The language of the page.
    pub language: Language,
    /// All languages that the reader may choose; the switch is a GET with `language=<tag>`.
    pub languages: &'a [Language],
    /// Whose customers answered.
    pub organisation: Organisation<'a>,
    /// The name of the view; empty when it is gone.
    pub view: &'a str,
    /// The reader's address, masked by the caller, such as `a…@e….org`.
    pub address: &'a str,
    /// Whether they are stopped already.
    pub state: ReportStopState,
}

/// How things stand with the mails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReportStopState {
    /// They come; a button ends that.
    Ask,
    /// They come no more.
    Done,
}

impl<'a> ReportStopPage<'a> {
    fn asking(&self) -> Asking<'a> {
        let stop =
            Press { go: "unsubscribe", words: "report-stop-now", hint: "unsubscribe-hint", quiet: false };
        let (heading, texts, button) = match self.state {
            ReportStopState::Ask => {
                ("report-stop-heading", ("report-stop-what", "report-stop-then"), Some(stop))
            }
            ReportStopState::Done => {
                ("report-stopped-heading", ("report-stopped-what", "report-stopped-again"), None)
            }
        };
        Asking {
            language: self.language,
            languages: self.languages,
            organisation: self.organisation,
            address: self.address,
            heading,
            texts,
            names: ("view", self.view),
            button,
        }
    }
}

impl Renderer {
    /// Shows the page that stops the mails; its form posts `go=unsubscribe` to the page's own address.
    pub fn report_stop(&self, page: &ReportStopPage<'_>) -> Result<String, RenderError> {
        self.fill("asking", &page.asking().view())
    }
}
