//! The link to what is kept about a customer: where it stands, what it opens, and that looking changes nothing.

use laatu_tests::{Answer, Respondent};
use serde_json::json;

use super::own_data::{answered, pressed, shown, tables};

/// The place that a redirect names.
fn place(answer: &Answer) -> &str {
    answer.header("location").unwrap_or_default()
}

/// The parts of a link `/x/<route>.<rest>`.
fn parts(path: &str) -> (&str, &str) {
    path[3..].split_once('.').unwrap()
}

on_both! {
    fn the_mail_and_every_page_of_the_form_lead_to_it(server) {
        let (shop, customer, path) = answered(server);
        let mail = server.mailbox().to("customer-A1@example.org");
        assert!(mail.html.contains(&path), "{}", mail.html);
        let silent = server.invite(&shop, "A2", &json!({}));
        let own = server.mailbox().to("customer-A2@example.org").own_data_path().to_owned();
        let second = silent.answer(&silent.open(), |_, values| values.first().cloned(), "");
        let first = silent.open_page(1);
        server.advance_days(61);
        let pages = [(customer.open(), &path), (second, &own), (first, &own), (silent.open(), &own)];
        assert_eq!(pages[3].0.answer.status, 410, "the link has run out");
        for (page, leads) in pages {
            assert_eq!(page.texts("footer a[href='?data=1&language=en']"), ["See or delete what we keep about you"]);
            let from = page.path.split('?').next().unwrap();
            let way = server.client().get(&format!("{from}?data=1&language=en")).expect(303);
            assert_eq!(place(&way), format!("{leads}?language=en"));
        }
        assert_eq!(shown(server, &own).answer.status, 200, "it opens when the form does not any more");
    }

    fn looking_and_other_buttons_change_nothing(server) {
        let (_, customer, path) = answered(server);
        let before = tables(server);
        let client = server.client();
        for _ in 0..50 {
            client.get(&path).expect(200);
        }
        let queries = ["?go=erase", "?go=erase-now", "?download=json", "?language=fi", "?data=1", "?change=1", "?%ff=%fe"];
        for query in queries {
            let status = client.get(&format!("{path}{query}")).status;
            assert_eq!(status, if query == "?change=1" { 303 } else { 200 }, "{query}");
            client.send("HEAD", &format!("{path}{query}"), &[], None);
        }
        client.get(&format!("{}?data=1", customer.link())).expect(303);
        let field = |name: &str, value: &str| vec![(name.to_owned(), value.to_owned())];
        let other = [vec![], field("go", ""), field("go", "erase-now "), field("erase-now", "1"), field("language", "fi"), field("go", "erase")];
        for fields in other {
            client.post_form(&path, &fields).expect(200);
        }
        for method in ["PUT", "DELETE", "PATCH", "OPTIONS"] {
            let wrong = client.send(method, &path, &[], None).expect(405);
            assert_eq!(wrong.header("allow"), Some("GET, HEAD, POST"));
        }
        client.send("POST", &path, &[("content-type", "application/json")], Some(b"{\"go\":\"erase-now\"}")).expect(415);
        let form = [("content-type", "application/x-www-form-urlencoded")];
        client.send("POST", &path, &form, Some(&vec![b'a'; 4096])).expect(413);
        assert!(tables(server) == before, "a table has changed");
    }

    fn a_link_of_one_purpose_opens_nothing_of_another(server) {
        let (_, customer, path) = answered(server);
        let other = server.shop("lempi");
        let (route, named) = parts(&path);
        let (id, secret) = named.split_at(26);
        let (_, answers) = parts(customer.link());
        let foreign = other.owner.split('_').nth(1).unwrap();
        let changed = |word: &str| format!("{}{}", if word.starts_with('a') { 'b' } else { 'a' }, &word[1..]);
        let dead = [
            format!("/p/{route}.{answers}"), // the form's link
            format!("/p/{route}.{id}{answers}"), // the form's secret
            format!("/s/{route}.{named}"),
            format!("/s/{route}.{secret}"),
            format!("/p/{route}.{secret}"),
            format!("/p/{foreign}.{named}"), // another organisation
            format!("/p/{route}.{}{secret}", changed(id)), // another invitation
            format!("/p/{route}.{id}{}", changed(secret)),
            format!("/p/{route}.{}", named.to_uppercase()),
            format!("/p/{route}.{named}x"),
            format!("/p/{route}.{}", &named[..57]),
            format!("/p/{route}.{named}/1"),
            format!("/p/{route}.{named}/"),
            format!("/p/{route}{named}"),
            "/p/".to_owned(),
            "/p/x".to_owned(),
            "/p/%00.x".to_owned(),
            format!("/p/{}", "a".repeat(4000)),
        ];
        let client = server.client();
        let expected = client.get("/s/nowhere.nothing").expect(404).without_date_and_id();
        let before = tables(server);
        for path in dead {
            assert_eq!(client.get(&path).without_date_and_id(), expected, "{path}");
            for go in ["erase", "erase-now"] {
                assert_eq!(pressed(server, &path, go).without_date_and_id(), expected, "POST {path}");
            }
            let head = client.send("HEAD", &path, &[], None).without_date_and_id();
            assert_eq!((head.status, &head.headers), (404, &expected.headers), "HEAD {path}");
        }
        assert!(tables(server) == before, "a table has changed");
        client.get(&path).expect(200);
    }

    fn its_pages_are_closed_to_scripts_caches_and_strangers(server) {
        let (_, _, path) = answered(server);
        let pages = [server.client().get(&path), pressed(server, &path, "erase"), pressed(server, &path, "erase-now")];
        for answer in pages {
            let (page, header) = (answer.text(), |name: &str| answer.header(name).unwrap_or_default().to_owned());
            assert_eq!((answer.status, answer.header("set-cookie")), (200, None));
            assert_eq!((header("cache-control"), header("referrer-policy")), ("no-store".to_owned(), "no-referrer".to_owned()));
            assert!(header("content-security-policy").starts_with("default-src 'none'; style-src 'sha256-"));
            assert!(!page.contains("<script") && !page.contains(" src="), "{page}");
        }
    }

    fn no_page_and_no_file_holds_a_link(server) {
        let (_, customer, path) = answered(server);
        let (route, named) = parts(&path);
        let (_, answers) = parts(customer.link());
        let pages = [
            server.client().get(&path),
            server.client().get(&format!("{path}?download=json")),
            pressed(server, &path, "erase"),
            customer.open().answer,
        ];
        for page in pages {
            for secret in [route, &named[26..], answers] {
                assert!(!page.text().contains(secret), "{}", page.text());
            }
        }
    }

    fn the_way_to_a_correction_is_there_while_it_is_open(server) {
        let (_, customer, path) = answered(server);
        let link = "main a[href='?change=1']";
        assert_eq!(shown(server, &path).texts(link), ["Change your answers"]);
        let way = server.client().get(&format!("{path}?change=1")).expect(303);
        assert_eq!(place(&way), format!("{}?change=1", customer.link()));
        let form = Respondent::at(server.client().clone(), place(&way)).open();
        assert!(form.is_form() && form.path.ends_with("/1"), "{}", form.path);
        server.advance_hours(25);
        assert!(shown(server, &path).texts(link).is_empty());
        server.client().get(&format!("{path}?change=1")).expect(200);
    }

    fn who_has_not_answered_is_not_led_to_a_correction(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        server.invite(&shop, "A1", &json!({}));
        let path = server.mailbox().to("customer-A1@example.org").own_data_path().to_owned();
        assert!(shown(server, &path).texts("main a[href='?change=1']").is_empty());
        server.client().get(&format!("{path}?change=1")).expect(200);
    }
}
