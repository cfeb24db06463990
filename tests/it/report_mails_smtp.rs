//! Reports by mail against a real SMTP server that refuses when it is told to.

use laatu::domain::Role;
use laatu_tests::Server;
use laatu_tests::smtp_sink::{Refusal, SmtpSink, Step};
use serde_json::json;

use crate::report_mails::{MONDAY, answered, ask, back, keep, last_state, words};

on_both_kinds! {
    fn a_report_that_is_refused_for_now_comes_later_as_the_same_mail(kind) {
        let sink = SmtpSink::start(&[
            Refusal { step: Step::Message, line: "451 4.3.0 not now" },
            Refusal { step: Step::Recipient, line: "450 4.2.1 box is locked" },
        ]);
        let server = Server::with_mail(kind, Some(&sink.setting()));
        let shop = answered(&server, 60);
        let mut aino = server.signed_in(&shop, "aino@example.org", Role::Owner, &[]);
        let view = keep(&mut aino, "All", "", false);
        ask(&mut aino, &view, "weekly", "en").expect(303);
        server.set_clock(MONDAY);
        server.run_jobs();
        assert_eq!((sink.mails().len(), last_state(&server, &shop.slug).0.as_str()), (0, "2026-05-04 deferred"));
        assert_eq!(server.run_jobs(), 0, "it is not tried again at once");
        for _ in 0..2 {
            server.advance_hours(1);
            server.run_jobs();
        }
        let (offered, taken) = (sink.offered(), sink.mails());
        assert_eq!((offered.len(), taken.len()), (2, 1));
        assert_eq!(offered[0].message_id, taken[0].message_id);
        assert_eq!(last_state(&server, &shop.slug).0, "2026-05-04 sent");
    }

    fn a_report_that_is_refused_for_good_leaves_the_next_one_its_turn(kind) {
        let sink = SmtpSink::start(&[Refusal { step: Step::Recipient, line: "550 5.1.1 nobody here" }]);
        let server = Server::with_mail(kind, Some(&sink.setting()));
        let shop = answered(&server, 60);
        let mut aino = server.signed_in(&shop, "aino@example.org", Role::Owner, &[]);
        let view = keep(&mut aino, "All", "", false);
        ask(&mut aino, &view, "weekly", "en").expect(303);
        server.set_clock(MONDAY);
        server.run_jobs();
        assert_eq!((sink.mails().len(), last_state(&server, &shop.slug).0.as_str()), (0, "2026-05-04 failed"));
        server.set_clock("2026-05-18T04:00:00Z");
        server.run_jobs();
        assert_eq!((sink.mails().len(), last_state(&server, &shop.slug).0.as_str()), (1, "2026-05-11 sent"));
    }

    fn while_mails_are_paused_a_report_waits(kind) {
        let sink = SmtpSink::start(&[]);
        let server = Server::with_mail(kind, Some(&sink.setting()));
        let shop = answered(&server, 60);
        let mut aino = server.signed_in(&shop, "aino@example.org", Role::Owner, &[]);
        let view = keep(&mut aino, "All", "", false);
        ask(&mut aino, &view, "weekly", "en").expect(303);
        server.client().post_json(&shop.owner, "/api/v1/sending/pause", &json!({})).expect(200);
        server.set_clock(MONDAY);
        assert_eq!(server.run_jobs(), 0);
        back(&mut aino, "aino@example.org");
        assert!(words(&aino.get("/dashboard/views")).contains("All mails of this organisation are paused"));
        server.client().post_json(&shop.owner, "/api/v1/sending/resume", &json!({})).expect(200);
        assert_eq!((server.run_jobs(), sink.mails().len()), (1, 1));
    }
}
