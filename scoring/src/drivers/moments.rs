//! Which people the drivers rest on: complete ones, or everybody by EM.
//!
//! Decided once for the estimates and kept for all jackknife replicates. Also used for the fitted weights.

use crate::cell::JointCounts;
use crate::em::em_moments_from;
use crate::error::Undefined;
use crate::figure::Undef;
use crate::layout::Layout;
use crate::score_moments::{ScoreMoments, listwise_moments};

/// The fewest people who must have both of a pair of scores before EM is used.
const FEWEST_OF_PAIR: u64 = 200;

/// Which people a statistic over several dimensions rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// People with all scores: data files and full forms.
    Listwise,
    /// Everybody, by [`crate::em_moments`]: forms that leave dimensions out. Undefined when a pair of scores was
    /// answered by fewer than 200 people.
    ByMask,
    /// Listwise when at least half as many people have all scores as have the rarest pair, else by mask.
    ///
    /// Answers that people leave out here and there keep most people complete; forms that leave dimensions out
    /// by design keep nobody complete.
    Auto,
}

/// The way that was chosen for some variables, with its result over everybody.
pub(crate) struct Chosen {
    variables: Vec<usize>,
    by_mask: bool,
    /// How many people have both of the rarest pair.
    pub(crate) thinnest: u64,
    pub(crate) moments: ScoreMoments,
}

/// Chooses the way and computes the moments of all variables over everybody.
pub(crate) fn choose(
    layout: &Layout,
    joint: &JointCounts,
    variables: &[usize],
    mode: Mode,
) -> Result<Chosen, Undef> {
    let pairs = joint.moments().pairs(variables);
    let thinnest = pairs.iter().flatten().map(|pair| pair.n).min().unwrap_or(0);
    let listwise = || listwise_moments(layout, joint, variables);
    let by_mask = match mode {
        Mode::Listwise => false,
        Mode::ByMask => true,
        Mode::Auto => {
            let complete = listwise().map_or_else(|undef| undef.n, |moments| moments.n);
            complete == 0 || 2 * complete < thinnest
        }
    };
    let moments = if by_mask {
        let n = people_with_any(joint, variables);
        match thinnest {
            _ if n == 0 => return Err(Undef::new(Undefined::NoAnswers, 0)),
            0..FEWEST_OF_PAIR => return Err(Undef::new(Undefined::ThinPair(FEWEST_OF_PAIR), n)),
            _ => em_moments_from(layout, joint, variables, None)?,
        }
    } else {
        listwise()?
    };
    Ok(Chosen { variables: variables.to_vec(), by_mask, thinnest, moments })
}

/// How many people have at least one of the variables.
fn people_with_any(joint: &JointCounts, variables: &[usize]) -> u64 {
    let all = bits(variables);
    joint.moments().iter().filter(|(mask, _)| mask & all != 0).map(|(_, sums)| sums.n).sum()
}

fn bits(variables: &[usize]) -> u64 {
    variables.iter().fold(0, |mask, &variable| mask | 1 << variable)
}

impl Chosen {
    /// The same over other people, such as all but one jackknife group.
    pub(crate) fn again(&self, layout: &Layout, joint: &JointCounts) -> Result<ScoreMoments, Undef> {
        if self.by_mask {
            em_moments_from(layout, joint, &self.variables, Some(&self.moments))
        } else {
            listwise_moments(layout, joint, &self.variables)
        }
    }

    /// Whether anybody in these counts enters the moments.
    pub(crate) fn concerns(&self, joint: &JointCounts) -> bool {
        let all = bits(&self.variables);
        let enters = |mask: u64| if self.by_mask { mask & all != 0 } else { mask & all == all };
        joint.moments().iter().any(|(mask, _)| enters(mask))
    }

    /// In words.
    pub(crate) fn words(&self) -> String {
        if self.by_mask {
            let thinnest = self.thinnest;
            format!(
                "everybody, EM on the sums of each pattern of missing scores; rarest pair: {thinnest} people"
            )
        } else {
            "listwise: people with the outcome and all dimensions".to_owned()
        }
    }
}
