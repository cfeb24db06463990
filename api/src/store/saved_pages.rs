//! Pages of a form as they were posted: append-only, the newest revision of a page counts.

use std::collections::{BTreeMap, BTreeSet};

use diesel::dsl::count_star;
use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::{AnyConnection, each_backend};
use super::error::{Result, unreadable};
use super::schema::saved_page;
use crate::domain::{Id, Micros};

/// How many rows one statement inserts on PostgreSQL.
const ROWS_A_STATEMENT: usize = 512;

/// One posting of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedPage {
    /// Number of the page, from 1.
    pub page: i16,
    /// Revision of the page, from 1.
    pub revision: i16,
    /// Whether the customer went on from it (and did not only switch the language or go back).
    pub passed: bool,
    /// Language in which it was posted.
    pub language: String,
    /// One byte an item of the page, in the page's order.
    pub answers: Vec<u8>,
    /// The comment, if the page has one.
    pub comment: String,
    /// What of this posting looks like a program, as bits.
    pub marks: i16,
    /// When it was posted.
    pub saved_at: Micros,
}

/// The newest revision of each posted page, by page.
pub fn newest(connection: &mut AnyConnection, scope: &OrgScope, invitation_id: Id) -> Result<Vec<SavedPage>> {
    type Columns = (i16, i16, bool, String, Vec<u8>, String, i16, i64);
    let newest = saved_page::table
        .filter(saved_page::org_id.eq(scope.org()))
        .filter(saved_page::invitation_id.eq(invitation_id.to_vec()))
        .select((
            saved_page::page,
            saved_page::revision,
            saved_page::passed,
            saved_page::language,
            saved_page::answers,
            saved_page::comment,
            saved_page::marks,
            saved_page::saved_at,
        ))
        .order((saved_page::page, saved_page::revision));
    // Through the one backend or the other a query is known by its type, and its text is not built at each page.
    let rows: Vec<Columns> = each_backend!(connection, inner => newest.load(inner))?;
    let mut pages: Vec<SavedPage> = Vec::new();
    for (page, revision, passed, language, answers, comment, marks, saved_at) in rows {
        let before = pages.last().filter(|last| last.page == page);
        // A page that was passed once stays passed, and what one posting looked like stays with it.
        let passed = passed || before.is_some_and(|before| before.passed);
        let marks = marks | before.map_or(0, |before| before.marks);
        let saved_at = Micros(saved_at);
        pages.retain(|one| one.page != page);
        pages.push(SavedPage { page, revision, passed, language, answers, comment, marks, saved_at });
    }
    Ok(pages)
}

/// Appends postings; tells of each whether it is new: its page had no such revision yet.
pub fn insert_new(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    new: &[(Id, &SavedPage, Micros)],
) -> Result<Vec<bool>> {
    let rows: Vec<Row<'_>> = new.iter().map(|(id, page, at)| Row::write(scope, *id, page, *at)).collect();
    match connection {
        AnyConnection::Sqlite(inner) => {
            let one = |row: &Row<'_>| {
                let insert = diesel::insert_into(saved_page::table).values(row).on_conflict_do_nothing();
                Ok(insert.execute(inner)? > 0)
            };
            rows.iter().map(one).collect()
        }
        AnyConnection::Postgres(inner) => {
            let mut inserted = BTreeSet::new();
            for rows in rows.chunks(ROWS_A_STATEMENT) {
                let keys: Vec<(Vec<u8>, i16)> = diesel::insert_into(saved_page::table)
                    .values(rows)
                    .on_conflict_do_nothing()
                    .returning((saved_page::invitation_id, saved_page::page))
                    .get_results(inner)?;
                inserted.extend(keys);
            }
            Ok(rows.iter().map(|row| inserted.contains(&(row.invitation_id.clone(), row.page))).collect())
        }
    }
}

/// How often pages of some forms were posted; a form without a posting is left out.
pub(super) fn postings(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    invitation_ids: &[Id],
) -> Result<BTreeMap<Id, i64>> {
    let here = || saved_page::table.filter(saved_page::org_id.eq(scope.org()));
    match connection {
        AnyConnection::Sqlite(inner) => {
            let count = |id: &Id| {
                let of_form = here().filter(saved_page::invitation_id.eq(id.to_vec()));
                Ok((*id, of_form.count().get_result(inner)?))
            };
            invitation_ids.iter().map(count).collect()
        }
        AnyConnection::Postgres(inner) => {
            let ids = invitation_ids.iter().map(|id| id.to_vec());
            let counts: Vec<(Vec<u8>, i64)> = here()
                .filter(saved_page::invitation_id.eq_any(ids))
                .group_by(saved_page::invitation_id)
                .select((saved_page::invitation_id, count_star()))
                .load(inner)?;
            let read = |(bytes, count): (Vec<u8>, i64)| {
                Ok((Id::from_bytes(&bytes).ok_or_else(|| unreadable("id"))?, count))
            };
            counts.into_iter().map(read).collect()
        }
    }
}

/// Takes back a posting of the transaction that is open: it was overtaken.
pub(super) fn take_back(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    invitation_id: Id,
    page: &SavedPage,
) -> Result<()> {
    let here = saved_page::table
        .filter(saved_page::org_id.eq(scope.org()))
        .filter(saved_page::invitation_id.eq(invitation_id.to_vec()))
        .filter(saved_page::page.eq(page.page))
        .filter(saved_page::revision.eq(page.revision));
    diesel::delete(here).execute(connection)?;
    Ok(())
}

#[derive(Insertable)]
#[diesel(table_name = saved_page)]
struct Row<'a> {
    org_id: i32,
    invitation_id: Vec<u8>,
    page: i16,
    revision: i16,
    passed: bool,
    language: &'a str,
    answers: &'a [u8],
    comment: &'a str,
    saved_at: i64,
    marks: i16,
}

impl<'a> Row<'a> {
    fn write(scope: &OrgScope, invitation_id: Id, page: &'a SavedPage, at: Micros) -> Self {
        Self {
            org_id: scope.org(),
            invitation_id: invitation_id.to_vec(),
            page: page.page,
            revision: page.revision,
            passed: page.passed,
            language: &page.language,
            answers: &page.answers,
            comment: &page.comment,
            saved_at: at.0,
            marks: page.marks,
        }
    }
}
