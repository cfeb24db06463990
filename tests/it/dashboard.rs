//! The dashboard: the numbers of the report's end-point in words, the same suppression, nobody else's anything, and a page
//! in words for whatever cannot be shown.

use laatu::domain::{Grant, Role};
use laatu::service::once::in_transaction;
use laatu::store::{authority, places};
use laatu_tests::answered::Answered;
use laatu_tests::desk_person::{DeskPerson, PASSWORD};
use laatu_tests::json::{at, text};
use laatu_tests::pages::Pages;
use laatu_tests::server::Shop;
use laatu_tests::{Answer, Server};
use scraper::{Html, Selector};
use serde_json::{Value, json};

const SURVEY: &str = "/dashboard/surveys/field";

/// Every page about a survey.
pub(crate) const PAGES: [&str; 10] = [
    "",
    "/dimensions",
    "/dimensions/choice",
    "/expectations",
    "/channels",
    "/places",
    "/drivers",
    "/trend",
    "/comments",
    "/answered",
];

/// Every page that is about no single survey.
pub(crate) const GENERAL: [&str; 6] = [
    "/dashboard/surveys",
    "/dashboard/new-survey",
    "/dashboard/views",
    "/dashboard/settings",
    "/dashboard/settings/second-step",
    "/dashboard/how",
];

/// A shop with a running survey and so many made-up answers from February to May 2026.
pub(crate) fn answered(server: &Server, entries: usize) -> Shop {
    let shop = server.shop("tuulia");
    server.field_survey(&shop, &json!({}));
    if entries > 0 {
        Answered::new(server.services(), &shop.slug, 5).append(entries);
    }
    shop
}

fn analyst(server: &Server, shop: &Shop, grants: &[Grant]) -> DeskPerson {
    server.signed_in(shop, "analyst@example.org", Role::Analyst, grants)
}

fn owner(server: &Server, shop: &Shop) -> DeskPerson {
    server.signed_in(shop, "owner@example.org", Role::Owner, &[])
}

/// The texts of all elements that a selector finds, with single blanks.
fn texts(page: &str, selector: &str) -> Vec<String> {
    let html = Html::parse_document(page);
    let wanted = Selector::parse(selector).unwrap();
    html.select(&wanted).map(|one| plain(&one.text().collect::<String>())).collect()
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn words(answer: &Answer) -> String {
    plain(&Html::parse_document(&answer.text()).root_element().text().collect::<Vec<_>>().join(" "))
}

/// A figure of the end-point as a page prints it: value and range in as many decimals as the range carries.
fn printed(figure: &Value) -> (String, String) {
    let (low, high) = (figure["ci95"][0].as_f64().unwrap(), figure["ci95"][1].as_f64().unwrap());
    let digits = usize::from(high - low < 1.0);
    let cut = |value: f64| format!("{:.digits$}", value.clamp(0.0, 100.0));
    (cut(figure["value"].as_f64().unwrap()), format!("{} to {}", cut(low), cut(high)))
}

/// Name, score, range and people of each row of the table of dimensions.
fn rows(page: &str) -> Vec<[String; 4]> {
    let html = Html::parse_document(page);
    let cell = Selector::parse("th, td").unwrap();
    let row = Selector::parse("table.fold.levels tbody tr").unwrap();
    let cells = html
        .select(&row)
        .map(|row| row.select(&cell).map(|one| plain(&one.text().collect::<String>())).collect::<Vec<_>>());
    cells
        .filter(|cells| cells.len() >= 4)
        .map(|cells| [0, 1, 2, 3].map(|place| cells[place].clone()))
        .collect()
}

fn check_against(page: &str, report: &Value) {
    let (value, range) = printed(at(report, "/total/quality/score"));
    let big = texts(page, ".four .big");
    assert_eq!(big[0], format!("{value} of 100, likely {range}"));
    let dimensions = at(report, "/total/dimensions").as_object().unwrap();
    let rows = rows(page);
    assert_eq!(rows.len(), 12);
    let there: Vec<(String, String, String)> = dimensions
        .values()
        .filter(|one| one["score"].get("ci95").is_some())
        .map(|one| {
            let (value, range) = printed(&one["score"]);
            (value, range, one["score"]["n"].to_string())
        })
        .collect();
    for [name, value, range, n] in rows {
        assert!(there.contains(&(value.clone(), range.clone(), n.clone())), "{name}: {value} ({range}), {n}");
    }
}

on_both! {
    fn the_numbers_of_a_page_are_those_of_the_end_point(server) {
        let shop = answered(server, 400);
        let reader = analyst(server, &shop, &[Grant::Rows]);
        let page = reader.get(&format!("{SURVEY}?period=all")).expect(200).text();
        check_against(&page, &server.report(&shop.owner, "field", ""));
        let page = reader.get(&format!("{SURVEY}?period=own&from=2026-03-04&until=2026-04-12&channel=web")).expect(200);
        check_against(&page.text(), &server.report(&shop.owner, "field", "from=2026-03-04&to=2026-04-13&channel=web"));
        assert!(words(&page).contains("4 March to 12 April 2026, customers who bought in the web shop."));
    }

    fn readers_without_rows_see_what_their_key_would_see(server) {
        let shop = answered(server, 400);
        let reader = analyst(server, &shop, &[]);
        let page = reader.get(&format!("{SURVEY}?period=all")).expect(200).text();
        check_against(&page, &server.report(&shop.analyst, "field", ""));
        let two = reader.get(&format!("{SURVEY}?period=all&channel=web&language=fi")).expect(422);
        assert!(words(&two).contains("one of channel, contact_channel, place and language"), "{}", words(&two));
        let off = reader.get(&format!("{SURVEY}?period=own&from=2026-03-04&until=2026-04-12")).expect(422);
        assert!(words(&off).contains("whole weeks"), "{}", words(&off));
        for page in PAGES {
            reader.get(&format!("{SURVEY}{page}?channel=web")).expect(200);
        }
    }

    fn few_people_are_words_and_never_a_number(server) {
        let shop = answered(server, 0);
        let mut made = Answered::new(server.services(), &shop.slug, 5);
        made.append_changed(9, |_, one| one.test = false);
        assert!(made.newest.len() < 10, "{}", made.newest.len());
        let few = analyst(server, &shop, &[]);
        for page in PAGES.iter().filter(|page| **page != "/comments") {
            let shown = few.get(&format!("{SURVEY}{page}?period=all")).expect(200);
            assert!(words(&shown).contains("Fewer than 10 people answered here"), "{page}: {}", words(&shown));
            assert!(!shown.text().contains("<svg"), "{page}");
        }
        let comments = few.get(&format!("{SURVEY}/comments?period=all")).expect(200);
        assert!(words(&comments).contains("Fewer than 10 comments"));
    }

    fn whatever_cannot_be_shown_has_a_page_in_words(server) {
        let shop = answered(server, 60);
        let reader = owner(server, &shop);
        for page in PAGES {
            let empty = reader.get(&format!("{SURVEY}{page}?period=own&from=2020-01-01&until=2020-01-31")).expect(200);
            let said = words(&empty);
            assert!(said.contains("Nobody's answer lies in this period") || said.contains("Nobody wrote a comment"), "{page}: {said}");
            assert!(!empty.text().contains("<svg") && !said.contains("NaN"), "{page}");
            assert!(!empty.text().contains("/report.csv"), "{page}: a file of nothing");
        }
        let impossible = ["period=7w", "period=own", "period=own&from=2026-02-30&until=x", "period=own&from=2026-03-04&until=2026-03-01",
            "channel=pigeon", "place=atlantis", "language=xx", "contact_channel=%00"];
        for query in impossible {
            let refused = reader.get(&format!("{SURVEY}?{query}")).expect(422);
            assert!(words(&refused).contains("This view cannot be shown"), "{query}");
            assert!(!texts(&refused.text(), ".state li").is_empty(), "{query}");
        }
        let typed = reader.get(&format!("{SURVEY}?from=2026-02-30&until=2026-03-01")).expect(422).text();
        assert!(typed.contains("type=\"text\" value=\"2026-02-30\" aria-invalid=\"true\" aria-describedby=\"f-from-error\""), "{typed}");
        assert!(typed.contains("type=\"date\" value=\"2026-03-01\"") && texts(&typed, "#f-from-error").len() == 1);
    }

    fn one_answer_is_told_as_one_and_never_as_a_chart_of_nothing(server) {
        let shop = answered(server, 0);
        let mut made = Answered::new(server.services(), &shop.slug, 5);
        made.append_changed(1, |_, one| one.test = false);
        assert_eq!(made.newest.len(), 1);
        let reader = owner(server, &shop);
        for page in PAGES {
            let shown = reader.get(&format!("{SURVEY}{page}?period=all")).expect(200);
            let said = words(&shown);
            assert!(!said.contains("NaN") && !said.contains(" inf"), "{page}: {said}");
            for chart in texts(&shown.text(), "svg") {
                assert!(chart.chars().any(|sign| sign.is_ascii_digit()), "{page}: an empty chart");
            }
        }
        let said = words(&reader.get(&format!("{SURVEY}?period=all")).expect(200));
        assert!(said.contains("no range") || said.contains("too few"), "{said}");
    }

    fn a_place_under_a_new_name_is_a_place_of_its_own_and_the_old_address_still_shows_it(server) {
        let shop = answered(server, 0);
        let (old, new) = in_transaction(server.services(), |connection| {
            let scope = authority::operator(connection, &shop.slug)?;
            let mut number = |key: &str| places::number(connection, &scope, key);
            Ok((number("helsinki")?, number("helsinki-kamppi")?))
        })
        .unwrap();
        let mut made = Answered::new(server.services(), &shop.slug, 5);
        made.append_changed(240, |came, one| {
            one.test = false;
            one.place_id = if came < 100 { old } else { new };
        });
        let reader = owner(server, &shop);
        let people = |place: &str| {
            let report = server.report(&shop.owner, "field", &format!("place={place}"));
            report.pointer("/total/quality/score/n").and_then(Value::as_u64).expect("people")
        };
        let (before, after) = (people("helsinki"), people("helsinki-kamppi"));
        let both = words(&reader.get(&format!("{SURVEY}/places?period=all")).expect(200));
        for (place, n) in [("helsinki", before), ("helsinki-kamppi", after)] {
            let shown = words(&reader.get(&format!("{SURVEY}?period=all&place={place}")).expect(200));
            assert!(shown.contains(&format!("{n} people")), "{place}: {shown}");
            assert!(both.contains(place), "{both}");
        }
    }

    fn another_organisation_and_what_is_not_there_are_the_same_nothing(server) {
        let shop = answered(server, 30);
        let other = server.shop("kuura");
        let stranger = server.signed_in(&other, "owner@kuura.example", Role::Owner, &[]);
        let without = |answer: Answer| answer.text().replace("/field", "/none");
        for page in PAGES.iter().chain(&["/invitations"]) {
            let theirs = stranger.get(&format!("{SURVEY}{page}")).expect(404);
            let nothing = stranger.get(&format!("/dashboard/surveys/none{page}")).expect(404);
            assert_eq!(without(theirs), without(nothing), "{page}");
        }
        assert!(!words(&stranger.get("/dashboard/surveys").expect(200)).contains("field"));
        let mut stranger = stranger;
        let token = stranger.form_token("/dashboard/surveys");
        stranger.post(&format!("{SURVEY}/state"), &[("form", &token), ("go", "pause")]).expect(404);
        let reader = owner(server, &shop);
        for path in ["/dashboard/x", "/dashboard/surveys/field/x", "/dashboard/surveys/field/dimensions/x", "/dashboard/assets/x.css"] {
            assert_eq!(reader.get(path).status, 404, "{path}");
        }
        for page in PAGES.iter().chain(&["/invitations"]) {
            server.stranger().get(&format!("{SURVEY}{page}")).expect(303);
        }
    }

    fn pages_are_small_ask_nobody_and_are_kept_nowhere(server) {
        let shop = answered(server, 400);
        let reader = owner(server, &shop);
        let general = GENERAL.iter().chain(&["/login"]).map(|page| (*page).to_owned());
        for path in PAGES.iter().map(|page| format!("{SURVEY}{page}?period=all")).chain(general) {
            let page = reader.get(&path);
            let page = if path == "/login" { server.stranger().get(&path).expect(200) } else { page.expect(200) };
            let policy = page.header("content-security-policy").unwrap();
            assert!(policy.starts_with("default-src 'none'; style-src 'self'") && !policy.contains("unsafe"), "{policy}");
            assert_eq!(page.header("cache-control"), Some("private, no-store"));
            assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
            let text = page.text();
            for strange in ["<script", "style=", "<style", "src=", "http://", "https://", " onclick"] {
                let found = text.find(strange);
                assert!(found.is_none() || path.ends_with("settings"), "{path}: {strange}");
            }
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
            std::io::Write::write_all(&mut packed, text.as_bytes()).unwrap();
            let size = packed.finish().unwrap().len();
            assert!(size <= 60_000, "{path}: {size} bytes");
        }
        let style = texts(&reader.get(SURVEY).expect(200).text(), "head title").len();
        assert_eq!(style, 1);
        let page = reader.get(SURVEY).text();
        let sheet = page.split("href=\"").find(|part| part.starts_with("/dashboard/assets/")).unwrap();
        let sheet = reader.get(sheet.split('"').next().unwrap()).expect(200);
        assert_eq!(sheet.header("cache-control"), Some("public, max-age=31536000, immutable"));
        assert!(!sheet.text().contains("url(") && !sheet.text().contains("@import"));
    }

    fn surveys_are_paused_and_started_by_those_who_may(server) {
        let shop = answered(server, 0);
        let state = || {
            let list = server.client().get_as(&shop.owner, "/api/v1/surveys").expect(200).json();
            text(&list, "/surveys/0/state").to_owned()
        };
        let press = |person: &mut DeskPerson, go: &str| {
            let token = person.form_token("/dashboard/surveys");
            person.post(&format!("{SURVEY}/state"), &[("form", &token), ("go", go)]).status
        };
        let mut reader = analyst(server, &shop, &[Grant::Rows]);
        assert!(!reader.get("/dashboard/surveys").expect(200).text().contains("value=\"pause\""));
        assert_eq!((press(&mut reader, "pause"), state().as_str()), (403, "running"));
        let mut boss = owner(server, &shop);
        assert_eq!((press(&mut boss, "pause"), state().as_str()), (303, "paused"));
        assert!(words(&boss.get(SURVEY).expect(200)).contains("field paused"));
        assert_eq!((press(&mut boss, "start"), state().as_str()), (303, "running"));
        boss.post(&format!("{SURVEY}/state"), &[("go", "pause")]).expect(403);
        assert_eq!(state(), "running");
    }

    fn owners_invite_colleagues_and_others_do_not(server) {
        let shop = answered(server, 0);
        let mut boss = owner(server, &shop);
        let token = boss.form_token("/dashboard/settings");
        let fields = [("form", token.as_str()), ("name", "Ben <b>"), ("email", "Ben@Example.org"), ("role", "auditor")];
        let shown = boss.post("/dashboard/settings/users", &fields).expect(200);
        let link = texts(&shown.text(), "section.state code").remove(0);
        let path = link.strip_prefix("https://surveys.example").unwrap();
        assert!(!boss.get("/dashboard/settings").expect(200).text().contains(path), "shown once");
        assert!(words(&boss.post("/dashboard/settings/users", &fields).expect(422)).contains("is a user of this organisation already"));
        let wrong = [("form", token.as_str()), ("name", ""), ("email", "no address"), ("role", "auditor")];
        let told = words(&boss.post("/dashboard/settings/users", &wrong).expect(422));
        assert!(told.contains("is not a mail address") && told.contains("1 to 80 characters"), "{told}");
        let mut ben = server.stranger();
        ben.set_up(path, "another good password").expect(303);
        let token = ben.form_token("/dashboard/settings");
        let fields = [("form", token.as_str()), ("name", "C"), ("email", "c@example.org"), ("role", "owner")];
        ben.post("/dashboard/settings/users", &fields).expect(403);
    }

    fn invitations_are_listed_with_their_reasons(server) {
        let shop = answered(server, 0);
        let reader = analyst(server, &shop, &[]);
        let none = reader.get(&format!("{SURVEY}/invitations")).expect(200);
        assert!(words(&none).contains("No order has led to an invitation yet"));
        server.deliver(&shop, &server.order("A1"));
        let mut silent = server.order("A2");
        silent.as_object_mut().unwrap().remove("contact_basis");
        server.deliver(&shop, &silent);
        let page = reader.get(&format!("{SURVEY}/invitations")).expect(200);
        let said = words(&page);
        assert!(said.contains("A1 Planned") && said.contains("A2 Skipped the shop named no ground to write to the customer"), "{said}");
        assert!(!said.contains("customer-A1@"), "no address stands there");
        let skipped = words(&reader.get(&format!("{SURVEY}/invitations?state=skipped")).expect(200));
        assert!(skipped.contains("A2") && !skipped.contains("A1 "));
        assert!(words(&reader.get(&format!("{SURVEY}/invitations?after=x")).expect(422)).contains("not there any more"));
    }

    fn comments_are_read_as_the_reader_may_and_never_as_markup(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({"length": "quick"}));
        let write = |number: usize, words: &str| {
            let customer = server.invite(&shop, &format!("C{number}"), &json!({}));
            customer.answer_all(customer.open(), |_, values| values.get(2).cloned(), words);
        };
        for number in 0..9 {
            write(number, &format!("Comment {number} <script>alert(1)</script>"));
        }
        let (rows, mut plain) = (owner(server, &shop), analyst(server, &shop, &[]));
        let page = rows.get(&format!("{SURVEY}/comments?period=all")).expect(200);
        assert_eq!(texts(&page.text(), ".comment blockquote").len(), 9);
        assert!(page.text().contains("&lt;script&gt;") && !page.text().contains("<script"));
        let found = rows.get(&format!("{SURVEY}/comments?period=all&search=COMMENT+3")).expect(200);
        assert_eq!(texts(&found.text(), ".comment blockquote").len(), 1);
        let few = plain.get(&format!("{SURVEY}/comments?period=all")).expect(200);
        assert!(words(&few).contains("Fewer than 10 comments") && !few.text().contains("Comment 3"));
        write(9, "Comment 9");
        write(10, "The eleventh");
        plain.sign_in("analyst@example.org", PASSWORD).expect(303);
        let ten = plain.get(&format!("{SURVEY}/comments?period=all")).expect(200);
        assert_eq!(texts(&ten.text(), ".comment blockquote").len(), 10);
        assert!(!words(&ten).contains("The eleventh") && texts(&ten.text(), ".comment .note").is_empty());
        let narrow = plain.get(&format!("{SURVEY}/comments?period=all&channel=web")).expect(200);
        assert!(words(&narrow).contains("never for a channel") && !words(&narrow).contains("Comment 3"));
    }

    fn nobody_is_led_astray_without_a_survey(server) {
        let shop = server.shop("tuulia");
        let reader = owner(server, &shop);
        let page = reader.get("/dashboard/").expect(200);
        assert!(words(&page).contains("There is no survey yet") && words(&page).contains("Make a survey"));
        server.field_survey(&shop, &json!({}));
        assert_eq!(reader.get("/dashboard/").expect(303).header("location"), Some(SURVEY));
        server.field_survey(&shop, &json!({"key": "second"}));
        let page = words(&reader.get("/dashboard/").expect(200));
        assert!(page.contains("field") && page.contains("second"), "{page}");
    }

    fn a_page_gives_its_figures_along_as_the_files_of_the_end_point(server) {
        let shop = answered(server, 300);
        let person = owner(server, &shop);
        let page = person.get(&format!("{SURVEY}?period=all")).expect(200).text();
        let links = texts(&page, ".take a");
        assert_eq!(links, ["PDF", "Excel workbook", "CSV for Excel", "CSV for programs", "Page to keep or print"]);
        let mine = person.get(&format!("{SURVEY}/report.csv?period=all")).expect(200);
        let theirs = server.client().get_as(&shop.owner, "/api/v1/surveys/field/report.csv").expect(200);
        assert_eq!(mine.text(), theirs.text());
        assert_eq!(mine.header("content-disposition"), theirs.header("content-disposition"));
        let book = person.get(&format!("{SURVEY}/report.xlsx?period=all&by=contact_channel")).expect(200);
        assert!(book.body.starts_with(b"PK"), "a workbook is a zip file");
        assert!(person.get(&format!("{SURVEY}/report.csv?preset=excel&locale=fi")).expect(200).body.starts_with(b"\xef\xbb\xbf"));
        let named = format!("{SURVEY}/report.csv?period=all&preset=excel&locale=hu");
        let wanted = format!("{SURVEY}/report.csv?period=all&preset=excel");
        assert_eq!(person.get_in(&wanted, "uk, hu-HU;q=0.8, en;q=0.5").text(), person.get(&named).text());
        let pages = Pages::of(&person.get_in(&format!("{SURVEY}/report.pdf?period=13w"), "uk, fi-FI;q=0.8").body);
        assert!(pages.text().contains("Palvelun laadun raportti"), "in the browser's language: {}", pages.text());
        person.get(&format!("{SURVEY}/report.docx")).expect(404);
        let analyst = analyst(server, &shop, &[]);
        let day = format!("{SURVEY}/report.csv?period=own&from=2026-03-03&until=2026-03-05");
        let refused = analyst.get(&day).expect(422);
        assert!(words(&refused).contains("This cannot be shown"), "{}", words(&refused));
        let other = server.shop("pihla");
        owner(server, &other).get(&format!("{SURVEY}/report.csv")).expect(404);
        server.stranger().get(&format!("{SURVEY}/report.csv")).expect(303);
    }
}
