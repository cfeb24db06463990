//! Pages posted and kept with shared commits, against the same service giving each page a commit of its own.

use laatu_tests::bench::rounds::Middle;
use laatu_tests::bench::table::{Better, Ratio, Table};

use super::ground::Ground;
use super::options::Options;
use super::submissions::{Side, WARM_UP};

/// Pages of the slower side in a second, at most, so that its invitations last.
const ALONE_A_SECOND: usize = 2_000;

/// Adds the row of the shared commits.
pub fn measure(options: &Options, table: &mut Table) {
    let seconds = options.rounds as usize * options.seconds as usize + 1;
    let a_second = options.invitations.max(1);
    let (fast, slow) = (
        Ground::with_invitations(options, a_second * seconds),
        Ground::with_invitations(options, ALONE_A_SECOND.min(a_second) * seconds),
    );
    let (together, alone) = (fast.serve(), slow.serve_with(&["--write-together", "1"]));
    let (kept, kept_alone) = (Side::keeping(&fast, &together), Side::keeping(&slow, &alone));
    kept.run(options.clients, a_second, WARM_UP);
    kept_alone.run(options.clients, ALONE_A_SECOND, WARM_UP);
    let mut rounds = Vec::new();
    for _ in 0..options.rounds {
        let forms = options.seconds as usize;
        let ours = kept.run(options.clients, a_second * forms, options.window()).rate();
        rounds.push((ours, kept_alone.run(options.clients, ALONE_A_SECOND * forms, options.window()).rate()));
    }
    assert_eq!((together.end(), alone.end()), (Some(0), Some(0)), "both services end well");
    table.ratios.push(Ratio {
        key: "submissions_grouped",
        numerator: format!("pages posted and kept, {} clients", options.clients),
        denominator: "the same, each with a commit of its own".to_owned(),
        unit: "1/s",
        measured: Middle::of(&rounds),
        better: Better::Higher,
        goal: 6.0,
        floor: 4.0,
    });
}
