//! The report as PDF: the numbers of the end-point on pages that everybody can read, in every language, whatever stands in
//! names. Read back by poppler.

use std::collections::BTreeMap;

use laatu::files::dictionary::{Dictionary, Field, Kind};
use laatu::files::report_pdf::{Scope, Workings, report_pdf};
use laatu::report::render::Words;
use laatu::report::{About, Report, Shape};
use laatu_tests::json::at;
use laatu_tests::pages::{Pages, plain};
use laatu_tests::program::Desk;
use laatu_tests::server::Shop;
use laatu_tests::{Answer, Kind as Database, Server};
use serde_json::{Value, json};
use survey_forms::language::Language;

use crate::responses_export::answered;

const PATH: &str = "/api/v1/surveys/field/report";

fn file(server: &Server, key: &str, query: &str) -> Answer {
    server.client().get_as(key, &format!("{PATH}.pdf?{query}")).expect(200)
}

fn pages(server: &Server, key: &str, query: &str) -> Pages {
    Pages::of(&file(server, key, query).body)
}

/// A survey with answers from February to May 2026 and a place with an odd name.
fn shop(server: &Server) -> Shop {
    let (shop, mut survey) = answered(server, 150);
    let number = laatu::service::once::in_transaction(server.services(), |connection| {
        Ok(laatu::store::places::number(connection, &survey.scope, "=Łódź #read(\"x\") $ő$")?)
    });
    let number = number.expect("a place");
    survey.append_changed(50, |_, response| response.place_id = number);
    shop
}

/// A number of points as English prints it beside its range, as far as its width allows for none or one decimal.
fn points(figure: &Value) -> (String, String, String) {
    let number = |value: &Value| value.as_f64().expect("a number").clamp(0.0, 100.0);
    let (low, high) = (number(&figure["ci95"][0]), number(&figure["ci95"][1]));
    let decimals =
        usize::from(figure["ci95"][1].as_f64().unwrap() - figure["ci95"][0].as_f64().unwrap() < 1.0);
    let written = |value: f64| format!("{value:.decimals$}");
    (written(number(&figure["value"])), written(low), written(high))
}

on_both! {
    fn the_pages_hold_the_figures_of_the_report(server) {
        let shop = shop(server);
        let report = server.report(&shop.owner, "field", "by=channel&from=2026-03-02&to=2026-05-04");
        let note = json!({"day": "2026-03-16", "words": "New courier $x$ #y"});
        server.client().post_json(&shop.owner, "/api/v1/surveys/field/annotations", &note).expect(201);
        let made = pages(server, &shop.owner, "by=channel&from=2026-03-02&to=2026-05-04&labels=en");
        let text = made.text();
        let (value, low, high) = points(at(&report, "/total/quality/score"));
        let n = at(&report, "/total/quality/score/n");
        let said = format!("Perceived quality is {value} of 100, likely {low} to {high} ({n} answers).");
        assert!(text.contains(&said), "{said}: {text}");
        let mut seen = 0;
        for (key, dimension) in report["total"]["dimensions"].as_object().unwrap() {
            let (value, low, high) = points(&dimension["score"]);
            let n = &dimension["score"]["n"];
            assert!(text.contains(&format!("{value} {low} to {high} {n}")), "{key}: {value} {low} to {high} {n}: {text}");
            seen += 1;
        }
        assert!(seen > 10, "{seen}");
        for (level, shape) in report["by"]["channel"].as_object().unwrap() {
            let figure = &shape["quality"]["score"];
            if figure["ci95"].is_array() {
                let (value, low, high) = points(figure);
                assert!(text.contains(&format!("{value} {low} to {high} {}", figure["n"])), "{level}: {text}");
            }
        }
        let rate = report["response_rate"].as_object().expect("somebody was invited");
        assert!(text.contains("There is no response rate") || text.contains(&format!("{} of", rate["answered"])), "{text}");
        assert!(text.contains("2 March 2026 to 3 May 2026"), "{text}");
        assert!(text.contains("1. 16 March 2026: New courier $x$ #y"), "{text}");
        assert!(text.contains("=Łódź #read(\"x\") $ő$"), "{text}");
        assert!(!text.contains("report-"), "every text is there: {text}");
    }

    fn what_was_expected_stands_beside_what_was_found_where_both_were_asked(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({"length": "full"}));
        for number in 0..12 {
            let customer = server.invite(&shop, &format!("E{number}"), &json!({}));
            let low = number % 2;
            customer.answer_all(customer.open(), |key, values| {
                let place = if key.contains("_expected") { 3 + (number / 2) % 2 } else { low };
                values.get(place).or(values.first()).cloned()
            }, "");
        }
        let report = server.report(&shop.owner, "field", "");
        let text = pages(server, &shop.owner, "labels=en").text();
        let gaps = at(&report, "/total/quality/gap").as_object().unwrap();
        assert_eq!(gaps.len(), 12);
        let (mut rows, signed) = (0, |value: &Value| {
            let points = value.as_f64().unwrap() / 4.0 * 100.0;
            format!("{points:+.0}").replace('-', "\u{2212}")
        });
        for (key, gap) in gaps {
            let score = |key: &str| points(at(&report, &format!("/total/dimensions/{key}/score")));
            let side = |(value, low, high): (String, String, String)| format!("{value} ({low} to {high}) 12");
            let (expected, found) = (side(score(&format!("{key}_expected"))), side(score(key)));
            let (low, high) = (signed(&gap["ci95"][0]), signed(&gap["ci95"][1]));
            let row = format!("{expected} {found} {} ({low} to {high}) {}", signed(&gap["value"]), gap["n"]);
            assert!(text.contains(&row), "{key}: {row}: {text}");
            rows += 1;
        }
        assert_eq!(rows, 12);
        assert!(text.contains("falls furthest short of what was expected: \u{2212}"), "{text}");
    }

    fn months_and_weeks_are_written_as_people_say_them(server) {
        let (shop, _survey) = answered(server, 120);
        let made = pages(server, &shop.owner, "labels=en&by=week");
        let text = made.text();
        assert!(text.contains("March 2026") && text.contains("Perceived quality by week"), "{text}");
        assert!(text.contains("Week 12 of 2026") && !text.contains("2026-"), "{text}");
        // Nobody was asked here what they expected.
        assert!(!made.bookmarks().iter().any(|one| one == "Expected and found"));
        for (language, month) in [("fi", "maaliskuu 2026"), ("hu", "2026. március"), ("pl", "marzec 2026")] {
            let text = pages(server, &shop.owner, &format!("labels={language}")).text();
            assert!(text.contains(month) && !text.contains("2026-0"), "{month}: {text}");
        }
    }

    fn who_may_not_see_a_figure_does_not_find_it_on_a_page(server) {
        let (shop, mut survey) = answered(server, 8);
        let few = pages(server, &shop.analyst, "labels=en").text();
        assert!(few.contains("There is no score for perceived quality: fewer than 10 people."), "{few}");
        assert!(few.contains("Figures of fewer than 10 people are not shown"), "{few}");
        survey.append(1);
        let more = pages(server, &shop.analyst, "labels=en").text();
        // One more answer changes nothing that can be read.
        assert_eq!(few, more);
        let open = pages(server, &shop.owner, "labels=en").text();
        assert!(open.contains("Nothing is withheld") && open.contains(" answers)."), "{open}");
        server.client().get_as(&shop.sender, &format!("{PATH}.pdf")).expect(403);
        let stranger = server.shop("other");
        server.client().get_as(&stranger.owner, &format!("{PATH}.pdf")).expect(404);
    }

    fn one_answer_and_none_have_pages_in_words(server) {
        let (shop, mut survey) = answered(server, 0);
        let nobody = pages(server, &shop.owner, "labels=en").text();
        assert!(nobody.contains("There is no score for perceived quality"), "{nobody}");
        assert!(nobody.contains("There are too few answers to compare dimensions."), "{nobody}");
        survey.append(1);
        let one = pages(server, &shop.owner, "labels=en&from=2026-01-01&to=2026-08-01").text();
        assert!(one.contains("There are too few answers to compare dimensions."), "{one}");
        assert!(one.contains("There are too few answers to compare with the period before."), "{one}");
        server.client().get_as(&shop.owner, &format!("{PATH}.pdf?from=x")).expect(422);
    }

    fn the_same_figures_on_the_same_day_are_the_same_file(server) {
        let (shop, mut survey) = answered(server, 30);
        let query = "from=2026-01-01&labels=en";
        let first = file(server, &shop.owner, query);
        server.advance_seconds(5);
        let again = file(server, &shop.owner, query);
        assert!(first.body == again.body, "the bytes are the same");
        assert_eq!(first.header("content-type"), Some("application/pdf"));
        let tag = first.header("etag").expect("an ETag").to_owned();
        assert!(tag.starts_with('"'), "it is strong: {tag}");
        let bearer = format!("Bearer {}", shop.owner);
        let headers = [("authorization", bearer.as_str()), ("if-none-match", tag.as_str())];
        server.client().send("GET", &format!("{PATH}.pdf?{query}"), &headers, None).expect(304);
        let name = first.header("content-disposition").unwrap().to_owned();
        assert!(name.starts_with("attachment; filename=\"laatu_tuulia_field_report_from-2026-01-01."), "{name}");
        assert!(name.ends_with(".pdf\""), "{name}");
        survey.append(20);
        let changed = file(server, &shop.owner, query);
        assert_ne!((changed.header("etag"), changed.header("content-disposition")), (Some(tag.as_str()), Some(name.as_str())));
    }

}

#[test]
fn every_page_can_be_read_by_everybody() {
    let server = &Server::on(Database::Sqlite);
    let shop = shop(server);
    let made = pages(server, &shop.owner, "labels=en");
    let info = made.info();
    for wanted in ["Tagged: yes", "595.276 x 841.89 pts (A4)", "Title: Service quality report"] {
        assert!(plain(&info).contains(wanted), "{wanted}: {info}");
    }
    let metadata = made.metadata();
    for wanted in ["<pdfuaid:part>1</pdfuaid:part>", "<rdf:li>en</rdf:li>"] {
        assert!(metadata.contains(wanted), "{wanted}: {metadata}");
    }
    let fonts = made.fonts();
    assert!(!fonts.is_empty() && fonts.iter().all(|(_, embedded)| *embedded), "{fonts:?}");
    let bookmarks = made.bookmarks();
    for wanted in [
        "What was found",
        "On one page",
        "Reliability",
        "Channels and places",
        "Who answered",
        "How this was computed",
        "Questions and codes",
    ] {
        assert!(bookmarks.iter().any(|one| one == wanted), "{wanted}: {bookmarks:?}");
    }
    let tags = made.tags();
    assert!(
        tags.contains("H1 \"On one page\"") && tags.contains("Table") && tags.contains("Figure"),
        "{tags}"
    );
    let text = made.text();
    for page in 2..=made.count() {
        let foot = format!("Made on: 1 July 2026 Page {page} of {}", made.count());
        assert!(
            text.contains("Made on:") && text.contains(&format!("Page {page} of {}", made.count())),
            "{foot}: {text}"
        );
    }
}

#[test]
fn the_pages_are_in_the_language_that_is_asked_for() {
    let server = &Server::on(Database::Sqlite);
    let shop = shop(server);
    for (language, wanted) in [
        ("fi", ["Palvelun laadun raportti", "todennäköisesti", "Näin tämä laskettiin"]),
        // Poppler gives the words of a line that runs from right to left in the order of the page.
        ("ar", ["تقرير", "جودة", "المتوسط"]),
    ] {
        let made = pages(server, &shop.owner, &format!("labels={language}"));
        let (text, metadata) = (made.text(), made.metadata());
        assert!(metadata.contains(&format!("<rdf:li>{language}</rdf:li>")), "{metadata}");
        for words in wanted {
            assert!(text.contains(words), "{words}: {text}");
        }
        assert!(made.fonts().iter().all(|(_, embedded)| *embedded));
        assert!(!text.contains("report-"), "{text}");
    }
    for query in ["labels=xx", "labels=", "preset=excel", "locale=fi"] {
        server.client().get_as(&shop.owner, &format!("{PATH}.pdf?{query}")).expect(422);
    }
}

#[test]
fn the_command_writes_it_as_well() {
    let server = &Server::on(Database::Sqlite);
    let (_shop, _survey) = answered(server, 12);
    let desk = Desk::new().with("LAATU_DATABASE_URL", server.database().url());
    let command = ["export", "report", "--org", "tuulia", "--survey", "field", "--format", "pdf"];
    desk.run(&[&command[..], &["--labels", "hu", "--out", "report.pdf"]].concat()).expect(0);
    let made = Pages::of(&std::fs::read(desk.folder().join("report.pdf")).expect("a file"));
    let text = made.text();
    assert!(
        text.contains("Jelentés a szolgáltatás minőségéről") && text.contains("Hogyan készültek a számok"),
        "{text}"
    );
}

/// Markup, controls, and words without an end.
fn hostile() -> Vec<String> {
    let long = "x".repeat(400);
    let told = [
        "#read(\"/etc/passwd\")",
        "$x^2$ and $",
        "= heading",
        "<label> @label",
        "#import \"@preview/cetz:0.3.0\": *",
        "*bold* _thin_ `raw` ~ -- --- ...",
        "\\ \\u{41} // comment /* more */",
        "#{ panic(\"so\") }",
        "]]} )) [[{ ((",
        "</text><script>alert(1)</script>&amp;",
        "a\u{0}b\u{1}\u{2}c\u{7}\u{1b}[31m",
        "two\r\nlines\u{2028}and\ta tab",
        "\u{202e}turned\u{2069}\u{feff}\u{fffe}",
        "🙂 漢字 \u{e000} ﷺ متجر ő ł ä š",
        "",
        "   ",
    ];
    told.iter().map(|one| (*one).to_owned()).chain([long]).collect()
}

/// Figures of dimensions, questions and drivers, and the hostile names of all of them.
fn hostile_shape(names: &[String]) -> (Shape, Words) {
    let figure = |value: f64| json!({"value": value, "n": 40, "ci95": [value - 3.0, value + 3.0]});
    let mut shape = Shape::default();
    let mut words = Words { title: names[0].clone(), organisation: names[3].clone(), ..Words::default() };
    let (mut weights, mut lmg, mut gaps) =
        (serde_json::Map::new(), serde_json::Map::new(), serde_json::Map::new());
    for (place, name) in names.iter().enumerate() {
        let (key, item) = (format!("dimension{place}"), format!("item{place}"));
        let score = figure(60.0 + place as f64);
        let dimension = json!({"score": score, "alpha": figure(0.7), "item_rest_r": {&item: {}}});
        shape.dimensions.insert(key.clone(), dimension);
        let histogram = json!({"1": 4, "2": 6, "3": 10, "4": 12, "5": 8});
        let answers = json!({"n": 40, "histogram": histogram, "mean": figure(3.4), "skipped": 2});
        shape.items.insert(item.clone(), answers);
        weights.insert(key.clone(), json!(0.1));
        let part = json!({"value": 0.05, "n": 900, "ci95": [0.02, 0.08], "rank_probability": [0.3, 0.7]});
        lmg.insert(key.clone(), part);
        gaps.insert(key.clone(), json!({"value": -0.3, "n": 40, "ci95": [-0.4, -0.2]}));
        words.expected_by.insert(key.clone(), "dimension0".to_owned());
        words.dimension_names.insert(key, name.clone());
        words.item_texts.insert(item, name.clone());
    }
    shape.quality = Some(json!({"score": figure(70.0), "gap": gaps, "tpq": [{"weights": weights}]}));
    shape.drivers = Some(json!({"r2": {"value": 0.58, "n": 900, "ci95": [0.52, 0.64]}, "lmg": lmg}));
    (shape, words)
}

fn hostile_dictionary(names: &[String], language: Language) -> Dictionary {
    let field = |name: &String| Field {
        name: name.clone(),
        kind: Kind::Code { min: 1, max: 5 },
        label: name.clone(),
        values: vec![("1".to_owned(), name.clone()), ("5".to_owned(), name.clone())],
        dimension: None,
        facet: None,
        outcome: None,
        reversed: true,
        required: true,
    };
    Dictionary {
        survey: names[1].clone(),
        instrument: names[2].clone(),
        version: 1,
        title: names[0].clone(),
        language: language.tag().to_owned(),
        fields: names.iter().map(field).collect(),
    }
}

/// A report whose every name is hostile.
fn hostile_pages(language: Language) -> String {
    let names = hostile();
    let (shape, words) = hostile_shape(&names);
    let levels: BTreeMap<String, Shape> = names.iter().map(|name| (name.clone(), shape.clone())).collect();
    let by = BTreeMap::from([(names[7].clone(), levels)]);
    let report = Report::new(shape, by, None, About::default());
    let workings = Workings {
        report: &report,
        before: None,
        beside: &[],
        notes: &[],
        words: &words,
        dictionary: &hostile_dictionary(&names, language),
        language,
        scope: Scope {
            filters: names.iter().map(|name| ("place".to_owned(), name.clone())).collect(),
            ..Scope::default()
        },
        day: jiff::civil::date(2026, 5, 4),
        zone: "Europe/Helsinki",
        fingerprint: "00",
    };
    let pages = Pages::of(&report_pdf(&workings).expect("pages"));
    assert!(pages.fonts().iter().all(|(_, embedded)| *embedded));
    pages.text()
}

#[test]
fn markup_in_names_stays_text() {
    let text = hostile_pages(Language::ENGLISH);
    for name in &hostile()[..10] {
        assert!(text.contains(&plain(name)), "{name}: {text}");
    }
    assert!(text.contains("ő ł ä š") && !text.contains("root:"), "{text}");
    let solid: String = text.split_whitespace().collect();
    assert!(solid.contains(&"x".repeat(400)), "a long word is there to its end");
    // What goes with the overall judgement, with its caution.
    assert!(text.contains("58% (52 to 64%), 900 answers") && text.contains("not what causes what"), "{text}");
}

#[test]
fn every_language_has_its_pages_and_letters() {
    for (language, wanted) in [
        (Language::SWEDISH, ["Så här räknades det", "Förväntat och upplevt"]),
        (Language::ESTONIAN, ["Teeninduse kvaliteedi aruanne", "Oodatud ja kogetud"]),
        (Language::GERMAN, ["Bericht zur Servicequalität", "Erwartet und erlebt"]),
        (Language::POLISH, ["Jak to obliczono", "Oczekiwane i doświadczone"]),
        (Language::ARABIC, ["تقرير", "الملموس"]),
    ] {
        let text = hostile_pages(language);
        for words in wanted {
            assert!(text.contains(words), "{words}: {text}");
        }
        assert!(!text.contains("report-"), "{language} lacks a text: {text}");
    }
}
