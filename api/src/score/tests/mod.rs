//! Whole runs on small files: the shape at the top level, the words for what is wrong.

mod guarded;
mod parts;
mod rich;

use serde_json::Value;

use super::*;

const MAP: &str = "[scale]\nmin = 1\nmax = 5\nnot_applicable = ['6']\n\
    [[dimension]]\nkey = 'speed'\nitems = ['S1', 'S2']\n\
    [outcome]\nnps = 'NPS'\n[group]\nshop = 'SHOP'\n[consistency]\nmargin = 3\n";

struct Files {
    folder: tempfile::TempDir,
}

impl Files {
    fn new(data: &str, map: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("data.csv"), data).unwrap();
        fs::write(folder.path().join("map.toml"), map).unwrap();
        Self { folder }
    }

    fn run(&self, format: Format, min_n: Option<u64>) -> Result<Output, ScoreError> {
        let at = |name| self.folder.path().join(name);
        run(&Request { data: at("data.csv"), map: at("map.toml"), format, min_n })
    }

    fn json(&self, min_n: Option<u64>) -> Value {
        serde_json::from_str(&self.run(Format::Json, min_n).unwrap().body).unwrap()
    }

    fn refusal(&self) -> String {
        let folder = format!("{}/", self.folder.path().display());
        self.run(Format::Text, None).unwrap_err().to_string().replace(&folder, "")
    }
}

/// The names of what stands in an object.
fn keys(tree: &Value) -> Vec<&str> {
    tree.as_object().unwrap().keys().map(String::as_str).collect()
}

/// Every value of a tree with the path to it, the tree itself first.
fn walk(tree: &Value) -> Vec<(String, &Value)> {
    fn below<'t>(path: &str, tree: &'t Value, found: &mut Vec<(String, &'t Value)>) {
        found.push((path.to_owned(), tree));
        match tree {
            Value::Object(fields) => {
                for (key, part) in fields {
                    below(&format!("{path}.{key}"), part, found);
                }
            }
            Value::Array(parts) => {
                for (index, part) in parts.iter().enumerate() {
                    below(&format!("{path}.{index}"), part, found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    below("", tree, &mut found);
    found
}

fn data() -> String {
    let mut data = "S1,S2,NPS,SHOP\n".to_owned();
    for row in 0..12 {
        writeln!(data, "{},{},{},a", 1 + row % 5, 1 + (row + row / 5) % 5, row % 11).unwrap();
    }
    data + "5,6,,b\n"
}

#[test]
fn json_has_the_shape_at_the_top_level_and_the_digests_of_both_files() {
    let report = Files::new(&data(), MAP).json(None);
    let parts = ["items", "dimensions", "quality", "outcome", "groups", "careless", "sequence", "about"];
    assert_eq!(keys(&report), parts);
    assert_eq!(report["items"]["S2"]["not_applicable"], 1);
    assert_eq!(report["items"]["NPS"]["skipped"], 1);
    assert_eq!(report["outcome"]["nps"]["n"], 12);
    assert_eq!(report["about"]["rows"], 13);
    assert_eq!(report["about"]["input_sha256"], digest(data().as_bytes()));
    assert_eq!(report["about"]["map_sha256"], digest(MAP.as_bytes()));
    assert_eq!(report["about"]["suppressed"], serde_json::json!([]));
    assert!(report["about"]["conventions"]["sd"].is_string());
}

#[test]
fn nothing_is_suppressed_unless_asked() {
    let files = Files::new("S1,S2,NPS,SHOP\n4,5,9,a\n3,3,7,a\n", MAP);
    assert_eq!(files.json(None)["items"]["S1"]["mean"]["value"], 3.5);
    let guarded = files.json(Some(10));
    assert_eq!(guarded["items"]["S1"], serde_json::json!({"undefined": "fewer than 10 people", "n": null}));
    assert_eq!(guarded["about"]["suppressed"], serde_json::json!(["total"]));
    let text = files.run(Format::Text, Some(10)).unwrap().body;
    assert!(text.contains("fewer than 10 people") && !text.contains("3.5"), "{text}");
}

#[test]
fn every_format_is_written_and_nothing_is_to_be_remarked() {
    let files = Files::new(&data(), MAP);
    let text = files.run(Format::Text, None).unwrap();
    assert!(text.body.starts_with("Quality report of data.csv\n"), "{}", text.body);
    assert_eq!(text.notes, [] as [&str; 0]);
    let page = files.run(Format::Html, None).unwrap().body;
    assert!(page.starts_with("<!doctype html>") && page.contains("Speed"));
}

#[test]
fn what_is_wrong_is_listed_with_its_file() {
    assert_eq!(
        Files::new("S1,S2,NPS,SHOP\n4,7,9,a\n3,3,x,a\n", MAP).refusal(),
        "data.csv has 2 problems:\n  \
         row 1 (line 2), column S2: \"7\" is no code; accepted: 1 to 5, empty = skipped, 6 = not applicable\n  \
         row 2 (line 3), column NPS: \"x\" is no code; accepted: 0 to 10, empty = skipped"
    );
    assert_eq!(
        Files::new(&data(), &MAP.replace("items", "itmes")).refusal(),
        "map.toml has a problem:\n  line 7, dimension[1].itmes: unknown key; did you mean \"items\"?"
    );
    let missing = Request { data: "no.csv".into(), map: "no.toml".into(), format: Format::Text, min_n: None };
    assert!(run(&missing).unwrap_err().to_string().starts_with("no.toml: "));
}
