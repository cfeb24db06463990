//! What is counted: items with their scales, dimensions with their facets, outcomes.
//!
//! A [`Layout`] is checked once and then trusted by every other module; it holds no texts and no answers. The
//! API makes one from an instrument version or from a map file.

mod check;
mod scale;

use serde::{Deserialize, Serialize};

pub use scale::Scale;

use crate::error::LayoutError;
use check::{check_dimensions, check_items, check_outcomes, check_pairs};

/// The side of perceived quality that a dimension asks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Facet {
    /// What the service was like.
    Experience,
    /// What was expected of it.
    Expectation,
    /// What the organisation is thought to be.
    Image,
    /// How much a dimension matters to the customer.
    Importance,
    /// What follows from it: satisfaction, loyalty.
    Outcome,
}

/// One item: its key, scale and polarity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemSpec {
    /// Unique key, the column of a data file.
    pub key: String,
    /// Its codes.
    pub scale: Scale,
    /// Whether a high code is a bad mark; reversed (`min + max - x`) whenever it is read, never when counted.
    pub reversed: bool,
    /// The lowest code after reversal that counts as top box; `None` is the top two codes.
    pub top_box: Option<u8>,
}

impl ItemSpec {
    /// The raw answer after reversal.
    pub fn polarised(&self, raw: u8) -> u8 {
        if self.reversed { self.scale.min + self.scale.max - raw } else { raw }
    }

    /// The top-box threshold in force: the item's own, else the second highest code.
    pub fn threshold(&self) -> u8 {
        self.top_box.unwrap_or(self.scale.max - 1)
    }
}

/// One dimension: items on one scale that are read together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DimensionSpec {
    /// Unique key.
    pub key: String,
    /// What it asks about.
    pub facet: Facet,
    /// The experience dimension that an expectation or importance belongs to.
    pub of: Option<String>,
    /// Indexes into the layout's items, 1 to 16.
    pub items: Vec<usize>,
}

/// The outcome questions, as indexes into the layout's items.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcomes {
    /// Columns whose mean is the overall judgement; empty when there is none.
    pub overall: Vec<usize>,
    /// Likelihood to recommend, 0..=10.
    pub nps: Option<usize>,
    /// Satisfaction.
    pub csat: Option<usize>,
    /// Ease of getting things done.
    pub ces: Option<usize>,
}

/// A group of items counted together as answer patterns: a dimension or the overall outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Block {
    /// The dimension with this index.
    Dimension(usize),
    /// The columns of the overall outcome.
    Overall,
}

/// A score of a person that enters the moments: one bit of the present-mask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variable {
    /// The score of the dimension with this index.
    Dimension(usize),
    /// The mean of the overall columns.
    Overall,
    /// Likelihood to recommend.
    Nps,
    /// Satisfaction.
    Csat,
    /// Ease.
    Ces,
}

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
        let mut layout = Layout { items, dimensions, outcomes, variables, columns, home, fingerprint: 0 };
        layout.fingerprint = fingerprint(&layout);
        Ok(layout)
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

fn list_variables(dimensions: &[DimensionSpec], outcomes: &Outcomes) -> Vec<Variable> {
    let mut variables: Vec<_> = (0..dimensions.len()).map(Variable::Dimension).collect();
    variables.extend((!outcomes.overall.is_empty()).then_some(Variable::Overall));
    variables.extend(outcomes.nps.map(|_| Variable::Nps));
    variables.extend(outcomes.csat.map(|_| Variable::Csat));
    variables.extend(outcomes.ces.map(|_| Variable::Ces));
    variables
}

fn column_of(variable: Variable, dimensions: &[DimensionSpec], outcomes: &Outcomes) -> (Vec<usize>, i64) {
    let items = match variable {
        Variable::Dimension(index) => dimensions.get(index).map(|d| d.items.clone()).unwrap_or_default(),
        Variable::Overall => outcomes.overall.clone(),
        Variable::Nps => outcomes.nps.into_iter().collect(),
        Variable::Csat => outcomes.csat.into_iter().collect(),
        Variable::Ces => outcomes.ces.into_iter().collect(),
    };
    let multiple = lcm_up_to(items.len());
    (items, multiple)
}

/// The least common multiple of 1..=k: every mean of up to k whole numbers is a whole number of its parts.
fn lcm_up_to(k: usize) -> i64 {
    fn gcd(a: i64, b: i64) -> i64 {
        if b == 0 { a } else { gcd(b, a % b) }
    }
    (1..=k).fold(1, |multiple, next| {
        let next = i64::try_from(next).unwrap_or(1);
        multiple / gcd(multiple, next) * next
    })
}

/// FNV-1a (Fowler, Noll & Vo) over everything that gives the counts their meaning.
fn fingerprint(layout: &Layout) -> u64 {
    let mut bytes = Vec::new();
    for item in &layout.items {
        bytes.extend([item.scale.min, item.scale.max, u8::from(item.reversed)]);
    }
    for (variable, (items, _)) in layout.variables.iter().zip(&layout.columns) {
        bytes.push(match variable {
            Variable::Dimension(_) => 100,
            Variable::Overall => 101,
            Variable::Nps => 102,
            Variable::Csat => 103,
            Variable::Ces => 104,
        });
        bytes.extend((items.len() as u64).to_le_bytes());
        for item in items {
            bytes.extend((*item as u64).to_le_bytes());
        }
    }
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
