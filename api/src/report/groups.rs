//! What the groups of a comparison would give away: by subtraction from their total, or from each other.
//!
//! Pure functions on counts of people, and their use on the figures of a report. Called when a comparison is
//! assembled; what single figures need is in `guard`.

use std::collections::BTreeSet;

use serde_json::Value;

use super::guard::{Guard, is_figure};

/// Whether the people outside a group are none or enough, so that total minus group tells nothing of a few.
///
/// With a minimum of 10 and a total of 100, a group of 95 may not be shown (5 would be left), one of 90 or of
/// 100 may.
pub fn complement_ok(total_people: u64, group_people: u64, minimum: u64) -> bool {
    let outside = total_people.saturating_sub(group_people);
    outside == 0 || outside >= minimum
}

/// The groups of one comparison that must not be shown beside its total.
///
/// A group goes when it or its complement has one to `minimum - 1` people, and an empty group goes with them,
/// since empty and withheld look the same. What total minus shown groups leaves must not be a few people or one
/// single group either: the next smallest group goes too, until neither is so, or nothing is left.
pub(super) fn withhold_groups(total: u64, groups: &[(String, u64)], minimum: u64) -> BTreeSet<String> {
    withhold_more(total, groups, minimum, BTreeSet::new())
}

/// As [`withhold_groups`], where some groups are withheld already.
fn withhold_more(
    total: u64,
    groups: &[(String, u64)],
    minimum: u64,
    already: BTreeSet<String>,
) -> BTreeSet<String> {
    let mut hidden = already;
    let alone = |people: u64| people < minimum || !complement_ok(total, people, minimum);
    hidden.extend(groups.iter().filter(|(_, people)| alone(*people)).map(|(name, _)| name.clone()));
    let mut shown: Vec<&(String, u64)> = groups.iter().filter(|(name, _)| !hidden.contains(name)).collect();
    shown.sort_by(|a, b| (b.1, &b.0).cmp(&(a.1, &a.0)));
    while needs_company(total, groups, &hidden, minimum) {
        let Some((name, _)) = shown.pop() else { break };
        hidden.insert(name.clone());
    }
    hidden
}

/// Whether total minus shown groups is a few people, or one group alone.
fn needs_company(total: u64, groups: &[(String, u64)], hidden: &BTreeSet<String>, minimum: u64) -> bool {
    let peopled = groups.iter().filter(|(name, people)| *people > 0 && hidden.contains(name)).count();
    let shown: u64 =
        groups.iter().filter(|(name, _)| !hidden.contains(name)).map(|(_, people)| *people).sum();
    let grouped: u64 = groups.iter().map(|(_, people)| *people).sum();
    let left = total.saturating_sub(shown);
    (left > 0 && left < minimum) || (peopled == 1 && grouped >= total)
}

/// Withholds in the levels of a comparison each figure that could be had from the total and the other levels.
///
/// `total` and `levels` are the same part of the report, not yet guarded; of the levels named in `hidden` nothing
/// will be shown.
pub(super) fn conceal(total: &Value, levels: Levels<'_, '_>, hidden: &BTreeSet<String>, guard: Guard) {
    match total {
        Value::Object(fields) => {
            if is_figure(fields) {
                conceal_figure(total, levels, hidden, guard);
            }
            for (key, part) in fields {
                conceal(part, &mut below(levels, |tree| tree.get_mut(key)), hidden, guard);
            }
        }
        Value::Array(parts) => {
            for (index, part) in parts.iter().enumerate() {
                conceal(part, &mut below(levels, |tree| tree.get_mut(index)), hidden, guard);
            }
        }
        _ => {}
    }
}

/// The same part of the report in each level, by the level's name.
type Levels<'a, 'b> = &'a mut [(&'b str, &'b mut Value)];

fn conceal_figure(total: &Value, levels: Levels<'_, '_>, hidden: &BTreeSet<String>, guard: Guard) {
    let people = |tree: &Value| tree.get("n").and_then(Value::as_u64);
    let (Some(all), Some(minimum)) = (people(total), guard.minimum) else { return };
    let counts: Vec<(String, u64)> =
        levels.iter().map(|(name, tree)| ((*name).to_owned(), people(tree).unwrap_or(0))).collect();
    let more = withhold_more(all, &counts, minimum, hidden.clone());
    for (_, tree) in levels.iter_mut().filter(|(name, _)| more.contains(*name)) {
        // An empty figure stays empty until the guard comes: an item without answers spoils no mean.
        if people(tree) != Some(0) {
            guard.withhold(tree);
        }
    }
}

fn below<'a>(
    levels: &'a mut [(&str, &mut Value)],
    step: impl Fn(&'a mut Value) -> Option<&'a mut Value>,
) -> Vec<(&'a str, &'a mut Value)> {
    levels.iter_mut().filter_map(|(name, tree)| Some((&**name, step(tree)?))).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn groups(list: &[(&str, u64)]) -> Vec<(String, u64)> {
        list.iter().map(|(name, people)| ((*name).to_owned(), *people)).collect()
    }

    fn names(list: &[&str]) -> BTreeSet<String> {
        list.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_complement_of_a_few_is_not_ok() {
        assert!(complement_ok(100, 100, 10));
        assert!(complement_ok(100, 90, 10));
        assert!(!complement_ok(100, 91, 10));
        assert!(!complement_ok(100, 99, 10));
    }

    #[test]
    fn one_small_group_takes_the_next_smallest_with_it() {
        let list = groups(&[("web", 60), ("phone", 4), ("chat", 12), ("email", 24)]);
        assert_eq!(withhold_groups(100, &list, 10), names(&["phone", "chat"]));
    }

    #[test]
    fn several_small_groups_need_company_only_while_they_are_few_together() {
        let enough = groups(&[("web", 60), ("phone", 6), ("chat", 6)]);
        assert_eq!(withhold_groups(72, &enough, 10), names(&["phone", "chat"]));
        let few = groups(&[("web", 60), ("email", 20), ("phone", 2), ("chat", 2)]);
        assert_eq!(withhold_groups(84, &few, 10), names(&["phone", "chat", "email"]));
    }

    #[test]
    fn two_groups_one_of_them_small_are_both_withheld() {
        assert_eq!(withhold_groups(96, &groups(&[("web", 91), ("phone", 5)]), 10), names(&["web", "phone"]));
    }

    #[test]
    fn large_groups_and_empty_ones_stand_as_they_are() {
        assert_eq!(withhold_groups(90, &groups(&[("web", 50), ("phone", 40)]), 10), BTreeSet::new());
        assert_eq!(
            withhold_groups(90, &groups(&[("web", 50), ("phone", 40), ("chat", 0)]), 10),
            names(&["chat"])
        );
        assert_eq!(withhold_groups(50, &groups(&[("web", 50)]), 10), BTreeSet::new());
    }

    #[test]
    fn a_few_people_in_no_group_are_protected_too() {
        assert_eq!(withhold_groups(94, &groups(&[("web", 50), ("phone", 40)]), 10), names(&["phone"]));
        assert_eq!(withhold_groups(120, &groups(&[("web", 50), ("phone", 40)]), 10), BTreeSet::new());
    }

    proptest! {
        #[test]
        fn what_is_left_is_nobody_or_enough(
            sizes in proptest::collection::vec(0_u64..40, 1..9),
            outside in 0_u64..30,
            minimum in 5_u64..=20,
        ) {
            let list: Vec<(String, u64)> = (0..).zip(&sizes).map(|(i, n): (u8, _)| (i.to_string(), *n)).collect();
            let total = sizes.iter().sum::<u64>() + outside;
            let hidden = withhold_groups(total, &list, minimum);
            let shown: Vec<u64> = list.iter().filter(|(name, _)| !hidden.contains(name)).map(|(_, n)| *n).collect();
            let left = total - shown.iter().sum::<u64>();
            prop_assert!(shown.iter().all(|n| *n >= minimum));
            prop_assert!(shown.is_empty() || left == 0 || left >= minimum, "{left} left");
            let peopled = list.iter().filter(|(name, n)| *n > 0 && hidden.contains(name)).count();
            prop_assert!(shown.is_empty() || peopled != 1 || outside > 0, "one group could be had by subtraction");
        }
    }
}
