//! Readers without the right to rows read from stored rows what a scan of all answers gives them, wherever the log was
//! folded, and whatever came, was corrected or was erased.

use laatu::domain::Id;
use laatu::report::render::json_compact;
use laatu::service::Services;
use laatu::service::cells::fold::{fold_chunk, fold_long_tails, fold_survey, take_back};
use laatu::service::check::{check, repair};
use laatu::service::once::{in_read, in_transaction};
use laatu::service::read_report::read_report;
use laatu::service::report_log::piece_of;
use laatu::store::holdings::Holdings;
use laatu::store::response_log;
use laatu::store::responses::Response;
use laatu::store::{OrgScope, authority, cells, erasures};
use laatu_tests::Server;
use laatu_tests::answered::{Answered, Dice, FIRST_DAY};

use crate::cells::{beside, fielded, fold_in_pieces, is_clean, request, reset, sql_bytes};

/// What such readers may ask; all of it is made of stored rows once they are there.
const REQUESTS: [&str; 36] = [
    "",
    "by=channel",
    "by=contact_channel",
    "by=place",
    "by=language",
    "by=month",
    "by=week",
    "channel=web",
    "channel=phone",
    "channel=chat",
    "contact_channel=phone",
    "contact_channel=none",
    "place=helsinki",
    "place=none",
    "language=fi",
    "language=hu",
    "language=pl",
    "channel=web&by=channel",
    "channel=web&by=month",
    "language=fi&by=week",
    "place=none&by=month",
    "channel=chat&by=week",
    "from=2026-03-01&to=2026-04-01",
    "from=2026-02-16&by=place",
    "to=2026-03-01&by=week",
    "from=2026-02-23&to=2026-04-06",
    "from=2026-02-23&to=2026-04-06&by=channel",
    "from=2026-02-23&to=2026-04-06&by=contact_channel",
    "from=2026-02-23&to=2026-04-06&by=week",
    "from=2026-03-02&to=2026-05-01&by=month",
    "from=2026-02-16&to=2026-03-01&channel=web&by=week",
    "from=2026-03-01&language=fi&by=language",
    "from=2026-03-01&to=2026-04-01&place=helsinki",
    "from=2026-03-01&to=2026-04-01&contact_channel=none&by=month",
    "from=2027-01-04&by=channel",
    "to=2026-02-02",
];

/// An analyst of the shop.
fn analyst(services: &Services, key: &str) -> OrgScope {
    services.store.read(|connection| authority::by_key(connection, key)).unwrap().expect("a key")
}

/// Every report as a reader sees it, and of what it was made.
fn read_all(services: &Services, scope: &OrgScope) -> Vec<(String, String)> {
    let read = |query: &&str| {
        let mut with = read_report(services, scope, "field", &request(query)).unwrap();
        let source = with.report.about.source.take().unwrap();
        (json_compact(&with.report).unwrap(), source)
    };
    REQUESTS.iter().map(read).collect()
}

/// Answers as a shop gets them: days move on, levels are of uneven size, and one place opens late.
fn uneven(came: usize, response: &mut Response) {
    let number = i32::try_from(came).unwrap();
    response.service_day = FIRST_DAY + number / 9 + response.service_day % 3;
    if number % 7 > 3 {
        response.channel = 1;
    }
    if number < 150 && response.place_id == 2 {
        response.place_id = 0;
    }
    if number % 11 > 2 && response.language == "hu" {
        "fi".clone_into(&mut response.language);
    }
}

/// Folds at most so many entries of the log.
fn fold(services: &Services, survey: &Answered<'_>, most: usize) {
    fold_chunk(services, &survey.scope, &survey.survey, u32::try_from(most).unwrap(), &|| true).unwrap();
}

/// Reports as they are, and as a scan makes them of the same answers; how many were made of stored rows.
fn compare_some(server: &Server, survey: &Answered<'_>, scope: &OrgScope) -> usize {
    let services = server.services();
    let kept = read_all(&beside(server), scope);
    reset(services, survey);
    let scanned = read_all(&beside(server), scope);
    for ((query, (report, _)), (expected, scan)) in REQUESTS.iter().zip(&kept).zip(&scanned) {
        assert_eq!(scan, "scan", "{query}");
        assert_eq!(report, expected, "{query}");
    }
    kept.iter().filter(|(_, source)| source == "cells").count()
}

/// The same where all must be made of stored rows.
fn compare(server: &Server, survey: &Answered<'_>, scope: &OrgScope) {
    assert_eq!(compare_some(server, survey, scope), REQUESTS.len());
}

/// Erases some responses with all that is kept of them, as an erasure of their customers does.
fn erase(server: &Server, survey: &mut Answered<'_>, every: usize) {
    let services = server.services();
    let gone = survey.some(every);
    survey.newest.retain(|one| !gone.contains(&one.id));
    in_transaction(services, |connection| {
        let (scope, id) = (&survey.scope, survey.survey.id);
        take_back(services, connection, scope, &survey.survey, &gone)?;
        let mut all = Holdings::default();
        let mut after = 0;
        loop {
            let entries = response_log::entries_after(connection, scope, id, after)?;
            let Some((last, _)) = entries.last() else { break };
            after = *last;
            all.responses.extend(entries.into_iter().filter(|(_, one)| gone.contains(&one.id)));
        }
        erasures::note(connection, scope, &all, piece_of, services.now())?;
        Ok(())
    })
    .unwrap();
    delete(server, &gone);
}

/// Deletes answers that came without a customer by whom they could be erased.
fn delete(server: &Server, gone: &[Id]) {
    let list: Vec<String> = gone.iter().map(|id| sql_bytes(server, &id.to_vec())).collect();
    let mut any = laatu_tests::schema::Any::to(&server.database().target());
    any.run(&format!("DELETE FROM response WHERE response_id IN ({})", list.join(", ")));
}

on_both! {
    fn reports_in_steps_are_those_of_a_scan_wherever_the_log_was_folded(server) {
        let shop = fielded(server);
        let services = server.services();
        let scope = analyst(services, &shop.analyst);
        let mut survey = Answered::new(services, "tuulia", 21);
        let mut dice = Dice(22);
        for entries in [40, 150, 450] {
            survey.append_changed(entries, uneven);
            // What was reset is folded again, in two pieces and with any tail left.
            let all = survey.newest.len();
            let first = 1 + usize::try_from(dice.below(all as u64)).unwrap();
            fold(services, &survey, first);
            fold(services, &survey, 1 + usize::try_from(dice.below(60)).unwrap());
            is_clean(services);
            compare(server, &survey, &scope);
        }
    }

    fn a_report_that_moves_moves_alike_from_rows_and_from_a_scan(server) {
        let shop = fielded(server);
        let services = server.services();
        let scope = analyst(services, &shop.analyst);
        let mut survey = Answered::new(services, "tuulia", 23);
        survey.append_changed(90, uneven);
        fold_survey(services, &survey.scope, &survey.survey, &|| true).unwrap();
        let totals: Vec<String> = (0..25).map(|_| {
            survey.append_changed(3, uneven);
            let with = read_report(&beside(server), &scope, "field", &request("by=place")).unwrap();
            assert_eq!(with.report.about.source.as_deref(), Some("cells"));
            let mut report = with.report;
            report.about.source = None;
            json_compact(&report).unwrap()
        }).collect();
        let moves = totals.windows(2).filter(|pair| pair[0] != pair[1]).count();
        assert!((1..8).contains(&moves), "75 entries move the total in steps of ten, not at once: {moves}");
        compare(server, &survey, &scope);
    }

    fn standing_rows_are_those_of_a_recount_whatever_was_folded_when(server) {
        fielded(server);
        let services = server.services();
        let mut survey = Answered::new(services, "tuulia", 24);
        let mut dice = Dice(25);
        for entries in [1, 30, 250] {
            survey.append_changed(entries, uneven);
            fold_in_pieces(services, &survey, &mut dice);
            is_clean(services);
        }
        let kept = names(services, &survey);
        assert!(kept > 20, "total, levels, months and weeks stand: {kept}");
    }

    fn a_changed_standing_row_is_found_and_mended(server) {
        let shop = fielded(server);
        let services = server.services();
        let scope = analyst(services, &shop.analyst);
        let mut survey = Answered::new(services, "tuulia", 26);
        survey.append_changed(300, uneven);
        fold_survey(services, &survey.scope, &survey.survey, &|| true).unwrap();
        let mut any = laatu_tests::schema::Any::to(&server.database().target());
        any.run(&format!("UPDATE cell SET counts = {} WHERE part = 3 AND split = 3", sql_bytes(server, b"LRo")));
        any.run("DELETE FROM cell WHERE part = 5 AND split = 0");
        let checked = check(services, None).unwrap();
        let told = |words: &str| checked.differences.iter().any(|one| one.what.contains(words));
        assert!(told("place \"1\", all time, counts in steps: other counts"), "{:?}", checked.differences);
        assert!(told("total, all time, classes in steps: not stored"), "{:?}", checked.differences);
        let read = |query: &str| {
            let with = read_report(&beside(server), &scope, "field", &request(query)).unwrap();
            with.report.about.source.unwrap()
        };
        let read = ["", "by=place", "place=helsinki", "channel=web", "language=fi"].map(read);
        assert_eq!(read, ["scan", "scan", "scan", "cells", "cells"]);
        repair(services, &checked).unwrap();
        is_clean(services);
        compare(server, &survey, &scope);
    }

    fn after_erasures_reports_are_those_of_a_scan_and_soon_of_stored_rows(server) {
        let shop = fielded(server);
        let services = server.services();
        let scope = analyst(services, &shop.analyst);
        let mut survey = Answered::new(services, "tuulia", 28);
        let mut dice = Dice(29);
        survey.append_changed(320, uneven);
        fold_in_pieces(services, &survey, &mut dice);
        for every in [97, 61] {
            erase(server, &mut survey, every);
            assert_eq!(names(services, &survey), 0, "no row tells of whom is gone");
            // Nobody new came: figures stand where they stood before the first of them came.
            compare_some(server, &survey, &scope);
            survey.append_changed(70, uneven);
            fold(services, &survey, 1 + usize::try_from(dice.below(300)).unwrap());
            fold_in_pieces(services, &survey, &mut dice);
            is_clean(services);
            survey.append_changed(usize::try_from(dice.below(20)).unwrap(), uneven);
            let quick = compare_some(server, &survey, &scope);
            assert!(quick > REQUESTS.len() * 3 / 4, "ten new people came: {quick}");
            // Erased while a part of the log is not folded.
            fold(services, &survey, 200);
        }
    }

    fn after_an_erasure_standing_rows_are_made_anew_from_what_is_left(server) {
        let shop = fielded(server);
        let services = server.services();
        let scope = analyst(services, &shop.analyst);
        let mut survey = Answered::new(services, "tuulia", 27);
        survey.append_changed(160, uneven);
        fold_survey(services, &survey.scope, &survey.survey, &|| true).unwrap();
        let gone = survey.some(9);
        in_transaction(services, |connection| {
            take_back(services, connection, &survey.scope, &survey.survey, &gone)
        }).unwrap();
        assert_eq!(names(services, &survey), 0, "no row tells of whom is gone");
        delete(server, &gone);
        let source = |services: &Services| {
            read_report(services, &scope, "field", &request("")).unwrap().report.about.source.unwrap()
        };
        assert_eq!(source(&beside(server)), "scan");
        // The tail is short, and the worker makes them anew all the same.
        fold_long_tails(&beside(server), &|| true).unwrap();
        assert_eq!(source(&beside(server)), "cells");
        let checked = check(services, None).unwrap();
        assert!(checked.differences.iter().all(|one| one.kind == "log"), "{:?}", checked.differences);
        compare(server, &survey, &scope);
    }
}

/// How many standing rows there are.
fn names(services: &Services, survey: &Answered<'_>) -> usize {
    let id = survey.survey.id;
    in_read(services, |connection| {
        Ok(cells::names_of(connection, &survey.scope, id, &[3, 4, 5, 6, 7, 8, 9])?)
    })
    .unwrap()
    .len()
}
