//! Builds the message: both parts, typed headers, a constant id.

use lettre::Address;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart, SinglePart};

use super::Envelope;

/// Builds a multipart/alternative message; an address that cannot stand in a header is refused in words.
pub fn build(envelope: &Envelope) -> Result<Message, String> {
    let message = Message::builder()
        .from(mailbox(&envelope.from_name, &envelope.from)?)
        .reply_to(mailbox("", &envelope.reply_to)?)
        .to(mailbox(&envelope.to_name, &envelope.to)?)
        .subject(one_line(&envelope.subject))
        .date(std::time::SystemTime::from(envelope.date.timestamp()))
        .message_id(Some(envelope.message_id.clone()))
        .raw_header(HeaderValue::new(
            HeaderName::new_from_ascii_str("Content-Language"),
            envelope.language.clone(),
        ))
        .raw_header(HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        ))
        .multipart(
            MultiPart::alternative()
                .singlepart(SinglePart::builder().header(ContentType::TEXT_PLAIN).body(envelope.text.clone()))
                .singlepart(SinglePart::builder().header(ContentType::TEXT_HTML).body(envelope.html.clone())),
        );
    message.map_err(|error| format!("the mail cannot be built: {error}"))
}

fn mailbox(name: &str, address: &str) -> Result<Mailbox, String> {
    let address: Address = address.parse().map_err(|error| format!("an address cannot be used: {error}"))?;
    let name = Some(one_line(name)).filter(|name| !name.is_empty());
    Ok(Mailbox::new(name, address))
}

/// Header values on one line, whatever came in.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if crate::domain::reader::is_unsafe(c) { ' ' } else { c })
        .collect::<String>()
        .trim()
        .to_owned()
}
