//! The `[[dimension]]` tables of a map.

use scoring::Facet;

use super::Context;
use super::coding::{Coding, SCALE_KEYS};
use super::source::{Section, Source};
use crate::score::suggest::hint;

const KEYS: [&str; 6] = ["key", "facet", "of", "items", "reverse", "scale"];

/// The facets a map can name, with their words.
const FACETS: [(&str, Facet); 4] = [
    ("experience", Facet::Experience),
    ("expectation", Facet::Expectation),
    ("image", Facet::Image),
    ("importance", Facet::Importance),
];

/// One dimension as the map states it.
#[derive(Debug, Clone)]
pub(super) struct Dimension {
    pub line: usize,
    pub path: String,
    pub key: String,
    pub facet: Facet,
    /// The experience dimension it belongs to; `None` is general.
    pub of: Option<String>,
    /// Columns with the lines they stand in.
    pub items: Vec<(String, usize)>,
    pub reverse: Vec<String>,
    pub coding: Coding,
}

/// Reads every dimension and checks them against each other.
pub(super) fn read(source: &mut Source<'_>, root: &Section<'_>, context: &Context<'_>) -> Vec<Dimension> {
    let sections = root.get(source, "dimension").map_or_else(Vec::new, |entry| entry.sections(source));
    let dimensions: Vec<Option<Dimension>> =
        sections.iter().map(|section| one(source, section, context)).collect();
    let complete = dimensions.iter().all(Option::is_some);
    let dimensions: Vec<Dimension> = dimensions.into_iter().flatten().collect();
    check_keys(source, &dimensions);
    check_partners(source, &dimensions, complete);
    check_columns(source, &dimensions);
    dimensions
}

fn one(source: &mut Source<'_>, section: &Section<'_>, context: &Context<'_>) -> Option<Dimension> {
    section.only(source, &KEYS);
    let key = section.required_text(source, "key");
    let facet = facet(source, section);
    let of = section.optional_text(source, "of").filter(|of| !of.is_empty());
    let items = items(source, section);
    let reverse = reverse(source, section, items.as_deref().unwrap_or_default());
    let coding = coding(source, section, context);
    Some(Dimension {
        line: section.line,
        path: section.key.clone(),
        key: key?,
        facet: facet?,
        of,
        items: items?,
        reverse,
        coding: coding?,
    })
}

fn facet(source: &mut Source<'_>, section: &Section<'_>) -> Option<Facet> {
    let Some(entry) = section.get(source, "facet") else { return Some(Facet::Experience) };
    let text = entry.text(source)?;
    if let Some((_, facet)) = FACETS.iter().find(|(name, _)| *name == text) {
        return Some(*facet);
    }
    let names: Vec<&str> = FACETS.iter().map(|(name, _)| *name).collect();
    let message =
        format!("\"{text}\" is not one of {}{}", names.join(", "), hint(&text, names.iter().copied()));
    source.problem(entry.line, entry.key, message);
    None
}

fn items(source: &mut Source<'_>, section: &Section<'_>) -> Option<Vec<(String, usize)>> {
    let Some(entry) = section.get(source, "items") else {
        section.missing(source, "items");
        return None;
    };
    let items = entry.texts(source)?;
    if items.is_empty() || items.len() > 16 {
        let message = format!("names {} columns; 1 to 16 are possible", items.len());
        source.problem(entry.line, entry.key, message);
        return None;
    }
    Some(items)
}

fn reverse(source: &mut Source<'_>, section: &Section<'_>, items: &[(String, usize)]) -> Vec<String> {
    let Some(entry) = section.get(source, "reverse") else { return Vec::new() };
    let reversed = entry.texts(source).unwrap_or_default();
    for (text, line) in &reversed {
        if !items.is_empty() && !items.iter().any(|(item, _)| item == text) {
            let near = hint(text, items.iter().map(|(item, _)| item.as_str()));
            source.problem(*line, entry.key.clone(), format!("\"{text}\" is not among the items{near}"));
        }
    }
    reversed.into_iter().map(|(text, _)| text).collect()
}

fn coding(source: &mut Source<'_>, section: &Section<'_>, context: &Context<'_>) -> Option<Coding> {
    let Some(entry) = section.get(source, "scale") else {
        return context.scale(source, section.line, &section.key);
    };
    let own = entry.section(source)?;
    own.only(source, &SCALE_KEYS);
    Coding::from_section(source, &own, context.default, None)
}

fn check_keys(source: &mut Source<'_>, dimensions: &[Dimension]) {
    for (index, dimension) in dimensions.iter().enumerate() {
        let path = format!("{}.key", dimension.path);
        if matches!(dimension.key.as_str(), "overall" | "quality") {
            let message =
                format!("\"{}\" names another part of the report; choose another key", dimension.key);
            source.problem(dimension.line, path, message);
        } else if dimensions.iter().take(index).any(|earlier| earlier.key == dimension.key) {
            source.problem(dimension.line, path, format!("\"{}\" is used twice", dimension.key));
        }
    }
}

/// Checks what `of` names; silent about names that a dimension with problems of its own may carry.
fn check_partners(source: &mut Source<'_>, dimensions: &[Dimension], complete: bool) {
    let experience: Vec<&str> =
        dimensions.iter().filter(|d| d.facet == Facet::Experience).map(|d| d.key.as_str()).collect();
    for (index, dimension) in dimensions.iter().enumerate() {
        let Some(of) = dimension.of.as_deref() else { continue };
        let path = format!("{}.of", dimension.path);
        if !matches!(dimension.facet, Facet::Expectation | Facet::Importance) {
            source.problem(
                dimension.line,
                path,
                "only an expectation or an importance belongs to a dimension",
            );
        } else if !experience.contains(&of) {
            if complete {
                let near = hint(of, experience.iter().copied());
                source.problem(
                    dimension.line,
                    path,
                    format!("\"{of}\" is not a dimension of experience{near}"),
                );
            }
        } else if dimensions
            .iter()
            .take(index)
            .any(|d| d.facet == dimension.facet && d.of.as_deref() == Some(of))
        {
            source.problem(dimension.line, path, format!("\"{of}\" has a dimension of this facet already"));
        }
    }
}

fn check_columns(source: &mut Source<'_>, dimensions: &[Dimension]) {
    let mut seen: Vec<(&str, &str)> = Vec::new();
    for dimension in dimensions {
        for (item, line) in &dimension.items {
            if let Some((_, owner)) = seen.iter().find(|(earlier, _)| earlier == item) {
                let message = format!("\"{item}\" stands in the dimension \"{owner}\" already");
                source.problem(*line, format!("{}.items", dimension.path), message);
            }
            seen.push((item, &dimension.key));
        }
    }
}
