//! `laatu user`: who signs in at the dashboard.

use clap::{Args, Subcommand};

use super::field::{parse_grant, parse_role};
use super::{entry, print, tell};
use crate::config::Settings;
use crate::domain::{Grant, Role};
use crate::service::Services;
use crate::service::sign_in::invite::{LINK_HOURS, NewUser, create_user, remove_user, renew_link};
use crate::store::{OrgScope, authority};

#[derive(Subcommand)]
pub enum UserCommand {
    /// Enter somebody who may sign in; prints a one-time link by which they set a password
    #[command(
        after_help = "Examples:\n  laatu user create --org tuulia --email aino@example.org --name \"Aino Virtanen\" --role analyst\n  laatu user create --org tuulia --email ben@example.org --name Ben --role analyst --grant rows"
    )]
    Create(UserCreate),
    /// Print a new one-time link for a user who has forgotten the password or let the link run out
    #[command(after_help = "Example:\n  laatu user link --org tuulia --email aino@example.org")]
    Link(UserName),
    /// Let a user sign in no more; ends their sessions at once
    #[command(after_help = "Example:\n  laatu user remove --org tuulia --email aino@example.org")]
    Remove(UserName),
}

#[derive(Args)]
pub struct UserCreate {
    /// Short name of the organisation
    #[arg(long)]
    org: String,
    /// Their mail address: they sign in by it; nothing is mailed
    #[arg(long)]
    email: String,
    /// Their name, as colleagues know them
    #[arg(long)]
    name: String,
    /// owner, admin, analyst, agent, sender or auditor
    #[arg(long, value_parser = parse_role)]
    role: Role,
    /// A right beside the role: rows (live figures and single answers)
    #[arg(long, value_parser = parse_grant)]
    grant: Vec<Grant>,
}

#[derive(Args)]
pub struct UserName {
    /// Short name of the organisation
    #[arg(long)]
    org: String,
    /// Their mail address
    #[arg(long)]
    email: String,
}

/// `laatu user`.
pub fn user(settings: &Settings, command: UserCommand) -> anyhow::Result<()> {
    let services = entry::visit(settings)?;
    let chance = services.chance.as_ref();
    match command {
        UserCommand::Create(it) => {
            let scope = scope(&services, &it.org)?;
            let new = NewUser { email: it.email, name: it.name, role: it.role, grants: it.grant };
            show(&services, &create_user(&services, chance, &scope, &new)?)
        }
        UserCommand::Link(it) => {
            let scope = scope(&services, &it.org)?;
            show(&services, &renew_link(&services, chance, &scope, &it.email)?)
        }
        UserCommand::Remove(it) => {
            remove_user(&services, &scope(&services, &it.org)?, &it.email)?;
            tell(&format!("{} signs in no more.", it.email));
            Ok(())
        }
    }
}

fn scope(services: &Services, org: &str) -> anyhow::Result<OrgScope> {
    Ok(services.store.read(|connection| authority::operator(connection, org))?)
}

fn show(services: &Services, path: &str) -> anyhow::Result<()> {
    tell(&format!("Hand this link over: it sets a password, once, within {LINK_HOURS} hours."));
    print(&format!("{}{path}", services.public_url))
}
