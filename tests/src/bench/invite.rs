//! Invitations that were sent and never opened, written straight into the tables, and the pages posted to them.
//!
//! What a mail run would have left behind: customer, order, invitation, and the job that ends the link. Called by
//! the benches before the service starts.

use laatu::domain::order::CustomerData;
use laatu::domain::{BasisKind, Channel, Id, InvitationState, JobKind, Micros, Reason};
use laatu::service;
use laatu::service::links::Purpose;
use laatu::service::once::in_transaction;
use laatu::store::customers::{self, NewCustomer};
use laatu::store::invitations::{self, Invitation};
use laatu::store::orders::{self, Happened, StoredOrder};
use laatu::store::{AnyConnection, authority, jobs, organisations};
use survey_forms::answer::{Answer, AnswerSheet};

use super::chance::Chance;
use super::installation::Installation;
use super::opinion::Opinions;

/// Invitations that are written in one transaction.
const TOGETHER: usize = 1_000;
/// Different postings that are made up for each page.
const VARIANTS: usize = 8;

/// A mailed link that nobody has opened.
#[derive(Clone, Debug)]
pub struct Link {
    /// Its path, `/s/…`.
    pub path: String,
    /// The form behind it.
    pub form: usize,
}

/// Writes so many invitations; orders are numbered from `first`.
pub fn invite(installation: &Installation, first: usize, count: usize) -> Vec<Link> {
    let route = installation.services.store.read(|connection| {
        let organisation = organisations::get(connection, &installation.scope)?;
        Ok(organisation.route)
    });
    let route = route.expect("the organisation is there");
    let forms = usize::from(installation.instrument.form_count());
    let mut links = Vec::with_capacity(count);
    let numbers: Vec<usize> = (first..first + count).collect();
    for batch in numbers.chunks(TOGETHER) {
        let made = in_transaction(&installation.services, |connection| {
            batch.iter().map(|number| one(installation, connection, *number, number % forms)).collect()
        });
        let secrets: Vec<(String, usize)> = made.expect("the invitations are written");
        links.extend(
            secrets.into_iter().map(|(secret, form)| Link { path: format!("/s/{route}.{secret}"), form }),
        );
    }
    links
}

fn one(
    installation: &Installation,
    connection: &mut AnyConnection,
    number: usize,
    form: usize,
) -> service::Result<(String, usize)> {
    let Installation { services, scope, survey, .. } = installation;
    let now = services.now();
    let order = order(installation, connection, number)?;
    orders::insert(connection, scope, &order, now)?;
    let id = services.new_id();
    let key_id = services.links.current_id().to_owned();
    let secret = services.links.secret(&key_id, Purpose::Answer, id).expect("the current key is there");
    let expires_at = now.plus_seconds(i64::from(survey.valid_days) * 86_400);
    let invitation = Invitation {
        id,
        survey_id: survey.id,
        order_id: order.id,
        customer_id: order.customer_id,
        form: i16::try_from(form).expect("a form"),
        length: survey.length,
        language: order.language,
        state: InvitationState::Sent,
        reason: None,
        send_at: Some(now),
        sent_at: Some(now),
        started_at: None,
        answered_at: None,
        expires_at: Some(expires_at),
        token_hash: authority::secret_hash(&secret),
        link_key_id: key_id,
        test: false,
        created_at: now,
        module: 0,
        looks_back: true,
        carrier: laatu::domain::Carrier::Mail,
    };
    invitations::insert(connection, scope, &invitation)?;
    let job = services.new_id();
    jobs::plan(connection, scope, job, JobKind::ExpireInvitation, id, expires_at, now)?;
    Ok((secret, form))
}

/// An order of a customer who never bought before.
fn order(
    installation: &Installation,
    connection: &mut AnyConnection,
    number: usize,
) -> service::Result<StoredOrder> {
    let Installation { services, scope, survey, .. } = installation;
    let now = services.now();
    let order_number = format!("B{number:08}");
    let language = survey.languages[number % survey.languages.len()].clone();
    let data = CustomerData {
        email: format!("customer-{number}@example.org"),
        name: "Aino".to_owned(),
        language: language.clone(),
        ..CustomerData::default()
    };
    let match_hash = services.links.identity_hash(&data.identity(false, &order_number));
    let new_id = services.new_id();
    let group = services.links.customer_group(new_id);
    let new = NewCustomer { id: new_id, group, data: &data, match_hash: &match_hash };
    let customer_id = customers::find_or_insert(connection, scope, new, now)?;
    Ok(order_of(services.new_id(), customer_id, order_number, number, &language, now))
}

/// A delivered order.
fn order_of(
    id: Id,
    customer_id: Id,
    order_number: String,
    number: usize,
    language: &str,
    now: Micros,
) -> StoredOrder {
    let placed_at = now.plus_seconds(-7 * 86_400);
    StoredOrder {
        id,
        test: false,
        order_number,
        customer_id,
        channel: Channel::ALL[number % Channel::ALL.len()],
        contact_channel: number.is_multiple_of(3).then_some(Channel::Phone),
        place_id: i32::try_from(number % 21).expect("a place"),
        language: language.to_owned(),
        placed_at,
        expected_delivery_at: None,
        value: None,
        attributes: "{}".to_owned(),
        basis: Some((BasisKind::ExistingCustomerNotice, String::new(), placed_at)),
        happened: Happened { delivered_at: Some(delivered(now)), ..Happened::default() },
        fingerprint: vec![0; 32],
        quiet: false,
    }
}

fn delivered(now: Micros) -> Micros {
    now.plus_seconds(-4 * 86_400)
}

/// A customer who is not stored yet.
pub struct Buyer {
    /// Their id.
    pub id: Id,
    /// Their group for variances.
    pub group: i16,
    /// What the order says of them.
    pub data: CustomerData,
}

/// What an order leaves behind when it comes: its customer, itself, and an invitation that waits for its event.
pub fn rows(installation: &Installation, number: usize) -> (Buyer, StoredOrder, Invitation) {
    let Installation { services, survey, .. } = installation;
    let (now, id) = (services.now(), services.new_id());
    let data = CustomerData {
        email: format!("customer-{number}@example.org"),
        name: "Aino".to_owned(),
        language: "fi".to_owned(),
        ..CustomerData::default()
    };
    let buyer = Buyer { id: services.new_id(), group: services.links.customer_group(id), data };
    let order = StoredOrder {
        happened: Happened::default(),
        ..order_of(services.new_id(), buyer.id, format!("O{number:08}"), number, "fi", now)
    };
    let invitation = Invitation {
        id,
        survey_id: survey.id,
        order_id: order.id,
        customer_id: buyer.id,
        form: -1,
        length: survey.length,
        language: "fi".to_owned(),
        state: InvitationState::Skipped,
        reason: Some(Reason::NotDue),
        send_at: None,
        sent_at: None,
        started_at: None,
        answered_at: None,
        expires_at: None,
        token_hash: [id.to_vec(), id.to_vec()].concat(),
        link_key_id: services.links.current_id().to_owned(),
        test: false,
        created_at: now,
        module: 0,
        looks_back: true,
        carrier: laatu::domain::Carrier::Mail,
    };
    (buyer, order, invitation)
}

/// The bodies of a form's pages as a browser posts them: by form, then a few variants, then by page.
pub fn bodies(installation: &Installation, seed: u64) -> Vec<Vec<Vec<String>>> {
    let opinions = Opinions::of(&installation.instrument);
    let mut chance = Chance::new(seed);
    (0..opinions.forms())
        .map(|form| (0..VARIANTS).map(|_| filled(installation, &opinions, &mut chance, form)).collect())
        .collect()
}

/// One body for each page; no page is empty, so that each is taken at once.
fn filled(
    installation: &Installation,
    opinions: &Opinions<'_>,
    chance: &mut Chance,
    form: usize,
) -> Vec<String> {
    loop {
        let filled = opinions.fill(chance, form, 0.0);
        let sheet = AnswerSheet::from_bytes(&installation.instrument, &filled.answers);
        let sheet = sheet.expect("the answers fit the instrument");
        let pages: Vec<String> =
            opinions.pages(form).iter().map(|page| body(installation, page, &sheet)).collect();
        if filled.finished && pages.iter().all(|page| page.contains('=') && page != "comment=") {
            return pages;
        }
    }
}

fn body(installation: &Installation, page: &survey_forms::form::PagePlan, sheet: &AnswerSheet) -> String {
    let field = |place: &usize| {
        let key = &installation.instrument.items()[*place].key;
        match sheet.get(*place)? {
            Answer::Choice(code) => Some(format!("{key}={code}")),
            Answer::NotApplicable | Answer::DontKnow => Some(format!("{key}=na")),
            Answer::Skipped | Answer::NotShown => None,
        }
    };
    let comment = page.comment.then(|| "comment=".to_owned());
    page.items.iter().filter_map(field).chain(comment).collect::<Vec<_>>().join("&")
}
