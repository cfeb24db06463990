//! An organisation's own words and colour, from its settings to what customers read; and nothing else gets through.

use std::collections::BTreeSet;
use std::io::Read;

use laatu::service::coloured_page::hash;
use laatu_tests::json::{at, pointers, text};
use laatu_tests::respondent::with;
use laatu_tests::server::Shop;
use laatu_tests::web::Answer;
use laatu_tests::{Page, Server};
use serde_json::{Value, json};
use survey_forms::render::style;

const PATH: &str = "/api/v1/organisation";

fn put(server: &Server, shop: &Shop, change: &Value) -> Answer {
    server.client().send_json("PUT", &shop.owner, PATH, change)
}

fn everything() -> Value {
    json!({
        "accent": "#B3123E",
        "closing_words": {"en": "Fair winds{{#if place}} from {{place}}{{/if}}!\nOrder {{order}} <b>", "fi": "Myötätuulta!"},
        "you_said_we_did": {"en": "You said: late.\nWe did: a second van."},
        "recovery_offer": {"words": "We deliver order {{order}} anew.", "link": "https://tuulia.example/help"},
        "privacy_text": {"en": "{{organisation}} keeps little.", "fi": "Säilytämme vain vähän."}
    })
}

fn worst(_: &str, values: &[String]) -> Option<String> {
    codes(values).into_iter().min().map(|code| code.to_string())
}

fn best(_: &str, values: &[String]) -> Option<String> {
    codes(values).into_iter().max().map(|code| code.to_string())
}

fn codes(values: &[String]) -> Vec<u8> {
    values.iter().filter_map(|value| value.parse().ok()).collect()
}

fn main_of(page: &Page) -> String {
    page.texts("main").join("")
}

/// Whether the policy of a page allows the styles that it has, each by its hash, and nothing else.
#[track_caller]
fn styles_are_allowed(answer: &Answer, body: &str, count: usize) {
    let policy = answer.header("content-security-policy").unwrap();
    let directive = policy.split("; ").find_map(|one| one.strip_prefix("style-src ")).unwrap();
    let allowed: BTreeSet<String> =
        directive.split(' ').map(|one| one.trim_matches('\'').to_owned()).collect();
    let styles = body.split("<style>").skip(1).map(|rest| rest.split("</style>").next().unwrap());
    let there: BTreeSet<String> = styles.map(|style| hash(style).to_string()).collect();
    assert_eq!((&allowed, there.len()), (&there, count), "{policy}\n{body}");
    assert!(allowed.contains(&*hash(style())) && !policy.contains("unsafe"), "{policy}");
}

on_both! {
    fn own_words_stand_where_customers_read_them_in_their_language(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({"length": "quick"}));
        put(server, &shop, &everything()).expect(200);
        let customer = server.invite(&shop, "A1", &json!({"place": "Kamppi"}));
        let mail = server.mailbox().to("customer-A1@example.org");
        let lines: Vec<&str> = mail.text.lines().collect();
        assert!(lines.contains(&"Fair winds from Kamppi!") && lines.contains(&"Order A1 <b>"), "{}", mail.text);
        assert!(mail.html.contains("Order A1 &lt;b&gt;") && mail.html.contains("background:#b3123e"), "{}", mail.html);
        let page = customer.open();
        assert!(page.texts("footer").join("").contains("Shop tuulia keeps little."));
        let end = customer.answer_all(page, worst, "");
        let words = main_of(&end);
        let order = [
            "Your answers have arrived.", "Fair winds from Kamppi!", "Order A1 <b>", "look for what to do better",
            "We would like to put this right", "We deliver order A1 anew.", "a person looks into it: care@tuulia.example",
            "You said, we did", "You said: late.", "We did: a second van.", "Your answers", "Change your answers",
        ];
        let mut from = 0;
        for wanted in order {
            let found = words[from..].find(wanted);
            assert!(found.is_some(), "{wanted} is missing or out of order in {words}");
            from += found.unwrap();
        }
        assert!(end.answer.text().contains("href=\"https://tuulia.example/help\""));
        // Finnish has its own goodbye, no words on what was done, and the offer that is for all languages.
        let finnish = main_of(&customer.show(&format!("{}?language=fi", customer.link())));
        assert!(finnish.contains("Myötätuulta!") && !finnish.contains("a second van"), "{finnish}");
        assert!(finnish.contains("We deliver order A1 anew.") && !finnish.contains("Te sanoitte"), "{finnish}");
        let swedish = main_of(&customer.show(&format!("{}?language=sv", customer.link())));
        assert!(!swedish.contains("Fair winds") && !swedish.contains("Myötätuulta"), "{swedish}");
    }

    fn help_is_offered_to_everyone_who_judges_low_and_to_nobody_else(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({"length": "quick"}));
        put(server, &shop, &everything()).expect(200);
        let offered = |page: &Page| main_of(page).contains("anew.");
        let high = server.invite(&shop, "H1", &json!({}));
        assert!(!offered(&high.answer_all(high.open(), best, "")));
        let silent = server.invite(&shop, "S1", &json!({}));
        let mut page = silent.open();
        while page.is_form() {
            page = silent.post(&page, &with(page.untouched(), "left_open", "1"));
        }
        assert!(!offered(&page), "{}", page.answer.text());
        let low = server.invite(&shop, "L1", &json!({}));
        assert!(offered(&low.answer_all(low.open(), worst, "")));
        // The link is safe to keep: the offer is there later, and goes when the judgement is corrected.
        server.advance_hours(20);
        assert!(offered(&low.open()));
        for number in 1..20 {
            let page = low.open_page(number);
            if page.is_form() {
                low.answer(&page, best, "");
            }
        }
        assert!(!offered(&low.open()), "{:?}", low.open().listed());
    }

    fn the_threshold_of_the_offer_is_in_points_of_a_hundred(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({"instrument": "nps", "length": "standard"}));
        let choose = |code: &'static str| move |_: &str, values: &[String]| {
            values.iter().find(|value| *value == code).cloned()
        };
        for (number, below, code, is_offered) in
            [("T1", None, "2", false), ("T2", Some(70), "6", true), ("T3", Some(70), "7", false), ("T4", None, "1", true)]
        {
            let offer = json!({"recovery_offer": {"words": "Let us help.", "below": below}});
            put(server, &shop, &offer).expect(200);
            let customer = server.invite(&shop, number, &json!({}));
            let end = customer.answer_all(customer.open(), choose(code), "");
            assert_eq!(main_of(&end).contains("Let us help."), is_offered, "{number}: {}", main_of(&end));
        }
    }

    fn every_form_page_allows_exactly_the_styles_that_it_has(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({"length": "quick"}));
        let customer = server.invite(&shop, "A1", &json!({}));
        let late = server.invite(&shop, "A2", &json!({}));
        for (accent, count) in [("", 1), ("#b3123e", 2), ("#1d4ed8", 2)] {
            put(server, &shop, &json!({"accent": accent})).expect(200);
            let plain = server.client().send("GET", customer.link(), &[("accept-encoding", "identity")], None).expect(200);
            styles_are_allowed(&plain, &plain.text(), count);
            assert!(plain.text().contains(accent), "{accent} shows at once");
            let packed = server.client().send("GET", customer.link(), &[("accept-encoding", "gzip")], None).expect(200);
            let mut unpacked = String::new();
            flate2::read::GzDecoder::new(&packed.body[..]).read_to_string(&mut unpacked).unwrap();
            styles_are_allowed(&packed, &unpacked, count);
        }
        let page = customer.open();
        let left_open = customer.post_only(&page, &[]).expect(200);
        styles_are_allowed(&left_open, &left_open.text(), 2);
        let odd = page.items().into_iter().map(|(key, _)| (key, "77".to_owned())).collect::<Vec<_>>();
        let refused = customer.post_only(&page, &odd).expect(422);
        styles_are_allowed(&refused, &refused.text(), 2);
        let end = customer.answer_all(page, best, "");
        styles_are_allowed(&end.answer, &end.answer.text(), 2);
        let dead = server.client().get(&format!("/s/{}.{}", "a".repeat(10), "b".repeat(32))).expect(404);
        styles_are_allowed(&dead, &dead.text(), 1);
        server.advance_days(2);
        let changed = customer.post_only(&Page { path: format!("{}/1", customer.link()), ..end }, &odd).expect(200);
        styles_are_allowed(&changed, &changed.text(), 2);
        server.advance_days(60);
        let expired = late.open().answer.expect(410);
        styles_are_allowed(&expired, &expired.text(), 2);
    }

    fn what_is_shown_can_be_sent_back_and_words_are_replaced_as_a_whole(server) {
        let shop = server.shop("tuulia");
        let read = || server.client().get_as(&shop.analyst, PATH).expect(200).json();
        let before = read();
        assert_eq!((text(&before, "/accent"), text(&before, "/closing_words")), ("", ""));
        assert_eq!(at(&before, "/recovery_offer"), &Value::Null);
        assert_eq!(put(server, &shop, &before).expect(200).json(), before);
        let full = put(server, &shop, &everything()).expect(200).json();
        assert_eq!(full, read());
        assert_eq!(text(&full, "/accent"), "#b3123e");
        assert_eq!(text(&full, "/closing_words/fi"), "Myötätuulta!");
        assert_eq!(at(&full, "/recovery_offer"), &json!({
            "words": "We deliver order {{order}} anew.", "below": null, "link": "https://tuulia.example/help"
        }));
        assert_eq!(put(server, &shop, &full).expect(200).json(), full);
        let other = json!({
            "closing_words": {"sv": "Hej då"}, "privacy_text": "We keep {little}.", "recovery_offer": {"words": {"en": "Help"}, "below": 40}
        });
        let changed = put(server, &shop, &other).expect(200).json();
        assert_eq!(at(&changed, "/closing_words"), &json!({"sv": "Hej då"}));
        assert_eq!(text(&changed, "/privacy_text"), "We keep {little}.");
        assert_eq!(at(&changed, "/recovery_offer"), &json!({"words": {"en": "Help"}, "below": 40, "link": null}));
        assert_eq!(at(&changed, "/you_said_we_did"), at(&full, "/you_said_we_did"), "what is not named stays");
        let back = json!({
            "accent": "", "closing_words": "", "you_said_we_did": {}, "privacy_text": {"en": ""}, "recovery_offer": {"words": ""}
        });
        assert_eq!(put(server, &shop, &back).expect(200).json(), before);
    }

    fn whatever_is_wrong_is_named_at_once_and_nothing_is_changed(server) {
        let shop = server.shop("tuulia");
        let before = server.client().get_as(&shop.owner, PATH).expect(200).json();
        let wrong = json!({
            "name": "Tuulian talo", "slug": "lempi", "accent": "#f2b134",
            "closing_words": {"en": "Bye {{ordre}}", "xx": "Bye", "fi": "{{{order}}}"},
            "you_said_we_did": "{{#each order}}x{{/each}}",
            "privacy_text": "Order {{order}}",
            "recovery_offer": {"words": "Rate us", "below": 101, "link": "http://tuulia.example", "extra": 1}
        });
        let problem = put(server, &shop, &wrong).expect(422).json();
        assert_eq!(pointers(&problem), [
            "/slug", "/accent", "/privacy_text", "/closing_words/en", "/closing_words/xx", "/closing_words/fi",
            "/you_said_we_did", "/recovery_offer/below", "/recovery_offer/link", "/recovery_offer/extra",
        ]);
        let message = |place: usize| text(&problem, &format!("/errors/{place}/message")).to_owned();
        assert!(message(1).contains("too light for a light page") && message(1).contains("would do"), "{}", message(1));
        assert!(message(3).contains("line 1, column 5: \"ordre\" is not known; did you mean \"order\"?"), "{}", message(3));
        assert!(message(2).contains("{{order}} cannot stand here"), "{}", message(2));
        assert_eq!(server.client().get_as(&shop.owner, PATH).expect(200).json(), before);
        let bare = put(server, &shop, &json!({"recovery_offer": "Help", "closing_words": 7})).expect(422).json();
        assert_eq!(pointers(&bare), ["/closing_words", "/recovery_offer"]);
        put(server, &shop, &json!({"recovery_offer": {"below": 40}})).expect(422);
    }

    fn the_colour_that_a_refusal_names_is_taken(server) {
        let shop = server.shop("tuulia");
        for colour in ["#ffffff", "#f2b134", "#ff6600", "#7fdbca"] {
            let problem = put(server, &shop, &json!({"accent": colour})).expect(422).json();
            let words = text(&problem, "/errors/0/message").to_owned();
            let near = &words[words.rfind('#').unwrap()..][..7];
            let changed = put(server, &shop, &json!({"accent": near})).expect(200).json();
            assert_eq!(text(&changed, "/accent"), near, "{words}");
        }
    }

    fn words_of_one_organisation_are_on_no_page_of_another(server) {
        let (tuulia, lempi) = (server.shop("tuulia"), server.shop("lempi"));
        server.field_survey(&lempi, &json!({"length": "quick"}));
        put(server, &tuulia, &everything()).expect(200);
        let shown = server.client().get_as(&lempi.owner, PATH).expect(200).json();
        assert_eq!((text(&shown, "/accent"), text(&shown, "/closing_words")), ("", ""));
        let customer = server.invite(&lempi, "A1", &json!({}));
        let end = customer.answer_all(customer.open(), worst, "");
        for body in [end.answer.text(), server.mailbox().to("customer-A1@example.org").html] {
            assert!(!body.contains("b3123e") && !body.contains("Fair winds") && !body.contains("anew"), "{body}");
        }
        for key in [&tuulia.analyst, &tuulia.sender] {
            let refused = server.client().send_json("PUT", key, PATH, &json!({"closing_words": "x"}));
            assert_eq!(refused.status, 403);
        }
    }
}
