//! The sections of an instrument in the preview for the terminal.

use std::fmt::Write as _;

use super::model::Instrument;
use super::question::{Condition, Question, QuestionKind};
use super::show::{names, write_empty};
use crate::language::Language;

/// Writes the opening or the closing sections.
pub(super) fn write(
    out: &mut String,
    instrument: &Instrument,
    language: Language,
    opening: bool,
) -> std::fmt::Result {
    for section in instrument.sections().iter().filter(|section| section.opening == opening) {
        let place = if opening { ", opening" } else { "" };
        writeln!(out, "\nSection {}{place}  {}", section.key, section.name(language))?;
        if let Some(condition) = &section.show_if {
            write_condition(out, instrument, condition)?;
        }
        for question in instrument.questions().get(section.questions.clone()).unwrap_or_default() {
            write_question(out, instrument, question, language)?;
        }
    }
    Ok(())
}

fn write_condition(out: &mut String, instrument: &Instrument, condition: &Condition) -> std::fmt::Result {
    let item = instrument.items().get(condition.item).map_or("", |item| item.key.as_str());
    let codes: Vec<String> = condition.codes.iter().map(u8::to_string).collect();
    writeln!(out, "  shown only if {item} is {}", codes.join(" or "))
}

fn write_question(
    out: &mut String,
    instrument: &Instrument,
    question: &Question,
    language: Language,
) -> std::fmt::Result {
    writeln!(out, "\n  {}", question.text(language))?;
    let ends = match question.kind {
        QuestionKind::Number { min, max } => format!(" from {min} to {max}"),
        _ => String::new(),
    };
    writeln!(
        out,
        "    key {}, {}{ends}, {}",
        question.key,
        question.kind.as_str(),
        names(&question.lengths)
    )?;
    let items = instrument.items_of(question);
    match question.kind {
        QuestionKind::YesNo | QuestionKind::Single => {
            for item in items {
                for (code, label) in (item.scale.min..=item.scale.max).zip(item.labels(language)) {
                    writeln!(out, "    {code:>2}  {label}")?;
                }
                write_empty(out, item, language)?;
            }
        }
        _ => {
            for (place, option) in question.options.iter().enumerate() {
                let none = if question.none == Some(place) { " (none of the others)" } else { "" };
                writeln!(out, "     *  {}{none}", option.label(language))?;
            }
        }
    }
    Ok(())
}
