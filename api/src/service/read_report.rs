//! Reads a survey's report: answers are folded into cells, and the cells into numbers.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use scoring::{Cell, Code, Layout};
use serde_json::{Map, Value};
use survey_forms::language::Language;

use super::report_layout::{layout_of, words_of};
use super::{Error, Result, Services};
use crate::domain::reader::FieldProblem;
use crate::domain::time::{date_of_day, day_number};
use crate::domain::{Channel, Micros};
use crate::report::render::Words;
use crate::report::{About, Guard, Report, compare, complement_ok, conventions, response_rate, shape};
use crate::store::invitations::{CountFilter, Counts};
use crate::store::responses::{Response, Step};
use crate::store::surveys::Survey;
use crate::store::{self, AnyConnection, OrgScope, invitations, organisations, places, responses, surveys};

/// Fewest people behind a figure for readers without the right to see rows.
const LEAST_PEOPLE: u64 = 10;

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
    const ALL: [(Self, &'static str); 6] = [
        (Self::Channel, "channel"),
        (Self::ContactChannel, "contact_channel"),
        (Self::Place, "place"),
        (Self::Language, "language"),
        (Self::Month, "month"),
        (Self::Week, "week"),
    ];

    fn word(self) -> &'static str {
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
struct Filter {
    from: Option<Date>,
    to: Option<Date>,
    channel: Option<i16>,
    contact_channel: Option<i16>,
    place_id: Option<i32>,
    language: Option<String>,
    by: Option<By>,
}

/// A report with the words for its page.
pub struct ReportWithWords {
    /// The numbers.
    pub report: Report,
    /// The names around them.
    pub words: Words,
}

/// Reads the report of one survey.
pub fn read_report(
    services: &Services,
    scope: &OrgScope,
    key: &str,
    request: &Request,
) -> Result<ReportWithWords> {
    super::once::in_read(services, |connection| {
        let survey = surveys::find(connection, scope, key)?.ok_or(Error::NotFound("survey"))?;
        let instrument =
            services.instrument(connection, scope, &survey.instrument_key, survey.instrument_version)?;
        let organisation = organisations::get(connection, scope)?;
        let places = places::all(connection, scope)?;
        let filter = parse(request, &places)?;
        let layout = layout_of(&instrument)?;
        let folded = fold(connection, scope, &survey, &layout, &filter, &places)?;
        let counts = counts(connection, scope, &survey, &filter, &organisation.zone(), &folded)?;
        let report = put_together(services, scope, &layout, &filter, request, &folded, counts);
        let mut words = words_of(&instrument, Language::ENGLISH);
        words.organisation.clone_from(&organisation.name);
        words.scope = scope_lines(&survey, request);
        words.level_names = level_names();
        words.generated = format!("{} by laatu {}", services.now().rfc3339(), env!("CARGO_PKG_VERSION"));
        Ok(ReportWithWords { report, words })
    })
}

/// What the answers of a survey come to under a filter.
struct Folded {
    total: Cell,
    levels: BTreeMap<String, Cell>,
    /// All that the survey has, without the filter.
    everybody: u64,
    unfinished: u64,
    answered: u64,
}

fn fold(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey: &Survey,
    layout: &Layout,
    filter: &Filter,
    places: &[(i32, String)],
) -> Result<Folded> {
    let mut folded = Folded {
        total: Cell::empty(layout),
        levels: BTreeMap::new(),
        everybody: 0,
        unfinished: 0,
        answered: 0,
    };
    responses::scan(connection, scope, survey.id, |step| {
        folded.take(layout, filter, places, &step).map_err(store::Error::Broken)
    })?;
    folded.levels.retain(|_, cell| cell.people() > 0);
    Ok(folded)
}

impl Folded {
    fn take(
        &mut self,
        layout: &Layout,
        filter: &Filter,
        places: &[(i32, String)],
        step: &Step<'_>,
    ) -> std::result::Result<(), String> {
        let (response, add) = match step {
            Step::Record(response) => (*response, true),
            Step::Forget(response) => (*response, false),
        };
        let count = |n: &mut u64| *n = if add { *n + 1 } else { n.saturating_sub(1) };
        count(&mut self.everybody);
        if !filter.takes(response) {
            return Ok(());
        }
        count(if response.finished { &mut self.answered } else { &mut self.unfinished });
        let codes = codes(&response.answers)?;
        change(&mut self.total, layout, &codes, add)?;
        if let Some(by) = filter.by {
            let level = level(by, response, places);
            let cell = self.levels.entry(level).or_insert_with(|| Cell::empty(layout));
            change(cell, layout, &codes, add)?;
        }
        Ok(())
    }
}

fn change(cell: &mut Cell, layout: &Layout, codes: &[Code], add: bool) -> std::result::Result<(), String> {
    let outcome = if add { cell.record(layout, codes) } else { cell.forget(layout, codes) };
    outcome.map_err(|error| error.to_string())
}

fn codes(answers: &[u8]) -> std::result::Result<Vec<Code>, String> {
    answers
        .iter()
        .map(|byte| Code::from_byte(*byte).ok_or_else(|| format!("a stored answer {byte} is no code")))
        .collect()
}

impl Filter {
    fn takes(&self, response: &Response) -> bool {
        let day = response.service_day;
        self.from.is_none_or(|from| day >= day_number(from))
            && self.to.is_none_or(|to| day < day_number(to))
            && self.channel.is_none_or(|channel| response.channel == channel)
            && self.contact_channel.is_none_or(|channel| response.contact_channel == channel)
            && self.place_id.is_none_or(|place| response.place_id == place)
            && self.language.as_ref().is_none_or(|language| response.language == *language)
    }

    const fn is_narrow(&self) -> bool {
        self.from.is_some()
            || self.to.is_some()
            || self.channel.is_some()
            || self.contact_channel.is_some()
            || self.place_id.is_some()
            || self.language.is_some()
    }
}

/// The name of a level that stands for "none": no contact, no place.
const NONE: &str = "none";

fn level(by: By, response: &Response, places: &[(i32, String)]) -> String {
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

/// Sent and bounced come from the invitations; under a language filter there is no rate, since the
/// language of the last page is known of those who answered only.
fn counts(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey: &Survey,
    filter: &Filter,
    zone: &TimeZone,
    folded: &Folded,
) -> Result<Option<Counts>> {
    if filter.language.is_some() {
        return Ok(None);
    }
    let midnight =
        |date: Date| date.to_zoned(zone.clone()).ok().map(|at| Micros(at.timestamp().as_microsecond()));
    let filter = CountFilter {
        from: filter.from.and_then(midnight),
        to: filter.to.and_then(midnight),
        channel: filter.channel,
        contact_channel: filter.contact_channel,
        place_id: filter.place_id,
    };
    let counts = invitations::count(connection, scope, survey.id, &filter)?;
    Ok(Some(Counts { answered: folded.answered, ..counts }))
}

fn put_together(
    services: &Services,
    scope: &OrgScope,
    layout: &Layout,
    filter: &Filter,
    request: &Request,
    folded: &Folded,
    counts: Option<Counts>,
) -> Report {
    let guard = if scope.may_see_rows() { Guard::OPEN } else { Guard::at_least(LEAST_PEOPLE) };
    let nobody = Cell::empty(layout);
    // Whoever knows the whole and all but a few knows the few: such a filter shows nothing.
    let gives_away = guard.minimum.is_some_and(|minimum| {
        filter.is_narrow() && !complement_ok(folded.everybody, folded.total.people(), minimum)
    });
    let total = if gives_away { &nobody } else { &folded.total };
    let mut by = BTreeMap::new();
    if let Some(split) = filter.by
        && !gives_away
    {
        by.insert(split.word().to_owned(), compare(layout, total, &folded.levels, guard));
    }
    let about = About {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        conventions: conventions(),
        as_of: Some(services.now().rfc3339()),
        filters: Some(filters_shown(request)),
        source: Some("scan".to_owned()),
        minimum_people: guard.minimum,
        unfinished: Some(folded.unfinished),
        ..About::default()
    };
    let rate = counts.map(|counts| response_rate(counts.answered, counts.sent, counts.bounced));
    Report::new(shape(layout, total, guard), by, rate, about)
}

/// Channels and "none" as a reader calls them.
fn level_names() -> BTreeMap<String, BTreeMap<String, String>> {
    let name = |channel: Channel| match channel {
        Channel::Web => "Web shop",
        Channel::InPerson => "In person",
        Channel::Phone => "Phone",
        Channel::Email => "E-mail",
        Channel::Chat => "Chat",
        Channel::Community => "Community",
    };
    let names = |none: &str| -> BTreeMap<String, String> {
        let channels = Channel::ALL.iter().map(|one| (one.word().to_owned(), name(*one).to_owned()));
        channels.chain([(NONE.to_owned(), none.to_owned())]).collect()
    };
    BTreeMap::from([
        (By::Channel.word().to_owned(), names("Not known")),
        (By::ContactChannel.word().to_owned(), names("No contact")),
        (By::Place.word().to_owned(), BTreeMap::from([(NONE.to_owned(), "No place".to_owned())])),
    ])
}

fn filters_shown(request: &Request) -> Value {
    let mut shown = Map::new();
    for (name, value) in request.named() {
        if let Some(value) = value {
            shown.insert(name.to_owned(), Value::String(value.clone()));
        }
    }
    Value::Object(shown)
}

fn scope_lines(survey: &Survey, request: &Request) -> Vec<String> {
    let mut lines = vec![format!(
        "Survey {}, instrument {} version {}",
        survey.key, survey.instrument_key, survey.instrument_version
    )];
    let filters: Vec<String> = request
        .named()
        .into_iter()
        .filter(|(name, _)| *name != "by")
        .filter_map(|(name, value)| value.as_ref().map(|value| format!("{name} {value}")))
        .collect();
    lines.push(if filters.is_empty() { "All answers".to_owned() } else { filters.join(", ") });
    lines
}

impl Request {
    fn named(&self) -> [(&'static str, &Option<String>); 7] {
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

fn parse(request: &Request, places: &[(i32, String)]) -> Result<Filter> {
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
