//! Comments as they may be read: all of them with the right to rows, else in tens and mixed.
//!
//! A comment is a single answer. Readers without the right to rows see those of a period only, never of a filter (two
//! lists would tell where a comment came from), only full tens of them, so that one more does not show whose it is, and in
//! an order that says nothing about when they came.

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::scope::{Scope, channel_name};
use crate::domain::Channel;
use crate::domain::time::{date_of_day, day_number};
use crate::service::report_filter::place_name;
use crate::service::{Result, Services};
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
    search: &str,
) -> Result<Comments> {
    let day = |text: Option<&String>| text.and_then(|text| text.parse().ok()).map(day_number);
    let days = (
        day(desk.request.from.as_ref()).unwrap_or(i32::MIN),
        day(desk.request.to.as_ref()).unwrap_or(i32::MAX),
    );
    let (found, places) = services.store.read(|connection| {
        let found = newest(connection, scope, survey.id, days, LOOKED_THROUGH)?;
        Ok((found, places::all(connection, scope)?))
    })?;
    if !scope.may_see_rows() {
        return Ok(in_tens(found, desk));
    }
    let place = |id: i32| places.iter().find(|(number, _)| *number == id).map_or("none", |(_, key)| key);
    let fits = |one: &Comment| fits(one, desk, place(one.place_id)) && contains(&one.words, search);
    let found: Vec<Comment> = found.into_iter().filter(fits).collect();
    let shown = found.iter().take(SHOWN).map(|one| ShownComment {
        words: one.words.clone(),
        language: one.language.clone(),
        about: about(one, &place_name(one.place_id, &places)),
    });
    Ok(Comments { found: found.len(), shown: shown.collect(), note: String::new(), rows: true })
}

fn in_tens(mut found: Vec<Comment>, desk: &Scope) -> Comments {
    let none = |note: &str| Comments { note: note.to_owned(), ..Comments::default() };
    if desk.is_narrow() {
        return none(
            "A comment is a single answer: without the right to see single answers it is shown for whole periods only, \
             never for a channel, a place or a language.",
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
    Comments { found, shown: shown.collect(), note: note.to_owned(), rows: false }
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
    let contact = name(one.contact_channel).map(|name| format!("in touch by {}", name.to_lowercase()));
    let place = (place != "none").then(|| format!("place {place}"));
    let parts = [
        Some(date_of_day(one.service_day).strftime("%-d %B %Y").to_string()),
        name(one.channel).map(str::to_owned),
        contact,
        place,
    ];
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
        };
        (0..n).rev().map(one).collect()
    }

    #[test]
    fn without_the_right_to_rows_comments_come_in_tens_and_mixed() {
        let shown = |n| in_tens(comments(n), &Scope::default());
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
        let narrow = Scope { whose: vec!["bought by phone".to_owned()], ..Scope::default() };
        let said = in_tens(comments(50), &narrow);
        assert!(said.shown.is_empty() && said.note.contains("never for a channel"));
    }

    #[test]
    fn words_are_found_whatever_their_case() {
        assert!(contains("Toimitus oli MYÖHÄSSÄ", "myöhässä") && contains("x", " ") && !contains("x", "y"));
    }
}
