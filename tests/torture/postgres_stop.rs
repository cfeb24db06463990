//! PostgreSQL is stopped as by a crash and started again, under load.

use std::time::{Duration, Instant};

use laatu_tests::faults::chance::Dice;
use laatu_tests::faults::judge::judge;
use laatu_tests::faults::stored::Stored;
use laatu_tests::faults::table::Row;
use laatu_tests::faults::{Crowd, Victim};
use laatu_tests::wait::wait_for;

use crate::ground::Ground;
use crate::sizes::Sizes;

/// Customers at a time.
const CUSTOMERS: u64 = 16;
/// How long the service may take to heal.
const HEAL: Duration = Duration::from_secs(10);
/// The longest that PostgreSQL is away, in milliseconds.
const LONGEST_AWAY_MS: u64 = 3000;

/// Stops and starts the cluster so many times.
pub fn postgres_stop(ground: &mut Ground, sizes: &Sizes) -> Row {
    let dice = Dice::new(ground.dice.seed());
    let (field, cluster) = ground.field_and_cluster();
    let database = field.copy();
    let crowd = Crowd::new(field, Dice::new(dice.seed()));
    let mut victim = Victim::on(database.url());
    crowd.lead_to(&[victim.start("")]);
    let mut row = Row { times: format!("{} immediate stops", sizes.postgres_stops), ..Row::default() };
    crowd.go(CUSTOMERS, || {
        for _ in 0..sizes.postgres_stops {
            let enough = crowd.witness.acknowledged() + dice.between(1, 30);
            wait_for("answers before", || (crowd.witness.acknowledged() >= enough).then_some(()));
            cluster.stop_immediately();
            std::thread::park_timeout(Duration::from_millis(dice.below(LONGEST_AWAY_MS)));
            let before = crowd.witness.acknowledged();
            cluster.start_again();
            let began = Instant::now();
            wait_for("answers after", || (crowd.witness.acknowledged() > before).then_some(()));
            row.healed_after(began.elapsed(), HEAL);
        }
    });
    let verdict = judge(&field.sown, &crowd.witness.events(), &Stored::read(&database.target()));
    row.add(&crowd.witness, &verdict);
    row.demand(row.unanswered == 0, || "some got no answer".to_owned());
    row
}
