//! Names and numbers from outside, as bad as they come: they stay words, on their line, in their place.

use std::sync::LazyLock;

use proptest::prelude::*;
use survey_forms::language::Language;
use survey_forms::render::{InvitationMail, MailParts, Occasion, Organisation};

use crate::{INSTRUMENT, OCCASIONS, mail, write};

/// What breaks headers, lines, markup, templates and directions.
const PIECES: [&str; 24] = [
    "\r\n",
    "\n\n",
    "\u{0}",
    "\u{1b}[2J",
    "\u{85}",
    "\u{2028}",
    "\u{2029}",
    "\u{202e}",
    "\u{2066}",
    "\u{2069}",
    "Bcc: all@example.org",
    "<script>alert(1)</script>",
    "\"><img src=https://example.org/x>",
    "' onmouseover='x",
    "<!--",
    "-->",
    "<![endif]-->",
    "{{order}}",
    "{{#if place}}",
    "&lt;b&gt;",
    "</td></table>",
    "متجر",
    "=?utf-8?B?QQ==?=",
    "Ω≈ç√",
];

/// Words of such pieces and of any characters, some of them very long.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => prop::sample::select(PIECES.to_vec()).prop_map(str::to_owned),
        2 => "\\PC{0,8}",
        1 => prop::collection::vec(any::<char>(), 0..6).prop_map(String::from_iter),
        1 => (1_usize..400).prop_map(|times| "long ".repeat(times)),
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

/// The tags of an HTML text with their attributes, one after the other, the values left out.
fn skeleton(html: &str) -> String {
    let (mut bones, mut in_tag, mut in_value) = (Vec::new(), false, false);
    for byte in html.bytes() {
        match byte {
            b'<' if !in_tag => in_tag = true,
            b'"' if in_tag => in_value = !in_value,
            b'>' if in_tag && !in_value => {
                bones.push(byte);
                in_tag = false;
            }
            _ => {}
        }
        if in_tag && !in_value {
            bones.push(byte);
        }
    }
    String::from_utf8(bones).unwrap()
}

/// What may end a line anywhere.
fn ends_line(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// The tags and the number of lines of a mail that nobody has tampered with, by language and occasion.
static CALM: LazyLock<Vec<Vec<(String, usize)>>> = LazyLock::new(|| {
    let calm = |language, occasion| {
        let parts = write(&calm(language, occasion));
        (skeleton(&parts.html), parts.text.lines().count())
    };
    Language::ALL.map(|language| OCCASIONS.map(|occasion| calm(language, occasion)).into()).into()
});

fn calm(language: Language, occasion: Occasion) -> InvitationMail<'static> {
    let plain = mail(language);
    InvitationMail {
        occasion,
        closing_words: "Greetings from {{place}} and {{organisation}} about {{order}}.",
        place: Some("Kamppi"),
        first: INSTRUMENT.items().first(),
        organisation: Organisation { privacy_url: "no address", ..plain.organisation },
        ..plain
    }
}

fn assert_as_calm_as(hostile: &MailParts, (tags, lines): &(String, usize)) {
    assert!(!hostile.subject.contains(ends_line), "{:?}", hostile.subject);
    assert_eq!(&skeleton(&hostile.html), tags, "{}", hostile.html);
    assert_eq!(hostile.text.lines().count(), *lines, "{:?}", hostile.text);
    let strays = |c: char| ends_line(c) && c != '\n';
    assert!(!hostile.text.contains(strays), "{:?}", hostile.text);
    // Overrides would turn what follows them; what is set apart is closed again on its line.
    assert!(!hostile.subject.contains(['\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}']));
    for line in hostile.text.lines().chain([hostile.subject.as_str()]) {
        assert_eq!(line.matches('\u{2068}').count(), line.matches('\u{2069}').count(), "{line:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn hostile_names_and_numbers_change_neither_lines_nor_markup(
        (name, number, place) in (hostile(), hostile(), hostile()),
        (contact, privacy) in (hostile(), hostile()),
        (language, occasion) in (0..Language::ALL.len(), 0..OCCASIONS.len()),
    ) {
        let calm = calm(Language::ALL[language], OCCASIONS[occasion]);
        let organisation = Organisation {
            name: &name,
            contact_email: &contact,
            // Nothing at all would leave its line out.
            privacy_url: &format!("x{privacy}"),
            ..calm.organisation
        };
        let hostile = InvitationMail { order_number: &number, place: Some(&place), organisation, ..calm };
        assert_as_calm_as(&write(&hostile), &CALM[language][occasion]);
    }
}

#[test]
fn markup_that_came_through_would_be_seen() {
    assert_eq!(skeleton("<p class=\"a>\">x</p>"), "<p class=\"></p>");
    assert_ne!(skeleton("<p>x<b></p>"), skeleton("<p>x</p>"));
    assert_ne!(skeleton("<a href=\"x\" onclick=\"y\">"), skeleton("<a href=\"x\">"));
}
