//! A field to torture: an organisation with a survey in the field and many sent links, made once and copied.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use diesel::sql_types::{SmallInt, Text};
use diesel::{Connection, QueryableByName, RunQueryDsl, SqliteConnection, sql_query};
use laatu::app::{self, Jobs};
use laatu::clock::{Clock, SystemChance, SystemClock};
use laatu::domain::{Grant, Role};
use laatu::mail::Mailer;
use laatu::service::create_key::create_key;
use laatu::service::create_organisation::{self, create_organisation};
use laatu::service::links::LinkKeys;
use laatu::service::{Parts, Services};
use laatu::store::api_keys::KeyRights;
use laatu::store::authority;
use laatu::store::{Store, Target, migrate};
use serde_json::{Value, json};

use super::plan::FormPlan;
use crate::database::{Database, Kind};
use crate::mailbox::Mailbox;
use crate::schema::Any;
use crate::wait::wait_for;
use crate::web::Client;

/// Orders in one request.
const BATCH: usize = 500;

/// One sent link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its path, `/s/…`.
    pub path: String,
    /// Id of its invitation, in hexadecimal digits.
    pub id: String,
    /// Which form of the design it opens.
    pub form: u8,
}

/// Sent links, all unopened, with what stands on their forms.
#[derive(Clone, Debug)]
pub struct Sown {
    /// The links.
    pub links: Vec<Link>,
    plans: BTreeMap<u8, FormPlan>,
}

impl Sown {
    /// These links.
    pub fn of(links: Vec<Link>) -> Self {
        let plans = links.iter().map(|link| (link.form, FormPlan::of(link.form))).collect();
        Self { links, plans }
    }

    /// The plan of a link's form.
    pub fn plan(&self, link: usize) -> &FormPlan {
        &self.plans[&self.links[link].form]
    }
}

/// A database with sent links, of which copies are tortured.
pub struct Field {
    /// The links.
    pub sown: Sown,
    /// A key that reads reports.
    pub owner: String,
    template: Database,
    cluster: Option<String>,
}

#[derive(QueryableByName)]
struct FormRow {
    #[diesel(sql_type = Text)]
    id: String,
    #[diesel(sql_type = SmallInt)]
    form: i16,
}

impl Field {
    /// Sows a field of so many sent links; `cluster` is the URL of a PostgreSQL cluster, none means SQLite.
    pub fn sow(cluster: Option<&str>, links: usize) -> Self {
        let template = cluster.map_or_else(|| Database::fresh(Kind::Sqlite), Database::on_cluster);
        let folder = tempfile::tempdir().expect("a folder for mails");
        let (owner, mails) = prepare(&template, folder.path(), links);
        let forms = forms(&template.target());
        let links = mails.into_iter().map(|(id, path)| Link { form: forms[&id], id, path }).collect();
        Self { sown: Sown::of(links), owner, template, cluster: cluster.map(str::to_owned) }
    }

    /// Which database it is.
    pub const fn kind(&self) -> Kind {
        self.template.kind()
    }

    /// A copy that nobody else uses.
    pub fn copy(&self) -> Database {
        if let Some(cluster) = &self.cluster {
            return Database::copied(cluster, &self.template);
        }
        let copy = Database::fresh(Kind::Sqlite);
        let Target::Sqlite(path) = copy.target() else { unreachable!("it is a file") };
        self.copy_to(&path);
        copy
    }

    /// Writes a copy of the SQLite file to a path.
    pub fn copy_to(&self, path: &Path) {
        let Target::Sqlite(from) = self.template.target() else {
            panic!("only a file can be copied to a path")
        };
        let mut connection = SqliteConnection::establish(&from.to_string_lossy()).expect("the file opens");
        let statement = format!("VACUUM INTO '{}'", path.display());
        sql_query(statement).execute(&mut connection).expect("the file is copied");
    }
}

/// Fills a fresh database through the service itself, and ends it again; the owner's key, and id and path of each link.
fn prepare(database: &Database, folder: &Path, links: usize) -> (String, Vec<(String, String)>) {
    let store = Store::open(&database.target()).expect("the database opens");
    migrate::migrate(&store).expect("the schema is made");
    let mail = folder.join("mail");
    let services = Services::new(Parts {
        store,
        clock: Arc::new(SystemClock),
        chance: Arc::new(SystemChance),
        links: LinkKeys::generate(&SystemChance),
        mailer: Mailer::from_setting(&format!("file:{}", mail.display()), folder.join("test"))
            .expect("a mailer"),
        public_url: "https://surveys.example".to_owned(),
    });
    let services = Arc::new(services.expect("the templates are sound"));
    let running = app::start(Arc::clone(&services), "127.0.0.1:0", Jobs::ByHand).expect("the service starts");
    let owner = shop(&services);
    sow_orders(&Client::of(&running.url()), &owner, links);
    while laatu::jobs::run_due(&services).expect("jobs can be worked on") > 0 {}
    drop(running);
    wait_for("the last request to end", || (Arc::strong_count(&services) == 1).then_some(()));
    drop(services);
    let mails = Mailbox::at(&mail).mails();
    assert_eq!(mails.len(), links, "every order is mailed");
    let id = |message_id: &str| message_id.split('.').next().expect("an id").replace('-', "");
    (owner, mails.iter().map(|mail| (id(&mail.message_id), mail.link_path().to_owned())).collect())
}

fn shop(services: &Services) -> String {
    let request = create_organisation::Request {
        slug: "tuulia".to_owned(),
        name: "Tuulia".to_owned(),
        contact: "care@tuulia.example".to_owned(),
        privacy_url: "https://tuulia.example/privacy".to_owned(),
        zone: "Europe/Helsinki".to_owned(),
    };
    create_organisation(services, &request).expect("an organisation");
    let scope = services.store.read(|connection| authority::operator(connection, "tuulia"));
    let rights = KeyRights { role: Role::Owner, grants: vec![Grant::Rows], test: false };
    create_key(services, &scope.expect("the organisation"), &rights).expect("a key")
}

fn sow_orders(client: &Client, owner: &str, links: usize) {
    let survey = json!({"key": "field", "instrument": "perceived-quality", "length": "standard",
        "rule": {"event": "placed", "delay": "0d"}, "quiet": "none"});
    client.post_json(owner, "/api/v1/surveys", &survey).expect(201);
    client.post_json(owner, "/api/v1/surveys/field/start", &json!({})).expect(200);
    let now = SystemClock.now().rfc3339();
    let numbers: Vec<usize> = (0..links).collect();
    for batch in numbers.chunks(BATCH) {
        let orders: Vec<Value> = batch.iter().map(|number| order(*number, &now)).collect();
        client.post_json(owner, "/api/v1/orders", &json!({"orders": orders})).expect(200);
    }
}

fn order(number: usize, now: &str) -> Value {
    json!({
        "order_number": format!("T{number:05}"), "channel": "web", "placed_at": now,
        "customer": {"email": format!("customer-{number}@example.org"), "language": "en"},
        "contact_basis": {"kind": "existing_customer_notice", "notice_at": now}
    })
}

fn forms(target: &Target) -> BTreeMap<String, u8> {
    let rows: Vec<FormRow> = match Any::to(target) {
        Any::Sqlite(mut inner) => {
            sql_query("SELECT lower(hex(invitation_id)) AS id, form FROM invitation").load(&mut inner)
        }
        Any::Postgres(mut inner) => {
            sql_query("SELECT encode(invitation_id, 'hex') AS id, form FROM invitation").load(&mut inner)
        }
    }
    .expect("the invitations can be read");
    rows.into_iter().map(|row| (row.id, u8::try_from(row.form).expect("a small number"))).collect()
}
