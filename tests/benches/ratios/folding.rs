//! Answers folded into stored counts, from the store and back into it, against the same fetch with an obvious loop.

use std::collections::HashMap;
use std::time::Instant;

use jiff::tz::TimeZone;
use laatu::service::cells::fold::fold_survey;
use laatu::service::frames::fold::fold_chunk;
use laatu::store::cells;
use laatu::store::response_log::{self, Step};
use laatu::store::responses::Response;
use laatu_tests::bench::framing;
use laatu_tests::bench::generate::{Answers, Plan};
use laatu_tests::bench::installation::Installation;
use laatu_tests::bench::opinion::Opinions;
use laatu_tests::bench::rounds::Middle;
use laatu_tests::bench::table::{Better, Ratio, Table};
use laatu_tests::program::Desk;
use laatu_tests::schema::Any;

use super::ground::Ground;
use super::options::Options;

/// Answers that are folded.
const RESPONSES: u64 = 100_000;
/// Codes that an answer may have.
const CODES: usize = 256;

/// Adds the row of the fold.
pub fn measure(options: &Options, table: &mut Table) {
    let desk = Desk::new();
    let installation = Installation::make(&Ground::database(&desk), desk.folder());
    let Installation { services, scope, survey, instrument, .. } = &installation;
    let opinions = Opinions::of(instrument);
    let plan = Plan::five_years(survey.id, options.responses.unwrap_or(RESPONSES), options.seed);
    let written = framing::write(services, scope, Answers::of(&opinions, plan, TimeZone::UTC), 1, |_| {});
    let rows = written as f64;
    let mut rounds = Vec::new();
    for _ in 0..options.rounds {
        services
            .store
            .write(|connection| cells::reset(connection, scope, survey.id))
            .expect("nothing is folded");
        let began = Instant::now();
        fold_survey(services, scope, survey, &|| true).expect("the answers are folded");
        let ours = began.elapsed().as_secs_f64();
        let began = Instant::now();
        let counted = services.store.read(|connection| {
            let mut loops = Loops::default();
            response_log::scan_after(connection, scope, survey.id, (0, i64::MAX), |step, _| {
                if let Step::Record(response) = step {
                    loops.count(response);
                }
                Ok(())
            })?;
            Ok(loops.people)
        });
        let theirs = began.elapsed().as_secs_f64();
        assert_eq!(counted.expect("the answers are read"), written, "both sides count the same");
        rounds.push((rows / ours, rows / theirs));
    }
    table.ratios.push(Ratio {
        key: "folding",
        numerator: "answers folded into stored counts, fetched and written".to_owned(),
        denominator: "the same fetch, histograms and sums of pairs in an obvious loop".to_owned(),
        unit: "1/s",
        measured: Middle::of(&rounds),
        better: Better::Higher,
        goal: 1.5,
        floor: 1.0,
    });
    changes(&installation, &desk, table);
}

/// Every invitation takes another standing, and the changes are folded.
fn changes(installation: &Installation, desk: &Desk, table: &mut Table) {
    let Installation { services, scope, survey, .. } = installation;
    Any::to(&Ground::database(desk))
        .run("PRAGMA busy_timeout = 5000; UPDATE invitation SET reason = 6 WHERE reason = 0");
    let waiting = Any::to(&Ground::database(desk)).number("SELECT count(*) AS n FROM frame_change") as f64;
    let (began, mut longest) = (Instant::now(), 0f64);
    loop {
        let one = Instant::now();
        let folded = fold_chunk(services, scope, survey.id, 1_000).expect("the changes are folded");
        if folded == laatu::service::frames::fold::Folded::Nothing {
            break;
        }
        longest = longest.max(one.elapsed().as_secs_f64());
    }
    table.figure("changes of invitations folded", waiting / began.elapsed().as_secs_f64(), "1/s");
    table.figure("longest transaction of a thousand such changes", longest * 1000.0, "ms");
}

/// What the obvious loop counts: by total and each level, histograms of the items and sums of products of pairs.
#[derive(Default)]
struct Loops {
    people: u64,
    levels: HashMap<(u8, i64), Level>,
}

#[derive(Default)]
struct Level {
    histograms: Vec<[u64; 16]>,
    pairs: Vec<[u64; 2]>,
}

impl Loops {
    fn count(&mut self, response: &Response) {
        self.people += 1;
        let language = response.language.bytes().fold(0, |mix, byte| mix << 8 | i64::from(byte));
        let month = i64::from(response.service_day / 30);
        let levels = [
            0,
            i64::from(response.channel),
            i64::from(response.contact_channel),
            i64::from(response.place_id),
            language,
            month,
        ];
        for (split, level) in (0u8..).zip(levels) {
            self.levels.entry((split, level)).or_default().count(&response.answers);
        }
    }
}

impl Level {
    fn count(&mut self, answers: &[u8]) {
        assert!(answers.len() < CODES, "packed answers");
        self.histograms.resize(answers.len(), [0; 16]);
        self.pairs.resize(answers.len() * answers.len(), [0; 2]);
        for (item, code) in answers.iter().enumerate() {
            self.histograms[item][usize::from(code & 15)] += 1;
            if *code > 11 {
                continue;
            }
            for (other, second) in answers.iter().enumerate().take(item) {
                if *second <= 11 {
                    let pair = &mut self.pairs[item * answers.len() + other];
                    pair[0] += 1;
                    pair[1] += u64::from(*code) * u64::from(*second);
                }
            }
        }
    }
}
