//! Open links in the wrong hands, or at the wrong time: nothing is stored that nobody answered, and nothing typed is lost.

use laatu_tests::json::text;
use laatu_tests::server::Shop;
use laatu_tests::visitor::{OpenLink, form_body};
use laatu_tests::{Answer, Respondent, Server, mistyped};
use serde_json::json;

use crate::open_links::{choose, counter, everything};

fn set(server: &Server, shop: &Shop, state: &str) {
    server.client().post_json(&shop.owner, &format!("/api/v1/surveys/desk/{state}"), &json!({})).expect(200);
}

fn close(server: &Server, shop: &Shop, link: &OpenLink) {
    let path = format!("/api/v1/surveys/desk/links/{}/close", link.id);
    server.client().post_json(&shop.owner, &path, &json!({})).expect(200);
}

fn heading(answer: &Answer) -> String {
    laatu_tests::Page { path: String::new(), answer: answer.clone() }.texts("h1").join("")
}

on_both! {
    fn a_ticket_of_another_link_or_a_changed_one_begins_nothing_and_keeps_what_was_typed(server) {
        let (shop, link) = counter(server);
        let other = server.open_link(&shop, &json!({"place": "oulu"}));
        let visitor = server.visit(&link);
        let fields = visitor.fields(choose);
        let before = everything(server);
        let elsewhere = visitor.action.replace(&link.path, &other.path);
        let changed = format!("{}/{}", link.path, "a".repeat(52));
        for path in [elsewhere, changed, format!("{}/x", link.path), link.path.clone()] {
            let refused = server.client().post_form(&path, &fields).expect(422);
            let page = laatu_tests::Page { path, answer: refused };
            assert_eq!(page.texts(".summary h2"), ["Please send this page once more"]);
            assert_ne!(page.action().as_deref(), Some(visitor.action.as_str()));
        }
        assert_eq!(everything(server), before);
    }

    fn a_page_open_for_more_than_a_day_is_shown_anew_with_its_answers(server) {
        let (shop, link) = counter(server);
        let visitor = server.visit(&link);
        let fields = visitor.fields(choose);
        let before = everything(server);
        server.advance_hours(25);
        let anew = visitor.post(&fields);
        assert_eq!((anew.answer.status, anew.texts(".summary h2")), (200, vec!["Please send this page once more".to_owned()]));
        assert_eq!(anew.items(), visitor.page.items(), "it is the same form");
        assert_eq!(anew.chosen().len(), fields.len(), "nothing typed is lost");
        assert_eq!(everything(server), before);
        let action = anew.action().unwrap();
        assert_ne!(action, visitor.action);
        server.client().post_form(&action, &anew.untouched()).expect(303);
        assert_eq!(server.invitations(&shop).len(), 1);
        server.advance_hours(25);
        server.client().post_form(&action, &anew.untouched()).expect(303);
        assert_eq!(server.invitations(&shop).len(), 1, "what was begun is found by its ticket however late");
    }

    fn sixty_forms_a_minute_begin_by_a_link_and_the_next_waits_without_losing_a_word(server) {
        let (shop, link) = counter(server);
        for _ in 0..60 {
            let visitor = server.visit(&link);
            visitor.post_only(&visitor.fields(choose)).expect(303);
        }
        let late = server.visit(&link);
        let fields = late.fields(choose);
        let busy = late.post(&fields);
        assert_eq!((busy.answer.status, busy.answer.header("retry-after")), (503, Some("60")));
        assert_eq!(busy.texts(".summary h2"), ["One moment, please"]);
        assert_eq!((busy.chosen().len(), busy.action()), (fields.len(), Some(late.action.clone())));
        let elsewhere = server.open_link(&shop, &json!({}));
        let visitor = server.visit(&elsewhere);
        visitor.post_only(&visitor.fields(choose)).expect(303);
        assert_eq!(server.invitations(&shop).len(), 61);
        server.advance_hours(1);
        late.post_only(&fields).expect(303);
        assert_eq!(server.invitations(&shop).len(), 62);
    }

    fn a_paused_or_closed_link_says_so_kindly_and_lets_what_was_begun_be_finished(server) {
        let (shop, link) = counter(server);
        let (begun, waiting) = (server.visit(&link), server.visit(&link));
        let second = begun.post(&begun.fields(choose));
        let before = everything(server);
        set(server, &shop, "pause");
        for answer in [server.client().get(&link.path), waiting.post_only(&waiting.fields(choose))] {
            assert_eq!((answer.status, heading(&answer).as_str()), (503, "Not open just now"));
            assert!(answer.text().contains("care@tuulia.example"));
        }
        set(server, &shop, "start");
        server.client().get(&link.path).expect(200);
        close(server, &shop, &link);
        for answer in [server.client().get(&link.path), waiting.post_only(&waiting.fields(choose))] {
            assert_eq!((answer.status, heading(&answer).as_str()), (410, "These questions are closed"));
        }
        let rows = |all: &std::collections::BTreeMap<String, Vec<Vec<u8>>>| all["invitation"].clone();
        assert_eq!(rows(&everything(server)), rows(&before));
        begun.post_only(&begun.fields(|_, values| values.first().cloned())).expect(303);
        let thanks = begun.browser().answer_all(second, choose, "");
        assert_eq!(thanks.texts("h1"), ["Thank you"]);
        let finnish = server.client().send("GET", &link.path, &[("accept-language", "fi")], None).expect(410);
        assert_eq!(heading(&finnish), "Tämä kysely on päättynyt");
    }

    fn an_unknown_link_is_the_same_page_as_an_unknown_form(server) {
        let (_, link) = counter(server);
        let unknown = server.client().get("/s/nowhere.nothing").expect(404).without_date_and_id();
        let other = mistyped(&link.path);
        for path in ["/o/nowhere.nothing", "/o", "/o/", &other, &link.path[..20], &format!("{other}/")] {
            assert_eq!(server.client().get(path).expect(404).without_date_and_id(), unknown, "{path}");
        }
        let posted = server.client().post_form(&format!("{other}/{}", "a".repeat(52)), &[]).expect(404);
        assert_eq!(posted.without_date_and_id(), unknown);
    }

    fn pages_of_open_links_are_closed_to_scripts_cookies_and_strangers(server) {
        let (_, link) = counter(server);
        let visitor = server.visit(&link);
        let refused = visitor.post_only(&[("unknown".to_owned(), "1".to_owned())]).expect(422);
        for (answer, cached) in [(&visitor.page.answer, "private, no-cache"), (&refused, "no-store")] {
            let header = |name: &str| answer.header(name).unwrap_or_default().to_owned();
            assert_eq!(header("cache-control"), cached);
            assert_eq!((header("set-cookie"), header("referrer-policy").as_str()), (String::new(), "no-referrer"));
            let policy = header("content-security-policy");
            assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
            assert!(policy.contains("form-action 'self'"), "{policy}");
            assert!(!answer.text().contains("<script"));
        }
        let text = [("content-type", "text/plain")];
        let body = form_body(&visitor.fields(choose));
        let fields = body.as_bytes();
        server.client().send("POST", &visitor.action, &text, Some(fields)).expect(415);
        let refused = server.client().send("PUT", &link.path, &text, Some(fields)).expect(405);
        assert_eq!(refused.header("allow"), Some("GET, HEAD, POST"));
    }

    fn a_browser_that_goes_back_to_a_begun_form_is_led_on(server) {
        let (shop, link) = counter(server);
        let visitor = server.visit(&link);
        visitor.post_only(&visitor.fields(choose)).expect(303);
        let again = Respondent::at(server.client().clone(), &visitor.action).open();
        assert!(again.path.starts_with("/s/") && again.texts(".note").len() == 1, "{}", again.path);
        assert_eq!(server.invitations(&shop).len(), 1);
        assert_eq!(text(&server.invitations(&shop)[0], "/language"), "en");
    }
}
