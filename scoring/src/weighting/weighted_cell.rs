//! The weighted form of a cell: for each item, pattern and pair of scores the sums of weights behind it.
//!
//! A table has one entry for each pattern that occurs, however many different weights there are: a pull depends
//! on the pattern alone, so Σ w² z² needs no more than Σ w² by pattern.

#![allow(clippy::indexing_slicing, reason = "sixteen sums, indexed by a four-bit code")]

use std::collections::BTreeMap;

use super::error::WeightError;
use super::estimate::Points;
use super::pairs::{WeightedPairs, origin};
use super::scores::positive;
use super::sum::WeightSums;
use crate::cell::{Cell, Patterns, Reader, pattern_of};
use crate::code::Code;
use crate::distribution::person_key;
use crate::layout::{Block, Facet, Layout};
use crate::quality::of_facet;

/// Weighted counts of the answers of any number of people.
#[derive(Debug, Clone)]
pub(super) struct WeightedCell {
    /// Nobody's counts, which know what fits the layout.
    nobody: Cell,
    scorers: Vec<Scorer>,
    everybody: WeightSums,
    /// People with a score in an experience dimension.
    scored: u64,
    items: Vec<[WeightSums; 16]>,
    /// One table a dimension, then one for the overall outcome when the layout has it.
    patterns: Vec<BTreeMap<u64, WeightSums>>,
    pairs: WeightedPairs,
}

impl WeightedCell {
    pub(super) fn empty(layout: &Layout) -> WeightedCell {
        WeightedCell {
            nobody: Cell::empty(layout),
            scorers: of_facet(layout, Facet::Experience).iter().map(|&d| Scorer::new(layout, d)).collect(),
            everybody: WeightSums::default(),
            scored: 0,
            items: vec![[WeightSums::default(); 16]; layout.items().len()],
            patterns: vec![BTreeMap::new(); layout.blocks().count()],
            pairs: WeightedPairs::new(of_facet(layout, Facet::Experience).len()),
        }
    }

    /// Counts one person's response, which a cell of the layout would take.
    pub(super) fn record(&mut self, layout: &Layout, weight: f64, codes: &[Code]) -> Result<(), WeightError> {
        positive(weight)?;
        self.nobody.check_codes(layout, codes)?;
        self.everybody.add(weight, 1);
        for (sums, code) in self.items.iter_mut().zip(codes) {
            sums[usize::from(code.byte())].add(weight, 1);
        }
        for (table, items) in self.patterns.iter_mut().zip(layout.blocks()) {
            table.entry(pattern_of(items, codes)).or_default().add(weight, 1);
        }
        let scores: Vec<_> = self.scorers.iter().map(|scorer| scorer.score(layout, codes)).collect();
        self.scored += u64::from(scores.iter().any(Option::is_some));
        self.pairs.record(weight, &scores);
        Ok(())
    }

    /// Counts everybody of a cell with one weight.
    pub(super) fn add_cell(&mut self, layout: &Layout, weight: f64, cell: &Cell) -> Result<(), WeightError> {
        positive(weight)?;
        self.nobody.check_cell(cell)?;
        self.everybody.add(weight, cell.people());
        self.scored += cell.people_with(layout.facet_mask(Facet::Experience));
        for (index, sums) in self.items.iter_mut().enumerate() {
            for (byte, sum) in (0..16).zip(sums) {
                let people = Code::from_byte(byte).zip(cell.item(index)).map_or(0, |(code, c)| c.of(code));
                sum.add(weight, people);
            }
        }
        for (table, block) in self.patterns.iter_mut().zip(blocks(layout)) {
            for (pattern, people) in cell.patterns_of(block).into_iter().flat_map(Patterns::iter) {
                table.entry(pattern).or_default().add(weight, people);
            }
        }
        self.pairs.add_cell(layout, &of_facet(layout, Facet::Experience), weight, cell);
        Ok(())
    }

    pub(super) fn everybody(&self) -> &WeightSums {
        &self.everybody
    }

    pub(super) fn people_scored(&self) -> u64 {
        self.scored
    }

    pub(super) fn pairs(&self) -> &WeightedPairs {
        &self.pairs
    }

    /// The patterns of a block, of which a layout always has a table.
    pub(super) fn patterns_of(
        &self,
        layout: &Layout,
        block: Block,
    ) -> impl Iterator<Item = (u64, &WeightSums)> {
        let place = match block {
            Block::Dimension(index) if index < layout.dimensions().len() => Some(index),
            Block::Dimension(_) => None,
            Block::Overall => Some(layout.dimensions().len()),
        };
        let table = place.and_then(|place| self.patterns.get(place));
        table.into_iter().flatten().map(|(&pattern, sums)| (pattern, sums))
    }

    /// The answers to an item after reversal, in raw units.
    pub(super) fn item_points(&self, layout: &Layout, index: usize) -> Points {
        let (Some(item), Some(sums)) = (layout.items().get(index), self.items.get(index)) else {
            return Points::new();
        };
        let answers = (item.scale.min..=item.scale.max).zip(&sums[1..=11]);
        answers
            .filter(|(_, sums)| sums.people() > 0)
            .map(|(raw, sums)| (f64::from(item.polarised(raw)), *sums))
            .collect()
    }

    /// The person means of a block under the half rule, in raw units after reversal.
    pub(super) fn person_points(&self, layout: &Layout, block: Block) -> Points {
        let reader = Reader::new(layout, block);
        let multiple = layout.block_multiple(block);
        let first = layout.block_items(block).first().and_then(|&item| layout.items().get(item));
        let min = first.map_or(0, |item| i64::from(item.scale.min));
        let keys = self.patterns_of(layout, block);
        keys.filter_map(|(pattern, sums)| {
            let key = person_key(&reader, pattern, multiple, min)?;
            Some((key as f64 / multiple as f64, *sums))
        })
        .collect()
    }
}

/// The pattern blocks in the order in which a cell keeps them.
fn blocks(layout: &Layout) -> impl Iterator<Item = Block> {
    let overall = (!layout.outcomes().overall.is_empty()).then_some(Block::Overall);
    (0..layout.dimensions().len()).map(Block::Dimension).chain(overall)
}

/// Reads the score of one dimension from a person's codes.
#[derive(Debug, Clone)]
struct Scorer {
    dimension: usize,
    reader: Reader,
    multiple: i64,
    min: i64,
    origin: i128,
}

impl Scorer {
    fn new(layout: &Layout, dimension: usize) -> Scorer {
        let block = Block::Dimension(dimension);
        Scorer {
            dimension,
            reader: Reader::new(layout, block),
            multiple: layout.block_multiple(block),
            min: layout.dimension_scale(dimension).map_or(0, |scale| i64::from(scale.min)),
            origin: origin(layout, dimension),
        }
    }

    /// L times the person mean, counted from the lowest code.
    fn score(&self, layout: &Layout, codes: &[Code]) -> Option<f64> {
        let pattern = pattern_of(layout.block_items(Block::Dimension(self.dimension)), codes);
        let key = person_key(&self.reader, pattern, self.multiple, self.min)?;
        Some((i128::from(key) - self.origin) as f64)
    }
}
