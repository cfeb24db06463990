//! What a reader without the right to see rows is shown moves in steps of ten people, alike in every split.

use laatu_tests::json::count;
use laatu_tests::server::Shop;
use laatu_tests::{Page, Respondent, Server};
use serde_json::{Value, json};

fn middling(_: &str, values: &[String]) -> Option<String> {
    values.get(2).cloned()
}

fn low(_: &str, values: &[String]) -> Option<String> {
    values.first().cloned()
}

/// A quick survey that so many customers were mailed, served by turns in Helsinki and in Turku.
fn mailed(server: &Server, customers: usize) -> Shop {
    let shop = server.shop("tuulia");
    server.field_survey(&shop, &json!({"length": "quick"}));
    for number in 0..customers {
        let mut order = server.order(&format!("P{number}"));
        order["place"] = json!(if number % 2 == 0 { "helsinki" } else { "turku" });
        server.deliver(&shop, &order);
    }
    server.advance_days(3);
    server.run_jobs();
    shop
}

fn customer(server: &Server, number: usize) -> Respondent {
    let mail = server.mailbox().to(&format!("customer-P{number}@example.org"));
    Respondent::at(server.client().clone(), mail.link_path())
}

fn answers(server: &Server, numbers: impl IntoIterator<Item = usize>) {
    for number in numbers {
        let customer = customer(server, number);
        customer.answer_all(customer.open(), middling, "");
    }
}

/// People behind the overall judgement of a report's part; 0 where it is withheld.
fn people(report: &Value, part: &str) -> u64 {
    report.pointer(&format!("{part}/outcome/overall/n")).and_then(Value::as_u64).unwrap_or(0)
}

on_both! {
    fn from_ten_to_nineteen_people_a_report_stands_still(server) {
        let shop = mailed(server, 40);
        let read = |key: &str| server.report(key, "field", "by=channel");
        let only_web = |numbers: std::ops::Range<usize>| answers(server, numbers.map(|number| 2 * number));
        only_web(0..10);
        let ten = read(&shop.analyst);
        assert_eq!((people(&ten, "/total"), people(&ten, "/by/channel/web")), (10, 10));
        only_web(10..11);
        assert_eq!(read(&shop.analyst), ten);
        only_web(11..19);
        assert_eq!(read(&shop.analyst), ten);
        assert_eq!((people(&read(&shop.owner), "/total"), people(&read(&shop.analyst_with_rows), "/total")), (19, 19));
        only_web(19..20);
        let twenty = read(&shop.analyst);
        assert_eq!((people(&twenty, "/total"), people(&twenty, "/by/channel/web")), (20, 20));
    }

    fn whatever_the_split_the_total_is_the_same(server) {
        let shop = mailed(server, 27);
        answers(server, 0..27);
        let whole = server.report(&shop.analyst, "field", "");
        assert_eq!(people(&whole, "/total"), 20, "seven wait, three or four of either place");
        for by in ["channel", "contact_channel", "place", "language", "month", "week"] {
            let split = server.report(&shop.analyst, "field", &format!("by={by}"));
            assert_eq!(people(&split, "/total"), 20, "{by}");
            assert_eq!(split["total"]["dimensions"], whole["total"]["dimensions"], "{by}");
        }
        let by_place = server.report(&shop.analyst, "field", "by=place");
        for place in ["helsinki", "turku"] {
            assert_eq!(people(&by_place, &format!("/by/place/{place}")), 10);
        }
        assert_eq!(people(&server.report(&shop.owner, "field", "by=place"), "/by/place/helsinki"), 14);
    }

    fn ten_people_of_the_survey_who_are_five_of_each_place_wait_for_one_another(server) {
        let shop = mailed(server, 20);
        answers(server, 0..19);
        let report = |query: &str| server.report(&shop.analyst, "field", query);
        assert_eq!(people(&report(""), "/total"), 0, "nine of turku");
        answers(server, 19..20);
        assert_eq!(people(&report(""), "/total"), 20);
    }

    fn a_period_and_a_split_inside_a_place_stand_where_the_place_stands(server) {
        let shop = mailed(server, 27);
        answers(server, 0..27);
        for query in ["place=helsinki", "place=helsinki&by=month", "place=helsinki&from=2026-05-01&to=2026-06-01&by=week"] {
            let report = server.report(&shop.analyst, "field", query);
            assert_eq!(people(&report, "/total"), 10, "{query}");
            let levels = report.pointer("/by/month").or(report.pointer("/by/week")).and_then(Value::as_object);
            for (level, shape) in levels.into_iter().flatten() {
                assert_eq!(people(shape, ""), 10, "{query} {level}");
            }
            assert_eq!(levels.map_or(1, serde_json::Map::len), 1);
        }
        let later = server.report(&shop.analyst, "field", "place=helsinki&from=2026-06-01");
        assert_eq!(people(&later, "/total"), 0);
    }

    fn a_correction_shows_only_together_with_ten_new_people(server) {
        let shop = mailed(server, 40);
        answers(server, (0..10).map(|number| 2 * number));
        let read = |key: &str| server.report(key, "field", "");
        let (before, of_owner) = (read(&shop.analyst), read(&shop.owner));
        let first = customer(server, 0);
        let asks = |page: &Page| page.items().iter().any(|(item, _)| item == "overall");
        let page = (1..6).map(|number| first.open_page(number)).find(asks).expect("overall is asked on some page");
        first.answer_all(page, low, "");
        let overall = |report: &Value| report.pointer("/total/outcome/overall").cloned();
        assert_ne!(overall(&read(&shop.owner)), overall(&of_owner), "the owner sees it at once");
        assert_eq!(read(&shop.analyst), before);
        answers(server, (10..20).map(|number| 2 * number));
        let (after, of_owner) = (read(&shop.analyst), read(&shop.owner));
        assert_eq!(count(&after, "/total/outcome/overall/n"), 20, "who corrected is one of them");
        assert_eq!(overall(&after), overall(&of_owner), "now it is counted");
    }
}
