//! What happens to an order changes what is planned, in whatever order the events come in.

use laatu_tests::json::{at, pointers, text};
use laatu_tests::server::{Server, Shop};
use serde_json::{Value, json};

fn event(server: &Server, shop: &Shop, number: &str, kind: &str, at: &str) -> Value {
    server.post_event(shop, number, &json!({"kind": kind, "at": at})).expect(200).json()
}

/// State, reason and time of an order's only invitation.
fn plan(server: &Server, shop: &Shop, number: &str) -> (String, String, Value) {
    let it = server.invitation(shop, number);
    (text(&it, "/state").to_owned(), text(&it, "/reason").to_owned(), at(&it, "/send_at").clone())
}

fn fielded(server: &Server) -> Shop {
    let shop = server.shop("tuulia");
    server.field_survey(&shop, &json!({}));
    shop
}

on_both! {
    fn an_event_that_comes_before_its_order_is_kept_and_applied(server) {
        let shop = fielded(server);
        let delivered = json!({"kind": "delivered", "at": "2026-05-03T10:00:00Z"});
        let kept = server.post_event(&shop, "E1", &delivered).expect(202).json();
        assert_eq!((text(&kept, "/status"), text(&kept, "/order_number")), ("kept", "E1"));
        let answer = server.post_order(&shop, &server.order("E1")).expect(201).json();
        assert_eq!(text(&answer, "/results/0/invitations/0/send_at"), "2026-05-06T10:00:00Z");
    }

    fn the_mail_is_due_after_the_delay_that_follows_the_event(server) {
        let shop = fielded(server);
        server.post_order(&shop, &server.order("E1")).expect(201);
        let answer = event(server, &shop, "E1", "delivered", "2026-05-04T08:30:00+03:00");
        assert_eq!(text(&answer, "/status"), "applied");
        assert_eq!(text(&answer, "/invitations/0/send_at"), "2026-05-07T05:30:00Z");
        let again = event(server, &shop, "E1", "delivered", "2026-05-04T05:30:00Z");
        assert_eq!(text(&again, "/status"), "unchanged");
        assert_eq!(at(&again, "/invitations"), at(&answer, "/invitations"));
    }

    fn what_is_cancelled_returned_or_refunded_is_not_asked_about(server) {
        let shop = fielded(server);
        for (kind, reason) in [("cancelled", "cancelled"), ("returned", "returned"), ("refunded", "returned")] {
            server.post_order(&shop, &server.order(kind)).expect(201);
            event(server, &shop, kind, "delivered", "2026-05-04T08:00:00Z");
            event(server, &shop, kind, kind, "2026-05-04T08:30:00Z");
            assert_eq!(plan(server, &shop, kind), ("skipped".into(), reason.into(), Value::Null));
        }
        server.advance_days(4);
        assert_eq!(server.run_jobs(), 0);
        assert!(server.mailbox().files().is_empty());
    }

    fn nobody_is_asked_while_a_complaint_is_open(server) {
        let shop = fielded(server);
        server.deliver(&shop, &server.order("C1"));
        event(server, &shop, "C1", "complaint_opened", "2026-05-04T09:00:00Z");
        assert_eq!(plan(server, &shop, "C1"), ("planned".into(), "complaint_open".into(), Value::Null));
        server.advance_days(4);
        server.run_jobs();
        assert!(server.mailbox().files().is_empty());
        event(server, &shop, "C1", "complaint_closed", &server.now());
        let (state, reason, send_at) = plan(server, &shop, "C1");
        assert_eq!((state.as_str(), reason.as_str(), send_at), ("planned", "not_due", json!(server.now())));
        server.run_jobs();
        assert_eq!(server.mailbox().files().len(), 1);
    }

    fn events_count_by_when_they_happened_not_by_when_they_came(server) {
        let shop = fielded(server);
        server.post_order(&shop, &server.order("O1")).expect(201);
        event(server, &shop, "O1", "complaint_closed", "2026-05-03T12:00:00Z");
        event(server, &shop, "O1", "delivered", "2026-05-02T12:00:00Z");
        event(server, &shop, "O1", "complaint_opened", "2026-05-03T10:00:00Z");
        event(server, &shop, "O1", "delivered", "2026-05-01T12:00:00Z");
        event(server, &shop, "O1", "shipped", "2026-04-30T12:00:00Z");
        let (state, _, send_at) = plan(server, &shop, "O1");
        assert_eq!((state.as_str(), send_at), ("planned", json!("2026-05-05T12:00:00Z")));
    }

    fn a_mail_of_the_night_or_of_sunday_waits_for_the_morning(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({"quiet": "20:00-08:00,sun"}));
        let cases = [
            // Sunday 21:30 in Helsinki, and three days: Wednesday 21:30 becomes Thursday 08:00.
            ("Q1", "2026-05-03T18:30:00Z", "2026-05-07T05:00:00Z", "quiet_hours"),
            // Monday 10:00 in Helsinki, and three days: no quiet hour.
            ("Q2", "2026-05-04T07:00:00Z", "2026-05-07T07:00:00Z", "not_due"),
        ];
        for (number, delivered, due, why) in cases {
            server.post_order(&shop, &server.order(number)).expect(201);
            event(server, &shop, number, "delivered", delivered);
            assert_eq!(plan(server, &shop, number), ("planned".into(), why.into(), json!(due)));
        }
        server.set_clock("2026-05-07T04:59:00Z");
        assert_eq!(server.run_jobs(), 0);
        server.set_clock("2026-05-07T05:00:00Z");
        // Thursday noon, and three days: Sunday becomes Monday 08:00.
        server.post_order(&shop, &server.order("Q3")).expect(201);
        event(server, &shop, "Q3", "delivered", "2026-05-07T04:00:00Z");
        assert_eq!(plan(server, &shop, "Q3").2, json!("2026-05-11T05:00:00Z"));
        server.run_jobs();
        assert_eq!(server.mailbox().files().len(), 1);
    }

    fn a_mail_that_would_come_a_month_late_is_not_sent(server) {
        let shop = fielded(server);
        server.post_order(&shop, &server.order("X1")).expect(201);
        event(server, &shop, "X1", "delivered", "2026-02-01T12:00:00Z");
        assert_eq!(plan(server, &shop, "X1"), ("skipped".into(), "expired".into(), Value::Null));
    }

    fn what_was_sent_stays_sent_whatever_happens_later(server) {
        let shop = fielded(server);
        server.invite(&shop, "S1", &json!({}));
        event(server, &shop, "S1", "cancelled", &server.now());
        event(server, &shop, "S1", "delivered", &server.now());
        server.post_order(&shop, &server.order("S1")).expect(200);
        assert_eq!(text(&server.invitation(&shop, "S1"), "/state"), "sent");
        server.advance_days(5);
        server.run_jobs();
        assert_eq!(server.mailbox().files().len(), 1);
    }

    fn an_event_with_mistakes_names_all_of_them(server) {
        let shop = fielded(server);
        server.post_order(&shop, &server.order("W1")).expect(201);
        let cases = [
            (json!({"kind": "exploded", "at": "soon", "chanel": "web"}), vec!["/kind", "/at", "/chanel"]),
            (json!({"kind": "contacted", "at": "2026-05-04T08:00:00Z"}), vec!["/channel"]),
            (json!({"kind": "delivered", "at": "2026-05-04T08:00:00Z", "channel": "web"}), vec!["/channel"]),
            (json!({"kind": "delivered", "at": "2027-05-04T08:00:00Z"}), vec!["/at"]),
            (json!({}), vec!["/kind", "/at"]),
        ];
        for (body, expected) in cases {
            let problem = server.post_event(&shop, "W1", &body).expect(422).json();
            assert_eq!(pointers(&problem), expected, "{problem}");
        }
        assert_eq!(plan(server, &shop, "W1").1, "not_due");
    }

    fn of_several_events_a_bad_one_is_named_and_the_others_count(server) {
        let shop = fielded(server);
        server.post_order(&shop, &server.order("B1")).expect(201);
        let events = json!({"events": [
            {"kind": "shipped", "at": "2026-05-02T08:00:00Z"},
            {"kind": "exploded", "at": "2026-05-02T09:00:00Z"},
            {"kind": "delivered", "at": "2027-05-04T08:00:00Z"},
            {"kind": "delivered", "at": "2026-05-03T08:00:00Z"},
            {"kind": "shipped", "at": "2026-05-02T08:00:00Z"},
        ]});
        let answer = server.post_event(&shop, "B1", &events).expect(200).json();
        let statuses: Vec<&str> =
            at(&answer, "/results").as_array().unwrap().iter().map(|one| text(one, "/status")).collect();
        assert_eq!(statuses, ["applied", "rejected", "rejected", "applied", "unchanged"]);
        assert_eq!(pointers(at(&answer, "/results/1")), ["/events/1/kind"]);
        assert_eq!(pointers(at(&answer, "/results/2")), ["/events/2/at"]);
        assert_eq!(text(&answer, "/status"), "applied");
        assert_eq!(plan(server, &shop, "B1").2, json!("2026-05-06T08:00:00Z"));
        let again = server.post_event(&shop, "B1", &events).expect(200).json();
        assert_eq!((text(&again, "/status"), at(&again, "/invitations")), ("unchanged", at(&answer, "/invitations")));
        let early = server.post_event(&shop, "B2", &events).expect(202).json();
        assert_eq!((text(&early, "/status"), text(&early, "/results/3/status")), ("kept", "kept"));
        let many = vec![json!({"kind": "shipped", "at": "2026-05-02T08:00:00Z"}); 101];
        for bad in [json!({"events": []}), json!({"events": many}), json!({"events": {}})] {
            assert_eq!(pointers(&server.post_event(&shop, "B1", &bad).expect(422).json()), ["/events"]);
        }
        server.post_event(&shop, "B1", &json!({"events": [], "kind": "shipped"})).expect(422);
    }
}
