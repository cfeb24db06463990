//! A bad network between service and PostgreSQL; worst of all, one that loses the reply to COMMIT.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use laatu_tests::faults::chance::Dice;
use laatu_tests::faults::cutter::{Cutter, Reply};
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
/// How long every piece is held back when the network is slow, in milliseconds.
const SLOW_MS: u64 = 30;

/// Loses replies to COMMIT: the database has stored what the service does not know of.
pub fn commit_replies(ground: &mut Ground, sizes: &Sizes) -> Row {
    let times = format!("{} replies to COMMIT lost", sizes.commit_replies);
    behind_a_cutter(ground, times, sizes.commit_replies, |cutter, _| lose(cutter, Reply::ToCommit))
}

/// Any reply lost, connections cut, half closed, or slow.
pub fn bad_network(ground: &mut Ground, sizes: &Sizes) -> Row {
    let times = format!("{} cuts, half cuts, lost replies, delays", sizes.network_faults);
    behind_a_cutter(ground, times, sizes.network_faults, |cutter, dice| match dice.below(4) {
        0 => lose(cutter, Reply::ToAnything),
        1 => cutter.cut(),
        2 => cutter.half_close(),
        _ => {
            cutter.delay_ms(SLOW_MS);
            std::thread::park_timeout(Duration::from_millis(10 * SLOW_MS));
            cutter.delay_ms(0);
        }
    })
}

fn lose(cutter: &Cutter, reply: Reply) {
    let before = cutter.dropped();
    cutter.drop_reply(reply);
    wait_for("a reply to lose", || (cutter.dropped() > before).then_some(()));
}

fn behind_a_cutter(ground: &mut Ground, times: String, faults: u32, fault: impl Fn(&Cutter, &Dice)) -> Row {
    let dice = Dice::new(ground.dice.seed());
    let (field, cluster) = ground.field_and_cluster();
    let database = field.copy();
    let cutter = Cutter::to(SocketAddr::from(([127, 0, 0, 1], cluster.port())));
    let url =
        database.url().replace(&format!(":{}/", cluster.port()), &format!(":{}/", cutter.address().port()));
    assert_ne!(url, database.url(), "the service goes through the cutter");
    let crowd = Crowd::new(field, Dice::new(dice.seed()));
    let mut victim = Victim::on(&url);
    crowd.lead_to(&[victim.start("")]);
    let mut row = Row { times, ..Row::default() };
    crowd.go(CUSTOMERS, || {
        for _ in 0..faults {
            let enough = crowd.witness.acknowledged() + dice.between(1, 30);
            wait_for("answers before", || (crowd.witness.acknowledged() >= enough).then_some(()));
            fault(&cutter, &dice);
            let (before, began) = (crowd.witness.acknowledged(), Instant::now());
            wait_for("answers after", || (crowd.witness.acknowledged() > before).then_some(()));
            row.healed_after(began.elapsed(), HEAL);
        }
    });
    let verdict = judge(&field.sown, &crowd.witness.events(), &Stored::read(&database.target()));
    row.add(&crowd.witness, &verdict);
    row.demand(row.unanswered == 0, || "some got no answer".to_owned());
    drop(victim);
    row
}
