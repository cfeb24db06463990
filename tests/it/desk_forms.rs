//! Surveys made and settings changed on pages, by those who may, with the checks of the API.

use laatu::domain::{Grant, Role};
use laatu_tests::Answer;
use laatu_tests::desk_person::DeskPerson;
use laatu_tests::json::{at, text};
use scraper::{Html, Selector};
use serde_json::json;

fn words(answer: &Answer) -> String {
    let page = answer.text();
    let html = Html::parse_document(&page);
    html.root_element().text().collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn attributes(answer: &Answer, selector: &str, name: &str) -> Vec<String> {
    let page = answer.text();
    let html = Html::parse_document(&page);
    let wanted = Selector::parse(selector).unwrap();
    html.select(&wanted).filter_map(|one| one.value().attr(name).map(str::to_owned)).collect()
}

const SURVEY: [(&str, &str); 9] = [
    ("key", "after-delivery"),
    ("instrument", "perceived-quality"),
    ("length", "standard"),
    ("paging", "one"),
    ("event", "shipped"),
    ("wait", "12"),
    ("unit", "h"),
    ("quiet", "none"),
    ("share", "40"),
];

/// Sends the form of a survey with some fields changed.
fn make(person: &mut DeskPerson, changed: &[(&str, &str)]) -> Answer {
    let token = person.form_token("/dashboard/surveys");
    let value =
        |name, usual| changed.iter().find(|(other, _)| *other == name).map_or(usual, |(_, value)| *value);
    let mut fields: Vec<(&str, &str)> =
        SURVEY.iter().map(|(name, usual)| (*name, value(*name, *usual))).collect();
    fields.extend(changed.iter().filter(|(name, _)| *name == "languages"));
    fields.push(("form", &token));
    person.post("/dashboard/surveys", &fields)
}

on_both! {
    fn a_survey_is_made_looked_at_and_started_on_pages(server) {
        let shop = server.shop("tuulia");
        let mut owner = server.signed_in(&shop, "owner@example.org", Role::Owner, &[]);
        let form = owner.get("/dashboard/new-survey").expect(200);
        assert!(attributes(&form, "#s-instrument option", "value").contains(&"perceived-quality".to_owned()));
        make(&mut owner, &[("languages", "fi"), ("languages", "en")]).expect(303);
        let list = server.client().get_as(&shop.owner, "/api/v1/surveys").expect(200).json();
        let made = at(&list, "/surveys/0");
        assert_eq!(
            (text(made, "/key"), text(made, "/state"), text(made, "/paging"), text(made, "/quiet")),
            ("after-delivery", "draft", "one", "none")
        );
        assert_eq!((text(made, "/rule/event"), text(made, "/rule/delay")), ("shipped", "12h"));
        assert_eq!((at(made, "/sample_share"), at(made, "/languages")), (&json!(40), &json!(["fi", "en"])));
        let page = owner.get("/dashboard/surveys").expect(200);
        let previews: Vec<String> =
            attributes(&page, "a", "href").into_iter().filter(|path| path.starts_with("/v/")).collect();
        assert_eq!(previews.len(), 2);
        for (path, tag) in previews.iter().zip(["fi", "en"]) {
            let shown = server.stranger().get(path).expect(200).text();
            assert!(shown.contains(&format!("lang=\"{tag}\"")), "{path}");
        }
        let token = owner.form_token("/dashboard/surveys");
        owner.post("/dashboard/surveys/after-delivery/state", &[("form", &token), ("go", "start")]).expect(303);
        assert!(words(&owner.get("/dashboard/surveys").expect(200)).contains("after-delivery running"));
    }

    fn what_is_wrong_with_a_survey_stands_at_its_field_and_nothing_typed_is_lost(server) {
        let shop = server.shop("tuulia");
        let mut owner = server.signed_in(&shop, "owner@example.org", Role::Admin, &[]);
        let told = make(&mut owner, &[("key", "Bad Key"), ("wait", "soon"), ("share", "many"), ("paging", "all"), ("languages", "sv")]).expect(422);
        let said = words(&told);
        for part in ["\"Bad Key\": 2 to 40 of a-z", "How long after:", "the share of orders drawn, of a hundred, is from 1 to 100"] {
            assert!(said.contains(part), "{part}: {said}");
        }
        assert_eq!(attributes(&told, "#s-key", "value"), ["Bad Key"]);
        assert_eq!(attributes(&told, "#s-wait", "value"), ["soon"]);
        assert_eq!(attributes(&told, "#s-paging option[selected]", "value"), ["all"]);
        assert_eq!(attributes(&told, "#s-languages input[checked]", "value"), ["sv"]);
        assert_eq!(attributes(&told, "[role=alert] a", "href"), ["#s-key", "#s-wait", "#s-share"]);
        for link in attributes(&told, "[role=alert] a", "href") {
            assert_eq!(attributes(&told, &link, "id").len(), 1, "{link}");
        }
        make(&mut owner, &[]).expect(303);
        assert!(words(&make(&mut owner, &[]).expect(422)).contains("there is a survey \"after-delivery\" already"));
        let list = server.client().get_as(&shop.owner, "/api/v1/surveys").expect(200).json();
        assert_eq!(at(&list, "/surveys").as_array().unwrap().len(), 1);
    }

    fn settings_are_changed_with_the_checks_of_the_api(server) {
        let shop = server.shop("tuulia");
        let mut owner = server.signed_in(&shop, "owner@example.org", Role::Owner, &[]);
        let mut save = |fields: &[(&str, &str)]| {
            let token = owner.form_token("/dashboard/settings");
            let mut all = vec![("form", token.as_str())];
            all.extend(fields);
            owner.post("/dashboard/settings/organisation", &all)
        };
        let fields = [("name", "Tuulia & <b>Co</b>"), ("contact", "care@tuulia.example"), ("reply_to", ""),
            ("privacy_url", "https://tuulia.example/privacy"), ("accent", "#0e5f58"), ("closing_words", "See you.\r\nAgain.")];
        let saved = save(&fields).expect(303);
        assert_eq!(saved.header("location"), Some("/dashboard/settings?saved"));
        let shown = server.client().get_as(&shop.owner, "/api/v1/organisation").expect(200).json();
        assert_eq!((text(&shown, "/name"), text(&shown, "/accent")), ("Tuulia & <b>Co</b>", "#0e5f58"));
        assert_eq!(text(&shown, "/closing_words"), "See you.\nAgain.");
        let wrong = [("name", " "), ("contact", "nobody"), ("reply_to", "a@b.example"), ("privacy_url", "tuulia"),
            ("accent", "#ffff00"), ("closing_words", "Good {{nobody}}")];
        let told = save(&wrong).expect(422);
        let said = words(&told);
        for part in ["Name: is missing", "\"nobody\" is not a mail address", "\"tuulia\" is not a web address", "\"#ffff00\"", "Closing words:"] {
            assert!(said.contains(part), "{part}: {said}");
        }
        assert_eq!(attributes(&told, "#o-contact", "value"), ["nobody"]);
        assert_eq!(attributes(&told, "#o-reply_to", "value"), ["a@b.example"]);
        assert!(told.text().contains("Good {{nobody}}</textarea>"));
        let after = server.client().get_as(&shop.owner, "/api/v1/organisation").expect(200).json();
        assert_eq!(shown, after, "nothing was changed");
        assert!(words(&owner.get("/dashboard/settings?saved").expect(200)).contains("Saved."));
    }

    fn only_owners_and_admins_of_the_same_organisation_change_anything(server) {
        let shop = server.shop("tuulia");
        let mut analyst = server.signed_in(&shop, "analyst@example.org", Role::Analyst, &[Grant::Rows]);
        analyst.get("/dashboard/new-survey").expect(403);
        make(&mut analyst, &[]).expect(403);
        let token = analyst.form_token("/dashboard/settings");
        analyst.post("/dashboard/settings/organisation", &[("form", &token), ("name", "Mine")]).expect(403);
        let page = analyst.get("/dashboard/settings").expect(200);
        assert!(attributes(&page, "form[action=\"/dashboard/settings/organisation\"]", "action").is_empty());
        let mut owner = server.signed_in(&shop, "owner@example.org", Role::Owner, &[]);
        owner.post("/dashboard/settings/organisation", &[("form", &token), ("name", "Mine")]).expect(403);
        owner.post("/dashboard/surveys", &SURVEY).expect(403);
        server.stranger().get("/dashboard/new-survey").expect(303);
        let shown = server.client().get_as(&shop.owner, "/api/v1/organisation").expect(200).json();
        assert_eq!(text(&shown, "/name"), "Shop tuulia");
    }
}
