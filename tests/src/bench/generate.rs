//! The data generator: years of answers to one survey, the same for the same seed.
//!
//! Answers come in the order in which they were given, one in a hundred is corrected within a day, and ids are
//! those of invitations made some days earlier, so that tables and indexes grow as they do in the field. There are
//! no orders and invitations behind them: the answers count as imported. Called by `tests/bench --generate`, by
//! the benches, and by the tests.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use laatu::domain::time::{DAY, SECOND};
use laatu::domain::{CollectionMode, Id, Micros};
use laatu::store::responses::{self, Response};
use laatu::store::{OrgScope, Store};

use super::chance::Chance;
use super::opinion::Opinions;

/// Rows that are written in one transaction.
const TOGETHER: usize = 5_000;
/// Of a thousand answers, those that are corrected later.
const CORRECTED: u64 = 10;
/// Of a thousand answers, those that are their customer's first in the year.
const FIRST: u64 = 850;
/// Places that the generator names, by number from 1.
pub const PLACES: i32 = 20;
/// Code of the standard length in the database.
const STANDARD: i16 = 2;

/// What is made up.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Number of the survey that is answered.
    pub survey_id: i32,
    /// How many forms were filled; corrections come on top.
    pub responses: u64,
    /// What chance begins with.
    pub seed: u64,
    /// When the first answer may come.
    pub from: Micros,
    /// For how many days of 24 hours answers come, evenly.
    pub days: i64,
}

impl Plan {
    /// Five years of answers, up to the middle of 2026.
    pub fn five_years(survey_id: i32, responses: u64, seed: u64) -> Self {
        let from = Micros::parse("2021-07-01T00:00:00Z").expect("an instant");
        Self { survey_id, responses, seed, from, days: 5 * 365 + 1 }
    }

    /// The same number of answers in the days before an instant.
    #[must_use]
    pub const fn until(self, now: Micros, days: i64) -> Self {
        Self { from: Micros(now.0 - days * DAY), days, ..self }
    }
}

/// The answers of a plan in the order of the log.
pub struct Answers<'a> {
    opinions: &'a Opinions<'a>,
    plan: Plan,
    chance: Chance,
    zone: TimeZone,
    made: u64,
    /// When the next answer comes that is no correction; none until it is drawn.
    upcoming: Option<i64>,
    /// Corrections under way, by when they come.
    waiting: BTreeMap<(i64, u64), Response>,
}

impl<'a> Answers<'a> {
    /// The answers of a plan; days of service are counted in `zone`.
    pub const fn of(opinions: &'a Opinions<'a>, plan: Plan, zone: TimeZone) -> Self {
        let chance = Chance::new(plan.seed);
        Self { opinions, plan, chance, zone, made: 0, upcoming: None, waiting: BTreeMap::new() }
    }

    /// When the next answer comes that is no correction: each has an equal share of the time, and comes in it.
    fn upcoming(&mut self) -> i64 {
        if let Some(at) = self.upcoming {
            return at;
        }
        let (span, all) =
            (u128::from((self.plan.days * DAY).unsigned_abs()), u128::from(self.plan.responses));
        let since = u64::try_from(span * u128::from(self.made) / all).expect("a time");
        let share = u64::try_from(span / all).expect("a time").max(1);
        let at = self.plan.from.0 + i64::try_from(since + self.chance.bits() % share).expect("a time");
        self.upcoming = Some(at);
        at
    }

    fn make(&mut self, answered_at: i64) -> Response {
        let chance = &mut self.chance;
        // Most answer within hours of the mail, some after two weeks.
        let waited = (chance.share().powi(4) * (14 * DAY) as f64).round();
        #[allow(clippy::cast_possible_truncation, reason = "two weeks of microseconds")]
        let invited_at = Micros(answered_at - waited as i64 - 60 * SECOND);
        let (channel, contact_channel, place_id) = circumstances(chance);
        let form = usize::try_from(chance.below(self.opinions.forms() as u64)).expect("a form");
        let leaning = leaning(channel, contact_channel, place_id);
        let filled = self.opinions.fill(chance, form, leaning);
        Response {
            id: id(chance, invited_at),
            revision: 1,
            survey_id: self.plan.survey_id,
            form: i16::try_from(form).expect("a form"),
            length: STANDARD,
            language: chance.pick(&[("fi", 45), ("en", 25), ("hu", 15), ("pl", 15)]).to_owned(),
            channel,
            contact_channel,
            place_id,
            segments: [0, 0],
            service_day: invited_at.plus_seconds(-3 * 86_400).day_in(&self.zone),
            mode: CollectionMode::Imported,
            customer_group: i16::try_from(chance.below(32)).expect("a group"),
            first_of_year: chance.in_thousand(FIRST),
            finished: filled.finished,
            test: false,
            quality_flag: filled.quality_flag,
            answers: filled.answers,
            answered_at,
            way: laatu::store::responses::Way::default(),
        }
    }

    /// Notes that an answer will be corrected within a day.
    fn correct_later(&mut self, first: &Response) {
        let mut second = first.clone();
        second.revision = 2;
        second.answered_at += i64::try_from(self.chance.bits() % DAY.unsigned_abs()).expect("a day");
        let form = usize::try_from(first.form).expect("a form");
        self.opinions.correct(&mut self.chance, form, &mut second.answers);
        self.waiting.insert((second.answered_at, self.made), second);
    }
}

impl Iterator for Answers<'_> {
    type Item = Response;

    fn next(&mut self) -> Option<Response> {
        if self.made == self.plan.responses {
            return self.waiting.pop_first().map(|(_, correction)| correction);
        }
        let at = self.upcoming();
        if self.waiting.first_key_value().is_some_and(|((corrected_at, _), _)| *corrected_at <= at) {
            return self.waiting.pop_first().map(|(_, correction)| correction);
        }
        let response = self.make(at);
        self.upcoming = None;
        self.made += 1;
        if response.finished && self.chance.in_thousand(CORRECTED) {
            self.correct_later(&response);
        }
        Some(response)
    }
}

/// Channel, channel of contact and place of an order; 0 is none.
fn circumstances(chance: &mut Chance) -> (i16, i16, i32) {
    let channel = chance.pick(&[(1, 48), (2, 26), (3, 10), (4, 8), (5, 5), (6, 3)]);
    let contact = chance.pick(&[(0, 40), (2, 8), (3, 18), (4, 18), (5, 12), (6, 4)]);
    let has_place = channel == 2 || chance.in_thousand(250);
    // The lower numbers are the larger places.
    let place = |chance: &mut Chance| chance.share().powi(2) * f64::from(PLACES);
    #[allow(clippy::cast_possible_truncation, reason = "from 0 to 20")]
    let place_id = if has_place { 1 + place(chance) as i32 } else { 0 };
    (channel, contact, place_id)
}

/// How circumstances move the answers, in deviations.
fn leaning(channel: i16, contact_channel: i16, place_id: i32) -> f64 {
    let by_channel = [0.1, 0.3, -0.2, 0.0, -0.1, 0.2];
    let by_channel = by_channel[usize::try_from(channel - 1).expect("a channel")];
    let by_contact = if contact_channel == 3 { -0.5 } else { 0.0 };
    by_channel + by_contact + 0.15 * f64::from(place_id % 3 - 1)
}

fn id(chance: &mut Chance, at: Micros) -> Id {
    let mut tail = [0u8; 10];
    tail[..8].copy_from_slice(&chance.bits().to_be_bytes());
    tail[8..].copy_from_slice(&chance.bits().to_be_bytes()[..2]);
    let millis = u64::try_from(at.0 / 1000).expect("an instant after 1970");
    let uuid = uuid::Builder::from_unix_timestamp_millis(millis, &tail).into_uuid();
    Id::from_bytes(uuid.as_bytes()).expect("16 bytes")
}

/// Writes all answers to the organisation's log, some thousands in a transaction; how many rows that were.
///
/// `tell` is called after each transaction with the rows written so far.
pub fn write(
    store: &Store,
    scope: &OrgScope,
    mut answers: impl Iterator<Item = Response>,
    mut tell: impl FnMut(u64),
) -> u64 {
    let mut written = 0;
    loop {
        let batch: Vec<Response> = answers.by_ref().take(TOGETHER).collect();
        if batch.is_empty() {
            return written;
        }
        let rows: Vec<(&Response, &str)> = batch.iter().map(|one| (one, "")).collect();
        store
            .write(|connection| responses::append_all(connection, scope, &rows))
            .expect("the answers are written");
        written += batch.len() as u64;
        tell(written);
    }
}
