//! Links that open something, and links that do not: none of them tells a stranger anything.

use laatu::store::authority::secret_hash;
use laatu_tests::json::text;
use laatu_tests::server::Shop;
use laatu_tests::{Answer, Page, Respondent, Server};
use mail_parser::decoders::base64::base64_decode;
use serde_json::json;

fn choose(_: &str, values: &[String]) -> Option<String> {
    values.get(1).cloned()
}

fn invited(server: &Server) -> (Shop, Respondent) {
    let shop = server.shop("tuulia");
    server.field_survey(&shop, &json!({}));
    let customer = server.invite(&shop, "A1", &json!({}));
    (shop, customer)
}

/// One page of each kind that a customer can meet.
fn pages(server: &Server) -> Vec<(&'static str, Answer)> {
    let (shop, customer) = invited(server);
    let first = customer.open();
    let second = customer.answer(&first, choose, "");
    let refused = customer.post(&second, &[("unknown".to_owned(), "1".to_owned())]);
    let left_open = customer.post(&second, &[]);
    let thanks = customer.answer_all(second.clone(), choose, "Words.");
    let correcting = customer.open_page(1);
    let gone = server.invite(&shop, "A2", &json!({}));
    server.advance_days(61);
    server.run_jobs();
    let pages = [
        ("first", first),
        ("second", second),
        ("refused", refused),
        ("left open", left_open),
        ("thanks", thanks),
        ("correcting", correcting),
        ("expired", gone.open()),
        ("unknown", customer.show("/s/nowhere.nothing")),
    ];
    pages.map(|(name, page)| (name, page.answer)).into()
}

/// What a page names as an address by one attribute, as a browser reads it.
fn addresses(page: &str, attribute: &str) -> Vec<String> {
    let start = format!(" {attribute}=\"");
    let values = page.split(&start).skip(1).filter_map(|rest| rest.split('"').next());
    values.map(|value| value.replace("&#x3D;", "=")).collect()
}

on_both! {
    fn every_page_is_closed_to_scripts_cookies_caches_and_strangers(server) {
        for (name, answer) in pages(server) {
            let page = answer.text();
            let header = |header: &str| answer.header(header).unwrap_or_default().to_owned();
            assert_eq!(answer.header("set-cookie"), None, "{name}");
            assert_eq!(header("cache-control"), "no-store", "{name}");
            assert_eq!(header("referrer-policy"), "no-referrer", "{name}");
            assert_eq!(header("x-content-type-options"), "nosniff", "{name}");
            let scripts = ["<script", "javascript:", " onclick=", " onload=", " onsubmit=", " onchange=", " onfocus="];
            assert!(scripts.iter().all(|script| !page.contains(script)), "{name} has no script: {page}");
            let policy = header("content-security-policy");
            assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{name}: {policy}");
            for word in ["form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"] {
                assert!(policy.contains(word), "{name}: {policy}");
            }
            let style = page.split_once("<style>").unwrap().1.split_once("</style>").unwrap().0;
            let hash = policy.split_once("'sha256-").unwrap().1.split_once('\'').unwrap().0;
            assert_eq!(base64_decode(hash.as_bytes()).unwrap(), secret_hash(style), "{name}: the policy allows this style");
            assert_eq!(page.matches("<style").count(), 1, "{name}");
        }
    }

    fn no_page_asks_for_anything_but_itself(server) {
        for (name, answer) in pages(server) {
            let page = answer.text();
            assert!(addresses(&page, "src").is_empty() && !page.contains("url(") && !page.contains("@import"), "{name}");
            for place in addresses(&page, "href") {
                let fine = ["#", "mailto:", "data:,", "?change=1", "?data=1"].iter().any(|start| place.starts_with(start))
                    || place == "https://tuulia.example/privacy";
                assert!(fine, "{name}: {place}");
            }
            assert_eq!(page.matches("<link").count(), 1, "{name}: only the empty icon");
        }
    }

    fn the_first_page_fits_into_fourteen_kilobytes(server) {
        let (_, customer) = invited(server);
        for path in [customer.link().to_owned(), format!("{}/1", customer.link())] {
            let answer = server.client().send("GET", &path, &[("accept-encoding", "gzip")], None).expect(200);
            assert_eq!(answer.header("content-encoding"), Some("gzip"));
            assert!(answer.body.len() <= 14 * 1024, "{} bytes", answer.body.len());
        }
    }

    fn a_link_that_has_run_out_says_so_and_takes_nothing(server) {
        let (shop, customer) = invited(server);
        let first = customer.open();
        server.advance_days(61);
        for _ in 0..2 {
            let gone = customer.open();
            assert_eq!(gone.answer.status, 410);
            assert!(gone.answer.text().contains("care@tuulia.example"), "a person can be reached");
            let late = customer.answer(&first, choose, "");
            assert_eq!(late.answer.status, 410);
            assert_eq!(customer.open_page(1).answer.status, 410);
            server.run_jobs();
        }
        let it = server.invitation(&shop, "A1");
        assert_eq!((text(&it, "/state"), it["started_at"].is_null()), ("expired", true));
        let report = server.report(&shop.owner, "field", "");
        assert_eq!((&report["about"]["unfinished"], &report["response_rate"]["sent"]), (&json!(0), &json!(1)));
    }

    fn an_answered_link_stays_a_thank_you_after_it_has_run_out(server) {
        let (_, customer) = invited(server);
        customer.answer_all(customer.open(), choose, "");
        server.advance_days(100);
        server.run_jobs();
        let later = customer.open();
        assert_eq!((later.answer.status, later.listed().len()), (200, 16));
    }

    fn links_that_open_nothing_cannot_be_told_apart(server) {
        let (_, customer) = invited(server);
        let token = customer.link().strip_prefix("/s/").unwrap();
        let (route, secret) = token.split_once('.').unwrap();
        let other = |word: &str| format!("{}{}", if word.starts_with('a') { 'b' } else { 'a' }, &word[1..]);
        let dead = [
            format!("{route}.{}", other(secret)), // a well-formed secret of nobody
            format!("{}.{secret}", other(route)), // another route
            format!("{route}.{}", secret.to_uppercase()),
            format!("{route}.{secret}x"),
            format!("{route}.{}", &secret[..31]),
            format!("{route}.{route}.{secret}"),
            format!("{route}{secret}"),
            "x".to_owned(),
            "..".to_owned(),
            "%00.x".to_owned(),
            "%C3%A4.%27%20OR%201=1".to_owned(),
            "a".repeat(4000),
            format!("{token}/0"),
            format!("{token}/100"),
            format!("{token}/abc"),
            format!("{token}/1/2"),
        ];
        let client = server.client();
        let expected = client.get("/s/nowhere.nothing").expect(404).without_date_and_id();
        for token in dead {
            let path = format!("/s/{token}");
            assert_eq!(client.get(&path).without_date_and_id(), expected, "{path}");
            let posted = client.post_form(&path, &[("overall".to_owned(), "5".to_owned())]);
            assert_eq!(posted.without_date_and_id(), expected, "POST {path}");
            let head = client.send("HEAD", &path, &[], None).without_date_and_id();
            assert_eq!((head.status, &head.headers), (404, &expected.headers), "HEAD {path}");
        }
        assert_eq!(client.get(customer.link()).status, 200);
    }

    fn a_form_takes_only_what_browsers_send(server) {
        let (shop, customer) = invited(server);
        let path = customer.link();
        let json = [("content-type", "application/json")];
        server.client().send("POST", path, &json, Some(b"{}")).expect(415);
        let form = [("content-type", "application/x-www-form-urlencoded")];
        let large = vec![b'a'; 300 * 1024];
        server.client().send("POST", path, &form, Some(&large)).expect(413);
        let odd = server.client().send("POST", path, &form, Some(b"%ff%fe=%ff&&&=;")).status;
        assert!([200, 422].contains(&odd), "{odd}");
        let wrong = server.client().send("DELETE", path, &[], None).expect(405);
        assert_eq!(wrong.header("allow"), Some("GET, HEAD, POST"));
        assert_eq!(text(&server.invitation(&shop, "A1"), "/state"), "sent");
        let page: Page = customer.open();
        assert!(page.is_form());
    }
}
