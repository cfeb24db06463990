//! The part of an axis that a chart shows, and its round values.

use super::Size;

/// Least part of a scale that a window shows: nothing may look dramatic by being looked at closely.
const LEAST: f64 = 0.4;

/// The part of the axis that a chart shows; the same in all charts of a page that show the same thing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    /// Left or lower end.
    pub low: f64,
    /// Right or upper end.
    pub high: f64,
}

impl Window {
    /// The smallest window in tens of points, within 0 to 100, that holds all `values` and is 40 wide.
    pub fn around(values: impl IntoIterator<Item = f64>) -> Self {
        Self::within((0.0, 100.0), values)
    }

    /// The smallest window in round steps within the ends of a scale that holds all `values` and two fifths of it.
    pub fn within((lowest, highest): (f64, f64), values: impl IntoIterator<Item = f64>) -> Self {
        let (low, high) = extremes(values);
        if low > high || lowest >= highest {
            return Self { low: lowest, high: highest.max(lowest + 1.0) };
        }
        let step = round_step((highest - lowest) / 10.0);
        let mut low = ((low / step).floor() * step).clamp(lowest, highest);
        let mut high = ((high / step).ceil() * step).clamp(lowest, highest);
        while high - low < (highest - lowest) * LEAST - step / 100.0 {
            if high < highest && (low <= lowest || highest - high >= low - lowest) {
                high = (high + step).min(highest);
            } else {
                low = (low - step).max(lowest);
            }
        }
        Self { low, high }
    }

    /// A window of codes; where the scale is not known, whole codes around the values stand for it.
    pub fn of_codes(ends: Option<(f64, f64)>, values: impl IntoIterator<Item = f64> + Clone) -> Self {
        let (low, high) = extremes(values.clone());
        let around = if low > high { (0.0, 1.0) } else { (low.floor(), high.ceil().max(low.floor() + 1.0)) };
        Self::within(ends.unwrap_or(around), values)
    }

    /// From zero to the next round value above all `values`.
    pub fn from_zero(values: impl IntoIterator<Item = f64>) -> Self {
        let (_, high) = extremes(values);
        if high <= 0.0 {
            return Self { low: 0.0, high: 1.0 };
        }
        let step = round_step(high / 5.0);
        Self { low: 0.0, high: (high / step).ceil() * step }
    }

    /// Where a value stands between two places of a drawing; what lies outside stands at the end.
    pub(super) fn place(self, value: f64, left: f64, right: f64) -> f64 {
        left + (value.clamp(self.low, self.high) - self.low) / (self.high - self.low) * (right - left)
    }

    /// Round values for grid lines; the ends and the middle alone where there is little room.
    pub(super) fn ticks(self, size: Size) -> Vec<f64> {
        if size == Size::Panel {
            return vec![self.low, f64::midpoint(self.low, self.high), self.high];
        }
        let step = self.step();
        let first = (self.low / step - 1e-9).ceil();
        let round = (0_u8..=10).map(|k| (first + f64::from(k)) * step);
        round.filter(|tick| *tick <= self.high + step / 100.0).collect()
    }

    /// A tick in as many decimals as it needs, two at most.
    pub(super) fn label(tick: f64) -> String {
        let whole = (tick - tick.round()).abs() < 1e-9;
        let text = if whole { format!("{tick:.0}") } else { format!("{tick:.2}") };
        let text = if whole { text.as_str() } else { text.trim_end_matches('0') };
        match text.strip_prefix('-') {
            Some("0") => "0".to_owned(),
            Some(digits) => format!("\u{2212}{digits}"),
            None => text.to_owned(),
        }
    }

    fn step(self) -> f64 {
        round_step((self.high - self.low) / 6.0)
    }
}

/// The lowest and the highest; the lowest is above the highest where there is nothing.
fn extremes(values: impl IntoIterator<Item = f64>) -> (f64, f64) {
    let finite = values.into_iter().filter(|value| value.is_finite());
    finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)))
}

/// The smallest of 1, 2 or 5 times a power of ten that is not below `least`.
fn round_step(least: f64) -> f64 {
    let power = 10_f64.powf(least.log10().floor());
    let step = [1.0, 2.0, 5.0].into_iter().find(|step| step * power >= least * (1.0 - 1e-9));
    step.unwrap_or(10.0) * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_at_least_forty_points_and_hold_everything() {
        let window = |values: &[f64]| Window::around(values.iter().copied());
        assert_eq!(window(&[52.0, 81.0]), Window { low: 50.0, high: 90.0 });
        assert_eq!(window(&[92.0, 97.0]), Window { low: 60.0, high: 100.0 });
        assert_eq!(window(&[2.0, 7.0]), Window { low: 0.0, high: 40.0 });
        assert_eq!(window(&[-3.0, 104.0]), Window { low: 0.0, high: 100.0 });
        assert_eq!(window(&[]), Window { low: 0.0, high: 100.0 });
    }

    #[test]
    fn windows_of_codes_show_two_fifths_of_their_scale() {
        assert_eq!(Window::within((1.0, 5.0), [3.9, 4.2]), Window { low: 2.5, high: 4.5 });
        assert_eq!(Window::within((1.0, 10.0), [7.3, 7.7]), Window { low: 4.0, high: 8.0 });
        assert_eq!(Window::within((2.0, 2.0), [2.0]), Window { low: 2.0, high: 3.0 });
        assert_eq!(Window::within((1.0, 5.0), [f64::NAN]), Window { low: 1.0, high: 5.0 });
    }

    #[test]
    fn grid_lines_stand_at_round_values_and_panels_have_three() {
        let window = Window { low: 30.0, high: 100.0 };
        assert_eq!(window.ticks(Size::Wide), [40.0, 60.0, 80.0, 100.0]);
        assert_eq!(window.ticks(Size::Panel), [30.0, 65.0, 100.0]);
        assert_eq!(Window { low: 50.0, high: 90.0 }.ticks(Size::Narrow), [50.0, 60.0, 70.0, 80.0, 90.0]);
        assert_eq!(Window { low: 1.0, high: 5.0 }.ticks(Size::Wide), [1.0, 2.0, 3.0, 4.0, 5.0]);
    }

    #[test]
    fn shares_begin_at_zero_and_end_at_a_round_value() {
        assert_eq!(Window::from_zero([3.0, 17.2]), Window { low: 0.0, high: 20.0 });
        assert_eq!(Window::from_zero([]), Window { low: 0.0, high: 1.0 });
        assert_eq!(Window::from_zero([-2.0, 61.0]), Window { low: 0.0, high: 80.0 });
    }

    #[test]
    fn labels_have_no_more_decimals_than_they_need() {
        let label = Window::label;
        assert_eq!(
            (label(3.5).as_str(), label(20.0).as_str(), label(-10.0).as_str()),
            ("3.5", "20", "\u{2212}10")
        );
    }
}
