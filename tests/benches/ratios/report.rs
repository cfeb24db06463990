//! The owner's report of many answers against that of few: both folded, both with orders and invitations behind them, at
//! most a hundred thousand.
//!
//! Two services run side by side and are asked in turn. Between two readings an answer comes to each, so that every
//! report is computed; then the same is asked again, which takes the slow parts from what is kept.

use std::time::Instant;

use jiff::tz::TimeZone;
use laatu::service::cells::fold::{Folded, fold_chunk};
use laatu::store::responses::{self, Response};
use laatu::store::{OrgScope, Store};
use laatu_tests::bench::framing;
use laatu_tests::bench::generate::{Answers, Plan};
use laatu_tests::bench::http::call;
use laatu_tests::bench::installation::{Installation, SURVEY};
use laatu_tests::bench::opinion::Opinions;
use laatu_tests::bench::process::Process;
use laatu_tests::bench::rounds::{Middle, within};
use laatu_tests::bench::table::{Better, Ratio, Table};
use laatu_tests::program::Desk;

use super::ground::{Caller, Ground, serve};
use super::options::Options;

/// Answers of the small side.
const FEW: u64 = 10_000;
/// Answers of the large side, and with `--large`.
const MANY: [u64; 2] = [1_000_000, 10_000_000];
/// Orders and invitations behind either side. Reports read stored counts of them, which stay as large however many are
/// counted; a million would take an hour to write.
const FRAMED: u64 = 100_000;
/// Answers that are folded together: more than the service takes at a time, since nobody waits for it here.
const FOLDED_TOGETHER: u32 = 500_000;
/// Readings of either side for each round of the other measurements: twenty, unless told otherwise.
const READINGS: u32 = 4;
/// Readings before those that count.
const WARM_UP: u32 = 3;

/// One side: a service on its database, and answers that are still to come.
struct Side {
    caller: Caller,
    request: Vec<u8>,
    beside: Store,
    scope: OrgScope,
    coming: Vec<Response>,
    server: Process,
    // Holds the database until the service has ended.
    _desk: Desk,
}

impl Side {
    fn of(options: &Options, responses: u64) -> Self {
        let desk = Desk::new();
        let began = Instant::now();
        let installation = Installation::make(&Ground::database(&desk), desk.folder());
        let Installation { services, scope, survey, instrument, owner, .. } = installation;
        let opinions = Opinions::of(&instrument);
        let plan = Plan::five_years(survey.id, responses, options.seed);
        let every = usize::try_from(responses / FRAMED).map_or(1, |every| every.max(1));
        framing::write(&services, &scope, Answers::of(&opinions, plan, TimeZone::UTC), every, |_| {});
        let written = began.elapsed().as_secs_f64();
        let fold = || fold_chunk(&services, &scope, &survey, FOLDED_TOGETHER, &|| true);
        while matches!(fold().expect("the answers are folded"), Folded::Entries(_)) {}
        eprintln!(
            "  {responses} answers written in {written:.0} s, folded after {:.0} s",
            began.elapsed().as_secs_f64()
        );
        let later = Plan { seed: options.seed + 1, ..Plan::five_years(survey.id, 1_000, 0) };
        let coming: Vec<Response> =
            Answers::of(&opinions, later, TimeZone::UTC).filter(|one| one.revision == 1).collect();
        // Only one service at a time holds the database.
        drop(services);
        let server = serve(&desk);
        let beside = Store::visit(&Ground::database(&desk)).expect("the database opens beside the service");
        let request = call("GET", &format!("/api/v1/surveys/{SURVEY}/report"), &owner, None);
        Self { caller: Caller::to(&server), request, beside, scope, coming, server, _desk: desk }
    }

    /// Another answer comes.
    fn go_on(&mut self) {
        let next = self.coming.pop().expect("an answer to come");
        let scope = &self.scope;
        self.beside
            .write(|connection| responses::append(connection, scope, &next, ""))
            .expect("the answer is written");
    }

    /// Milliseconds of one report; it must be made of stored counts.
    fn read(&mut self) -> f64 {
        let (reply, ms) = self.caller.call(&self.request);
        let text = String::from_utf8_lossy(&reply.body);
        assert!(text.contains("\"cells\""), "the report is made of stored counts");
        ms
    }
}

/// Adds the rows of the report.
pub fn measure(options: &Options, table: &mut Table) {
    let many = options.responses.unwrap_or(MANY[usize::from(options.large)]);
    let (mut large, mut small) = (Side::of(options, many), Side::of(options, FEW));
    let (mut news, mut same) = (Vec::new(), Vec::new());
    for reading in 0..WARM_UP + READINGS * options.rounds {
        large.go_on();
        small.go_on();
        let new = (large.read(), small.read());
        let again = (large.read(), small.read());
        if reading >= WARM_UP {
            news.push(new);
            same.push(again);
        }
    }
    let kinds = [("report", "after an answer came", &news), ("report_again", "asked again", &same)];
    for (key, when, readings) in kinds {
        table.ratios.push(Ratio {
            key,
            numerator: format!("report of {many} answers, {when}"),
            denominator: format!("report of {FEW} answers, {when}"),
            unit: "ms",
            measured: Middle::of(readings),
            better: Better::Lower,
            goal: 1.5,
            floor: 2.0,
        });
        let (ours, theirs): (Vec<f64>, Vec<f64>) = readings.iter().copied().unzip();
        for (of, times) in [(many, ours), (FEW, theirs)] {
            table.figure(format!("report of {of} answers, {when}, p50"), within(&times, 0.5), "ms");
            table.figure(format!("report of {of} answers, {when}, p95"), within(&times, 0.95), "ms");
        }
    }
    table.figure(
        format!("memory of the service after reports of {many} answers"),
        large.server.resident_mib(),
        "MiB",
    );
}
