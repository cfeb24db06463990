//! Shopify's hooks: signed orders come in by the road of all orders, once, and never older over newer.

use data_encoding::BASE64;
use hmac::{Hmac, KeyInit, Mac};
use laatu::domain::{BasisKind, Channel, HookKind};
use laatu::service::hooks::register::{self, Request, Shown};
use laatu::store::authority;
use laatu_tests::Answer;
use laatu_tests::json::{at, text};
use laatu_tests::server::{Server, Shop, merge};
use serde_json::{Value, json};
use sha2::Sha256;

/// What the tests' Shopify app signs with.
pub const SHOPIFY_SECRET: &str = "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";

/// A hook as its shop knows it.
pub struct Hook {
    pub id: String,
    pub kind: HookKind,
    /// Where it sends to.
    pub path: String,
    /// What it signs with.
    pub secret: String,
    deliveries: std::cell::Cell<u32>,
}

/// Makes a hook whose customers were told.
pub fn hook(server: &Server, shop: &Shop, kind: HookKind) -> Hook {
    hook_with(server, shop, kind, |_| {})
}

/// Makes a hook with other settings.
pub fn hook_with(server: &Server, shop: &Shop, kind: HookKind, change: impl Fn(&mut Request)) -> Hook {
    let mut request = Request {
        kind,
        channel: Channel::Web,
        place: "helsinki".to_owned(),
        basis: Some((BasisKind::ExistingCustomerNotice, String::new())),
        secret: (kind == HookKind::Shopify).then(|| SHOPIFY_SECRET.to_owned()),
        test: false,
    };
    change(&mut request);
    let services = server.services();
    let told = services.store.write(|connection| {
        let scope = authority::operator(connection, &shop.slug)?;
        Ok(register::create(services, connection, &scope, &request).unwrap())
    });
    let told = told.unwrap();
    let path = told.address.strip_prefix("https://surveys.example").unwrap().to_owned();
    let secret = told.secret.unwrap_or_else(|| request.secret.unwrap());
    Hook { id: told.id, kind, path, secret, deliveries: std::cell::Cell::new(0) }
}

/// The hooks as the operator sees them.
pub fn list(server: &Server, shop: &Shop) -> Vec<Shown> {
    let services = server.services();
    let listed = services.store.read(|connection| {
        let scope = authority::operator(connection, &shop.slug)?;
        Ok(register::list(services, connection, &scope).unwrap())
    });
    listed.unwrap()
}

/// base64 of HMAC-SHA256, as both shops sign.
pub fn signature(secret: &str, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(body);
    BASE64.encode(&mac.finalize().into_bytes())
}

/// Sends bytes as the shop would, with this id and signature.
pub fn send(server: &Server, hook: &Hook, topic: &str, id: &str, signature: &str, body: &[u8]) -> Answer {
    let names = match hook.kind {
        HookKind::Shopify => ["X-Shopify-Topic", "X-Shopify-Webhook-Id", "X-Shopify-Hmac-SHA256"],
        HookKind::Woocommerce => ["X-WC-Webhook-Topic", "X-WC-Webhook-Delivery-ID", "X-WC-Webhook-Signature"],
    };
    let headers =
        [(names[0], topic), (names[1], id), (names[2], signature), ("content-type", "application/json")];
    server.client().send("POST", &hook.path, &headers, Some(body))
}

/// Delivers a message, rightly signed, under an id of its own; what was answered.
#[track_caller]
pub fn deliver(server: &Server, hook: &Hook, topic: &str, message: &Value) -> String {
    hook.deliveries.set(hook.deliveries.get() + 1);
    let id = format!("{}-{}", hook.id, hook.deliveries.get());
    let body = message.to_string();
    let answer = send(server, hook, topic, &id, &signature(&hook.secret, body.as_bytes()), body.as_bytes());
    text(&answer.expect(200).json(), "/status").to_owned()
}

/// Which of these numbers the organisation does not have.
pub fn missing(server: &Server, key: &str, numbers: &[&str]) -> Value {
    let body = json!({"order_numbers": numbers});
    server.client().post_json(key, "/api/v1/orders/missing", &body).expect(200).json()["missing"].clone()
}

/// An order with the fields that Shopify sends; all of it is made up.
pub fn shopify_order(number: u64, changes: &Value) -> Value {
    let mut order = json!({
        "id": 820_982_911_946_100_000_u64 + number, "admin_graphql_api_id": "gid://shopify/Order/1",
        "name": format!("#{number}"), "order_number": number, "email": format!("customer-{number}@example.org"),
        "contact_email": format!("customer-{number}@example.org"), "phone": null, "test": false,
        "created_at": "2026-05-04T10:30:00+03:00", "updated_at": "2026-05-04T10:30:01+03:00",
        "processed_at": "2026-05-04T10:30:00+03:00", "cancelled_at": null, "cancel_reason": null, "closed_at": null,
        "currency": "EUR", "total_price": "49.90", "customer_locale": "en-FI", "source_name": "web",
        "financial_status": "paid", "fulfillment_status": null, "buyer_accepts_marketing": false, "confirmed": true,
        "customer": {"id": 55_000 + number, "email": format!("customer-{number}@example.org"),
            "first_name": "Aino", "last_name": "Kallio", "phone": null},
        "billing_address": {"name": "Aino Kallio", "address1": "Koivukuja 3", "city": "Turku", "country_code": "FI"},
        "line_items": [{"id": 1, "title": "Tea pot", "quantity": 1, "price": "49.90"}],
        "fulfillments": [], "refunds": [], "shipping_lines": [{"title": "Parcel", "price": "0.00"}]
    });
    merge(&mut order, changes);
    order
}

/// The changes of an order whose goods have left, and arrived when there is a time for it.
pub fn fulfilled(updated_at: &str, shipped_at: &str, delivered_at: Option<&str>) -> Value {
    json!({
        "updated_at": updated_at, "fulfillment_status": "fulfilled",
        "fulfillments": [{"id": 7, "status": "success", "created_at": shipped_at,
            "updated_at": delivered_at.unwrap_or(shipped_at),
            "shipment_status": delivered_at.map(|_| "delivered")}]
    })
}

/// State, reason and time of an order's only invitation.
pub fn plan(server: &Server, shop: &Shop, number: &str) -> (String, String, Value) {
    let it = server.invitation(shop, &number.replace('#', "%23"));
    (text(&it, "/state").to_owned(), text(&it, "/reason").to_owned(), at(&it, "/send_at").clone())
}

/// A shop with a survey three days after delivery, and its Shopify.
fn with_shopify(server: &Server) -> (Shop, Hook) {
    let shop = server.shop("tuulia");
    server.field_survey(&shop, &json!({}));
    let hook = hook(server, &shop, HookKind::Shopify);
    (shop, hook)
}

on_both! {
    fn an_order_goes_from_its_first_message_to_the_customers_mail(server) {
        let (shop, hook) = with_shopify(server);
        assert_eq!(deliver(server, &hook, "orders/create", &shopify_order(1001, &json!({}))), "taken");
        assert_eq!(plan(server, &shop, "#1001"), ("planned".into(), "not_due".into(), Value::Null));
        let sent = fulfilled("2026-05-04T11:00:00+03:00", "2026-05-04T11:00:00+03:00", None);
        assert_eq!(deliver(server, &hook, "orders/fulfilled", &shopify_order(1001, &sent)), "taken");
        assert_eq!(plan(server, &shop, "#1001").2, Value::Null, "sent off is not arrived");
        let arrived = fulfilled("2026-05-04T11:50:00+03:00", "2026-05-04T11:00:00+03:00", Some("2026-05-04T11:45:00+03:00"));
        assert_eq!(deliver(server, &hook, "orders/updated", &shopify_order(1001, &arrived)), "taken");
        assert_eq!(plan(server, &shop, "#1001").2, json!("2026-05-07T08:45:00Z"));
        server.advance_days(4);
        server.run_jobs();
        let mail = server.mailbox().to("customer-1001@example.org");
        assert!(mail.link_path().starts_with("/s/"));
        assert_eq!(server.mailbox().files().len(), 1);
    }

    fn a_survey_after_shipping_is_planned_by_the_fulfilment(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({"rule": {"event": "shipped", "delay": "5d"}}));
        let hook = hook(server, &shop, HookKind::Shopify);
        let sent = fulfilled("2026-05-04T11:00:00+03:00", "2026-05-04T10:59:00+03:00", None);
        deliver(server, &hook, "orders/fulfilled", &shopify_order(1, &sent));
        assert_eq!(plan(server, &shop, "#1").2, json!("2026-05-09T07:59:00Z"));
        let part = json!({"fulfillment_status": "partial"});
        let mut half = shopify_order(2, &sent);
        merge(&mut half, &part);
        deliver(server, &hook, "orders/updated", &half);
        assert_eq!(plan(server, &shop, "#2").2, Value::Null, "a part of the goods is not the order");
    }

    fn what_is_sold_at_the_till_is_served_in_person_and_at_once(server) {
        let (shop, hook) = with_shopify(server);
        let mut sold = fulfilled("2026-05-04T10:31:00+03:00", "2026-05-04T10:31:00+03:00", None);
        sold["source_name"] = json!("pos");
        deliver(server, &hook, "orders/create", &shopify_order(3, &sold));
        assert_eq!(plan(server, &shop, "#3").2, json!("2026-05-07T07:31:00Z"));
    }

    fn what_was_cancelled_or_refunded_is_not_asked_about(server) {
        let (shop, hook) = with_shopify(server);
        let arrived = fulfilled("2026-05-04T11:00:00+03:00", "2026-05-04T10:40:00+03:00", Some("2026-05-04T11:00:00+03:00"));
        for number in [1, 2, 3] {
            deliver(server, &hook, "orders/updated", &shopify_order(number, &arrived));
            assert_eq!(plan(server, &shop, &format!("#{number}")).0, "planned");
        }
        let cancelled = json!({"updated_at": "2026-05-04T11:10:00+03:00", "cancelled_at": "2026-05-04T11:10:00+03:00"});
        deliver(server, &hook, "orders/cancelled", &shopify_order(1, &cancelled));
        assert_eq!(plan(server, &shop, "#1").1, "cancelled");
        let order_id = shopify_order(2, &json!({}))["id"].clone();
        let refund = json!({"id": 5, "order_id": order_id, "created_at": "2026-05-04T11:20:00+03:00",
            "refund_line_items": [{"id": 9, "quantity": 1, "restock_type": "return"}], "transactions": []});
        assert_eq!(deliver(server, &hook, "refunds/create", &refund), "taken");
        assert_eq!(plan(server, &shop, "#2").1, "returned");
        let postage = json!({"id": 6, "order_id": shopify_order(3, &json!({}))["id"],
            "created_at": "2026-05-04T11:20:00+03:00", "refund_line_items": [], "transactions": [{"amount": "4.90"}]});
        assert_eq!(deliver(server, &hook, "refunds/create", &postage), "nothing");
        assert_eq!(plan(server, &shop, "#3").0, "planned");
    }

    fn a_refund_that_comes_before_its_order_waits_for_it(server) {
        let (shop, hook) = with_shopify(server);
        let order = shopify_order(4, &json!({}));
        let refund = json!({"id": 5, "order_id": order["id"], "created_at": "2026-05-04T11:20:00+03:00",
            "refund_line_items": [{"id": 9}]});
        assert_eq!(deliver(server, &hook, "refunds/create", &refund), "kept");
        assert_eq!(missing(server, &shop.sender, &["#4"]), json!(["#4"]));
        assert_eq!(deliver(server, &hook, "orders/create", &order), "taken");
        assert_eq!(plan(server, &shop, "#4").1, "returned");
    }

    fn the_same_delivery_has_one_effect(server) {
        let (shop, hook) = with_shopify(server);
        let body = shopify_order(1, &json!({})).to_string();
        let signed = signature(SHOPIFY_SECRET, body.as_bytes());
        let sent = |id: &str| {
            let answer = send(server, &hook, "orders/create", id, &signed, body.as_bytes()).expect(200).json();
            text(&answer, "/status").to_owned()
        };
        assert_eq!((sent("a1").as_str(), sent("a1").as_str(), sent("a2").as_str()), ("taken", "duplicate", "taken"));
        assert_eq!((sent("").as_str(), sent("").as_str()), ("taken", "duplicate"), "known by its content without an id");
        assert_eq!(server.invitations(&shop).len(), 1);
    }

    fn an_older_message_never_overwrites_a_newer_one(server) {
        let (shop, hook) = with_shopify(server);
        let newer = json!({"updated_at": "2026-05-04T11:00:00+03:00", "email": "new@example.org"});
        let arrived = fulfilled("2026-05-04T11:00:00+03:00", "2026-05-04T10:40:00+03:00", Some("2026-05-04T11:00:00+03:00"));
        let mut order = shopify_order(1, &arrived);
        merge(&mut order, &newer);
        assert_eq!(deliver(server, &hook, "orders/updated", &order), "taken");
        let planned = plan(server, &shop, "#1");
        let older = json!({"updated_at": "2026-05-04T10:59:59+03:00", "email": "old@example.org"});
        assert_eq!(deliver(server, &hook, "orders/create", &shopify_order(1, &older)), "outdated");
        assert_eq!(plan(server, &shop, "#1"), planned);
        server.advance_days(4);
        server.run_jobs();
        assert_eq!(server.mailbox().to("new@example.org").link_path().get(..3), Some("/s/"));
    }

    fn what_is_forged_changed_or_cut_off_is_refused_and_stores_nothing(server) {
        let (shop, hook) = with_shopify(server);
        let body = shopify_order(1, &json!({})).to_string();
        let right = signature(SHOPIFY_SECRET, body.as_bytes());
        let changed = body.replace("customer-1@", "customer-2@");
        let cases: [(&str, &[u8]); 6] = [
            ("", body.as_bytes()),
            ("not base64", body.as_bytes()),
            (&signature("another secret", body.as_bytes()), body.as_bytes()),
            (&right, changed.as_bytes()),
            (&right, &body.as_bytes()[..body.len() - 1]),
            (&right[..right.len() - 4], body.as_bytes()),
        ];
        for (signature, body) in cases {
            let problem = send(server, &hook, "orders/create", "f", signature, body).expect(401).json();
            assert!(text(&problem, "/type").ends_with("#bad-signature"), "{problem}");
        }
        assert_eq!(missing(server, &shop.sender, &["#1"]), json!(["#1"]));
        assert_eq!(list(server, &shop)[0].seen_at, None, "strangers leave no trace at the hook");
        send(server, &hook, "orders/create", "f", &right, body.as_bytes()).expect(200);
    }

    fn what_is_rightly_signed_and_unusable_is_answered_and_shown_to_the_operator(server) {
        let (shop, hook) = with_shopify(server);
        let whole = shopify_order(1, &json!({})).to_string();
        let cut = &whole[..whole.len() / 2];
        let mut later = shopify_order(2, &json!({}));
        later["created_at"] = json!("2027-01-01T00:00:00Z");
        let later = later.to_string();
        let cases = [
            (cut, "the body is not JSON"),
            ("[]", "/id: the order has no id"),
            (r#"{"id": 5, "created_at": "2026-05-04T09:00:00Z"}"#, "/name: the order has no name"),
            (later.as_str(), "/placed_at: in_the_future, /contact_basis/notice_at: in_the_future"),
        ];
        for (number, (body, problem)) in cases.into_iter().enumerate() {
            let signed = signature(SHOPIFY_SECRET, body.as_bytes());
            let answer = send(server, &hook, "orders/create", &format!("p{number}"), &signed, body.as_bytes());
            let answer = answer.expect(200).json();
            assert_eq!((text(&answer, "/status"), text(&answer, "/note")), ("problem", problem));
            let shown = &list(server, &shop)[0];
            assert_eq!(shown.problem.as_deref(), Some(problem));
            assert_eq!(shown.problem_at.as_deref(), Some(server.now().as_str()));
        }
        assert_eq!(missing(server, &shop.sender, &["#1", "#2"]), json!(["#1", "#2"]));
        // What had a problem may come again under its id.
        let signed = signature(SHOPIFY_SECRET, whole.as_bytes());
        let answer = send(server, &hook, "orders/create", "p0", &signed, whole.as_bytes()).expect(200).json();
        assert_eq!(text(&answer, "/status"), "taken");
    }

    fn what_an_order_lacks_is_left_out_and_the_order_is_taken(server) {
        let (shop, hook) = with_shopify(server);
        let nobody = json!({"email": null, "contact_email": null, "customer": null, "billing_address": null});
        assert_eq!(deliver(server, &hook, "orders/create", &shopify_order(1, &nobody)), "taken");
        let odd = json!({"email": "no address", "customer_locale": "xx-!!", "total_price": "a lot",
            "customer": {"first_name": "Ai\r\nBcc: x@y.z", "last_name": "x".repeat(500)}});
        let body = shopify_order(2, &odd).to_string();
        let answer = send(server, &hook, "orders/create", "odd", &signature(SHOPIFY_SECRET, body.as_bytes()), body.as_bytes());
        assert_eq!(text(&answer.expect(200).json(), "/note"), "left out: email, language, value");
        for number in ["#1", "#2"] {
            assert_eq!(plan(server, &shop, number), ("skipped".into(), "no_contact_basis".into(), Value::Null));
        }
    }

    fn without_a_declared_basis_nobody_is_asked_and_consent_is_that_of_each_customer(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let none = hook_with(server, &shop, HookKind::Shopify, |request| request.basis = None);
        let consent = hook_with(server, &shop, HookKind::Shopify, |request| {
            request.basis = Some((BasisKind::Consent, String::new()));
        });
        deliver(server, &none, "orders/create", &shopify_order(1, &json!({"buyer_accepts_marketing": true})));
        deliver(server, &consent, "orders/create", &shopify_order(2, &json!({"buyer_accepts_marketing": true})));
        deliver(server, &consent, "orders/create", &shopify_order(3, &json!({})));
        let plans: Vec<String> = ["#1", "#2", "#3"].map(|number| plan(server, &shop, number).1).into();
        assert_eq!(plans, ["no_contact_basis", "not_due", "no_contact_basis"]);
    }

    fn trials_of_the_shop_reach_nobody(server) {
        let (shop, live) = with_shopify(server);
        let trying = hook_with(server, &shop, HookKind::Shopify, |request| request.test = true);
        let arrived = fulfilled("2026-05-04T11:00:00+03:00", "2026-05-04T10:40:00+03:00", Some("2026-05-04T11:00:00+03:00"));
        let mut trial = shopify_order(1, &arrived);
        trial["test"] = json!(true);
        deliver(server, &live, "orders/updated", &trial);
        deliver(server, &trying, "orders/updated", &shopify_order(2, &arrived));
        assert_eq!(missing(server, &shop.sender, &["#1", "#2"]), json!(["#1", "#2"]));
        assert_eq!(missing(server, &shop.test, &["#1", "#2"]), json!([]));
        server.advance_days(4);
        server.run_jobs();
        assert!(server.mailbox().files().is_empty());
        assert_eq!(server.test_mailbox().files().len(), 2);
    }

    fn two_shops_of_an_organisation_do_not_overwrite_each_others_orders(server) {
        let (shop, one) = with_shopify(server);
        let other = hook(server, &shop, HookKind::Shopify);
        deliver(server, &one, "orders/create", &shopify_order(1, &json!({})));
        assert_eq!(deliver(server, &other, "orders/create", &shopify_order(1, &json!({}))), "problem");
        let shown = list(server, &shop);
        let of_other = shown.iter().find(|shown| shown.id == other.id).unwrap();
        assert!(of_other.problem.as_ref().unwrap().contains(&one.id), "{shown:?}");
        // A hook that takes the place of one that was ended takes its orders over.
        end(server, &shop, &one);
        let later = json!({"updated_at": "2026-05-04T10:40:00+03:00"});
        assert_eq!(deliver(server, &other, "orders/updated", &shopify_order(1, &later)), "taken");
    }

    fn what_is_no_hook_looks_like_any_unknown_path(server) {
        let (shop, one) = with_shopify(server);
        let body = shopify_order(1, &json!({})).to_string();
        let signed = signature(SHOPIFY_SECRET, body.as_bytes());
        let post = |path: &str| {
            let headers = [("x-shopify-hmac-sha256", signed.as_str()), ("x-shopify-topic", "orders/create")];
            server.client().send("POST", path, &headers, Some(body.as_bytes())).expect(404)
        };
        let unknown = post("/api/v1/nothing/shopify/here").without_date_and_id();
        let strip = |answer: laatu_tests::Answer| {
            let mut value: Value = answer.json();
            value["instance"] = json!("");
            value
        };
        let expected = strip(unknown);
        let last = one.path.chars().last().unwrap();
        let other = if last == 'a' { 'e' } else { 'a' };
        let mut mistyped = one.path.clone();
        mistyped.pop();
        mistyped.push(other);
        let of_other_kind = one.path.replace("shopify", "woocommerce");
        let route = one.path.rsplit('/').next().unwrap().split('.').next().unwrap().to_owned();
        let elsewhere = one.path.replace(&route, "aaaaaaaaaa");
        let malformed = one.path.to_uppercase().replace("/API/V1/HOOKS/SHOPIFY", "/api/v1/hooks/shopify");
        for path in [mistyped, of_other_kind, elsewhere, malformed, "/api/v1/hooks/shopify/x".to_owned()] {
            assert_eq!(strip(post(&path)), expected, "{path}");
        }
        end(server, &shop, &one);
        assert_eq!(strip(post(&one.path)), expected, "an ended hook");
        assert!(list(server, &shop)[0].disabled_at.is_some());
    }

    fn a_delivery_that_is_too_large_is_refused_in_words(server) {
        let (_, hook) = with_shopify(server);
        let large = vec![b'a'; 5 * 1024 * 1024 + 1];
        let problem = send(server, &hook, "orders/create", "l", "x", &large).expect(413).json();
        assert!(text(&problem, "/type").ends_with("#too-large"), "{problem}");
    }

    fn one_organisations_hook_brings_nothing_into_another(server) {
        let (tuulia, hook) = with_shopify(server);
        let other = server.shop("other");
        deliver(server, &hook, "orders/create", &shopify_order(1, &json!({})));
        assert_eq!(missing(server, &tuulia.sender, &["#1"]), json!([]));
        assert_eq!(missing(server, &other.sender, &["#1"]), json!(["#1"]));
        assert!(list(server, &other).is_empty());
    }
}

/// Ends a hook as the operator does.
pub fn end(server: &Server, shop: &Shop, hook: &Hook) {
    let services = server.services();
    let ended = services.store.write(|connection| {
        let scope = authority::operator(connection, &shop.slug)?;
        let id = laatu::domain::Id::parse(&hook.id).unwrap();
        register::disable(services, connection, &scope, id).unwrap();
        Ok(())
    });
    ended.unwrap();
}
