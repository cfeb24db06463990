//! Real SMTP, against a server that keeps what it is given and refuses when it is told to.

use laatu_tests::json::{at, text};
use laatu_tests::server::Shop;
use laatu_tests::smtp_sink::{Refusal, SmtpSink, Step};
use laatu_tests::{Kind, Respondent, Server};
use serde_json::{Value, json};

fn fielded(kind: Kind, sink: &SmtpSink) -> (Server, Shop) {
    let server = Server::with_mail(kind, Some(&sink.setting()));
    let shop = server.shop("tuulia");
    server.field_survey(&shop, &json!({}));
    (server, shop)
}

fn state(server: &Server, shop: &Shop, number: &str) -> String {
    text(&server.invitation(shop, number), "/state").to_owned()
}

on_both_kinds! {
    fn mails_arrive_whole_and_their_links_work(kind) {
        let sink = SmtpSink::start(&[]);
        let (server, shop) = fielded(kind, &sink);
        for (number, language) in [("M1", "en"), ("M2", "fi"), ("M3", "hu"), ("M4", "pl")] {
            let mut order = server.order(number);
            order["customer"]["language"] = json!(language);
            order["customer"]["name"] = json!("Päivi Őszi-Łącka");
            server.deliver(&shop, &order);
        }
        server.advance_days(3);
        server.run_jobs();
        let mails = sink.mails();
        assert_eq!(mails.len(), 4);
        for mail in mails {
            assert_eq!(mail.from, "care@tuulia.example");
            let page = Respondent::at(server.client().clone(), mail.link_path()).open();
            assert_eq!((page.answer.status, page.language()), (200, mail.language));
        }
        assert_eq!(state(&server, &shop, "M1"), "sent");
    }

    fn a_mail_that_is_refused_for_now_comes_later_as_the_same_mail(kind) {
        let sink = SmtpSink::start(&[
            Refusal { step: Step::Message, line: "451 4.3.0 not now" },
            Refusal { step: Step::Recipient, line: "450 4.2.1 box is locked" },
        ]);
        let (server, shop) = fielded(kind, &sink);
        server.deliver(&shop, &server.order("L1"));
        server.advance_days(3);
        server.run_jobs();
        assert_eq!((sink.mails().len(), state(&server, &shop, "L1").as_str()), (0, "planned"));
        assert_eq!(server.run_jobs(), 0, "it is not tried again at once");
        for _ in 0..2 {
            server.advance_hours(1);
            server.run_jobs();
        }
        assert_eq!(state(&server, &shop, "L1"), "sent");
        let (offered, taken) = (sink.offered(), sink.mails());
        assert_eq!((offered.len(), taken.len()), (2, 1));
        assert_eq!(offered[0].message_id, taken[0].message_id);
        assert_eq!(offered[0].link(), taken[0].link());
    }

    fn a_mail_that_is_refused_for_good_has_bounced(kind) {
        let sink = SmtpSink::start(&[
            Refusal { step: Step::Recipient, line: "550 5.1.1 nobody here" },
            Refusal { step: Step::Message, line: "554 5.7.1 not wanted" },
        ]);
        let (server, shop) = fielded(kind, &sink);
        for number in ["B1", "B2", "B3"] {
            server.deliver(&shop, &server.order(number));
        }
        server.advance_days(3);
        server.run_jobs();
        let mut states: Vec<String> = ["B1", "B2", "B3"].iter().map(|number| state(&server, &shop, number)).collect();
        states.sort();
        assert_eq!(states, ["bounced", "bounced", "sent"]);
        server.advance_days(2);
        server.run_jobs();
        assert_eq!(sink.mails().len(), 1, "who has bounced is not tried again");
        let rate = server.report(&shop.owner, "field", "");
        let counts = |name: &str| at(&rate, &format!("/response_rate/{name}")).clone();
        assert_eq!((counts("sent"), counts("bounced"), counts("n")), (json!(3), json!(2), json!(1)));
    }

    fn a_server_that_is_away_loses_no_mail(kind) {
        let sink = SmtpSink::start(&[]);
        let (setting, address) = (sink.setting(), sink.address());
        drop(sink);
        let server = Server::with_mail(kind, Some(&setting));
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        server.deliver(&shop, &server.order("W1"));
        server.advance_days(3);
        server.run_jobs();
        let it = server.invitation(&shop, "W1");
        assert_eq!((text(&it, "/state"), at(&it, "/sent_at")), ("planned", &Value::Null));
        let back = SmtpSink::start_at(&address, &[]);
        server.advance_hours(1);
        server.run_jobs();
        assert_eq!((back.mails().len(), state(&server, &shop, "W1").as_str()), (1, "sent"));
    }

    fn a_relay_that_will_not_have_us_bounces_nobody(kind) {
        let cases = [
            (Step::Login, "535 5.7.8 wrong password"),
            (Step::Login, "454 4.7.0 passwords cannot be looked up now"),
            (Step::Sender, "530 5.7.0 say who you are first"),
            (Step::Sender, "451 4.3.0 not now"),
        ];
        for (step, line) in cases {
            let sink = SmtpSink::start(&[Refusal { step, line }, Refusal { step, line }]);
            let server = Server::with_mail(kind, Some(&sink.setting_with_password()));
            let shop = server.shop("tuulia");
            server.field_survey(&shop, &json!({}));
            for number in ["R1", "R2"] {
                server.deliver(&shop, &server.order(number));
            }
            server.advance_days(3);
            server.run_jobs();
            assert_eq!(["R1", "R2"].map(|number| state(&server, &shop, number)), ["planned", "planned"], "{line}");
            let rate = server.report(&shop.owner, "field", "");
            assert_eq!((at(&rate, "/response_rate/sent"), at(&rate, "/response_rate/bounced")), (&json!(0), &json!(0)));
            server.advance_hours(1);
            server.run_jobs();
            assert_eq!(["R1", "R2"].map(|number| state(&server, &shop, number)), ["sent", "sent"], "{line}");
            assert_eq!(sink.mails().len(), 2, "{line}");
        }
    }

    fn a_test_key_never_reaches_the_mail_server(kind) {
        let sink = SmtpSink::start(&[]);
        let (server, shop) = fielded(kind, &sink);
        server.client().post_json(&shop.test, "/api/v1/orders", &server.order("T1")).expect(201);
        let event = json!({"kind": "delivered", "at": server.now()});
        server.client().post_json(&shop.test, "/api/v1/orders/T1/events", &event).expect(200);
        server.advance_days(3);
        server.run_jobs();
        assert!(sink.offered().is_empty());
        assert_eq!(server.test_mailbox().files().len(), 1);
    }
}
