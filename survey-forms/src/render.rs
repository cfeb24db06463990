//! Pages and mails: view models from checked data, and the one registry of templates that shows them.
//!
//! What is shown is decided here and in the modules below; the words come from `language::catalogue`
//! and from instruments, the shapes from `templates/`. Called by the service's pages and its mail job.

mod again;
mod answered;
mod asking;
#[cfg(test)]
mod every_word;
mod form_page;
mod mail;
mod mjml;
mod notice;
mod options;
mod own_data;
mod own_facts;
mod parts;
mod preview;
mod question;
mod report_figures;
mod report_mail;
mod report_stop;
mod report_words;
mod score;
mod short;
mod thanks;
mod unsubscribe;
mod words_box;

pub use answered::{AnswerInWords, Listed, answers_in_words};
pub use form_page::{Action, FormPage, Notice};
pub use mail::{InvitationMail, MailParts, Occasion};
pub use notice::{NoticeKind, NoticePage};
pub use own_data::{Earlier, ErasePage, OwnAnswers, OwnData, OwnQuestionnaire, OwnWays};
pub use own_facts::{Day, Fact, Label, Said, Value};
pub use parts::Organisation;
pub use preview::{Choice, ChoiceOf, ChoiceOption, Preview, Shows};
pub use report_figures::{ReportChange, ReportContent, ReportFigures, ReportRange, ReportRate, ReportValue};
pub use report_mail::{ReportFilter, ReportMail, ReportRhythm};
pub use report_stop::{ReportStopPage, ReportStopState};
pub use report_words::{Put, ReportWords};
pub use score::{AnsweredOf, AskedAfter, AskedHow, ScoreFigures, ScorePage, badge_style};
pub use short::{ShortMessage, SlipText, SlipWords, short_message_parts};
pub use thanks::{OwnEnding, RecoveryOffer, Thanks, ThanksStatus};
pub use unsubscribe::{UnsubscribePage, UnsubscribeState};

use handlebars::Handlebars;
use serde::Serialize;

/// Why something could not be shown; both mean a mistake in a template, never in what was typed.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// A template is not sound.
    #[error("a template is not sound: {0}")]
    Template(#[from] Box<handlebars::TemplateError>),
    /// The MJML source of a mail is not sound.
    #[error("the source of a mail is not sound: {0}")]
    Mail(String),
    /// A template asks for what its view does not have.
    #[error("a template could not be filled: {0}")]
    Fill(#[from] Box<handlebars::RenderError>),
}

/// The templates by name; partials are named as they are called.
const TEMPLATES: [(&str, &str); 19] = [
    ("layout", include_str!("../templates/page/layout.hbs")),
    ("switch", include_str!("../templates/page/switch.hbs")),
    ("foot", include_str!("../templates/page/foot.hbs")),
    ("preview", include_str!("../templates/page/preview.hbs")),
    ("question", include_str!("../templates/page/question.hbs")),
    ("words", include_str!("../templates/page/words.hbs")),
    ("described", include_str!("../templates/page/described.hbs")),
    ("answers", include_str!("../templates/page/answers.hbs")),
    ("form", include_str!("../templates/page/form.hbs")),
    ("thanks", include_str!("../templates/page/thanks.hbs")),
    ("notice", include_str!("../templates/page/notice.hbs")),
    ("facts", include_str!("../templates/page/facts.hbs")),
    ("own_data", include_str!("../templates/page/own_data.hbs")),
    ("erase", include_str!("../templates/page/erase.hbs")),
    ("asking", include_str!("../templates/page/asking.hbs")),
    ("score", include_str!("../templates/page/score.hbs")),
    ("badge", include_str!("../templates/page/badge.hbs")),
    ("invitation.txt", include_str!("../templates/mail/invitation.txt.hbs")),
    ("report.txt", include_str!("../templates/mail/report.txt.hbs")),
];

/// The HTML of mails by name, in MJML.
const MAILS: [(&str, &str); 2] = [
    ("invitation.html", include_str!("../templates/mail/invitation.mjml")),
    ("report.html", include_str!("../templates/mail/report.mjml")),
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
        for (name, source) in MAILS {
            registry.register_template_string(name, mjml::html(source)?).map_err(Box::new)?;
        }
        Ok(Renderer { registry })
    }

    fn fill(&self, template: &str, view: &impl Serialize) -> Result<String, RenderError> {
        self.registry.render(template, view).map_err(|error| RenderError::Fill(Box::new(error)))
    }
}
