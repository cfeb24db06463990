//! Open links of a survey: made, listed, closed, and shown as an address or a QR code.

use serde::Serialize;
use serde_json::Value;

use super::links::Purpose;
use super::{Error, Result, Services, invalid, qr};
use crate::domain::reader::ObjectReader;
use crate::domain::{Channel, Id, Micros};
use crate::store::authority::{OPEN_SECRET_LETTERS, secret_hash};
use crate::store::open_links::{self, OpenLink};
use crate::store::surveys::{self, Survey};
use crate::store::{AnyConnection, OrgScope, organisations, places};

/// Longest name of a link, in characters.
const LONGEST_LABEL: usize = 120;
/// Longest key of a place, as in orders.
const LONGEST_PLACE: usize = 80;

/// What makes a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Key of the place that its answers carry; empty for none.
    pub place: String,
    /// The channel that its answers carry.
    pub channel: Channel,
    /// What the organisation calls it; may be empty.
    pub label: String,
}

impl Request {
    /// Reads the body of a request; all its mistakes come together.
    pub fn parse(value: &Value) -> Result<Self> {
        let mut reader = ObjectReader::open(value, "");
        let place = reader.text_or_empty("place", LONGEST_PLACE).unwrap_or_default();
        let label = reader.text_or_empty("label", LONGEST_LABEL).unwrap_or_default();
        let channel =
            reader.word("channel", Channel::from_word, &Channel::words()).unwrap_or(Channel::InPerson);
        let problems = reader.finish();
        if problems.is_empty() { Ok(Self { place, channel, label }) } else { Err(Error::Invalid(problems)) }
    }
}

/// A link as answers show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ShownLink {
    /// Its id.
    pub id: String,
    /// The address to print.
    #[schema(example = "https://ask.example.org/o/abcdefghij.klmnopqrstuv")]
    pub address: String,
    /// Place that its answers carry; none when it has none.
    pub place: Option<String>,
    /// Channel that its answers carry.
    #[schema(example = "in_person")]
    pub channel: &'static str,
    /// What the organisation calls it.
    pub label: String,
    /// When it was made, RFC 3339 UTC.
    pub created_at: String,
    /// When it was closed.
    pub closed_at: Option<String>,
}

/// All links of a survey.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct LinkList {
    /// Oldest first.
    pub links: Vec<ShownLink>,
}

/// Makes a link of an open survey.
pub fn create(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_key: &str,
    request: &Request,
) -> Result<ShownLink> {
    let survey = open_survey(connection, scope, survey_key)?;
    if request.place.chars().chain(request.label.chars()).any(char::is_control) {
        return Err(invalid("", "characters", "place and label are one line each"));
    }
    let id = services.new_id();
    let key_id = services.links.current_id().to_owned();
    let link = OpenLink {
        id,
        survey_id: survey.id,
        place_id: places::number(connection, scope, &request.place)?,
        channel: request.channel,
        label: request.label.clone(),
        token_hash: secret_hash(&secret(services, &key_id, id)?),
        link_key_id: key_id,
        created_at: services.now(),
        closed_at: None,
    };
    open_links::insert(connection, scope, &link)?;
    Shower::new(services, connection, scope)?.show(&link)
}

/// All links of an open survey.
pub fn list(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_key: &str,
) -> Result<LinkList> {
    let survey = open_survey(connection, scope, survey_key)?;
    let shower = Shower::new(services, connection, scope)?;
    let links = open_links::of_survey(connection, scope, survey.id)?;
    Ok(LinkList { links: links.iter().map(|link| shower.show(link)).collect::<Result<_>>()? })
}

/// One link.
pub fn get(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_key: &str,
    id: &str,
) -> Result<ShownLink> {
    let link = find(connection, scope, survey_key, id)?;
    Shower::new(services, connection, scope)?.show(&link)
}

/// Closes a link: from now on it begins no form; forms begun before can be finished.
pub fn close(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_key: &str,
    id: &str,
) -> Result<ShownLink> {
    let link = find(connection, scope, survey_key, id)?;
    open_links::close(connection, scope, link.id, services.now())?;
    get(services, connection, scope, survey_key, id)
}

/// The QR code of a link as SVG.
pub fn qr_code(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_key: &str,
    id: &str,
) -> Result<String> {
    qr::svg(&get(services, connection, scope, survey_key, id)?.address)
}

fn find(connection: &mut AnyConnection, scope: &OrgScope, survey_key: &str, id: &str) -> Result<OpenLink> {
    let survey = open_survey(connection, scope, survey_key)?;
    let id = Id::parse(id).ok_or(Error::NotFound("link"))?;
    open_links::find(connection, scope, survey.id, id)?.ok_or(Error::NotFound("link"))
}

fn open_survey(connection: &mut AnyConnection, scope: &OrgScope, key: &str) -> Result<Survey> {
    let survey = surveys::find(connection, scope, key)?.ok_or(Error::NotFound("survey"))?;
    if survey.is_open() {
        return Ok(survey);
    }
    Err(Error::Conflict(format!(
        "survey {key} asks the customers of orders; open links belong to a survey made with collection \"open\""
    )))
}

fn secret(services: &Services, key_id: &str, id: Id) -> Result<String> {
    let whole = services.links.secret(key_id, Purpose::Open, id);
    let short = whole.as_ref().and_then(|whole| whole.get(..OPEN_SECRET_LETTERS));
    let missing =
        || Error::Broken(format!("the link key {key_id} is missing: the link cannot be shown again"));
    short.map(str::to_owned).ok_or_else(missing)
}

/// What is needed to show the links of one organisation.
struct Shower<'a> {
    services: &'a Services,
    route: String,
    places: Vec<(i32, String)>,
}

impl<'a> Shower<'a> {
    fn new(services: &'a Services, connection: &mut AnyConnection, scope: &OrgScope) -> Result<Self> {
        let route = organisations::get(connection, scope)?.route;
        Ok(Self { services, route, places: places::all(connection, scope)? })
    }

    fn show(&self, link: &OpenLink) -> Result<ShownLink> {
        let secret = secret(self.services, &link.link_key_id, link.id)?;
        let place = self.places.iter().find(|(number, key)| *number == link.place_id && !key.is_empty());
        Ok(ShownLink {
            id: link.id.to_string(),
            address: format!("{}/o/{}.{secret}", self.services.public_url, self.route),
            place: place.map(|(_, key)| key.clone()),
            channel: link.channel.word(),
            label: link.label.clone(),
            created_at: link.created_at.rfc3339(),
            closed_at: link.closed_at.map(Micros::rfc3339),
        })
    }
}
