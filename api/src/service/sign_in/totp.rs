//! Codes by time (TOTP, RFC 6238): HMAC-SHA-1 over the number of the thirty seconds, six digits (RFC 4226, 5.3).
//!
//! SHA-1, six digits and thirty seconds are what every authenticator app takes; HMAC does not lean on what SHA-1 has lost.

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

use crate::domain::Micros;

/// Bytes of a secret: 160 bits, as RFC 4226 recommends.
pub const SECRET: usize = 20;
/// Seconds for which a code stands.
pub const STEP_S: i64 = 30;
/// Steps before and after the present one whose codes are taken: phones' clocks stray, and people type.
const SKEW: i64 = 1;
/// Digits of a code.
pub const DIGITS: u32 = 6;

/// The number of the thirty seconds that hold a time.
fn step_of(now: Micros) -> i64 {
    now.0.div_euclid(1_000_000 * STEP_S)
}

/// The code of a step.
fn code(secret: &[u8], step: i64) -> Option<u32> {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).ok()?;
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let at = usize::from(hash.last()? & 0x0f);
    let four: [u8; 4] = hash.get(at..at + 4)?.try_into().ok()?;
    Some((u32::from_be_bytes(four) & 0x7fff_ffff) % 10_u32.pow(DIGITS))
}

/// The step whose code this is; none when it is none, or only of a step up to `last`: a code is taken once.
pub fn step_of_code(secret: &[u8], typed: &str, now: Micros, last: i64) -> Option<i64> {
    let typed: u32 = Some(typed)
        .filter(|typed| typed.len() == DIGITS as usize && typed.bytes().all(|one| one.is_ascii_digit()))?
        .parse()
        .ok()?;
    let present = step_of(now);
    // Each is looked at, whichever fits: the time of this tells nothing.
    let fitting = (present - SKEW..=present + SKEW).filter(|step| code(secret, *step) == Some(typed));
    fitting.filter(|step| *step > last).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET_OF_THE_RFC: &[u8] = b"12345678901234567890";

    // RFC 6238, appendix B, the rows of SHA-1: the last six of its eight digits.
    const VECTORS: [(i64, &str); 6] = [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ];

    fn at(seconds: i64) -> Micros {
        Micros(seconds * 1_000_000)
    }

    #[test]
    fn codes_are_those_of_the_rfc() {
        for (seconds, right) in VECTORS {
            let step = step_of(at(seconds));
            assert_eq!(format!("{:06}", code(SECRET_OF_THE_RFC, step).unwrap()), right);
            assert_eq!(step_of_code(SECRET_OF_THE_RFC, right, at(seconds), 0), Some(step));
        }
    }

    #[test]
    fn a_code_stands_for_one_step_before_and_after_and_once() {
        let (seconds, right) = VECTORS[4];
        let step = step_of(at(seconds));
        let taken = |moved: i64, last: i64| step_of_code(SECRET_OF_THE_RFC, right, at(seconds + moved), last);
        assert_eq!((taken(-30, 0), taken(30, 0)), (Some(step), Some(step)));
        assert_eq!((taken(-60, 0), taken(60, 0)), (None, None));
        assert_eq!((taken(0, step - 1), taken(0, step), taken(30, step)), (Some(step), None, None));
    }

    #[test]
    fn what_is_no_code_is_none() {
        for typed in ["", "28708", "2870820", "+87082", " 28708", "２８７０８２", "abcdef"] {
            assert_eq!(step_of_code(SECRET_OF_THE_RFC, typed, at(59), 0), None, "{typed}");
        }
    }
}
