//! Ten times as many customers as at the peak, who never wait: most of the peak is still served.

use std::time::{Duration, Instant};

use laatu_tests::Kind;
use laatu_tests::faults::chance::Dice;
use laatu_tests::faults::judge::judge;
use laatu_tests::faults::stored::Stored;
use laatu_tests::faults::table::Row;
use laatu_tests::faults::{Crowd, Victim};

use crate::ground::Ground;

/// Customers at the peak.
const CUSTOMERS: u64 = 32;
/// How many times as many in overload.
const TIMES: u64 = 10;
/// How long each is measured.
const MEASURED: Duration = Duration::from_secs(10);
/// The part of the peak that must still be served, in hundredths.
const KEPT: u64 = 80;
/// Most resident memory in overload.
const MOST_MIB: u64 = 256;

/// Measures the peak and then the goodput in overload, in one run.
pub fn overload(ground: &mut Ground, kind: Kind) -> Row {
    let dice = Dice::new(ground.dice.seed());
    let field = ground.field(kind);
    let database = field.copy();
    let crowd = Crowd::new(field, dice);
    let mut victim = Victim::on(database.url());
    crowd.lead_to(&[victim.start("")]);
    let mut row =
        Row { times: format!("{CUSTOMERS} then {} customers", CUSTOMERS * TIMES), ..Row::default() };
    measured(&crowd, &victim, CUSTOMERS);
    let (peak, calm_kib) = measured(&crowd, &victim, CUSTOMERS);
    let (kept, full_kib) = measured(&crowd, &victim, CUSTOMERS * TIMES);
    let hundredths = kept * 100 / peak.max(1);
    row.notes.push(format!(
        "{peak} answers at the peak, {kept} in overload ({hundredths} %); {} MiB, then {} MiB resident",
        calm_kib / 1024,
        full_kib / 1024
    ));
    row.demand(hundredths >= KEPT, || format!("{hundredths} % of the peak, {KEPT} % are promised"));
    row.demand(full_kib / 1024 <= MOST_MIB, || format!("{} MiB resident", full_kib / 1024));
    let verdict = judge(&field.sown, &crowd.witness.events(), &Stored::read(&database.target()));
    row.add(&crowd.witness, &verdict);
    row
}

/// Answers taken from so many customers, and the most resident memory seen meanwhile, in KiB.
fn measured(crowd: &Crowd<'_>, victim: &Victim, customers: u64) -> (u64, u64) {
    crowd.go(customers, || {
        let (before, began) = (crowd.witness.acknowledged(), Instant::now());
        let mut most = 0;
        while began.elapsed() < MEASURED {
            most = most.max(victim.resident_kib());
            std::thread::park_timeout(Duration::from_millis(100));
        }
        (crowd.witness.acknowledged() - before, most)
    })
}
