//! The log of a survey's responses as the steps need it, and where the figures of a request stand in it.
//!
//! For readers without the right to rows figures move in steps; `scoring` decides by the log alone where they stand.
//! Here the log is made from the responses, and a request's figures are found among its tables: the total and the
//! levels of each split beside it, a filter of one level, and within either a period or a split of its own. A
//! function of the data: no history of readings is kept.

use std::collections::BTreeMap;

use scoring::{
    LogEntry, Missing, Policy, Split, StepRule, SteppedLevel, SteppedTable, step_table_at, step_tables,
    whole_moves,
};

use super::report_cuts::Cuts;
use super::report_filter::{By, Filter, level};
use super::step_levels::{Numbers, SPLITS, StepLevels, splits};
use crate::domain::Id;
use crate::domain::time::date_of_day;
use crate::store::erasures::{ErasedEntry, LogStep};
use crate::store::response_log::{Place, Step};
use crate::store::responses::Response;

/// The log of a survey as the steps need it: who came, with the levels of every split, and what was corrected.
pub struct StepLog<'a> {
    filter: &'a Filter,
    places: &'a [(i32, String)],
    entries: Vec<LogEntry<Numbers>>,
    /// Where each entry stands in the log.
    at: Vec<usize>,
    /// Whether each entry passes the whole filter.
    passes: Vec<bool>,
    /// Where each response's newest revision stands.
    newest: BTreeMap<Id, usize>,
    /// What is gone, by its position in the organisation's log.
    gone: BTreeMap<i64, Gone>,
    levels: StepLevels,
    /// The number of the level to which the filter narrows, once a response of it came.
    narrowed_to: Option<u32>,
    /// The names of the levels of the split that is asked for.
    names: Vec<String>,
}

/// An answer that is gone with its customer.
struct Gone {
    missing: Missing,
    levels: Numbers,
    passes: bool,
}

impl<'a> StepLog<'a> {
    /// Nothing came yet.
    pub fn empty(filter: &'a Filter, places: &'a [(i32, String)]) -> Self {
        Self {
            filter,
            places,
            entries: Vec::new(),
            at: Vec::new(),
            passes: Vec::new(),
            newest: BTreeMap::new(),
            gone: BTreeMap::new(),
            levels: StepLevels::default(),
            narrowed_to: None,
            names: Vec::new(),
        }
    }

    /// Takes the next step of the log, of one that is there or of one that is gone.
    pub fn take_any(&mut self, step: &LogStep<'_>, place: Place) {
        match step {
            LogStep::There(step) => self.take(step, place),
            LogStep::Gone(entry) => self.take_gone(entry, place),
            LogStep::Replaced(entry) => {
                let step = self.end(entry.position).map_or(LogEntry::Other, |of| LogEntry::Erasure { of });
                self.push(step, place, false);
            }
            LogStep::Erased(entry, more) => {
                let gone = |of| LogEntry::Gone { of, more: *more };
                let step = self.end(entry.position).map_or(LogEntry::Other, gone);
                self.push(step, place, false);
            }
        }
    }

    /// Somebody answered here who is gone by now: people and groups count as they did.
    fn take_gone(&mut self, entry: &ErasedEntry, place: Place) {
        let groups = &entry.groups;
        let passes = self.filter.takes_but_for_days(groups) && self.filter.takes_day(groups);
        let levels = self.levels(groups);
        let missing = Missing { arrival: self.entries.len(), end: usize::MAX };
        self.gone.insert(entry.position, Gone { missing, levels, passes });
        self.push(LogEntry::Arrival { level: levels, person: is_person(groups) }, place, passes);
    }

    /// Notes that what stood at a position counts no more from this entry on; where it came.
    fn end(&mut self, position: i64) -> Option<usize> {
        let end = self.entries.len();
        let gone = self.gone.get_mut(&position)?;
        gone.missing.end = end;
        Some(gone.missing.arrival)
    }

    fn push(&mut self, entry: LogEntry<Numbers>, place: Place, passes: bool) {
        self.entries.push(entry);
        self.at.push(place.at);
        self.passes.push(passes);
    }

    /// Takes the next entry of the log. A correction takes back what it corrects and brings no new person.
    pub fn take(&mut self, step: &Step<'_>, place: Place) {
        let (entry, passes) = match step {
            Step::Forget(response) => {
                let of = self.newest.get(&response.id);
                (of.map_or(LogEntry::Other, |&of| LogEntry::Erasure { of }), false)
            }
            Step::Record(response) => {
                self.newest.insert(response.id, self.entries.len());
                let person = is_person(response);
                let passes = self.filter.takes_but_for_days(response) && self.filter.takes_day(response);
                (LogEntry::Arrival { level: self.levels(response), person }, passes)
            }
        };
        self.push(entry, place, passes);
    }

    fn levels(&mut self, response: &Response) -> Numbers {
        let numbers = self.levels.of(response);
        let number = |by: By| numbers.get(by.place()).copied();
        if let Some(by) = self.filter.by
            && number(by).and_then(|number| usize::try_from(number).ok()) == Some(self.names.len())
        {
            self.names.push(level(by, response, self.places));
        }
        if self.filter.takes_but_for_days(response)
            && let Some(by) = self.filter.narrowing().next()
        {
            self.narrowed_to = number(by);
        }
        numbers
    }

    /// Where the figures of the request stand.
    pub fn cuts(mut self) -> Cuts {
        let rule = StepRule::of(Policy::default());
        let mut tables = step_tables(&self.entries, &self.table_splits(), &rule);
        let moves = tables.first().map_or(&[][..], |table| &table.moves);
        let whole = self.whole(moves, |_| true).last().copied().unwrap_or(0);
        if moves.last().is_some_and(|last| *last != whole) {
            // Somebody is gone whom the total holds: all is shown as it was when the total last was whole.
            self.entries.truncate(whole);
            self.at.truncate(whole);
            self.passes.truncate(whole);
            tables = step_tables(&self.entries, &self.table_splits(), &rule);
        }
        let whole = tables.first().map_or(&[][..], |table| &table.moves);
        let outer = self.outer(&tables);
        let is_one_level =
            self.filter.from.is_none() && self.filter.to.is_none() && self.filter.narrowing().count() < 2;
        let total = if is_one_level { outer.clone() } else { self.inner(&outer, whole, &rule) };
        let levels = self.filter.by.map(|by| {
            let inside;
            let table = if self.filter.is_narrow() {
                inside = step_table_at(&self.split(by), self.names.len(), &total, whole, &rule);
                Some(&inside)
            } else {
                tables.get(by.place())
            };
            let levels = (0..).zip(table.map_or(&[][..], |table| &table.levels));
            let is_narrow = self.filter.is_narrow();
            let cut = |number: u32, level: &SteppedLevel| {
                let is_here =
                    |gone: &Gone| gone.levels.get(by.place()) == Some(&number) && (gone.passes || !is_narrow);
                self.shown(level, is_here)
            };
            let shown = self.names.iter().zip(levels);
            shown
                .filter_map(|(name, (number, level))| Some((name.clone(), self.behind(cut(number, level)?))))
                .collect()
        });
        let end = |moves: &[usize]| moves.last().map_or(0, |entries| self.behind(*entries));
        Cuts { survey: end(whole), but_for_days: end(&outer), total: end(&total), levels }
    }

    /// The moves of a figure up to the newest at which nobody is missing of those that it counts.
    fn whole<'m>(&self, moves: &'m [usize], counts: impl Fn(&Gone) -> bool) -> &'m [usize] {
        let missing: Vec<Missing> =
            self.gone.values().filter(|gone| counts(gone)).map(|gone| gone.missing).collect();
        whole_moves(moves, &missing)
    }

    /// The cut at which a level is shown: its own, or while somebody is missing the newest that is whole.
    fn shown(&self, level: &SteppedLevel, counts: impl Fn(&Gone) -> bool) -> Option<usize> {
        let cut = level.shown?.entries;
        if self.whole(&[cut], &counts).is_empty() {
            return self.whole(&level.moves, counts).last().copied();
        }
        Some(cut)
    }

    /// The first place in the log behind so many entries.
    fn behind(&self, entries: usize) -> usize {
        entries.checked_sub(1).and_then(|last| self.at.get(last)).map_or(0, |at| at + 1)
    }

    fn table_splits(&self) -> [Split; SPLITS] {
        splits().map(|(by, lasting)| Split { levels: self.levels.count(by), lasting })
    }

    /// The moves of what passes the filter but for its days: of the survey, or of one level; none when withheld.
    fn outer(&self, tables: &[SteppedTable; SPLITS]) -> Vec<usize> {
        let Some(by) = self.filter.narrowing().next() else {
            return tables.first().map(|table| table.moves.clone()).unwrap_or_default();
        };
        let level = self.narrowed_to.and_then(|level| usize::try_from(level).ok());
        let level = level.and_then(|level| tables.get(by.place())?.levels.get(level));
        let moves = level.filter(|level| level.shown.is_some()).map_or(&[][..], |level| &level.moves);
        self.whole(moves, |gone| self.is_in_outer(&gone.levels)).to_vec()
    }

    /// The moves of what passes the whole filter, inside those of the level or survey around it.
    fn inner(&self, outer: &[usize], whole: &[usize], rule: &StepRule) -> Vec<usize> {
        let part = self.entries.iter().zip(&self.passes).map(|(entry, passes)| {
            entry.map(|levels| self.is_in_outer(levels).then_some(usize::from(!passes)))
        });
        let table = step_table_at(&part.collect::<Vec<_>>(), 2, outer, whole, rule);
        let inside = table.levels.into_iter().next().filter(|level| level.shown.is_some());
        let moves = inside.map(|level| level.moves).unwrap_or_default();
        self.whole(&moves, |gone| gone.passes).to_vec()
    }

    /// What passes the whole filter, by the levels of a split.
    fn split(&self, by: By) -> Vec<LogEntry> {
        let level = |levels: &Numbers| levels.get(by.place()).and_then(|level| usize::try_from(*level).ok());
        let entries = self.entries.iter().zip(&self.passes);
        entries.map(|(entry, passes)| entry.map(|levels| level(levels).filter(|_| *passes))).collect()
    }

    /// Whether levels are among those to which the filter narrows.
    fn is_in_outer(&self, levels: &Numbers) -> bool {
        let narrowing = self.filter.narrowing().next();
        narrowing.is_none_or(|by| levels.get(by.place()).copied() == self.narrowed_to)
    }
}

/// The first day of the part of a week and month in which a day lies: more of a day no report on the grid tells.
pub fn piece_of(day: i32) -> i32 {
    week_of(day).max(month_of(day))
}

/// Whether a response is that of a person who is not counted yet: a correction brings nobody new.
pub fn is_person(response: &Response) -> bool {
    response.first_of_year && response.revision == 1
}

/// The Monday of a day's week.
pub fn week_of(day: i32) -> i32 {
    day - i32::from(date_of_day(day).weekday().to_monday_zero_offset())
}

/// The first day of a day's month.
pub fn month_of(day: i32) -> i32 {
    day - i32::from(date_of_day(day).day()) + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Channel, CollectionMode};

    /// A customer's first answer: by phone when the number is odd, a week later from 40 on.
    fn response(number: u8) -> Response {
        let channel = if number % 2 == 1 { Channel::Phone } else { Channel::Web };
        Response {
            id: Id::from_bytes(&[number; 16]).unwrap(),
            revision: 1,
            survey_id: 1,
            form: 0,
            length: 0,
            language: "fi".to_owned(),
            channel: channel.code(),
            contact_channel: 0,
            place_id: 0,
            segments: [0, 0],
            service_day: 20_577 + if number < 40 { 0 } else { 7 },
            mode: CollectionMode::Mail,
            customer_group: 0,
            first_of_year: true,
            finished: true,
            test: false,
            quality_flag: 0,
            answers: Vec::new(),
            answered_at: 0,
            way: crate::store::responses::Way::default(),
        }
    }

    fn place(at: u8, of: u8) -> Place {
        Place { at: at.into(), of: of.into() }
    }

    fn cuts(filter: &Filter, people: u8, correct: Option<u8>) -> Cuts {
        let mut log = StepLog::empty(filter, &[]);
        for number in 0..people {
            log.take(&Step::Record(&response(number)), place(number, number));
        }
        if let Some(number) = correct {
            log.take(&Step::Forget(&response(number)), place(people, number));
            let after = Response { revision: 2, ..response(number) };
            log.take(&Step::Record(&after), place(people + 1, people + 1));
        }
        log.cuts()
    }

    fn by(by: By) -> Filter {
        Filter { by: Some(by), ..Filter::default() }
    }

    #[test]
    fn all_splits_share_the_cut_of_the_total() {
        for (split, _) in By::ALL {
            let cuts = cuts(&by(split), 27, None);
            assert!(cuts.takes_in_total(19) && !cuts.takes_in_total(20) && !cuts.takes(20), "{split:?}");
        }
        let channels = cuts(&by(By::Channel), 27, None);
        assert!(channels.takes_in_level(19, "phone") && !channels.takes_in_level(20, "web"));
        assert!(!channels.takes_in_level(0, "chat"));
    }

    #[test]
    fn a_filter_of_a_level_stands_where_the_level_stands() {
        let phone = Filter { channel: Some(Channel::Phone.code()), ..by(By::Week) };
        let inside = cuts(&phone, 27, None);
        assert!(inside.takes(19) && inside.takes_in_total(19) && !inside.takes_in_total(20));
        assert!(inside.takes_in_level(19, &level(By::Week, &response(0), &[])));
        let chat = Filter { channel: Some(Channel::Chat.code()), ..by(By::Week) };
        let nobody = cuts(&chat, 27, None);
        assert!(nobody.takes(19) && !nobody.takes_but_for_days(0) && !nobody.takes_in_total(0));
    }

    #[test]
    fn a_period_stands_inside_the_survey() {
        let first = Filter { to: Some(date_of_day(20_584)), ..by(By::Channel) };
        let second = Filter { from: Some(date_of_day(20_584)), ..Filter::default() };
        // Twenty people of the later week, ten by either channel.
        let (early, late) = (cuts(&first, 60, None), cuts(&second, 60, None));
        assert!(early.takes_in_total(39) && early.takes_in_level(39, "phone") && late.takes_in_total(59));
        // Four of the later week wait, and the earlier week stands where the survey does.
        let (early, late) = (cuts(&first, 44, None), cuts(&second, 44, None));
        assert!(early.takes_in_total(39) && !early.takes(40) && !late.takes_in_total(0));
    }

    #[test]
    fn a_correction_moves_nothing_by_itself() {
        let plain = cuts(&by(By::Channel), 20, None);
        let corrected = cuts(&by(By::Channel), 20, Some(3));
        for cuts in [plain, corrected] {
            assert!(cuts.takes(19) && !cuts.takes(20) && cuts.takes_in_level(19, "web"));
        }
        let unshown = cuts(&by(By::Channel), 10, Some(3));
        assert!(!unshown.takes(0), "five of either channel wait");
    }

    /// The log of so many people of whom one is gone at its end.
    fn cuts_without(filter: &Filter, people: u8, gone: u8) -> Cuts {
        let mut log = StepLog::empty(filter, &[]);
        for number in 0..people {
            if number == gone {
                let groups = Response { id: Id::NONE, ..response(number) };
                let entry =
                    ErasedEntry { position: i64::from(number) + 1, corrects: 0, erased: 1000, groups };
                log.take_any(&LogStep::Gone(&entry), place(number, number));
            } else {
                log.take_any(&LogStep::There(Step::Record(&response(number))), place(number, number));
            }
        }
        let groups = Response { id: Id::NONE, ..response(gone) };
        let entry = ErasedEntry { position: i64::from(gone) + 1, corrects: 0, erased: 1000, groups };
        log.take_any(&LogStep::Erased(&entry, false), place(people, people));
        log.cuts()
    }

    #[test]
    fn who_is_gone_moves_nothing_on_and_all_stands_where_it_stood_before_they_came() {
        let levels = |cuts: &Cuts| cuts.levels.clone().unwrap_or_default();
        for split in [By::Channel, By::Week] {
            let filter = by(split);
            let shown: Vec<Cuts> = (0..=67).map(|people| cuts(&filter, people, None)).collect();
            assert!(shown.iter().any(|one| one.total == 20) && shown.iter().any(|one| one.total >= 40));
            for gone in 0..60 {
                let now = cuts_without(&filter, 67, gone);
                let was = shown
                    .iter()
                    .any(|one| (one.survey, one.total, levels(one)) == (now.survey, now.total, levels(&now)));
                assert!(was, "{split:?} {gone}: {now:?}");
                assert!(!now.takes_in_total(gone.into()), "nobody is counted without their answers");
            }
            let unseen = cuts_without(&filter, 67, 66);
            assert_eq!(levels(&unseen), levels(&shown[67]), "whom no figure held is gone without a trace");
        }
    }

    #[test]
    fn weeks_and_months_begin_on_their_first_days() {
        // 2026-05-04 is a Monday.
        let monday = 20_577;
        assert_eq!([0, 3, 6, 7].map(|day| week_of(monday + day) - monday), [0, 0, 0, 7]);
        assert_eq!((month_of(monday), month_of(monday - 4)), (monday - 3, monday - 33));
    }
}
