//! An organisation of the tests, with a key for each kind of reader and sender.

use laatu::domain::{Grant, Role};
use laatu::service::create_key::create_key;
use laatu::service::create_organisation::{self, create_organisation};
use laatu::store::OrgScope;
use laatu::store::api_keys::KeyRights;
use laatu::store::authority;

use crate::server::Server;

/// An organisation with a key for each kind of reader and sender.
#[derive(Clone, Debug)]
pub struct Shop {
    /// Short name.
    pub slug: String,
    /// May do everything, sees rows.
    pub owner: String,
    /// May do everything but owners; sees no rows.
    pub admin: String,
    /// Reads reports without rows.
    pub analyst: String,
    /// Reads reports, and rows by a grant.
    pub analyst_with_rows: String,
    /// Works on cases.
    pub agent: String,
    /// Sends orders only.
    pub sender: String,
    /// Reads everything but personal data.
    pub auditor: String,
    /// Sends orders that are only tried out.
    pub test: String,
}

impl Server {
    /// Makes an organisation in Helsinki, with its keys.
    pub fn shop(&self, slug: &str) -> Shop {
        let request = create_organisation::Request {
            slug: slug.to_owned(),
            name: format!("Shop {slug}"),
            contact: format!("care@{slug}.example"),
            privacy_url: format!("https://{slug}.example/privacy"),
            zone: "Europe/Helsinki".to_owned(),
        };
        create_organisation(self.services(), &request).expect("an organisation");
        let key = |role, grants: &[Grant], test| self.key(slug, role, grants, test);
        Shop {
            slug: slug.to_owned(),
            owner: key(Role::Owner, &[], false),
            admin: key(Role::Admin, &[], false),
            analyst: key(Role::Analyst, &[], false),
            analyst_with_rows: key(Role::Analyst, &[Grant::Rows], false),
            agent: key(Role::Agent, &[], false),
            sender: key(Role::Sender, &[], false),
            auditor: key(Role::Auditor, &[], false),
            test: key(Role::Sender, &[], true),
        }
    }

    fn key(&self, slug: &str, role: Role, grants: &[Grant], test: bool) -> String {
        let rights = KeyRights { role, grants: grants.to_vec(), test };
        create_key(self.services(), &self.scope(slug), &rights).expect("a key")
    }

    fn scope(&self, slug: &str) -> OrgScope {
        self.services()
            .store
            .read(|connection| authority::operator(connection, slug))
            .expect("the organisation")
    }
}
