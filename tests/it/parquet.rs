//! Responses as Parquet, read back by pyarrow and by DuckDB: the rows of the table, typed, with their meaning beside them.

use std::collections::BTreeMap;

use laatu_tests::Server;
use laatu_tests::json::at;
use laatu_tests::program::Desk;
use laatu_tests::readers;
use laatu_tests::recount::instrument;
use laatu_tests::server::Shop;
use serde_json::{Value, json};
use survey_forms::language::Language;

use crate::responses_export::{answered, append_hostile};

const PATH: &str = "/api/v1/surveys/field/responses";

fn parquet(server: &Server, shop: &Shop, query: &str) -> Value {
    let answer = server.client().get_as(&shop.owner, &format!("{PATH}.parquet?{query}")).expect(200);
    assert_eq!(answer.header("content-type"), Some("application/vnd.apache.parquet"));
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("responses.parquet");
    std::fs::write(&place, &answer.body).unwrap();
    readers::read("rows.py", &place)
}

fn table(server: &Server, shop: &Shop, query: &str) -> Vec<BTreeMap<String, String>> {
    let body = server.client().get_as(&shop.owner, &format!("{PATH}.csv?{query}")).expect(200).body;
    csv::Reader::from_reader(&body[..]).deserialize().map(Result::unwrap).collect()
}

/// What a cell of the table is in the file: an item's code or the word of its state, and nothing for an empty cell.
fn holds(row: &Value, line: &BTreeMap<String, String>) {
    for item in instrument().items() {
        let (code, state) = (&row[&item.key], &row[format!("{}__state", item.key)]);
        match line[&item.key].parse::<i64>() {
            Ok(number) => assert_eq!((code, state), (&json!(number), &Value::Null), "{}", item.key),
            Err(_) => assert_eq!((code, state), (&Value::Null, &json!(line[&item.key])), "{}", item.key),
        }
    }
    for text in [
        "response_id",
        "channel",
        "contact_channel",
        "place",
        "language",
        "comment",
        "quality_flags",
        "paging",
    ] {
        assert_eq!(row[text].as_str().unwrap_or_default(), line[text], "{text}");
    }
    for number in ["position", "revision", "customer_group", "item_order"] {
        assert_eq!(row[number].to_string(), line[number], "{number}");
    }
    assert_eq!(row["service_date"], line["service_date"]);
    assert_eq!(row["finished"].to_string(), line["finished"]);
    let at = row["submitted_at"].as_str().expect("an instant");
    assert!(at.ends_with("+00:00"), "{at}");
    assert_eq!(at[..19], line["submitted_at"][..19]);
}

on_both! {
    fn the_rows_are_those_of_the_table(server) {
        let (shop, survey) = answered(server, 300);
        append_hostile(server, &survey);
        for query in ["", "channel=web&from=2026-03-01", "from=2027-01-01"] {
            let (file, table) = (parquet(server, &shop, query), table(server, &shop, query));
            let rows = file["rows"].as_array().unwrap();
            assert_eq!((rows.len(), &file["rows_by_duckdb"]), (table.len(), &json!(table.len())), "{query}");
            assert_eq!(file["differs"], json!([]), "pyarrow and DuckDB read the same");
            for (row, line) in rows.iter().zip(&table) {
                holds(row, line);
            }
        }
    }

    fn columns_are_typed_and_say_what_they_mean(server) {
        let (shop, _survey) = answered(server, 20);
        for (query, language) in [("channel=web", instrument().languages()[0]), ("channel=web&labels=hu", Language::HUNGARIAN)] {
            let file = parquet(server, &shop, query);
            let words = "dictionary<values=string, indices=int32, ordered=0>";
            for (column, kind) in [
                ("service_date", "date32[day]"),
                ("submitted_at", "timestamp[us, tz=UTC]"),
                ("position", "int64"),
                ("finished", "bool"),
                ("channel", words),
                ("comment", "string"),
            ] {
                assert_eq!(file["types"][column], kind, "{column}");
            }
            for item in instrument().items() {
                let notes = &file["columns"][&item.key];
                assert_eq!(file["types"][&item.key], "int8");
                assert_eq!(notes["label"], item.text(language));
                assert_eq!((&notes["min"], &notes["max"]), (&json!(item.scale.min.to_string()), &json!(item.scale.max.to_string())));
                let labels: Value = serde_json::from_str(notes["values"].as_str().unwrap()).unwrap();
                for (code, label) in (item.scale.min..).zip(item.labels(language)) {
                    assert_eq!(labels[code.to_string()], label.as_str());
                }
            }
            assert_eq!(at(&file, "/notes/laatu.survey"), "field");
            assert_eq!(at(&file, "/notes/laatu.labels"), language.tag());
            assert_eq!(at(&file, "/notes/laatu.filters"), r#"{"channel":"web"}"#);
            assert_eq!(file["compression"], "SNAPPY");
        }
    }

    fn the_command_writes_the_same_bytes(server) {
        let (shop, _survey) = answered(server, 30);
        let desk = Desk::new().with("LAATU_DATABASE_URL", server.database().url());
        let command = ["export", "responses", "--org", "tuulia", "--survey", "field", "--format", "parquet", "--out", "rows.parquet"];
        desk.run(&command).expect(0);
        let written = std::fs::read(desk.folder().join("rows.parquet")).unwrap();
        assert_eq!(written, server.client().get_as(&shop.owner, &format!("{PATH}.parquet")).expect(200).body);
    }
}
