//! The torture ring: what is done to the service, and what must hold all the same. Run by `tests/faults`.
//!
//! Each fault is a function that gives a row of the table at the end. The tools are in `laatu_tests::faults`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a fault that cannot be done stops there and then; the program talks to a terminal"
)]

mod backends;
mod busy;
mod disk_full;
mod ground;
mod kill;
mod mail_kill;
mod network;
mod overload;
mod postgres_stop;
mod race;
mod sizes;
mod terminate;
mod two_nodes;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use laatu_tests::Kind::{Postgres, Sqlite};
use laatu_tests::faults::table::{Row, table};

use ground::Ground;
use sizes::Sizes;

/// A fault: its name, and how it is done.
type Fault = (&'static str, fn(&mut Ground, &Sizes) -> Row);

/// All faults that the gate runs, in their order.
const FAULTS: [Fault; 17] = [
    ("sqlite-kill", |ground, sizes| kill::at_random(ground, Sqlite, sizes.random_kills_sqlite)),
    ("sqlite-fail-points", |ground, sizes| kill::at_fail_points(ground, Sqlite, sizes.point_kills_sqlite)),
    ("sqlite-disk-full", disk_full::disk_full),
    ("sqlite-busy", busy::busy),
    ("sqlite-race", |ground, sizes| race::race(ground, Sqlite, sizes.race_links_sqlite)),
    ("sqlite-terminate", |ground, sizes| terminate::terminate(ground, Sqlite, sizes.terminations)),
    ("sqlite-mail-kill", |ground, sizes| mail_kill::mail_kill(ground, Sqlite, sizes.mail_kills_sqlite)),
    ("postgres-kill", |ground, sizes| kill::at_random(ground, Postgres, sizes.random_kills_postgres)),
    ("postgres-fail-points", |ground, sizes| {
        kill::at_fail_points(ground, Postgres, sizes.point_kills_postgres)
    }),
    ("postgres-two-nodes", two_nodes::two_nodes),
    ("postgres-race", |ground, sizes| race::race(ground, Postgres, sizes.race_links_postgres)),
    ("postgres-terminate", |ground, sizes| terminate::terminate(ground, Postgres, sizes.terminations)),
    ("postgres-backends", backends::backends),
    ("postgres-commit-reply", network::commit_replies),
    ("postgres-network", network::bad_network),
    ("postgres-stop", postgres_stop::postgres_stop),
    ("postgres-mail-kill", |ground, sizes| mail_kill::mail_kill(ground, Postgres, sizes.mail_kills_postgres)),
];

/// What is measured by flag only: ratios of one run.
const OVERLOAD: [Fault; 2] = [
    ("sqlite-overload", |ground, _| overload::overload(ground, Sqlite)),
    ("postgres-overload", |ground, _| overload::overload(ground, Postgres)),
];

fn main() -> ExitCode {
    let sizes = match Sizes::read(std::env::args().skip(1)) {
        Ok(sizes) => sizes,
        Err(words) => {
            println!("{words}");
            return ExitCode::from(2);
        }
    };
    let mut ground = Ground::new(&sizes);
    let mut done = Vec::new();
    for (name, fault) in chosen(&sizes) {
        println!("-- {name}");
        let began = Instant::now();
        let row = catch_unwind(AssertUnwindSafe(|| fault(&mut ground, &sizes)));
        let row = row.unwrap_or_else(|_| Row {
            failures: vec!["it broke off (see above)".to_owned()],
            ..Row::default()
        });
        tell(name, &row, began.elapsed());
        done.push((name, row, began.elapsed()));
    }
    println!("\n{}", table(&done));
    finish(&done)
}

fn chosen(sizes: &Sizes) -> Vec<Fault> {
    let all = FAULTS.into_iter().chain(OVERLOAD.into_iter().filter(|_| sizes.overload));
    all.filter(|(name, _)| sizes.is_chosen(name)).collect()
}

fn tell(name: &str, row: &Row, took: Duration) {
    for note in &row.notes {
        println!("   {note}");
    }
    for failure in &row.failures {
        println!("   FAILED {name}: {failure}");
    }
    println!("   {name}: {}, {} acknowledged, {:.0} s", row.times, row.acknowledged, took.as_secs_f64());
}

/// The last line is written as cargo's own tests write theirs, so that it can be counted with them.
fn finish(done: &[(&str, Row, Duration)]) -> ExitCode {
    let failed = done.iter().filter(|(_, row, _)| !row.failures.is_empty()).count();
    let word = if failed == 0 { "ok" } else { "FAILED" };
    println!("test result: {word}. {} passed; {failed} failed", done.len() - failed);
    if failed == 0 && !done.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
