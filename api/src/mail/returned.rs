//! What comes back to the return address: delivery reports, feedback reports, automatic replies; told apart here.
//!
//! Nothing here is believed: which mail a report is about is proved by a mark that only our mail carried
//! (`service::bounces`). Reads RFC 3464 and RFC 5965 reports, and the plain texts of qmail and of older Exim servers.

mod kinds;

use mail_parser::{Message, MessageParser, MimeHeaders, PartType};

use kinds::smtp_code;
pub use kinds::{Came, dotted_status, kind_of};

/// What a message that came back is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Returned {
    /// It tells of a mail of ours.
    Report(Report),
    /// Somebody asks by mail for no more mails.
    Unsubscribe(Marks),
    /// Written by a program or a person, and no report: it changes nothing.
    Other(&'static str),
}

/// What a report tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What became of the mail.
    pub came: Came,
    /// The receiver's status, such as `5.1.1`; empty when it gives none.
    pub status: String,
    /// What may prove which mail it is about.
    pub marks: Marks,
}

/// What only our mail carried.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// The addresses at which the report arrived.
    pub arrived_at: Vec<String>,
    /// Ids of mails like ours that stand in it, without brackets.
    pub message_ids: Vec<String>,
}

/// Subjects of automatic replies, in lower case.
const ABSENT: [&str; 12] = [
    "out of office",
    "automatic reply",
    "auto reply",
    "autoreply",
    "auto:",
    "abwesenheit",
    "automatische antwort",
    "automaattinen vastaus",
    "poissa",
    "autosvar",
    "automatyczna odpowied",
    "automatikus v",
];

/// Reads one message; none when it cannot be read at all.
pub fn read(raw: &[u8]) -> Option<Returned> {
    let message = MessageParser::default().parse(raw)?;
    if message.headers().is_empty() {
        return None;
    }
    let texts = Texts::of(&message, raw);
    let marks = Marks { arrived_at: arrived_at(&message), message_ids: ids_in(&texts) };
    if texts.feedback.as_deref().is_some_and(is_complaint) {
        return Some(Returned::Report(Report { came: Came::Complaint, status: String::new(), marks }));
    }
    if let Some(status) = &texts.status {
        return Some(match of_status(status) {
            Some((came, status)) => Returned::Report(Report { came, status, marks }),
            None => Returned::Other("a report of a mail that arrived"),
        });
    }
    if let Some((came, status)) = of_plain_report(&message, &texts.plain) {
        return Some(Returned::Report(Report { came, status, marks }));
    }
    Some(of_reply(&message, marks))
}

/// The texts of a message, by what they are.
#[derive(Default)]
struct Texts {
    plain: String,
    status: Option<String>,
    feedback: Option<String>,
    returned: String,
}

impl Texts {
    fn of(message: &Message<'_>, raw: &[u8]) -> Self {
        let mut texts = Self::default();
        for part in &message.parts {
            let kind = part.content_type();
            let name = kind.map(|kind| format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default()));
            let name = name.unwrap_or_default().to_lowercase();
            let text = match &part.body {
                PartType::Text(text) | PartType::Html(text) => text.to_string(),
                PartType::Binary(bytes) | PartType::InlineBinary(bytes) => {
                    String::from_utf8_lossy(bytes).into_owned()
                }
                PartType::Message(inner) => {
                    let inner = inner.headers_raw().map(|(name, value)| format!("{name}:{value}"));
                    format!("{}\n{}", inner.collect::<String>(), slice(raw, part))
                }
                PartType::Multipart(_) => continue,
            };
            match name.as_str() {
                "message/delivery-status" | "message/global-delivery-status" => texts.status = Some(text),
                "message/feedback-report" => texts.feedback = Some(text),
                "message/rfc822" | "message/global" | "text/rfc822-headers" | "message/global-headers" => {
                    texts.returned.push_str(&text);
                }
                _ => texts.plain.push_str(&text),
            }
        }
        texts
    }
}

fn slice(raw: &[u8], part: &mail_parser::MessagePart<'_>) -> String {
    let place = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
    let bytes = raw.get(place(part.offset_body)..place(part.offset_end)).unwrap_or_default();
    String::from_utf8_lossy(bytes).into_owned()
}

fn is_complaint(text: &str) -> bool {
    field(text, "Feedback-Type").is_none_or(|kind| kind.eq_ignore_ascii_case("abuse"))
}

/// What the first recipient's part of a delivery status tells; none when the mail arrived.
fn of_status(text: &str) -> Option<(Came, String)> {
    let status = field(text, "Status").unwrap_or_default();
    let status = dotted_status(&status).unwrap_or_default();
    let words = field(text, "Diagnostic-Code").unwrap_or_default();
    match field(text, "Action").unwrap_or_default().to_lowercase().as_str() {
        "failed" => Some((kind_of(&status, &words), status)),
        "delayed" => Some((Came::Delayed, status)),
        "" if !status.is_empty() => Some((kind_of(&status, &words), status)),
        _ => None,
    }
}

/// The value of a field, with its folded lines.
fn field(text: &str, wanted: &str) -> Option<String> {
    let mut lines = text.lines();
    let mut value = lines.by_ref().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.trim().eq_ignore_ascii_case(wanted).then(|| value.trim().to_owned())
    })?;
    for line in lines.take_while(|line| line.starts_with([' ', '\t'])) {
        value.push(' ');
        value.push_str(line.trim());
    }
    Some(value)
}

/// Where the words of a report end and the mail that came back begins, in plain reports.
const COPIES: [&str; 3] =
    ["--- Below this line is a copy", "------ This is a copy of", "--- The header of the original"];

/// Reports without a machine's part: qmail says who it is, Exim names whom it could not reach.
fn of_plain_report(message: &Message<'_>, text: &str) -> Option<(Came, String)> {
    let is_qmail = text.contains("qmail-send program");
    let is_exim = message.header_raw("X-Failed-Recipients").is_some();
    if !is_qmail && !is_exim {
        return None;
    }
    let end = COPIES.iter().filter_map(|mark| text.find(mark)).min().unwrap_or(text.len());
    let words = text.get(..end).unwrap_or_default();
    let status = dotted_status(words).unwrap_or_default();
    if words.contains("will be retried") || words.contains("has not yet been delivered") {
        return Some((Came::Delayed, status));
    }
    if status.is_empty() && smtp_code(words).is_none() {
        return Some((Came::Soft, status));
    }
    Some((kind_of(&status, words), status))
}

fn of_reply(message: &Message<'_>, marks: Marks) -> Returned {
    let header = |name: &str| message.header_raw(name).unwrap_or_default().trim().to_lowercase();
    let auto = header("Auto-Submitted");
    let subject = message.subject().unwrap_or_default().trim().to_lowercase();
    let is_automatic = (!auto.is_empty() && auto != "no")
        || ["X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress"]
            .iter()
            .any(|name| !header(name).is_empty())
        || ["auto_reply", "bulk", "junk"].contains(&header("Precedence").as_str())
        || ABSENT.iter().any(|words| subject.starts_with(words));
    if is_automatic {
        return Returned::Other("an automatic reply");
    }
    if header("Return-Path") == "<>" {
        return Returned::Other("a notice without a report");
    }
    if subject == "unsubscribe" {
        return Returned::Unsubscribe(marks);
    }
    Returned::Other("a message that is no report")
}

/// Headers in which servers note for whom a message came in.
const ARRIVALS: [&str; 5] = ["To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To"];

fn arrived_at(message: &Message<'_>) -> Vec<String> {
    let here = |name: &str| ARRIVALS.iter().any(|one| one.eq_ignore_ascii_case(name));
    let values = message.headers_raw().filter(|(name, _)| here(name)).map(|(_, value)| value);
    let ends = |c: char| c.is_whitespace() || "<>,;:\"".contains(c);
    values
        .flat_map(|value| value.split(ends))
        .filter(|one| one.contains('@'))
        .map(str::to_lowercase)
        .collect()
}

/// What every message id of ours has in it.
const OURS: &str = ".invitation@";

/// Ids like ours in the mail that came back.
fn ids_in(texts: &Texts) -> Vec<String> {
    let mut found = Vec::new();
    for text in [&texts.returned, &texts.plain] {
        let words = text.split(|c: char| c.is_whitespace() || c == '<' || c == '>');
        for word in words.filter(|word| word.contains(OURS) && word.len() < 200) {
            if !found.iter().any(|one| one == word) && found.len() < 10 {
                found.push(word.to_owned());
            }
        }
    }
    found
}
