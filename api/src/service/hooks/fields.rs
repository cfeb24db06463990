//! Reads fields of a shop's message leniently: what cannot be used is left out and named, and the order is still taken.

use serde_json::{Value, json};

use crate::domain::Micros;
use crate::domain::money::minor_units;
use crate::domain::order::{is_language_tag, is_mail_address};
use crate::domain::reader::is_unsafe;

/// Longest name of a customer, as the orders API has it.
const LONGEST_NAME: usize = 120;
/// Longest telephone.
const LONGEST_PHONE: usize = 40;
/// Longest mail address.
const LONGEST_EMAIL: usize = 254;
/// Longest id of a shop's order.
const LONGEST_ID: usize = 40;

/// Fields of one message.
pub struct Fields<'a> {
    body: &'a Value,
    left_out: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// Reads this message.
    pub const fn of(body: &'a Value) -> Self {
        Self { body, left_out: Vec::new() }
    }

    /// The names of what was there and could not be used.
    pub fn left_out(self) -> Vec<&'static str> {
        self.left_out
    }

    /// The first text at these JSON pointers that is not empty, trimmed.
    pub fn text(&self, pointers: &[&str]) -> Option<&'a str> {
        let texts = pointers.iter().filter_map(|pointer| self.body.pointer(pointer)?.as_str());
        texts.map(str::trim).find(|text| !text.is_empty())
    }

    /// The first time at these pointers that can be read; `zone` is put behind it, for times without one.
    pub fn time(&self, pointers: &[&str], zone: &str) -> Option<Micros> {
        pointers.iter().find_map(|pointer| time(self.body.pointer(pointer)?, zone))
    }

    /// The customer as the orders API takes it. The telephone is kept only of those who have no mail address.
    pub fn customer(&mut self, emails: &[&str], phones: &[&str], names: &[&str], language: &str) -> Value {
        let email = self.text(emails).filter(|text| fits(text, LONGEST_EMAIL) && is_mail_address(text));
        if email.is_none() && self.text(emails).is_some() {
            self.left_out.push("email");
        }
        let is_phone = |text: &str| text.bytes().any(|b| b.is_ascii_digit());
        let wanted = if email.is_none() { self.text(phones) } else { None };
        let phone = wanted.filter(|text| fits(text, LONGEST_PHONE) && is_phone(text));
        if phone.is_none() && wanted.is_some() {
            self.left_out.push("phone");
        }
        let tag = self.text(&[language]);
        if tag.is_some_and(|tag| !is_language_tag(tag)) {
            self.left_out.push("language");
        }
        let name: Vec<&str> = names.iter().filter_map(|pointer| self.text(&[*pointer])).collect();
        json!({
            "email": email, "phone": phone, "name": cleaned(&name.join(" "), LONGEST_NAME),
            "language": tag.filter(|tag| is_language_tag(tag)),
        })
    }

    /// What the order cost, as the orders API takes it.
    pub fn value(&mut self, amount: &str, currency: &str) -> Value {
        let (Some(amount), Some(currency)) = (self.text(&[amount]), self.text(&[currency])) else {
            return Value::Null;
        };
        let is_code = currency.len() == 3 && currency.bytes().all(|b| b.is_ascii_uppercase());
        let Some(minor) = minor_units(amount, currency).filter(|_| is_code) else {
            self.left_out.push("value");
            return Value::Null;
        };
        json!({"amount_minor": minor, "currency": currency})
    }
}

fn fits(text: &str, longest: usize) -> bool {
    text.chars().count() <= longest && !text.chars().any(is_unsafe)
}

/// A time; `zone` is put behind it, for times without one.
pub fn time(value: &Value, zone: &str) -> Option<Micros> {
    Micros::parse(&format!("{}{zone}", value.as_str()?.trim()))
}

/// The id of a thing: a whole number or a text.
pub fn id(value: Option<&Value>) -> Option<String> {
    let text = match value? {
        Value::Number(number) => number.as_u64()?.to_string(),
        Value::String(text) => text.trim().to_owned(),
        _ => return None,
    };
    let is_plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'/' | b':'));
    ((1..=LONGEST_ID).contains(&text.len()) && is_plain).then_some(text)
}

/// The id when it is all that the message holds: then the thing is gone.
pub fn bare_id(body: &Value) -> Option<String> {
    body.as_object().filter(|fields| fields.len() == 1).and_then(|fields| id(fields.get("id")))
}

/// A text without characters that are not seen, and not too long.
pub fn cleaned(text: &str, longest: usize) -> String {
    let seen: String = text.chars().map(|c| if is_unsafe(c) { ' ' } else { c }).collect();
    seen.trim().chars().take(longest).collect::<String>().trim().to_owned()
}
