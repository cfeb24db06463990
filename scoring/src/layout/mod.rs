//! What is counted: items with their scales, dimensions with their facets, outcomes.
//!
//! A [`Layout`] is checked once and then trusted by every other module; it holds no texts and no answers. The
//! API makes one from an instrument version or from a map file.

mod check;
mod derived;
mod scale;
mod spec;

pub use scale::Scale;
pub use spec::{Block, DimensionSpec, Facet, ItemSpec, Outcomes, Variable};

use crate::error::LayoutError;
use check::{check_dimensions, check_items, check_outcomes, check_pairs};
use derived::{column_of, fingerprint, lcm_up_to, list_variables, pair_up};

/// A checked set of items, dimensions and outcomes.
///
/// ```
/// use scoring::{DimensionSpec, Facet, ItemSpec, Layout, Outcomes, Scale};
/// let scale = Scale::new(1, 5)?;
/// let item = |key: &str| ItemSpec { key: key.into(), scale, reversed: false, top_box: None };
/// let speed = DimensionSpec { key: "speed".into(), facet: Facet::Experience, of: None, items: vec![0, 1] };
/// let layout = Layout::new(vec![item("s1"), item("s2")], vec![speed], Outcomes::default())?;
/// assert_eq!(layout.dimensions()[0].key, "speed");
/// # Ok::<(), scoring::LayoutError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    items: Vec<ItemSpec>,
    dimensions: Vec<DimensionSpec>,
    outcomes: Outcomes,
    variables: Vec<Variable>,
    /// For each variable its items and L, the least common multiple of 1..=k.
    columns: Vec<(Vec<usize>, i64)>,
    /// For each item the dimension it stands in and its place there.
    home: Vec<Option<(usize, usize)>>,
    pairings: Vec<(usize, usize)>,
    /// Items whose codes are names.
    nominal: Vec<usize>,
    fingerprint: u64,
}

impl Layout {
    /// Checks the parts against each other.
    pub fn new(
        items: Vec<ItemSpec>,
        dimensions: Vec<DimensionSpec>,
        outcomes: Outcomes,
    ) -> Result<Layout, LayoutError> {
        check_items(&items)?;
        let home = check_dimensions(&items, &dimensions)?;
        check_pairs(&dimensions)?;
        check_outcomes(&items, &outcomes)?;
        let variables = list_variables(&dimensions, &outcomes);
        if variables.len() > 64 {
            return Err(LayoutError::TooManyVariables(variables.len()));
        }
        let columns = variables.iter().map(|&variable| column_of(variable, &dimensions, &outcomes)).collect();
        let pairings = pair_up(&dimensions);
        let mut layout = Layout {
            items,
            dimensions,
            outcomes,
            variables,
            columns,
            home,
            pairings,
            nominal: vec![],
            fingerprint: 0,
        };
        layout.fingerprint = fingerprint(&layout);
        Ok(layout)
    }

    /// The same layout with items whose codes are names and no amounts, such as one of several reasons: they are
    /// counted, but have no mean, spread, median or top box.
    ///
    /// Refused for an item of a dimension or an outcome, whose codes are added up.
    ///
    /// ```
    /// use scoring::{Cell, Code, ItemSpec, Layout, Outcomes, Scale, item_report};
    /// let scale = Scale::new(1, 3)?;
    /// let item = ItemSpec { key: "reason".into(), scale, reversed: false, top_box: None };
    /// let layout = Layout::new(vec![item], vec![], Outcomes::default())?.with_names(&[0])?;
    /// let mut cell = Cell::empty(&layout);
    /// cell.record(&layout, &[Code::answer(2, scale).unwrap()])?;
    /// let report = item_report(&layout, &cell, 0);
    /// assert_eq!(report.mean.known(), None);
    /// assert_eq!(serde_json::to_string(&report.histogram)?, r#"{"1":0,"2":1,"3":0}"#);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_names(mut self, items: &[usize]) -> Result<Layout, LayoutError> {
        let mut counted = self.columns.iter().flat_map(|(items, _)| items);
        if let Some(item) =
            counted.find_map(|item| items.contains(item).then(|| self.items.get(*item)).flatten())
        {
            return Err(LayoutError::NamesInScore(item.key.clone()));
        }
        self.nominal = items.to_vec();
        Ok(self)
    }

    /// Whether the codes of an item are names.
    pub fn is_nominal(&self, item: usize) -> bool {
        self.nominal.contains(&item)
    }

    /// The items, in the order of a response's codes.
    pub fn items(&self) -> &[ItemSpec] {
        &self.items
    }

    /// The dimensions of every facet, in declared order.
    pub fn dimensions(&self) -> &[DimensionSpec] {
        &self.dimensions
    }

    /// The outcome questions.
    pub fn outcomes(&self) -> &Outcomes {
        &self.outcomes
    }

    /// The person scores that enter the moments; the position is the bit in a present-mask.
    pub fn variables(&self) -> &[Variable] {
        &self.variables
    }

    /// The position of a variable, if the layout has it.
    pub fn variable(&self, variable: Variable) -> Option<usize> {
        self.variables.iter().position(|&v| v == variable)
    }

    /// The bits of all dimensions of a facet, for [`crate::Cell::people_with`].
    pub fn facet_mask(&self, facet: Facet) -> u64 {
        let indexes = self.dimensions.iter().enumerate().filter(|(_, d)| d.facet == facet);
        indexes.fold(0, |mask, (index, _)| mask | (1 << index))
    }

    /// The scale that the items of a dimension share.
    pub fn dimension_scale(&self, index: usize) -> Option<Scale> {
        let first = *self.dimensions.get(index)?.items.first()?;
        self.items.get(first).map(|item| item.scale)
    }

    /// The dimension that an item stands in, with the item's place there.
    pub fn home_of(&self, item: usize) -> Option<(usize, usize)> {
        self.home.get(item).copied().flatten()
    }

    /// The dimension of a facet that belongs to the experience dimension `of`.
    pub fn partner(&self, facet: Facet, of: &str) -> Option<usize> {
        self.dimensions.iter().position(|d| d.facet == facet && d.of.as_deref() == Some(of))
    }

    /// A number that two layouts share exactly when their counts may be added: same scales, polarity,
    /// grouping and order. Keys are left out: a renamed item keeps its counts.
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// The items of a block, in the order of their four bits in a pattern.
    pub fn block_items(&self, block: Block) -> &[usize] {
        match block {
            Block::Dimension(index) => self.dimensions.get(index).map_or(&[], |d| &d.items),
            Block::Overall => &self.outcomes.overall,
        }
    }

    /// L of a variable: its person scores are kept L times as large, hence as whole numbers.
    pub(crate) fn multiple(&self, variable: usize) -> i128 {
        self.columns.get(variable).map_or(1, |(_, multiple)| i128::from(*multiple))
    }

    /// Pairs of dimensions whose squares and product are counted beside the overall outcome: each experience
    /// with its expectation and with each image that is general or its own; at most twelve items each.
    pub fn pairings(&self) -> &[(usize, usize)] {
        &self.pairings
    }

    /// Twice the middle of a variable's scale times its L.
    pub(crate) fn doubled_middle(&self, variable: usize) -> i128 {
        let scale = self.columns.get(variable).and_then(|(items, _)| self.items.get(*items.first()?));
        scale.map_or(0, |item| i128::from(item.scale.min) + i128::from(item.scale.max))
            * self.multiple(variable)
    }

    /// L of a block: its person means are whole numbers of 1/L.
    pub(crate) fn block_multiple(&self, block: Block) -> i64 {
        lcm_up_to(self.block_items(block).len())
    }

    /// Items and L of each variable.
    pub(crate) fn columns(&self) -> &[(Vec<usize>, i64)] {
        &self.columns
    }

    /// The pattern blocks in the order in which a cell keeps them.
    pub(crate) fn blocks(&self) -> impl Iterator<Item = &[usize]> {
        let overall = Some(self.outcomes.overall.as_slice()).filter(|items| !items.is_empty());
        self.dimensions.iter().map(|d| d.items.as_slice()).chain(overall)
    }
}
