//! The real service in this process: real HTTP, a fresh database, mails as files; only time and chance are ours.

use std::path::PathBuf;
use std::sync::Arc;

use laatu::app::{self, Jobs, Running};
use laatu::clock::{Chance, Clock, ManualClock, SeededChance};
use laatu::domain::Micros;
use laatu::mail::Mailer;
use laatu::outbound::{Allowed, Poster, SystemNames};
use laatu::service::bounces::Returns;
use laatu::service::erasure_list::ErasureList;
use laatu::service::links::LinkKeys;
use laatu::service::{Parts, Services};
use laatu::store::{Store, migrate};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::database::{Database, Kind};
pub use crate::json::merge;
use crate::mailbox::Mailbox;
use crate::respondent::Respondent;
pub use crate::shop::Shop;
use crate::wait::wait_for;
use crate::web::{Answer, Client};

/// When every test begins: a Monday noon in Helsinki, no quiet hour.
pub const START: &str = "2026-05-04T09:00:00Z";

/// What mails link to; respondents take the path and come to the real port.
pub const PUBLIC_URL: &str = "https://surveys.example";

/// A running service with everything around it.
pub struct Server {
    // Dropped in this order: no request any more, then the service, then its database and its folder.
    client: Client,
    running: Running,
    services: Arc<Services>,
    clock: Arc<ManualClock>,
    around: Around,
}

/// What outlives a restart of the service.
struct Around {
    mail: Option<String>,
    returns: Returns,
    folder: TempDir,
    database: Database,
}

impl Server {
    /// A service on a fresh database of this kind; mails become files.
    pub fn on(kind: Kind) -> Self {
        Self::with_mail(kind, None)
    }

    /// The same with a setting for mail, such as that of an SMTP server.
    pub fn with_mail(kind: Kind, mail: Option<&str>) -> Self {
        Self::with_returns(kind, mail, Returns::default())
    }

    /// The same with what is done about mails that come back.
    pub fn with_returns(kind: Kind, mail: Option<&str>, returns: Returns) -> Self {
        let folder = tempfile::tempdir().expect("a folder for mails");
        let around =
            Around { mail: mail.map(str::to_owned), returns, folder, database: Database::fresh(kind) };
        let chance = Arc::new(SeededChance::new(11));
        let links = LinkKeys::generate(chance.as_ref());
        Self::start(around, Arc::new(ManualClock::at(instant(START))), chance, links)
    }

    /// Ends the service and starts it again on the same database, with these link keys.
    #[must_use]
    pub fn restarted_with(self, links: LinkKeys) -> Self {
        let Self { client, running, services, clock, around } = self;
        drop((client, running));
        wait_for("the last request to end", || (Arc::strong_count(&services) == 1).then_some(()));
        let chance = Arc::clone(&services.chance);
        drop(services);
        Self::start(around, clock, chance, links)
    }

    fn start(around: Around, clock: Arc<ManualClock>, chance: Arc<dyn Chance>, links: LinkKeys) -> Self {
        let store = Store::open(&around.database.target()).expect("the database opens");
        migrate::migrate(&store).expect("the schema is made");
        let folder = around.folder.path();
        let files = format!("file:{}", folder.join("mail").display());
        let mailer = Mailer::from_setting(around.mail.as_deref().unwrap_or(&files), folder.join("test-mail"));
        let services = Services::new(Parts {
            store,
            clock: clock.clone(),
            links,
            chance,
            mailer: mailer.expect("a setting for mail"),
            public_url: PUBLIC_URL.to_owned(),
        });
        let mut services = services.expect("the templates are sound");
        services.returns = around.returns.clone();
        services.erasure_list = Some(ErasureList::at(folder.join("erasures.txt")));
        // Endpoints of the tests are on this machine; what the real setting refuses has tests of its own.
        let loopback = Allowed::parse("127.0.0.0/8").expect("a network");
        services.poster = Poster::new(loopback, Arc::new(SystemNames));
        let services = Arc::new(services);
        let running =
            app::start(Arc::clone(&services), "127.0.0.1:0", Jobs::ByHand).expect("the service starts");
        Self { client: Client::of(&running.url()), running, services, clock, around }
    }

    /// A client without a key.
    pub const fn client(&self) -> &Client {
        &self.client
    }

    /// The running service's address.
    pub fn url(&self) -> String {
        self.running.url()
    }

    /// The use cases' common parts.
    pub fn services(&self) -> &Arc<Services> {
        &self.services
    }

    /// The database behind it.
    pub const fn database(&self) -> &Database {
        &self.around.database
    }

    /// The mails to customers.
    pub fn mailbox(&self) -> Mailbox {
        Mailbox::at(&self.mail_folder())
    }

    /// Where the mails to customers are written.
    pub fn mail_folder(&self) -> PathBuf {
        self.around.folder.path().join("mail")
    }

    /// Where erased customers are listed.
    pub fn erasure_list(&self) -> PathBuf {
        self.around.folder.path().join("erasures.txt")
    }

    /// The mails of test keys.
    pub fn test_mailbox(&self) -> Mailbox {
        Mailbox::at(&self.around.folder.path().join("test-mail"))
    }

    /// The files of the short messages of test keys.
    pub fn test_messages(&self) -> Vec<PathBuf> {
        let Ok(entries) = std::fs::read_dir(self.around.folder.path().join("test-mail")) else {
            return vec![];
        };
        let all = entries.map(|entry| entry.expect("an entry").path());
        all.filter(|path| path.to_string_lossy().ends_with(".message.json")).collect()
    }

    /// What the service takes for now.
    pub fn now(&self) -> String {
        self.clock.now().rfc3339()
    }

    /// Moves the clock to an instant; it never goes back.
    pub fn set_clock(&self, at: &str) {
        let at = instant(at);
        assert!(at >= self.clock.now(), "time does not go back");
        self.clock.set(at);
    }

    /// Moves the clock on by hours.
    pub fn advance_hours(&self, hours: i64) {
        self.clock.set(self.clock.now().plus_seconds(hours * 3600));
    }

    /// Moves the clock on by seconds.
    pub fn advance_seconds(&self, seconds: i64) {
        self.clock.set(self.clock.now().plus_seconds(seconds));
    }

    /// Moves the clock on by days of 24 hours.
    pub fn advance_days(&self, days: i64) {
        self.advance_hours(24 * days);
    }

    /// Works on everything that is due; how many jobs that was.
    pub fn run_jobs(&self) -> usize {
        let mut all = 0;
        for _ in 0..1000 {
            match laatu::jobs::run_due(&self.services).expect("jobs can be worked on") {
                0 => return all,
                some => all += some,
            }
        }
        panic!("jobs stay due for ever");
    }

    /// Brings all events that are due to their endpoints; in how many turns.
    pub fn run_webhooks(&self) -> usize {
        let bring = || laatu::service::webhooks::deliver::bring_due(&self.services, &|| true);
        let turns = (0..1000).take_while(|_| bring().expect("events can be brought")).count();
        assert!(turns < 1000, "events stay due for ever");
        turns
    }

    /// Puts the shipped instrument into the field under the key `field`; `changes` replace fields of the request.
    pub fn field_survey(&self, shop: &Shop, changes: &Value) -> String {
        let mut request = json!({
            "key": "field", "instrument": "perceived-quality", "length": "standard",
            "rule": {"event": "delivered", "delay": "3d"}, "quiet": "none"
        });
        merge(&mut request, changes);
        self.client.post_json(&shop.owner, "/api/v1/surveys", &request).expect(201);
        let key = request["key"].as_str().expect("a key").to_owned();
        self.client.post_json(&shop.owner, &format!("/api/v1/surveys/{key}/start"), &json!({})).expect(200);
        key
    }

    /// Posts an order as the sender; the answer.
    pub fn post_order(&self, shop: &Shop, order: &Value) -> Answer {
        self.client.post_json(&shop.sender, "/api/v1/orders", order)
    }

    /// Posts an event of an order as the sender; the answer.
    pub fn post_event(&self, shop: &Shop, order_number: &str, event: &Value) -> Answer {
        self.client.post_json(&shop.sender, &format!("/api/v1/orders/{order_number}/events"), event)
    }

    /// Posts an order that was delivered just now.
    pub fn deliver(&self, shop: &Shop, order: &Value) {
        self.post_order(shop, order).expect(201);
        let number = order["order_number"].as_str().expect("a number");
        let event = json!({"kind": "delivered", "at": self.now()});
        self.post_event(shop, number, &event).expect(200);
    }

    /// Delivers an order, waits until its mail is there, and gives its customer at the link.
    pub fn invite(&self, shop: &Shop, number: &str, changes: &Value) -> Respondent {
        let mut order = self.order(number);
        merge(&mut order, changes);
        self.deliver(shop, &order);
        self.advance_days(3);
        self.run_jobs();
        let address = order["customer"]["email"].as_str().expect("an address");
        let mail = self.mailbox().to(address);
        Respondent::at(self.client.clone(), mail.link_path())
    }

    /// A plain order placed now: English, on the web, with a basis for a mail, a customer of its own.
    pub fn order(&self, number: &str) -> Value {
        json!({
            "order_number": number, "channel": "web", "placed_at": self.now(),
            "customer": {"email": format!("customer-{number}@example.org"), "language": "en"},
            "contact_basis": {"kind": "existing_customer_notice", "notice_at": self.now()}
        })
    }

    /// All invitations of an organisation, as the list shows them page by page.
    pub fn invitations(&self, shop: &Shop) -> Vec<Value> {
        let mut all = Vec::new();
        let mut path = "/api/v1/invitations?limit=200".to_owned();
        loop {
            let page = self.client.get_as(&shop.owner, &path).expect(200).json();
            all.extend(page["invitations"].as_array().expect("a list").iter().cloned());
            let Some(next) = page["next"].as_str() else { return all };
            path = format!("/api/v1/invitations?limit=200&cursor={next}");
        }
    }

    /// The only invitation of an order.
    #[track_caller]
    pub fn invitation(&self, shop: &Shop, number: &str) -> Value {
        let path = format!("/api/v1/invitations?order_number={number}");
        let page = self.client.get_as(&shop.owner, &path).expect(200).json();
        assert_eq!(page["invitations"].as_array().map(Vec::len), Some(1), "{page}");
        page["invitations"][0].clone()
    }

    /// The report as the key's owner sees it; `query` without its question mark.
    pub fn report(&self, key: &str, survey: &str, query: &str) -> Value {
        self.client.get_as(key, &format!("/api/v1/surveys/{survey}/report?{query}")).expect(200).json()
    }
}

/// An instant written as RFC 3339.
pub fn instant(text: &str) -> Micros {
    Micros::parse(text).expect("an instant")
}
