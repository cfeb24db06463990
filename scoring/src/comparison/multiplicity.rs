//! Adjusting the p-values of a declared family of tests.

/// p-values adjusted by Holm's step-down rule (Holm 1979), in the given order.
///
/// With the p-values ascending, p̃_(i) = max over j ≤ i of min(1, (m - j + 1) p_(j)). Keeps the chance of any
/// false finding in the family at the level, whatever the dependence. A p outside 0..=1 or not a number is
/// taken as 1.
///
/// ```
/// assert_eq!(scoring::holm(&[0.01, 0.04, 0.02]), [0.03, 0.04, 0.04]);
/// ```
pub fn holm(p: &[f64]) -> Vec<f64> {
    let m = p.len();
    let mut adjusted = vec![1.0; m];
    let mut highest = 0.0_f64;
    for (rank, (index, p)) in ascending(p).into_iter().enumerate() {
        highest = highest.max((m - rank) as f64 * p).min(1.0);
        set(&mut adjusted, index, highest);
    }
    adjusted
}

/// p-values adjusted by the step-up rule of Benjamini & Hochberg 1995, in the given order.
///
/// p̃_(i) = min over j ≥ i of min(1, m p_(j)/j). Keeps the expected share of false findings among the findings
/// at the level, for independent or positively dependent tests. A p outside 0..=1 or not a number is taken as
/// 1.
///
/// ```
/// assert_eq!(scoring::benjamini_hochberg(&[0.01, 0.04, 0.02]), [0.03, 0.04, 0.03]);
/// ```
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let m = p.len();
    let mut adjusted = vec![1.0; m];
    let mut lowest = 1.0_f64;
    for (rank, (index, p)) in ascending(p).into_iter().enumerate().rev() {
        lowest = lowest.min(m as f64 / (rank as f64 + 1.0) * p);
        set(&mut adjusted, index, lowest);
    }
    adjusted
}

fn ascending(p: &[f64]) -> Vec<(usize, f64)> {
    let checked = |p: f64| if (0.0..=1.0).contains(&p) { p } else { 1.0 };
    let mut sorted: Vec<_> = p.iter().map(|&p| checked(p)).enumerate().collect();
    sorted.sort_by(|a, b| a.1.total_cmp(&b.1));
    sorted
}

fn set(values: &mut [f64], index: usize, value: f64) {
    if let Some(place) = values.get_mut(index) {
        *place = value;
    }
}
