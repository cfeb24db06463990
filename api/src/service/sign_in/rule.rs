//! Whom an organisation asks for a second step when signing in, and who may change that (ADR 39).

use crate::domain::SecondStepRule;
use crate::service::{Result, invalid};
use crate::store::{AnyConnection, OrgScope, second_steps};

/// Refuses whoever may not set this rule instead of the present one; the caller knows that they may change settings.
///
/// No key may: one that leaked would open what the rule closes. A member who asks it of everybody has a second step
/// themselves. The operator at the command line may set either.
pub fn may_set(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    present: SecondStepRule,
    wanted: SecondStepRule,
) -> Result<()> {
    if !scope.key_id().is_empty() {
        let words = format!(
            "is {present} and changed by no key, but on the settings page, or by laatu org set --second-step"
        );
        return Err(invalid("/second_step", "fixed", words));
    }
    let Some(member) = scope.member_id().filter(|_| wanted == SecondStepRule::Everybody) else {
        return Ok(());
    };
    let own = second_steps::find(connection, scope, member)?;
    if own.is_some_and(|step| step.confirmed_at.is_some()) {
        return Ok(());
    }
    Err(invalid(
        "/second_step",
        "own_first",
        "Switch on your own second step first, then ask it of everybody.",
    ))
}
