//! The shape of one number in a report: a value with its n and interval, or words in its place.
//!
//! Pure carriers; the statistics are computed by the modules that return them. Serialised, they give the one
//! shape that files, pages and downloads share.

use serde::{Serialize, Serializer};
use thiserror::Error;

use crate::error::Undefined;

/// A statistic without a value: the reason and how many answered.
///
/// ```
/// use scoring::{Undef, Undefined};
/// let json = serde_json::to_string(&Undef::new(Undefined::NoAnswers, 0))?;
/// assert_eq!(json, r#"{"undefined":"no answers","n":0}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Error)]
#[error("{undefined} (n = {n})")]
pub struct Undef {
    /// Why there is no value.
    pub undefined: Undefined,
    /// How many people the statistic would rest on.
    pub n: u64,
}

impl Undef {
    /// Puts reason and n together.
    pub fn new(undefined: Undefined, n: u64) -> Undef {
        Undef { undefined, n }
    }
}

/// A 95 % interval, or why there is none.
///
/// ```
/// use scoring::Interval;
/// assert_eq!(serde_json::to_string(&Interval::Known([1.5, 2.5]))?, "[1.5,2.5]");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Interval {
    /// Lower and upper bound.
    Known([f64; 2]),
    /// Not defined here.
    Undefined(Undef),
}

impl Interval {
    /// Shorthand for an interval that is not defined.
    pub fn undefined(reason: Undefined, n: u64) -> Interval {
        Interval::Undefined(Undef::new(reason, n))
    }

    /// The bounds, if there are any.
    pub fn known(&self) -> Option<[f64; 2]> {
        match self {
            Interval::Known(bounds) => Some(*bounds),
            Interval::Undefined(_) => None,
        }
    }

    /// Applies an increasing function to both bounds, such as a change of unit.
    ///
    /// ```
    /// # use scoring::Interval;
    /// assert_eq!(Interval::Known([0.1, 0.2]).map(|x| 10.0 * x), Interval::Known([1.0, 2.0]));
    /// ```
    #[must_use]
    pub fn map(self, change: impl Fn(f64) -> f64) -> Interval {
        match self {
            Interval::Known([lower, upper]) => Interval::Known([change(lower), change(upper)]),
            Interval::Undefined(_) => self,
        }
    }

    /// Widens the interval until it includes `value`.
    ///
    /// ```
    /// # use scoring::Interval;
    /// assert_eq!(Interval::Known([3.9, 4.8]).including(5.0), Interval::Known([3.9, 5.0]));
    /// ```
    #[must_use]
    pub fn including(self, value: f64) -> Interval {
        match self {
            Interval::Known([lower, upper]) => Interval::Known([lower.min(value), upper.max(value)]),
            Interval::Undefined(_) => self,
        }
    }
}

/// A value, the number of people behind it and, where the method names one, its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// The statistic.
    pub value: f64,
    /// People it rests on.
    pub n: u64,
    /// 95 % interval; absent where the statistic has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ci95: Option<Interval>,
}

impl Estimate {
    /// A value without an interval.
    pub fn plain(value: f64, n: u64) -> Estimate {
        Estimate { value, n, ci95: None }
    }

    /// A value with its interval.
    pub fn with_interval(value: f64, n: u64, ci95: Interval) -> Estimate {
        Estimate { value, n, ci95: Some(ci95) }
    }
}

/// A statistic that has a value, or words in its place.
///
/// ```
/// use scoring::{Estimate, Figure, Undefined};
/// let figure = Figure::Known(Estimate::plain(4.0, 12));
/// assert_eq!((figure.n(), figure.known().map(|e| e.value)), (12, Some(4.0)));
/// let nothing: Figure = Figure::undefined(Undefined::NoAnswers, 0);
/// assert_eq!(nothing.known(), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Figure<T = Estimate> {
    /// The value.
    Known(T),
    /// Not defined here.
    Undefined(Undef),
}

impl<T> Figure<T> {
    /// Shorthand for a figure that is not defined.
    pub fn undefined(reason: Undefined, n: u64) -> Figure<T> {
        Figure::Undefined(Undef::new(reason, n))
    }

    /// The value, if there is one.
    pub fn known(&self) -> Option<&T> {
        match self {
            Figure::Known(value) => Some(value),
            Figure::Undefined(_) => None,
        }
    }

    /// Applies a function to the value and keeps the words.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Figure<U> {
        match self {
            Figure::Known(value) => Figure::Known(change(value)),
            Figure::Undefined(undef) => Figure::Undefined(undef),
        }
    }
}

impl Figure<Estimate> {
    /// The number of people, whether there is a value or not.
    pub fn n(&self) -> u64 {
        match self {
            Figure::Known(estimate) => estimate.n,
            Figure::Undefined(undef) => undef.n,
        }
    }
}

impl<T> From<Result<T, Undef>> for Figure<T> {
    fn from(result: Result<T, Undef>) -> Figure<T> {
        match result {
            Ok(value) => Figure::Known(value),
            Err(undef) => Figure::Undefined(undef),
        }
    }
}

/// Figures by key, in the order of the layout; serialises as an object.
///
/// ```
/// use scoring::Named;
/// let named: Named<u64> = [("speed".to_owned(), 3), ("care".to_owned(), 4)].into_iter().collect();
/// assert_eq!(named.get("care"), Some(&4));
/// assert_eq!(serde_json::to_string(&named)?, r#"{"speed":3,"care":4}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Named<T>(Vec<(String, T)>);

impl<T> Named<T> {
    /// The figure of a key.
    pub fn get(&self, key: &str) -> Option<&T> {
        self.0.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// All keys with their figures, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T> Default for Named<T> {
    fn default() -> Self {
        Named(Vec::new())
    }
}

impl<T> FromIterator<(String, T)> for Named<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(entries: I) -> Self {
        Named(entries.into_iter().collect())
    }
}

impl<T: Serialize> Serialize for Named<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}
