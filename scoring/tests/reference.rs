//! Agreement with reference values: the project's own synthetic cases, and real data where it is at hand.
//!
//! `reference/own.json` comes from `reference/make.py`. The real data is not part of the project: the
//! environment variable `LAATU_REFERENCE` names the folder that holds `data/` and `reference/`.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test program: a wrong assumption shall stop it, and it says what it compared"
)]

#[path = "reference/answers.rs"]
mod answers;
#[path = "reference/compare.rs"]
mod compare;
#[path = "reference/comparison.rs"]
mod comparison;
#[path = "reference/drivers.rs"]
mod drivers;
#[path = "reference/own.rs"]
mod own;
#[path = "reference/own_drivers.rs"]
mod own_drivers;
#[path = "reference/own_people.rs"]
mod own_people;
#[path = "reference/own_structure.rs"]
mod own_structure;
#[path = "reference/people.rs"]
mod people;
#[path = "reference/probability.rs"]
mod probability;
#[path = "reference/real.rs"]
mod real;
#[path = "reference/structure.rs"]
mod structure;
#[path = "reference/table.rs"]
mod table;
#[path = "reference/time.rs"]
mod time;

use std::path::PathBuf;

/// Runs the comparison of one file of the project's own cases.
fn agrees(name: &str, tally: &compare::Tally) {
    tally.print(name);
    assert_eq!(tally.failures(), Vec::<String>::new());
    assert!(tally.cases() > 0);
}

#[test]
fn reports_on_synthetic_answers_agree_with_python() {
    agrees("own report", &own::run());
}

#[test]
fn sequences_and_charts_of_synthetic_answers_agree_with_python() {
    agrees("own sequence", &time::run_own());
}

#[test]
fn drivers_of_synthetic_answers_agree_with_python() {
    agrees("own driver", &own_drivers::run());
}

#[test]
fn scales_and_structure_of_synthetic_answers_agree_with_python() {
    agrees("own structure", &own_structure::run());
}

#[test]
fn comparisons_of_synthetic_groups_and_places_agree_with_scipy() {
    agrees("own comparison", &comparison::run_own());
}

#[test]
fn probabilities_and_quantiles_agree_with_scipy() {
    agrees("own probability", &probability::run());
}

#[test]
fn figures_on_synthetic_people_agree_with_python() {
    agrees("own people", &own_people::run());
}

#[test]
#[allow(clippy::disallowed_methods, reason = "a test may read where the reference data lies")]
fn figures_on_real_data_agree_with_r() {
    let Some(folder) = std::env::var_os("LAATU_REFERENCE").map(PathBuf::from) else {
        println!("LAATU_REFERENCE is not set: the reference cases on real data were NOT run");
        return;
    };
    let tally = real::run(&folder);
    tally.print("reference");
    assert_eq!(tally.failures(), Vec::<String>::new());
    assert!(tally.cases() > 0, "no reference cases in {}", folder.display());
}
