//! Planning again: later orders of a customer, late mails at night, and surveys with many waiting mails.

use std::collections::BTreeMap;

use laatu_tests::Server;
use laatu_tests::json::{at, text};
use laatu_tests::schema::Any;
use laatu_tests::server::Shop;
use serde_json::{Value, json};

fn plan(server: &Server, shop: &Shop, number: &str) -> (String, Value, Value) {
    let it = server.invitation(shop, number);
    (text(&it, "/state").to_owned(), at(&it, "/reason").clone(), at(&it, "/send_at").clone())
}

/// How many invitations there are by state and reason.
fn plans(server: &Server, shop: &Shop) -> BTreeMap<String, usize> {
    let mut plans = BTreeMap::new();
    for it in server.invitations(shop) {
        *plans.entry(format!("{} {}", text(&it, "/state"), text(&it, "/reason"))).or_default() += 1;
    }
    plans
}

/// An order of the customer whom the shop calls `c2`.
fn order_of_c2(server: &Server, number: &str, customer: Value) -> Value {
    let mut order = server.order(number);
    order["customer"] = customer;
    order["customer"]["external_id"] = json!("c2");
    order
}

fn waiting_mails(server: &Server) -> i64 {
    Any::to(&server.database().target()).number("SELECT COUNT(*) AS n FROM job WHERE lease_until = 0")
}

on_both! {
    fn a_later_order_without_an_address_keeps_the_known_one(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let told = json!({"email": "aino@example.org", "name": "Aino", "phone": "+358401234567", "language": "fi"});
        server.deliver(&shop, &order_of_c2(server, "K2", told));
        server.deliver(&shop, &order_of_c2(server, "K3", json!({})));
        assert_eq!(plan(server, &shop, "K2").0, "planned");
        assert_eq!(plan(server, &shop, "K3").0, "planned", "the address is known");
        let again = json!({"kind": "delivered", "at": server.now()});
        server.post_event(&shop, "K2", &again).expect(200);
        assert_eq!(plan(server, &shop, "K2").0, "planned");
        server.advance_days(3);
        server.run_jobs();
        let mails = server.mailbox().mails();
        assert_eq!(mails.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(), ["aino@example.org"; 2]);
        let mut database = Any::to(&server.database().target());
        let kept = "SELECT COUNT(*) AS n FROM customer WHERE name = 'Aino' AND phone <> '' AND language = 'fi'";
        assert_eq!(database.number(kept), 1);
    }

    fn a_later_order_with_another_address_moves_the_mail(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        server.deliver(&shop, &order_of_c2(server, "K2", json!({"email": "old@example.org"})));
        server.post_order(&shop, &order_of_c2(server, "K3", json!({"email": "new@example.org"}))).expect(201);
        server.advance_days(3);
        server.run_jobs();
        assert_eq!(server.mailbox().to("new@example.org").to, "new@example.org");
        assert_eq!(server.mailbox().files().len(), 1);
    }

    fn a_late_mail_that_comes_at_night_waits_and_says_so(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({"quiet": "20:00-08:00"}));
        server.set_clock("2026-05-04T19:00:00Z");
        let mut order = server.order("L1");
        order["placed_at"] = json!("2026-04-20T09:00:00Z");
        server.post_order(&shop, &order).expect(201);
        // Due on Saturday noon; it is Monday, 22:00 in Helsinki.
        server.post_event(&shop, "L1", &json!({"kind": "delivered", "at": "2026-04-29T09:00:00Z"})).expect(200);
        assert_eq!(plan(server, &shop, "L1"), ("planned".into(), json!("quiet_hours"), json!("2026-05-05T05:00:00Z")));
        server.set_clock("2026-05-05T04:59:00Z");
        assert_eq!(server.run_jobs(), 0);
        server.set_clock("2026-05-05T05:00:00Z");
        server.run_jobs();
        assert_eq!((server.mailbox().files().len(), plan(server, &shop, "L1").0.as_str()), (1, "sent"));
    }

    fn a_late_mail_by_day_is_due_at_once(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({"quiet": "20:00-08:00"}));
        let mut order = server.order("L2");
        order["placed_at"] = json!("2026-04-20T09:00:00Z");
        server.post_order(&shop, &order).expect(201);
        server.post_event(&shop, "L2", &json!({"kind": "delivered", "at": "2026-04-29T09:00:00Z"})).expect(200);
        assert_eq!(plan(server, &shop, "L2"), ("planned".into(), json!("not_due"), json!(server.now())));
    }

    fn pausing_and_starting_plans_every_one_of_many_waiting_mails(server) {
        const MANY: usize = 450;
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({"rule": {"event": "placed", "delay": "3d"}}));
        let orders: Vec<Value> = (0..MANY).map(|number| server.order(&format!("M{number:03}"))).collect();
        server.post_order(&shop, &json!({"orders": orders})).expect(200);
        assert_eq!(plans(server, &shop), BTreeMap::from([("planned not_due".to_owned(), MANY)]));
        let turn = |word: &str| {
            let path = format!("/api/v1/surveys/field/{word}");
            server.client().post_json(&shop.owner, &path, &json!({})).expect(200);
        };
        turn("pause");
        assert_eq!(plans(server, &shop), BTreeMap::from([("planned paused".to_owned(), MANY)]));
        server.advance_days(4);
        server.run_jobs();
        assert!(server.mailbox().files().is_empty());
        turn("start");
        assert_eq!(plans(server, &shop), BTreeMap::from([("planned not_due".to_owned(), MANY)]));
        assert_eq!(waiting_mails(server), i64::try_from(MANY).unwrap());
        server.run_jobs();
        assert_eq!(server.mailbox().files().len(), MANY);
        assert!(server.invitations(&shop).iter().all(|it| text(it, "/state") == "sent"));
    }
}
