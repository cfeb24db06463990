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
#[path = "reference/own.rs"]
mod own;
#[path = "reference/real.rs"]
mod real;
#[path = "reference/table.rs"]
mod table;

use std::path::PathBuf;

#[test]
fn reports_on_synthetic_answers_agree_with_python() {
    let tally = own::run();
    tally.print("own");
    assert_eq!(tally.failures(), Vec::<String>::new());
    assert!(tally.cases() > 0);
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
