//! The parts of an instrument version as the rest of the crate sees them: complete, checked, never changed.
//!
//! Built only by `parse`; nothing here reads files.

use std::ops::Range;
use std::sync::Arc;

use super::kinds::{Design, EmptyKind, Facet, OutcomeRole, Wording};
use crate::form::Length;
use crate::language::Language;

/// One text in each language of an instrument, its main language first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PerLanguage<T>(pub(crate) Vec<(Language, T)>);

impl<T> PerLanguage<T> {
    /// The text in this language, else in the main language.
    pub(crate) fn get(&self, language: Language) -> Option<&T> {
        let wanted = self.0.iter().find(|(found, _)| *found == language);
        wanted.or_else(|| self.0.first()).map(|(_, text)| text)
    }
}

impl PerLanguage<String> {
    pub(crate) fn text(&self, language: Language) -> &str {
        self.get(language).map_or("", String::as_str)
    }
}

/// A row of answer codes with a label on every point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    /// Name of the scale in its file.
    pub key: String,
    /// Lowest code.
    pub min: u8,
    /// Highest code; at most 10, and at most eleven points.
    pub max: u8,
    pub(crate) labels: PerLanguage<Vec<String>>,
}

impl Scale {
    /// How many points the scale has.
    pub fn points(&self) -> u8 {
        self.max.saturating_sub(self.min).saturating_add(1)
    }

    /// The labels from the lowest code to the highest.
    pub(crate) fn labels(&self, language: Language) -> &[String] {
        self.labels.get(language).map_or(&[], Vec::as_slice)
    }

    /// The label of one code.
    pub(crate) fn label(&self, language: Language, code: u8) -> Option<&str> {
        let place = usize::from(code.checked_sub(self.min)?);
        self.labels(language).get(place).map(String::as_str)
    }
}

/// The choice set apart beside a scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EmptyChoice {
    /// Name of the choice in its file.
    pub key: String,
    /// What choosing it means.
    pub kind: EmptyKind,
    pub(crate) labels: PerLanguage<String>,
}

/// One question with its scale, in packed order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Name of the item, unique in the instrument, and of its field on the page.
    pub key: String,
    /// Place of its block in [`Instrument::blocks`]; `None` for an outcome.
    pub block: Option<usize>,
    /// What it measures when it is an outcome.
    pub role: Option<OutcomeRole>,
    /// Its answer codes.
    pub scale: Arc<Scale>,
    /// Whether it stands for its block in the quick length.
    pub marker: bool,
    /// Whether a high code means low quality.
    pub reversed: bool,
    /// What its set-apart choice means.
    pub empty: EmptyKind,
    pub(crate) lengths: Vec<Length>,
    pub(crate) empty_choice: Arc<EmptyChoice>,
    pub(crate) texts: PerLanguage<String>,
}

impl Item {
    /// The question.
    pub fn text(&self, language: Language) -> &str {
        self.texts.text(language)
    }

    /// The labels of its scale, from the lowest code to the highest.
    pub fn labels(&self, language: Language) -> &[String] {
        self.scale.labels(language)
    }

    /// The words of its set-apart choice.
    pub(crate) fn empty_label(&self, language: Language) -> &str {
        self.empty_choice.labels.text(language)
    }

    /// Whether it is asked in this length, on a form that has its block.
    pub fn asked_in(&self, length: Length) -> bool {
        self.lengths.contains(&length)
    }
}

/// Items that are asked together, on one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Name of the block; for the facet experience, of the dimension.
    pub key: String,
    /// What kind of judgement it asks for.
    pub facet: Facet,
    /// Its items, as places in [`Instrument::items`].
    pub items: Range<usize>,
    pub(crate) names: PerLanguage<String>,
    pub(crate) dimensions: PerLanguage<String>,
}

impl Block {
    /// The heading of its page.
    pub fn name(&self, language: Language) -> &str {
        self.names.text(language)
    }

    /// Its name in reports.
    pub fn dimension_name(&self, language: Language) -> &str {
        self.dimensions.text(language)
    }
}

/// The question for free words; its answer is not packed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Comment {
    /// Name of the question in its file.
    pub key: String,
    pub(crate) lengths: Vec<Length>,
    pub(crate) texts: PerLanguage<String>,
}

/// A questionnaire version: parsed, valid, and frozen.
///
/// ```
/// use survey_forms::instrument::{Instrument, shipped_source};
/// use survey_forms::language::Language;
///
/// let source = shipped_source("perceived-quality").ok_or("not shipped")?;
/// let instrument = Instrument::parse(source)?;
/// assert_eq!(instrument.blocks().len(), 13);
/// assert!(!instrument.name(Language::FINNISH).is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instrument {
    pub(crate) key: String,
    pub(crate) version: u32,
    pub(crate) design: Design,
    pub(crate) wording: Vec<(Language, Wording)>,
    pub(crate) languages: Vec<Language>,
    pub(crate) names: PerLanguage<String>,
    pub(crate) scales: Vec<Arc<Scale>>,
    pub(crate) empties: Vec<Arc<EmptyChoice>>,
    pub(crate) blocks: Vec<Block>,
    pub(crate) items: Vec<Item>,
    pub(crate) comment: Option<Comment>,
}

impl Instrument {
    /// Its name in files, commands and addresses.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Its version, counted from 1.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// How its blocks are spread over forms.
    pub(crate) fn design(&self) -> Design {
        self.design
    }

    /// Its languages, in the order of [`Language::ALL`].
    pub fn languages(&self) -> &[Language] {
        &self.languages
    }

    /// How far the wording of a language has come; `None` when it has none in that language.
    pub fn wording(&self, language: Language) -> Option<Wording> {
        self.wording.iter().find(|(found, _)| *found == language).map(|(_, state)| *state)
    }

    /// The name of the questionnaire, as customers see it.
    pub fn name(&self, language: Language) -> &str {
        self.names.text(language)
    }

    /// Its scales, in file order.
    pub(crate) fn scales(&self) -> &[Arc<Scale>] {
        &self.scales
    }

    /// Its blocks, in file order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// All items in packed order: those of the blocks in file order, then the coded outcomes.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The place in packed order of the outcome with this role.
    pub fn outcome(&self, role: OutcomeRole) -> Option<usize> {
        self.items.iter().position(|item| item.role == Some(role))
    }

    /// The question for free words, if the instrument has one.
    pub(crate) fn comment(&self) -> Option<&Comment> {
        self.comment.as_ref()
    }

    /// The words of the question for free words.
    pub(crate) fn comment_text(&self, language: Language) -> Option<&str> {
        self.comment.as_ref().map(|comment| comment.texts.text(language))
    }
}
