//! Every kind of question over HTTP: answered, branched, gone back on, corrected, exported and reported.

use std::collections::BTreeMap;

use laatu::service::check::check;
use laatu::service::erase::{Whom, erase, find};
use laatu::store::authority;
use laatu_tests::json::{at, count, text};
use laatu_tests::respondent::Fields;
use laatu_tests::schema::Any;
use laatu_tests::server::Shop;
use laatu_tests::{Page, Respondent, Server};
use serde_json::{Value, json};

const SAMPLER: &str = include_str!("../fixtures/sampler.toml");
const PATH: &str = "/api/v1/surveys/field/responses";

/// Two open questions and nothing else.
const WORDS_ALONE: &str = "format = 1\nkey = \"words-alone\"\nversion = 1\nwording = { en = \"draft\" }\n\
    [design]\nforms = \"all\"\n[[section]]\nkey = \"two\"\n\
    [[section.question]]\nkey = \"best\"\nkind = \"long_text\"\n\
    [[section.question]]\nkey = \"worst\"\nkind = \"long_text\"\n\
    [text.en]\nname = \"Two questions\"\n[text.en.section]\ntwo = \"Your words\"\n\
    [text.en.question]\nbest = \"What was best?\"\nworst = \"What was worst?\"\n";

fn publish(server: &Server, shop: &Shop, file: &str) {
    let bearer = format!("Bearer {}", shop.owner);
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/toml")];
    server.client().send("POST", "/api/v1/instruments", &headers, Some(file.as_bytes())).expect(201);
}

/// Publishes the sampler and puts it into the field.
fn in_field(server: &Server) -> Shop {
    let shop = server.shop("tuulia");
    publish(server, &shop, SAMPLER);
    server.field_survey(&shop, &json!({"instrument": "sampler"}));
    shop
}

/// The page's own fields with these in place of those of the same name.
fn filled(page: &Page, answers: &[(&str, &str)]) -> Fields {
    let mut fields = page.untouched();
    fields.retain(|(name, _)| answers.iter().all(|(other, _)| other != name));
    fields.extend(answers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    fields
}

fn send(customer: &Respondent, page: &Page, answers: &[(&str, &str)]) -> Page {
    customer.post(page, &filled(page, answers))
}

/// Whether a page has this field.
fn asks(page: &Page, field: &str) -> bool {
    page.answer.text().contains(&format!(" name=\"{field}\""))
}

fn part(page: &Page) -> String {
    page.texts(".where").join("").split(" · ").next().unwrap_or_default().to_owned()
}

const USED: [(&str, &str); 2] = [("used__page", "1"), ("used__shop", "1")];
const RANKS: [(&str, &str); 3] = [("matters__speed", "2"), ("matters__price", "3"), ("matters__care", "1")];

/// Answers every page with both branches; gives the page of thanks.
fn answer_all(customer: &Respondent) -> Page {
    let page = send(customer, &customer.open(), &[("recurred", "1"), ("way_here", "2")]);
    assert!(asks(&page, "times"), "yes leads to the branch");
    let page = send(customer, &page, &[("times", "12"), ("what_again", "The lid broke.")]);
    let page = send(customer, &page, &[("mending_done", "2")]);
    let page = send(customer, &page, &[&USED[..], &RANKS[..]].concat());
    assert!(asks(&page, "what_bad"), "a low mark leads to the branch");
    let page = send(customer, &page, &[("what_bad", "The glue,\r\nabove all.")]);
    send(customer, &page, &[("overall", "3"), ("comment", "Thanks, \"all\" of you")])
}

fn csv(server: &Server, shop: &Shop, query: &str) -> Vec<BTreeMap<String, String>> {
    let answer = server.client().get_as(&shop.owner, &format!("{PATH}.csv?{query}")).expect(200);
    csv::ReaderBuilder::new()
        .from_reader(&answer.body[..])
        .deserialize()
        .map(|row| row.expect("a row"))
        .collect()
}

fn lines(server: &Server, shop: &Shop) -> Vec<Value> {
    let answer = server.client().get_as(&shop.owner, &format!("{PATH}.jsonl")).expect(200);
    answer.text().lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

fn of<'a>(listed: &'a [(String, String)], question: &str) -> Option<&'a str> {
    listed.iter().find(|(asked, _)| asked == question).map(|(_, answer)| answer.as_str())
}

on_both! {
    fn every_kind_is_answered_and_shown_as_given(server) {
        let shop = in_field(server);
        let customer = server.invite(&shop, "A1", &json!({}));
        let thanks = answer_all(&customer);
        assert!(!thanks.is_form());
        let listed = thanks.listed();
        assert_eq!(listed.len(), 10);
        for (question, answer) in [
            ("Did it happen again?", "Yes"),
            ("How did you find us?", "A friend told me"),
            ("How many times did it happen?", "12"),
            ("What happened, in a few words?", "The lid broke."),
            ("What did you use?", "The website\nA shop"),
            ("What matters most to you?", "1. That somebody cares\n2. That it is quick\n3. That it costs little"),
            ("What should we have mended better?", "The glue,\nabove all."),
            ("What else would you like to say?", "Thanks, \"all\" of you"),
        ] {
            assert_eq!(of(&listed, question), Some(answer));
        }
        assert!(customer.show(&format!("{}?language=fi", customer.link())).answer.text().contains("Verkkosivuja"));
    }

    fn who_is_led_past_a_branch_never_sees_it(server) {
        let shop = in_field(server);
        let customer = server.invite(&shop, "A1", &json!({}));
        let first = customer.open();
        assert_eq!(part(&first), "Part 1");
        let page = send(&customer, &first, &[("recurred", "0"), ("way_here", "1")]);
        assert!(asks(&page, "mending_done"));
        assert_eq!(part(&page), "Part 2", "the mark on this page still decides");
        let past = server.client().get(&format!("{}/2", customer.link()));
        assert_eq!((past.status, past.header("location")), (303, Some(page.path.as_str())));
        let late = customer.post_only(&Page { path: format!("{}/2", customer.link()), ..page.clone() }, &[("times".into(), "3".into())]);
        assert_eq!((late.status, late.header("location")), (303, Some(page.path.as_str())));
        let page = send(&customer, &page, &[("mending_done", "5")]);
        assert_eq!(part(&page), "Part 3 of 4");
        let back = customer.post(&page, &[("go".into(), "back".into())]);
        assert!(asks(&back, "mending_done"));
        let back = customer.post(&back, &[("mending_done".into(), "5".into()), ("go".into(), "back".into())]);
        assert!(asks(&back, "recurred"), "back leads past it, too");
        let page = customer.open_page(4);
        let page = send(&customer, &page, &[("used__nothing", "1")]);
        assert!(asks(&page, "overall") && part(&page) == "Part 4 of 4");
        let thanks = send(&customer, &page, &[("overall", "5"), ("comment", "Fine.")]);
        let listed = thanks.listed();
        assert_eq!((listed.len(), of(&listed, "How many times did it happen?")), (7, None));
        let row = &csv(server, &shop, "")[0];
        assert_eq!((row["recurred"].as_str(), row["times"].as_str(), row["what_bad"].as_str()), ("0", "", ""));
        assert_eq!((row["used__nothing"].as_str(), row["used__page"].as_str()), ("1", "0"));
        assert_eq!((row["matters__care"].as_str(), row["comment"].as_str()), ("skipped", "Fine."));
    }

    fn a_changed_answer_takes_a_branch_back_and_brings_it_again(server) {
        let shop = in_field(server);
        let customer = server.invite(&shop, "A1", &json!({}));
        let page = send(&customer, &customer.open(), &[("recurred", "1"), ("way_here", "2")]);
        assert_eq!(part(&page), "Part 2");
        send(&customer, &page, &[("times", "12"), ("what_again", "The lid.")]);
        let first = customer.open_page(1);
        assert_eq!(first.chosen()["recurred"], "1");
        let page = send(&customer, &first, &[("recurred", "0")]);
        assert!(asks(&page, "mending_done"));
        let page = send(&customer, &page, &[("mending_done", "4")]);
        let page = send(&customer, &page, &RANKS);
        let thanks = send(&customer, &page, &[("overall", "4"), ("comment", "")]);
        assert!(!thanks.is_form());
        let row = &csv(server, &shop, "")[0];
        assert_eq!((row["times"].as_str(), row["what_again"].as_str(), row["comment"].as_str()), ("", "", ""));
        let first = customer.open_page(1);
        let branch = send(&customer, &first, &[("recurred", "1")]);
        // The branch was passed once; what was said there counts again as it stands.
        assert!(!branch.is_form());
        let row = &csv(server, &shop, "")[0];
        assert_eq!((row["recurred"].as_str(), row["times"].as_str(), row["what_again"].as_str()), ("1", "12", "The lid."));
        assert_eq!(row["revision"], "2");
    }

    fn a_correction_that_opens_a_branch_leads_to_it(server) {
        let shop = in_field(server);
        let customer = server.invite(&shop, "A1", &json!({}));
        let page = send(&customer, &customer.open(), &[("recurred", "0")]);
        let page = send(&customer, &page, &[("mending_done", "4")]);
        let page = send(&customer, &page, &USED);
        assert!(!send(&customer, &page, &[("overall", "4"), ("comment", "So.")]).is_form());
        let hidden = server.client().get(&format!("{}/2", customer.link()));
        assert_eq!((hidden.status, hidden.header("location")), (303, Some(customer.link())));
        let branch = send(&customer, &customer.open_page(1), &[("recurred", "1")]);
        assert!(asks(&branch, "times"), "{}", branch.path);
        let thanks = send(&customer, &branch, &[("times", "3")]);
        assert!(!thanks.is_form());
        let again = customer.open_page(4);
        assert_eq!(again.written()[..2], [("used__page".into(), "1".into()), ("used__shop".into(), "1".into())]);
        let ranked = send(&customer, &again, &RANKS);
        assert_eq!(of(&ranked.listed(), "How many times did it happen?"), Some("3"));
        let rows = csv(server, &shop, "revisions=all");
        let told: Vec<_> = rows.iter().map(|row| (row["times"].as_str(), row["matters__care"].as_str())).collect();
        assert_eq!(told, [("", "skipped"), ("", "skipped"), ("3", "skipped"), ("3", "1")]);
        assert!(rows.iter().all(|row| row["comment"] == "So."));
    }

    fn exports_have_the_codes_the_words_and_their_meaning(server) {
        let shop = in_field(server);
        answer_all(&server.invite(&shop, "A1", &json!({})));
        let row = &csv(server, &shop, "")[0];
        for (column, value) in [
            ("mending_done", "2"), ("overall", "3"), ("recurred", "1"), ("way_here", "2"),
            ("used__page", "1"), ("used__phone", "0"), ("used__shop", "1"), ("used__nothing", "0"),
            ("matters__speed", "2"), ("matters__price", "3"), ("matters__care", "1"),
            ("times", "12"), ("what_again", "The lid broke."), ("what_bad", "The glue,\nabove all."),
            ("comment", "Thanks, \"all\" of you"), ("comment_language", "en"),
        ] {
            assert_eq!(row[column], value, "{column}");
        }
        let line = &lines(server, &shop)[0];
        assert_eq!(at(line, "/texts"), &json!({"times": 12, "what_again": "The lid broke.", "what_bad": "The glue,\nabove all."}));
        assert_eq!(at(line, "/answers/used__phone"), 0);
        assert_eq!(text(line, "/comment/words"), "Thanks, \"all\" of you");
        let book = server.client().get_as(&shop.owner, "/api/v1/surveys/field/responses/codebook.json").expect(200).json();
        let item = |key: &str| {
            let items = at(&book, "/items").as_array().unwrap();
            items.iter().find(|item| item["item"] == key).unwrap().clone()
        };
        assert_eq!(at(&item("way_here"), "/wording/fi/labels"), &json!({"1": "Hakukoneella", "2": "Ystävä kertoi", "3": "Kirjeestänne"}));
        assert_eq!(at(&item("recurred"), "/wording/en/labels"), &json!({"0": "No", "1": "Yes"}));
        assert_eq!(text(&item("used__phone"), "/wording/en/question"), "What did you use? – The phone");
        assert_eq!((text(&item("used__phone"), "/kind"), text(&item("overall"), "/kind")), ("multiple", "rating"));
        let texts = at(&book, "/texts");
        assert_eq!((text(texts, "/0/kind"), count(texts, "/0/max"), text(texts, "/1/column")), ("number", 500, "what_again"));
    }

    fn reports_count_names_and_average_only_amounts(server) {
        let shop = in_field(server);
        for number in ["A1", "A2", "A3"] {
            answer_all(&server.invite(&shop, number, &json!({})));
        }
        let customer = server.invite(&shop, "A4", &json!({}));
        let page = send(&customer, &customer.open(), &[("recurred", "0"), ("way_here", "3")]);
        let page = send(&customer, &page, &[("mending_done", "5")]);
        let page = send(&customer, &page, &[("used__nothing", "1")]);
        send(&customer, &page, &[("overall", "5"), ("comment", "")]);
        let report = server.report(&shop.owner, "field", "");
        let item = |key: &str| at(&report, &format!("/total/items/{key}")).clone();
        assert_eq!(at(&item("recurred"), "/mean/value"), 0.75);
        assert_eq!((count(&item("recurred"), "/top_box/count"), count(&item("recurred"), "/top_box/n")), (3, 4));
        let names = item("way_here");
        assert_eq!(at(&names, "/histogram"), &json!({"1": 0, "2": 3, "3": 1}));
        for figure in ["mean", "sd", "median", "top_box"] {
            assert_eq!(names[figure], json!({"undefined": "codes are names", "n": 4}), "{figure}");
        }
        assert_eq!(at(&item("used__shop"), "/mean/value"), 0.75);
        // The first rank is the best: after reversal the highest code.
        assert_eq!((at(&item("matters__care"), "/mean/value"), at(&item("matters__price"), "/mean/value")), (&json!(3.0), &json!(1.0)));
        assert_eq!(at(&item("matters__care"), "/histogram"), &json!({"1": 3, "2": 0, "3": 0}));
        assert_eq!(count(&item("matters__care"), "/skipped"), 1);
        let checked = check(server.services(), Some("tuulia")).unwrap();
        assert_eq!((checked.entries, checked.differences), (4, Vec::new()));
    }

    fn hostile_values_of_each_kind_come_back_with_words_and_nothing_lost(server) {
        let shop = in_field(server);
        let customer = server.invite(&shop, "A1", &json!({}));
        let first = customer.open();
        for (field, value) in [("recurred", "2"), ("recurred", "<b>"), ("way_here", "na"), ("way_here", "0"), ("times", "1")] {
            let refused = send(&customer, &first, &[("recurred", "1"), ("way_here", "2"), (field, value)]);
            assert_eq!(refused.answer.status, 422, "{field}={value}");
            assert!(refused.title().starts_with("Error:") && refused.texts(".summary li").len() == 1);
            assert!(!refused.answer.text().contains("<b>"));
        }
        let branch = send(&customer, &first, &[("recurred", "1"), ("way_here", "2")]);
        for value in ["501", "-1", "1.5", "many", "<b>9"] {
            let refused = send(&customer, &branch, &[("times", value), ("what_again", "Kept.")]);
            assert_eq!(refused.answer.status, 422, "{value}");
            assert_eq!(refused.written(), [("times".to_owned(), value.to_owned()), ("what_again".to_owned(), "Kept.".to_owned())]);
            assert!(refused.texts(".message").join("").contains("whole number from 1 to 500"));
            assert_eq!(refused.texts(".summary li a[href='#times']").len(), 1);
        }
        let long = "ä".repeat(201);
        let refused = send(&customer, &branch, &[("times", "3"), ("what_again", &long)]);
        assert_eq!((refused.answer.status, refused.written()[1].1.as_str()), (422, long.as_str()));
        let page = send(&customer, &branch, &[("times", "3"), ("what_again", "\u{1e}comment\u{1f}Not mine")]);
        let page = send(&customer, &page, &[("mending_done", "1")]);
        let tied = [("matters__speed", "1"), ("matters__price", "1"), ("matters__care", "2"), ("used__page", "1")];
        let refused = send(&customer, &page, &tied);
        assert_eq!(refused.answer.status, 422);
        assert_eq!(refused.texts(".summary li a[href='#matters__speed']").len(), 1);
        let mut kept = refused.written();
        kept.sort();
        let mut typed: Fields = tied.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        typed.sort();
        assert_eq!(kept, typed);
        let both = send(&customer, &page, &[("used__page", "1"), ("used__nothing", "1")]);
        assert_eq!((both.answer.status, both.written().len()), (422, 5));
        assert!(both.texts(".bad .message").join("").contains("do not go together"));
        let begun = send(&customer, &page, &[("matters__speed", "1")]);
        assert!(begun.texts(".summary h2").join("").contains("still empty"));
        assert!(begun.written().contains(&("matters__speed".into(), "1".into())), "what was begun is still there");
        let page = send(&customer, &page, &USED);
        let page = send(&customer, &page, &[("what_bad", "\u{1f}\u{1e}All\0 of it")]);
        send(&customer, &page, &[("overall", "1"), ("comment", "Mine")]);
        let row = &csv(server, &shop, "")[0];
        assert_eq!((row["what_again"].as_str(), row["what_bad"].as_str(), row["comment"].as_str()), ("commentNot mine", "All of it", "Mine"));
    }

    fn a_page_full_of_long_words_is_taken(server) {
        let shop = in_field(server);
        let customer = server.invite(&shop, "A1", &json!({}));
        let page = send(&customer, &customer.open(), &[("recurred", "0")]);
        let page = send(&customer, &page, &[("mending_done", "1")]);
        let page = send(&customer, &page, &USED);
        let long = "🙂".repeat(2000);
        let page = send(&customer, &page, &[("what_bad", &long)]);
        send(&customer, &page, &[("overall", "1"), ("comment", &long)]);
        let row = &csv(server, &shop, "")[0];
        assert_eq!((&row["what_bad"], &row["comment"]), (&long, &long));
    }

    fn a_questionnaire_of_words_alone_is_answered_exported_and_reported(server) {
        let shop = server.shop("tuulia");
        publish(server, &shop, WORDS_ALONE);
        server.field_survey(&shop, &json!({"instrument": "words-alone"}));
        let customer = server.invite(&shop, "A1", &json!({}));
        let page = customer.open();
        assert_eq!(part(&page), "Part 1 of 1");
        let thanks = send(&customer, &page, &[("best", "The boat."), ("worst", "")]);
        assert_eq!(of(&thanks.listed(), "What was best?"), Some("The boat."));
        let row = &csv(server, &shop, "")[0];
        assert_eq!((row["best"].as_str(), row["worst"].as_str(), row["comment"].as_str()), ("The boat.", "", ""));
        assert_eq!(at(&lines(server, &shop)[0], "/texts"), &json!({"best": "The boat.", "worst": null}));
        let report = server.report(&shop.owner, "field", "");
        assert_eq!(at(&report, "/response_rate/answered"), 1);
        let checked = check(server.services(), Some("tuulia")).unwrap();
        assert_eq!((checked.entries, checked.differences), (1, Vec::new()));
    }

    fn erasure_takes_every_word(server) {
        let shop = in_field(server);
        answer_all(&server.invite(&shop, "A1", &json!({})));
        let services = server.services();
        let scope = services.store.read(|connection| authority::operator(connection, "tuulia")).unwrap();
        let found = find(services, &scope, &Whom::OrderNumber("A1".to_owned())).unwrap();
        let erased = erase(services, &scope, &found).unwrap();
        assert_eq!((erased.saved_pages, erased.responses, erased.comments), (6, 1, 1));
        assert!(csv(server, &shop, "revisions=all").is_empty());
        let mut database = Any::to(&server.database().target());
        for table in ["comment", "saved_page"] {
            assert_eq!(database.number(&format!("SELECT COUNT(*) AS n FROM {table}")), 0, "{table}");
        }
    }
}
