//! What `laatu check` asks of the answers themselves: the order of the log, revisions, codes, who answered what.
//!
//! Nothing of this can be mended by the program: it is told, and the backup is where to look.

use scoring::{Code, Flags, ItemSpec, Layout};

use super::Result;
use super::check::Check;
use crate::domain::{Channel, Micros};
use crate::store::response_log;
use crate::store::responses::{self, Response};
use crate::store::surveys::Survey;
use crate::store::{AnyConnection, OrgScope, checks, erasures, organisations, surveys};

/// Checks the log of one survey; its positions are added to `positions`. Whether its answers can be counted.
pub fn check_survey(
    check: &mut Check<'_>,
    connection: &mut AnyConnection,
    survey: &Survey,
    positions: &mut Vec<i64>,
) -> Result<bool> {
    let layout = check.services.version_of(connection, check.scope, survey)?.layout()?;
    let scope = check.scope;
    let (mut wrong, mut entries, mut is_sound) = (Vec::new(), 0, true);
    checks::log(connection, scope, survey.id, |connection, position, response| {
        entries += 1;
        positions.push(position);
        let uncounted = [
            ("answers", wrong_answers(&layout, response)),
            ("log", wrong_revision(connection, scope, position, response)?),
        ];
        is_sound &= uncounted.iter().all(|(_, what)| what.is_none());
        let strange = Channel::from_code(response.channel).is_none() && response.channel != 0;
        let strange = strange.then(|| format!("channel {} is not known", response.channel));
        for (kind, what) in uncounted.into_iter().chain([("answers", strange)]) {
            let what =
                what.map(|what| format!("response {}, revision {}: {what}", response.id, response.revision));
            wrong.extend(what.map(|what| (kind, what)));
        }
        Ok(())
    })?;
    check.found.entries += entries;
    for (kind, what) in wrong {
        check.note(Some(survey), kind, what);
    }
    check_people(check, connection, survey)?;
    Ok(is_sound)
}

/// Whether a revision does not follow the one before it; scans look that one up.
fn wrong_revision(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    position: i64,
    response: &Response,
) -> crate::store::Result<Option<String>> {
    if response.revision < 1 {
        return Ok(Some("revisions begin with 1".to_owned()));
    }
    if response.revision == 1 {
        return Ok(None);
    }
    let before = responses::newest_up_to(connection, scope, response.id, position - 1)?;
    let follows = |before: &Response| {
        before.revision == response.revision - 1 && before.survey_id == response.survey_id
    };
    let what = "the revision before it is not before it in the log of the survey";
    Ok((!before.as_ref().is_some_and(follows)).then(|| what.to_owned()))
}

/// What is wrong with packed answers and flags: a byte that is no code of its item, a flag that is none.
fn wrong_answers(layout: &Layout, response: &Response) -> Option<String> {
    let items = layout.items();
    if u8::try_from(response.quality_flag).ok().and_then(Flags::from_bits).is_none() {
        return Some(format!("flags {} are none", response.quality_flag));
    }
    if response.answers.len() != items.len() {
        return Some(format!("{} answers for {} items", response.answers.len(), items.len()));
    }
    let fits = |(item, byte): (&ItemSpec, &u8)| {
        Code::from_byte(*byte).is_some_and(|code| !code.is_answer() || code.raw(item.scale).is_some())
    };
    let at = items.iter().zip(&response.answers).position(|pair| !fits(pair))?;
    let (item, byte) = (items.get(at)?, response.answers.get(at)?);
    Some(format!("the answer {byte} to {} is no code of its scale", item.key))
}

/// Who answered: firsts of a year, and invitations and responses that belong together.
fn check_people(check: &mut Check<'_>, connection: &mut AnyConnection, survey: &Survey) -> Result<()> {
    let zone = organisations::get(connection, check.scope)?.zone();
    for (customer, instants) in checks::repeated_firsts(connection, check.scope, survey.id)? {
        let years = instants.iter().map(|at| zone.to_datetime(Micros(*at).timestamp()).year());
        let mut years: Vec<i16> = years.collect();
        let all = years.len();
        years.sort_unstable();
        years.dedup();
        if years.len() < all {
            check.note(Some(survey), "answers", format!("customer {customer} is the first of a year twice"));
        }
    }
    for id in checks::answered_without_response(connection, check.scope, survey.id)? {
        check.note(Some(survey), "invitations", format!("invitation {id} is answered and has no response"));
    }
    for id in checks::response_without_answered(connection, check.scope, survey.id)? {
        check.note(Some(survey), "invitations", format!("response {id} has no invitation that is answered"));
    }
    for (form, counted, having) in checks::balance(connection, check.scope, survey.id)? {
        if counted != having {
            let what = format!("form {form} was counted for {counted} invitations and {having} have it");
            check.note(Some(survey), "invitations", what);
        }
    }
    Ok(())
}

/// Checks what the surveys of an organisation share: positions of the log, and comments.
pub fn check_organisation(
    check: &mut Check<'_>,
    connection: &mut AnyConnection,
    mut positions: Vec<i64>,
) -> Result<()> {
    let last = response_log::last_position(connection, check.scope)?;
    positions.extend(erased_positions(check, connection)?);
    positions.sort_unstable();
    let mut next = 1;
    for position in positions {
        if position < next {
            let what = if position < 1 { "is before the first" } else { "stands twice" };
            check.note(None, "log", format!("position {position} {what}"));
            continue;
        }
        if position > last {
            check.note(None, "log", format!("position {position} is beyond the last one, {last}"));
        }
        note_gap(check, next, position);
        next = position + 1;
    }
    note_gap(check, next, last + 1);
    let strays = checks::stray_comments(connection, check.scope)?;
    if strays > 0 {
        check.note(None, "answers", format!("{strays} comments belong to no response"));
    }
    Ok(())
}

/// The positions of erasures, and those at which erased answers stood; what does not fit of them is noted.
fn erased_positions(check: &mut Check<'_>, connection: &mut AnyConnection) -> Result<Vec<i64>> {
    let mut positions = erasures::positions(connection, check.scope)?;
    for survey in surveys::all(connection, check.scope)? {
        let entries = erasures::entries(connection, check.scope, survey.id)?;
        for entry in
            entries.iter().filter(|entry| entry.position >= entry.erased || entry.corrects >= entry.position)
        {
            let what = format!("position {} was erased or corrected before it was there", entry.position);
            check.note(Some(&survey), "log", what);
        }
        positions.extend(entries.into_iter().map(|entry| entry.position));
    }
    Ok(positions)
}

/// Notes positions that no entry has, from the first to before the second.
fn note_gap(check: &mut Check<'_>, from: i64, before: i64) {
    if from + 1 == before {
        check.note(None, "log", format!("position {from} has no entry"));
    } else if from < before {
        check.note(None, "log", format!("positions {from} to {} have no entries", before - 1));
    }
}
