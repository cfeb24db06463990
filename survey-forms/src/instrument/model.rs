//! The parts of an instrument version as the rest of the crate sees them: complete, checked, never changed.
//!
//! Built only by `parse`; nothing here reads files.

use std::ops::Range;
use std::sync::Arc;

use super::kinds::{Design, EmptyKind, Facet, ItemKind, OutcomeRole, Wording};
use super::question::{Question, Section};
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
    /// How it is answered.
    pub kind: ItemKind,
    /// Place of its block in [`Instrument::blocks`]; `None` for an outcome and in a section.
    pub block: Option<usize>,
    /// Place of its question in [`Instrument::questions`]; `None` outside of sections.
    pub question: Option<usize>,
    /// What it measures when it is an outcome.
    pub role: Option<OutcomeRole>,
    /// Its answer codes.
    pub scale: Arc<Scale>,
    /// Whether it stands for its block in the quick length.
    pub marker: bool,
    /// Whether a high code means low quality.
    pub reversed: bool,
    /// What its set-apart choice means; `None` when it has no such choice, as only questions of sections may.
    pub empty: Option<EmptyKind>,
    pub(crate) lengths: Vec<Length>,
    pub(crate) empty_choice: Option<Arc<EmptyChoice>>,
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

    /// The words of its set-apart choice, if it has one.
    pub(crate) fn empty_label(&self, language: Language) -> Option<&str> {
        self.empty_choice.as_ref().map(|choice| choice.labels.text(language))
    }

    /// Whether it is asked in this length, on a form that has its block.
    pub fn asked_in(&self, length: Length) -> bool {
        length.asks(&self.lengths)
    }
}

/// Items that are asked together, on one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Name of the block; for the facet experience, of the dimension.
    pub key: String,
    /// What kind of judgement it asks for.
    pub facet: Facet,
    /// The block of experience that it looks back from; only with the facet expectation.
    pub of: Option<String>,
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
/// assert_eq!(instrument.form_count(), 13);
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
    /// Further orders of the block items, each naming every one of them.
    pub(crate) orders: Vec<Vec<usize>>,
    pub(crate) modules: Vec<Module>,
    pub(crate) sections: Vec<Section>,
    pub(crate) questions: Vec<Question>,
}

/// A questionnaire whose questions were attached to another one, as one block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Module {
    /// Key of the attached instrument.
    pub key: String,
    /// Its version.
    pub version: u32,
    /// Its block, a place in [`Instrument::blocks`].
    pub block: usize,
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

    /// All items in packed order: those of the blocks in file order, the coded outcomes, those of the sections, and
    /// last those of attached modules.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// Its sections, in file order.
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// The questions of its sections, in file order.
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// Further orders of the block items besides the file's own.
    pub(crate) fn orders(&self) -> &[Vec<usize>] {
        &self.orders
    }

    /// The modules that were attached, in that order.
    pub fn modules(&self) -> &[Module] {
        &self.modules
    }

    /// The block of an attached module.
    pub(crate) fn module_block(&self, module: usize) -> Option<usize> {
        self.modules.get(module).map(|module| module.block)
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
