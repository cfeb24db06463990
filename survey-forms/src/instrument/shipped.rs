//! The instruments that come with the program.

/// One version of an instrument that comes with the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shipped {
    /// Name of the instrument.
    pub key: &'static str,
    /// Its version.
    pub version: u32,
    /// The file.
    pub source: &'static str,
}

static SHIPPED: [Shipped; 1] = [Shipped {
    key: "perceived-quality",
    version: 1,
    source: include_str!("../../instruments/perceived-quality/1.toml"),
}];

/// Every shipped version of every shipped instrument.
pub fn shipped() -> &'static [Shipped] {
    &SHIPPED
}

/// The file of the newest version of a shipped instrument.
///
/// ```
/// use survey_forms::instrument::shipped_source;
///
/// assert!(shipped_source("perceived-quality").is_some());
/// assert!(shipped_source("no-such").is_none());
/// ```
pub fn shipped_source(key: &str) -> Option<&'static str> {
    let versions = SHIPPED.iter().filter(|shipped| shipped.key == key);
    versions.max_by_key(|shipped| shipped.version).map(|shipped| shipped.source)
}
