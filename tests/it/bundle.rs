//! A bundle is unpacked by a program of others, described by Frictionless and CSVW, and its scripts find the same numbers.

use std::path::{Path, PathBuf};
use std::process::Command;

use laatu_tests::importing::Importing;
use laatu_tests::json::text;
use laatu_tests::program::Desk;
use laatu_tests::server::Shop;
use laatu_tests::{Server, readers};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::responses_export::{MAP, answered, made_rows};

const PATH: &str = "/api/v1/surveys/field";

/// An unpacked bundle.
struct Unpacked(TempDir);

impl Unpacked {
    fn of(archive: &[u8]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("bundle.zip");
        std::fs::write(&place, archive).unwrap();
        let to = folder.path().join("bundle");
        let unpack = &["-m", "zipfile", "-e"];
        let (code, said) = readers::run(Command::new(readers::python()).args(unpack).args([&place, &to]));
        assert_eq!(code, Some(0), "{said}");
        Self(folder)
    }

    fn folder(&self) -> PathBuf {
        self.0.path().join("bundle")
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.folder().join(name)).unwrap()
    }

    fn json(&self, name: &str) -> Value {
        serde_json::from_slice(&self.bytes(name)).unwrap()
    }

    /// Runs a script of the bundle from another folder.
    fn script(&self, name: &str) -> (Option<i32>, String) {
        let mut command = if Path::new(name).extension().is_some_and(|end| end == "R") {
            readers::rscript()
        } else {
            Command::new(readers::python())
        };
        readers::run(command.arg(self.folder().join(name)).current_dir(self.0.path()))
    }
}

fn bundle(server: &Server, shop: &Shop, survey: &str, query: &str) -> Unpacked {
    let path = format!("/api/v1/surveys/{survey}/bundle.zip?{query}");
    Unpacked::of(&server.client().get_as(&shop.owner, &path).expect(200).body)
}

fn hash(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(bytes))
}

/// Both scripts find the same numbers, and `figures` are among them.
fn scripts_agree(bundle: &Unpacked, figures: &[&str]) {
    for name in ["scores.py", "scores.R"] {
        let (code, said) = bundle.script(name);
        assert_eq!(code, Some(0), "{name}: {said}");
        assert!(!said.contains("DIFFERS") && said.contains("largest difference"), "{said}");
        for figure in figures {
            let line = said
                .lines()
                .find(|line| line.starts_with(figure))
                .unwrap_or_else(|| panic!("{figure} in {said}"));
            assert!(!line.contains("not given"), "{name}: {line}");
        }
    }
}

on_both! {
    fn the_scripts_of_a_bundle_find_the_numbers_of_its_report(server) {
        let (shop, _survey) = answered(server, 900);
        for query in ["", "channel=web&from=2026-03-01", "place=turku"] {
            let bundle = bundle(server, &shop, "field", query);
            scripts_agree(&bundle, &["quality.score", "outcome.nps", "dimensions.courtesy.mean", "dimensions.courtesy.score"]);
        }
        let empty = bundle(server, &shop, "field", "from=2031-01-01");
        for name in ["scores.py", "scores.R"] {
            let (code, said) = empty.script(name);
            assert!(code == Some(0) && said.contains("0 figures from 0 responses"), "{name}: {said}");
        }
    }

    fn imported_answers_with_reversed_items_are_found_again(server) {
        let work = Importing::with(server, &made_rows(250), MAP);
        work.run(&[]).expect(0);
        let all = bundle(server, &work.shop, "desk", "");
        scripts_agree(&all, &["quality.score", "dimensions.speed.alpha", "dimensions.care.alpha", "dimensions.speed.mean"]);
        // A code that is changed afterwards is noticed by both.
        let table = String::from_utf8(all.bytes("responses.csv")).unwrap();
        let head: Vec<&str> = table.lines().next().unwrap().split(',').collect();
        let place = head.iter().position(|column| *column == "C1").unwrap();
        let mut is_changed = false;
        let lines: Vec<String> = table.lines().map(|line| {
            let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
            if !is_changed && cells[place] == "1" {
                (cells[place], is_changed) = ("5".to_owned(), true);
            }
            cells.join(",")
        }).collect();
        assert!(is_changed);
        std::fs::write(all.folder().join("responses.csv"), lines.join("\r\n")).unwrap();
        for name in ["scores.py", "scores.R"] {
            let (code, said) = all.script(name);
            assert!(code == Some(1) && said.contains("DIFFERS"), "{name}: {said}");
        }
    }

    fn a_bundle_holds_what_it_says(server) {
        let (shop, _survey) = answered(server, 200);
        let query = "channel=web";
        let unpacked = bundle(server, &shop, "field", query);
        let manifest = unpacked.json("manifest.json");
        let files = manifest["files"].as_array().unwrap();
        let mut names: Vec<&str> = files.iter().map(|file| text(file, "/name")).collect();
        for file in files {
            let bytes = unpacked.bytes(text(file, "/name"));
            assert_eq!((&file["sha256"], &file["bytes"]), (&json!(hash(&bytes)), &json!(bytes.len())), "{file}");
        }
        names.push("manifest.json");
        names.sort_unstable();
        let mut there: Vec<String> = std::fs::read_dir(unpacked.folder())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        there.sort();
        assert_eq!(there, names);
        let get = |path: &str| server.client().get_as(&shop.owner, &format!("{PATH}/{path}?{query}")).expect(200);
        assert!(unpacked.bytes("responses.csv") == get("responses.csv").body);
        let (report, wire) = (unpacked.json("report.json"), get("report").json());
        for part in ["total", "by", "response_rate"] {
            assert_eq!(report[part], wire[part], "{part}");
        }
        assert_eq!(manifest["filters"], json!({"channel": "web"}));
        let rows = csv::Reader::from_reader(&unpacked.bytes("responses.csv")[..]).records().count();
        assert_eq!(manifest["responses"], json!(rows));
        for word in ["as_of", "made_by", "instrument", "instrument_version", "report_sha256", "last_position"] {
            assert!(!manifest[word].is_null(), "{word}");
        }
    }

    fn the_data_package_and_the_metadata_describe_the_table(server) {
        let (shop, _survey) = answered(server, 150);
        let unpacked = bundle(server, &shop, "field", "labels=hu");
        let package = unpacked.folder().join("datapackage.json");
        let found = readers::read("package.py", &package);
        assert_eq!((&found["valid"], &found["errors"]), (&json!(true), &json!([])), "{found}");
        assert_eq!(found["rows"], unpacked.json("manifest.json")["responses"]);
        let body = unpacked.bytes("responses.csv");
        let mut reader = csv::Reader::from_reader(&body[..]);
        let head: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let names = |columns: &Value, name: &str| -> Vec<String> {
            columns.as_array().unwrap().iter().map(|one| one[name].as_str().unwrap().to_owned()).collect()
        };
        let metadata = unpacked.json("csv-metadata.json");
        assert_eq!(names(&metadata["tableSchema"]["columns"], "titles"), head);
        assert_eq!(metadata["@context"][1]["@language"], "hu");
        assert_eq!(names(&unpacked.json("datapackage.json")["resources"][0]["schema"]["fields"], "name"), head);
        // A broken table is noticed, so the check above says something.
        let broken = String::from_utf8(body).unwrap().replacen("true", "maybe", 1);
        std::fs::write(unpacked.folder().join("responses.csv"), broken).unwrap();
        assert_eq!(readers::read("package.py", &package)["valid"], json!(false));
    }

    fn only_who_may_see_rows_gets_a_bundle(server) {
        let (shop, _survey) = answered(server, 12);
        for key in [&shop.analyst, &shop.admin, &shop.auditor, &shop.sender] {
            server.client().get_as(key, &format!("{PATH}/bundle.zip")).expect(403);
        }
        let allowed = server.client().get_as(&shop.analyst_with_rows, &format!("{PATH}/bundle.zip")).expect(200);
        assert_eq!(allowed.header("content-type"), Some("application/zip"));
        let name = allowed.header("content-disposition").unwrap();
        assert!(name.starts_with("attachment; filename=\"laatu_tuulia_field_bundle."), "{name}");
        for query in ["by=channel", "preset=excel", "revisions=all", "labels=xx", "colour=red"] {
            server.client().get_as(&shop.owner, &format!("{PATH}/bundle.zip?{query}")).expect(422);
        }
        let stranger = server.shop("other");
        server.client().get_as(&stranger.owner, &format!("{PATH}/bundle.zip")).expect(404);
    }

    fn the_command_writes_a_bundle_that_holds_the_same(server) {
        let (shop, _survey) = answered(server, 60);
        let desk = Desk::new().with("LAATU_DATABASE_URL", server.database().url());
        let command = ["export", "bundle", "--org", "tuulia", "--survey", "field", "--out", "b.zip", "--filter", "channel=web"];
        desk.run(&command).expect(0);
        let written = Unpacked::of(&std::fs::read(desk.folder().join("b.zip")).unwrap());
        let sent = bundle(server, &shop, "field", "channel=web");
        for name in ["responses.csv", "dictionary.csv", "csv-metadata.json", "README.txt", "scores.R"] {
            assert!(written.bytes(name) == sent.bytes(name), "{name}");
        }
        assert_eq!(written.json("manifest.json")["report_sha256"], sent.json("manifest.json")["report_sha256"]);
        desk.run(&command).expect(1);
    }
}
