//! How fast mails go: so many a minute to one domain, and few on an organisation's first days.
//!
//! Large mail providers distrust a sender whom they do not know and who comes with thousands at once.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::domain::Micros;
use crate::domain::time::{DAY, SECOND};
use crate::service::{Result, Services};
use crate::store::{AnyConnection, OrgScope, outbox};

/// Domains whose pace is remembered at most.
const MOST_DOMAINS: usize = 10_000;

/// The operator's limits, and how much of them is used.
#[derive(Default)]
pub struct Pace {
    /// Mails a minute to one domain; 0 for no limit.
    pub per_minute: u32,
    /// Mails of an organisation on its first day, doubled each day; 0 for no warm-up.
    pub first_day: u32,
    next: Mutex<BTreeMap<String, i64>>,
}

/// Days after which a sender counts as known.
const WARM_UP_DAYS: i64 = 30;

impl Pace {
    /// Limits as the operator set them.
    pub fn new(per_minute: u32, first_day: u32) -> Self {
        Self { per_minute, first_day, next: Mutex::default() }
    }

    /// Takes the next free moment of a domain; none when that is now.
    fn take(&self, domain: &str, now: Micros) -> Option<Micros> {
        if self.per_minute == 0 {
            return None;
        }
        let gap = 60 * SECOND / i64::from(self.per_minute);
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        if next.len() >= MOST_DOMAINS {
            next.retain(|_, at| *at > now.0);
        }
        let free = next.entry(domain.to_lowercase()).or_insert(now.0);
        if *free > now.0 {
            return Some(Micros(*free));
        }
        *free = now.0 + gap;
        None
    }

    /// How many mails an organisation may send on the day `day` since its first; none without a limit.
    fn allowance(&self, day: i64) -> Option<i64> {
        if self.first_day == 0 || day >= WARM_UP_DAYS {
            return None;
        }
        let doublings = u32::try_from(day.max(0)).unwrap_or(0);
        Some(i64::from(self.first_day).saturating_mul(2i64.saturating_pow(doublings)))
    }
}

/// When a mail to this address may go; none when that is now.
pub fn not_before(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    address: &str,
    now: Micros,
) -> Result<Option<Micros>> {
    if let Some(tomorrow) = warm_up(services, connection, scope, now)? {
        return Ok(Some(tomorrow));
    }
    let domain = address.rsplit_once('@').map_or("", |(_, domain)| domain);
    Ok(services.pace.take(domain, now))
}

fn warm_up(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    now: Micros,
) -> Result<Option<Micros>> {
    if services.pace.first_day == 0 {
        return Ok(None);
    }
    let first = outbox::first_begun_at(connection, scope)?.unwrap_or(now);
    let day = (now.0 - first.0).div_euclid(DAY);
    let Some(allowance) = services.pace.allowance(day) else { return Ok(None) };
    let since = Micros(first.0 + day * DAY);
    if outbox::begun_since(connection, scope, since)? < allowance {
        return Ok(None);
    }
    Ok(Some(Micros(since.0 + DAY)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_gets_its_mails_one_after_another_and_others_do_not_wait() {
        let pace = Pace::new(6, 0);
        let at = |seconds: i64| Micros(seconds * SECOND);
        assert_eq!(pace.take("example.org", at(100)), None);
        assert_eq!(pace.take("EXAMPLE.org", at(100)), Some(at(110)));
        assert_eq!(pace.take("example.com", at(100)), None);
        assert_eq!(pace.take("example.org", at(110)), None);
    }

    #[test]
    fn the_first_days_double_until_the_sender_is_known() {
        let pace = Pace::new(0, 50);
        assert_eq!([0, 1, 5].map(|day| pace.allowance(day)), [Some(50), Some(100), Some(1600)]);
        assert_eq!((pace.allowance(30), Pace::new(0, 0).allowance(0)), (None, None));
    }
}
