//! Events out: told once, signed, to whom they are meant for, without a word about a person.

use laatu_tests::json::{at, text};
use laatu_tests::receiver::{Posted, Receiver};
use laatu_tests::respondent::Respondent;
use laatu_tests::schema::Any;
use laatu_tests::server::Shop;
use laatu_tests::{Answer, Server};
use serde_json::{Value, json};
use standardwebhooks::Webhook as Verifier;

/// Makes an endpoint; its id and its key.
pub fn endpoint(server: &Server, key: &str, wanted: &Value) -> (String, String) {
    let made = server.client().post_json(key, "/api/v1/webhooks", wanted).expect(201).json();
    (text(&made, "/id").to_owned(), text(&made, "/secret").to_owned())
}

pub fn post(server: &Server, shop: &Shop, path: &str) -> Answer {
    server.client().post_json(&shop.owner, path, &json!({}))
}

pub fn deliveries(server: &Server, shop: &Shop, id: &str) -> Vec<Value> {
    let path = format!("/api/v1/webhooks/{id}/deliveries?limit=200");
    let list = server.client().get_as(&shop.owner, &path).expect(200).json();
    at(&list, "/deliveries").as_array().unwrap().clone()
}

fn types(posted: &[Posted]) -> Vec<String> {
    posted.iter().map(|one| text(&one.json(), "/type").to_owned()).collect()
}

/// Whether one of the signatures is the one that the reference makes with this key.
fn is_signed(posted: &Posted, secret: &str) -> bool {
    let timestamp = posted.header("webhook-timestamp").parse().unwrap();
    let verifier = Verifier::new(secret).unwrap();
    let right = verifier.sign(posted.header("webhook-id"), timestamp, posted.body.as_bytes()).unwrap();
    posted.header("webhook-signature").split(' ').any(|one| one == right)
}

fn lowest(_: &str, values: &[String]) -> Option<String> {
    values.first().cloned()
}

fn highest(_: &str, values: &[String]) -> Option<String> {
    values.get(values.len() - 2).cloned()
}

fn fielded(server: &Server) -> Shop {
    let shop = server.shop("tuulia");
    server.field_survey(&shop, &json!({}));
    shop
}

on_both! {
    fn what_happens_to_an_invitation_is_told_once_and_signed(server) {
        let shop = fielded(server);
        let receiver = Receiver::start();
        let (_, secret) = endpoint(server, &shop.owner, &json!({"url": receiver.url()}));
        assert!(secret.starts_with("whsec_"), "{secret}");
        let customer = server.invite(&shop, "A1", &json!({"customer": {"name": "Aino Salainen"}}));
        server.run_webhooks();
        customer.answer_all(customer.open(), highest, "Secret words.");
        server.run_webhooks();
        assert_eq!(server.run_webhooks(), 0);
        let posted = receiver.posted();
        assert_eq!(types(&posted), ["invitation.sent", "survey.answered"]);
        let invitation = server.invitation(&shop, "A1");
        for one in &posted {
            assert!(is_signed(one, &secret), "{one:?}");
            assert_eq!((one.line.as_str(), one.header("content-type")), ("POST /hooks HTTP/1.1", "application/json"));
            assert!(one.body.len() < 20_000);
            for personal in ["Aino", "Salainen", "example.org", "Secret", "A1", "tuulia"] {
                assert!(!one.body.contains(personal), "{personal} in {}", one.body);
            }
            let told = one.json();
            assert_eq!((text(&told, "/data/survey"), text(&told, "/timestamp")), ("field", "2026-05-07T09:00:00Z"));
            assert_eq!(text(&told, "/data/invitation_id"), text(&invitation, "/id"));
        }
        assert_ne!(posted[0].header("webhook-id"), posted[1].header("webhook-id"));
        assert!(!is_signed(&posted[0], "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="));
    }

    fn a_low_judgement_is_told_when_it_is_new(server) {
        let shop = fielded(server);
        let receiver = Receiver::start();
        endpoint(server, &shop.owner, &json!({"url": receiver.url(), "events": ["score.low", "survey.answered", "survey.corrected"]}));
        let customer = server.invite(&shop, "A1", &json!({}));
        customer.answer_all(customer.open(), lowest, "");
        server.run_webhooks();
        let mut first = types(&receiver.posted());
        first.sort();
        assert_eq!(first, ["score.low", "survey.answered"]);
        let again = |choose: fn(&str, &[String]) -> Option<String>| {
            for number in 1.. {
                let page = customer.open_page(number);
                if !page.is_form() {
                    break;
                }
                customer.answer(&page, choose, "");
            }
            server.run_webhooks();
            types(&receiver.posted())
        };
        let better = again(highest);
        assert!(better[2..].iter().all(|kind| kind == "survey.corrected") && better.len() > 2, "{better:?}");
        let worse = again(lowest);
        assert_eq!(worse[better.len()..].iter().filter(|kind| *kind == "score.low").count(), 1, "{worse:?}");
    }

    fn only_what_is_wanted_is_told_and_test_keys_only_to_test_endpoints(server) {
        let shop = fielded(server);
        let (real, few, test) = (Receiver::start(), Receiver::start(), Receiver::start());
        endpoint(server, &shop.owner, &json!({"url": real.url()}));
        endpoint(server, &shop.owner, &json!({"url": few.url(), "events": ["survey.answered"]}));
        endpoint(server, &shop.owner, &json!({"url": test.url(), "test": true}));
        server.client().post_json(&shop.test, "/api/v1/orders", &server.order("T1")).expect(201);
        let event = json!({"kind": "delivered", "at": server.now()});
        server.client().post_json(&shop.test, "/api/v1/orders/T1/events", &event).expect(200);
        server.deliver(&shop, &server.order("A1"));
        server.advance_days(3);
        server.run_jobs();
        let mail = server.test_mailbox().to("customer-T1@example.org");
        let customer = Respondent::at(server.client().clone(), mail.link_path());
        customer.answer_all(customer.open(), highest, "");
        server.run_webhooks();
        assert_eq!(types(&real.posted()), ["invitation.sent"]);
        assert_eq!(types(&few.posted()), [] as [&str; 0]);
        let mut told = types(&test.posted());
        told.sort();
        assert_eq!(told, ["invitation.sent", "survey.answered"]);
        assert!(test.posted().iter().all(|one| at(&one.json(), "/data/test") == true));
    }

    fn a_half_filled_form_is_told_when_its_link_runs_out(server) {
        let shop = fielded(server);
        let receiver = Receiver::start();
        endpoint(server, &shop.owner, &json!({"url": receiver.url(), "events": ["survey.answered"]}));
        let customer = server.invite(&shop, "A1", &json!({}));
        customer.answer(&customer.open(), highest, "");
        server.run_webhooks();
        assert_eq!(receiver.connections(), 0);
        server.advance_days(61);
        server.run_jobs();
        server.run_webhooks();
        assert_eq!(at(&receiver.posted()[0].json(), "/data/finished"), false);
    }

    fn a_new_key_counts_at_once_and_the_old_one_for_a_day(server) {
        let shop = fielded(server);
        let receiver = Receiver::start();
        let (id, first) = endpoint(server, &shop.owner, &json!({"url": receiver.url()}));
        let rotated = post(server, &shop, &format!("/api/v1/webhooks/{id}/rotate")).expect(200).json();
        let second = text(&rotated, "/secret").to_owned();
        assert_ne!(first, second);
        assert_eq!(text(&rotated, "/previous_secret_until"), "2026-05-05T09:00:00Z");
        let test = format!("/api/v1/webhooks/{id}/test");
        let signed = |expected: (bool, bool)| {
            post(server, &shop, &test).expect(200);
            let last = receiver.posted().pop().unwrap();
            assert_eq!((is_signed(&last, &first), is_signed(&last, &second)), expected, "{last:?}");
        };
        signed((true, true));
        server.advance_hours(23);
        signed((true, true));
        server.advance_hours(1);
        signed((false, true));
        let third = text(&post(server, &shop, &format!("/api/v1/webhooks/{id}/rotate")).expect(200).json(), "/secret").to_owned();
        assert_eq!(receiver.posted().pop().unwrap().header("webhook-signature").split(' ').count(), 1);
        post(server, &shop, &test).expect(200);
        let last = receiver.posted().pop().unwrap();
        assert!(is_signed(&last, &third) && is_signed(&last, &second));
        let dump = ["webhook", "webhook_secret", "idempotency"].map(|table| Any::to(&server.database().target()).dump(table));
        for secret in [&first, &second, &third] {
            let text = secret.strip_prefix("whsec_").unwrap().as_bytes();
            assert!(dump.iter().flatten().all(|value| !value.windows(text.len()).any(|part| part == text)), "no key is stored");
        }
    }

    fn making_one_twice_under_a_key_makes_one_and_shows_the_same_secret(server) {
        let shop = server.shop("tuulia");
        let body = json!({"url": "https://shop.example/hooks"}).to_string();
        let bearer = format!("Bearer {}", shop.owner);
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json"), ("idempotency-key", "one")];
        let make = || server.client().send("POST", "/api/v1/webhooks", &headers, Some(body.as_bytes())).expect(201);
        let (first, second) = (make(), make());
        assert_eq!(first.json(), second.json());
        assert_eq!(second.header("idempotency-replayed"), Some("true"));
        let list = server.client().get_as(&shop.owner, "/api/v1/webhooks").expect(200).json();
        assert_eq!(at(&list, "/webhooks").as_array().unwrap().len(), 1);
        assert!(at(&list, "/webhooks/0").get("secret").is_none(), "{list}");
        let kept = Any::to(&server.database().target()).texts("SELECT body AS value FROM idempotency");
        assert!(kept.len() == 1 && !kept[0].contains("whsec"), "{kept:?}");
    }

    fn only_owners_and_admins_see_endpoints_and_only_their_own(server) {
        let (shop, other) = (server.shop("tuulia"), server.shop("lempi"));
        let (id, _) = endpoint(server, &shop.admin, &json!({"url": "https://shop.example/hooks"}));
        for key in [&shop.analyst, &shop.sender, &shop.agent, &shop.auditor, &shop.test] {
            server.client().get_as(key, "/api/v1/webhooks").expect(403);
            server.client().post_json(key, "/api/v1/webhooks", &json!({"url": "https://a.example/"})).expect(403);
        }
        assert_eq!(server.client().get_as(&other.owner, "/api/v1/webhooks").expect(200).json(), json!({"webhooks": []}));
        for path in ["enable", "disable", "rotate", "test"] {
            post(server, &other, &format!("/api/v1/webhooks/{id}/{path}")).expect(404);
        }
        server.client().get_as(&other.owner, &format!("/api/v1/webhooks/{id}/deliveries")).expect(404);
        let bearer = format!("Bearer {}", other.owner);
        server.client().send("DELETE", &format!("/api/v1/webhooks/{id}"), &[("authorization", &bearer)], None).expect(404);
        let bearer = format!("Bearer {}", shop.owner);
        server.client().send("DELETE", &format!("/api/v1/webhooks/{id}"), &[("authorization", &bearer)], None).expect(204);
        assert_eq!(server.client().get_as(&shop.owner, "/api/v1/webhooks").expect(200).json(), json!({"webhooks": []}));
    }

    fn what_is_told_of_an_erased_customer_goes_with_them(server) {
        let shop = fielded(server);
        let receiver = Receiver::start();
        let (id, _) = endpoint(server, &shop.owner, &json!({"url": receiver.url()}));
        for number in ["A1", "B1"] {
            let customer = server.invite(&shop, number, &json!({}));
            customer.answer_all(customer.open(), highest, "");
        }
        server.run_webhooks();
        let mut again = server.order("A2");
        again["customer"]["email"] = json!("customer-A1@example.org");
        server.deliver(&shop, &again);
        server.advance_days(3);
        server.run_jobs();
        let erased: Vec<String> = ["A1", "A2"].iter().map(|number| text(&server.invitation(&shop, number), "/id").to_owned()).collect();
        let all = deliveries(server, &shop, &id);
        assert_eq!(all.len(), 5, "{all:?}");
        let database = server.database().url();
        let list = server.erasure_list();
        let erase = laatu_tests::program::Desk::new().with("LAATU_DATABASE_URL", database).with("LAATU_ERASURE_LIST", &list.to_string_lossy());
        erase.run(&["erase", "--org", "tuulia", "--email", "customer-A1@example.org"]).expect(0);
        assert_eq!(deliveries(server, &shop, &id).len(), 2);
        let bodies = Any::to(&server.database().target()).texts("SELECT body AS value FROM webhook_message");
        assert!(bodies.len() == 2 && bodies.iter().all(|body| erased.iter().all(|id| !body.contains(id))), "{bodies:?}");
        let before = receiver.connections();
        server.run_webhooks();
        assert_eq!(receiver.connections(), before, "what waited is not brought");
    }

    fn the_log_is_read_page_by_page_and_goes_after_thirty_days(server) {
        let shop = fielded(server);
        let receiver = Receiver::start();
        let (id, _) = endpoint(server, &shop.owner, &json!({"url": receiver.url()}));
        for number in 0..5 {
            server.deliver(&shop, &server.order(&format!("P{number}")));
        }
        server.advance_days(3);
        server.run_jobs();
        server.run_webhooks();
        let mut seen = Vec::new();
        let mut path = format!("/api/v1/webhooks/{id}/deliveries?limit=2");
        loop {
            let page = server.client().get_as(&shop.owner, &path).expect(200).json();
            seen.extend(at(&page, "/deliveries").as_array().unwrap().iter().map(|one| text(one, "/id").to_owned()));
            let Some(next) = page.get("next").and_then(Value::as_str) else { break };
            path = format!("/api/v1/webhooks/{id}/deliveries?limit=2&cursor={next}");
        }
        let mut sorted = seen.clone();
        sorted.sort();
        sorted.dedup();
        sorted.reverse();
        assert_eq!((seen.len(), &seen), (5, &sorted), "newest first, each once");
        for query in ["state=unknown", "cursor=xyz", "limit=0", "limit=201"] {
            server.client().get_as(&shop.owner, &format!("/api/v1/webhooks/{id}/deliveries?{query}")).expect(422);
        }
        server.advance_days(31);
        post(server, &shop, &format!("/api/v1/webhooks/{id}/deliveries/{}/replay", seen[0])).expect(200);
        server.run_webhooks();
        assert_eq!(deliveries(server, &shop, &id).len(), 0);
        let left = Any::to(&server.database().target()).number("SELECT COUNT(*) AS n FROM webhook_message");
        assert_eq!(left, 0);
    }
}
