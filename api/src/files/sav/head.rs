//! The dictionary at the beginning of a system file.

use super::names::names;
use super::{Kind, LONGEST_TEXT, Variable};

/// Longest label of a variable, and of a value, in bytes.
const LONGEST_LABEL: usize = 255;
const LONGEST_VALUE_LABEL: usize = 120;
/// Numbers of the formats, as the format counts them.
const TEXT_FORMAT: i32 = 1;
const NUMBER_FORMAT: i32 = 5;
const INSTANT_FORMAT: i32 = 22;
const DAY_FORMAT: i32 = 39;
/// What is written for a byte that the format leaves open.
const BLANK: u8 = b' ';

/// Writes everything before the first row. `made` is day and time as `04 May 26` and `12:00:00`.
pub fn head(variables: &[Variable], title: &str, made: (&str, &str)) -> Vec<u8> {
    let mut out = Vec::new();
    let long = names(variables.iter().map(|variable| variable.name.as_str()));
    let short = short_names(variables);
    file_header(variables, title, made, &mut out);
    for (variable, short) in variables.iter().zip(&short) {
        records(variable, short, &mut out);
    }
    value_labels(variables, &mut out);
    extensions(variables, &short, &long, &mut out);
    number(999, &mut out);
    number(0, &mut out);
    out
}

fn number(number: i32, out: &mut Vec<u8>) {
    out.extend_from_slice(&number.to_le_bytes());
}

/// A text cut or filled to a width.
fn padded(text: &str, width: usize, out: &mut Vec<u8>) {
    let (begin, _) = text.split_at(text.floor_char_boundary(width));
    let end = out.len() + width;
    out.extend_from_slice(begin.as_bytes());
    out.resize(end, BLANK);
}

fn file_header(variables: &[Variable], title: &str, (day, time): (&str, &str), out: &mut Vec<u8>) {
    out.extend_from_slice(b"$FL2");
    padded("@(#) SPSS DATA FILE written by laatu", 60, out);
    number(2, out);
    let widths = variables.iter().flat_map(|variable| variable.kind.segments());
    let octets: usize = widths.map(octets).sum();
    number(i32::try_from(octets).unwrap_or(-1), out);
    // Compressed, not weighted, and so many rows as there come.
    number(1, out);
    number(0, out);
    number(-1, out);
    out.extend_from_slice(&super::data::BIAS.to_le_bytes());
    padded(day, 9, out);
    padded(time, 8, out);
    padded(title, 64, out);
    out.extend_from_slice(&[0; 3]);
}

/// Eights of bytes that a variable of this width takes in a row.
pub(super) fn octets(width: usize) -> usize {
    if width == 0 { 1 } else { width.div_ceil(8) }
}

/// Short names, one for each segment: the format's own, never seen beside the long ones.
fn short_names(variables: &[Variable]) -> Vec<Vec<String>> {
    let mut numbers = 1..;
    let mut next = || numbers.next().map(|number: u32| format!("V{number}")).unwrap_or_default();
    variables.iter().map(|variable| variable.kind.segments().iter().map(|_| next()).collect()).collect()
}

fn format_of(kind: Kind, width: usize) -> i32 {
    let of = |format: i32, width: i32| (format << 16) | (width << 8);
    match kind {
        Kind::Number => of(NUMBER_FORMAT, 8),
        Kind::Day => of(DAY_FORMAT, 10),
        Kind::Instant => of(INSTANT_FORMAT, 20),
        Kind::Text(_) => of(TEXT_FORMAT, i32::try_from(width).unwrap_or(255)),
    }
}

/// The records of one variable: one for each segment, and an empty one for each further eight bytes.
fn records(variable: &Variable, short: &[String], out: &mut Vec<u8>) {
    for (place, (width, name)) in variable.kind.segments().into_iter().zip(short).enumerate() {
        let label = if place == 0 { variable.label.as_str() } else { "" };
        let missing = variable.missing.filter(|_| width == 0);
        let format = format_of(variable.kind, width);
        number(2, out);
        number(i32::try_from(width).unwrap_or(255), out);
        number(i32::from(!label.is_empty()), out);
        number(if missing.is_some() { -2 } else { 0 }, out);
        number(format, out);
        number(format, out);
        padded(name, 8, out);
        if !label.is_empty() {
            let (label, _) = label.split_at(label.floor_char_boundary(LONGEST_LABEL));
            number(i32::try_from(label.len()).unwrap_or(0), out);
            padded(label, label.len().next_multiple_of(4), out);
        }
        if let Some((low, high)) = missing {
            out.extend_from_slice(&f64::from(low).to_le_bytes());
            out.extend_from_slice(&f64::from(high).to_le_bytes());
        }
        for _ in 1..octets(width) {
            for part in [2, -1, 0, 0, format, format] {
                number(part, out);
            }
            padded("", 8, out);
        }
    }
}

fn value_labels(variables: &[Variable], out: &mut Vec<u8>) {
    let mut place = 1;
    for variable in variables {
        if !variable.labels.is_empty() {
            number(3, out);
            number(i32::try_from(variable.labels.len()).unwrap_or(0), out);
            for (code, label) in &variable.labels {
                let (label, _) = label.split_at(label.floor_char_boundary(LONGEST_VALUE_LABEL));
                out.extend_from_slice(&f64::from(*code).to_le_bytes());
                out.push(u8::try_from(label.len()).unwrap_or(0));
                padded(label, (label.len() + 1).next_multiple_of(8) - 1, out);
            }
            for part in [4, 1, place] {
                number(part, out);
            }
        }
        let taken: usize = variable.kind.segments().into_iter().map(octets).sum();
        place += i32::try_from(taken).unwrap_or(0);
    }
}

/// A record of the kind 7.
fn extension(subtype: i32, size: i32, bytes: &[u8], out: &mut Vec<u8>) {
    let count = i32::try_from(bytes.len()).unwrap_or(0) / size;
    for part in [7, subtype, size, count] {
        number(part, out);
    }
    out.extend_from_slice(bytes);
}

fn extensions(variables: &[Variable], short: &[Vec<String>], long: &[String], out: &mut Vec<u8>) {
    let numbers = |numbers: &[i32]| numbers.iter().flat_map(|one| one.to_le_bytes()).collect::<Vec<u8>>();
    // Version, machine, IEEE numbers, compression, little-endian, code page of UTF-8.
    extension(3, 4, &numbers(&[1, 0, 0, -1, 1, 1, 2, 65_001]), out);
    let lowest = f64::from_bits(0xFFEF_FFFF_FFFF_FFFE);
    let limits = [-f64::MAX, f64::MAX, lowest];
    extension(4, 8, &limits.iter().flat_map(|one| one.to_le_bytes()).collect::<Vec<u8>>(), out);
    let mut shown = Vec::new();
    for variable in variables {
        for width in variable.kind.segments() {
            let is_text = width > 0;
            shown.extend([variable.measure as i32, if is_text { 20 } else { 10 }, i32::from(!is_text)]);
        }
    }
    extension(11, 4, &numbers(&shown), out);
    let first = |names: &[String]| names.first().cloned().unwrap_or_default();
    let pairs: Vec<String> =
        short.iter().zip(long).map(|(short, long)| format!("{}={long}", first(short))).collect();
    extension(13, 1, pairs.join("\t").as_bytes(), out);
    let widths = variables.iter().zip(short).filter_map(|(variable, short)| match variable.kind {
        Kind::Text(width) if short.len() > 1 => {
            Some(format!("{}={:05}\0\t", first(short), width.min(LONGEST_TEXT)))
        }
        _ => None,
    });
    let widths: String = widths.collect();
    if !widths.is_empty() {
        extension(14, 1, widths.as_bytes(), out);
    }
    extension(20, 1, b"UTF-8", out);
}
