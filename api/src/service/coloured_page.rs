//! A page with what its content security policy has to allow.
//!
//! Every page has the common style element. In an organisation's colour it has a second one, which the policy allows
//! by its hash. The hash is made of the checked colour, never of the page: words that somehow came into a page as
//! markup would not be allowed by it.

use std::sync::Arc;

use data_encoding::BASE64;
use sha2::{Digest, Sha256};
use survey_forms::accent::Accent;

use crate::domain::organisation::Organisation;

/// The hash of a style element as a policy writes it, `sha256-…`.
pub type StyleHash = Arc<str>;

/// The text of a page, and the hash of its second style element when it has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Html {
    /// The page.
    pub text: String,
    /// What its policy allows beside the common style.
    pub own_style: Option<StyleHash>,
}

impl Html {
    /// A page of an organisation, shown in its colour.
    pub fn of(organisation: &Organisation, text: String) -> Self {
        Self { text, own_style: own_style(organisation) }
    }
}

/// A page that belongs to no organisation, or is not in its colour.
impl From<String> for Html {
    fn from(text: String) -> Self {
        Self { text, own_style: None }
    }
}

/// The organisation's colour; none where it has the look's own.
pub fn accent(organisation: &Organisation) -> Option<Accent> {
    Accent::read(&organisation.accent).ok()
}

/// The hash of the style that gives a page the organisation's colour.
pub fn own_style(organisation: &Organisation) -> Option<StyleHash> {
    accent(organisation).map(|accent| hash(&accent.style()))
}

/// The hash of a style element's content.
pub fn hash(style: &str) -> StyleHash {
    format!("sha256-{}", BASE64.encode(&Sha256::digest(style.as_bytes()))).into()
}
