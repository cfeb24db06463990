//! A recipient whom the relay refuses for good is told to endpoints, and so is every mail that is taken.

use laatu_tests::Server;
use laatu_tests::json::text;
use laatu_tests::receiver::{Posted, Receiver};
use laatu_tests::smtp_sink::{Refusal, SmtpSink, Step};
use serde_json::json;

use crate::webhooks::endpoint;

on_both_kinds! {
    fn a_mail_that_is_refused_for_good_is_told_as_bounced(kind) {
        let sink = SmtpSink::start(&[Refusal { step: Step::Recipient, line: "550 5.1.1 nobody here" }]);
        let server = Server::with_mail(kind, Some(&sink.setting()));
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let receiver = Receiver::start();
        endpoint(&server, &shop.owner, &json!({"url": receiver.url()}));
        for number in ["B1", "B2"] {
            server.deliver(&shop, &server.order(number));
        }
        server.advance_days(3);
        server.run_jobs();
        server.run_webhooks();
        let posted = receiver.posted();
        let of = |kind: &str| {
            let told = posted.iter().map(Posted::json).filter(|told| text(told, "/type") == kind);
            told.map(|told| text(&told, "/data/invitation_id").to_owned()).collect::<Vec<_>>()
        };
        let listed = |state: &str| {
            let all = server.invitations(&shop).into_iter().filter(|one| text(one, "/state") == state);
            all.map(|one| text(&one, "/id").to_owned()).collect::<Vec<_>>()
        };
        assert_eq!((of("invitation.bounced"), of("invitation.sent")), (listed("bounced"), listed("sent")));
        assert_eq!((posted.len(), of("invitation.bounced").len()), (2, 1));
    }
}
