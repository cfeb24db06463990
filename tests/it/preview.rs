//! Previews: the very pages of a survey in every language, length and form, behind a signed address; nothing is kept.

use laatu_tests::json::text;
use laatu_tests::program::Desk;
use laatu_tests::respondent::with;
use laatu_tests::server::Shop;
use laatu_tests::{Client, Page, Respondent, Server, mistyped};
use serde_json::json;

use crate::open_links::{choose, everything};

const LENGTHS: [&str; 3] = ["quick", "standard", "full"];

/// A shop with a survey that is not started yet, and somebody who looks at it.
fn prepared(server: &Server) -> (Shop, Respondent) {
    let shop = server.shop("tuulia");
    let request = json!({"key": "field", "instrument": "perceived-quality"});
    server.client().post_json(&shop.owner, "/api/v1/surveys", &request).expect(201);
    (shop.clone(), looking(server, &shop, "field"))
}

fn looking(server: &Server, shop: &Shop, survey: &str) -> Respondent {
    let path = format!("/api/v1/surveys/{survey}/preview");
    let shown = server.client().get_as(&shop.analyst, &path).expect(200).json();
    let address = text(&shown, "/address");
    let at = address.find("/v/").expect("a path");
    Respondent::at(server.client().clone(), &address[at..])
}

/// All that a page says to a customer; the banner of a preview stands outside of it.
fn said(page: &Page) -> Vec<String> {
    page.texts("main")
}

on_both! {
    fn a_preview_shows_the_pages_that_customers_see(server) {
        let (shop, desk) = prepared(server);
        server.client().post_json(&shop.owner, "/api/v1/surveys/field/start", &json!({})).expect(200);
        let customer = server.invite(&shop, "A-1042", &json!({}));
        let (real, first) = (customer.open(), desk.open());
        assert!(first.texts("aside.preview summary")[0].starts_with("Preview: nothing is kept"));
        let forms = (1..=13).map(|form| desk.show(&format!("{}/section/standard/{form}/1", desk.link())));
        let same: Vec<Page> = forms.filter(|page| page.items() == real.items()).collect();
        assert!(!same.is_empty(), "the customer's form is among the thirteen");
        assert!(same.iter().any(|page| said(page) == said(&real)), "with the same words");
    }

    fn every_language_length_and_form_can_be_looked_at(server) {
        let (_, desk) = prepared(server);
        for language in ["en", "fi", "sv", "et", "de", "hu", "pl", "ar"] {
            for length in LENGTHS {
                let page = desk.show(&format!("{}/section/{length}/7/1?language={language}", desk.link()));
                assert_eq!((page.answer.status, page.language().as_str()), (200, language), "{length}");
                assert!(page.is_form() && !page.texts("aside.preview").is_empty());
                assert_eq!(page.texts("aside.preview b").len(), 5, "one present choice a row");
                let links = page.links("aside.preview a");
                assert_eq!(links.len(), 7 + 2 + 2 + 12 + page_count(&page), "all others are links");
            }
        }
        let all = desk.show(&format!("{}/all/full/1/1", desk.link()));
        assert!(all.items().len() > 30 && page_count(&all) == 1);
        let beyond = desk.show(&format!("{}/section/quick/99/99?language=xx", desk.link()));
        assert_eq!((beyond.answer.status, beyond.language().as_str()), (200, "en"));
    }

    fn a_posted_preview_page_leads_on_to_the_thanks_and_leaves_no_row(server) {
        let (_, desk) = prepared(server);
        let before = everything(server);
        let mut page = desk.open();
        let mut seen = 0;
        while page.is_form() {
            let action = page.action().expect("it says where it is posted");
            let stays = server.client().post_form(&action, &[("unknown".to_owned(), "1".to_owned())]).expect(422);
            assert!(stays.text().contains("class=\"preview\""));
            let empty = desk.follow(&action, server.client().post_form(&action, &[]));
            assert_eq!(empty.texts(".summary h2"), ["This page is still empty"]);
            page = desk.follow(&action, server.client().post_form(&action, &page.fill(choose, "Words.")));
            seen += 1;
        }
        assert_eq!((seen, page.texts("h1")), (5, vec!["Thank you".to_owned()]));
        assert!(page.path.contains("/thanks?"), "{}", page.path);
        assert!(!page.answer.text().contains("Words."), "nothing was kept");
        assert!(page.answer.text().contains("A-1042") && !page.texts("aside.preview").is_empty());
        assert_eq!(everything(server), before);
    }

    fn switches_of_a_preview_page_work_and_keep_the_place(server) {
        let (_, desk) = prepared(server);
        let third = desk.show(&format!("{}/section/standard/4/3?language=fi", desk.link()));
        let action = third.action().unwrap();
        let post = |name: &str, value: &str| {
            let fields = with(third.fill(choose, ""), name, value);
            desk.follow(&action, server.client().post_form(&action, &fields))
        };
        let german = post("language", "de");
        assert_eq!((german.language().as_str(), german.items()), ("de", third.items()));
        let back = post("go", "back");
        assert_eq!(back.language(), "fi");
        assert_ne!(back.items(), third.items());
        for link in third.links("aside.preview a") {
            let page = desk.show(&link);
            assert_eq!((page.answer.status, page.texts("details[open]").len()), (200, 1), "{link}");
        }
    }

    fn a_preview_of_an_open_survey_speaks_of_no_order(server) {
        let shop = server.shop("tuulia");
        server.open_survey(&shop, &json!({}));
        let desk = looking(server, &shop, "desk");
        for page in ["1", "2", "5", "thanks"] {
            let html = desk.show(&format!("{}/section/standard/1/{page}", desk.link())).answer.text();
            assert!(!html.contains("A-1042") && !html.contains("About order"), "{html}");
        }
    }

    fn an_address_that_we_did_not_sign_shows_nothing(server) {
        let (shop, desk) = prepared(server);
        server.field_survey(&shop, &json!({"key": "other"}));
        let unknown = server.client().get("/s/nowhere.nothing").expect(404).without_date_and_id();
        let other = looking(server, &shop, "other");
        let parts = |link: &str| -> Vec<String> { link.split('.').map(str::to_owned).collect() };
        let (one, two) = (parts(desk.link()), parts(other.link()));
        let mixed = format!("{}.{}.{}", one[0], two[1], one[2]);
        let survey_99 = format!("{}.99.{}", one[0], one[2]);
        let changed = mistyped(desk.link());
        for path in [mixed.as_str(), &survey_99, &changed, "/v", "/v/", "/v/a.b.c", "/v/aaaaaaaaaa.1."] {
            if path != desk.link() {
                assert_eq!(server.client().get(path).expect(404).without_date_and_id(), unknown, "{path}");
            }
        }
        let foreign = server.shop("lempi");
        server.client().get_as(&foreign.owner, "/api/v1/surveys/field/preview").expect(404);
        server.client().get_as(&shop.sender, "/api/v1/surveys/field/preview").expect(403);
        server.client().get("/api/v1/surveys/field/preview").expect(401);
        let policy = desk.open().answer.header("content-security-policy").unwrap_or_default().to_owned();
        assert!(policy.starts_with("default-src 'none'"), "{policy}");
    }
}

/// How many pages the form has by the row of pages: the present one is no link, the one after the last is.
fn page_count(page: &Page) -> usize {
    page.links("aside.preview details p:last-child a").len()
}

#[test]
fn the_operator_gets_a_preview_of_a_survey_and_files_of_an_instrument() {
    let desk = Desk::new();
    let serving = desk.serve(&["--listen", ":0"]);
    let org = ["org", "create", "tuulia", "--name=Tuulia", "--contact=care@example.org"];
    desk.run(&[org.as_slice(), &["--privacy-url", "https://example.org/p"]].concat()).expect(0);
    desk.run(&["survey", "create", "--org", "tuulia", "--key", "field", "--instrument", "nps"]).expect(0);
    let printed = desk.run(&["survey", "preview", "field", "--org", "tuulia"]).expect(0).out;
    let at = printed.find("/v/").expect("an address");
    let page = Client::of(serving.url()).get(printed[at..].trim()).expect(200).text();
    assert!(page.contains("Tuulia") && page.contains("Preview: nothing is kept"), "{page}");
    assert_eq!(desk.run(&["survey", "preview", "nothing", "--org", "tuulia"]).code, Some(1));
    let show = [
        "instrument",
        "show",
        "perceived-quality",
        "--html",
        "pages",
        "--language",
        "fi",
        "--length",
        "quick",
    ];
    let said = desk.run(&show).expect(0).talk;
    assert!(said.contains("6 pages"), "{said}");
    let file = |name: &str| std::fs::read_to_string(desk.folder().join("pages").join(name)).unwrap();
    let (second, thanks) = (file("2.html"), file("thanks.html"));
    assert!(second.contains("lang=\"fi\"") && second.contains("Esikatselu"), "{second}");
    assert!(second.contains("method=\"get\"") && second.contains("action=\"3.html\""), "{second}");
    assert!(second.contains("formaction=\"1.html\"") && thanks.contains("href=\"1.html\""), "{second}");
    assert_eq!(desk.run(&["instrument", "show", "nps", "--html", "x", "--length", "endless"]).code, Some(1));
    assert_eq!(desk.run(&["instrument", "show", "nps", "--html", "x", "--form", "2"]).code, Some(1));
    assert_eq!(serving.terminate(), Some(0));
}
