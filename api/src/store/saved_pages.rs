//! Pages of a form as they were posted: append-only, the newest revision of a page counts.

use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::AnyConnection;
use super::error::Result;
use super::schema::saved_page;
use crate::domain::{Id, Micros};

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
}

/// The newest revision of each posted page, by page.
pub fn newest(connection: &mut AnyConnection, scope: &OrgScope, invitation_id: Id) -> Result<Vec<SavedPage>> {
    type Columns = (i16, i16, bool, String, Vec<u8>, String);
    let rows: Vec<Columns> = saved_page::table
        .filter(saved_page::org_id.eq(scope.org()))
        .filter(saved_page::invitation_id.eq(invitation_id.to_vec()))
        .select((
            saved_page::page,
            saved_page::revision,
            saved_page::passed,
            saved_page::language,
            saved_page::answers,
            saved_page::comment,
        ))
        .order((saved_page::page, saved_page::revision))
        .load(connection)?;
    let mut pages: Vec<SavedPage> = Vec::new();
    for (page, revision, passed, language, answers, comment) in rows {
        // A page that was passed once stays passed.
        let passed = passed || pages.last().is_some_and(|last| last.page == page && last.passed);
        pages.retain(|one| one.page != page);
        pages.push(SavedPage { page, revision, passed, language, answers, comment });
    }
    Ok(pages)
}

/// Appends a posting.
pub fn insert(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    invitation_id: Id,
    page: &SavedPage,
    now: Micros,
) -> Result<()> {
    diesel::insert_into(saved_page::table)
        .values((
            saved_page::org_id.eq(scope.org()),
            saved_page::invitation_id.eq(invitation_id.to_vec()),
            saved_page::page.eq(page.page),
            saved_page::revision.eq(page.revision),
            saved_page::passed.eq(page.passed),
            saved_page::language.eq(&page.language),
            saved_page::answers.eq(&page.answers),
            saved_page::comment.eq(&page.comment),
            saved_page::saved_at.eq(now.0),
        ))
        .execute(connection)?;
    Ok(())
}
