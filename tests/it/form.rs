//! The form on its way from the link to the thank-you: what is saved when, and what is never lost.

use laatu_tests::json::{at, text};
use laatu_tests::respondent::with;
use laatu_tests::server::Shop;
use laatu_tests::{Client, Page, Respondent, Server};
use serde_json::{Value, json};

fn choose(_: &str, values: &[String]) -> Option<String> {
    values.get(1).cloned()
}

fn invited(server: &Server) -> (Shop, Respondent) {
    let shop = server.shop("tuulia");
    server.field_survey(&shop, &json!({}));
    let customer = server.invite(&shop, "A1", &json!({}));
    (shop, customer)
}

fn state(server: &Server, shop: &Shop) -> String {
    text(&server.invitation(shop, "A1"), "/state").to_owned()
}

on_both! {
    fn looking_changes_nothing_however_often(server) {
        let (shop, customer) = invited(server);
        let before = server.invitations(&shop);
        let first = server.client().get(customer.link()).expect(200);
        for round in 0..50 {
            let page = format!("{}/1", customer.link());
            let query = format!("{}?language=fi&{round}", customer.link());
            for path in [customer.link(), &page, &query] {
                server.client().get(path).expect(200);
                let head = server.client().send("HEAD", path, &[], None).expect(200);
                assert!(head.body.is_empty());
            }
        }
        assert_eq!(server.invitations(&shop), before);
        assert_eq!(server.client().get(customer.link()).expect(200).text(), first.text());
        assert_eq!(state(server, &shop), "sent");
        let report = server.report(&shop.owner, "field", "");
        assert_eq!(at(&report, "/response_rate/answered"), 0);
    }

    fn the_way_leads_through_every_page_to_the_thanks(server) {
        let (shop, customer) = invited(server);
        let mut page = customer.open();
        assert!(page.answer.text().contains("Shop tuulia") && page.answer.text().contains("A1"));
        assert!(page.answer.text().contains("https://tuulia.example/privacy"));
        let mut asked = Vec::new();
        let mut sizes = Vec::new();
        while page.is_form() {
            assert_eq!(page.chosen().len(), 0, "nothing is chosen for the customer");
            let items = page.items();
            sizes.push(items.len());
            asked.extend(items.into_iter().map(|(key, _)| key));
            page = customer.answer(&page, choose, "Thank you, all was well.");
            let expected = if page.is_form() { "started" } else { "answered" };
            assert_eq!(state(server, &shop), expected);
        }
        assert_eq!(sizes, [3, 3, 3, 3, 3], "four blocks of three items, then the order as a whole");
        assert!(asked.ends_with(&["overall".to_owned(), "recommendation".to_owned(), "effort".to_owned()]));
        assert_eq!(page.listed().len(), 16, "{:?}", page.listed());
        assert!(page.answer.text().contains("Thank you, all was well."));
        let later = customer.open();
        assert_eq!((later.is_form(), later.listed()), (false, page.listed()));
        let it = server.invitation(&shop, "A1");
        assert_eq!((text(&it, "/started_at"), text(&it, "/answered_at")), ("2026-05-07T09:00:00Z", "2026-05-07T09:00:00Z"));
    }

    fn a_quick_form_has_one_question_a_page(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({"length": "quick"}));
        let customer = server.invite(&shop, "A1", &json!({}));
        let mut page = customer.open();
        let mut sizes = Vec::new();
        while page.is_form() {
            sizes.push((page.items().len(), page.comment().is_some()));
            page = customer.answer(&page, choose, "");
        }
        assert_eq!(sizes, [(1, false), (1, false), (1, false), (1, false), (1, true)]);
    }

    fn a_form_begun_on_one_device_goes_on_on_another(server) {
        let (_, phone) = invited(server);
        let second = phone.answer(&phone.open(), choose, "");
        let third = phone.answer(&second, |_, values| values.last().cloned(), "");
        let desk = Respondent::at(Client::of(&server.url()), phone.link());
        let there = desk.open();
        let place = |page: &Page| page.path.split('?').next().unwrap().to_owned();
        assert_eq!((place(&there), there.items()), (place(&third), third.items()));
        let before = desk.open_page(2);
        assert_eq!(before.chosen().values().collect::<Vec<_>>(), ["na"; 3]);
        assert_eq!(place(&desk.open_page(5)), place(&third), "nobody jumps ahead");
    }

    fn another_language_keeps_every_answer(server) {
        let (shop, customer) = invited(server);
        let second = customer.answer(&customer.open(), choose, "");
        let half = second.fill(|key, values| (key != second.items()[2].0).then(|| values[4].clone()), "");
        let finnish = customer.post(&second, &with(half.clone(), "language", "fi"));
        assert_eq!((finnish.language().as_str(), &finnish.path), ("fi", &second.path));
        assert_ne!(finnish.title(), second.title());
        let chosen: Vec<(String, String)> = finnish.chosen().into_iter().collect();
        let mut expected: Vec<(String, String)> = half.into_iter().filter(|(name, _)| name != "left_open").collect();
        expected.sort();
        assert_eq!(chosen, expected);
        assert_eq!(customer.open_page(1).language(), "fi");
        assert_eq!(customer.open_page(1).chosen().len(), 3);
        let thanks = customer.answer_all(finnish, choose, "");
        assert_eq!(thanks.language(), "fi");
        let in_finnish = server.report(&shop.owner, "field", "language=fi");
        assert_eq!(at(&in_finnish, "/total/outcome/overall/n"), 1);
        assert_eq!(text(&server.invitation(&shop, "A1"), "/language"), "fi");
    }

    fn back_keeps_what_was_typed_on_both_pages(server) {
        let (_, customer) = invited(server);
        let second = customer.answer(&customer.open(), choose, "");
        let typed = second.fill(|_, values| values.first().cloned(), "");
        let first = customer.post(&second, &with(typed, "go", "back"));
        assert_eq!(first.chosen().values().collect::<Vec<_>>(), ["2"; 3]);
        assert!(first.path.ends_with("/1"), "{}", first.path);
        let again = customer.post(&first, &first.untouched());
        assert_eq!(again.path, second.path);
        assert_eq!(again.chosen().values().collect::<Vec<_>>(), ["1"; 3]);
    }

    fn an_empty_page_is_shown_once_more_and_then_accepted(server) {
        let (shop, customer) = invited(server);
        let first = customer.open();
        let again = customer.post(&first, &first.untouched());
        assert_eq!((again.answer.status, again.items()), (200, first.items()));
        assert_eq!(again.texts(".summary h2"), ["This page is still empty"]);
        assert_eq!(state(server, &shop), "sent", "an empty page is no beginning");
        let second = customer.post(&again, &again.untouched());
        assert_ne!(second.items(), first.items());
        assert_eq!(state(server, &shop), "started");
        let thanks = customer.answer_all(second, choose, "");
        assert_eq!(thanks.listed().iter().filter(|(_, answer)| answer == "Left open").count(), 3 + 1);
        let report = server.report(&shop.owner, "field", "");
        let skipped: u64 = first.items().iter().map(|(key, _)| at(&report, &format!("/total/items/{key}/skipped")).as_u64().unwrap()).sum();
        assert_eq!(skipped, 3);
    }

    fn a_code_outside_of_the_scale_is_refused_and_the_rest_is_kept(server) {
        let (shop, customer) = invited(server);
        let first = customer.open();
        let keys: Vec<String> = first.items().into_iter().map(|(key, _)| key).collect();
        for bad in ["6", "0", "05", "five", "-1", "٣"] {
            let fields = [(keys[0].clone(), bad.to_owned()), (keys[1].clone(), "4".to_owned())];
            let refused = customer.post(&first, &fields);
            assert_eq!(refused.answer.status, 422, "{bad}");
            assert_eq!(refused.chosen().into_iter().collect::<Vec<_>>(), [(keys[1].clone(), "4".to_owned())]);
            assert!(refused.title().starts_with("Error:"), "{}", refused.title());
            assert_eq!(refused.texts(".summary.bad li a").len(), 1);
            assert_eq!(refused.texts(&format!("#m-{}", keys[0])).len(), 1);
        }
        let unknown = customer.post(&first, &[("no_such_item".to_owned(), "4".to_owned())]);
        assert_eq!(unknown.answer.status, 422);
        let twice = [(keys[0].clone(), "4".to_owned()), (keys[0].clone(), "5".to_owned())];
        assert_eq!(customer.post(&first, &twice).answer.status, 422);
        assert_eq!(state(server, &shop), "sent", "nothing was stored");
        assert_eq!(customer.open().chosen().len(), 0);
    }

    fn a_comment_that_is_too_long_is_kept_on_the_page(server) {
        let (shop, customer) = invited(server);
        let mut page = customer.open();
        while page.comment().is_none() {
            page = customer.answer(&page, choose, "");
        }
        let long = "ä".repeat(2001);
        let refused = customer.post(&page, &page.fill(choose, &long));
        assert_eq!((refused.answer.status, refused.comment().as_deref()), (422, Some(long.as_str())));
        assert_eq!(refused.chosen().len(), 3);
        assert_eq!(state(server, &shop), "started");
        let fits = "ä".repeat(2000);
        let thanks = customer.post(&page, &page.fill(choose, &fits));
        assert!(!thanks.is_form() && thanks.answer.text().contains(&fits));
    }

    fn words_of_a_customer_are_text_and_never_markup(server) {
        let (_, customer) = invited(server);
        let words = "<script>alert(1)</script> & \"quotes\" {{organisation}} </textarea>";
        let page = customer.open();
        let thanks = customer.answer_all(page, choose, words);
        assert!(thanks.texts("script").is_empty());
        assert!(thanks.listed().iter().any(|(_, answer)| answer == words), "{:?}", thanks.listed());
        let correcting = customer.open_page(5);
        assert_eq!(correcting.comment().as_deref(), Some(words));
    }

    fn a_form_that_runs_out_half_way_counts_with_its_saved_pages(server) {
        let (shop, customer) = invited(server);
        let first = customer.open();
        let second = customer.answer(&first, choose, "");
        let of = |report: &Value, key: &str, field: &str| at(report, &format!("/total/items/{key}/{field}")).clone();
        let key = first.items()[0].0.clone();
        let before = server.report(&shop.owner, "field", "");
        assert_eq!((at(&before, "/about/unfinished"), of(&before, &key, "n")), (&json!(0), json!(0)));
        server.advance_days(61);
        server.run_jobs();
        assert_eq!(state(server, &shop), "expired");
        let after = server.report(&shop.owner, "field", "");
        assert_eq!((at(&after, "/about/unfinished"), of(&after, &key, "n")), (&json!(1), json!(1)));
        assert_eq!(of(&after, &second.items()[0].0, "not_shown"), json!(1));
        assert_eq!(at(&after, "/response_rate/answered"), 0);
    }
}
