//! What every invitation by mail keeps to.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use survey_forms::language::Language;
use survey_forms::render::{InvitationMail, MailParts, Organisation, Renderer};

const LINK: &str = "https://ask.example.org/s/7.MZXW6YTBOI2GC3TFMZXW6YTBOI2GC3TF";

fn mail(language: Language) -> InvitationMail<'static> {
    InvitationMail {
        language,
        organisation: Organisation {
            name: "Müller & Söhne",
            contact_email: "care@example.org",
            privacy_text: None,
            privacy_url: "https://example.org/privacy",
            retention_months: 24,
        },
        order_number: "A&B-17",
        link: LINK,
        minutes: 2,
    }
}

fn write(mail: &InvitationMail<'_>) -> MailParts {
    Renderer::new().unwrap().mail(mail).unwrap()
}

#[test]
fn both_parts_say_who_asks_about_which_order_and_where_to_write() {
    for language in Language::ALL {
        let parts = write(&mail(language));
        for said in ["Müller & Söhne", "A&B-17", LINK, "care@example.org", "https://example.org/privacy", "2"]
        {
            assert!(parts.text.contains(said), "{said} in {language}:\n{}", parts.text);
            let said = said.replace('&', "&amp;");
            let plain = parts.html.replace("&#x3D;", "=");
            assert!(plain.contains(&said), "{said} in {language}:\n{}", parts.html);
        }
        assert!(parts.subject.contains("A&B-17"));
        assert!(parts.html.contains(&format!("<html lang=\"{}\"", language.tag())));
    }
}

#[test]
fn the_plain_part_is_plain() {
    for language in Language::ALL {
        let text = write(&mail(language)).text;
        for banned in ["&amp;", "&#", "<", "{", "\n\n\n", "---", "***"] {
            assert!(!text.contains(banned), "{banned:?} in {language}:\n{text}");
        }
        assert!(text.lines().all(|line| line.trim_end() == line));
    }
}

#[test]
fn the_html_part_asks_for_nothing_from_outside() {
    for language in Language::ALL {
        let html = write(&mail(language)).html;
        for banned in ["<img", "<script", "url(", "<link", " src=", "background="] {
            assert!(!html.contains(banned), "{banned}");
        }
        assert_eq!(html.matches("<table").count(), html.matches("role=\"presentation\"").count());
    }
}

#[test]
fn a_subject_stays_on_one_line() {
    let evil = InvitationMail { order_number: "1\r\nBcc: all@example.org", ..mail(Language::ENGLISH) };
    let parts = write(&evil);
    assert!(!parts.subject.contains(['\r', '\n']), "{:?}", parts.subject);
}

#[test]
fn an_organisation_without_a_privacy_notice_links_none() {
    let plain = mail(Language::ENGLISH);
    let organisation = Organisation { privacy_url: "", ..plain.organisation };
    let parts = write(&InvitationMail { organisation, ..plain });
    assert!(!parts.text.contains("How we handle your data") && !parts.html.contains("How we handle"));
    assert!(parts.text.ends_with("care@example.org\n"), "{}", parts.text);
}
