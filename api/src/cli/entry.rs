//! How commands come in: the database opened and migrated, the services made.

use std::sync::Arc;

use anyhow::{Context, bail};

use super::{print, tell};
use crate::clock::{SystemChance, SystemClock};
use crate::config::Settings;
use crate::mail::Mailer;
use crate::mail::dkim::Signers;
use crate::outbound::{Allowed, Poster, SystemNames};
use crate::service::bounces::Returns;
use crate::service::erasure_list::ErasureList;
use crate::service::links::LinkKeys;
use crate::service::return_address::ReturnAddress;
use crate::service::sending::pace::Pace;
use crate::service::{Parts, Services};
use crate::store::{Store, Target, migrate as migrations};

/// Opens the database for one short command, beside a service that may be running.
pub fn visit(settings: &Settings) -> anyhow::Result<Services> {
    let target = target(settings)?;
    let store = Store::visit(&target).map_err(anyhow::Error::from)?;
    if !migrations::pending(&store)?.is_empty() {
        // A schema is changed only by a process that has the database to itself.
        drop(store);
        let alone = Store::open(&target)?;
        migrations::migrate(&alone)?;
        drop(alone);
        return services(settings, Store::visit(&target)?, &public_url(settings));
    }
    services(settings, store, &public_url(settings))
}

/// Opens the database for a command that only looks: nothing is made and nothing migrated.
pub fn look(settings: &Settings) -> anyhow::Result<Services> {
    services(settings, seen(settings)?, &public_url(settings))
}

/// The database for a command that only looks.
pub fn seen(settings: &Settings) -> anyhow::Result<Store> {
    let target = target(settings)?;
    if let Target::Sqlite(path) = &target
        && !path.exists()
    {
        bail!("{} does not exist yet", path.display());
    }
    let store = Store::visit(&target)?;
    if !migrations::pending(&store)?.is_empty() {
        bail!("the database has an older schema: `laatu migrate` brings it up to this version");
    }
    Ok(store)
}

/// Opens the database for a service and brings its schema up.
pub fn open(settings: &Settings) -> anyhow::Result<Store> {
    let store = Store::open(&target(settings)?)?;
    let migrated = migrations::migrate(&store)?;
    if !migrated.applied.is_empty() {
        tracing::info!(applied = migrated.applied.len(), "the schema was brought up to date");
    }
    Ok(store)
}

/// What links begin with: the public address, else that at which the service listens when nothing else is set.
fn public_url(settings: &Settings) -> String {
    let set = settings.get("public-url");
    if set.is_empty() { format!("http://{}", settings.get("listen")) } else { set.to_owned() }
}

/// Makes the services of a process.
pub fn services(settings: &Settings, store: Store, public_url: &str) -> anyhow::Result<Services> {
    let chance = SystemChance;
    let links =
        LinkKeys::load_or_create(&settings.path("link-key-file"), &chance).map_err(anyhow::Error::msg)?;
    let mailer = mailer(settings).map_err(anyhow::Error::msg)?;
    let parts = Parts {
        store,
        clock: Arc::new(SystemClock),
        chance: Arc::new(chance),
        links,
        mailer,
        public_url: public_url.to_owned(),
    };
    let mut services = Services::new(parts).context("the service cannot be put together")?;
    services.store.write_together(settings.write_together().map_err(anyhow::Error::msg)?);
    services.folds.after = settings.fold_after().map_err(anyhow::Error::msg)?;
    let (per_minute, first_day) = settings.pace().map_err(anyhow::Error::msg)?;
    services.pace = Pace::new(per_minute, first_day);
    services.returns = returns(settings).map_err(anyhow::Error::msg)?;
    services.erasure_list = Some(ErasureList::at(settings.path("erasure-list")));
    services.poster =
        Poster::new(webhook_allow(settings).map_err(anyhow::Error::msg)?, Arc::new(SystemNames));
    Ok(services)
}

/// Where posts to endpoints may go beside public addresses.
fn webhook_allow(settings: &Settings) -> Result<Allowed, String> {
    Allowed::parse(settings.get("webhook-allow")).map_err(|words| format!("webhook-allow: {words}"))
}

fn returns(settings: &Settings) -> Result<Returns, String> {
    let (limit, window) = settings.bounce_limits()?;
    let address = settings.get("bounce-address");
    let address = if address.is_empty() { None } else { Some(ReturnAddress::parse(address)?) };
    Ok(Returns { address, limit, window })
}

/// What can be known to be wrong with the settings before anything is opened.
pub fn check(settings: &Settings) -> Result<(), String> {
    Target::parse(settings.get("database-url")).map(drop)?;
    webhook_allow(settings)?;
    returns(settings)?;
    mailer(settings).map(drop)
}

/// Where mails go, and by which keys they are signed.
fn mailer(settings: &Settings) -> Result<Mailer, String> {
    let mailer = Mailer::from_setting(settings.get("mail"), settings.path("test-mail-folder"))?;
    Ok(mailer.signing(Signers::from_setting(settings.get("dkim"))?))
}

/// The services of a command that makes no links: the link key file is neither needed nor made.
pub fn services_without_links(settings: &Settings, store: Store) -> anyhow::Result<Services> {
    let chance = SystemChance;
    let mailer = mailer(settings).map_err(anyhow::Error::msg)?;
    let parts = Parts {
        store,
        clock: Arc::new(SystemClock),
        links: LinkKeys::generate(&chance),
        chance: Arc::new(chance),
        mailer,
        public_url: settings.get("public-url").to_owned(),
    };
    let mut services = Services::new(parts).context("the service cannot be put together")?;
    services.erasure_list = Some(ErasureList::at(settings.path("erasure-list")));
    Ok(services)
}

/// The database of the settings.
pub fn target(settings: &Settings) -> anyhow::Result<Target> {
    Target::parse(settings.get("database-url")).map_err(anyhow::Error::msg)
}

/// `laatu migrate`.
pub fn migrate(settings: &Settings, dry_run: bool) -> anyhow::Result<()> {
    let target = target(settings)?;
    if dry_run {
        if let Target::Sqlite(path) = &target
            && !path.exists()
        {
            tell(&format!("{} does not exist yet; it would be made.", path.display()));
            return Ok(());
        }
        let pending = migrations::pending(&Store::visit(&target)?)?;
        if pending.is_empty() {
            tell("The schema is up to date.");
        }
        return if pending.is_empty() { Ok(()) } else { print(&pending.join("\n")) };
    }
    let migrated = migrations::migrate(&Store::open(&target)?)?;
    if migrated.applied.is_empty() {
        tell(&format!("The schema is up to date ({} migrations).", migrated.known));
        return Ok(());
    }
    print(&migrated.applied.join("\n"))
}
