//! Responses as an SPSS file, read back by pyreadstat: the same rows as the CSV, with labels and missing codes.

use std::collections::BTreeMap;

use laatu::service::once::in_transaction;
use laatu::store::responses::{self, Response};
use laatu_tests::Server;
use laatu_tests::answered::Answered;
use laatu_tests::json::at;
use laatu_tests::program::Desk;
use laatu_tests::readers;
use laatu_tests::recount::instrument;
use laatu_tests::server::Shop;
use serde_json::{Value, json};
use survey_forms::language::Language;

use crate::responses_export::answered;

const PATH: &str = "/api/v1/surveys/field/responses";

/// Lengths around the borders of the format: one variable holds 255 bytes, segments are counted by 252.
const LENGTHS: [usize; 12] = [1, 7, 8, 9, 254, 255, 256, 504, 505, 510, 765, 3_000];

fn file(body: &[u8]) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("responses.sav");
    std::fs::write(&place, body).unwrap();
    readers::read("sav.py", &place)
}

fn sav(server: &Server, shop: &Shop, query: &str) -> Value {
    file(&server.client().get_as(&shop.owner, &format!("{PATH}.sav?{query}")).expect(200).body)
}

fn append(survey: &Answered<'_>, server: &Server, words: &str) -> String {
    let template = survey.newest.iter().find(|one| !one.test).expect("one that counts").clone();
    let response = Response { id: server.services().new_id(), revision: 1, ..template };
    in_transaction(server.services(), |connection| {
        Ok(responses::append(connection, &survey.scope, &response, words)?)
    })
    .expect("it is appended");
    response.id.to_string()
}

/// What a cell of CSV is in the file: words of empty states are negative codes.
fn code(cell: &str) -> f64 {
    match cell {
        "not_applicable" => -1.0,
        "dont_know" => -2.0,
        "skipped" => -3.0,
        "not_shown" => -4.0,
        code => code.parse().unwrap(),
    }
}

on_both! {
    fn the_rows_are_those_of_the_table(server) {
        let (shop, survey) = answered(server, 300);
        let words: Vec<String> = LENGTHS.iter().map(|length| "ő".repeat(length / 2) + &"x".repeat(length % 2)).collect();
        let ids: Vec<String> = words.iter().map(|words| append(&survey, server, words)).collect();
        for query in ["", "channel=web&from=2026-03-01", "from=2027-01-01"] {
            let file = sav(server, &shop, query);
            let body = server.client().get_as(&shop.owner, &format!("{PATH}.csv?{query}")).expect(200).body;
            let mut reader = csv::Reader::from_reader(&body[..]);
            let table: Vec<BTreeMap<String, String>> = reader.deserialize().map(Result::unwrap).collect();
            let rows = file["rows"].as_array().unwrap();
            assert_eq!(rows.len(), table.len(), "{query}");
            for (row, line) in rows.iter().zip(&table) {
                for item in instrument().items() {
                    assert_eq!(row[&item.key].as_f64(), Some(code(&line[&item.key])), "{}", item.key);
                }
                for text in ["response_id", "channel", "contact_channel", "place", "language", "comment", "quality_flags", "seconds_per_page"] {
                    assert_eq!(row[text].as_str().unwrap_or_default(), line[text].trim_end(), "{text}");
                }
                assert_eq!(row["service_date"], line["service_date"]);
                assert_eq!(row["submitted_at"].as_str().map(|at| &at[..19]), Some(&line["submitted_at"][..19]));
                assert_eq!(row["finished"].as_f64(), Some(f64::from(u8::from(line["finished"] == "true"))));
                assert_eq!(row["position"].as_f64(), line["position"].parse().ok());
            }
            if query.is_empty() {
                for (id, words) in ids.iter().zip(&words) {
                    let row = rows.iter().find(|row| row["response_id"] == id.as_str()).expect("a row");
                    assert_eq!(row["comment"], words.as_str(), "{} bytes", words.len());
                }
            }
        }
    }

    fn questions_labels_and_states_stand_in_the_survey_s_language(server) {
        let (shop, _survey) = answered(server, 20);
        for (query, language) in [("", instrument().languages()[0]), ("labels=fi", Language::FINNISH), ("labels=hu", Language::HUNGARIAN)] {
            let file = sav(server, &shop, query);
            assert_eq!(file["encoding"], "UTF-8");
            for item in instrument().items() {
                assert_eq!(at(&file["labels"], &format!("/{}", item.key)), item.text(language), "{query}");
                let labels = &file["values"][&item.key];
                for (code, label) in (item.scale.min..).zip(item.labels(language)) {
                    assert_eq!(labels[code.to_string()], label.as_str());
                }
                assert_eq!((&labels["-1"], &labels["-4"]), (&json!("not applicable"), &json!("not shown")));
                assert_eq!(file["missing"][&item.key], json!([{"lo": -4.0, "hi": -1.0}]), "{}", item.key);
                assert_eq!(file["measures"][&item.key], "ordinal");
            }
            assert_eq!((&file["measures"]["position"], &file["measures"]["channel"]), (&json!("scale"), &json!("nominal")));
        }
        server.client().get_as(&shop.owner, &format!("{PATH}.sav?labels=xx")).expect(422);
        server.client().get_as(&shop.owner, &format!("{PATH}.sav?preset=excel")).expect(422);
    }

    fn pspp_reads_the_same_rows_and_leaves_out_what_is_no_answer(server) {
        let (shop, _survey) = answered(server, 200);
        let folder = tempfile::tempdir().unwrap();
        let file = server.client().get_as(&shop.owner, &format!("{PATH}.sav")).expect(200);
        std::fs::write(folder.path().join("responses.sav"), &file.body).unwrap();
        let item = instrument().items()[0].key.clone();
        readers::pspp(folder.path(), &format!(
            "GET FILE='responses.sav'.\n\
             SAVE TRANSLATE /OUTFILE='rows.csv' /TYPE=CSV /FIELDNAMES /CELLS=VALUES.\n\
             COMPUTE everybody=1.\n\
             AGGREGATE OUTFILE=* /BREAK=everybody /answered=N({item}) /mean=MEAN({item}).\n\
             SAVE TRANSLATE /OUTFILE='mean.csv' /TYPE=CSV /FIELDNAMES /CELLS=VALUES.\n"
        ));
        let read = |name: &str| -> Vec<BTreeMap<String, String>> {
            let mut reader = csv::Reader::from_path(folder.path().join(name)).unwrap();
            reader.deserialize().map(Result::unwrap).collect()
        };
        let body = server.client().get_as(&shop.owner, &format!("{PATH}.csv")).expect(200).body;
        let table: Vec<BTreeMap<String, String>> = csv::Reader::from_reader(&body[..]).deserialize().map(Result::unwrap).collect();
        let rows = read("rows.csv");
        assert_eq!(rows.len(), table.len());
        for (row, line) in rows.iter().zip(&table) {
            assert_eq!(row["response_id"], line["response_id"]);
            for item in instrument().items() {
                assert_eq!(row[&item.key].trim().parse::<f64>().ok(), Some(code(&line[&item.key])), "{}", item.key);
            }
        }
        let answers: Vec<f64> = table.iter().map(|line| code(&line[&item])).filter(|code| *code > 0.0).collect();
        let told = &read("mean.csv")[0];
        assert_eq!(told["answered"].trim(), answers.len().to_string());
        let mean: f64 = told["mean"].trim().parse().unwrap();
        assert!((mean - answers.iter().sum::<f64>() / answers.len() as f64).abs() < 0.01, "{mean}");
    }

    fn a_text_beyond_the_format_is_cut_with_a_word(server) {
        let (shop, survey) = answered(server, 3);
        let id = append(&survey, server, &"ő".repeat(20_000));
        let file = sav(server, &shop, "");
        let row = file["rows"].as_array().unwrap().iter().find(|row| row["response_id"] == id.as_str()).expect("a row");
        let comment = row["comment"].as_str().unwrap();
        assert!(comment.ends_with("ő [cut]") && comment.len() > 32_750 && comment.len() <= 32_767, "{}", comment.len());
    }

    fn the_command_writes_the_same_rows(server) {
        let (shop, _survey) = answered(server, 30);
        let desk = Desk::new().with("LAATU_DATABASE_URL", server.database().url());
        let command = ["export", "responses", "--org", "tuulia", "--survey", "field", "--format", "sav", "--out", "rows.sav"];
        desk.run(&command).expect(0);
        let written = readers::read("sav.py", &desk.folder().join("rows.sav"));
        assert_eq!(written["rows"], sav(server, &shop, "")["rows"]);
    }
}
