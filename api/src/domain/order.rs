//! An order as a shop sends it, parsed with all its problems.

use serde_json::Value;

use super::coded::{BasisKind, Channel};
use super::reader::{FieldProblem, ObjectReader, is_unsafe};
use super::time::{DAY, Micros};

/// One purchase, parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The shop's own number: the identity of the order within its organisation.
    pub order_number: String,
    /// Who bought.
    pub customer: CustomerData,
    /// Where it was bought or served.
    pub channel: Channel,
    /// The shop, branch or desk; empty when none was named.
    pub place: String,
    /// When it was placed.
    pub placed_at: Micros,
    /// When it is expected to arrive.
    pub expected_delivery_at: Option<Micros>,
    /// What it cost, in minor units, and the currency.
    pub value: Option<(i64, String)>,
    /// Further facts of the shop, kept as JSON.
    pub attributes: String,
    /// What allows a mail; without it nothing is sent.
    pub contact_basis: Option<ContactBasis>,
}

/// A customer as the order names them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomerData {
    /// Address for the mail, or empty.
    pub email: String,
    /// Telephone, or empty.
    pub phone: String,
    /// Name, or empty.
    pub name: String,
    /// Language tag, or empty.
    pub language: String,
    /// The shop's own id of the customer, or empty.
    pub external_id: String,
    /// Time zone in which quiet hours are kept, or empty for that of the organisation.
    pub zone: String,
}

/// What allows a survey mail to this customer, and when they were told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactBasis {
    /// Which basis.
    pub kind: BasisKind,
    /// Its words; needed for `other`.
    pub text: String,
    /// When the customer was told or agreed.
    pub notice_at: Micros,
}

impl CustomerData {
    /// The strongest identity that the order names: own id, then address, then telephone.
    ///
    /// Two orders of one customer match when this is equal; `test` keeps the customers of test
    /// keys apart from real people.
    pub fn identity(&self, test: bool, order_number: &str) -> String {
        let realm = if test { "test" } else { "live" };
        if !self.external_id.is_empty() {
            format!("{realm}:external:{}", self.external_id)
        } else if !self.email.is_empty() {
            format!("{realm}:email:{}", self.email.to_lowercase())
        } else if !self.phone.is_empty() {
            format!("{realm}:phone:{}", phone_digits(&self.phone))
        } else {
            format!("{realm}:order:{order_number}")
        }
    }
}

/// What counts of a telephone number: its digits and a plus.
pub fn phone_digits(phone: &str) -> String {
    phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}

impl Order {
    /// Parses one order at `path`; every problem comes back at once.
    pub fn parse(value: &Value, path: &str, now: Micros) -> Result<Self, Vec<FieldProblem>> {
        let mut reader = ObjectReader::open(value, path);
        let order_number = reader.required_text("order_number", 80);
        let customer = parse_customer(&mut reader);
        let channel = reader.required_word("channel", Channel::from_word, &Channel::words());
        let place = reader.text("place", 80).unwrap_or_default();
        let placed_at = reader.required_instant("placed_at");
        refuse_future(&mut reader, "placed_at", placed_at, now);
        let expected_delivery_at = reader.instant("expected_delivery_at");
        let amount = parse_value(&mut reader);
        let attributes = parse_attributes(&mut reader);
        let contact_basis = parse_basis(&mut reader, now);
        let problems = reader.finish();
        match (order_number, customer, channel, placed_at) {
            (Some(order_number), Some(customer), Some(channel), Some(placed_at)) if problems.is_empty() => {
                Ok(Self {
                    order_number,
                    customer,
                    channel,
                    place,
                    placed_at,
                    expected_delivery_at,
                    value: amount,
                    attributes,
                    contact_basis,
                })
            }
            _ => Err(problems),
        }
    }
}

fn parse_customer(order: &mut ObjectReader<'_>) -> Option<CustomerData> {
    let Some(mut reader) = order.object("customer") else {
        order.complain("customer", "missing", "is missing");
        return None;
    };
    let email = reader.text("email", 254).unwrap_or_default();
    if !email.is_empty() && !is_mail_address(&email) {
        reader.complain("email", "not_an_address", format!("\"{email}\" is not a mail address"));
    }
    let language = reader.text("language", 35).unwrap_or_default();
    if !language.is_empty() && !is_language_tag(&language) {
        let message = format!("\"{language}\" is not a language tag, such as en, fi, hu, pl or fi-FI");
        reader.complain("language", "unknown_language", message);
    }
    let zone = reader.text("zone", 60).unwrap_or_default();
    if !zone.is_empty() && jiff::tz::TimeZone::get(&zone).is_err() {
        let message = format!("\"{zone}\" is not a time zone, such as Europe/Helsinki");
        reader.complain("zone", "unknown_value", message);
    }
    let customer = CustomerData {
        email,
        phone: reader.text("phone", 40).unwrap_or_default(),
        name: reader.text("name", 120).unwrap_or_default(),
        language,
        external_id: reader.text("external_id", 120).unwrap_or_default(),
        zone,
    };
    order.take_in(reader);
    Some(customer)
}

fn parse_value(order: &mut ObjectReader<'_>) -> Option<(i64, String)> {
    let mut reader = order.object("value")?;
    let amount = reader.integer("amount_minor", -1_000_000_000_000, 1_000_000_000_000);
    if amount.is_none() && reader.value("amount_minor").is_none() {
        reader.complain("amount_minor", "missing", "is missing");
    }
    let currency = reader.required_text("currency", 3);
    if let Some(code) = &currency
        && (code.len() != 3 || !code.bytes().all(|b| b.is_ascii_uppercase()))
    {
        reader.complain("currency", "unknown_value", format!("\"{code}\" is no currency code, such as EUR"));
    }
    order.take_in(reader);
    amount.zip(currency)
}

fn parse_attributes(order: &mut ObjectReader<'_>) -> String {
    let Some(value) = order.value("attributes") else { return "{}".to_owned() };
    if !value.is_object() {
        order.complain("attributes", "type", "an object is needed");
    }
    let text = value.to_string();
    if text.len() > 8192 {
        order.complain("attributes", "too_long", "is longer than 8,192 bytes");
    }
    text
}

fn parse_basis(order: &mut ObjectReader<'_>, now: Micros) -> Option<ContactBasis> {
    let mut reader = order.object("contact_basis")?;
    let kind = reader.required_word("kind", BasisKind::from_word, &BasisKind::words());
    let text = reader.text("text", 500).unwrap_or_default();
    if kind == Some(BasisKind::Other) && text.is_empty() {
        reader.complain("text", "missing", "is missing: say in words what allows the mail");
    }
    let notice_at = reader.required_instant("notice_at");
    refuse_future(&mut reader, "notice_at", notice_at, now);
    order.take_in(reader);
    Some(ContactBasis { kind: kind?, text, notice_at: notice_at? })
}

/// Whether a text can be an order number: 1 to 80 characters, trimmed, nothing that is not seen.
pub fn is_order_number(text: &str) -> bool {
    (1..=80).contains(&text.chars().count()) && text.trim() == text && !text.chars().any(is_unsafe)
}

/// Clocks differ: a day ahead of ours is taken, more is a mistake.
pub(super) fn refuse_future(reader: &mut ObjectReader<'_>, name: &str, at: Option<Micros>, now: Micros) {
    if let Some(at) = at
        && at.0 > now.0.saturating_add(DAY)
    {
        reader.complain(name, "in_the_future", format!("{} lies more than a day ahead", at.rfc3339()));
    }
}

/// Whether a text can stand as an address in a mail: one `@`, a dotted domain, nothing that ends a header.
pub fn is_mail_address(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    !local.is_empty()
        && !local.contains('@')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && !domain.contains("..")
        && domain.chars().all(|c| c.is_alphanumeric() || c == '.' || c == '-')
        && !text
            .chars()
            .any(|c| c.is_whitespace() || is_unsafe(c) || matches!(c, '<' | '>' | ',' | ';' | '"'))
        && text.parse::<lettre::Address>().is_ok()
}

/// Two-letter codes of ISO 639-1.
const TWO_LETTER_LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy \
da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it \
iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng \
nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te \
tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// Whether a text is a language tag: a language that exists, then any well-formed subtags.
pub fn is_language_tag(text: &str) -> bool {
    let mut parts = text.split(['-', '_']);
    let primary = parts.next().unwrap_or_default().to_ascii_lowercase();
    let known = match primary.len() {
        2 => TWO_LETTER_LANGUAGES.split(' ').any(|code| code == primary),
        3 => primary.bytes().all(|b| b.is_ascii_lowercase()),
        _ => false,
    };
    known
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Micros {
        Micros::parse("2026-11-22T10:00:00Z").unwrap()
    }

    #[test]
    fn a_plain_order_is_read() {
        let value = serde_json::json!({
            "order_number": "10482", "customer": {"email": "aino@example.org", "language": "fi-FI"},
            "channel": "web", "placed_at": "2026-11-20T10:00:00+02:00",
            "value": {"amount_minor": 4990, "currency": "EUR"},
            "contact_basis": {"kind": "existing_customer_notice", "notice_at": "2026-11-20T08:00:00Z"}
        });
        let order = Order::parse(&value, "", now()).unwrap();
        assert_eq!(order.value, Some((4990, "EUR".to_owned())));
        assert_eq!(order.placed_at, Micros::parse("2026-11-20T08:00:00Z").unwrap());
    }

    #[test]
    fn all_mistakes_of_an_order_are_named_at_once() {
        let value = serde_json::json!({
            "order_number": 7, "customer": {"email": "aino@@example", "language": "xx", "mail": "y"},
            "channel": "fax", "placed_at": "2030-01-01T00:00:00Z", "contact_basis": {"kind": "other"}
        });
        let problems = Order::parse(&value, "", now()).unwrap_err();
        let pointers: Vec<_> = problems.iter().map(|p| p.pointer.as_str()).collect();
        for pointer in [
            "/order_number",
            "/customer/email",
            "/customer/language",
            "/customer/mail",
            "/channel",
            "/placed_at",
            "/contact_basis/text",
            "/contact_basis/notice_at",
        ] {
            assert!(pointers.contains(&pointer), "{pointer} is missing in {pointers:?}");
        }
    }

    #[test]
    fn header_injection_is_no_address() {
        for bad in ["a@b.c\r\nBcc: x@y.z", "a b@c.d", "<a@b.c>", "a@b.c,d@e.f", "@b.c", "a@", "a@b..c"] {
            assert!(!is_mail_address(bad), "{bad}");
        }
        assert!(is_mail_address("first.last+tag@sub.example.org"));
    }
}
