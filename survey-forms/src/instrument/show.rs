//! A plain-text preview of an instrument, for the terminal.

use std::fmt::Write as _;

use super::model::{Instrument, Item};
use super::show_sections;
use crate::form::{Ask, Length};
use crate::language::Language;

/// Writes an instrument out in one language: every question with its answers, then the forms.
///
/// ```
/// use survey_forms::instrument::{Instrument, shipped_source, show};
/// use survey_forms::language::Language;
///
/// let instrument = Instrument::parse(shipped_source("perceived-quality").ok_or("not shipped")?)?;
/// assert!(show(&instrument, Language::ENGLISH).contains("Forms"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn show(instrument: &Instrument, language: Language) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = write_all(&mut text, instrument, language);
    text
}

fn write_all(out: &mut String, instrument: &Instrument, language: Language) -> std::fmt::Result {
    write_head(out, instrument, language)?;
    show_sections::write(out, instrument, language, true)?;
    for (place, block) in instrument.blocks().iter().enumerate() {
        let (name, dimension) = (block.name(language), block.dimension_name(language));
        writeln!(out, "\nBlock {}  {name}", place + 1)?;
        writeln!(out, "  {} ({}, {})", dimension, block.key, block.facet.as_str())?;
        for item in instrument.items().get(block.items.clone()).unwrap_or_default() {
            write_item(out, item, language)?;
        }
    }
    show_sections::write(out, instrument, language, false)?;
    writeln!(out, "\nOutcomes")?;
    for item in instrument.items().iter().filter(|item| item.role.is_some()) {
        write_item(out, item, language)?;
    }
    if let (Some(comment), Some(text)) = (instrument.comment(), instrument.comment_text(language)) {
        writeln!(out, "\n  {text}\n    key {}, free words, {}", comment.key, names(&comment.lengths))?;
    }
    write_forms(out, instrument)
}

fn write_head(out: &mut String, instrument: &Instrument, language: Language) -> std::fmt::Result {
    let states: Vec<String> = instrument
        .languages()
        .iter()
        .filter_map(|language| Some(format!("{language} {}", instrument.wording(*language)?.as_str())))
        .collect();
    writeln!(out, "{}", instrument.name(language))?;
    writeln!(
        out,
        "{} version {}, {} items",
        instrument.key(),
        instrument.version(),
        instrument.items().len()
    )?;
    writeln!(out, "Languages: {}", states.join(", "))
}

fn write_item(out: &mut String, item: &Item, language: Language) -> std::fmt::Result {
    writeln!(out, "\n  {}", item.text(language))?;
    let role = item.role.map(|role| format!(", {}", role.as_str())).unwrap_or_default();
    let reversed = if item.reversed { ", reversed" } else { "" };
    writeln!(out, "    key {}{role}, {}{reversed}", item.key, names(&item.lengths))?;
    for (code, label) in (item.scale.min..=item.scale.max).zip(item.labels(language)) {
        writeln!(out, "    {code:>2}  {label}")?;
    }
    write_empty(out, item, language)
}

pub(super) fn write_empty(out: &mut String, item: &Item, language: Language) -> std::fmt::Result {
    match (item.empty_label(language), item.empty) {
        (Some(label), Some(kind)) => writeln!(out, "     -  {label} ({})", kind.as_str()),
        _ => Ok(()),
    }
}

fn write_forms(out: &mut String, instrument: &Instrument) -> std::fmt::Result {
    writeln!(out, "\nForms")?;
    for form in 0..instrument.form_count() {
        let blocks: Vec<&str> = instrument
            .asked_core(form, Length::Standard)
            .into_iter()
            .filter_map(|block| instrument.blocks().get(block))
            .map(|block| block.key.as_str())
            .collect();
        writeln!(out, "  {form:>2}  {}", blocks.join(", "))?;
    }
    for length in Length::ALL {
        let asked = instrument.asked(&Ask::of(0, length)).into_iter().zip(instrument.items());
        let asked = asked.filter(|(asked, item)| *asked && item.question.is_none()).count();
        let seconds: u32 = instrument.pages(0, length).iter().map(crate::form::PagePlan::seconds).sum();
        let others: usize = instrument.pages(0, length).iter().map(|page| page.questions().count()).sum();
        let others = if others == 0 { String::new() } else { format!("{others} others, ") };
        writeln!(
            out,
            "  {}: {asked} questions with a scale, {others}about {seconds} seconds",
            length.as_str()
        )?;
    }
    Ok(())
}

pub(super) fn names(lengths: &[Length]) -> String {
    lengths.iter().map(|length| length.as_str()).collect::<Vec<_>>().join(" and ")
}
