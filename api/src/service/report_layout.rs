//! From an instrument to what its answers are counted by, and to the words of its report.
//!
//! `scoring` and `survey-forms` do not know each other: here they meet.

use scoring::{DimensionSpec, Facet, ItemSpec, Layout, Outcomes, Scale};
use survey_forms::instrument::{Facet as BlockFacet, Instrument, OutcomeRole};
use survey_forms::language::Language;

use super::{Error, Result};
use crate::report::render::Words;

/// The layout of an instrument's cells: items in packed order, a dimension for each block, the outcomes.
pub fn layout_of(instrument: &Instrument) -> Result<Layout> {
    let broken = |error: scoring::LayoutError| Error::Broken(error.to_string());
    let mut items = Vec::with_capacity(instrument.items().len());
    for item in instrument.items() {
        let scale = Scale::new(item.scale.min, item.scale.max).map_err(broken)?;
        items.push(ItemSpec { key: item.key.clone(), scale, reversed: item.reversed, top_box: None });
    }
    let dimensions = instrument
        .blocks()
        .iter()
        .map(|block| DimensionSpec {
            key: block.key.clone(),
            facet: facet_of(block.facet),
            of: None,
            items: block.items.clone().collect(),
        })
        .collect();
    let outcomes = Outcomes {
        overall: instrument.outcome(OutcomeRole::Overall).into_iter().collect(),
        nps: instrument.outcome(OutcomeRole::Recommendation),
        csat: instrument.outcome(OutcomeRole::Satisfaction),
        ces: instrument.outcome(OutcomeRole::Effort),
    };
    Layout::new(items, dimensions, outcomes).map_err(broken)
}

fn facet_of(facet: BlockFacet) -> Facet {
    match facet {
        BlockFacet::Experience => Facet::Experience,
        BlockFacet::Expectation => Facet::Expectation,
        BlockFacet::Image => Facet::Image,
        BlockFacet::Importance => Facet::Importance,
    }
}

/// Names of dimensions and texts of items in one language.
pub fn words_of(instrument: &Instrument, language: Language) -> Words {
    Words {
        title: instrument.name(language).to_owned(),
        dimension_names: instrument
            .blocks()
            .iter()
            .map(|block| (block.key.clone(), block.dimension_name(language).to_owned()))
            .collect(),
        item_texts: instrument
            .items()
            .iter()
            .map(|item| (item.key.clone(), item.text(language).to_owned()))
            .collect(),
        ..Words::default()
    }
}
