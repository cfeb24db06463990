//! Open links: whoever comes by answers, once for a ticket, and what they say carries the link's place and channel.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Barrier;

use laatu::service::erase::{Whom, erase, find};
use laatu::store::authority;
use laatu_tests::json::{at, count, text};
use laatu_tests::recount::instrument;
use laatu_tests::respondent::with;
use laatu_tests::schema::Any;
use laatu_tests::server::Shop;
use laatu_tests::visitor::{OpenLink, form_of};
use laatu_tests::{Respondent, Server};
use serde_json::{Value, json};
use survey_forms::form::Length;

pub fn choose(_: &str, values: &[String]) -> Option<String> {
    values.get(3).cloned()
}

/// A shop with an open survey in the field and a link at a counter in Turku.
pub fn counter(server: &Server) -> (Shop, OpenLink) {
    let shop = server.shop("tuulia");
    server.open_survey(&shop, &json!({}));
    let link =
        server.open_link(&shop, &json!({"place": "turku", "channel": "in_person", "label": "Counter"}));
    (shop, link)
}

/// All that the database holds, by table.
pub fn everything(server: &Server) -> BTreeMap<String, Vec<Vec<u8>>> {
    let mut database = Any::to(&server.database().target());
    let tables: Vec<String> = database.schema().into_keys().collect();
    assert!(tables.iter().any(|table| table == "invitation"), "{tables:?}");
    tables.into_iter().map(|table| (table.clone(), database.dump(&table))).collect()
}

fn rows(server: &Server, table: &str) -> i64 {
    Any::to(&server.database().target()).number(&format!("SELECT count(*) AS n FROM {table}"))
}

/// The responses of the survey `desk`, each with its columns by name.
fn responses(server: &Server, shop: &Shop) -> Vec<Value> {
    let path = "/api/v1/surveys/desk/responses.jsonl";
    let lines = server.client().get_as(&shop.owner, path).expect(200).text();
    lines.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

on_both! {
    fn looking_at_an_open_link_stores_nothing_however_often(server) {
        let (_, link) = counter(server);
        let action = server.visit(&link).action;
        let before = everything(server);
        for round in 0..50 {
            let other = format!("{}?language=fi&{round}", link.path);
            for path in [&link.path, &other] {
                server.client().get(path).expect(200);
                assert!(server.client().send("HEAD", path, &[], None).expect(200).body.is_empty());
            }
            server.client().get(&action).expect(303);
            server.client().send("HEAD", &action, &[], None).expect(303);
        }
        assert_eq!(everything(server), before);
    }

    fn a_visit_leads_through_every_page_to_the_thanks_and_names_no_order(server) {
        let (shop, link) = counter(server);
        let visitor = server.visit(&link);
        let first = visitor.page.answer.text();
        assert!(first.contains("Shop tuulia") && first.contains("asks you about its service"), "{first}");
        assert_eq!(visitor.page.chosen().len(), 0);
        let mut page = visitor.post(&visitor.fields(choose));
        let form = form_of(&page);
        assert_eq!(page.path, format!("{form}/2"));
        assert_eq!(text(&server.invitations(&shop)[0], "/state"), "started");
        let number = text(&server.invitations(&shop)[0], "/order_number").to_owned();
        assert!(number.starts_with("open-"), "{number}");
        let mut shown = vec![first];
        while page.is_form() {
            shown.push(page.answer.text());
            page = visitor.browser().answer(&page, choose, "All well.");
        }
        shown.push(page.answer.text());
        assert_eq!((page.path.as_str(), page.texts("h1")), (form.as_str(), vec!["Thank you".to_owned()]));
        for html in shown {
            assert!(!html.contains(&number) && !html.contains("About order") && !html.contains("linked to this order"), "{html}");
        }
        assert_eq!(text(&server.invitations(&shop)[0], "/state"), "answered");
        let all = responses(server, &shop);
        assert_eq!(all.len(), 1);
        assert_eq!(text(&all[0], "/collection_mode"), "open_link");
        assert_eq!((text(&all[0], "/channel"), text(&all[0], "/place")), ("in_person", "turku"));
        assert_eq!(text(&all[0], "/service_date"), &server.now()[..10]);
    }

    fn one_ticket_posted_twenty_times_at_once_is_one_form(server) {
        let (shop, link) = counter(server);
        let visitor = server.visit(&link);
        let (fields, gate) = (visitor.fields(choose), Barrier::new(20));
        let places: Vec<String> = std::thread::scope(|scope| {
            let posts: Vec<_> = (0..20)
                .map(|_| {
                    scope.spawn(|| {
                        gate.wait();
                        let answer = visitor.post_only(&fields).expect(303);
                        answer.header("location").expect("a place").to_owned()
                    })
                })
                .collect();
            posts.into_iter().map(|post| post.join().expect("it is answered")).collect()
        });
        assert!(places.iter().all(|place| *place == places[0] && place.ends_with("/2")), "{places:?}");
        for table in ["customer", "purchase_order", "invitation", "saved_page", "job"] {
            assert_eq!(rows(server, table), 1, "{table}");
        }
        let page = visitor.browser().show(&places[0]);
        visitor.browser().answer_all(page, choose, "");
        visitor.post_only(&fields).expect(303);
        assert_eq!((responses(server, &shop).len(), rows(server, "response")), (1, 1));
    }

    fn a_first_page_sent_again_with_other_answers_changes_them(server) {
        let (shop, link) = counter(server);
        let visitor = server.visit(&link);
        let second = visitor.post(&visitor.fields(choose));
        let again = visitor.post(&visitor.fields(|_, values| values.first().cloned()));
        assert_eq!(again.path, second.path);
        let first = visitor.browser().show(&format!("{}/1", form_of(&second)));
        assert!(first.chosen().values().all(|value| value == "1"), "{:?}", first.chosen());
        let back = visitor.browser().show(&visitor.action);
        assert_eq!(form_of(&back), form_of(&second), "the address to which it was posted leads on");
        visitor.browser().answer_all(second, choose, "");
        let thanks = visitor.post(&visitor.fields(choose));
        assert!(!thanks.is_form());
        let all = responses(server, &shop);
        assert_eq!((all.len(), count(&all[0], "/revision")), (1, 2), "{all:?}");
        server.advance_hours(73);
        let late = visitor.post(&visitor.fields(|_, values| values.first().cloned()));
        assert!(late.answer.text().contains("came too late"), "{}", late.answer.text());
    }

    fn a_form_begun_at_a_counter_goes_on_on_another_device_and_runs_out_like_any_other(server) {
        let (shop, link) = counter(server);
        let visitor = server.visit(&link);
        let second = visitor.post(&visitor.fields(choose));
        let phone = Respondent::at(laatu_tests::Client::of(&server.url()), &form_of(&second));
        assert_eq!(phone.open().items(), second.items());
        assert!(phone.open().texts(".note").join("").starts_with("Welcome back"));
        server.advance_days(61);
        server.run_jobs();
        assert_eq!(phone.open().answer.status, 410);
        let report = server.report(&shop.owner, "desk", "");
        assert_eq!(count(&report, "/about/unfinished"), 1);
        assert_eq!(text(&responses(server, &shop)[0], "/collection_mode"), "open_link");
    }

    fn the_language_is_the_browsers_until_another_is_chosen_and_choosing_stores_nothing(server) {
        let (shop, link) = counter(server);
        let in_language = |accepted: &str, path: &str| {
            let answer = server.client().send("GET", path, &[("accept-language", accepted)], None).expect(200);
            laatu_tests::Page { path: path.to_owned(), answer }.language()
        };
        assert_eq!(in_language("pt, fi-FI;q=0.8, en;q=0.5", &link.path), "fi");
        assert_eq!(in_language("pt", &link.path), "en", "the survey's first");
        assert_eq!(in_language("fi", &format!("{}?language=hu", link.path)), "hu");
        assert_eq!(in_language("fi", &format!("{}?language=xx", link.path)), "fi");
        let visitor = server.visit(&link);
        let before = everything(server);
        let half = visitor.fields(|key, values| (key != visitor.page.items()[0].0).then(|| values[2].clone()));
        let swedish = visitor.post(&with(half, "language", "sv"));
        assert_eq!((swedish.answer.status, swedish.language().as_str()), (200, "sv"));
        assert_eq!(swedish.chosen().len(), visitor.page.items().len() - 1);
        assert_eq!(swedish.items(), visitor.page.items());
        assert_eq!(everything(server), before);
        let action = swedish.action().unwrap();
        let second = visitor.browser().follow(&action, server.client().post_form(&action, &swedish.untouched()));
        assert_eq!(second.language(), "sv");
        visitor.browser().answer_all(second, choose, "");
        assert_eq!(text(&responses(server, &shop)[0], "/language"), "sv");
    }

    fn what_cannot_be_taken_is_shown_again_and_begins_nothing(server) {
        let (_, link) = counter(server);
        let visitor = server.visit(&link);
        let before = everything(server);
        let empty = visitor.post(&[]);
        assert_eq!((empty.answer.status, empty.texts(".summary h2")), (200, vec!["This page is still empty".to_owned()]));
        let mut fields = visitor.fields(choose);
        "9".clone_into(&mut fields[0].1);
        let refused = visitor.post(&fields);
        assert_eq!((refused.answer.status, refused.chosen().len()), (422, fields.len() - 1));
        assert!(refused.title().starts_with("Error:"));
        assert_eq!(everything(server), before);
        let action = refused.action().expect("it keeps its ticket");
        assert_eq!(action.split('?').next(), visitor.action.split('?').next());
        let left_open = [("left_open".to_owned(), "1".to_owned())];
        assert!(visitor.post(&left_open).path.ends_with("/2"), "an empty page is taken the second time");
    }

    fn a_form_of_one_page_is_finished_by_its_first_posting(server) {
        let shop = server.shop("tuulia");
        server.open_survey(&shop, &json!({"instrument": "nps"}));
        let link = server.open_link(&shop, &json!({}));
        let visitor = server.visit(&link);
        let thanks = visitor.answer_all(choose, "Kind people.");
        assert_eq!(thanks.texts("h1"), ["Thank you"]);
        assert_eq!(text(&server.invitations(&shop)[0], "/state"), "answered");
        let all = responses(server, &shop);
        assert_eq!((all.len(), at(&all[0], "/place")), (1, &Value::Null));
        assert_eq!(rows(server, "job"), 0, "nothing is left to be ended");
    }

    fn a_report_of_an_open_survey_says_so_and_has_no_response_rate(server) {
        let (shop, turku) = counter(server);
        let slip = server.open_link(&shop, &json!({"channel": "web"}));
        for _ in 0..6 {
            server.visit(&turku).answer_all(choose, "");
        }
        for _ in 0..2 {
            server.visit(&slip).answer_all(choose, "");
        }
        let report = server.report(&shop.owner, "desk", "by=place");
        assert_eq!(text(&report, "/about/collection_mode"), "open_link");
        assert!(report.get("response_rate").is_none(), "{report}");
        assert!(at(&report, "/total").get("weights").is_none(), "nobody was asked, so nobody is missing");
        assert_eq!(count(&report, "/total/outcome/overall/n"), 8);
        assert_eq!(count(&report, "/by/place/turku/outcome/overall/n"), 6);
        assert_eq!(count(&report, "/by/place/none/outcome/overall/n"), 2);
        let by_channel = server.report(&shop.owner, "desk", "by=channel");
        assert_eq!(count(&by_channel, "/by/channel/web/outcome/overall/n"), 2);
        assert_eq!(count(&by_channel, "/by/channel/in_person/outcome/overall/n"), 6);
        let page = server.client().get_as(&shop.owner, "/api/v1/surveys/desk/report.html").expect(200).text();
        assert!(page.contains("Collected by") && !page.contains("delivered invitations"), "{page}");
        let analyst = server.report(&shop.analyst, "desk", "");
        assert!(analyst.get("response_rate").is_none());
    }

    fn no_order_is_ever_offered_to_an_open_survey(server) {
        let (shop, link) = counter(server);
        server.field_survey(&shop, &json!({}));
        server.deliver(&shop, &server.order("A1"));
        server.advance_days(3);
        server.run_jobs();
        server.visit(&link).answer_all(choose, "");
        let of = |survey: &str| {
            server.invitations(&shop).iter().filter(|one| text(one, "/survey") == survey).count()
        };
        assert_eq!((of("field"), of("desk"), server.mailbox().files().len()), (1, 1, 1));
        let all = server.invitations(&shop);
        let number = all.iter().find(|one| text(one, "/survey") == "desk");
        let number = text(number.unwrap(), "/order_number").to_owned();
        server.post_event(&shop, &number, &json!({"kind": "delivered", "at": server.now()})).expect(200);
        server.advance_days(4);
        server.run_jobs();
        assert_eq!(server.mailbox().files().len(), 1, "a visit is no order that could be asked about");
        let field = server.report(&shop.owner, "field", "");
        assert_eq!((count(&field, "/response_rate/sent"), at(&field, "/about").get("collection_mode")), (1, None));
    }

    fn forms_are_drawn_and_each_visitor_keeps_theirs(server) {
        let (_, link) = counter(server);
        let questionnaire = instrument();
        let key = |item: &usize| questionnaire.items()[*item].key.clone();
        let first = |form| questionnaire.pages(form, Length::Standard)[0].items.iter().map(key).collect();
        let all: BTreeSet<Vec<String>> = (0..questionnaire.form_count()).map(first).collect();
        let drawn = |_| server.visit(&link).page.items().into_iter().map(|(key, _)| key).collect();
        // Each form comes with odds of 1 in 13; none is missing after 120 draws with odds of 1 in 14,000.
        let seen: BTreeSet<Vec<String>> = (0..120).map(drawn).collect();
        assert_eq!(seen, all);
        let visitor = server.visit(&link);
        let refused = visitor.post(&[("unknown".to_owned(), "1".to_owned())]);
        assert_eq!(refused.items(), visitor.page.items());
    }

    fn what_is_counted_and_stored_of_visits_fits_and_a_visitor_can_be_erased(server) {
        let (shop, link) = counter(server);
        server.visit(&link).answer_all(choose, "Remember me.");
        server.visit(&link).answer_all(choose, "Keep this.");
        let checked = laatu::service::check::check(server.services(), None).expect("it is checked");
        assert_eq!(checked.differences, []);
        let number = text(&server.invitations(&shop)[0], "/order_number").to_owned();
        let scope = server.services().store.read(|connection| authority::operator(connection, "tuulia")).unwrap();
        let whom = Whom::OrderNumber(number.clone());
        let named = find(server.services(), &scope, &whom).expect("the visitor is found");
        let erased = erase(server.services(), &scope, &named).expect("the visitor is erased");
        assert_eq!((erased.customers, erased.orders, erased.responses, erased.comments), (1, 1, 1, 1));
        assert!(find(server.services(), &scope, &whom).is_err());
        for (table, values) in everything(server) {
            assert!(values.iter().all(|value| !value.windows(number.len()).any(|part| part == number.as_bytes())), "{table}");
        }
        assert_eq!(count(&server.report(&shop.owner, "desk", ""), "/total/outcome/overall/n"), 1);
        let checked = laatu::service::check::check(server.services(), None).expect("it is checked");
        assert_eq!(checked.differences, []);
    }
}
