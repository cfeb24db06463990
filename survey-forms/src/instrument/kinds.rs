//! The kinds that an instrument file names: facets, outcome roles, empty states, wording states, designs.

use serde::{Deserialize, Serialize};

/// What kind of judgement a block asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Facet {
    /// What was experienced with this order.
    Experience,
    /// What was expected before.
    Expectation,
    /// How the organisation is seen in general.
    Image,
    /// How much a dimension matters to the customer.
    Importance,
    /// How the contact over one channel went: an attached module, never a block of a file of its own.
    Conduct,
}

impl Facet {
    /// What a file may say.
    pub(crate) const NAMES: [(&'static str, Facet); 4] = [
        ("experience", Facet::Experience),
        ("expectation", Facet::Expectation),
        ("image", Facet::Image),
        ("importance", Facet::Importance),
    ];

    /// The facet's name in files and reports.
    pub fn as_str(self) -> &'static str {
        if self == Facet::Conduct { "conduct" } else { name_of(&Self::NAMES, self) }
    }
}

/// What an outcome question measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeRole {
    /// Overall perceived quality.
    Overall,
    /// Likelihood of recommending.
    Recommendation,
    /// How easy it was.
    Effort,
    /// Satisfaction with the order or the contact.
    Satisfaction,
}

impl OutcomeRole {
    pub(crate) const NAMES: [(&'static str, OutcomeRole); 4] = [
        ("overall", OutcomeRole::Overall),
        ("recommendation", OutcomeRole::Recommendation),
        ("effort", OutcomeRole::Effort),
        ("satisfaction", OutcomeRole::Satisfaction),
    ];

    /// The role's name in files and reports.
    pub fn as_str(self) -> &'static str {
        name_of(&Self::NAMES, self)
    }
}

/// What the choice set apart beside a scale stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmptyKind {
    /// The question does not fit what happened.
    NotApplicable,
    /// The customer cannot say.
    DontKnow,
}

impl EmptyKind {
    pub(crate) const NAMES: [(&'static str, EmptyKind); 2] =
        [("not_applicable", EmptyKind::NotApplicable), ("dont_know", EmptyKind::DontKnow)];

    /// The kind's name in files and reports.
    pub fn as_str(self) -> &'static str {
        name_of(&Self::NAMES, self)
    }
}

/// How one item of a question is answered, and so what its codes mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// A point of a scale, from low to high.
    Rating,
    /// No (0) or yes (1).
    YesNo,
    /// One of several options; its codes 1 and on are names in the order of the options, no amounts.
    Single,
    /// One option of several that may be chosen together: left (0) or chosen (1).
    Multiple,
    /// One option of a ranking: its rank, 1 for the first.
    Ranking,
}

impl ItemKind {
    /// The kind's name in code books.
    pub fn as_str(self) -> &'static str {
        match self {
            ItemKind::Rating => "rating",
            ItemKind::YesNo => "yes_no",
            ItemKind::Single => "single",
            ItemKind::Multiple => "multiple",
            ItemKind::Ranking => "ranking",
        }
    }
}

/// How far the wording of one language has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wording {
    /// Written, but not yet read against the rules by a second reader.
    Draft,
    /// Read item by item against the rules.
    Reviewed,
}

impl Wording {
    pub(crate) const NAMES: [(&'static str, Wording); 2] =
        [("draft", Wording::Draft), ("reviewed", Wording::Reviewed)];

    /// The state's name in files.
    pub fn as_str(self) -> &'static str {
        name_of(&Self::NAMES, self)
    }
}

/// How the blocks are spread over forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Design {
    /// Thirteen blocks over thirteen forms of four, every pair of blocks together in exactly one form.
    Thirteen,
    /// One form with every block.
    All,
}

impl Design {
    pub(crate) const NAMES: [(&'static str, Design); 2] =
        [("thirteen", Design::Thirteen), ("all", Design::All)];
}

fn name_of<T: Copy + PartialEq>(names: &[(&'static str, T)], value: T) -> &'static str {
    names.iter().find(|(_, named)| *named == value).map_or("", |(name, _)| name)
}
