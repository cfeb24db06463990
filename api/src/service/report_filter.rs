//! What a report is asked for: filters and a split, parsed with all problems at once.

use jiff::civil::{Date, Weekday};
use survey_forms::language::Language;

use super::{Error, Result};
use crate::domain::Channel;
use crate::domain::reader::FieldProblem;
use crate::domain::time::{date_of_day, day_number};
use crate::store::responses::Response;

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
}

impl By {
    /// All of them with the words of the query.
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
}

impl Request {
    /// Each part with its name.
    pub(super) fn named(&self) -> [(&'static str, &Option<String>); 7] {
        [
            ("from", &self.from),
            ("to", &self.to),
            ("channel", &self.channel),
            ("contact_channel", &self.contact_channel),
            ("place", &self.place),
            ("language", &self.language),
            ("by", &self.by),
        ]
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
        if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
    }

    /// The splits of which the filter takes one level only.
    pub(super) fn narrowing(&self) -> impl Iterator<Item = By> {
        let levels = [
            (By::Channel, self.channel.is_some()),
            (By::ContactChannel, self.contact_channel.is_some()),
            (By::Place, self.place_id.is_some()),
            (By::Language, self.language.is_some()),
        ];
        levels.into_iter().filter(|(_, narrows)| *narrows).map(|(by, _)| by)
    }

    /// Whether anything is left out.
    pub(super) const fn is_narrow(&self) -> bool {
        self.from.is_some()
            || self.to.is_some()
            || self.channel.is_some()
            || self.contact_channel.is_some()
            || self.place_id.is_some()
            || self.language.is_some()
    }
}

/// The name of a level that stands for "none": no contact, no place.
pub(super) const NONE: &str = "none";

/// The level to which a response belongs.
pub(super) fn level(by: By, response: &Response, places: &[(i32, String)]) -> String {
    let channel = |code| Channel::from_code(code).map_or(NONE, Channel::word).to_owned();
    match by {
        By::Channel => channel(response.channel),
        By::ContactChannel => channel(response.contact_channel),
        By::Place => {
            let key = places.iter().find(|(id, _)| *id == response.place_id).map_or("", |(_, key)| key);
            if key.is_empty() { NONE.to_owned() } else { key.to_owned() }
        }
        By::Language => response.language.clone(),
        By::Month => date_of_day(response.service_day).strftime("%Y-%m").to_string(),
        By::Week => date_of_day(response.service_day).strftime("%G-W%V").to_string(),
    }
}

/// Parses a request; every unknown value is told with what is accepted.
pub(super) fn parse(request: &Request, places: &[(i32, String)]) -> Result<Filter> {
    let mut problems = Vec::new();
    let filter = Filter {
        from: parsed(&mut problems, "from", request.from.as_ref(), parse_date),
        to: parsed(&mut problems, "to", request.to.as_ref(), parse_date),
        channel: parsed(&mut problems, "channel", request.channel.as_ref(), |text| {
            Channel::from_word(text).map(Channel::code).ok_or_else(Channel::words)
        }),
        contact_channel: parsed(&mut problems, "contact_channel", request.contact_channel.as_ref(), |text| {
            let code = if text == NONE { Some(0) } else { Channel::from_word(text).map(Channel::code) };
            code.ok_or_else(|| format!("none, {}", Channel::words()))
        }),
        place_id: parsed(&mut problems, "place", request.place.as_ref(), |text| {
            let key = if text == NONE { "" } else { text };
            let known = places.iter().find(|(_, place)| place == key).map(|(id, _)| *id);
            known.ok_or_else(|| "the places of this organisation's orders".to_owned())
        }),
        language: parsed(&mut problems, "language", request.language.as_ref(), |text| {
            Language::parse(text)
                .map(|language| language.tag().to_owned())
                .ok_or_else(|| Language::ALL.map(Language::tag).join(", "))
        }),
        by: parsed(&mut problems, "by", request.by.as_ref(), |text| {
            let known = By::ALL.iter().find(|(_, word)| *word == text).map(|(by, _)| *by);
            known.ok_or_else(|| By::ALL.map(|(_, word)| word).join(", "))
        }),
    };
    if let (Some(from), Some(to)) = (filter.from, filter.to)
        && from >= to
    {
        problems.push(problem("to", format!("{to} is not after from, {from}; `to` is exclusive")));
    }
    if problems.is_empty() { Ok(filter) } else { Err(Error::Invalid(problems)) }
}

fn parse_date(text: &str) -> std::result::Result<Date, String> {
    text.parse::<Date>().map_err(|_| "dates such as 2026-05-04".to_owned())
}

fn parsed<T>(
    problems: &mut Vec<FieldProblem>,
    name: &str,
    text: Option<&String>,
    read: impl Fn(&str) -> std::result::Result<T, String>,
) -> Option<T> {
    let text = text?;
    match read(text) {
        Ok(value) => Some(value),
        Err(accepted) => {
            problems.push(problem(name, format!("\"{text}\" is not known; accepted are {accepted}")));
            None
        }
    }
}

fn problem(name: &str, message: String) -> FieldProblem {
    FieldProblem { pointer: format!("?{name}"), code: "unknown_value".to_owned(), message }
}
