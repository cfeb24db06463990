//! The questions with their codes.

use super::Sheet;
use crate::files::dictionary::{EMPTY_STATES, Field, Kind};
use crate::files::report_pdf::blocks::{Block, Section};
use crate::files::report_pdf::plain::plain;

/// The part; nothing where nothing is asked by codes.
pub fn section(sheet: &Sheet<'_>) -> Option<Section> {
    let says = sheet.says;
    let fields = &sheet.work.dictionary.fields;
    let rows: Vec<Vec<String>> = fields
        .iter()
        .filter(|field| matches!(field.kind, Kind::Code { .. }))
        .map(|field| row(sheet, field))
        .collect();
    if rows.is_empty() {
        return None;
    }
    let head = ["column-name", "column-question", "column-codes"].map(|key| says.text(key)).to_vec();
    let table = Block::Table { head, rows, widths: vec![5, 8, 8], words: true };
    let blocks = vec![Block::note(says.text("dictionary-note")), table];
    Some(Section::on_new_page(says.text("dictionary-heading"), blocks))
}

fn row(sheet: &Sheet<'_>, field: &Field) -> Vec<String> {
    let says = sheet.says;
    let is_state = |word: &str| EMPTY_STATES.iter().any(|state| state.word == word);
    let codes: Vec<String> = field
        .values
        .iter()
        .filter(|(code, _)| !is_state(code))
        .map(|(code, label)| format!("{code} = {}", plain(label)))
        .collect();
    let codes = match (codes.is_empty(), field.kind) {
        (true, Kind::Code { min, max }) => says.range(&min.to_string(), &max.to_string()),
        _ => codes.join("; "),
    };
    let turned = if field.reversed { format!(" ({})", says.text("turned")) } else { String::new() };
    vec![says.name(&plain(&field.name)), format!("{}{turned}", says.name(&plain(&field.label))), codes]
}
