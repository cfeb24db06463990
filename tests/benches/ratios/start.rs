//! Plain figures of the program: until it is ready on an existing database, memory, and its size, with their budgets.

use std::time::Instant;

use laatu_tests::bench::http::Reply;
use laatu_tests::bench::http::get;
use laatu_tests::bench::load::{Client, run};
use laatu_tests::bench::rounds::median;
use laatu_tests::bench::table::Table;
use laatu_tests::program::binary;

use super::ground::{Caller, Ground, serve};
use super::options::Options;

/// Connections that ask at the same time while memory is taken.
const CONNECTIONS: usize = 256;
/// Starts that are timed.
const STARTS: usize = 9;
/// Links that are there.
const LINKS: usize = 1_000;

/// A browser that asks for one page again and again.
struct Reader {
    path: String,
}

impl Client for Reader {
    fn next(&mut self) -> Option<Vec<u8>> {
        Some(get(&self.path, "gzip"))
    }

    fn check(&mut self, reply: &Reply) -> Result<(), String> {
        // Too many at once are told to come again.
        if matches!(reply.status, 200 | 503) { Ok(()) } else { Err(reply.head.clone()) }
    }
}

/// Adds the figures.
pub fn measure(options: &Options, table: &mut Table) {
    let ground = Ground::with_invitations(options, LINKS);
    let (mut ready, mut idle) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let began = Instant::now();
        let service = serve(&ground.desk);
        Caller::to(&service).call(&get("/readyz", "identity"));
        ready.push(began.elapsed().as_secs_f64() * 1000.0);
        idle.push(service.resident_mib());
        assert_eq!(service.end(), Some(0), "the service ends well");
    }
    table.budgeted("from the start until ready, existing database", median(&ready), "ms", 500.0);
    table.budgeted("memory of the service at rest", median(&idle), "MiB", 50.0);
    let service = serve(&ground.desk);
    let readers =
        (0..CONNECTIONS).map(|index| Reader { path: ground.links[index % LINKS].path.clone() }).collect();
    run(service.address(), readers, options.window());
    table.budgeted(format!("memory after {CONNECTIONS} connections"), service.resident_mib(), "MiB", 150.0);
    let size = std::fs::metadata(binary()).expect("the program is a file").len();
    table.budgeted("the program", size as f64 / f64::from(1 << 20), "MiB", 60.0);
}
