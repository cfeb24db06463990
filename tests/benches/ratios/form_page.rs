//! The first page of a form, asked for as a browser does, against the same bytes from the memory of a plain server.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use laatu_tests::bench::http::{Connection, Reply, get};
use laatu_tests::bench::load::{Client, Outcome, run};
use laatu_tests::bench::process::Process;
use laatu_tests::bench::rounds::{Middle, median};
use laatu_tests::bench::table::{Better, Ratio, Table};

use super::ground::Ground;
use super::options::Options;

/// Customers that ask at the same time.
const CLIENTS: u32 = 32;
/// Links that are opened in turn.
const LINKS: usize = 10_000;
/// How long each side runs before it counts.
const WARM_UP: Duration = Duration::from_secs(1);

/// A customer who opens one link after the other; opening changes nothing, so each is fresh whenever it comes.
struct Opener {
    paths: Rc<Vec<String>>,
    next: Rc<Cell<usize>>,
}

impl Client for Opener {
    fn next(&mut self) -> Option<Vec<u8>> {
        let next = self.next.get();
        self.next.set(next + 1);
        Some(get(&self.paths[next % self.paths.len()], "gzip, deflate, br"))
    }

    fn check(&mut self, reply: &Reply) -> Result<(), String> {
        match (reply.status, reply.header("content-encoding"), reply.body.is_empty()) {
            (200, Some("gzip"), false) => Ok(()),
            _ => Err(format!("this is no compressed page:\n{}", reply.head)),
        }
    }
}

/// Rate and processor time of one round.
fn round(
    server: &Process,
    paths: &Rc<Vec<String>>,
    next: &Rc<Cell<usize>>,
    window: Duration,
) -> (Outcome, f64) {
    let opener = || Opener { paths: Rc::clone(paths), next: Rc::clone(next) };
    let before = server.processor_seconds();
    let outcome = run(server.address(), (0..CLIENTS).map(|_| opener()).collect(), window);
    assert!(outcome.done > 0, "no page came");
    let micros = (server.processor_seconds() - before) * 1e6 / outcome.done as f64;
    (outcome, micros)
}

/// One page as it comes with this `Accept-Encoding`.
fn page(server: &Process, path: &str, accept_encoding: &str) -> Reply {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let reply = runtime
        .block_on(async { Connection::to(server.address()).await?.send(&get(path, accept_encoding)).await });
    reply.expect("the service answers")
}

/// Adds the rows of the form's first page.
pub fn measure(options: &Options, table: &mut Table) {
    let ground = Ground::with_invitations(options, LINKS);
    let service = ground.serve();
    let paths = Rc::new(ground.links.iter().map(|link| link.path.clone()).collect::<Vec<_>>());
    let compressed = page(&service, &paths[0], "gzip, deflate, br").body;
    let whole = page(&service, &paths[0], "identity").body;
    let plain = ground.serve_plain(&compressed);
    let next = Rc::new(Cell::new(0));
    round(&service, &paths, &next, WARM_UP);
    round(&plain, &paths, &next, WARM_UP);
    let (mut rates, mut costs, mut p99) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..options.rounds {
        let (ours, our_micros) = round(&service, &paths, &next, options.window());
        let (theirs, their_micros) = round(&plain, &paths, &next, options.window());
        rates.push((ours.rate(), theirs.rate()));
        costs.push((our_micros, their_micros));
        p99.push(ours.within_ms(0.99));
    }
    table.ratios.push(Ratio {
        key: "form_page",
        numerator: format!("first page of fresh links, {CLIENTS} clients"),
        denominator: "the same bytes from a plain actix server".to_owned(),
        unit: "1/s",
        measured: Middle::of(&rates),
        better: Better::Higher,
        goal: 0.4,
        floor: 0.3,
    });
    table.ratios.push(Ratio {
        key: "form_page_processor",
        numerator: "processor time of a first page".to_owned(),
        denominator: "that of the plain server".to_owned(),
        unit: "µs",
        measured: Middle::of(&costs),
        better: Better::Lower,
        goal: 2.5,
        floor: 3.0,
    });
    table.figure("first page, p99", median(&p99), "ms");
    table.figure("first page, as it is sent", compressed.len() as f64, "B");
    table.figure("first page, unpacked", whole.len() as f64, "B");
}
