//! The report says what was answered, no more and no less: recounted from what simulated customers chose.

use laatu_tests::Server;
use laatu_tests::json::{at, count, text};
use laatu_tests::recount::{assert_close, assert_items, count as recount, finished, instrument, score};
use laatu_tests::season::{Told, Went, play};
use laatu_tests::server::Shop;
use serde_json::{Value, json};
use survey_forms::instrument::{Facet, Item};
use survey_forms::language::Language;

/// A season of 60 orders: 36 customers finish, 12 leave half-way or are never there … all by their number.
fn season(server: &Server) -> (Shop, Vec<Told>) {
    let shop = server.shop("tuulia");
    server.field_survey(&shop, &json!({}));
    let season = play(server, &shop, 60);
    (shop, season)
}

fn report(server: &Server, shop: &Shop, query: &str) -> Value {
    server.report(&shop.analyst_with_rows, "field", query)
}

fn those(season: &[Told], fits: impl Fn(&Told) -> bool) -> Vec<&Told> {
    finished(season).into_iter().filter(|told| fits(told)).collect()
}

/// One of the names by which a report is split, from what is known of an order.
type LevelOf = fn(&Told) -> &str;

const SPLITS: [(&str, LevelOf); 5] = [
    ("channel", |told| told.channel),
    ("contact_channel", |told| told.contact_channel),
    ("place", |told| told.place),
    ("language", |told| told.language),
    ("month", |told| &told.service_day[..7]),
];

on_both! {
    fn every_count_is_what_was_answered(server) {
        let (shop, season) = season(server);
        let report = report(server, &shop, "");
        let people = finished(&season);
        assert_items(at(&report, "/total"), &people);
        let overall = recount("overall", people.iter().copied());
        assert_eq!(count(&report, "/total/outcome/overall/n"), overall.n());
        assert_close(&report, "/total/outcome/overall/value", overall.mean());
        let nps = recount("recommendation", people.iter().copied());
        let share = |codes: &[&str]| codes.iter().filter_map(|code| nps.histogram.get(*code)).sum::<u64>() as f64 / nps.n() as f64;
        let lead = share(&["9", "10"]) - share(&["0", "1", "2", "3", "4", "5", "6"]);
        assert_close(&report, "/total/outcome/nps/value", 100.0 * lead);
        let ces = recount("effort", people.iter().copied());
        let easy = ["5", "6", "7"].iter().filter_map(|code| ces.histogram.get(*code)).sum::<u64>() as f64 / ces.n() as f64;
        assert_close(&report, "/total/outcome/ces/value", easy);
        assert_eq!(at(&report, "/about/unfinished"), 0);
        assert_eq!(text(&report, "/about/as_of"), server.now());
    }

    fn scores_are_the_mean_of_item_means_in_points_of_a_hundred(server) {
        let (shop, season) = season(server);
        let report = report(server, &shop, "");
        let people = finished(&season);
        let instrument = instrument();
        let mut of_experience = Vec::new();
        for block in instrument.blocks() {
            let items: Vec<&Item> = instrument.items()[block.items.clone()].iter().collect();
            let expected = score(&items, &people).expect("sixty orders answer every item");
            assert_close(&report, &format!("/total/dimensions/{}/score/value", block.key), expected);
            let with_one = people.iter().filter(|told| {
                items.iter().any(|item| told.answers.get(&item.key).is_some_and(|value| !["", "na"].contains(&value.as_str())))
            });
            assert_eq!(count(&report, &format!("/total/dimensions/{}/score/n", block.key)), with_one.count() as u64);
            if block.facet == Facet::Experience {
                of_experience.push(expected);
            }
        }
        assert_eq!(of_experience.len(), 12);
        let quality = of_experience.iter().sum::<f64>() / 12.0;
        assert_close(&report, "/total/quality/score/value", quality);
        let ci = at(&report, "/total/quality/score/ci95");
        assert!(ci[0].as_f64().unwrap() < quality && quality < ci[1].as_f64().unwrap(), "{ci}");
    }

    fn the_response_rate_is_answered_over_delivered(server) {
        let (shop, season) = season(server);
        let report = report(server, &shop, "");
        let answered = finished(&season).len();
        assert_eq!(count(&report, "/response_rate/answered"), answered as u64);
        assert_eq!((count(&report, "/response_rate/sent"), count(&report, "/response_rate/bounced")), (60, 0));
        assert_close(&report, "/response_rate/value", answered as f64 / 60.0);
        assert_eq!(count(&report, "/response_rate/n"), 60);
    }

    fn every_split_recounts_to_its_levels(server) {
        let (shop, season) = season(server);
        for (by, level_of) in SPLITS {
            let report = report(server, &shop, &format!("by={by}"));
            let levels = at(&report, &format!("/by/{by}")).as_object().unwrap();
            let mut expected: Vec<&str> = finished(&season).into_iter().map(level_of).collect();
            expected.sort_unstable();
            expected.dedup();
            assert_eq!(levels.keys().map(String::as_str).collect::<Vec<_>>(), expected, "{by}");
            for (level, shape) in levels {
                assert_items(shape, &those(&season, |told| level_of(told) == level));
            }
            assert_items(at(&report, "/total"), &finished(&season));
        }
        let weeks = report(server, &shop, "by=week");
        let weeks = at(&weeks, "/by/week").as_object().unwrap();
        let first = season.iter().filter(|told| told.went == Went::Through).map(|told| &told.service_day).min().unwrap();
        let first: jiff::civil::Date = first.parse().unwrap();
        assert_eq!(weeks.keys().next().unwrap(), &first.strftime("%G-W%V").to_string());
        let overall = weeks.values().map(|shape| count(shape, "/items/overall/n")).sum::<u64>();
        assert_eq!(overall, recount("overall", finished(&season)).n());
    }

    fn every_filter_takes_just_its_own(server) {
        let (shop, season) = season(server);
        for (name, level_of) in &SPLITS[..4] {
            for level in ["web", "in_person", "phone", "email", "none", "helsinki", "turku", "fi", "pl"] {
                let people = those(&season, |told| level_of(told) == level);
                if !people.is_empty() {
                    let report = report(server, &shop, &format!("{name}={level}"));
                    assert_items(at(&report, "/total"), &people);
                    assert_eq!(text(&report, &format!("/about/filters/{name}")), level);
                }
            }
        }
        let both = report(server, &shop, "channel=phone&language=fi");
        assert_items(at(&both, "/total"), &those(&season, |told| told.channel == "phone" && told.language == "fi"));
        let place = report(server, &shop, "place=turku&channel=web");
        let sent = season.iter().filter(|told| told.place == "turku" && told.channel == "web").count();
        assert_eq!(count(&place, "/response_rate/sent"), sent as u64);
    }

    fn days_are_service_days_in_the_organisations_zone_and_the_last_is_not_taken(server) {
        let (shop, season) = season(server);
        let between = |from: &str, to: &str| those(&season, |told| told.service_day.as_str() >= from && told.service_day.as_str() < to);
        for (from, to) in [("2026-04-20", "2026-04-27"), ("2026-05-01", "2026-06-01"), ("2026-05-04", "2026-05-05")] {
            let report = report(server, &shop, &format!("from={from}&to={to}"));
            assert_items(at(&report, "/total"), &between(from, to));
            let sent = season.iter().filter(|told| told.service_day.as_str() >= from && told.service_day.as_str() < to);
            assert_eq!(count(&report, "/response_rate/sent"), sent.count() as u64, "{from} to {to}");
        }
        let early = report(server, &shop, "to=2026-04-26");
        let late = report(server, &shop, "from=2026-04-26");
        let overall = |report: &Value| count(report, "/total/items/overall/n");
        assert_eq!(overall(&early) + overall(&late), recount("overall", finished(&season)).n());
    }

    fn forms_left_half_way_count_with_their_pages_when_the_links_have_run_out(server) {
        let (shop, season) = season(server);
        server.advance_days(61);
        server.run_jobs();
        let report = report(server, &shop, "");
        let half = season.iter().filter(|told| told.went == Went::Halfway).count();
        assert!(half > 3);
        assert_eq!(count(&report, "/about/unfinished"), half as u64);
        let people: Vec<&Told> = season.iter().filter(|told| told.went != Went::Nowhere).collect();
        assert_items(at(&report, "/total"), &people);
        assert_eq!(count(&report, "/response_rate/answered"), finished(&season).len() as u64);
    }

    fn the_page_names_every_dimension_and_needs_nothing_else(server) {
        let (shop, _) = season(server);
        let path = "/api/v1/surveys/field/report.html?by=channel";
        let answer = server.client().get_as(&shop.analyst_with_rows, path).expect(200);
        assert!(answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html")));
        let page = answer.text();
        for block in instrument().blocks() {
            let name = block.dimension_name(Language::ENGLISH);
            assert!(page.contains(name), "{name} stands on the page");
        }
        assert!(page.contains("Shop tuulia") && page.contains("In person"), "the shop and the levels stand on it");
        assert!(!page.contains("<script") && !page.contains(" src=") && !page.contains("NaN"), "it is one page");
        assert_eq!(answer.header("cache-control"), Some("no-store"));
    }

    fn a_survey_without_answers_has_a_report_in_words(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let report = report(server, &shop, "by=channel");
        assert_eq!(at(&report, "/by"), &json!({"channel": {}}));
        for pointer in ["/total/quality/score", "/total/outcome/overall", "/total/dimensions/courtesy/score", "/response_rate"] {
            let reason = text(&report, &format!("{pointer}/undefined"));
            assert!(!reason.is_empty(), "{pointer}");
        }
        assert!(!report.to_string().contains("null,null"));
        server.client().get_as(&shop.owner, "/api/v1/surveys/field/report.html").expect(200);
    }
}
