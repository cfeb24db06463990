//! What is half done when a worker dies or an order changes meanwhile: no mail twice, none lost.

use laatu_tests::json::{at, count, text};
use laatu_tests::server::Shop;
use laatu_tests::{Respondent, Server};
use serde_json::{Value, json};

const TO: &str = "customer-A1@example.org";

fn choose(_: &str, values: &[String]) -> Option<String> {
    values.get(2).cloned()
}

/// An order whose mail is due now.
fn due(server: &Server) -> (Shop, Value) {
    let shop = server.shop("tuulia");
    server.field_survey(&shop, &json!({}));
    let order = server.order("A1");
    server.deliver(&shop, &order);
    server.advance_days(3);
    (shop, order)
}

/// The customer at the link of the mail, wherever the service stands with it.
fn customer(server: &Server) -> Respondent {
    Respondent::at(server.client().clone(), server.mailbox().to(TO).link_path())
}

fn state(server: &Server, shop: &Shop, number: &str) -> String {
    text(&server.invitation(shop, number), "/state").to_owned()
}

on_both! {
    fn what_was_sent_is_sent_though_its_order_was_cancelled_meanwhile(server) {
        let (shop, _) = due(server);
        let mut job = server.take_job();
        assert!(job.hand_over());
        server.post_event(&shop, "A1", &json!({"kind": "cancelled", "at": server.now()})).expect(200);
        assert_eq!(state(server, &shop, "A1"), "skipped");
        job.note_sent();
        let it = server.invitation(&shop, "A1");
        assert_eq!((text(&it, "/state"), text(&it, "/sent_at")), ("sent", server.now().as_str()));
        assert_eq!(at(&it, "/reason"), &Value::Null);
        assert!(at(&it, "/expires_at").is_string(), "{it}");
        assert!(customer(server).open().is_form(), "the mailed link works");
    }

    fn a_mail_that_is_wanted_again_is_sent_though_its_job_had_ended(server) {
        let (shop, order) = due(server);
        let mut without = order.clone();
        without.as_object_mut().unwrap().remove("contact_basis");
        let mut job = server.take_job();
        server.post_order(&shop, &without).expect(200);
        assert!(!job.hand_over());
        job.note_not_now();
        assert_eq!(state(server, &shop, "A1"), "skipped");
        server.post_order(&shop, &order).expect(200);
        assert_eq!(state(server, &shop, "A1"), "planned");
        server.run_jobs();
        assert_eq!((server.mailbox().files().len(), state(server, &shop, "A1").as_str()), (1, "sent"));
    }

    fn a_mail_that_is_wanted_again_before_the_note_is_sent_too(server) {
        let (shop, order) = due(server);
        let mut without = order.clone();
        without.as_object_mut().unwrap().remove("contact_basis");
        let mut job = server.take_job();
        server.post_order(&shop, &without).expect(200);
        assert!(!job.hand_over());
        server.post_order(&shop, &order).expect(200);
        job.note_not_now();
        server.advance_hours(1);
        server.run_jobs();
        assert_eq!((server.mailbox().files().len(), state(server, &shop, "A1").as_str()), (1, "sent"));
    }

    fn a_worker_that_dies_before_the_note_leaves_a_response_that_counts(server) {
        let (shop, _) = due(server);
        assert!(server.take_job().hand_over());
        let customer = customer(server);
        let thanks = customer.answer_all(customer.open(), choose, "Words.");
        assert!(!thanks.is_form());
        server.advance_hours(1);
        server.run_jobs();
        let it = server.invitation(&shop, "A1");
        assert_eq!((text(&it, "/state"), text(&it, "/sent_at")), ("answered", text(&it, "/started_at")));
        assert!(at(&it, "/expires_at").is_string(), "{it}");
        let report = server.report(&shop.owner, "field", "");
        let of = |name: &str| count(&report, &format!("/response_rate/{name}"));
        assert_eq!((of("sent"), of("answered"), of("n")), (1, 1, 1));
        assert_eq!(server.mailbox().files().len(), 1);
        assert!(!customer.open().is_form(), "the thanks stay");
    }

    fn a_worker_that_dies_before_the_note_leaves_a_form_that_runs_out(server) {
        let (shop, _) = due(server);
        assert!(server.take_job().hand_over());
        let customer = customer(server);
        assert!(customer.answer(&customer.open(), choose, "").is_form());
        server.advance_hours(1);
        server.run_jobs();
        let it = server.invitation(&shop, "A1");
        assert_eq!((text(&it, "/state"), text(&it, "/sent_at")), ("started", text(&it, "/started_at")));
        server.advance_days(61);
        server.run_jobs();
        assert_eq!(state(server, &shop, "A1"), "expired");
        let report = server.report(&shop.owner, "field", "");
        assert_eq!((count(&report, "/about/unfinished"), count(&report, "/response_rate/sent")), (1, 1));
    }

    fn a_worker_that_dies_before_sending_only_delays_the_mail(server) {
        let (shop, _) = due(server);
        drop(server.take_job());
        assert_eq!(server.run_jobs(), 0, "the job is still held");
        server.advance_hours(1);
        assert_eq!(server.run_jobs(), 1);
        assert_eq!((server.mailbox().files().len(), state(server, &shop, "A1").as_str()), (1, "sent"));
    }
}
