//! What Shopify passes on from customers and from shops that leave.

use laatu::domain::HookKind;
use laatu_tests::json::text;
use laatu_tests::schema::Any;
use serde_json::{Value, json};

use crate::hooks::{deliver, hook, hook_with, list, missing, shopify_order};

fn redact(email: &str, orders: &[&Value]) -> Value {
    let ids: Vec<&Value> = orders.iter().map(|order| &order["id"]).collect();
    json!({"shop_id": 954_889, "shop_domain": "tuulia.myshopify.example",
        "customer": {"id": 191_167, "email": email, "phone": "+358 40 1234567"}, "orders_to_redact": ids})
}

on_both! {
    fn a_customer_who_wants_to_be_forgotten_is_erased_with_every_order(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let hook = hook(server, &shop, HookKind::Shopify);
        let same = json!({"email": "aino@example.org"});
        let (one, two) = (shopify_order(1, &same), shopify_order(2, &same));
        let moved = shopify_order(3, &json!({"email": "aino.before@example.org"}));
        for order in [&one, &two, &moved, &shopify_order(4, &json!({}))] {
            assert_eq!(deliver(server, &hook, "orders/create", order), "taken");
        }
        assert_eq!(deliver(server, &hook, "customers/redact", &redact("AINO@example.org", &[&moved])), "taken");
        assert_eq!(missing(server, &shop.sender, &["#1", "#2", "#3", "#4"]), json!(["#1", "#2", "#3"]));
        let mut database = Any::to(&server.database().target());
        assert_eq!(database.number("SELECT COUNT(*) AS n FROM customer"), 1);
        assert_eq!(database.number("SELECT COUNT(*) AS n FROM shop_order"), 1);
        assert_eq!(std::fs::read_to_string(server.erasure_list()).unwrap().lines().count(), 1);
        assert_eq!(deliver(server, &hook, "customers/redact", &redact("aino@example.org", &[&moved])), "taken");
        assert_eq!(missing(server, &shop.sender, &["#4"]), json!([]));
    }

    fn a_request_for_data_waits_for_the_operator_and_erases_nothing(server) {
        let shop = server.shop("tuulia");
        let hook = hook(server, &shop, HookKind::Shopify);
        let order = shopify_order(1, &json!({}));
        deliver(server, &hook, "orders/create", &order);
        let request = json!({"shop_id": 1, "shop_domain": "tuulia.myshopify.example", "orders_requested": [order["id"]],
            "customer": {"id": 9, "email": "customer-1@example.org"}, "data_request": {"id": 9999}});
        assert_eq!(deliver(server, &hook, "customers/data_request", &request), "taken");
        assert_eq!(deliver(server, &hook, "shop/redact", &json!({"shop_id": 1, "shop_domain": "x"})), "taken");
        let shown = &list(server, &shop)[0];
        let mut topics: Vec<&str> = shown.requests.iter().map(|one| one.topic.as_str()).collect();
        topics.sort_unstable();
        assert_eq!(topics, ["customers/data_request", "shop/redact"]);
        let asked = shown.requests.iter().find(|one| one.topic == "customers/data_request").unwrap();
        assert_eq!(asked.note, "a customer asks for their data: 1 customer here");
        assert!(!format!("{shown:?}").contains("customer-1"), "nothing of the person: {shown:?}");
        assert_eq!(missing(server, &shop.sender, &["#1"]), json!([]));
        assert_eq!(shown.problem, None);
    }

    fn one_signed_message_cannot_be_passed_off_as_another(server) {
        let shop = server.shop("tuulia");
        let hook = hook(server, &shop, HookKind::Shopify);
        let order = shopify_order(1, &json!({}));
        deliver(server, &hook, "orders/create", &order);
        let request = json!({"orders_requested": [order["id"]], "customer": {"email": "customer-1@example.org"}});
        let refund = json!({"id": 5, "order_id": order["id"], "created_at": "2026-05-04T08:00:00Z",
            "refund_line_items": [{"id": 9}]});
        // The topic stands in a header, which is not signed.
        for (topic, message) in [
            ("customers/redact", &order), ("customers/redact", &request), ("customers/data_request", &order),
            ("orders/delete", &order), ("refunds/create", &order), ("orders/updated", &refund),
            ("orders/delete", &refund), ("orders/updated", &request),
        ] {
            assert_eq!(deliver(server, &hook, topic, message), "problem", "{topic} {message}");
        }
        assert_eq!(missing(server, &shop.sender, &["#1"]), json!([]));
        assert_eq!(deliver(server, &hook, "orders/cancelled", &order), "taken");
        let mut database = Any::to(&server.database().target());
        assert_eq!(database.number("SELECT COUNT(*) AS n FROM order_event"), 0, "what happened stands in the body");
    }

    fn a_hook_that_only_tries_out_erases_nobody(server) {
        let shop = server.shop("tuulia");
        let live = hook(server, &shop, HookKind::Shopify);
        let trying = hook_with(server, &shop, HookKind::Shopify, |request| request.test = true);
        let order = shopify_order(1, &json!({}));
        deliver(server, &live, "orders/create", &order);
        assert_eq!(deliver(server, &trying, "customers/redact", &redact("customer-1@example.org", &[&order])), "nothing");
        assert_eq!(missing(server, &shop.sender, &["#1"]), json!([]));
    }

    fn no_secret_and_nothing_of_a_customer_stands_in_the_tables_of_hooks(server) {
        let shop = server.shop("tuulia");
        let (one, two) = (hook(server, &shop, HookKind::Shopify), hook(server, &shop, HookKind::Woocommerce));
        let mut odd = shopify_order(1, &json!({"email": "not an address"}));
        deliver(server, &one, "orders/create", &odd);
        odd["created_at"] = json!("2031-01-01T00:00:00Z");
        assert_eq!(deliver(server, &one, "orders/create", &odd), "problem");
        let mut database = Any::to(&server.database().target());
        for secret in [&one.secret, &two.secret] {
            let bytes = data_encoding::HEXLOWER.encode(secret.as_bytes());
            let found = if server.database().url().starts_with("postgres") {
                format!("SELECT COUNT(*) AS n FROM shop_hook WHERE encode(sealed, 'hex') LIKE '%{bytes}%'")
            } else {
                format!("SELECT COUNT(*) AS n FROM shop_hook WHERE lower(hex(sealed)) LIKE '%{bytes}%'")
            };
            assert_eq!(database.number(&found), 0);
        }
        let notes = "SELECT COUNT(*) AS n FROM hook_delivery WHERE note LIKE '%address%' OR note LIKE '%Aino%'";
        assert_eq!(database.number(notes), 0);
        let shown = serde_json::to_value(list(server, &shop)).unwrap();
        assert!(!shown.to_string().contains(&one.secret) && !shown.to_string().contains(&two.secret));
        let addresses: Vec<&str> = (0..2).map(|n| text(&shown, &format!("/{n}/address"))).collect();
        assert!(addresses.contains(&format!("https://surveys.example{}", one.path).as_str()), "{addresses:?}");
    }
}
