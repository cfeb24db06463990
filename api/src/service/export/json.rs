//! Rows as JSON Lines: one object a response, with answers and segments by their names.

use std::io::Write;

use survey_forms::answer::Words;

use super::columns::{Columns, EMPTY, channel, length, marks, mode, no_code, pace, paging};
use crate::domain::Micros;
use crate::domain::time::date_of_day;
use crate::service::{Error, Result};
use crate::store::exported::Exported;

/// Appends a response.
pub fn row(columns: &Columns, entry: &Exported, out: &mut Vec<u8>) -> Result<()> {
    let one = &entry.response;
    let day = date_of_day(one.service_day);
    write!(
        out,
        "{{\"response_id\":\"{}\",\"revision\":{},\"position\":{},\"service_date\":\"{day}\"",
        one.id, one.revision, entry.position
    )
    .map_err(unwritten)?;
    let words = [
        ("channel", channel(one.channel)),
        ("contact_channel", channel(one.contact_channel)),
        ("place", columns.place(one.place_id)),
        ("language", one.language.as_str()),
        ("collection_mode", mode(one.mode)),
        ("length", length(one.length)),
    ];
    for (name, word) in words {
        write!(out, ",\"{name}\":").map_err(unwritten)?;
        text_or_null(word, out)?;
    }
    let (form, group) = (one.form, one.customer_group);
    let (finished, first) = (one.finished, one.first_of_year);
    write!(
        out,
        ",\"form\":{form},\"finished\":{finished},\"first_of_year\":{first},\"customer_group\":{group},\"quality_flags\":["
    )
    .map_err(unwritten)?;
    list(columns.flags(one.quality_flag).split_whitespace(), out)?;
    write!(out, "],\"submitted_at\":\"{}\",\"segments\":{{", Micros(one.answered_at).timestamp())
        .map_err(unwritten)?;
    for (place, ((_, segment), level)) in columns.segments.iter().zip(one.segments).enumerate() {
        name(place, &segment.name, out)?;
        text_or_null(segment.level_name(level).unwrap_or_default(), out)?;
    }
    out.extend_from_slice(b"},\"answers\":{");
    answers(columns, &one.answers, out)?;
    let (language, stored) = entry.comment.as_ref().map_or(("", ""), |(language, words)| (language, words));
    let words = columns.words(stored);
    out.push(b'}');
    texts(columns, &words, out)?;
    out.extend_from_slice(b",\"comment\":");
    match words.get(Words::COMMENT) {
        None => out.extend_from_slice(b"null"),
        Some(comment) => {
            out.extend_from_slice(b"{\"language\":");
            text_or_null(language, out)?;
            out.extend_from_slice(b",\"words\":");
            text(comment, out)?;
            out.push(b'}');
        }
    }
    out.extend_from_slice(b",\"paging\":");
    text_or_null(paging(&one.way), out)?;
    write!(out, ",\"item_order\":{},\"machine_marks\":[", one.way.item_order).map_err(unwritten)?;
    list(marks(&one.way).split_whitespace(), out)?;
    out.extend_from_slice(b"],\"seconds_per_page\":[");
    let pace = pace(&one.way);
    let seconds = pace.split_whitespace().map(|word| if word == "?" { "null" } else { word });
    out.extend_from_slice(seconds.collect::<Vec<_>>().join(",").as_bytes());
    out.extend_from_slice(b"]}\n");
    Ok(())
}

/// Appends the answers by item: a number, or the word of an empty state.
fn answers(columns: &Columns, bytes: &[u8], out: &mut Vec<u8>) -> Result<()> {
    for (place, (item, byte)) in columns.items.iter().zip(bytes).enumerate() {
        name(place, &item.key, out)?;
        let value = item.text(*byte).ok_or_else(|| no_code(item, *byte))?;
        let is_word = EMPTY.iter().any(|(code, _)| code.byte() == *byte);
        if is_word { text(value, out)? } else { out.extend_from_slice(value.as_bytes()) }
    }
    Ok(())
}

/// Appends the answers in words by question, numbers as numbers; nothing where no such question is asked.
fn texts(columns: &Columns, words: &Words, out: &mut Vec<u8>) -> Result<()> {
    if columns.texts.is_empty() {
        return Ok(());
    }
    out.extend_from_slice(b",\"texts\":{");
    for (place, question) in columns.texts.iter().enumerate() {
        name(place, &question.key, out)?;
        let written = words.get(&question.key).unwrap_or_default();
        match written.parse::<u32>() {
            Ok(number) if question.is_number => write!(out, "{number}").map_err(unwritten)?,
            _ => text_or_null(written, out)?,
        }
    }
    out.push(b'}');
    Ok(())
}

fn name(place: usize, key: &str, out: &mut Vec<u8>) -> Result<()> {
    if place > 0 {
        out.push(b',');
    }
    text(key, out)?;
    out.push(b':');
    Ok(())
}

fn list<'a>(words: impl Iterator<Item = &'a str>, out: &mut Vec<u8>) -> Result<()> {
    for (place, word) in words.enumerate() {
        if place > 0 {
            out.push(b',');
        }
        text(word, out)?;
    }
    Ok(())
}

fn text_or_null(words: &str, out: &mut Vec<u8>) -> Result<()> {
    if words.is_empty() {
        out.extend_from_slice(b"null");
        return Ok(());
    }
    text(words, out)
}

fn text(words: &str, out: &mut Vec<u8>) -> Result<()> {
    serde_json::to_writer(out, words).map_err(|error| Error::Broken(error.to_string()))
}

fn unwritten(error: std::io::Error) -> Error {
    Error::Broken(error.to_string())
}
