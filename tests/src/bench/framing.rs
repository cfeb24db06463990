//! Orders and invitations behind made-up answers, as if each had been mailed for, and some that nobody answered.
//!
//! Written before the answers, straight into the tables, a batch in each transaction; the counts that the service
//! stores of invitations are brought up as it goes. Called by `tests/bench --generate` and by the benches.

use laatu::domain::order::CustomerData;
use laatu::domain::time::DAY;
use laatu::domain::{Channel, Id, InvitationState, Micros, Reason};
use laatu::service::Services;
use laatu::service::frames::fold::fold_survey;
use laatu::service::once::in_transaction;
use laatu::store::customers::{self, NewCustomer};
use laatu::store::invitations::{self, Invitation};
use laatu::store::orders::{self, Happened, StoredOrder};
use laatu::store::responses::{self, Response};
use laatu::store::{AnyConnection, OrgScope};

use super::chance::Chance;

/// Answers with what stands behind them that are written in one transaction.
const TOGETHER: usize = 1_000;
/// After so many answers, one more invitation that nobody answered.
const SILENT: usize = 5;

/// Most answers that are written in one transaction.
const MOST_TOGETHER: usize = 20_000;

/// Writes all answers to the organisation's log, one of `every` with its order and invitation; how many rows of the log.
///
/// `tell` is called after each transaction with the rows written so far.
pub fn write(
    services: &Services,
    scope: &OrgScope,
    mut answers: impl Iterator<Item = Response>,
    every: usize,
    mut tell: impl FnMut(u64),
) -> u64 {
    let (mut written, mut survey, mut chance) = (0, None, Chance::new(7));
    loop {
        let together = TOGETHER.saturating_mul(every).min(MOST_TOGETHER);
        let mut batch: Vec<Response> = answers.by_ref().take(together).collect();
        let Some(first) = batch.first() else { break };
        survey = Some(first.survey_id);
        for one in &mut batch {
            // Each has a customer of its own.
            one.first_of_year = true;
        }
        let silent: Vec<Response> =
            batch.iter().step_by(SILENT * every).map(|one| another(one, &mut chance)).collect();
        in_transaction(services, |connection| {
            for one in batch.iter().step_by(every).filter(|one| one.revision == 1) {
                // Who left before the end has answered when the link ran out.
                let state = if one.finished { InvitationState::Answered } else { InvitationState::Expired };
                put(connection, scope, one, state)?;
            }
            for (index, one) in silent.iter().enumerate() {
                put(connection, scope, one, SILENCE[index % SILENCE.len()])?;
            }
            let rows: Vec<(&Response, &str)> = batch.iter().map(|one| (one, "")).collect();
            Ok(responses::append_all(connection, scope, &rows)?)
        })
        .expect("the answers are written");
        fold_survey(services, scope, batch[0].survey_id, &|| true).expect("the invitations are counted");
        written += batch.len() as u64;
        tell(written);
    }
    if let Some(survey) = survey {
        fold_survey(services, scope, survey, &|| true).expect("the invitations are counted");
    }
    written
}

/// What becomes of invitations that nobody answers.
const SILENCE: [InvitationState; 4] =
    [InvitationState::Expired, InvitationState::Expired, InvitationState::Bounced, InvitationState::Skipped];

/// Somebody else at the same time and place, with an id that was made then, too.
fn another(one: &Response, chance: &mut Chance) -> Response {
    let mut bytes = one.id.to_vec();
    bytes[8..].copy_from_slice(&chance.bits().to_be_bytes());
    let id = Id::from_bytes(&bytes).expect("16 bytes");
    Response { id, answers: Vec::new(), ..one.clone() }
}

/// Customer, order and invitation of one answer; all three have its id.
fn put(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    one: &Response,
    state: InvitationState,
) -> laatu::service::Result<()> {
    let delivered_at = Micros(i64::from(one.service_day) * DAY + DAY / 2);
    let sent_at = delivered_at.plus_seconds(3 * 86_400);
    let is_sent = state != InvitationState::Skipped;
    let data = CustomerData {
        email: format!("{}@example.org", one.id),
        language: one.language.clone(),
        ..CustomerData::default()
    };
    let match_hash = one.id.to_vec();
    let new = NewCustomer { id: one.id, group: one.customer_group, data: &data, match_hash: &match_hash };
    customers::find_or_insert(connection, scope, new, delivered_at)?;
    orders::insert(connection, scope, &order(one, delivered_at), delivered_at)?;
    let answered_at = (state == InvitationState::Answered).then_some(Micros(one.answered_at));
    let invitation = Invitation {
        id: one.id,
        survey_id: one.survey_id,
        order_id: one.id,
        customer_id: one.id,
        // As before anything was planned: forms were not given out by turns here.
        form: -1,
        length: one.length,
        language: one.language.clone(),
        state,
        reason: (!is_sent).then_some(Reason::NoContactBasis),
        send_at: is_sent.then_some(sent_at),
        sent_at: is_sent.then_some(sent_at),
        started_at: answered_at,
        answered_at,
        expires_at: is_sent.then(|| sent_at.plus_seconds(60 * 86_400)),
        token_hash: one.id.to_vec(),
        link_key_id: "k1".to_owned(),
        test: false,
        created_at: delivered_at,
        module: 0,
        looks_back: true,
        carrier: laatu::domain::Carrier::Mail,
    };
    Ok(invitations::insert(connection, scope, &invitation)?)
}

fn order(one: &Response, delivered_at: Micros) -> StoredOrder {
    StoredOrder {
        id: one.id,
        test: false,
        order_number: one.id.to_string(),
        customer_id: one.id,
        channel: Channel::from_code(one.channel).expect("a channel"),
        contact_channel: Channel::from_code(one.contact_channel),
        place_id: one.place_id,
        language: one.language.clone(),
        placed_at: delivered_at.plus_seconds(-3 * 86_400),
        expected_delivery_at: None,
        value: None,
        attributes: "{}".to_owned(),
        basis: None,
        happened: Happened { delivered_at: Some(delivered_at), ..Happened::default() },
        fingerprint: vec![0; 32],
        quiet: false,
    }
}
