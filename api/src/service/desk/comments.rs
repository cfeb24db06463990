//! Comments as they may be read: all of them with the right to rows, else in tens and mixed.
//!
//! With the right to rows they can be searched, and chosen by a dimension that their writer judged and by how high. A
//! comment is a single answer. Readers without the right to rows see those of a period only, never of a filter (two
//! lists would tell where a comment came from), only full tens of them, so that one more does not show whose it is, and in
//! an order that says nothing about when they came.

use std::cmp::Reverse;

use scoring::{Cell, Facet, Layout, dimension_score};
use serde::Serialize;
use sha2::{Digest, Sha256};
use survey_forms::language::Language;

use super::Choice;
use super::scope::{Scope, channel_name, channel_way, day_words};
use crate::domain::Channel;
use crate::domain::time::{date_of_day, day_number};
use crate::report::render::Words;
use crate::service::once::in_read;
use crate::service::report_filter::place_name;
use crate::service::report_fold::codes;
use crate::service::{Result, Services, invalid};
use crate::store::comments::{Comment, newest};
use crate::store::surveys::Survey;
use crate::store::{OrgScope, places};

/// How many comments are looked through, the newest first.
pub const LOOKED_THROUGH: i64 = 2000;
/// How many are shown.
const SHOWN: usize = 100;
/// Fewest in a group for readers without the right to rows, and the step in which it grows.
const STEP: usize = 10;

/// Comments to show.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Comments {
    /// How many fit, of those looked through.
    pub found: usize,
    /// Those that are shown.
    pub shown: Vec<ShownComment>,
    /// Why there is less than there might be; empty where there is nothing to say.
    pub note: String,
    /// Whether they can be searched and stand with their circumstances.
    pub rows: bool,
    /// The dimensions that can be chosen.
    pub dimensions: Vec<Choice>,
    /// The scores that can be chosen.
    pub scores: Vec<Choice>,
}

/// Which comments are wanted, besides the period and the filters of every page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Words to be found in them, whatever their case; empty for any.
    pub search: String,
    /// Key of a dimension that their writer judged; empty for any.
    pub dimension: String,
    /// How high they judged it, or everything: `low`, `middle`, `high`, or empty for any.
    pub score: String,
}

impl Wanted {
    /// Whether their writers' answers are looked at.
    fn is_narrow(&self) -> bool {
        !self.dimension.is_empty() || !self.score.is_empty()
    }
}

/// One of them.
#[derive(Clone, Debug, Serialize)]
pub struct ShownComment {
    /// Its words.
    pub words: String,
    /// Its language, for the reader's voice.
    pub language: String,
    /// Day, channel and place, in words; empty for readers without the right to rows.
    pub about: String,
}

/// Reads the comments of a scope.
pub fn read_comments(
    services: &Services,
    scope: &OrgScope,
    survey: &Survey,
    desk: &Scope,
    wanted: &Wanted,
) -> Result<Comments> {
    let day = |text: Option<&String>| text.and_then(|text| text.parse().ok()).map(day_number);
    let days = (
        day(desk.request.from.as_ref()).unwrap_or(i32::MIN),
        day(desk.request.to.as_ref()).unwrap_or(i32::MAX),
    );
    let (found, places, version) = in_read(services, |connection| {
        let found = newest(connection, scope, survey.id, days, LOOKED_THROUGH)?;
        let version = services.version_of(connection, scope, survey)?;
        Ok((found, places::all(connection, scope)?, version))
    })?;
    if !scope.may_see_rows() {
        return Ok(in_tens(found, desk.is_narrow() || wanted.is_narrow()));
    }
    let layout = version.layout()?;
    let judged = Judged::of(&layout, wanted)?;
    let place = |id: i32| places.iter().find(|(number, _)| *number == id).map_or("none", |(_, key)| key);
    let fits = |one: &Comment| {
        fits(one, desk, place(one.place_id))
            && contains(&one.words, &wanted.search)
            && judged.fits(&one.answers)
    };
    let mut found: Vec<Comment> = found.into_iter().filter(fits).collect();
    // By the day that stands at them; those of one day as they came.
    found.sort_by_key(|one| Reverse((one.service_day, one.position)));
    let shown = found.iter().take(SHOWN).map(|one| ShownComment {
        words: one.words.clone(),
        language: one.language.clone(),
        about: about(one, &place_name(one.place_id, &places)),
    });
    let words = version.words(Language::ENGLISH);
    Ok(Comments {
        found: found.len(),
        shown: shown.collect(),
        rows: true,
        dimensions: dimension_choices(&layout, &words, wanted),
        scores: score_choices(wanted),
        ..Comments::default()
    })
}

fn dimension_choices(layout: &Layout, words: &Words, wanted: &Wanted) -> Vec<Choice> {
    let keys = layout.dimensions().iter().filter(|one| one.facet == Facet::Experience).map(|one| &one.key);
    let named = keys.map(|key| {
        let name = words.dimension_names.get(key).unwrap_or(key).clone();
        (key.clone(), name)
    });
    choices("Any dimension", named, &wanted.dimension)
}

fn score_choices(wanted: &Wanted) -> Vec<Choice> {
    let bands = BANDS.iter().map(|band| (band.word.to_owned(), band.name.to_owned()));
    choices("Any score", bands, &wanted.score)
}

fn choices(all: &str, rest: impl Iterator<Item = (String, String)>, chosen: &str) -> Vec<Choice> {
    let first = std::iter::once((String::new(), all.to_owned()));
    first.chain(rest).map(|(value, name)| Choice { chosen: value == chosen, value, name }).collect()
}

/// By which of their writers' answers comments are chosen.
struct Judged<'a> {
    layout: &'a Layout,
    /// Places of the dimensions that are looked at.
    dimensions: Vec<usize>,
    band: Option<&'static Band>,
    chooses: bool,
}

impl<'a> Judged<'a> {
    fn of(layout: &'a Layout, wanted: &Wanted) -> Result<Self> {
        let all = layout.dimensions().iter().enumerate().filter(|(_, one)| one.facet == Facet::Experience);
        let is_wanted = |key: &str| wanted.dimension.is_empty() || key == wanted.dimension;
        let dimensions: Vec<usize> =
            all.filter(|(_, one)| is_wanted(&one.key)).map(|(place, _)| place).collect();
        if dimensions.is_empty() && !wanted.dimension.is_empty() {
            let words = format!("there is no dimension \"{}\" here", wanted.dimension);
            return Err(invalid("?dimension", "unknown_value", words));
        }
        let band = BANDS.iter().find(|band| band.word == wanted.score);
        if band.is_none() && !wanted.score.is_empty() {
            let words = format!("\"{}\" is no score; there are low, middle and high", wanted.score);
            return Err(invalid("?score", "unknown_value", words));
        }
        Ok(Self { layout, dimensions, band, chooses: wanted.is_narrow() })
    }

    /// Whether whoever gave these answers judged what is looked at, and so high.
    fn fits(&self, answers: &[u8]) -> bool {
        !self.chooses
            || self.score(answers).is_some_and(|score| self.band.is_none_or(|band| band.holds(score)))
    }

    /// The mean of one person's scores of the dimensions that are looked at, 0 to 100.
    fn score(&self, answers: &[u8]) -> Option<f64> {
        let mut person = Cell::empty(self.layout);
        person.record(self.layout, &codes(answers).ok()?).ok()?;
        let score = |place: &usize| Some(dimension_score(self.layout, &person, *place).known()?.value);
        let scores: Vec<f64> = self.dimensions.iter().filter_map(score).collect();
        (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64)
    }
}

/// A part of the scale of scores.
struct Band {
    word: &'static str,
    name: &'static str,
    from: f64,
    to: f64,
}

impl Band {
    fn holds(&self, score: f64) -> bool {
        self.from <= score && score < self.to
    }
}

/// Low to high.
const BANDS: [Band; 3] = [
    Band { word: "low", name: "Low, below 50 of 100", from: f64::NEG_INFINITY, to: 50.0 },
    Band { word: "middle", name: "Middle, 50 to below 75", from: 50.0, to: 75.0 },
    Band { word: "high", name: "High, 75 and above", from: 75.0, to: f64::INFINITY },
];

/// `is_narrow`: anything but the period is chosen.
fn in_tens(mut found: Vec<Comment>, is_narrow: bool) -> Comments {
    let none = |note: &str| Comments { note: note.to_owned(), ..Comments::default() };
    if is_narrow {
        return none(
            "A comment is a single answer: without the right to see single answers it is shown for whole periods only, \
             never for a channel, a place, a language, a dimension or a score.",
        );
    }
    found.sort_by_key(|one| one.position);
    found.truncate(found.len() / STEP * STEP);
    if found.is_empty() {
        return none(
            "Fewer than 10 comments lie in this period. We show none of them, to protect who wrote them.",
        );
    }
    let mut words: Vec<(Vec<u8>, Comment)> =
        found.into_iter().map(|one| (Sha256::digest(one.words.as_bytes()).to_vec(), one)).collect();
    words.sort_by(|a, b| a.0.cmp(&b.0));
    let found = words.len();
    let shown = words.into_iter().take(SHOWN).map(|(_, one)| ShownComment {
        words: one.words,
        language: one.language,
        about: String::new(),
    });
    let note = "Shown in full tens, in no order of time and without where they came from, to protect who wrote them.";
    Comments { found, shown: shown.collect(), note: note.to_owned(), ..Comments::default() }
}

fn fits(one: &Comment, desk: &Scope, place: &str) -> bool {
    let is = |asked: Option<&String>, code: i16| {
        asked.is_none_or(|word| Channel::from_word(word).map_or(0, Channel::code) == code)
    };
    let request = &desk.request;
    let place = if place.is_empty() { "none" } else { place };
    is(request.channel.as_ref(), one.channel)
        && is(request.contact_channel.as_ref(), one.contact_channel)
        && request.place.as_ref().is_none_or(|asked| asked == place)
        && request.language.as_ref().is_none_or(|asked| *asked == one.language)
}

fn contains(words: &str, search: &str) -> bool {
    search.trim().is_empty() || words.to_lowercase().contains(&search.trim().to_lowercase())
}

fn about(one: &Comment, place: &str) -> String {
    let name = |code: i16| Channel::from_code(code).and_then(|one| channel_name(one.word()));
    let way = |code: i16| Channel::from_code(code).and_then(|one| channel_way(one.word()));
    let contact = way(one.contact_channel).map(|way| format!("in touch {way}"));
    let place = (place != "none").then(|| format!("place {place}"));
    let parts =
        [Some(day_words(date_of_day(one.service_day))), name(one.channel).map(str::to_owned), contact, place];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comments(n: i64) -> Vec<Comment> {
        let one = |position| Comment {
            position,
            words: format!("words {position}"),
            language: "en".to_owned(),
            service_day: 20_000,
            channel: 1,
            contact_channel: 0,
            place_id: 0,
            answers: Vec::new(),
        };
        (0..n).rev().map(one).collect()
    }

    #[test]
    fn without_the_right_to_rows_comments_come_in_tens_and_mixed() {
        let shown = |n| in_tens(comments(n), false);
        assert!(shown(9).shown.is_empty() && shown(9).note.contains("Fewer than 10"));
        let nineteen: Vec<String> = shown(19).shown.into_iter().map(|one| one.words).collect();
        assert_eq!(nineteen.len(), 10);
        assert!(!nineteen.contains(&"words 10".to_owned()), "the newest nine wait");
        let ten: Vec<String> = shown(10).shown.into_iter().map(|one| one.words).collect();
        assert_eq!(nineteen, ten, "one more comment moves nothing");
        assert_ne!(ten[0], "words 9", "not the newest first");
        assert!(shown(19).shown.iter().all(|one| one.about.is_empty()));
    }

    #[test]
    fn no_filter_tells_where_a_comment_came_from() {
        let said = in_tens(comments(50), true);
        assert!(said.shown.is_empty() && said.note.contains("never for a channel"));
    }

    #[test]
    fn words_are_found_whatever_their_case() {
        assert!(contains("Toimitus oli MYÖHÄSSÄ", "myöhässä") && contains("x", " ") && !contains("x", "y"));
    }
}
