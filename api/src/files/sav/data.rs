//! The rows of a system file, in the format's own byte codes: small whole numbers and blanks take one byte.

use super::{Kind, SEGMENT, Value, shortened};

/// What is added to a small number to make its byte.
pub(super) const BIAS: f64 = 100.0;
/// Eight bytes follow as they are.
const AS_IS: u8 = 253;
/// Eight blanks.
const BLANKS: u8 = 254;
/// No value.
const NONE: u8 = 255;
/// A byte code without meaning, to fill the last eight.
const FILL: u8 = 0;

/// Packs rows; codes come in eights and may belong to two rows.
#[derive(Debug, Default)]
pub struct Packer {
    codes: Vec<u8>,
    follow: Vec<u8>,
}

impl Packer {
    /// Appends a row; `kinds` are those of its variables.
    pub fn row<'v>(&mut self, kinds: impl Iterator<Item = (Kind, Value<'v>)>, out: &mut Vec<u8>) {
        for (kind, value) in kinds {
            match (kind, value) {
                (Kind::Text(width), Value::Text(text)) => self.text(kind, &shortened(text, width), out),
                (Kind::Text(_), _) => self.text(kind, "", out),
                (_, Value::Number(number)) => self.number(number, out),
                (_, _) => self.push(NONE, &[], out),
            }
        }
    }

    /// Appends what was held back; nothing may follow.
    pub fn end(&mut self, out: &mut Vec<u8>) {
        while !self.codes.is_empty() {
            self.push(FILL, &[], out);
        }
    }

    fn number(&mut self, number: f64, out: &mut Vec<u8>) {
        let code = number + BIAS;
        let is_small = (1.0..=251.0).contains(&code) && code.fract() == 0.0;
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 1 and 251, and whole"
        )]
        if is_small {
            self.push(code as u8, &[], out);
        } else {
            self.push(AS_IS, &number.to_le_bytes(), out);
        }
    }

    /// A text over its segments, each filled with blanks to whole eights.
    fn text(&mut self, kind: Kind, text: &str, out: &mut Vec<u8>) {
        let mut rest = text.as_bytes();
        for width in kind.segments() {
            let (part, later) = rest.split_at(rest.len().min(width.min(SEGMENT)));
            rest = later;
            let mut padded = part.to_vec();
            padded.resize(width.next_multiple_of(8), b' ');
            for eight in padded.chunks(8) {
                if eight.iter().all(|byte| *byte == b' ') {
                    self.push(BLANKS, &[], out);
                } else {
                    self.push(AS_IS, eight, out);
                }
            }
        }
    }

    fn push(&mut self, code: u8, follows: &[u8], out: &mut Vec<u8>) {
        self.codes.push(code);
        self.follow.extend_from_slice(follows);
        if self.codes.len() == 8 {
            out.append(&mut self.codes);
            out.append(&mut self.follow);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_and_blanks_take_a_byte_and_others_eight_more() {
        let mut out = Vec::new();
        let mut packer = Packer::default();
        let values = [
            (Kind::Number, Value::Number(5.0)),
            (Kind::Number, Value::Number(-4.0)),
            (Kind::Number, Value::Missing),
            (Kind::Text(10), Value::Text("ab")),
            (Kind::Number, Value::Number(152.0)),
        ];
        packer.row(values.into_iter(), &mut out);
        packer.end(&mut out);
        assert_eq!(out.get(..8), Some(&[105, 96, 255, 253, 254, 253, 0, 0][..]));
        assert_eq!(out.get(8..16), Some(&b"ab      "[..]));
        assert_eq!(out.get(16..), Some(&152_f64.to_le_bytes()[..]));
    }

    #[test]
    fn a_long_text_is_spread_over_segments() {
        let kind = Kind::Text(600);
        assert_eq!(kind.segments(), [255, 255, 96]);
        assert_eq!(Kind::Text(256).segments(), [255, 4]);
        assert_eq!(Kind::Text(0).segments(), [1]);
        let mut out = Vec::new();
        let mut packer = Packer::default();
        let text = "x".repeat(600);
        packer.row([(kind, Value::Text(&text))].into_iter(), &mut out);
        packer.end(&mut out);
        // Lower-case x is no byte code.
        assert_eq!(String::from_utf8_lossy(&out).matches('x').count(), 600);
    }
}
