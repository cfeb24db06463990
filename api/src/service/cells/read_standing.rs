//! A report for readers without the right to rows from stored rows: what stood at the cuts, and the log behind them.
//!
//! The steps go on along the tail of the log. A figure that does not move in it is its standing row; one that does is
//! its row of everybody, and the tail up to its new cut. So it is for the whole survey with or without a split, and
//! for one channel, contact channel, place or language. Periods, and splits inside a filter, move inside another
//! figure, by all of its earlier moves: see `inside` and `read_inside`.

use std::collections::BTreeMap;

use scoring::{Cell, GroupedCell};

use super::Outcome;
use super::classes::Classes;
use super::counts::{Counted, Counts};
use super::figure::{Figure, Standing, kind_of};
use super::inside::lane_of;
use super::key::{Class, Part, Period, Split};
use super::lost::Lost;
use super::read::{Kept, Read, Reader, State, Told, Unread, folded_days, level_name, narrowed};
use super::read_inside::InsideReader;
use super::steps::Steps;
use super::walk::{Past, Walk};
use crate::service::report_cuts::Cuts;
use crate::service::report_filter::{By, Filter, period_name};
use crate::service::report_fold::Folding;
use crate::service::step_levels::Key;
use crate::store::cells::{self, Mark};
use crate::store::erasures;
use crate::store::response_log::Place;
use crate::store::surveys::Survey;
use crate::store::{AnyConnection, OrgScope};

/// Whether a request is of all days.
pub(super) fn is_of_all_time(filter: &Filter) -> bool {
    filter.from.is_none() && filter.to.is_none()
}

/// Whether a request is of figures of all time alone.
fn is_kept(filter: &Filter) -> bool {
    let narrowing = filter.narrowing().count();
    is_of_all_time(filter)
        && !filter.asks_for_segments()
        && (narrowing == 0 || (narrowing == 1 && filter.by.is_none()))
}

/// The counts of a request where its figures stand; `None` where a scan is needed.
pub fn read(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey: &Survey,
    folding: &Folding<'_>,
    mark: Mark,
) -> Read<Option<Kept>> {
    let Some(narrowed) = narrowed(folding.filter) else { return Ok(None) };
    let gone = erasures::entries(connection, scope, survey.id)?;
    let lost = Lost::of(&gone).map_err(Unread::Store)?;
    // Where somebody is gone, a level may stand at an earlier move, which only the past tells.
    let is_kept = is_kept(folding.filter) && (gone.is_empty() || folding.filter.by.is_none());
    let past = if is_kept { Past::None } else { Past::By(lane_of(folding.filter)) };
    let walk = Walk::load(connection, scope, survey.id, mark.folded_to, past).map_err(Unread::Store)?;
    let Some(mut walk) = walk else { return Ok(None) };
    erasures::scan(connection, scope, survey.id, (mark.folded_to, i64::MAX), |step, place| {
        walk.step(&step, place);
        Ok(())
    })?;
    let behind_mark = Place::behind(mark.folded_to)?;
    let Walk { steps, lanes } = &walk;
    let figures = Figures { connection, scope, survey, folding, steps, behind_mark };
    if !figures.are_whole(&lost) {
        return Ok(None);
    }
    let Some(lane) = lanes.first() else { return figures.kept(mark).map(Some) };
    let is_moved = steps.total() > behind_mark;
    let days = folded_days(connection, scope, survey.id)?;
    let state = if is_moved { State::Now } else { State::LastMove };
    let rows = Reader { connection, scope, survey, folding, narrowed, days, state };
    let counted = if is_moved { behind_mark } else { steps.total() };
    InsideReader { rows, steps, lane, lost: &lost, counted, folded_to: mark.folded_to }.kept()
}

/// The figures of the whole survey, and of levels of all time.
pub(super) struct Figures<'a> {
    pub(super) connection: &'a mut AnyConnection,
    pub(super) scope: &'a OrgScope,
    pub(super) survey: &'a Survey,
    pub(super) folding: &'a Folding<'a>,
    /// At the end of the log.
    pub(super) steps: &'a Steps,
    /// The first place that is not folded.
    pub(super) behind_mark: usize,
}

impl Figures<'_> {
    fn kept(mut self, mark: Mark) -> Read<Kept> {
        let layout = self.folding.layout;
        let survey = self.steps.total();
        let total = self.total();
        let mut kept = Kept {
            folded_to: mark.folded_to,
            total: Counts::nobody(layout),
            levels: BTreeMap::new(),
            classes: BTreeMap::new(),
            joint: self.folding.jointly.then(|| GroupedCell::nobody(layout)),
            standing: None,
        };
        if let Some((figure, at)) = &total {
            kept.total = self.row(figure, Standing::Answers, *at)?;
            if self.folding.jointly {
                kept.joint = Some(self.row(figure, Standing::Joint, *at)?);
            }
            if self.folding.classes {
                kept.classes = self.classes(figure, *at)?.0;
            }
        }
        let at = total.map_or(0, |(_, at)| at);
        let mut cuts = Cuts { survey, but_for_days: at, total: at, levels: None };
        if let Some(by) = self.folding.filter.by {
            let mut at = BTreeMap::new();
            for (key, cut) in self.steps.shown(by).collect::<Vec<_>>() {
                at.insert(self.name(by, key)?, cut);
            }
            cuts.levels = Some(at);
            kept.levels = self.levels(by)?;
        }
        // Without days there are no ends of a period to be told.
        kept.standing = Some(Told { cuts, everybody: self.steps.responses().1, pieces: BTreeMap::new() });
        Ok(kept)
    }

    /// Whether the survey's total, and the level of all time to which the filter narrows, hold nobody who is gone;
    /// where one does, an earlier state is shown, which a scan makes.
    fn are_whole(&self, lost: &Lost) -> bool {
        let survey = (Figure::total(), self.steps.total());
        let of_level = self.total().filter(|_| is_of_all_time(self.folding.filter));
        let mut figures = of_level.into_iter().chain([survey]).filter(|(_, at)| *at > 0);
        figures.all(|(figure, at)| lost.is_whole(at, |groups| figure.counts(groups)))
    }

    /// Whether a figure at this place counts more than what is folded.
    const fn moved(&self, at: usize) -> bool {
        at > self.behind_mark
    }

    /// The figure that is the report's total, and its place; none while nothing is shown.
    pub(super) fn total(&self) -> Option<(Figure, usize)> {
        let filter = self.folding.filter;
        let Some(by) = filter.narrowing().next() else {
            return Some((Figure::total(), self.steps.total())).filter(|(_, at)| *at > 0);
        };
        let key = match by {
            By::Channel => filter.channel?.into(),
            By::ContactChannel => filter.contact_channel?.into(),
            By::Place => filter.place_id?,
            By::Language => self.steps.language(filter.language.as_deref()?)?,
            By::Month | By::Week | By::Segment(_) => return None,
        };
        Some((self.steps.figure(by, key), self.steps.level(by, key)?))
    }

    /// The counts of a figure up to the mark.
    pub(super) fn row<C: Counted>(&mut self, figure: &Figure, part: Standing, at: usize) -> Read<C> {
        let live = if part == Standing::Joint { Part::Joint } else { Part::Answers };
        let series = figure.series(if self.moved(at) { live.code() } else { part.code() });
        let rows =
            cells::of_series(self.connection, self.scope, self.survey.id, &series, &[figure.starts_on])?;
        match rows.first() {
            Some(row) => Ok(C::decode(self.folding.layout, &row.counts)?),
            // Nobody may have been there before the tail, but not at a cut.
            None if self.moved(at) => Ok(C::nobody(self.folding.layout)),
            None => Err(Unread::Damaged(format!("{} of \"{}\" are not there", part.words(), figure.level))),
        }
    }

    pub(super) fn classes(&mut self, figure: &Figure, at: usize) -> Read<Classes> {
        if !self.moved(at) {
            return self.row(figure, Standing::Classes, at);
        }
        let kind = (Part::Answers.code(), Split::Class.code(), Period::All.code());
        let mut classes = Classes::default();
        for row in cells::of_split(self.connection, self.scope, self.survey.id, kind, &[0])? {
            let class = Class::parse(&row.series.level).ok_or("a stored class has no name".to_owned())?;
            if figure.holds(class) {
                let cell = <Cell as Counted>::decode(self.folding.layout, &row.counts)?;
                classes.add_to((class.channel, class.place_id), &cell)?;
            }
        }
        Ok(classes)
    }

    /// The levels of the split that are shown, up to the mark.
    fn levels(&mut self, by: By) -> Read<BTreeMap<String, Counts>> {
        let (split, period) = kind_of(by);
        let shown: BTreeMap<Figure, (Key, usize)> =
            self.steps.shown(by).map(|(key, at)| (self.steps.figure(by, key), (key, at))).collect();
        let mut levels = BTreeMap::new();
        for (part, is_moved) in [(Standing::Answers.code(), false), (Part::Answers.code(), true)] {
            let mut left: BTreeMap<&Figure, Key> = shown
                .iter()
                .filter(|(_, (_, at))| self.moved(*at) == is_moved)
                .map(|(figure, (key, _))| (figure, *key))
                .collect();
            let mut starts: Vec<i32> = left.keys().map(|figure| figure.starts_on).collect();
            starts.sort_unstable();
            starts.dedup();
            let kind = (part, split.code(), period.code());
            let rows = cells::of_split(self.connection, self.scope, self.survey.id, kind, &starts)?;
            for row in rows {
                let figure = Figure { split, period, level: row.series.level, starts_on: row.starts_on };
                let Some(key) = left.remove(&figure) else { continue };
                levels.insert(self.name(by, key)?, Counts::decode(self.folding.layout, &row.counts)?);
            }
            if !is_moved && let Some(figure) = left.keys().next() {
                let words = format!("{} of \"{}\" are not there", Standing::Answers.words(), figure.level);
                return Err(Unread::Damaged(words));
            }
        }
        Ok(levels)
    }

    /// The name of a level as reports have it.
    fn name(&self, by: By, key: Key) -> Outcome<String> {
        match by {
            By::Month | By::Week => Ok(period_name(by, key)),
            _ => level_name(kind_of(by).0, &self.steps.figure(by, key).level, self.folding.places),
        }
    }
}
