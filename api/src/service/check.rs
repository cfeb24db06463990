//! `laatu check`: everything derived counted once more from the answers and compared exactly; what can be made anew
//! is mended on request. Answers are never touched.

use serde::Serialize;

use super::cells::{fold, recount};
use super::check_log::{check_organisation, check_survey};
use super::once::{in_read, in_transaction};
use super::{Error, Result, Services, frames};
use crate::store::surveys::Survey;
use crate::store::{AnyConnection, OrgScope, cells, checks, frame_counts, surveys};

/// One thing that does not fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Short name of the organisation; none when it is about the whole database.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// Key of the survey, where it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub survey: Option<String>,
    /// Of which kind: `database`, `log`, `answers`, `invitations`, `cells` or `frames`.
    pub kind: &'static str,
    /// What does not fit, in words.
    pub what: String,
}

/// The kinds of difference that a repair mends.
pub const CELLS: &str = "cells";
/// Those of the stored counts of invitations.
pub const FRAMES: &str = "frames";

/// What a check came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// Organisations that were looked at.
    pub organisations: u64,
    /// Surveys of theirs.
    pub surveys: u64,
    /// Entries of their logs.
    pub entries: u64,
    /// Stored rows of counts of answers.
    pub cells: u64,
    /// Stored rows of counts of invitations.
    pub frames: u64,
    /// All that does not fit; empty when everything does.
    pub differences: Vec<Difference>,
}

/// What is looked at, with what was found so far.
pub struct Check<'a> {
    /// The use cases' common parts.
    pub services: &'a Services,
    /// Whose rows.
    pub scope: &'a OrgScope,
    /// The organisation's short name.
    pub slug: &'a str,
    /// What was found.
    pub found: &'a mut Checked,
}

impl Check<'_> {
    /// Notes something that does not fit.
    pub fn note(&mut self, survey: Option<&Survey>, kind: &'static str, what: String) {
        self.found.differences.push(Difference {
            organisation: Some(self.slug.to_owned()),
            survey: survey.map(|survey| survey.key.clone()),
            kind,
            what,
        });
    }
}

/// Checks one organisation, or all of them and the database itself, as they stand at one moment.
pub fn check(services: &Services, slug: Option<&str>) -> Result<Checked> {
    in_read(services, |connection| {
        let mut found = Checked::default();
        if slug.is_none() {
            let damages = checks::integrity(connection)?.into_iter();
            found.differences.extend(damages.map(|what| Difference {
                organisation: None,
                survey: None,
                kind: "database",
                what,
            }));
        }
        for (slug, scope) in organisations(connection, slug)? {
            found.organisations += 1;
            let check = Check { services, scope: &scope, slug: &slug, found: &mut found };
            check_one(check, connection)?;
        }
        Ok(found)
    })
}

fn organisations(connection: &mut AnyConnection, slug: Option<&str>) -> Result<Vec<(String, OrgScope)>> {
    let mut all = checks::organisations(connection)?;
    if let Some(slug) = slug {
        all.retain(|(other, _)| other == slug);
        if all.is_empty() {
            return Err(Error::Conflict(format!("there is no organisation \"{slug}\"")));
        }
    }
    Ok(all)
}

fn check_one(mut check: Check<'_>, connection: &mut AnyConnection) -> Result<()> {
    let surveys = surveys::all(connection, check.scope)?;
    let mut positions = Vec::new();
    for survey in &surveys {
        check.found.surveys += 1;
        let is_sound = check_survey(&mut check, connection, survey, &mut positions)?;
        check_cells(&mut check, connection, survey, is_sound)?;
        check_frames(&mut check, connection, survey)?;
    }
    check_organisation(&mut check, connection, positions)
}

fn check_cells(
    check: &mut Check<'_>,
    connection: &mut AnyConnection,
    survey: &Survey,
    is_sound: bool,
) -> Result<()> {
    if !is_sound {
        check.note(Some(survey), CELLS, "not recounted: the answers themselves cannot be counted".to_owned());
        return Ok(());
    }
    let compared = recount::compare(check.services, connection, check.scope, survey)?;
    check.found.cells += compared.rows;
    for what in compared.differences {
        check.note(Some(survey), CELLS, what);
    }
    Ok(())
}

fn check_frames(check: &mut Check<'_>, connection: &mut AnyConnection, survey: &Survey) -> Result<()> {
    let compared = frames::recount::compare(connection, check.scope, survey.id)?;
    check.found.frames += compared.rows;
    for what in compared.differences {
        check.note(Some(survey), FRAMES, what);
    }
    Ok(())
}

/// Makes the counts of every survey anew that differ by a check; what was done, in words.
pub fn repair(services: &Services, checked: &Checked) -> Result<Vec<String>> {
    let mut told = Vec::new();
    let mut wrong: Vec<(&str, &str, &str)> = checked
        .differences
        .iter()
        .filter(|one| one.kind == CELLS || one.kind == FRAMES)
        .filter_map(|one| Some((one.organisation.as_deref()?, one.survey.as_deref()?, one.kind)))
        .collect();
    wrong.dedup();
    for (slug, key, kind) in wrong {
        let (scope, survey) = in_read(services, |connection| {
            let found = organisations(connection, Some(slug))?.into_iter().next();
            let (_, scope) = found.ok_or(Error::NotFound("organisation"))?;
            let survey = surveys::find(connection, &scope, key)?.ok_or(Error::NotFound("survey"))?;
            Ok((scope, survey))
        })?;
        if kind == FRAMES {
            in_transaction(services, |connection| Ok(frame_counts::reset(connection, &scope, survey.id)?))?;
            frames::fold::fold_survey(services, &scope, survey.id, &|| true)?;
            told.push(format!("{slug}, survey {key}: the invitations were counted anew"));
            continue;
        }
        in_transaction(services, |connection| Ok(cells::reset(connection, &scope, survey.id)?))?;
        let entries = fold::fold_survey(services, &scope, &survey, &|| true)?;
        told.push(format!(
            "{slug}, survey {key}: the cells were made anew from {entries} entries of the log"
        ));
    }
    Ok(told)
}
