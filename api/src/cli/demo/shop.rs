//! The demo's shop: an organisation with two branches, and its survey in the field.

use crate::domain::{Collection, Role, SurveyState};
use crate::service::create_key::create_key;
use crate::service::create_organisation::{self, create_organisation};
use crate::service::create_survey::{self, DEFAULT_QUIET, create_survey, set_survey_state};
use crate::service::once::in_transaction;
use crate::service::survey_offer::OfferRequest;
use crate::service::survey_way::WayRequest;
use crate::service::{Result, Services};
use crate::store::api_keys::KeyRights;
use crate::store::authority;

/// Short name of the shop.
pub const ORGANISATION: &str = "tuulia";
/// Key of its survey.
pub const SURVEY: &str = "after-delivery";
/// The questionnaire that it asks.
pub const INSTRUMENT: &str = "perceived-quality";
/// Of a hundred customers, those who are asked everything, what they had expected too: a long form is for a few.
const FULL_SHARE: i64 = 15;

/// Makes the shop, puts its survey in the field, and gives an owner's key.
pub fn open_shop(services: &Services) -> Result<String> {
    create_organisation(
        services,
        &create_organisation::Request {
            slug: ORGANISATION.to_owned(),
            name: "Tuulia".to_owned(),
            contact: "care@tuulia.example".to_owned(),
            privacy_url: "https://tuulia.example/privacy".to_owned(),
            zone: "Europe/Helsinki".to_owned(),
        },
    )?;
    let request = create_survey::Request {
        key: SURVEY.to_owned(),
        instrument: INSTRUMENT.to_owned(),
        version: None,
        length: "standard".to_owned(),
        event: "delivered".to_owned(),
        delay: "3d".to_owned(),
        quiet: DEFAULT_QUIET.to_owned(),
        languages: vec![],
        way: WayRequest { full_share: FULL_SHARE, ..WayRequest::default() },
        collection: Collection::Orders,
        offer: OfferRequest::default(),
    };
    let scope = in_transaction(services, |connection| {
        let scope = authority::operator(connection, ORGANISATION)?;
        create_survey(services, connection, &scope, &request)?;
        set_survey_state(connection, &scope, SURVEY, SurveyState::Running)?;
        Ok(scope)
    })?;
    create_key(services, &scope, &KeyRights { role: Role::Owner, grants: vec![], test: false })
}
