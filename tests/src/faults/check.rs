//! `laatu check` beside a running victim: everything derived from raw answers equals a recount.

use super::victim::Victim;

/// Runs `laatu check` on the victim's database; stops with its words when it finds something.
pub fn check(victim: &Victim) {
    victim.desk().run(&["check", "--database-url", victim.database_url()]).expect(0);
}
