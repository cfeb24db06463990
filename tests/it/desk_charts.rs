//! Charts that are taken along, what was expected against what was found, and what happened on a day of the trend.

use laatu::domain::{Grant, Role};
use laatu_tests::answered::Answered;
use laatu_tests::desk_person::{DeskPerson, PASSWORD};
use laatu_tests::json::{at, text};
use laatu_tests::server::Shop;
use laatu_tests::{Answer, Server};
use scraper::{Html, Selector};
use serde_json::json;

const SURVEY: &str = "/dashboard/surveys/field";

/// A shop with a running survey and so many made-up answers from February to May 2026.
fn answered(server: &Server, entries: usize) -> Shop {
    let shop = server.shop("tuulia");
    server.field_survey(&shop, &json!({}));
    Answered::new(server.services(), &shop.slug, 5).append(entries);
    shop
}

fn person(server: &Server, shop: &Shop, role: Role, grants: &[Grant]) -> DeskPerson {
    server.signed_in(shop, &format!("{}@example.org", role.word()), role, grants)
}

/// The addresses of all files of charts on a page.
fn files(page: &str) -> Vec<String> {
    let html = Html::parse_document(page);
    let wanted = Selector::parse(".along a").unwrap();
    html.select(&wanted).map(|one| one.value().attr("href").unwrap().to_owned()).collect()
}

fn words(answer: &Answer) -> String {
    let page = answer.text();
    let html = Html::parse_document(&page);
    html.root_element().text().collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The rows of a CSV file, with its names.
fn rows(answer: &Answer) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(answer.body.as_slice());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn write(person: &mut DeskPerson, day: &str, words: &str) -> Answer {
    let token = person.form_token(&format!("{SURVEY}/trend"));
    person.post(&format!("{SURVEY}/annotations"), &[("form", &token), ("day", day), ("words", words)])
}

on_both! {
    fn every_chart_is_had_alone_with_the_figures_of_its_page(server) {
        let shop = answered(server, 400);
        let owner = person(server, &shop, Role::Owner, &[]);
        for page in ["", "/dimensions", "/dimensions/choice", "/channels", "/places", "/trend"] {
            let shown = owner.get(&format!("{SURVEY}{page}?period=all")).expect(200).text();
            let files = files(&shown);
            assert!(!files.is_empty(), "{page}");
            for file in &files {
                let got = owner.get(file).expect(200);
                assert_eq!(got.body, owner.get(file).expect(200).body, "{file}: other bytes");
                if file.contains(".svg") {
                    let svg = got.text();
                    assert_eq!(got.header("content-type"), Some("image/svg+xml"));
                    assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\"") && svg.contains("--accent: #0e5f58"), "{file}");
                    assert!(svg.contains("fill=\"#fff\"") && svg.contains("<title") && !svg.contains("<script"), "{file}");
                } else {
                    let rows = rows(&got);
                    assert!(rows.len() > 1 && rows.iter().all(|row| row.len() == rows[0].len()), "{file}");
                }
            }
        }
        let report = server.report(&shop.owner, "field", "");
        let values = rows(&owner.get(&format!("{SURVEY}/dimensions/charts/dimensions.csv?period=all")).expect(200));
        assert_eq!(values[0], ["dimension", "value", "low_95", "high_95", "people", "missing_because"]);
        let scores = at(&report, "/total/dimensions").as_object().unwrap();
        let exact: Vec<f64> = scores.values().filter_map(|one| one["score"]["value"].as_f64()).collect();
        for row in values.iter().skip(1).filter(|row| !row[1].is_empty()) {
            assert!(exact.contains(&row[1].parse::<f64>().unwrap()), "{row:?}");
        }
    }

    fn a_chart_shows_no_more_than_its_page(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let mut made = Answered::new(server.services(), &shop.slug, 5);
        made.append_changed(9, |_, one| one.test = false);
        let reader = person(server, &shop, Role::Analyst, &[]);
        reader.get(&format!("{SURVEY}/dimensions/charts/dimensions.csv?period=all")).expect(404);
        // Who may see single answers has a page, but nine people make no score that is drawn.
        let owner = person(server, &shop, Role::Owner, &[]);
        owner.get(&format!("{SURVEY}/dimensions/charts/dimensions.csv?period=all")).expect(404);
        made.append(300);
        owner.get(&format!("{SURVEY}/dimensions/charts/dimensions.csv?period=all")).expect(200);
        reader.get(&format!("{SURVEY}/dimensions/charts/dimensions.svg?period=all")).expect(200);
        reader.get(&format!("{SURVEY}/dimensions/charts/dimensions.svg?channel=web&language=fi")).expect(422);
        for none in ["charts/x.svg", "charts/dimensions.png", "charts/", "dimensions/charts/funnel.csv", "comments/charts/x.csv", "charts/dimensions"] {
            reader.get(&format!("{SURVEY}/{none}")).expect(404);
        }
        let other = server.shop("kuura");
        let stranger = server.signed_in(&other, "x@kuura.example", Role::Owner, &[]);
        stranger.get(&format!("{SURVEY}/dimensions/charts/dimensions.svg?period=all")).expect(404);
        server.stranger().get(&format!("{SURVEY}/dimensions/charts/dimensions.svg")).expect(303);
    }

    fn what_was_expected_stands_beside_what_was_found(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({"length": "full"}));
        for number in 0..12 {
            let customer = server.invite(&shop, &format!("E{number}"), &json!({}));
            let low = number % 2;
            customer.answer_all(customer.open(), |key, values| {
                let place = if key.contains("_expected") { 4 } else { low };
                values.get(place).or(values.first()).cloned()
            }, "");
        }
        let mut owner = person(server, &shop, Role::Owner, &[]);
        let page = owner.get(&format!("{SURVEY}/expectations?period=all")).expect(200);
        let said = words(&page);
        assert!(said.contains("furthest short of what was expected") && said.contains("less than expected"), "{said}");
        assert!(page.text().contains("<svg"));
        let report = server.report(&shop.owner, "field", "");
        let gaps = at(&report, "/total/quality/gap").as_object().unwrap().clone();
        let values = rows(&owner.get(&format!("{SURVEY}/expectations/charts/expected.csv?period=all")).expect(200));
        assert_eq!(values.len() - 1, gaps.len());
        let place = |name: &str| values[0].iter().position(|one| one == name).unwrap();
        let known: Vec<f64> = gaps.values().filter_map(|gap| gap["value"].as_f64()).map(|codes| codes / 4.0 * 100.0).collect();
        for row in values.iter().skip(1).filter(|row| !row[place("gap")].is_empty()) {
            let gap: f64 = row[place("gap")].parse().unwrap();
            assert!(known.iter().any(|known| (known - gap).abs() < 1e-9), "{row:?}");
        }
        server.client().post_json(&shop.owner, "/api/v1/surveys/field/pause", &json!({})).expect(200);
        server.field_survey(&shop, &json!({"key": "plain"}));
        let customer = server.invite(&shop, "P1", &json!({}));
        customer.answer_all(customer.open(), |_, values| values.get(2).cloned(), "");
        owner.sign_in("owner@example.org", PASSWORD).expect(303);
        let none = owner.get("/dashboard/surveys/plain/expectations?period=all").expect(200);
        assert!(words(&none).contains("Nobody was asked what they expected") || words(&none).contains("Nobody answered here"), "{}", words(&none));
    }

    fn what_happened_stands_on_the_trend_and_is_taken_back(server) {
        let shop = answered(server, 300);
        let mut analyst = person(server, &shop, Role::Analyst, &[Grant::Rows]);
        write(&mut analyst, "2026-03-16", "New <courier>").expect(303);
        let trend = format!("{SURVEY}/trend?period=all");
        let page = analyst.get(&trend).expect(200);
        assert!(words(&page).contains("16 March 2026 1 New <courier>"), "{}", words(&page));
        assert!(words(&page).contains("March 2026 1: New <courier>") && page.text().contains("class=\"event\""));
        let wrong = write(&mut analyst, "2026-02-30", "Typed before").expect(422);
        assert!(words(&wrong).contains("\"2026-02-30\" is not a day") && wrong.text().contains("value=\"Typed before\""));
        assert!(words(&write(&mut analyst, "2026-03-17", &"x".repeat(121)).expect(422)).contains("longer than 120"));
        let empty = words(&write(&mut analyst, "", "").expect(422));
        assert!(empty.contains("Day Is missing What happened Is missing"), "{empty}");
        let mut auditor = person(server, &shop, Role::Auditor, &[]);
        assert!(words(&auditor.get(&format!("{SURVEY}/trend")).expect(200)).contains("New <courier>"));
        let token = auditor.form_token(&format!("{SURVEY}/trend"));
        auditor.post(&format!("{SURVEY}/annotations"), &[("form", &token), ("day", "2026-03-16"), ("words", "x")]).expect(403);
        let html = Html::parse_document(&analyst.get(&trend).text());
        let selector = Selector::parse("form[action*=\"/annotations/\"]").unwrap();
        let back = html.select(&selector).next().unwrap().value().attr("action").unwrap().to_owned();
        auditor.post(&back, &[("form", &token)]).expect(403);
        let token = analyst.form_token(&format!("{SURVEY}/trend"));
        analyst.post(&back, &[]).expect(403);
        analyst.post(&back, &[("form", &token)]).expect(303);
        analyst.post(&back, &[("form", &token)]).expect(404);
        assert!(!analyst.get(&trend).expect(200).text().contains("&lt;courier"));
    }

    fn annotations_are_written_and_taken_back_over_the_api(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let path = "/api/v1/surveys/field/annotations";
        let client = server.client();
        let note = json!({"day": "2026-03-03", "words": "New courier"});
        let made = client.post_json(&shop.analyst, path, &note).expect(201).json();
        client.post_json(&shop.owner, path, &json!({"day": "2026-01-05", "words": "Strike"})).expect(201);
        let list = client.get_as(&shop.auditor, path).expect(200).json();
        assert_eq!((text(&list, "/annotations/0/words"), text(&list, "/annotations/1/day")), ("Strike", "2026-03-03"));
        for key in [&shop.auditor, &shop.sender, &shop.agent] {
            client.post_json(key, path, &note).expect(403);
        }
        let wrong = client.post_json(&shop.owner, path, &json!({"day": "soon", "words": "a\nb", "more": 1})).expect(422).json();
        let pointers: Vec<&str> = at(&wrong, "/errors").as_array().unwrap().iter().map(|one| text(one, "/pointer")).collect();
        assert!(pointers.contains(&"/day") && pointers.contains(&"/words"), "{pointers:?}");
        let one = format!("{path}/{}", text(&made, "/id"));
        let other = server.shop("kuura");
        server.field_survey(&other, &json!({}));
        client.send_json("DELETE", &other.owner, &one, &json!({})).expect(404);
        client.send_json("DELETE", &shop.auditor, &one, &json!({})).expect(403);
        client.send_json("DELETE", &shop.analyst, &one, &json!({})).expect(204);
        client.send_json("DELETE", &shop.analyst, &one, &json!({})).expect(404);
    }

    fn comments_are_chosen_by_what_their_writers_judged(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({"length": "full"}));
        for (number, place) in [(0, 0), (1, 4), (2, 2)] {
            let customer = server.invite(&shop, &format!("C{number}"), &json!({}));
            customer.answer_all(customer.open(), |_, values| values.get(place).or(values.first()).cloned(), &format!("Writer {number}"));
        }
        let owner = person(server, &shop, Role::Owner, &[]);
        let found = |query: &str| {
            let page = owner.get(&format!("{SURVEY}/comments?period=all{query}")).expect(200).text();
            let html = Html::parse_document(&page);
            let mut words: Vec<String> = html
                .select(&Selector::parse(".comment blockquote").unwrap())
                .map(|one| one.text().collect())
                .collect();
            words.sort();
            words
        };
        assert_eq!(found(""), ["Writer 0", "Writer 1", "Writer 2"]);
        assert_eq!(found("&score=low"), ["Writer 0"]);
        assert_eq!(found("&score=high&dimension=courtesy"), ["Writer 1"]);
        assert_eq!(found("&dimension=courtesy"), ["Writer 0", "Writer 1", "Writer 2"]);
        assert_eq!(found("&score=middle&search=writer"), ["Writer 2"]);
        for wrong in ["&score=best", "&dimension=x"] {
            owner.get(&format!("{SURVEY}/comments?period=all{wrong}")).expect(422);
        }
        let plain = person(server, &shop, Role::Analyst, &[]);
        for query in ["&score=low", "&dimension=courtesy", "&score=high&dimension=courtesy"] {
            let told = words(&plain.get(&format!("{SURVEY}/comments?period=all{query}")).expect(200));
            assert!(told.contains("never for a channel, a place, a language, a dimension or a score") && !told.contains("Writer"), "{told}");
        }
    }
}
