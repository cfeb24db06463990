//! Whole simulated surveys: blocks of items, forms that ask some of the blocks, and the cell that counts them.

use scoring::{Code, DimensionSpec, Facet, ItemSpec, Layout, Outcomes};

use super::model::{Item, Shape};
use super::random::Random;

/// Blocks of the thirteen forms: twelve of experience and image.
pub const BLOCKS: usize = 13;

/// Form i asks the blocks i, i + 1, i + 3 and i + 9 (mod 13): each pair of blocks meets in one form.
const OFFSETS: [usize; 4] = [0, 1, 3, 9];

/// Which blocks a customer is asked.
#[derive(Clone, Copy, PartialEq)]
pub enum Form {
    /// One of the thirteen forms by lot.
    Thirteen,
    /// Every block.
    Full,
}

/// Twelve experience dimensions and image of three items each; when wanted, one item of expectation for each
/// experience dimension, asked together with it.
pub struct Survey {
    pub layout: Layout,
    items: Vec<Item>,
    /// The items of each block; with expectations the last one of a block asks for it.
    blocks: Vec<Vec<usize>>,
    expectations: bool,
}

impl Survey {
    /// `shapes` go round over the blocks; expectations have a shape of their own.
    pub fn new(shapes: &[Shape], expectation: Option<Shape>) -> Survey {
        let (mut items, mut blocks) = (Vec::new(), Vec::new());
        let (mut dimensions, mut expected) = (Vec::new(), Vec::new());
        for block in 0..BLOCKS {
            let start = items.len();
            items.extend((0..3).map(|_| Item::new(shapes[block % shapes.len()], 0.6, 0.5)));
            let facet = if block + 1 == BLOCKS { Facet::Image } else { Facet::Experience };
            dimensions.push(spec(&format!("d{block}"), facet, None, (start..items.len()).collect()));
            if let Some(shape) = expectation.filter(|_| facet == Facet::Experience) {
                let of = Some(format!("d{block}"));
                expected.push(spec(&format!("e{block}"), Facet::Expectation, of, vec![items.len()]));
                items.push(Item::new(shape, 0.7, 0.2));
            }
            blocks.push((start..items.len()).collect());
        }
        dimensions.extend(expected);
        let layout = Layout::new(specs(&items), dimensions, Outcomes::default()).unwrap();
        Survey { layout, items, blocks, expectations: expectation.is_some() }
    }

    /// One customer's codes.
    pub fn respond(&self, random: &mut Random, form: Form) -> Vec<Code> {
        let mut codes = vec![Code::NOT_SHOWN; self.items.len()];
        let general = random.normal();
        // Who expects much is a little happier.
        let expecting = 0.3 * general + 0.91_f64.sqrt() * random.normal();
        let first = random.below(BLOCKS);
        let asked: Vec<usize> = match form {
            Form::Full => (0..BLOCKS).collect(),
            Form::Thirteen => OFFSETS.iter().map(|offset| (first + offset) % BLOCKS).collect(),
        };
        for block in asked {
            let own = random.normal();
            for (place, &item) in self.blocks[block].iter().enumerate() {
                let opinion = if self.expectations && place == 3 { expecting } else { general };
                let spec = &self.items[item];
                let raw = spec.answer(random, opinion, own);
                codes[item] = Code::answer(raw, spec.shape.scale()).unwrap();
            }
        }
        codes
    }

    /// The true score of a facet: the mean over its dimensions of the mean of the item means, points of 100.
    pub fn truth(&self, facet: Facet) -> f64 {
        let of_facet = self.layout.dimensions().iter().filter(|dimension| dimension.facet == facet);
        let points = of_facet.map(|dimension| {
            let items = dimension.items.iter().map(|&item| self.items[item].shape.points());
            items.sum::<f64>() / dimension.items.len() as f64
        });
        let points: Vec<f64> = points.collect();
        points.iter().sum::<f64>() / points.len() as f64
    }
}

pub fn spec(key: &str, facet: Facet, of: Option<String>, items: Vec<usize>) -> DimensionSpec {
    DimensionSpec { key: key.into(), facet, of, items }
}

/// The items as the layout wants them, with keys by number.
pub fn specs(items: &[Item]) -> Vec<ItemSpec> {
    let spec = |(number, item): (usize, &Item)| ItemSpec {
        key: format!("i{number}"),
        scale: item.shape.scale(),
        reversed: false,
        top_box: None,
    };
    items.iter().enumerate().map(spec).collect()
}

#[test]
fn each_block_stands_in_four_forms_and_each_pair_in_one() {
    let meets = |a: usize, b: usize| {
        let asks = |form: usize, block: usize| OFFSETS.iter().any(|offset| (form + offset) % BLOCKS == block);
        (0..BLOCKS).filter(|&form| asks(form, a) && asks(form, b)).count()
    };
    for a in 0..BLOCKS {
        assert_eq!(meets(a, a), 4);
        (0..a).for_each(|b| assert_eq!(meets(a, b), 1));
    }
}
