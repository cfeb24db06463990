//! Orders come in: once, again, changed, in batches; each answer says what is planned and why not.

use laatu_tests::json::{at, pointers, text};
use laatu_tests::server::merge;
use serde_json::{Value, json};

/// State and reason of an order's first invitation, as the answer tells them.
fn planned(answer: &Value) -> (&str, &str) {
    (text(answer, "/results/0/invitations/0/state"), text(answer, "/results/0/invitations/0/reason"))
}

fn statuses(answer: &Value) -> Vec<&str> {
    at(answer, "/results").as_array().unwrap().iter().map(|result| text(result, "/status")).collect()
}

on_both! {
    fn the_same_order_sent_twice_is_one_order(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let order = server.order("A1");
        let first = server.post_order(&shop, &order).expect(201).json();
        assert_eq!(statuses(&first), ["created"]);
        assert_eq!(text(&first, "/results/0/order_number"), "A1");
        assert_eq!(text(&first, "/results/0/invitations/0/survey"), "field");
        assert_eq!(planned(&first), ("planned", "not_due"));
        assert_eq!(at(&first, "/results/0/invitations/0/send_at"), &Value::Null);
        let second = server.post_order(&shop, &order).expect(200).json();
        assert_eq!(statuses(&second), ["unchanged"]);
        assert_eq!(at(&second, "/results/0/invitations"), at(&first, "/results/0/invitations"));
        assert_eq!(server.invitations(&shop).len(), 1);
    }

    fn a_changed_order_is_updated_and_planned_again(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({"languages": ["en", "fi"]}));
        let mut order = server.order("A1");
        merge(&mut order, &json!({"contact_basis": null}));
        let first = server.post_order(&shop, &order).expect(201).json();
        assert_eq!(planned(&first), ("skipped", "no_contact_basis"));
        let mut order = server.order("A1");
        order["customer"]["language"] = json!("fi-FI");
        let second = server.post_order(&shop, &order).expect(200).json();
        assert_eq!(statuses(&second), ["updated"]);
        assert_eq!(planned(&second), ("planned", "not_due"));
        assert_eq!(at(&second, "/results/0/invitations/0/id"), at(&first, "/results/0/invitations/0/id"));
        assert_eq!(text(&server.invitation(&shop, "A1"), "/language"), "fi");
    }

    fn a_bad_row_of_a_batch_rejects_itself_only(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let mut bad = server.order("B2");
        merge(&mut bad, &json!({"channel": "fax", "customer": {"email": "no address"}, "chanel": "web"}));
        let batch = json!({"orders": [server.order("B1"), bad, server.order("B3"), server.order("B1")]});
        let answer = server.post_order(&shop, &batch).expect(200).json();
        assert_eq!(statuses(&answer), ["created", "rejected", "created", "unchanged"]);
        let rejected = at(&answer, "/results/1");
        assert_eq!(text(rejected, "/order_number"), "B2");
        let named = pointers(rejected);
        for pointer in ["/orders/1/channel", "/orders/1/customer/email", "/orders/1/chanel"] {
            assert!(named.contains(&pointer), "{pointer} in {named:?}");
        }
        let numbers = json!({"order_numbers": ["B1", "B2", "B3", "B4"]});
        let missing = server.client().post_json(&shop.sender, "/api/v1/orders/missing", &numbers).expect(200).json();
        assert_eq!(missing, json!({"missing": ["B2", "B4"]}));
    }

    fn a_batch_has_one_to_a_thousand_orders(server) {
        let shop = server.shop("tuulia");
        let many: Vec<Value> = (0..1001).map(|number| json!({"order_number": number.to_string()})).collect();
        for batch in [json!([]), json!(many), json!("A1")] {
            let problem = server.post_order(&shop, &json!({"orders": batch})).expect(422).json();
            assert_eq!(pointers(&problem), ["/orders"]);
        }
    }

    fn a_whole_thousand_is_taken_at_once(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let many: Vec<Value> = (0..1000).map(|number| server.order(&format!("M{number}"))).collect();
        let answer = server.post_order(&shop, &json!({"orders": many})).expect(200).json();
        assert_eq!(statuses(&answer), vec!["created"; 1000]);
        assert_eq!(server.invitations(&shop).len(), 1000);
    }

    fn an_idempotency_key_gives_one_effect_and_one_answer(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let post = |key: &str, body: &Value| {
            let bearer = format!("Bearer {}", shop.sender);
            let headers = [("authorization", bearer.as_str()), ("content-type", "application/json"), ("idempotency-key", key)];
            server.client().send("POST", "/api/v1/orders", &headers, Some(body.to_string().as_bytes()))
        };
        let first = post("one", &server.order("A1")).expect(201);
        let again = post("one", &server.order("A1")).expect(201);
        assert_eq!(again.text(), first.text());
        assert_eq!((first.header("idempotency-replayed"), again.header("idempotency-replayed")), (None, Some("true")));
        let other = post("one", &server.order("A2")).expect(422).json();
        assert!(text(&other, "/type").ends_with("#idempotency-key-reused"), "{other}");
        let numbers = json!({"order_numbers": ["A1", "A2"]});
        let missing = server.client().post_json(&shop.sender, "/api/v1/orders/missing", &numbers).expect(200).json();
        assert_eq!(missing, json!({"missing": ["A2"]}));
        assert_eq!(statuses(&post("two", &server.order("A1")).expect(200).json()), ["unchanged"]);
    }

    fn a_refused_request_does_not_use_up_its_idempotency_key(server) {
        let shop = server.shop("tuulia");
        let bearer = format!("Bearer {}", shop.sender);
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json"), ("idempotency-key", "k")];
        server.client().send("POST", "/api/v1/orders", &headers, Some(b"{}")).expect(422);
        let body = server.order("A1").to_string();
        server.client().send("POST", "/api/v1/orders", &headers, Some(body.as_bytes())).expect(201);
    }

    fn nothing_is_sent_to_those_who_cannot_or_may_not_be_mailed(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({"languages": ["en", "fi"]}));
        let cases = [
            ("N1", json!({"contact_basis": null}), "no_contact_basis"),
            ("N2", json!({"customer": {"email": null, "phone": "+358 40 1234567"}}), "no_contact_basis"),
            ("N3", json!({"customer": {"language": "pl"}}), "language"),
            ("N4", json!({"customer": {"language": "uk-UA"}}), "language"),
        ];
        for (number, changes, reason) in cases {
            let mut order = server.order(number);
            merge(&mut order, &changes);
            let answer = server.post_order(&shop, &order).expect(201).json();
            assert_eq!(planned(&answer), ("skipped", reason), "{number}");
            server.post_event(&shop, number, &json!({"kind": "delivered", "at": server.now()})).expect(200);
        }
        server.advance_days(4);
        assert_eq!(server.run_jobs(), 0);
        assert!(server.mailbox().files().is_empty());
    }

    fn a_customer_without_a_language_is_asked_in_the_surveys_first(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({"languages": ["fi", "en"]}));
        let mut order = server.order("L1");
        merge(&mut order, &json!({"customer": {"language": null}}));
        server.post_order(&shop, &order).expect(201);
        assert_eq!(text(&server.invitation(&shop, "L1"), "/language"), "fi");
    }

    fn an_order_is_offered_to_every_running_survey_and_to_no_other(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({"key": "one"}));
        server.field_survey(&shop, &json!({"key": "two", "rule": {"event": "placed", "delay": "12h"}, "length": "quick"}));
        server.field_survey(&shop, &json!({"key": "paused"}));
        server.client().post_json(&shop.owner, "/api/v1/surveys/paused/pause", &json!({})).expect(200);
        let draft = json!({"key": "draft", "instrument": "perceived-quality"});
        server.client().post_json(&shop.owner, "/api/v1/surveys", &draft).expect(201);
        let answer = server.post_order(&shop, &server.order("A1")).expect(201).json();
        let offered: Vec<&str> =
            at(&answer, "/results/0/invitations").as_array().unwrap().iter().map(|one| text(one, "/survey")).collect();
        assert_eq!(offered, ["one", "two"]);
        assert_eq!(text(&answer, "/results/0/invitations/1/send_at"), "2026-05-04T21:00:00Z");
    }

    fn forms_stay_balanced_and_skipped_orders_take_none(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let orders: Vec<Value> = (0..39)
            .map(|number| {
                let mut order = server.order(&format!("F{number}"));
                if number % 3 == 0 {
                    merge(&mut order, &json!({"contact_basis": null}));
                }
                order
            })
            .collect();
        server.post_order(&shop, &json!({"orders": orders})).expect(200);
        let mut database = laatu_tests::schema::Any::to(&server.database().target());
        let of = |aggregate: &str| format!("SELECT {aggregate}(invited) AS n FROM form_balance");
        assert_eq!(database.number("SELECT CAST(SUM(invited) AS BIGINT) AS n FROM form_balance"), 26);
        assert_eq!((database.number(&of("MIN")), database.number(&of("MAX"))), (2, 2));
    }

    fn times_that_lie_ahead_reject_their_own_row(server) {
        let shop = server.shop("tuulia");
        let (mut ahead, mut told) = (server.order("T1"), server.order("T2"));
        ahead["placed_at"] = json!("2026-05-06T09:00:01Z");
        told["contact_basis"]["notice_at"] = json!("2031-01-01T00:00:00Z");
        let batch = json!({"orders": [ahead, server.order("T3"), told, 7, null]});
        let answer = server.post_order(&shop, &batch).expect(200).json();
        assert_eq!(statuses(&answer), ["rejected", "created", "rejected", "rejected", "rejected"]);
        assert_eq!(pointers(at(&answer, "/results/0")), ["/orders/0/placed_at"]);
        assert_eq!(text(&answer, "/results/0/errors/0/code"), "in_the_future");
        assert_eq!(pointers(at(&answer, "/results/2")), ["/orders/2/contact_basis/notice_at"]);
    }

    fn a_bad_number_among_those_asked_for_is_named(server) {
        let shop = server.shop("tuulia");
        let ask = |numbers: &Value| {
            server.client().post_json(&shop.sender, "/api/v1/orders/missing", &json!({"order_numbers": numbers}))
        };
        let problem = ask(&json!(["A1", 7, "A2", " A3", ""])).expect(422).json();
        assert_eq!(pointers(&problem), ["/order_numbers/1", "/order_numbers/3", "/order_numbers/4"]);
        for whole in [json!([]), json!("A1"), json!(vec!["A"; 1001])] {
            assert_eq!(pointers(&ask(&whole).expect(422).json()), ["/order_numbers"]);
        }
        assert_eq!(ask(&json!(["A2", "A1", "A2"])).expect(200).json(), json!({"missing": ["A2", "A1", "A2"]}));
    }
}
