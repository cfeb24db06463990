//! The attacker against several splits of the same people beside each other, and against a split inside a level.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test program: a wrong assumption shall stop it"
)]

#[allow(dead_code, reason = "shared with another test program")]
mod attacker;

use std::collections::BTreeSet;

use attacker::{STEP, Seen, attack, exposed, kinds, present, weights};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use scoring::{
    Cut, LogEntry, Split, Stage, StepRule, Stepper, Went, step_table_at, step_table_of, step_tables,
};

type Levels = [u32; 3];

/// A channel, a place that mostly goes with it, and a week that moves on with the log.
const SPLITS: [Split; 3] = [
    Split { levels: 3, lasting: true },
    Split { levels: 3, lasting: true },
    Split { levels: 5, lasting: false },
];

fn rule() -> StepRule {
    StepRule { minimum: 5, step: STEP, patience: 3 * STEP, growth: 50, longest: 300 * STEP }
}

fn log() -> impl Strategy<Value = Vec<LogEntry<Levels>>> {
    let entry = (0_u32..100, 0_u32..100, 0_u32..100, any::<u16>(), 0_u32..20);
    (vec(entry, 0..260), 0_u32..25, 0_u32..100).prop_map(|(entries, erasing, together)| {
        let mut log = Vec::new();
        for (kind, channel, place, which, first) in entries {
            if kind < erasing && !log.is_empty() {
                let of = usize::from(which) % log.len();
                let is_correction = which.is_multiple_of(2);
                log.push(if is_correction {
                    LogEntry::Erasure { of }
                } else {
                    LogEntry::Gone { of, more: which % 4 == 1 }
                });
                continue;
            }
            let uneven = |share: u32| [55_u32, 85].iter().filter(|until| share >= **until).count();
            let place = if place < together { uneven(channel) } else { uneven(place) };
            let week = (log.len() + usize::from(which % 40)) / 60;
            let number = |level: usize| u32::try_from(level).unwrap();
            log.push(LogEntry::Arrival {
                level: [uneven(channel), place, week].map(number),
                person: first > 0,
            });
        }
        log
    })
}

/// The sets of responses behind figures of those whose levels begin with `within`.
fn sets(log: &[LogEntry<Levels>], seen: &Seen, within: &[u32]) -> Vec<Vec<i32>> {
    let set = |(entries, of): &(usize, Option<(usize, usize)>)| {
        let is_level = |levels: &Levels| of.is_none_or(|(table, level)| levels[table] as usize == level);
        present(log, *entries, |levels| levels.starts_with(within) && is_level(levels))
    };
    seen.0.iter().map(set).collect()
}

/// A part of a log by the levels of one table.
fn part(log: &[LogEntry<Levels>], table: usize, is_in: impl Fn(&Levels) -> bool) -> Vec<LogEntry> {
    log.iter().map(|entry| entry.map(|levels| is_in(levels).then_some(levels[table] as usize))).collect()
}

/// The same log where only an erasure of somebody who is there has more behind it, and that is another such.
fn whole_erasures(mut log: Vec<LogEntry<Levels>>) -> Vec<LogEntry<Levels>> {
    let mut there: Vec<bool> = log.iter().map(|entry| matches!(entry, LogEntry::Arrival { .. })).collect();
    let erases: Vec<bool> = (0..log.len())
        .map(|at| match log[at] {
            LogEntry::Erasure { of } | LogEntry::Gone { of, .. } if of < at => std::mem::take(&mut there[of]),
            _ => false,
        })
        .collect();
    for at in 0..log.len() {
        let goes_on = matches!(log.get(at + 1), Some(LogEntry::Gone { .. })) && erases[at + 1];
        if let LogEntry::Gone { more, .. } = &mut log[at] {
            *more = *more && erases[at] && goes_on;
        }
    }
    log
}

/// A log summed up between the moves of its total.
fn stages(log: &[LogEntry<Levels>], moves: &[usize]) -> Vec<(usize, Stage<Levels>)> {
    let mut gone = vec![false; log.len()];
    let mut begin = 0;
    let mut stages = Vec::new();
    for end in moves {
        let mut stage = Stage::default();
        for (entry, step) in log.iter().enumerate().take(*end).skip(begin) {
            match *step {
                LogEntry::Arrival { level, person } => stage.arrive(level, person),
                LogEntry::Erasure { of } | LogEntry::Gone { of, .. } => {
                    let LogEntry::Arrival { level, person } = log[of] else { continue };
                    if of < entry && !std::mem::replace(&mut gone[of], true) {
                        stage.erase(Went { group: level, of, person }, begin);
                    }
                }
                LogEntry::Other => {}
            }
        }
        stages.push((*end, stage));
        begin = *end;
    }
    stages
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 512,
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_split_with_its_total_tells_a_few_people(log in log(), orders in vec(any::<u64>(), 6)) {
        let mut seen = [Seen::default(), Seen::default(), Seen::default()];
        for entries in 0..=log.len() {
            let tables = step_tables(&log[..entries], &SPLITS, &rule());
            for (table, shown) in tables.iter().enumerate() {
                prop_assert_eq!(shown.total, tables[0].total);
                prop_assert_eq!(&shown.moves, &tables[0].moves);
                seen[table].note(table, shown);
            }
        }
        for seen in &seen {
            let kinds = kinds(&sets(&log, seen, &[]), &weights(&log));
            let found = attack(&kinds, &orders);
            prop_assert!(found.is_none(), "{:?}", found.map(|few| few.iter().map(|i| kinds[*i].clone()).collect::<Vec<_>>()));
        }
    }

    #[test]
    fn neither_does_a_split_with_splits_inside_one_of_its_levels(log in log(), orders in vec(any::<u64>(), 6)) {
        // By channel; channel 0 by place; place 0 of channel 0 by week.
        let (mut outer, mut inner, mut innermost) = (Seen::default(), Seen::default(), Seen::default());
        for entries in 0..=log.len() {
            let log = &log[..entries];
            let [channels, ..] = step_tables(log, &SPLITS, &rule());
            outer.note(0, &channels);
            let Some(cut) = channels.levels[0].shown else { continue };
            let at = |log: &[LogEntry], levels, moves: &[usize]| step_table_at(log, levels, moves, &channels.moves, &rule());
            let places = at(&part(log, 1, |levels| levels[0] == 0), 3, &channels.levels[0].moves);
            prop_assert_eq!(places.total.people, cut.people, "the total of the inner table is the level of the outer");
            inner.note(1, &places);
            let Some(cut) = places.levels[0].shown else { continue };
            let weeks = at(&part(log, 2, |levels| levels[..2] == [0, 0]), 5, &places.levels[0].moves);
            prop_assert_eq!(weeks.total.people, cut.people);
            innermost.note(2, &weeks);
        }
        let all = [sets(&log, &outer, &[]), sets(&log, &inner, &[0]), sets(&log, &innermost, &[0, 0])].concat();
        let kinds = kinds(&all, &weights(&log));
        let found = attack(&kinds, &orders);
        prop_assert!(found.is_none(), "{:?}", found.map(|few| few.iter().map(|i| kinds[*i].clone()).collect::<Vec<_>>()));
    }

    #[test]
    fn a_log_that_is_summed_up_gives_the_tables_of_its_entries(log in log(), level in 0_u32..3, until in 1_u32..5) {
        let [channels, ..] = step_tables(&log, &SPLITS, &rule());
        let stages = stages(&log, &channels.moves);
        let is_level = |levels: &Levels| levels[0] == level;
        let moves = &channels.levels[level as usize].moves;
        for (table, count) in [(1, 3), (2, 5)] {
            let of_entries = step_table_at(&part(&log, table, is_level), count, moves, &channels.moves, &rule());
            let of = |levels: &Levels| is_level(levels).then_some(levels[table] as usize);
            prop_assert_eq!(step_table_of(&stages, count, of, moves, &rule()), of_entries);
        }
        // A period of everybody, and of it a split.
        let is_early = |levels: &Levels| levels[2] < until;
        let both: Vec<LogEntry> =
            log.iter().map(|entry| entry.map(|levels| Some(usize::from(!is_early(levels))))).collect();
        let period = step_table_at(&both, 2, &channels.moves, &channels.moves, &rule());
        let of = |levels: &Levels| Some(usize::from(!is_early(levels)));
        prop_assert_eq!(&step_table_of(&stages, 2, of, &channels.moves, &rule()), &period);
        let moves = &period.levels[0].moves;
        let of_entries = step_table_at(&part(&log, 1, is_early), 3, moves, &channels.moves, &rule());
        let of = |levels: &Levels| is_early(levels).then_some(levels[1] as usize);
        prop_assert_eq!(step_table_of(&stages, 3, of, moves, &rule()), of_entries);
    }

    #[test]
    fn the_past_of_several_splits_does_not_depend_on_the_future(log in log(), until in any::<prop::sample::Index>()) {
        let until = until.index(log.len() + 1);
        let (then, now) = (step_tables(&log[..until], &SPLITS, &rule()), step_tables(&log, &SPLITS, &rule()));
        prop_assert!(now[0].moves.starts_with(&then[0].moves));
        prop_assert_eq!(&step_tables(&log[..then[0].total.entries], &SPLITS, &rule()), &then);
        for (then, now) in then.iter().flat_map(|table| &table.levels).zip(now.iter().flat_map(|table| &table.levels)) {
            prop_assert!(now.moves.starts_with(&then.moves));
        }
    }

    #[test]
    fn a_stepper_stands_where_its_whole_log_says_wherever_it_was_stored(
        log in log(),
        stored in vec(any::<prop::sample::Index>(), 0..4),
        gap in 1_usize..4,
    ) {
        let log = whole_erasures(log);
        let lasting = SPLITS.map(|split| split.lasting);
        let mut stepper = Stepper::new(lasting, &rule());
        let stored: Vec<usize> = stored.iter().map(|at| at.index(log.len() + 1)).collect();
        // Entries as the caller numbers them may leave numbers out, and levels are numbered as they come.
        let (mut there, mut numbers) = (vec![None; log.len()], [const { Vec::<u32>::new() }; 3]);
        for (at, entry) in log.iter().enumerate() {
            if stored.contains(&at) {
                stepper = Stepper::decode(lasting, &rule(), &stepper.encode()).unwrap();
            }
            match *entry {
                LogEntry::Arrival { level, person } => {
                    let mut tables = level.into_iter().zip(&mut numbers);
                    let levels = [(); 3].map(|()| {
                        let (level, numbers) = tables.next().unwrap();
                        let known = numbers.iter().position(|one| *one == level);
                        u32::try_from(known.unwrap_or_else(|| { numbers.push(level); numbers.len() - 1 })).unwrap()
                    });
                    stepper.arrive(at * gap, levels, person);
                    there[at] = Some((levels, person));
                }
                LogEntry::Erasure { of } if of < at => if let Some((levels, person)) = there[of].take() {
                    stepper.erase(at * gap, of * gap, levels, person);
                },
                // All of one erasure stands at one place.
                LogEntry::Gone { of, more } if of < at => if let Some((levels, person)) = there[of].take() {
                    stepper.lose(at * gap, of * gap, levels, person, more);
                },
                _ => {}
            }
        }
        // The same log with its levels in the order in which they came.
        let renumbered: Vec<LogEntry<Levels>> = log.iter().map(|entry| entry.map(|levels| {
            let place = |table: usize| numbers[table].iter().position(|one| *one == levels[table]).unwrap();
            Some([0, 1, 2].map(|table| u32::try_from(place(table)).unwrap()))
        })).collect();
        let scaled = |cut: Cut| Cut { entries: if cut.entries == 0 { 0 } else { (cut.entries - 1) * gap + 1 }, people: cut.people };
        // Levels to which nobody came make no difference.
        let tables = step_tables(&renumbered, &SPLITS.map(|split| Split { levels: 9, ..split }), &rule());
        prop_assert_eq!(stepper.total(), scaled(tables[0].total));
        prop_assert_eq!(stepper.responses().1, present(&log, tables[0].total.entries, |_| true).iter().filter(|n| **n == 1).count() as u64);
        for (table, shown) in tables.iter().enumerate() {
            for (level, stepped) in shown.levels.iter().enumerate() {
                prop_assert_eq!(stepper.level(table, level), stepped.shown.map(scaled));
            }
        }
        let bytes = stepper.encode();
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            prop_assert!(Stepper::decode(lasting, &rule(), &changed).is_err());
        }
    }

    #[test]
    fn two_splits_tell_a_few_people_exactly_when_a_few_people_join_them(
        common in vec(0_usize..14, 9),
        order in any::<usize>(),
    ) {
        let pairs = common.iter().enumerate().flat_map(|(pair, people)| vec![[pair / 3, pair % 3]; *people]);
        let mut people: Vec<[usize; 2]> = pairs.collect();
        (1..people.len()).for_each(|i| people.swap(i, order.wrapping_mul(i | 1) % (i + 1)));
        let log: Vec<LogEntry<[u32; 2]>> =
            people.iter().map(|at| LogEntry::Arrival { level: at.map(|level| u32::try_from(level).unwrap()), person: true }).collect();
        let tables = step_tables(&log, &[SPLITS[0], SPLITS[1]], &rule());
        let total = tables[0].total.entries;
        // A level shown where the total stands is a point of its own; the rest of its split is one, here with number 3.
        let point = |table: usize, level: usize| {
            let is_current = tables[table].levels[level].shown.is_some_and(|cut| cut.entries == total);
            if is_current { level } else { 3 }
        };
        let folded: Vec<[usize; 2]> = people[..total].iter().map(|[a, b]| [point(0, *a), point(1, *b)]).collect();
        let set = |table: usize, level: usize| folded.iter().map(|at| i32::from(at[table] == level)).collect();
        let shown = (0..2).flat_map(|table| (0..3).map(move |level| (table, level)));
        let mut sets: Vec<Vec<i32>> = shown.map(|(table, level)| set(table, level)).collect();
        sets.push(vec![1; total]);
        let kinds = kinds(&sets, &vec![1; total]);
        let found = (1_u32..1 << kinds.len()).any(|chosen| {
            let few: Vec<usize> = (0..kinds.len()).filter(|kind| chosen >> kind & 1 == 1).collect();
            few.iter().map(|kind| kinds[*kind].1).sum::<u64>() < STEP && exposed(&kinds, &few)
        });
        // Every way to put the eight points on two sides, and how many people stand between them.
        let joined = (0_u32..1 << 8).any(|sides| {
            let across = |at: &&[usize; 2]| (sides >> at[0] & 1) != (sides >> (4 + at[1]) & 1);
            (1..STEP).contains(&(folded.iter().filter(across).count() as u64))
        });
        prop_assert_eq!(found, joined);
    }
}

fn arrivals(level: Levels, people: usize) -> Vec<LogEntry<Levels>> {
    vec![LogEntry::Arrival { level, person: true }; people]
}

/// What the attacker finds in all states of the tables with these numbers.
fn found(log: &[LogEntry<Levels>], tables: &[usize]) -> bool {
    let mut seen = Seen::default();
    for entries in 0..=log.len() {
        let shown = step_tables(&log[..entries], &SPLITS, &rule());
        for table in tables {
            seen.note(*table, &shown[*table]);
        }
    }
    attack(&kinds(&sets(log, &seen, &[]), &weights(log)), &[1, 3, 5]).is_some()
}

#[test]
fn a_level_that_is_nearly_one_of_another_split_tells_the_difference() {
    // Three web orders were fetched at a place: web less "no place" is these three. Documented, not prevented.
    let at = |i: u32| if i % 40 == 6 { [0, 1, 0] } else { [i % 2, i % 2, 0] };
    let log: Vec<_> = (0..120).map(|i| LogEntry::Arrival { level: at(i), person: true }).collect();
    assert!(!found(&log, &[0]) && !found(&log, &[1]), "each split by itself says nothing");
    assert!(found(&log, &[0, 1]));
}

#[test]
fn splits_that_cross_evenly_tell_nothing_together() {
    let log: Vec<LogEntry<Levels>> =
        (0..240).map(|i: u32| LogEntry::Arrival { level: [i % 2, i / 2 % 2, 0], person: true }).collect();
    assert!(!found(&log, &[0, 1]));
}

#[test]
fn answers_of_people_who_are_counted_elsewhere_need_company_too() {
    // Somebody who is counted in channel 0 answers once more in channel 1.
    let again = LogEntry::Arrival { level: [1, 0, 0], person: false };
    let log = [arrivals([0, 0, 0], 40), vec![again], arrivals([0, 0, 0], 40)].concat();
    let [channels, ..] = step_tables(&log, &SPLITS, &rule());
    assert_eq!(channels.total.people, 80);
    let current = channels.levels[0].shown.is_some_and(|cut| cut.entries == channels.total.entries);
    assert!(!current, "total less channel 0 would be this one answer");
}

#[test]
fn a_long_log_with_corrections_of_old_answers_does_not_stand_still() {
    let (mut log, mut state) = (Vec::new(), 7_u64);
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 11).unwrap() % below
    };
    let mut corrected = BTreeSet::new();
    for came in 0..40_000_usize {
        // A fifth are of the week before, one in fifty corrects any answer that came.
        let week = (came / 800).saturating_sub(usize::from(next(5) == 0));
        let level = [next(4), next(12), week].map(|level| u32::try_from(level).unwrap());
        log.push(LogEntry::Arrival { level, person: true });
        let of = next(log.len());
        if let (LogEntry::Arrival { level, .. }, 0) = (log[of], next(50))
            && corrected.insert(of)
        {
            log.push(LogEntry::Erasure { of });
            log.push(LogEntry::Arrival { level, person: false });
        }
    }
    let splits = [
        Split { levels: 4, lasting: true },
        Split { levels: 12, lasting: true },
        Split { levels: 50, lasting: false },
    ];
    let tables = step_tables(&log, &splits, &StepRule::of(scoring::Policy::default()));
    let waiting = log.len() - tables[0].total.entries;
    assert!(waiting < 300, "{waiting} entries wait; a tenth of all would be four thousand");
    let people = |table: usize, level: usize| tables[table].levels[level].shown.map_or(0, |cut| cut.people);
    assert!((0..4).all(|channel| people(0, channel) > 9_000) && people(2, 49) > 300, "{:?}", people(2, 49));
    assert!(
        (0..49).all(|week| people(2, week) > 700),
        "{:?}",
        (0..50).map(|week| people(2, week)).collect::<Vec<_>>()
    );
}

#[test]
fn a_split_by_time_is_waited_for_less_long() {
    // A thousand people in an earlier week, one straggler of it, and new ones in a later week.
    let mut log = arrivals([0, 0, 0], 1_000);
    log.extend(arrivals([0, 0, 0], 1));
    log.extend(arrivals([0, 0, 1], 98));
    let total =
        |log: &[LogEntry<Levels>], splits: &[Split; 3]| step_tables(log, splits, &rule())[0].total.people;
    assert_eq!(total(&log, &SPLITS), 1_000);
    log.extend(arrivals([0, 0, 1], 1));
    assert_eq!(total(&log, &SPLITS), 1_100);
    assert_eq!(total(&log, &[SPLITS[0], SPLITS[1], Split { levels: 5, lasting: true }]), 1_000);
}

#[test]
fn weeks_of_a_single_channel_are_shown() {
    // Fifty people a week, who answer in the two weeks after.
    let week = |i: u32| (i + i.wrapping_mul(2_654_435_761) % 100) / 50;
    let log: Vec<LogEntry<Levels>> =
        (0..1_000).map(|i| LogEntry::Arrival { level: [0, 0, week(i)], person: true }).collect();
    let splits = [SPLITS[0], SPLITS[1], Split { levels: 22, lasting: false }];
    let [_, _, weeks] = step_tables(&log, &splits, &rule());
    assert!(weeks.total.people >= 900, "{}", weeks.total.people);
    let shown: u64 = weeks.levels.iter().filter_map(|week| week.shown).map(|cut| cut.people).sum();
    assert!(shown >= 550, "{shown} of 1000 people in shown weeks");
}

#[test]
fn odd_logs_give_tables_too() {
    let log: [LogEntry<Levels>; 3] = [
        LogEntry::Other,
        LogEntry::Erasure { of: 0 },
        LogEntry::Arrival { level: [u32::MAX; 3], person: true },
    ];
    let tables =
        step_tables(&log, &SPLITS, &StepRule { minimum: 0, step: 0, patience: 0, growth: 0, longest: 0 });
    assert_eq!(tables[0].total.people, 1);
    assert_eq!(step_tables(&[], &SPLITS, &rule())[2].levels.len(), 5);
    assert_eq!(step_table_at(&[], 0, &[], &[], &rule()).levels.len(), 1);
    let _: [scoring::SteppedTable; 0] = step_tables(&[], &[], &rule());
}

/// In how many of sixty random logs two splits of three groups tell a few people; in `alike` per cent of the people
/// the second group is the first.
fn found_in_random_logs(alike: u64) -> usize {
    let logs = [60, 120, 240].into_iter().flat_map(|people| (1..=20_u64).map(move |seed| (people, seed)));
    let exposed = logs.filter(|(people, seed)| {
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut next = |below: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 11) % below
        };
        let mut arrival = || {
            // Half, a third, a sixth.
            let mut group = || [3, 5].iter().map(|until| u32::from(next(6) >= *until)).sum();
            let (one, other) = (group(), group());
            let other = if next(100) < alike { one } else { other };
            LogEntry::Arrival { level: [one, other, 0], person: true }
        };
        let log: Vec<LogEntry<Levels>> = (0..*people).map(|_| arrival()).collect();
        found(&log, &[0, 1])
    });
    exposed.count()
}

#[test]
fn the_more_alike_two_splits_are_the_more_they_tell_together() {
    // These counts stand in the decision record on steps.
    assert_eq!([0, 50, 95].map(found_in_random_logs), [0, 27, 50]);
}
