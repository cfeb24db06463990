//! What the rows of an export hold: names of columns, and the texts behind small numbers.
//!
//! Everything that is the same for all rows is made once; a row is then put together from bytes.

use std::collections::BTreeMap;

use scoring::{Code, Flags};

use crate::domain::{Channel, CollectionMode};
use crate::service::create_survey::length_of;
use crate::service::{Error, Result, Services};
use crate::store::segments::Segment;
use crate::store::surveys::Survey;
use crate::store::{AnyConnection, OrgScope, places, segments};

/// What every survey's rows begin with. Names stay as they are: scripts rely on them.
pub const FIXED: [&str; 16] = [
    "response_id",
    "revision",
    "position",
    "service_date",
    "channel",
    "contact_channel",
    "place",
    "language",
    "collection_mode",
    "length",
    "form",
    "finished",
    "first_of_year",
    "customer_group",
    "quality_flags",
    "submitted_at",
];

/// What every survey's rows end with.
pub const LAST: [&str; 2] = ["comment", "comment_language"];

/// The words of the four empty states, which no scale has: not applicable, don't know, skipped, not shown.
pub const EMPTY: [(Code, &str); 4] = [
    (Code::NOT_APPLICABLE, "not_applicable"),
    (Code::DONT_KNOW, "dont_know"),
    (Code::SKIPPED, "skipped"),
    (Code::NOT_SHOWN, "not_shown"),
];

/// One item.
pub struct Item {
    /// Its key.
    pub key: String,
    /// Its column, which differs from the key where another column has that name.
    pub column: String,
    /// What is written for each packed byte: a number for an answer, a word for an empty state.
    texts: Vec<Option<String>>,
}

impl Item {
    /// What is written for a packed byte; none when it stands for nothing.
    pub fn text(&self, byte: u8) -> Option<&str> {
        self.texts.get(usize::from(byte)).and_then(Option::as_deref)
    }
}

/// The columns of a survey.
pub struct Columns {
    /// Items in packed order.
    pub items: Vec<Item>,
    /// Declared segments with their columns, by number.
    pub segments: Vec<(String, Segment)>,
    places: BTreeMap<i32, String>,
    flags: Vec<String>,
}

impl Columns {
    /// The columns of a survey.
    pub fn of(
        services: &Services,
        connection: &mut AnyConnection,
        scope: &OrgScope,
        survey: &Survey,
    ) -> Result<Self> {
        let version =
            services.version(connection, scope, &survey.instrument_key, survey.instrument_version)?;
        let layout = version.layout()?;
        let mut taken: Vec<String> = FIXED.iter().chain(&LAST).map(|name| (*name).to_owned()).collect();
        let mut column = |kind: &str, name: &str| {
            let is_taken = taken.iter().any(|other| other == name);
            let own = if is_taken { format!("{kind}:{name}") } else { name.to_owned() };
            taken.push(own.clone());
            own
        };
        let segments = segments::all(connection, scope, survey.id)?
            .into_iter()
            .map(|segment| (column("segment", &segment.name), segment))
            .collect();
        let items = layout.items().iter().map(|item| {
            let text = |byte: u8| text_of(Code::from_byte(byte)?, item.scale);
            Item {
                key: item.key.clone(),
                column: column("item", &item.key),
                texts: (0..16).map(text).collect(),
            }
        });
        Ok(Self {
            items: items.collect(),
            segments,
            places: places::all(connection, scope)?.into_iter().collect(),
            flags: (0..=u8::MAX).map_while(Flags::from_bits).map(flag_words).collect(),
        })
    }

    /// Names of all columns, in their order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let segments = self.segments.iter().map(|(column, _)| column.as_str());
        let items = self.items.iter().map(|item| item.column.as_str());
        FIXED.into_iter().chain(segments).chain(items).chain(LAST)
    }

    /// The key of a place; empty for none.
    pub fn place(&self, number: i32) -> &str {
        self.places.get(&number).map_or("", String::as_str)
    }

    /// The words of stored flags, with blanks between; empty for none.
    pub fn flags(&self, bits: i16) -> &str {
        usize::try_from(bits).ok().and_then(|bits| self.flags.get(bits)).map_or("", String::as_str)
    }
}

fn text_of(code: Code, scale: scoring::Scale) -> Option<String> {
    let empty = EMPTY.iter().find(|(empty, _)| *empty == code).map(|(_, word)| (*word).to_owned());
    empty.or_else(|| code.raw(scale).map(|raw| raw.to_string()))
}

fn flag_words(flags: Flags) -> String {
    flags.iter().map(scoring::Flag::word).collect::<Vec<_>>().join(" ")
}

/// The word of a channel; empty for none.
pub fn channel(code: i16) -> &'static str {
    Channel::from_code(code).map_or("", Channel::word)
}

/// The word of how a response was collected: `mail`, `open_link` or `imported`.
pub fn mode(mode: CollectionMode) -> &'static str {
    mode.word()
}

/// The word of a length; empty where there is none.
pub fn length(code: i16) -> &'static str {
    length_of(code).map_or("", |length| length.as_str())
}

/// The refusal of a byte that is no answer.
pub fn no_code(item: &Item, byte: u8) -> Error {
    Error::Broken(format!(
        "a stored answer to {} is {byte}, which is no code; `laatu check` names the response",
        item.key
    ))
}
