//! 64 customers send the last page of one link at once: one response each, whatever the nodes.

use std::net::SocketAddr;
use std::sync::Barrier;
use std::time::Instant;

use laatu_tests::Kind;
use laatu_tests::faults::chance::Dice;
use laatu_tests::faults::judge::judge;
use laatu_tests::faults::stored::Stored;
use laatu_tests::faults::table::Row;
use laatu_tests::faults::visit::told;
use laatu_tests::faults::wire::Wire;
use laatu_tests::faults::witness::{Step, Told};
use laatu_tests::faults::{Crowd, Victim};

use crate::ground::Ground;

/// Customers at one link.
const RACERS: usize = 64;
/// How often one tries a page that is refused.
const TRIES: usize = 200;

/// Races on so many links; on PostgreSQL over two nodes.
pub fn race(ground: &mut Ground, kind: Kind, tokens: usize) -> Row {
    let dice = Dice::new(ground.dice.seed());
    let field = ground.field(kind);
    let database = field.copy();
    let nodes = if kind == Kind::Postgres { 2 } else { 1 };
    let mut victims: Vec<Victim> = (0..nodes).map(|_| Victim::on(database.url())).collect();
    let doors: Vec<SocketAddr> = victims.iter_mut().map(|victim| victim.start("")).collect();
    let crowd = Crowd::new(field, dice);
    let start = Barrier::new(RACERS);
    std::thread::scope(|scope| {
        for racer in 0..RACERS {
            let (crowd, start, door) = (&crowd, &start, doors[racer % doors.len()]);
            scope.spawn(move || run(crowd, racer, door, tokens, start));
        }
    });
    let stored = Stored::read(&database.target());
    let verdict = judge(&field.sown, &crowd.witness.events(), &stored);
    let mut row = Row { times: format!("{tokens} links x {RACERS}"), ..Row::default() };
    row.add(&crowd.witness, &verdict);
    let responses = stored.responses.values().map(Vec::len).sum::<usize>();
    row.notes.push(format!("{responses} responses of {tokens} links"));
    row.demand(responses == tokens, || format!("{responses} responses of {tokens} links"));
    row.demand(row.unanswered == 0, || "some got no answer".to_owned());
    row
}

/// Fills all but the last page of some links alone, then sends the last page of each link with all the others.
fn run(crowd: &Crowd<'_>, racer: usize, door: SocketAddr, tokens: usize, start: &Barrier) {
    let mut wire = Wire::to(door);
    for link in (racer..tokens).step_by(RACERS) {
        for page in 1..crowd.plan(link).pages() {
            send(crowd, &mut wire, link, page);
        }
    }
    start.wait();
    for link in 0..tokens {
        start.wait();
        send(crowd, &mut wire, link, crowd.plan(link).pages());
    }
}

/// Sends a page until it is acknowledged.
fn send(crowd: &Crowd<'_>, wire: &mut Wire, link: usize, page: usize) {
    let content = crowd.plan(link).content(link, page, 0);
    let body = crowd.plan(link).body(page, &content);
    let path = format!("{}/{page}", crowd.path(link));
    let step = Step { link, step: u32::try_from(page - 1).expect("few pages"), page, content };
    for _ in 0..TRIES {
        let number = crowd.witness.attempt(&step);
        let began = Instant::now();
        let answer = wire.post(&path, &body);
        let outcome = told(&answer, page, began.elapsed());
        crowd.witness.told(number, &outcome, began.elapsed());
        if outcome == Told::Acknowledged {
            return;
        }
        crowd.rest();
    }
    crowd.witness.strange(&format!("page {page} of link {link} was refused {TRIES} times"));
}
