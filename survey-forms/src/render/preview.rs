//! The banner above pages that are only looked at: that nothing is kept, and ways to the other pages.

use serde::Serialize;

use super::parts::Says;
use crate::language::Language;

/// What the banner offers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Preview {
    /// Its rows, in order.
    pub choices: Vec<Choice>,
    /// Whether the rows are unfolded.
    pub unfolded: bool,
}

/// One row of the banner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is chosen.
    pub of: ChoiceOf,
    /// All that can be chosen, in order.
    pub options: Vec<ChoiceOption>,
}

/// What a row of the banner chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChoiceOf {
    /// The language.
    Language,
    /// How much is asked.
    Length,
    /// How it is spread over pages.
    Paging,
    /// Which of the forms.
    Form,
    /// How its customer was in touch, which decides whether a module is asked.
    Module,
    /// Which page.
    Page,
}

/// One thing that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoiceOption {
    /// What it is called.
    pub shows: Shows,
    /// Where it is shown; none for the present one.
    pub href: Option<String>,
}

/// The words of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shows {
    /// A number, or the name of a setting as commands and files have it.
    Name(String),
    /// A language, by its own name.
    Language(Language),
    /// The page after the last one.
    Thanks,
}

#[derive(Serialize)]
pub(super) struct Banner {
    note: String,
    rows: Vec<Row>,
    unfolded: bool,
}

#[derive(Serialize)]
struct Row {
    name: String,
    options: Vec<View>,
}

#[derive(Serialize)]
struct View {
    words: String,
    href: Option<String>,
    lang: Option<&'static str>,
}

impl Banner {
    pub(super) fn new(language: Language, preview: &Preview) -> Self {
        let says = Says(language);
        let row = |choice: &Choice| Row {
            name: says.plain(choice.of.key()),
            options: choice.options.iter().map(|option| View::new(says, option)).collect(),
        };
        Self {
            note: says.plain("preview-note"),
            rows: preview.choices.iter().map(row).collect(),
            unfolded: preview.unfolded,
        }
    }
}

impl ChoiceOf {
    fn key(self) -> &'static str {
        match self {
            Self::Language => "language-switch",
            Self::Length => "preview-length",
            Self::Paging => "preview-paging",
            Self::Form => "preview-form",
            Self::Module => "preview-module",
            Self::Page => "preview-page",
        }
    }
}

impl View {
    fn new(says: Says, option: &ChoiceOption) -> Self {
        let (words, lang) = match &option.shows {
            Shows::Name(name) => (name.clone(), None),
            Shows::Language(language) => (language.endonym().to_owned(), Some(language.tag())),
            Shows::Thanks => (says.plain("thanks-heading"), None),
        };
        Self { words, href: option.href.clone(), lang }
    }
}
