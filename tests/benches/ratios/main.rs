//! One table of ratios, all taken in one run on one machine: what the service does against the least that could be
//! done. `tests/bench` builds the program and runs this; `--help` says what can be chosen.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a bench that cannot be set up stops there and then, and its table is what it is for"
)]

mod bytes;
mod export;
mod folding;
mod form_page;
mod generating;
mod ground;
mod grouping;
mod mails;
mod options;
mod orders;
mod postgres;
mod report;
mod start;
mod submissions;

use std::process::ExitCode;

use clap::Parser;
use laatu_tests::bench::plain;
use laatu_tests::bench::table::Table;
use options::Options;
use serde_json::json;

/// A measurement: adds its rows to the table.
type Measure = fn(&Options, &mut Table);

/// Every measurement by its name, in the order of the table.
const MEASURES: [(&str, Measure); 11] = [
    ("submissions", submissions::measure),
    ("grouping", grouping::measure),
    ("postgres", postgres::measure),
    ("form_page", form_page::measure),
    ("report", report::measure),
    ("orders", orders::measure),
    ("folding", folding::measure),
    ("start", start::measure),
    ("bytes", bytes::measure),
    ("mails", mails::measure),
    ("export", export::measure),
];

fn main() -> ExitCode {
    let options = Options::parse();
    if let Some(folder) = &options.plain_server {
        plain::serve(folder).expect("the plain server runs");
        return ExitCode::SUCCESS;
    }
    if let Some(url) = &options.generate {
        generating::generate(url, &options);
        return ExitCode::SUCCESS;
    }
    let names = MEASURES.map(|(name, _)| name);
    if let Some(unknown) = options.only.iter().find(|wanted| !names.contains(&wanted.as_str())) {
        eprintln!("there is no measurement \"{unknown}\"; there are {}", names.join(", "));
        return ExitCode::from(2);
    }
    let mut table = Table::default();
    for (name, measure) in MEASURES {
        if options.only.is_empty() || options.only.iter().any(|wanted| wanted == name) {
            eprintln!("measuring {name}");
            measure(&options, &mut table);
        }
    }
    println!("{}", table.text());
    if let Some(file) = &options.json {
        let run = json!({
            "machine": ground::machine(), "load": ground::load(), "rounds": options.rounds,
            "seconds": options.seconds, "clients": options.clients, "stored": options.stored,
        });
        let text = serde_json::to_string_pretty(&table.json(&run)).expect("the table is JSON");
        std::fs::write(file, text + "\n").expect("the table is written");
        eprintln!("the table stands in {}", file.display());
    }
    if options.gate && !table.holds() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
