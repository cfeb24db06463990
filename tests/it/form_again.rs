//! Posting again: the same is the same, a correction counts once, and a crowd of equal posts is one response.

use laatu_tests::json::{at, text};
use laatu_tests::schema::Any;
use laatu_tests::server::Shop;
use laatu_tests::{Page, Respondent, Server};
use serde_json::{Value, json};

fn low(_: &str, values: &[String]) -> Option<String> {
    values.first().cloned()
}

fn high(_: &str, values: &[String]) -> Option<String> {
    values.get(values.len() - 2).cloned()
}

/// A customer on the last page, all others sent with their lowest answers.
fn at_the_end(server: &Server) -> (Shop, Respondent, Page) {
    let shop = server.shop("tuulia");
    server.field_survey(&shop, &json!({}));
    let customer = server.invite(&shop, "A1", &json!({}));
    let mut page = customer.open();
    while page.comment().is_none() {
        page = customer.answer(&page, low, "");
    }
    (shop, customer, page)
}

fn overall(server: &Server, shop: &Shop) -> Value {
    at(&server.report(&shop.owner, "field", ""), "/total/items/overall/histogram").clone()
}

fn responses(server: &Server) -> i64 {
    Any::to(&server.database().target()).number("SELECT COUNT(*) AS n FROM response")
}

/// The histogram with the codes that nobody chose left out.
fn chosen(histogram: &Value) -> Vec<(&str, u64)> {
    let all = histogram.as_object().unwrap().iter();
    all.map(|(code, count)| (code.as_str(), count.as_u64().unwrap()))
        .filter(|(_, count)| *count > 0)
        .collect()
}

on_both! {
    fn the_same_again_is_the_same_thanks(server) {
        let (shop, customer, last) = at_the_end(server);
        let fields = last.fill(low, "Fine.");
        let thanks = customer.post(&last, &fields);
        let again = customer.post(&last, &fields);
        assert_eq!((again.answer.status, again.path, again.answer.text()), (200, thanks.path, thanks.answer.text()));
        assert_eq!(chosen(&overall(server, &shop)), [("1", 1)]);
        assert_eq!(responses(server), 1);
    }

    fn another_answer_in_time_is_a_correction_that_counts_once(server) {
        let (shop, customer, last) = at_the_end(server);
        customer.post(&last, &last.fill(low, "Bad."));
        server.advance_hours(23);
        let thanks = customer.open();
        assert_eq!(thanks.texts("main a[href='?change=1']").len(), 1, "the way to a correction is shown");
        let open = customer.open_page(5);
        assert_eq!((open.chosen()["overall"].as_str(), open.comment().as_deref()), ("1", Some("Bad.")));
        let corrected = customer.post(&open, &open.fill(high, "Better."));
        assert!(!corrected.is_form() && corrected.answer.text().contains("Better."));
        assert!(!corrected.answer.text().contains("Bad."));
        assert_eq!(chosen(&overall(server, &shop)), [("5", 1)]);
        let report = server.report(&shop.owner, "field", "");
        assert_eq!(at(&report, "/response_rate/answered"), 1);
        assert_eq!(responses(server), 2, "the first revision is kept");
    }

    fn a_correction_of_an_earlier_page_keeps_the_other_pages(server) {
        let (shop, customer, last) = at_the_end(server);
        customer.post(&last, &last.fill(low, "Words."));
        let first = customer.open_page(1);
        let key = first.items()[0].0.clone();
        customer.post(&first, &first.fill(high, ""));
        let report = server.report(&shop.owner, "field", "");
        let histogram = |key: &str| at(&report, &format!("/total/items/{key}/histogram")).clone();
        assert_eq!(chosen(&histogram(&key)), [("5", 1)]);
        assert_eq!(chosen(&histogram("overall")), [("1", 1)]);
        assert!(customer.open().answer.text().contains("Words."));
    }

    fn after_the_time_for_corrections_the_stored_answers_stand(server) {
        let (shop, customer, last) = at_the_end(server);
        customer.post(&last, &last.fill(low, "Fine."));
        let before = customer.open().listed();
        server.advance_hours(25);
        let late = customer.post(&last, &last.fill(high, "Other."));
        assert_eq!((late.answer.status, late.listed()), (200, before));
        let words = "The answers you sent first stand. The ones sent now came too late and were not taken.";
        assert!(late.answer.text().contains(words), "{}", late.answer.text());
        let same = customer.post(&last, &last.fill(low, "Fine."));
        assert!(!same.answer.text().contains(words), "the same again is no correction");
        assert!(!customer.open_page(2).is_form(), "nothing opens for a change any more");
        assert!(customer.open().texts("main a[href^='/s/']").is_empty());
        assert_eq!(chosen(&overall(server, &shop)), [("1", 1)]);
        assert_eq!(responses(server), 1);
    }

    fn a_page_that_was_posted_before_can_be_posted_again(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let customer = server.invite(&shop, "A1", &json!({}));
        let first = customer.open();
        let second = customer.post(&first, &first.fill(low, ""));
        let once_more = customer.post(&first, &first.fill(low, ""));
        assert_eq!(once_more.path, second.path);
        let changed = customer.post(&first, &first.fill(high, ""));
        assert_eq!(changed.path, second.path);
        let thanks = customer.answer_all(changed, low, "");
        assert!(!thanks.is_form());
        let report = server.report(&shop.owner, "field", "");
        let key = &first.items()[0].0;
        assert_eq!(chosen(at(&report, &format!("/total/items/{key}/histogram"))), [("5", 1)]);
    }

    fn the_last_page_sent_before_the_others_does_not_finish_the_form(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let customer = server.invite(&shop, "A1", &json!({}));
        let first = customer.open();
        let last = Page { path: format!("{}/5", customer.link()), answer: first.answer.clone() };
        let fields = [("overall".to_owned(), "5".to_owned()), ("comment".to_owned(), "Early.".to_owned())];
        let shown = customer.post(&last, &fields);
        assert_eq!(shown.items(), first.items(), "the first open page is shown");
        assert_eq!(text(&server.invitation(&shop, "A1"), "/state"), "started");
        assert_eq!(responses(server), 0);
    }

    fn sixty_four_equal_posts_at_once_are_one_response(server) {
        let (shop, customer, last) = at_the_end(server);
        let fields = last.fill(high, "All at once.");
        let answers: Vec<u16> = std::thread::scope(|scope| {
            let posts: Vec<_> = (0..64).map(|_| scope.spawn(|| customer.post_only(&last, &fields).status)).collect();
            posts.into_iter().map(|post| post.join().unwrap()).collect()
        });
        assert_eq!(answers, vec![303; 64], "everybody is thanked");
        assert_eq!(responses(server), 1);
        assert_eq!(chosen(&overall(server, &shop)), [("5", 1)]);
        let it = server.invitation(&shop, "A1");
        assert_eq!(text(&it, "/state"), "answered");
        assert!(!customer.open().is_form());
    }

    fn many_customers_at_once_are_each_counted_once(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({"length": "quick"}));
        for number in 0..24 {
            server.deliver(&shop, &server.order(&format!("C{number}")));
        }
        server.advance_days(3);
        server.run_jobs();
        let mails = server.mailbox().mails();
        std::thread::scope(|scope| {
            for mail in &mails {
                let customer = Respondent::at(server.client().clone(), mail.link_path());
                scope.spawn(move || {
                    let thanks = customer.answer_all(customer.open(), high, "");
                    assert!(!thanks.listed().is_empty(), "everybody is thanked: {} {}", thanks.answer.status, thanks.title());
                });
            }
        });
        assert_eq!(chosen(&overall(server, &shop)), [("5", 24)]);
        assert_eq!(responses(server), 24);
        let mut database = Any::to(&server.database().target());
        assert_eq!(database.number("SELECT MAX(log_position) AS n FROM response"), 24, "positions have no gap");
        assert_eq!(database.number("SELECT last_position AS n FROM log_position"), 24);
    }
}
