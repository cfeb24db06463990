//! Use cases: one a file. They join the store, the questionnaire, mail and reports; they know no HTTP.

pub mod annotations;
pub mod backup;
pub mod bounces;
pub mod bundle;
pub mod careless;
pub mod cells;
pub mod change_organisation;
pub mod check;
pub mod check_log;
pub mod closed_months;
pub mod coloured_page;
pub mod create_key;
pub mod create_organisation;
pub mod create_survey;
pub mod delivery_log;
pub mod desk;
pub mod doctor;
pub mod erase;
pub mod erasure_list;
pub mod events_out;
pub mod expectation;
pub mod expire_invitation;
pub mod export;
pub mod form_plan;
pub mod form_session;
mod form_way;
pub mod frames;
pub mod hooks;
pub mod import_map;
pub mod import_orders;
pub mod import_responses;
pub mod import_rows;
pub mod import_target;
pub mod instrument_version;
pub mod kept;
pub mod kept_pages;
pub mod known;
pub mod links;
pub mod list_invitations;
pub mod look_limit;
pub mod offered_instruments;
pub mod once;
pub mod open_form;
pub mod open_links;
pub mod open_start;
pub mod open_starts;
pub mod open_ticket;
pub mod open_visit;
pub mod order_rows;
pub mod own_data;
pub mod pause_sending;
pub mod plan_facts;
pub mod plan_invitations;
pub mod portable;
pub mod post_page;
pub mod preview;
pub mod preview_place;
pub mod public_score;
pub mod publish_instrument;
pub mod qr;
pub mod read_own_words;
pub mod read_report;
pub mod report_beside;
pub mod report_cuts;
pub mod report_file;
pub mod report_filter;
pub mod report_fold;
pub mod report_layout;
pub mod report_log;
pub mod report_mails;
pub mod report_parts;
#[cfg(feature = "pdf")]
mod report_pdf;
pub mod report_put;
pub mod report_query;
pub mod restore;
pub mod return_address;
pub mod sealed;
pub mod sending;
pub mod show_organisation;
pub mod sign_in;
pub mod slips;
pub mod step_levels;
pub mod suppress;
pub mod suppression_list;
pub mod survey_offer;
pub mod survey_way;
pub mod take_events;
pub mod take_orders;
pub mod take_returned;
pub mod target;
pub mod told_bounce;
pub mod unsubscribe;
pub mod views;
pub mod visits;
pub mod webhooks;
pub mod whole_file;
pub mod why;

use std::sync::Arc;
use std::sync::atomic::AtomicI32;

use survey_forms::form::Length;
use survey_forms::instrument::Instrument;
use survey_forms::render::Renderer;

use crate::clock::{Chance, Clock};
use crate::domain::reader::FieldProblem;
use crate::domain::{Id, Micros};
use crate::mail::Mailer;
use crate::outbound::Poster;
use crate::store::surveys::Survey;
use crate::store::{self, AnyConnection, OrgScope, Store};

use instrument_version::Version;
use links::LinkKeys;
use survey_way::length_code;

/// How many endpoints are tried out at a time.
const TRY_OUTS: usize = 4;

/// What every use case may need; made once at start and shared.
pub struct Services {
    /// The database.
    pub store: Store,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Chance for ids and keys.
    pub chance: Arc<dyn Chance>,
    /// The keys from which links are made.
    pub links: LinkKeys,
    /// Where mail goes.
    pub mailer: Mailer,
    /// Pages and mails.
    pub renderer: Renderer,
    /// The address that mails link to, without a slash at its end.
    pub public_url: String,
    /// The organisation whose jobs were worked on last.
    pub last_served: AtomicI32,
    /// Parts of reports that take long.
    pub kept: kept::Kept,
    /// Public scores as everybody sees them.
    pub scores: public_score::Scores,
    /// How often each network looked at them.
    pub looks: look_limit::LookLimit,
    /// What never changes, or says when it did.
    pub known: known::Known,
    /// Who looked at links lately.
    pub visits: visits::Visits,
    /// Pages of forms as compressed bytes.
    pub pages: kept_pages::KeptPages,
    /// How fast mails go.
    pub pace: sending::pace::Pace,
    /// Gateways for short messages that rest.
    pub gateways: sending::Gateways,
    /// Codes of slips that were typed and are none.
    pub slips: slips::Guesses,
    /// Where mails come back to, and how many may.
    pub returns: bounces::Returns,
    /// How many forms were begun by each open link just now.
    pub starts: open_starts::OpenStarts,
    /// Who signs in, and how often somebody tried.
    pub sign_in: sign_in::SignIn,
    form_plans: known::Shelf<form_plan::Mark, form_plan::FormPlan>,
    versions: known::Shelf<(i32, String, i32), Version>,
    with_modules: known::Shelf<(i32, i32), Version>,
    /// When the logs of answers are folded into stored cells.
    pub folds: cells::fold::Folds,
    /// The list of erased customers, kept outside the database; none unless it is set.
    pub erasure_list: Option<erasure_list::ErasureList>,
    /// Posts to endpoints; to public addresses only unless it is set.
    pub poster: Poster,
    /// Endpoints that are being tried out.
    pub try_outs: webhooks::deliver::TryOuts,
}

/// Why a use case did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// The input has problems; all of them.
    #[error("{}", problem_lines(.0))]
    Invalid(Vec<FieldProblem>),
    /// It contradicts what is there.
    #[error("{0}")]
    Conflict(String),
    /// The same idempotency key came with another request.
    #[error("this Idempotency-Key was used for another request; take a new one")]
    KeyReused,
    /// Single answers are asked for without the right to see them.
    #[error(
        "single answers are shown to owners and to keys with the right `rows` (`laatu key create … --grant rows`); \
         reports are open to this key"
    )]
    NeedsRows,
    /// The idempotency key stands for a request whose data was erased.
    #[error("this request was answered before; what it was about has been erased, and nothing was done now")]
    Erased,
    /// The database cannot take it now.
    #[error("the service is busy; try again in a moment")]
    Busy,
    /// It should not have happened.
    #[error("{0}")]
    Broken(String),
}

/// What a use case gives.
pub type Result<T> = std::result::Result<T, Error>;

fn problem_lines(problems: &[FieldProblem]) -> String {
    let lines: Vec<String> = problems
        .iter()
        .map(|one| {
            if one.pointer.is_empty() {
                one.message.clone()
            } else {
                format!("{}: {}", one.pointer, one.message)
            }
        })
        .collect();
    lines.join("\n")
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::NotFound => Self::NotFound("thing here"),
            store::Error::Conflict(words) => Self::Conflict(words),
            store::Error::Busy(words) => {
                tracing::warn!(%words, "the database is busy");
                Self::Busy
            }
            store::Error::Full(words) => {
                tracing::error!(%words, "the database cannot be written to");
                Self::Busy
            }
            store::Error::Orphan(words) | store::Error::Broken(words) => Self::Broken(words),
        }
    }
}

/// One problem with one field.
pub fn invalid(pointer: &str, code: &str, message: impl Into<String>) -> Error {
    Error::Invalid(vec![FieldProblem {
        pointer: pointer.to_owned(),
        code: code.to_owned(),
        message: message.into(),
    }])
}

/// The parts from which [`Services`] are made.
pub struct Parts {
    /// The database.
    pub store: Store,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub chance: Arc<dyn Chance>,
    /// Link keys.
    pub links: LinkKeys,
    /// Where mail goes.
    pub mailer: Mailer,
    /// What mails link to.
    pub public_url: String,
}

impl Services {
    /// Joins the parts; fails only when an embedded template is broken.
    pub fn new(parts: Parts) -> Result<Self> {
        let renderer = Renderer::new().map_err(|error| Error::Broken(error.to_string()))?;
        Ok(Self {
            store: parts.store,
            clock: parts.clock,
            chance: parts.chance,
            links: parts.links,
            mailer: parts.mailer,
            renderer,
            public_url: parts.public_url.trim_end_matches('/').to_owned(),
            last_served: AtomicI32::new(0),
            kept: kept::Kept::default(),
            scores: public_score::Scores::default(),
            looks: look_limit::LookLimit::default(),
            known: known::Known::default(),
            pages: kept_pages::KeptPages::default(),
            pace: sending::pace::Pace::default(),
            gateways: sending::Gateways::default(),
            slips: slips::Guesses::default(),
            returns: bounces::Returns::default(),
            starts: open_starts::OpenStarts::default(),
            sign_in: sign_in::SignIn::default(),
            form_plans: known::Shelf::default(),
            visits: visits::Visits::default(),
            versions: known::Shelf::default(),
            with_modules: known::Shelf::default(),
            folds: cells::fold::Folds::default(),
            erasure_list: None,
            poster: Poster::default(),
            try_outs: webhooks::deliver::TryOuts::at_most(TRY_OUTS),
        })
    }

    /// The present instant.
    pub fn now(&self) -> Micros {
        self.clock.now()
    }

    /// A new id.
    pub fn new_id(&self) -> Id {
        Id::new(self.clock.as_ref(), self.chance.as_ref())
    }

    /// A published questionnaire; a conflict where the version holds imported answers only.
    pub fn instrument(
        &self,
        connection: &mut AnyConnection,
        scope: &OrgScope,
        key: &str,
        version: i32,
    ) -> Result<Arc<Instrument>> {
        self.version(connection, scope, key, version)?.questionnaire()
    }

    /// A published instrument version, read and parsed once and kept: a version never changes.
    pub fn version(
        &self,
        connection: &mut AnyConnection,
        scope: &OrgScope,
        key: &str,
        version: i32,
    ) -> Result<Arc<Version>> {
        let place = (scope.org_id().0, key.to_owned(), version);
        if let Some(found) = self.versions.find(&place) {
            return Ok(found);
        }
        let source = store::instruments::source(connection, scope, key, version)?;
        Ok(self.versions.keep(place, Version::read(key, &source)?))
    }

    /// What a survey asks: its instrument version with the modules attached to it, and without the questions about
    /// what was expected when it never asks these.
    pub fn version_of(
        &self,
        connection: &mut AnyConnection,
        scope: &OrgScope,
        survey: &Survey,
    ) -> Result<Arc<Version>> {
        let base = self.version(connection, scope, &survey.instrument_key, survey.instrument_version)?;
        let Version::Questionnaire(asked) = &*base else { return Ok(base) };
        let asks_expected =
            survey.length == length_code(Length::Full) || survey.full_share > 0 || survey.expectation_id != 0;
        if survey.modules.is_empty() && (asks_expected || !asked.looks_back()) {
            return Ok(base);
        }
        let place = (scope.org_id().0, survey.id);
        if let Some(found) = self.with_modules.find(&place) {
            return Ok(found);
        }
        let mut whole =
            if asks_expected { Arc::clone(asked) } else { Arc::new(asked.without_looking_back()) };
        for module in &survey.modules {
            let module = self.instrument(connection, scope, &module.key, module.version)?;
            whole = Arc::new(whole.attach(&module).map_err(|error| Error::Broken(error.to_string()))?);
        }
        Ok(self.with_modules.keep(place, Version::Questionnaire(whole)))
    }
}
