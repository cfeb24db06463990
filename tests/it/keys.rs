//! API keys: made, listed and revoked, and never shown again.

use laatu_tests::json::{at, text};
use serde_json::json;

on_both! {
    fn a_key_that_was_made_works_until_it_is_revoked(server) {
        let shop = server.shop("tuulia");
        let client = server.client();
        let made = client.post_json(&shop.owner, "/api/v1/keys", &json!({"role": "analyst", "grants": ["rows"]}));
        let made = made.expect(201);
        assert_eq!(made.header("cache-control"), Some("private, no-store"));
        let key = text(&made.json(), "/key").to_owned();
        client.get_as(&key, "/api/v1/surveys").expect(200);
        let id = key.split('_').nth(2).unwrap();
        client.send_json("DELETE", &shop.owner, &format!("/api/v1/keys/{id}"), &json!({})).expect(204);
        client.get_as(&key, "/api/v1/surveys").expect(401);
        let listed = client.get_as(&shop.owner, "/api/v1/keys").expect(200).json();
        let found = at(&listed, "/keys").as_array().unwrap().iter().find(|one| one["id"] == id).unwrap();
        assert_eq!((found["role"].as_str(), found["grants"][0].as_str()), (Some("analyst"), Some("rows")));
        assert!(found["revoked_at"].is_string());
        assert!(!listed.to_string().contains(key.rsplit('_').next().unwrap()), "no list shows a secret");
    }

    fn an_admin_makes_and_revokes_no_owners(server) {
        let shop = server.shop("tuulia");
        let client = server.client();
        let refused = client.post_json(&shop.admin, "/api/v1/keys", &json!({"role": "owner", "test": "yes"}));
        let problem = refused.expect(422).json();
        assert_eq!((text(&problem, "/errors/0/pointer"), text(&problem, "/errors/1/pointer")), ("/role", "/test"));
        client.post_json(&shop.admin, "/api/v1/keys", &json!({"role": "analyst", "grants": ["rows"]})).expect(422);
        client.post_json(&shop.admin, "/api/v1/keys", &json!({"role": "analyst"})).expect(201);
        let owner = shop.owner.split('_').nth(2).unwrap();
        client.send_json("DELETE", &shop.admin, &format!("/api/v1/keys/{owner}"), &json!({})).expect(409);
        client.get_as(&shop.owner, "/api/v1/surveys").expect(200);
        client.post_json(&shop.analyst, "/api/v1/keys", &json!({"role": "sender"})).expect(403);
    }

    fn a_key_of_another_organisation_cannot_be_revoked(server) {
        let (one, other) = (server.shop("tuulia"), server.shop("meri"));
        let id = other.owner.split('_').nth(2).unwrap();
        server.client().send_json("DELETE", &one.owner, &format!("/api/v1/keys/{id}"), &json!({})).expect(404);
        server.client().get_as(&other.owner, "/api/v1/surveys").expect(200);
    }
}
