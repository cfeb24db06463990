//! One dimension of correlated items: the score, the mean of person means, alpha.

use scoring::{
    Block, Cell, Code, Facet, Figure, Layout, Outcomes, Variable, alpha, dimension_score, person_mean,
};

use super::model::{FIVE_POINTS, Item, SATISFIED, Shape, TOP_HEAVY, true_alpha};
use super::random::Random;
use super::run::{Case, Study, assert_good_from, print_table};
use super::survey::{spec, specs};

/// Replications of each case.
const RUNS: usize = 10_000;

/// Loadings on the common opinion: items that belong together, as in a good instrument, and loose ones.
const TIGHT: [f64; 3] = [0.85, 0.80, 0.75];
const LOOSE: [f64; 3] = [0.60, 0.50, 0.40];

/// Which items a customer is asked and answers.
#[derive(Clone, Copy)]
enum Design {
    /// All three.
    Full,
    /// Two of the three by lot: planned missing.
    TwoOfThree,
    /// Every second customer the first item only: quick and standard forms mixed.
    HalfQuick,
    /// All three, each left open with a chance of one in five.
    Skips,
}

struct Dimension {
    layout: Layout,
    items: Vec<Item>,
    design: Design,
}

impl Dimension {
    fn new(shapes: [Shape; 3], loadings: [f64; 3], design: Design) -> Dimension {
        let items: Vec<Item> =
            shapes.into_iter().zip(loadings).map(|(shape, loading)| Item::new(shape, loading, 0.0)).collect();
        let dimension = spec("care", Facet::Experience, None, vec![0, 1, 2]);
        let layout = Layout::new(specs(&items), vec![dimension], Outcomes::default()).unwrap();
        Dimension { layout, items, design }
    }

    fn respond(&self, random: &mut Random) -> Vec<Code> {
        let opinion = random.normal();
        let lot = random.below(6);
        let code = |(place, item): (usize, &Item)| {
            let raw = item.answer(random, opinion, 0.0);
            let answer = Code::answer(raw, item.shape.scale()).unwrap();
            match self.design {
                Design::TwoOfThree if lot % 3 == place => Code::NOT_SHOWN,
                Design::HalfQuick if lot < 3 && place > 0 => Code::NOT_SHOWN,
                Design::Skips if random.share() < 0.2 => Code::SKIPPED,
                _ => answer,
            }
        };
        self.items.iter().enumerate().map(code).collect()
    }

    /// The coverage of a figure's interval over the grid.
    fn case(
        &self,
        name: String,
        seed: u64,
        truth: f64,
        figure: impl Fn(&Layout, &Cell) -> Figure + Sync,
    ) -> Case {
        let study = Study {
            layout: &self.layout,
            respond: &|random| self.respond(random),
            figure: &|cell| figure(&self.layout, cell),
            truth,
        };
        study.case(name, seed, RUNS)
    }
}

fn mean_of(shapes: &[Shape], of: impl Fn(&Shape) -> f64) -> f64 {
    shapes.iter().map(of).sum::<f64>() / shapes.len() as f64
}

#[test]
#[ignore = "heavy: a simulation of minutes in release"]
fn the_interval_of_a_dimension_score_is_good_from_some_n_on() {
    let designs =
        [(Design::Full, "full"), (Design::TwoOfThree, "two of three"), (Design::HalfQuick, "half quick")];
    let mut cases = Vec::new();
    for shape in FIVE_POINTS {
        for (design, name) in designs {
            let dimension = Dimension::new([shape; 3], TIGHT, design);
            let score = |layout: &Layout, cell: &Cell| dimension_score(layout, cell, 0);
            let seed = 101 + cases.len() as u64;
            cases.push(dimension.case(format!("{}, {name}", shape.name), seed, shape.points(), score));
        }
    }
    print_table("Dimension score, normal interval", &cases);
    let from = [20, 30, 50, 30, 50, 50, 100, 100, 200, 200, 200, 500, 50, 50, 100];
    assert_good_from(&cases, &from.map(Some));
}

#[test]
#[ignore = "heavy: a simulation of minutes in release"]
fn the_interval_of_a_dimension_mean_is_good_from_some_n_on() {
    let mut cases = Vec::new();
    for shape in FIVE_POINTS {
        for (design, name) in [(Design::Full, "full"), (Design::Skips, "skips")] {
            let dimension = Dimension::new([shape; 3], TIGHT, design);
            let mean = |layout: &Layout, cell: &Cell| person_mean(layout, cell, Variable::Dimension(0)).mean;
            let seed = 201 + cases.len() as u64;
            cases.push(dimension.case(format!("{}, {name}", shape.name), seed, shape.mean(), mean));
        }
    }
    let mixed = [SATISFIED, TOP_HEAVY, TOP_HEAVY];
    let dimension = Dimension::new(mixed, TIGHT, Design::TwoOfThree);
    let mean = |layout: &Layout, cell: &Cell| person_mean(layout, cell, Variable::Dimension(0)).mean;
    let truth = mean_of(&mixed, Shape::mean);
    cases.push(dimension.case("unequal items, two of three".into(), 211, truth, mean));
    print_table("Dimension mean of person means, t interval", &cases);
    assert_good_from(&cases, &[10, 10, 10, 10, 100, 100, 200, 500, 20, 30, 50].map(Some));
}

#[test]
#[ignore = "heavy: a simulation of minutes in release"]
fn the_interval_of_alpha_is_good_from_some_n_on() {
    let mut cases = Vec::new();
    for shape in FIVE_POINTS {
        for loadings in [TIGHT, LOOSE] {
            let dimension = Dimension::new([shape; 3], loadings, Design::Full);
            let truth = true_alpha(&dimension.items);
            let figure = |layout: &Layout, cell: &Cell| alpha(layout, cell, Block::Dimension(0));
            let seed = 301 + cases.len() as u64;
            cases.push(dimension.case(format!("{}, alpha {truth:.2}", shape.name), seed, truth, figure));
        }
    }
    print_table("Alpha of three items, distribution-free interval", &cases);
    // An item with nine of ten answers at the top needs more than a thousand people.
    let from = [50, 50, 200, 100, 500, 1000].map(Some);
    assert_good_from(&cases, &[&from[..], &[None, None, Some(100), Some(100)]].concat());
}
