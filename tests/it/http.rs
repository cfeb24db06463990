//! The API's manners: every refusal is a problem in words with the request's id, and the API describes itself.

use laatu_tests::json::{at, pointers, text};
use laatu_tests::server::Shop;
use laatu_tests::{Answer, Server};
use serde_json::{Value, json};

fn fielded(server: &Server) -> Shop {
    let shop = server.shop("tuulia");
    server.field_survey(&shop, &json!({}));
    shop
}

/// Checks what every problem has, and gives it.
#[track_caller]
fn problem(answer: &Answer, status: u16, slug: &str) -> Value {
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (status, Some("application/problem+json")),
        "{}",
        answer.text()
    );
    let body = answer.json();
    assert_eq!(text(&body, "/type"), format!("/api/docs/errors#{slug}"));
    assert_eq!(at(&body, "/status"), status);
    assert!(!text(&body, "/title").is_empty() && !text(&body, "/detail").is_empty());
    assert_eq!(Some(text(&body, "/instance")), answer.header("x-request-id"), "the id is in header and body");
    body
}

fn post_raw(server: &Server, shop: &Shop, kind: &str, body: &[u8]) -> Answer {
    let bearer = format!("Bearer {}", shop.owner);
    let headers = [("authorization", bearer.as_str()), ("content-type", kind)];
    server.client().send("POST", "/api/v1/orders", &headers, Some(body))
}

/// An endpoint at which nobody listens, with one delivery; the ids of both.
fn webhook(server: &Server, shop: &Shop) -> (String, String) {
    let client = server.client();
    let wanted = json!({"url": "http://127.0.0.1:9/"});
    let made = client.post_json(&shop.owner, "/api/v1/webhooks", &wanted).expect(201).json();
    let id = text(&made, "/id").to_owned();
    let tried =
        client.post_json(&shop.owner, &format!("/api/v1/webhooks/{id}/test"), &json!({})).expect(200).json();
    (id, text(&tried, "/id").to_owned())
}

on_both! {
    fn a_body_that_is_no_json_is_told_by_line_and_column(server) {
        let shop = fielded(server);
        let cases: [(&[u8], &str); 4] = [
            (b"{\n  \"order_number\": \"A1\",\n  oops\n}", "line 3, column 3"),
            (b"", "line 1, column 0"),
            (b"{\"order_number\": \"A1\"", "line 1, column 21"),
            (b"{\"order_number\": \"\xff\"}", "line 1"),
        ];
        for (body, place) in cases {
            let problem = problem(&post_raw(server, &shop, "application/json", body), 400, "malformed-json");
            assert!(text(&problem, "/detail").contains(place), "{problem}");
        }
        assert!(server.invitations(&shop).is_empty());
    }

    fn fields_that_are_unknown_or_of_a_wrong_type_are_all_named(server) {
        let shop = fielded(server);
        let body = json!({
            "order_number": 7, "customer": {"email": "aino@example.org", "langauge": "fi", "name": ["Aino"]},
            "chanel": "web", "placed_at": "yesterday", "value": {"amount_minor": 12.5, "currency": "eur"},
            "contact_basis": "consent", "attributes": []
        });
        let answer = server.post_order(&shop, &body);
        let problem = problem(&answer, 422, "invalid-fields");
        let mut named = pointers(&problem);
        named.sort_unstable();
        let mut expected = vec![
            "/order_number", "/customer/langauge", "/customer/name", "/chanel", "/channel", "/placed_at",
            "/value/amount_minor", "/value/currency", "/contact_basis", "/attributes",
        ];
        expected.sort_unstable();
        // Of a part that is no object at all, one complaint is enough; further ones about its fields may follow.
        named.retain(|pointer| !pointer.starts_with("/contact_basis/"));
        assert_eq!(named, expected, "{problem}");
        let of = |pointer: &str| {
            let errors = at(&problem, "/errors").as_array().unwrap();
            let error = errors.iter().find(|error| error["pointer"] == pointer).unwrap();
            text(error, "/message").to_owned()
        };
        assert!(of("/chanel").contains("did you mean \"channel\"?"), "{problem}");
        assert!(of("/customer/langauge").contains("did you mean \"language\"?"), "{problem}");
        assert!(server.invitations(&shop).is_empty(), "nothing is stored");
    }

    fn an_unknown_language_is_refused_with_an_example(server) {
        let shop = fielded(server);
        let mut order = server.order("A1");
        order["customer"]["language"] = json!("xx");
        let order_problem = problem(&server.post_order(&shop, &order), 422, "invalid-fields");
        assert_eq!(pointers(&order_problem), ["/customer/language"]);
        assert!(text(&order_problem, "/errors/0/message").contains("en, fi, hu, pl"), "{order_problem}");
        let survey = json!({"key": "two", "instrument": "perceived-quality", "languages": ["en", "nb", "xx"]});
        let answer = server.client().post_json(&shop.owner, "/api/v1/surveys", &survey);
        let survey_problem = problem(&answer, 422, "invalid-fields");
        assert_eq!(pointers(&survey_problem), ["/languages/1", "/languages/2"]);
    }

    fn a_survey_with_mistakes_names_them_all_and_is_not_made(server) {
        let shop = server.shop("tuulia");
        let body = json!({"key": "NO", "instrument": "perceived-qualty", "length": "endless",
            "rule": {"event": "paid", "delay": "soon"}, "quiet": "at night"});
        let answer = server.client().post_json(&shop.owner, "/api/v1/surveys", &body);
        let found = problem(&answer, 422, "invalid-fields");
        let mut named = pointers(&found);
        named.sort_unstable();
        assert_eq!(named, ["/instrument", "/key", "/length", "/quiet", "/rule/delay", "/rule/event"]);
        assert_eq!(server.client().get_as(&shop.owner, "/api/v1/surveys").json(), json!({"surveys": []}));
        let good = json!({"key": "one", "instrument": "perceived-quality"});
        server.client().post_json(&shop.owner, "/api/v1/surveys", &good).expect(201);
        problem(&server.client().post_json(&shop.owner, "/api/v1/surveys", &good), 409, "conflict");
    }

    fn an_instrument_with_five_mistakes_is_refused_with_five_lines(server) {
        let shop = server.shop("tuulia");
        let source = survey_forms::instrument::shipped_source("perceived-quality").unwrap();
        let publish = |source: &str| {
            let bearer = format!("Bearer {}", shop.owner);
            let headers = [("authorization", bearer.as_str()), ("content-type", "application/toml")];
            server.client().send("POST", "/api/v1/instruments", &headers, Some(source.as_bytes()))
        };
        let found = problem(&publish(&super::refusals::with_five_mistakes(source)), 422, "invalid-fields");
        assert_eq!(at(&found, "/errors").as_array().unwrap().len(), 5, "{found}");
        for error in at(&found, "/errors").as_array().unwrap() {
            assert!(text(error, "/message").starts_with("line "), "{error}");
        }
        let own = source.replacen("key = \"perceived-quality\"", "key = \"own-one\"", 1);
        publish(&own).expect(201);
        let changed = own.replacen("How well did we keep what we promised", "How well did we hold what we promised", 1);
        assert_ne!(changed, own);
        problem(&publish(&changed), 409, "conflict");
    }

    fn wrong_ways_in_are_told_what_is_right(server) {
        let shop = fielded(server);
        let order = server.order("A1").to_string();
        let wrong_kind = problem(&post_raw(server, &shop, "text/plain", order.as_bytes()), 415, "unsupported-media-type");
        assert!(text(&wrong_kind, "/detail").contains("application/json"));
        problem(&server.client().get("/nowhere"), 404, "not-found");
        problem(&server.client().get_as(&shop.owner, "/api/v1/nothing"), 404, "not-found");
        problem(&server.client().get_as(&shop.owner, "/api/v1/surveys/none/report"), 404, "not-found");
        let methods = [
            ("DELETE", "/api/v1/orders", "POST"),
            ("GET", "/api/v1/orders", "POST"),
            ("POST", "/api/v1/surveys/field/report", "GET, HEAD"),
            ("PATCH", "/api/v1/organisation", "GET, HEAD, PUT"),
            ("PUT", "/healthz", "GET, HEAD"),
        ];
        for (method, path, allowed) in methods {
            let answer = server.client().send(method, path, &[], None);
            problem(&answer, 405, "method-not-allowed");
            assert_eq!(answer.header("allow"), Some(allowed), "{method} {path}");
        }
        let large = format!("{{\"orders\": [\"{}\"]}}", "x".repeat(11 * 1024 * 1024));
        problem(&post_raw(server, &shop, "application/json", large.as_bytes()), 413, "too-large");
    }

    fn a_request_keeps_its_id_or_gets_one(server) {
        let get = |id: &str| server.client().send("GET", "/nowhere", &[("x-request-id", id)], None);
        let own = get("shop-2026_0001");
        assert_eq!(own.header("x-request-id"), Some("shop-2026_0001"));
        assert_eq!(text(&problem(&own, 404, "not-found"), "/instance"), "shop-2026_0001");
        for bad in ["short", "with blank inside", "<script>alert(1)</script>", &"x".repeat(65)] {
            let answer = get(bad);
            let id = answer.header("x-request-id").unwrap();
            assert!(id != bad && id.len() == 36, "{id}");
        }
        let fine = server.client().get("/healthz").expect(200);
        assert_eq!(fine.header("x-request-id").map(str::len), Some(36));
        let other = server.client().get("/healthz").expect(200);
        assert_ne!(fine.header("x-request-id"), other.header("x-request-id"));
    }

    fn alive_and_ready_are_two_questions(server) {
        assert_eq!(server.client().get("/healthz").expect(200).text(), "alive\n");
        let ready = server.client().get("/readyz").expect(200).json();
        assert_eq!(ready, json!({"ready": true, "obstacles": []}));
    }

    fn every_kind_of_problem_is_explained(server) {
        let page = server.client().get("/api/docs/errors").expect(200).text();
        let slugs = [
            "unauthorised", "forbidden", "unsupported-media-type", "malformed-json", "method-not-allowed", "not-found",
            "too-large", "bad-request", "invalid-fields", "conflict", "idempotency-key-reused", "format-not-built", "busy", "internal-error",
        ];
        let missing: Vec<&str> = slugs.into_iter().filter(|slug| !page.contains(slug)).collect();
        assert_eq!(missing, [] as [&str; 0]);
    }

    fn the_description_is_openapi_3_1_and_every_path_in_it_answers(server) {
        let shop = fielded(server);
        let document = server.client().get("/api/openapi.json").expect(200).json();
        assert!(text(&document, "/openapi").starts_with("3.1"), "{}", text(&document, "/openapi"));
        let id = shop.auditor.split('_').nth(2).unwrap();
        let unwanted = json!({"email": "nobody@example.org"});
        let suppressed = server.client().post_json(&shop.owner, "/api/v1/suppressions", &unwanted).json();
        let hash = text(&suppressed, "/address_hash").to_owned();
        let mut operations = Vec::new();
        for (path, methods) in at(&document, "/paths").as_object().unwrap() {
            for (method, operation) in methods.as_object().unwrap() {
                if path.contains("{endpoint}") {
                    // A signature stands in for the key there.
                    let is_shopify = path.contains("shopify");
                    let kind = if is_shopify { laatu::domain::HookKind::Shopify } else { laatu::domain::HookKind::Woocommerce };
                    let hook = crate::hooks::hook(server, &shop, kind);
                    assert_eq!(crate::hooks::deliver(server, &hook, "unused", &serde_json::json!({})), "nothing");
                    operations.push(text(operation, "/operationId").to_owned());
                    continue;
                }
                // An endpoint of its own for each: one of the operations deletes it.
                let (webhook, delivery) = if path.contains("/webhooks/") { webhook(server, &shop) } else { <_>::default() };
                let path = path.replace("/webhooks/{id}", &format!("/webhooks/{webhook}")).replace("{delivery}", &delivery);
                let path = if path.contains("/annotations/{id}") {
                    let note = serde_json::json!({"day": "2026-03-03", "words": "New courier"});
                    let made = server.client().post_json(&shop.owner, "/api/v1/surveys/field/annotations", &note).json();
                    path.replace("{id}", text(&made, "/id"))
                } else {
                    path
                };
                let real = path.replace("{key}", "field").replace("{order_number}", "A1").replace("{id}", id).replace("{address_hash}", &hash);
                let real = real.replace("{format}", "csv");
                let method = method.to_uppercase();
                let bearer = format!("Bearer {}", shop.owner);
                let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
                let body = (method != "GET").then_some(&b"{}"[..]);
                let answer = server.client().send(&method, &real, &headers, body);
                // An invitation that is not there is answered with 404 as a path is that is not there, but says so.
                let no_such = answer.status == 404 && answer.text().contains("there is no such invitation");
                let answers = no_such || ![401, 403, 404, 405, 500].contains(&answer.status);
                assert!(answers, "{method} {real}: {} {}", answer.status, answer.text());
                operations.push(text(operation, "/operationId").to_owned());
            }
        }
        let all = operations.len();
        operations.sort();
        operations.dedup();
        assert_eq!((operations.len(), all), (51, 51), "{operations:?}");
    }

    fn the_documentation_loads_nothing_from_outside(server) {
        let index = server.client().get("/api/docs/").expect(200);
        assert!(index.header("content-security-policy").is_some_and(|policy| policy.starts_with("default-src 'self'")));
        let page = index.text();
        let mut files = Vec::new();
        for attribute in ["src=\"", "href=\""] {
            files.extend(page.split(attribute).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned));
        }
        assert!(files.len() >= 4, "{files:?}");
        for file in files {
            assert!(!file.contains("//") && !file.starts_with('/'), "{file} lies outside");
            let answer = server.client().get(&format!("/api/docs/{}", file.trim_start_matches("./"))).expect(200);
            if answer.header("content-type").is_some_and(|kind| kind.starts_with("text/css")) {
                let style = answer.text();
                assert!(!style.contains("url(http") && !style.contains("@import"), "{file}");
            }
        }
        let root = server.client().get("/api/docs").expect(303);
        assert_eq!(root.header("location"), Some("/api/docs/"));
        let start = server.client().get("/api/docs/swagger-initializer.js").expect(200).text();
        assert!(start.contains("/api/openapi.json") && !start.contains("https://"), "{start}");
    }
}
