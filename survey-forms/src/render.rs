//! Pages and mails: view models from checked data, and the one registry of templates that shows them.
//!
//! What is shown is decided here and in the modules below; the words come from `language::catalogue`
//! and from instruments, the shapes from `templates/`. Called by the service's pages and its mail job.

mod again;
#[cfg(test)]
mod every_word;
mod form_page;
mod mail;
mod notice;
mod parts;
mod question;
mod thanks;

pub use form_page::{FormPage, Notice};
pub use mail::{InvitationMail, MailParts};
pub use notice::{NoticeKind, NoticePage};
pub use parts::Organisation;
pub use thanks::{Thanks, ThanksStatus};

use handlebars::Handlebars;
use serde::Serialize;

/// Why something could not be shown; both mean a mistake in a template, never in what was typed.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// A template is not sound.
    #[error("a template is not sound: {0}")]
    Template(#[from] Box<handlebars::TemplateError>),
    /// A template asks for what its view does not have.
    #[error("a template could not be filled: {0}")]
    Fill(#[from] Box<handlebars::RenderError>),
}

/// The templates by name; partials are named as they are called.
const TEMPLATES: [(&str, &str); 10] = [
    ("layout", include_str!("../templates/page/layout.hbs")),
    ("switch", include_str!("../templates/page/switch.hbs")),
    ("foot", include_str!("../templates/page/foot.hbs")),
    ("question", include_str!("../templates/page/question.hbs")),
    ("answers", include_str!("../templates/page/answers.hbs")),
    ("form", include_str!("../templates/page/form.hbs")),
    ("thanks", include_str!("../templates/page/thanks.hbs")),
    ("notice", include_str!("../templates/page/notice.hbs")),
    ("invitation.html", include_str!("../templates/mail/invitation.html.hbs")),
    ("invitation.txt", include_str!("../templates/mail/invitation.txt.hbs")),
];

/// The content of the one style element, on every page exactly as it is here.
///
/// The service puts its hash into the content security policy.
///
/// ```
/// assert!(!survey_forms::render::style().contains("</"));
/// ```
pub fn style() -> &'static str {
    include_str!("../templates/page/style.css")
}

/// Shows pages and mails; made once and shared.
///
/// ```
/// use survey_forms::language::Language;
/// use survey_forms::render::{NoticeKind, NoticePage, Renderer};
///
/// let renderer = Renderer::new()?;
/// let page = NoticePage { kind: NoticeKind::Unknown, language: Language::ENGLISH, organisation: None };
/// assert!(renderer.notice(&page)?.contains("This link does not work"));
/// # Ok::<(), survey_forms::render::RenderError>(())
/// ```
pub struct Renderer {
    registry: Handlebars<'static>,
}

impl std::fmt::Debug for Renderer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Renderer").finish_non_exhaustive()
    }
}

impl Renderer {
    /// Reads all templates.
    pub fn new() -> Result<Renderer, RenderError> {
        let mut registry = Handlebars::new();
        registry.set_strict_mode(true);
        registry.set_prevent_indent(true);
        for (name, source) in TEMPLATES {
            registry.register_template_string(name, source).map_err(Box::new)?;
        }
        Ok(Renderer { registry })
    }

    fn fill(&self, template: &str, view: &impl Serialize) -> Result<String, RenderError> {
        self.registry.render(template, view).map_err(|error| RenderError::Fill(Box::new(error)))
    }
}
