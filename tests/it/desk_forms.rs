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

/// The fields of a form of which several may be sent.
const SEVERAL: [&str; 3] = ["languages", "modules", "places"];

/// Sends the form of a survey with some fields changed; those that it does not have at first are added.
fn make(person: &mut DeskPerson, changed: &[(&str, &str)]) -> Answer {
    let token = person.form_token("/dashboard/surveys");
    let value =
        |name, usual| changed.iter().find(|(other, _)| *other == name).map_or(usual, |(_, value)| *value);
    let mut fields: Vec<(&str, &str)> =
        SURVEY.iter().map(|(name, usual)| (*name, value(*name, *usual))).collect();
    let is_new = |name: &str| SEVERAL.contains(&name) || SURVEY.iter().all(|(usual, _)| *usual != name);
    fields.extend(changed.iter().filter(|(name, _)| is_new(name)));
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
        for end in ["", "/channels", "/trend", "/comments"] {
            let page = owner.get(&format!("/dashboard/surveys/after-delivery{end}")).expect(200);
            let said = words(&page);
            assert!(said.contains("This survey has not begun") && said.contains("it asks 12 hours after an order is shipped"), "{said}");
            assert!(!page.text().contains("/report.csv") && !said.contains("longer period"), "{said}");
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
        assert_eq!(attributes(&told, "[role=alert] a", "href"), ["#s-key", "#s-share", "#s-wait"]);
        for link in attributes(&told, "[role=alert] a", "href") {
            assert_eq!(attributes(&told, &link, "id").len(), 1, "{link}");
        }
        make(&mut owner, &[]).expect(303);
        assert!(words(&make(&mut owner, &[]).expect(422)).contains("there is a survey \"after-delivery\" already"));
        let list = server.client().get_as(&shop.owner, "/api/v1/surveys").expect(200).json();
        assert_eq!(at(&list, "/surveys").as_array().unwrap().len(), 1);
    }

    fn places_reminders_and_modules_are_chosen_on_the_form_and_looked_at(server) {
        let shop = server.shop("tuulia");
        // A place is known from an order; another one is written.
        let order = json!({"order_number": "K1", "customer": {"email": "a@customer.example"}, "channel": "in_person",
            "place": "turku", "placed_at": server.now()});
        server.client().post_json(&shop.owner, "/api/v1/orders", &order).expect(201);
        let mut owner = server.signed_in(&shop, "owner@example.org", Role::Owner, &[]);
        let form = owner.get("/dashboard/new-survey").expect(200);
        assert_eq!(attributes(&form, "#s-places input", "value"), ["turku"]);
        assert_eq!(attributes(&form, "#s-valid_days, #s-remind, #s-full_share", "value"), ["0", "7", "60"]);
        let chosen = [("places", "turku"), ("more_places", "Łódź 2\r\nturku\r\n"), ("reminders", "2"), ("remind", "5"),
            ("modules", "phone"), ("modules", "in_person"), ("valid_days", "30"), ("full_share", "10"), ("paging", "section")];
        make(&mut owner, &chosen).expect(303);
        let list = server.client().get_as(&shop.owner, "/api/v1/surveys").expect(200).json();
        let made = at(&list, "/surveys/0");
        assert_eq!(at(made, "/places"), &json!(["turku", "Łódź 2"]));
        assert_eq!((at(made, "/reminders"), text(made, "/remind_after"), at(made, "/valid_days")), (&json!(2), "5d", &json!(30)));
        assert_eq!(at(made, "/modules"), &json!({"phone": "channel-phone", "in_person": "channel-in-person"}));
        assert_eq!((at(made, "/full_share"), text(made, "/collection")), (&json!(10), "orders"));
        let page = owner.get("/dashboard/surveys").expect(200);
        let said = words(&page);
        assert!(said.contains("Only about orders of turku, Łódź 2") && said.contains("2 reminders, each after 5 days"), "{said}");
        let previews: Vec<String> = attributes(&page, "a", "href").into_iter().filter(|path| path.starts_with("/v/")).collect();
        let of_phone = previews.iter().find(|path| path.contains("/phone?")).expect("a preview with the module");
        let (plain, with) = (server.stranger().get(&of_phone.replace("/phone?", "?")).expect(200), server.stranger().get(of_phone).expect(200));
        let pages = |answer: &Answer| attributes(answer, "aside.preview a", "href").len();
        assert_eq!(pages(&with), pages(&plain) + 1, "one more page");
        let last = of_phone.replace("/1/1/phone", "/1/5/phone");
        let asked = attributes(&server.stranger().get(&last).expect(200), "input[type=radio]", "name");
        assert!(asked.iter().any(|name| name.starts_with("phone")), "{asked:?}");
    }

    fn a_survey_at_a_counter_leads_to_its_links_and_codes(server) {
        let shop = server.shop("tuulia");
        let mut owner = server.signed_in(&shop, "owner@example.org", Role::Owner, &[]);
        let open = [("key", "desk"), ("instrument", "channel-in-person"), ("collection", "open")];
        let told = make(&mut owner, &[&open[..], &[("modules", "phone"), ("more_places", "turku"), ("reminders", "1")]].concat()).expect(422);
        assert_eq!(attributes(&told, "[role=alert] a", "href"), ["#s-modules", "#s-places", "#s-reminders"]);
        assert_eq!(attributes(&told, "#s-collection input[checked]", "value"), ["open"]);
        let made = make(&mut owner, &open).expect(303);
        assert_eq!(made.header("location"), Some("/dashboard/surveys/desk/links"));
        let path = "/dashboard/surveys/desk/links";
        assert!(words(&owner.get(path).expect(200)).contains("The survey is not running"));
        let send = |person: &mut DeskPerson, to: &str, fields: &[(&str, &str)]| {
            let token = person.form_token(path);
            person.post(to, &[&[("form", token.as_str())], fields].concat())
        };
        let long = "x".repeat(121);
        let wrong = send(&mut owner, path, &[("label", &long), ("place", "turku"), ("channel", "web")]).expect(422);
        assert_eq!(attributes(&wrong, "[role=alert] a", "href"), ["#l-label"]);
        assert_eq!((attributes(&wrong, "#l-place", "value"), attributes(&wrong, "#l-channel option[selected]", "value")), (vec!["turku".to_owned()], vec!["web".to_owned()]));
        send(&mut owner, path, &[("label", "Counter <1>"), ("place", "turku"), ("channel", "in_person")]).expect(303);
        let start = owner.form_token("/dashboard/surveys");
        owner.post("/dashboard/surveys/desk/state", &[("form", &start), ("go", "start")]).expect(303);
        let page = owner.get(path).expect(200);
        let said = words(&page);
        assert!(said.contains("Counter <1>") && said.contains("In person, place turku") && said.contains("The survey is running"), "{said}");
        let address = said.split_whitespace().find(|word| word.contains("/o/")).expect("an address").to_owned();
        let at_counter = address[address.find("/o/").unwrap()..].to_owned();
        assert!(server.stranger().get(&at_counter).expect(200).text().contains("<form"));
        let code = attributes(&page, ".along a", "href").remove(0);
        let drawn = owner.get(&code).expect(200);
        assert!(drawn.text().contains("<svg") && drawn.header("content-type") == Some("image/svg+xml"));
        let close = code.replace("/qr.svg", "/close");
        let mut analyst = server.signed_in(&shop, "analyst@example.org", Role::Analyst, &[]);
        assert!(attributes(&analyst.get(path).expect(200), "form", "action").iter().all(|action| !action.contains("/links")));
        send(&mut analyst, &close, &[]).expect(403);
        send(&mut analyst, path, &[]).expect(403);
        let other = server.shop("other");
        server.signed_in(&other, "owner@other.example", Role::Owner, &[]).get(path).expect(404);
        send(&mut owner, &close, &[]).expect(303);
        assert!(words(&owner.get(path).expect(200)).contains("closed on"));
        assert!(!server.stranger().get(&at_counter).text().contains("<form"));
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
