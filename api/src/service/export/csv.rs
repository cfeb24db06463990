//! Rows as comma-separated values: RFC 4180, UTF-8, a line with names, lines end with CR LF.

use std::io::Write;

use survey_forms::answer::Words;

use super::columns::{Columns, channel, length, marks, mode, no_code, pace, paging};
use crate::domain::Micros;
use crate::domain::time::date_of_day;
use crate::files::csv::Dialect;
use crate::service::{Error, Result};
use crate::store::exported::Exported;

/// Appends the line with the names of the columns.
pub fn head(columns: &Columns, dialect: Dialect, out: &mut Vec<u8>) {
    dialect.begin(out);
    for (place, name) in columns.names().enumerate() {
        if place > 0 {
            out.push(dialect.separator());
        }
        dialect.text(name, out);
    }
    out.extend_from_slice(b"\r\n");
}

/// Appends a response.
pub fn row(columns: &Columns, dialect: Dialect, entry: &Exported, out: &mut Vec<u8>) -> Result<()> {
    let one = &entry.response;
    let day = date_of_day(one.service_day);
    let by = char::from(dialect.separator());
    write!(out, "{}{by}{}{by}{}{by}{day}{by}", one.id, one.revision, entry.position).map_err(unwritten)?;
    for word in [channel(one.channel), channel(one.contact_channel)] {
        out.extend_from_slice(word.as_bytes());
        out.push(dialect.separator());
    }
    dialect.text(columns.place(one.place_id), out);
    out.push(dialect.separator());
    dialect.text(&one.language, out);
    let (mode, length) = (mode(one.mode), length(one.length));
    write!(
        out,
        "{by}{mode}{by}{length}{by}{}{by}{}{by}{}{by}{}{by}{}{by}{}",
        one.form,
        one.finished,
        one.first_of_year,
        one.customer_group,
        columns.flags(one.quality_flag),
        Micros(one.answered_at).timestamp()
    )
    .map_err(unwritten)?;
    for ((_, segment), level) in columns.segments.iter().zip(one.segments) {
        out.push(dialect.separator());
        dialect.text(segment.level_name(level).unwrap_or_default(), out);
    }
    for (item, byte) in columns.items.iter().zip(&one.answers) {
        out.push(dialect.separator());
        out.extend_from_slice(item.text(*byte).ok_or_else(|| no_code(item, *byte))?.as_bytes());
    }
    let (language, words) = entry.comment.as_ref().map_or(("", ""), |(language, words)| (language, words));
    let words = columns.words(words);
    let fields = columns.texts.iter().map(|question| question.key.as_str()).chain([Words::COMMENT]);
    for field in fields {
        out.push(dialect.separator());
        dialect.text(words.get(field).unwrap_or_default(), out);
    }
    out.push(dialect.separator());
    dialect.text(language, out);
    let way = &one.way;
    let (paging, order, marks, pace) = (paging(way), way.item_order, marks(way), pace(way));
    write!(out, "{by}{paging}{by}{order}{by}{marks}{by}{pace}").map_err(unwritten)?;
    out.extend_from_slice(b"\r\n");
    Ok(())
}

fn unwritten(error: std::io::Error) -> Error {
    Error::Broken(error.to_string())
}
