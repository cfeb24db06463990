//! How much the willingness to answer differs between classes of the frame: the R-indicator.

use serde::Serialize;

use super::noncentral::noncentrality_interval;
use crate::error::Undefined;
use crate::figure::{Figure, Interval};

/// One class of the frame, such as a channel: who was invited and who of them answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResponseClass {
    /// People invited.
    pub invited: u64,
    /// Of these, people who answered.
    pub responded: u64,
}

/// The representativeness of a response, 0..=1; 1 when all classes answered alike.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RIndicator {
    /// The indicator, adjusted for the chance spread of the response rates.
    pub value: f64,
    /// People invited.
    pub n: u64,
    /// Interval from the noncentral chi-square distribution.
    pub ci95: Interval,
    /// The plain 1 - 2 S, which chance alone pulls below 1.
    pub unadjusted: f64,
    /// Answered/invited, over all classes.
    pub response_rate: f64,
    /// The most by which non-response can shift a mean, in standard deviations of its variable:
    /// S/(response rate), adjusted.
    pub largest_bias: f64,
}

/// The R-indicator of a response by classes of the frame, R = 1 - 2 S(ρ) (Schouten, Cobben & Bethlehem 2009).
///
/// S² = Σ_h n_h (p_h - p)²/(N - 1) over the N people invited, with p_h the response rate of class h and p that of
/// all. Chance spreads the p_h even where all classes answer alike. The expectation of that part,
/// Σ_h (1 - n_h/N) n_h/(n_h - 1) p_h (1 - p_h)/(N - 1), is subtracted (the idea of Shlomo, Skinner & Schouten
/// 2012, here exact, since classes are the whole model); S is 0 where nothing is left. Interval: Σ n_h (p_h - p)²
/// over its chance part's mean is noncentral chi-square with classes - 1 degrees of freedom; the noncentralities
/// that fit it at 2.5 % each side are turned into R. A test of this module draws
/// responses from three frames and finds R covered about as often. It compares surveys only with the same classes.
///
/// Undefined for fewer than two classes with people, for a class of one person, when more answered than were
/// invited, and when nobody or everybody answered.
///
/// ```
/// use scoring::{ResponseClass, r_indicator};
/// let class = |invited, responded| ResponseClass { invited, responded };
/// let alike = r_indicator(&[class(400, 120), class(200, 60)]);
/// assert_eq!(alike.known().unwrap().value, 1.0);
/// let unlike = r_indicator(&[class(400, 200), class(200, 20)]);
/// assert!((unlike.known().unwrap().unadjusted - 0.622562).abs() < 1e-6);
/// ```
pub fn r_indicator(classes: &[ResponseClass]) -> Figure<RIndicator> {
    let peopled: Vec<_> = classes.iter().filter(|class| class.invited > 0).collect();
    let invited: u64 = peopled.iter().map(|class| class.invited).sum();
    if classes.iter().any(|class| class.responded > class.invited) {
        return Figure::undefined(Undefined::BadMargins, invited);
    }
    if peopled.len() < 2 {
        let reason = if invited == 0 { Undefined::NoAnswers } else { Undefined::OneGroup };
        return Figure::undefined(reason, invited);
    }
    if peopled.iter().any(|class| class.invited < 2) {
        return Figure::undefined(Undefined::ThinClass(2), invited);
    }
    let responded: u64 = peopled.iter().map(|class| class.responded).sum();
    if responded == 0 {
        return Figure::undefined(Undefined::NoAnswers, invited);
    }
    if responded == invited {
        return Figure::undefined(Undefined::NoVariance, invited);
    }
    let people = invited as f64;
    let (mut between, mut chance) = (0.0, 0.0);
    for class in &peopled {
        let n = class.invited as f64;
        // n_h (p_h - p) as one division of exact integers.
        let excess = i128::from(class.responded) * i128::from(invited)
            - i128::from(class.invited) * i128::from(responded);
        between += (excess as f64 / people).powi(2) / n;
        let product = class.responded as f64 * (class.invited - class.responded) as f64;
        chance += (1.0 - n / people) * product / (n * (n - 1.0));
    }
    let indicator = |square: f64| (1.0 - 2.0 * (square.max(0.0) / (people - 1.0)).sqrt()).max(0.0);
    let degrees = peopled.len() as f64 - 1.0;
    let unit = chance / degrees;
    let interval = if unit > 0.0 {
        let [low, high] = noncentrality_interval(between / unit, degrees);
        Interval::Known([indicator(high * unit), indicator(low * unit)])
    } else {
        Interval::undefined(Undefined::NoVariance, invited)
    };
    let response_rate = responded as f64 / people;
    let spread = ((between - chance).max(0.0) / (people - 1.0)).sqrt();
    Figure::Known(RIndicator {
        value: indicator(between - chance),
        n: invited,
        ci95: interval,
        unadjusted: indicator(between),
        response_rate,
        largest_bias: spread / response_rate,
    })
}

#[cfg(test)]
mod tests {
    use super::super::noncentral::noncentral_chi2;
    use super::*;

    /// A fixed sequence of numbers in 0..1 (Lehmer 1951, with the multiplier of L'Ecuyer 1999).
    struct Chance(u128);

    impl Chance {
        fn next(&mut self) -> f64 {
            self.0 = self.0.wrapping_mul(0xda94_2042_e4dd_58b5);
            (self.0 >> 75) as f64 / (1_u64 << 53) as f64
        }
    }

    #[test]
    fn the_interval_covers_about_as_often_as_it_says() {
        let frames: [&[(u64, f64)]; 3] = [
            &[(200, 0.30), (200, 0.33), (200, 0.36), (200, 0.40)],
            &[(300, 0.15), (200, 0.30), (100, 0.45), (100, 0.60)],
            &[(400, 0.2), (100, 0.5)],
        ];
        let mut chance = Chance(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835 | 1);
        for frame in frames {
            let total: f64 = frame.iter().map(|(n, _)| *n as f64).sum();
            let mean = frame.iter().map(|(n, p)| *n as f64 * p).sum::<f64>() / total;
            let spread = frame.iter().map(|(n, p)| *n as f64 * (p - mean).powi(2)).sum::<f64>();
            let truth = 1.0 - 2.0 * (spread / (total - 1.0)).sqrt();
            let mut covered = 0;
            for _ in 0..400 {
                let classes: Vec<_> = frame
                    .iter()
                    .map(|(n, p)| ResponseClass {
                        invited: *n,
                        responded: (0..*n).filter(|_| chance.next() < *p).count() as u64,
                    })
                    .collect();
                let [low, high] = r_indicator(&classes).known().unwrap().ci95.known().unwrap();
                covered += u32::from((low..=high).contains(&truth));
            }
            assert!((368..=396).contains(&covered), "{covered} of 400 for {frame:?}");
        }
    }

    #[test]
    fn what_cannot_be_said_is_said_in_words() {
        let class = |invited, responded| ResponseClass { invited, responded };
        let reason = |classes: &[ResponseClass]| match r_indicator(classes) {
            Figure::Undefined(undef) => Some(undef.undefined),
            Figure::Known(_) => None,
        };
        assert_eq!(reason(&[]), Some(Undefined::NoAnswers));
        assert_eq!(reason(&[class(10, 3), class(0, 0)]), Some(Undefined::OneGroup));
        assert_eq!(reason(&[class(10, 3), class(1, 0)]), Some(Undefined::ThinClass(2)));
        assert_eq!(reason(&[class(10, 3), class(5, 6)]), Some(Undefined::BadMargins));
        assert_eq!(reason(&[class(10, 0), class(5, 0)]), Some(Undefined::NoAnswers));
        assert_eq!(reason(&[class(10, 10), class(5, 5)]), Some(Undefined::NoVariance));
        let split = r_indicator(&[class(10, 10), class(10, 0)]);
        assert!(split.known().is_some_and(|r| r.ci95.known().is_none() && r.value == 0.0));
        assert!(noncentral_chi2(0.0, 3.0, 1.0) == 0.0);
    }
}
