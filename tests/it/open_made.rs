//! Open links as the organisation makes them: by the API and at the command line, with an address and a code to print.

use laatu::service::qr;
use laatu_tests::json::{at, pointers, text};
use laatu_tests::program::Desk;
use laatu_tests::{Client, Server};
use serde_json::{Value, json};

const LINKS: &str = "/api/v1/surveys/desk/links";

fn made(server: &Server, key: &str, wanted: &Value) -> laatu_tests::Answer {
    server.client().post_json(key, LINKS, wanted)
}

on_both! {
    fn a_link_is_made_listed_drawn_and_closed(server) {
        let shop = server.shop("tuulia");
        server.open_survey(&shop, &json!({}));
        let link = made(server, &shop.owner, &json!({"place": "turku", "channel": "web", "label": "Slip"})).expect(201).json();
        server.advance_hours(1);
        let plain = made(server, &shop.admin, &json!({})).expect(201).json();
        let address = text(&link, "/address");
        assert!(address.starts_with("https://") && address.contains("/o/"), "{address}");
        assert_eq!((text(&plain, "/channel"), at(&plain, "/place")), ("in_person", &Value::Null));
        let list = server.client().get_as(&shop.analyst, LINKS).expect(200).json();
        assert_eq!(at(&list, "/links"), &json!([link, plain]));
        let drawn = format!("{LINKS}/{}/qr.svg", text(&link, "/id"));
        let svg = server.client().get_as(&shop.analyst, &drawn).expect(200);
        assert_eq!(svg.header("content-type"), Some("image/svg+xml"));
        assert_eq!(svg.text(), qr::svg(address).unwrap(), "the code that the unit tests read back");
        server.advance_hours(2);
        let close = format!("{LINKS}/{}/close", text(&link, "/id"));
        let closed = server.client().post_json(&shop.owner, &close, &json!({})).expect(200).json();
        assert_eq!(text(&closed, "/closed_at"), server.now());
        server.advance_hours(2);
        let again = server.client().post_json(&shop.owner, &close, &json!({})).expect(200).json();
        assert_eq!(again, closed, "a link is closed once");
    }

    fn a_survey_asks_orders_or_passers_by_and_never_both(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({"key": "desk"}));
        let refused = made(server, &shop.owner, &json!({})).expect(409).json();
        assert!(text(&refused, "/detail").contains("open"), "{refused}");
        server.client().get_as(&shop.owner, LINKS).expect(409);
        let mut request = json!({"key": "both", "instrument": "perceived-quality", "collection": "open",
            "rule": {"event": "delivered", "delay": "3d"}});
        let refused = server.client().post_json(&shop.owner, "/api/v1/surveys", &request).expect(422).json();
        assert_eq!(pointers(&refused), ["/rule"]);
        request["collection"] = json!("visitors");
        let refused = server.client().post_json(&shop.owner, "/api/v1/surveys", &request).expect(422).json();
        assert_eq!(pointers(&refused), ["/collection"]);
        request["collection"] = json!("open");
        request.as_object_mut().unwrap().remove("rule");
        let survey = server.client().post_json(&shop.owner, "/api/v1/surveys", &request).expect(201).json();
        assert_eq!((text(&survey, "/collection"), at(&survey, "/rule")), ("open", &Value::Null));
        let list = server.client().get_as(&shop.owner, "/api/v1/surveys").expect(200).json();
        assert_eq!(text(&list, "/surveys/0/collection"), "orders");
    }

    fn links_are_refused_with_words_and_made_by_who_may(server) {
        let (shop, other) = (server.shop("tuulia"), server.shop("lempi"));
        server.open_survey(&shop, &json!({}));
        let refused = made(server, &shop.owner, &json!({"channel": "pigeon", "place": 7, "colour": "red"})).expect(422).json();
        assert_eq!(pointers(&refused), ["/place", "/channel", "/colour"]);
        made(server, &shop.owner, &json!({"label": "a\nb"})).expect(422);
        for key in [&shop.analyst, &shop.sender, &shop.agent, &shop.auditor] {
            made(server, key, &json!({})).expect(403);
        }
        let link = made(server, &shop.owner, &json!({})).expect(201).json();
        let id = text(&link, "/id");
        made(server, &other.owner, &json!({})).expect(404);
        server.open_survey(&other, &json!({}));
        for what in ["qr.svg", "close"] {
            let path = format!("{LINKS}/{id}/{what}");
            let method = if what == "close" { "POST" } else { "GET" };
            server.client().send_json(method, &other.owner, &path, &json!({})).expect(404);
        }
        server.client().get_as(&shop.owner, &format!("{LINKS}/no-id/qr.svg")).expect(404);
        server.client().get(LINKS).expect(401);
    }
}

#[test]
fn the_operator_makes_an_open_survey_and_a_code_at_the_command_line() {
    let desk = Desk::new();
    let serving = desk.serve(&["--listen", ":0", "--public-url", "https://ask.example.org"]);
    let org = ["org", "create", "tuulia", "--name=Tuulia", "--contact=care@example.org"];
    desk.run(&[org.as_slice(), &["--privacy-url", "https://example.org/p"]].concat()).expect(0);
    let create = [
        "survey",
        "create",
        "--org",
        "tuulia",
        "--key",
        "desk",
        "--instrument",
        "perceived-quality",
        "--open",
    ];
    let said = desk.run(&create).expect(0).talk;
    assert!(said.contains("whoever opens its links"), "{said}");
    desk.run(&[create.as_slice(), &["--after", "placed:1d"]].concat()).expect(2);
    desk.run(&["survey", "start", "--org", "tuulia", "--key", "desk"]).expect(0);
    let url = ["--public-url", "https://ask.example.org"];
    let link = ["survey", "link", "desk", "--org", "tuulia", "--place", "turku", "--qr", "counter.svg"];
    let printed = desk.run(&[link.as_slice(), &url].concat()).expect(0).out;
    let address = printed.trim();
    assert!(address.starts_with("https://ask.example.org/o/"), "{address}");
    let svg = std::fs::read_to_string(desk.folder().join("counter.svg")).unwrap();
    assert_eq!(svg, qr::svg(address).unwrap());
    let path = address.strip_prefix("https://ask.example.org").unwrap();
    let page = Client::of(serving.url()).get(path).expect(200).text();
    assert!(page.contains("Tuulia") && page.contains(" action=\"/o/"), "{page}");
    assert_eq!(desk.run(&["survey", "link", "nothing", "--org", "tuulia"]).code, Some(1));
    assert_eq!(serving.terminate(), Some(0));
}
