//! Whole runs on real survey files, against values that R computed on the same files.
//!
//! The files are no part of the project. The variable `LAATU_REFERENCE` names a folder that holds `data/` and
//! `reference/`; without it these cases are not run, and the test says so. What a case is compared with stands in
//! the modules beside this one, by the part of the report.

mod compare;
mod comparisons;
mod dimensions;
mod joint;
mod prepared;
mod single;
mod time;

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::*;
use compare::{Pairs, Tally};

/// One run of `score`: its data file, its map, and the starts of the ids of the cases that it answers for.
struct Run {
    data: &'static str,
    map: &'static str,
    ids: &'static [&'static str],
}

const fn of(data: &'static str, map: &'static str, ids: &'static [&'static str]) -> Run {
    Run { data, map, ids }
}

/// A column stands in one dimension only, so that some cases need a map of their own; `prepared` makes the files
/// whose names are not those of the reference folder.
const RUNS: [Run; 14] = [
    of("mobi", "mobi", &["mobi.item.", "mobi.scale.", "mobi.anytime."]),
    of(
        "mobi",
        "mobi_scales",
        &[
            "mobi.item.",
            "mobi.scale.",
            "mobi.cor.dimensions",
            "mobi.htmt",
            "mobi.parallel_eigen",
            "mobi.ave_vs_r2",
            "mobi.careless",
        ],
    ),
    of("mobi", "mobi_drivers", &["mobi.drivers.CUSA"]),
    of("mobi", "mobi_items", &["mobi.drivers.CUSL3.items", "mobi.jackknife.rw"]),
    of("mobi", "mobi_image", &["mobi.image_filter"]),
    of("bfi", "bfi", &["bfi.item.", "bfi.scale.", "bfi.scores.", "bfi.groups."]),
    of("bfi", "bfi_items", &["bfi.drivers.N1"]),
    of(prepared::COMPLETE, "bfi_complete", &["bfi.careless"]),
    of(
        "sfo2017",
        "sfo2017",
        &[
            "sfo2017.item.",
            "sfo2017.scale.",
            "sfo2017.scores.",
            "sfo2017.nps",
            "sfo2017.groups.",
            "sfo2017.weighted.",
            "sfo2017.anytime.",
        ],
    ),
    of(
        prepared::AIRPORT,
        "sfo2017_prepared",
        &["sfo2017.drivers.Q7ALL", "sfo2017.tost.", "sfo2017.eb.", "sfo2017.xmr.", "sfo2017.ewma_cusum."],
    ),
    of("sfo2017", "sfo2017_recommend", &["sfo2017.drivers.NETPRO"]),
    of("kiosk_servqual", "kiosk", &["kiosk."]),
    of("kiosk_servqual", "kiosk_items", &["kiosk."]),
    of("kiosk_servqual", "kiosk_importance", &["kiosk.ipa"]),
];

/// Cases of which no report has a figure: matrices of items, statistics that other data or another model would
/// need, and errors that the report takes by another method.
const NOT_SHOWN: [&str; 20] = [
    "mobi.cor.items",
    "mobi.cov.items",
    "mobi.spearman.items",
    "bfi.scale.pairwise.A",
    "bfi.scale.pairwise.C",
    "bfi.scale.pairwise.E",
    "bfi.scale.pairwise.N",
    "bfi.scale.pairwise.O",
    "bfi.pairwise.sums",
    "bfi.pairwise.cor",
    "bfi.pairwise.cov",
    "bfi.fiml.A",
    "bfi.invariance.A.by_gender",
    "sfo2017.nps.by_barea",
    "sfo2017.laney.daily",
    "sfo2017.rake",
    "kiosk.response_surface.CONVENIENCE",
    "mobi.jackknife.alpha.PERQ",
    "bfi.jackknife.alpha.A",
    "sfo2017.jackknife.nps",
];

const REFERENCES: [&str; 5] = ["mobi", "bfi", "sfo2017", "kiosk", "anytime_and_jackknife"];

#[allow(clippy::disallowed_methods, reason = "a test has no configuration to take this from")]
fn folder() -> Option<PathBuf> {
    std::env::var_os("LAATU_REFERENCE").map(PathBuf::from)
}

fn load_json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// The report of one run; its data file is one of the reference folder or of the prepared ones.
fn score(run: &Run, folder: &Path, prepared: &Path) -> Value {
    let maps = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/maps");
    let file = format!("{}.csv", run.data);
    let own = prepared.join(&file);
    let request = Request {
        data: if own.exists() { own } else { folder.join("data").join(file) },
        map: Path::new(maps).join(format!("{}.toml", run.map)),
        format: Format::Json,
        min_n: None,
    };
    serde_json::from_str(&super::run(&request).unwrap().body).unwrap()
}

/// How the cases of a statistic are compared with a report: adds nothing when the report says nothing of it.
type Compare = fn(&mut Pairs, &Value, &Value);

fn method(statistic: &str) -> Option<Compare> {
    [single::method, dimensions::method, joint::method, comparisons::method, time::method]
        .iter()
        .find_map(|method| method(statistic))
}

#[test]
fn real_files_agree_with_the_reference_values() {
    let Some(folder) = folder() else {
        println!("LAATU_REFERENCE is not set: the cases on real survey files were not run");
        return;
    };
    let made = tempfile::tempdir().unwrap();
    prepared::write(&folder, made.path());
    let reports = RUNS.map(|run| (score(&run, &folder, made.path()), run.ids));
    let mut tally = Tally::default();
    for name in REFERENCES {
        for case in load_json(&folder.join(format!("reference/{name}.json")))["cases"].as_array().unwrap() {
            let id = case["id"].as_str().unwrap();
            let mut pairs = Pairs::default();
            if let Some(compare) = method(case["statistic"].as_str().unwrap()) {
                let answering =
                    reports.iter().filter(|(_, ids)| ids.iter().any(|start| id.starts_with(start)));
                answering.for_each(|(report, _)| compare(&mut pairs, case, report));
            }
            tally.take(case, pairs);
        }
    }
    println!("{tally}");
    assert_eq!(tally.wrong, [] as [&str; 0]);
    assert_eq!(tally.silent, NOT_SHOWN);
}
