//! Data files brought in by the real command, beside a service that runs on the same database.

use serde_json::Value;

use crate::program::{Desk, Output};
use crate::server::{Server, Shop};

/// An operator who imports into an organisation of a running service.
pub struct Importing<'s> {
    server: &'s Server,
    /// The organisation.
    pub shop: Shop,
    /// The operator's folder.
    pub desk: Desk,
}

impl<'s> Importing<'s> {
    /// An organisation called `tuulia` and an operator beside it.
    pub fn on(server: &'s Server) -> Self {
        let desk = Desk::new().with("LAATU_DATABASE_URL", server.database().url());
        Self { server, shop: server.shop("tuulia"), desk }
    }

    /// The same with these two files in the folder, as `data.csv` and `map.toml`.
    pub fn with(server: &'s Server, data: &str, map: &str) -> Self {
        let importing = Self::on(server);
        importing.desk.write("data.csv", data);
        importing.desk.write("map.toml", map);
        importing
    }

    /// Imports `data.csv` by `map.toml` into the survey `desk`, with further arguments.
    pub fn run(&self, further: &[&str]) -> Output {
        let mut all = vec!["import", "responses", "data.csv", "--org", "tuulia"];
        all.extend(["--survey", "desk", "--map", "map.toml"]);
        all.extend(further);
        self.desk.run(&all)
    }

    /// What `laatu score` says of the same files.
    pub fn score(&self) -> Value {
        let scored = self.desk.run(&["score", "data.csv", "--map", "map.toml", "--format", "json"]).expect(0);
        serde_json::from_str(&scored.out).expect("the report is JSON")
    }

    /// The report of the survey `desk` as its owner reads it.
    pub fn report(&self, query: &str) -> Value {
        self.server.report(&self.shop.owner, "desk", query)
    }

    /// How the owner's reading of the report ends.
    pub fn status(&self, query: &str) -> u16 {
        let path = format!("/api/v1/surveys/desk/report?{query}");
        self.server.client().get_as(&self.shop.owner, &path).status
    }
}

/// The paths at which two trees differ, in order; a part that one of them lacks is one path.
pub fn differing(ours: &Value, theirs: &Value) -> Vec<String> {
    let mut paths = Vec::new();
    compare("", ours, theirs, &mut paths);
    paths
}

fn compare(path: &str, ours: &Value, theirs: &Value, paths: &mut Vec<String>) {
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match (ours, theirs) {
        (Value::Object(left), Value::Object(right)) => {
            let mut keys: Vec<&String> = left.keys().chain(right.keys()).collect();
            keys.sort();
            keys.dedup();
            for key in keys {
                match (left.get(key), right.get(key)) {
                    (Some(left), Some(right)) => compare(&below(key), left, right, paths),
                    _ => paths.push(below(key)),
                }
            }
        }
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            for (index, (left, right)) in left.iter().zip(right).enumerate() {
                compare(&below(&index.to_string()), left, right, paths);
            }
        }
        _ if ours == theirs => {}
        _ => paths.push(path.to_owned()),
    }
}
