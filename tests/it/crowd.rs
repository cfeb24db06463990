//! Many at once: orders come in by the hundred while customers answer, and nobody is turned away.

use laatu_tests::json::at;
use laatu_tests::schema::Any;
use laatu_tests::server::Shop;
use laatu_tests::{Mail, Respondent, Server};
use serde_json::{Value, json};

const CUSTOMERS: usize = 16;
const BATCHES: usize = 2;
const BATCH: usize = 200;
const SENDERS: usize = 4;
const SINGLE: usize = 20;

fn choose(_: &str, values: &[String]) -> Option<String> {
    values.get(3).cloned()
}

/// A quick survey whose first mails lie in the mailbox.
fn mailed(server: &Server) -> (Shop, Vec<Mail>) {
    let shop = server.shop("tuulia");
    server.field_survey(&shop, &json!({"length": "quick"}));
    for number in 0..CUSTOMERS {
        server.deliver(&shop, &server.order(&format!("C{number}")));
    }
    server.advance_days(3);
    server.run_jobs();
    (shop, server.mailbox().mails())
}

fn send_batch(server: &Server, shop: &Shop, batch: usize) {
    let orders: Vec<Value> = (0..BATCH).map(|number| server.order(&format!("B{batch}-{number}"))).collect();
    server.post_order(shop, &json!({"orders": orders})).expect(200);
}

fn send_singles(server: &Server, shop: &Shop, sender: usize) {
    for number in 0..SINGLE {
        let number = format!("S{sender}-{number}");
        server.post_order(shop, &server.order(&number)).expect(201);
        let event = json!({"kind": "delivered", "at": server.now()});
        server.post_event(shop, &number, &event).expect(200);
    }
}

fn answer(server: &Server, mail: &Mail) {
    let customer = Respondent::at(server.client().clone(), mail.link_path());
    let thanks = customer.answer_all(customer.open(), choose, "In a crowd.");
    assert_eq!(thanks.answer.status, 200, "{}", thanks.title());
    assert!(!thanks.listed().is_empty(), "everybody is thanked: {}", thanks.title());
}

on_both! {
    fn nobody_is_turned_away_while_orders_come_in(server) {
        let (shop, mails) = mailed(server);
        let shop = &shop;
        std::thread::scope(|scope| {
            for batch in 0..BATCHES {
                scope.spawn(move || send_batch(server, shop, batch));
            }
            for sender in 0..SENDERS {
                scope.spawn(move || send_singles(server, shop, sender));
            }
            for mail in &mails {
                scope.spawn(move || answer(server, mail));
            }
        });
        let mut database = Any::to(&server.database().target());
        let mut all = |table: &str| database.number(&format!("SELECT COUNT(*) AS n FROM {table}"));
        let orders = i64::try_from(CUSTOMERS + BATCHES * BATCH + SENDERS * SINGLE).unwrap();
        assert_eq!((all("purchase_order"), all("invitation")), (orders, orders));
        assert_eq!(all("response"), i64::try_from(CUSTOMERS).unwrap());
        let balance = database.number("SELECT CAST(SUM(invited) AS BIGINT) AS n FROM form_balance");
        assert_eq!(balance, orders, "each invitation took one form");
        let uneven = "SELECT CAST(MAX(invited) - MIN(invited) AS BIGINT) AS n FROM form_balance";
        assert!(database.number(uneven) <= 1, "the forms stay in balance");
        let report = server.report(&shop.owner, "field", "");
        assert_eq!(at(&report, "/response_rate/answered"), CUSTOMERS);
    }
}
