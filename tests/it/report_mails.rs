//! Figures of a view by mail: asked for and stopped on the page of views, once for each week or month, with the figures that
//! the page shows to the same reader.

use laatu::domain::{Grant, Role};
use laatu::service::once::in_read;
use laatu::service::report_mails::{Listed, list_all};
use laatu::service::sign_in::invite::remove_user;
use laatu::store::authority;
use laatu_tests::answered::{Answered, FIRST_DAY};
use laatu_tests::desk_person::{DeskPerson, PASSWORD};
use laatu_tests::mailbox::Mail;
use laatu_tests::program::Desk;
use laatu_tests::server::{PUBLIC_URL, Shop};
use laatu_tests::{Answer, Server};
use scraper::{Html, Selector};
use serde_json::{Value, json};

/// The Monday after the beginning, at seven in the morning in Helsinki.
pub(crate) const MONDAY: &str = "2026-05-11T04:00:00Z";

pub(crate) fn answered(server: &Server, entries: usize) -> Shop {
    let shop = server.shop("tuulia");
    server.field_survey(&shop, &json!({}));
    Answered::new(server.services(), &shop.slug, 5).append(entries);
    shop
}

pub(crate) fn words(answer: &Answer) -> String {
    let text = Html::parse_document(&answer.text()).root_element().text().collect::<Vec<_>>().join(" ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The views that can be chosen to be mailed: id and name.
fn choices(person: &DeskPerson) -> Vec<(String, String)> {
    let page = Html::parse_document(&person.get("/dashboard/views").expect(200).text());
    let option = Selector::parse("#m-view option").unwrap();
    let read = |one: scraper::ElementRef<'_>| (one.attr("value").unwrap().to_owned(), one.text().collect());
    page.select(&option).map(read).collect()
}

/// Keeps a view of the survey `field` and gives its id.
pub(crate) fn keep(person: &mut DeskPerson, name: &str, query: &str, shared: bool) -> String {
    let token = person.form_token("/dashboard/settings");
    let mut fields =
        vec![("form", token.as_str()), ("survey", "field"), ("page", ""), ("query", query), ("name", name)];
    if shared {
        fields.push(("shared", "1"));
    }
    person.post("/dashboard/views", &fields).expect(303);
    let all = choices(person);
    let found = all.iter().find(|(_, shown)| shown.starts_with(name));
    found.unwrap_or_else(|| panic!("{name} in {all:?}")).0.clone()
}

pub(crate) fn ask(person: &mut DeskPerson, view: &str, rhythm: &str, language: &str) -> Answer {
    let token = person.form_token("/dashboard/settings");
    let fields = [("form", token.as_str()), ("view", view), ("rhythm", rhythm), ("language", language)];
    person.post("/dashboard/report-mails", &fields)
}

/// Signs in anew: their session has run out while time went by.
pub(crate) fn back(person: &mut DeskPerson, address: &str) {
    person.sign_in(address, PASSWORD).expect(303);
}

/// The address of the button that stops the only report of a person.
fn stop_path(person: &DeskPerson) -> String {
    let list = person.get("/dashboard/views").expect(200).text();
    let (_, rest) = list.split_once("action=\"/dashboard/report-mails/").expect("a report");
    format!("/dashboard/report-mails/{}", rest.split('"').next().unwrap())
}

fn mails_to(server: &Server, address: &str) -> Vec<Mail> {
    let mut mails: Vec<Mail> =
        server.mailbox().mails().into_iter().filter(|mail| mail.to == address).collect();
    mails.sort_by(|one, other| one.message_id.cmp(&other.message_id));
    mails
}

/// The paths of the links to the dashboard and to the page that stops the mails.
fn paths(mail: &Mail) -> (String, String) {
    let path = |part: &str| {
        let line = mail.text.lines().find(|line| line.starts_with(PUBLIC_URL) && line.contains(part));
        line.unwrap_or_else(|| panic!("{part} in {}", mail.text))[PUBLIC_URL.len()..].to_owned()
    };
    (path("/dashboard/"), path("/r/"))
}

/// What the first card of the dashboard says of quality, in the words of an English mail: "81 (78 to 83), 183 people".
fn of_page(person: &DeskPerson, path: &str) -> String {
    let page = Html::parse_document(&person.get(path).expect(200).text());
    let text = |selector: &str| {
        let found = page.select(&Selector::parse(selector).unwrap()).next();
        found.map(|one| one.text().collect::<String>().replace('\u{a0}', " ")).unwrap_or_default()
    };
    let card = text(".four section:first-child");
    let big = text(".four section:first-child .big");
    let value = big.split_whitespace().next().unwrap_or_default();
    let range = big.split_once("likely ").map_or("", |(_, range)| range.trim());
    let people = card.split_once("equal weights, ").map_or("", |(_, rest)| rest.split(' ').next().unwrap());
    format!("{value} ({range}), {people} people")
}

fn listed(server: &Server, slug: &str) -> Vec<Listed> {
    in_read(server.services(), |connection| {
        let scope = authority::operator(connection, slug)?;
        list_all(connection, &scope)
    })
    .unwrap()
}

pub(crate) fn last_state(server: &Server, slug: &str) -> (String, i16) {
    let all = listed(server, slug);
    let last = all[0].last.as_ref().expect("a run");
    (format!("{} {}", last.period.from(), last.state), last.doubts)
}

on_both! {
    fn a_week_comes_on_monday_with_the_figures_of_the_page_and_the_next_one_a_week_later(server) {
        let shop = answered(server, 1500);
        let mut aino = server.signed_in(&shop, "aino@example.org", Role::Owner, &[]);
        let view = keep(&mut aino, "Web <b>", "?channel=web&period=13w", false);
        ask(&mut aino, &view, "weekly", "en").expect(303);
        let list = words(&aino.get("/dashboard/views"));
        assert!(list.contains("Monday 11 May 2026 none yet") && list.contains("aino@example.org"), "{list}");
        server.set_clock("2026-05-11T03:59:59Z");
        assert_eq!((server.run_jobs(), server.mailbox().files().len()), (0, 0));
        server.set_clock(MONDAY);
        assert_eq!(server.run_jobs(), 1);
        let mail = server.mailbox().to("aino@example.org");
        let (page, stop) = paths(&mail);
        assert_eq!(page, "/dashboard/surveys/field?period=own&from=2026-05-04&until=2026-05-10&channel=web");
        back(&mut aino, "aino@example.org");
        let figure = of_page(&aino, &page);
        assert!(figure.contains(" to ") && mail.text.contains(&figure), "{figure} in {}", mail.text);
        for said in ["Shop tuulia", "Web <b>", "4 May 2026 to 10 May 2026", "Survey: field", "Bought: in the web shop"] {
            assert!(mail.text.contains(said), "{said} in {}", mail.text);
        }
        assert!(mail.html.contains("Web &lt;b&gt;") && !mail.html.contains("Web <b>"), "{}", mail.html);
        assert!(mail.text.contains("Against the week before:") && mail.text.contains("Lowest scores:"), "{}", mail.text);
        assert_eq!((mail.from.as_str(), mail.language.as_str()), ("care@tuulia.example", "en"));
        assert_eq!(mail.subject, "Weekly report, 10 May 2026: Web <b>");
        assert_eq!(mail.unsubscribe, (format!("<{PUBLIC_URL}{stop}>"), "List-Unsubscribe=One-Click".to_owned()));
        assert!(mail.message_id.ends_with("-2026-05-04.report@surveys.example"), "{}", mail.message_id);
        assert_eq!(server.run_jobs(), 0);
        assert!(words(&aino.get("/dashboard/views")).contains("Monday 18 May 2026 sent on 11 May 2026"));
        server.set_clock("2026-05-18T04:00:00Z");
        assert_eq!((server.run_jobs(), server.run_jobs()), (1, 0));
        let both = mails_to(server, "aino@example.org");
        assert_eq!(both.len(), 2);
        assert!(both[1].text.contains("11 May 2026 to 17 May 2026"), "{}", both[1].text);
        assert!(both[1].text.contains("Nobody's answer lies in this time"), "{}", both[1].text);
    }

    fn the_link_stops_by_post_alone_and_dead_ones_are_like_all_dead_links(server) {
        let shop = answered(server, 60);
        let mut aino = server.signed_in(&shop, "aino@example.org", Role::Analyst, &[]);
        let view = keep(&mut aino, "All", "", false);
        ask(&mut aino, &view, "weekly", "fi").expect(303);
        server.set_clock(MONDAY);
        server.run_jobs();
        let mail = server.mailbox().to("aino@example.org");
        assert!(mail.language == "fi" && mail.text.contains("4. toukokuuta 2026"), "{}", mail.text);
        let (_, stop) = paths(&mail);
        let stranger = server.client();
        for _ in 0..3 {
            let page = stranger.get(&stop).expect(200).text();
            assert!(page.contains("<form method=\"post\"") && page.contains("a…@e….org"), "{page}");
            stranger.send("HEAD", &stop, &[], None).expect(200);
        }
        let form = [("content-type", "application/x-www-form-urlencoded")];
        stranger.send("POST", &stop, &form, Some(b"other=1")).expect(200);
        server.set_clock("2026-05-18T04:00:00Z");
        assert_eq!(server.run_jobs(), 1, "looking has stopped nothing");
        for _ in 0..2 {
            let page = stranger.send("POST", &stop, &form, Some(b"List-Unsubscribe=One-Click")).expect(200).text();
            assert!(page.contains("Raportti on lopetettu") && !page.contains("<form method=\"post\""), "{page}");
        }
        assert!(stranger.get(&format!("{stop}?language=en")).text().contains("The report is stopped"));
        server.set_clock("2026-05-25T04:00:00Z");
        assert_eq!(server.run_jobs(), 0);
        back(&mut aino, "aino@example.org");
        assert!(!words(&aino.get("/dashboard/views")).contains("Monday 1"));
        let (route, secret) = stop["/r/".len()..].split_once('.').unwrap();
        let dead = stranger.get(&format!("/u/{route}.{secret}")).expect(404).without_date_and_id();
        let flipped: String = secret.chars().rev().collect();
        for path in [format!("/r/{route}.{flipped}"), format!("/r/{secret}"), "/r/".to_owned(), format!("{stop}x")] {
            assert_eq!(stranger.get(&path).without_date_and_id(), dead, "{path}");
            stranger.send("POST", &path, &form, Some(b"List-Unsubscribe=One-Click")).expect(404);
        }
        ask(&mut aino, &view, "weekly", "en").expect(303);
        assert!(words(&aino.get("/dashboard/views")).contains("Monday 1 June 2026"), "asked for again");
        assert!(stranger.get(&stop).text().contains("<form method=\"post\""), "the same link stops it again");
    }

    fn a_reader_without_rows_gets_what_the_page_shows_them(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        // Three full weeks, the last of which is the one that is mailed.
        Answered::new(server.services(), &shop.slug, 5).append_changed(1000, |place, one| {
            one.service_day = FIRST_DAY + 70 + i32::try_from(place % 21).unwrap();
        });
        let mut reader = server.signed_in(&shop, "reader@example.org", Role::Analyst, &[]);
        let mut rows = server.signed_in(&shop, "rows@example.org", Role::Analyst, &[Grant::Rows]);
        let view = keep(&mut rows, "Shared", "", true);
        let narrow = keep(&mut rows, "Two filters", "?channel=web&language=fi", true);
        ask(&mut reader, &view, "weekly", "en").expect(303);
        ask(&mut rows, &view, "weekly", "en").expect(303);
        ask(&mut reader, &narrow, "monthly", "en").expect(303);
        server.set_clock(MONDAY);
        assert_eq!(server.run_jobs(), 2);
        let [of_reader, of_rows] = ["reader@example.org", "rows@example.org"].map(|one| server.mailbox().to(one));
        let (page, _) = paths(&of_reader);
        assert_eq!(paths(&of_rows).0, page);
        back(&mut reader, "reader@example.org");
        back(&mut rows, "rows@example.org");
        for (person, mail) in [(&reader, &of_reader), (&rows, &of_rows)] {
            let figure = of_page(person, &page);
            assert!(figure.contains(" to ") && mail.text.contains(&figure), "{figure} in {}", mail.text);
        }
        assert_ne!(of_page(&reader, &page), of_page(&rows, &page), "one of them sees steps");
        assert!(of_rows.text.contains("Lowest scores:"), "{}", of_rows.text);
        server.set_clock("2026-06-03T04:00:00Z");
        server.run_jobs();
        let mails = mails_to(server, "reader@example.org");
        let month = mails.iter().find(|mail| mail.subject.starts_with("Monthly report, 31 May 2026")).unwrap();
        assert!(month.text.contains("This view cannot be shown to you as it is"), "{}", month.text);
        assert!(!month.text.contains(" people"), "{}", month.text);
        server.advance_days(5);
        server.run_jobs();
        let mails = mails_to(server, "reader@example.org");
        let last = mails.iter().find(|mail| mail.subject.starts_with("Weekly report, 7 June 2026")).unwrap();
        assert!(last.text.contains("Too few answers to say: fewer than 10 people"), "{}", last.text);
    }

    fn only_a_view_that_one_sees_is_mailed_and_only_as_long(server) {
        let shop = answered(server, 60);
        let mut aino = server.signed_in(&shop, "aino@example.org", Role::Owner, &[]);
        let mut ben = server.signed_in(&shop, "ben@example.org", Role::Analyst, &[]);
        let own = keep(&mut aino, "Own", "", false);
        let shared = keep(&mut aino, "Shared", "", true);
        let other = server.shop("kuura");
        let mut stranger = server.signed_in(&other, "owner@kuura.example", Role::Owner, &[]);
        for view in [&own, &shared] {
            ask(&mut stranger, view, "weekly", "en").expect(404);
        }
        ask(&mut ben, &own, "weekly", "en").expect(404);
        ask(&mut ben, "", "weekly", "en").expect(404);
        ask(&mut ben, &shared, "daily", "en").expect(422);
        ask(&mut ben, &shared, "weekly", "xx").expect(422);
        let fields = [("view", shared.as_str()), ("rhythm", "weekly"), ("language", "en")];
        ben.post("/dashboard/report-mails", &fields).expect(403);
        let mut agent = server.signed_in(&shop, "agent@example.org", Role::Agent, &[]);
        agent.post("/dashboard/report-mails", &fields).expect(403);
        ask(&mut ben, &shared, "weekly", "en").expect(303);
        ask(&mut ben, &shared, "weekly", "sv").expect(303);
        ask(&mut aino, &shared, "monthly", "en").expect(303);
        assert_eq!(listed(server, &shop.slug).len(), 2, "asking twice is asking once");
        let path = stop_path(&ben);
        let token = aino.form_token("/dashboard/settings");
        aino.post(&path, &[("form", &token)]).expect(404);
        ben.post(&path, &[]).expect(403);
        let scope = server.services().store.read(|connection| authority::operator(connection, &shop.slug)).unwrap();
        remove_user(server.services(), &scope, "ben@example.org").unwrap();
        let list = aino.get("/dashboard/views").text();
        let deletes: Vec<&str> = list.split("action=\"/dashboard/views/").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        let delete = deletes.iter().find(|one| one.starts_with(shared.as_str())).unwrap();
        let token = aino.form_token("/dashboard/settings");
        aino.post(&format!("/dashboard/views/{delete}"), &[("form", &token)]).expect(303);
        server.set_clock("2026-06-08T04:00:00Z");
        assert_eq!(server.run_jobs(), 0);
        assert!(server.mailbox().files().is_empty());
        assert!(listed(server, &shop.slug).iter().all(|one| one.report.stopped_at.is_some() && one.next_on.is_none()));
    }

    fn a_month_without_answers_says_so_and_old_months_are_skipped_after_a_rest(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let mut aino = server.signed_in(&shop, "aino@example.org", Role::Owner, &[]);
        let view = keep(&mut aino, "All", "", false);
        ask(&mut aino, &view, "monthly", "en").expect(303);
        server.set_clock("2026-08-05T09:00:00Z");
        back(&mut aino, "aino@example.org");
        assert!(words(&aino.get("/dashboard/views")).contains("as soon as it can be sent"));
        assert_eq!((server.run_jobs(), server.run_jobs()), (1, 0));
        let mail = server.mailbox().to("aino@example.org");
        assert!(mail.text.contains("1 July 2026 to 31 July 2026"), "{}", mail.text);
        assert!(mail.text.contains("Nobody's answer lies in this time") && !mail.text.contains("Lowest"), "{}", mail.text);
        assert_eq!(paths(&mail).0, "/dashboard/surveys/field?period=own&from=2026-07-01&until=2026-07-31");
        let all = listed(server, &shop.slug);
        assert_eq!(all[0].next_on.unwrap().to_string(), "2026-09-03");
        assert_eq!(last_state(server, &shop.slug).0, "2026-07-01 sent");
    }

    fn seven_in_the_morning_stays_seven_when_clocks_change(server) {
        let shop = answered(server, 10);
        let mut aino = server.signed_in(&shop, "aino@example.org", Role::Owner, &[]);
        let view = keep(&mut aino, "All", "", false);
        ask(&mut aino, &view, "weekly", "en").expect(303);
        server.set_clock("2026-10-19T04:00:00Z");
        assert_eq!(server.run_jobs(), 1, "seven in summer time, the newest week alone");
        server.set_clock("2026-10-26T04:59:59Z");
        assert_eq!(server.run_jobs(), 0, "an hour later since the night to the 25th");
        server.advance_seconds(1);
        assert_eq!((server.run_jobs(), mails_to(server, "aino@example.org").len()), (1, 2));
        assert_eq!(last_state(server, &shop.slug).0, "2026-10-19 sent");
    }

    fn another_zone_moves_the_hour_and_neither_loses_nor_doubles_a_week(server) {
        let shop = answered(server, 10);
        let mut aino = server.signed_in(&shop, "aino@example.org", Role::Owner, &[]);
        let view = keep(&mut aino, "All", "", false);
        ask(&mut aino, &view, "weekly", "en").expect(303);
        let move_to = |zone: &str| {
            server.client().send_json("PUT", &shop.owner, "/api/v1/organisation", &json!({"zone": zone})).expect(200);
        };
        move_to("America/New_York");
        server.set_clock(MONDAY);
        assert_eq!((server.run_jobs(), server.mailbox().files().len()), (1, 0), "there it is Sunday midnight");
        server.set_clock("2026-05-11T10:59:59Z");
        assert_eq!(server.run_jobs(), 0);
        server.set_clock("2026-05-11T11:00:00Z");
        assert_eq!((server.run_jobs(), mails_to(server, "aino@example.org").len()), (1, 1));
        move_to("Pacific/Auckland");
        back(&mut aino, "aino@example.org");
        let (path, token) = (stop_path(&aino), aino.form_token("/dashboard/settings"));
        aino.post(&path, &[("form", &token)]).expect(303);
        move_to("Pacific/Honolulu");
        ask(&mut aino, &view, "weekly", "en").expect(303);
        server.set_clock("2026-05-11T17:00:00Z");
        assert_eq!(server.run_jobs(), 0, "this week's went already");
        assert_eq!(listed(server, &shop.slug)[0].next_on.unwrap().to_string(), "2026-05-18");
    }

    fn a_report_that_was_perhaps_sent_goes_once_more_with_the_same_id(server) {
        let shop = answered(server, 60);
        let mut aino = server.signed_in(&shop, "aino@example.org", Role::Owner, &[]);
        let view = keep(&mut aino, "All", "", false);
        ask(&mut aino, &view, "weekly", "en").expect(303);
        server.set_clock(MONDAY);
        let mut lost = server.take_job();
        assert!(lost.hand_over_report());
        drop(lost);
        let first = server.mailbox().to("aino@example.org").message_id;
        assert_eq!(server.run_jobs(), 0, "somebody holds it");
        server.advance_hours(1);
        assert_eq!(server.run_jobs(), 1);
        assert_eq!(server.mailbox().to("aino@example.org").message_id, first);
        assert_eq!(last_state(server, &shop.slug), ("2026-05-04 sent".to_owned(), 1));
        let desk = Desk::new().with("LAATU_DATABASE_URL", server.database().url());
        let told = desk.run(&["report-mails", "list", "--org=tuulia"]).expect(0).out;
        assert_eq!(told, "aino@example.org\tAll\tfield\tweekly\ten\t2026-05-18\t2026-05-04 sent\n");
        let told: Value = serde_json::from_str(&desk.run(&["report-mails", "list", "--org=tuulia", "--json"]).expect(0).out).unwrap();
        let first = &told["report_mails"][0];
        assert_eq!((&first["next_on"], &first["last"]["doubts"]), (&json!("2026-05-18"), &json!(1)), "{told}");
        server.set_clock("2026-05-18T04:00:00Z");
        let mut lost = server.take_job();
        assert!(lost.hand_over_report());
        drop(lost);
        back(&mut aino, "aino@example.org");
        let (path, token) = (stop_path(&aino), aino.form_token("/dashboard/settings"));
        aino.post(&path, &[("form", &token)]).expect(303);
        server.advance_hours(1);
        server.run_jobs();
        assert_eq!(last_state(server, &shop.slug).0, "2026-05-11 uncertain", "stopped meanwhile: not sent again");
        assert_eq!(mails_to(server, "aino@example.org").len(), 2);
    }
}
