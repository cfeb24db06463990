//! A rogue process holds SQLite's write lock: customers wait or are refused in order, and all is well after it.

use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};
use laatu::store::Target;
use laatu_tests::Kind;
use laatu_tests::faults::chance::Dice;
use laatu_tests::faults::judge::judge;
use laatu_tests::faults::stored::Stored;
use laatu_tests::faults::table::Row;
use laatu_tests::faults::{Crowd, Victim};
use laatu_tests::wait::wait_for;

use crate::disk_full::look;
use crate::ground::Ground;
use crate::sizes::Sizes;

/// How long a lock is held.
const HELD: Duration = Duration::from_secs(5);
/// How long the last one is held: longer than any write waits.
const HELD_LAST: Duration = Duration::from_secs(20);
/// How long the service may take to heal.
const HEAL: Duration = Duration::from_secs(10);
/// Customers at a time.
const CUSTOMERS: u64 = 8;

/// Holds the lock again and again; this program is the rogue, for the victim is another process.
pub fn busy(ground: &mut Ground, sizes: &Sizes) -> Row {
    let dice = Dice::new(ground.dice.seed());
    let field = ground.field(Kind::Sqlite);
    let database = field.copy();
    let crowd = Crowd::new(field, dice);
    let mut victim = Victim::on(database.url());
    crowd.lead_to(&[victim.start("")]);
    let mut row = Row { times: format!("{} locks of 5 s, one of 20 s", sizes.locks), ..Row::default() };
    crowd.go(CUSTOMERS, || {
        for _ in 0..sizes.locks {
            hold(&crowd, &database.target(), HELD, &mut row);
        }
        let before = crowd.witness.refused();
        hold(&crowd, &database.target(), HELD_LAST, &mut row);
        let refused = crowd.witness.refused() > before;
        row.demand(refused, || "nobody was refused in 20 s without a write".to_owned());
    });
    let verdict = judge(&field.sown, &crowd.witness.events(), &Stored::read(&database.target()));
    row.add(&crowd.witness, &verdict);
    row.demand(row.unanswered == 0, || "some got no answer".to_owned());
    row
}

fn hold(crowd: &Crowd<'_>, target: &Target, held: Duration, row: &mut Row) {
    let enough = crowd.witness.acknowledged() + 5;
    wait_for("answers before", || (crowd.witness.acknowledged() >= enough).then_some(()));
    let lock = Lock::take(target);
    let began = Instant::now();
    look(crowd, row);
    while began.elapsed() < held {
        std::thread::park_timeout(held.saturating_sub(began.elapsed()));
    }
    let before = crowd.witness.acknowledged();
    drop(lock);
    let began = Instant::now();
    wait_for("answers after", || (crowd.witness.acknowledged() > before).then_some(()));
    row.healed_after(began.elapsed(), HEAL);
}

/// SQLite's write lock; given back when dropped.
pub struct Lock(SqliteConnection);

impl Lock {
    /// Waits for the lock and takes it.
    pub fn take(target: &Target) -> Self {
        let Target::Sqlite(path) = target else { panic!("only SQLite has this lock") };
        let mut connection = SqliteConnection::establish(&path.to_string_lossy()).expect("the file opens");
        connection.batch_execute("PRAGMA busy_timeout = 20000; BEGIN IMMEDIATE").expect("the lock is taken");
        Self(connection)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        self.0.batch_execute("ROLLBACK").expect("the lock is given back");
    }
}
