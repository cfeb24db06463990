//! The public score: only where it was switched on, never of few people, the same for everybody, and nothing that a visitor
//! sends changes which answers count.

use laatu::service::look_limit::A_MINUTE;
use laatu_tests::answered::Answered;
use laatu_tests::json::at;
use laatu_tests::server::Shop;
use laatu_tests::{Answer, Server};
use serde_json::{Value, json};

const PAGE: &str = "/score/tuulia";
const BADGE: &str = "/score/tuulia/badge.svg";

fn switch(server: &Server, shop: &Shop, survey: &str) -> Answer {
    let body = json!({"public_score": survey});
    server.client().send_json("PUT", &shop.owner, "/api/v1/organisation", &body)
}

/// A shop whose made-up answers all lie in the last twelve months, seen in June.
fn published(server: &Server, entries: usize) -> Shop {
    server.set_clock("2026-06-10T09:00:00Z");
    let shop = server.shop("tuulia");
    server.field_survey(&shop, &json!({}));
    Answered::new(server.services(), &shop.slug, 5).append(entries);
    switch(server, &shop, "field").expect(200);
    shop
}

/// The rating for search engines that stands in a page.
fn rating(page: &str) -> Value {
    let (_, rest) = page.split_once("<script type=\"application/ld+json\">").expect("a rating");
    let tree: Value = serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap();
    tree["aggregateRating"].clone()
}

on_both! {
    fn the_score_is_that_of_a_reader_without_rows_over_twelve_whole_months(server) {
        let shop = published(server, 400);
        let page = server.client().get(PAGE).expect(200);
        let report = server.report(&shop.analyst, "field", "to=2026-06-01");
        let score = at(&report, "/total/quality/score");
        let value = format!("{:.0}", score["value"].as_f64().unwrap());
        let said = rating(&page.text());
        assert_eq!(said["ratingValue"], value);
        assert_eq!(said["ratingCount"], score["n"]);
        assert_eq!((&said["worstRating"], &said["bestRating"]), (&json!("0"), &json!("100")));
        let text = page.text();
        for words in ["1 February 2026", "31 May 2026", "after the delivery", "every answer counts"] {
            assert!(text.contains(words), "{words}");
        }
        let live = server.report(&shop.owner, "field", "to=2026-06-01");
        assert_ne!(at(&live, "/total/quality/score/n"), &score["n"], "the live figure is ahead of the steps");
        let badge = server.client().get(BADGE).expect(200).text();
        assert!(badge.contains(&format!(">{value}<")) && badge.contains("2/2026–5/2026"), "{badge}");
    }

    fn a_network_that_asks_again_and_again_waits_for_the_next_minute(server) {
        published(server, 60);
        let services = server.services();
        server.client().get(PAGE);
        let counted = (0..2 * A_MINUTE).take_while(|_| services.looks.admit("127.0.0.1", services.now()).is_ok()).count();
        assert!(A_MINUTE >= 1_000 && counted < A_MINUTE as usize, "the page was counted: {counted}");
        for path in [PAGE, BADGE, "/score/nobody"] {
            let held = server.client().get(path).expect(429);
            let wait: u32 = held.header("retry-after").unwrap().parse().unwrap();
            assert!((1..=60).contains(&wait) && held.text().contains("One moment, please"), "{path}: {wait}");
            assert!(held.header("cache-control").unwrap().contains("no-store"), "{path}");
        }
        server.client().get("/healthz").expect(200);
        server.advance_seconds(60);
        assert_ne!(server.client().get(PAGE).status, 429);
        server.client().get("/score/nobody").expect(404);
    }

    fn where_it_is_off_there_is_the_same_nothing_as_where_nobody_is(server) {
        let shop = published(server, 400);
        server.shop("kuura");
        let nothing = |path: &str| {
            let answer = server.client().get(path).expect(404);
            let headers = ["cache-control", "content-type", "content-security-policy", "etag"];
            (answer.text(), headers.map(|name| answer.header(name).map(str::to_owned)))
        };
        let unknown = nothing("/score/nobody");
        for path in ["/score/kuura", "/score/kuura/badge.svg", "/score/%00", "/score/T.U", "/score/kuura?language=fi"] {
            assert_eq!(nothing(path), unknown, "{path}");
        }
        server.client().get(PAGE).expect(200);
        switch(server, &shop, "").expect(200);
        assert_eq!(nothing(PAGE), unknown);
        assert_eq!(nothing(BADGE), unknown);
        assert_eq!(server.client().send("POST", PAGE, &[], None).status, 405);
    }

    fn below_thirty_people_there_are_words_and_no_number(server) {
        published(server, 28);
        for path in [PAGE, BADGE] {
            let few = server.client().get(path).expect(404);
            let text = few.text();
            assert!(text.contains("Too few answers yet"), "{text}");
            assert!(!text.contains("ld+json") && !text.contains("<circle"), "{text}");
        }
    }

    fn it_moves_by_no_single_answer_and_by_nothing_that_a_visitor_sends(server) {
        server.set_clock("2026-06-10T09:00:00Z");
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let mut made = Answered::new(server.services(), &shop.slug, 5);
        made.append_changed(300, |_, one| one.test = false);
        switch(server, &shop, "field").expect(200);
        let first = server.client().get(PAGE).expect(200).text();
        for query in ["channel=web", "from=2026-03-01", "place=turku", "survey=other", "language=xx"] {
            assert_eq!(server.client().get(&format!("{PAGE}?{query}")).expect(200).text(), first, "{query}");
        }
        let (mut moves, mut people) = (0, rating(&first)["ratingCount"].as_u64().unwrap());
        for _ in 0..60 {
            made.append_changed(1, |_, one| one.test = false);
            server.advance_seconds(301);
            let now = rating(&server.client().get(PAGE).expect(200).text())["ratingCount"].as_u64().unwrap();
            assert!(now == people || now >= people + 10, "{people} and then {now}");
            moves += usize::from(now != people);
            people = now;
        }
        assert!(moves <= 6, "{moves}");
    }

    fn trial_orders_are_never_in(server) {
        server.set_clock("2026-06-10T09:00:00Z");
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let mut made = Answered::new(server.services(), &shop.slug, 5);
        made.append_changed(400, |_, one| one.test = true);
        switch(server, &shop, "field").expect(200);
        server.client().get(PAGE).expect(404);
    }

    fn it_can_be_kept_for_five_minutes_and_asks_nobody(server) {
        published(server, 300);
        for path in [PAGE, BADGE] {
            let shown = server.client().get(path).expect(200);
            assert_eq!(shown.header("cache-control"), Some("public, max-age=300"));
            let policy = shown.header("content-security-policy").unwrap();
            assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
            let tag = shown.header("etag").unwrap().to_owned();
            let again = server.client().send("GET", path, &[("if-none-match", &tag)], None);
            assert_eq!((again.status, again.body.len()), (304, 0));
            let text = shown.text();
            for strange in ["src=", "style=\"", "onclick", "url(", "@import"] {
                assert!(!text.contains(strange), "{path}: {strange}");
            }
        }
        let finnish = server.client().send("GET", PAGE, &[("accept-language", "fi-FI, en;q=0.5")], None).expect(200);
        assert!(finnish.text().contains("<html lang=\"fi\"") && finnish.header("vary").unwrap().contains("accept-language"));
        let badge = server.client().get(&format!("{BADGE}?language=hu")).expect(200);
        assert!(badge.text().contains("Érzékelt minőség"));
        assert_eq!(badge.header("cross-origin-resource-policy"), Some("cross-origin"));
    }

    fn only_a_survey_that_asks_after_orders_can_be_shown(server) {
        let shop = server.shop("tuulia");
        let open = json!({"key": "open", "instrument": "perceived-quality", "collection": "open"});
        server.client().post_json(&shop.owner, "/api/v1/surveys", &open).expect(201);
        for (survey, words) in [("open", "whoever opens one of its links"), ("none", "is no survey here")] {
            let refused = switch(server, &shop, survey).expect(422).json();
            assert!(refused.to_string().contains(words), "{refused}");
        }
        server.field_survey(&shop, &json!({}));
        assert_eq!(switch(server, &shop, "field").expect(200).json()["public_score"], "field");
    }
}
