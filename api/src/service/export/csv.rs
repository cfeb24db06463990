//! Rows as comma-separated values: RFC 4180, UTF-8, a line with names, lines end with CR LF.

use std::io::Write;

use survey_forms::answer::Words;

use super::Preset;
use super::columns::{Columns, channel, length, marks, mode, no_code, pace, paging};
use crate::domain::Micros;
use crate::domain::time::date_of_day;
use crate::service::{Error, Result};
use crate::store::exported::Exported;

/// Appends the line with the names of the columns.
pub fn head(columns: &Columns, preset: Preset, out: &mut Vec<u8>) {
    if preset == Preset::Excel {
        out.extend_from_slice("\u{feff}".as_bytes());
    }
    for (place, name) in columns.names().enumerate() {
        if place > 0 {
            out.push(b',');
        }
        text(name, preset, out);
    }
    out.extend_from_slice(b"\r\n");
}

/// Appends a response.
pub fn row(columns: &Columns, preset: Preset, entry: &Exported, out: &mut Vec<u8>) -> Result<()> {
    let one = &entry.response;
    let day = date_of_day(one.service_day);
    write!(out, "{},{},{},{day},", one.id, one.revision, entry.position).map_err(unwritten)?;
    for word in [channel(one.channel), channel(one.contact_channel)] {
        out.extend_from_slice(word.as_bytes());
        out.push(b',');
    }
    text(columns.place(one.place_id), preset, out);
    out.push(b',');
    text(&one.language, preset, out);
    let (mode, length) = (mode(one.mode), length(one.length));
    write!(
        out,
        ",{mode},{length},{},{},{},{},{},{}",
        one.form,
        one.finished,
        one.first_of_year,
        one.customer_group,
        columns.flags(one.quality_flag),
        Micros(one.answered_at).timestamp()
    )
    .map_err(unwritten)?;
    for ((_, segment), level) in columns.segments.iter().zip(one.segments) {
        out.push(b',');
        text(segment.level_name(level).unwrap_or_default(), preset, out);
    }
    for (item, byte) in columns.items.iter().zip(&one.answers) {
        out.push(b',');
        out.extend_from_slice(item.text(*byte).ok_or_else(|| no_code(item, *byte))?.as_bytes());
    }
    let (language, words) = entry.comment.as_ref().map_or(("", ""), |(language, words)| (language, words));
    let words = columns.words(words);
    let fields = columns.texts.iter().map(|question| question.key.as_str()).chain([Words::COMMENT]);
    for field in fields {
        out.push(b',');
        text(words.get(field).unwrap_or_default(), preset, out);
    }
    out.push(b',');
    text(language, preset, out);
    let way = &one.way;
    write!(out, ",{},{},{},{}", paging(way), way.item_order, marks(way), pace(way)).map_err(unwritten)?;
    out.extend_from_slice(b"\r\n");
    Ok(())
}

/// Appends a text, in quotes where it needs them.
fn text(text: &str, preset: Preset, out: &mut Vec<u8>) {
    let guard = preset == Preset::Excel && text.starts_with(FORMULA);
    let needs_quotes = text.bytes().any(|byte| matches!(byte, b'"' | b',' | b'\r' | b'\n'));
    if needs_quotes {
        out.push(b'"');
    }
    if guard {
        out.push(b'\'');
    }
    if needs_quotes {
        for byte in text.bytes() {
            if byte == b'"' {
                out.push(b'"');
            }
            out.push(byte);
        }
        out.push(b'"');
    } else {
        out.extend_from_slice(text.as_bytes());
    }
}

/// With what a text begins that a spreadsheet may take for a formula, full-width forms included.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

fn unwritten(error: std::io::Error) -> Error {
    Error::Broken(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(words: &str, preset: Preset) -> String {
        let mut out = Vec::new();
        text(words, preset, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn text_is_quoted_where_it_must_be_and_exact_otherwise() {
        for (words, exact) in [
            ("", ""),
            ("plain words", "plain words"),
            ("a, b", "\"a, b\""),
            ("\"so\"", "\"\"\"so\"\"\""),
            ("two\r\nlines", "\"two\r\nlines\""),
            ("=1+1", "=1+1"),
            ("🙂", "🙂"),
        ] {
            assert_eq!(written(words, Preset::Exact), exact);
        }
    }

    #[test]
    fn no_text_of_the_preset_for_spreadsheets_begins_like_a_formula() {
        for begin in FORMULA {
            let guarded = written(&format!("{begin}SUM(A1,\"x\")"), Preset::Excel);
            assert!(guarded.starts_with(&format!("\"'{begin}")), "{guarded}");
        }
        assert_eq!(written("5 - 3 = 2", Preset::Excel), "5 - 3 = 2");
    }
}
