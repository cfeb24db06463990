//! A walk along a survey's log with all that is kept for readers without the right to rows but counts: where figures
//! stand, and the past of the moves.

use super::figure::Standing;
use super::past::{LANES, Lane};
use super::steps::{Steps, load};
use crate::service::report_filter::By;
use crate::service::{Error, Result};
use crate::store::cells::{self, Change};
use crate::store::erasures::LogStep;
use crate::store::response_log::{Place, Step};
use crate::store::responses::Response;
use crate::store::{AnyConnection, OrgScope};

/// Steps, and the past by some splits.
#[derive(Clone, Debug)]
pub struct Walk {
    /// Where all figures stand.
    pub steps: Steps,
    /// The past by the levels of each of some splits.
    pub lanes: Vec<Lane>,
}

/// How much of the past is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Past {
    /// Nothing.
    None,
    /// All of it by one split.
    By(By),
    /// What is written anew as the log goes on: the end of it, by every split.
    End,
}

impl Walk {
    /// Before the first answer.
    pub fn begin() -> Self {
        Self { steps: Steps::none(), lanes: LANES.map(Lane::none).to_vec() }
    }

    /// What is stored of a survey; none when there is nothing for this position of its log, or it cannot be read.
    pub fn load(
        connection: &mut AnyConnection,
        scope: &OrgScope,
        survey_id: i32,
        position: i64,
        past: Past,
    ) -> Result<Option<Self>> {
        let Some(steps) = load(connection, scope, survey_id, position)? else { return Ok(None) };
        let last = Lane::row_of(steps.moves());
        let mut lanes = Vec::new();
        for (by, split) in LANES {
            let first = match past {
                Past::None => continue,
                Past::By(wanted) if wanted != by => continue,
                Past::By(_) => 0,
                Past::End => last,
            };
            let numbers: Vec<i32> = (first..=last).collect();
            let mut rows = cells::of_series(connection, scope, survey_id, &Lane::series(split), &numbers)
                .map_err(Error::from)?;
            rows.sort_unstable_by_key(|row| row.starts_on);
            let rows: Vec<Vec<u8>> = rows.into_iter().map(|row| row.counts).collect();
            match Lane::decode((by, split), first, &rows) {
                Ok(lane) if rows.len() == numbers.len() => lanes.push(lane),
                read => {
                    let words = read.err().unwrap_or_else(|| "a row of moves is not there".to_owned());
                    tracing::error!(survey = survey_id, %words, "stored steps cannot be read; run laatu check --repair");
                    return Ok(None);
                }
            }
        }
        Ok(Some(Self { steps, lanes }))
    }

    /// Takes the next step of the log, of one that is there or of one that is gone.
    pub fn step(&mut self, step: &LogStep<'_>, place: Place) {
        match step {
            LogStep::There(Step::Record(response)) => self.take(response, true, place),
            LogStep::There(Step::Forget(response)) => self.take(response, false, place),
            LogStep::Gone(entry) => self.take(&entry.groups, true, place),
            LogStep::Replaced(entry) => self.take(&entry.groups, false, place),
            LogStep::Erased(entry, more) => {
                let taken = self.steps.lose(&entry.groups, place, *more);
                self.lanes.iter_mut().for_each(|lane| lane.take(&taken));
            }
        }
    }

    /// Takes the next entry of the log: a response that comes, or one that goes again.
    pub fn take(&mut self, response: &Response, comes: bool, place: Place) {
        let taken = self.steps.take(response, comes, place);
        self.lanes.iter_mut().for_each(|lane| lane.take(&taken));
    }

    /// The rows at hand, as they are at a position of the log.
    pub fn written(&self, position: i64) -> Vec<Change> {
        let steps = self.steps.encode(position);
        let steps = Change { series: Standing::steps(), starts_on: 0, counts: Some(steps) };
        let of_lane = |lane: &Lane| {
            let series = Lane::series(lane.split());
            let change = |(starts_on, row)| Change { series: series.clone(), starts_on, counts: Some(row) };
            lane.rows().into_iter().map(change).collect::<Vec<_>>()
        };
        self.lanes.iter().flat_map(of_lane).chain([steps]).collect()
    }
}
