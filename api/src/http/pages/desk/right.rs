//! The rights that a page or a form of the dashboard can need, each a type that its handler names.

use super::shell::{self, Told};
use crate::domain::Role;

/// A right that some members have at the dashboard.
pub trait Right: 'static {
    /// Whether it is had before the second step that the organisation asks for is set up.
    const BEFORE_SECOND_STEP: bool = false;

    /// What somebody of a role without it is told; none for who has it.
    fn refusal(role: Role) -> Option<&'static Told>;
}

/// To see to one's own second step, and to leave: everybody has it, whatever they still owe.
pub struct SeeToOneself;
impl Right for SeeToOneself {
    const BEFORE_SECOND_STEP: bool = true;

    fn refusal(_: Role) -> Option<&'static Told> {
        None
    }
}

/// To be signed in as the organisation asks: everybody has it then.
pub struct BeThere;
impl Right for BeThere {
    fn refusal(_: Role) -> Option<&'static Told> {
        None
    }
}

/// To read reports and lists, as over the API.
pub struct Read;
impl Right for Read {
    fn refusal(role: Role) -> Option<&'static Told> {
        (!role.reads_reports()).then_some(&shell::NO_PAGES)
    }
}

/// To write on trends, as over the API.
pub struct Annotate;
impl Right for Annotate {
    fn refusal(role: Role) -> Option<&'static Told> {
        let has_it = matches!(role, Role::Owner | Role::Admin | Role::Analyst);
        Read::refusal(role).or_else(|| (!has_it).then_some(&shell::NOT_YOURS))
    }
}

/// To make, start and pause surveys, and to change what the organisation has set, as over the API.
pub struct Manage;
impl Right for Manage {
    fn refusal(role: Role) -> Option<&'static Told> {
        let has_it = matches!(role, Role::Owner | Role::Admin);
        Read::refusal(role).or_else(|| (!has_it).then_some(&shell::NOT_YOURS))
    }
}

/// To invite colleagues.
pub struct Invite;
impl Right for Invite {
    fn refusal(role: Role) -> Option<&'static Told> {
        Read::refusal(role).or_else(|| (role != Role::Owner).then_some(&shell::NOT_YOURS))
    }
}
