//! What an organisation says about itself, in the shape in which it can be sent back.

use serde::Serialize;

use super::Result;
use crate::domain::WordsKind;
use crate::domain::cap::Cap;
use crate::domain::organisation::Organisation;
use crate::domain::own_texts::{ByLanguage, OwnTexts};
use crate::store::{AnyConnection, OrgScope, organisation_words, organisations, surveys};

/// The organisation as answers show it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ShownOrganisation {
    /// Short name.
    slug: String,
    /// Name as customers know it.
    name: String,
    /// Where a person answers.
    contact: String,
    /// Where replies to mails go.
    reply_to: String,
    /// Its own privacy words; empty means ours.
    privacy_text: ShownWords,
    /// Its privacy page.
    privacy_url: String,
    /// Months for which answers stay linked to a person.
    retention_months: i32,
    /// Its time zone.
    zone: String,
    /// Hours in which a finished form can be corrected.
    correction_hours: i32,
    /// Its colour; empty means ours.
    accent: String,
    /// Its goodbye, on the thank-you page and in mails.
    closing_words: ShownWords,
    /// What came of earlier answers, on the thank-you page.
    you_said_we_did: ShownWords,
    /// What it offers after a low judgement; null when nothing.
    recovery_offer: Option<ShownOffer>,
    /// How often one customer is mailed, reminders included: `2/90d`, or `none`.
    #[schema(example = "2/90d")]
    cap: String,
    /// `once` or `never`: what is done with a mail when it is not known whether it left.
    #[schema(example = "once")]
    resend: &'static str,
    /// Who takes short messages for telephones; empty for nobody.
    message_gateway: String,
    /// The key of the survey whose score everybody may see under `/score/{slug}`; empty for none.
    #[schema(example = "after-delivery")]
    public_score: String,
    /// `own_choice` or `everybody`: who is asked for a second step when signing in. No key changes it.
    #[schema(example = "own_choice")]
    second_step: &'static str,
}

/// Words for all languages, or by language.
#[derive(Serialize, utoipa::ToSchema)]
#[serde(untagged)]
pub enum ShownWords {
    /// One text on pages of every language.
    Everywhere(String),
    /// A text for each language that has one.
    ByLanguage(ByLanguage),
}

/// What an organisation offers after a low judgement.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ShownOffer {
    /// The offer.
    words: ShownWords,
    /// Below how many points of 100 it is shown; null for the two lowest codes.
    below: Option<i16>,
    /// A page with help.
    link: Option<String>,
}

impl From<ByLanguage> for ShownWords {
    fn from(mut words: ByLanguage) -> Self {
        match (words.remove(""), words.is_empty()) {
            (Some(text), true) => Self::Everywhere(text),
            (None, true) => Self::Everywhere(String::new()),
            // Reading never makes both; one of a language would hide the other anyway.
            (_, false) => Self::ByLanguage(words),
        }
    }
}

impl ShownOrganisation {
    fn new(it: Organisation, texts: &OwnTexts, public_score: String) -> Self {
        let words = |kind| ShownWords::from(texts.of(kind));
        let mut privacy = texts.of(WordsKind::PrivacyText);
        if !it.privacy_text.is_empty() {
            privacy.insert(String::new(), it.privacy_text.clone());
        }
        let offer = texts.of(WordsKind::RecoveryOffer);
        Self {
            reply_to: it.replies().to_owned(),
            slug: it.slug,
            name: it.name,
            contact: it.contact_email,
            privacy_text: privacy.into(),
            privacy_url: it.privacy_url,
            retention_months: it.retention_months,
            zone: it.zone_name,
            correction_hours: it.correction_hours,
            accent: it.accent,
            closing_words: words(WordsKind::ClosingWords),
            you_said_we_did: words(WordsKind::YouSaidWeDid),
            cap: Cap::words(it.cap),
            resend: it.resend.word(),
            public_score,
            second_step: it.second_step.word(),
            message_gateway: it.gateway.map_or_else(String::new, |gateway| gateway.url),
            recovery_offer: (!offer.is_empty()).then(|| ShownOffer {
                words: offer.into(),
                below: Some(it.recovery_below).filter(|below| *below > 0),
                link: Some(it.recovery_link).filter(|link| !link.is_empty()),
            }),
        }
    }
}

/// Reads everything that the organisation says about itself.
pub fn show_organisation(connection: &mut AnyConnection, scope: &OrgScope) -> Result<ShownOrganisation> {
    let organisation = organisations::get(connection, scope)?;
    let public_score = match organisation.public_survey {
        0 => String::new(),
        id => surveys::get(connection, scope, id)?.key,
    };
    Ok(ShownOrganisation::new(organisation, &organisation_words::get(connection, scope)?, public_score))
}
