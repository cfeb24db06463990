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

/// The file of one version, from the folder that has the instrument's name.
macro_rules! file {
    ($key:literal, $version:literal) => {
        Shipped {
            key: $key,
            version: $version,
            source: include_str!(concat!("../../instruments/", $key, "/", $version, ".toml")),
        }
    };
}

/// In the order in which messages and documents list them.
static SHIPPED: [Shipped; 15] = [
    file!("perceived-quality", 1),
    file!("perceived-quality", 2),
    file!("expectation", 1),
    file!("nps", 1),
    file!("csat", 1),
    file!("ces", 1),
    file!("five-rules", 1),
    file!("recovery", 1),
    file!("open-three", 1),
    file!("e-service", 1),
    file!("channel-phone", 1),
    file!("channel-email", 1),
    file!("channel-chat", 1),
    file!("channel-in-person", 1),
    file!("channel-community", 1),
];

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
