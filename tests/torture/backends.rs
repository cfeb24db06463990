//! All of PostgreSQL's backends of the service are ended at once, again and again.

use std::time::{Duration, Instant};

use laatu_tests::Kind;
use laatu_tests::faults::chance::Dice;
use laatu_tests::faults::judge::judge;
use laatu_tests::faults::stored::Stored;
use laatu_tests::faults::table::Row;
use laatu_tests::faults::{Crowd, Victim};
use laatu_tests::schema::Any;
use laatu_tests::wait::wait_for;

use crate::ground::Ground;
use crate::sizes::Sizes;

/// Customers at a time.
const CUSTOMERS: u64 = 16;
/// How long the service may take to heal.
const HEAL: Duration = Duration::from_secs(10);

const END_ALL: &str = "SELECT COUNT(pg_terminate_backend(pid)) AS n FROM pg_stat_activity \
    WHERE datname = current_database() AND pid <> pg_backend_pid()";

/// Ends all backends, and waits until answers are taken again.
pub fn backends(ground: &mut Ground, sizes: &Sizes) -> Row {
    let dice = Dice::new(ground.dice.seed());
    let field = ground.field(Kind::Postgres);
    let database = field.copy();
    let crowd = Crowd::new(field, Dice::new(dice.seed()));
    let mut victim = Victim::on(database.url());
    crowd.lead_to(&[victim.start("")]);
    let mut rogue = Any::to(&database.target());
    let mut row = Row { times: format!("{} times all backends", sizes.backend_ends), ..Row::default() };
    crowd.go(CUSTOMERS, || {
        for _ in 0..sizes.backend_ends {
            let enough = crowd.witness.acknowledged() + dice.between(1, 30);
            wait_for("answers before", || (crowd.witness.acknowledged() >= enough).then_some(()));
            let ended = rogue.number(END_ALL);
            assert!(ended > 0, "the service has backends");
            let (before, began) = (crowd.witness.acknowledged(), Instant::now());
            wait_for("answers after", || (crowd.witness.acknowledged() > before).then_some(()));
            row.healed_after(began.elapsed(), HEAL);
        }
    });
    let verdict = judge(&field.sown, &crowd.witness.events(), &Stored::read(&database.target()));
    row.add(&crowd.witness, &verdict);
    row.demand(row.unanswered == 0, || "some got no answer".to_owned());
    row
}
