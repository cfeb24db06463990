//! Reports that stay coherent whatever happens later, and that tell readers without rows nothing of a few people.

use laatu_tests::json::{count, pointers, text};
use laatu_tests::schema::Any;
use laatu_tests::server::Shop;
use laatu_tests::{Respondent, Server};
use serde_json::{Value, json};

fn choose(_: &str, values: &[String]) -> Option<String> {
    values.get(2).cloned()
}

/// A quick survey that `invited` customers were mailed; the first `answered` of them have answered.
fn season(server: &Server, invited: usize, answered: usize) -> Shop {
    let shop = server.shop("tuulia");
    server.field_survey(&shop, &json!({"length": "quick"}));
    for number in 0..invited {
        server.deliver(&shop, &server.order(&format!("P{number}")));
    }
    server.advance_days(3);
    server.run_jobs();
    for number in 0..answered {
        answer(server, &format!("P{number}"));
    }
    shop
}

fn customer(server: &Server, number: &str) -> Respondent {
    let mail = server.mailbox().to(&format!("customer-{number}@example.org"));
    Respondent::at(server.client().clone(), mail.link_path())
}

fn answer(server: &Server, number: &str) {
    let customer = customer(server, number);
    customer.answer_all(customer.open(), choose, "");
}

/// Answered and sent of a report; checks that the rate fits them.
#[track_caller]
fn rate(report: &Value) -> (u64, u64) {
    let of = |name: &str| count(report, &format!("/response_rate/{name}"));
    let (answered, sent) = (of("answered"), of("sent"));
    assert!(answered <= sent, "{report}");
    let rate = &report["response_rate"];
    assert!(rate["undefined"] != json!("more answers than invitations"), "{rate}");
    (answered, sent)
}

/// Whether a report says nothing at all of how many were asked and answered.
fn is_without_rate(report: &Value) -> bool {
    report.get("response_rate").is_none_or(Value::is_null)
}

/// A quick survey answered by customers who were served on these days, so many on each, day after day.
fn served(server: &Server, days: &[(&str, usize)]) -> Shop {
    let shop = server.shop("tuulia");
    server.field_survey(&shop, &json!({"length": "quick"}));
    let mut numbers = Vec::new();
    for (day, people) in days {
        for number in 0..*people {
            let mut order = server.order(&format!("{day}-{number}"));
            numbers.push(format!("{day}-{number}"));
            order["placed_at"] = json!("2026-04-20T09:00:00Z");
            server.post_order(&shop, &order).expect(201);
            let event = json!({"kind": "delivered", "at": format!("{day}T08:00:00Z")});
            server.post_event(&shop, text(&order, "/order_number"), &event).expect(200);
        }
    }
    server.advance_days(3);
    server.run_jobs();
    for number in &numbers {
        answer(server, number);
    }
    shop
}

/// Checks that no two of these reports, less one another, tell an analyst what one to nine people said; how many
/// people each of them shows.
#[track_caller]
fn never_a_few_apart(server: &Server, shop: &Shop, queries: &[&str]) -> Vec<Option<u64>> {
    let people = |query: &&str| {
        let report = server.report(&shop.analyst, "field", query);
        report.pointer("/total/outcome/overall/n").and_then(Value::as_u64)
    };
    let shown: Vec<Option<u64>> = queries.iter().map(people).collect();
    for one in shown.iter().flatten() {
        for other in shown.iter().flatten() {
            let between = one.abs_diff(*other);
            assert!(between == 0 || between >= 10, "{between} people by subtraction: {queries:?} {shown:?}");
        }
    }
    shown
}

on_both! {
    fn what_happens_after_the_answer_leaves_answered_and_sent_coherent(server) {
        let shop = season(server, 4, 3);
        let contacted = json!({"kind": "contacted", "channel": "phone", "at": server.now()});
        server.post_event(&shop, "P0", &contacted).expect(200);
        server.post_event(&shop, "P3", &contacted).expect(200);
        server.advance_days(9);
        server.post_event(&shop, "P1", &json!({"kind": "delivered", "at": server.now()})).expect(200);
        let of = |query: &str| rate(&server.report(&shop.owner, "field", query));
        assert_eq!(of(""), (3, 4));
        assert_eq!((of("contact_channel=phone"), of("contact_channel=none")), ((1, 2), (2, 2)));
        assert_eq!((of("to=2026-05-11"), of("from=2026-05-11")), ((2, 3), (1, 1)));
        for channel in ["email", "web", "chat"] {
            assert_eq!(of(&format!("contact_channel={channel}")), (0, 0));
        }
    }

    fn how_many_answered_is_not_told_of_a_few(server) {
        let shop = season(server, 20, 3);
        for key in [&shop.analyst, &shop.auditor, &shop.admin] {
            for query in ["", "channel=web", "channel=phone", "by=place", "from=2026-05-04"] {
                let report = server.report(key, "field", query);
                assert!(is_without_rate(&report), "3 of 20: {query} {}", report["response_rate"]);
            }
        }
        assert_eq!(rate(&server.report(&shop.owner, "field", "channel=web")), (3, 20));
        assert_eq!(rate(&server.report(&shop.analyst_with_rows, "field", "")), (3, 20));
        for number in 3..19 {
            answer(server, &format!("P{number}"));
        }
        assert_eq!(rate(&server.report(&shop.analyst, "field", "")), (10, 20), "who answered moves in steps too");
        answer(server, "P19");
        assert_eq!(rate(&server.report(&shop.analyst, "field", "")), (20, 20));
    }

    fn how_many_were_silent_is_not_told_of_a_few(server) {
        let shop = season(server, 12, 10);
        let report = server.report(&shop.analyst, "field", "");
        assert_eq!(count(&report, "/total/outcome/overall/n"), 10);
        assert!(is_without_rate(&report), "10 of 12: {}", report["response_rate"]);
        assert_eq!(rate(&server.report(&shop.owner, "field", "")), (10, 12));
    }

    fn an_empty_filter_and_one_with_a_few_look_the_same(server) {
        let shop = season(server, 3, 2);
        let without_filter = |query: &str| {
            let mut report = server.report(&shop.analyst, "field", query);
            report["about"].as_object_mut().unwrap().remove("filters");
            report
        };
        let (few, none) = (without_filter("channel=web"), without_filter("channel=chat"));
        for part in ["/total", "/by", "/about", "/response_rate"] {
            assert_eq!(few.pointer(part), none.pointer(part), "{part}");
        }
    }

    fn how_many_left_half_way_is_not_told_of_a_few(server) {
        let shop = season(server, 12, 9);
        let last = customer(server, "P9");
        assert!(last.answer(&last.open(), choose, "").is_form());
        server.advance_days(61);
        server.run_jobs();
        assert_eq!(count(&server.report(&shop.owner, "field", ""), "/about/unfinished"), 1);
        let guarded = server.report(&shop.analyst, "field", "");
        assert!(guarded["about"].get("unfinished").is_none_or(Value::is_null), "{}", guarded["about"]);
    }

    fn without_rows_a_period_is_whole_weeks_or_months(server) {
        let shop = season(server, 1, 0);
        let path = |page: &str, query: &str| format!("/api/v1/surveys/field/{page}?{query}");
        let off = [("from=2026-05-05", "?from"), ("to=2026-05-03", "?to"), ("from=2026-05-04&to=2026-05-08", "?to")];
        for (query, pointer) in off {
            for key in [&shop.analyst, &shop.auditor, &shop.admin] {
                for page in ["report", "report.html"] {
                    let problem = server.client().get_as(key, &path(page, query)).expect(422).json();
                    assert_eq!(pointers(&problem), [pointer]);
                    assert!(text(&problem, "/errors/0/message").contains("whole weeks"), "{problem}");
                }
            }
            for key in [&shop.owner, &shop.analyst_with_rows] {
                server.client().get_as(key, &path("report", query)).expect(200);
            }
        }
        for query in ["from=2026-05-04&to=2026-05-11", "from=2026-05-01&to=2026-06-01", "to=2026-05-01", "by=week", "by=month&channel=web"] {
            server.client().get_as(&shop.analyst, &path("report", query)).expect(200);
        }
    }

    fn two_periods_of_whole_weeks_never_differ_by_a_few_people(server) {
        let days = [("2026-04-22", 20), ("2026-04-28", 20), ("2026-05-02", 1), ("2026-05-04", 40)];
        let shop = served(server, &days);
        let queries = ["to=2026-04-27", "to=2026-05-01", "to=2026-05-04", "to=2026-05-11", ""];
        let shown = never_a_few_apart(server, &shop, &queries);
        assert_eq!(shown, [Some(20), None, None, Some(80), Some(80)], "beside the day of one person no end is firm");
    }

    fn a_week_and_a_month_that_end_a_day_apart_never_differ_by_a_few_people(server) {
        server.set_clock("2026-11-03T09:00:00Z");
        let shop = served(server, &[("2026-10-29", 20), ("2026-11-01", 1), ("2026-11-02", 40)]);
        let queries = ["to=2026-11-01", "to=2026-11-02", "from=2026-11-01", "from=2026-11-02", "from=2026-10-26"];
        let shown = never_a_few_apart(server, &shop, &queries);
        assert_eq!(shown, [None, None, None, None, Some(60)]);
    }

    fn without_rows_a_report_is_by_one_dimension(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        server.post_order(&shop, &{ let mut order = server.order("A1"); order["place"] = json!("turku"); order }).expect(201);
        let get = |key: &str, query: &str| server.client().get_as(key, &format!("/api/v1/surveys/field/report?{query}"));
        let two = [
            ("channel=web&by=place", "?place"),
            ("channel=web&contact_channel=none", "?contact_channel"),
            ("place=turku&language=fi", "?language"),
            ("language=fi&by=contact_channel", "?language"),
        ];
        for (query, pointer) in two {
            let problem = get(&shop.analyst, query).expect(422).json();
            assert_eq!(pointers(&problem), [pointer], "{query}");
            assert!(text(&problem, "/errors/0/message").contains("by one of"), "{problem}");
            get(&shop.owner, query).expect(200);
        }
        for query in ["channel=web&by=channel", "place=turku&by=month", "language=fi", "by=contact_channel"] {
            get(&shop.analyst, query).expect(200);
        }
    }

    fn a_customer_named_later_is_the_one_who_answers(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({"length": "quick"}));
        let known = json!({"email": "customer-known@example.org"});
        server.invite(&shop, "known", &json!({}));
        answer(server, "known");
        let mut second = server.order("second");
        server.deliver(&shop, &second);
        laatu_tests::server::merge(&mut second["customer"], &known);
        server.post_order(&shop, &second).expect(200);
        server.advance_days(3);
        server.run_jobs();
        let mails = server.mailbox().mails();
        let again = mails.iter().find(|mail| mail.text.contains("second")).expect("the second order is asked about");
        assert_eq!(again.to, "customer-known@example.org");
        let customer = Respondent::at(server.client().clone(), again.link_path());
        customer.answer_all(customer.open(), choose, "");
        let mut database = Any::to(&server.database().target());
        let firsts = "SELECT COUNT(*) AS n FROM response WHERE first_of_year";
        assert_eq!(database.number(firsts), 1, "the same customer answers for the second time this year");
        assert_eq!(database.number("SELECT COUNT(DISTINCT customer_group) AS n FROM response"), 1);
        let stale = "SELECT COUNT(*) AS n FROM invitation i JOIN purchase_order o ON o.org_id = i.org_id \
            AND o.order_id = i.order_id WHERE o.customer_id <> i.customer_id";
        assert_eq!(database.number(stale), 0);
    }
}
