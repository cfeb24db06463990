//! Builds the message: both parts, typed headers, a constant id.

use lettre::Address;
use lettre::address::Envelope as Route;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart, SinglePart};

use super::Envelope;

/// Builds a multipart/alternative message; an address that cannot stand in a header is refused in words.
pub fn build(envelope: &Envelope) -> Result<Message, String> {
    let to = mailbox(&envelope.to_name, &envelope.to)?;
    let return_to = address(envelope.return_to.as_deref().unwrap_or(&envelope.from))?;
    let route = Route::new(Some(return_to), vec![to.email.clone()])
        .map_err(|error| format!("the mail has no route: {error}"))?;
    let mut message = Message::builder()
        .envelope(route)
        .from(mailbox(&envelope.from_name, &envelope.from)?)
        .reply_to(mailbox("", &envelope.reply_to)?)
        .to(to)
        .subject(one_line(&envelope.subject))
        .date(std::time::SystemTime::from(envelope.date.timestamp()))
        .message_id(Some(envelope.message_id.clone()));
    for (name, value) in plain_headers(envelope) {
        message = message.raw_header(HeaderValue::new(HeaderName::new_from_ascii_str(name), value));
    }
    let message = message.multipart(
        MultiPart::alternative()
            .singlepart(SinglePart::builder().header(ContentType::TEXT_PLAIN).body(envelope.text.clone()))
            .singlepart(SinglePart::builder().header(ContentType::TEXT_HTML).body(envelope.html.clone())),
    );
    message.map_err(|error| format!("the mail cannot be built: {error}"))
}

/// The headers that hold nothing but what we made ourselves. Mail programs end mails by the last two on their own
/// (RFC 2369, RFC 8058).
fn plain_headers(envelope: &Envelope) -> Vec<(&'static str, String)> {
    let mut headers = vec![
        ("Content-Language", envelope.language.clone()),
        ("Auto-Submitted", "auto-generated".to_owned()),
    ];
    if !envelope.unsubscribe_link.is_empty() {
        let (link, address) = (&envelope.unsubscribe_link, &envelope.unsubscribe_address);
        let by_mail = match address.as_str() {
            "" => String::new(),
            address => format!(", <mailto:{}?subject=unsubscribe>", quoted(address)),
        };
        headers.push(("List-Unsubscribe", format!("<{link}>{by_mail}")));
        headers.push(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()));
    }
    headers
}

/// An address as it stands in a `mailto:` link.
fn quoted(address: &str) -> String {
    const PLAIN: &[u8] = b"@-._~+";
    let one = |byte: u8| match byte {
        _ if byte.is_ascii_alphanumeric() || PLAIN.contains(&byte) => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    address.bytes().map(one).collect()
}

fn address(text: &str) -> Result<Address, String> {
    text.parse().map_err(|error| format!("an address cannot be used: {error}"))
}

fn mailbox(name: &str, text: &str) -> Result<Mailbox, String> {
    let name = Some(one_line(name)).filter(|name| !name.is_empty());
    Ok(Mailbox::new(name, address(text)?))
}

/// Header values on one line, whatever came in.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if crate::domain::reader::is_unsafe(c) { ' ' } else { c })
        .collect::<String>()
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use mail_parser::{MessageParser, MimeHeaders};
    use proptest::prelude::*;

    use super::*;
    use crate::domain::Micros;

    fn envelope(shop: &str, customer: &str, subject: &str) -> Envelope {
        Envelope {
            message_id: "<1.invitation@survey.example.org>".to_owned(),
            file_name: "1".to_owned(),
            from_name: shop.to_owned(),
            from: "care@example.org".to_owned(),
            reply_to: "care@example.org".to_owned(),
            to_name: customer.to_owned(),
            to: "aino@example.org".to_owned(),
            return_to: Some("bounce+mark@mail.example.org".to_owned()),
            unsubscribe_link: "https://survey.example.org/u/token".to_owned(),
            unsubscribe_address: "bounce+mark@mail.example.org".to_owned(),
            language: "en".to_owned(),
            subject: subject.to_owned(),
            text: "Words".to_owned(),
            html: "<p>Words</p>".to_owned(),
            date: Micros(1_777_885_200_000_000),
            test: false,
        }
    }

    /// The names of a message's headers, and the values that nobody else's words stand in.
    fn headers(raw: &[u8]) -> (Vec<String>, Vec<String>) {
        let message = MessageParser::default().parse(raw).unwrap();
        let names = message.headers_raw().map(|(name, _)| name.to_owned()).collect();
        let ours = ["List-Unsubscribe", "List-Unsubscribe-Post", "Message-ID", "Reply-To", "Auto-Submitted"];
        let value = |name: &&str| message.header_raw(*name).unwrap_or_default().split_whitespace().collect();
        let address = |found: Option<&mail_parser::Address<'_>>| {
            let all: Vec<_> = found.unwrap().iter().filter_map(|one| one.address()).collect();
            all.join(",")
        };
        let mut values: Vec<String> = ours.iter().map(value).collect();
        values.extend([address(message.from()), address(message.to())]);
        values.extend(
            message.parts.iter().filter_map(|part| part.content_type()).map(|kind| kind.ctype().to_owned()),
        );
        (names, values)
    }

    #[test]
    fn a_mail_comes_back_to_its_own_address_and_ends_by_one_click() {
        let message = build(&envelope("Shop", "Aino", "How was it?")).unwrap();
        assert_eq!(message.envelope().from().unwrap().to_string(), "bounce+mark@mail.example.org");
        let raw = message.formatted();
        let text = String::from_utf8(raw.clone()).unwrap();
        assert!(text.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), "{text}");
        let (_, values) = headers(&raw);
        let both =
            "<https://survey.example.org/u/token>,<mailto:bounce+mark@mail.example.org?subject=unsubscribe>";
        assert_eq!(values.first().map(String::as_str), Some(both));
    }

    /// What breaks headers elsewhere, between letters of any kind.
    fn hostile() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            Just("\r\nBcc: victim@example.com\r\n".to_owned()),
            Just("\n\n<p>another body</p>".to_owned()),
            Just("\r\n .\r\n".to_owned()),
            Just("=?utf-8?Q?=0D=0ABcc:_victim@example.com?=".to_owned()),
            Just("\" <other@example.com>, \"".to_owned()),
            Just("\u{2028}\u{85}\u{b}\u{c}\0".to_owned()),
            Just("\u{202e}\u{feff}\u{200d}".to_owned()),
            "[ -~]{0,40}",
            "\\PC{0,20}",
            Just("ä".repeat(300)),
        ];
        proptest::collection::vec(piece, 0..4).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 100_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn hostile_names_and_subjects_change_no_header(shop in hostile(), customer in hostile(), subject in hostile()) {
            let plain = build(&envelope("Shop", "Aino", "How was it?")).unwrap().formatted();
            let raw = build(&envelope(&shop, &customer, &subject)).unwrap().formatted();
            prop_assert_eq!(headers(&raw), headers(&plain));
        }
    }
}
