//! Primary and complementary suppression in one table of levels beside their total (Cox 1980).

use std::collections::BTreeSet;

/// Whether the people outside a group are none or enough, so that total minus group tells nothing of a few.
///
/// ```
/// use scoring::complement_ok;
/// // Of 100 people 5 would be left, which is too few; 10 or nobody is not.
/// assert!(!complement_ok(100, 95, 10));
/// assert!(complement_ok(100, 90, 10) && complement_ok(100, 100, 10));
/// ```
pub fn complement_ok(total_people: u64, group_people: u64, minimum: u64) -> bool {
    let outside = total_people.saturating_sub(group_people);
    outside == 0 || outside >= minimum
}

/// The groups of one table that must not be shown beside its total.
///
/// Primary: a group goes when it, or its complement, has fewer than `minimum` people; an empty group goes with
/// them, since empty and withheld must look the same. Complementary: what total minus shown groups leaves must not
/// be a few people, nor one single group; as long as it is, the next smallest shown group goes too (of equal ones
/// the first by name). `total` may count people who are in no group. People are distinct and stand in one group.
///
/// ```
/// use scoring::withhold_groups;
/// let groups = [("web", 60), ("phone", 4), ("chat", 12), ("email", 24)].map(|(name, n)| (name.to_owned(), n));
/// let withheld: Vec<String> = withhold_groups(100, &groups, 10).into_iter().collect();
/// assert_eq!(withheld, ["chat", "phone"]);
/// ```
pub fn withhold_groups(total: u64, groups: &[(String, u64)], minimum: u64) -> BTreeSet<String> {
    withhold_more(total, groups, minimum, BTreeSet::new())
}

/// As [`withhold_groups`], where some groups are withheld already, for another reason or another figure.
pub fn withhold_more(
    total: u64,
    groups: &[(String, u64)],
    minimum: u64,
    already: BTreeSet<String>,
) -> BTreeSet<String> {
    let mut sorted: Vec<&(String, u64)> = groups.iter().collect();
    sorted.sort_by(|a, b| a.0.cmp(&b.0));
    let crowds: Vec<Crowd> = sorted.iter().map(|(_, people)| Crowd::of(*people)).collect();
    let hidden = (0..).zip(&sorted).filter(|(_, (name, _))| already.contains(name));
    let more = withhold(Crowd::of(total), &crowds, minimum, hidden.map(|(place, _)| place).collect());
    let names = more.iter().filter_map(|place| sorted.get(*place)).map(|(name, _)| name.clone());
    already.iter().cloned().chain(names).collect()
}

/// How many people stand behind how many answers. Answers without people are those of people who are counted
/// elsewhere, who answered before, say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Crowd {
    /// People.
    pub(super) people: u64,
    /// Their answers, and those of people counted elsewhere.
    pub(super) answers: u64,
}

impl Crowd {
    /// So many people, each of them with one answer.
    fn of(people: u64) -> Crowd {
        Crowd { people, answers: people }
    }

    pub(super) fn plus(self, other: Crowd) -> Crowd {
        Crowd { people: self.people + other.people, answers: self.answers + other.answers }
    }

    fn minus(self, other: Crowd) -> Crowd {
        Crowd {
            people: self.people.saturating_sub(other.people),
            answers: self.answers.saturating_sub(other.answers),
        }
    }

    /// Whether somebody is there, but too few.
    fn is_few(self, minimum: u64) -> bool {
        self.answers > 0 && self.people < minimum
    }
}

/// [`withhold_more`] on groups by number; of equal ones the first goes.
pub(super) fn withhold(
    total: Crowd,
    groups: &[Crowd],
    minimum: u64,
    already: BTreeSet<usize>,
) -> BTreeSet<usize> {
    let mut hidden = already;
    let alone = |group: Crowd| group.people < minimum || total.minus(group).is_few(minimum);
    hidden.extend((0..).zip(groups).filter(|(_, group)| alone(**group)).map(|(place, _)| place));
    let mut shown: Vec<(Crowd, usize)> = groups.iter().copied().zip(0..).collect();
    shown.retain(|(_, place)| !hidden.contains(place));
    shown.sort_by_key(|(group, place)| std::cmp::Reverse((group.people, *place)));
    let together = |crowds: &mut dyn Iterator<Item = Crowd>| crowds.fold(Crowd::default(), Crowd::plus);
    let covers_all = together(&mut groups.iter().copied()).answers >= total.answers;
    let mut open = together(&mut shown.iter().map(|(group, _)| *group));
    let peopled = (0..).zip(groups).filter(|(place, group)| hidden.contains(place) && group.answers > 0);
    let mut peopled = peopled.count();
    // What is left must be neither a few people nor one group alone.
    while total.minus(open).is_few(minimum) || (peopled == 1 && covers_all) {
        let Some((group, place)) = shown.pop() else { break };
        hidden.insert(place);
        open = open.minus(group);
        peopled += usize::from(group.answers > 0);
    }
    hidden
}
