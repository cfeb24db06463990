//! A fresh database for each test: a file in a folder of its own, or a database of its own on a cluster.

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use laatu::clock::{Chance, SystemChance};
use laatu::store::Target;
use tempfile::TempDir;

/// Which of the two databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The embedded file.
    Sqlite,
    /// The server.
    Postgres,
}

/// A database that nobody else uses; it is gone when this is dropped.
pub struct Database {
    url: String,
    keeper: Keeper,
}

enum Keeper {
    Folder { _kept: TempDir },
    Cluster { admin_url: String, name: String },
}

impl Database {
    /// A fresh, empty database.
    pub fn fresh(kind: Kind) -> Self {
        match kind {
            Kind::Sqlite => Self::sqlite(),
            Kind::Postgres => Self::on_cluster(&cluster_url()),
        }
    }

    fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder for a database");
        let url = format!("sqlite://{}", folder.path().join("laatu.db").display());
        Self { url, keeper: Keeper::Folder { _kept: folder } }
    }

    /// A fresh database on the cluster behind `admin_url`.
    pub fn on_cluster(admin_url: &str) -> Self {
        let name = format!("laatu_{}", unique());
        execute(admin_url, &format!("CREATE DATABASE {name}"));
        let (server, _) =
            admin_url.rsplit_once('/').expect("the URL of a cluster ends with a database's name");
        let url = format!("{server}/{name}");
        Self { url, keeper: Keeper::Cluster { admin_url: admin_url.to_owned(), name } }
    }

    /// A copy of `template` on the same cluster, to which nobody may be connected.
    pub fn copied(admin_url: &str, template: &Self) -> Self {
        let name = format!("laatu_{}", unique());
        let (_, of) = template.url.rsplit_once('/').expect("the URL ends with a database's name");
        execute(admin_url, &format!("CREATE DATABASE {name} TEMPLATE {of}"));
        let (server, _) =
            admin_url.rsplit_once('/').expect("the URL of a cluster ends with a database's name");
        let url = format!("{server}/{name}");
        Self { url, keeper: Keeper::Cluster { admin_url: admin_url.to_owned(), name } }
    }

    /// Its URL, as the setting `database-url` takes it.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The same, parsed.
    pub fn target(&self) -> Target {
        Target::parse(&self.url).expect("our own URL can be read")
    }

    /// Which of the two it is.
    pub const fn kind(&self) -> Kind {
        match self.keeper {
            Keeper::Folder { .. } => Kind::Sqlite,
            Keeper::Cluster { .. } => Kind::Postgres,
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Keeper::Cluster { admin_url, name } = &self.keeper
            && let Ok(mut connection) = PgConnection::establish(admin_url)
        {
            // A database that stays behind goes with its cluster; no reason to fail a test that passed.
            drop(connection.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")));
        }
    }
}

fn execute(url: &str, sql: &str) {
    let mut connection = PgConnection::establish(url)
        .unwrap_or_else(|error| panic!("PostgreSQL at {url} does not answer: {error}"));
    connection.batch_execute(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
}

/// Where the PostgreSQL cluster of this run is; a run without one fails, it never skips.
#[allow(
    clippy::disallowed_methods,
    reason = "the address of the cluster is a setting of the tests, not of the service"
)]
pub fn cluster_url() -> String {
    std::env::var("LAATU_TEST_POSTGRES").unwrap_or_else(|_| {
        panic!(
            "no PostgreSQL for the tests: run tests/run, or set LAATU_TEST_POSTGRES \
             (such as postgres://laatu@127.0.0.1:5432/postgres)"
        )
    })
}

/// Letters and digits that no other test has.
pub fn unique() -> String {
    let mut bytes = [0u8; 16];
    SystemChance.fill(&mut bytes);
    uuid::Builder::from_random_bytes(bytes).into_uuid().simple().to_string()
}
