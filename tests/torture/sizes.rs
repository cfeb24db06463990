//! How much of each fault a run does, and which faults.

/// Counts, and what was chosen on the command line.
#[derive(Clone, Debug)]
pub struct Sizes {
    /// Kills at random moments on SQLite.
    pub random_kills_sqlite: u32,
    /// Kills at fail points on SQLite.
    pub point_kills_sqlite: u32,
    /// Kills at random moments of a service on PostgreSQL.
    pub random_kills_postgres: u32,
    /// Kills at fail points of a service on PostgreSQL.
    pub point_kills_postgres: u32,
    /// Kills of one of two nodes.
    pub node_kills: u32,
    /// Times that the disk gets full.
    pub full_disks: u32,
    /// Locks of five seconds.
    pub locks: u32,
    /// Links on which 64 customers race on SQLite.
    pub race_links_sqlite: usize,
    /// The same on PostgreSQL, where a race takes five times as long.
    pub race_links_postgres: usize,
    /// SIGTERMs under load.
    pub terminations: u32,
    /// Times that all backends are ended.
    pub backend_ends: u32,
    /// Replies to COMMIT that are dropped.
    pub commit_replies: u32,
    /// Other faults of the network.
    pub network_faults: u32,
    /// Immediate stops of PostgreSQL.
    pub postgres_stops: u32,
    /// Kills while mails are handed over, on SQLite.
    pub mail_kills_sqlite: u32,
    /// The same on PostgreSQL.
    pub mail_kills_postgres: u32,
    /// Whether overload is measured, too.
    pub overload: bool,
    /// Seed of chance.
    pub seed: u64,
    only: Vec<String>,
}

impl Sizes {
    /// The sizes of the gate.
    fn gate() -> Self {
        Self {
            random_kills_sqlite: 300,
            point_kills_sqlite: 100,
            random_kills_postgres: 100,
            point_kills_postgres: 40,
            node_kills: 20,
            full_disks: 3,
            locks: 3,
            race_links_sqlite: 1000,
            race_links_postgres: 200,
            terminations: 5,
            backend_ends: 20,
            commit_replies: 30,
            network_faults: 20,
            postgres_stops: 5,
            mail_kills_sqlite: 200,
            mail_kills_postgres: 40,
            overload: false,
            seed: 1,
            only: vec![],
        }
    }

    /// The sizes of a long run.
    fn large() -> Self {
        Self {
            random_kills_sqlite: 1000,
            point_kills_sqlite: 300,
            random_kills_postgres: 200,
            point_kills_postgres: 80,
            node_kills: 100,
            full_disks: 20,
            locks: 12,
            terminations: 20,
            backend_ends: 200,
            commit_replies: 300,
            network_faults: 200,
            postgres_stops: 50,
            mail_kills_sqlite: 2000,
            mail_kills_postgres: 400,
            race_links_postgres: 1000,
            ..Self::gate()
        }
    }

    /// Reads the command line: `--large`, `--overload`, `--seed N`, and names of faults or their beginnings.
    pub fn read(arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let (large, others): (Vec<String>, Vec<String>) = arguments.partition(|one| one == "--large");
        let mut sizes = if large.is_empty() { Self::gate() } else { Self::large() };
        let mut arguments = others.into_iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--overload" => sizes.overload = true,
                "--seed" => {
                    let seed = arguments.next().and_then(|text| text.parse().ok());
                    sizes.seed = seed.ok_or("--seed needs a whole number")?;
                }
                name if !name.starts_with('-') => sizes.only.push(name.to_owned()),
                unknown => return Err(format!("unknown argument {unknown}; see tests/faults --help")),
            }
        }
        Ok(sizes)
    }

    /// Whether a fault is to be run.
    pub fn is_chosen(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| name.starts_with(only.as_str()))
    }
}
