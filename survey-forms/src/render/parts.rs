//! Pieces that several pages and mails share: the organisation, the head, the language switch, the foot.

use serde::Serialize;

use super::style;
use crate::accent::Accent;
use crate::language::catalogue::{Arg, text};
use crate::language::{Language, apart, without_marks};
use crate::own_words::{Facts, paragraphs};

/// What pages and mails say about who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Organisation<'a> {
    /// Its name, as customers know it.
    pub name: &'a str,
    /// Where a person answers.
    pub contact_email: &'a str,
    /// Its own words on privacy, shown at the foot in place of the standard sentence; see [`crate::own_words`].
    pub privacy_text: Option<&'a str>,
    /// Its privacy notice; linked when it is a web address.
    pub privacy_url: &'a str,
    /// For how many months answers are kept.
    pub retention_months: u32,
    /// Its colour; `None` for the look's own.
    pub accent: Option<Accent>,
}

impl<'a> Organisation<'a> {
    /// What its own words may fill in.
    pub(super) fn facts(&self, order: Option<&'a str>, place: Option<&'a str>) -> Facts<'a> {
        Facts { organisation: self.name, contact: self.contact_email, order, place }
    }
}

/// Short access to the texts of one language.
#[derive(Clone, Copy)]
pub(super) struct Says(pub(super) Language);

impl Says {
    pub(super) fn plain(self, key: &str) -> String {
        text(self.0, key, &[])
    }

    /// A text for a line of plain text; names and numbers that come in keep their own direction.
    pub(super) fn with(self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.filled(key, args, |words| apart(self.0, words))
    }

    /// A text as HTML, escaped; names and numbers that come in keep their own direction.
    ///
    /// Templates put it in unescaped. The lint of the catalogues refuses what would be markup in them.
    pub(super) fn markup(self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.filled(key, args, |words| format!("<bdi>{}</bdi>", handlebars::html_escape(words)))
    }

    fn filled(self, key: &str, args: &[(&str, Arg<'_>)], show: impl Fn(&str) -> String) -> String {
        let shown: Vec<Option<String>> = args
            .iter()
            .map(|(_, arg)| if let Arg::Text(words) = arg { Some(show(words)) } else { None })
            .collect();
        let args: Vec<(&str, Arg<'_>)> = args
            .iter()
            .zip(&shown)
            .map(|((name, arg), shown)| (*name, shown.as_deref().map_or(*arg, Arg::Text)))
            .collect();
        text(self.0, key, &args)
    }

    /// The title of a page: its words, then whose page it is.
    pub(super) fn title(self, words: &str, organisation: &str) -> String {
        format!("{words} – {}", apart(self.0, &one_line(organisation)))
    }
}

/// What the head of every page needs.
#[derive(Serialize)]
pub(super) struct Head {
    lang: &'static str,
    dir: &'static str,
    title: String,
    style: &'static str,
    accent_style: Option<String>,
}

impl Head {
    pub(super) fn new(language: Language, title: String) -> Self {
        Head { lang: language.tag(), dir: language.direction(), title, style: style(), accent_style: None }
    }

    /// The same in an organisation's colour; whoever sends the page allows this style, too.
    pub(super) fn coloured(self, accent: Option<Accent>) -> Self {
        Head { accent_style: accent.map(Accent::style), ..self }
    }
}

/// So many other languages stand open; more are folded away under the page's own.
const MOST_OPEN: usize = 7;

/// The row of other languages.
#[derive(Serialize)]
#[allow(clippy::struct_field_names, reason = "templates say which switch it is")]
pub(super) struct Switch {
    language_switch: String,
    /// The language of the page, when the others are too many to stand open in one row of a phone.
    folded: Option<&'static str>,
    languages: Vec<OtherLanguage>,
}

#[derive(Serialize)]
struct OtherLanguage {
    tag: &'static str,
    dir: &'static str,
    name: &'static str,
}

impl Switch {
    pub(super) fn new(language: Language, offered: &[Language]) -> Self {
        let others = || offered.iter().filter(|other| **other != language);
        let folded = (others().count() > MOST_OPEN).then(|| language.endonym());
        let languages = others().map(|other| OtherLanguage {
            tag: other.tag(),
            dir: other.direction(),
            name: other.endonym(),
        });
        let language_switch = Says(language).plain("language-switch");
        Switch { language_switch, folded, languages: languages.collect() }
    }
}

/// A mail address as words and as a link.
#[derive(Serialize)]
pub(super) struct Contact {
    href: String,
    email: String,
}

impl Contact {
    pub(super) fn new(email: &str) -> Self {
        Contact { href: mailto(email), email: one_line(email) }
    }
}

/// The privacy notice as a link, or as plain words when its address is no web address.
#[derive(Serialize)]
pub(super) struct Privacy {
    words: String,
    address: String,
    href: Option<String>,
}

impl Privacy {
    pub(super) fn new(language: Language, key: &str, address: &str) -> Option<Self> {
        let address = one_line(address);
        let href = is_web_address(&address).then(|| address.clone());
        (!address.is_empty()).then(|| Privacy { words: Says(language).plain(key), address, href })
    }
}

/// The foot of every page.
#[derive(Serialize)]
pub(super) struct Foot {
    organisation: String,
    own_words: Vec<String>,
    kept: Option<String>,
    contact_words: String,
    contact: Contact,
    privacy: Option<Privacy>,
    own_data: Option<OwnDataWay>,
}

/// The way to what is kept about the customer.
#[derive(Serialize)]
struct OwnDataWay {
    /// Relative to the page: it holds nothing of the customer, so that one page can stand for many of them.
    href: String,
    words: String,
}

impl Foot {
    /// The same without a way to the customer's own data: on the pages of that data, and where nothing is kept yet.
    pub(super) fn without_own_data(self) -> Self {
        Foot { own_data: None, ..self }
    }

    /// The same where something is kept of who reads the page; else without a way to it.
    pub(super) fn of_customer(self, is_kept: bool) -> Self {
        if is_kept { self } else { self.without_own_data() }
    }

    /// The foot of a page that stands alone and speaks of no answers.
    pub(super) fn brief(language: Language, organisation: &Organisation<'_>) -> Self {
        Foot { kept: None, own_words: vec![], ..Foot::about(language, organisation, "") }
    }

    /// The foot of a page about an order, or about none when its number is empty.
    pub(super) fn about(language: Language, organisation: &Organisation<'_>, order_number: &str) -> Self {
        let says = Says(language);
        let own_words = organisation.privacy_text.map(str::trim).filter(|words| !words.is_empty());
        let key = if order_number.is_empty() { "foot-kept-open" } else { "foot-kept" };
        let kept = || says.with(key, &[("months", organisation.retention_months.into())]);
        Foot {
            organisation: one_line(organisation.name),
            kept: own_words.is_none().then(kept),
            own_words: own_words
                .map(|words| paragraphs(words, language, &organisation.facts(None, None)))
                .unwrap_or_default(),
            contact_words: says.plain("foot-contact"),
            contact: Contact::new(organisation.contact_email),
            privacy: Privacy::new(language, "privacy-link", organisation.privacy_url),
            own_data: Some(OwnDataWay {
                href: format!("?data=1&language={language}"),
                words: says.plain("own-data-link"),
            }),
        }
    }
}

/// Words that must stand on one line, in a heading or a subject, and must not turn the direction of what follows.
pub(super) fn one_line(words: &str) -> String {
    let ends_line = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let words: String = words.chars().map(|c| if ends_line(c) { ' ' } else { c }).collect();
    without_marks(&words).trim().to_owned()
}

/// Anything else, `javascript:` above all, is shown but never linked.
pub(super) fn is_web_address(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    (lower.starts_with("https://") || lower.starts_with("http://")) && !lower.contains(char::is_whitespace)
}

/// A `mailto:` address (RFC 6068) whose address cannot smuggle in further fields.
fn mailto(email: &str) -> String {
    use std::fmt::Write as _;
    let mut href = String::from("mailto:");
    for byte in one_line(email).bytes() {
        if byte.is_ascii_alphanumeric() || b"@.-_+~".contains(&byte) {
            href.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(href, "%{byte:02X}");
        }
    }
    href
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_link_cannot_carry_more_than_an_address() {
        assert_eq!(mailto("care+web@example.org"), "mailto:care+web@example.org");
        assert_eq!(mailto("a@example.org?cc=b@example.org"), "mailto:a@example.org%3Fcc%3Db@example.org");
    }

    #[test]
    fn only_web_addresses_are_linked() {
        assert!(is_web_address("HTTPS://example.org/privacy"));
        for address in ["javascript:alert(1)", "data:text/html,x", "example.org", "https://a b"] {
            assert!(!is_web_address(address), "{address}");
        }
    }

    #[test]
    fn names_stay_on_one_line() {
        assert_eq!(one_line("  Shop\r\nBcc: x "), "Shop  Bcc: x");
        assert_eq!(one_line("a\u{2028}b\u{2029}c\u{85}d"), "a b c d");
        assert_eq!(one_line("x\u{202e}y\u{2068}z"), "xyz");
    }
}
