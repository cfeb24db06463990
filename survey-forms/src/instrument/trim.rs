//! The questions about what was expected: with them a questionnaire looks back, without them it does not.

use super::kinds::Facet;
use super::model::{Block, Instrument, Item};

impl Instrument {
    /// Whether it has blocks that look back at what was expected.
    pub fn looks_back(&self) -> bool {
        self.blocks.iter().any(|block| block.of.is_some())
    }

    /// This questionnaire without the blocks that look back; all other items keep their order.
    ///
    /// A survey that never asks them stores no bytes for them. To be used before modules are attached.
    ///
    /// ```
    /// use survey_forms::form::Length;
    /// use survey_forms::instrument::{Instrument, shipped_source};
    ///
    /// let whole = Instrument::parse(shipped_source("perceived-quality").ok_or("not shipped")?)?;
    /// let asked = whole.without_looking_back();
    /// assert_eq!((asked.blocks().len(), asked.looks_back()), (13, false));
    /// assert_eq!(asked.pages(3, Length::Standard).len(), whole.pages(3, Length::Standard).len());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn without_looking_back(&self) -> Instrument {
        let mut rest = Instrument { blocks: Vec::new(), items: Vec::new(), ..self.clone() };
        // Where each item went.
        let mut moved = vec![None; self.items.len()];
        for block in self.blocks.iter().filter(|block| block.of.is_none()) {
            let start = rest.items.len();
            let place = rest.blocks.len();
            for (from, item) in self.items.iter().enumerate().skip(block.items.start).take(block.items.len())
            {
                mark(&mut moved, from, rest.items.len());
                rest.items.push(Item { block: Some(place), ..item.clone() });
            }
            rest.blocks.push(Block { items: start..rest.items.len(), ..block.clone() });
        }
        for (from, item) in self.items.iter().enumerate().filter(|(_, item)| item.block.is_none()) {
            mark(&mut moved, from, rest.items.len());
            rest.items.push(item.clone());
        }
        let move_order = |order: &Vec<usize>| {
            order.iter().filter_map(|item| moved.get(*item).copied().flatten()).collect()
        };
        let place = |from: usize| moved.get(from).copied().flatten();
        for question in &mut rest.questions {
            let start = place(question.items.start).filter(|_| !question.items.is_empty()).unwrap_or(0);
            question.items = start..start + question.items.len();
        }
        for condition in rest.sections.iter_mut().filter_map(|section| section.show_if.as_mut()) {
            // A section never hangs on what looks back: such an item is not asked in every length.
            condition.item = place(condition.item).unwrap_or(condition.item);
        }
        rest.orders = self.orders.iter().map(move_order).collect();
        rest
    }

    /// Whether it asks, before the service, something that the other one has as looking back.
    pub fn shares_expectations(&self, later: &Instrument) -> bool {
        let looked_back_at = later.blocks.iter().filter(|block| block.of.is_some());
        let items = looked_back_at.flat_map(|block| later.items.get(block.items.clone()).unwrap_or_default());
        let mut items = items.map(|item| item.key.as_str());
        let own: Vec<&str> = self
            .blocks
            .iter()
            .filter(|block| block.facet == Facet::Expectation)
            .flat_map(|block| self.items.get(block.items.clone()).unwrap_or_default())
            .map(|item| item.key.as_str())
            .collect();
        items.any(|key| own.contains(&key))
    }
}

fn mark(moved: &mut [Option<usize>], from: usize, to: usize) {
    if let Some(place) = moved.get_mut(from) {
        *place = Some(to);
    }
}
