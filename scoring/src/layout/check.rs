//! The checks of a new layout, each of one part.
//!
//! Called by [`super::Layout::new`] only, in the order in which later checks rely on earlier ones.

#![allow(clippy::indexing_slicing, reason = "indexes are checked before they are used")]

use std::collections::{BTreeMap, BTreeSet};

use super::{DimensionSpec, Facet, ItemSpec, Outcomes, Scale};
use crate::error::LayoutError;

pub(super) fn check_items(items: &[ItemSpec]) -> Result<(), LayoutError> {
    let mut keys = BTreeSet::new();
    for item in items {
        Scale::new(item.scale.min, item.scale.max)?;
        if !keys.insert(item.key.as_str()) {
            return Err(LayoutError::DuplicateKey(item.key.clone()));
        }
        match item.top_box {
            Some(threshold) if !(item.scale.min..=item.scale.max).contains(&threshold) => {
                return Err(LayoutError::TopBox { item: item.key.clone(), threshold });
            }
            _ => {}
        }
    }
    Ok(())
}

fn check_group(items: &[ItemSpec], key: &str, group: &[usize]) -> Result<(), LayoutError> {
    if !(1..=16).contains(&group.len()) {
        return Err(LayoutError::ItemCount { key: key.into(), count: group.len() });
    }
    if let Some(&index) = group.iter().find(|&&index| index >= items.len()) {
        return Err(LayoutError::NoSuchItem { key: key.into(), index });
    }
    if group.iter().any(|&index| items[index].scale != items[group[0]].scale) {
        return Err(LayoutError::MixedScales(key.into()));
    }
    let distinct: BTreeSet<_> = group.iter().collect();
    if distinct.len() < group.len() {
        return Err(LayoutError::ItemTwice(key.into()));
    }
    Ok(())
}

pub(super) fn check_dimensions(
    items: &[ItemSpec],
    dimensions: &[DimensionSpec],
) -> Result<Vec<Option<(usize, usize)>>, LayoutError> {
    let mut home = vec![None; items.len()];
    let mut keys = BTreeSet::new();
    for (index, dimension) in dimensions.iter().enumerate() {
        if matches!(dimension.key.as_str(), "overall" | "quality") {
            return Err(LayoutError::ReservedKey(dimension.key.clone()));
        }
        if !keys.insert(dimension.key.as_str()) {
            return Err(LayoutError::DuplicateKey(dimension.key.clone()));
        }
        check_group(items, &dimension.key, &dimension.items)?;
        for (place, &item) in dimension.items.iter().enumerate() {
            if home[item].replace((index, place)).is_some() {
                return Err(LayoutError::ItemTwice(items[item].key.clone()));
            }
        }
    }
    Ok(home)
}

pub(super) fn check_pairs(dimensions: &[DimensionSpec]) -> Result<(), LayoutError> {
    let facets: BTreeMap<_, _> = dimensions.iter().map(|d| (d.key.as_str(), d.facet)).collect();
    let mut pairs = BTreeSet::new();
    for dimension in dimensions {
        let Some(of) = &dimension.of else { continue };
        if facets.get(of.as_str()) != Some(&Facet::Experience) {
            return Err(LayoutError::NoSuchDimension { key: dimension.key.clone(), of: of.clone() });
        }
        if !pairs.insert((dimension.facet, of.as_str())) {
            return Err(LayoutError::PairedTwice(of.clone()));
        }
    }
    Ok(())
}

pub(super) fn check_outcomes(items: &[ItemSpec], outcomes: &Outcomes) -> Result<(), LayoutError> {
    if !outcomes.overall.is_empty() {
        check_group(items, "overall", &outcomes.overall)?;
    }
    for (key, index) in [("nps", outcomes.nps), ("csat", outcomes.csat), ("ces", outcomes.ces)] {
        if let Some(index) = index {
            check_group(items, key, &[index])?;
        }
    }
    match outcomes.nps.map(|index| &items[index]) {
        Some(item) if (item.scale.min, item.scale.max) != (0, 10) => {
            Err(LayoutError::NpsScale(item.key.clone()))
        }
        _ => Ok(()),
    }
}
