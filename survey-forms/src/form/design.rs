//! Which blocks and items a form has.

use super::{Ask, Length};
use crate::instrument::{Design, Facet, Instrument, Item};

/// Steps from a form's number to its blocks: a perfect difference set modulo 13.
///
/// Each of the twelve differences other than 0 occurs exactly once among {0, 1, 3, 9}, so that every two of the
/// thirteen blocks meet in exactly one form (the projective plane of order 3; Singer 1938).
const STEPS: [usize; 4] = [0, 1, 3, 9];

/// How many blocks and forms that design has.
pub(crate) const THIRTEEN: usize = 13;

impl Instrument {
    /// How many forms there are to assign.
    pub fn form_count(&self) -> u8 {
        match self.design() {
            Design::Thirteen => 13,
            Design::All => 1,
        }
    }

    /// How many orders of the items are stored, the file's own counted; at least 1.
    pub fn order_count(&self) -> u8 {
        u8::try_from(self.orders().len()).unwrap_or(u8::MAX).saturating_add(1)
    }

    /// The blocks that forms are made of: neither looking back at another block nor attached.
    pub(crate) fn core_blocks(&self) -> Vec<usize> {
        let is_core = |(_, block): &(usize, &crate::instrument::Block)| {
            block.of.is_none() && block.facet != Facet::Conduct
        };
        self.blocks().iter().enumerate().filter(is_core).map(|(place, _)| place).collect()
    }

    /// The core blocks of a form in file order; a full form has them all.
    pub(crate) fn asked_core(&self, form: u8, length: Length) -> Vec<usize> {
        let core = self.core_blocks();
        if self.design() == Design::All || length == Length::Full {
            return core;
        }
        let mut places = STEPS.map(|step| (usize::from(form) + step) % THIRTEEN).to_vec();
        places.sort_unstable();
        places.into_iter().filter_map(|place| core.get(place).copied()).collect()
    }

    /// Whether a block is asked, and not only which of its items.
    pub(super) fn asks_block(&self, ask: &Ask, place: usize) -> bool {
        let Some(block) = self.blocks().get(place) else { return false };
        if block.facet == Facet::Conduct {
            return ask.module.is_some_and(|module| self.module_block(module) == Some(place));
        }
        if block.of.is_some() {
            return ask.looks_back && ask.length == Length::Full;
        }
        self.asked_core(ask.form, ask.length).contains(&place)
    }

    /// For each item in packed order, whether such a form asks it.
    pub fn asked(&self, ask: &Ask) -> Vec<bool> {
        let blocks: Vec<bool> = (0..self.blocks().len()).map(|place| self.asks_block(ask, place)).collect();
        let asks = |item: &Item| {
            item.asked_in(ask.length)
                && item.block.is_none_or(|block| blocks.get(block).copied().unwrap_or(false))
        };
        self.items().iter().map(asks).collect()
    }

    /// Whether this length asks for free words.
    pub fn asks_comment(&self, length: Length) -> bool {
        self.comment().is_some_and(|comment| length.asks(&comment.lengths))
    }
}

impl Length {
    /// Whether what is named for these lengths is asked in this one: a full form asks all that a standard one asks.
    pub(crate) fn asks(self, lengths: &[Length]) -> bool {
        lengths.contains(&self) || (self == Length::Full && lengths.contains(&Length::Standard))
    }
}
