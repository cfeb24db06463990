//! Layouts and responses of every shape that the crate takes, drawn from a seed.

#![allow(
    dead_code,
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "tests and benches, each of which uses a part"
)]

use scoring::{Code, DimensionSpec, Facet, ItemSpec, Layout, Outcomes, Scale};

use super::chance::Chance;

const FACETS: [Facet; 5] =
    [Facet::Experience, Facet::Expectation, Facet::Image, Facet::Importance, Facet::Outcome];

/// A layout with none to six dimensions of 1 to 16 items, any scales, outcomes that may share items with
/// dimensions and with each other, and items that belong nowhere.
pub fn layout(chance: &mut Chance) -> Layout {
    let mut items: Vec<ItemSpec> = Vec::new();
    let mut dimensions: Vec<DimensionSpec> = Vec::new();
    for index in 0..chance.index(7) {
        let width = match chance.below(12) {
            0 => 16,
            1 => 9,
            _ => 1 + chance.index(4),
        };
        let first = items.len();
        let scale = scale(chance);
        items.extend((0..width).map(|place| item(chance, first + place, scale)));
        let facet = if index == 0 { Facet::Experience } else { FACETS[chance.index(5)] };
        let mut of = (!chance.once_in(3) && facet != Facet::Experience).then(|| "d0".to_owned());
        of = of.filter(|_| dimensions.iter().all(|d| d.facet != facet || d.of.is_none()));
        let items = (first..first + width).collect();
        dimensions.push(DimensionSpec { key: format!("d{index}"), facet, of, items });
    }
    let outcomes = outcomes(chance, &mut items, &dimensions);
    Layout::new(items, dimensions, outcomes).unwrap()
}

fn scale(chance: &mut Chance) -> Scale {
    let (min, max) = [(1, 5), (1, 7), (0, 10), (1, 2), (0, 1), (5, 10), (1, 4)][chance.index(7)];
    Scale::new(min, max).unwrap()
}

fn item(chance: &mut Chance, index: usize, scale: Scale) -> ItemSpec {
    let top_box = chance.once_in(4).then_some(scale.max);
    ItemSpec { key: format!("i{index}"), scale, reversed: chance.once_in(3), top_box }
}

fn outcomes(chance: &mut Chance, items: &mut Vec<ItemSpec>, dimensions: &[DimensionSpec]) -> Outcomes {
    let mut add = |chance: &mut Chance, scale: Scale| {
        items.push(item(chance, items.len(), scale));
        items.len() - 1
    };
    let any = scale(chance);
    // Overall may be asked by items of a dimension, or by its own.
    let overall = match (chance.below(4), dimensions.first()) {
        (0, _) => vec![],
        (1, Some(dimension)) => dimension.items.clone(),
        _ => (0..=chance.index(3)).map(|_| add(chance, any)).collect(),
    };
    let nps = chance.once_in(2).then(|| add(chance, Scale::new(0, 10).unwrap()));
    let csat = chance.once_in(2).then(|| add(chance, any));
    let ces = if chance.once_in(2) { csat } else { None };
    for _ in 0..chance.below(3) {
        add(chance, any);
    }
    Outcomes { overall, nps, csat, ces }
}

/// One response, in one of five manners: anything, mostly empty, all alike, all at the top, nothing at all.
pub fn response(chance: &mut Chance, layout: &Layout) -> Vec<Code> {
    let (manner, fixed) = (chance.below(8), chance.below(15));
    let mut code = |item: &ItemSpec| {
        let points = u64::from(item.scale.points());
        let drawn = chance.below(points + 4);
        let kind = match manner {
            0 => 15,
            1 => points,
            2 => 1 + fixed % points,
            3 if !chance.once_in(4) => 12 + drawn % 4,
            _ if drawn < points => 1 + drawn,
            _ => 12 + drawn - points,
        };
        Code::from_byte(u8::try_from(kind).unwrap()).unwrap()
    };
    layout.items().iter().map(&mut code).collect()
}

/// Up to so many responses; some come twice.
pub fn responses(chance: &mut Chance, layout: &Layout, most: usize) -> Vec<Vec<Code>> {
    let mut all: Vec<Vec<Code>> = Vec::new();
    for _ in 0..chance.index(most + 1) {
        let again = chance.once_in(4).then(|| all.get(chance.index(all.len().max(1))).cloned()).flatten();
        all.push(again.unwrap_or_else(|| response(chance, layout)));
    }
    all
}
