//! Whether sums can be those of people at all: what is left after a subtraction, or was read from storage.
//!
//! A subtraction of answers that were never counted mostly leaves sums that nobody can have given, such as a
//! negative variance. They are refused here, so that no statistic ever meets them. The test is kept by addition:
//! n and the sums of two variables form a moment matrix, and sums of such matrices are positive semidefinite
//! again.

/// The sums of one variable over n people: Σ x and Σ x².
#[derive(Debug, Clone, Copy)]
pub(crate) struct Own {
    pub(crate) sum: i128,
    pub(crate) square: i128,
}

impl Own {
    /// n Σ x² - (Σ x)², never negative for people; `None` when it is, or when it does not fit.
    fn scatter(self, n: i128) -> Option<u128> {
        let scatter = n.checked_mul(self.square)?.checked_sub(self.sum.checked_mul(self.sum)?)?;
        u128::try_from(scatter).ok()
    }

    /// Whether n people can have these sums; a single person's are that person's value and its square.
    pub(crate) fn is_possible(self, n: u64) -> bool {
        match n {
            0 => self.sum == 0 && self.square == 0,
            1 => self.sum.checked_mul(self.sum) == Some(self.square),
            _ => u128::try_from(self.square).is_ok_and(|square| {
                wide(u128::from(n), square) >= wide(self.sum.unsigned_abs(), self.sum.unsigned_abs())
            }),
        }
    }
}

/// Whether n people can have a sum of products Σ x y beside the sums of x and y: (Cauchy & Schwarz)
/// (n Σ x y - Σ x Σ y)² is at most the product of the two scatters.
pub(crate) fn product_is_possible(n: u64, x: Own, y: Own, product: i128) -> bool {
    match n {
        0 => product == 0,
        1 => x.sum.checked_mul(y.sum) == Some(product),
        _ => within_spreads(i128::from(n), x, y, product).unwrap_or(false),
    }
}

fn within_spreads(n: i128, x: Own, y: Own, product: i128) -> Option<bool> {
    let joint = n.checked_mul(product)?.checked_sub(x.sum.checked_mul(y.sum)?)?.unsigned_abs();
    Some(wide(joint, joint) <= wide(x.scatter(n)?, y.scatter(n)?))
}

/// The product of two numbers of 128 bits as (high, low), by halves.
fn wide(a: u128, b: u128) -> (u128, u128) {
    const LOW: u128 = u64::MAX as u128;
    let (a_high, a_low, b_high, b_low) = (a >> 64, a & LOW, b >> 64, b & LOW);
    let low = a_low * b_low;
    // Neither sum can overflow: (2^64 - 1)² + 2 (2^64 - 1) = 2^128 - 1.
    let first = a_high * b_low + (low >> 64);
    let second = a_low * b_high + (first & LOW);
    (a_high * b_high + (first >> 64) + (second >> 64), (second << 64) | (low & LOW))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wide_product_keeps_all_256_bits() {
        assert_eq!(wide(u128::MAX, u128::MAX), (u128::MAX - 1, 1));
        assert_eq!(wide(1 << 127, 6), (3, 0));
        assert_eq!(wide((1 << 64) + 1, (1 << 64) - 1), (0, u128::MAX));
    }

    #[test]
    fn sums_of_people_are_possible_and_others_are_not() {
        // Two people with (1, 2) and (5, 3).
        let (x, y) = (Own { sum: 6, square: 26 }, Own { sum: 5, square: 13 });
        assert!(x.is_possible(2) && product_is_possible(2, x, y, 17));
        assert!(!product_is_possible(2, x, y, 18) && !product_is_possible(2, x, y, 12));
        assert!(!Own { sum: 6, square: 17 }.is_possible(2));
        assert!(!x.is_possible(1) && !x.is_possible(0));
        assert!(Own { sum: 3, square: 9 }.is_possible(1));
        // No overflow however large.
        let huge = Own { sum: i128::MAX, square: i128::MAX };
        assert!(!huge.is_possible(3) && !huge.is_possible(1));
        assert!(Own { sum: 1 << 60, square: 1 << 126 }.is_possible(3));
        assert!(!product_is_possible(3, huge, huge, i128::MIN));
    }
}
