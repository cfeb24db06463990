//! What brings an invitation: a mail, a short message by the organisation's own gateway, or a printed slip.

use laatu::service::once::in_read;
use laatu::service::sending::gateway_key_text;
use laatu::store::{authority, organisations};
use laatu_tests::Server;
use laatu_tests::json::{at, text};
use laatu_tests::receiver::{Posted, Receiver, Reply};
use laatu_tests::respondent::Respondent;
use laatu_tests::schema::Any;
use laatu_tests::server::Shop;
use serde_json::{Value, json};
use standardwebhooks::Webhook as Verifier;

const NUMBER: &str = "+358401234567";

/// A shop whose survey tries these carriers, with a gateway.
fn shop_by(server: &Server, carriers: &[&str], gateway: &Receiver) -> Shop {
    let shop = server.shop("tuulia");
    server.field_survey(&shop, &json!({"carriers": carriers, "quiet": "none"}));
    set_gateway(server, &shop, &gateway.url()).expect(200);
    shop
}

fn set_gateway(server: &Server, shop: &Shop, url: &str) -> laatu_tests::Answer {
    server.client().send_json("PUT", &shop.owner, "/api/v1/organisation", &json!({"message_gateway": url}))
}

/// An order of somebody who has a telephone and no mail address.
fn by_phone(server: &Server, number: &str) -> Value {
    let mut order = server.order(number);
    order["customer"] = json!({"phone": "+358 40 123 4567", "language": "fi", "external_id": number});
    order
}

/// State, reason and carrier of the invitation about an order.
fn plan(server: &Server, shop: &Shop, number: &str) -> (String, Value, String) {
    let it = server.invitation(shop, number);
    (text(&it, "/state").to_owned(), at(&it, "/reason").clone(), text(&it, "/carrier").to_owned())
}

fn sent(server: &Server, shop: &Shop, order: &Value) {
    server.deliver(shop, order);
    server.advance_days(3);
    server.run_jobs();
}

/// The key that `laatu org gateway-key` prints.
fn gateway_key(server: &Server, slug: &str) -> String {
    let services = server.services();
    let organisation = in_read(services, |connection| {
        let scope = authority::operator(connection, slug)?;
        Ok(organisations::get(connection, &scope)?)
    })
    .expect("an organisation");
    let gateway = organisation.gateway.as_ref().expect("a gateway");
    gateway_key_text(services, organisation.org_id, gateway).expect("a key")
}

fn is_signed(posted: &Posted, key: &str) -> bool {
    let timestamp = posted.header("webhook-timestamp").parse().unwrap();
    let right = Verifier::new(key).unwrap();
    let right = right.sign(posted.header("webhook-id"), timestamp, posted.body.as_bytes()).unwrap();
    posted.header("webhook-signature") == right
}

fn slip(server: &Server, key: &str, number: &str) -> laatu_tests::Answer {
    server.client().post_json(key, &format!("/api/v1/orders/{number}/slip"), &json!({"survey": "field"}))
}

fn path_of(server: &Server, address: &str) -> String {
    let base = server.services().public_url.clone();
    address.strip_prefix(&base).unwrap_or_else(|| panic!("{address} is not at {base}")).to_owned()
}

on_both! {
    fn a_customer_without_a_mail_address_gets_one_signed_message_and_answers_by_it(server) {
        let gateway = Receiver::start();
        let shop = shop_by(server, &["mail", "message"], &gateway);
        server.deliver(&shop, &by_phone(server, "A1"));
        assert_eq!(plan(server, &shop, "A1"), ("planned".into(), json!("not_due"), "message".into()));
        sent(server, &shop, &server.order("A2"));
        assert_eq!((plan(server, &shop, "A1").0, plan(server, &shop, "A2").2), ("sent".into(), "mail".into()));
        assert_eq!(server.mailbox().mails().len(), 1, "who has an address is mailed");
        let posted = gateway.posted();
        assert_eq!(posted.len(), 1);
        let told = posted[0].json();
        let words = text(&told, "/data/text").to_owned();
        assert_eq!((text(&told, "/type"), text(&told, "/data/to")), ("message.send", NUMBER));
        assert_eq!(text(&told, "/data/id"), posted[0].header("webhook-id"));
        assert_eq!(text(&told, "/data/language"), "fi");
        assert!(words.contains("millaista palvelumme oli"), "{words}");
        let key = gateway_key(server, "tuulia");
        assert!(is_signed(&posted[0], &key) && !is_signed(&posted[0], "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="));
        let link = words.split(' ').next_back().expect("a link at its end");
        let customer = Respondent::at(server.client().clone(), &path_of(server, link));
        customer.answer_all(customer.open(), |_, values| values.first().cloned(), "");
        assert_eq!(plan(server, &shop, "A1").0, "answered");
    }

    fn a_gateway_that_fails_hangs_or_refuses_loses_nothing_and_keeps_no_mail_waiting(server) {
        let gateway = Receiver::answering(&[Reply::Status(503, "retry-after: 600")]);
        let shop = shop_by(server, &["message", "mail"], &gateway);
        for number in ["B1", "B2", "B3"] {
            server.deliver(&shop, &by_phone(server, number));
        }
        sent(server, &shop, &server.order("M1"));
        assert_eq!(gateway.connections(), 1, "it rests after it failed");
        assert_eq!(plan(server, &shop, "M1").0, "sent", "a mail goes all the same");
        server.advance_seconds(300);
        server.run_jobs();
        assert_eq!(gateway.connections(), 1);
        server.advance_seconds(400);
        server.run_jobs();
        for number in ["B1", "B2", "B3"] {
            assert_eq!(plan(server, &shop, number).0, "sent");
        }
        let ids: Vec<String> = gateway.posted().iter().map(|one| one.header("webhook-id").to_owned()).collect();
        assert_eq!((ids.len(), ids.iter().collect::<std::collections::BTreeSet<_>>().len()), (4, 3), "{ids:?}");
        gateway.answer(&[Reply::Status(422, "")]);
        sent(server, &shop, &by_phone(server, "B4"));
        assert_eq!(plan(server, &shop, "B4").0, "bounced");
        gateway.answer(&[Reply::Raw(b"no HTTP at all\r\n\r\n".to_vec())]);
        sent(server, &shop, &by_phone(server, "B5"));
        assert_eq!(plan(server, &shop, "B5").0, "planned", "it may have been taken, and is tried once more");
        server.advance_hours(1);
        server.run_jobs();
        assert_eq!(plan(server, &shop, "B5").0, "sent");
        let all = gateway.posted();
        let twice = &all[all.len() - 2..];
        assert_eq!(twice[0].header("webhook-id"), twice[1].header("webhook-id"), "one id for both tries");
    }

    fn nobody_is_written_to_who_said_no_has_no_number_or_gave_no_basis(server) {
        let gateway = Receiver::start();
        let shop = shop_by(server, &["message"], &gateway);
        let client = server.client();
        client.post_json(&shop.owner, "/api/v1/suppressions", &json!({"phone": "00358 40 123 45 67"})).expect(201);
        server.deliver(&shop, &by_phone(server, "C1"));
        assert_eq!(plan(server, &shop, "C1").1, json!("suppressed"));
        for (number, phone) in [("C2", "040 123 4567"), ("C3", "")] {
            let mut order = by_phone(server, number);
            order["customer"]["phone"] = json!(phone);
            if phone.is_empty() {
                order["customer"].as_object_mut().unwrap().remove("phone");
            }
            server.deliver(&shop, &order);
            assert_eq!(plan(server, &shop, number).1, json!("no_contact_basis"), "{phone}");
        }
        let mut order = by_phone(server, "C4");
        order.as_object_mut().unwrap().remove("contact_basis");
        server.deliver(&shop, &order);
        assert_eq!(plan(server, &shop, "C4").1, json!("no_contact_basis"));
        server.advance_days(4);
        server.run_jobs();
        assert_eq!((gateway.connections(), server.mailbox().mails().len()), (0, 0));
        client.post_json(&shop.owner, "/api/v1/suppressions", &json!({"phone": "040 1"})).expect(422);
        let both = json!({"phone": NUMBER, "email": "a@example.org"});
        client.post_json(&shop.owner, "/api/v1/suppressions", &both).expect(422);
        for url in ["http://127.0.0.1.example/x y", "ftp://example.org/", "https://user@example.org/"] {
            set_gateway(server, &shop, url).expect(422);
        }
        let carriers = json!({"key": "other", "instrument": "csat", "carriers": ["pigeon"]});
        let refused = client.post_json(&shop.owner, "/api/v1/surveys", &carriers).expect(422).json();
        assert_eq!(text(&refused, "/errors/0/pointer"), "/carriers");
    }

    fn what_a_test_key_brings_reaches_no_telephone_and_can_be_looked_at(server) {
        let gateway = Receiver::start();
        let shop = shop_by(server, &["message"], &gateway);
        let key = &shop.test;
        server.client().post_json(key, "/api/v1/orders", &by_phone(server, "T1")).expect(201);
        let event = json!({"kind": "delivered", "at": server.now()});
        server.client().post_json(key, "/api/v1/orders/T1/events", &event).expect(200);
        server.advance_days(3);
        server.run_jobs();
        assert_eq!(gateway.connections(), 0);
        let kept: Vec<Value> = server
            .test_messages()
            .iter()
            .map(|path| serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap())
            .collect();
        assert_eq!(kept.len(), 1);
        assert_eq!(text(&kept[0], "/data/to"), NUMBER);
    }

    fn a_slip_is_printed_once_opens_the_form_and_is_the_same_when_printed_again(server) {
        let gateway = Receiver::start();
        let shop = shop_by(server, &["mail", "slip"], &gateway);
        let mut order = server.order("S1");
        order["customer"] = json!({"external_id": "walk-in", "language": "pl"});
        order.as_object_mut().unwrap().remove("contact_basis");
        server.deliver(&shop, &order);
        assert_eq!(plan(server, &shop, "S1"), ("planned".into(), json!("not_due"), "slip".into()));
        server.advance_days(5);
        server.run_jobs();
        assert_eq!(plan(server, &shop, "S1").0, "planned", "it waits for its parcel");
        let first = slip(server, &shop.sender, "S1").expect(200).json();
        assert_eq!(plan(server, &shop, "S1").0, "sent");
        assert_eq!(slip(server, &shop.sender, "S1").expect(200).json(), first);
        assert!(text(&first, "/qr_svg").starts_with("<svg") && !text(&first, "/heading").is_empty(), "{first}");
        // The address as it is printed: without its scheme where that is https.
        let address = text(&first, "/address");
        let typed = address.rsplit_once("/c/").expect("a code").1;
        let client = server.client();
        for typed in [typed.to_owned(), typed.to_uppercase(), typed.replace('-', "")] {
            let answer = client.get(&format!("/c/{typed}")).expect(303);
            assert!(text(&first, "/link").ends_with(answer.header("location").unwrap()), "{typed}");
        }
        let nothing = client.get("/s/aaaaaaaaaa.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa").expect(404).text();
        let wrong = format!("{}0000-0000-0000", &typed[..typed.len() - 14]);
        assert_eq!(client.get(&format!("/c/{wrong}")).expect(404).text(), nothing);
        let customer = Respondent::at(client.clone(), &path_of(server, text(&first, "/link")));
        customer.answer_all(customer.open(), |_, values| values.first().cloned(), "");
        assert_eq!(plan(server, &shop, "S1").0, "answered");
        assert_eq!(server.mailbox().mails().len(), 0);
        // Nobody prints what is mailed, what is not asked about, or another shop's slip.
        server.deliver(&shop, &server.order("S2"));
        slip(server, &shop.sender, "S2").expect(409);
        let mut order = server.order("S3");
        order["customer"] = json!({"external_id": "other", "language": "pl"});
        server.deliver(&shop, &order);
        server.post_event(&shop, "S3", &json!({"kind": "cancelled", "at": server.now()})).expect(200);
        slip(server, &shop.sender, "S3").expect(409);
        slip(server, &shop.sender, "S9").expect(404);
        let other = server.shop("pihla");
        slip(server, &other.sender, "S1").expect(404);
    }

    fn wrong_codes_are_counted_and_a_stolen_database_holds_none(server) {
        let gateway = Receiver::start();
        let shop = shop_by(server, &["slip"], &gateway);
        server.deliver(&shop, &server.order("S1"));
        let slip = slip(server, &shop.sender, "S1").expect(200).json();
        let typed = text(&slip, "/address").rsplit_once("/c/").unwrap().1.to_owned();
        let code: String = typed[typed.len() - 14..].replace('-', "");
        let kept = Any::to(&server.database().target()).number("SELECT COUNT(*) AS n FROM slip");
        assert_eq!(kept, 1);
        let holds_it = |bytes: &Vec<u8>| bytes.windows(code.len()).any(|some| some == code.as_bytes());
        assert!(!super::erasure::everything(server).iter().any(holds_it), "the code stands in a table");
        let wrong = format!("{}2222-2222-2222", &typed[..typed.len() - 14]);
        for _ in 0..60 {
            server.client().get(&format!("/c/{wrong}")).expect(404);
        }
        server.client().get(&format!("/c/{typed}")).expect(503);
        server.advance_seconds(60);
        server.client().get(&format!("/c/{typed}")).expect(303);
    }

    fn the_very_mail_can_be_looked_at_before_it_leaves_and_is_the_one_that_left(server) {
        let gateway = Receiver::start();
        let shop = shop_by(server, &["mail", "message", "slip"], &gateway);
        server.deliver(&shop, &server.order("L1"));
        server.deliver(&shop, &by_phone(server, "L2"));
        let look = |number: &str| {
            let id = text(&server.invitation(&shop, number), "/id").to_owned();
            server.client().get_as(&shop.owner, &format!("/api/v1/invitations/{id}/mail"))
        };
        let before = look("L1").expect(200);
        assert_eq!(before.header("content-type"), Some("message/rfc822"));
        let message = look("L2").expect(200).json();
        assert_eq!(text(&message, "/data/to"), NUMBER);
        assert_eq!(plan(server, &shop, "L1").0, "planned", "looking sends nothing");
        server.advance_days(3);
        server.run_jobs();
        let undated = |text: &str| text.lines().filter(|line| !line.starts_with("Date:") && !line.contains("boundary") && !line.starts_with("--")).collect::<Vec<_>>().join("\n");
        let file = std::fs::read_to_string(&server.mailbox().files()[0]).unwrap();
        assert_eq!(undated(&before.text()), undated(&file));
        assert_eq!(text(&gateway.posted()[0].json(), "/data/text"), text(&message, "/data/text"));
        let mut order = server.order("L3");
        order["customer"] = json!({"external_id": "walk-in"});
        server.deliver(&shop, &order);
        look("L3").expect(409);
        let id = text(&server.invitation(&shop, "L1"), "/id").to_owned();
        let other = server.shop("pihla");
        server.client().get_as(&other.owner, &format!("/api/v1/invitations/{id}/mail")).expect(404);
        server.client().get_as(&shop.analyst, &format!("/api/v1/invitations/{id}/mail")).expect(403);
    }
}
