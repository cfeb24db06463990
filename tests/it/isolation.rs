//! Who may do what, and that one organisation never touches another.

use laatu_tests::json::{at, count, text};
use laatu_tests::{Answer, Respondent, Server, mistyped};
use serde_json::json;

fn choose(_: &str, values: &[String]) -> Option<String> {
    values.get(3).cloned()
}

fn slug(answer: &Answer) -> String {
    let problem = answer.json();
    text(&problem, "/type").rsplit('#').next().unwrap().to_owned()
}

/// What each role may do: send orders, read reports, manage surveys.
fn rights(server: &Server, key: &str) -> [u16; 6] {
    let client = server.client();
    [
        client.post_json(key, "/api/v1/orders/missing", &json!({"order_numbers": ["1"]})).status,
        client.get_as(key, "/api/v1/surveys/field/report").status,
        client.get_as(key, "/api/v1/invitations").status,
        client.get_as(key, "/api/v1/surveys").status,
        client.post_json(key, "/api/v1/surveys/field/start", &json!({})).status,
        client.send_json("PUT", key, "/api/v1/organisation", &json!({"name": "Shop tuulia"})).status,
    ]
}

on_both! {
    fn each_role_may_do_its_own_and_no_more(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        assert_eq!(rights(server, &shop.owner), [200; 6]);
        assert_eq!(rights(server, &shop.admin), [200; 6]);
        assert_eq!(rights(server, &shop.sender), [200, 403, 403, 403, 403, 403]);
        assert_eq!(rights(server, &shop.test), [200, 403, 403, 403, 403, 403]);
        assert_eq!(rights(server, &shop.analyst), [403, 200, 200, 200, 403, 403]);
        assert_eq!(rights(server, &shop.auditor), [403, 200, 200, 200, 403, 403]);
        assert_eq!(rights(server, &shop.agent), [403; 6]);
        let refused = server.client().get_as(&shop.sender, "/api/v1/surveys/field/report").expect(403);
        assert_eq!(slug(&refused), "forbidden");
        assert!(text(&refused.json(), "/detail").contains("analyst"), "{}", refused.text());
    }

    fn without_a_valid_key_there_is_nothing_to_see(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let changed = mistyped(&shop.owner);
        let shapes = ["", "Bearer", "Bearer laatu_", "Basic abc", &format!("Bearer {changed}"), &format!("Token {}", shop.owner)];
        for shown in shapes {
            let headers = [("authorization", shown)];
            let answer = server.client().send("GET", "/api/v1/surveys", &headers, None).expect(401);
            assert_eq!((answer.header("www-authenticate"), slug(&answer).as_str()), (Some("Bearer"), "unauthorised"));
        }
        server.client().get("/api/v1/surveys").expect(401);
        let order = server.order("A1").to_string();
        let json = [("content-type", "application/json")];
        server.client().send("POST", "/api/v1/orders", &json, Some(order.as_bytes())).expect(401);
        assert!(server.invitations(&shop).is_empty());
    }

    fn two_mirrored_organisations_never_meet(server) {
        let (left, right) = (server.shop("tuulia"), server.shop("lempi"));
        for shop in [&left, &right] {
            server.field_survey(shop, &json!({}));
            server.deliver(shop, &server.order("A1"));
        }
        server.post_event(&right, "A1", &json!({"kind": "cancelled", "at": server.now()})).expect(200);
        server.advance_days(3);
        server.run_jobs();
        let mail = server.mailbox().to("customer-A1@example.org");
        assert_eq!(mail.from, "care@tuulia.example");
        let customer = Respondent::at(server.client().clone(), mail.link_path());
        let page = customer.open();
        customer.answer_all(page, choose, "Only for tuulia.");
        let of = |shop: &laatu_tests::server::Shop| {
            let invitation = server.invitation(shop, "A1");
            let report = server.report(&shop.owner, "field", "");
            (text(&invitation, "/state").to_owned(), count(&report, "/response_rate/answered"), count(&report, "/total/outcome/overall/n"))
        };
        assert_eq!(of(&left), ("answered".to_owned(), 1, 1));
        let other = server.report(&right.owner, "field", "");
        assert_eq!(text(&server.invitation(&right, "A1"), "/state"), "skipped");
        assert_eq!((count(&other, "/response_rate/answered"), count(&other, "/response_rate/sent")), (0, 0));
        assert!(at(&other, "/total/outcome/overall").get("undefined").is_some(), "{other}");
    }

    fn the_survey_of_another_organisation_is_not_there(server) {
        let (left, right) = (server.shop("tuulia"), server.shop("lempi"));
        server.field_survey(&left, &json!({"key": "only-left"}));
        let client = server.client();
        for path in ["report", "report.html"] {
            let answer = client.get_as(&right.owner, &format!("/api/v1/surveys/only-left/{path}")).expect(404);
            assert_eq!(slug(&answer), "not-found");
            let unknown = client.get_as(&right.owner, &format!("/api/v1/surveys/nowhere/{path}")).expect(404);
            let without_id = |answer: &Answer| { let mut body = answer.json(); body["instance"] = json!(""); body };
            assert_eq!(without_id(&answer), without_id(&unknown), "nobody learns that it exists");
        }
        client.post_json(&right.owner, "/api/v1/surveys/only-left/pause", &json!({})).expect(404);
        client.get_as(&right.owner, "/api/v1/invitations?survey=only-left").expect(404);
        assert_eq!(client.get_as(&right.owner, "/api/v1/surveys").expect(200).json(), json!({"surveys": []}));
        assert_eq!(text(&client.get_as(&left.owner, "/api/v1/surveys").expect(200).json(), "/surveys/0/state"), "running");
    }

    fn a_link_opens_nothing_under_the_route_of_another_organisation(server) {
        let (left, right) = (server.shop("tuulia"), server.shop("lempi"));
        server.field_survey(&left, &json!({}));
        let customer = server.invite(&left, "A1", &json!({}));
        let secret = customer.link().split_once('.').unwrap().1;
        let route = right.owner.split('_').nth(1).unwrap();
        server.client().get(&format!("/s/{route}.{secret}")).expect(404);
        server.client().get(customer.link()).expect(200);
    }
}
