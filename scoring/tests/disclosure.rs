//! An attacker against the disclosure rules: whatever was ever shown, added and subtracted with any factors,
//! says nothing about fewer people than a step.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test program: a wrong assumption shall stop it"
)]

mod attacker;

use attacker::{STEP, Seen, attack, enough, kinds, people_in, present, weights};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use scoring::{
    LogEntry, Policy, PolicyError, Reader, StepRule, complement_ok, step_table, steps, withhold_groups,
    withhold_more,
};

/// Arrivals in uneven levels with erasures of earlier ones; some responses are not their person's first.
fn log(levels: usize) -> impl Strategy<Value = Vec<LogEntry>> {
    let entry = (0_u32..100, 0_u32..1000, any::<u16>(), 0_u32..20);
    (vec(entry, 0..330), 0_u32..25).prop_map(move |(entries, erasing)| {
        let mut log = Vec::new();
        for (kind, level, which, first) in entries {
            if kind < erasing && !log.is_empty() {
                let of = usize::from(which) % log.len();
                let is_correction = which.is_multiple_of(2);
                log.push(if is_correction {
                    LogEntry::Erasure { of }
                } else {
                    LogEntry::Gone { of, more: which % 4 == 1 }
                });
            } else {
                // Half of all, three tenths, a tenth and so on.
                let level = [500, 800, 900, 960].iter().filter(|until| level >= **until).count();
                let level = level.min(levels - 1);
                log.push(LogEntry::Arrival { level, person: first > 0 });
            }
        }
        log
    })
}

/// Every set of responses whose figures were shown while the log grew.
fn ever_shown(log: &[LogEntry], levels: usize, rule: &StepRule) -> Vec<Vec<i32>> {
    let mut seen = Seen::default();
    for entries in 0..=log.len() {
        seen.note(0, &step_table(&log[..entries], levels, rule));
    }
    let of = |of: Option<(usize, usize)>| move |level: &usize| of.is_none_or(|(_, of)| of == *level);
    seen.0.into_iter().map(|(entries, level)| present(log, entries, of(level))).collect()
}

fn rule(minimum: u64) -> StepRule {
    StepRule { minimum, step: STEP, patience: 3 * STEP, growth: 50, longest: 300 * STEP }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 96,
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_difference_of_two_shown_counts_is_a_few_people(log in log(4), minimum in 5_u64..=10) {
        let (sets, weights) = (ever_shown(&log, 4, &rule(minimum)), weights(&log));
        for (place, a) in sets.iter().enumerate() {
            let people = people_in(a, &weights);
            prop_assert!(!a.contains(&1) || people >= STEP, "{people} people shown");
            for b in &sets[..place] {
                prop_assert!(enough(a, b, &weights));
            }
        }
    }

    #[test]
    fn no_sum_of_shown_counts_with_any_factors_is_a_few_people(
        log in prop_oneof![log(2), log(3), log(5)],
        orders in vec(any::<u64>(), 12),
    ) {
        let kinds = kinds(&ever_shown(&log, 5, &rule(5)), &weights(&log));
        let found = attack(&kinds, &orders);
        prop_assert!(found.is_none(), "{:?}", found.map(|few| few.iter().map(|i| kinds[*i].clone()).collect::<Vec<_>>()));
    }

    #[test]
    fn the_past_does_not_depend_on_the_future(log in log(3), until in any::<prop::sample::Index>()) {
        let rule = rule(10);
        let until = until.index(log.len() + 1);
        let (then, now) = (step_table(&log[..until], 3, &rule), step_table(&log, 3, &rule));
        prop_assert!(then.total.entries <= now.total.entries);
        // Whoever reads at a cut and whoever reads later, folded up to there, see the same.
        prop_assert_eq!(step_table(&log[..then.total.entries], 3, &rule), then);
        let single = steps(&log[..until], STEP);
        prop_assert_eq!(steps(&log[..single.entries], STEP), single);
        prop_assert!(single.entries <= steps(&log, STEP).entries);
    }

    #[test]
    fn figures_without_levels_move_by_whole_steps(log in log(1)) {
        let mut cuts = Vec::new();
        for entries in 0..=log.len() {
            let cut = steps(&log[..entries], STEP);
            if cuts.last() != Some(&cut) {
                cuts.push(cut);
            }
        }
        let sets: Vec<_> = cuts.iter().map(|cut| present(&log, cut.entries, |_| true)).collect();
        let weights = weights(&log);
        for (set, cut) in sets.iter().zip(&cuts) {
            prop_assert_eq!(people_in(set, &weights), cut.people);
        }
        for (place, a) in sets.iter().enumerate() {
            for b in &sets[..place] {
                prop_assert!(enough(a, b, &weights));
                let fresh: Vec<i32> = a.iter().zip(b).map(|(a, b)| i32::from(*a == 1 && *b == 0)).collect();
                prop_assert!(people_in(&fresh, &weights) >= STEP);
            }
        }
    }

    #[test]
    fn people_of_a_table_are_those_of_its_cuts(log in log(4)) {
        let table = step_table(&log, 4, &rule(10));
        let people = |entries, level: Option<usize>| {
            people_in(&present(&log, entries, |of| level.is_none_or(|level| level == *of)), &weights(&log))
        };
        prop_assert_eq!(people(table.total.entries, None), table.total.people);
        for (level, stepped) in table.levels.iter().enumerate() {
            if let Some(cut) = stepped.shown {
                prop_assert_eq!(people(cut.entries, Some(level)), cut.people);
                prop_assert!(cut.people >= 10 && cut.entries <= table.total.entries);
            }
        }
    }

    #[test]
    fn what_a_table_leaves_is_nobody_or_enough(
        sizes in vec(0_u64..40, 1..9),
        outside in 0_u64..30,
        minimum in 5_u64..=20,
    ) {
        let groups: Vec<(String, u64)> = (0..).zip(&sizes).map(|(i, n): (u8, _)| (i.to_string(), *n)).collect();
        let total = sizes.iter().sum::<u64>() + outside;
        let hidden = withhold_groups(total, &groups, minimum);
        let shown: Vec<u64> = groups.iter().filter(|(name, _)| !hidden.contains(name)).map(|(_, n)| *n).collect();
        // Every set of shown groups, subtracted from the total.
        for chosen in 0_u32..1 << shown.len() {
            let taken: u64 = shown.iter().enumerate().filter(|(i, _)| chosen & (1 << i) != 0).map(|(_, n)| n).sum();
            let left = total - taken;
            prop_assert!(taken == 0 || left == 0 || left >= minimum, "{left} left");
        }
        prop_assert!(shown.iter().all(|n| *n >= minimum));
        let peopled = groups.iter().filter(|(name, n)| *n > 0 && hidden.contains(name)).count();
        prop_assert!(shown.is_empty() || peopled != 1 || outside > 0, "one group could be had by subtraction");
        prop_assert_eq!(withhold_more(total, &groups, minimum, hidden.clone()), hidden);
    }
}

#[test]
fn tables_do_move() {
    // A level with half, one with a third, one with a sixth of the people.
    let mut log: Vec<LogEntry> = Vec::new();
    let mut late = 0;
    for i in 0..1_200_usize {
        let level = [0, 1, 0, 1, 0, 2][i % 6];
        log.push(LogEntry::Arrival { level, person: true });
        // A fourth level stays empty.
        let table = step_table(&log, 4, &rule(10));
        late = late.max(log.len() as u64 - table.total.people);
        assert!(log.len() as u64 - table.total.people <= 30.max(table.total.people / 2));
    }
    let table = step_table(&log, 4, &rule(10));
    let shown: Vec<u64> = table.levels[..3].iter().map(|level| level.shown.unwrap().people).collect();
    assert!(shown[0] >= 450 && shown[1] >= 300 && shown[2] >= 150, "{shown:?}");
    assert_eq!(table.levels[3].shown, None);
    assert!(late > 10);
}

fn arrivals(level: usize, people: usize) -> Vec<LogEntry> {
    vec![LogEntry::Arrival { level, person: true }; people]
}

#[test]
fn the_attack_finds_what_is_there_to_find() {
    // Two states of one figure that differ by three people, and by ten.
    let later = [vec![1; 40], [vec![1; 37], vec![0; 3]].concat()];
    assert!(attack(&kinds(&later, &[1; 40]), &[1]).is_some());
    let apart = [vec![1; 40], [vec![1; 30], vec![0; 10]].concat()];
    assert!(attack(&kinds(&apart, &[1; 40]), &[1]).is_none());
    // Three sets of which no two tell anything: a + b, a + c, b + c give a, b and c.
    let ring = [[1, 1, 0], [1, 0, 1], [0, 1, 1]].map(|in_set| in_set.map(|x| vec![x; 6]).concat());
    assert!(attack(&kinds(&ring, &[1; 18]), &[1]).is_some());
}

#[test]
fn a_level_that_loses_one_person_does_not_show_it() {
    let mut log = [arrivals(0, 20), arrivals(1, 20)].concat();
    log.push(LogEntry::Erasure { of: 30 });
    log.extend(arrivals(0, 40));
    let table = step_table(&log, 2, &rule(10));
    assert!(table.total.people > 40 && table.levels[1].shown.is_some_and(|cut| cut.people == 20));
    assert_eq!(attack(&kinds(&ever_shown(&log, 2, &rule(10)), &weights(&log)), &[1]), None);
}

#[test]
fn a_small_level_that_grows_does_not_show_how_small_it_was() {
    // 3, 6 and 6 people in small levels; then the first of them grows, the others do not.
    let mut log = [arrivals(0, 60), arrivals(1, 3), arrivals(2, 6), arrivals(3, 6)].concat();
    log.extend(arrivals(0, 30));
    log.extend([arrivals(1, 12), arrivals(0, 60)].concat());
    for minimum in [5, 10] {
        assert_eq!(attack(&kinds(&ever_shown(&log, 4, &rule(minimum)), &weights(&log)), &[1, 3, 5]), None);
    }
}

#[test]
fn a_rare_level_is_withheld_with_company() {
    let mut log: Vec<LogEntry> = (0..200).map(|i| LogEntry::Arrival { level: i % 3, person: true }).collect();
    log.extend([LogEntry::Arrival { level: 3, person: true }; 4]);
    log.extend((0..200).map(|i| LogEntry::Arrival { level: i % 3, person: true }));
    let table = step_table(&log, 4, &rule(10));
    assert_eq!(table.levels[3].shown, None);
    let current =
        |level: &scoring::SteppedLevel| level.shown.is_some_and(|cut| cut.entries == table.total.entries);
    assert!(
        table.levels.iter().filter(|level| current(level)).count() <= 2,
        "else the rare one is what is left"
    );
}

#[test]
fn erasures_wait_for_a_step_and_unknown_ones_do_nothing() {
    let arrival = LogEntry::Arrival { level: 0, person: true };
    let mut log = vec![arrival; 20];
    let before = steps(&log, STEP);
    log.extend([LogEntry::Erasure { of: 0 }, LogEntry::Erasure { of: 0 }, LogEntry::Erasure { of: 999 }]);
    assert_eq!(steps(&log, STEP), before);
    log.extend([arrival; 10]);
    assert_eq!(steps(&log, STEP).people, 29);
    assert_eq!(steps(&[], STEP).people, 0);
    assert_eq!(steps(&log, 0).people, 29);
    let out_of_range = [LogEntry::Arrival { level: 9, person: true }; 40];
    assert_eq!(step_table(&out_of_range, 2, &rule(10)).total.people, 40);
    assert_eq!(step_table(&[], 0, &rule(10)).levels.len(), 1);
}

#[test]
fn groups_of_one_table_keep_each_other_company() {
    let groups = |list: &[(&str, u64)]| -> Vec<(String, u64)> {
        list.iter().map(|(name, people)| ((*name).to_owned(), *people)).collect()
    };
    let withheld = |total, list: &[(&str, u64)]| -> Vec<String> {
        withhold_groups(total, &groups(list), 10).into_iter().collect()
    };
    assert_eq!(withheld(100, &[("web", 60), ("phone", 4), ("chat", 12), ("email", 24)]), ["chat", "phone"]);
    assert_eq!(withheld(72, &[("web", 60), ("phone", 6), ("chat", 6)]), ["chat", "phone"]);
    assert_eq!(
        withheld(84, &[("web", 60), ("email", 20), ("phone", 2), ("chat", 2)]),
        ["chat", "email", "phone"]
    );
    assert_eq!(withheld(96, &[("web", 91), ("phone", 5)]), ["phone", "web"]);
    assert_eq!(withheld(90, &[("web", 50), ("phone", 40), ("chat", 0)]), ["chat"]);
    assert_eq!(withheld(94, &[("web", 50), ("phone", 40)]), ["phone"]);
    assert_eq!(withheld(120, &[("web", 50), ("phone", 40)]), Vec::<String>::new());
    assert!(complement_ok(100, 90, 10) && !complement_ok(100, 91, 10) && !complement_ok(100, 99, 10));
}

#[test]
fn a_policy_has_its_bounds() {
    for minimum in [0, 4, 51, u64::MAX] {
        assert_eq!(Policy::with_minimum(minimum), Err(PolicyError::Minimum(minimum)));
    }
    let (few, many) = (Policy::with_minimum(5).unwrap(), Policy::with_minimum(50).unwrap());
    assert_eq!(
        (few.step(), few.comparison_minimum(), many.step(), many.comparison_minimum()),
        (10, 30, 50, 50)
    );
    let (guest, owner) = (Reader { rows: false }, Reader { rows: true });
    assert!(
        few.may_show_score(guest, 5) && !few.may_show_comment(guest, 9) && many.may_show_comment(guest, 50)
    );
    assert!(!few.may_compare(guest, &[100]) && few.may_compare(owner, &[1, 1]));
}
