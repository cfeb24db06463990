//! What a reader of the dashboard keeps and compares with: views under a name, a target, careless answers left out, and months
//! as they were reported.

use laatu::domain::{Grant, Role};
use laatu::service::closed_months::Looks;
use laatu_tests::answered::Answered;
use laatu_tests::desk_person::DeskPerson;
use laatu_tests::json::at;
use laatu_tests::server::Shop;
use laatu_tests::{Answer, Server};
use scraper::{Html, Selector};
use serde_json::json;

const SURVEY: &str = "/dashboard/surveys/field";

fn answered(server: &Server, entries: usize) -> Shop {
    let shop = server.shop("tuulia");
    server.field_survey(&shop, &json!({}));
    Answered::new(server.services(), &shop.slug, 5).append(entries);
    shop
}

fn words(answer: &Answer) -> String {
    let text = Html::parse_document(&answer.text()).root_element().text().collect::<Vec<_>>().join(" ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Name and address of each view in the list.
fn views(person: &DeskPerson) -> Vec<(String, String)> {
    let page = Html::parse_document(&person.get("/dashboard/views").expect(200).text());
    let link = Selector::parse("tbody th a").unwrap();
    let read = |one: scraper::ElementRef<'_>| (one.text().collect(), one.attr("href").unwrap().to_owned());
    page.select(&link).map(read).collect()
}

fn keep(person: &mut DeskPerson, page: &str, query: &str, more: &[(&str, &str)]) -> Answer {
    let token = person.form_token("/dashboard/views");
    let mut fields = vec![("form", token.as_str()), ("survey", "field"), ("page", page), ("query", query)];
    fields.extend(more);
    person.post("/dashboard/views", &fields)
}

on_both! {
    fn a_view_is_kept_opened_shared_and_deleted_by_its_owner(server) {
        let shop = answered(server, 60);
        let mut aino = server.signed_in(&shop, "aino@example.org", Role::Analyst, &[]);
        let mut ben = server.signed_in(&shop, "ben@example.org", Role::Owner, &[]);
        keep(&mut aino, "trend", "?period=13w&channel=web&evil=1", &[("name", " Web <b> "), ("shared", "1")]).expect(303);
        keep(&mut aino, "dimensions/choice", "", &[("name", "Choice")]).expect(303);
        let mine = views(&aino);
        let path = format!("{SURVEY}/trend?period=13w&channel=web");
        assert_eq!(mine, [("Choice".to_owned(), format!("{SURVEY}/dimensions/choice")), ("Web <b>".to_owned(), path.clone())]);
        aino.get(&path).expect(200);
        assert_eq!(views(&ben), mine[1..]);
        let list = aino.get("/dashboard/views").text();
        let (_, rest) = list.split_once("action=\"/dashboard/views/").unwrap();
        let delete = format!("/dashboard/views/{}", rest.split('"').next().unwrap());
        let token = ben.form_token("/dashboard/views");
        ben.post(&delete, &[("form", &token)]).expect(404);
        let token = aino.form_token("/dashboard/views");
        aino.post(&delete, &[]).expect(403);
        aino.post(&delete, &[("form", &token)]).expect(303);
        assert_eq!(views(&aino).len(), 1);
        for (page, name) in [("nowhere", "x"), ("../settings", "x")] {
            keep(&mut aino, page, "", &[("name", name)]).expect(404);
        }
        for name in ["", "   ", "a\u{202e}b"] {
            keep(&mut aino, "", "", &[("name", name)]).expect(422);
        }
        let other = server.shop("kuura");
        let mut stranger = server.signed_in(&other, "owner@kuura.example", Role::Owner, &[]);
        assert!(views(&stranger).is_empty());
        keep(&mut stranger, "", "", &[("name", "theirs")]).expect(404);
        server.stranger().get("/dashboard/views").expect(303);
    }

    fn a_target_is_set_by_those_who_manage_and_told_with_the_range(server) {
        let shop = answered(server, 300);
        let put = |key: &str, target: serde_json::Value| {
            server.client().send_json("PUT", key, "/api/v1/surveys/field/target", &json!({"target": target}))
        };
        assert_eq!(put(&shop.admin, json!(99.5)).expect(200).json()["target"], 99.5);
        put(&shop.analyst, json!(50)).expect(403);
        for wrong in [json!(0), json!(100.1), json!(80.25), json!("high")] {
            put(&shop.owner, wrong).expect(422);
        }
        server.client().send_json("PUT", &shop.owner, "/api/v1/surveys/none/target", &json!({"target": 50})).expect(404);
        let mut boss = server.signed_in(&shop, "boss@example.org", Role::Admin, &[Grant::Rows]);
        let overview = words(&boss.get(&format!("{SURVEY}?period=all")).expect(200));
        assert!(overview.contains("below the target of 99.5; the whole range lies below it"), "{overview}");
        let trend = boss.get(&format!("{SURVEY}/trend?period=all")).expect(200);
        assert!(words(&trend).contains("below the target of 99.5") && trend.text().contains("class=\"target\""));
        let token = boss.form_token(&format!("{SURVEY}/trend"));
        boss.post(&format!("{SURVEY}/target"), &[("form", &token), ("target", "40,5")]).expect(303);
        assert!(words(&boss.get(&format!("{SURVEY}?period=all"))).contains("above the target of 40.5"));
        boss.post(&format!("{SURVEY}/target"), &[("form", &token), ("target", "high")]).expect(422);
        boss.post(&format!("{SURVEY}/target"), &[("form", &token), ("target", "")]).expect(303);
        assert!(!words(&boss.get(&format!("{SURVEY}?period=all"))).contains("target of"));
        let mut reader = server.signed_in(&shop, "reader@example.org", Role::Analyst, &[]);
        let token = reader.form_token("/dashboard/views");
        reader.post(&format!("{SURVEY}/target"), &[("form", &token), ("target", "50")]).expect(403);
        assert!(!reader.get(&format!("{SURVEY}/trend")).expect(200).text().contains("name=\"target\""));
    }

    fn careless_answers_are_left_out_by_a_switch_that_is_repeated_in_words(server) {
        let shop = answered(server, 400);
        let n = |query: &str| server.report(&shop.owner, "field", query)["total"]["quality"]["score"]["n"].as_u64().unwrap();
        let all = server.report(&shop.owner, "field", "");
        let (everybody, careful) = (n(""), n("careless=out"));
        assert_eq!(n("careless=in"), everybody);
        assert!(careful < everybody, "{careful} of {everybody}");
        let flagged = at(&all, "/total/careless/flagged");
        if let Some(flagged) = flagged.as_u64() {
            assert!(everybody - careful <= flagged, "{flagged}");
        }
        let out = server.report(&shop.owner, "field", "careless=out");
        assert_eq!((&out["about"]["filters"]["careless"], &out["about"]["source"]), (&json!("out"), &json!("scan")));
        assert!(out.get("response_rate").is_none_or(serde_json::Value::is_null), "{}", out["response_rate"]);
        let boss = server.signed_in(&shop, "boss@example.org", Role::Owner, &[]);
        let page = boss.get(&format!("{SURVEY}?period=all&careless=out")).expect(200);
        assert!(words(&page).contains("customers without careless answers"), "{}", words(&page));
        let mine = boss.get(&format!("{SURVEY}/report.csv?period=all&careless=out")).expect(200);
        let theirs = server.client().get_as(&shop.owner, "/api/v1/surveys/field/report.csv?careless=out").expect(200);
        assert_eq!(mine.text(), theirs.text());
        boss.get(&format!("{SURVEY}/comments?period=all&careless=out")).expect(422);
        server.client().get_as(&shop.owner, "/api/v1/surveys/field/report?careless=maybe").expect(422);
        server.client().get_as(&shop.analyst, "/api/v1/surveys/field/report?careless=out").expect(422);
        let reader = server.signed_in(&shop, "reader@example.org", Role::Analyst, &[]);
        assert!(words(&reader.get(&format!("{SURVEY}?careless=out")).expect(422)).contains("careless answers stay in"));
        assert!(!reader.get(SURVEY).text().contains("name=\"careless\""));
    }

    fn a_month_closes_after_fourteen_days_and_says_what_came_late(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let mut made = Answered::new(server.services(), &shop.slug, 5);
        made.append(400);
        let look = || Looks::default().look(server.services(), &|| true).unwrap();
        assert_eq!(look(), 2, "February and March");
        server.set_clock("2026-05-14T09:00:00Z");
        assert_eq!(look(), 0, "April still waits");
        server.set_clock("2026-05-15T09:00:00Z");
        assert_eq!((look(), look()), (1, 0), "April, once");
        let boss = server.signed_in(&shop, "boss@example.org", Role::Owner, &[]);
        let before = words(&boss.get(&format!("{SURVEY}/trend?period=all")).expect(200));
        assert!(before.contains("No answer came since") && !before.contains("came late"), "{before}");
        server.advance_hours(1);
        made.append(300);
        let page = words(&boss.get(&format!("{SURVEY}/trend?period=all")).expect(200));
        assert!(page.contains("Closed months, as they were reported"), "{page}");
        assert!(page.contains("closed on 4 May 2026") && page.contains("closed on 15 May 2026"), "{page}");
        assert!(page.contains("answers came late."), "{page}");
        let count = |text: &str| text.matches("answers came late").count();
        assert_eq!(count(&page), 3, "{page}");
        assert_eq!(look(), 0, "late answers close nothing anew");
        let narrow = words(&boss.get(&format!("{SURVEY}/trend?period=all&channel=web")).expect(200));
        assert!(!narrow.contains("Closed months"), "a filter has no closed month");
        let reader = server.signed_in(&shop, "reader@example.org", Role::Analyst, &[]);
        assert!(words(&reader.get(&format!("{SURVEY}/trend?period=all")).expect(200)).contains("Closed months"));
    }
}
