//! `laatu slip`: the printed slip of one order.

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;

use super::field::within;
use super::{entry, print, tell};
use crate::config::Settings;
use crate::service::slips;

#[derive(Args)]
pub struct SlipArguments {
    /// Number of the order
    order: String,
    /// Short name of the organisation
    #[arg(long)]
    org: String,
    /// Key of the survey, which was made with --by slip
    #[arg(long)]
    survey: String,
    /// Write the code for a camera to this file, as SVG
    #[arg(long)]
    qr: Option<PathBuf>,
    /// Everything that is to be printed, as JSON
    #[arg(long)]
    json: bool,
}

/// Makes the slip, and prints the address to type, or all of it.
pub fn slip(settings: &Settings, it: &SlipArguments) -> anyhow::Result<()> {
    let services = entry::visit(settings)?;
    let slip = within(&services, &it.org, |connection, scope| {
        slips::make(&services, connection, scope, &it.order, &it.survey)
    })?;
    if let Some(file) = &it.qr {
        std::fs::write(file, &slip.qr_svg).with_context(|| format!("cannot write {}", file.display()))?;
        tell(&format!("QR code in {}", file.display()));
    }
    if it.json { print(&serde_json::to_string_pretty(&slip)?) } else { print(&slip.address) }
}
