//! The right survey, once, when it is welcome: samples, places, priorities, caps, reminders, zones, pauses; and why.

use laatu_tests::Server;
use laatu_tests::json::{at, text};
use laatu_tests::server::Shop;
use serde_json::{Value, json};

/// State, reason and due time of the invitation about an order.
fn plan(server: &Server, shop: &Shop, number: &str) -> (String, Value, Value) {
    let it = server.invitation(shop, number);
    (text(&it, "/state").to_owned(), at(&it, "/reason").clone(), at(&it, "/send_at").clone())
}

/// An order of the one customer that the shop calls `same`.
fn order_of_same(server: &Server, number: &str) -> Value {
    let mut order = server.order(number);
    order["customer"]["external_id"] = json!("same");
    order["customer"]["email"] = json!("same@example.org");
    order
}

fn change_organisation(server: &Server, shop: &Shop, change: &Value) -> Value {
    server.client().send_json("PUT", &shop.owner, "/api/v1/organisation", change).expect(200).json()
}

fn why(server: &Server, shop: &Shop, whom: &Value) -> Value {
    server.client().post_json(&shop.owner, "/api/v1/customers/why", whom).expect(200).json()
}

/// `event reason` of every line of the log about an order.
fn log(server: &Server, shop: &Shop, number: &str) -> Vec<String> {
    let told = why(server, shop, &json!({"order_number": number}));
    let lines = at(&told, "/invitations/0/log").as_array().expect("a log").clone();
    lines.iter().map(|line| format!("{} {}", text(line, "/event"), at(line, "/reason"))).collect()
}

fn subjects_to(server: &Server, address: &str) -> usize {
    server.mailbox().mails().iter().filter(|mail| mail.to == address).count()
}

on_both! {
    fn a_cap_counts_every_mail_to_a_customer_and_frees_itself(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({"quiet": "none"}));
        let shown = change_organisation(server, &shop, &json!({"cap": "1/30d"}));
        assert_eq!(text(&shown, "/cap"), "1/30d");
        server.deliver(&shop, &order_of_same(server, "C1"));
        server.deliver(&shop, &order_of_same(server, "C2"));
        assert_eq!(plan(server, &shop, "C1").0, "planned");
        assert_eq!(plan(server, &shop, "C2"), ("skipped".into(), json!("cap"), Value::Null));
        server.advance_days(3);
        server.run_jobs();
        assert_eq!(subjects_to(server, "same@example.org"), 1);
        server.advance_days(26);
        server.deliver(&shop, &order_of_same(server, "C3"));
        assert_eq!(plan(server, &shop, "C3").1, json!("cap"), "due 29 days after the mail");
        server.advance_days(1);
        server.deliver(&shop, &order_of_same(server, "C4"));
        assert_eq!(plan(server, &shop, "C4").0, "planned", "due 30 days after it");
    }

    fn what_the_cap_held_back_moves_up_when_its_place_is_free(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({"quiet": "none"}));
        change_organisation(server, &shop, &json!({"cap": "1/30d"}));
        server.deliver(&shop, &order_of_same(server, "C1"));
        server.deliver(&shop, &order_of_same(server, "C2"));
        server.post_event(&shop, "C1", &json!({"kind": "cancelled", "at": server.now()})).expect(200);
        assert_eq!(plan(server, &shop, "C1").1, json!("cancelled"));
        assert_eq!(plan(server, &shop, "C2").0, "planned", "the place of the cancelled order is free");
        let lines = log(server, &shop, "C2");
        assert_eq!(lines, ["planned \"not_due\"", "skipped \"cap\"", "planned \"not_due\""], "{lines:?}");
    }

    fn the_survey_with_the_higher_priority_asks_and_the_other_says_so(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({"priority": 1, "quiet": "none"}));
        let rule = json!({"key": "first", "instrument": "nps", "priority": 5, "quiet": "none"});
        server.client().post_json(&shop.owner, "/api/v1/surveys", &rule).expect(201);
        server.client().post_json(&shop.owner, "/api/v1/surveys/first/start", &json!({})).expect(200);
        server.deliver(&shop, &server.order("P1"));
        let told = why(server, &shop, &json!({"order_number": "P1"}));
        let states: Vec<String> = at(&told, "/invitations").as_array().unwrap().iter()
            .map(|it| format!("{} {} {}", text(it, "/survey"), text(it, "/state"), text(it, "/reason"))).collect();
        assert!(states.contains(&"field skipped already_asked".to_owned()), "{states:?}");
        assert!(states.contains(&"first planned not_due".to_owned()), "{states:?}");
        server.advance_days(3);
        server.run_jobs();
        assert_eq!(subjects_to(server, "customer-P1@example.org"), 1);
    }

    fn a_survey_asks_about_its_places_its_sample_and_its_time_only(server) {
        let shop = server.shop("tuulia");
        let active = "2026-05-06T00:00:00Z";
        server.field_survey(&shop, &json!({"places": ["turku"], "sample_share": 50, "active_from": active}));
        let send = |number: &str, place: &str| {
            let mut order = server.order(number);
            order["place"] = json!(place);
            server.deliver(&shop, &order);
            plan(server, &shop, number).1
        };
        assert_eq!(send("A1", "helsinki"), json!("place"));
        server.set_clock("2026-05-07T09:00:00Z");
        let reasons: Vec<Value> = (0..40).map(|n| send(&format!("B{n}"), "turku")).collect();
        let drawn = reasons.iter().filter(|reason| **reason == json!("not_due")).count();
        let out = reasons.iter().filter(|reason| **reason == json!("sampled_out")).count();
        assert_eq!(drawn + out, 40, "{reasons:?}");
        assert!((6..=34).contains(&drawn), "half of forty, more or less: {drawn}");
        server.post_event(&shop, "B0", &json!({"kind": "delivered", "at": "2026-05-07T08:00:00Z"})).expect(200);
        assert_eq!(plan(server, &shop, "B0").1, reasons[0], "an order stays in the sample, or out of it");
    }

    fn reminders_come_twice_at_most_and_stop_with_the_answer(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({"quiet": "none", "reminders": 2, "remind_after": "5d"}));
        server.deliver(&shop, &server.order("R1"));
        server.deliver(&shop, &server.order("R2"));
        server.advance_days(3);
        server.run_jobs();
        let link = server.mailbox().to("customer-R2@example.org").link_path().to_owned();
        let customer = laatu_tests::Respondent::at(server.client().clone(), &link);
        let done = customer.answer_all(customer.open(), |_, codes| codes.first().cloned(), "");
        assert_eq!(done.answer.status, 200);
        for _ in 0..4 {
            server.advance_days(5);
            server.run_jobs();
        }
        assert_eq!(subjects_to(server, "customer-R1@example.org"), 3, "an invitation and two reminders");
        assert_eq!(subjects_to(server, "customer-R2@example.org"), 1, "who has answered is left alone");
        let told = why(server, &shop, &json!({"order_number": "R1"}));
        let occasions: Vec<&str> = at(&told, "/invitations/0/mails").as_array().unwrap().iter()
            .map(|mail| text(mail, "/occasion")).collect();
        assert_eq!(occasions, ["invitation", "reminder", "last_reminder"]);
        let mails = server.mailbox().mails();
        let ids: std::collections::BTreeSet<&str> = mails.iter().map(|mail| mail.message_id.as_str()).collect();
        assert_eq!(ids.len(), mails.len(), "each mail has an id of its own");
    }

    fn a_reminder_counts_against_the_cap_and_is_dropped_with_its_reason(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({"quiet": "none", "reminders": 1, "remind_after": "5d"}));
        change_organisation(server, &shop, &json!({"cap": "1/30d"}));
        server.deliver(&shop, &server.order("R1"));
        server.advance_days(3);
        server.run_jobs();
        server.advance_days(5);
        server.run_jobs();
        assert_eq!(subjects_to(server, "customer-R1@example.org"), 1);
        let lines = log(server, &shop, "R1");
        assert_eq!(lines.last().map(String::as_str), Some("skipped \"cap\""), "{lines:?}");
    }

    fn quiet_hours_are_those_of_where_the_customer_is(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({"quiet": "20:00-08:00"}));
        let mut order = server.order("Z1");
        order["customer"]["zone"] = json!("America/New_York");
        server.deliver(&shop, &order);
        // Three days later it is 9:00 in UTC: five in the morning in New York.
        assert_eq!(plan(server, &shop, "Z1"), ("planned".into(), json!("quiet_hours"), json!("2026-05-07T12:00:00Z")));
        order["order_number"] = json!("Z2");
        order["customer"]["zone"] = json!("Mars/Olympus");
        let problem = server.post_order(&shop, &order).expect(422).json();
        assert_eq!(text(&problem, "/errors/0/pointer"), "/customer/zone");
    }

    fn a_pause_stops_every_mail_and_ends_without_a_burst(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({"quiet": "none"}));
        for number in ["S1", "S2", "S3"] {
            server.deliver(&shop, &server.order(number));
        }
        let pause = |word: &str, body: &Value| {
            server.client().post_json(&shop.owner, &format!("/api/v1/sending/{word}"), body).expect(200).json()
        };
        let paused = pause("pause", &json!({"reason": "The warehouse moves"}));
        assert_eq!((at(&paused, "/paused"), text(&paused, "/reason")), (&json!(true), "The warehouse moves"));
        assert_eq!(plan(server, &shop, "S1").1, json!("paused"));
        server.advance_days(4);
        assert_eq!(server.run_jobs(), 0);
        assert!(server.mailbox().files().is_empty());
        assert_eq!(at(&pause("resume", &json!({})), "/paused"), &json!(false));
        server.run_jobs();
        assert_eq!(server.mailbox().files().len(), 1, "the first at once");
        server.advance_seconds(2);
        server.run_jobs();
        assert_eq!(server.mailbox().files().len(), 3, "the others one after another");
        // A second pause so long that nothing is worth sending afterwards.
        server.deliver(&shop, &server.order("S4"));
        pause("pause", &json!({}));
        server.advance_days(40);
        pause("resume", &json!({}));
        server.run_jobs();
        assert_eq!(plan(server, &shop, "S4").1, json!("expired"));
        assert_eq!(server.mailbox().files().len(), 3);
    }

    fn a_closed_complaint_can_be_what_a_survey_asks_about(server) {
        let shop = server.shop("tuulia");
        let wanted = json!({"instrument": "recovery", "rule": {"event": "complaint_closed", "delay": "1d"}, "quiet": "none"});
        server.field_survey(&shop, &wanted);
        server.deliver(&shop, &server.order("K1"));
        assert_eq!(plan(server, &shop, "K1").1, json!("not_due"));
        server.post_event(&shop, "K1", &json!({"kind": "complaint_opened", "at": server.now()})).expect(200);
        assert_eq!(plan(server, &shop, "K1").1, json!("complaint_open"));
        server.advance_hours(2);
        server.post_event(&shop, "K1", &json!({"kind": "complaint_closed", "at": server.now()})).expect(200);
        server.advance_days(1);
        server.run_jobs();
        assert_eq!(subjects_to(server, "customer-K1@example.org"), 1);
    }

    fn a_mail_of_which_it_is_not_known_whether_it_left_goes_once_more_with_the_same_id(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({"quiet": "none"}));
        server.deliver(&shop, &server.order("U1"));
        server.advance_days(3);
        let mut lost = server.take_job();
        assert!(lost.hand_over());
        let first = server.mailbox().to("customer-U1@example.org").message_id;
        drop(lost);
        // Nobody noted it: its lease runs out.
        server.advance_hours(1);
        server.run_jobs();
        assert_eq!(server.mailbox().to("customer-U1@example.org").message_id, first);
        let lines = log(server, &shop, "U1");
        assert_eq!(lines, ["planned \"not_due\"", "planned \"not_due\"", "uncertain null", "sent null"], "{lines:?}");
        let told = why(server, &shop, &json!({"order_number": "U1"}));
        assert_eq!(at(&told, "/invitations/0/mails/0/doubts"), &json!(1));
    }

    fn an_organisation_can_forbid_the_second_try(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({"quiet": "none"}));
        change_organisation(server, &shop, &json!({"resend": "never"}));
        server.deliver(&shop, &server.order("U1"));
        server.advance_days(3);
        let mut lost = server.take_job();
        assert!(lost.hand_over());
        drop(lost);
        for file in server.mailbox().files() {
            std::fs::remove_file(file).unwrap();
        }
        server.advance_hours(1);
        server.run_jobs();
        assert!(server.mailbox().files().is_empty());
        let told = why(server, &shop, &json!({"order_number": "U1"}));
        assert_eq!(text(&told, "/invitations/0/mails/0/state"), "uncertain");
        assert_eq!(text(&told, "/invitations/0/state"), "sent", "it may have come: the link works");
    }

    fn whoever_asks_why_names_one_customer(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        server.deliver(&shop, &server.order("W1"));
        let client = server.client();
        let both = json!({"order_number": "W1", "email": "customer-W1@example.org"});
        client.post_json(&shop.owner, "/api/v1/customers/why", &both).expect(422);
        client.post_json(&shop.owner, "/api/v1/customers/why", &json!({"email": "nobody@example.org"})).expect(404);
        let told = why(server, &shop, &json!({"email": "CUSTOMER-W1@example.org"}));
        assert_eq!(text(&told, "/invitations/0/order_number"), "W1");
        let id = text(&told, "/invitations/0/id").to_owned();
        let log = client.get_as(&shop.owner, &format!("/api/v1/invitations/{id}/log")).expect(200).json();
        assert_eq!(text(&log, "/log/0/event"), "planned");
        let other = server.shop("other");
        client.get_as(&other.owner, &format!("/api/v1/invitations/{id}/log")).expect(404);
    }
}
