//! `laatu instrument`: checks and shows questionnaires.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Subcommand;
use survey_forms::instrument::{Instrument, Severity, shipped, shipped_source, show};
use survey_forms::language::Language;

use super::{pages, print, tell};
use crate::service::instrument_version::{NO_QUESTIONS, is_imported};

#[derive(Subcommand)]
pub enum InstrumentCommand {
    /// List all problems of an instrument file, with line and key
    #[command(after_help = "Example:\n  laatu instrument lint my-survey.toml")]
    Lint {
        /// The file
        file: PathBuf,
    },
    /// Show a questionnaire in words
    #[command(
        after_help = "Examples:\n  laatu instrument show perceived-quality\n  laatu instrument show perceived-quality --language fi\n  laatu instrument show perceived-quality --html pages --language fi --length quick"
    )]
    Show {
        /// Key of a shipped instrument, or a file
        key: String,
        /// en, fi, sv, et, de, hu, pl or ar
        #[arg(long, default_value = "en")]
        language: String,
        /// Write the pages of a form into this folder, to be opened in a browser
        #[arg(long)]
        html: Option<PathBuf>,
        /// Length of that form: quick, standard or full
        #[arg(long, default_value = "standard", requires = "html")]
        length: String,
        /// Which of its forms, from 1
        #[arg(long, default_value_t = 1, requires = "html")]
        form: u8,
    },
}

/// `laatu instrument`.
pub fn instrument(command: InstrumentCommand) -> anyhow::Result<()> {
    match command {
        InstrumentCommand::Lint { file } => lint(&file),
        InstrumentCommand::Show { key, language, html, length, form } => {
            let (instrument, language) = read_one(&key, &language)?;
            match html {
                None => print(&show(&instrument, language)),
                Some(folder) => pages::write(&instrument, language, &folder, &length, form),
            }
        }
    }
}

fn lint(file: &Path) -> anyhow::Result<()> {
    let source = read(file)?;
    let problems = Instrument::lint(&source);
    let errors = problems.iter().filter(|one| one.severity == Severity::Error).count();
    if problems.is_empty() {
        tell(&format!("{}: no problems", file.display()));
        return Ok(());
    }
    let lines: Vec<String> = problems.iter().map(|one| format!("{}: {one}", file.display())).collect();
    print(&lines.join("\n"))?;
    if errors > 0 {
        bail!("{}: {errors} of {} problems must be mended", file.display(), problems.len());
    }
    Ok(())
}

fn read_one(key: &str, language: &str) -> anyhow::Result<(Instrument, Language)> {
    let source = match shipped_source(key) {
        Some(source) => source.to_owned(),
        None if Path::new(key).exists() => read(Path::new(key))?,
        None if is_imported(key) => bail!("{key}: {NO_QUESTIONS}"),
        None => {
            let mut keys: Vec<&str> = shipped().iter().map(|one| one.key).collect();
            keys.dedup();
            bail!("\"{key}\" is neither a shipped instrument ({}) nor a file", keys.join(", "));
        }
    };
    let instrument = Instrument::parse(&source).map_err(|problems| anyhow::anyhow!("{key}:\n{problems}"))?;
    let language = Language::parse(language).filter(|language| instrument.languages().contains(language));
    let Some(language) = language else {
        let tags: Vec<&str> = instrument.languages().iter().map(|language| language.tag()).collect();
        bail!("{key} has no such language; it has {}", tags.join(", "));
    };
    Ok((instrument, language))
}

fn read(file: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}
