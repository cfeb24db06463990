//! `laatu survey link` and `laatu survey preview`: addresses to print and to look at.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;

use super::field::within;
use super::{print, tell};
use crate::domain::Channel;
use crate::service::once::in_read;
use crate::service::open_links::{Request, create};
use crate::service::{Services, preview, qr};
use crate::store::authority;

#[derive(Args)]
pub struct SurveyLink {
    /// Key of the survey, which was made with --open
    key: String,
    /// Short name of the organisation
    #[arg(long)]
    org: String,
    /// Shop, branch or desk that its answers carry
    #[arg(long, default_value = "", hide_default_value = true)]
    place: String,
    /// Channel that its answers carry: web, in_person, phone, email, chat or community
    #[arg(long, default_value = "in_person", value_parser = parse_channel)]
    channel: Channel,
    /// What you call it
    #[arg(long, default_value = "", hide_default_value = true)]
    label: String,
    /// Write its QR code to this file, as SVG
    #[arg(long)]
    qr: Option<PathBuf>,
}

#[derive(Args)]
pub struct SurveyPreview {
    /// Key of the survey
    key: String,
    /// Short name of the organisation
    #[arg(long)]
    org: String,
}

fn parse_channel(text: &str) -> Result<Channel, String> {
    Channel::from_word(text).ok_or_else(|| format!("accepted are {}", Channel::words()))
}

/// Makes a link, prints its address, and draws it.
pub fn link(services: &Services, it: &SurveyLink) -> anyhow::Result<()> {
    let request = Request { place: it.place.clone(), channel: it.channel, label: it.label.clone() };
    let link = within(services, &it.org, |connection, scope| {
        create(services, connection, scope, &it.key, &request)
    })?;
    if let Some(file) = &it.qr {
        draw(&link.address, file)?;
    }
    print(&link.address)
}

/// Prints the address of a preview.
pub fn preview(services: &Services, it: &SurveyPreview) -> anyhow::Result<()> {
    let address = in_read(services, |connection| {
        let scope = authority::operator(connection, &it.org)?;
        preview::address(services, connection, &scope, &it.key)
    })?;
    print(&address)
}

fn draw(address: &str, file: &Path) -> anyhow::Result<()> {
    let svg = qr::svg(address)?;
    std::fs::write(file, svg).with_context(|| format!("cannot write {}", file.display()))?;
    tell(&format!("QR code in {}", file.display()));
    Ok(())
}
