//! From an instrument to what its answers are counted by, and to the words of its report.
//!
//! `scoring` and `survey-forms` do not know each other: here they meet.

use scoring::{DimensionSpec, Facet, ItemSpec, Layout, Outcomes, Scale};
use survey_forms::instrument::{Facet as BlockFacet, Instrument, ItemKind, OutcomeRole};
use survey_forms::language::Language;

use super::{Error, Result};
use crate::report::render::Words;

/// The layout of an instrument's cells: items in packed order, a dimension for each block, the outcomes.
pub fn layout_of(instrument: &Instrument) -> Result<Layout> {
    let broken = |error: scoring::LayoutError| Error::Broken(error.to_string());
    let mut items = Vec::with_capacity(instrument.items().len());
    for item in instrument.items() {
        let scale = Scale::new(item.scale.min, item.scale.max).map_err(broken)?;
        let top_box = top_box_of(item.kind, scale);
        items.push(ItemSpec { key: item.key.clone(), scale, reversed: item.reversed, top_box });
    }
    let kinds = instrument.items().iter().enumerate();
    let names: Vec<usize> =
        kinds.filter(|(_, item)| item.kind == ItemKind::Single).map(|(place, _)| place).collect();
    let dimensions = instrument
        .blocks()
        .iter()
        .map(|block| DimensionSpec {
            key: block.key.clone(),
            facet: facet_of(block.facet),
            of: block.of.clone(),
            items: block.items.clone().collect(),
        })
        .collect();
    let outcomes = Outcomes {
        overall: instrument.outcome(OutcomeRole::Overall).into_iter().collect(),
        nps: instrument.outcome(OutcomeRole::Recommendation),
        csat: instrument.outcome(OutcomeRole::Satisfaction),
        ces: instrument.outcome(OutcomeRole::Effort),
    };
    Layout::new(items, dimensions, outcomes).and_then(|layout| layout.with_names(&names)).map_err(broken)
}

/// What counts as top box where the top two codes would say nothing: yes, chosen, ranked first (after reversal the
/// highest code).
fn top_box_of(kind: ItemKind, scale: Scale) -> Option<u8> {
    match kind {
        ItemKind::YesNo | ItemKind::Multiple | ItemKind::Ranking => Some(scale.max),
        ItemKind::Rating | ItemKind::Single => None,
    }
}

fn facet_of(facet: BlockFacet) -> Facet {
    match facet {
        BlockFacet::Experience => Facet::Experience,
        BlockFacet::Expectation => Facet::Expectation,
        BlockFacet::Image => Facet::Image,
        BlockFacet::Importance => Facet::Importance,
        BlockFacet::Conduct => Facet::Conduct,
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
        expected_by: instrument
            .blocks()
            .iter()
            .filter(|block| block.facet == BlockFacet::Expectation)
            .filter_map(|block| Some((block.of.clone()?, block.key.clone())))
            .collect(),
        item_texts: instrument
            .items()
            .iter()
            .map(|item| (item.key.clone(), item.text(language).to_owned()))
            .collect(),
        item_ends: instrument
            .items()
            .iter()
            .filter_map(|item| match item.labels(language) {
                [low, .., high] => Some((item.key.clone(), (low.clone(), high.clone()))),
                _ => None,
            })
            .collect(),
        ..Words::default()
    }
}
