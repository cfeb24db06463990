//! The variables that levels and periods are looked at in: each dimension, the overall judgement, quality.
//!
//! Names them, finds their figure in a reader's shape and their people in a cell. `comparisons` and `periods` go
//! through this one list.

use std::collections::BTreeMap;

use scoring::{Block, Cell, Distribution, Facet, Layout, Scale};

use super::guard::Guard;
use super::model::Shape;
use super::reading::Reading;

/// What is counted of one level or period.
#[derive(Debug, Clone)]
pub struct LevelCounts {
    /// Its people's answers.
    pub cell: Cell,
    /// Their quality, one by one; `None` where only sums are kept.
    pub quality: Option<Distribution>,
}

/// Levels as they are counted, and as the reader sees them.
#[derive(Clone, Copy)]
pub(super) struct Levels<'a> {
    pub layout: &'a Layout,
    pub counts: &'a BTreeMap<String, LevelCounts>,
    pub shapes: &'a BTreeMap<String, Shape>,
    pub guard: Guard,
    /// Fewest people of a level that enters, under a guard.
    pub least: u64,
}

/// One variable of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Variable {
    Dimension(usize),
    Overall,
    Quality,
}

impl Variable {
    /// Every variable that a layout has, dimensions first.
    pub fn all(layout: &Layout) -> Vec<Self> {
        let dimensions = (0..layout.dimensions().len()).map(Self::Dimension);
        let overall = (!layout.outcomes().overall.is_empty()).then_some(Self::Overall);
        let asked = layout.dimensions().iter().any(|dimension| dimension.facet == Facet::Experience);
        dimensions.chain(overall).chain(asked.then_some(Self::Quality)).collect()
    }

    /// Its name in the report.
    pub fn key(self, layout: &Layout) -> &str {
        match self {
            Self::Dimension(index) => layout.dimensions().get(index).map_or("", |one| one.key.as_str()),
            Self::Overall => "overall",
            Self::Quality => "quality",
        }
    }

    /// The scale of its values; quality is in points of 100 and has none.
    pub fn scale(self, layout: &Layout) -> Option<Scale> {
        match self {
            Self::Dimension(index) => layout.dimension_scale(index),
            Self::Overall => {
                let first = *layout.outcomes().overall.first()?;
                layout.items().get(first).map(|item| item.scale)
            }
            Self::Quality => None,
        }
    }

    /// The distance between its lowest and highest value.
    pub fn range(self, layout: &Layout) -> f64 {
        self.scale(layout).map_or(100.0, Scale::range)
    }

    /// Its distribution over the people of a level; `None` for quality where that is not kept.
    pub fn distribution(self, layout: &Layout, level: &LevelCounts) -> Option<Distribution> {
        match self {
            Self::Dimension(index) => {
                Some(Distribution::of_block(layout, &level.cell, Block::Dimension(index)))
            }
            Self::Overall => Some(Distribution::of_block(layout, &level.cell, Block::Overall)),
            Self::Quality => level.quality.clone(),
        }
    }

    fn shown<'s>(self, layout: &Layout, shape: &'s Shape) -> Option<Reading<'s>> {
        match self {
            Self::Dimension(_) => shape.dimension(self.key(layout), "mean"),
            Self::Overall => shape.outcome("overall"),
            Self::Quality => shape.quality_score(),
        }
    }
}

impl<'a> Levels<'a> {
    /// The levels whose figure of a variable the reader may use: all of them without a guard; with one, those
    /// whose own figure is shown and rests on enough people, so that nothing withheld comes back.
    ///
    /// Both counts matter: fewer people have all dimensions, which the quality of a person needs, than have one.
    pub fn open(self, variable: Variable) -> impl Iterator<Item = (&'a str, &'a LevelCounts)> {
        self.counts.iter().map(|(level, counts)| (level.as_str(), counts)).filter(move |(level, counts)| {
            self.guard.minimum.is_none() || {
                let shape = self.shapes.get(*level);
                let reading = shape.and_then(|shape| variable.shown(self.layout, shape));
                let shown = reading.filter(|r| r.value().is_some()).and_then(|r| r.n());
                let one_by_one = variable.distribution(self.layout, counts).map(|people| people.n());
                shown.is_some_and(|n| n >= self.least) && one_by_one.is_none_or(|n| n >= self.least)
            }
        })
    }
}
