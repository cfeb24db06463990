//! Pages shown from kept bytes: the same for everybody but for the number of the order, and never old.

use std::io::Read;

use laatu_tests::Server;
use serde_json::json;

/// The page behind a link as a browser gets it: one gzip member and nothing after it.
fn unpacked(server: &Server, link: &str) -> String {
    let answer =
        server.client().send("GET", link, &[("accept-encoding", "br, gzip;q=0.8")], None).expect(200);
    assert_eq!(answer.header("content-encoding"), Some("gzip"));
    assert!(answer.header("vary").is_some_and(|names| names.contains("accept-encoding")));
    let mut reader = flate2::bufread::GzDecoder::new(&answer.body[..]);
    let mut text = String::new();
    reader.read_to_string(&mut text).unwrap();
    assert!(reader.into_inner().is_empty(), "a browser would not show what follows");
    text
}

on_both! {
    fn each_customer_sees_their_own_order(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        // Two turns of the forms: every page is kept the second time.
        for turn in 0..26 {
            let (number, written) = match turn % 2 {
                0 => (format!("A-{turn}"), format!("A-{turn}")),
                _ => (format!("A&co='{turn}'"), format!("A&amp;co&#x3D;&#x27;{turn}&#x27;")),
            };
            let address = json!({"customer": {"email": format!("customer-{turn}@example.org")}});
            let customer = server.invite(&shop, &number, &address);
            let page = unpacked(server, customer.link());
            assert_eq!(page.matches(&written).count(), 1, "{number}: {page}");
            assert!(!page.contains('\u{f8f0}') && !page.contains('\u{f8f1}'));
            for refused in ["identity", "gzip;q=0", "gzip; q=0.0"] {
                let plain = server.client().send("GET", customer.link(), &[("accept-encoding", refused)], None);
                assert_eq!(plain.header("content-encoding"), None, "{refused}");
                assert_eq!(plain.expect(200).text(), page);
            }
        }
    }

    fn a_change_of_the_organisation_shows_at_once(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let customer = server.invite(&shop, "A1", &json!({}));
        assert!(unpacked(server, customer.link()).contains("Shop tuulia"));
        let words = json!({"name": "Tuulian talo"});
        server.client().send_json("PUT", &shop.owner, "/api/v1/organisation", &words).expect(200);
        let page = unpacked(server, customer.link());
        assert!(page.contains("Tuulian talo") && !page.contains("Shop tuulia"));
    }
}
