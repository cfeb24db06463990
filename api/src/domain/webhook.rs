//! When an event that an endpoint did not take is brought to it again, and for how long the endpoint is left alone.

use super::time::Micros;

/// Seconds between one try and the next; after the last of them the delivery is given up.
const PAUSES_S: [i64; 9] =
    [5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600];

/// The longest time for which an endpoint that fails is left alone, unless it asks for more.
const LONGEST_HOLD_S: i64 = 300;

/// The longest time for which it is left alone because it asked for it.
const LONGEST_ASKED_S: i64 = 3600;

/// How many tries a delivery has in all.
pub const TRIES: i32 = 10;

/// When a delivery that has failed `tries` times (1 or more) is tried again; none when it is given up.
///
/// `jitter` is a byte of chance: the pause grows by up to a tenth, so that what failed together does not come back
/// together. `asked_s` is what the endpoint asked for; it makes a pause longer, never shorter, and at most a day.
pub fn next_try(now: Micros, tries: i32, jitter: u8, asked_s: Option<i64>) -> Option<Micros> {
    let place = usize::try_from(tries.checked_sub(1)?).ok()?;
    let pause_s = *PAUSES_S.get(place)?;
    let asked_s = asked_s.unwrap_or(0).clamp(0, 24 * 3600);
    let jitter_us = pause_s * 100_000 * i64::from(jitter) / 255;
    Some(Micros(now.plus_seconds(pause_s.max(asked_s)).0.saturating_add(jitter_us)))
}

/// Until when nothing is brought to an endpoint that failed `failures` times (1 or more) in a row.
///
/// Never longer than the pause of the delivery that found it failing, so that a single event keeps its schedule.
pub fn hold_until(now: Micros, failures: i32, asked_s: Option<i64>) -> Micros {
    let place = usize::try_from(failures.saturating_sub(1)).unwrap_or(0);
    let pause_s = PAUSES_S.get(place).copied().unwrap_or(LONGEST_HOLD_S).min(LONGEST_HOLD_S);
    now.plus_seconds(pause_s.max(asked_s.unwrap_or(0).clamp(0, LONGEST_ASKED_S)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::SECOND;

    fn pauses(jitter: u8) -> Vec<i64> {
        (1..).map_while(|tries| next_try(Micros(0), tries, jitter, None)).map(|at| at.0 / SECOND).collect()
    }

    #[test]
    fn the_schedule_is_the_published_one_and_ends() {
        assert_eq!(pauses(0), [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]);
        assert_eq!(pauses(0).len() + 1, usize::try_from(TRIES).unwrap());
        assert_eq!(pauses(255), [5, 330, 1980, 7920, 19_800, 39_600, 55_440, 79_200, 95_040]);
        assert_eq!(next_try(Micros(0), 0, 0, None), None);
    }

    #[test]
    fn an_endpoint_can_ask_for_more_time_and_not_for_less() {
        let after = |asked| next_try(Micros(0), 1, 0, asked).map(|at| at.0 / SECOND);
        assert_eq!(after(Some(60)), Some(60));
        assert_eq!(after(Some(1)), Some(5));
        assert_eq!(after(Some(-7)), Some(5));
        assert_eq!(after(Some(i64::MAX)), Some(86_400));
    }

    #[test]
    fn an_endpoint_is_left_alone_no_longer_than_its_first_delivery_waits() {
        for failures in 1..TRIES {
            let hold = hold_until(Micros(0), failures, None);
            assert!(Some(hold) <= next_try(Micros(0), failures, 0, None), "{failures}");
        }
        assert_eq!(hold_until(Micros(0), 100, None).0 / SECOND, 300);
        assert_eq!(hold_until(Micros(0), 1, Some(90_000)).0 / SECOND, 3600);
    }
}
