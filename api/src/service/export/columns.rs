//! What the rows of an export hold: names of columns, and the texts behind small numbers.
//!
//! Everything that is the same for all rows is made once; a row is then put together from bytes.

use std::collections::BTreeMap;

use scoring::{Code, Flags};
use survey_forms::answer::Words;
use survey_forms::instrument::{Question, QuestionKind};

use crate::domain::marks::{Mark, Marks};
use crate::domain::{Channel, CollectionMode};
use crate::service::instrument_version::Version;
use crate::service::survey_way::{length_of, paging_of};
use crate::service::{Error, Result, Services};
use crate::store::responses::Way;
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
pub const LAST: [&str; 6] =
    ["comment", "comment_language", "paging", "item_order", "machine_marks", "seconds_per_page"];

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

/// One question that is answered in words or by a number.
pub struct Text {
    /// Its key.
    pub key: String,
    /// Its column, which differs from the key where another column has that name.
    pub column: String,
    /// Whether its answers are numbers.
    pub is_number: bool,
    /// Its place among the questions of the instrument.
    pub place: usize,
}

/// The columns of a survey.
pub struct Columns {
    /// Items in packed order.
    pub items: Vec<Item>,
    /// Questions answered in words or by a number, besides the comment.
    pub texts: Vec<Text>,
    /// Whether stored words are those of a questionnaire; those that were brought in are the comment as it came.
    is_questionnaire: bool,
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
        let version = services.version_of(connection, scope, survey)?;
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
        let items = items.collect();
        Ok(Self {
            items,
            texts: texts(&version, &mut column),
            is_questionnaire: matches!(*version, Version::Questionnaire(_)),
            segments,
            places: places::all(connection, scope)?.into_iter().collect(),
            flags: (0..=u8::MAX).map_while(Flags::from_bits).map(flag_words).collect(),
        })
    }

    /// Names of all columns, in their order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let segments = self.segments.iter().map(|(column, _)| column.as_str());
        let items = self.items.iter().map(|item| item.column.as_str());
        let texts = self.texts.iter().map(|text| text.column.as_str());
        FIXED.into_iter().chain(segments).chain(items).chain(texts).chain(LAST)
    }

    /// What was written in a response, by question.
    pub fn words(&self, stored: &str) -> Words {
        if self.is_questionnaire { Words::read(stored) } else { Words::comment(stored) }
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

/// The questions of a version that are answered in words, each with a column.
fn texts(version: &Version, column: &mut impl FnMut(&str, &str) -> String) -> Vec<Text> {
    let Version::Questionnaire(instrument) = version else { return Vec::new() };
    let asked = instrument.questions().iter().enumerate().filter(|(_, question)| question.kind.is_words());
    let text = |(place, question): (usize, &Question)| Text {
        key: question.key.clone(),
        column: column("text", &question.key),
        is_number: matches!(question.kind, QuestionKind::Number { .. }),
        place,
    };
    asked.map(text).collect()
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

/// The word of how the questions were spread over pages; empty where there were none.
pub fn paging(way: &Way) -> &'static str {
    paging_of(way.paging).map_or("", survey_forms::form::Paging::as_str)
}

/// What of the postings looked like a program, with blanks between; empty for none.
pub fn marks(way: &Way) -> String {
    Marks::from_bits(way.marks).iter().map(Mark::word).collect::<Vec<_>>().join(" ")
}

/// Seconds from page to page with blanks between; `?` where that is not known.
pub fn pace(way: &Way) -> String {
    let words = |seconds: Option<u16>| seconds.map_or_else(|| "?".to_owned(), |seconds| seconds.to_string());
    way.seconds().into_iter().map(words).collect::<Vec<_>>().join(" ")
}

/// The refusal of a byte that is no answer.
pub fn no_code(item: &Item, byte: u8) -> Error {
    Error::Broken(format!(
        "a stored answer to {} is {byte}, which is no code; `laatu check` names the response",
        item.key
    ))
}
