//! `laatu annotation`: what happened on a day, written on the trend of a survey.

use clap::{Args, Subcommand};
use serde_json::json;

use super::{entry, print, tell};
use crate::config::Settings;
use crate::service::annotations::{Request, create, delete, list};
use crate::service::once::{in_read, in_transaction};
use crate::store::authority;

#[derive(Subcommand)]
pub enum AnnotationCommand {
    /// Write on the trend what happened on a day; prints its id
    #[command(
        after_help = "Example:\n  laatu annotation add --org tuulia --survey after-delivery --day 2026-03-03 --words \"New courier\""
    )]
    Add(AnnotationAdd),
    /// List what is written on the trend: id, day and words, with tabs between them
    #[command(after_help = "Example:\n  laatu annotation list --org tuulia --survey after-delivery")]
    List(AnnotationOf),
    /// Take one back, by its id
    Remove(AnnotationRemove),
}

#[derive(Args)]
pub struct AnnotationOf {
    /// Short name of the organisation
    #[arg(long)]
    org: String,
    /// Key of the survey
    #[arg(long)]
    survey: String,
}

#[derive(Args)]
pub struct AnnotationAdd {
    #[command(flatten)]
    of: AnnotationOf,
    /// The day, such as 2026-03-03
    #[arg(long)]
    day: String,
    /// What happened, in at most 120 characters
    #[arg(long)]
    words: String,
}

#[derive(Args)]
pub struct AnnotationRemove {
    #[command(flatten)]
    of: AnnotationOf,
    /// Its id, as the list prints it
    #[arg(long)]
    id: String,
}

/// `laatu annotation`.
pub fn annotation(settings: &Settings, command: AnnotationCommand) -> anyhow::Result<()> {
    let services = entry::visit(settings)?;
    let scope =
        |of: &AnnotationOf| services.store.read(|connection| authority::operator(connection, &of.org));
    match command {
        AnnotationCommand::Add(it) => {
            let scope = scope(&it.of)?;
            let request = Request::parse(&json!({"day": it.day, "words": it.words}))?;
            let made = in_transaction(&services, |connection| {
                create(&services, connection, &scope, &it.of.survey, &request)
            })?;
            print(&made.id)?;
        }
        AnnotationCommand::List(it) => {
            let scope = scope(&it)?;
            let found = in_read(&services, |connection| list(connection, &scope, &it.survey))?;
            for one in found.annotations {
                print(&format!("{}\t{}\t{}", one.id, one.day, one.words))?;
            }
        }
        AnnotationCommand::Remove(it) => {
            let scope = scope(&it.of)?;
            in_transaction(&services, |connection| delete(connection, &scope, &it.of.survey, &it.id))?;
            tell("It is gone.");
        }
    }
    Ok(())
}
