//! Reads what a report is asked for: names and values of a query, with all problems at once.
//!
//! What they mean for a response stands in `report_filter`. Called by `read_report`.

use jiff::civil::Date;
use survey_forms::language::Language;

use super::report_filter::{By, Filter, NAMES, NONE, Request};
use super::{Error, Result};
use crate::domain::Channel;
use crate::domain::reader::FieldProblem;
use crate::store::segments::Segment;

/// Parses a request; every unknown value is told with what is accepted.
pub(super) fn parse(request: &Request, places: &[(i32, String)], segments: &[Segment]) -> Result<Filter> {
    let mut problems = Vec::new();
    let levels = wanted_levels(&mut problems, request, segments);
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
            let known = Language::parse(text).map(|language| language.tag().to_owned());
            known
                .or_else(|| (text == NONE).then(String::new))
                .ok_or_else(|| format!("none, {}", Language::ALL.map(Language::tag).join(", ")))
        }),
        by: parsed(&mut problems, "by", request.by.as_ref(), |text| {
            let fixed = By::ALL.iter().find(|(_, word)| *word == text).map(|(by, _)| *by);
            let segment = || segments.iter().find(|one| one.name == text).map(|one| By::Segment(one.number));
            let words = By::ALL.iter().map(|(_, word)| *word);
            let names = segments.iter().map(|one| one.name.as_str());
            fixed.or_else(segment).ok_or_else(|| words.chain(names).collect::<Vec<_>>().join(", "))
        }),
        careless_out: parsed(&mut problems, "careless", request.careless.as_ref(), |text| match text {
            "in" => Ok(false),
            "out" => Ok(true),
            _ => Err("in, out".to_owned()),
        })
        .unwrap_or(false),
        levels,
        segments: segments.to_vec(),
    };
    if let (Some(from), Some(to)) = (filter.from, filter.to)
        && from >= to
    {
        problems.push(problem("to", format!("{to} is not after from, {from}; `to` is exclusive")));
    }
    if problems.is_empty() { Ok(filter) } else { Err(Error::Invalid(problems)) }
}

/// The levels asked of the declared segments; any other name is unknown.
fn wanted_levels(
    problems: &mut Vec<FieldProblem>,
    request: &Request,
    segments: &[Segment],
) -> [Option<i16>; 2] {
    let mut levels = [None; 2];
    for (name, text) in &request.segments {
        let Some(segment) = segments.iter().find(|segment| segment.name == *name) else {
            problems.push(unknown_name(name));
            continue;
        };
        let wanted = parsed(problems, name, Some(text), |text| {
            let none = || (text == NONE).then_some(0);
            let names = segment.levels.iter().map(|(_, name)| name.as_str());
            segment
                .level(text)
                .or_else(none)
                .ok_or_else(|| names.chain([NONE]).collect::<Vec<_>>().join(", "))
        });
        let place = usize::from(segment.number != 1);
        if let Some(level) = levels.get_mut(place) {
            *level = wanted;
        }
    }
    levels
}

fn unknown_name(name: &str) -> FieldProblem {
    let message = format!("unknown field `{name}`, expected one of `{}`", NAMES.join("`, `"));
    FieldProblem { pointer: "?".to_owned(), code: "unknown_field".to_owned(), message }
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
