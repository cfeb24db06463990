//! Random logs folded in random pieces: the rows are those of one fold, and those of a plain count of what is left.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use proptest::prelude::*;
use proptest::sample::Index;
use scoring::{Cell, DimensionSpec, Facet, GroupedCell, ItemSpec, Layout, Outcomes, Scale};

use super::add_up::add_up;
use super::bytes;
use super::classes::Classes;
use super::counts::{Counted, Counting, Counts, Entry};
use super::cover::{cover, cover_inside, pieces};
use super::key::{Class, Part, Period, Split, series};
use super::past::{Lane, MOVES_A_ROW};
use super::rows::InMemory;
use super::steps::Steps;
use super::walk::Walk;
use crate::domain::{CollectionMode, Id};
use crate::store::response_log::Place;
use crate::store::responses::Response;

/// 2026-05-04, a Monday.
const MONDAY: i32 = 20_577;

fn layout() -> Layout {
    let scale = Scale::new(1, 5).unwrap();
    let item = |n: usize| ItemSpec { key: format!("i{n}"), scale, reversed: n == 1, top_box: None };
    let dimension = |key: &str, items: Vec<usize>| DimensionSpec {
        key: key.to_owned(),
        facet: Facet::Experience,
        of: None,
        items,
    };
    let dimensions = vec![dimension("speed", vec![0, 1]), dimension("care", vec![2, 3])];
    let outcomes = Outcomes { overall: vec![4], ..Outcomes::default() };
    Layout::new((0..5).map(item).collect(), dimensions, outcomes).unwrap()
}

/// A step of a made-up log: somebody new, or a correction of somebody who came before.
#[derive(Clone, Debug)]
enum Step {
    Arrival(Response),
    Correction(usize, Vec<u8>, String),
}

fn answers() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(prop_oneof![4 => 1..=5u8, 1 => 12..=15u8], 5)
}

fn arrival() -> impl Strategy<Value = Response> {
    let whom = (0..4i16, 0..3i16, 0..3i32, prop_oneof![Just("en"), Just("fi")], (0..3i16, 0..2i16));
    let when =
        (-3..80i32, 0..32i16, any::<bool>(), any::<bool>(), prop_oneof![3 => Just(0i16), 1 => 1..32i16]);
    (whom, when, answers()).prop_map(|(whom, when, answers)| {
        let (channel, contact_channel, place_id, language, (first, second)) = whom;
        let (day, customer_group, first_of_year, finished, quality_flag) = when;
        Response {
            id: Id::from_bytes(&[0; 16]).unwrap(),
            revision: 1,
            survey_id: 1,
            form: 0,
            length: 1,
            language: language.to_owned(),
            channel,
            contact_channel,
            place_id,
            segments: [first, second],
            service_day: MONDAY + day,
            mode: CollectionMode::Mail,
            customer_group,
            first_of_year,
            finished,
            test: false,
            quality_flag,
            answers,
            answered_at: i64::from(MONDAY + day + 200) * crate::domain::time::DAY,
            way: crate::store::responses::Way::default(),
        }
    })
}

/// A log of which the total moves often: people of one level each, some of whom go again.
fn long_log() -> impl Strategy<Value = Vec<(Response, Option<usize>)>> {
    let step = (arrival(), 0..40u8, any::<Index>());
    prop::collection::vec(step, 1..30).prop_map(|kinds| {
        let mut log: Vec<(Response, Option<usize>)> = Vec::new();
        for (round, (response, goes, which)) in (0..).zip(kinds.iter().cycle().take(3_600)) {
            let of = which.index(log.len().max(1));
            let is_there = |of: usize| log.get(of).is_some_and(|(_, gone)| gone.is_none());
            let is_first = !log.iter().any(|(_, gone)| *gone == Some(of));
            if *goes == 0 && round % 50 == 0 && is_there(of) && is_first {
                log.push((log[of].0.clone(), Some(of)));
                continue;
            }
            let response = Response {
                channel: 1,
                contact_channel: 0,
                place_id: 0,
                language: "fi".to_owned(),
                service_day: MONDAY,
                first_of_year: true,
                ..response.clone()
            };
            log.push((response, None));
        }
        log
    })
}

fn log() -> impl Strategy<Value = Vec<Step>> {
    let correction = (any::<prop::sample::Index>(), answers(), prop_oneof![Just("en"), Just("hu")]);
    let step = prop_oneof![
        3 => arrival().prop_map(Ok),
        1 => correction.prop_map(Err),
    ];
    prop::collection::vec(step, 1..60).prop_map(|steps| {
        let mut people = 0;
        let mut log = Vec::new();
        for step in steps {
            match step {
                Ok(response) => {
                    people += 1;
                    log.push(Step::Arrival(response));
                }
                Err((whom, answers, language)) if people > 0 => {
                    log.push(Step::Correction(whom.index(people), answers, language.to_owned()));
                }
                Err(_) => {}
            }
        }
        log
    })
}

/// The log as entries, in groups that belong together, and who counts at its end.
fn played(counting: &Counting<'_>, log: &[Step]) -> (Vec<Vec<Entry>>, Vec<Response>) {
    let mut live: Vec<Response> = Vec::new();
    let mut entries = Vec::new();
    let read = |response: &Response, add| Entry::read(counting, response, add).unwrap();
    for step in log {
        match step {
            Step::Arrival(response) => {
                live.push(response.clone());
                entries.push(vec![read(response, true)]);
            }
            Step::Correction(whom, answers, language) => {
                let before = live[*whom].clone();
                let after = Response {
                    revision: before.revision + 1,
                    answers: answers.clone(),
                    language: language.clone(),
                    ..before.clone()
                };
                entries.push(vec![read(&before, false), read(&after, true)]);
                live[*whom] = after;
            }
        }
    }
    (entries, live)
}

fn folded(layout: &Layout, pieces: &[&[Vec<Entry>]]) -> InMemory {
    let mut rows = InMemory::default();
    for piece in pieces {
        let entries: Vec<Entry> = piece.iter().flatten().cloned().collect();
        let changes = add_up(layout, &mut rows, &entries, &|| true).unwrap().unwrap();
        rows.apply(changes);
    }
    rows
}

/// Every row counted response by response.
fn plainly(counting: &Counting<'_>, live: &[Response]) -> InMemory {
    fn all<C: Counted>(
        counting: &Counting<'_>,
        live: &[Response],
        part: Part,
        wanted: impl Fn(Split) -> bool,
        rows: &mut InMemory,
    ) {
        for split in part.splits().filter(|split| wanted(*split)) {
            for period in part.periods_of(split) {
                let mut cells: BTreeMap<(String, i32), C> = BTreeMap::new();
                for response in live {
                    let Some(level) = split.level(response) else { continue };
                    let key = (level, period.start_of(response.service_day));
                    let entry = Entry::read(counting, response, true).unwrap();
                    let cell = cells.entry(key).or_insert_with(|| C::nobody(counting.layout));
                    cell.count(counting.layout, &entry).unwrap();
                }
                for ((level, start), cell) in cells {
                    let rows = rows.0.entry(series(part, split, *period, &level)).or_default();
                    rows.insert(start, cell.encode(counting.layout).unwrap());
                }
            }
        }
    }
    let mut rows = InMemory::default();
    all::<Counts>(counting, live, Part::Answers, |split| !split.is_of_classes(), &mut rows);
    all::<Cell>(counting, live, Part::Answers, Split::is_of_classes, &mut rows);
    all::<GroupedCell>(counting, live, Part::Joint, |_| true, &mut rows);
    rows
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_log_folded_in_any_pieces_gives_the_rows_of_a_plain_count(
        log in log(),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..5),
    ) {
        let (layout, zone) = (layout(), TimeZone::UTC);
        let counting = Counting::by(&layout, &zone);
        let (entries, live) = played(&counting, &log);
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(entries.len() + 1)).collect();
        cuts.extend([0, entries.len()]);
        cuts.sort_unstable();
        let pieces: Vec<&[Vec<Entry>]> = cuts.windows(2).map(|pair| &entries[pair[0]..pair[1]]).collect();
        let rows = folded(&layout, &pieces);
        prop_assert_eq!(&rows, &folded(&layout, &[&entries]));
        prop_assert_eq!(&rows, &plainly(&counting, &live));
    }

    #[test]
    fn who_is_taken_back_leaves_no_trace(log in log()) {
        let (layout, zone) = (layout(), TimeZone::UTC);
        let counting = Counting::by(&layout, &zone);
        let (mut entries, live) = played(&counting, &log);
        let goes = live.iter().map(|one| vec![Entry::read(&counting, one, false).unwrap()]);
        let (some, all): (Vec<_>, Vec<_>) = goes.enumerate().partition(|(index, _)| index % 2 == 0);
        let rows = folded(&layout, &[&entries, &some.into_iter().map(|(_, one)| one).collect::<Vec<_>>()]);
        let left: Vec<Response> = live.iter().skip(1).step_by(2).cloned().collect();
        prop_assert_eq!(&rows, &plainly(&counting, &left));
        entries.extend(live.iter().step_by(2).map(|one| vec![Entry::read(&counting, one, false).unwrap()]));
        entries.extend(all.into_iter().map(|(_, one)| one));
        prop_assert_eq!(folded(&layout, &[&entries]), InMemory::default());
    }

    #[test]
    fn a_row_reads_back_and_no_changed_byte_does(log in log(), at in any::<prop::sample::Index>(), flip in 1..=255u8) {
        let (layout, zone) = (layout(), TimeZone::UTC);
        let counting = Counting::by(&layout, &zone);
        let (_, live) = played(&counting, &log);
        let mut counts = Counts::nobody(&layout);
        for response in &live {
            counts.count(&layout, &Entry::read(&counting, response, true).unwrap()).unwrap();
        }
        let mut written = bytes::encode(&layout, &counts).unwrap();
        prop_assert_eq!(&bytes::decode(&layout, &written).unwrap(), &counts);
        let at = at.index(written.len());
        written[at] ^= flip;
        prop_assert!(bytes::decode(&layout, &written).is_err());
        prop_assert!(bytes::decode(&layout, &written[..at]).is_err());
    }

    #[test]
    fn steps_and_classes_read_back_and_no_changed_byte_does(log in log(), at in any::<prop::sample::Index>(), flip in 1..=255u8) {
        let (layout, zone) = (layout(), TimeZone::UTC);
        let counting = Counting::by(&layout, &zone);
        let (_, live) = played(&counting, &log);
        let (mut steps, mut classes) = (Steps::none(), Classes::nobody(&layout));
        for (place, response) in live.iter().enumerate() {
            steps.take(&Response { revision: 1, ..response.clone() }, true, Place { at: place, of: place });
            classes.count(&layout, &Entry::read(&counting, response, true).unwrap()).unwrap();
        }
        let (mut written, mut kept) = (steps.encode(7), classes.encode(&layout).unwrap());
        let (read, position) = Steps::decode(&written).unwrap();
        prop_assert_eq!((read.encode(7), read.figures(), position), (written.clone(), steps.figures(), 7));
        prop_assert_eq!(Classes::decode(&layout, &kept).unwrap(), classes);
        for bytes in [&mut written, &mut kept] {
            let at = at.index(bytes.len());
            bytes[at] ^= flip;
        }
        prop_assert!(Steps::decode(&written).is_err() && Classes::decode(&layout, &kept).is_err());
        prop_assert!(Steps::decode(&written[..at.index(written.len())]).is_err());
    }

    #[test]
    fn a_cover_holds_each_day_once_and_no_other(from in -40..120i32, days in 0..200i32, ends in 0..4u8, kinds in 0..2usize) {
        let part = Part::ALL[kinds];
        let (first, last) = (MONDAY - 3, MONDAY + 80);
        let from = (ends & 1 == 0).then_some(MONDAY + from);
        let to = (ends & 2 == 0).then_some(from.unwrap_or(MONDAY) + days);
        let wanted = |day: &i32| from.is_none_or(|from| *day >= from) && to.is_none_or(|to| *day < to);
        for split in [Split::Total, Split::Place] {
            let (way, odd) = cover_inside(part.periods_of(split), (from, to), (first, last));
            for day in first..=last {
                let held = way.iter().filter(|(period, start)| period.start_of(day) == *start).count();
                let left = odd.iter().filter(|(from, to)| (*from..*to).contains(&day)).count();
                prop_assert_eq!(held + left, usize::from(wanted(&day)), "day {} of {:?} and {:?}", day, way, odd);
            }
            let left: i32 = odd.iter().map(|(from, to)| to - from).sum();
            prop_assert!(split != Split::Total || left <= 12, "{:?}", odd);
        }
        let Some(way) = cover(part.periods(), (from, to), (first, last)) else {
            // Days make up anything; without them only whole months and weeks do.
            prop_assert_eq!(part, Part::Joint);
            return Ok(());
        };
        for day in first..=last {
            let held = way.iter().filter(|(period, start)| period.start_of(day) == *start);
            prop_assert_eq!(held.count(), usize::from(wanted(&day)), "day {} of {:?}", day, way);
        }
    }
}

#[test]
fn whole_months_and_weeks_need_no_days() {
    let date = |text: &str| crate::domain::time::day_number(text.parse().unwrap());
    let all = (date("2025-01-01"), date("2026-12-31"));
    let way =
        |from: &str, to: &str, part: Part| cover(part.periods(), (Some(date(from)), Some(date(to))), all);
    let joint = |from: &str, to: &str| way(from, to, Part::Joint);
    assert_eq!(joint("2026-05-01", "2026-07-01").unwrap().len(), 2);
    assert_eq!(joint("2026-05-04", "2026-05-18").unwrap().len(), 2);
    // The first of June 2026 is a Monday: from weeks to months.
    assert_eq!(joint("2026-05-25", "2026-08-01").unwrap().len(), 3);
    assert_eq!(joint("2026-05-05", "2026-08-01"), None);
    assert_eq!(way("2026-05-30", "2026-08-02", Part::Answers).unwrap().len(), 5);
    let open = cover(Part::Joint.periods(), (None, Some(date("2026-05-04"))), all).unwrap();
    assert!(open.iter().all(|(period, _)| *period != Period::Day));
    assert_eq!(cover(Part::Joint.periods(), (None, None), all), Some(vec![(Period::All, 0)]));
    let whole = cover(Part::Joint.periods(), (Some(date("2020-02-03")), Some(date("2027-01-09"))), all);
    assert_eq!(whole, Some(vec![(Period::All, 0)]), "nothing lies beyond the ends");
}

#[test]
fn months_are_cut_where_the_request_is() {
    let months = pieces(Period::Month, (Some(MONDAY), Some(MONDAY + 40)), (MONDAY - 90, MONDAY + 90));
    assert_eq!(months, [(MONDAY - 3, (MONDAY, MONDAY + 28)), (MONDAY + 28, (MONDAY + 28, MONDAY + 40))]);
    let open = pieces(Period::Week, (None, None), (MONDAY + 2, MONDAY + 8));
    assert_eq!(open, [(MONDAY, (MONDAY, MONDAY + 7)), (MONDAY + 7, (MONDAY + 7, MONDAY + 14))]);
}

#[test]
fn a_class_reads_back() {
    let class = Class { channel: 3, place_id: 17, contact_channel: 0 };
    assert_eq!(Class::parse(&class.level()), Some(class));
    for wrong in ["", "3", "3:17", "3:17:0:1", "a:1:2"] {
        assert_eq!(Class::parse(wrong), None, "{wrong}");
    }
}

proptest! {
    // Hundreds of moves each.
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn the_past_comes_back_from_its_rows_wherever_it_was_stored(log in long_log(), stored in 0..1_000usize, at in any::<Index>(), flip in 1..=255u8) {
        let (mut walk, mut read) = (Walk::begin(), Walk::begin());
        let stored = stored.min(log.len());
        for (number, (response, of)) in log.iter().enumerate() {
            if number == stored {
                // What is written anew is read back alone, and goes on.
                let last = |lane: &Lane| {
                    let (last, row) = lane.rows().pop().unwrap();
                    Lane::decode((lane.by(), lane.split()), last, &[row]).unwrap()
                };
                read = Walk { steps: walk.steps.clone(), lanes: walk.lanes.iter().map(last).collect() };
            }
            let place = Place { at: number, of: of.unwrap_or(number) };
            walk.take(response, of.is_none(), place);
            read.take(response, of.is_none(), place);
        }
        for (lane, read) in walk.lanes.iter().zip(&read.lanes) {
            prop_assert!(lane.rows().ends_with(&read.rows()));
        }
        for lane in &walk.lanes {
            let rows: Vec<Vec<u8>> = lane.rows().into_iter().map(|(_, row)| row).collect();
            let numbers: Vec<i32> = lane.rows().into_iter().map(|(number, _)| number).collect();
            prop_assert_eq!(numbers.len(), walk.steps.moves() / MOVES_A_ROW + 1);
            prop_assert!((0..).zip(&numbers).all(|(number, stored)| number == *stored));
            let name = (lane.by(), lane.split());
            prop_assert_eq!(&Lane::decode(name, 0, &rows).unwrap(), lane);
            prop_assert_eq!(lane.moves().last().copied().unwrap_or(0), walk.steps.total());
            let mut damaged = rows.clone();
            let row = at.index(rows.len());
            let byte = at.index(rows[row].len());
            damaged[row][byte] ^= flip;
            prop_assert!(Lane::decode(name, 0, &damaged).is_err());
            prop_assert!(rows.len() == 1 || Lane::decode(name, 0, &rows[..rows.len() - 1]).is_err());
        }
    }
}
