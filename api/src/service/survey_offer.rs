//! Which orders a survey asks about, and how often it reminds: read from what came.

use super::create_survey::{checked, problem};
use crate::domain::carriers::Carriers;
use crate::domain::reader::FieldProblem;
use crate::domain::survey::{MOST_REMINDERS, parse_delay};
use crate::domain::{Carrier, Micros};
use crate::store::surveys::Offer;

/// Which orders a survey should ask about, as it came.
#[derive(Clone, Debug)]
pub struct OfferRequest {
    /// Of a hundred orders, those that are drawn.
    pub sample_share: i64,
    /// An instant, RFC 3339; empty for none.
    pub active_from: String,
    /// Keys of places; empty for all.
    pub places: Vec<String>,
    /// 0 to 9.
    pub priority: i64,
    /// 0 to 2.
    pub reminders: i64,
    /// From a mail to the next reminder: `7d`.
    pub remind_after: String,
    /// Days for which a link opens the form.
    pub valid_days: i64,
    /// What brings its invitations, in the order in which it is tried.
    pub carriers: Vec<String>,
}

/// Days for which a mailed link opens the form, unless told otherwise.
pub const DEFAULT_VALID_DAYS: i64 = 60;
/// From a mail to the next reminder, unless told otherwise.
pub const DEFAULT_REMIND_AFTER: &str = "7d";
/// Places that a survey can name.
const MOST_PLACES: usize = 200;

impl Default for OfferRequest {
    fn default() -> Self {
        Self {
            sample_share: 100,
            active_from: String::new(),
            places: vec![],
            priority: 0,
            reminders: 0,
            remind_after: DEFAULT_REMIND_AFTER.to_owned(),
            valid_days: DEFAULT_VALID_DAYS,
            carriers: vec![Carrier::Mail.word().to_owned()],
        }
    }
}

/// Reads it; every problem is noted. With it the days for which a link opens the form.
pub(super) fn read(request: &OfferRequest, problems: &mut Vec<FieldProblem>) -> Option<(Offer, i32)> {
    let mut whole = |pointer: &str, value: i64, from: i64, to: i64, what: &str| {
        let number = i16::try_from(value).ok().filter(|_| (from..=to).contains(&value));
        checked(problems, pointer, number.ok_or_else(|| format!("{what} is from {from} to {to}")))
    };
    let sample_share =
        whole("/sample_share", request.sample_share, 1, 100, "the share of orders drawn, of a hundred,");
    let priority = whole("/priority", request.priority, 0, 9, "a priority");
    let most = i64::from(MOST_REMINDERS);
    let reminders = whole("/reminders", request.reminders, 0, most, "the number of reminders");
    let valid_days =
        whole("/valid_days", request.valid_days, 1, 365, "the number of days a link is good for");
    let remind_after = parse_delay(&request.remind_after).and_then(|seconds| {
        let a_day = || "a reminder comes a day after the last mail, or later".to_owned();
        (seconds >= 86_400).then_some(seconds).ok_or_else(a_day)
    });
    let reminder_after_s = checked(problems, "/remind_after", remind_after);
    let carriers = Carriers::of(request.carriers.iter().map(String::as_str));
    let carriers = checked(problems, "/carriers", carriers);
    let active_from = checked(problems, "/active_from", instant(&request.active_from));
    if request.places.len() > MOST_PLACES || request.places.iter().any(|place| !is_place(place)) {
        let message = format!("at most {MOST_PLACES} keys of places are needed, each of 1 to 80 characters");
        problems.push(problem("/places", message));
        return None;
    }
    let offer = Offer {
        sample_share: sample_share?,
        active_from: active_from?,
        places: request.places.clone(),
        priority: priority?,
        reminders: reminders?,
        reminder_after_s: reminder_after_s?,
        carriers: carriers?,
    };
    Some((offer, i32::from(valid_days?)))
}

fn is_place(key: &str) -> bool {
    (1..=80).contains(&key.chars().count()) && !key.chars().any(char::is_control)
}

fn instant(text: &str) -> Result<Option<Micros>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = || format!("\"{text}\" is not an instant, such as 2026-12-01T00:00:00Z");
    Micros::parse(text).map(Some).ok_or_else(wrong)
}
