//! What reports say of invitations is stored, always current, and the same as counted from all invitations.

use std::sync::Arc;

use laatu::jobs::Worker;
use laatu::report::render::json_compact;
use laatu::service::Services;
use laatu::service::check::check;
use laatu::service::frames::fold::{Folded, Looks, fold_chunk, fold_survey};
use laatu::service::once::in_read;
use laatu::service::read_report::{Request, read_report};
use laatu::store::frame_counts;
use laatu_tests::answered::Dice;
use laatu_tests::framed::{Framed, questions};
use laatu_tests::json::text;
use laatu_tests::program::Desk;
use laatu_tests::schema::Any;
use laatu_tests::season::play;
use laatu_tests::wait::wait_for;
use laatu_tests::{Kind, Server};
use serde_json::{Value, json};

use super::cells::{beside, sql_bytes};

/// Two organisations in zones of their own, with two surveys each.
fn two(server: &Server) -> [Framed<'_>; 2] {
    let make = |slug: &str, zone: &str, seed: u64| {
        let shop = server.shop(slug);
        let changed = json!({"zone": zone});
        server.client().send_json("PUT", &shop.owner, "/api/v1/organisation", &changed).expect(200);
        server.field_survey(&shop, &json!({}));
        server.field_survey(&shop, &json!({"key": "other"}));
        Framed::new(server.services(), slug, seed)
    };
    [make("tuulia", "Europe/Helsinki", 1), make("veera", "America/New_York", 2)]
}

/// Every answer from stored counts is that from all invitations.
#[track_caller]
fn agrees(all: &[Framed<'_>]) {
    for one in all {
        for survey in &one.surveys {
            for asked in questions() {
                let (stored, live) = one.figures(survey, &asked);
                assert_eq!(stored.as_ref(), Some(&live), "{} {asked:?}", survey.key);
            }
        }
    }
}

#[track_caller]
fn is_clean(services: &Services) {
    let checked = check(services, None).unwrap();
    assert_eq!(checked.differences, []);
    assert!(checked.frames > 0, "{checked:?}");
}

fn erase(server: &Server, framed: &mut Framed<'_>) {
    let id = framed.give_up().expect("an invitation");
    plant(
        server,
        &format!("DELETE FROM invitation WHERE invitation_id = {}", sql_bytes(server, &id.to_vec())),
    );
}

fn plant(server: &Server, statements: &str) {
    let mut any = Any::to(&server.database().target());
    if server.database().kind() == Kind::Sqlite {
        any.run("PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000");
    }
    any.run(statements);
}

fn number(server: &Server, query: &str) -> i64 {
    Any::to(&server.database().target()).number(query)
}

fn waiting(server: &Server) -> i64 {
    number(server, "SELECT count(*) AS n FROM frame_change")
}

/// The report as the operator reads it, by a program that keeps nothing of earlier ones.
fn reports(server: &Server) -> Vec<String> {
    let services = beside(server);
    let scope = services.store.read(|it| laatu::store::authority::operator(it, "tuulia")).unwrap();
    let read = |from: Option<&str>, channel: Option<&str>| {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let request = Request { from: owned(from), channel: owned(channel), ..Request::default() };
        json_compact(&read_report(&services, &scope, "field", &request).unwrap().report).unwrap()
    };
    vec![read(None, None), read(Some("2026-04-28"), None), read(None, Some("web"))]
}

fn laatu(server: &Server, arguments: &[&str]) -> laatu_tests::program::Output {
    Desk::new().with("LAATU_DATABASE_URL", server.database().url()).run(arguments)
}

on_both! {
    fn stored_counts_and_what_waits_give_what_all_invitations_give(server) {
        let services = server.services();
        let mut all = two(server);
        let mut dice = Dice(3);
        for one in &mut all {
            one.live(40);
        }
        assert!(all[0].figures(&all[0].surveys[0], &questions()[0]).0.is_none(), "nothing is counted yet");
        let counted = Looks::default().look(services, &|| true).unwrap();
        assert_eq!((counted, waiting(server)), (4, 0));
        agrees(&all);
        for round in 0..6 {
            for one in &mut all {
                one.live(30);
                erase(server, one);
            }
            agrees(&all);
            is_clean(services);
            for one in &all {
                let survey = &one.surveys[round % 2];
                let most = 1 + i64::try_from(dice.below(40)).unwrap();
                assert!(matches!(fold_chunk(services, &one.scope, survey.id, most), Ok(Folded::Some(_))));
            }
            assert!(waiting(server) > 0);
            agrees(&all);
            is_clean(services);
        }
        for one in &all {
            for survey in &one.surveys {
                fold_survey(services, &one.scope, survey.id, &|| true).unwrap();
                assert_eq!(fold_chunk(services, &one.scope, survey.id, 9).unwrap(), Folded::Nothing);
            }
        }
        assert_eq!(waiting(server), 0);
        agrees(&all);
        is_clean(services);
    }

    fn what_happens_to_orders_and_customers_is_counted_at_once(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let services = server.services();
        let framed = Framed::new(services, "tuulia", 4);
        Looks::default().look(services, &|| true).unwrap();
        let season = play(server, &shop, 12);
        let event = |number: &str, event: Value| server.post_event(&shop, number, &event).expect(200);
        event(&season[0].number, json!({"kind": "contacted", "channel": "chat", "at": server.now()}));
        event(&season[1].number, json!({"kind": "returned", "at": server.now()}));
        let mut again = server.order("C1");
        server.post_order(&shop, &again).expect(201);
        again["channel"] = json!("community");
        again["place"] = json!("oulu");
        server.post_order(&shop, &again).expect(200);
        let mut tried = server.order("T1");
        tried["customer"]["email"] = json!("tried@example.org");
        server.client().post_json(&shop.test, "/api/v1/orders", &tried).expect(201);
        assert!(waiting(server) > 0);
        agrees(std::slice::from_ref(&framed));
        let before = reports(server);
        fold_survey(services, &framed.scope, framed.surveys[0].id, &|| true).unwrap();
        assert_eq!(waiting(server), 0);
        assert_eq!(reports(server), before);
        server.advance_days(61);
        server.run_jobs();
        agrees(std::slice::from_ref(&framed));
        is_clean(services);
        plant(server, "DELETE FROM frame; DELETE FROM frame_mark");
        assert!(framed.figures(&framed.surveys[0], &questions()[0]).0.is_none());
        let (_, live) = framed.figures(&framed.surveys[0], &questions()[0]);
        assert_eq!((live.counts.sent, live.counts.answered > 5), (12, true));
    }

    fn an_installation_from_before_is_counted_at_the_first_look(server) {
        let services = server.services();
        let mut all = two(server);
        for one in &mut all {
            one.live(60);
        }
        plant(server, "DELETE FROM frame_change");
        let checked = check(services, None).unwrap();
        assert_eq!((checked.frames, checked.differences.len()), (0, 0));
        let mut looks = Looks::default();
        assert_eq!(looks.look(services, &|| false).unwrap(), 0, "told to stop, it does not begin");
        assert_eq!(looks.look(services, &|| true).unwrap(), 4);
        agrees(&all);
        assert_eq!(looks.look(services, &|| true).unwrap(), 0);
        is_clean(services);
    }

    fn another_zone_has_other_days(server) {
        let services = server.services();
        let mut all = two(server);
        all[0].live(80);
        Looks::default().look(services, &|| true).unwrap();
        all[0].live(20);
        let owner = server.shop("aino").owner;
        server.client().send_json("PUT", &owner, "/api/v1/organisation", &json!({"zone": "Asia/Tokyo"})).expect(200);
        assert!(all[0].figures(&all[0].surveys[0], &questions()[0]).0.is_some(), "another organisation's zone");
        plant(server, "UPDATE organisation SET zone = 'Pacific/Auckland' WHERE slug = 'tuulia'");
        let moved = |one: &Framed<'_>| questions().iter().map(|asked| one.figures(&one.surveys[0], asked).0).collect::<Vec<_>>();
        assert!(moved(&all[0]).iter().all(Option::is_none), "not in the days of another zone");
        assert_eq!(Looks::default().look(services, &|| true).unwrap(), 2);
        agrees(&all);
        is_clean(services);
    }

    fn a_damaged_row_is_not_used_and_is_mended(server) {
        let services = server.services();
        let mut all = two(server);
        all[0].live(60);
        Looks::default().look(services, &|| true).unwrap();
        all[0].live(20);
        let before = reports(server);
        let damaged = match server.database().kind() {
            Kind::Sqlite => "CAST(X'00' || substr(counts, 2) AS BLOB)",
            Kind::Postgres => "set_byte(counts, 7, get_byte(counts, 7) # 1)",
        };
        plant(server, &format!("UPDATE frame SET counts = {damaged} WHERE period = 0"));
        assert_eq!(reports(server), before, "made of the invitations");
        let output = laatu(server, &["check", "--json"]).expect(1);
        let shown: Value = serde_json::from_str(&output.out).unwrap();
        let differences = shown["differences"].as_array().unwrap();
        assert_eq!(differences.len(), 2, "of both surveys: {differences:?}");
        assert_eq!(text(&differences[0], "/kind"), "frames");
        assert_eq!(text(&differences[0], "/what"), "invitations, all time: other counts than the invitations give");
        plant(server, "DELETE FROM frame WHERE period = 1 AND starts_on = (SELECT min(starts_on) FROM frame WHERE period = 1)");
        plant(server, "INSERT INTO frame SELECT org_id, survey_id, period, 1, counts FROM frame WHERE period = 3 AND starts_on = \
            (SELECT min(starts_on) FROM frame WHERE period = 3)");
        let mended = laatu(server, &["check", "--repair"]).expect(0);
        assert!(mended.out.contains("survey other: the invitations were counted anew"), "{}", mended.out);
        agrees(&all[..1]);
        is_clean(services);
    }

    fn a_change_that_is_not_noted_is_found(server) {
        let services = server.services();
        let mut all = two(server);
        all[0].live(60);
        Looks::default().look(services, &|| true).unwrap();
        all[0].live(10);
        plant(server, "DELETE FROM frame_change WHERE change_id = (SELECT max(change_id) FROM frame_change)");
        let found = check(services, None).unwrap().differences;
        assert!(!found.is_empty() && found.iter().all(|one| one.kind == "frames"), "{found:?}");
        laatu(server, &["check", "--repair"]).expect(0);
        agrees(&all[..1]);
    }

    fn the_worker_counts_what_is_new_and_folds_a_long_tail(server) {
        let mut all = two(server);
        let mut services = beside(server);
        services.folds.after = 30;
        let services = Arc::new(services);
        let worker = Worker::start(Arc::clone(&services)).unwrap();
        let of = (all[0].scope.clone(), all[0].surveys[0].id);
        let mark = || in_read(&services, |it| Ok(frame_counts::mark(it, &of.0, of.1)?)).unwrap();
        wait_for("the survey to be counted", mark);
        all[0].live(200);
        let long = "SELECT coalesce(max(n), 0) AS n FROM (SELECT count(*) AS n FROM frame_change GROUP BY survey_id) AS t";
        wait_for("the tails to be folded", || (number(server, long) <= 30).then_some(()));
        assert!(number(server, "SELECT count(*) AS n FROM frame") > 0);
        drop(worker);
        agrees(&all[..1]);
        is_clean(&services);
    }
}
