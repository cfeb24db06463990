//! Single values of a copy: how each kind of column stands in a line of JSON, and how it is read back.

use data_encoding::BASE64;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A whole number of 16 bits.
    Small,
    /// A whole number of 32 bits.
    Int,
    /// A whole number of 64 bits.
    Big,
    /// The same, or nothing.
    MaybeBig,
    /// True or false.
    Flag,
    /// Text.
    Text,
    /// Bytes, written in base64.
    Bytes,
}

/// A value that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Of [`Kind::Small`].
    Small(i16),
    /// Of [`Kind::Int`].
    Int(i32),
    /// Of [`Kind::Big`].
    Big(i64),
    /// Of [`Kind::MaybeBig`].
    MaybeBig(Option<i64>),
    /// Of [`Kind::Flag`].
    Flag(bool),
    /// Of [`Kind::Text`].
    Text(String),
    /// Of [`Kind::Bytes`].
    Bytes(Vec<u8>),
}

impl Value {
    /// Reads a value of a kind; `None` when it is not of this kind.
    pub(super) fn read(kind: Kind, json: Json) -> Option<Self> {
        match (kind, json) {
            (Kind::Small, Json::Number(number)) => Some(Self::Small(i16::try_from(number.as_i64()?).ok()?)),
            (Kind::Int, Json::Number(number)) => Some(Self::Int(i32::try_from(number.as_i64()?).ok()?)),
            (Kind::Big, Json::Number(number)) => Some(Self::Big(number.as_i64()?)),
            (Kind::MaybeBig, Json::Null) => Some(Self::MaybeBig(None)),
            (Kind::MaybeBig, Json::Number(number)) => Some(Self::MaybeBig(Some(number.as_i64()?))),
            (Kind::Flag, Json::Bool(flag)) => Some(Self::Flag(flag)),
            (Kind::Text, Json::String(text)) => Some(Self::Text(text)),
            (Kind::Bytes, Json::String(text)) => BASE64.decode(text.as_bytes()).ok().map(Self::Bytes),
            _ => None,
        }
    }
}

/// A value as the database gives it.
pub(super) trait Held {
    /// Its kind.
    const KIND: Kind;
    /// Appends it to a line of JSON.
    fn put(&self, line: &mut String);
}

/// Implements [`Held`] for numbers and truth values, which JSON writes as Rust does.
macro_rules! held_plain {
    ($($kind:ident $type:ty,)+) => {$(
        impl Held for $type {
            const KIND: Kind = Kind::$kind;
            fn put(&self, line: &mut String) {
                line.push_str(&self.to_string());
            }
        }
    )+};
}

held_plain! { Small i16, Int i32, Big i64, Flag bool, }

impl Held for Option<i64> {
    const KIND: Kind = Kind::MaybeBig;
    fn put(&self, line: &mut String) {
        match self {
            Some(number) => number.put(line),
            None => line.push_str("null"),
        }
    }
}

impl Held for String {
    const KIND: Kind = Kind::Text;
    fn put(&self, line: &mut String) {
        line.push_str(&Json::from(self.as_str()).to_string());
    }
}

impl Held for Vec<u8> {
    const KIND: Kind = Kind::Bytes;
    fn put(&self, line: &mut String) {
        line.push('"');
        BASE64.encode_append(self, line);
        line.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn back<T: Held>(value: &T) -> Option<Value> {
        let mut line = String::new();
        value.put(&mut line);
        Value::read(T::KIND, serde_json::from_str(&line).unwrap())
    }

    #[test]
    fn every_value_comes_back_as_it_went() {
        for text in ["", "plain", "\"quoted\"\\", "two\nlines\u{1}\u{7f}", "Käyttö 🙂 \u{2028}"] {
            assert_eq!(back(&text.to_owned()), Some(Value::Text(text.to_owned())));
        }
        for bytes in [vec![], vec![0], (0..=255).collect::<Vec<u8>>()] {
            assert_eq!(back(&bytes), Some(Value::Bytes(bytes)));
        }
        for number in [i64::MIN, -1, 0, (1 << 53) + 1, i64::MAX] {
            assert_eq!(back(&number), Some(Value::Big(number)));
            assert_eq!(back(&Some(number)), Some(Value::MaybeBig(Some(number))));
        }
        assert_eq!(back(&None::<i64>), Some(Value::MaybeBig(None)));
        assert_eq!((back(&true), back(&i16::MIN)), (Some(Value::Flag(true)), Some(Value::Small(i16::MIN))));
        assert_eq!(back(&i32::MAX), Some(Value::Int(i32::MAX)));
    }

    #[test]
    fn a_value_of_another_kind_is_none() {
        for (kind, json) in [
            (Kind::Small, "40000"),
            (Kind::Int, "1.5"),
            (Kind::Big, "\"1\""),
            (Kind::Big, "null"),
            (Kind::Flag, "1"),
            (Kind::Text, "1"),
            (Kind::Bytes, "\"=\""),
        ] {
            assert_eq!(Value::read(kind, serde_json::from_str(json).unwrap()), None, "{json}");
        }
    }
}
