//! Reports made of stored cells are those made of all answers, whatever came when, and each answer is folded once.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use laatu::clock::SeededChance;
use laatu::jobs::Worker;
use laatu::mail::Mailer;
use laatu::report::render::json_compact;
use laatu::service::cells::fold::{Folded, fold_chunk, fold_survey, take_back};
use laatu::service::check::check;
use laatu::service::links::LinkKeys;
use laatu::service::once::{in_read, in_transaction};
use laatu::service::read_report::{Request, read_report};
use laatu::service::{Parts, Services};
use laatu::store::segments::{self, Segment};
use laatu::store::{Store, cells};
use laatu_tests::Server;
use laatu_tests::answered::{Answered, Dice};
use laatu_tests::server::Shop;
use laatu_tests::wait::wait_for;
use serde_json::json;

/// A service without HTTP on the same database, as another process has it: it keeps nothing of earlier reports.
pub fn beside(server: &Server) -> Services {
    let of = server.services();
    let chance = Arc::new(SeededChance::new(5));
    Services::new(Parts {
        store: Store::visit(&server.database().target()).unwrap(),
        clock: Arc::clone(&of.clock),
        links: LinkKeys::generate(chance.as_ref()),
        chance,
        mailer: Mailer::from_setting("file:nowhere", "nowhere".into()).unwrap(),
        public_url: String::new(),
    })
    .unwrap()
}

/// A survey whose orders are known, so that there is a frame to weight to.
pub fn fielded(server: &Server) -> Shop {
    let shop = server.shop("tuulia");
    server.field_survey(&shop, &json!({}));
    for (channel, place, orders) in
        [("web", "helsinki", 7), ("in_person", "turku", 5), ("phone", "helsinki", 3)]
    {
        for number in 0..orders {
            let mut order = server.order(&format!("{channel}-{number}"));
            order["channel"] = json!(channel);
            order["place"] = json!(place);
            server.post_order(&shop, &order).expect(201);
        }
    }
    shop
}

pub fn request(query: &str) -> Request {
    let mut request = Request::default();
    for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        let field = match name {
            "from" => &mut request.from,
            "to" => &mut request.to,
            "channel" => &mut request.channel,
            "contact_channel" => &mut request.contact_channel,
            "place" => &mut request.place,
            "language" => &mut request.language,
            "by" => &mut request.by,
            segment => {
                request.segments.push((segment.to_owned(), value.to_owned()));
                continue;
            }
        };
        *field = Some(value.to_owned());
    }
    request
}

/// The report as the operator reads it, and of what it was made.
fn read(services: &Services, survey: &Answered<'_>, query: &str) -> (String, String) {
    let mut with = read_report(services, &survey.scope, "field", &request(query)).unwrap();
    let source = with.report.about.source.take().unwrap();
    (json_compact(&with.report).unwrap(), source)
}

/// Every kind of request, and of what its report is made once cells are there. 2026-06-01 is a Monday, as is
/// 2026-02-09, the first day with answers.
const REQUESTS: [(&str, &str); 38] = [
    ("", "cells"),
    ("by=channel", "cells"),
    ("by=contact_channel", "cells"),
    ("by=place", "cells"),
    ("by=language", "cells"),
    ("by=month", "cells"),
    ("by=week", "cells"),
    ("channel=phone", "cells"),
    ("channel=chat", "cells"),
    ("contact_channel=phone", "cells"),
    ("contact_channel=none", "cells"),
    ("place=helsinki", "cells"),
    ("place=none", "cells"),
    ("language=fi", "cells"),
    ("language=fi&by=week", "cells"),
    ("place=turku&by=month", "cells"),
    ("contact_channel=phone&by=month", "cells"),
    ("channel=web&by=channel", "cells"),
    ("from=2026-03-01&to=2026-05-01", "cells"),
    ("from=2026-03-02&to=2026-04-06", "cells"),
    ("from=2026-03-01&to=2026-05-01&by=place", "cells"),
    ("from=2026-04-01&to=2026-05-01&channel=web", "cells"),
    ("from=2026-03-01&by=language", "cells"),
    ("to=2026-03-16&by=month", "cells"),
    ("from=2026-03-16&to=2026-04-20&by=month", "cells"),
    ("from=2025-07-05&to=2027-01-03", "cells"),
    ("from=2027-01-01", "cells"),
    ("to=2026-01-01", "cells"),
    ("from=2026-03-04&to=2026-04-16", "cells"),
    ("from=2026-03-04", "cells"),
    ("to=2026-04-16&by=week", "cells"),
    ("from=2026-03-04&to=2026-03-05&by=place", "cells"),
    ("from=2026-03-02&to=2026-04-06&channel=web", "cells"),
    ("from=2026-03-04&place=turku", "cells"),
    ("channel=web&language=fi", "scan"),
    ("channel=web&by=place", "scan"),
    ("place=turku&by=language", "scan"),
    ("place=turku&channel=web&by=month", "scan"),
];

/// Requests by a declared segment, and by what is left where it is not known.
const BY_SEGMENT: [(&str, &str); 10] = [
    ("by=shop", "cells"),
    ("shop=north", "cells"),
    ("shop=none", "cells"),
    ("shop=south&by=shop", "cells"),
    ("shop=none&by=month", "cells"),
    ("shop=north&by=week", "cells"),
    ("by=shop&from=2026-03-01&to=2026-05-01", "cells"),
    ("shop=none&from=2026-03-04&to=2026-05-01", "cells"),
    ("shop=north&channel=web", "scan"),
    ("shop=none&by=place", "scan"),
];

/// Folds the log in pieces of random length; entries folded.
pub fn fold_in_pieces(services: &Services, survey: &Answered<'_>, dice: &mut Dice) -> usize {
    let mut all = 0;
    loop {
        let most = 1 + u32::try_from(dice.below(40)).unwrap();
        match fold_chunk(services, &survey.scope, &survey.survey, most, &|| true).unwrap() {
            Folded::Entries(entries) => all += entries,
            Folded::Nothing => return all,
            other => panic!("nobody else folds: {other:?}"),
        }
    }
}

pub fn is_clean(services: &Services) {
    let checked = check(services, None).unwrap();
    assert_eq!(checked.differences, []);
    assert!(checked.cells > 0 && checked.entries > 0, "{checked:?}");
}

fn mark(services: &Services, survey: &Answered<'_>) -> i64 {
    let id = survey.survey.id;
    let mark = in_read(services, |connection| Ok(cells::mark(connection, &survey.scope, id)?));
    mark.unwrap().map_or(0, |mark| mark.folded_to)
}

pub fn reset(services: &Services, survey: &Answered<'_>) {
    let id = survey.survey.id;
    in_transaction(services, |connection| Ok(cells::reset(connection, &survey.scope, id)?)).unwrap();
}

on_both! {
    fn a_report_from_cells_is_the_report_from_all_answers(server) {
        fielded(server);
        let services = server.services();
        let mut survey = Answered::new(services, "tuulia", 1);
        survey.append(150);
        fold_survey(services, &survey.scope, &survey.survey, &|| true).unwrap();
        // The tail brings newcomers and corrects answers that are folded.
        survey.append(40);
        let from_cells = beside(server);
        let kept: Vec<(String, String)> =
            REQUESTS.iter().map(|(query, _)| read(&from_cells, &survey, query)).collect();
        reset(services, &survey);
        let from_scan = beside(server);
        for ((query, source), (report, of)) in REQUESTS.iter().zip(&kept) {
            let (scanned, scan) = read(&from_scan, &survey, query);
            assert_eq!((of.as_str(), scan.as_str()), (*source, "scan"), "{query}");
            assert_eq!(*report, scanned, "{query}");
        }
    }

    fn so_is_a_report_by_a_declared_segment(server) {
        fielded(server);
        let services = server.services();
        let mut survey = Answered::new(services, "tuulia", 12);
        let shop = Segment { number: 1, name: "shop".to_owned(), levels: vec![(1, "north".to_owned()), (2, "south".to_owned())] };
        let id = survey.survey.id;
        in_transaction(services, |connection| Ok(segments::declare(connection, &survey.scope, id, &[], std::slice::from_ref(&shop))?)).unwrap();
        survey.append(120);
        fold_survey(services, &survey.scope, &survey.survey, &|| true).unwrap();
        survey.append(30);
        let from_cells = beside(server);
        let kept: Vec<(String, String)> =
            BY_SEGMENT.iter().map(|(query, _)| read(&from_cells, &survey, query)).collect();
        reset(services, &survey);
        let from_scan = beside(server);
        for ((query, source), (report, of)) in BY_SEGMENT.iter().zip(&kept) {
            let (scanned, scan) = read(&from_scan, &survey, query);
            assert_eq!((of.as_str(), scan.as_str()), (*source, "scan"), "{query}");
            assert_eq!(*report, scanned, "{query}");
        }
    }

    fn a_log_folded_in_any_pieces_leaves_the_rows_of_a_recount(server) {
        fielded(server);
        let services = server.services();
        let mut survey = Answered::new(services, "tuulia", 2);
        let mut dice = Dice(7);
        for entries in [1, 30, 60] {
            survey.append(entries);
            fold_in_pieces(services, &survey, &mut dice);
            is_clean(services);
        }
        survey.append(10);
        is_clean(services);
    }

    fn the_worker_folds_a_long_tail_and_leaves_a_short_one(server) {
        fielded(server);
        let mut survey = Answered::new(server.services(), "tuulia", 4);
        survey.append(20);
        let mut services = beside(server);
        services.folds.after = 30;
        let services = Arc::new(services);
        let worker = Worker::start(Arc::clone(&services)).unwrap();
        survey.append(15);
        let folded_to = wait_for("the tail to be folded", || Some(mark(&services, &survey)).filter(|mark| *mark > 0));
        assert_eq!(folded_to, 35);
        survey.append(30);
        survey.append(1);
        wait_for("the next long tail to be folded", || (mark(&services, &survey) == 66).then_some(()));
        drop(worker);
        is_clean(&services);
    }

    fn who_is_taken_back_is_in_no_cell(server) {
        fielded(server);
        let services = server.services();
        let mut survey = Answered::new(services, "tuulia", 5);
        survey.append(80);
        fold_survey(services, &survey.scope, &survey.survey, &|| true).unwrap();
        survey.append(20);
        let gone: BTreeSet<_> = survey.some(3).into_iter().collect();
        let ids: Vec<_> = gone.iter().copied().collect();
        in_transaction(services, |connection| take_back(services, connection, &survey.scope, &survey.survey, &ids)).unwrap();
        let list: Vec<String> = ids.iter().map(|id| sql_bytes(server, &id.to_vec())).collect();
        let mut any = laatu_tests::schema::Any::to(&server.database().target());
        any.run(&format!("DELETE FROM response WHERE response_id IN ({})", list.join(",")));
        let checked = check(services, Some("tuulia")).unwrap();
        assert!(checked.differences.iter().all(|one| one.kind == "log"), "{:?}", checked.differences);
        assert!(checked.cells > 0);
    }

    fn cells_are_made_anew_when_the_zone_changes(server) {
        let shop = fielded(server);
        let services = server.services();
        let mut survey = Answered::new(services, "tuulia", 6);
        survey.append(40);
        fold_survey(services, &survey.scope, &survey.survey, &|| true).unwrap();
        assert!(mark(services, &survey) > 0);
        server.client().send_json("PUT", &shop.owner, "/api/v1/organisation", &json!({"name": "Other"})).expect(200);
        assert!(mark(services, &survey) > 0);
        server.client().send_json("PUT", &shop.owner, "/api/v1/organisation", &json!({"zone": "Pacific/Auckland"})).expect(200);
        assert_eq!(mark(services, &survey), 0);
        fold_survey(services, &survey.scope, &survey.survey, &|| true).unwrap();
        is_clean(services);
    }

    fn nodes_that_fold_at_once_fold_each_entry_once(server) {
        fielded(server);
        let mut survey = Answered::new(server.services(), "tuulia", 8);
        survey.append(1);
        let nodes = [beside(server), beside(server), beside(server)];
        let (done, folded) = (AtomicBool::new(false), AtomicUsize::new(0));
        let (scope, of) = (survey.scope.clone(), survey.survey.clone());
        std::thread::scope(|threads| {
            for node in &nodes {
                threads.spawn(|| {
                    loop {
                        let is_last = done.load(Ordering::SeqCst);
                        match fold_chunk(node, &scope, &of, 25, &|| true).unwrap() {
                            Folded::Entries(entries) => drop(folded.fetch_add(entries, Ordering::SeqCst)),
                            Folded::Nothing if is_last => return,
                            _ => {}
                        }
                    }
                });
            }
            for _ in 0..30 {
                survey.append(5);
            }
            done.store(true, Ordering::SeqCst);
        });
        let counted = survey.newest.iter().filter(|one| !one.test);
        // An arrival is one entry, a correction two: what it takes back and what it brings.
        let entries: usize = counted.map(|one| 2 * usize::try_from(one.revision).unwrap() - 1).sum();
        assert_eq!(folded.into_inner(), entries);
        is_clean(server.services());
    }

    fn a_fold_that_is_overtaken_throws_its_work_away(server) {
        fielded(server);
        let mut survey = Answered::new(server.services(), "tuulia", 11);
        survey.append(30);
        let (one, other) = (beside(server), beside(server));
        let (scope, of) = (&survey.scope, &survey.survey);
        // The first of the two asks the other to work while its own rows are read and not yet written.
        let fold_while = |work: &dyn Fn()| {
            let first = AtomicBool::new(true);
            let go_on = || {
                if first.swap(false, Ordering::SeqCst) {
                    work();
                }
                true
            };
            fold_chunk(&one, scope, of, 20, &go_on).unwrap()
        };
        let folds = || assert_ne!(fold_chunk(&other, scope, of, 10, &|| true).unwrap(), Folded::Nothing);
        assert_eq!(fold_while(&folds), Folded::Overtaken);
        let forgets = || reset(&other, &survey);
        assert_eq!(fold_while(&forgets), Folded::Overtaken);
        fold_chunk(&other, scope, of, 20, &|| true).unwrap();
        let before = mark(&other, &survey);
        let first = survey.newest.iter().find(|one| !one.test && one.revision == 1).unwrap().id;
        let erases = || in_transaction(&other, |connection| take_back(&other, connection, scope, of, &[first])).unwrap();
        assert_eq!(fold_while(&erases), Folded::Overtaken);
        assert_eq!(mark(&other, &survey), before, "the position stands where it was, and the cells are others");
    }

    fn a_fold_told_to_stop_changes_nothing(server) {
        fielded(server);
        let services = server.services();
        let mut survey = Answered::new(services, "tuulia", 9);
        survey.append(20);
        let asked = AtomicUsize::new(0);
        let go_on = || asked.fetch_add(1, Ordering::SeqCst) < 5;
        assert_eq!(fold_chunk(services, &survey.scope, &survey.survey, 100, &go_on).unwrap(), Folded::Stopped);
        assert_eq!(mark(services, &survey), 0);
        assert_eq!(check(services, None).unwrap().cells, 0);
    }

    fn a_report_is_made_from_the_answers_when_a_cell_cannot_be_read(server) {
        fielded(server);
        let services = server.services();
        let mut survey = Answered::new(services, "tuulia", 10);
        survey.append(50);
        let (scanned, _) = read(&beside(server), &survey, "channel=web");
        fold_survey(services, &survey.scope, &survey.survey, &|| true).unwrap();
        let mut any = laatu_tests::schema::Any::to(&server.database().target());
        any.run(&format!("UPDATE cell SET counts = {} WHERE split = 1", sql_bytes(server, b"LRo")));
        assert_eq!(read(&beside(server), &survey, "channel=web"), (scanned, "scan".to_owned()));
        assert_eq!(read(&beside(server), &survey, "place=turku").1, "cells");
    }
}

/// Bytes as both databases write them in a statement.
pub fn sql_bytes(server: &Server, bytes: &[u8]) -> String {
    let mut digits = String::new();
    for byte in bytes {
        write!(digits, "{byte:02x}").unwrap();
    }
    match server.database().kind() {
        laatu_tests::Kind::Sqlite => format!("X'{digits}'"),
        laatu_tests::Kind::Postgres => format!("'\\x{digits}'::bytea"),
    }
}
