//! `laatu demo`: a season of a shop through the same HTTP, mail and job code as in production, on an
//! injected clock.

mod browser;
mod people;
mod season;
mod shop;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use clap::Args;
use serde_json::json;

use super::{print, tell};
use crate::app::{Jobs, Running, Signals, bind, start, start_on};
use crate::clock::{Clock, ManualClock, SeededChance, SystemChance, SystemClock};
use crate::config::Settings;
use crate::domain::time::DAY;
use crate::domain::{Grant, Micros, Role};
use crate::mail::Mailer;
use crate::report::render;
use crate::service::links::LinkKeys;
use crate::service::read_report::{Request, read_report};
use crate::service::sign_in::invite::{NewUser, create_user};
use crate::service::{Parts, Services};
use crate::store::{Store, Target, authority, migrate};

use season::Season;

#[derive(Args)]
pub struct DemoArguments {
    /// How many orders the season brings
    #[arg(long, default_value_t = 2000, value_parser = clap::value_parser!(u32).range(1..=50_000))]
    orders: u32,
    /// The same seed on the same day gives the same season
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Serve the result at the end, until Ctrl-C
    #[arg(long)]
    serve: bool,
    /// Where database, mails and reports are written; an earlier demo there is replaced
    #[arg(long, default_value = "data/demo", value_name = "DIR")]
    data: PathBuf,
}

/// The file that marks a folder as made by a demo.
const MARK: &str = ".laatu-demo";
/// Days of the season.
const SEASON_DAYS: i64 = 90;

/// `laatu demo`.
pub fn demo(arguments: &DemoArguments, settings: &Settings) -> anyhow::Result<()> {
    let folder = &arguments.data;
    make_folder(folder)?;
    // The season ends now, so that the last links still open in a browser.
    let end = SystemClock.now();
    let midnight = Micros(end.0 - end.0.rem_euclid(DAY));
    let clock = Arc::new(ManualClock::at(Micros(midnight.0 - SEASON_DAYS * DAY)));
    let services = Arc::new(services(arguments, settings, Arc::clone(&clock))?);
    let running = start(Arc::clone(&services), ":0", Jobs::ByHand).map_err(anyhow::Error::msg)?;
    let key = shop::open_shop(&services)?;
    tell(&format!(
        "A season of {} orders, seed {}, in {}",
        arguments.orders,
        arguments.seed,
        folder.display()
    ));
    let mut season = Season::new(&services, &clock, running.url(), &key, folder.join("mail"))?;
    let passed = season.pass(arguments.orders, arguments.seed, SEASON_DAYS)?;
    clock.set(end.max(clock.now()));
    season.run_jobs()?;
    write_reports(&services, &running, &key, folder)?;
    tell(&passed.words());
    let link = analyst(&services)?;
    show_where(folder, settings, &link)?;
    if arguments.serve {
        drop(running);
        return serve(&services, settings);
    }
    Ok(())
}

/// Enters an analyst of the demo's shop who sees live figures; their one-time link. Its secret comes from the system's
/// chance: nobody who knows the seed knows the link.
fn analyst(services: &Services) -> anyhow::Result<String> {
    let scope = services.store.read(|connection| authority::operator(connection, shop::ORGANISATION))?;
    let new = NewUser {
        email: "analyst@example.org".to_owned(),
        name: "Demo analyst".to_owned(),
        role: Role::Analyst,
        grants: vec![Grant::Rows],
    };
    let path = create_user(services, &SystemChance, &scope, &new)?;
    Ok(format!("{}{path}", services.public_url))
}

fn make_folder(folder: &Path) -> anyhow::Result<()> {
    if folder.exists() {
        let is_empty = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none());
        if !is_empty && !folder.join(MARK).exists() {
            bail!(
                "{} exists and was not made by a demo: it is left alone; choose another folder with --data",
                folder.display()
            );
        }
        fs::remove_dir_all(folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    fs::write(folder.join(MARK), "Made by laatu demo; the next demo replaces this folder.\n")
        .with_context(|| format!("cannot write in {}", folder.display()))
}

fn services(
    arguments: &DemoArguments,
    settings: &Settings,
    clock: Arc<ManualClock>,
) -> anyhow::Result<Services> {
    let folder = &arguments.data;
    let store = Store::open(&Target::Sqlite(folder.join("laatu.db")))?;
    migrate::migrate(&store)?;
    let chance = SeededChance::new(arguments.seed);
    let links =
        LinkKeys::load_or_create(&folder.join("link-key.toml"), &chance).map_err(anyhow::Error::msg)?;
    let mail = format!("file:{}", folder.join("mail").display());
    let mailer = Mailer::from_setting(&mail, folder.join("mail-test")).map_err(anyhow::Error::msg)?;
    let parts =
        Parts { store, clock, chance: Arc::new(chance), links, mailer, public_url: public_url(settings) };
    Ok(Services::new(parts)?)
}

/// What mails link to: where `laatu serve` listens by default, so that they open once it runs.
fn public_url(settings: &Settings) -> String {
    let set = settings.get("public-url");
    let listen = settings.get("listen").trim_start_matches(':');
    match (set, listen.contains(':')) {
        ("", true) => format!("http://{listen}"),
        ("", false) => format!("http://127.0.0.1:{listen}"),
        (set, _) => set.to_owned(),
    }
}

/// Writes what the report end-points say, and prints the table.
fn write_reports(services: &Services, running: &Running, key: &str, folder: &Path) -> anyhow::Result<()> {
    let base = format!("{}/api/v1/surveys/{}", running.url(), shop::SURVEY);
    let browser = browser::Browser::new();
    let body = browser.get_with_key(&format!("{base}/report?by=contact_channel"), key)?;
    let mut report: serde_json::Value = serde_json::from_str(&body).context("the report is not JSON")?;
    if let Some(about) = report.get_mut("about").and_then(serde_json::Value::as_object_mut) {
        about.insert(
            "demo".to_owned(),
            json!({
                "weak_dimension": people::WEAK_DIMENSION,
                "rude_contact_channel": people::RUDE_CHANNEL.word(),
            }),
        );
    }
    fs::write(folder.join("report.json"), serde_json::to_string_pretty(&report)?)?;
    let page = browser.get_with_key(&format!("{base}/report.html?by=contact_channel"), key)?;
    fs::write(folder.join("report.html"), page)?;
    let scope = services.store.read(|connection| authority::operator(connection, shop::ORGANISATION))?;
    let request = Request { by: Some("contact_channel".to_owned()), ..Request::default() };
    let read = read_report(services, &scope, shop::SURVEY, &request)?;
    print(&render::text(&read.report, &read.words))
}

fn show_where(folder: &Path, settings: &Settings, link: &str) -> anyhow::Result<()> {
    let at = |name: &str| folder.join(name).display().to_string();
    print(&format!(
        "\nPlanted: {} is weak, and the {} channel is rude. Does the report show it?\n\n\
         Report     {}\n           {}\nMails      {}/*.eml\n\
         Look at it in a browser:\n  \
         cargo run --release -- serve --database-url sqlite://{} --link-key-file {} --mail file:{}\n  \
         then open the link of a mail, {}/api/docs/,\n  \
         or the dashboard, by this link that sets a password once:\n  {link}",
        people::WEAK_DIMENSION,
        people::RUDE_CHANNEL,
        at("report.html"),
        at("report.json"),
        at("mail"),
        at("laatu.db"),
        at("link-key.toml"),
        at("mail"),
        public_url(settings),
    ))
}

fn serve(services: &Arc<Services>, settings: &Settings) -> anyhow::Result<()> {
    let listener = bind(settings.get("listen")).map_err(anyhow::Error::msg)?;
    let running =
        start_on(Arc::clone(services), listener, Jobs::Worker, Signals::Obey).map_err(anyhow::Error::msg)?;
    tell(&format!("Serving the season on {}; its clock stands still. End with Ctrl-C.", running.url()));
    running.wait().map_err(anyhow::Error::msg)
}
