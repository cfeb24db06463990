//! The four sums of products of a pair of columns, with the widest instructions at hand.
//!
//! AVX2 (found at run time; `pulp` owns the unsafe call) multiplies and adds sixteen lanes at once. Everything
//! else takes the plain loops, which compilers turn into the same kind of instructions, eight lanes wide or so.

#![allow(
    clippy::inline_always,
    clippy::indexing_slicing,
    reason = "the loops must become part of the function that is compiled for the wider instructions; parts of fixed size"
)]

use pulp::NullaryFnOnce;
#[cfg(target_arch = "x86_64")]
use pulp::x86::V3;

use super::tile::ROWS;

/// One item of a tile: m, x, x², y row by row, as in [`super::tile`].
#[derive(Clone)]
pub(super) struct Lanes {
    pub(super) m: [i16; ROWS],
    pub(super) x: [i16; ROWS],
    pub(super) q: [i16; ROWS],
    pub(super) y: [i16; ROWS],
}

impl Lanes {
    pub(super) const EMPTY: Lanes = Lanes { m: [0; ROWS], x: [0; ROWS], q: [0; ROWS], y: [0; ROWS] };
}

/// Lanes that are multiplied at once.
type Sixteen = [i16; 16];

/// Σ x y', Σ m y', Σ x² m' and Σ m x²' of two columns, over the first so many lanes of sixteen.
pub(super) trait Dots: Copy {
    fn dots(self, a: &Lanes, b: &Lanes, sixteens: usize) -> [i32; 4];
}

/// The instructions of the machine at hand.
#[derive(Clone, Copy)]
pub(super) enum Machine {
    #[cfg(target_arch = "x86_64")]
    Avx2(V3),
    Any,
}

/// Work that is compiled once for each set of instructions.
pub(super) trait Work {
    fn run<D: Dots>(self, dots: D);
}

impl Machine {
    pub(super) fn at_hand() -> Machine {
        #[cfg(target_arch = "x86_64")]
        if let Some(avx2) = V3::try_new() {
            return Machine::Avx2(avx2);
        }
        Machine::Any
    }

    pub(super) fn run(self, work: impl Work) {
        match self {
            #[cfg(target_arch = "x86_64")]
            Machine::Avx2(avx2) => avx2.vectorize(With { work, dots: avx2 }),
            Machine::Any => With { work, dots: Plain }.call(),
        }
    }
}

struct With<W, D> {
    work: W,
    dots: D,
}

impl<W: Work, D: Dots> NullaryFnOnce for With<W, D> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        self.work.run(self.dots);
    }
}

#[cfg(target_arch = "x86_64")]
impl Dots for V3 {
    #[inline(always)]
    fn dots(self, a: &Lanes, b: &Lanes, sixteens: usize) -> [i32; 4] {
        let step = |sum, a: &Sixteen, b: &Sixteen| {
            let products = self.multiply_wrapping_add_adjacent_i16x16(pulp::cast(*a), pulp::cast(*b));
            self.wrapping_add_i32x8(sum, products)
        };
        let sums = four(a, b, sixteens, self.splat_i32x8(0), step);
        sums.map(|sum| total(pulp::cast(sum)))
    }
}

/// Any machine.
#[derive(Clone, Copy)]
struct Plain;

impl Dots for Plain {
    #[inline(always)]
    fn dots(self, a: &Lanes, b: &Lanes, sixteens: usize) -> [i32; 4] {
        let step = |mut sum: [i32; 8], a: &Sixteen, b: &Sixteen| {
            for (lane, sum) in sum.iter_mut().enumerate() {
                let product = |at: usize| i32::from(a[at]).wrapping_mul(i32::from(b[at]));
                *sum = sum.wrapping_add(product(2 * lane).wrapping_add(product(2 * lane + 1)));
            }
            sum
        };
        four(a, b, sixteens, [0; 8], step).map(total)
    }
}

#[inline(always)]
fn four<S: Copy>(
    a: &Lanes,
    b: &Lanes,
    sixteens: usize,
    zero: S,
    step: impl Fn(S, &Sixteen, &Sixteen) -> S,
) -> [S; 4] {
    let of = |lanes| first(lanes, sixteens);
    let (ax, am, aq) = (of(&a.x), of(&a.m), of(&a.q));
    let (by, bm, bq) = (of(&b.y), of(&b.m), of(&b.q));
    let mut sums = [zero; 4];
    for at in 0..sixteens {
        sums = [
            step(sums[0], &ax[at], &by[at]),
            step(sums[1], &am[at], &by[at]),
            step(sums[2], &aq[at], &bm[at]),
            step(sums[3], &am[at], &bq[at]),
        ];
    }
    sums
}

#[inline(always)]
fn first(lanes: &[i16; ROWS], sixteens: usize) -> &[Sixteen] {
    &lanes.as_chunks().0[..sixteens]
}

#[inline(always)]
fn total(sum: [i32; 8]) -> i32 {
    sum.into_iter().fold(0, i32::wrapping_add)
}
