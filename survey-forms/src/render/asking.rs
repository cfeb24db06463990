//! Pages behind a link in a mail that ask first: looking at one changes nothing, only its button does.
//!
//! Scanners open every link, so the page asks and its form posts to the page's own address. The address that is meant is
//! shown as far as its owner recognises it, and no further: whoever a mail was passed on to learns nothing new.

use serde::Serialize;

use super::parts::{Foot, Head, Organisation, Says, Switch, one_line};
use crate::language::Language;

/// What such a page says; keys are those of the catalogue, with what they name.
pub(super) struct Asking<'a> {
    pub(super) language: Language,
    pub(super) languages: &'a [Language],
    pub(super) organisation: Organisation<'a>,
    /// Masked by the caller, such as `a…@e….org`.
    pub(super) address: &'a str,
    /// The key of the heading.
    pub(super) heading: &'a str,
    /// The keys of what is asked or was done, and of what follows from it.
    pub(super) texts: (&'a str, &'a str),
    /// What both name: the name of the place, and what stands there.
    pub(super) names: (&'static str, &'a str),
    /// What the button does; none where nothing is left to do.
    pub(super) button: Option<Press>,
}

/// A button: what it posts as `go`, the keys of its words and of the hint above it.
pub(super) struct Press {
    pub(super) go: &'static str,
    pub(super) words: &'static str,
    pub(super) hint: &'static str,
    /// Whether it takes something back, and is not what people came for.
    pub(super) quiet: bool,
}

/// What the template is filled with.
#[derive(Serialize)]
pub(super) struct AskingView {
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

impl Asking<'_> {
    pub(super) fn view(&self) -> AskingView {
        let says = Says(self.language);
        let (place, name) = (self.names.0, one_line(self.names.1));
        let names = [(place, name.as_str().into())];
        let heading = says.plain(self.heading);
        let button = |press: &Press| Button {
            go: press.go,
            words: says.plain(press.words),
            hint: says.plain(press.hint),
            quiet: press.quiet,
        };
        AskingView {
            head: Head::new(self.language, says.title(&heading, self.organisation.name))
                .coloured(self.organisation.accent),
            switch: Switch::new(self.language, self.languages),
            foot: Foot::brief(self.language, &self.organisation).without_own_data(),
            heading,
            what: says.markup(self.texts.0, &names),
            then: says.markup(self.texts.1, &names),
            address_words: says.plain("unsubscribe-address"),
            address: one_line(self.address),
            button: self.button.as_ref().map(button),
        }
    }
}
