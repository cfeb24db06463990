//! The owner's report of many answers against that of few: both folded, both with orders and invitations behind them, at
//! most a hundred thousand.
//!
//! Two services run side by side and are asked in turn. Between two readings an answer comes to each, so that every
//! report is computed; then the same is asked again, which takes the slow parts from what is kept. So are the overview of the
//! dashboard, which its owner sees first, the same of all time, and both as an analyst sees them who has no right to rows. The
//! answers end today, so that the usual six weeks have their share.

use std::time::Instant;

use jiff::tz::TimeZone;
use laatu::clock::{Clock, SystemChance, SystemClock};
use laatu::domain::Role;
use laatu::service::cells::fold::{Folded, fold_chunk};
use laatu::service::sign_in::invite::{NewUser, create_user};
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
use laatu_tests::web::Client;

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

/// What is asked of either side: the name of its rows, and what it is in words.
const ASKED: [[(&str, &str); 2]; 5] = [
    [
        ("report", "report of {} answers, after an answer came"),
        ("report_again", "report of {} answers, asked again"),
    ],
    [
        ("overview", "first view of the dashboard, {} answers, after an answer came"),
        ("overview_again", "first view of the dashboard, {} answers, asked again"),
    ],
    [
        ("overview_all", "dashboard of all time, {} answers, after an answer came"),
        ("overview_all_again", "dashboard of all time, {} answers, asked again"),
    ],
    [
        ("analyst", "an analyst's first view of the dashboard, {} answers, after an answer came"),
        ("analyst_again", "an analyst's first view of the dashboard, {} answers, asked again"),
    ],
    [
        ("analyst_all", "an analyst's dashboard of all time, {} answers, after an answer came"),
        ("analyst_all_again", "an analyst's dashboard of all time, {} answers, asked again"),
    ],
];
/// Years over which the answers lie, in days.
const FIVE_YEARS: i64 = 5 * 365 + 1;
/// Days over which those lie that come while it is measured.
const COMING: i64 = 2;

/// One side: a service on its database, and answers that are still to come.
struct Side {
    caller: Caller,
    requests: [Vec<u8>; ASKED.len()],
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
        let now = SystemClock.now();
        let plan = Plan::five_years(survey.id, responses, options.seed).until(now, FIVE_YEARS);
        let every = usize::try_from(responses / FRAMED).map_or(1, |every| every.max(1));
        framing::write(&services, &scope, Answers::of(&opinions, plan, TimeZone::UTC), every, |_| {});
        let written = began.elapsed().as_secs_f64();
        let fold = || fold_chunk(&services, &scope, &survey, FOLDED_TOGETHER, &|| true);
        while matches!(fold().expect("the answers are folded"), Folded::Entries(_)) {}
        eprintln!(
            "  {responses} answers written in {written:.0} s, folded after {:.0} s",
            began.elapsed().as_secs_f64()
        );
        let later = Plan::five_years(survey.id, 1_000, options.seed + 1).until(now, COMING);
        let coming: Vec<Response> =
            Answers::of(&opinions, later, TimeZone::UTC).filter(|one| one.revision == 1).collect();
        let link = |role: Role| {
            let user = NewUser {
                email: format!("{}@example.org", role.word()),
                name: "Aino".to_owned(),
                role,
                grants: vec![],
            };
            create_user(&services, &SystemChance, &scope, &user).expect("a user")
        };
        let links = [link(Role::Owner), link(Role::Analyst)];
        // Only one service at a time holds the database.
        drop(services);
        let server = serve(&desk);
        let [owner_cookie, analyst_cookie] = links.map(|link| signed_in(&server, &link));
        let beside = Store::visit(&Ground::database(&desk)).expect("the database opens beside the service");
        let page = |query: &str, cookie: &str| {
            let path = format!("/dashboard/surveys/{SURVEY}{query}");
            format!("GET {path} HTTP/1.1\r\nhost: bench\r\naccept-encoding: gzip\r\ncookie: {cookie}\r\n\r\n")
                .into_bytes()
        };
        let report = call("GET", &format!("/api/v1/surveys/{SURVEY}/report"), &owner, None);
        let requests = [
            report,
            page("", &owner_cookie),
            page("?period=all", &owner_cookie),
            page("", &analyst_cookie),
            page("?period=all", &analyst_cookie),
        ];
        Self { caller: Caller::to(&server), requests, beside, scope, coming, server, _desk: desk }
    }

    /// Another answer comes.
    fn go_on(&mut self) {
        let next = self.coming.pop().expect("an answer to come");
        let scope = &self.scope;
        self.beside
            .write(|connection| responses::append(connection, scope, &next, ""))
            .expect("the answer is written");
    }

    /// Milliseconds and bytes of one of what is asked; the report must be made of stored counts.
    fn read(&mut self, which: usize) -> (f64, usize) {
        let (reply, ms) = self.caller.call(&self.requests[which]);
        if which == 0 {
            let text = String::from_utf8_lossy(&reply.body);
            assert!(text.contains("\"cells\""), "the report is made of stored counts");
        }
        (ms, reply.body.len())
    }
}

/// The cookie of somebody who sets a password by a link.
fn signed_in(server: &Process, link: &str) -> String {
    let client = Client::of(&format!("http://{}", server.address()));
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
    let fields = b"password=a+calm+northern+workshop&again=a+calm+northern+workshop";
    let answer = client.send("POST", link, &headers, Some(fields)).expect(303);
    let given = answer.header("set-cookie").and_then(|cookie| cookie.split(';').next());
    given.expect("a cookie").to_owned()
}

/// Adds the rows of the report and of the dashboard's first page.
pub fn measure(options: &Options, table: &mut Table) {
    let many = options.responses.unwrap_or(MANY[usize::from(options.large)]);
    let (mut large, mut small) = (Side::of(options, many), Side::of(options, FEW));
    for (which, [new, again]) in ASKED.into_iter().enumerate() {
        let (mut news, mut same, mut bytes) = (Vec::new(), Vec::new(), 0);
        for reading in 0..WARM_UP + READINGS * options.rounds {
            large.go_on();
            small.go_on();
            let first = (large.read(which).0, small.read(which).0);
            let (ms, size) = large.read(which);
            let second = (ms, small.read(which).0);
            bytes = size;
            if reading >= WARM_UP {
                news.push(first);
                same.push(second);
            }
        }
        for ((key, words), readings) in [(new, &news), (again, &same)] {
            add(table, key, words, many, readings);
        }
        table.figure(
            format!("bytes that came, {}", new.1.replace("{}", &many.to_string())),
            bytes as f64,
            "bytes",
        );
    }
    table.figure(
        format!("memory of the service after reports of {many} answers"),
        large.server.resident_mib(),
        "MiB",
    );
}

/// The rows of one question.
fn add(table: &mut Table, key: &'static str, words: &str, many: u64, readings: &[(f64, f64)]) {
    let named = |answers: u64| words.replace("{}", &answers.to_string());
    table.ratios.push(Ratio {
        key,
        numerator: named(many),
        denominator: named(FEW),
        unit: "ms",
        measured: Middle::of(readings),
        better: Better::Lower,
        goal: 1.5,
        floor: 2.0,
    });
    let (ours, theirs): (Vec<f64>, Vec<f64>) = readings.iter().copied().unzip();
    for (of, times) in [(many, ours), (FEW, theirs)] {
        table.figure(format!("{}, p50", named(of)), within(&times, 0.5), "ms");
        table.figure(format!("{}, p95", named(of)), within(&times, 0.95), "ms");
    }
}
