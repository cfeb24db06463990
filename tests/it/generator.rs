//! The data generator: made-up answers are answers of the instrument, and the same seed makes the same ones.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use laatu::service::check::check;
use laatu::service::frames::read::{Asked, stored};
use laatu::store::organisations;
use laatu::store::response_log::{self, Place, Step};
use laatu::store::responses::Response;
use laatu_tests::Database;
use laatu_tests::bench::framing;
use laatu_tests::bench::generate::{self, Answers, PLACES, Plan};
use laatu_tests::bench::installation::Installation;
use laatu_tests::bench::opinion::Opinions;
use survey_forms::answer::{Answer, AnswerSheet};
use survey_forms::form::{Ask, Length};
use survey_forms::instrument::{Instrument, shipped_source};

/// Forms that are filled here.
const RESPONSES: u64 = 5_000;

fn instrument() -> Instrument {
    Instrument::parse(shipped_source("perceived-quality").unwrap()).unwrap().without_looking_back()
}

fn made(instrument: &Instrument, seed: u64) -> Vec<Response> {
    let opinions = Opinions::of(instrument);
    Answers::of(&opinions, Plan::five_years(1, RESPONSES, seed), TimeZone::UTC).collect()
}

#[test]
fn the_same_seed_makes_the_same_answers_and_another_seed_others() {
    let instrument = instrument();
    let one = made(&instrument, 1);
    assert_eq!(one, made(&instrument, 1));
    let other = made(&instrument, 2);
    assert!(one.iter().zip(&other).all(|(one, other)| one.id != other.id));
}

#[test]
fn every_made_up_answer_is_one_to_a_question_of_its_form() {
    let instrument = instrument();
    for response in made(&instrument, 3) {
        let sheet = AnswerSheet::from_bytes(&instrument, &response.answers).unwrap();
        let asked = instrument.asked(&Ask::of(u8::try_from(response.form).unwrap(), Length::Standard));
        for (item, asked) in asked.into_iter().enumerate() {
            let shown = sheet.get(item) != Some(Answer::NotShown);
            assert!(shown == asked || (asked && !response.finished), "item {item} of {response:?}");
        }
    }
}

#[test]
fn answers_come_in_order_and_one_in_a_hundred_is_corrected_once() {
    let all = made(&instrument(), 4);
    assert!(all.is_sorted_by_key(|response| response.answered_at), "in the order of their time");
    let mut newest: BTreeMap<_, i16> = BTreeMap::new();
    for response in &all {
        let before = newest.insert(response.id.to_vec(), response.revision).unwrap_or(0);
        assert_eq!(response.revision, before + 1, "a correction follows what it corrects");
    }
    assert_eq!(newest.len() as u64, RESPONSES);
    let corrected = newest.values().filter(|revision| **revision == 2).count();
    assert!((25..=75).contains(&corrected), "{corrected} of {RESPONSES} are corrected");
}

#[test]
fn all_circumstances_occur() {
    let all = made(&instrument(), 5);
    let kinds =
        |of: &dyn Fn(&Response) -> i64| all.iter().map(of).collect::<std::collections::BTreeSet<_>>().len();
    assert_eq!(kinds(&|one| i64::from(one.form)), 13);
    assert_eq!(kinds(&|one| i64::from(one.channel)), 6);
    assert_eq!(kinds(&|one| i64::from(one.contact_channel)), 6, "five, and none");
    assert_eq!(kinds(&|one| i64::from(one.place_id)), usize::try_from(PLACES).unwrap() + 1, "and none");
    let years = kinds(&|one| i64::from(one.service_day) / 365);
    assert!((5..=7).contains(&years), "five years: {years}");
}

on_both_kinds! {
    fn what_was_made_up_is_what_is_stored(kind) {
        let database = Database::fresh(kind);
        let folder = tempfile::tempdir().unwrap();
        let Installation { services, scope, survey, instrument, .. } =
            Installation::make(&database.target(), folder.path());
        let opinions = Opinions::of(&instrument);
        let answers = || Answers::of(&opinions, Plan::five_years(survey.id, RESPONSES, 6), TimeZone::UTC);
        let rows = generate::write(&services.store, &scope, answers(), |_| {});
        let mut made = answers();
        let compare = |step: Step<'_>, _: Place| {
            if let Step::Record(stored) = step {
                assert_eq!(Some(stored), made.next().as_ref());
            }
            Ok(())
        };
        let scan = |connection: &mut _| response_log::scan_after(connection, &scope, survey.id, (0, i64::MAX), compare);
        services.store.read(scan).unwrap();
        assert_eq!(made.next(), None, "all {rows} rows are there");
    }

    fn answers_that_were_mailed_for_have_orders_and_invitations_that_fit(kind) {
        let database = Database::fresh(kind);
        let folder = tempfile::tempdir().unwrap();
        let Installation { services, scope, survey, instrument, .. } =
            Installation::make(&database.target(), folder.path());
        let opinions = Opinions::of(&instrument);
        let answers = Answers::of(&opinions, Plan::five_years(survey.id, 1_500, 7), TimeZone::UTC);
        let rows = framing::write(&services, &scope, answers, 1, |_| {});
        let checked = check(&services, None).unwrap();
        assert_eq!(checked.differences, []);
        assert!(checked.entries == rows && checked.frames > 1_000, "{checked:?}");
        let figures = services.store.read(|connection| {
            let organisation = organisations::get(connection, &scope)?;
            Ok(stored(connection, &scope, survey.id, &organisation, &Asked::default()))
        });
        let figures = figures.unwrap().unwrap().expect("the invitations are counted");
        let frame: u64 = figures.classes.iter().map(|class| class.orders).sum();
        assert!(frame > 1_500 && figures.counts.answered > 1_400 && figures.counts.bounced > 0, "{figures:?}");
    }
}
