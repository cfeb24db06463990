//! Counts of any responses to any layout: one form however they came together, exact in both directions, stored
//! without loss, and read without a panic.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test program: a wrong assumption shall stop it, and it says which seed broke it"
)]

#[path = "support/chance.rs"]
mod chance;
#[path = "cells/codec.rs"]
mod codec;
#[path = "cells/counts.rs"]
mod counts;
#[path = "support/draw.rs"]
mod draw;
#[path = "cells/forget.rs"]
mod forget;
#[path = "cells/merge.rs"]
mod merge;
#[path = "cells/reports.rs"]
mod reports;
#[path = "cells/scan.rs"]
mod scan;
#[path = "support/standard.rs"]
mod standard;

use chance::Chance;

/// Runs a property with so many seeds, and names the seed that breaks it.
fn each_seed(cases: u64, property: impl Fn(&mut Chance)) {
    for seed in 0..cases {
        let broken = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| property(&mut Chance(seed))));
        if let Err(cause) = broken {
            println!("seed {seed}");
            std::panic::resume_unwind(cause);
        }
    }
}
