//! What all faults stand on: a PostgreSQL cluster of the run's own, and a sown field on each database.

use std::time::Instant;

use laatu_tests::Kind;
use laatu_tests::faults::Field;
use laatu_tests::faults::chance::Dice;
use laatu_tests::postgres::Cluster;

use crate::sizes::Sizes;

/// Links of a field, when no fault asks for more.
const LINKS: usize = 800;

/// Made when it is first needed.
pub struct Ground {
    /// Chance of the run.
    pub dice: Dice,
    links: usize,
    // Dropped in this order: fields lie on the cluster.
    sqlite: Option<Field>,
    postgres: Option<Field>,
    cluster: Option<Cluster>,
}

impl Ground {
    /// Nothing is made yet.
    pub fn new(sizes: &Sizes) -> Self {
        let links = LINKS.max(sizes.race_links_sqlite).max(sizes.race_links_postgres);
        Self { dice: Dice::new(sizes.seed), links, sqlite: None, postgres: None, cluster: None }
    }

    /// The field on a database of this kind.
    pub fn field(&mut self, kind: Kind) -> &Field {
        match kind {
            Kind::Sqlite => self.sqlite.get_or_insert_with(|| sown(None, self.links)),
            Kind::Postgres => {
                let cluster = self.cluster.get_or_insert_with(|| Cluster::with(&[]));
                self.postgres.get_or_insert_with(|| sown(Some(cluster.url()), self.links))
            }
        }
    }

    /// The field on PostgreSQL, and the cluster under it.
    pub fn field_and_cluster(&mut self) -> (&Field, &mut Cluster) {
        self.field(Kind::Postgres);
        let field = self.postgres.as_ref().expect("it was sown just now");
        (field, self.cluster.as_mut().expect("it was started just now"))
    }
}

fn sown(cluster: Option<&str>, links: usize) -> Field {
    let began = Instant::now();
    let field = Field::sow(cluster, links);
    println!("   a field of {links} links on {:?}: {:.0} s", field.kind(), began.elapsed().as_secs_f64());
    field
}
