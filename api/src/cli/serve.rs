//! `laatu serve`.

use std::sync::Arc;

use super::{entry, tell};
use crate::app::{Jobs, Signals, bind, start_on};
use crate::config::Settings;
use crate::store::{members, organisations};
use crate::telemetry;

/// Runs the service until a signal stops it.
pub fn serve(settings: &Settings) -> anyhow::Result<()> {
    telemetry::start(settings.get("log")).map_err(anyhow::Error::msg)?;
    // Reads FAILPOINTS; in a build without them there is nothing to read.
    #[cfg(feature = "failpoints")]
    let _fail_points = fail::FailScenario::setup();
    let store = entry::open(settings)?;
    let listener = bind(settings.get("listen")).map_err(anyhow::Error::msg)?;
    let address = format!("http://{}", listener.local_addr()?);
    let public_url =
        Some(settings.get("public-url")).filter(|url| !url.is_empty()).unwrap_or(&address).to_owned();
    let services = Arc::new(entry::services(settings, store, &public_url)?);
    let is_empty = services.store.read(organisations::count)? == 0;
    let has_users = services.store.read(members::count)? > 0;
    let running = start_on(services, listener, Jobs::Worker, Signals::Obey).map_err(anyhow::Error::msg)?;
    greet(settings, &running.url(), is_empty);
    if !has_users {
        tell(NO_USER);
    }
    running.wait().map_err(anyhow::Error::msg)
}

/// How somebody gets in, where nobody can.
const NO_USER: &str = "Nobody can sign in yet. In another terminal, with the same settings, for a link that sets a password:\n  \
     laatu user create --org SLUG --email you@example.org --name \"Your name\" --role owner";

fn greet(settings: &Settings, url: &str, is_empty: bool) {
    tell(&format!("laatu listens on {url}"));
    tell(&format!("  dashboard        {url}/dashboard/"));
    tell(&format!("  API description  {url}/api/docs/"));
    tell(&format!("  alive, ready     {url}/healthz  {url}/readyz"));
    tell(&format!(
        "  mail             {}",
        settings.shown().iter().find(|one| one.0 == "mail").map_or("", |one| &one.1)
    ));
    if is_empty {
        tell(
            "There is no organisation yet. In another terminal, with the same settings:\n  \
             laatu org create SLUG --name \"Our shop\" --contact care@example.org --privacy-url https://example.org/privacy\n  \
             laatu key create --org SLUG --role owner\n  \
             laatu survey create --org SLUG --key after-delivery --instrument perceived-quality\n  \
             laatu survey start --org SLUG --key after-delivery",
        );
    }
}
