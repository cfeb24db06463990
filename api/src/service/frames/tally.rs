//! How many invitations have which standing in which class, for one period or for each.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::{Outcome, PERIODS, bytes};
use crate::domain::{Micros, Standing};
use crate::service::cells::key::Period;
use crate::store::frame_counts::{Becomes, Change, Class};
use crate::store::frames::FrameClass;
use crate::store::invitation_counts::{CountFilter, Counts};

/// Invitations of one period by class and standing; no entry is 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally(BTreeMap<(Class, Standing), u64>);

impl Tally {
    /// Its entries, ascending.
    pub fn entries(&self) -> impl Iterator<Item = (Class, Standing, u64)> {
        self.0.iter().map(|((class, standing), n)| (*class, *standing, *n))
    }

    /// Whether it counts nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds invitations of a standing, or takes them away; words when fewer are left than none.
    pub fn add(&mut self, class: Class, standing: Standing, more: i64) -> Outcome<()> {
        let place = self.0.entry((class, standing)).or_default();
        *place =
            place.checked_add_signed(more).ok_or("a stored frame counts fewer invitations than left it")?;
        if *place == 0 {
            self.0.remove(&(class, standing));
        }
        Ok(())
    }

    /// Adds another one.
    pub fn merge(&mut self, other: &Self) {
        for (key, n) in &other.0 {
            *self.0.entry(*key).or_default() += n;
        }
    }

    /// What a report asks of it: what came of the invitations, and the classes of the frame, ascending.
    pub fn figures(&self, filter: &CountFilter) -> (Counts, Vec<FrameClass>) {
        let mut counts = Counts::default();
        let mut classes: BTreeMap<(i16, i32), FrameClass> = BTreeMap::new();
        for (class, standing, n) in self.entries().filter(|(class, ..)| passes(filter, *class)) {
            let only = |is: bool| if is { n } else { 0 };
            counts.sent += only(standing.is_sent());
            counts.bounced += only(standing.is_bounced());
            counts.answered += only(standing.is_answered());
            if standing.is_in_frame() {
                let Class { channel, place_id, .. } = class;
                let empty = FrameClass { channel, place_id, orders: 0, delivered: 0, answered: 0 };
                let class = classes.entry((channel, place_id)).or_insert(empty);
                class.orders += n;
                class.delivered += only(standing.is_sent() && !standing.is_bounced());
                class.answered += only(standing.is_answered());
            }
        }
        (counts, classes.into_values().collect())
    }
}

fn passes(filter: &CountFilter, class: Class) -> bool {
    filter.channel.is_none_or(|one| one == class.channel)
        && filter.place_id.is_none_or(|one| one == class.place_id)
        && filter.contact_channel.is_none_or(|one| one == class.contact_channel)
}

impl FromIterator<(Class, Standing, u64)> for Tally {
    fn from_iter<I: IntoIterator<Item = (Class, Standing, u64)>>(entries: I) -> Self {
        Self(entries.into_iter().map(|(class, standing, n)| ((class, standing), n)).collect())
    }
}

/// What comes to each period and goes from it.
#[derive(Clone, Debug, Default)]
pub struct Differences {
    /// By day only: months and all time follow from days.
    days: BTreeMap<i32, BTreeMap<(Class, Standing), i64>>,
}

impl Differences {
    /// Counts a change in the days of a zone.
    pub fn take(&mut self, zone: &TimeZone, change: &Change) {
        let day = change.service_at.day_in(zone);
        self.add(day, change.class, change.was, -1);
        self.add(day, change.class, change.became, 1);
    }

    /// Counts an invitation.
    pub fn count(&mut self, zone: &TimeZone, service_at: Micros, class: Class, standing: Standing) {
        self.add(service_at.day_in(zone), class, standing, 1);
    }

    fn add(&mut self, day: i32, class: Class, standing: Standing, more: i64) {
        if standing != Standing::NONE {
            *self.days.entry(day).or_default().entry((class, standing)).or_default() += more;
        }
    }

    /// Takes another one away from it.
    pub fn less(&mut self, other: &Self) {
        for (day, differences) in &other.days {
            for ((class, standing), more) in differences {
                self.add(*day, *class, *standing, -more);
            }
        }
    }

    /// Those of the days from the first to before the second, in one tally that counts what was there before.
    pub fn onto(&self, mut before: Tally, (from, to): (Option<i32>, Option<i32>)) -> Outcome<Tally> {
        let wanted = |day: &i32| from.is_none_or(|from| *day >= from) && to.is_none_or(|to| *day < to);
        let mut sums: BTreeMap<(Class, Standing), i64> = BTreeMap::new();
        for differences in self.days.iter().filter(|(day, _)| wanted(day)).map(|(_, all)| all) {
            for (key, more) in differences {
                *sums.entry(*key).or_default() += more;
            }
        }
        for ((class, standing), more) in sums {
            before.add(class, standing, more)?;
        }
        Ok(before)
    }

    /// The same by the first day of each period of a kind; nothing where all differences are 0.
    fn by(&self, period: Period) -> BTreeMap<i32, BTreeMap<(Class, Standing), i64>> {
        let mut all: BTreeMap<i32, BTreeMap<(Class, Standing), i64>> = BTreeMap::new();
        for (day, differences) in &self.days {
            let sums = all.entry(period.start_of(*day)).or_default();
            for (key, more) in differences {
                *sums.entry(*key).or_default() += more;
            }
        }
        for sums in all.values_mut() {
            sums.retain(|_, more| *more != 0);
        }
        all.retain(|_, sums| !sums.is_empty());
        all
    }

    /// All rows that change, with their new bytes; `before` gives the stored bytes of a kind of period by first day.
    pub fn rows(
        &self,
        mut before: impl FnMut(Period, &[i32]) -> super::super::Result<BTreeMap<i32, Vec<u8>>>,
    ) -> super::super::Result<Vec<Becomes>> {
        let mut rows = Vec::new();
        for period in PERIODS {
            let all = self.by(period);
            let starts: Vec<i32> = all.keys().copied().collect();
            let stored = before(period, &starts)?;
            for (start, sums) in all {
                let counts = sum(stored.get(&start), sums).map_err(super::broken)?;
                rows.push((period.code(), start, counts));
            }
        }
        Ok(rows)
    }
}

/// Stored bytes with what comes and goes; none when nothing is left.
fn sum(before: Option<&Vec<u8>>, sums: BTreeMap<(Class, Standing), i64>) -> Outcome<Option<Vec<u8>>> {
    let mut tally = before.map_or_else(|| Ok(Tally::default()), |stored| bytes::decode(stored))?;
    for ((class, standing), more) in sums {
        tally.add(class, standing, more)?;
    }
    if tally.is_empty() { Ok(None) } else { bytes::encode(&tally).map(Some) }
}
