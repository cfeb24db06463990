//! `laatu check` beside a running victim: everything derived from raw answers equals a recount.

use super::victim::Victim;

/// What the check came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    /// It ended with 0.
    Clean,
    /// This build has no such command.
    NotBuilt,
}

/// Runs `laatu check` on the victim's database; stops with its words when it finds something.
pub fn check(victim: &Victim) -> Checked {
    // These three lines are to be deleted once the command is there: then a build without it fails.
    if victim.desk().run(&["check", "--help"]).code != Some(0) {
        return Checked::NotBuilt;
    }
    victim.desk().run(&["check", "--database-url", victim.database_url()]).expect(0);
    Checked::Clean
}
