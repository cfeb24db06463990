//! Correcting a finished form: nothing typed is lost, nothing sent is erased unasked, nothing secret is shown.

use laatu_tests::json::at;
use laatu_tests::respondent::with;
use laatu_tests::schema::Any;
use laatu_tests::server::Shop;
use laatu_tests::{Page, Respondent, Server};
use serde_json::json;

const TOO_LATE: &str =
    "The answers you sent first stand. The ones sent now came too late and were not taken.";

fn low(_: &str, values: &[String]) -> Option<String> {
    values.first().cloned()
}

fn high(_: &str, values: &[String]) -> Option<String> {
    values.get(values.len() - 2).cloned()
}

/// A customer who has answered everything with the lowest answer.
fn finished(server: &Server) -> (Shop, Respondent) {
    let shop = server.shop("tuulia");
    server.field_survey(&shop, &json!({}));
    let customer = server.invite(&shop, "A1", &json!({}));
    let thanks = customer.answer_all(customer.open(), low, "First words.");
    assert!(!thanks.is_form());
    (shop, customer)
}

fn responses(server: &Server) -> i64 {
    Any::to(&server.database().target()).number("SELECT COUNT(*) AS n FROM response")
}

fn values(page: &Page) -> Vec<String> {
    page.chosen().into_values().collect()
}

fn place(page: &Page) -> &str {
    page.path.split('?').next().unwrap()
}

on_both! {
    fn an_empty_correction_is_asked_about_once_and_then_taken(server) {
        let (_, customer) = finished(server);
        let before = customer.open().listed();
        let first = customer.open_page(1);
        let link = Page { path: customer.link().to_owned(), answer: first.answer.clone() };
        for page in [&first, &link] {
            let asked = customer.post(page, &[]);
            assert_eq!((asked.answer.status, asked.items()), (200, first.items()));
            assert_eq!(asked.texts(".summary h2"), ["This page is still empty"]);
            assert_eq!((responses(server), customer.open().listed()), (1, before.clone()), "nothing is erased");
        }
        let asked = customer.post(&first, &[]);
        let thanks = customer.post(&asked, &asked.untouched());
        let open = thanks.listed().iter().filter(|(_, answer)| answer == "Left open").count();
        assert_eq!((open, responses(server)), (3, 2), "who insists is heard");
    }

    fn another_language_keeps_what_was_typed_into_a_correction(server) {
        let (shop, customer) = finished(server);
        let second = customer.open_page(2);
        let finnish = customer.post(&second, &with(second.fill(high, ""), "language", "fi"));
        assert_eq!((finnish.language().as_str(), place(&finnish)), ("fi", place(&second)));
        assert_eq!(values(&finnish), ["5"; 3]);
        let thanks = customer.post(&finnish, &finnish.untouched());
        assert_eq!((thanks.is_form(), thanks.language().as_str()), (false, "fi"));
        let report = server.report(&shop.owner, "field", "");
        let key = &second.items()[0].0;
        assert_eq!(at(&report, &format!("/total/items/{key}/histogram/5")), 1);
        assert_eq!(at(&report, "/response_rate/answered"), 1);
    }

    fn another_language_keeps_what_can_be_read_of_a_bad_correction(server) {
        let (_, customer) = finished(server);
        let first = customer.open_page(1);
        let keys: Vec<String> = first.items().into_iter().map(|(key, _)| key).collect();
        let typed = vec![(keys[0].clone(), "99".to_owned()), (keys[1].clone(), "4".to_owned())];
        let hungarian = customer.post(&first, &with(typed, "language", "hu"));
        assert_eq!((hungarian.answer.status, hungarian.language().as_str()), (200, "hu"));
        assert_eq!(hungarian.chosen().get(&keys[1]).map(String::as_str), Some("4"));
    }

    fn back_keeps_what_was_typed_into_a_correction(server) {
        let (_, customer) = finished(server);
        let third = customer.open_page(3);
        let second = customer.post(&third, &with(third.fill(high, ""), "go", "back"));
        assert!(second.is_form() && place(&second).ends_with("/2"), "{}", second.path);
        assert_eq!(values(&second), ["1"; 3]);
        assert_eq!(values(&customer.open_page(3)), ["5"; 3]);
    }

    fn leaving_an_empty_correction_takes_nothing_back(server) {
        let (_, customer) = finished(server);
        let third = customer.open_page(3);
        let finnish = customer.post(&third, &with(vec![], "language", "fi"));
        assert_eq!((finnish.language().as_str(), values(&finnish)), ("fi", vec!["1".to_owned(); 3]));
        let second = customer.post(&third, &with(vec![], "go", "back"));
        assert!(place(&second).ends_with("/2"), "{}", second.path);
        assert_eq!((values(&customer.open_page(3)), responses(server)), (vec!["1".to_owned(); 3], 1));
    }

    fn after_the_time_whatever_is_posted_shows_the_stored_answers(server) {
        let (_, customer) = finished(server);
        let first = customer.open_page(1);
        let before = customer.open().listed();
        server.advance_hours(25);
        let key = first.items()[0].0.clone();
        let posts = [
            vec![(key.clone(), "99".to_owned())],
            vec![(key.clone(), "4".to_owned()), (key, "5".to_owned())],
            vec![("no_such_item".to_owned(), "1".to_owned())],
            vec![],
            with(first.fill(high, ""), "language", "fi"),
            with(first.fill(high, ""), "go", "back"),
        ];
        for fields in posts {
            let late = customer.post(&first, &fields);
            assert_eq!((late.answer.status, late.is_form()), (200, false), "{fields:?}");
            assert_eq!(late.listed(), before, "{fields:?}");
            assert!(late.answer.text().contains(TOO_LATE), "{fields:?}: {}", late.answer.text());
        }
        assert_eq!(responses(server), 1);
    }

    fn no_page_beside_a_customers_words_holds_the_link(server) {
        let (_, customer) = finished(server);
        let (route, secret) = customer.link().strip_prefix("/s/").unwrap().split_once('.').unwrap();
        let correcting = customer.open_page(5);
        let refused = customer.post(&correcting, &[("overall".to_owned(), "99".to_owned())]);
        let finnish = customer.show(&format!("{}?language=fi", customer.link()));
        for page in [customer.open(), finnish, correcting, refused] {
            let words = page.answer.text();
            assert!(!words.contains(secret) && !words.contains(route), "{}: {words}", page.answer.status);
        }
    }

    fn the_way_to_a_correction_leads_to_the_first_page_while_it_is_open(server) {
        let (_, customer) = finished(server);
        let thanks = customer.open();
        assert_eq!(thanks.texts("main a[href='?change=1']").len(), 1);
        let way = format!("{}?change=1", customer.link());
        let first = customer.show(&way);
        assert!(first.is_form() && place(&first).ends_with("/1"), "{}", first.path);
        assert_eq!(values(&first), ["1"; 3]);
        server.advance_hours(25);
        let later = customer.show(&way);
        assert!(!later.is_form() && later.answer.status == 200);
        assert!(later.texts("main a[href='?change=1']").is_empty());
    }
}
