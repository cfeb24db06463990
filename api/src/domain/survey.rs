//! A survey's rule: after which event it asks, how long after, and when never.

use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span};

use super::coded::EventKind;
use super::time::Micros;

/// When a survey asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The event that starts the delay.
    pub event: EventKind,
    /// The delay in seconds.
    pub delay_s: i64,
    /// The hours in which no mail is sent.
    pub quiet: Quiet,
    /// Only events at or after this instant count; earlier orders are too old to be asked.
    pub active_from: Option<Micros>,
}

/// Reminders of one invitation at most.
pub const MOST_REMINDERS: i16 = 2;

/// Hours of the day and days of the week without mail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quiet {
    hours: Option<(Time, Time)>,
    days: Vec<Weekday>,
}

/// The events after which a survey can ask.
pub const ASKING_EVENTS: [EventKind; 4] =
    [EventKind::Placed, EventKind::Shipped, EventKind::Delivered, EventKind::ComplaintClosed];

impl Rule {
    /// Parses `delivered:3d`.
    pub fn parse_after(text: &str) -> Result<(EventKind, i64), String> {
        let (event, delay) = text
            .split_once(':')
            .ok_or_else(|| format!("\"{text}\": needed is EVENT:DELAY, such as delivered:3d"))?;
        Ok((parse_asking_event(event)?, parse_delay(delay)?))
    }

    /// When the mail may go: the event plus the delay, moved out of the quiet hours of `zone`.
    /// The second value tells whether it was moved.
    pub fn send_at(&self, event_at: Micros, zone: &TimeZone) -> (Micros, bool) {
        let wanted = event_at.plus_seconds(self.delay_s);
        let allowed = self.quiet.next_allowed(wanted, zone);
        (allowed, allowed != wanted)
    }
}

/// Parses an event after which a survey can ask.
pub fn parse_asking_event(text: &str) -> Result<EventKind, String> {
    EventKind::from_word(text).filter(|event| ASKING_EVENTS.contains(event)).ok_or_else(|| {
        format!("\"{text}\" is not an event to ask after; accepted are placed, shipped, delivered or complaint_closed")
    })
}

/// Parses a delay such as `3d`, `12h` or `0d` into seconds; at most 365 days.
pub fn parse_delay(text: &str) -> Result<i64, String> {
    let wrong =
        || format!("\"{text}\" is not a delay; needed is a number of days or hours, such as 3d, 12h or 0d");
    let unit = text.chars().last().ok_or_else(wrong)?;
    let number: i64 = text.strip_suffix(unit).unwrap_or_default().parse().map_err(|_| wrong())?;
    let seconds = match unit {
        'd' => number.checked_mul(86_400),
        'h' => number.checked_mul(3_600),
        _ => None,
    };
    seconds.filter(|seconds| (0..=365 * 86_400).contains(seconds)).ok_or_else(wrong)
}

/// A delay in seconds as it was written: days when they are whole, else hours.
pub fn delay_words(delay_s: i64) -> String {
    if delay_s % 86_400 == 0 { format!("{}d", delay_s / 86_400) } else { format!("{}h", delay_s / 3_600) }
}

impl Quiet {
    /// Parses `20:00-08:00,sun` or `none`.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut quiet = Self::default();
        if text == "none" || text.is_empty() {
            return Ok(quiet);
        }
        for part in text.split(',') {
            match weekday(part) {
                Some(day) => quiet.days.push(day),
                None if quiet.hours.is_some() => {
                    return Err(format!("\"{text}\" has two ranges of hours; one is taken"));
                }
                None => quiet.hours = Some(parse_hours(part)?),
            }
        }
        if quiet.days.len() >= 7 {
            return Err(format!("\"{text}\" leaves no day for a mail"));
        }
        Ok(quiet)
    }

    /// The first instant at or after `wanted` that is not quiet in `zone`.
    pub fn next_allowed(&self, wanted: Micros, zone: &TimeZone) -> Micros {
        let mut at = wanted;
        // A week has at most 7 quiet days with a quiet night each: 16 steps always suffice.
        for _ in 0..16 {
            match self.end_of_quiet(at, zone) {
                Some(later) if later > at => at = later,
                _ => return at,
            }
        }
        at
    }

    fn end_of_quiet(&self, at: Micros, zone: &TimeZone) -> Option<Micros> {
        let local = zone.to_datetime(at.timestamp());
        let instant = |date: jiff::civil::Date, time: Time| {
            let zoned = date.to_datetime(time).to_zoned(zone.clone()).ok()?;
            Some(Micros(zoned.timestamp().as_microsecond()))
        };
        if self.days.contains(&local.date().weekday()) {
            return instant(local.date().checked_add(Span::new().days(1)).ok()?, Time::midnight());
        }
        let (from, to) = self.hours?;
        let time = local.time();
        let overnight = from > to;
        if overnight && time >= from {
            instant(local.date().checked_add(Span::new().days(1)).ok()?, to)
        } else if time < to && (overnight || time >= from) {
            instant(local.date(), to)
        } else {
            None
        }
    }
}

fn parse_hours(text: &str) -> Result<(Time, Time), String> {
    let wrong = || format!("\"{text}\" is not quiet hours; needed is e.g. 20:00-08:00,sun or none");
    let (from, to) = text.split_once('-').ok_or_else(wrong)?;
    let time = |text: &str| format!("{text}:00").parse::<Time>().map_err(|_| wrong());
    let (from, to) = (time(from)?, time(to)?);
    let length = to.duration_since(from);
    if length == SignedDuration::ZERO {
        return Err(wrong());
    }
    Ok((from, to))
}

fn weekday(text: &str) -> Option<Weekday> {
    Some(match text {
        "mon" => Weekday::Monday,
        "tue" => Weekday::Tuesday,
        "wed" => Weekday::Wednesday,
        "thu" => Weekday::Thursday,
        "fri" => Weekday::Friday,
        "sat" => Weekday::Saturday,
        "sun" => Weekday::Sunday,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Micros {
        Micros::parse(text).unwrap()
    }

    fn helsinki() -> TimeZone {
        TimeZone::get("Europe/Helsinki").unwrap()
    }

    #[test]
    fn a_mail_of_the_night_waits_for_the_morning() {
        let quiet = Quiet::parse("20:00-08:00,sun").unwrap();
        // Tuesday 21:30 in Helsinki (UTC+2 in November) waits until Wednesday 08:00.
        assert_eq!(quiet.next_allowed(at("2026-11-17T19:30:00Z"), &helsinki()), at("2026-11-18T06:00:00Z"));
        // Saturday night runs into Sunday, which is quiet as a whole, then into Monday's morning.
        assert_eq!(quiet.next_allowed(at("2026-11-21T19:30:00Z"), &helsinki()), at("2026-11-23T06:00:00Z"));
        // Noon is not quiet.
        assert_eq!(quiet.next_allowed(at("2026-11-18T10:00:00Z"), &helsinki()), at("2026-11-18T10:00:00Z"));
    }

    #[test]
    fn a_skipped_hour_of_spring_does_not_lose_the_mail() {
        let quiet = Quiet::parse("23:00-03:30").unwrap();
        // 29 March 2026: 03:00 to 04:00 does not exist in Helsinki; the mail goes right after.
        let sent = quiet.next_allowed(at("2026-03-29T00:10:00Z"), &helsinki());
        assert_eq!(sent, at("2026-03-29T01:30:00Z"));
    }

    #[test]
    fn delays_and_rules_are_read_or_refused_with_words() {
        assert_eq!(Rule::parse_after("delivered:3d").unwrap(), (EventKind::Delivered, 259_200));
        assert_eq!(parse_delay("12h").unwrap(), 43_200);
        for bad in ["", "3", "-1d", "d", "3w", "999d", "3ä"] {
            assert!(parse_delay(bad).is_err(), "{bad}");
        }
        assert!(Rule::parse_after("complaint_opened:1d").is_err());
        assert!(Quiet::parse("25:00-08:00").is_err());
        assert!(Quiet::parse("mon,tue,wed,thu,fri,sat,sun").is_err());
    }
}
