//! How often each form was given, within channel and place of a survey's orders.

use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::AnyConnection;
use super::error::{Result, unreadable};
use super::schema::form_balance;

/// Within what forms are balanced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stratum {
    /// Number of the survey.
    pub survey_id: i32,
    /// Code of the orders' channel.
    pub channel: i16,
    /// Number of their place; 0 is none.
    pub place_id: i32,
}

/// How a survey's forms are to be given.
#[derive(Clone, Copy, Debug)]
pub struct Deal {
    /// How many forms there are; the number after the last one stands for everything asked.
    pub forms: i16,
    /// Of a hundred customers, those who are asked everything.
    pub full_share: i16,
    /// Chooses among equally rare forms, so that none goes first by habit.
    pub tie: u64,
}

/// Takes the form that was given least often in a stratum; `forms` itself, the full one, when its share is due.
///
/// Every other form is within one of every other at any time; full ones are never more than their share.
pub fn take(connection: &mut AnyConnection, scope: &OrgScope, stratum: Stratum, deal: Deal) -> Result<i16> {
    let given: Vec<(i16, i64)> = form_balance::table
        .filter(form_balance::org_id.eq(scope.org()))
        .filter(form_balance::survey_id.eq(stratum.survey_id))
        .filter(form_balance::channel.eq(stratum.channel))
        .filter(form_balance::place_id.eq(stratum.place_id))
        .select((form_balance::form, form_balance::invited))
        .load(connection)?;
    let form = choose(&given, deal).ok_or_else(|| unreadable("form balance"))?;
    add(connection, scope, stratum, form, 1)?;
    Ok(form)
}

/// Counts an invitation that got its form elsewhere, or (`n` negative) takes some back.
pub fn add(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    stratum: Stratum,
    form: i16,
    n: i64,
) -> Result<()> {
    let here = form_balance::table
        .filter(form_balance::org_id.eq(scope.org()))
        .filter(form_balance::survey_id.eq(stratum.survey_id))
        .filter(form_balance::channel.eq(stratum.channel))
        .filter(form_balance::place_id.eq(stratum.place_id))
        .filter(form_balance::form.eq(form));
    let changed =
        diesel::update(here).set(form_balance::invited.eq(form_balance::invited + n)).execute(connection)?;
    if changed == 0 {
        diesel::insert_into(form_balance::table)
            .values((
                form_balance::org_id.eq(scope.org()),
                form_balance::survey_id.eq(stratum.survey_id),
                form_balance::channel.eq(stratum.channel),
                form_balance::place_id.eq(stratum.place_id),
                form_balance::form.eq(form),
                form_balance::invited.eq(n),
            ))
            .execute(connection)?;
    }
    Ok(())
}

fn choose(given: &[(i16, i64)], deal: Deal) -> Option<i16> {
    let of = |form: i16| given.iter().find(|(other, _)| *other == form).map_or(0, |(_, n)| *n);
    let all: i64 = given.iter().map(|(_, n)| *n).sum();
    let due = all.saturating_add(1).saturating_mul(i64::from(deal.full_share)) / 100;
    if of(deal.forms) < due {
        return Some(deal.forms);
    }
    let least = (0..deal.forms).map(of).min()?;
    let equals: Vec<i16> = (0..deal.forms).filter(|form| of(*form) == least).collect();
    let at = usize::try_from(deal.tie.checked_rem(equals.len() as u64)?).ok()?;
    equals.get(at).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Deals `n` times; how often each form was taken.
    fn dealt(n: u64, forms: i16, full_share: i16) -> Vec<(i16, i64)> {
        let mut given: Vec<(i16, i64)> = Vec::new();
        for tie in 0..n {
            let form = choose(&given, Deal { forms, full_share, tie: tie * 7919 }).unwrap();
            match given.iter_mut().find(|(other, _)| *other == form) {
                Some((_, n)) => *n += 1,
                None => given.push((form, 1)),
            }
            let count = |form| given.iter().find(|(other, _)| *other == form).map_or(0, |(_, n)| *n);
            let counts: Vec<i64> = (0..forms).map(count).collect();
            assert!(counts.iter().max().unwrap() - counts.iter().min().unwrap() <= 1);
        }
        given
    }

    #[test]
    fn each_form_is_within_one_of_the_others_and_full_ones_have_their_share() {
        for (share, full) in [(0, 0), (10, 1_000), (33, 3_300), (100, 10_000)] {
            let given = dealt(10_000, 13, share);
            let of_full = given.iter().find(|(form, _)| *form == 13).map_or(0, |(_, n)| *n);
            assert_eq!(of_full, full, "{share}");
            assert_eq!(given.iter().map(|(_, n)| n).sum::<i64>(), 10_000);
        }
        assert_eq!(dealt(100, 1, 25), [(0, 75), (1, 25)]);
    }
}
