//! The parts that a layout is put together from.
//!
//! Plain descriptions; whether they fit each other is checked when the layout is made.

use serde::{Deserialize, Serialize};

use super::Scale;

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
    /// How the contact over one channel went; asked only of those who were in touch that way, and no part of quality.
    Conduct,
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
