//! Which blocks and items one customer is asked, and on which page: planned missingness.
//!
//! Nothing here chooses a form for a customer (the service does, when it plans an invitation) or shows one.
//! `design` says which blocks a form has, `pages` how they are spread over pages, `branching` which of these are shown
//! to whom.

mod branching;
mod design;
mod pages;

use serde::{Deserialize, Serialize};

pub use branching::{Showing, showing, shown};
pub(crate) use design::THIRTEEN;
pub use pages::{Group, PagePlan};

/// How much of a form's blocks a customer is asked; each length asks all that the shorter ones ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Length {
    /// One marker item of each asked block.
    Quick,
    /// Every item of each asked block.
    Standard,
    /// All blocks, whatever the form, and what was expected before.
    Full,
}

impl Length {
    /// Every length, the shortest first.
    pub const ALL: [Length; 3] = [Length::Quick, Length::Standard, Length::Full];

    /// The length's name in files, commands and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Length::Quick => "quick",
            Length::Standard => "standard",
            Length::Full => "full",
        }
    }

    /// Reads a length's name.
    ///
    /// ```
    /// use survey_forms::form::Length;
    ///
    /// assert_eq!(Length::parse("quick"), Some(Length::Quick));
    /// assert_eq!(Length::parse("endless"), None);
    /// ```
    pub fn parse(name: &str) -> Option<Length> {
        Self::ALL.into_iter().find(|length| length.as_str() == name)
    }
}

/// How the questions of a form are spread over pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paging {
    /// One question a page.
    One,
    /// The questions of one block a page.
    #[default]
    Section,
    /// Everything on one page.
    All,
}

impl Paging {
    /// Every way, the one with most pages first.
    pub const ALL: [Paging; 3] = [Paging::One, Paging::Section, Paging::All];

    /// Its name in commands, files and exports.
    pub fn as_str(self) -> &'static str {
        match self {
            Paging::One => "one",
            Paging::Section => "section",
            Paging::All => "all",
        }
    }

    /// Reads its name.
    ///
    /// ```
    /// use survey_forms::form::Paging;
    ///
    /// assert_eq!(Paging::parse("all"), Some(Paging::All));
    /// assert_eq!(Paging::parse("some"), None);
    /// ```
    pub fn parse(name: &str) -> Option<Paging> {
        Self::ALL.into_iter().find(|paging| paging.as_str() == name)
    }
}

/// What one customer is asked of an instrument, and how it is spread over pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ask {
    /// Which form, from 0; a higher number than there are forms starts again at 0.
    pub form: u8,
    /// How much.
    pub length: Length,
    /// Which stored order of the items, from 0, the file's own; a higher number starts again at 0.
    pub order: u8,
    /// How it is spread over pages.
    pub paging: Paging,
    /// Whether a full form looks back at what was expected; not when the customer was asked before the service.
    pub looks_back: bool,
    /// The attached module that is asked, too, as a place in [`Instrument::modules`].
    ///
    /// [`Instrument::modules`]: crate::instrument::Instrument::modules
    pub module: Option<usize>,
}

impl Ask {
    /// A form in a length: the file's order, section by section, no module.
    pub fn of(form: u8, length: Length) -> Self {
        Ask { form, length, order: 0, paging: Paging::Section, looks_back: true, module: None }
    }
}

#[cfg(test)]
mod branching_tests;
#[cfg(test)]
mod tests;
