//! Who may import whom, read from `cargo metadata` and from the sources; a forbidden edge fails here.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, PackageId};
use laatu_tests::sources::{self, Named, Names};

/// The rooms of the service and what each may name. Whatever is missing here is forbidden.
const ALLOWED: [(&str, &[&str]); 17] = [
    ("main", &["cli"]),
    (
        "cli",
        &[
            "app",
            "clock",
            "config",
            "domain",
            "jobs",
            "mail",
            "openapi",
            "outbound",
            "report",
            "score",
            "service",
            "store",
            "telemetry",
        ],
    ),
    ("app", &["http", "jobs", "service"]),
    // What a handler needs to know of the store: who was let in, and the plain types that use cases hand through.
    ("http", &["domain", "openapi", "report", "service", "store"]),
    ("openapi", &["http"]), // the handlers' own annotations, gathered
    ("jobs", &["domain", "mail", "service", "store"]),
    // Imports read their files and maps by the rules of `score`.
    ("service", &["clock", "domain", "files", "mail", "outbound", "report", "score", "store"]),
    ("files", &["report"]), // files of figures: what they say is the report's
    ("score", &["report"]),
    ("store", &["domain"]),
    ("mail", &["domain"]),
    ("outbound", &[]),
    ("report", &[]),
    ("domain", &["clock"]),  // new ids come from the injected clock and chance
    ("clock", &["domain"]),  // its instants are the domain's
    ("config", &["domain"]), // the nearest known word
    ("telemetry", &[]),
];

/// Parts of the store that nothing above it may name: the tables and the connections' own language.
const INSIDE_THE_STORE: [&str; 2] = ["schema", "connection"];

/// Crates that the two pure rooms must not reach, not even through others.
const NOT_PURE: [&str; 9] =
    ["actix-web", "actix-rt", "diesel", "tokio", "jiff", "chrono", "ureq", "lettre", "laatu"];

/// Parts of the standard library that they must not touch either, tests apart.
const NOT_PURE_OF_STD: [&str; 5] = ["fs", "env", "net", "time", "process"];

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every forbidden edge from one module, in words.
fn forbidden(module: &[String], names: &Names) -> Vec<String> {
    let room = module.first().map_or("lib", String::as_str);
    let allowed =
        ALLOWED.iter().find(|(name, _)| *name == room).map_or(&[] as &[&str], |(_, allowed)| allowed);
    let rooms = ALLOWED.map(|(name, _)| name);
    // The binary names the library by the crate's name.
    let by_name = names.outside.iter().filter(|path| path[0] == "laatu").map(|path| path[1..].to_vec());
    let all: BTreeSet<Named> = names.inside.iter().cloned().chain(by_name).collect();
    let mut found = Vec::new();
    for path in all.iter().filter(|path| path.first().is_some_and(|first| rooms.contains(&first.as_str()))) {
        let target = path[0].as_str();
        if target != room && !allowed.contains(&target) && room != "lib" {
            found.push(format!("{} names {}", module.join("::"), path.join("::")));
        }
        let deep = path.get(1).is_some_and(|part| INSIDE_THE_STORE.contains(&part.as_str()));
        if target == "store" && room != "store" && deep {
            found.push(format!("{} reaches into {}", module.join("::"), path.join("::")));
        }
    }
    found
}

fn edges_of(crate_folder: &str) -> Vec<(Named, Names)> {
    let root = workspace().join(crate_folder).join("src");
    let read = |path: &Path| std::fs::read_to_string(path).unwrap();
    sources::files(&root)
        .into_iter()
        .map(|(module, path)| {
            let names = sources::names(&module, &read(&path));
            (module, names)
        })
        .collect()
}

#[test]
fn no_room_of_the_service_names_a_room_above_it() {
    let sources = edges_of("api");
    assert!(sources.len() > 80, "the sources are read: {}", sources.len());
    let rooms: BTreeSet<&str> =
        sources.iter().filter_map(|(module, _)| Some(module.first()?.as_str())).collect();
    let listed: BTreeSet<&str> = ALLOWED.iter().map(|(name, _)| *name).collect();
    assert_eq!(rooms, listed, "every room stands in the list");
    let found: Vec<String> = sources.iter().flat_map(|(module, names)| forbidden(module, names)).collect();
    assert_eq!(found, [] as [&str; 0]);
}

#[test]
fn a_planted_edge_is_found_in_every_way_of_writing_it() {
    let of = |module: &[&str], source: &str| {
        let module: Named = module.iter().map(|part| (*part).to_owned()).collect();
        forbidden(&module, &sources::names(&module, source))
    };
    let planted = [
        (&["store", "jobs"][..], "use crate::http::problem::Problem;", 1),
        (&["domain", "order"], "use crate::{clock::Clock, store::{Store, jobs}};", 2),
        (&["report", "model"], "fn f() { crate::service::Services::now(); }", 1),
        (&["service", "links"], "use super::super::http::State;", 1),
        (&["http", "pages", "form"], "use crate::store::schema::response;", 1),
        (&["http", "rest", "orders"], "#[utoipa::path(body = crate::mail::Envelope)] fn f() {}", 1),
        (&["jobs", "worker"], "fn f() { tracing::info!(\"{}\", crate::cli::words()); }", 1),
        (&["main"], "use laatu::store::Store;", 1),
        (&["mail", "message"], "mod a { mod b { use super::super::super::super::report::Report; } }", 1),
    ];
    for (module, source, edges) in planted {
        assert_eq!(of(module, source).len(), edges, "{source}");
    }
    let fine = [
        (&["store", "jobs"][..], "use super::connection::AnyConnection; use crate::domain::Id;"),
        (&["service", "links"], "mod tests { use super::*; use crate::clock::SeededChance; }"),
        (&["main"], "fn main() { laatu::cli::run(); }"),
        (&["lib"], "use crate::http::State;"),
    ];
    for (module, source) in fine {
        assert_eq!(of(module, source), [] as [&str; 0], "{source}");
    }
}

#[test]
fn the_pure_rooms_touch_no_file_no_clock_no_network() {
    for room in ["scoring", "survey-forms"] {
        let sources = edges_of(room);
        assert!(sources.len() > 10, "the sources of {room} are read");
        let is_test = |module: &Named| module.last().is_some_and(|last| last.ends_with("tests"));
        for (module, names) in sources.into_iter().filter(|(module, _)| !is_test(module)) {
            let impure = names.outside_of_tests.iter().find(|path| {
                path[0] == "std" && path.get(1).is_some_and(|part| NOT_PURE_OF_STD.contains(&part.as_str()))
            });
            assert_eq!(impure, None, "{room}::{}", module.join("::"));
        }
    }
}

/// The packages for this machine: those of other systems need not be here.
fn metadata() -> Metadata {
    let version = std::process::Command::new("rustc").arg("-vV").output().unwrap();
    let version = String::from_utf8(version.stdout).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let options = ["--offline", "--locked", "--filter-platform", host].map(str::to_owned).to_vec();
    MetadataCommand::new()
        .manifest_path(workspace().join("Cargo.toml"))
        .other_options(options)
        .exec()
        .unwrap()
}

/// Names of all crates that the shipped code of a package reaches; what only its tests need is left out.
fn reached(metadata: &Metadata, name: &str) -> BTreeSet<String> {
    let resolve = metadata.resolve.as_ref().unwrap();
    let first = &metadata.packages.iter().find(|package| package.name.as_str() == name).unwrap().id;
    let mut seen: BTreeSet<&PackageId> = BTreeSet::new();
    let mut open = vec![first];
    while let Some(id) = open.pop() {
        let node = resolve.nodes.iter().find(|node| node.id == *id).unwrap();
        let shipped = node
            .deps
            .iter()
            .filter(|dep| dep.dep_kinds.iter().any(|kind| kind.kind != DependencyKind::Development));
        open.extend(shipped.map(|dep| &dep.pkg).filter(|pkg| seen.insert(pkg)));
    }
    let packages = metadata.packages.iter().filter(|package| seen.contains(&package.id));
    packages.map(|package| package.name.to_string()).collect()
}

#[test]
fn the_pure_crates_reach_no_web_no_database_no_runtime_and_not_each_other() {
    let metadata = metadata();
    for (room, other) in [("scoring", "survey-forms"), ("survey-forms", "scoring")] {
        let reached = reached(&metadata, room);
        assert!(reached.contains("serde"), "{reached:?}");
        let found: Vec<&String> =
            reached.iter().filter(|name| NOT_PURE.contains(&name.as_str()) || *name == other).collect();
        assert_eq!(found, [] as [&String; 0], "{room}");
    }
    let api = reached(&metadata, "laatu");
    assert!(api.contains("scoring") && api.contains("survey-forms") && api.contains("diesel"), "{api:?}");
}

#[test]
fn the_workspace_has_exactly_its_four_rooms_and_builds_the_service_by_default() {
    let metadata = metadata();
    let mut members: Vec<&str> =
        metadata.workspace_packages().iter().map(|package| package.name.as_str()).collect();
    members.sort_unstable();
    assert_eq!(members, ["laatu", "laatu-tests", "scoring", "survey-forms"]);
    let default = metadata.workspace_default_packages();
    assert_eq!(default.iter().map(|package| package.name.as_str()).collect::<Vec<_>>(), ["laatu"]);
}

/// The parameters of a handler of the dashboard, `<file>::<function>`.
fn parameters(handler: &str) -> String {
    let (file, function) = handler.split_once("::").expect("a file and a function");
    let path = workspace().join(format!("api/src/http/pages/desk/{file}.rs"));
    let source = std::fs::read_to_string(path).unwrap();
    let (_, rest) = source.split_once(&format!("pub async fn {function}(")).expect(handler);
    rest.split(") ->").next().unwrap_or_default().to_owned()
}

#[test]
fn every_page_and_form_of_the_dashboard_goes_through_its_door() {
    let routes = std::fs::read_to_string(workspace().join("api/src/http/routes.rs")).unwrap();
    let of = |function: &str| {
        let (_, rest) = routes.split_once(&format!("fn {function}(")).expect(function);
        rest.split("\n}\n").next().unwrap()
    };
    let dashboard = [of("dashboard_routes"), of("survey_pages")].concat();
    let handlers = |method: &str| -> Vec<String> {
        let after = dashboard.split(method).skip(1);
        after.map(|rest| rest.split(')').next().unwrap().trim().to_owned()).collect()
    };
    let (pages, forms) = (handlers("web::get().to(desk::"), handlers("web::post().to(desk::"));
    assert!(pages.len() >= 10 && forms.len() >= 12, "{pages:?} {forms:?}");
    assert_eq!(
        dashboard.matches("desk::").count(),
        2 * pages.len() + forms.len() + 1,
        "HEAD, and what is not there"
    );
    for page in pages {
        assert!(parameters(&page).contains("Inside<"), "{page} does not ask who comes");
    }
    for form in forms {
        assert!(parameters(&form).contains("OwnForm<"), "{form} does not ask whose form it is");
    }
}
