//! A job under way: what a worker does in one go, taken apart, so that a test can step in between.
//!
//! Only the outcome of mails is noted here; everything else goes through `Server::run_jobs`.

use laatu::mail::Outcome;
use laatu::service::once::{in_read, in_transaction};
use laatu::service::report_mails::{self, BegunReport};
use laatu::service::sending::{Asker, Begun, Outgoing, begin, note_over, note_sent, write};
use laatu::store::jobs::{self, Leased};
use laatu::store::organisations;

use crate::server::Server;

/// How long a lease of the tests holds.
const LEASE_S: i64 = 600;

/// A job that a worker has taken and not yet noted; forgotten, it is what a killed worker leaves.
pub struct UnderWay<'s> {
    server: &'s Server,
    leased: Leased,
    begun: Option<Box<Outgoing>>,
}

impl Server {
    /// Takes the only job that is due, as a worker does before it does anything else.
    pub fn take_job(&self) -> UnderWay<'_> {
        let services = self.services();
        let now = services.now();
        let due = services.store.read(|connection| jobs::due_organisation(connection, now, 0));
        let org = due.expect("jobs can be looked for").expect("a job is due");
        let until = now.plus_seconds(LEASE_S);
        let leased = services.store.write(|connection| jobs::lease(connection, org, now, until, 2));
        let mut leased = leased.expect("jobs can be leased");
        assert_eq!(leased.len(), 1, "only one job is due");
        UnderWay { server: self, leased: leased.remove(0), begun: None }
    }
}

impl UnderWay<'_> {
    /// Marks the mail and hands it over, when there is one to send now; whether there was.
    pub fn hand_over(&mut self) -> bool {
        let services = self.server.services();
        let begun = in_transaction(services, |connection| {
            let asker = Asker::read(connection, &self.leased.scope)?;
            begin(services, connection, &asker, &self.leased)
        });
        let Begun::Mail(outgoing) = begun.expect("a mail can be begun") else { return false };
        let scope = &self.leased.scope;
        let written = in_read(services, |connection| write(services, connection, scope, &outgoing));
        let envelope = written.expect("a mail can be written");
        assert_eq!(services.mailer.send(&envelope), Outcome::Sent);
        self.begun = Some(outgoing);
        true
    }

    /// The same for the figures of a view.
    pub fn hand_over_report(&mut self) -> bool {
        let services = self.server.services();
        let begun = in_transaction(services, |connection| {
            let organisation = organisations::get(connection, &self.leased.scope)?;
            report_mails::begin(services, connection, &organisation, &self.leased)
        });
        let BegunReport::Mail(outgoing) = begun.expect("a mail can be begun") else { return false };
        let written = in_read(services, |connection| report_mails::write(services, connection, &outgoing));
        assert_eq!(services.mailer.send(&written.expect("a mail can be written")), Outcome::Sent);
        true
    }

    /// Notes that the mail has left.
    pub fn note_sent(self) {
        let services = self.server.services();
        let outgoing = self.begun.as_deref().expect("the mail was handed over");
        let noted =
            in_transaction(services, |it| note_sent(services, it, &self.leased, outgoing, &Outcome::Sent));
        noted.expect("the mail can be noted");
    }

    /// Notes that nothing was sent.
    pub fn note_not_now(self) {
        let services = self.server.services();
        in_transaction(services, |it| note_over(services, it, &self.leased)).expect("the job can be noted");
    }
}
