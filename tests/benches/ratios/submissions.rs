//! Pages posted and kept: the real program over HTTP against the bare group-commit loop, and against the same bodies
//! parsed by a plain server and kept nowhere.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use laatu_tests::bench::bare_loop::BareLoop;
use laatu_tests::bench::http::{Reply, post};
use laatu_tests::bench::invite::Link;
use laatu_tests::bench::load::{Client, Outcome, run};
use laatu_tests::bench::process::Process;
use laatu_tests::bench::rounds::{Middle, median};
use laatu_tests::bench::table::{Better, Ratio, Table};
use laatu_tests::schema::Any;

use super::ground::{Ground, fsync_ms};
use super::options::Options;

/// How long each side runs before it counts.
pub const WARM_UP: Duration = Duration::from_secs(1);

/// Forms to be filled, given out one after the other to all clients.
struct Pile {
    links: Vec<Link>,
    bodies: Vec<Vec<Vec<String>>>,
    next: Cell<usize>,
}

/// Whether what is posted is kept, so that each form can be filled only once.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    Yes,
    No,
}

/// A customer who posts all pages of one form after the other, then those of the next.
struct Poster {
    pile: Rc<Pile>,
    /// Forms from here on belong to later rounds.
    end: usize,
    kept: Kept,
    form: Option<usize>,
    page: usize,
}

impl Poster {
    fn body(&self, form: usize) -> &[String] {
        let variants = &self.pile.bodies[self.pile.links[form].form];
        &variants[form % variants.len()]
    }
}

impl Client for Poster {
    fn next(&mut self) -> Option<Vec<u8>> {
        if self.form.is_none_or(|form| self.page == self.body(form).len()) {
            let next = self.pile.next.get();
            if next >= self.end {
                return None;
            }
            self.pile.next.set(next + 1);
            (self.form, self.page) = (Some(next % self.pile.links.len()), 0);
        }
        let form = self.form?;
        self.page += 1;
        let link = &self.pile.links[form].path;
        Some(post(&format!("{link}/{}", self.page), &self.body(form)[self.page - 1]))
    }

    fn check(&mut self, reply: &Reply) -> Result<(), String> {
        let form = self.form.expect("something was posted");
        let link = &self.pile.links[form].path;
        let leads_to = match self.kept {
            Kept::Yes if self.page == self.body(form).len() => link.clone(),
            Kept::Yes => format!("{link}/{}", self.page + 1),
            Kept::No => format!("{link}/{}", self.page),
        };
        match (reply.status, reply.header("location")) {
            (303, Some(place)) if place == leads_to => Ok(()),
            _ => Err(format!("page {} was not taken:\n{}", self.page, reply.head)),
        }
    }
}

/// A side of the measurement: where it posts, and what.
pub struct Side<'a> {
    server: &'a Process,
    pile: Rc<Pile>,
    kept: Kept,
}

impl<'a> Side<'a> {
    /// The real service on a ground, whose forms are filled one after the other.
    pub fn keeping(ground: &Ground, server: &'a Process) -> Self {
        let (links, bodies) = (ground.links.clone(), ground.bodies.clone());
        Self { server, pile: Rc::new(Pile { links, bodies, next: Cell::new(0) }), kept: Kept::Yes }
    }

    /// Loads it with clients; they take at most `forms` forms.
    pub fn run(&self, clients: u32, forms: usize, window: Duration) -> Outcome {
        let end = match self.kept {
            Kept::Yes => self.pile.links.len().min(self.pile.next.get() + forms),
            Kept::No => usize::MAX,
        };
        let poster = || Poster { pile: Rc::clone(&self.pile), end, kept: self.kept, form: None, page: 0 };
        let outcome = run(self.server.address(), (0..clients).map(|_| poster()).collect(), window);
        assert!(outcome.done > 0, "no invitations were left: give more with --invitations");
        outcome
    }
}

/// What the rounds gave.
#[derive(Default)]
struct Rounds {
    against_loop: Vec<(f64, f64)>,
    against_plain: Vec<(f64, f64)>,
    alone: Vec<(f64, f64)>,
    p50: Vec<f64>,
    p99: Vec<f64>,
    micros: Vec<f64>,
    plain_micros: Vec<f64>,
    loop_p50: Vec<f64>,
}

/// Adds the rows of the intake.
pub fn measure(options: &Options, table: &mut Table) {
    let a_second = options.invitations.max(1);
    // A quarter for the customer who comes alone in each round, and the whole for the warm-up.
    let seconds = options.rounds as usize * (options.seconds as usize + 1) + 1;
    let ground = Ground::with_invitations(options, a_second * seconds);
    let (service, plain) = (ground.serve(), ground.serve_plain(b"no page is asked for"));
    let mut bare = BareLoop::start(ground.desk.folder());
    let kept = Side::keeping(&ground, &service);
    let parsed = Side { kept: Kept::No, ..Side::keeping(&ground, &plain) };
    let clients = options.clients;
    let mut pages = kept.run(clients, a_second, WARM_UP).done;
    bare.run(u64::from(clients), WARM_UP);
    parsed.run(clients, a_second, WARM_UP);
    let mut rounds = Rounds::default();
    for _ in 0..options.rounds {
        let window = options.window();
        let before = service.processor_seconds();
        let ours = kept.run(clients, a_second * options.seconds as usize, window);
        rounds.micros.push((service.processor_seconds() - before) * 1e6 / ours.done as f64);
        let bare = bare.run(u64::from(clients), window);
        let before = plain.processor_seconds();
        let theirs = parsed.run(clients, 0, window);
        rounds.plain_micros.push((plain.processor_seconds() - before) * 1e6 / theirs.done as f64);
        // The disk is asked before and after: it changes its mind within seconds.
        let before = fsync_ms(ground.desk.folder());
        let alone = kept.run(1, a_second / 4, WARM_UP);
        let sync = f64::midpoint(before, fsync_ms(ground.desk.folder()));
        pages += ours.done + alone.done;
        rounds.against_loop.push((ours.rate(), bare.rate()));
        rounds.against_plain.push((ours.rate(), theirs.rate()));
        rounds.alone.push((alone.within_ms(0.5), sync));
        rounds.p50.push(ours.within_ms(0.5));
        rounds.p99.push(ours.within_ms(0.99));
        rounds.loop_p50.push(bare.within_ms(0.5));
    }
    let resident = service.resident_mib();
    assert_eq!(service.end(), Some(0), "the service ends well");
    let stored = Any::to(&ground.target()).number("SELECT count(*) AS n FROM saved_page");
    assert_eq!(u64::try_from(stored), Ok(pages), "every page that was acknowledged is stored, and no other");
    add(options, &rounds, resident, table);
}

fn add(options: &Options, rounds: &Rounds, resident: f64, table: &mut Table) {
    let clients = options.clients;
    let pages = || format!("pages posted and kept, {clients} clients");
    table.ratios.push(Ratio {
        key: "submissions_loop",
        numerator: pages(),
        denominator: format!("rows of a bare group-commit loop, {clients} clients"),
        unit: "1/s",
        measured: Middle::of(&rounds.against_loop),
        better: Better::Higher,
        goal: 0.4,
        floor: 0.3,
    });
    table.ratios.push(Ratio {
        key: "submissions_plain",
        numerator: pages(),
        denominator: "the same bodies parsed by a plain actix server, not kept".to_owned(),
        unit: "1/s",
        measured: Middle::of(&rounds.against_plain),
        better: Better::Higher,
        goal: 0.35,
        floor: 0.25,
    });
    table.ratios.push(Ratio {
        key: "submission_alone",
        numerator: "one page posted and kept, one client, p50".to_owned(),
        denominator: "4 KiB appended to a file and synced, p50".to_owned(),
        unit: "ms",
        measured: Middle::of(&rounds.alone),
        better: Better::Lower,
        goal: 3.0,
        floor: 5.0,
    });
    table.figure("page posted and kept, p50", median(&rounds.p50), "ms");
    table.figure("page posted and kept, p99", median(&rounds.p99), "ms");
    table.figure("row of the bare loop, p50", median(&rounds.loop_p50), "ms");
    table.figure("processor time of the service for a posted page", median(&rounds.micros), "µs");
    table.figure("processor time of the plain server for one", median(&rounds.plain_micros), "µs");
    table.figure("memory of the service after the load", resident, "MiB");
}
