//! Due mails are written: in both parts, in every language, once, with a link that works.

use laatu_tests::json::{at, text};
use laatu_tests::{Respondent, Server};
use serde_json::{Value, json};
use survey_forms::language::Language;

fn state(server: &Server, shop: &laatu_tests::server::Shop, number: &str) -> (String, Value) {
    let it = server.invitation(shop, number);
    (text(&it, "/state").to_owned(), at(&it, "/reason").clone())
}

on_both! {
    fn a_due_mail_is_written_once_and_not_before_it_is_due(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        server.deliver(&shop, &server.order("A1"));
        server.advance_hours(71);
        assert_eq!(server.run_jobs(), 0);
        assert!(server.mailbox().files().is_empty());
        server.advance_hours(1);
        assert_eq!(server.run_jobs(), 1);
        let it = server.invitation(&shop, "A1");
        assert_eq!((text(&it, "/state"), text(&it, "/sent_at")), ("sent", "2026-05-07T09:00:00Z"));
        let mail = server.mailbox().to("customer-A1@example.org");
        let id = text(&it, "/id");
        assert_eq!(mail.message_id, format!("{id}.invitation@surveys.example"));
        assert_eq!((mail.from.as_str(), mail.reply_to.as_str()), ("care@tuulia.example", "care@tuulia.example"));
        assert_eq!(server.run_jobs(), 0);
        assert_eq!(server.mailbox().files().len(), 1);
    }

    fn a_mail_says_who_asks_about_what_in_the_customers_language(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let languages = Language::ALL.map(Language::tag);
        for language in languages {
            let mut order = server.order(&format!("ORDER-{language}"));
            order["customer"]["language"] = json!(language);
            server.deliver(&shop, &order);
        }
        server.advance_days(3);
        server.run_jobs();
        let mut subjects = Vec::new();
        for language in languages {
            let mail = server.mailbox().to(&format!("customer-ORDER-{language}@example.org"));
            assert_eq!(mail.language, language);
            for words in [&mail.text, &mail.html] {
                assert!(words.contains(&format!("ORDER-{language}")), "{words}");
                assert!(words.contains("Shop tuulia") && words.contains("care@tuulia.example"), "{words}");
                assert!(words.contains("https://tuulia.example/privacy") && words.contains(mail.link()), "{words}");
            }
            assert!(mail.html.contains(&format!("lang=\"{language}\"")), "{}", mail.html);
            assert!(!mail.html.contains("<script") && !mail.html.contains("src="), "nothing is fetched: {}", mail.html);
            assert!(mail.link().starts_with("https://surveys.example/s/"), "{}", mail.link());
            let page = Respondent::at(server.client().clone(), mail.link_path()).open();
            assert_eq!((page.answer.status, page.language().as_str()), (200, language));
            subjects.push(mail.subject);
        }
        subjects.sort();
        subjects.dedup();
        assert_eq!(subjects.len(), languages.len(), "each language has its own words: {subjects:?}");
    }

    fn replies_go_where_the_organisation_says(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let change = json!({"name": "Tuulian kauppa", "reply_to": "people@tuulia.example", "contact": "mail@tuulia.example"});
        let changed = server.client().send_json("PUT", &shop.owner, "/api/v1/organisation", &change).expect(200).json();
        assert_eq!(text(&changed, "/reply_to"), "people@tuulia.example");
        server.invite(&shop, "A1", &json!({}));
        let mail = server.mailbox().to("customer-A1@example.org");
        assert_eq!((mail.from.as_str(), mail.reply_to.as_str()), ("mail@tuulia.example", "people@tuulia.example"));
        assert!(mail.text.contains("Tuulian kauppa"), "{}", mail.text);
    }

    fn a_name_cannot_put_a_header_into_a_mail(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let mut order = server.order("H1");
        order["customer"]["name"] = json!("Aino\r\nBcc: everybody@example.org");
        let problem = server.post_order(&shop, &order).expect(422).json();
        assert_eq!(text(&problem, "/errors/0/pointer"), "/customer/name");
        let mut order = server.order("H2");
        order["customer"]["name"] = json!("\"Aino\" <x@example.org>, Päivi; :");
        server.deliver(&shop, &order);
        server.advance_days(3);
        server.run_jobs();
        assert_eq!(server.mailbox().to("customer-H2@example.org").to, "customer-H2@example.org");
        assert_eq!(server.mailbox().files().len(), 1);
    }

    fn orders_of_a_test_key_mail_nobody_and_never_count(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let client = server.client();
        let answer = client.post_json(&shop.test, "/api/v1/orders", &server.order("T1")).expect(201).json();
        assert_eq!(text(&answer, "/results/0/invitations/0/state"), "planned");
        let event = json!({"kind": "delivered", "at": server.now()});
        let answer = client.post_json(&shop.test, "/api/v1/orders/T1/events", &event).expect(200).json();
        assert_eq!(text(&answer, "/invitations/0/reason"), "test_key");
        server.advance_days(3);
        server.run_jobs();
        assert!(server.mailbox().files().is_empty());
        let mail = server.test_mailbox().to("customer-T1@example.org");
        let customer = Respondent::at(client.clone(), mail.link_path());
        let page = customer.open();
        let thanks = customer.answer_all(page, |_, values| values.first().cloned(), "");
        assert!(!thanks.is_form());
        assert_eq!(state(server, &shop, "T1"), ("answered".to_owned(), json!("test_key")));
        let report = server.report(&shop.owner, "field", "");
        assert_eq!(at(&report, "/response_rate/sent"), 0);
        assert!(at(&report, "/total/outcome/overall").get("undefined").is_some(), "{report}");
    }

    fn a_test_order_and_a_real_one_of_the_same_number_are_two(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        server.client().post_json(&shop.test, "/api/v1/orders", &server.order("A1")).expect(201);
        server.post_order(&shop, &server.order("A1")).expect(201);
        let path = "/api/v1/orders/A1/events";
        let cancelled = json!({"kind": "cancelled", "at": server.now()});
        server.client().post_json(&shop.test, path, &cancelled).expect(200);
        let mut states: Vec<(bool, String)> = server
            .invitations(&shop)
            .iter()
            .map(|it| (at(it, "/test").as_bool().unwrap(), text(it, "/state").to_owned()))
            .collect();
        states.sort();
        assert_eq!(states, [(false, "planned".to_owned()), (true, "skipped".to_owned())]);
    }

    fn a_paused_survey_sends_nothing_until_it_is_started_again(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        server.deliver(&shop, &server.order("A1"));
        let turn = |word: &str| {
            let path = format!("/api/v1/surveys/field/{word}");
            let answer = server.client().post_json(&shop.owner, &path, &json!({})).expect(200).json();
            text(&answer, "/state").to_owned()
        };
        assert_eq!(turn("pause"), "paused");
        assert_eq!(state(server, &shop, "A1"), ("planned".to_owned(), json!("paused")));
        server.advance_days(4);
        server.run_jobs();
        assert!(server.mailbox().files().is_empty());
        assert_eq!(turn("start"), "running");
        server.run_jobs();
        assert_eq!(server.mailbox().files().len(), 1);
        assert_eq!(state(server, &shop, "A1"), ("sent".to_owned(), Value::Null));
    }

    fn invitations_are_listed_page_by_page_and_by_state(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let orders: Vec<Value> = (0..7).map(|number| server.order(&format!("P{number}"))).collect();
        server.post_order(&shop, &json!({"orders": orders})).expect(200);
        server.post_event(&shop, "P3", &json!({"kind": "cancelled", "at": server.now()})).expect(200);
        let mut seen = Vec::new();
        let mut path = "/api/v1/invitations?limit=3".to_owned();
        loop {
            let page = server.client().get_as(&shop.owner, &path).expect(200).json();
            let list = at(&page, "/invitations").as_array().unwrap();
            assert!(list.len() <= 3);
            seen.extend(list.iter().map(|it| text(it, "/order_number").to_owned()));
            let Some(next) = page.get("next").and_then(Value::as_str) else { break };
            path = format!("/api/v1/invitations?limit=3&cursor={next}");
        }
        seen.sort();
        assert_eq!(seen, ["P0", "P1", "P2", "P3", "P4", "P5", "P6"]);
        let skipped = server.client().get_as(&shop.owner, "/api/v1/invitations?state=skipped").expect(200).json();
        assert_eq!(at(&skipped, "/invitations").as_array().unwrap().len(), 1);
        assert_eq!(text(&skipped, "/invitations/0/order_number"), "P3");
        for query in ["state=unknown", "cursor=xyz", "limit=0", "limit=201", "limit=many", "sate=sent"] {
            server.client().get_as(&shop.owner, &format!("/api/v1/invitations?{query}")).expect(422);
        }
    }
}
