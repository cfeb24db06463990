//! The root finder behind the quantiles.

/// Steps after which the current point is taken; Newton's method needs about ten.
const MAX_STEPS: usize = 200;

/// The y in the bracket at which a falling probability equals `p`, starting at `start`.
///
/// `tail` gives the probability and its derivative. Newton's method on the logarithm of the probability, which
/// is close to straight far out in a tail, kept inside a shrinking bracket by halving it.
pub(super) fn invert(p: f64, start: f64, bracket: [f64; 2], mut tail: impl FnMut(f64) -> (f64, f64)) -> f64 {
    let [mut low, mut high] = bracket;
    let (mut y, mut last) = (start, f64::INFINITY);
    for _ in 0..MAX_STEPS {
        let (value, slope) = tail(y);
        if value > p {
            low = y;
        } else {
            high = y;
        }
        let newton = y - (value / p).ln() * value / slope;
        let next = if newton > low && newton < high { newton } else { f64::midpoint(low, high) };
        let change = (next - y).abs();
        // Either exact, or as close as the rounding of the tail allows.
        if change <= 1e-15 * (1.0 + y.abs()) || (change < 1e-9 && change >= last) {
            return next;
        }
        (y, last) = (next, change);
    }
    y
}
