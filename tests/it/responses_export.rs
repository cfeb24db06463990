//! Responses are taken out as rows: exactly what was answered, as the report counts it, at the pace of the reader.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

use laatu::service::export::{Export, Format, Request};
use laatu::service::once::in_transaction;
use laatu::store::responses::{self, Response};
use laatu_tests::Server;
use laatu_tests::answered::Answered;
use laatu_tests::importing::{Importing, differing};
use laatu_tests::json::{count, text};
use laatu_tests::program::Desk;
use laatu_tests::recount::instrument;
use laatu_tests::season::{Went, play};
use laatu_tests::server::Shop;
use laatu_tests::wait::wait_for;
use serde_json::{Value, json};

/// A row of CSV by the names of its columns.
type Row = BTreeMap<String, String>;

const PATH: &str = "/api/v1/surveys/field/responses";

fn rows(body: &[u8]) -> Vec<Row> {
    csv::ReaderBuilder::new().from_reader(body).deserialize().map(|row| row.expect("a row")).collect()
}

fn exported(server: &Server, shop: &Shop, query: &str) -> Vec<Row> {
    let answer = server.client().get_as(&shop.owner, &format!("{PATH}.csv?{query}")).expect(200);
    rows(&answer.body)
}

fn lines(server: &Server, shop: &Shop, query: &str) -> Vec<Value> {
    let answer = server.client().get_as(&shop.owner, &format!("{PATH}.jsonl?{query}")).expect(200);
    answer.text().lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

/// A survey with made-up answers, every fifth entry a correction, and trials among them.
pub(crate) fn answered(server: &Server, entries: usize) -> (Shop, Answered<'_>) {
    let shop = server.shop("tuulia");
    server.field_survey(&shop, &json!({}));
    let mut survey = Answered::new(server.services(), "tuulia", 5);
    for place in ["helsinki", "turku"] {
        in_transaction(server.services(), |connection| {
            Ok(laatu::store::places::number(connection, &survey.scope, place)?)
        })
        .expect("a place");
    }
    survey.append(entries);
    (shop, survey)
}

/// What a packed byte is called in an export.
fn word(item: &survey_forms::instrument::Item, byte: u8) -> String {
    match byte {
        12 => "not_applicable".to_owned(),
        13 => "dont_know".to_owned(),
        14 => "skipped".to_owned(),
        15 => "not_shown".to_owned(),
        place => (item.scale.min + place - 1).to_string(),
    }
}

fn append(survey: &Answered<'_>, server: &Server, response: &Response, words: &str) {
    in_transaction(server.services(), |connection| {
        Ok(responses::append(connection, &survey.scope, response, words)?)
    })
    .expect("it is appended");
}

/// Words that break careless writers.
const HOSTILE: [&str; 9] = [
    "=HYPERLINK(\"http://example.org\",\"x\")",
    "+1; @SUM(A1), -2",
    "\"quoted\", and 'so'",
    "two\nlines\r\nand a third\r",
    " blanks around ",
    "🙂 käyttö \u{202e}turned\u{2028}",
    "＝wide",
    "{\"json\": [1, null]}\\",
    ",",
];

/// One response for each of the hostile words; their ids.
pub(crate) fn append_hostile(server: &Server, survey: &Answered<'_>) -> Vec<String> {
    let template = survey.newest.iter().find(|one| !one.test).expect("one that counts").clone();
    let append_one = |words: &&str| {
        let response = Response { id: server.services().new_id(), revision: 1, ..template.clone() };
        append(survey, server, &response, words);
        response.id.to_string()
    };
    HOSTILE.iter().map(append_one).collect()
}

on_both! {
    fn every_customer_is_a_row_with_what_was_chosen(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let season = play(server, &shop, 20);
        server.advance_days(61);
        server.run_jobs();
        let rows = exported(server, &shop, "");
        let sent: Vec<_> = season.iter().filter(|told| told.went != Went::Nowhere).collect();
        assert_eq!(rows.len(), sent.len());
        for told in sent {
            let id = text(&server.invitation(&shop, &told.number), "/id").to_owned();
            let row = rows.iter().find(|row| row["response_id"] == id).expect("a row");
            let none = |word: &str| if word == "none" { String::new() } else { word.to_owned() };
            for (column, value) in [
                ("channel", told.channel.to_owned()),
                ("contact_channel", none(told.contact_channel)),
                ("place", none(told.place)),
                ("language", told.language.to_owned()),
                ("service_date", told.service_day.clone()),
                ("collection_mode", "mail".to_owned()),
                ("length", "standard".to_owned()),
                ("revision", "1".to_owned()),
                ("finished", (told.went == Went::Through).to_string()),
            ] {
                assert_eq!(row[column], value, "{column} of {}", told.number);
            }
            for item in instrument().items() {
                let given = told.answers.get(&item.key).map(String::as_str);
                let written = match (given, row[&item.key].as_str()) {
                    (None, other) => (other, "not_shown"),
                    (Some(""), other) => (other, "skipped"),
                    (Some("na"), other @ ("dont_know" | "not_applicable")) => (other, other),
                    (Some(code), other) => (other, code),
                };
                assert_eq!(written.0, written.1, "{} of {}", item.key, told.number);
            }
            let has_comment = told.went == Went::Through;
            assert_eq!(row["comment"], if has_comment { format!("Words of {}.", told.number) } else { String::new() });
            assert_eq!(row["comment_language"], if has_comment { told.language } else { "" });
        }
    }

    fn hostile_words_come_out_exactly(server) {
        let (shop, survey) = answered(server, 3);
        let ids = append_hostile(server, &survey);
        let (rows, lines) = (exported(server, &shop, ""), lines(server, &shop, ""));
        let guarded = exported(server, &shop, "preset=excel");
        let bom = "\u{feff}response_id";
        for (id, words) in ids.iter().zip(HOSTILE) {
            let row = rows.iter().find(|row| row["response_id"] == *id).expect("a row");
            assert_eq!(row["comment"], words);
            let line = lines.iter().find(|line| line["response_id"] == *id).expect("a line");
            assert_eq!(line["comment"]["words"], words);
            let row = guarded.iter().find(|row| row.get(bom).or(row.get("response_id")) == Some(id)).expect("a row");
            let is_formula = words.starts_with(['=', '+', '＝']);
            assert_eq!(row["comment"], if is_formula { format!("'{words}") } else { words.to_owned() });
        }
        let raw = server.client().get_as(&shop.owner, &format!("{PATH}.csv?preset=excel")).expect(200);
        assert!(raw.body.starts_with("\u{feff}response_id,".as_bytes()));
        let raw = server.client().get_as(&shop.owner, &format!("{PATH}.csv")).expect(200).text();
        assert!(raw.starts_with("response_id,revision,position,service_date,") && raw.ends_with("\r\n"));
        let finnish = server.client().get_as(&shop.owner, &format!("{PATH}.csv?preset=excel&locale=fi")).expect(200);
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(&finnish.body[..]);
        let finnish: Vec<Row> = reader.deserialize().map(|row| row.expect("a row")).collect();
        assert_eq!(finnish.len(), guarded.len());
        assert!(finnish.iter().zip(&guarded).all(|(one, other)| one == other));
    }

    fn a_correction_shows_once_unless_all_revisions_are_asked_for(server) {
        let (shop, survey) = answered(server, 400);
        let counted: Vec<&Response> = survey.newest.iter().filter(|one| !one.test).collect();
        assert!(counted.iter().any(|one| one.revision > 2));
        let rows = exported(server, &shop, "");
        assert_eq!(rows.len(), counted.len());
        for one in &counted {
            let row = rows.iter().find(|row| row["response_id"] == one.id.to_string()).expect("a row");
            assert_eq!(row["revision"], one.revision.to_string());
            for (item, byte) in instrument().items().iter().zip(&one.answers) {
                assert_eq!(row[&item.key], word(item, *byte));
            }
        }
        let all = exported(server, &shop, "revisions=all");
        assert_eq!(all.len(), counted.iter().map(|one| usize::try_from(one.revision).unwrap()).sum::<usize>());
        let positions: Vec<i64> = all.iter().map(|row| row["position"].parse().unwrap()).collect();
        assert!(positions.is_sorted());
        let as_lines = lines(server, &shop, "revisions=all");
        assert_eq!(as_lines.len(), all.len());
        for (line, row) in as_lines.iter().zip(&all) {
            assert_eq!(text(line, "/response_id"), row["response_id"]);
            for item in instrument().items() {
                let value = &line["answers"][&item.key];
                assert_eq!(value.as_str().map_or_else(|| value.to_string(), str::to_owned), row[&item.key]);
            }
        }
    }

    fn filters_take_the_answers_that_the_report_counts(server) {
        let (shop, _survey) = answered(server, 600);
        for query in [
            "",
            "channel=web",
            "contact_channel=none",
            "place=turku",
            "place=none",
            "language=fi",
            "from=2026-03-01&to=2026-04-01",
            "channel=in_person&language=en&from=2026-03-17",
        ] {
            let rows = exported(server, &shop, query);
            assert!(!rows.is_empty(), "{query}");
            let report = server.report(&shop.owner, "field", query);
            for item in instrument().items() {
                let answered = rows.iter().filter(|row| row[&item.key].parse::<u8>().is_ok()).count();
                let n = count(&report, &format!("/total/items/{}/n", item.key));
                assert_eq!(n, answered as u64, "{} with {query}", item.key);
            }
        }
        let refused = |query: &str| server.client().get_as(&shop.owner, &format!("{PATH}.csv?{query}")).expect(422).json();
        assert_eq!(refused("channel=web&by=place")["errors"][0]["pointer"], "?by");
        assert_eq!(refused("revisions=some")["errors"][0]["pointer"], "?revisions");
        assert_eq!(refused("preset=word")["errors"][0]["pointer"], "?preset");
        assert_eq!(refused("locale=fi")["errors"][0]["pointer"], "?locale");
        assert_eq!(refused("preset=excel&locale=xx")["errors"][0]["pointer"], "?locale");
        assert_eq!(refused("labels=fi")["errors"][0]["pointer"], "?labels");
        assert_eq!(refused("colour=red")["errors"][0]["code"], "unknown_field");
    }

    fn the_exported_file_scores_as_the_report_says(server) {
        let work = Importing::with(server, &made_rows(250), MAP);
        work.run(&[]).expect(0);
        let path = "/api/v1/surveys/desk/responses.csv";
        let body = server.client().get_as(&work.shop.owner, path).expect(200).text();
        let states = "missing = [\"skipped\"]\nnot_applicable = [\"not_applicable\"]\ndont_know = [\"dont_know\"]\nnot_shown = [\"not_shown\"]";
        let map = MAP.replace(OWN_STATES, states).replace("\"DESK\"", "\"desk\"").replace("\"DAY\"", "\"service_date\"");
        work.desk.write("data.csv", &body);
        work.desk.write("map.toml", &map);
        let (report, score) = (work.report("")["total"].take(), work.score());
        for part in ["items", "dimensions", "quality", "outcome"] {
            assert!(report[part].is_object(), "{report}");
            assert_eq!(differing(&report[part], &score[part]), [] as [&str; 0], "{part}");
        }
        let south = server.client().get_as(&work.shop.owner, &format!("{path}?desk=south")).expect(200);
        assert!(rows(&south.body).iter().all(|row| row["desk"] == "south"));
        assert_eq!(rows(&south.body).len(), rows(body.as_bytes()).iter().filter(|row| row["desk"] == "south").count());
    }

    fn a_download_goes_on_behind_its_last_whole_row(server) {
        let (shop, mut survey) = answered(server, 60);
        let all = exported(server, &shop, "");
        let (first, rest) = all.split_at(all.len() / 2);
        let last = &first.last().expect("a row")["position"];
        assert_eq!(exported(server, &shop, &format!("after={last}")), rest);
        let newest = &all.last().expect("a row")["position"];
        assert_eq!(exported(server, &shop, &format!("after={newest}")), []);
        // What comes later is fetched without what is there already; a correction comes again, by its new place.
        survey.append(20);
        let later = exported(server, &shop, &format!("after={newest}"));
        let now = exported(server, &shop, "");
        let new: Vec<&Row> = now.iter().filter(|row| !all.contains(row)).collect();
        assert_eq!(later.iter().collect::<Vec<_>>(), new);
        let named = server.client().get_as(&shop.owner, &format!("{PATH}.csv?after={last}")).expect(200);
        let name = format!("attachment; filename=\"laatu_tuulia_field_responses.after-{last}.csv\"");
        assert_eq!(named.header("content-disposition"), Some(name.as_str()));
        for wrong in ["-1", "x", "1.5", ""] {
            let refused = server.client().get_as(&shop.owner, &format!("{PATH}.csv?after={wrong}")).expect(422);
            assert!(refused.text().contains("position"), "{}", refused.text());
        }
        server.client().get_as(&shop.owner, "/api/v1/surveys/field/bundle.zip?after=1").expect(422);
    }

    fn only_who_may_see_rows_gets_any(server) {
        let (shop, _survey) = answered(server, 5);
        for key in [&shop.analyst, &shop.admin, &shop.auditor] {
            for format in ["csv", "jsonl", "sav", "parquet"] {
                let refused = server.client().get_as(key, &format!("{PATH}.{format}")).expect(403);
                assert_eq!(refused.header("content-type"), Some("application/problem+json"));
                assert!(text(&refused.json(), "/detail").contains("rows"), "{}", refused.text());
            }
        }
        server.client().get_as(&shop.sender, &format!("{PATH}.csv")).expect(403);
        server.client().get(&format!("{PATH}.csv")).expect(401);
        let allowed = server.client().get_as(&shop.analyst_with_rows, &format!("{PATH}.csv?from=2026-03-01")).expect(200);
        assert_eq!(allowed.header("content-type"), Some("text/csv; charset=utf-8; header=present"));
        assert_eq!(
            allowed.header("content-disposition"),
            Some("attachment; filename=\"laatu_tuulia_field_responses_from-2026-03-01.csv\"")
        );
        let bearer = format!("Bearer {}", shop.owner);
        let head = server.client().send("HEAD", &format!("{PATH}.csv"), &[("authorization", &bearer)], None).expect(200);
        assert_eq!((head.body.len(), head.header("content-type")), (0, allowed.header("content-type")));
        server.client().get_as(&shop.owner, &format!("{PATH}.docx")).expect(404);
        server.client().get_as(&shop.owner, "/api/v1/surveys/other/responses.csv").expect(404);
        let stranger = server.shop("other");
        server.client().get_as(&stranger.owner, &format!("{PATH}.csv")).expect(404);
    }

    fn the_codebook_describes_every_column(server) {
        let (shop, _survey) = answered(server, 1);
        let book = server.client().get_as(&shop.analyst, &format!("{PATH}/codebook.json")).expect(200).json();
        let body = server.client().get_as(&shop.owner, &format!("{PATH}.csv")).expect(200).text();
        let described = |part: &str| -> Vec<String> {
            book[part].as_array().unwrap().iter().map(|one| text(one, "/column").to_owned()).collect()
        };
        let mut all = [described("columns"), described("segments"), described("items")].concat();
        let mut names: Vec<String> = body.lines().next().unwrap().split(',').map(str::to_owned).collect();
        all.sort();
        names.sort();
        assert_eq!(all, names);
        let first = &book["items"][0];
        assert_eq!(first["wording"]["fi"]["labels"].as_object().unwrap().len(), usize::try_from(count(first, "/max") - count(first, "/min") + 1).unwrap());
    }

    fn the_command_writes_what_the_service_sends(server) {
        let (shop, _survey) = answered(server, 50);
        let desk = Desk::new().with("LAATU_DATABASE_URL", server.database().url());
        let sent = server.client().get_as(&shop.owner, &format!("{PATH}.csv?channel=web")).expect(200).text();
        let command = ["export", "responses", "--org", "tuulia", "--survey", "field"];
        let printed = desk.run(&[&command[..], &["--filter", "channel=web"]].concat()).expect(0);
        assert_eq!(printed.out, sent);
        let to_file = [&command[..], &["--filter", "channel=web", "--out", "rows.csv"]].concat();
        desk.run(&to_file).expect(0);
        assert_eq!(std::fs::read_to_string(desk.folder().join("rows.csv")).unwrap(), sent);
        assert!(desk.run(&to_file).expect(1).talk.contains("rows.csv is there already"));
        desk.run(&[&command[..], &["--format", "xml"]].concat()).expect(2);
        desk.run(&[&command[..], &["--filter", "channel"]].concat()).expect(2);
        assert!(!desk.folder().join("data").exists(), "looking makes no files");
    }

    fn a_long_export_comes_in_small_pieces_and_shows_one_moment(server) {
        let (shop, mut survey) = answered(server, 9_000);
        let counted = |survey: &Answered<'_>| survey.newest.iter().filter(|one| !one.test).count();
        let before = counted(&survey);
        let services = server.services();
        let mut export = Export::begin(services, &survey.scope, "field", &Request::default(), Format::Csv).unwrap();
        let mut body = export.next(services).unwrap().expect("the names");
        survey.append(3_000);
        let mut pieces = 0;
        while let Some(piece) = export.next(services).unwrap() {
            assert!(piece.len() < 2 * 1024 * 1024, "{} bytes at once", piece.len());
            body.extend(piece);
            pieces += 1;
        }
        assert!(pieces >= 4, "{pieces} pieces");
        let rows = rows(&body);
        assert_eq!(rows.len(), before, "neither what came later nor what it corrected");
        assert_eq!(exported(server, &shop, "").len(), counted(&survey));
    }

    fn who_goes_away_leaves_nothing_behind(server) {
        let (shop, _survey) = answered(server, 12_000);
        let quiet = Arc::strong_count(server.services());
        let address = server.url().replace("http://", "");
        let mut stream = TcpStream::connect(&address).unwrap();
        let request = format!("GET {PATH}.jsonl?revisions=all HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {}\r\n\r\n", shop.owner);
        stream.write_all(request.as_bytes()).unwrap();
        let mut begin = [0; 512];
        stream.read_exact(&mut begin).unwrap();
        assert!(begin.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&begin));
        // Nobody reads on: the export waits, and holds no connection to the database meanwhile.
        wait_for("the export to be under way", || (Arc::strong_count(server.services()) > quiet).then_some(()));
        server.client().get("/readyz").expect(200);
        drop(stream);
        wait_for("the export to end", || (Arc::strong_count(server.services()) == quiet).then_some(()));
    }
}

/// The codes of [`made_rows`] for the states that have no number.
const OWN_STATES: &str =
    "missing = [\"\", \"0\"]\nnot_applicable = [\"6\"]\ndont_know = [\"x\"]\nnot_shown = [\"-\"]";

pub(crate) const MAP: &str = r#"
[scale]
min = 1
max = 5
missing = ["", "0"]
not_applicable = ["6"]
dont_know = ["x"]
not_shown = ["-"]

[[dimension]]
key = "speed"
items = ["S1", "S2", "S3"]
reverse = ["S2"]

[[dimension]]
key = "care"
items = ["C1", "C2"]

[[dimension]]
key = "speed_expected"
facet = "expectation"
of = "speed"
items = ["ES1"]

[outcome]
overall = "O1"
csat = "S1"

[group]
desk = "DESK"

[row]
date = "DAY"
"#;

/// Rows with answers and all states; the same at every run.
pub(crate) fn made_rows(rows: u64) -> String {
    let columns = ["S1", "S2", "S3", "C1", "C2", "ES1", "O1"];
    let mut text = format!("DESK,DAY,{}\n", columns.join(","));
    let mut dice = laatu_tests::answered::Dice(9);
    for _ in 0..rows {
        let desk = ["north", "south", ""][usize::try_from(dice.below(3)).unwrap()];
        let _ = write!(text, "{desk},2026-03-{:02}", 2 + dice.below(28));
        let mood = dice.below(4);
        for _ in columns {
            let code = match dice.below(20) {
                0 => String::new(),
                1 => "x".to_owned(),
                2 => "-".to_owned(),
                3 => "6".to_owned(),
                _ => (mood + dice.below(2) + 1).to_string(),
            };
            let _ = write!(text, ",{code}");
        }
        text.push('\n');
    }
    text
}
