//! The figures of weighted people: item means, shares, dimension scores and quality.

#![allow(clippy::indexing_slicing, reason = "rows have room for the sixteen items that a layout allows")]

use super::estimate::{Influence, Points, mean_of_points};
use super::pairs::{Term, span};
use super::scores::{WeightedMean, promoter_points, share_of_points, weighted_mean};
use super::sum::Sum;
use super::weighted::Weighted;
use super::weighted_cell::WeightedCell;
use crate::cell::Reader;
use crate::error::Undefined;
use crate::figure::{Estimate, Figure, Interval};
use crate::interval::normal_interval;
use crate::layout::{Block, Facet, Layout};
use crate::quality::of_facet;

impl Weighted {
    /// The weighted mean of an item after reversal, raw units, with linearised or calibrated error.
    pub fn item_mean(&self, layout: &Layout, item: usize) -> Figure<WeightedMean> {
        self.mean(&self.points(|part| part.item_points(layout, item)))
    }

    /// The weighted share of answers to an item at or above a threshold in raw units after reversal.
    pub fn item_share(&self, layout: &Layout, item: usize, threshold: u8) -> Figure {
        let parts = self.points(|part| part.item_points(layout, item));
        share_of_points(&parts.iter().collect::<Vec<_>>(), |x| x >= f64::from(threshold))
    }

    /// The weighted net promoter score of an item on 0..=10, points of 100.
    pub fn nps(&self, layout: &Layout, item: usize) -> Figure<WeightedMean> {
        let mut parts = self.points(|part| part.item_points(layout, item));
        for (x, _) in parts.iter_mut().flatten() {
            *x = promoter_points(*x);
        }
        self.mean(&parts)
    }

    /// The weighted mean of the person means of a block under the half rule, raw units.
    pub fn person_mean(&self, layout: &Layout, block: Block) -> Figure<WeightedMean> {
        self.mean(&self.points(|part| part.person_points(layout, block)))
    }

    /// The weighted score of a dimension: points of 100 of the mean of its weighted item means.
    ///
    /// As [`crate::dimension_score`], with n_j, Σ x_j and the square of each person's influence weighted:
    /// Σ w² ((1/k) Σ_j a_j (x_j - m_j)/W_j)², W_j being the weight of those who answered item j; for raked classes
    /// the residual of the influence from the margins. Equal weights give the unweighted figure. Normal interval.
    pub fn dimension_score(&self, layout: &Layout, dimension: usize) -> Figure {
        let block = Block::Dimension(dimension);
        let reader = Reader::new(layout, block);
        let n = self.people_answering(layout, block, &reader);
        let means: Vec<_> = (0..reader.width())
            .map(|place| {
                mean_of_points(&self.positions(layout, block, &reader, place).iter().collect::<Vec<_>>())
            })
            .collect();
        let answered = means.iter().flatten().count() as f64;
        let Some(scale) = layout.dimension_scale(dimension).filter(|_| answered > 0.0) else {
            return Figure::undefined(Undefined::NoAnswers, 0);
        };
        let unit = 100.0 / (scale.range() * answered);
        let value = unit * means.iter().flatten().map(|(mean, _)| mean - 1.0).sum::<f64>();
        let pull_of = |part: &WeightedCell| {
            let mut pull = Influence::default();
            for (pattern, people) in part.patterns_of(layout, block) {
                let answers = means.iter().zip(reader.row(pattern)).filter(|(_, x)| *x > 0);
                let pulls =
                    answers.filter_map(|(mean, x)| mean.as_ref().map(|(m, w)| (x as f64 - m) / w.total()));
                pull.take(unit * pulls.sum::<f64>(), people);
            }
            pull
        };
        let pulls: Vec<Influence> = self.parts.iter().map(pull_of).collect();
        Figure::Known(Estimate::with_interval(
            value,
            n,
            normal_interval(value, self.variance(&pulls, None), n),
        ))
    }

    /// The weighted quality score: the mean of the weighted scores of all experience dimensions, points of 100.
    ///
    /// Linearised: a person pulls Σ_d (1/D) (u_d - m_d)/W_d, with u_d the score under the half rule, m_d its
    /// weighted mean and W_d the weight of those who have it; the variance is n/(n-1) Σ w² z², for raked classes
    /// with residuals from the margins. With equal weights and complete answers it is that of
    /// [`crate::quality_report`], which centres each pair of dimensions at its own means. Normal interval; n counts
    /// people with at least one experience dimension.
    pub fn quality(&self, layout: &Layout) -> Figure {
        let dimensions = of_facet(layout, Facet::Experience);
        let n = self.parts.iter().map(WeightedCell::people_scored).sum();
        if dimensions.is_empty() {
            return Figure::undefined(Undefined::NoExperience, n);
        }
        let share = 1.0 / dimensions.len() as f64;
        let mut value = 0.0;
        for &dimension in &dimensions {
            match self.dimension_score(layout, dimension) {
                Figure::Known(score) => value += share * score.value,
                Figure::Undefined(_) if n == 0 => return Figure::undefined(Undefined::NoAnswers, 0),
                Figure::Undefined(_) => return Figure::undefined(Undefined::DimensionMissing, n),
            }
        }
        let interval = match self.quality_variance(layout, &dimensions, n) {
            Ok(variance) => normal_interval(value, variance, n),
            Err(reason) => Interval::undefined(reason, n),
        };
        Figure::Known(Estimate::with_interval(value, n, interval))
    }

    /// The weighted mean of each dimension's person scores, and what a deviation from it adds to quality.
    fn quality_terms(&self, layout: &Layout, dimensions: &[usize]) -> Result<Vec<Term>, Undefined> {
        let mut terms = Vec::with_capacity(dimensions.len());
        for (place, &dimension) in dimensions.iter().enumerate() {
            let (mut people, mut weight, mut weighted) = (0, Sum::default(), Sum::default());
            for single in self.parts.iter().filter_map(|part| part.pairs().singles.get(place)) {
                people += single.n;
                weight.merge(single.weight);
                weighted.merge(single.weighted);
            }
            match people {
                0 => return Err(Undefined::NoAnswers),
                1 => return Err(Undefined::OneAnswer),
                _ => {}
            }
            let scale = 100.0 / (dimensions.len() as f64 * span(layout, dimension));
            terms.push(Term { share: scale / weight.value(), mean: weighted.value() / weight.value() });
        }
        Ok(terms)
    }

    fn quality_variance(&self, layout: &Layout, dimensions: &[usize], n: u64) -> Result<f64, Undefined> {
        let terms = self.quality_terms(layout, dimensions)?;
        let mut pulls = Vec::with_capacity(self.parts.len());
        let mut magnitude = 0.0;
        for part in &self.parts {
            let mut pull = Influence::default();
            let (square, size) = part.pairs().pull_square(&terms);
            pull.sum.add(part.pairs().pull_sum(&terms));
            pull.square.add(square.max(0.0));
            magnitude += size;
            pulls.push(pull);
        }
        let variance = self.variance(&pulls, Some(n));
        // What is left of equal scores after subtraction is rounding.
        Ok(if variance <= 1e-13 * magnitude { 0.0 } else { variance })
    }

    /// The variance of pulls; `n` asks for the factor n/(n-1) where the weights are given.
    fn variance(&self, pulls: &[Influence], n: Option<u64>) -> f64 {
        match (&self.raking, n) {
            (Some(raking), _) => raking.variance(pulls),
            (None, n) => {
                let factor = n.map_or(1.0, |n| n as f64 / (n as f64 - 1.0).max(1.0));
                factor * pulls.iter().map(Influence::weighted_square).sum::<f64>()
            }
        }
    }

    fn mean(&self, parts: &[Points]) -> Figure<WeightedMean> {
        let Some((value, sums)) = mean_of_points(&parts.iter().collect::<Vec<_>>()) else {
            return Figure::undefined(Undefined::NoAnswers, 0);
        };
        let pulls: Vec<Influence> = parts
            .iter()
            .map(|points| {
                let mut pull = Influence::default();
                for (x, people) in points {
                    pull.take((x - value) / sums.total(), people);
                }
                pull
            })
            .collect();
        Figure::Known(weighted_mean(value, self.variance(&pulls, Some(sums.people())), &sums))
    }

    fn points(&self, of: impl Fn(&WeightedCell) -> Points) -> Vec<Points> {
        self.parts.iter().map(of).collect()
    }

    /// The positions 1, 2 … of the answers to one place of a block, by part.
    fn positions(&self, layout: &Layout, block: Block, reader: &Reader, place: usize) -> Vec<Points> {
        self.points(|part| {
            let patterns = part.patterns_of(layout, block);
            let positions = patterns.map(|(pattern, people)| (reader.row(pattern)[place], *people));
            positions.filter(|(x, _)| *x > 0).map(|(x, people)| (x as f64, people)).collect()
        })
    }

    fn people_answering(&self, layout: &Layout, block: Block, reader: &Reader) -> u64 {
        let patterns = self.parts.iter().flat_map(|part| part.patterns_of(layout, block));
        let answering = patterns.filter(|(pattern, _)| reader.row(*pattern).iter().any(|x| *x > 0));
        answering.map(|(_, people)| people.people()).sum()
    }
}
