//! The frame and the cross-classes of the answers, checked against each other.

use super::error::WeightError;

/// The frame's counts of one variable, such as orders by channel.
#[derive(Debug, Clone, PartialEq)]
pub struct Margin {
    /// Its name, for messages.
    pub name: String,
    /// How many the frame has in each level; only their proportions matter.
    pub targets: Vec<f64>,
}

/// One cross-class of all margins with its answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RakeClass {
    /// The level of each margin, in the order of the margins.
    pub levels: Vec<usize>,
    /// People who answered.
    pub answers: u64,
}

/// Refuses a class that does not name one level of each margin.
pub(super) fn check_levels(classes: &[RakeClass], margins: &[Margin]) -> Result<(), WeightError> {
    let fits = |class: &RakeClass| {
        class.levels.len() == margins.len()
            && class.levels.iter().zip(margins).all(|(&level, margin)| level < margin.targets.len())
    };
    match classes.iter().position(|class| !fits(class)) {
        Some(class) => Err(WeightError::Levels { class }),
        None => Ok(()),
    }
}

/// The targets of all margins, each scaled to the number of answers.
pub(super) fn scaled_targets(margins: &[Margin], answers: f64) -> Result<Vec<Vec<f64>>, WeightError> {
    let mut first = None;
    let mut scaled = Vec::with_capacity(margins.len());
    for margin in margins {
        let total: f64 = margin.targets.iter().sum();
        let is_count = |target: &f64| target.is_finite() && *target >= 0.0;
        if !margin.targets.iter().all(is_count) || total <= 0.0 || !total.is_finite() {
            return Err(WeightError::Targets(margin.name.clone()));
        }
        let first = *first.get_or_insert(total);
        if (total - first).abs() > 1e-9 * first {
            return Err(WeightError::Totals { margin: margin.name.clone(), total, first });
        }
        scaled.push(margin.targets.iter().map(|target| target / total * answers).collect());
    }
    Ok(scaled)
}

/// Refuses levels without answers, without a frame, or with too few answers.
pub(super) fn check_margin(
    classes: &[RakeClass],
    place: usize,
    margin: &Margin,
    least: u64,
) -> Result<(), WeightError> {
    for (level, &target) in margin.targets.iter().enumerate() {
        let of_level = classes.iter().filter(|class| class.levels.get(place) == Some(&level));
        let answers: u64 = of_level.map(|class| class.answers).sum();
        let margin = || margin.name.clone();
        match (answers, target > 0.0) {
            (0, false) => {}
            (0, true) => return Err(WeightError::EmptyLevel { margin: margin(), level }),
            (_, false) => return Err(WeightError::NotInFrame { margin: margin(), level }),
            (_, true) if answers < least => {
                return Err(WeightError::ThinLevel { margin: margin(), level, answers, least });
            }
            _ => {}
        }
    }
    Ok(())
}

/// The columns of each class among the indicators of all levels.
pub(super) fn columns_of(classes: &[RakeClass], margins: &[Margin]) -> Vec<Vec<usize>> {
    let mut before = 0;
    let mut starts = Vec::with_capacity(margins.len());
    for margin in margins {
        starts.push(before);
        before += margin.targets.len();
    }
    classes
        .iter()
        .map(|class| class.levels.iter().zip(&starts).map(|(level, start)| level + start).collect())
        .collect()
}
