//! The API described by itself: OpenAPI 3.1 from the handlers' own annotations.

use std::sync::LazyLock;

use serde_json::{Map, Value};
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{Modify, OpenApi, ToSchema};

use crate::http::problem::PROBLEM_JSON;
use crate::http::rest::{
    annotations, bounces, hooks, instruments, invitations, keys, open_links, orders, organisation, reports,
    responses, sending, suppressions, surveys, webhooks,
};

/// One order, or a batch as `{"orders": [...]}`.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes what domain::order reads")]
pub struct OrderInput {
    /// The shop's own number: the identity of the order.
    order_number: String,
    /// Who bought.
    customer: CustomerInput,
    /// web, in_person, phone, email, chat or community.
    channel: String,
    /// Shop, branch or desk.
    place: Option<String>,
    /// RFC 3339 with offset.
    placed_at: String,
    /// RFC 3339 with offset.
    expected_delivery_at: Option<String>,
    /// What it cost.
    value: Option<ValueInput>,
    /// Further facts, at most 8 kB.
    #[schema(value_type = Option<Object>)]
    attributes: Option<Value>,
    /// What allows a survey mail; without it the order is stored and nothing is sent.
    contact_basis: Option<ContactBasisInput>,
}

/// A customer as an order names them.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes what domain::order reads")]
pub struct CustomerInput {
    /// Mail address.
    email: Option<String>,
    /// Telephone.
    phone: Option<String>,
    /// Name.
    name: Option<String>,
    /// Language tag.
    language: Option<String>,
    /// The shop's own id of the customer.
    external_id: Option<String>,
}

/// Money in minor units.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes what domain::order reads")]
pub struct ValueInput {
    /// Cents, öre, fillér …
    amount_minor: i64,
    /// ISO 4217.
    currency: String,
}

/// What allows a survey mail.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes what domain::order reads")]
pub struct ContactBasisInput {
    /// consent, existing_customer_notice or other.
    kind: String,
    /// Its words; needed for other.
    text: Option<String>,
    /// When the customer was told or agreed.
    notice_at: String,
}

/// What happened on a day.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes what service::annotations reads")]
pub struct AnnotationInput {
    /// The day that it is about, such as 2026-03-03.
    day: String,
    /// In at most 120 characters.
    words: String,
}

/// Order numbers to look for.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes what the handler reads")]
pub struct OrderNumbersInput {
    /// 1 to 1,000 numbers.
    order_numbers: Vec<String>,
}

/// Why all mails rest.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes what the handler reads")]
pub struct PauseInput {
    /// In words that colleagues read.
    reason: Option<String>,
}

/// A customer, named by exactly one of these.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes what the handler reads")]
pub struct WhomInput {
    /// Mail address.
    email: Option<String>,
    /// Telephone.
    phone: Option<String>,
    /// The shop's own id.
    external_id: Option<String>,
    /// Number of one of their orders.
    order_number: Option<String>,
}

/// An address.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes what the handler reads")]
pub struct AddressInput {
    /// Mail address; this or a telephone number.
    email: Option<String>,
    /// Telephone number with its country, such as +358401234567.
    phone: Option<String>,
}

/// Which survey a slip is for.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes what the handler reads")]
pub struct SlipInput {
    /// Key of the survey.
    survey: String,
}

/// An address that is not to be mailed.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes what the handler reads")]
pub struct SuppressionInput {
    /// Mail address; only its keyed hash is kept. This or a telephone number.
    email: Option<String>,
    /// Telephone number with its country, such as +358401234567.
    phone: Option<String>,
    /// unsubscribed, bounced, complained or imported (unless told).
    cause: Option<String>,
}

/// A mail that came back, named by exactly one of message_id, invitation and email.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes what the handler reads")]
pub struct BounceInput {
    /// hard, soft or complaint.
    kind: String,
    /// The mail's own id.
    message_id: Option<String>,
    /// Id of the invitation; meant is the latest mail about it.
    invitation: Option<String>,
    /// Mail address; meant is the latest mail to it.
    email: Option<String>,
    /// When it came back, RFC 3339 with offset.
    at: Option<String>,
}

/// What happened to an order.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes what domain::event reads")]
pub struct EventInput {
    /// placed, shipped, delivered, cancelled, returned, refunded, contacted, complaint_opened or complaint_closed.
    kind: String,
    /// RFC 3339 with offset.
    at: String,
    /// Only for contacted: by which channel.
    channel: Option<String>,
}

/// What a survey is held against.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes what the handler reads")]
pub struct TargetInput {
    /// Points of 100 with at most one decimal, 1 to 100; null for none.
    target: Option<f64>,
}

/// What makes a survey.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes what the handler reads")]
pub struct SurveyInput {
    /// Its key: a-z, 0-9 and -.
    key: String,
    /// Key of a published or shipped instrument.
    instrument: String,
    /// A version; the newest unless told.
    version: Option<i32>,
    /// quick, standard (the default) or full.
    length: Option<String>,
    /// When it asks.
    rule: Option<RuleInput>,
    /// Quiet hours, such as 20:00-08:00,sun (the default) or none.
    quiet: Option<String>,
    /// Language tags; all of the instrument unless told.
    languages: Option<Vec<String>>,
    /// One question a page (one), one section a page (section, the default), or everything on one page (all).
    paging: Option<String>,
    /// Of a hundred customers, those who are asked everything; 0 unless told.
    full_share: Option<i16>,
    /// Key of the survey that asks, before the service, what is expected of the same orders.
    expectation: Option<String>,
    /// Contact channels with the instrument that is attached for those who were in touch that way.
    modules: Option<std::collections::BTreeMap<String, String>>,
    /// Whether the mail shows the first question; its answers are links that only mark one.
    first_in_mail: Option<bool>,
}

/// When a survey asks.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes what the handler reads")]
pub struct RuleInput {
    /// placed, shipped or delivered (the default).
    event: Option<String>,
    /// 3d (the default), 12h, 0d …
    delay: Option<String>,
}

/// What a new key may do.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes what the handler reads")]
pub struct KeyInput {
    /// owner, admin, analyst, agent, sender or auditor.
    role: String,
    /// rows: live figures and single answers.
    grants: Option<Vec<String>>,
    /// Its orders never mail a real person and never enter a report.
    test: Option<bool>,
}

/// What an organisation says about itself; absent fields stay.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes what service::change_organisation reads")]
pub struct OrganisationInput {
    /// Name as customers know it.
    name: Option<String>,
    /// Mail address where a person answers.
    contact: Option<String>,
    /// Where replies go.
    reply_to: Option<String>,
    /// Its own privacy words; empty brings ours back.
    privacy_text: Option<OwnWordsInput>,
    /// Its privacy page.
    privacy_url: Option<String>,
    /// 1 to 120.
    retention_months: Option<i32>,
    /// Time zone, such as Europe/Helsinki.
    zone: Option<String>,
    /// 0 to 720.
    correction_hours: Option<i32>,
    /// Its colour as #rrggbb; empty brings ours back.
    accent: Option<String>,
    /// Its goodbye, on the thank-you page and in mails.
    closing_words: Option<OwnWordsInput>,
    /// What came of earlier answers, on the thank-you page.
    you_said_we_did: Option<OwnWordsInput>,
    /// What it offers after a low judgement, on the thank-you page.
    recovery_offer: Option<RecoveryOfferInput>,
    /// As it is; it cannot be changed.
    slug: Option<String>,
    /// Who takes short messages for telephones; empty for nobody.
    message_gateway: Option<String>,
    /// As it is; no key changes it.
    second_step: Option<String>,
}

/// Own words: a text for all languages, or one for each; `{{organisation}}`, `{{contact}}`, `{{order}}` and
/// `{{place}}` are filled in.
#[derive(ToSchema, serde::Serialize)]
#[serde(untagged)]
#[allow(dead_code, reason = "describes what service::read_own_words reads")]
pub enum OwnWordsInput {
    /// For pages of every language.
    Everywhere(String),
    /// By language tag.
    ByLanguage(std::collections::BTreeMap<String, String>),
}

/// An offer of help; what it does not name goes back to its default.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes what service::change_organisation reads")]
pub struct RecoveryOfferInput {
    /// The offer; empty takes it back.
    words: OwnWordsInput,
    /// 1 to 100: shown below so many points of 100; unless told at the two lowest codes.
    below: Option<i32>,
    /// A page with help, https.
    link: Option<String>,
}

/// An open link; all may be left out.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes what service::open_links reads")]
pub struct OpenLinkInput {
    /// Shop, branch or desk that answers by this link carry.
    place: Option<String>,
    /// web, in_person (unless told), phone, email, chat or community.
    channel: Option<String>,
    /// What you call it, at most 120 characters.
    label: Option<String>,
}

/// An endpoint to which events are brought.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes what service::webhooks reads")]
pub struct WebhookInput {
    /// https://…, at most 500 characters, on port 443 or 8443.
    url: String,
    /// survey.answered, survey.corrected, score.low, invitation.sent, invitation.bounced; all unless told.
    events: Option<Vec<String>>,
    /// It gets the events of test keys, and only these.
    test: Option<bool>,
}

/// The report: `{value, n, ci95}` wherever a number stands, `{"undefined": reason, "n": n}` where none can.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes report::Report")]
pub struct ReportOutput {
    /// items, dimensions, quality, outcome of everybody.
    #[schema(value_type = Object)]
    total: Value,
    /// The same by level of what `by` named.
    #[schema(value_type = Object)]
    by: Map<String, Value>,
    /// answered, sent, bounced, value, n, ci95.
    #[schema(value_type = Option<Object>)]
    response_rate: Option<Value>,
    /// Version, conventions, filters, as_of, source, suppressed.
    #[schema(value_type = Object)]
    about: Value,
}

struct KeySecurity;

impl Modify for KeySecurity {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let components = document.components.get_or_insert_with(Default::default);
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("laatu_…").build();
        components.add_security_scheme("key", SecurityScheme::Http(scheme));
    }
}

/// Every operation can refuse: without a key, with a body that cannot be read, when the service is busy.
struct CommonRefusals;

impl Modify for CommonRefusals {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let schema = Ref::from_schema_name("ProblemBody");
        let refusal = ResponseBuilder::new()
            .description("A refusal in words: see /api/docs/errors")
            .content(PROBLEM_JSON, ContentBuilder::new().schema(Some(schema)).build())
            .build();
        for path in document.paths.paths.values_mut() {
            for operation in
                [&mut path.get, &mut path.post, &mut path.put, &mut path.delete].into_iter().flatten()
            {
                operation.responses.responses.insert("default".to_owned(), RefOr::T(refusal.clone()));
            }
        }
    }
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Laatu",
        description = "Orders in, surveys out, perceived-quality scores with their intervals. Times are RFC 3339 UTC, \
                       ids are strings, errors are application/problem+json with the id of the request.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    paths(
        orders::create,
        orders::missing,
        orders::create_event,
        orders::make_slip,
        hooks::shopify,
        hooks::woocommerce,
        organisation::change,
        organisation::show,
        keys::create,
        keys::list,
        keys::revoke,
        instruments::publish,
        surveys::create,
        surveys::list,
        surveys::start,
        surveys::pause,
        surveys::preview,
        surveys::set_target,
        annotations::create,
        annotations::list,
        annotations::delete,
        open_links::create,
        open_links::list,
        open_links::draw,
        open_links::close,
        invitations::list,
        sending::stop,
        sending::go_on,
        sending::tell_why,
        sending::log,
        sending::show_mail,
        bounces::take,
        suppressions::list,
        suppressions::add,
        suppressions::check,
        suppressions::remove,
        reports::as_json,
        reports::as_html,
        reports::as_file,
        responses::download_bundle,
        responses::download,
        responses::show_codebook,
        webhooks::create,
        webhooks::list,
        webhooks::delete,
        webhooks::enable,
        webhooks::disable,
        webhooks::rotate,
        webhooks::test,
        webhooks::deliveries,
        webhooks::replay,
    ),
    components(schemas(crate::http::problem::ProblemBody)),
    modifiers(&KeySecurity, &CommonRefusals)
)]
struct Api;

static DOCUMENT: LazyLock<String> = LazyLock::new(|| Api::openapi().to_pretty_json().unwrap_or_default());

/// The description as JSON.
pub fn document() -> &'static str {
    &DOCUMENT
}
