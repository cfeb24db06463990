//! Messages in the shape that Shopify and WooCommerce publish in their own documents, one after the other.
//!
//! `fixtures/hooks/README.md` says of each which document it follows. The values are made up.

use laatu::domain::HookKind;
use laatu_tests::json::text;
use laatu_tests::server::Server;
use serde_json::{Value, json};

use super::hooks::{deliver, hook, list, missing, plan, send, signature};

/// A message in the shape that the shop publishes.
fn published(name: &str) -> Value {
    let path = format!("{}/fixtures/hooks/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Topic, fixture, what is answered, the order, and its plan afterwards.
type Row = (&'static str, &'static str, &'static str, &'static str, Plan);
/// State, reason, and when the mail is due.
type Plan = (&'static str, &'static str, Option<&'static str>);

const SHOPIFY: &[Row] = &[
    ("orders/create", "shopify-orders-create", "taken", "#TEE2041", ("planned", "not_due", None)),
    ("orders/edited", "shopify-orders-edited", "nothing", "#TEE2041", ("planned", "not_due", None)),
    (
        "orders/risk_assessment_changed",
        "shopify-orders-risk_assessment_changed",
        "nothing",
        "#TEE2041",
        ("planned", "not_due", None),
    ),
    (
        "orders/shopify_protect_eligibility_changed",
        "shopify-orders-shopify_protect_eligibility_changed",
        "nothing",
        "#TEE2041",
        ("planned", "not_due", None),
    ),
    ("refunds/create", "shopify-refunds-create-postage", "nothing", "#TEE2041", ("planned", "not_due", None)),
    ("orders/updated", "shopify-orders-updated", "taken", "#TEE2041", ("planned", "not_due", None)),
    ("orders/fulfilled", "shopify-orders-fulfilled", "taken", "#TEE2041", ("planned", "not_due", None)),
    (
        "orders/updated",
        "shopify-orders-updated-delivered",
        "taken",
        "#TEE2041",
        ("planned", "not_due", Some("2026-05-07T08:20:00Z")),
    ),
    (
        "orders/updated",
        "shopify-orders-updated",
        "outdated",
        "#TEE2041",
        ("planned", "not_due", Some("2026-05-07T08:20:00Z")),
    ),
    ("refunds/create", "shopify-refunds-create", "taken", "#TEE2041", ("skipped", "returned", None)),
    ("orders/create", "shopify-orders-create-guest", "taken", "#TEE2043", ("skipped", "language", None)),
    (
        "orders/create",
        "shopify-orders-create-pos",
        "taken",
        "#TEE2042",
        ("skipped", "no_contact_basis", None),
    ),
    ("orders/cancelled", "shopify-orders-cancelled", "taken", "#TEE2044", ("skipped", "cancelled", None)),
];

const WOOCOMMERCE: &[Row] = &[
    ("order.updated", "woocommerce-order-updated", "taken", "4711", ("planned", "not_due", None)),
    (
        "order.updated",
        "woocommerce-order-updated-completed",
        "taken",
        "4711",
        ("planned", "not_due", Some("2026-05-07T08:10:00Z")),
    ),
    (
        "order.updated",
        "woocommerce-order-updated",
        "outdated",
        "4711",
        ("planned", "not_due", Some("2026-05-07T08:10:00Z")),
    ),
    (
        "order.updated",
        "woocommerce-order-updated-unreadable",
        "problem",
        "4711",
        ("planned", "not_due", Some("2026-05-07T08:10:00Z")),
    ),
    (
        "order.updated",
        "woocommerce-order-updated-gone",
        "nothing",
        "4711",
        ("planned", "not_due", Some("2026-05-07T08:10:00Z")),
    ),
    ("order.updated", "woocommerce-order-updated-trash", "taken", "4711", ("skipped", "cancelled", None)),
    ("order.restored", "woocommerce-order-restored", "taken", "4711", ("skipped", "cancelled", None)),
    (
        "order.updated",
        "woocommerce-order-updated-refunded",
        "taken",
        "TK-4712",
        ("skipped", "returned", None),
    ),
    ("order.updated", "woocommerce-order-updated-cancelled", "taken", "4713", ("skipped", "cancelled", None)),
    ("order.updated", "woocommerce-order-updated-wpml", "taken", "4714", ("planned", "not_due", None)),
    (
        "order.updated",
        "woocommerce-order-updated-pos",
        "taken",
        "4715",
        ("skipped", "no_contact_basis", None),
    ),
];

/// Delivers all messages to one hook, and holds what became of their orders against the table.
fn go_through(server: &Server, kind: HookKind, rows: &[Row]) {
    let shop = server.shop("tuulia");
    server.field_survey(&shop, &json!({"quiet": "none"}));
    let hook = hook(server, &shop, kind);
    for (topic, name, status, order, (state, reason, send_at)) in rows {
        assert_eq!(deliver(server, &hook, topic, &published(name)), *status, "{topic} {name}");
        let planned = ((*state).to_owned(), (*reason).to_owned(), json!(send_at));
        assert_eq!(plan(server, &shop, order), planned, "{topic} {name}");
    }
    let problem = list(server, &shop)[0].problem.clone();
    let expected = (kind == HookKind::Woocommerce)
        .then(|| "the shop may not read its own order: its webhook needs an owner who may".to_owned());
    assert_eq!(problem, expected);
}

on_both! {
    fn a_season_of_published_shopify_messages_is_planned_as_it_should_be(server) {
        go_through(server, HookKind::Shopify, SHOPIFY);
    }

    fn a_season_of_published_woocommerce_messages_is_planned_as_it_should_be(server) {
        go_through(server, HookKind::Woocommerce, WOOCOMMERCE);
    }

    fn all_orders_of_one_second_are_taken_though_woocommerce_gives_them_one_delivery_id(server) {
        let shop = server.shop("tuulia");
        let hook = hook(server, &shop, HookKind::Woocommerce);
        for name in ["woocommerce-order-updated", "woocommerce-order-updated-refunded", "woocommerce-order-updated-cancelled"] {
            let body = published(name).to_string();
            let signed = signature(&hook.secret, body.as_bytes());
            let sent = || send(server, &hook, "order.updated", "0f1e2d3c4b5a69788796a5b4c3d2e1f0", &signed, body.as_bytes());
            assert_eq!(text(&sent().expect(200).json(), "/status"), "taken", "{name}");
            assert_eq!(text(&sent().expect(200).json(), "/status"), "duplicate", "{name}");
        }
        assert_eq!(missing(server, &shop.sender, &["4711", "TK-4712", "4713"]), json!([]));
    }

    fn a_trial_of_shopify_stays_a_trial_when_its_refund_and_its_end_come(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let hook = hook(server, &shop, HookKind::Shopify);
        let order = published("shopify-orders-cancelled-test");
        assert_eq!(deliver(server, &hook, "orders/cancelled", &order), "taken");
        assert_eq!(missing(server, &shop.sender, &["#9998"]), json!(["#9998"]));
        assert_eq!(missing(server, &shop.test, &["#9998"]), json!([]));
        let mut refund = published("shopify-refunds-create");
        refund["order_id"] = order["id"].clone();
        assert_eq!(deliver(server, &hook, "refunds/create", &refund), "taken");
        assert_eq!(deliver(server, &hook, "orders/delete", &json!({"id": order["id"]})), "taken");
    }

    fn a_customer_is_erased_on_shopifys_word_and_a_body_that_is_no_such_word_erases_nobody(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let hook = hook(server, &shop, HookKind::Shopify);
        assert_eq!(deliver(server, &hook, "orders/create", &published("shopify-orders-create")), "taken");
        for other in ["shopify-orders-create", "shopify-customers-data_request", "shopify-orders-delete"] {
            assert_eq!(deliver(server, &hook, "shop/redact", &published(other)), "problem", "{other}");
        }
        for (topic, name) in [
            ("customers/data_request", "shopify-customers-data_request"),
            ("customers/redact", "shopify-customers-redact"),
            ("customers/redact", "shopify-customers-redact-no-orders"),
            ("shop/redact", "shopify-shop-redact"),
        ] {
            assert_eq!(deliver(server, &hook, topic, &published(name)), "taken", "{name}");
        }
        assert_eq!(missing(server, &shop.sender, &["#TEE2041"]), json!(["#TEE2041"]));
    }
}
