//! `laatu import orders`: what is right comes in, what is wrong is named, nobody is asked who was not to be.

use std::fmt::Write as _;

use laatu_tests::importing::Importing;
use laatu_tests::json::{at, count, text};
use laatu_tests::program::Output;
use laatu_tests::schema::Any;
use serde_json::{Value, json};

const HEADER: &str = "order_number,email,name,language,channel,place,placed_at,delivered_at,contact_basis,notice_at,external_id,value,currency\n";

/// A good row.
fn row(number: usize) -> String {
    format!(
        "N{number},n{number}@example.org,\"Kallio, Aino\",en,web,turku,2026-04-20 10:00,2026-05-01,existing_customer_notice,2026-04-20 10:00,,49.90,EUR\n"
    )
}

fn rows(numbers: std::ops::Range<usize>) -> String {
    numbers.fold(HEADER.to_owned(), |mut all, number| {
        let _ = write!(all, "{}", row(number));
        all
    })
}

fn import(work: &Importing<'_>, data: &str, further: &[&str]) -> Output {
    work.desk.write("orders.csv", data);
    work.desk.run(&[&["import", "orders", "orders.csv", "--org", "tuulia"], further].concat())
}

fn orders(server: &laatu_tests::Server, condition: &str) -> i64 {
    let mut database = Any::to(&server.database().target());
    database.number(&format!("SELECT COUNT(*) AS n FROM purchase_order {condition}"))
}

on_both! {
    fn old_orders_come_in_and_nobody_is_ever_asked_about_them(server) {
        let work = Importing::on(server);
        server.field_survey(&work.shop, &json!({}));
        let dry = import(&work, &rows(0..5), &["--dry-run"]).expect(0);
        assert_eq!(dry.out.trim(), "5 rows: 5 new, 0 changed, 0 unchanged, 0 rejected; nobody is asked about new ones; nothing was written");
        assert_eq!(orders(server, ""), 0);
        let done = import(&work, &rows(0..5), &[]).expect(0);
        assert_eq!(done.out.trim(), "5 rows: 5 new, 0 changed, 0 unchanged, 0 rejected; nobody is asked about new ones");
        // Not by a new survey, not by an event, not by the order coming again, not by time.
        server.field_survey(&work.shop, &json!({"key": "later", "rule": {"event": "placed", "delay": "1d"}}));
        server.post_event(&work.shop, "N1", &json!({"kind": "delivered", "at": server.now()})).expect(200);
        let mut order = server.order("N2");
        order["customer"]["email"] = json!("other@example.org");
        let answer = server.post_order(&work.shop, &order).expect(200).json();
        assert_eq!((text(&answer, "/results/0/status"), at(&answer, "/results/0/invitations")), ("updated", &json!([])));
        server.advance_days(10);
        server.run_jobs();
        assert!(server.mailbox().files().is_empty());
        assert_eq!(server.invitations(&work.shop).len(), 0);
    }

    fn a_repeat_changes_nothing_and_a_file_that_has_grown_brings_the_rest(server) {
        let work = Importing::on(server);
        import(&work, &rows(0..300), &[]).expect(0);
        let again = import(&work, &rows(0..300), &[]).expect(0);
        assert!(again.out.starts_with("300 rows: 0 new, 0 changed, 300 unchanged"), "{}", again.out);
        let grown = rows(0..310).replace("n7@example.org", "seven@example.org");
        for (further, written) in [(&["--dry-run"][..], 300), (&[], 310)] {
            let said = import(&work, &grown, further).expect(0);
            assert!(said.out.starts_with("310 rows: 10 new, 1 changed, 299 unchanged"), "{}", said.out);
            assert_eq!(orders(server, ""), written);
        }
    }

    fn whoever_asks_for_it_gets_the_orders_asked_about(server) {
        let work = Importing::on(server);
        server.field_survey(&work.shop, &json!({}));
        import(&work, &rows(0..2), &[]).expect(0);
        let asked = import(&work, &rows(0..3), &["--ask"]).expect(0);
        assert_eq!(asked.out.trim(), "3 rows: 1 new, 2 changed, 0 unchanged, 0 rejected");
        assert_eq!(server.invitations(&work.shop).len(), 3);
        server.run_jobs();
        let again = import(&work, &rows(0..3), &["--ask"]).expect(0);
        assert!(again.out.starts_with("3 rows: 0 new, 0 changed, 3 unchanged"), "{}", again.out);
    }

    fn an_import_does_not_silence_orders_that_are_on_their_way(server) {
        let work = Importing::on(server);
        server.field_survey(&work.shop, &json!({}));
        server.deliver(&work.shop, &server.order("N1"));
        let before = server.invitation(&work.shop, "N1");
        import(&work, &rows(1..2), &[]).expect(0);
        assert_eq!(orders(server, "WHERE quiet"), 0);
        assert_eq!(server.invitation(&work.shop, "N1")["id"], before["id"]);
        assert_eq!(server.invitations(&work.shop).len(), 1);
    }

    fn one_broken_row_among_ten_thousand_spoils_itself_only(server) {
        let work = Importing::on(server);
        let mut data = rows(0..4000);
        data.push_str("N4000,broken@example.org,\"a quote that never ends,en,web,turku,2026-04-20 10:00,,,,,,\n");
        for number in 4001..10_000 {
            data.push_str(&row(number));
        }
        let said = import(&work, &data, &[]).expect(1);
        assert!(said.out.starts_with("10000 rows: 9999 new, 0 changed, 0 unchanged, 1 rejected"), "{}", said.out);
        assert!(said.talk.contains("Row 4001 (line 4002): has a quoted field that does not end on its line"), "{}", said.talk);
        assert_eq!(orders(server, ""), 9999);
    }

    fn every_bad_row_is_named_with_its_column_and_its_reason(server) {
        let work = Importing::on(server);
        let data = format!(
            "{}{}{}{}{}",
            rows(0..1),
            row(1).replace("n1@example.org", "n1@@example"),
            row(2).replace("web", "fax").replace("2026-05-01", "2031-05-01"),
            row(3).replace("49.90", "much"),
            row(0),
        );
        let said = import(&work, &data, &["--json"]).expect(1);
        let outcome: Value = serde_json::from_str(&said.out).unwrap();
        assert_eq!((count(&outcome, "/created"), count(&outcome, "/rejected")), (1, 4));
        let problems = at(&outcome, "/problems").as_array().unwrap();
        let mut named: Vec<(u64, &str, &str)> =
            problems.iter().map(|one| (count(one, "/row"), text(one, "/column"), text(one, "/code"))).collect();
        named.sort_unstable();
        let expected = [
            (2, "email", "not_an_address"), (3, "channel", "unknown_value"), (3, "delivered_at", "in_the_future"),
            (4, "value", "not_an_amount"), (5, "order_number", "twice"),
        ];
        assert_eq!(named, expected);
        for line in ["Row 2 (line 3), column email: ", "Row 5 (line 6), column order_number: stands in row 1, too"] {
            assert!(said.talk.contains(line), "{line} in {}", said.talk);
        }
        assert!(said.talk.contains("4 of 5 rows"), "{}", said.talk);
    }

    fn a_file_whose_header_cannot_be_used_is_refused_whole(server) {
        let work = Importing::on(server);
        let said = import(&work, "order_number,chanel,placed_at\nA1,web,2026-05-01\n", &[]).expect(1);
        assert!(said.talk.contains("did you mean \"channel\"?") && said.talk.contains("\"channel\" is missing"), "{}", said.talk);
        assert_eq!(orders(server, ""), 0);
    }

    fn semicolons_and_spreadsheets_are_understood(server) {
        let work = Importing::on(server);
        let data = "\u{feff}order_number;channel;placed_at;value;currency\r\nS1;in_person;2026-05-01 18:00;1234,50;SEK\r\n\r\n";
        let said = import(&work, data, &[]).expect(0);
        assert!(said.out.starts_with("1 rows: 1 new"), "{}", said.out);
        assert_eq!(orders(server, "WHERE value_minor = 123450 AND placed_at = 1777647600000000"), 1);
    }
}
