//! What comes back: reports of every shape, proved by marks that only our mail carried, and what follows from them.

use laatu::service::bounces::Returns;
use laatu::service::return_address::ReturnAddress;
use laatu_tests::json::{at, text};
use laatu_tests::mailbox::Mail;
use laatu_tests::returned::About;
use laatu_tests::server::Shop;
use laatu_tests::smtp_sink::{Refusal, SmtpSink, Step};
use laatu_tests::{Kind, Server};
use serde_json::{Value, json};

use super::own_data::tables;

fn server_with_returns(kind: Kind, mail: Option<&str>) -> Server {
    let address = Some(ReturnAddress::parse("bounce@mail.example").unwrap());
    Server::with_returns(kind, mail, Returns { address, ..Returns::default() })
}

fn fielded(kind: Kind) -> (Server, Shop) {
    let server = server_with_returns(kind, None);
    let shop = server.shop("tuulia");
    server.field_survey(&shop, &json!({}));
    (server, shop)
}

/// Delivers an order, waits until its mail has left, and gives that.
fn mailed(server: &Server, shop: &Shop, number: &str) -> Mail {
    server.invite(shop, number, &json!({}));
    server.advance_seconds(60);
    server.mailbox().to(&format!("customer-{number}@example.org"))
}

/// The address at which a mail comes back, as it stands in its `List-Unsubscribe`.
fn return_address(mail: &Mail) -> String {
    let (_, rest) = mail.unsubscribe.0.split_once("<mailto:").unwrap();
    rest.split('?').next().unwrap().to_owned()
}

fn take(server: &Server, shop: &Shop, message: &[u8]) -> Value {
    let bearer = format!("Bearer {}", shop.sender);
    let headers = [("authorization", bearer.as_str()), ("content-type", "message/rfc822")];
    server.client().send("POST", "/api/v1/bounces", &headers, Some(message)).expect(200).json()
}

fn tell(server: &Server, shop: &Shop, body: &Value) -> Value {
    server.client().post_json(&shop.sender, "/api/v1/bounces", body).expect(200).json()
}

fn noted(taken: &Value) -> (bool, bool) {
    (at(taken, "/noted") == &json!(true), at(taken, "/suppressed") == &json!(true))
}

fn state(server: &Server, shop: &Shop, number: &str) -> String {
    text(&server.invitation(shop, number), "/state").to_owned()
}

fn cause(server: &Server, shop: &Shop, email: &str) -> Value {
    let path = "/api/v1/suppressions/check";
    let found = server.client().post_json(&shop.owner, path, &json!({"email": email})).expect(200).json();
    at(&found, "/cause").clone()
}

/// What the log tells of an order after its plan.
fn events(server: &Server, shop: &Shop, number: &str) -> Vec<String> {
    let whom = json!({"order_number": number});
    let told = server.client().post_json(&shop.owner, "/api/v1/customers/why", &whom).expect(200).json();
    let lines = at(&told, "/invitations/0/log").as_array().unwrap().clone();
    let events = lines.iter().map(|line| text(line, "/event").to_owned());
    events.filter(|event| event != "planned").collect()
}

on_both_kinds! {
    fn every_server_s_report_of_an_address_that_is_gone_is_understood(kind) {
        let (server, shop) = fielded(kind);
        let shapes: [fn(&About<'_>) -> Vec<u8>; 6] = [
            |it| it.postfix("failed", "5.1.1", "550 5.1.1 nobody of that name"),
            |it| it.exim(), |it| it.old_exim(), |it| it.exchange(), |it| it.gmail(), |it| it.qmail(),
        ];
        for (n, shape) in shapes.iter().enumerate() {
            let number = format!("H{n}");
            let mail = mailed(&server, &shop, &number);
            let about = About { arrives_at: &return_address(&mail), message_id: &mail.message_id, recipient: &mail.to };
            // Each is known by either mark alone.
            let about = match n % 2 {
                0 => About { message_id: "none@elsewhere.example", ..about },
                _ => About { arrives_at: "postmaster@mail.example", ..about },
            };
            let message = shape(&about);
            assert_eq!(noted(&take(&server, &shop, &message)), (true, true), "{}", String::from_utf8_lossy(&message));
            assert_eq!(state(&server, &shop, &number), "bounced");
            assert_eq!(cause(&server, &shop, &mail.to), json!("bounced"));
            let before = tables(&server);
            assert_eq!(noted(&take(&server, &shop, &message)), (false, false), "a repeat changes nothing");
            assert!(tables(&server) == before, "a table has changed");
        }
        let mut order = server.order("H9");
        order["customer"]["email"] = json!("customer-H0@example.org");
        server.deliver(&shop, &order);
        assert_eq!(at(&server.invitation(&shop, "H9"), "/reason"), &json!("suppressed"));
    }

    fn a_complaint_ends_mails_and_keeps_the_invitation(kind) {
        let (server, shop) = fielded(kind);
        let mail = mailed(&server, &shop, "C1");
        let about = About { arrives_at: &return_address(&mail), message_id: &mail.message_id, recipient: &mail.to };
        assert_eq!(noted(&take(&server, &shop, &about.complaint())), (true, true));
        assert_eq!((state(&server, &shop, "C1").as_str(), cause(&server, &shop, &mail.to)), ("sent", json!("complained")));
        assert_eq!(events(&server, &shop, "C1"), ["sent", "complained"]);
    }

    fn a_report_without_our_mark_or_with_a_forged_one_changes_nothing(kind) {
        let (server, shop) = fielded(kind);
        let mail = mailed(&server, &shop, "F1");
        let other = mailed(&server, &shop, "F2");
        let right = return_address(&mail);
        let (local, domain) = right.split_once('@').unwrap();
        let last = if local.ends_with('a') { "b" } else { "a" };
        // Another check, the mail of another occasion, the id of one mail with the check of another.
        let foreign = &return_address(&other)["bounce+".len() + 11..]["0".repeat(26).len()..];
        let forged = [
            format!("{}{last}@{domain}", &local[..local.len() - 1]),
            format!("{}2{}@{domain}", &local[..17], &local[18..]),
            format!("{}{foreign}", &local[..7 + 11 + 26]),
            format!("{local}@elsewhere.example"),
            "bounce@mail.example".to_owned(),
            format!("bounce+{}@mail.example", "a".repeat(53)),
        ];
        let before = tables(&server);
        for address in forged {
            let about = About { arrives_at: &address, message_id: "x.invitation@surveys.example", recipient: &mail.to };
            let taken = take(&server, &shop, &about.gmail());
            assert_eq!(at(&taken, "/other"), &json!("a report of no mail of ours"), "{address}");
        }
        let lempi = server.shop("lempi");
        let about = About { arrives_at: &right, message_id: &mail.message_id, recipient: &mail.to };
        let set_up = tables(&server);
        assert_eq!(noted(&take(&server, &lempi, &about.gmail())), (false, false), "another shop's key");
        assert!(tables(&server) == set_up && before.len() == set_up.len(), "a table has changed");
        assert_eq!(noted(&take(&server, &shop, &about.gmail())), (true, true), "the right one counts");
    }

    fn replies_and_reports_of_success_change_nothing(kind) {
        let (server, shop) = fielded(kind);
        let mail = mailed(&server, &shop, "A1");
        let about = About { arrives_at: &return_address(&mail), message_id: &mail.message_id, recipient: &mail.to };
        let mut messages = about.replies();
        messages.push(about.postfix("delivered", "2.0.0", "250 taken"));
        messages.push(about.postfix("relayed", "2.0.0", "250 passed on"));
        let before = tables(&server);
        for message in messages {
            let taken = take(&server, &shop, &message);
            assert_eq!(noted(&taken), (false, false), "{}", String::from_utf8_lossy(&message));
            assert!(!at(&taken, "/other").is_null(), "{taken}");
        }
        assert!(tables(&server) == before, "a table has changed");
        assert_eq!(noted(&take(&server, &shop, &about.postfix("delayed", "4.4.1", "no answer"))), (true, false));
        assert_eq!(events(&server, &shop, "A1"), ["sent", "deferred"]);
    }

    fn who_writes_unsubscribe_to_the_address_of_a_mail_is_heard(kind) {
        let (server, shop) = fielded(kind);
        let mail = mailed(&server, &shop, "U1");
        let about = About { arrives_at: "bounce@mail.example", message_id: &mail.message_id, recipient: &mail.to };
        assert_eq!(noted(&take(&server, &shop, &about.unsubscribe())), (false, false), "anybody could write that");
        let about = About { arrives_at: &return_address(&mail), ..about };
        assert_eq!(noted(&take(&server, &shop, &about.unsubscribe())), (true, true));
        assert_eq!(cause(&server, &shop, &mail.to), json!("unsubscribed"));
        assert_eq!(events(&server, &shop, "U1"), ["sent", "unsubscribed"]);
    }

    fn three_soft_failures_in_a_row_are_enough_and_two_are_not(kind) {
        let (server, shop) = fielded(kind);
        let number_of = |n: usize| format!("S{n}");
        let send = |n: usize| {
            let mut order = server.order(&number_of(n));
            order["customer"] = json!({"email": "same@example.org", "language": "en"});
            server.deliver(&shop, &order);
            server.advance_days(3);
            server.run_jobs();
        };
        let soft = |n: usize| {
            let id = text(&server.invitation(&shop, &number_of(n)), "/id").to_owned();
            noted(&tell(&server, &shop, &json!({"kind": "soft", "invitation": id})))
        };
        send(0);
        assert_eq!(soft(0), (true, false));
        assert_eq!(soft(0), (false, false), "the same mail counts once");
        send(1);
        assert_eq!(soft(1), (true, false));
        send(2); // arrives
        for n in 3..5 {
            send(n);
            assert_eq!(soft(n), (true, false), "the row was broken");
        }
        send(5);
        assert_eq!(soft(5), (true, true));
        assert_eq!(cause(&server, &shop, "same@example.org"), json!("bounced"));
        assert_eq!(state(&server, &shop, "S5"), "sent");
    }

    fn a_refusal_at_the_door_counts_by_what_it_says(kind) {
        let sink = SmtpSink::start(&[
            Refusal { step: Step::Recipient, line: "550 5.1.1 nobody here" },
            Refusal { step: Step::Recipient, line: "552 5.2.2 mailbox full" },
            Refusal { step: Step::Message, line: "554 5.7.1 not wanted" },
        ]);
        let server = server_with_returns(kind, Some(&sink.setting()));
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        // One after another, over one connection: the script answers in its order.
        for number in ["D1", "D2", "D3", "D4"] {
            server.deliver(&shop, &server.order(number));
            server.advance_days(3);
            server.run_jobs();
        }
        let causes = ["D1", "D2", "D3", "D4"].map(|number| cause(&server, &shop, &format!("customer-{number}@example.org")));
        let gone = causes.iter().filter(|cause| **cause == json!("bounced")).count();
        assert_eq!((gone, causes.iter().filter(|cause| cause.is_null()).count()), (1, 3), "{causes:?}");
        let events: Vec<String> = ["D1", "D2", "D3", "D4"].iter().flat_map(|number| events(&server, &shop, number)).collect();
        let count = |event: &str| events.iter().filter(|one| *one == event).count();
        assert_eq!((count("bounced"), count("soft_bounced"), count("failed"), count("sent")), (1, 2, 3, 1), "{events:?}");
        for mail in sink.offered() {
            assert_eq!(mail.from, "care@tuulia.example", "the sender that people see stays");
        }
        assert!(sink.senders().iter().all(|sender| sender.starts_with("bounce+")), "{:?}", sink.senders());
    }

    fn a_hook_names_a_mail_by_id_invitation_or_address(kind) {
        let (server, shop) = fielded(kind);
        let first = mailed(&server, &shop, "J1");
        let id = format!("<{}>", first.message_id);
        assert_eq!(noted(&tell(&server, &shop, &json!({"kind": "hard", "message_id": id, "at": server.now()}))), (true, true));
        assert_eq!(state(&server, &shop, "J1"), "bounced");
        let second = mailed(&server, &shop, "J2");
        let upper = second.to.to_uppercase();
        assert_eq!(noted(&tell(&server, &shop, &json!({"kind": "complaint", "email": upper}))), (true, true));
        assert_eq!(events(&server, &shop, "J2"), ["sent", "complained"]);
        let stranger = json!({"kind": "hard", "email": "stranger@example.org"});
        assert_eq!(noted(&tell(&server, &shop, &stranger)), (false, true), "nobody's mail, and nobody will mail it");
        let client = server.client();
        let refuse = |key: &str, body: &Value, status: u16| { client.post_json(key, "/api/v1/bounces", body).expect(status); };
        refuse(&shop.sender, &json!({"kind": "hard"}), 422);
        refuse(&shop.sender, &json!({"kind": "hard", "email": "a@b.example", "message_id": "x"}), 422);
        refuse(&shop.sender, &json!({"kind": "odd", "email": "no address", "invitation": "x", "at": "x"}), 422);
        refuse(&shop.sender, &json!({"kind": "hard", "message_id": "x.invitation@y"}), 404);
        refuse(&shop.analyst, &json!({"kind": "hard", "email": "a@b.example"}), 403);
        let before = tables(&server);
        let tried = client.post_json(&shop.test, "/api/v1/bounces", &json!({"kind": "hard", "email": "a@b.example"}));
        assert_eq!(noted(&tried.expect(200).json()), (false, false), "a test key changes nothing");
        assert!(tables(&server) == before, "a table has changed");
    }

    fn too_many_that_come_back_stop_all_mails_with_words(kind) {
        let returns = Returns { limit: 10, window: 40, ..Returns::default() };
        let server = Server::with_returns(kind, None, returns);
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let send = |numbers: std::ops::Range<usize>| {
            for n in numbers {
                server.deliver(&shop, &server.order(&format!("R{n}")));
            }
            server.advance_days(3);
            server.run_jobs();
        };
        let fail = |n: usize| {
            let id = text(&server.invitation(&shop, &format!("R{n}")), "/id").to_owned();
            at(&tell(&server, &shop, &json!({"kind": "hard", "invitation": id})), "/sending_paused").clone()
        };
        send(0..9);
        assert_eq!([fail(0), fail(1)], [json!(false), json!(false)], "nine mails say nothing yet");
        send(9..20);
        server.deliver(&shop, &server.order("W1"));
        assert_eq!(fail(9), json!(true), "three of twenty are more than a tenth");
        assert_eq!(at(&server.invitation(&shop, "W1"), "/reason"), &json!("paused"));
        server.advance_days(3);
        assert_eq!(server.run_jobs(), 0);
        // A pause that is on stays as it is, with its reason.
        let told = server.client().post_json(&shop.owner, "/api/v1/sending/pause", &json!({})).expect(200).json();
        assert!(text(&told, "/reason").starts_with("3 of the last 20 mails came back for good"), "{told}");
        let resumed = server.client().post_json(&shop.owner, "/api/v1/sending/resume", &json!({})).expect(200).json();
        assert_eq!(at(&resumed, "/paused"), &json!(false));
        assert_eq!(fail(10), json!(false), "what left before is counted no more");
        server.advance_days(1);
        send(20..30);
        assert_eq!([fail(20), fail(21)], [json!(false), json!(true)], "the second of eleven");
    }
}
