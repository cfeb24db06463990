//! The page behind the link in a mailed report: it asks, and says that the report is stopped.
//!
//! Scanners open every link, so looking at the page changes nothing; only its button does.

use serde::Serialize;

use super::parts::{Foot, Head, Organisation, Says, Switch, one_line};
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

/// The same fields as the page that ends questions has: they share their template.
#[derive(Serialize)]
struct StopView {
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

#[derive(Serialize)]
struct Button {
    go: &'static str,
    words: String,
    hint: String,
    quiet: bool,
}

impl ReportStopPage<'_> {
    fn view(&self) -> StopView {
        let says = Says(self.language);
        let name = one_line(self.view);
        let is_open = self.state == ReportStopState::Ask;
        let (heading, what, then) = if is_open {
            ("report-stop-heading", "report-stop-what", "report-stop-then")
        } else {
            ("report-stopped-heading", "report-stopped-what", "report-stopped-again")
        };
        let heading = says.plain(heading);
        let button = || Button {
            go: "unsubscribe",
            words: says.plain("report-stop-now"),
            hint: says.plain("unsubscribe-hint"),
            quiet: false,
        };
        StopView {
            head: Head::new(self.language, says.title(&heading, self.organisation.name))
                .coloured(self.organisation.accent),
            switch: Switch::new(self.language, self.languages),
            foot: Foot::brief(self.language, &self.organisation).without_own_data(),
            heading,
            what: says.markup(what, &[("view", name.as_str().into())]),
            then: says.plain(then),
            address_words: says.plain("unsubscribe-address"),
            address: one_line(self.address),
            button: is_open.then(button),
        }
    }
}

impl Renderer {
    /// Shows the page that stops the mails; its form posts `go=unsubscribe` to the page's own address.
    pub fn report_stop(&self, page: &ReportStopPage<'_>) -> Result<String, RenderError> {
        self.fill("unsubscribe", &page.view())
    }
}
