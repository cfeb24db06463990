//! Sending from a broken installation: no mail twice when a note fails, no dead link when the key file is lost.

use laatu::clock::SeededChance;
use laatu::service::links::LinkKeys;
use laatu_tests::json::{at, text};
use laatu_tests::schema::Any;
use laatu_tests::server::Shop;
use laatu_tests::smtp_sink::SmtpSink;
use laatu_tests::{Kind, Respondent, Server};
use serde_json::{Value, json};

fn state(server: &Server, shop: &Shop, number: &str) -> String {
    text(&server.invitation(shop, number), "/state").to_owned()
}

/// Link keys with the name that these have, and other secrets.
fn of_the_same_name(keys: &LinkKeys) -> LinkKeys {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("link.toml");
    let text = format!("[[key]]\nid = \"{}\"\nsecret = \"{}\"\n", keys.current_id(), "a".repeat(52));
    std::fs::write(&file, text).unwrap();
    LinkKeys::load_or_create(&file, &SeededChance::new(5)).unwrap()
}

/// Makes the database refuse to note that the mail of an order was sent.
fn refuse_note(server: &Server, number: &str) {
    let order = format!("(SELECT order_id FROM purchase_order WHERE order_number = '{number}')");
    let wanted = format!("NEW.sent_at IS NOT NULL AND NEW.order_id = {order}");
    let statements = match server.database().kind() {
        Kind::Sqlite => format!(
            "CREATE TRIGGER refuse_note BEFORE UPDATE ON invitation WHEN {wanted} \
             BEGIN SELECT RAISE(ABORT, 'refused by the test'); END;"
        ),
        Kind::Postgres => format!(
            "CREATE FUNCTION refuse_note() RETURNS trigger AS $$ BEGIN \
             IF {wanted} THEN RAISE EXCEPTION 'refused by the test'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql; \
             CREATE TRIGGER refuse_note BEFORE UPDATE ON invitation FOR EACH ROW EXECUTE FUNCTION refuse_note();"
        ),
    };
    Any::to(&server.database().target()).run(&statements);
}

fn take_notes_again(server: &Server) {
    let on = if server.database().kind() == Kind::Postgres { " ON invitation" } else { "" };
    Any::to(&server.database().target()).run(&format!("DROP TRIGGER refuse_note{on}"));
}

on_both_kinds! {
    fn one_note_that_is_refused_mails_nobody_else_twice(kind) {
        let sink = SmtpSink::start(&[]);
        let server = Server::with_mail(kind, Some(&sink.setting()));
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        for number in ["N1", "N2", "N3"] {
            server.deliver(&shop, &server.order(number));
        }
        server.advance_days(3);
        refuse_note(&server, "N2");
        server.run_jobs();
        assert_eq!(["N1", "N2", "N3"].map(|number| state(&server, &shop, number)), ["sent", "planned", "sent"]);
        take_notes_again(&server);
        server.advance_hours(2);
        server.run_jobs();
        assert_eq!(state(&server, &shop, "N2"), "sent");
        let to = |number: &str| sink.mails().iter().filter(|mail| mail.to.contains(number)).count();
        assert_eq!((to("N1"), to("N3")), (1, 1), "theirs were noted at once");
    }

    fn another_link_key_mails_no_dead_link(kind) {
        let mut server = Server::on(kind);
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        server.deliver(&shop, &server.order("A1"));
        server.advance_days(3);
        let right = server.services().links.clone();
        let others = [LinkKeys::generate(&SeededChance::new(5)), of_the_same_name(&right)];
        for other in others {
            server = server.restarted_with(other);
            server.advance_hours(1);
            server.run_jobs();
            assert!(server.mailbox().files().is_empty(), "nobody is mailed a link that opens nothing");
            let it = server.invitation(&shop, "A1");
            assert_eq!((text(&it, "/state"), at(&it, "/sent_at")), ("planned", &Value::Null));
        }
        let server = server.restarted_with(right);
        server.advance_hours(1);
        server.run_jobs();
        assert_eq!(state(&server, &shop, "A1"), "sent");
        let mail = server.mailbox().to("customer-A1@example.org");
        assert!(Respondent::at(server.client().clone(), mail.link_path()).open().is_form());
    }
}
