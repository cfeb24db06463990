//! How a survey asks: page by page or at once, everything of some, more of those who phoned, and before the service.

use laatu_tests::json::{at, text};
use laatu_tests::server::Shop;
use laatu_tests::{Page, Respondent, Server};
use serde_json::{Value, json};

fn second(_: &str, values: &[String]) -> Option<String> {
    values.get(1).cloned()
}

fn keys(page: &Page) -> Vec<String> {
    page.items().into_iter().map(|(key, _)| key).collect()
}

/// All rows of a survey's export.
fn rows(server: &Server, shop: &Shop, survey: &str) -> Vec<Value> {
    let path = format!("/api/v1/surveys/{survey}/responses.jsonl");
    let text = server.client().get_as(&shop.owner, &path).expect(200).text();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The sizes of the pages that a customer passes, and all items in the order in which they were asked.
fn pass(customer: &Respondent) -> (Vec<usize>, Vec<String>) {
    let (mut sizes, mut asked) = (Vec::new(), Vec::new());
    let mut page = customer.open();
    let mut has_words = false;
    while page.is_form() {
        has_words |= page.comment().is_some();
        sizes.push(page.items().len());
        asked.extend(keys(&page));
        page = customer.answer(&page, second, "Fine.");
    }
    // The free words are listed, too, where there is room for them.
    let words = usize::from(has_words);
    assert_eq!(page.listed().len(), asked.len() + words, "{}", page.answer.text());
    (sizes, asked)
}

on_both! {
    fn each_way_of_paging_asks_the_same_and_is_told_in_the_export(server) {
        let shop = server.shop("tuulia");
        let mut asked = Vec::new();
        for (way, pages) in [("one", 16), ("section", 5), ("all", 1)] {
            server.field_survey(&shop, &json!({"key": way, "paging": way}));
            let customer = server.invite(&shop, way, &json!({}));
            let (sizes, items) = pass(&customer);
            assert_eq!(sizes.len(), pages, "{way}");
            asked.push(items.len());
            let row = rows(server, &shop, way).remove(0);
            assert_eq!(text(&row, "/paging"), way);
            let seconds = at(&row, "/seconds_per_page").as_array().unwrap().clone();
            assert_eq!(seconds.len(), pages);
            assert_eq!(seconds[0], Value::Null, "nothing is known of the first page");
            server.client().post_json(&shop.owner, &format!("/api/v1/surveys/{way}/pause"), &json!({})).expect(200);
        }
        assert_eq!(asked, [15, 15, 15]);
    }

    fn a_full_form_asks_every_dimension_and_looks_back(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({"length": "full"}));
        let (sizes, items) = pass(&server.invite(&shop, "A1", &json!({})));
        assert_eq!((sizes.len(), items.len()), (14, 66));
        let report = server.report(&shop.owner, "field", "");
        for key in ["reliability", "courtesy", "personalisation"] {
            assert_eq!(at(&report, &format!("/total/quality/gap/{key}/n")), 1, "{report}");
        }
        server.client().post_json(&shop.owner, "/api/v1/surveys/field/pause", &json!({})).expect(200);
        // Those who are never asked have no room for it in their answers, nor in their reports.
        server.field_survey(&shop, &json!({"key": "plain"}));
        pass(&server.invite(&shop, "A2", &json!({})));
        let report = server.report(&shop.owner, "plain", "");
        assert_eq!(report["total"]["dimensions"].as_object().unwrap().len(), 13);
        assert_eq!(rows(server, &shop, "plain")[0]["answers"].as_object().unwrap().len(), 42);
    }

    fn a_stated_share_of_customers_is_asked_everything(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({"full_share": 25}));
        let orders: Vec<Value> = (0..40).map(|number| server.order(&format!("F{number}"))).collect();
        server.post_order(&shop, &json!({"orders": orders})).expect(200);
        let mut database = laatu_tests::schema::Any::to(&server.database().target());
        let mut count = |what: &str| database.number(&format!("SELECT COUNT(*) AS n FROM invitation WHERE {what}"));
        assert_eq!(count("length = 3 AND form = 13"), 10);
        assert_eq!(count("length = 2 AND form BETWEEN 0 AND 12"), 30);
    }

    fn those_who_phoned_are_asked_about_the_call(server) {
        let shop = server.shop("tuulia");
        let modules = json!({"phone": "channel-phone", "email": "channel-email"});
        server.field_survey(&shop, &json!({"modules": modules}));
        server.post_order(&shop, &server.order("A1")).expect(201);
        let call = json!({"kind": "contacted", "channel": "phone", "at": server.now()});
        server.post_event(&shop, "A1", &call).expect(200);
        server.post_event(&shop, "A1", &json!({"kind": "delivered", "at": server.now()})).expect(200);
        server.advance_days(3);
        server.run_jobs();
        let mail = server.mailbox().to("customer-A1@example.org");
        let (sizes, items) = pass(&Respondent::at(server.client().clone(), mail.link_path()));
        assert_eq!(sizes.len(), 6);
        let of_call: Vec<&String> = items.iter().filter(|key| key.starts_with("phone_")).collect();
        assert_eq!(of_call.len(), 5, "{items:?}");
        let (sizes, items) = pass(&server.invite(&shop, "A2", &json!({})));
        assert_eq!((sizes.len(), items.iter().any(|key| key.starts_with("phone_"))), (5, false));
        let report = server.report(&shop.owner, "field", "");
        assert_eq!(at(&report, "/total/dimensions/channel_phone/score/n"), 1);
        assert_eq!(at(&report, "/total/quality/score/n"), 2);
        let wrong = json!({"key": "faxed", "instrument": "perceived-quality", "modules": {"fax": "channel-phone"}});
        let told = server.client().post_json(&shop.owner, "/api/v1/surveys", &wrong).expect(422).json();
        assert!(text(&told, "/errors/0/message").contains("\"fax\" is not a contact channel"), "{told}");
    }

    fn what_was_expected_before_stands_beside_what_it_was_like(server) {
        let shop = server.shop("tuulia");
        let early = json!({"key": "before", "instrument": "expectation", "rule": {"event": "placed", "delay": "0d"}});
        server.field_survey(&shop, &early);
        server.field_survey(&shop, &json!({"expectation": "before"}));
        for number in ["A1", "A2"] {
            server.post_order(&shop, &server.order(number)).expect(201);
        }
        server.run_jobs();
        let mail = |server: &Server, number: &str| server.mailbox().to(&format!("customer-{number}@example.org"));
        let first = Respondent::at(server.client().clone(), mail(server, "A1").link_path());
        let (_, expected) = pass(&first);
        let unanswered = Respondent::at(server.client().clone(), mail(server, "A2").link_path());
        let forms: Vec<Value> = server.invitations(&shop).iter().map(|one| one["form"].clone()).collect();
        assert_eq!(forms.len(), 4);
        for number in ["A1", "A2"] {
            let event = json!({"kind": "delivered", "at": server.now()});
            server.post_event(&shop, number, &event).expect(200);
        }
        server.advance_days(3);
        server.run_jobs();
        let mails = server.mailbox().mails();
        let of_a1 = mails.iter().filter(|mail| mail.to == "customer-A1@example.org");
        let later = of_a1.map(|mail| mail.link_path().to_owned()).find(|link| link != first.link()).unwrap();
        let (_, asked) = pass(&Respondent::at(server.client().clone(), &later));
        assert!(asked.iter().all(|key| !key.contains("_expected_")), "{asked:?}");
        let report = server.report(&shop.owner, "field", "");
        let gaps = report["total"]["quality"]["gap"].as_object().unwrap();
        let with_gap: Vec<&String> = gaps.iter().filter(|(_, gap)| gap["n"] == 1).map(|(key, _)| key).collect();
        let dimensions: std::collections::BTreeSet<&str> =
            expected.iter().filter_map(|key| key.split_once("_expected_")).map(|(dimension, _)| dimension).collect();
        assert_eq!(with_gap.len(), dimensions.len(), "{gaps:?} of {expected:?}");
        assert!(with_gap.iter().all(|key| dimensions.contains(key.as_str())));
        // After the service nobody is asked what they had expected of it.
        unanswered.open().answer.expect(410);
    }
}

/// Orders over channels and places, as many as `batches` thousands; the forms that were given.
fn balanced(server: &Server, batches: usize, batch: usize) {
    let shop = server.shop("tuulia");
    server.field_survey(&shop, &json!({}));
    for number in 0..batches {
        let orders = (0..batch).map(|place| {
            let index = number * batch + place;
            let mut order = server.order(&format!("F{index}"));
            order["channel"] = json!(["web", "phone", "in_person"][index % 3]);
            order["place"] = json!(["helsinki", "turku", "oulu", "vaasa"][index / 7 % 4]);
            order
        });
        let orders: Vec<Value> = orders.collect();
        server.post_order(&shop, &json!({"orders": orders})).expect(200);
    }
    let mut database = laatu_tests::schema::Any::to(&server.database().target());
    let per_form = "SELECT channel, place_id, form, COUNT(*) AS n FROM invitation JOIN purchase_order \
        ON purchase_order.order_id = invitation.order_id GROUP BY channel, place_id, form";
    let strata = format!(
        "SELECT COUNT(*) AS n FROM (SELECT 1 AS one FROM ({per_form}) AS t GROUP BY channel, place_id) AS s"
    );
    assert_eq!(database.number(&strata), 12);
    let widest = format!(
        "SELECT MAX(d) AS n FROM (SELECT MAX(n) - MIN(n) + CASE COUNT(*) WHEN 13 THEN 0 ELSE 9 END AS d \
         FROM ({per_form}) AS t GROUP BY channel, place_id) AS s"
    );
    let all = i64::try_from(batches * batch).unwrap();
    assert_eq!(database.number("SELECT COUNT(*) AS n FROM invitation"), all);
    assert!(
        database.number(&widest) <= 1,
        "each of the thirteen forms is within one of the others in each stratum"
    );
}

#[test]
fn over_ten_thousand_invitations_forms_are_balanced_in_each_stratum_on_sqlite() {
    balanced(&Server::on(laatu_tests::Kind::Sqlite), 10, 1_000);
}

#[test]
fn over_a_thousand_invitations_forms_are_balanced_in_each_stratum_on_postgresql() {
    balanced(&Server::on(laatu_tests::Kind::Postgres), 2, 500);
}
