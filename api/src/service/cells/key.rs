//! What a stored row counts: a part, a split with one of its levels, a period with its first day.
//!
//! The numbers stand in the database and are never used for anything else again.

use std::fmt;

use super::figure::Standing;
use crate::domain::time::{date_of_day, day_number};
use crate::service::report_log::{month_of, week_of};
use crate::store::cells::Series;
use crate::store::responses::Response;

/// Which counts a row holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// What nearly every figure needs.
    Answers,
    /// Scores and items jointly, in jackknife groups.
    Joint,
}

/// By what responses are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Split {
    /// Not at all: everybody.
    Total,
    /// The order's channel.
    Channel,
    /// How the customer was in touch.
    ContactChannel,
    /// The place.
    Place,
    /// Language of the last page.
    Language,
    /// The first declared segment.
    Segment1,
    /// The second declared segment.
    Segment2,
    /// The order's channel, place and contact channel together: what weights need, under each filter of one of them.
    Class,
    /// The order's channel and place together: the classes of weights where nothing else is asked for.
    Pair,
}

/// A stretch of service days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// All time.
    All,
    /// A calendar month.
    Month,
    /// A week from Monday.
    Week,
    /// A day.
    Day,
}

impl Part {
    /// All parts.
    pub const ALL: [Self; 2] = [Self::Answers, Self::Joint];

    /// The number in the database.
    pub const fn code(self) -> i16 {
        match self {
            Self::Answers => 1,
            Self::Joint => 2,
        }
    }

    /// The splits that have rows of this part.
    pub fn splits(self) -> impl Iterator<Item = Split> {
        Split::ALL.into_iter().filter(move |split| self == Self::Answers || !split.is_of_classes())
    }

    /// The periods that have rows of this part in a split, the longest first. Joint counts of a level in a period are
    /// as large as its answers, and are counted from these; pairs in a period are made of its classes.
    pub fn periods_of(self, split: Split) -> &'static [Period] {
        let only_all = (self == Self::Joint && split != Split::Total) || split == Split::Pair;
        if only_all { &[Period::All] } else { self.periods() }
    }

    /// The periods that have rows of this part for everybody, the longest first.
    pub const fn periods(self) -> &'static [Period] {
        match self {
            Self::Answers => &[Period::All, Period::Month, Period::Week, Period::Day],
            Self::Joint => &[Period::All, Period::Month, Period::Week],
        }
    }
}

impl Split {
    /// All splits, in the order of their numbers.
    pub const ALL: [Self; 9] = [
        Self::Total,
        Self::Channel,
        Self::ContactChannel,
        Self::Place,
        Self::Language,
        Self::Segment1,
        Self::Segment2,
        Self::Class,
        Self::Pair,
    ];

    /// The number in the database.
    pub const fn code(self) -> i16 {
        self as i16
    }

    /// The word for people.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Total => "total",
            Self::Channel => "channel",
            Self::ContactChannel => "contact_channel",
            Self::Place => "place",
            Self::Language => "language",
            Self::Segment1 => "segment 1",
            Self::Segment2 => "segment 2",
            Self::Class => "class",
            Self::Pair => "channel and place",
        }
    }

    /// Whether its rows are of classes, which have the cell alone.
    pub const fn is_of_classes(self) -> bool {
        matches!(self, Self::Class | Self::Pair)
    }

    /// The level to which a response belongs; none when it has no row in this split: where a segment is not known,
    /// its people are the total less all levels.
    pub fn level(self, response: &Response) -> Option<String> {
        let [first, second] = response.segments;
        let segment = |level: i16| (level != 0).then(|| level.to_string());
        match self {
            Self::Total => Some(String::new()),
            Self::Channel => Some(response.channel.to_string()),
            Self::ContactChannel => Some(response.contact_channel.to_string()),
            Self::Place => Some(response.place_id.to_string()),
            Self::Language => Some(response.language.clone()),
            Self::Segment1 => segment(first),
            Self::Segment2 => segment(second),
            Self::Class => Some(Class::of(response).level()),
            Self::Pair => Some(Class::of(response).pair()),
        }
    }
}

/// A class of the frame inside a contact channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Class {
    /// Code of the order's channel.
    pub channel: i16,
    /// Number of the place.
    pub place_id: i32,
    /// Code of the contact channel.
    pub contact_channel: i16,
}

impl Class {
    /// The class of a response.
    pub const fn of(response: &Response) -> Self {
        Self {
            channel: response.channel,
            place_id: response.place_id,
            contact_channel: response.contact_channel,
        }
    }

    /// As a level: `3:17:2`.
    pub fn level(self) -> String {
        format!("{}:{}:{}", self.channel, self.place_id, self.contact_channel)
    }

    /// Channel and place as a level: `3:17`.
    pub fn pair(self) -> String {
        format!("{}:{}", self.channel, self.place_id)
    }

    /// Reads channel and place.
    pub fn parse_pair(level: &str) -> Option<(i16, i32)> {
        let (channel, place_id) = level.split_once(':')?;
        Some((channel.parse().ok()?, place_id.parse().ok()?))
    }

    /// Reads a level.
    pub fn parse(level: &str) -> Option<Self> {
        let mut parts = level.split(':');
        let class = Self {
            channel: parts.next()?.parse().ok()?,
            place_id: parts.next()?.parse().ok()?,
            contact_channel: parts.next()?.parse().ok()?,
        };
        parts.next().is_none().then_some(class)
    }
}

impl Period {
    /// All periods, in the order of their numbers.
    pub const ALL: [Self; 4] = [Self::All, Self::Month, Self::Week, Self::Day];

    /// The number in the database.
    pub const fn code(self) -> i16 {
        self as i16
    }

    /// The first day of the period in which a day lies; 0 for all time.
    pub fn start_of(self, day: i32) -> i32 {
        match self {
            Self::All => 0,
            Self::Month => month_of(day),
            Self::Week => week_of(day),
            Self::Day => day,
        }
    }

    /// The first day after the period that begins on a day; for all time there is none.
    pub fn end_of(self, start: i32) -> i32 {
        match self {
            Self::All => i32::MAX,
            Self::Month => day_number(date_of_day(start).last_of_month()).saturating_add(1),
            Self::Week => start.saturating_add(7),
            Self::Day => start.saturating_add(1),
        }
    }
}

/// A series of rows as the store names it.
pub fn series(part: Part, split: Split, period: Period, level: &str) -> Series {
    Series { part: part.code(), split: split.code(), period: period.code(), level: level.to_owned() }
}

/// A row in words, for those who are told about it.
pub struct Named<'a>(pub &'a Series, pub i32);

impl fmt::Display for Named<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(series, starts_on) = self;
        let split = Split::ALL.into_iter().find(|split| split.code() == series.split);
        match split {
            Some(Split::Total) if series.level.is_empty() => out.write_str("total")?,
            Some(split) => write!(out, "{} \"{}\"", split.word(), series.level)?,
            None => write!(out, "split {} \"{}\"", series.split, series.level)?,
        }
        let date = date_of_day(*starts_on);
        match Period::ALL.into_iter().find(|period| period.code() == series.period) {
            Some(Period::All) => out.write_str(", all time")?,
            Some(Period::Month) => write!(out, ", month from {date}")?,
            Some(Period::Week) => write!(out, ", week from {date}")?,
            Some(Period::Day) => write!(out, ", day {date}")?,
            None => write!(out, ", period {} from {date}", series.period)?,
        }
        match Part::ALL.into_iter().find(|part| part.code() == series.part) {
            Some(Part::Answers) => Ok(()),
            Some(Part::Joint) => out.write_str(", joint counts"),
            None => match Standing::ALL.into_iter().find(|part| part.code() == series.part) {
                Some(part) => write!(out, ", {}", part.words()),
                None => write!(out, ", part {}", series.part),
            },
        }
    }
}
