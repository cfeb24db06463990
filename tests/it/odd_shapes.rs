//! Requests that nobody sends by accident: answered in words, alike on both databases, never with a 500.

use laatu_tests::json::{at, pointers, text};
use laatu_tests::schema::Any;
use laatu_tests::server::Shop;
use laatu_tests::{Answer, Kind, Server, mistyped};
use serde_json::{Value, json};

fn fielded(server: &Server) -> Shop {
    let shop = server.shop("tuulia");
    server.field_survey(&shop, &json!({}));
    shop
}

/// Requests with a NUL in every place that takes a text.
fn with_nul() -> Vec<(&'static str, String, Value)> {
    let order = |changes: Value| {
        let mut order = json!({"order_number": "Z1", "channel": "web", "placed_at": "2026-05-04T08:00:00Z",
            "customer": {"email": "z@example.org", "language": "en"}});
        laatu_tests::server::merge(&mut order, &changes);
        ("POST", "/api/v1/orders".to_owned(), order)
    };
    let get = |path: &str| ("GET", path.to_owned(), Value::Null);
    let event = json!({"kind": "delivered", "at": "2026-05-04T08:00:00Z"});
    vec![
        get("/api/v1/surveys/%00/report"),
        get("/api/v1/surveys/field%00/report.html"),
        get("/api/v1/surveys/field/report?place=%00"),
        get("/api/v1/surveys/field/report?language=%00&by=%00&from=%00"),
        get("/api/v1/invitations?order_number=%00"),
        get("/api/v1/invitations?survey=%00"),
        get("/api/v1/invitations?cursor=%00&state=%00"),
        ("POST", "/api/v1/surveys/%00/start".to_owned(), json!({})),
        ("POST", "/api/v1/surveys/%00/pause".to_owned(), json!({})),
        ("POST", "/api/v1/orders/%00/events".to_owned(), event.clone()),
        ("POST", "/api/v1/orders/Z%001/events".to_owned(), event),
        ("POST", "/api/v1/orders/missing".to_owned(), json!({"order_numbers": ["\u{0}"]})),
        ("POST", "/api/v1/surveys".to_owned(), json!({"key": "two", "instrument": "\u{0}"})),
        ("POST", "/api/v1/surveys".to_owned(), json!({"key": "\u{0}", "instrument": "perceived-quality"})),
        ("PUT", "/api/v1/organisation".to_owned(), json!({"name": "a\u{0}b"})),
        ("PUT", "/api/v1/organisation".to_owned(), json!({"privacy_text": "a\u{0}b", "zone": "\u{0}"})),
        ("POST", "/api/v1/keys".to_owned(), json!({"role": "\u{0}", "grants": ["\u{0}"]})),
        ("DELETE", "/api/v1/keys/%00".to_owned(), json!({})),
        order(json!({"order_number": "Z\u{0}"})),
        order(
            json!({"customer": {"external_id": "\u{0}", "name": "\u{0}", "phone": "\u{0}", "email": "a\u{0}@b.example"}}),
        ),
        order(json!({"place": "\u{0}"})),
        order(json!({"attributes": {"a\u{0}": "b\u{0}"}})),
        order(
            json!({"contact_basis": {"kind": "other", "text": "\u{0}", "notice_at": "2026-05-04T08:00:00Z"}}),
        ),
    ]
}

fn ask(server: &Server, shop: &Shop, (method, path, body): &(&str, String, Value)) -> Answer {
    match body {
        Value::Null => server.client().get_as(&shop.owner, path),
        body => server.client().send_json(method, &shop.owner, path, body),
    }
}

fn has_words_and_id(answer: &Answer) -> bool {
    answer.header("content-type") == Some("application/problem+json")
        && answer.header("x-request-id") == Some(text(&answer.json(), "/instance"))
}

#[test]
fn a_nul_is_refused_with_the_same_words_on_both_databases() {
    let answers = [Kind::Sqlite, Kind::Postgres].map(|kind| {
        let server = Server::on(kind);
        let shop = fielded(&server);
        with_nul()
            .iter()
            .map(|asked| {
                let answer = ask(&server, &shop, asked);
                let mut body = if answer.body.is_empty() { Value::Null } else { answer.json() };
                body.as_object_mut().map(|fields| fields.remove("instance"));
                (format!("{asked:?}"), answer.status, body)
            })
            .collect::<Vec<_>>()
    });
    for (sqlite, postgres) in answers[0].iter().zip(&answers[1]) {
        // Ids of what was made differ between two services, nothing else may.
        if sqlite.1 < 300 {
            assert_eq!((&sqlite.0, sqlite.1), (&postgres.0, postgres.1));
        } else {
            assert_eq!(sqlite, postgres);
        }
        assert!(sqlite.1 < 500, "{sqlite:?}");
    }
}

#[test]
fn a_link_that_opens_nothing_has_the_same_bytes_on_both_databases() {
    let dead =
        ["/s/%00.x", "/s/%00.%00/1", "/s/nowhere.nothing", "/s/aaaaaaaaaa.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"];
    let answers = [Kind::Sqlite, Kind::Postgres].map(|kind| {
        let server = Server::on(kind);
        let shop = fielded(&server);
        server.invite(&shop, "A1", &json!({}));
        dead.map(|path| server.client().get(path).expect(404).without_date_and_id())
    });
    for (path, (sqlite, postgres)) in dead.iter().zip(answers[0].iter().zip(&answers[1])) {
        assert_eq!((&sqlite.headers, sqlite.text()), (&postgres.headers, postgres.text()), "{path}");
    }
    assert!(answers[0].iter().all(|answer| *answer == answers[0][0]));
}

on_both! {
    fn a_nul_where_a_number_or_a_key_stands_is_named(server) {
        let shop = fielded(server);
        let event = json!({"kind": "delivered", "at": server.now()});
        let refused = server.post_event(&shop, "%00", &event).expect(422).json();
        assert_eq!(pointers(&refused), ["/order_number"]);
        let numbers = json!({"order_numbers": ["A1", "\u{0}"]});
        let refused = server.client().post_json(&shop.owner, "/api/v1/orders/missing", &numbers).expect(422).json();
        assert_eq!(pointers(&refused), ["/order_numbers/1"]);
        let refused = server.client().get_as(&shop.owner, "/api/v1/invitations?order_number=%00").expect(422).json();
        assert_eq!(pointers(&refused), ["?order_number"]);
        for page in ["report", "report.html"] {
            server.client().get_as(&shop.owner, &format!("/api/v1/surveys/%00/{page}")).expect(404);
        }
        let stored = Any::to(&server.database().target()).number("SELECT COUNT(*) AS n FROM order_event");
        assert_eq!(stored, 0);
    }

    fn a_stranger_learns_nothing_of_the_body_before_the_key(server) {
        let shop = fielded(server);
        let wrong = format!("Bearer {}", mistyped(&shop.owner));
        let sender = format!("Bearer {}", shop.sender);
        let places = [
            ("POST", "/api/v1/orders", "application/json"),
            ("POST", "/api/v1/orders", "text/plain"),
            ("POST", "/api/v1/orders/missing", "application/json"),
            ("POST", "/api/v1/orders/A1/events", "application/json"),
            ("POST", "/api/v1/surveys", "application/json"),
            ("POST", "/api/v1/instruments", "application/toml"),
            ("PUT", "/api/v1/organisation", "application/json"),
            ("POST", "/api/v1/keys", "application/json"),
        ];
        for (method, path, kind) in places {
            for headers in [vec![("authorization", wrong.as_str()), ("content-type", kind)], vec![("content-type", kind)]] {
                let answer = server.client().send(method, path, &headers, Some(b"{")).expect(401);
                assert!(has_words_and_id(&answer), "{method} {path}: {}", answer.text());
            }
        }
        for (method, path, kind) in &places[4..] {
            let headers = [("authorization", sender.as_str()), ("content-type", *kind)];
            server.client().send(method, path, &headers, Some(b"{")).expect(403);
        }
    }

    fn an_encoding_that_nobody_has_is_refused_in_words_with_an_id(server) {
        let shop = fielded(server);
        let bearer = format!("Bearer {}", shop.owner);
        for path in ["/healthz", "/nowhere", "/api/v1/surveys", "/api/openapi.json", "/s/nowhere.nothing"] {
            for encoding in ["identity;q=0", "*;q=0", "rot13, identity;q=0"] {
                let headers = [("authorization", bearer.as_str()), ("accept-encoding", encoding)];
                let answer = server.client().send("GET", path, &headers, None);
                assert!(answer.header("x-request-id").is_some(), "{path} {encoding}: {:?}", answer.headers);
                if answer.status == 406 {
                    assert!(has_words_and_id(&answer), "{path} {encoding}: {}", answer.text());
                } else {
                    assert!([200, 404].contains(&answer.status), "{path} {encoding}: {}", answer.status);
                }
            }
        }
    }

    fn an_idempotency_key_is_free_again_after_a_month(server) {
        let shop = fielded(server);
        let bearer = format!("Bearer {}", shop.sender);
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json"), ("idempotency-key", "again")];
        let send = |order: &Value| server.client().send("POST", "/api/v1/orders", &headers, Some(order.to_string().as_bytes()));
        let (first, other) = (server.order("I1"), server.order("I2"));
        let made = send(&first).expect(201);
        server.advance_days(29);
        let replayed = send(&first).expect(201);
        assert_eq!((replayed.header("idempotency-replayed"), replayed.json()), (Some("true"), made.json()));
        let reused = send(&other);
        assert!([409, 422].contains(&reused.status), "{}", reused.status);
        assert!(text(&reused.json(), "/type").ends_with("#idempotency-key-reused"));
        server.advance_days(2);
        let free = send(&other).expect(201);
        assert_eq!(free.header("idempotency-replayed"), None);
        assert_eq!(text(&free.json(), "/results/0/order_number"), "I2");
        assert_eq!(at(&server.invitation(&shop, "I2"), "/order_number"), "I2");
        let kept = Any::to(&server.database().target()).number("SELECT COUNT(*) AS n FROM idempotency");
        assert_eq!(kept, 1, "what has aged out is forgotten");
    }
}
