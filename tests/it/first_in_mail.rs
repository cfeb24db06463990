//! The first answer in the mail, and the programs that open every link before anybody reads it.

use std::collections::BTreeSet;

use laatu_tests::json::{at, text};
use laatu_tests::server::Shop;
use laatu_tests::{Respondent, Server};
use serde_json::{Value, json};

fn invited(server: &Server) -> (Shop, Respondent) {
    let shop = server.shop("tuulia");
    server.field_survey(&shop, &json!({"first_in_mail": true}));
    let customer = server.invite(&shop, "A1", &json!({}));
    (shop, customer)
}

/// The answers that the mail offers, as paths.
fn offered(server: &Server, body: &str) -> Vec<String> {
    let links = body.split("/s/").skip(1).filter_map(|rest| rest.split(['"', '\n', '\r', ' ', '<']).next());
    let unescaped = links.map(|link| link.replace("&#x3D;", "=").replace("&amp;", "&"));
    let found: BTreeSet<String> =
        unescaped.filter(|link| link.contains("?q1=")).map(|link| format!("/s/{link}")).collect();
    assert!(!server.url().is_empty());
    found.into_iter().collect()
}

fn row(server: &Server, shop: &Shop) -> Value {
    let text =
        server.client().get_as(&shop.owner, "/api/v1/surveys/field/responses.jsonl").expect(200).text();
    serde_json::from_str(text.lines().next().unwrap()).unwrap()
}

fn words(row: &Value, field: &str) -> Vec<String> {
    row[field].as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()).collect()
}

on_both! {
    fn an_answer_in_the_mail_is_marked_and_sent_by_a_button_only(server) {
        let (shop, customer) = invited(server);
        let mail = server.mailbox().to("customer-A1@example.org");
        let links = offered(server, &mail.html);
        assert_eq!((links.len(), &links), (5, &offered(server, &mail.text)));
        let page = customer.show(&links[3]);
        let (first, values) = page.items().remove(0);
        assert_eq!(page.chosen().get(&first), Some(&values[3]));
        assert!(page.answer.text().contains("it is sent when you press the button"));
        assert_eq!(text(&server.invitation(&shop, "A1"), "/state"), "sent");
        assert!(customer.open().chosen().is_empty(), "nothing is kept by opening it");
        let next = customer.post(&page, &page.untouched());
        assert!(next.is_form() && next.path.ends_with("/2"), "{}", next.path);
        assert_eq!(customer.open_page(1).chosen().get(&first), Some(&values[3]));
        // Another answer of the mail, later, leads to where the customer is and changes nothing.
        assert!(customer.show(&links[0]).path.ends_with("/2?resumed=1"));
        assert_eq!(customer.open_page(1).chosen().get(&first), Some(&values[3]));
    }

    fn an_address_that_suggests_no_answer_of_the_question_shows_the_page(server) {
        let (_, customer) = invited(server);
        for odd in ["9", "-1", "na", "", "%00", "99999999999"] {
            let page = customer.show(&format!("{}?q1={odd}", customer.link()));
            assert!(page.is_form() && page.chosen().is_empty(), "{odd}");
        }
    }

    fn a_program_that_opens_every_link_is_noted_and_answers_nothing(server) {
        let (shop, customer) = invited(server);
        let mail = server.mailbox().to("customer-A1@example.org");
        for link in offered(server, &mail.html) {
            server.client().send("HEAD", &link, &[], None).expect(200);
            server.client().get(&link).expect(200);
        }
        assert_eq!(text(&server.invitation(&shop, "A1"), "/state"), "sent");
        server.advance_hours(2);
        let mut page = customer.open();
        while page.is_form() {
            page = customer.answer(&page, |_, values| values.get(2).cloned(), "");
        }
        let row = row(server, &shop);
        assert_eq!(words(&row, "machine_marks"), ["head", "sweep"]);
        assert!(!words(&row, "quality_flags").contains(&"machine".to_owned()), "a person answered: {row}");
    }

    fn a_form_that_nobody_pressed_is_flagged_and_counted_as_before(server) {
        let (shop, customer) = invited(server);
        let mut page = customer.open();
        while page.is_form() {
            let fields = page.fill(|_, _| None, "");
            let fields = laatu_tests::respondent::with(fields, "left_open", "1");
            let body = serde_urlencoded::to_string(&fields).unwrap();
            let headers = [("sec-fetch-mode", "navigate"), ("content-type", "application/x-www-form-urlencoded")];
            server.client().send("POST", &page.path, &headers, Some(body.as_bytes())).expect(303);
            page = customer.open();
        }
        let row = row(server, &shop);
        assert_eq!(words(&row, "machine_marks"), ["unpressed"]);
        let flags = words(&row, "quality_flags");
        assert!(flags.contains(&"machine".to_owned()) && flags.contains(&"blank".to_owned()), "{flags:?}");
        let report = server.report(&shop.owner, "field", "");
        assert_eq!(at(&report, "/response_rate/answered"), 1, "nothing is deleted");
        assert_eq!(at(&report, "/total/careless/by_flag/machine"), 1, "{report}");
    }
}
