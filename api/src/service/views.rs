//! Views of the dashboard that a member keeps: a page, its period and its filters, under a name. A view holds no figure: who
//! opens it sees what they may see.

use super::{Error, Result, Services, invalid, report_mails};
use crate::domain::Id;
use crate::domain::reader::is_unsafe;
use crate::store::saved_views::{self, SavedView};
use crate::store::surveys;
use crate::store::{AnyConnection, OrgScope};

/// Most views that one member keeps.
const MOST: i64 = 100;
/// Most characters of a name.
const LONGEST_NAME: usize = 80;
/// Most characters of what leads to a period and filters.
const LONGEST_QUERY: usize = 1_000;

/// What is to be kept.
#[derive(Clone, Debug, Default)]
pub struct NewView {
    /// The key of the survey.
    pub survey: String,
    /// Its name.
    pub name: String,
    /// The end of the page's address; the caller knows the pages.
    pub page: String,
    /// What leads to the same period and filters, as the pages write it.
    pub query: String,
    /// Whether all who read reports see it.
    pub shared: bool,
}

/// Keeps a view for the member who is signed in.
pub fn keep(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    new: NewView,
) -> Result<()> {
    let member_id = scope.member_id().ok_or(Error::NotFound("member"))?;
    let survey = surveys::find(connection, scope, &new.survey)?.ok_or(Error::NotFound("survey"))?;
    let name = new.name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(is_unsafe) {
        return Err(invalid(
            "name",
            "invalid",
            format!("A view needs a name of 1 to {LONGEST_NAME} characters"),
        ));
    }
    if new.query.chars().count() > LONGEST_QUERY {
        return Err(invalid("query", "too_long", "The address of this view is too long to be kept"));
    }
    if saved_views::count_of(connection, scope, member_id)? >= MOST {
        return Err(invalid("name", "too_many", format!("You keep {MOST} views already; delete one first")));
    }
    let view = SavedView {
        id: services.new_id(),
        member_id,
        owner: String::new(),
        survey: survey.key,
        name: name.to_owned(),
        page: new.page,
        query: new.query,
        shared: new.shared,
    };
    Ok(saved_views::insert(connection, scope, &view, survey.id, services.now())?)
}

/// The views that the member who is signed in sees.
pub fn list(connection: &mut AnyConnection, scope: &OrgScope) -> Result<Vec<SavedView>> {
    let member_id = scope.member_id().ok_or(Error::NotFound("member"))?;
    Ok(saved_views::seen_by(connection, scope, member_id)?)
}

/// Forgets a view of the member who is signed in, nobody else's, and ends what is mailed of it.
pub fn delete(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    view_id: Id,
) -> Result<()> {
    let member_id = scope.member_id().ok_or(Error::NotFound("member"))?;
    if saved_views::delete(connection, scope, member_id, view_id)? {
        return report_mails::end_of_view(services, connection, scope, view_id);
    }
    Err(Error::NotFound("view"))
}
