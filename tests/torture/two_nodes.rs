//! Two nodes on one PostgreSQL, one killed at a time: customers go to the other with the same page.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use laatu_tests::Kind;
use laatu_tests::faults::chance::Dice;
use laatu_tests::faults::check::check;
use laatu_tests::faults::judge::judge;
use laatu_tests::faults::stored::Stored;
use laatu_tests::faults::table::Row;
use laatu_tests::faults::{Crowd, Victim};
use laatu_tests::wait::wait_for;

use crate::ground::Ground;
use crate::kill::answer_in_peace;
use crate::sizes::Sizes;

/// Customers at a time.
const CUSTOMERS: u64 = 24;
/// How long until the other node takes answers.
const HEAL: Duration = Duration::from_secs(10);

/// Kills the nodes in turn while customers answer at both.
pub fn two_nodes(ground: &mut Ground, sizes: &Sizes) -> Row {
    let dice = Dice::new(ground.dice.seed());
    let field = ground.field(Kind::Postgres);
    let database = field.copy();
    let crowd = Crowd::new(field, Dice::new(dice.seed()));
    let mut nodes = [Victim::on(database.url()), Victim::on(database.url())];
    let mut doors: [SocketAddr; 2] = nodes.each_mut().map(|node| node.start(""));
    crowd.lead_to(&doors);
    let mut row = Row { times: format!("{} kills of a node", sizes.node_kills), ..Row::default() };
    crowd.go(CUSTOMERS, || {
        for turn in 0..sizes.node_kills {
            let (which, other) = if turn % 2 == 0 { (0, 1) } else { (1, 0) };
            let enough = crowd.witness.acknowledged() + dice.between(1, 60);
            wait_for("answers before", || (crowd.witness.acknowledged() >= enough).then_some(()));
            nodes[which].kill();
            let (before, began) = (crowd.witness.acknowledged(), Instant::now());
            wait_for("answers at the other", || (crowd.witness.acknowledged() > before).then_some(()));
            row.healed_after(began.elapsed(), HEAL);
            crowd.lead_to(&[doors[other]]);
            doors[which] = nodes[which].start("");
            crowd.lead_to(&doors);
        }
    });
    answer_in_peace(&crowd);
    let verdict = judge(&field.sown, &crowd.witness.events(), &Stored::read(&database.target()));
    check(&nodes[0]);
    row.add(&crowd.witness, &verdict);
    row
}
