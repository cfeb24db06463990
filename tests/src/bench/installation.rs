//! An installation for a bench: one organisation with keys, a running survey of the shipped instrument, its places.
//!
//! Made through the use cases and the store, without a server. Called by the benches before they start one.

use std::path::Path;
use std::sync::Arc;

use laatu::clock::{SystemChance, SystemClock};
use laatu::domain::{Collection, Role, SurveyState};
use laatu::mail::Mailer;
use laatu::service::create_key::create_key;
use laatu::service::create_organisation::{self, create_organisation};
use laatu::service::create_survey::{self, create_survey, set_survey_state};
use laatu::service::erasure_list::ErasureList;
use laatu::service::links::LinkKeys;
use laatu::service::once::in_transaction;
use laatu::service::survey_way::WayRequest;
use laatu::service::{Parts, Services};
use laatu::store::api_keys::KeyRights;
use laatu::store::authority;
use laatu::store::surveys::Survey;
use laatu::store::{OrgScope, Store, Target, migrate, places};
use survey_forms::instrument::Instrument;

use super::generate::PLACES;

/// Key of the survey in URLs.
pub const SURVEY: &str = "field";
/// Short name of the organisation.
pub const ORGANISATION: &str = "bench";

/// The use cases on a database that holds one organisation and one running survey.
pub struct Installation {
    /// The use cases' common parts.
    pub services: Services,
    /// The organisation.
    pub scope: OrgScope,
    /// The survey.
    pub survey: Survey,
    /// Its questionnaire.
    pub instrument: Arc<Instrument>,
    /// Key of an owner.
    pub owner: String,
    /// Key of the shop that sends orders.
    pub sender: String,
}

impl Installation {
    /// Makes it on an empty database, with link keys and mails in a folder.
    ///
    /// The database is held alone until this is dropped; only then can a service be started on it.
    pub fn make(target: &Target, folder: &Path) -> Self {
        let store = Store::open(target).expect("the database opens");
        migrate::migrate(&store).expect("the schema is made");
        let services = services(store, folder);
        let request = create_organisation::Request {
            slug: ORGANISATION.to_owned(),
            name: "Bench".to_owned(),
            contact: "care@bench.example".to_owned(),
            privacy_url: "https://bench.example/privacy".to_owned(),
            zone: "Europe/Helsinki".to_owned(),
        };
        create_organisation(&services, &request).expect("an organisation");
        let scope = services.store.read(|connection| authority::operator(connection, ORGANISATION));
        let scope = scope.expect("the organisation is there");
        let key = |role| {
            let rights = KeyRights { role, grants: vec![], test: false };
            create_key(&services, &scope, &rights).expect("a key")
        };
        let (owner, sender) = (key(Role::Owner), key(Role::Sender));
        let (survey, instrument) = running_survey(&services, &scope);
        Self { services, scope, survey, instrument, owner, sender }
    }
}

/// The use cases on an open database, with link keys, mails and the list of erasures in a folder.
pub fn services(store: Store, folder: &Path) -> Services {
    let chance = SystemChance;
    let mail = format!("file:{}", folder.join("mail").display());
    let parts = Parts {
        store,
        clock: Arc::new(SystemClock),
        links: LinkKeys::load_or_create(&link_key_file(folder), &chance).expect("link keys"),
        chance: Arc::new(chance),
        mailer: Mailer::from_setting(&mail, folder.join("test-mail")).expect("a setting for mail"),
        public_url: "https://surveys.example".to_owned(),
    };
    let mut services = Services::new(parts).expect("the templates are sound");
    services.erasure_list = Some(ErasureList::at(erasure_list(folder)));
    services
}

/// Where an installation's erased customers are listed.
pub fn erasure_list(folder: &Path) -> std::path::PathBuf {
    folder.join("erasures.txt")
}

/// Where an installation's link keys are.
pub fn link_key_file(folder: &Path) -> std::path::PathBuf {
    folder.join("link-key.toml")
}

fn running_survey(services: &Services, scope: &OrgScope) -> (Survey, Arc<Instrument>) {
    let request = create_survey::Request {
        key: SURVEY.to_owned(),
        instrument: "perceived-quality".to_owned(),
        version: None,
        length: "standard".to_owned(),
        event: "delivered".to_owned(),
        delay: "3d".to_owned(),
        quiet: "none".to_owned(),
        languages: vec![],
        way: WayRequest::default(),
        collection: Collection::Orders,
        offer: laatu::service::survey_offer::OfferRequest::default(),
    };
    in_transaction(services, |connection| {
        create_survey(services, connection, scope, &request)?;
        let survey = set_survey_state(connection, scope, SURVEY, SurveyState::Running)?;
        for place in 1..=PLACES {
            places::number(connection, scope, &format!("place-{place:02}"))?;
        }
        let instrument = services.version_of(connection, scope, &survey)?.questionnaire()?;
        Ok((survey, instrument))
    })
    .expect("a running survey")
}
