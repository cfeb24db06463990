//! No more mails: by the page, by one click of a mail program, never by a scanner; kept beyond erasure, and taken back.

use laatu_tests::json::{at, text};
use laatu_tests::server::{PUBLIC_URL, Shop};
use laatu_tests::{Answer, Server};
use serde_json::{Value, json};
use survey_forms::language::Language;

use super::own_data::{pressed, shown, tables};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// A running survey, a customer who was mailed, and the path of the link that ends such mails.
fn mailed(server: &Server) -> (Shop, String) {
    let shop = server.shop("tuulia");
    server.field_survey(&shop, &json!({"reminders": 1, "remind_after": "5d"}));
    server.invite(&shop, "A1", &json!({}));
    server.advance_seconds(1);
    let path = server.mailbox().to("customer-A1@example.org").unsubscribe_path().to_owned();
    (shop, path)
}

fn one_click(server: &Server, path: &str) -> Answer {
    server.client().send("POST", path, &[FORM], Some(b"List-Unsubscribe=One-Click"))
}

/// What the planner says of a further order of the same customer.
fn order_again(server: &Server, shop: &Shop, number: &str) -> (String, Value) {
    let mut order = server.order(number);
    order["customer"]["email"] = json!("Customer-A1@Example.org");
    server.deliver(shop, &order);
    plan(server, shop, number)
}

fn plan(server: &Server, shop: &Shop, number: &str) -> (String, Value) {
    let it = server.invitation(shop, number);
    (text(&it, "/state").to_owned(), at(&it, "/reason").clone())
}

/// What the log tells of an order after its plan.
fn events(server: &Server, shop: &Shop, number: &str) -> Vec<String> {
    let whom = json!({"order_number": number});
    let told = server.client().post_json(&shop.owner, "/api/v1/customers/why", &whom).expect(200).json();
    let lines = at(&told, "/invitations/0/log").as_array().expect("a log").clone();
    let events = lines.iter().map(|line| text(line, "/event").to_owned());
    events.filter(|event| event != "planned").collect()
}

fn suppressed() -> (String, Value) {
    ("skipped".to_owned(), json!("suppressed"))
}

on_both! {
    fn every_mail_says_how_to_end_such_mails_to_people_and_to_programs(server) {
        let shop = server.shop("tuulia");
        let languages: Vec<&str> = Language::ALL.iter().map(|language| language.tag()).collect();
        server.field_survey(&shop, &json!({"languages": languages}));
        for tag in &languages {
            let mut order = server.order(tag);
            order["customer"]["language"] = json!(tag);
            server.deliver(&shop, &order);
        }
        server.advance_days(3);
        server.run_jobs();
        assert_eq!(server.mailbox().mails().len(), languages.len());
        for mail in server.mailbox().mails() {
            let link = format!("{PUBLIC_URL}{}", mail.unsubscribe_path());
            let by_mail = "<mailto:care@tuulia.example?subject=unsubscribe>";
            assert_eq!(mail.unsubscribe, (format!("<{link}>, {by_mail}"), "List-Unsubscribe=One-Click".to_owned()));
            assert!(mail.html.contains(&link), "{}: {}", mail.language, mail.html);
            let page = shown(server, mail.unsubscribe_path());
            assert_eq!((page.answer.status, page.language()), (200, mail.language));
        }
    }

    fn scanners_unsubscribe_nobody(server) {
        let (shop, path) = mailed(server);
        let before = tables(server);
        let client = server.client();
        let agents = ["Mozilla/5.0", "", "GoogleImageProxy", "bot/1.0", "curl/8.0"];
        for agent in agents {
            for method in ["GET", "HEAD"] {
                for query in ["", "?go=unsubscribe&List-Unsubscribe=One-Click"] {
                    let answer = client.send(method, &format!("{path}{query}"), &[("user-agent", agent)], None);
                    assert_eq!((answer.status, answer.header("set-cookie")), (200, None));
                }
            }
        }
        let odd = ["", "go=", "go=unsubscribe%20", "List-Unsubscribe=one-click", "List-Unsubscribe=", "%ff", "x=1"];
        for body in odd {
            client.send("POST", &path, &[FORM], Some(body.as_bytes())).expect(200);
        }
        client.send("POST", &path, &[("content-type", "application/json")], Some(b"{}")).expect(415);
        client.send("POST", &path, &[FORM], Some(&vec![b'a'; 8192])).expect(413);
        for method in ["PUT", "DELETE", "PATCH", "OPTIONS"] {
            let wrong = client.send(method, &path, &[], None).expect(405);
            assert_eq!(wrong.header("allow"), Some("GET, HEAD, POST"));
        }
        assert!(tables(server) == before, "a table has changed");
        assert_eq!(order_again(server, &shop, "A2").0, "planned");
    }

    fn one_button_ends_waiting_mails_and_reminders_and_another_takes_it_back(server) {
        let (shop, path) = mailed(server);
        assert_eq!(order_again(server, &shop, "A2").0, "planned");
        let page = shown(server, &path);
        assert_eq!(page.texts("main button").len(), 1, "{}", page.answer.text());
        assert!(page.answer.text().contains("c…@e….org"), "{}", page.answer.text());
        let done = pressed(server, &path, "unsubscribe").expect(200);
        assert!(done.text().contains("value=\"undo\""), "{}", done.text());
        assert_eq!(shown(server, &path).answer.text(), done.text(), "who comes back sees that it is done");
        assert_eq!(plan(server, &shop, "A2"), suppressed());
        assert_eq!(order_again(server, &shop, "A3"), suppressed());
        server.advance_seconds(1);
        pressed(server, &path, "undo").expect(200);
        assert_eq!((plan(server, &shop, "A2").0, plan(server, &shop, "A3").0), ("planned".into(), "planned".into()));
        server.advance_seconds(1);
        pressed(server, &path, "unsubscribe").expect(200);
        server.advance_days(6);
        server.run_jobs();
        assert_eq!(server.mailbox().mails().len(), 1, "neither a reminder nor another mail");
        let told = events(server, &shop, "A1");
        assert_eq!(told, ["sent", "unsubscribed", "resubscribed", "unsubscribed", "skipped"]);
    }

    fn one_click_of_a_mail_program_is_enough_and_a_second_one_is_no_other(server) {
        let (shop, path) = mailed(server);
        let answer = one_click(server, &path).expect(200);
        assert_eq!(answer.header("set-cookie"), None);
        assert_eq!(order_again(server, &shop, "A2"), suppressed());
        let before = tables(server);
        let parts = b"--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n";
        let kind = [("content-type", "multipart/form-data; boundary=b")];
        server.client().send("POST", &path, &kind, Some(parts)).expect(200);
        one_click(server, &path).expect(200);
        assert!(tables(server) == before, "a table has changed");
        pressed(server, &path, "undo").expect(200);
        assert_eq!(plan(server, &shop, "A2").0, "planned");
        server.client().send("POST", &path, &kind, Some(parts)).expect(200);
        assert_eq!(plan(server, &shop, "A2"), suppressed(), "in parts it works as well");
    }

    fn it_outlives_the_erasure_of_the_customer_and_ends_with_the_shop(server) {
        let (shop, path) = mailed(server);
        one_click(server, &path).expect(200);
        let own = server.mailbox().to("customer-A1@example.org").own_data_path().to_owned();
        pressed(server, &own, "erase-now").expect(200);
        server.client().get(&path).expect(404);
        one_click(server, &path).expect(404);
        assert_eq!(order_again(server, &shop, "A2"), suppressed());
        let other = server.shop("lempi");
        server.field_survey(&other, &json!({}));
        assert_eq!(order_again(server, &other, "A3").0, "planned", "each shop has a list of its own");
        let all = tables(server);
        let (_, list) = all.iter().find(|(table, _)| table == "suppression").expect("the list");
        let bytes = list.concat();
        assert!(!bytes.is_empty() && !String::from_utf8_lossy(&bytes).to_lowercase().contains("example"));
    }

    fn a_link_of_another_purpose_or_shop_ends_nothing(server) {
        let (shop, path) = mailed(server);
        let other = server.shop("lempi");
        let mail = server.mailbox().to("customer-A1@example.org");
        let named = |path: &str| path[3..].to_owned();
        let (form, own) = (named(mail.link_path()), named(mail.own_data_path()));
        let (route, rest) = path[3..].split_once('.').unwrap();
        let foreign = other.owner.split('_').nth(1).unwrap();
        let dead = [
            format!("/u/{form}"),
            format!("/u/{own}"),
            format!("/u/{foreign}.{rest}"),
            format!("/u/{route}.{}", rest.to_uppercase()),
            format!("/u/{route}.{rest}x"),
            format!("/u/{route}.{rest}/"),
            format!("/p/{route}.{rest}"),
            format!("/s/{route}.{rest}"),
            "/u/".to_owned(),
            "/u/%00".to_owned(),
        ];
        let expected = server.client().get("/s/nowhere.nothing").expect(404).without_date_and_id();
        let before = tables(server);
        for path in dead {
            assert_eq!(server.client().get(&path).without_date_and_id(), expected, "{path}");
            assert_eq!(one_click(server, &path).without_date_and_id(), expected, "POST {path}");
        }
        assert!(tables(server) == before, "a table has changed");
        assert_eq!(order_again(server, &shop, "A2").0, "planned");
    }

    fn trying_it_out_with_a_test_key_keeps_no_mail_from_the_customer(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let mut order = server.order("T1");
        order["customer"]["email"] = json!("customer-A1@example.org");
        let client = server.client();
        let try_out = |order: &Value| {
            client.post_json(&shop.test, "/api/v1/orders", order).expect(201);
            let number = text(order, "/order_number");
            let event = json!({"kind": "delivered", "at": server.now()});
            client.post_json(&shop.test, &format!("/api/v1/orders/{number}/events"), &event).expect(200);
        };
        try_out(&order);
        server.advance_days(3);
        server.run_jobs();
        let path = server.test_mailbox().to("customer-A1@example.org").unsubscribe_path().to_owned();
        one_click(server, &path).expect(200);
        assert_eq!(order_again(server, &shop, "A2").0, "planned");
        order["order_number"] = json!("T2");
        try_out(&order);
        assert_eq!(plan(server, &shop, "T2"), suppressed());
    }

    fn its_pages_are_closed_to_scripts_caches_and_strangers(server) {
        let (_, path) = mailed(server);
        for answer in [server.client().get(&path), one_click(server, &path), pressed(server, &path, "undo")] {
            let header = |name: &str| answer.header(name).unwrap_or_default().to_owned();
            assert_eq!((answer.status, answer.header("set-cookie")), (200, None));
            assert_eq!((header("cache-control"), header("referrer-policy")), ("no-store".into(), "no-referrer".into()));
            assert!(header("content-security-policy").starts_with("default-src 'none'; style-src 'sha256-"));
            let page = answer.text();
            assert!(!page.contains("<script") && !page.contains(" src=") && !page.contains("customer-A1"), "{page}");
        }
    }
}
