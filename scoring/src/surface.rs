//! What expectation and image add to experience: response surfaces, image as a filter.
//!
//! Regressions of the overall outcome over complete people, from the exact sums of scores, their squares and
//! products. Whether gaps explain more is in `variance_explained`, fitted weights of the quality index in `tpq`.

#![allow(clippy::indexing_slicing, reason = "moments of six terms, read at constant places")]

use serde::Serialize;

use crate::cell::{JointCounts, ProductSums};
use crate::error::Undefined;
use crate::figure::{Figure, Undef};
use crate::layout::{Layout, Variable};
use crate::regression::{Effect, regression};
use crate::score_moments::{ScoreMoments, central};

/// The coefficients of a quadratic surface; raw units, both scores about the middle of their scale.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct SurfaceCoefficients {
    /// The outcome expected where both scores are at the middle.
    pub b0: f64,
    /// Of experience.
    pub p: f64,
    /// Of expectation (or image).
    pub e: f64,
    /// Of experience squared.
    pub p2: f64,
    /// Of the product.
    pub pe: f64,
    /// Of expectation squared.
    pub e2: f64,
}

/// The overall outcome as a quadratic surface over experience and expectation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ResponseSurface {
    /// People with both scores and the outcome.
    pub n: u64,
    /// The fitted surface.
    pub coefficients: SurfaceCoefficients,
    /// Share of the outcome's variance, 0..=1.
    pub r2: f64,
    /// Slope along the line where experience meets expectation: b1 + b2.
    pub a1: Effect,
    /// Curve along it: b3 + b4 + b5.
    pub a2: Effect,
    /// Slope along the line where experience gains what expectation loses: b1 - b2.
    pub a3: Effect,
    /// Curve along it: b3 - b4 + b5.
    pub a4: Effect,
}

/// Fits the response surface of an experience dimension and its expectation (Edwards & Parry 1993; Edwards 1994),
/// which says what a difference score takes for granted.
///
/// y = b0 + b1 p + b2 e + b3 p² + b4 pe + b5 e², p and e in raw units from the middle of their scale. A gap score
/// assumes b1 = -b2 and no curve. Least squares, plain errors, t with n - 6 degrees of freedom.
/// `experience` and `other` are dimension indexes that [`Layout::pairings`] has together; an image serves as
/// `other`, too. Undefined without such a pairing or an overall outcome, for n ≤ 6, and when a term follows from
/// the others, as with two codes only.
///
/// ```
/// # use scoring::*;
/// # let scale = Scale::new(1, 5)?;
/// # let item = |key: &str| ItemSpec { key: key.into(), scale, reversed: false, top_box: None };
/// # let dimension = |key: &str, facet, of: Option<&str>, item| DimensionSpec {
/// #     key: key.into(), facet, of: of.map(Into::into), items: vec![item],
/// # };
/// # let dimensions = vec![
/// #     dimension("care", Facet::Experience, None, 0),
/// #     dimension("care_expected", Facet::Expectation, Some("care"), 1),
/// # ];
/// # let outcomes = Outcomes { overall: vec![2], ..Outcomes::default() };
/// # let layout = Layout::new(["p", "e", "y"].map(item).to_vec(), dimensions, outcomes)?;
/// # let mut cell = GroupedCell::empty(&layout);
/// for person in 0..25_u8 {
///     let (p, e) = (1 + person % 5, 1 + person / 5);
///     let overall = p.saturating_sub(u8::from(person == 7)).max(1);
///     let codes = [p, e, overall].map(|raw| Code::answer(raw, scale).unwrap());
///     cell.record(&layout, &codes, person)?;
/// }
/// let surface = response_surface(&layout, &cell.total(&layout), 0, 1).unwrap();
/// // The outcome follows experience, whatever was expected.
/// assert!(surface.a1.value > 0.9 && surface.coefficients.e.abs() < 0.1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn response_surface(
    layout: &Layout,
    joint: &JointCounts,
    experience: usize,
    other: usize,
) -> Result<ResponseSurface, Undef> {
    let fit = regression(&second_order_moments(layout, joint, experience, other)?)?;
    let b = &fit.coefficients;
    Ok(ResponseSurface {
        n: fit.n,
        coefficients: SurfaceCoefficients {
            b0: fit.intercept,
            p: b[0],
            e: b[1],
            p2: b[2],
            pe: b[3],
            e2: b[4],
        },
        r2: fit.r2,
        a1: fit.effect(&[1.0, 1.0, 0.0, 0.0, 0.0]),
        a2: fit.effect(&[0.0, 0.0, 1.0, 1.0, 1.0]),
        a3: fit.effect(&[1.0, -1.0, 0.0, 0.0, 0.0]),
        a4: fit.effect(&[0.0, 0.0, 1.0, -1.0, 1.0]),
    })
}

/// Image as a summand and as a filter of experience.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ImageFilter {
    /// People with both scores and the outcome.
    pub n: u64,
    /// Effect of experience beside image, no product; raw units.
    pub experience: Effect,
    /// Effect of image beside experience.
    pub image: Effect,
    /// image/(experience + image): the pull of image on the judgement.
    pub kappa: Figure<f64>,
    /// R² of these two.
    pub r2_main: f64,
    /// Effect of the product of both about their means. Negative: a good image softens poor experience.
    pub interaction: Effect,
    /// R² with the product.
    pub r2_interaction: f64,
    /// Effect of experience at the mean image, beside the product.
    pub experience_at_mean: Effect,
    /// Effect of image at the mean experience, beside the product.
    pub image_at_mean: Effect,
}

/// Tests whether image works as a filter of experience (Grönroos 1984) rather than as a summand: whether the
/// product of both, about their means, adds to the regression of the overall outcome.
///
/// Least squares over people with all three, plain errors, t with n - 3 and n - 4 degrees of freedom. The sums
/// are kept about the middle of the scales and moved to the means exactly, since
/// (p - m)(i - k) = pi - k p - m i + mk. `experience` and `image` are dimension indexes that [`Layout::pairings`]
/// has together. Image that is asked after the service is coloured by it (Podsakoff, MacKenzie, Lee & Podsakoff
/// 2003). Undefined as [`response_surface`] is, for n ≤ 4.
pub fn image_filter(
    layout: &Layout,
    joint: &JointCounts,
    experience: usize,
    image: usize,
) -> Result<ImageFilter, Undef> {
    let all = second_order_moments(layout, joint, experience, image)?;
    let (p, i) = (all.mean[0], all.mean[1]);
    // Terms p, i, p², pi, i², y to p, i, pi about the means (up to a constant), y.
    let row = |weights: [f64; 6]| weights.to_vec();
    let moved = all.combined(&[
        row([1.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
        row([0.0, 1.0, 0.0, 0.0, 0.0, 0.0]),
        row([-i, -p, 0.0, 1.0, 0.0, 0.0]),
        row([0.0, 0.0, 0.0, 0.0, 0.0, 1.0]),
    ]);
    let main = regression(&moved.picked(&[0, 1, 3]))?;
    let filter = regression(&moved)?;
    let (b_p, b_i) = (main.coefficients[0], main.coefficients[1]);
    let kappa = if b_p + b_i == 0.0 {
        Figure::undefined(Undefined::OutOfRange, main.n)
    } else {
        Figure::Known(b_i / (b_p + b_i))
    };
    Ok(ImageFilter {
        n: main.n,
        experience: main.effect(&[1.0, 0.0]),
        image: main.effect(&[0.0, 1.0]),
        kappa,
        r2_main: main.r2,
        interaction: filter.effect(&[0.0, 0.0, 1.0]),
        r2_interaction: filter.r2,
        experience_at_mean: filter.effect(&[1.0, 0.0, 0.0]),
        image_at_mean: filter.effect(&[0.0, 1.0, 0.0]),
    })
}

/// Moments of p, q, p², pq, q² and y in raw units, p and q from the middle of their scales.
fn second_order_moments(
    layout: &Layout,
    joint: &JointCounts,
    first: usize,
    second: usize,
) -> Result<ScoreMoments, Undef> {
    let outcome = layout.variable(Variable::Overall).ok_or(Undef::new(Undefined::NoOverall, 0))?;
    let pairing = layout.pairings().iter().position(|&pair| pair == (first, second));
    let sums = pairing.and_then(|place| joint.products(place));
    let sums = sums.filter(|sums| sums.n > 0).ok_or(Undef::new(Undefined::NoneAnsweredBoth, 0))?;
    if sums.n < 2 {
        return Err(Undef::new(Undefined::OneAnswer, sums.n));
    }
    let p = 2.0 * layout.multiple(first) as f64;
    let q = 2.0 * layout.multiple(second) as f64;
    Ok(moments_of(sums, &[p, q, p * p, p * q, q * q, layout.multiple(outcome) as f64]))
}

fn moments_of(sums: &ProductSums, units: &[f64; 6]) -> ScoreMoments {
    let n = sums.n as f64;
    let cell = |a: usize, b: usize| {
        central(sums.n, sums.sum(a), sums.sum(b), sums.product(a, b)) / ((n - 1.0) * units[a] * units[b])
    };
    ScoreMoments {
        n: sums.n,
        mean: (0..6).map(|term| sums.sum(term) as f64 / (n * units[term])).collect(),
        covariance: (0..6).map(|a| (0..6).map(|b| cell(a, b)).collect()).collect(),
    }
}
