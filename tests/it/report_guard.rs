//! What a reader without the right to see rows is shown: nothing of a few people, and no way around it.

use laatu_tests::json::{at, pointers, text};
use laatu_tests::server::Shop;
use laatu_tests::{Answer, Respondent, Server};
use serde_json::{Value, json};

fn choose(_: &str, values: &[String]) -> Option<String> {
    values.get(2).cloned()
}

/// Quick surveys answered by `people` per place, place after place.
fn answered(server: &Server, places: &[(&str, usize)]) -> Shop {
    let shop = server.shop("tuulia");
    server.field_survey(&shop, &json!({"length": "quick"}));
    let mut orders = Vec::new();
    for (place, people) in places {
        for number in 0..*people {
            let mut order = server.order(&format!("{place}-{number}"));
            order["place"] = json!(place);
            orders.push(order);
        }
    }
    for order in &orders {
        server.deliver(&shop, order);
    }
    server.advance_days(3);
    server.run_jobs();
    for order in &orders {
        let mail = server.mailbox().to(text(order, "/customer/email"));
        let customer = Respondent::at(server.client().clone(), mail.link_path());
        customer.answer_all(customer.open(), choose, "");
    }
    shop
}

fn overall<'r>(report: &'r Value, path: &str) -> &'r Value {
    at(report, &format!("{path}/outcome/overall"))
}

fn is_withheld(figure: &Value) -> bool {
    figure == &json!({"undefined": "fewer than 10 people", "n": null})
}

fn problem(answer: &Answer) -> Value {
    answer.clone().expect(422).json()
}

on_both! {
    fn fewer_than_ten_people_are_words_and_ten_are_a_number(server) {
        let shop = answered(server, &[("helsinki", 9)]);
        for key in [&shop.analyst, &shop.auditor, &shop.admin] {
            let report = server.report(key, "field", "");
            assert!(is_withheld(overall(&report, "/total")), "{}", overall(&report, "/total"));
            assert_eq!(at(&report, "/about/suppressed"), &json!(["total"]));
            assert_eq!(at(&report, "/about/minimum_people"), 10);
        }
        for key in [&shop.owner, &shop.analyst_with_rows] {
            let report = server.report(key, "field", "");
            assert_eq!(at(overall(&report, "/total"), "/n"), 9);
            assert_eq!(at(&report, "/about/suppressed"), &json!([]));
        }
        let customer = server.invite(&shop, "tenth", &json!({"place": "helsinki"}));
        customer.answer_all(customer.open(), choose, "");
        let report = server.report(&shop.analyst, "field", "");
        assert_eq!(at(overall(&report, "/total"), "/n"), 10);
    }

    fn a_small_group_cannot_be_had_by_subtraction(server) {
        let shop = answered(server, &[("turku", 4), ("helsinki", 36)]);
        let report = server.report(&shop.analyst, "field", "by=place");
        assert_eq!(at(overall(&report, "/total"), "/n"), 40);
        assert_eq!(report.pointer("/by/place/turku"), None);
        assert_eq!(report.pointer("/by/place/helsinki"), None, "40 less 36 would be the four of turku");
        for filter in ["place=helsinki", "place=turku"] {
            let report = server.report(&shop.analyst, "field", filter);
            assert!(is_withheld(overall(&report, "/total")), "{filter}: {}", overall(&report, "/total"));
        }
        let open = server.report(&shop.owner, "field", "by=place");
        assert_eq!(at(overall(&open, "/by/place/turku"), "/n"), 4);
        assert_eq!(at(overall(&open, "/by/place/helsinki"), "/n"), 36);
    }

    fn groups_that_are_large_enough_are_shown(server) {
        let shop = answered(server, &[("helsinki", 20), ("turku", 10)]);
        let report = server.report(&shop.analyst, "field", "by=place");
        for (place, people) in [("helsinki", 20), ("turku", 10)] {
            assert_eq!(at(overall(&report, &format!("/by/place/{place}")), "/n"), people);
            let alone = server.report(&shop.analyst, "field", &format!("place={place}"));
            assert_eq!(at(overall(&alone, "/total"), "/n"), people, "a filter shows what the group shows");
        }
    }

    fn nothing_withheld_stands_on_the_page_either(server) {
        let shop = answered(server, &[("helsinki", 9)]);
        let page = server.client().get_as(&shop.analyst, "/api/v1/surveys/field/report.html").expect(200).text();
        assert!(page.contains("fewer than 10 people"), "{page}");
        let open = server.client().get_as(&shop.owner, "/api/v1/surveys/field/report.html").expect(200).text();
        assert!(!open.contains("fewer than 10 people"));
    }

    fn an_unknown_filter_value_is_told_with_what_is_accepted(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let cases = [
            ("channel=fax", "?channel", "web, in_person, phone"),
            ("contact_channel=fax", "?contact_channel", "none, web"),
            ("language=nb", "?language", "en, fi, sv, et, de, hu, pl, ar"),
            ("place=nowhere", "?place", "places of this organisation"),
            ("by=colour", "?by", "channel, contact_channel, place, language, month, week"),
            ("from=yesterday", "?from", "2026-05-04"),
            ("from=2026-05-02&to=2026-05-01", "?to", "not after from"),
        ];
        for (query, pointer, words) in cases {
            for page in ["report", "report.html"] {
                let path = format!("/api/v1/surveys/field/{page}?{query}");
                let problem = problem(&server.client().get_as(&shop.owner, &path));
                assert_eq!(pointers(&problem), [pointer]);
                assert!(text(&problem, "/errors/0/message").contains(words), "{problem}");
            }
        }
        let several = "channel=fax&by=colour&language=xx";
        let problem = problem(&server.client().get_as(&shop.owner, &format!("/api/v1/surveys/field/report?{several}")));
        assert_eq!(pointers(&problem).len(), 3, "all mistakes at once");
        server.client().get_as(&shop.owner, "/api/v1/surveys/field/report?chanel=web").expect(422);
    }
}
