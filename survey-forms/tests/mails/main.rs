//! What every invitation by mail keeps to.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

mod hostile;
mod report;
mod short;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use survey_forms::instrument::{Instrument, shipped_source};
use survey_forms::language::Language;
use survey_forms::render::{InvitationMail, MailParts, Occasion, Organisation, Renderer};

const LINK: &str = "https://ask.example.org/s/7.MZXW6YTBOI2GC3TFMZXW6YTBOI2GC3TF";

const OWN_DATA_LINK: &str = "https://ask.example.org/p/7.MZXW6YTBOI2GC3TFMZXW6YTBOI2GC3TFNRUW4ZLB";

const UNSUBSCRIBE_LINK: &str = "https://ask.example.org/u/7.MZXW6YTBOI2GC3TFMZXW6YTBOI2GC3TFNRUW4ZLB";

const OCCASIONS: [Occasion; 3] = [Occasion::First, Occasion::Reminder, Occasion::LastReminder];

static RENDERER: LazyLock<Renderer> = LazyLock::new(|| Renderer::new().unwrap());
static INSTRUMENT: LazyLock<Instrument> =
    LazyLock::new(|| Instrument::parse(shipped_source("perceived-quality").unwrap()).unwrap());

fn mail(language: Language) -> InvitationMail<'static> {
    InvitationMail {
        language,
        occasion: Occasion::First,
        organisation: Organisation {
            name: "Müller & Söhne",
            contact_email: "care@example.org",
            privacy_text: None,
            privacy_url: "https://example.org/privacy",
            retention_months: 24,
            accent: None,
        },
        order_number: "A&B-17",
        link: LINK,
        own_data_link: OWN_DATA_LINK,
        unsubscribe_link: UNSUBSCRIBE_LINK,
        minutes: 2,
        first: None,
        closing_words: "",
        place: None,
    }
}

fn write(mail: &InvitationMail<'_>) -> MailParts {
    RENDERER.mail(mail).unwrap()
}

/// Every mail that there is: all languages and occasions, bare, and with everything that it may have.
fn every_mail() -> Vec<InvitationMail<'static>> {
    let mut mails = Vec::new();
    for language in Language::ALL {
        for occasion in OCCASIONS {
            let bare = InvitationMail { occasion, ..mail(language) };
            let first = INSTRUMENT.items().first();
            mails.extend([bare, InvitationMail { first, closing_words: "Come again.\nSoon.", ..bare }]);
        }
    }
    mails
}

#[test]
fn both_parts_say_who_asks_about_which_order_and_where_to_write() {
    for language in Language::ALL {
        let parts = write(&mail(language));
        let said = [
            "Müller & Söhne",
            "A&B-17",
            LINK,
            OWN_DATA_LINK,
            "care@example.org",
            "https://example.org/privacy",
            "2",
        ];
        for said in said {
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
    for mail in every_mail() {
        let text = write(&mail).text;
        for banned in ["&amp;", "&#", "<", "{", "\n\n\n", "---", "***"] {
            assert!(!text.contains(banned), "{banned:?} in {}:\n{text}", mail.language);
        }
        assert!(text.lines().all(|line| line.trim_end() == line));
    }
}

/// The tags of an HTML text as they are written, also those that only Outlook reads.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap())
}

#[test]
fn the_html_part_asks_for_nothing_from_outside() {
    for mail in every_mail() {
        let html = write(&mail).html;
        for banned in
            ["url(", "@import", "src=", "srcset", "background=", "poster", "cid:", "v:fill", "v:image"]
        {
            assert!(!html.contains(banned), "{banned} in {html}");
        }
        for tag in tags(&html) {
            let name = tag.split_whitespace().next().unwrap_or_default();
            let loads =
                ["img", "script", "link", "iframe", "object", "embed", "video", "audio", "source", "base"];
            assert!(!loads.contains(&name), "{tag}");
            // An address stands where somebody presses it, and where a namespace is named.
            assert!(
                !tag.contains("http") || name == "a" || name == "html" || tag.contains("http-equiv"),
                "{tag}"
            );
        }
        assert_eq!(html.matches("<table").count(), tables_for_looks(&html), "{html}");
    }
}

/// Tables that say they are none to who has them read aloud.
fn tables_for_looks(html: &str) -> usize {
    tags(html).filter(|tag| tag.starts_with("table ") && tag.contains("role=\"presentation\"")).count()
}

/// Every address of a part, in order, each once.
fn links(text: &str, starts: &str) -> Vec<String> {
    let mut found = Vec::new();
    for rest in text.split(starts).skip(1) {
        let rest = rest.split(['"', '\n']).next().unwrap();
        let link = rest.trim_start_matches("mailto:").replace("&#x3D;", "=").replace("&amp;", "&");
        if !found.contains(&link) {
            found.push(link);
        }
    }
    found
}

#[test]
fn both_parts_have_the_same_links_in_the_same_order() {
    for mail in every_mail() {
        let parts = write(&mail);
        let in_html = links(&parts.html, "href=\"");
        let in_text: Vec<String> = parts
            .text
            .lines()
            .filter(|line| line.starts_with("https://") || line.contains('@'))
            .fold(Vec::new(), |mut all: Vec<String>, line| {
                if !all.iter().any(|one| one == line) {
                    all.push(line.to_owned());
                }
                all
            });
        assert_eq!(in_text, in_html, "{} {:?}", mail.language, mail.occasion);
        let choices = mail.first.map_or(0, |item| item.labels(mail.language).len());
        assert_eq!(in_text.len(), choices + 5, "form, unsubscribe, contact, own data, privacy");
    }
}

#[test]
fn each_occasion_has_its_own_subject_preview_and_first_sentence() {
    for language in Language::ALL {
        let parts = OCCASIONS.map(|occasion| write(&InvitationMail { occasion, ..mail(language) }));
        let preview = |html: &str| {
            let hidden = html.split("display:none").nth(1).unwrap();
            hidden.split('>').nth(1).unwrap().split('<').next().unwrap().to_owned()
        };
        let opening = |text: &str| text.split("\n\n").nth(1).unwrap().to_owned();
        for said in [
            parts.each_ref().map(|one| one.subject.clone()),
            parts.each_ref().map(|one| preview(&one.html)),
            parts.each_ref().map(|one| opening(&one.text)),
        ] {
            assert!(said.iter().all(|words| !words.trim().is_empty()), "{said:?}");
            assert_eq!(BTreeSet::from(said.clone()).len(), 3, "{language}: {said:?}");
        }
        for one in &parts {
            let opening = opening(&one.text);
            assert!(opening.contains("A&B-17"), "{language}: {opening}");
            assert!(
                !one.subject.contains(['!', '\u{fffd}']) && !one.subject.to_lowercase().starts_with("re:")
            );
        }
    }
}

#[test]
fn only_the_last_reminder_says_that_it_is_the_last_one() {
    let [first, reminder, last] =
        OCCASIONS.map(|occasion| write(&InvitationMail { occasion, ..mail(Language::ENGLISH) }));
    assert!(
        last.text.contains("our last message about it") && last.html.contains("our last message about it")
    );
    for other in [first, reminder] {
        assert!(!other.text.contains("last") && !other.html.contains("our last message"), "{}", other.text);
    }
}

#[test]
fn a_mail_is_far_below_what_mail_programs_cut_off() {
    for mail in every_mail() {
        let html = write(&mail).html;
        assert!(html.len() < 16 * 1024, "{} bytes in {}", html.len(), mail.language);
    }
}

#[test]
fn a_subject_stays_on_one_line() {
    for occasion in OCCASIONS {
        let order_number = "1\r\nBcc: all@example.org";
        let parts = write(&InvitationMail { order_number, occasion, ..mail(Language::ENGLISH) });
        assert!(!parts.subject.contains(['\r', '\n']), "{:?}", parts.subject);
    }
}

#[test]
fn an_organisation_without_a_privacy_notice_links_none() {
    let plain = mail(Language::ENGLISH);
    let organisation = Organisation { privacy_url: "", ..plain.organisation };
    let parts = write(&InvitationMail { organisation, ..plain });
    assert!(!parts.text.contains("How we handle your data") && !parts.html.contains("How we handle"));
    assert!(parts.text.ends_with(&format!("{OWN_DATA_LINK}\n")), "{}", parts.text);
}
