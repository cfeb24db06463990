//! The disk gets full: nothing is acknowledged that is not stored, looks go on, and space alone heals it.

use std::time::{Duration, Instant};

use laatu_tests::Kind;
use laatu_tests::faults::chance::Dice;
use laatu_tests::faults::disk::{SmallDisk, Way};
use laatu_tests::faults::judge::judge;
use laatu_tests::faults::stored::Stored;
use laatu_tests::faults::table::Row;
use laatu_tests::faults::wire::Wire;
use laatu_tests::faults::{Crowd, Victim};
use laatu_tests::wait::wait_for;

use crate::ground::Ground;
use crate::sizes::Sizes;

/// Size of the disk in MiB.
const DISK_MIB: u32 = 6;
/// How long the service may take to heal.
const HEAL: Duration = Duration::from_secs(10);
/// Customers at a time.
const CUSTOMERS: u64 = 8;

/// Fills the disk under the database, and frees it again.
pub fn disk_full(ground: &mut Ground, sizes: &Sizes) -> Row {
    let dice = Dice::new(ground.dice.seed());
    let field = ground.field(Kind::Sqlite);
    let disk = SmallDisk::of(DISK_MIB);
    field.copy_to(&disk.database());
    let url = format!("sqlite://{}", disk.database().display());
    let mut victim = match disk.way() {
        Way::Mounted => Victim::on(&url),
        Way::Limited => Victim::that_survives_limits(&url),
    };
    let crowd = Crowd::new(field, dice);
    let mut row = Row { times: format!("{} times full", sizes.full_disks), ..Row::default() };
    row.notes.push(format!("{:?} disk of {DISK_MIB} MiB", disk.way()));
    let door = victim.start("");
    crowd.lead_to(&[door]);
    for _ in 0..sizes.full_disks {
        crowd.go(CUSTOMERS, || one_full_disk(&crowd, &disk, &victim, &mut row));
    }
    let target = laatu::store::Target::parse(&url).expect("our own URL");
    let verdict = judge(&field.sown, &crowd.witness.events(), &Stored::read(&target));
    row.add(&crowd.witness, &verdict);
    row.demand(row.unanswered == 0, || "some got no answer".to_owned());
    drop(victim);
    row
}

fn one_full_disk(crowd: &Crowd<'_>, disk: &SmallDisk, victim: &Victim, row: &mut Row) {
    let enough = crowd.witness.acknowledged() + 5;
    wait_for("answers before", || (crowd.witness.acknowledged() >= enough).then_some(()));
    disk.fill(victim.id());
    let enough = crowd.witness.refused() + CUSTOMERS;
    wait_for("refusals while the disk is full", || (crowd.witness.refused() >= enough).then_some(()));
    look(crowd, row);
    let before = crowd.witness.acknowledged();
    disk.free(victim.id());
    let began = Instant::now();
    wait_for("answers after", || (crowd.witness.acknowledged() > before).then_some(()));
    row.healed_after(began.elapsed(), HEAL);
}

/// A customer who only looks is served while nothing can be written.
pub fn look(crowd: &Crowd<'_>, row: &mut Row) {
    let mut wire = Wire::to(crowd.door(0).expect("a door"));
    for link in 0..10 {
        let shown = wire.get(crowd.path(crowd.field().sown.links.len() - 1 - link));
        let status = shown.as_ref().map_or(0, |answer| answer.status);
        row.demand(status == 200, || format!("a look at a form came to {status} meanwhile"));
    }
}
