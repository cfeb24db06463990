//! Posted pages as the writer takes them: many in one transaction, each judged by itself.
//!
//! What a page comes to is worked out before, from what could be read then. Here is only decided whether that still
//! holds (nobody else posted meanwhile, the link has not run out), and if so it is written. `writer` groups
//! submissions and commits them; use cases make them.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::AnyConnection;
use super::error::{Result, unreadable};
use super::openings::{self, Opening};
use super::responses::{self, Response};
use super::saved_pages::{self, SavedPage};
use super::schema::invitation;
use super::webhook_messages::{self, Message};
use super::{invitations, jobs};
use crate::domain::{Id, InvitationState, JobKind, Micros};

/// What one posted page changes.
#[derive(Clone, Debug)]
pub struct Submission {
    /// Whose customer posted it.
    pub scope: OrgScope,
    /// The invitation it belongs to.
    pub invitation_id: Id,
    /// What has to be there before it, when it is the first page posted by an open link.
    pub opening: Option<Box<Opening>>,
    /// The invitation as it was read.
    pub seen: Seen,
    /// What becomes of the invitation.
    pub becomes: Becomes,
    /// The page, when it differs from what is saved.
    pub page: Option<SavedPage>,
    /// How many postings of pages the form has with this one: a response is made of all of them.
    pub postings: i64,
    /// The response, when the form is finished or corrected by it.
    pub response: Option<NewResponse>,
    /// What is told to the organisation's endpoints when it is written.
    pub events: Vec<Message>,
    /// When it was posted.
    pub at: Micros,
}

/// An invitation as far as a posted page rests on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seen {
    /// How far it had come.
    pub state: InvitationState,
    /// Whether the form was finished.
    pub answered: bool,
}

/// What becomes of an invitation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Becomes {
    /// How far it has come.
    pub state: InvitationState,
    /// The language that the customer reads now.
    pub language: String,
    /// This is the first page that was posted.
    pub starts: bool,
    /// This finishes the form.
    pub finishes: bool,
}

/// A response to append.
#[derive(Clone, Debug)]
pub struct NewResponse {
    /// The response; of a first revision it is decided at writing whether it is its customer's first of the year.
    pub response: Response,
    /// The comment; empty for none.
    pub words: String,
    /// Who answered.
    pub customer_id: Id,
    /// The year in which it is answered, in microseconds: from, to.
    pub year: (i64, i64),
}

/// What became of a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is written.
    Stored,
    /// What it rests on has changed meanwhile; nothing of it is written.
    Overtaken,
}

/// Writes submissions of one organisation in the transaction that is open.
///
/// An error leaves the transaction to be undone; it may be the fault of one submission only.
pub fn write(connection: &mut AnyConnection, scope: &OrgScope, batch: &[&Submission]) -> Result<Vec<Taken>> {
    let mut under_way = UnderWay { scope, batch, taken: one_an_invitation(batch) };
    under_way.open(connection)?;
    let saved = under_way.save_pages(connection)?;
    under_way.change_invitations(connection)?;
    under_way.refuse_late_corrections(connection)?;
    under_way.refuse_half(connection)?;
    under_way.take_back(connection, &saved)?;
    under_way.append_responses(connection)?;
    Ok(under_way.taken)
}

/// Of several postings to one form at the same moment the first is taken; the others look again.
fn one_an_invitation(batch: &[&Submission]) -> Vec<Taken> {
    let mut seen = BTreeSet::new();
    let first = |one: &&Submission| seen.insert(one.invitation_id);
    batch.iter().map(first).map(|is_first| if is_first { Taken::Stored } else { Taken::Overtaken }).collect()
}

struct UnderWay<'a> {
    scope: &'a OrgScope,
    batch: &'a [&'a Submission],
    taken: Vec<Taken>,
}

impl<'a> UnderWay<'a> {
    /// Those that still stand, by their places.
    fn standing(&self) -> impl Iterator<Item = (usize, &'a Submission)> {
        let standing = self.taken.iter().map(|taken| *taken == Taken::Stored).collect::<Vec<_>>();
        self.batch.iter().copied().enumerate().zip(standing).filter(|(_, stands)| *stands).map(|(one, _)| one)
    }

    fn overtake(&mut self, place: usize) {
        if let Some(taken) = self.taken.get_mut(place) {
            *taken = Taken::Overtaken;
        }
    }

    /// Makes what the first pages of open links need; who comes second with the same ticket is overtaken.
    fn open(&mut self, connection: &mut AnyConnection) -> Result<()> {
        let with_opening =
            self.standing().filter_map(|(place, one)| Some((place, one.opening.as_deref()?, one.at)));
        let mut with_opening: Vec<(usize, &Opening, Micros)> = with_opening.collect();
        // In one order everywhere, so that two nodes with the same tickets do not wait for each other in a circle.
        with_opening.sort_unstable_by_key(|(_, opening, _)| opening.invitation.id);
        for (place, opening, at) in with_opening {
            if !openings::insert(connection, self.scope, opening, at)? {
                self.overtake(place);
            }
        }
        Ok(())
    }

    /// Saves the pages; those of a revision that is there already are overtaken. The places of the saved ones.
    fn save_pages(&mut self, connection: &mut AnyConnection) -> Result<Vec<usize>> {
        let with_page: Vec<(usize, Id, &SavedPage, Micros)> = self
            .standing()
            .filter_map(|(place, one)| Some((place, one.invitation_id, one.page.as_ref()?, one.at)))
            .collect();
        let rows: Vec<(Id, &SavedPage, Micros)> =
            with_page.iter().map(|(_, id, page, at)| (*id, *page, *at)).collect();
        let inserted = saved_pages::insert_new(connection, self.scope, &rows)?;
        let mut saved = Vec::new();
        for ((place, ..), is_new) in with_page.into_iter().zip(inserted) {
            if is_new { saved.push(place) } else { self.overtake(place) }
        }
        Ok(saved)
    }

    /// Changes the invitations that are as they were read. Each is written to, also when nothing changes: whoever
    /// else works on it at the same moment, a job that ends it, say, has to begin anew.
    fn change_invitations(&mut self, connection: &mut AnyConnection) -> Result<()> {
        let Some(at) = self.standing().map(|(_, one)| one.at).max() else { return Ok(()) };
        let mut alike: BTreeMap<(Seen, &Becomes), Vec<(usize, Id)>> = BTreeMap::new();
        for (place, one) in self.standing() {
            alike.entry((one.seen, &one.becomes)).or_default().push((place, one.invitation_id));
        }
        for ((seen, becomes), members) in alike {
            let ids: Vec<Id> = members.iter().map(|(_, id)| *id).collect();
            let changed = invitations::change_seen(connection, self.scope, &ids, seen, becomes, at)?;
            for (place, _) in members.iter().filter(|(_, id)| !changed.contains(id)) {
                self.overtake(*place);
            }
        }
        Ok(())
    }

    /// A correction must be of the newest revision.
    fn refuse_late_corrections(&mut self, connection: &mut AnyConnection) -> Result<()> {
        let corrections: Vec<(usize, Id, i16)> = self
            .standing()
            .filter_map(|(place, one)| Some((place, &one.response.as_ref()?.response)))
            .filter(|(_, response)| response.revision > 1)
            .map(|(place, response)| (place, response.id, response.revision))
            .collect();
        for (place, id, revision) in corrections {
            if responses::newest_revision(connection, self.scope, id)? != Some(revision - 1) {
                self.overtake(place);
            }
        }
        Ok(())
    }

    /// A response must be made of all pages that were posted by now: one that came in between would be lost.
    fn refuse_half(&mut self, connection: &mut AnyConnection) -> Result<()> {
        let of_responses: Vec<(usize, Id, i64)> = self
            .standing()
            .filter(|(_, one)| one.response.is_some())
            .map(|(place, one)| (place, one.invitation_id, one.postings))
            .collect();
        let ids: Vec<Id> = of_responses.iter().map(|(_, id, _)| *id).collect();
        let there = saved_pages::postings(connection, self.scope, &ids)?;
        for (place, id, postings) in of_responses {
            if there.get(&id).copied().unwrap_or(0) != postings {
                self.overtake(place);
            }
        }
        Ok(())
    }

    /// Takes back the pages of those that were overtaken after their page was saved.
    fn take_back(&self, connection: &mut AnyConnection, saved: &[usize]) -> Result<()> {
        for place in saved {
            let (Some(one), Some(Taken::Overtaken)) = (self.batch.get(*place), self.taken.get(*place)) else {
                continue;
            };
            let page = one.page.as_ref().ok_or_else(|| unreadable("page"))?;
            saved_pages::take_back(connection, self.scope, one.invitation_id, page)?;
        }
        Ok(())
    }

    fn append_responses(&self, connection: &mut AnyConnection) -> Result<()> {
        let new: Vec<&NewResponse> = self.standing().filter_map(|(_, one)| one.response.as_ref()).collect();
        append(connection, self.scope, &new)?;
        let events: Vec<&Message> = self.standing().flat_map(|(_, one)| &one.events).collect();
        webhook_messages::emit(connection, self.scope, &events)?;
        let finished = self.standing().filter(|(_, one)| one.becomes.finishes);
        let finished: Vec<Id> = finished.map(|(_, one)| one.invitation_id).collect();
        jobs::cancel_all(connection, self.scope, JobKind::ExpireInvitation, &finished)
    }
}

/// Appends responses with their comments; a first revision is flagged when it is its customer's first of the year.
pub fn append(connection: &mut AnyConnection, scope: &OrgScope, new: &[&NewResponse]) -> Result<()> {
    if new.is_empty() {
        return Ok(());
    }
    // The log is taken first: with several nodes, too, nobody's answer comes between the question who is the first
    // of a year and its answer.
    let first = responses::take_positions(connection, scope, new.len())?;
    let mut met = BTreeSet::new();
    let mut rows = Vec::with_capacity(new.len());
    for one in new {
        let mut response = one.response.clone();
        if response.revision == 1 {
            let (customer, survey) = (one.customer_id, response.survey_id);
            response.first_of_year = met.insert((customer, survey, one.year.0))
                && !responses::answered_before(connection, scope, customer, survey, one.year)?;
        }
        rows.push((response, one.words.as_str()));
    }
    let rows: Vec<(&Response, &str)> = rows.iter().map(|(response, words)| (response, *words)).collect();
    responses::append_at(connection, scope, first, &rows)
}

/// An invitation's columns as a posted page changes them; what is none stays.
#[derive(AsChangeset)]
#[diesel(table_name = invitation)]
pub(super) struct Change<'a> {
    pub(super) state: i16,
    pub(super) language: &'a str,
    pub(super) started_at: Option<i64>,
    pub(super) answered_at: Option<i64>,
}

impl<'a> Change<'a> {
    pub(super) fn of(becomes: &'a Becomes, at: Micros) -> Self {
        Self {
            state: becomes.state.code(),
            language: &becomes.language,
            started_at: becomes.starts.then_some(at.0),
            answered_at: becomes.finishes.then_some(at.0),
        }
    }
}
