//! SIGTERM under load: what the service has taken it answers, it ends with 0, and it is ready again soon.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use laatu::store::Target;
use laatu_tests::Kind;
use laatu_tests::faults::chance::Dice;
use laatu_tests::faults::judge::{judge, silently_stored};
use laatu_tests::faults::stored::Stored;
use laatu_tests::faults::table::Row;
use laatu_tests::faults::visit::told;
use laatu_tests::faults::wire::Wire;
use laatu_tests::faults::witness::{Step, Told};
use laatu_tests::faults::{Crowd, Victim};
use laatu_tests::schema::Any;
use laatu_tests::wait::wait_for;

use crate::busy::Lock;
use crate::ground::Ground;

/// Requests that are held inside the service while it is asked to end.
const HELD: usize = 16;
/// How long the lock outlives the signal.
const STILL_HELD: Duration = Duration::from_secs(1);
/// How long the next start may take until it is ready.
const READY: Duration = Duration::from_secs(10);

/// So many ends under load, each also with requests that are held inside.
pub fn terminate(ground: &mut Ground, kind: Kind, times: u32) -> Row {
    let dice = Dice::new(ground.dice.seed());
    let field = ground.field(kind);
    let database = field.copy();
    let crowd = Crowd::new(field, Dice::new(dice.seed()));
    let mut victim = Victim::on(database.url());
    let mut row = Row { times: format!("{times} under load, {times} with {HELD} held"), ..Row::default() };
    for _ in 0..times {
        start(&mut victim, &crowd, &mut row);
        let customers = dice.between(8, 32);
        let code = crowd.go(customers, || end_under_load(&crowd, &mut victim, &dice));
        row.demand(code == Some(0), || format!("it ended with {code:?} under load"));
        let silent = silently_stored(&field.sown, &crowd.witness.events(), &Stored::read(&database.target()));
        row.demand(silent.is_empty(), || format!("taken, stored and not answered: {}", silent.join(", ")));
        let door = start(&mut victim, &crowd, &mut row);
        end_with_held(&crowd, &mut victim, door, &database.target(), &mut row);
    }
    let verdict = judge(&field.sown, &crowd.witness.events(), &Stored::read(&database.target()));
    row.add(&crowd.witness, &verdict);
    row
}

fn start(victim: &mut Victim, crowd: &Crowd<'_>, row: &mut Row) -> SocketAddr {
    let began = Instant::now();
    let door = victim.start("");
    wait_for("the service to be ready", || {
        Wire::to(door).get("/readyz").ok().filter(|answer| answer.status == 200)
    });
    row.healed_after(began.elapsed(), READY);
    crowd.lead_to(&[door]);
    door
}

fn end_under_load(crowd: &Crowd<'_>, victim: &mut Victim, dice: &Dice) -> Option<i32> {
    let enough = crowd.witness.acknowledged() + dice.between(1, 40);
    wait_for("answers before", || (crowd.witness.acknowledged() >= enough).then_some(()));
    victim.ask_to_end();
    victim.wait_for_its_exit().0
}

/// Customers whose page the service has read but cannot store yet, when it is asked to end: all are answered.
fn end_with_held(crowd: &Crowd<'_>, victim: &mut Victim, door: SocketAddr, target: &Target, row: &mut Row) {
    let held = Held::take(target);
    let sent = AtomicUsize::new(0);
    let acknowledged = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..HELD {
            let (sent, acknowledged) = (&sent, &acknowledged);
            scope.spawn(move || send_first_page(crowd, door, sent, acknowledged));
        }
        wait_for("all to have sent", || (sent.load(Ordering::SeqCst) == HELD).then_some(()));
        // The service has read what came before once it has answered those who came after.
        for _ in 0..2 * HELD {
            let alive = Wire::to(door).get("/healthz").map(|answer| answer.status);
            assert_eq!(alive.ok(), Some(200), "it is alive");
        }
        victim.ask_to_end();
        std::thread::park_timeout(STILL_HELD);
        drop(held);
    });
    let acknowledged = acknowledged.load(Ordering::SeqCst);
    row.demand(acknowledged == HELD, || {
        format!("of {HELD} requests inside, {acknowledged} were acknowledged")
    });
    let (code, _) = victim.wait_for_its_exit();
    row.demand(code == Some(0), || format!("it ended with {code:?} with requests inside"));
}

fn send_first_page(crowd: &Crowd<'_>, door: SocketAddr, sent: &AtomicUsize, acknowledged: &AtomicUsize) {
    let link = crowd.take_link();
    let content = crowd.plan(link).content(link, 1, 0);
    let body = crowd.plan(link).body(1, &content);
    let mut wire = Wire::to(door);
    // A connection that has been used is one that the service has accepted.
    let looked = wire.get(crowd.path(link)).map(|answer| answer.status);
    assert_eq!(looked.ok(), Some(200), "the form is shown");
    let number = crowd.witness.attempt(&Step { link, step: 0, page: 1, content });
    let began = Instant::now();
    let answer = wire.post_noting(&format!("{}/1", crowd.path(link)), &body, || {
        sent.fetch_add(1, Ordering::SeqCst);
    });
    let outcome = told(&answer, 1, began.elapsed());
    crowd.witness.told(number, &outcome, began.elapsed());
    if outcome == Told::Acknowledged {
        acknowledged.fetch_add(1, Ordering::SeqCst);
    }
}

/// Keeps every write of pages waiting, without keeping looks from being served.
enum Held {
    Sqlite { _lock: Lock },
    Postgres(Any),
}

impl Held {
    fn take(target: &Target) -> Self {
        match target {
            Target::Sqlite(_) => Self::Sqlite { _lock: Lock::take(target) },
            Target::Postgres(_) => {
                let mut connection = Any::to(target);
                connection.run("BEGIN; LOCK TABLE saved_page IN SHARE ROW EXCLUSIVE MODE");
                Self::Postgres(connection)
            }
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Self::Postgres(connection) = self {
            connection.run("ROLLBACK");
        }
    }
}
