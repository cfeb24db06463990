//! WooCommerce's hooks: its first try, its orders by their status, and never a failure for what it cannot help.

use laatu::domain::HookKind;
use laatu::service::hooks::register;
use laatu::store::authority;
use laatu_tests::json::text;
use laatu_tests::server::{Server, Shop, merge};
use serde_json::{Value, json};

use crate::hooks::{Hook, deliver, hook, list, missing, plan, send, signature};

/// An order with the fields that WooCommerce sends; all of it is made up.
fn woo_order(number: u64, changes: &Value) -> Value {
    let mut order = json!({
        "id": number, "parent_id": 0, "number": number.to_string(), "order_key": "wc_order_madeUp", "created_via": "checkout",
        "version": "9.8.1", "status": "processing", "currency": "EUR", "prices_include_tax": true,
        "date_created": "2026-05-04T11:30:00", "date_created_gmt": "2026-05-04T08:30:00",
        "date_modified": "2026-05-04T11:30:05", "date_modified_gmt": "2026-05-04T08:30:05",
        "date_completed": null, "date_completed_gmt": null, "date_paid_gmt": "2026-05-04T08:30:04",
        "total": "49.90", "customer_id": 0, "customer_note": "",
        "billing": {"first_name": "Eino", "last_name": "Salo", "company": "", "address_1": "Rantatie 2", "city": "Oulu",
            "country": "FI", "email": format!("customer-{number}@example.org"), "phone": "040 1234567"},
        "line_items": [{"id": 315, "name": "Kettle", "quantity": 1, "total": "49.90"}],
        "refunds": [], "meta_data": []
    });
    merge(&mut order, changes);
    order
}

/// The changes of an order that reached a status at a time in GMT.
fn became(status: &str, at: &str) -> Value {
    let completed = if status == "completed" { json!(at) } else { Value::Null };
    json!({"status": status, "date_modified_gmt": at, "date_completed_gmt": completed})
}

/// Merging takes a null for a removal; a status keeps its nulls.
fn with(mut order: Value, changes: &Value) -> Value {
    for (name, value) in changes.as_object().unwrap() {
        order[name] = value.clone();
    }
    order
}

fn with_woocommerce(server: &Server) -> (Shop, Hook) {
    let shop = server.shop("tuulia");
    server.field_survey(&shop, &json!({}));
    let hook = hook(server, &shop, HookKind::Woocommerce);
    (shop, hook)
}

on_both! {
    fn the_shops_first_try_is_answered_and_changes_nothing(server) {
        let (shop, hook) = with_woocommerce(server);
        let form = [("content-type", "application/x-www-form-urlencoded")];
        let answer = server.client().send("POST", &hook.path, &form, Some(b"webhook_id=42")).expect(200);
        assert_eq!(text(&answer.json(), "/status"), "pong");
        assert_eq!(list(server, &shop)[0].seen_at, None);
        for body in ["webhook_id=", "webhook_id=4x", "webhook_id=42&status=completed", "webhook_id=123456789012345678901", "x"] {
            server.client().send("POST", &hook.path, &form, Some(body.as_bytes())).expect(401);
        }
        let shopify = crate::hooks::hook(server, &shop, HookKind::Shopify);
        server.client().send("POST", &shopify.path, &form, Some(b"webhook_id=42")).expect(401);
    }

    fn an_order_goes_from_paid_to_completed_to_the_customers_mail(server) {
        let (shop, hook) = with_woocommerce(server);
        assert_eq!(deliver(server, &hook, "order.created", &woo_order(727, &json!({"status": "pending"}))), "nothing");
        assert_eq!(missing(server, &shop.sender, &["727"]), json!(["727"]), "not paid is not bought");
        assert_eq!(deliver(server, &hook, "order.updated", &woo_order(727, &json!({}))), "taken");
        assert_eq!(plan(server, &shop, "727"), ("planned".into(), "not_due".into(), Value::Null));
        let done = with(woo_order(727, &json!({})), &became("completed", "2026-05-04T08:50:00"));
        assert_eq!(deliver(server, &hook, "order.updated", &done), "taken");
        assert_eq!(plan(server, &shop, "727").2, json!("2026-05-07T08:50:00Z"));
        server.advance_days(4);
        server.run_jobs();
        assert!(server.mailbox().to("customer-727@example.org").link_path().starts_with("/s/"));
    }

    fn the_status_says_what_has_happened_whatever_the_order_of_the_messages(server) {
        let (shop, hook) = with_woocommerce(server);
        for (number, status, reason) in [(1, "cancelled", "cancelled"), (2, "refunded", "returned")] {
            let done = with(woo_order(number, &json!({})), &became("completed", "2026-05-04T08:40:00"));
            let ended = with(woo_order(number, &json!({})), &became(status, "2026-05-04T08:50:00"));
            assert_eq!(deliver(server, &hook, "order.updated", &ended), "taken");
            assert_eq!(deliver(server, &hook, "order.updated", &done), "outdated");
            assert_eq!(plan(server, &shop, &number.to_string()).1, reason);
        }
        let own = with(woo_order(3, &json!({})), &became("packed-by-hand", "2026-05-04T08:40:00"));
        assert_eq!(deliver(server, &hook, "order.updated", &own), "taken");
        assert_eq!(plan(server, &shop, "3").1, "not_due", "a status of the shop's own is an order and no event");
        assert_eq!(deliver(server, &hook, "order.deleted", &json!({"id": 3})), "taken");
        assert_eq!(plan(server, &shop, "3").1, "cancelled");
        assert_eq!(deliver(server, &hook, "order.deleted", &json!({"id": 99})), "nothing");
    }

    fn no_signed_message_is_a_failure_for_the_shop(server) {
        // After five failures in a row WooCommerce ends a hook by itself.
        let (shop, hook) = with_woocommerce(server);
        let bodies = ["", "{", "null", "[]", "{}", r#"{"id": 1, "status": "processing"}"#, "\u{0}", r#"{"id": -1}"#];
        for (number, body) in bodies.into_iter().enumerate() {
            for topic in ["order.updated", "order.deleted", "product.updated", ""] {
                let id = format!("{number}{topic}");
                send(server, &hook, topic, &id, &signature(&hook.secret, body.as_bytes()), body.as_bytes()).expect(200);
            }
        }
        assert!(list(server, &shop)[0].problem.is_some());
        assert!(list(server, &shop)[0].seen_at.is_some());
        let whole = woo_order(5, &json!({})).to_string();
        send(server, &hook, "order.updated", "f", &signature("forged", whole.as_bytes()), whole.as_bytes()).expect(401);
    }

    fn another_secret_ends_the_former(server) {
        let (shop, hook) = with_woocommerce(server);
        let services = server.services();
        let told = services.store.write(|connection| {
            let scope = authority::operator(connection, &shop.slug)?;
            let id = laatu::domain::Id::parse(&hook.id).unwrap();
            Ok(register::change_secret(services, connection, &scope, id, None).unwrap())
        });
        let secret = told.unwrap().secret.unwrap();
        assert_ne!(secret, hook.secret);
        let body = woo_order(1, &json!({})).to_string();
        send(server, &hook, "order.updated", "1", &signature(&hook.secret, body.as_bytes()), body.as_bytes()).expect(401);
        send(server, &hook, "order.updated", "1", &signature(&secret, body.as_bytes()), body.as_bytes()).expect(200);
        assert_eq!(missing(server, &shop.sender, &["1"]), json!([]));
    }
}
