//! The difference of a figure from the same figure of another time: a number with a range of its own.

use super::Reading;

/// A difference with its 95 % range, in the unit of the figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// Now less then.
    pub value: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Difference {
    /// Whether now is higher by more than chance.
    pub fn is_higher(&self) -> bool {
        self.low > 0.0
    }

    /// Whether now is lower by more than chance.
    pub fn is_lower(&self) -> bool {
        self.high < 0.0
    }
}

/// The difference of two figures of different people; none where one of them is missing or has no range.
///
/// Its 95 % range by the square root of the sum of the squared half widths (Newcombe 1998, method 10, square-and-add: exact
/// for symmetric ranges, conservative for none). The people of the two times are taken as others, which they nearly all
/// are: who comes back makes the range a little too wide or narrow.
pub fn difference(now: Option<&Reading<'_>>, then: Option<&Reading<'_>>) -> Option<Difference> {
    let known = |one: &Reading<'_>| Some((one.value()?, one.ci95()?));
    let ((value, (low, high)), (was, (was_low, was_high))) = (known(now?)?, known(then?)?);
    let difference = value - was;
    Some(Difference {
        value: difference,
        low: difference - (value - low).hypot(was_high - was),
        high: difference + (high - value).hypot(was - was_low),
    })
}
