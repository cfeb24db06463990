//! What is withheld from whole shapes: sums that would give a withheld part away, and comparisons.
//!
//! `guard` knows single figures and `groups` counts of people; here both meet the layout, which says what is a
//! mean of what. The report end-point calls [`compare`] for its `by`.

use std::collections::BTreeMap;

use scoring::{Cell, Facet, Layout, withhold_groups};
use serde_json::Value;

use super::assemble::shape;
use super::groups::conceal;
use super::guard::Guard;
use super::model::Shape;

/// The shapes of a comparison beside its total: one for each level, none of which can be had by subtraction.
///
/// Levels of too few people, and those whose absence would give such a level away, show nothing; of the others,
/// a figure goes when this very figure could be had from the total and the other levels (an item that few of a
/// level answered, say).
pub fn compare(
    layout: &Layout,
    total: &Cell,
    levels: &BTreeMap<String, Cell>,
    guard: Guard,
) -> BTreeMap<String, Shape> {
    let Some(minimum) = guard.minimum else {
        return levels.iter().map(|(name, cell)| (name.clone(), shape(layout, cell, guard))).collect();
    };
    let people: Vec<(String, u64)> =
        levels.iter().map(|(name, cell)| (name.clone(), cell.people())).collect();
    let hidden = withhold_groups(total.people(), &people, minimum);
    let open = |cell| shape(layout, cell, Guard::OPEN);
    let mut shapes: BTreeMap<String, Shape> =
        levels.iter().map(|(name, cell)| (name.clone(), open(cell))).collect();
    for part in open(total).parts() {
        let mut trees: Vec<(&str, &mut Value)> = shapes
            .iter_mut()
            .filter_map(|(name, shape)| Some((name.as_str(), shape.part_mut(&part.path)?)))
            .collect();
        conceal(part.tree, &mut trees, &hidden, guard);
    }
    let nobody = shape(layout, &Cell::empty(layout), guard);
    for (name, shape) in &mut shapes {
        if hidden.contains(name) {
            shape.clone_from(&nobody);
        } else {
            protect(layout, shape, guard);
        }
    }
    shapes
}

/// Applies the guard, and takes those sums along from which a withheld part could be computed.
///
/// A dimension's score goes when one of its items has a few answers, the quality score when a score in it goes:
/// either is a plain mean, and the hidden part would be what is missing.
pub(super) fn protect(layout: &Layout, shape: &mut Shape, guard: Guard) {
    let few = |figure: Option<&Value>| figure.is_some_and(|figure| few_behind(figure, guard));
    let mut broken: Vec<Facet> = Vec::new();
    for dimension in layout.dimensions() {
        let keys = dimension.items.iter().filter_map(|&index| layout.items().get(index));
        let by_item = keys.into_iter().any(|item| few(shape.items.get(&item.key)));
        let Some(score) = shape.dimensions.get_mut(&dimension.key).and_then(|d| d.get_mut("score")) else {
            continue;
        };
        if by_item || few_behind(score, guard) {
            *score = guard.withheld();
            broken.push(dimension.facet);
        }
    }
    if let Some(quality) = &mut shape.quality {
        withhold_quality(quality, &broken, guard);
    }
    shape.items.values_mut().chain(shape.dimensions.values_mut()).for_each(|part| guard.apply(part));
    for part in [&mut shape.quality, &mut shape.outcome, &mut shape.importance].into_iter().flatten() {
        guard.apply(part);
    }
}

fn withhold_quality(quality: &mut Value, broken: &[Facet], guard: Guard) {
    let experience = broken.contains(&Facet::Experience);
    let expectation = broken.contains(&Facet::Expectation);
    if experience && let Some(score) = quality.get_mut("score") {
        guard.withhold(score);
    }
    for choice in quality.get_mut("tpq").and_then(Value::as_array_mut).into_iter().flatten() {
        let expects = choice.get("theta").and_then(Value::as_f64).is_some_and(|theta| theta != 0.0);
        if experience || (expectation && expects) {
            guard.withhold(choice);
        }
    }
}

/// Whether a figure rests on a few people, or is withheld already.
fn few_behind(figure: &Value, guard: Guard) -> bool {
    match figure.get("n") {
        Some(Value::Null) => true,
        Some(n) => n.as_u64().is_some_and(|n| n > 0 && guard.hides(n)),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use scoring::Code;

    use super::super::assemble::tests::{filled, layout};
    use super::*;

    #[test]
    fn a_hidden_item_takes_the_means_along_that_would_give_it_away() {
        let layout = layout();
        let mut cell = filled(&layout, 20);
        let scale = layout.items()[0].scale;
        let answer = |raw| Code::answer(raw, scale).unwrap();
        let none = Code::NOT_APPLICABLE;
        let few = filled(&layout, 16);
        cell.subtract(&few).unwrap();
        for _ in 0..16 {
            cell.record(&layout, &[answer(4), none, answer(3), answer(2)]).unwrap();
        }
        let shape = shape(&layout, &cell, Guard::at_least(10));
        assert!(shape.items["s2"]["n"].is_null() && shape.items["s1"]["n"] == 20);
        assert!(shape.dimensions["speed"]["score"]["n"].is_null());
        let quality = shape.quality.unwrap();
        assert!(quality["score"]["n"].is_null() && quality["tpq"][0]["n"].is_null());
        assert_eq!(quality["tpq"][0]["kappa"], 0.0);
    }

    #[test]
    fn a_figure_of_a_few_in_one_level_is_hidden_in_another_too() {
        let layout = layout();
        let (full, scale) = (filled(&layout, 40), layout.items()[0].scale);
        let mut thin = Cell::empty(&layout);
        for person in 0..20 {
            let choice = if person < 5 { Code::answer(2, scale).unwrap() } else { Code::DONT_KNOW };
            let four = Code::answer(4, scale).unwrap();
            thin.record(&layout, &[four, four, four, choice]).unwrap();
        }
        let mut total = full.clone();
        total.add(&thin).unwrap();
        let levels = BTreeMap::from([("phone".to_owned(), thin), ("web".to_owned(), full)]);
        let shapes = compare(&layout, &total, &levels, Guard::at_least(10));
        assert!(shapes["phone"].items["c"]["n"].is_null());
        assert!(shapes["web"].items["c"]["n"].is_null(), "else total minus web gives phone away");
        assert_eq!(shapes["web"].items["s1"]["n"], 40);
        let open = compare(&layout, &total, &levels, Guard::OPEN);
        assert_eq!(open["phone"].items["c"]["n"], 5);
    }

    #[test]
    fn levels_without_a_person_too_few_are_shown_whole() {
        let layout = layout();
        let (one, two) = (filled(&layout, 30), filled(&layout, 50));
        let mut total = one.clone();
        total.add(&two).unwrap();
        let levels = BTreeMap::from([("a".to_owned(), one.clone()), ("b".to_owned(), two)]);
        let guard = Guard::at_least(10);
        assert_eq!(compare(&layout, &total, &levels, guard)["a"], shape(&layout, &one, guard));
    }

    #[test]
    fn a_level_of_a_few_and_its_company_look_like_nobody() {
        let layout = layout();
        let (few, some, many) = (filled(&layout, 4), filled(&layout, 12), filled(&layout, 60));
        let mut total = many.clone();
        total.add(&few).unwrap();
        total.add(&some).unwrap();
        let levels =
            [("few", few), ("many", many), ("some", some)].map(|(name, cell)| (name.to_owned(), cell));
        let guard = Guard::at_least(10);
        let shapes = compare(&layout, &total, &levels.into(), guard);
        let nobody = shape(&layout, &Cell::empty(&layout), guard);
        assert_eq!((&shapes["few"], &shapes["some"]), (&nobody, &nobody));
        assert_eq!(shapes["many"].items["s1"]["n"], 60);
    }
}
