//! What a report is asked for: filters and a split, and which responses they take.
//!
//! Read from a query in `report_query`. Beside the names that every report has stand those of the survey's declared
//! segments.

use jiff::civil::{Date, Weekday};

use super::{Error, Result};
use crate::domain::Channel;
use crate::domain::reader::FieldProblem;
use crate::domain::time::{date_of_day, day_number};
use crate::store::responses::Response;
use crate::store::segments::Segment;

/// By what a report can be split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The order's channel.
    Channel,
    /// How the customer was in touch.
    ContactChannel,
    /// The place.
    Place,
    /// Language of the last page.
    Language,
    /// Month of service.
    Month,
    /// ISO week of service.
    Week,
    /// A declared segment, by its number. Never for readers without the right to rows.
    Segment(i16),
}

impl By {
    /// Those that every survey has, with the words of the query.
    pub(super) const ALL: [(Self, &'static str); 6] = [
        (Self::Channel, "channel"),
        (Self::ContactChannel, "contact_channel"),
        (Self::Place, "place"),
        (Self::Language, "language"),
        (Self::Month, "month"),
        (Self::Week, "week"),
    ];

    /// Its place among all of them.
    pub(super) fn place(self) -> usize {
        Self::ALL.iter().position(|(by, _)| *by == self).unwrap_or(0)
    }

    /// The word of the query.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(by, _)| *by == self).map_or("", |(_, word)| word)
    }
}

/// What a report is asked for, as it came.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// First day of service.
    pub from: Option<String>,
    /// Day after the last.
    pub to: Option<String>,
    /// Channel of the order.
    pub channel: Option<String>,
    /// Channel of contact, or `none`.
    pub contact_channel: Option<String>,
    /// Key of the place, or `none`.
    pub place: Option<String>,
    /// Language tag.
    pub language: Option<String>,
    /// Split.
    pub by: Option<String>,
    /// `out` leaves out who shows signs of careless answering; `in`, as without it, does not.
    pub careless: Option<String>,
    /// What else was asked: names of declared segments, each with a level.
    pub segments: Vec<(String, String)>,
}

/// The names that a query has for every survey; no declared segment takes one of them or of the splits.
pub const NAMES: [&str; 8] =
    ["from", "to", "channel", "contact_channel", "place", "language", "by", "careless"];

/// The names that a query for responses or for a report's file has beside them.
pub const EXPORT_NAMES: [&str; 5] = ["revisions", "preset", "locale", "labels", "after"];

/// Whether a declared segment could not be asked for by this name, since another part of the query has it.
pub fn is_taken(name: &str) -> bool {
    NAMES.contains(&name) || EXPORT_NAMES.contains(&name) || By::ALL.iter().any(|(_, word)| *word == name)
}

/// A parsed request.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
    pub(super) channel: Option<i16>,
    pub(super) contact_channel: Option<i16>,
    pub(super) place_id: Option<i32>,
    pub(super) language: Option<String>,
    pub(super) by: Option<By>,
    /// Whether those are left out who show signs of careless answering.
    pub(super) careless_out: bool,
    /// The level wanted of each declared segment; 0 is none.
    pub(super) levels: [Option<i16>; 2],
    /// The survey's declared segments.
    pub(super) segments: Vec<Segment>,
}

impl Request {
    /// What was asked, each part with its name.
    pub(super) fn asked(&self) -> Vec<(&str, &str)> {
        let fixed = [
            &self.from,
            &self.to,
            &self.channel,
            &self.contact_channel,
            &self.place,
            &self.language,
            &self.by,
            &self.careless,
        ];
        let fixed = NAMES.into_iter().zip(fixed).filter_map(|(name, value)| Some((name, value.as_deref()?)));
        fixed.chain(self.segments.iter().map(|(name, level)| (name.as_str(), level.as_str()))).collect()
    }
}

impl Filter {
    /// Whether a response's day passes.
    pub(super) fn takes_day(&self, response: &Response) -> bool {
        let day = response.service_day;
        self.from.is_none_or(|from| day >= day_number(from)) && self.to.is_none_or(|to| day < day_number(to))
    }

    /// Whether everything else of a response passes.
    pub(super) fn takes_but_for_days(&self, response: &Response) -> bool {
        self.channel.is_none_or(|channel| response.channel == channel)
            && self.contact_channel.is_none_or(|channel| response.contact_channel == channel)
            && self.place_id.is_none_or(|place| response.place_id == place)
            && self.language.as_ref().is_none_or(|language| response.language == *language)
            && !(self.careless_out && response.quality_flag != 0)
            && self
                .levels
                .iter()
                .zip(response.segments)
                .all(|(wanted, level)| wanted.is_none_or(|wanted| wanted == level))
    }

    /// The level of a response in the split that is asked for; none without a split, and where a declared segment
    /// has no level for it.
    pub(super) fn level(&self, response: &Response, places: &[(i32, String)]) -> Option<String> {
        match self.by? {
            By::Segment(number) => {
                let segment = self.segments.iter().find(|segment| segment.number == number)?;
                segment.level_name(segment_of(response, number)).map(str::to_owned)
            }
            by => Some(level(by, response, places)),
        }
    }

    /// The name of the split that is asked for.
    pub(super) fn split_name(&self) -> &str {
        match self.by {
            Some(By::Segment(number)) => {
                let segment = self.segments.iter().find(|segment| segment.number == number);
                segment.map_or("", |segment| &segment.name)
            }
            by => by.map_or("", By::word),
        }
    }

    /// Whether it asks for a declared segment, as a filter or as the split.
    pub(super) fn asks_for_segments(&self) -> bool {
        self.levels.iter().any(Option::is_some) || matches!(self.by, Some(By::Segment(_)))
    }

    /// Whether it leaves out by what is known of those who answered only: the language of the last page, a declared
    /// segment. Nothing can be said then of all who were asked.
    pub(super) fn is_of_answers_only(&self) -> bool {
        self.language.is_some() || self.careless_out || self.levels.iter().any(Option::is_some)
    }

    /// The level wanted of the declared segment of this number.
    pub(super) fn wanted(&self, number: i16) -> Option<i16> {
        let [first, second] = self.levels;
        if number == 1 { first } else { second }
    }

    /// Holds a request of a reader without the right to rows to the fixed grid: whole weeks or months, one of
    /// channel, contact channel, place and language. Two such reports never differ by a few people's day.
    pub(super) fn keep_to_grid(&self) -> Result<()> {
        let mut problems = Vec::new();
        for (name, date) in [("from", self.from), ("to", self.to)] {
            if let Some(date) = date
                && date.day() != 1
                && date.weekday() != Weekday::Monday
            {
                let message = format!(
                    "{date}: without the right to see rows a period is whole weeks (from Monday to Monday) or whole months"
                );
                problems.push(FieldProblem {
                    pointer: format!("?{name}"),
                    code: "off_grid".to_owned(),
                    message,
                });
            }
        }
        let asked = [
            ("channel", self.channel.is_some() || self.by == Some(By::Channel)),
            ("contact_channel", self.contact_channel.is_some() || self.by == Some(By::ContactChannel)),
            ("place", self.place_id.is_some() || self.by == Some(By::Place)),
            ("language", self.language.is_some() || self.by == Some(By::Language)),
        ];
        for (name, _) in asked.iter().filter(|(_, asked)| *asked).skip(1) {
            let message = "without the right to see rows a report is by one of channel, contact_channel, place and language".to_owned();
            problems.push(FieldProblem { pointer: format!("?{name}"), code: "off_grid".to_owned(), message });
        }
        if self.careless_out {
            let message = "without the right to see rows careless answers stay in: who they are could be told from the \
                           difference"
                .to_owned();
            problems.push(FieldProblem {
                pointer: "?careless".to_owned(),
                code: "off_grid".to_owned(),
                message,
            });
        }
        if self.asks_for_segments() {
            let message = "without the right to see rows there is no report by a declared segment".to_owned();
            problems.push(FieldProblem { pointer: "?by".to_owned(), code: "off_grid".to_owned(), message });
        }
        if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
    }

    /// The splits of which the filter takes one level only.
    pub(super) fn narrowing(&self) -> impl Iterator<Item = By> {
        let levels = [
            (By::Channel, self.channel.is_some()),
            (By::ContactChannel, self.contact_channel.is_some()),
            (By::Place, self.place_id.is_some()),
            (By::Language, self.language.is_some()),
            (By::Segment(1), matches!(self.levels, [Some(_), _])),
            (By::Segment(2), matches!(self.levels, [_, Some(_)])),
        ];
        levels.into_iter().filter(|(_, narrows)| *narrows).map(|(by, _)| by)
    }

    /// Whether anything is left out.
    pub(super) fn is_narrow(&self) -> bool {
        self.from.is_some()
            || self.to.is_some()
            || self.channel.is_some()
            || self.contact_channel.is_some()
            || self.place_id.is_some()
            || self.is_of_answers_only()
    }
}

/// The name of a level that stands for "none": no contact, no place.
pub(super) const NONE: &str = "none";

/// The level to which a response belongs.
pub(super) fn level(by: By, response: &Response, places: &[(i32, String)]) -> String {
    match by {
        By::Channel => channel_name(response.channel),
        By::ContactChannel => channel_name(response.contact_channel),
        By::Place => place_name(response.place_id, places),
        By::Language => language_name(&response.language),
        By::Month | By::Week => period_name(by, response.service_day),
        By::Segment(number) => segment_of(response, number).to_string(),
    }
}

/// The level of a response in the declared segment of this number; 0 is none.
pub(super) fn segment_of(response: &Response, number: i16) -> i16 {
    let [first, second] = response.segments;
    if number == 1 { first } else { second }
}

/// The name of a channel's level.
pub(super) fn channel_name(code: i16) -> String {
    Channel::from_code(code).map_or(NONE, Channel::word).to_owned()
}

/// The name of a place's level.
pub(super) fn place_name(place_id: i32, places: &[(i32, String)]) -> String {
    let key = places.iter().find(|(id, _)| *id == place_id).map_or("", |(_, key)| key);
    if key.is_empty() { NONE.to_owned() } else { key.to_owned() }
}

/// The name of a language's level; imported answers may have none.
pub(super) fn language_name(tag: &str) -> String {
    if tag.is_empty() { NONE.to_owned() } else { tag.to_owned() }
}

/// The name of the month or week in which a day lies.
pub(super) fn period_name(by: By, day: i32) -> String {
    let form = if by == By::Week { "%G-W%V" } else { "%Y-%m" };
    date_of_day(day).strftime(form).to_string()
}
