//! Reports are taken away as files: the same numbers as on the wire, read back by programs of others.

use std::collections::BTreeMap;

use laatu::files::csv::Dialect;
use laatu::files::dictionary::Dictionary;
use laatu::files::report_csv::report_csv;
use laatu::files::report_xlsx::{Workings, report_xlsx};
use laatu::report::render::Words;
use laatu::report::{About, Report, Shape, table};
use laatu::service::report_file::Format;
use laatu_tests::json::{at, text};
use laatu_tests::program::Desk;
use laatu_tests::readers;
use laatu_tests::server::Shop;
use laatu_tests::{Answer, Server};
use serde_json::{Value, json};

use crate::responses_export::answered;

const PATH: &str = "/api/v1/surveys/field/report";

/// A row of CSV by the names of its columns.
type Row = BTreeMap<String, String>;

fn file(server: &Server, key: &str, end: &str) -> Answer {
    server.client().get_as(key, &format!("{PATH}.{end}")).expect(200)
}

fn rows(body: &[u8]) -> Vec<Row> {
    csv::ReaderBuilder::new().from_reader(body).deserialize().map(|row| row.expect("a row")).collect()
}

/// Every figure below `tree` with its path.
fn figures<'t>(tree: &'t Value, path: &str, found: &mut Vec<(String, &'t Value)>) {
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}/{key}") };
    match tree {
        Value::Object(fields) => {
            if fields.get("value").is_some_and(Value::is_number) || fields.contains_key("undefined") {
                found.push((path.to_owned(), tree));
            }
            for (key, part) in fields.iter().filter(|(key, _)| *key != "ci95") {
                figures(part, &below(key), found);
            }
        }
        Value::Array(parts) => {
            for (place, part) in parts.iter().enumerate() {
                figures(part, &below(&place.to_string()), found);
            }
        }
        _ => {}
    }
}

/// The rows of a table by the path of their figures, as the JSON has them.
fn by_path(rows: &[Row], split: &str, level: &str) -> BTreeMap<String, Row> {
    let of_level = rows.iter().filter(|row| row["split"] == split && row["level"] == level);
    let path = |row: &Row| {
        let rest = if row["statistic"] == "value" {
            String::new()
        } else {
            format!("/{}", row["statistic"].replace('.', "/"))
        };
        let name = if row["name"].is_empty() { String::new() } else { format!("/{}", row["name"]) };
        format!("{}{name}{rest}", row["part"])
    };
    of_level.map(|row| (path(row), row.clone())).collect()
}

/// Compares every figure of a shape with its row; gives how many there were.
fn compare(shape: &Value, rows: &[Row], split: &str, level: &str) -> usize {
    let rows = by_path(rows, split, level);
    let mut all = Vec::new();
    figures(shape, "", &mut all);
    for (path, figure) in &all {
        let row = rows.get(path).unwrap_or_else(|| panic!("no row for {path}"));
        let interval = figure.get("ci95").cloned().unwrap_or_default();
        let same = |column: &str, number: &Value| {
            let cell = row[column].parse::<f64>().map_or(Value::Null, Value::from);
            assert!(
                close(&cell, &if number.is_number() { number.clone() } else { Value::Null }),
                "{column} of {path}: {row:?}"
            );
        };
        same("value", &figure["value"]);
        same("n", &figure["n"]);
        same("lo", &interval[0]);
        same("hi", &interval[1]);
        if let Some(reason) = figure.get("undefined").and_then(Value::as_str) {
            assert_eq!(row["undefined"], reason, "{path}");
        }
    }
    all.len()
}

fn workbook(body: &[u8]) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("report.xlsx");
    std::fs::write(&place, body).unwrap();
    readers::read("workbook.py", &place)
}

/// The rows of a sheet by their headings; a heading that comes again has its number behind it.
fn sheet(book: &Value, name: &str) -> Vec<BTreeMap<String, Value>> {
    let rows = at(book, &format!("/sheets/{name}/rows")).as_array().unwrap();
    let head: Vec<&str> = rows[0].as_array().unwrap().iter().map(|cell| cell.as_str().unwrap()).collect();
    let title = |place: usize| {
        let before = head[..place].iter().filter(|other| **other == head[place]).count();
        if before == 0 { head[place].to_owned() } else { format!("{} {}", head[place], before + 1) }
    };
    let row = |row: &Value| (0..head.len()).map(|place| (title(place), row[place].clone())).collect();
    rows[1..].iter().map(row).collect()
}

fn close(cell: &Value, number: &Value) -> bool {
    match (cell.as_f64(), number.as_f64()) {
        (Some(cell), Some(number)) => (cell - number).abs() <= 1e-15 * number.abs().max(1.0),
        (cell, number) => cell == number,
    }
}

/// A survey with an odd place among its answers.
fn with_odd_place(server: &Server) -> Shop {
    let (shop, mut survey) = answered(server, 120);
    let number = laatu::service::once::in_transaction(server.services(), |connection| {
        Ok(laatu::store::places::number(connection, &survey.scope, "=Łódź +1, ő")?)
    });
    let number = number.expect("a place");
    survey.append_changed(120, |_, response| response.place_id = number);
    shop
}

on_both! {
    fn the_table_holds_every_figure_of_the_report(server) {
        let shop = with_odd_place(server);
        for (key, query) in [
            (&shop.owner, "by=place"),
            (&shop.owner, "by=month&language=fi"),
            (&shop.analyst, "by=channel"),
            (&shop.analyst, "channel=web"),
        ] {
            let report = server.report(key, "field", query);
            let answer = file(server, key, &format!("csv?{query}"));
            let rows = rows(&answer.body);
            assert!(compare(&report["total"], &rows, "", "") > 100);
            for (split, levels) in report["by"].as_object().unwrap() {
                for (level, shape) in levels.as_object().unwrap() {
                    compare(shape, &rows, split, level);
                }
            }
            let around = by_path(&rows, "", "");
            for (name, value) in report["about"]["filters"].as_object().unwrap() {
                assert_eq!(around[&format!("about/filters/{name}")]["text"], value.as_str().unwrap());
            }
            if report["response_rate"].is_object() {
                assert_eq!(around["response_rate/sent"]["value"], report["response_rate"]["sent"].to_string());
            }
            assert_eq!(answer.header("content-type"), Some("text/csv; charset=utf-8; header=present"));
        }
    }

    fn a_spreadsheet_of_a_country_reads_its_own_numbers(server) {
        let shop = with_odd_place(server);
        let exact = rows(&file(server, &shop.owner, "csv?by=place").body);
        for locale in ["fi", "hu"] {
            let body = file(server, &shop.owner, &format!("csv?by=place&preset=excel&locale={locale}")).body;
            let body = body.strip_prefix("\u{feff}".as_bytes()).expect("a byte order mark");
            let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(body);
            let local: Vec<Row> = reader.deserialize().map(|row| row.expect("a row")).collect();
            assert_eq!(local.len(), exact.len());
            for (local, exact) in local.iter().zip(&exact) {
                for column in ["value", "lo", "hi"] {
                    assert!(!local[column].contains('.'));
                    assert_eq!(local[column].replace(',', "."), exact[column]);
                }
                if exact["level"].starts_with('=') {
                    assert_eq!(local["level"], "'=Łódź +1, ő");
                }
            }
            assert!(exact.iter().any(|row| row["level"] == "=Łódź +1, ő"));
        }
        let plain = file(server, &shop.owner, "csv?preset=excel").text();
        assert!(plain.starts_with("\u{feff}split,level,"));
        for query in ["preset=word", "locale=fi", "preset=excel&locale=xx", "labels=fi", "colour=red", "from=x"] {
            let problem = server.client().get_as(&shop.owner, &format!("{PATH}.csv?{query}")).expect(422);
            assert_eq!(problem.header("content-type"), Some("application/problem+json"));
        }
        server.client().get_as(&shop.owner, &format!("{PATH}.xlsx?preset=excel")).expect(422);
        server.client().get_as(&shop.owner, &format!("{PATH}?preset=excel")).expect(422);
    }

    fn the_workbook_reads_back_with_the_reports_numbers(server) {
        let shop = with_odd_place(server);
        let report = server.report(&shop.owner, "field", "by=place");
        let body = file(server, &shop.owner, "xlsx?by=place&labels=fi").body;
        let book = workbook(&body);
        let names = ["Summary", "Scores", "Items", "Groups", "Figures", "Dictionary", "About"];
        assert_eq!(book["names"], json!(names));
        for name in names {
            let of = |field: &str| at(&book, &format!("/sheets/{name}/{field}")).clone();
            assert_eq!((of("frozen"), of("bold_head"), of("merged")), (json!("A2"), json!(true), json!(0)), "{name}");
            assert_eq!((of("formulas"), of("links")), (json!(0), json!(0)), "{name}");
            assert!(of("filter").as_str().is_some_and(|range| range.starts_with("A1:")), "{name}");
            assert!(!of("widths").as_array().unwrap().is_empty(), "{name}");
        }
        let bars = json!({"from": 0.0, "to": 100.0, "reversed": false, "ranges": true});
        assert_eq!(at(&book, "/sheets/Summary/charts"), &json!([bars, bars]), "whole scales, and ranges");
        let summary = sheet(&book, "Summary");
        assert_eq!(summary[0]["Figure"], "Quality");
        assert!(close(&summary[0]["Value"], at(&report, "/total/quality/score/value")));
        assert!(close(&summary[0]["From"], at(&report, "/total/quality/score/ci95/0")));
        let mut seen = 0;
        for row in sheet(&book, "Scores") {
            let shape = if row["Split"].is_null() { at(&report, "/total") } else {
                let level = &report["by"]["place"];
                let name = row["Level"].as_str().unwrap();
                level.get(name).unwrap_or_else(|| &level["none"])
            };
            let dimension = &shape["dimensions"][row["Dimension"].as_str().unwrap()];
            assert!(close(&row["Score (0 to 100)"], &dimension["score"]["value"]), "{row:?}");
            assert!(close(&row["Alpha"], &dimension["alpha"]["value"]), "{row:?}");
            assert!(close(&row["Answers"], &dimension["score"]["n"]), "{row:?}");
            seen += 1;
        }
        assert!(seen > 20, "{seen}");
        let items = sheet(&book, "Items");
        assert!(items.iter().any(|row| row["Level"] == "=Łódź +1, ő"));
        for row in items.iter().filter(|row| row["Split"].is_null()) {
            let item = &report["total"]["items"][row["Item"].as_str().unwrap()];
            assert!(close(&row["Mean"], &item["mean"]["value"]) && close(&row["Code 2"], &item["histogram"]["2"]), "{row:?}");
        }
        assert_eq!(sheet(&book, "Figures").len(), rows(&file(server, &shop.owner, "csv?by=place").body).len());
        let finnish = sheet(&book, "Dictionary");
        assert!(finnish.iter().any(|row| row["label"].as_str().is_some_and(|label| label.contains('ä'))));
        let about = sheet(&book, "About");
        let value = |what: &str| about.iter().find(|row| row["What"] == what).map(|row| row["Value"].clone());
        assert_eq!(value("filters: by"), Some(json!("place")));
        assert_eq!(value("Made on"), Some(json!({"day": &server.now()[..10]})));
    }

    fn who_may_not_see_a_figure_does_not_find_it_in_the_files(server) {
        let (shop, _survey) = answered(server, 9);
        let book = workbook(&file(server, &shop.analyst, "xlsx?by=place").body);
        let all = rows(&file(server, &shop.analyst, "csv?by=place").body);
        // What has no n is no figure of people: thresholds and the like.
        let figures = ["items", "dimensions", "outcome", "response_rate"];
        let is_told = |row: &&Row| !row["n"].is_empty() || !row["lo"].is_empty();
        let shown = |row: &&Row| figures.contains(&row["part"].as_str()) && !row["value"].is_empty();
        let told: Vec<&Row> = all.iter().filter(|row| is_told(row) || shown(row)).collect();
        assert!(told.is_empty(), "{told:?}");
        assert!(sheet(&book, "Scores").iter().all(|row| row["Score (0 to 100)"].is_null() && row["Answers"].is_null()));
        server.client().get_as(&shop.sender, &format!("{PATH}.csv")).expect(403);
        let stranger = server.shop("other");
        server.client().get_as(&stranger.owner, &format!("{PATH}.xlsx")).expect(404);
        // What this build does not write is said in words; the tests of what it does are in `report_pdf`.
        if !Format::Pdf.is_built() {
            let refused = server.client().get_as(&shop.owner, &format!("{PATH}.pdf")).expect(501);
            assert!(text(&refused.json(), "/detail").contains("html"));
        }
        server.client().get_as(&shop.owner, &format!("{PATH}.docx")).expect(404);
    }

    fn the_same_figures_are_the_same_file_with_the_same_name(server) {
        let (shop, mut survey) = answered(server, 40);
        for end in ["csv?from=2026-01-01", "xlsx?from=2026-01-01"] {
            let first = file(server, &shop.owner, end);
            server.advance_seconds(5);
            let again = file(server, &shop.owner, end);
            assert!(first.body == again.body, "{end}");
            let tag = first.header("etag").expect("an ETag").to_owned();
            assert!(tag.starts_with('"'), "it is strong: {tag}");
            let bearer = format!("Bearer {}", shop.owner);
            let headers = [("authorization", bearer.as_str()), ("if-none-match", tag.as_str())];
            let known = server.client().send("GET", &format!("{PATH}.{end}"), &headers, None).expect(304);
            assert_eq!((known.body.len(), known.header("etag")), (0, Some(tag.as_str())));
            let name = first.header("content-disposition").unwrap().to_owned();
            assert!(name.starts_with("attachment; filename=\"laatu_tuulia_field_report_from-2026-01-01."), "{name}");
            survey.append(20);
            let changed = file(server, &shop.owner, end);
            assert_ne!(changed.header("etag"), Some(tag.as_str()));
            assert_ne!(changed.header("content-disposition"), Some(name.as_str()));
        }
    }

    fn the_command_writes_the_same_report_files(server) {
        let (shop, _survey) = answered(server, 30);
        let desk = Desk::new().with("LAATU_DATABASE_URL", server.database().url());
        let command = ["export", "report", "--org", "tuulia", "--survey", "field"];
        let printed = desk.run(&[&command[..], &["--filter", "by=channel"]].concat()).expect(0);
        let sent = rows(&file(server, &shop.owner, "csv?by=channel").body);
        // The command's clock is the real one.
        let but_for_the_day = |rows: Vec<Row>| rows.into_iter().filter(|row| row["name"] != "as_of").collect::<Vec<_>>();
        assert_eq!(but_for_the_day(rows(printed.out.as_bytes())), but_for_the_day(sent));
        desk.run(&[&command[..], &["--format", "xlsx", "--out", "report.xlsx"]].concat()).expect(0);
        let book = readers::read("workbook.py", &desk.folder().join("report.xlsx"));
        assert_eq!(book["names"][0], "Summary");
        desk.run(&[&command[..], &["--format", "docx"]].concat()).expect(2);
    }
}

#[test]
fn ten_thousand_hostile_texts_make_no_formula() {
    let begins = [
        "=",
        "+",
        "-",
        "@",
        "\t=",
        "\r=",
        "\n=",
        "＝",
        "＋",
        "－",
        "＠",
        "=cmd|' /C calc'!",
        "{=",
        "http://",
        "mailto:",
        "'=",
    ];
    let hostile = |number: usize| format!("{}HYPERLINK(\"x{number}\") äőł", begins[number % begins.len()]);
    let mut shape = Shape::default();
    let figure = json!({"value": 1.5, "n": 20, "ci95": [1.0, 2.0]});
    shape.dimensions.insert("care".into(), json!({"score": figure, "item_rest_r": {}}));
    let levels = (0..10_000).map(|number| (hostile(number), shape.clone())).collect();
    let by = BTreeMap::from([("place".to_owned(), levels)]);
    let report = Report::new(shape, by, None, About::default());
    let rows_of_it = table::rows(&report).unwrap();
    let dictionary = Dictionary {
        survey: hostile(0),
        instrument: hostile(1),
        version: 1,
        title: hostile(2),
        language: "en".into(),
        fields: vec![],
    };
    let words = Words { title: hostile(0), organisation: hostile(11), ..Words::default() };
    let day = jiff::civil::date(2026, 5, 4);
    let workings = Workings {
        report: &report,
        rows: &rows_of_it,
        words: &words,
        dictionary: &dictionary,
        day,
        about: &[],
    };
    let book = workbook(&report_xlsx(&workings).unwrap());
    for (name, sheet) in book["sheets"].as_object().unwrap() {
        assert_eq!((&sheet["formulas"], &sheet["links"]), (&json!(0), &json!(0)), "{name}");
    }
    let levels: std::collections::BTreeSet<String> =
        sheet(&book, "Scores").iter().map(|row| row["Level"].as_str().unwrap().to_owned()).collect();
    assert_eq!(levels.len(), 10_001, "every text is there, and no two became one");
    let body = report_csv(&rows_of_it, Dialect::EXCEL);
    let body = body.strip_prefix("\u{feff}".as_bytes()).unwrap();
    let begins_a_formula = |cell: &str| cell.starts_with(['=', '+', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    for row in rows(body) {
        assert!(!row.values().any(|cell| begins_a_formula(cell)), "{row:?}");
        assert!(!row["level"].starts_with('-'));
    }
}
