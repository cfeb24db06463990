//! Sections and their questions as the rest of the crate sees them: complete, checked, never changed.
//!
//! Built only by `sections`. Answers that are codes are items of the instrument; a question names which of them are
//! its own. Numbers and texts are words and have no item.

use std::ops::Range;

use super::model::{Instrument, Item, PerLanguage};
use crate::form::Length;
use crate::language::Language;

/// How a question of a section is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QuestionKind {
    /// Yes or no.
    YesNo,
    /// One of several options.
    Single,
    /// Any of several options.
    Multiple,
    /// All options in an order.
    Ranking,
    /// A whole number within these ends.
    Number {
        /// The smallest number that is taken.
        min: u32,
        /// The largest number that is taken.
        max: u32,
    },
    /// A few words on one line.
    ShortText,
    /// Free words on several lines.
    LongText,
}

impl QuestionKind {
    /// The kind's name in files and code books.
    pub fn as_str(self) -> &'static str {
        match self {
            QuestionKind::YesNo => "yes_no",
            QuestionKind::Single => "single",
            QuestionKind::Multiple => "multiple",
            QuestionKind::Ranking => "ranking",
            QuestionKind::Number { .. } => "number",
            QuestionKind::ShortText => "short_text",
            QuestionKind::LongText => "long_text",
        }
    }

    /// Whether its answer is words: it is kept with the free words and has no code.
    pub fn is_words(self) -> bool {
        matches!(self, QuestionKind::Number { .. } | QuestionKind::ShortText | QuestionKind::LongText)
    }

    /// About how long it takes to answer, in seconds.
    pub(crate) fn seconds(self) -> u32 {
        match self {
            QuestionKind::YesNo | QuestionKind::Single => 6,
            QuestionKind::Number { .. } | QuestionKind::Multiple => 10,
            QuestionKind::ShortText => 12,
            QuestionKind::Ranking | QuestionKind::LongText => 20,
        }
    }
}

/// One thing that can be chosen or ranked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Name of the option in its file.
    pub key: String,
    pub(crate) labels: PerLanguage<String>,
}

impl Choice {
    /// The option's words.
    pub fn label(&self, language: Language) -> &str {
        self.labels.text(language)
    }
}

/// One question of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Name of the question, unique in the instrument.
    pub key: String,
    /// How it is answered.
    pub kind: QuestionKind,
    /// Place of its section in [`Instrument::sections`].
    pub section: usize,
    /// Its items, as places in [`Instrument::items`]; none when its answer is words.
    pub items: Range<usize>,
    /// Its options in file order; none for kinds without.
    pub options: Vec<Choice>,
    /// The option that says that none of the others fits, as a place in `options`.
    pub none: Option<usize>,
    pub(crate) lengths: Vec<Length>,
    pub(crate) texts: PerLanguage<String>,
}

impl Question {
    /// The question.
    pub fn text(&self, language: Language) -> &str {
        self.texts.text(language)
    }

    /// Whether it is asked in this length, where its section is shown.
    pub fn asked_in(&self, length: Length) -> bool {
        length.asks(&self.lengths)
    }
}

/// When a section is shown: an item that stands on an earlier page has one of these codes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Condition {
    /// The deciding item, a place in [`Instrument::items`].
    pub item: usize,
    /// The codes with which the section is shown.
    pub codes: Vec<u8>,
}

/// Questions that stand together under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Name of the section in its file.
    pub key: String,
    /// Whether it stands before the blocks; else it stands after them.
    pub opening: bool,
    /// When it is shown; `None`: always.
    pub show_if: Option<Condition>,
    /// Its questions, as places in [`Instrument::questions`].
    pub questions: Range<usize>,
    pub(crate) names: PerLanguage<String>,
}

impl Section {
    /// The heading of its page.
    pub fn name(&self, language: Language) -> &str {
        self.names.text(language)
    }
}

impl Instrument {
    /// The items of a question, in the order of its options.
    pub fn items_of(&self, question: &Question) -> &[Item] {
        self.items().get(question.items.clone()).unwrap_or_default()
    }
}
