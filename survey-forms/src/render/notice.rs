//! Pages that stand alone: dead links, closed forms, a busy or broken service.

use serde::Serialize;

use super::parts::{Foot, Head, Organisation, Says};
use super::{RenderError, Renderer};
use crate::language::Language;

/// What a page that stands alone says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoticeKind<'a> {
    /// The time for answering is over.
    Expired,
    /// The link leads nowhere; the page is the same for every such link.
    Unknown,
    /// The link begins no form any more.
    Closed,
    /// The link begins no form just now.
    Resting,
    /// Too many people at once.
    Busy,
    /// Something went wrong; the id finds it in the log.
    Broken(&'a str),
}

/// Everything that a page that stands alone shows.
#[derive(Debug, Clone, Copy)]
pub struct NoticePage<'a> {
    /// What it says.
    pub kind: NoticeKind<'a>,
    /// The language of the page.
    pub language: Language,
    /// Whose page it is; never told for an unknown link.
    pub organisation: Option<Organisation<'a>>,
}

#[derive(Serialize)]
struct View {
    #[serde(flatten)]
    head: Head,
    #[serde(flatten)]
    foot: Option<Foot>,
    heading: String,
    texts: Vec<String>,
    help: Option<String>,
}

impl Renderer {
    /// Shows a page that stands alone.
    pub fn notice(&self, page: &NoticePage<'_>) -> Result<String, RenderError> {
        let says = Says(page.language);
        // A dead link must not tell whose it might have been.
        let organisation = page.organisation.filter(|_| page.kind != NoticeKind::Unknown);
        let (heading, text) = keys(page.kind);
        let heading = says.plain(heading);
        let mut texts = vec![says.markup(text, &[])];
        if let NoticeKind::Broken(id) = page.kind {
            texts.push(says.markup("broken-reference", &[("id", id.into())]));
        }
        let title = organisation.map_or_else(|| heading.clone(), |o| says.title(&heading, o.name));
        let help = (matches!(page.kind, NoticeKind::Expired | NoticeKind::Closed | NoticeKind::Resting)
            && organisation.is_some())
        .then(|| says.plain("expired-contact"));
        let foot = organisation.map(|organisation| Foot::brief(page.language, &organisation));
        let head = Head::new(page.language, title).coloured(organisation.and_then(|one| one.accent));
        let view = View { head, foot, heading, texts, help };
        self.fill("notice", &view)
    }
}

fn keys(kind: NoticeKind<'_>) -> (&'static str, &'static str) {
    match kind {
        NoticeKind::Expired => ("expired-heading", "expired-text"),
        NoticeKind::Unknown => ("unknown-heading", "unknown-text"),
        NoticeKind::Closed => ("closed-heading", "closed-text"),
        NoticeKind::Resting => ("resting-heading", "resting-text"),
        NoticeKind::Busy => ("busy-heading", "busy-text"),
        NoticeKind::Broken(_) => ("broken-heading", "broken-text"),
    }
}
