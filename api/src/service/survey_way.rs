//! How a survey asks: on what pages, with what modules, before the service or after it, and of how many everything.
//!
//! Also the numbers by which lengths and ways of paging are stored.

use survey_forms::form::{Length, Paging};
use survey_forms::instrument::Instrument;

use super::create_survey::{checked, problem};
use super::publish_instrument::newest_or_shipped;
use super::{Error, Result, Services};
use crate::domain::Channel;
use crate::domain::reader::FieldProblem;
use crate::store::surveys::{self, AttachedModule};
use crate::store::{AnyConnection, OrgScope};

/// How a survey should ask, as it came.
#[derive(Clone, Debug, Default)]
pub struct WayRequest {
    /// `one`, `section` or `all`; empty means `section`.
    pub paging: String,
    /// Of a hundred customers, those who are asked everything.
    pub full_share: i64,
    /// Key of the survey that asks, before the service, what is expected of the same orders; empty for none.
    pub expectation: String,
    /// Contact channels with the instrument that is attached for each.
    pub modules: Vec<(String, String)>,
    /// Whether the mail shows the first question.
    pub first_in_mail: bool,
}

/// How a survey asks.
#[derive(Clone, Debug)]
pub struct Way {
    /// Code of how its questions are spread over pages.
    pub paging: i16,
    /// Of a hundred customers, those who are asked everything.
    pub full_share: i16,
    /// Number of the survey that asks, before the service, what is expected; 0 for none.
    pub expectation_id: i32,
    /// The attached modules.
    pub modules: Vec<AttachedModule>,
}

/// Reads how a survey should ask; what is wrong goes to the problems, and then there may be no answer.
pub(super) fn read(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    request: &WayRequest,
    instrument: &Instrument,
    problems: &mut Vec<FieldProblem>,
) -> Result<Option<Way>> {
    let paging = checked(problems, "/paging", parse_paging(&request.paging));
    let share = i16::try_from(request.full_share).ok().filter(|share| (0..=100).contains(share));
    let share =
        share.ok_or_else(|| "from 0 to 100 of a hundred customers can be asked everything".to_owned());
    let full_share = checked(problems, "/full_share", share);
    let expectation_id = expectation(services, connection, scope, &request.expectation, instrument)?;
    let expectation_id = checked(problems, "/expectation", expectation_id);
    let mut modules = Vec::new();
    let mut whole = instrument.clone();
    for (place, asked) in request.modules.iter().enumerate() {
        let pointer = format!("/modules/{place}");
        let module = module(services, connection, scope, asked, &mut whole)?;
        modules.extend(checked(problems, &pointer, module));
    }
    let channels: Vec<&str> = modules.iter().map(|module| module.channel.word()).collect();
    if let Some(twice) = channels
        .iter()
        .enumerate()
        .find(|(place, word)| channels.iter().take(*place).any(|other| other == *word))
    {
        problems.push(problem("/modules", format!("{} has two modules, one fits", twice.1)));
    }
    let (Some(paging), Some(full_share), Some(expectation_id)) = (paging, full_share, expectation_id) else {
        return Ok(None);
    };
    Ok(Some(Way { paging, full_share, expectation_id, modules }))
}

/// The survey that asks before the service: it must share questions and forms with this one.
fn expectation(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    key: &str,
    instrument: &Instrument,
) -> Result<std::result::Result<i32, String>> {
    if key.is_empty() {
        return Ok(Ok(0));
    }
    let Some(earlier) = surveys::find(connection, scope, key)? else {
        return Ok(Err(format!("there is no survey \"{key}\"; make the one about expectations first")));
    };
    let others = surveys::all(connection, scope)?;
    if let Some(other) = others.iter().find(|other| other.expectation_id == earlier.id) {
        return Ok(Err(format!("survey {key} is already linked with survey {}", other.key)));
    }
    let asks = services.version_of(connection, scope, &earlier)?.questionnaire()?;
    if asks.form_count() != instrument.form_count() {
        return Ok(Err(format!("{} and {} have different forms", asks.key(), instrument.key())));
    }
    if !asks.shares_expectations(instrument) {
        return Ok(Err(format!("{} asks no expectation that {} has", asks.key(), instrument.key())));
    }
    Ok(Ok(earlier.id))
}

/// A module with its channel, attached to what was attached before.
fn module(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    (channel, key): &(String, String),
    whole: &mut Instrument,
) -> Result<std::result::Result<AttachedModule, String>> {
    let Some(channel) = Channel::from_word(channel) else {
        let words = Channel::words();
        return Ok(Err(format!("\"{channel}\" is not a contact channel; accepted are {words}")));
    };
    let newest = match newest_or_shipped(services, connection, scope, key) {
        Ok(newest) => newest,
        Err(Error::Invalid(found)) => {
            let words = found.into_iter().map(|one| one.message).collect::<Vec<_>>();
            return Ok(Err(words.join("; ")));
        }
        Err(error) => return Err(error),
    };
    let instrument = match services.instrument(connection, scope, key, newest.version) {
        Err(Error::Conflict(words)) => return Ok(Err(format!("{key}: {words}"))),
        found => found?,
    };
    match whole.attach(&instrument) {
        Ok(attached) => *whole = attached,
        Err(error) => return Ok(Err(error.to_string())),
    }
    Ok(Ok(AttachedModule { channel, key: key.clone(), version: newest.version }))
}

/// Reads a way of paging as its code; nothing means section by section.
fn parse_paging(text: &str) -> std::result::Result<i16, String> {
    if text.is_empty() {
        return Ok(paging_code(Paging::Section));
    }
    Paging::parse(text)
        .map(paging_code)
        .ok_or_else(|| format!("\"{text}\" is not a way of paging; accepted are one, section or all"))
}

/// The number of a way of paging in the database; never changed or used again.
pub const fn paging_code(paging: Paging) -> i16 {
    match paging {
        Paging::One => 1,
        Paging::Section => 2,
        Paging::All => 3,
    }
}

/// The way of paging behind a number of the database; 0 stands for answers that had no pages.
pub const fn paging_of(code: i16) -> Option<Paging> {
    match code {
        1 => Some(Paging::One),
        2 => Some(Paging::Section),
        3 => Some(Paging::All),
        _ => None,
    }
}

/// Reads the word for a length as its code.
pub(super) fn parse_length(text: &str) -> std::result::Result<i16, String> {
    Length::parse(text)
        .map(length_code)
        .ok_or_else(|| format!("\"{text}\" is not a length; accepted are quick, standard or full"))
}

/// The number of a length in the database.
pub const fn length_code(length: Length) -> i16 {
    match length {
        Length::Quick => 1,
        Length::Standard => 2,
        Length::Full => 3,
    }
}

/// The length behind a number of the database.
pub const fn length_of(code: i16) -> Option<Length> {
    match code {
        1 => Some(Length::Quick),
        2 => Some(Length::Standard),
        3 => Some(Length::Full),
        _ => None,
    }
}
