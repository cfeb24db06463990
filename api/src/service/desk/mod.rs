//! The pages of the dashboard about one survey: reads the reports that a page needs, with the rights of who is signed in,
//! and has them put into words.
//!
//! Nothing is computed here: the same use case answers the API.

pub mod comments;
pub mod scope;

use jiff::civil::Date;
use serde::Serialize;

use super::once::in_read;
use super::read_report::{Depth, ReportWithWords, Request, read_report_to};
use super::report_file::{Format, ReportFile, Wishes, report_file};
use super::{Error, Result, Services, invalid};
use crate::domain::reader::FieldProblem;
use crate::domain::time::{date_of_day, day_number};
use crate::domain::{Channel, SurveyState};
use crate::files::csv::Dialect;
use crate::report::Report;
use crate::report::render::{Closed, Drawn, Given, Part, TrendNote, View, part};
use crate::store::closed_months::ClosedMonth;
use crate::store::surveys::Survey;
use crate::store::{OrgScope, annotations, closed_months, organisations, places, surveys};

use comments::{Comments, Wanted, read_comments};
use scope::{Asked, Scope, channel_name, day_words, language_name};

/// Which page is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The four questions.
    Overview,
    /// Every dimension.
    Dimensions,
    /// One dimension, by its key.
    Dimension(String),
    /// What was expected against what was found.
    Expected,
    /// Channels and ways of getting in touch.
    Channels,
    /// Places.
    Places,
    /// What goes with the overall judgement.
    Drivers,
    /// Weeks and months.
    Trend,
    /// Comments, with which of them are wanted.
    Comments(Wanted),
    /// Who answered.
    Answered,
}

/// One choice of a filter.
#[derive(Clone, Debug, Serialize)]
pub struct Choice {
    /// Its word in the address.
    pub value: String,
    /// What it is called.
    pub name: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// A filter with its choices.
#[derive(Clone, Debug, Serialize)]
pub struct FilterField {
    /// Its name in the address.
    pub name: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// What can be chosen; the first is everything.
    pub choices: Vec<Choice>,
}

/// The part that changes from page to page.
#[derive(Clone, Debug)]
pub enum Content {
    /// Figures in words and marks.
    Figures(Part),
    /// Comments.
    Comments(Comments),
    /// The address asks for what there is not: what is wrong, with its field.
    Refused(Vec<FieldProblem>),
}

/// One page about a survey.
#[derive(Clone, Debug)]
pub struct DeskPage {
    /// The survey's key.
    pub survey: String,
    /// How the survey does: running, paused.
    pub state: SurveyState,
    /// The period in words.
    pub when: String,
    /// The filters in words.
    pub whose: Vec<String>,
    /// The word of the period.
    pub period: String,
    /// The filters that can be chosen.
    pub fields: Vec<FilterField>,
    /// The score that the survey is held against, in points of 100.
    pub target: Option<f64>,
    /// What the page says.
    pub content: Content,
    /// Whether nobody's answer is told on it.
    pub is_empty: bool,
    /// The survey, where it was never started and nobody answered: there is nothing that a longer period could show.
    pub unbegun: Option<Survey>,
}

/// Where a page is: where the survey's pages begin, where it is itself, and the query that leads to the same scope.
#[derive(Clone, Copy, Debug)]
pub struct Address<'a> {
    /// Such as `/dashboard/surveys/after-delivery`.
    pub base: &'a str,
    /// The page without its query.
    pub here: &'a str,
    /// With its question mark, or empty.
    pub query: &'a str,
}

/// A chart as a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartFormat {
    /// The drawing, with its colours inside.
    Svg,
    /// Its values, exact, as comma-separated values.
    Csv,
}

/// One chart of a page as a file, with the page's period, filters and suppression; nothing when the page has no such
/// chart.
pub fn chart_file(
    services: &Services,
    scope: &OrgScope,
    key: &str,
    kind: &Kind,
    asked: &Asked,
    (name, format): (&str, ChartFormat),
) -> Result<Vec<u8>> {
    let drawn = read_chart(services, scope, key, kind, asked, name)?;
    Ok(match format {
        ChartFormat::Svg => drawn.svg.into_bytes(),
        ChartFormat::Csv => Dialect::EXACT.table(&drawn.header, &drawn.rows),
    })
}

fn read_chart(
    services: &Services,
    scope: &OrgScope,
    key: &str,
    kind: &Kind,
    asked: &Asked,
    name: &str,
) -> Result<Drawn> {
    let address = Address { base: "", here: "", query: "" };
    let part = match read_page(services, scope, key, kind, asked, address)?.content {
        Content::Figures(part) => part,
        Content::Refused(problems) => return Err(Error::Invalid(problems)),
        Content::Comments(_) => return Err(Error::NotFound("chart")),
    };
    part.charts.into_iter().find(|chart| chart.name == name).ok_or(Error::NotFound("chart"))
}

/// Reads a page.
pub fn read_page(
    services: &Services,
    scope: &OrgScope,
    key: &str,
    kind: &Kind,
    asked: &Asked,
    address: Address<'_>,
) -> Result<DeskPage> {
    let (survey, today, places) = services.store.read(|connection| {
        let survey = surveys::find(connection, scope, key)?;
        let zone = organisations::get(connection, scope)?.zone();
        Ok((survey, services.now().day_in(&zone), places::all(connection, scope)?))
    })?;
    let survey = survey.ok_or(Error::NotFound("survey"))?;
    let read = Scope::read(asked, date_of_day(today));
    let (desk, (content, nobody)) = match read {
        Ok(desk) => {
            let today = date_of_day(today);
            let reader = Reader { services, scope, survey: &survey, desk: &desk, today, address };
            let content = match reader.content(kind) {
                Err(Error::Invalid(problems)) => (Content::Refused(problems), false),
                other => other?,
            };
            (desk, content)
        }
        Err(problems) => (Scope::default(), (Content::Refused(problems), false)),
    };
    let is_empty = match &content {
        Content::Figures(_) => nobody,
        Content::Comments(comments) => comments.shown.is_empty(),
        Content::Refused(_) => false,
    };
    let is_unbegun = is_empty && survey.state == SurveyState::Draft && asks(services, scope, &survey)?;
    Ok(DeskPage {
        is_empty,
        unbegun: is_unbegun.then(|| survey.clone()),
        survey: survey.key.clone(),
        target: survey.target(),
        state: survey.state,
        when: desk.when,
        whose: desk.whose,
        period: if desk.period.is_empty() { asked.period.clone().unwrap_or_default() } else { desk.period },
        fields: fields(asked, &survey, &places, scope.may_see_rows()),
        content,
    })
}

/// Whether a survey has questions that it could ask: imported answers have none, and are never started.
fn asks(services: &Services, scope: &OrgScope, survey: &Survey) -> Result<bool> {
    let found = in_read(services, |connection| {
        services.instrument(connection, scope, &survey.instrument_key, survey.instrument_version)
    });
    match found {
        Ok(_) => Ok(true),
        Err(Error::Conflict(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// The report of a page's period and filters as a file, with the rights of who is signed in.
pub fn take_report(
    services: &Services,
    scope: &OrgScope,
    key: &str,
    asked: &Asked,
    by: Option<String>,
    wishes: &Wishes,
    format: Format,
) -> Result<ReportFile> {
    let today = services.store.read(|connection| {
        let zone = organisations::get(connection, scope)?.zone();
        Ok(services.now().day_in(&zone))
    })?;
    let desk = Scope::read(asked, date_of_day(today)).map_err(Error::Invalid)?;
    let request = Request { by, ..desk.request };
    report_file(services, scope, key, &request, wishes, format)
}

struct Reader<'a> {
    services: &'a Services,
    scope: &'a OrgScope,
    survey: &'a Survey,
    desk: &'a Scope,
    today: Date,
    address: Address<'a>,
}

impl Reader<'_> {
    /// What the page says, and whether nobody's answer is known to this reader.
    fn content(&self, kind: &Kind) -> Result<(Content, bool)> {
        let (view, splits, depth) = match kind {
            Kind::Comments(_) if self.desk.request.careless.as_deref() == Some("out") => {
                let words =
                    "comments are shown whatever care was taken; take the filter of careless answers back";
                return Err(invalid("?careless", "not_here", words));
            }
            Kind::Comments(wanted) => {
                let found = read_comments(self.services, self.scope, self.survey, self.desk, wanted)?;
                return Ok((Content::Comments(found), false));
            }
            Kind::Overview => (View::Overview, vec!["contact_channel", "channel", self.step()], Depth::Plain),
            Kind::Dimensions => (View::Dimensions, vec![], Depth::Plain),
            Kind::Dimension(key) => {
                (View::Dimension(key), vec!["contact_channel", "channel", "month"], Depth::Plain)
            }
            Kind::Expected => (View::Expected, vec![], Depth::Plain),
            Kind::Channels => (View::Channels, vec!["contact_channel", "channel"], Depth::Plain),
            Kind::Places => (View::Places, vec!["place"], Depth::Plain),
            Kind::Drivers => (View::Drivers, vec![], Depth::Whole),
            Kind::Trend => (View::Trend, vec!["week", "month"], Depth::Plain),
            Kind::Answered => (View::Answered, vec![], Depth::Plain),
        };
        let with_before = matches!(kind, Kind::Overview | Kind::Dimensions | Kind::Dimension(_));
        let whole = self.read(&self.desk.request, depth)?;
        let before = match self.desk.request_before().filter(|_| with_before) {
            // What cannot be asked for, such as a period off the grid, cannot be compared with.
            Some(request) => self.read(&request, Depth::Plain).ok().map(|read| read.report),
            None => None,
        };
        let beside = self.beside(&splits)?;
        let closed = if *kind == Kind::Trend { self.closed()? } else { Vec::new() };
        let notes = if *kind == Kind::Trend { self.notes()? } else { Vec::new() };
        let given = Given {
            report: &whole.report,
            before: before.as_ref(),
            beside: &beside,
            words: &whole.words,
            target: self.survey.target(),
            closed: &closed,
            stretch: self.desk.stretch(self.today),
            notes: &notes,
            base: self.address.base,
            here: self.address.here,
            query: self.address.query,
        };
        let made = part(view, &given).map_err(|error| Error::Broken(error.to_string()))?;
        let nobody = whole.report.is_empty();
        made.map(|part| (Content::Figures(part), nobody)).ok_or(Error::NotFound("dimension"))
    }

    /// The closed months that lie in the period as a whole; none where the page is about some of the answers only.
    fn closed(&self) -> Result<Vec<Closed>> {
        if self.desk.is_narrow() {
            return Ok(Vec::new());
        }
        let (scope, survey) = (self.scope, self.survey.id);
        let (found, zone) = self.services.store.read(|connection| {
            let zone = organisations::get(connection, scope)?.zone();
            let mut found = Vec::new();
            for one in closed_months::all(connection, scope, survey)? {
                let month = date_of_day(one.month);
                let days = (one.month, month.last_of_month().tomorrow().map_or(i32::MAX, day_number));
                let late = if scope.may_see_rows() {
                    Some(closed_months::came_after(connection, scope, survey, days, one.closed_at)?)
                } else {
                    None
                };
                found.push((month, one, late));
            }
            Ok((found, zone))
        })?;
        let from = self.desk.request.from.as_ref().and_then(|from| from.parse::<Date>().ok());
        let is_inside = |month: Date| from.is_none_or(|from| from <= month);
        let inside = found.into_iter().filter(|(month, ..)| is_inside(*month));
        let read = |(month, one, late): (Date, ClosedMonth, Option<i64>)| {
            let closed_on = day_words(date_of_day(one.closed_at.day_in(&zone)));
            let report =
                serde_json::from_str(&one.report).map_err(|error| Error::Broken(error.to_string()))?;
            let late = late.and_then(|late| u64::try_from(late).ok());
            Ok(Closed { month: month.strftime("%Y-%m").to_string(), closed_on, report, late })
        };
        inside.map(read).collect()
    }

    /// What colleagues wrote on the trend, by day.
    fn notes(&self) -> Result<Vec<TrendNote>> {
        let found = self
            .services
            .store
            .read(|connection| annotations::of_survey(connection, self.scope, self.survey.id))?;
        let note = |one: annotations::Annotation| TrendNote { day: date_of_day(one.day), words: one.words };
        Ok(found.into_iter().map(note).collect())
    }

    /// Weeks for a short period, months for a long one.
    fn step(&self) -> &'static str {
        if self.desk.days.is_some_and(|days| days <= 26 * 7) { "week" } else { "month" }
    }

    fn read(&self, request: &Request, depth: Depth) -> Result<ReportWithWords> {
        read_report_to(self.services, self.scope, &self.survey.key, request, depth)
    }

    /// The reports with each split that this reader may ask for: on the fixed grid there is one of channel, contact channel,
    /// place and language at a time, and a filter is one.
    fn beside(&self, splits: &[&str]) -> Result<Vec<Report>> {
        let asked = &self.desk.request;
        let narrowed = [
            ("channel", asked.channel.is_some()),
            ("contact_channel", asked.contact_channel.is_some()),
            ("place", asked.place.is_some()),
            ("language", asked.language.is_some()),
        ];
        let is_open = |split: &&&str| {
            let split: &str = split;
            let itself = narrowed.iter().any(|(name, is_set)| *name == split && *is_set);
            let other = narrowed.iter().any(|(_, is_set)| *is_set);
            let is_time = matches!(split, "week" | "month");
            is_time || (!itself && (!other || self.scope.may_see_rows()))
        };
        let open = splits.iter().filter(|split| is_open(split));
        open.map(|split| Ok(self.read(&self.desk.request_by(split), Depth::Plain)?.report)).collect()
    }
}

fn fields(asked: &Asked, survey: &Survey, places: &[(i32, String)], rows: bool) -> Vec<FilterField> {
    let channels = || {
        Channel::ALL
            .iter()
            .map(|one| (one.word().to_owned(), channel_name(one.word()).unwrap_or(one.word()).to_owned()))
    };
    let none = |words: &str| ("none".to_owned(), words.to_owned());
    let keys = places.iter().filter(|(_, key)| !key.is_empty()).map(|(_, key)| (key.clone(), key.clone()));
    let tags = survey.languages.iter().map(|tag| (tag.clone(), language_name(tag)));
    let period = scope::periods().into_iter().map(|(word, name)| (word.to_owned(), name.to_owned()));
    let shown = asked.period.clone().unwrap_or_else(|| scope::DEFAULT_PERIOD.to_owned());
    let mut fields = vec![
        field("period", "Period", None, Some(&shown), period.collect()),
        field("channel", "Channel", Some("All channels"), asked.channel.as_ref(), channels().collect()),
        field(
            "contact_channel",
            "Contact channel",
            Some("All, in touch or not"),
            asked.contact_channel.as_ref(),
            channels().chain([none("Not in touch")]).collect(),
        ),
        field(
            "place",
            "Place",
            Some("All places"),
            asked.place.as_ref(),
            keys.chain([none("Without a place")]).collect(),
        ),
        field("language", "Language", Some("All languages"), asked.language.as_ref(), tags.collect()),
    ];
    if rows {
        let out = vec![("out".to_owned(), "Left out".to_owned())];
        fields.push(field("careless", "Careless answers", Some("Counted"), asked.careless.as_ref(), out));
    }
    fields
}

fn field(
    name: &'static str,
    label: &'static str,
    all: Option<&str>,
    chosen: Option<&String>,
    choices: Vec<(String, String)>,
) -> FilterField {
    let all =
        all.map(|words| Choice { value: String::new(), name: words.to_owned(), chosen: chosen.is_none() });
    let choices = choices.into_iter().map(|(value, name)| Choice {
        chosen: chosen.is_some_and(|chosen| *chosen == value),
        value,
        name,
    });
    FilterField { name, label, choices: all.into_iter().chain(choices).collect() }
}
