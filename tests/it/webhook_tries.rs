//! Bringing events: again on the published schedule, never past what an endpoint asks, and none held up by another.

use laatu_tests::json::{at, text};
use laatu_tests::receiver::{Receiver, Reply};
use laatu_tests::server::{Shop, instant};
use laatu_tests::wait::wait_for;
use laatu_tests::{Answer, Server};
use serde_json::{Value, json};

use crate::webhooks::{deliveries, endpoint, post};

/// A shop with an endpoint; its id.
fn with_endpoint(server: &Server, receiver: &Receiver) -> (Shop, String) {
    let shop = server.shop("tuulia");
    server.field_survey(&shop, &json!({}));
    let (id, _) = endpoint(server, &shop.owner, &json!({"url": receiver.url()}));
    (shop, id)
}

/// Lets events happen now: mails to so many customers.
fn happen(server: &Server, shop: &Shop, numbers: &[&str]) {
    for number in numbers {
        server.deliver(shop, &server.order(number));
    }
    server.advance_days(3);
    server.run_jobs();
}

fn set_clock_to(server: &Server, at: &Value) {
    server.set_clock(at.as_str().expect("an instant"));
}

/// Seconds from now to an instant.
fn seconds_to(server: &Server, at: &str) -> i64 {
    (instant(at).0 - instant(&server.now()).0) / 1_000_000
}

fn states(all: &[Value]) -> Vec<&str> {
    all.iter().map(|one| text(one, "/state")).collect()
}

fn replay(server: &Server, shop: &Shop, id: &str, delivery: &Value) -> Answer {
    post(server, shop, &format!("/api/v1/webhooks/{id}/deliveries/{}/replay", text(delivery, "/id")))
}

on_both! {
    fn what_is_not_taken_comes_again_on_the_schedule_and_is_given_up(server) {
        let receiver = Receiver::answering(&vec![Reply::Status(500, ""); 20]);
        let (shop, id) = with_endpoint(server, &receiver);
        happen(server, &shop, &["A1"]);
        let least = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];
        for (place, pause) in least.into_iter().enumerate() {
            assert_eq!(server.run_webhooks(), 1, "once at a time");
            let one = &deliveries(server, &shop, &id)[0];
            assert_eq!((at(one, "/attempts").as_array().unwrap().len(), text(one, "/state")), (place + 1, "waiting"));
            let wait = seconds_to(server, text(one, "/next_at"));
            assert!((pause..=pause + pause / 10).contains(&wait), "try {place}: {wait} s");
            set_clock_to(server, at(one, "/next_at"));
        }
        server.run_webhooks();
        let one = &deliveries(server, &shop, &id)[0];
        assert_eq!((text(one, "/state"), at(one, "/next_at")), ("failed", &Value::Null));
        assert_eq!((receiver.connections(), at(one, "/attempts/9/status"), at(one, "/attempts/9/error")), (10, &json!(500), &json!("refused")));
        let ids: Vec<String> = receiver.posted().iter().map(|one| one.header("webhook-id").to_owned()).collect();
        assert!(ids.iter().all(|id| *id == ids[0]), "the same id each time");
        let bodies = receiver.posted();
        assert!(bodies.iter().all(|one| one.body == bodies[0].body));
        receiver.answer(&[]);
        let shown = replay(server, &shop, &id, one).expect(200).json();
        assert_eq!(text(&shown, "/state"), "waiting");
        server.run_webhooks();
        let one = &deliveries(server, &shop, &id)[0];
        assert_eq!((text(one, "/state"), at(one, "/attempts").as_array().unwrap().len()), ("delivered", 11));
        assert_eq!(receiver.posted()[10].header("webhook-id"), ids[0]);
        assert_eq!(at(one, "/attempts/10/error"), &Value::Null);
    }

    fn an_endpoint_that_is_gone_is_switched_off_and_can_be_switched_on(server) {
        let receiver = Receiver::answering(&[Reply::Status(410, "")]);
        let (shop, id) = with_endpoint(server, &receiver);
        happen(server, &shop, &["A1", "A2", "A3"]);
        server.run_webhooks();
        assert_eq!(receiver.connections(), 1);
        let list = server.client().get_as(&shop.owner, "/api/v1/webhooks").expect(200).json();
        assert_eq!((text(&list, "/webhooks/0/state"), text(&list, "/webhooks/0/reason")), ("disabled", "gone"));
        let all = deliveries(server, &shop, &id);
        let mut states = states(&all);
        states.sort_unstable();
        assert_eq!(states, ["failed", "waiting", "waiting"]);
        replay(server, &shop, &id, &all[0]).expect(409);
        happen(server, &shop, &["A4"]);
        server.run_webhooks();
        assert_eq!((receiver.connections(), deliveries(server, &shop, &id).len()), (1, 3), "nothing new is kept for it");
        post(server, &shop, &format!("/api/v1/webhooks/{id}/enable")).expect(200);
        server.run_webhooks();
        assert_eq!(receiver.connections(), 3, "what waited goes out");
        let off = post(server, &shop, &format!("/api/v1/webhooks/{id}/disable")).expect(200).json();
        assert_eq!((text(&off, "/state"), text(&off, "/reason")), ("disabled", "by_hand"));
    }

    fn an_endpoint_gets_the_time_that_it_asks_for(server) {
        let receiver = Receiver::answering(&[Reply::Status(429, "retry-after: 900"), Reply::Status(503, "Retry-After: 999999999")]);
        let (shop, id) = with_endpoint(server, &receiver);
        happen(server, &shop, &["A1"]);
        server.run_webhooks();
        let next = |least: i64, most: i64| {
            let one = deliveries(server, &shop, &id)[0].clone();
            let wait = seconds_to(server, text(&one, "/next_at"));
            assert!((least..=most).contains(&wait), "{wait} s");
            set_clock_to(server, at(&one, "/next_at"));
            server.run_webhooks();
        };
        next(900, 901);
        next(86_400, 86_430);
        assert_eq!(states(&deliveries(server, &shop, &id)), ["delivered"]);
    }

    fn no_redirect_is_followed_and_no_reply_is_read_to_its_end(server) {
        let canary = Receiver::start();
        let to = |status: u16| format!("HTTP/1.1 {status} x\r\nlocation: {}\r\ncontent-length: 0\r\n\r\n", canary.url());
        let redirects = [301, 302, 303, 307, 308].map(|status| Reply::Raw(to(status).into_bytes()));
        let receiver = Receiver::answering(&redirects);
        let (shop, id) = with_endpoint(server, &receiver);
        for _ in 0..5 {
            let tried = post(server, &shop, &format!("/api/v1/webhooks/{id}/test")).expect(200).json();
            assert_eq!((text(&tried, "/state"), text(&tried, "/attempts/0/error")), ("failed", "redirect"));
        }
        assert_eq!((receiver.connections(), canary.connections()), (5, 0));
        let mut endless = b"HTTP/1.1 200 x\r\ncontent-type: text/plain\r\n\r\n".to_vec();
        endless.extend(vec![b'x'; 4 << 20]);
        let head = format!("HTTP/1.1 200 x\r\nx-long: {}\r\n\r\n", "x".repeat(1 << 20)).into_bytes();
        receiver.answer(&[Reply::Raw(endless), Reply::Raw(head), Reply::Raw(b"what?\r\n\r\n".to_vec())]);
        let outcomes: Vec<(String, Value)> = (0..3)
            .map(|_| {
                let tried = post(server, &shop, &format!("/api/v1/webhooks/{id}/test")).expect(200).json();
                (text(&tried, "/state").to_owned(), at(&tried, "/attempts/0/error").clone())
            })
            .collect();
        assert_eq!(outcomes[0], ("delivered".to_owned(), Value::Null));
        assert_eq!(outcomes[1].0, "failed");
        assert_eq!(outcomes[2].0, "failed");
        assert_eq!(server.run_webhooks(), 0, "a try-out is not brought again");
    }

    fn one_event_that_is_refused_keeps_no_other_waiting(server) {
        let receiver = Receiver::answering(&[Reply::Status(422, "")]);
        let (shop, id) = with_endpoint(server, &receiver);
        happen(server, &shop, &["A1", "A2", "A3"]);
        server.run_webhooks();
        let all = deliveries(server, &shop, &id);
        let mut states = states(&all);
        states.sort_unstable();
        assert_eq!((states, receiver.connections()), (vec!["delivered", "delivered", "waiting"], 3));
    }

    fn a_dead_endpoint_is_asked_now_and_then_and_not_for_each_event(server) {
        let receiver = Receiver::answering(&vec![Reply::Status(503, ""); 2]);
        let (shop, id) = with_endpoint(server, &receiver);
        happen(server, &shop, &["A1", "A2", "A3", "A4", "A5", "A6"]);
        server.run_webhooks();
        assert_eq!(receiver.connections(), 1);
        let hold = instant(&server.now()).plus_seconds(6).rfc3339();
        server.set_clock(&hold);
        server.run_webhooks();
        assert_eq!(receiver.connections(), 2, "one more, since it fails still");
        let later = instant(&server.now()).plus_seconds(331).rfc3339();
        server.set_clock(&later);
        server.run_webhooks();
        assert_eq!(receiver.connections(), 2 + 6, "it works again: all of them");
        assert_eq!(states(&deliveries(server, &shop, &id)), ["delivered"; 6]);
    }

    fn an_endpoint_that_hangs_holds_neither_others_nor_mails(server) {
        let hanging = Receiver::answering(&[Reply::Silence]);
        let (shop, id) = with_endpoint(server, &hanging);
        let fine = Receiver::start();
        // Of endpoints that were never called, the one that was made first has its turn first.
        server.advance_hours(1);
        let (other, _) = endpoint(server, &shop.owner, &json!({"url": fine.url()}));
        happen(server, &shop, &["A1", "A2"]);
        std::thread::scope(|scope| {
            let bring = || laatu::service::webhooks::deliver::bring_due(server.services(), &|| true).unwrap();
            let held = scope.spawn(bring);
            wait_for("the silent endpoint to be called", || (hanging.connections() == 1).then_some(()));
            while bring() {}
            assert_eq!(states(&deliveries(server, &shop, &other)), ["delivered"; 2]);
            assert_eq!(hanging.connections(), 1, "nobody else calls it meanwhile");
            server.deliver(&shop, &server.order("A3"));
            server.advance_days(3);
            assert!(server.run_jobs() > 0);
            server.mailbox().to("customer-A3@example.org");
            hanging.let_go();
            assert!(held.join().unwrap());
        });
        let all = deliveries(server, &shop, &id);
        let error = all.iter().find_map(|one| one.pointer("/attempts/0/error")).unwrap();
        assert!(["bad_reply", "no_connection", "timed_out"].contains(&error.as_str().unwrap()), "{error}");
    }

    fn what_was_claimed_by_a_process_that_ended_is_brought_by_another(server) {
        let receiver = Receiver::start();
        let (shop, id) = with_endpoint(server, &receiver);
        happen(server, &shop, &["A1"]);
        let now = instant(&server.now());
        let store = &server.services().store;
        let due = store.read(|connection| laatu::store::webhook_deliveries::due_endpoint(connection, now)).unwrap().unwrap();
        let claim = |until| store.write(|connection| laatu::store::webhook_deliveries::claim(connection, due, now, until, 10)).unwrap();
        assert_eq!(claim(now.plus_seconds(120)).unwrap().parcels.len(), 1);
        assert!(claim(now.plus_seconds(120)).is_none(), "nobody else has it");
        assert_eq!(server.run_webhooks(), 0);
        server.set_clock(&now.plus_seconds(120).rfc3339());
        server.run_webhooks();
        assert_eq!(states(&deliveries(server, &shop, &id)), ["delivered"]);
    }
}
