//! What a page of the dashboard is about: the period and the filters of its address, and the same in words.
//!
//! Periods are whole weeks by default, so that everybody's page stands on the fixed grid and the period before has the same
//! weekdays.

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use serde::Serialize;
use survey_forms::language::Language;

use crate::domain::Channel;
use crate::domain::reader::FieldProblem;
use crate::report::render::Stretch;
use crate::service::read_report::Request;

/// The period that a page shows when none is asked for.
pub const DEFAULT_PERIOD: &str = "6w";

/// Whole weeks that can be chosen: the word of the address, how many, and their name.
const WEEKS: [(&str, i64, &str); 4] = [
    ("4w", 4, "Last 4 weeks"),
    ("6w", 6, "Last 6 weeks"),
    ("13w", 13, "Last 13 weeks"),
    ("52w", 52, "Last 52 weeks"),
];

/// What an address asks for, as it came.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Asked {
    /// `4w`, `6w`, `13w`, `52w`, `all` or `own`.
    pub period: Option<String>,
    /// First day of an own period.
    pub from: Option<String>,
    /// Its last day, which belongs to it.
    pub until: Option<String>,
    /// Channel of the order.
    pub channel: Option<String>,
    /// Channel of contact, or `none`.
    pub contact_channel: Option<String>,
    /// Key of a place, or `none`.
    pub place: Option<String>,
    /// Language tag.
    pub language: Option<String>,
    /// `out` without those who show signs of careless answering.
    pub careless: Option<String>,
}

impl Asked {
    /// Reads the query of an address, with or without its question mark; what is none of these names is left out.
    pub fn of_query(query: &str) -> Self {
        let fields: Vec<(String, String)> =
            serde_urlencoded::from_str(query.trim_start_matches('?')).unwrap_or_default();
        Self::of_fields(&fields)
    }

    /// The same of fields that were read already; of several of one name the last that is not empty.
    pub fn of_fields(fields: &[(String, String)]) -> Self {
        let text = |wanted: &str| {
            let found = fields.iter().rev().find(|(name, value)| name == wanted && !value.is_empty());
            found.map(|(_, value)| value.clone())
        };
        let (from, until) = (text("from"), text("until"));
        let own = from.is_some() || until.is_some();
        Self {
            period: text("period").or_else(|| own.then(|| "own".to_owned())),
            from,
            until,
            channel: text("channel"),
            contact_channel: text("contact_channel"),
            place: text("place"),
            language: text("language"),
            careless: text("careless"),
        }
    }

    /// Whether own dates are asked for.
    pub fn is_own(&self) -> bool {
        self.period.as_deref() == Some("own")
    }

    /// The query that leads to the same scope, with its question mark; empty for the usual one.
    pub fn query(&self) -> String {
        let own = self.is_own();
        let parts = [
            ("period", self.period.as_ref()),
            ("from", self.from.as_ref().filter(|_| own)),
            ("until", self.until.as_ref().filter(|_| own)),
            ("channel", self.channel.as_ref()),
            ("contact_channel", self.contact_channel.as_ref()),
            ("place", self.place.as_ref()),
            ("language", self.language.as_ref()),
            ("careless", self.careless.as_ref()),
        ];
        let set: Vec<(&str, &String)> =
            parts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
        let text = serde_urlencoded::to_string(set).unwrap_or_default();
        if text.is_empty() { text } else { format!("?{text}") }
    }
}

/// A period and filters that are understood as far as they can be without the survey.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// The period and the filters, for a report.
    pub request: Request,
    /// The period before, of equal weekdays or of as many months; none where the period has no beginning.
    pub before: Option<(Date, Date)>,
    /// Days of the period; none where it has no ends.
    pub days: Option<i64>,
    /// The word of the period.
    pub period: String,
    /// The period in words.
    pub when: String,
    /// The filters in words.
    pub whose: Vec<String>,
}

impl Scope {
    /// Reads an address; `today` is a day of the organisation's zone. What cannot be read is told with its field.
    pub fn read(asked: &Asked, today: Date) -> Result<Self, Vec<FieldProblem>> {
        let period = period(asked, today)?;
        let mut scope = Self {
            request: Request {
                from: period.days.map(|(from, _)| from.to_string()),
                to: period.days.map(|(_, to)| to.to_string()),
                channel: asked.channel.clone(),
                contact_channel: asked.contact_channel.clone(),
                place: asked.place.clone(),
                language: asked.language.clone(),
                careless: asked.careless.clone(),
                ..Request::default()
            },
            before: period.before,
            days: period.days.map(|(from, to)| days_between(from, to)),
            period: period.word,
            when: period.words,
            whose: Vec::new(),
        };
        scope.whose = whose(asked);
        Ok(scope)
    }

    /// Whether anything but the period is chosen.
    pub fn is_narrow(&self) -> bool {
        !self.whose.is_empty()
    }

    /// The days of the period, as seen on a day.
    pub fn stretch(&self, today: Date) -> Stretch {
        let day = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<Date>().ok());
        let until = day(&self.request.to).map(|to| moved(to, (-1).days()));
        Stretch { from: day(&self.request.from), until, today }
    }

    /// The request for the period before; none where there is no such period.
    pub fn request_before(&self) -> Option<Request> {
        let (from, to) = self.before?;
        Some(Request { from: Some(from.to_string()), to: Some(to.to_string()), ..self.request.clone() })
    }

    /// The request with a split.
    pub fn request_by(&self, by: &str) -> Request {
        Request { by: Some(by.to_owned()), ..self.request.clone() }
    }
}

/// The periods that can be chosen, with their names.
pub fn periods() -> Vec<(&'static str, &'static str)> {
    let weeks = WEEKS.iter().map(|(word, _, name)| (*word, *name));
    weeks.chain([("all", "All time"), ("own", "Own dates")]).collect()
}

struct Period {
    word: String,
    /// First day, and the day after the last.
    days: Option<(Date, Date)>,
    before: Option<(Date, Date)>,
    words: String,
}

fn period(asked: &Asked, today: Date) -> Result<Period, Vec<FieldProblem>> {
    let word = match &asked.period {
        Some(word) => word.as_str(),
        None if asked.from.is_some() || asked.until.is_some() => "own",
        None => DEFAULT_PERIOD,
    };
    if word == "all" {
        return Ok(Period { word: word.to_owned(), days: None, before: None, words: "All time".to_owned() });
    }
    let (from, to) = match WEEKS.iter().find(|(known, ..)| *known == word) {
        Some((_, weeks, _)) => weeks_to(today, *weeks),
        None if word == "own" => own_days(asked)?,
        None => {
            return Err(vec![problem("period", format!("\"{word}\" is no period; choose one of the list"))]);
        }
    };
    let before = before(from, to);
    let name = WEEKS.iter().find(|(known, ..)| *known == word).map(|(_, _, name)| *name);
    let words = match name {
        // The week that is running has days that have not come yet.
        Some(name) => format!("{name}, {} to today", day_words(from)),
        None => in_words(from, to),
    };
    Ok(Period { word: word.to_owned(), days: Some((from, to)), before, words })
}

/// So many whole weeks from Monday, with the one that is running.
fn weeks_to(today: Date, weeks: i64) -> (Date, Date) {
    let since_monday = i64::from(today.weekday().to_monday_zero_offset());
    let to = moved(today, (7 - since_monday).days());
    (moved(to, (-7 * weeks).days()), to)
}

fn own_days(asked: &Asked) -> Result<(Date, Date), Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let mut day = |name: &str, text: Option<&String>| match text.map(|text| text.parse::<Date>()) {
        Some(Ok(day)) => Some(day),
        Some(Err(_)) => {
            problems.push(problem(
                name,
                format!("\"{}\" is not a day; write it as 2026-05-04", text.map_or("", String::as_str)),
            ));
            None
        }
        None => {
            problems.push(problem(name, "own dates need a first and a last day".to_owned()));
            None
        }
    };
    let (from, until) = (day("from", asked.from.as_ref()), day("until", asked.until.as_ref()));
    if let (Some(from), Some(until)) = (from, until) {
        if from <= until {
            return Ok((from, moved(until, 1.days())));
        }
        problems.push(problem(
            "until",
            format!("the last day, {}, lies before the first, {}", day_words(until), day_words(from)),
        ));
    }
    Err(problems)
}

/// The period before: as many whole months where a period is whole months, else moved back by whole weeks, so that each
/// weekday stands against itself.
pub(in crate::service) fn before(from: Date, to: Date) -> Option<(Date, Date)> {
    if from.day() == 1 && to.day() == 1 && from.weekday() != to.weekday() {
        let months =
            i32::from(to.year() - from.year()) * 12 + i32::from(to.month()) - i32::from(from.month());
        return Some((from.checked_sub(months.months()).ok()?, from));
    }
    let days = days_between(from, to);
    let back = (days + 6) / 7 * 7;
    Some((from.checked_sub(back.days()).ok()?, to.checked_sub(back.days()).ok()?))
}

fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

/// A day moved by a span; itself where the calendar ends.
fn moved(day: Date, by: Span) -> Date {
    day.checked_add(by).unwrap_or(day)
}

/// "22 November 2026", held together by blanks that do not break.
pub fn day_words(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string().replace(' ', "\u{a0}")
}

/// "12 October to 22 November 2026", with the last day that belongs to it.
pub fn in_words(from: Date, to: Date) -> String {
    let last = moved(to, (-1).days());
    let end = day_words(last);
    if from == last {
        return end;
    }
    let form = match (from.year() == last.year(), from.month() == last.month()) {
        (true, true) => "%-d",
        (true, false) => "%-d %B",
        _ => "%-d %B %Y",
    };
    format!("{} to {end}", from.strftime(form).to_string().replace(' ', "\u{a0}"))
}

fn whose(asked: &Asked) -> Vec<String> {
    let channel = |word: &String| channel_way(word).map_or_else(|| word.clone(), str::to_owned);
    let language = |tag: &String| language_name(tag);
    let parts = [
        asked.channel.as_ref().map(|word| format!("who bought {}", channel(word))),
        asked.contact_channel.as_ref().map(|word| match word.as_str() {
            "none" => "not in touch".to_owned(),
            _ => format!("in touch {}", channel(word)),
        }),
        asked.place.as_ref().map(|key| match key.as_str() {
            "none" => "without a place".to_owned(),
            key => format!("of the place {key}"),
        }),
        asked.language.as_ref().map(|tag| format!("who answered in {}", language(tag))),
        asked.careless.as_ref().filter(|word| *word == "out").map(|_| "without careless answers".to_owned()),
    ];
    parts.into_iter().flatten().collect()
}

/// A language as an English reader calls it; its tag where it is none of ours.
pub fn language_name(tag: &str) -> String {
    let name = match Language::parse(tag).map(Language::tag) {
        Some("en") => "English",
        Some("fi") => "Finnish",
        Some("sv") => "Swedish",
        Some("et") => "Estonian",
        Some("de") => "German",
        Some("hu") => "Hungarian",
        Some("pl") => "Polish",
        Some("ar") => "Arabic",
        _ => tag,
    };
    name.to_owned()
}

/// A channel as people call it.
pub fn channel_name(word: &str) -> Option<&'static str> {
    Some(match Channel::from_word(word)? {
        Channel::Web => "Web shop",
        Channel::InPerson => "In person",
        Channel::Phone => "Phone",
        Channel::Email => "E-mail",
        Channel::Chat => "Chat",
        Channel::Community => "Community",
    })
}

/// How somebody bought or was in touch, within a sentence.
pub fn channel_way(word: &str) -> Option<&'static str> {
    Some(match Channel::from_word(word)? {
        Channel::Web => "in the web shop",
        Channel::InPerson => "in person",
        Channel::Phone => "by phone",
        Channel::Email => "by e-mail",
        Channel::Chat => "by chat",
        Channel::Community => "in the community",
    })
}

fn problem(name: &str, message: String) -> FieldProblem {
    FieldProblem { pointer: format!("?{name}"), code: "unknown_value".to_owned(), message }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn asked(period: &str) -> Asked {
        Asked { period: Some(period.to_owned()), ..Asked::default() }
    }

    fn plain(words: &str) -> String {
        words.replace('\u{a0}', " ")
    }

    fn own(from: &str, until: &str) -> Asked {
        Asked { from: Some(from.to_owned()), until: Some(until.to_owned()), ..asked("own") }
    }

    #[test]
    fn weeks_end_with_the_one_that_is_running_and_stand_against_as_many_before() {
        let wednesday = date(2026, 11, 18);
        let scope = Scope::read(&asked("6w"), wednesday).unwrap();
        assert_eq!(scope.request.from.as_deref(), Some("2026-10-12"));
        assert_eq!(scope.request.to.as_deref(), Some("2026-11-23"));
        assert_eq!(plain(&scope.when), "Last 6 weeks, 12 October 2026 to today");
        assert_eq!(scope.before, Some((date(2026, 8, 31), date(2026, 10, 12))));
        let monday = Scope::read(&Asked::default(), date(2026, 11, 23)).unwrap();
        assert_eq!(monday.request.to.as_deref(), Some("2026-11-30"));
    }

    #[test]
    fn own_days_stand_against_the_same_weekdays_or_as_many_months() {
        let of = |from, until| Scope::read(&own(from, until), date(2026, 11, 18)).unwrap();
        assert_eq!(of("2026-11-04", "2026-11-08").before, Some((date(2026, 10, 28), date(2026, 11, 2))));
        assert_eq!(of("2026-09-01", "2026-10-31").before, Some((date(2026, 7, 1), date(2026, 9, 1))));
        assert_eq!(of("2026-11-04", "2026-11-04").when, "4\u{a0}November\u{a0}2026");
        assert_eq!(plain(&of("2025-12-30", "2026-01-02").when), "30 December 2025 to 2 January 2026");
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_field() {
        let told = |asked: &Asked| {
            let problems = Scope::read(asked, date(2026, 11, 18)).unwrap_err();
            problems
                .iter()
                .map(|one| format!("{} {}", one.pointer, one.message))
                .collect::<Vec<_>>()
                .join("; ")
        };
        assert!(told(&asked("7w")).contains("?period \"7w\" is no period"));
        assert!(told(&own("2026-02-30", "soon")).contains("?from \"2026-02-30\" is not a day"));
        assert!(told(&own("2026-02-10", "2026-02-01")).contains("lies before"));
        assert!(told(&asked("own")).contains("need a first and a last day"));
    }

    #[test]
    fn all_time_has_no_period_before() {
        let scope = Scope::read(&asked("all"), date(2026, 11, 18)).unwrap();
        assert_eq!(
            (scope.before, scope.request.from.clone(), scope.request_before().is_none()),
            (None, None, true)
        );
        let narrow = Asked { channel: Some("web".into()), place: Some("turku".into()), ..asked("all") };
        let scope = Scope::read(&narrow, date(2026, 11, 18)).unwrap();
        assert_eq!(scope.whose, ["who bought in the web shop", "of the place turku"]);
    }
}
