//! From what a map states to what is counted: one item for each column, and the layout over them.

use scoring::{DimensionSpec, ItemSpec, Layout, Outcomes};

use super::Column;
use super::coding::Coding;
use super::dimension::Dimension;
use super::outcome::{OutcomeColumns, OutcomeMap};
use super::source::Source;

/// Makes the layout and its columns, or notes why there is none.
///
/// A top-box threshold holds for the items on the scale of the `[scale]` table; items with a scale of their own
/// keep the rule of the top two codes.
pub(super) fn plan(
    source: &mut Source<'_>,
    dimensions: Vec<Dimension>,
    outcomes: OutcomeMap,
    default: Option<&Coding>,
    threshold: Option<u8>,
) -> Option<(Layout, Vec<Column>)> {
    if !source.problems.is_empty() {
        return None;
    }
    if dimensions.is_empty() && outcomes.each().next().is_none() {
        source.problem(1, "", "names no column to score: add a [[dimension]] or an [outcome]");
        return None;
    }
    let mut builder = Builder { default, threshold, items: Vec::new(), columns: Vec::new() };
    let specs = dimensions.iter().map(|dimension| builder.dimension(dimension)).collect();
    let mut of = |outcome: &Option<OutcomeColumns>| builder.outcome(source, outcome.as_ref());
    let overall = of(&outcomes.overall);
    let [nps, csat, ces] = [&outcomes.nps, &outcomes.csat, &outcomes.ces].map(|one| of(one).first().copied());
    let layout = Layout::new(builder.items, specs, Outcomes { overall, nps, csat, ces })
        .map_err(|error| source.problem(1, "", error.to_string()))
        .ok()?;
    source.problems.is_empty().then_some((layout, builder.columns))
}

struct Builder<'a> {
    default: Option<&'a Coding>,
    threshold: Option<u8>,
    items: Vec<ItemSpec>,
    columns: Vec<Column>,
}

impl Builder<'_> {
    fn dimension(&mut self, dimension: &Dimension) -> DimensionSpec {
        let items = dimension
            .items
            .iter()
            .map(|(name, _)| self.add(name, &dimension.coding, dimension.reverse.contains(name)))
            .collect();
        DimensionSpec { key: dimension.key.clone(), facet: dimension.facet, of: dimension.of.clone(), items }
    }

    /// The items of an outcome; a column that a dimension has already is the same item there and here.
    fn outcome(&mut self, source: &mut Source<'_>, outcome: Option<&OutcomeColumns>) -> Vec<usize> {
        let Some(outcome) = outcome else { return Vec::new() };
        let mut indexes = Vec::new();
        for name in &outcome.columns {
            let known = self.columns.iter().zip(0..).find(|(column, _)| column.name == *name);
            if let Some((column, index)) = known {
                if column.coding != outcome.coding {
                    let message = format!("\"{name}\" is read elsewhere in this map with another scale");
                    source.problem(outcome.line, outcome.path.clone(), message);
                }
                indexes.push(index);
            } else {
                indexes.push(self.add(name, &outcome.coding, false));
            }
        }
        indexes
    }

    fn add(&mut self, name: &str, coding: &Coding, reversed: bool) -> usize {
        let scale = coding.scale;
        let top_box = self.threshold.filter(|_| self.default.is_some_and(|default| default.scale == scale));
        self.items.push(ItemSpec { key: name.to_owned(), scale, reversed, top_box });
        self.columns.push(Column { name: name.to_owned(), coding: coding.clone() });
        self.columns.len() - 1
    }
}
