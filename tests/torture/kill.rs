//! SIGKILL, at random moments and at fail points: what was acknowledged is there, and stands once.

use laatu_tests::Kind;
use laatu_tests::faults::chance::Dice;
use laatu_tests::faults::check::check;
use laatu_tests::faults::judge::{Verdict, judge};
use laatu_tests::faults::stored::Stored;
use laatu_tests::faults::table::Row;
use laatu_tests::faults::{Crowd, Field, Victim};
use laatu_tests::wait::wait_for;

use crate::ground::Ground;

/// Kills that one copy of the field goes through before the whole of it is checked.
const KILLS_A_COPY: u32 = 50;
/// Places between the beginning of a write and its reply at which a build with fail points ends.
const POINTS: [&str; 5] = ["write-begun", "write-done", "before-commit", "after-commit", "before-reply"];

/// How the service ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    Randomly,
    AtPoints,
}

/// Kills at random moments under 8 to 32 customers.
pub fn at_random(ground: &mut Ground, kind: Kind, kills: u32) -> Row {
    kill(ground, kind, kills, How::Randomly)
}

/// Kills at each fail point in turn.
pub fn at_fail_points(ground: &mut Ground, kind: Kind, kills: u32) -> Row {
    kill(ground, kind, kills, How::AtPoints)
}

fn kill(ground: &mut Ground, kind: Kind, kills: u32, how: How) -> Row {
    let dice = Dice::new(ground.dice.seed());
    let field = ground.field(kind);
    let mut row = Row::default();
    let mut done = 0;
    while done < kills && row.failures.is_empty() {
        done += life(field, (kills - done).min(KILLS_A_COPY), how, &dice, &mut row);
    }
    row.times = format!("{done} kills");
    row
}

/// One copy of the field, killed so many times, then answered in peace and checked as a whole; the kills that counted.
fn life(field: &Field, kills: u32, how: How, dice: &Dice, row: &mut Row) -> u32 {
    let database = field.copy();
    let crowd = Crowd::new(field, Dice::new(dice.seed()));
    let mut victim = match how {
        How::Randomly => Victim::on(database.url()),
        How::AtPoints => Victim::with_fail_points(database.url()),
    };
    let mut verdict = Verdict::default();
    let mut killed = 0;
    while killed < kills && verdict.is_clean() {
        let points = if how == How::AtPoints { armed(dice) } else { String::new() };
        crowd.lead_to(&[victim.start(&points)]);
        verdict = judge(&field.sown, &crowd.witness.events(), &Stored::read(&database.target()));
        let before = crowd.witness.acknowledged();
        crowd.go(dice.between(8, 32), || match how {
            How::Randomly => kill_randomly(&crowd, &mut victim, dice),
            How::AtPoints => victim.wait_for_its_end(),
        });
        // A kill before the first acknowledgement proves nothing and is not counted.
        if crowd.witness.acknowledged() > before {
            killed += 1;
        }
    }
    crowd.lead_to(&[victim.start("")]);
    if verdict.is_clean() {
        verdict = judge(&field.sown, &crowd.witness.events(), &Stored::read(&database.target()));
        answer_in_peace(&crowd);
        if verdict.is_clean() {
            verdict = judge(&field.sown, &crowd.witness.events(), &Stored::read(&database.target()));
        }
    }
    check(&victim);
    row.add(&crowd.witness, &verdict);
    killed
}

/// A fail point that ends the process the fourth to thirtieth time that it is passed: a group of pages passes once.
fn armed(dice: &Dice) -> String {
    let point = POINTS[usize::try_from(dice.below(5)).expect("a small number")];
    format!("{point}={}*off->return", dice.between(4, 30))
}

fn kill_randomly(crowd: &Crowd<'_>, victim: &mut Victim, dice: &Dice) {
    let before = crowd.witness.acknowledged();
    wait_for("the first acknowledgement", || (crowd.witness.acknowledged() > before).then_some(()));
    let more = crowd.witness.acknowledged() + dice.below(30);
    wait_for("some more", || (crowd.witness.acknowledged() >= more).then_some(()));
    // Not only where the wait above happens to look.
    std::thread::park_timeout(std::time::Duration::from_micros(dice.below(10_000)));
    victim.kill();
}

/// Lets those in doubt come back, and others go on.
pub fn answer_in_peace(crowd: &Crowd<'_>) {
    let enough = crowd.witness.acknowledged() + 50;
    crowd.go(8, || {
        wait_for("answers in peace", || (crowd.witness.acknowledged() >= enough).then_some(()));
    });
}
