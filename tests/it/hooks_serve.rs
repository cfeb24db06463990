//! A hook made at the command line, used with the service beside it.

use laatu_tests::json::text;
use laatu_tests::program::Desk;
use laatu_tests::{Client, Database};
use serde_json::{Value, json};

use crate::hooks::{shopify_order, signature};

on_both_kinds! {
    fn a_hook_made_at_the_command_line_works_with_the_service_beside_it(kind) {
        let database = Database::fresh(kind);
        let desk = Desk::new().with("LAATU_DATABASE_URL", database.url());
        desk.run(&["org", "create", "tuulia", "--name", "Tuulia", "--contact", "care@tuulia.example",
            "--privacy-url", "https://tuulia.example/privacy"]).expect(0);
        let key = desk.run(&["key", "create", "--org", "tuulia", "--role", "sender"]).expect(0).out.trim().to_owned();
        desk.write("secret", "shpss_abc\n");
        let made = desk.run(&["hook", "create", "--org", "tuulia", "--kind", "shopify", "--secret-file", "secret", "--json"]);
        let made: Value = serde_json::from_str(&made.expect(0).out).unwrap();
        let serving = desk.serve(&["--listen", "127.0.0.1:0"]);
        let client = Client::of(serving.url());
        let path = text(&made, "/address").split_once("/api/").map(|(_, path)| format!("/api/{path}")).unwrap();
        let body = shopify_order(1, &json!({})).to_string();
        let signed = signature("shpss_abc", body.as_bytes());
        let headers = [("X-Shopify-Topic", "orders/create"), ("X-Shopify-Hmac-SHA256", signed.as_str())];
        let answer = client.send("POST", &path, &headers, Some(body.as_bytes())).expect(200);
        assert_eq!(text(&answer.json(), "/status"), "taken");
        let asked = json!({"order_numbers": ["#1", "#2"]});
        let answer = client.post_json(&key, "/api/v1/orders/missing", &asked).expect(200).json();
        assert_eq!(answer, json!({"missing": ["#2"]}));
        let words = desk.run(&["hook", "list", "--org", "tuulia"]).expect(0).out;
        assert!(!words.contains("never"), "{words}");
    }
}
