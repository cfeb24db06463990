//! Attaching a short questionnaire to another one: its questions become one more block, asked of some customers.
//!
//! A conduct module about the phone is asked of those who phoned. What it finds is kept apart from the quality of the
//! whole service: its block has a facet of its own.

use super::kinds::Facet;
use super::model::{Block, Instrument, Item, Module};
use crate::form::Length;
use crate::language::Language;

/// Why a questionnaire cannot be attached to another one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AttachError {
    /// A question of both has the same key.
    #[error("{module} and {base} both have an item \"{item}\"")]
    SameItem {
        /// Key of the instrument that it should be attached to.
        base: String,
        /// Key of the module.
        module: String,
        /// The item.
        item: String,
    },
    /// The module or a block has the key already.
    #[error("\"{0}\" is there already")]
    SameKey(String),
    /// The module lacks a language.
    #[error("{module} has no words in {language}")]
    Language {
        /// Key of the module.
        module: String,
        /// Tag of the language.
        language: String,
    },
}

impl Instrument {
    /// This questionnaire with the block items of another one as one more block, after all items in packed order.
    ///
    /// The module's outcomes, free words and orders are left out. Languages of this questionnaire must all be
    /// languages of the module.
    ///
    /// ```
    /// use survey_forms::form::{Ask, Length};
    /// use survey_forms::instrument::{Instrument, shipped_source};
    ///
    /// let read = |key| Instrument::parse(shipped_source(key).unwrap_or_default());
    /// let (base, phone) = (read("perceived-quality")?, read("channel-phone")?);
    /// let both = base.attach(&phone)?;
    /// let ask = Ask::of(0, Length::Standard);
    /// assert_eq!(both.pages_of(&ask), base.pages_of(&ask));
    /// assert_eq!(both.pages_of(&Ask { module: Some(0), ..ask }).len(), base.pages_of(&ask).len() + 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn attach(&self, module: &Instrument) -> Result<Instrument, AttachError> {
        let key = module.key.replace('-', "_");
        if self.blocks.iter().any(|block| block.key == key) {
            return Err(AttachError::SameKey(key));
        }
        let lacks = |language: &&Language| !module.languages.contains(language);
        if let Some(language) = self.languages.iter().find(lacks) {
            let language = language.tag().to_owned();
            return Err(AttachError::Language { module: module.key.clone(), language });
        }
        let mut whole = self.clone();
        let place = whole.blocks.len();
        let start = whole.items.len();
        for item in module.items.iter().filter(|item| item.block.is_some()) {
            if self.items.iter().any(|own| own.key == item.key) {
                let (base, module, item) = (self.key.clone(), module.key.clone(), item.key.clone());
                return Err(AttachError::SameItem { base, module, item });
            }
            // A form stays short: of a module it asks the markers, and the rest only when it asks everything.
            let lengths = if item.marker { Length::ALL.to_vec() } else { vec![Length::Full] };
            whole.items.push(Item { block: Some(place), lengths, ..item.clone() });
        }
        whole.blocks.push(Block {
            key,
            facet: Facet::Conduct,
            of: None,
            items: start..whole.items.len(),
            names: module.names.clone(),
            dimensions: module.names.clone(),
        });
        whole.modules.push(Module { key: module.key.clone(), version: module.version, block: place });
        Ok(whole)
    }
}
