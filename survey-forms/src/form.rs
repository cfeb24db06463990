//! Which blocks and items one customer is asked, and on which page: planned missingness.
//!
//! Nothing here chooses a form for a customer (the service does, when it plans an invitation) or shows one.

use serde::{Deserialize, Serialize};

use crate::instrument::{Design, Instrument};

/// How much of a form's blocks a customer is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Length {
    /// One marker item of each asked block.
    Quick,
    /// Every item of each asked block.
    Standard,
}

impl Length {
    /// Every length, the shortest first.
    pub const ALL: [Length; 2] = [Length::Quick, Length::Standard];

    /// The length's name in files, commands and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Length::Quick => "quick",
            Length::Standard => "standard",
        }
    }

    /// Reads a length's name.
    ///
    /// ```
    /// use survey_forms::form::Length;
    ///
    /// assert_eq!(Length::parse("quick"), Some(Length::Quick));
    /// assert_eq!(Length::parse("endless"), None);
    /// ```
    pub fn parse(name: &str) -> Option<Length> {
        Self::ALL.into_iter().find(|length| length.as_str() == name)
    }
}

/// What one page of a form asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PagePlan {
    /// Place of the page, counted from 1.
    pub number: usize,
    /// The block it asks; `None` on the closing page.
    pub block: Option<usize>,
    /// Its items, as places in [`Instrument::items`].
    pub items: Vec<usize>,
    /// Whether it asks for free words.
    pub comment: bool,
}

impl PagePlan {
    /// About how long the page takes, in seconds.
    ///
    /// Six seconds an item and twenty for free words; a standard form then takes just under two minutes.
    pub fn seconds(&self) -> u32 {
        let items = u32::try_from(self.items.len()).unwrap_or(u32::MAX);
        items.saturating_mul(6).saturating_add(if self.comment { 20 } else { 0 })
    }
}

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

    /// The blocks of a form, in file order; forms are counted from 0, and a higher number starts again at 0.
    pub(crate) fn asked_blocks(&self, form: u8) -> Vec<usize> {
        match self.design() {
            Design::All => (0..self.blocks().len()).collect(),
            Design::Thirteen => {
                let mut blocks = STEPS.map(|step| (usize::from(form) + step) % THIRTEEN).to_vec();
                blocks.sort_unstable();
                blocks
            }
        }
    }

    /// The pages of a form: one for each of its blocks, then one with the outcomes and the free words.
    ///
    /// ```
    /// use survey_forms::form::Length;
    /// use survey_forms::instrument::{Instrument, shipped_source};
    ///
    /// let instrument = Instrument::parse(shipped_source("perceived-quality").ok_or("not shipped")?)?;
    /// let pages = instrument.pages(0, Length::Quick);
    /// assert_eq!(pages.len(), 5);
    /// assert_eq!(pages[0].items.len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn pages(&self, form: u8, length: Length) -> Vec<PagePlan> {
        let mut pages: Vec<PagePlan> = self
            .asked_blocks(form)
            .into_iter()
            .map(|block| (Some(block), self.asked_items(Some(block), length), false))
            .chain([(None, self.asked_items(None, length), self.asks_comment(length))])
            .filter(|(_, items, comment)| !items.is_empty() || *comment)
            .map(|(block, items, comment)| PagePlan { number: 0, block, items, comment })
            .collect();
        for (place, page) in pages.iter_mut().enumerate() {
            page.number = place + 1;
        }
        pages
    }

    /// For each item in packed order, whether a form of this length asks it.
    pub fn asked(&self, form: u8, length: Length) -> Vec<bool> {
        let blocks = self.asked_blocks(form);
        self.items()
            .iter()
            .map(|item| item.asked_in(length) && item.block.is_none_or(|block| blocks.contains(&block)))
            .collect()
    }

    /// Whether this length asks for free words.
    pub fn asks_comment(&self, length: Length) -> bool {
        self.comment().is_some_and(|comment| comment.lengths.contains(&length))
    }

    fn asked_items(&self, block: Option<usize>, length: Length) -> Vec<usize> {
        let items = self.items().iter().enumerate();
        items
            .filter(|(_, item)| item.block == block && item.asked_in(length))
            .map(|(place, _)| place)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::fixture;

    #[test]
    fn every_block_is_in_four_forms_and_every_pair_in_exactly_one() {
        let instrument = fixture::thirteen();
        let mut alone = [0; THIRTEEN];
        let mut together = [[0; THIRTEEN]; THIRTEEN];
        for form in 0..instrument.form_count() {
            let blocks = instrument.asked_blocks(form);
            assert_eq!(blocks.len(), 4);
            assert!(blocks.is_sorted());
            for &a in &blocks {
                alone[a] += 1;
                for &b in blocks.iter().filter(|b| **b > a) {
                    together[a][b] += 1;
                }
            }
        }
        assert_eq!(alone, [4; THIRTEEN]);
        let pairs: Vec<i32> = (0..THIRTEEN).flat_map(|a| together[a][a + 1..].to_vec()).collect();
        assert_eq!(pairs, [1; 78]);
    }

    #[test]
    fn a_form_asks_the_blocks_of_the_published_rule() {
        let instrument = fixture::thirteen();
        assert_eq!(instrument.asked_blocks(0), [0, 1, 3, 9]);
        assert_eq!(instrument.asked_blocks(12), [0, 2, 8, 12]);
        assert_eq!(instrument.asked_blocks(13), instrument.asked_blocks(0));
    }

    #[test]
    fn a_quick_form_asks_four_markers_overall_and_words() {
        let instrument = fixture::thirteen();
        for form in 0..13 {
            let pages = instrument.pages(form, Length::Quick);
            assert_eq!(pages.iter().map(|page| page.items.len()).collect::<Vec<_>>(), [1, 1, 1, 1, 1]);
            assert_eq!(pages.iter().map(|page| page.number).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
            assert!(pages[..4].iter().all(|page| instrument.items()[page.items[0]].marker && !page.comment));
            assert!(pages[4].comment && pages[4].block.is_none());
        }
    }

    #[test]
    fn a_standard_form_asks_three_items_a_block_and_three_outcomes() {
        let instrument = fixture::thirteen();
        let pages = instrument.pages(5, Length::Standard);
        assert_eq!(pages.iter().map(|page| page.items.len()).collect::<Vec<_>>(), [3, 3, 3, 3, 3]);
    }

    #[test]
    fn asked_items_are_those_on_the_pages() {
        let instrument = fixture::thirteen();
        for length in Length::ALL {
            for form in 0..instrument.form_count() {
                let mut on_pages = vec![false; instrument.items().len()];
                for item in instrument.pages(form, length).into_iter().flat_map(|page| page.items) {
                    on_pages[item] = true;
                }
                assert_eq!(instrument.asked(form, length), on_pages);
            }
        }
    }

    #[test]
    fn an_instrument_without_a_design_asks_everything_in_one_form() {
        let instrument = fixture::small();
        assert_eq!(instrument.form_count(), 1);
        assert_eq!(instrument.asked_blocks(0), [0, 1]);
        assert!(instrument.asked(0, Length::Standard).into_iter().all(|asked| asked));
    }

    #[test]
    fn lengths_are_read_by_their_names() {
        for length in Length::ALL {
            assert_eq!(Length::parse(length.as_str()), Some(length));
        }
        assert_eq!(Length::parse("full"), None);
    }
}
