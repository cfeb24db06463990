//! Answers made up and appended to a survey's log at once: for tests of what is made of answers, not of how they come.
//!
//! Everything follows from a seed. Channels, places, contact channels, languages, days over some months, flags, early
//! ends and corrections all occur; trials do, too.

use laatu::domain::{CollectionMode, Id};
use laatu::service::Services;
use laatu::service::once::in_transaction;
use laatu::store::responses::{self, Response};
use laatu::store::surveys::{self, Survey};
use laatu::store::{OrgScope, authority};
use survey_forms::instrument::Instrument;

use crate::recount::instrument;

/// 2026-02-09, a Monday.
pub const FIRST_DAY: i32 = 20_493;
/// Days over which the answers lie, to the tenth of May.
pub const DAYS: u64 = 91;

/// A survey whose answers are made up.
pub struct Answered<'s> {
    services: &'s Services,
    /// The operator of its organisation.
    pub scope: OrgScope,
    /// The survey.
    pub survey: Survey,
    instrument: Instrument,
    dice: Dice,
    /// The newest revision of each response.
    pub newest: Vec<Response>,
}

impl<'s> Answered<'s> {
    /// The survey `field` of an organisation, with answers that follow from a seed.
    pub fn new(services: &'s Services, slug: &str, seed: u64) -> Self {
        let scope = services.store.read(|connection| authority::operator(connection, slug));
        let scope = scope.expect("the organisation");
        let survey = services.store.read(|connection| surveys::find(connection, &scope, "field"));
        let survey = survey.expect("surveys can be read").expect("the survey");
        Self { services, scope, survey, instrument: instrument(), dice: Dice(seed), newest: Vec::new() }
    }

    /// Appends entries to the log; every fifth corrects an answer that came before.
    pub fn append(&mut self, entries: usize) {
        self.append_changed(entries, |_, _| {});
    }

    /// The same, with each arrival changed before it comes; it is told how many came before.
    pub fn append_changed(&mut self, entries: usize, mut change: impl FnMut(usize, &mut Response)) {
        let mut new = Vec::with_capacity(entries);
        for _ in 0..entries {
            let corrects = !self.newest.is_empty() && self.dice.below(5) == 0;
            if corrects {
                new.push(self.correction());
                continue;
            }
            let mut arrival = self.arrival();
            change(self.newest.len(), &mut arrival);
            self.newest.push(arrival.clone());
            new.push(arrival);
        }
        let rows: Vec<(&Response, &str)> = new.iter().map(|one| (one, "")).collect();
        let (services, scope) = (self.services, &self.scope);
        in_transaction(services, |connection| Ok(responses::append_all(connection, scope, &rows)?))
            .expect("answers are appended");
    }

    fn arrival(&mut self) -> Response {
        let languages = ["en", "fi", "hu"];
        Response {
            id: self.services.new_id(),
            revision: 1,
            survey_id: self.survey.id,
            form: 0,
            length: 2,
            language: languages[self.pick(3)].to_owned(),
            channel: [1, 2, 3][self.pick(3)],
            contact_channel: [0, 0, 3][self.pick(3)],
            place_id: [0, 1, 2][self.pick(3)],
            segments: [[0, 1, 2][self.pick(3)], 0],
            service_day: FIRST_DAY + i32::try_from(self.dice.below(DAYS)).expect("a small number"),
            mode: CollectionMode::Imported,
            customer_group: i16::try_from(self.dice.below(32)).expect("a small number"),
            first_of_year: self.dice.below(4) > 0,
            finished: self.dice.below(6) > 0,
            test: self.dice.below(30) == 0,
            quality_flag: [0, 0, 0, 0, 1, 5][self.pick(6)],
            answers: self.answers(),
            answered_at: self.services.now().0,
            way: laatu::store::responses::Way::default(),
        }
    }

    fn correction(&mut self) -> Response {
        let whom = self.pick(self.newest.len());
        let answers = self.answers();
        let before = &mut self.newest[whom];
        before.revision += 1;
        before.answers = answers;
        if before.language == "en" {
            "fi".clone_into(&mut before.language);
        }
        before.clone()
    }

    fn answers(&mut self) -> Vec<u8> {
        let dice = &mut self.dice;
        // A person likes all of it more or less, so that the answers hang together.
        let mood = dice.below(3);
        let answer = |item: &survey_forms::instrument::Item| {
            let points = u64::from(item.scale.max - item.scale.min) + 1;
            let code = match dice.below(9) {
                0 => 12 + dice.below(4),
                _ => 1 + (dice.below(points) + mood * points / 3).min(points - 1),
            };
            u8::try_from(code).expect("a code")
        };
        self.instrument.items().iter().map(answer).collect()
    }

    fn pick(&mut self, of: usize) -> usize {
        usize::try_from(self.dice.below(of as u64)).expect("a small number")
    }

    /// The ids of some responses that count.
    pub fn some(&self, every: usize) -> Vec<Id> {
        self.newest.iter().filter(|one| !one.test).step_by(every).map(|one| one.id).collect()
    }
}

/// Numbers that look random and follow from a seed (Steele, Lea and Flood 2014, SplitMix).
pub struct Dice(pub u64);

impl Dice {
    /// A number below another.
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mix = self.0;
        mix = (mix ^ (mix >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mix = (mix ^ (mix >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mix ^ (mix >> 31)) % end
    }
}
