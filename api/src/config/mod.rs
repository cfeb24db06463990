//! Settings: flag, then environment, then file, then default; each knows where it came from.
//!
//! The only reader of the environment. Unknown names are errors with a "did you mean".

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::domain::organisation::is_web_address;
use crate::domain::reader::nearest;

/// What can be set, with its default (none: worked out later).
const SETTINGS: [(&str, Option<&str>); 17] = [
    ("database-url", Some("sqlite://data/laatu.db")),
    ("listen", Some("127.0.0.1:8080")),
    ("public-url", None),
    ("mail", Some("file:data/mail")),
    ("test-mail-folder", Some("data/mail-test")),
    ("dkim", None),
    ("mail-pace", Some("0")),
    ("mail-warm-up", Some("0")),
    ("bounce-address", None),
    ("bounce-limit", Some("5")),
    ("bounce-window", Some("200")),
    ("link-key-file", Some("data/link-key.toml")),
    ("erasure-list", Some("data/erasures.txt")),
    ("fold-after", Some("10000")),
    ("write-together", Some("256")),
    ("log", Some("info")),
    ("webhook-allow", None),
];

/// Settings that may hold a password: shown without it.
const SECRETS: [&str; 2] = ["database-url", "mail"];

/// Variables that begin like settings and belong to the tests.
const NOT_OURS: [&str; 3] = ["LAATU_REFERENCE", "LAATU_BIN", "LAATU_TEST_"];

/// Settings given on the command line; every command takes them.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct SettingFlags {
    /// Where everything is kept: sqlite://PATH or postgres://… [default: sqlite://data/laatu.db]
    #[arg(long, global = true, value_name = "URL", help_heading = "Settings")]
    database_url: Option<String>,
    /// Where the service listens [default: 127.0.0.1:8080]
    #[arg(long, global = true, value_name = "ADDRESS", help_heading = "Settings")]
    listen: Option<String>,
    /// What the links in mails begin with [default: the address on which the service listens]
    #[arg(long, global = true, value_name = "URL", help_heading = "Settings")]
    public_url: Option<String>,
    /// file:DIR or smtp://HOST:PORT [default: file:data/mail]
    #[arg(long, global = true, value_name = "WAY", help_heading = "Settings")]
    mail: Option<String>,
    /// Where mails of test keys are written [default: data/mail-test]
    #[arg(long, global = true, value_name = "DIR", help_heading = "Settings")]
    test_mail_folder: Option<String>,
    /// Keys from which links are made; made on first use [default: data/link-key.toml]
    #[arg(long, global = true, value_name = "FILE", help_heading = "Settings")]
    link_key_file: Option<String>,
    /// Where erased customers are listed by their ids, for restored copies [default: data/erasures.txt]
    #[arg(long, global = true, value_name = "FILE", help_heading = "Settings")]
    erasure_list: Option<String>,
    /// Private keys by which mails are signed, such as s1._domainkey.shop.example=/etc/laatu/dkim.pem, by commas
    #[arg(long, global = true, value_name = "NAME=FILE", help_heading = "Settings")]
    dkim: Option<String>,
    /// Mails a minute to one domain, 0 for no limit [default: 0]
    #[arg(long, global = true, value_name = "MAILS", help_heading = "Settings")]
    mail_pace: Option<String>,
    /// Mails of an organisation on its first day, doubled each day; 0 for no limit [default: 0]
    #[arg(long, global = true, value_name = "MAILS", help_heading = "Settings")]
    mail_warm_up: Option<String>,
    /// Where mails come back to, such as bounce@mail.example.org [default: the organisation's contact]
    #[arg(long, global = true, value_name = "ADDRESS", help_heading = "Settings")]
    bounce_address: Option<String>,
    /// Mails of a hundred that may come back before sending stops, 0 for any number [default: 5]
    #[arg(long, global = true, value_name = "PERCENT", help_heading = "Settings")]
    bounce_limit: Option<String>,
    /// How many of an organisation's last mails that is counted over [default: 200]
    #[arg(long, global = true, value_name = "MAILS", help_heading = "Settings")]
    bounce_window: Option<String>,
    /// Answers after which a survey's stored counts are brought up to date [default: 10000]
    #[arg(long, global = true, value_name = "ANSWERS", help_heading = "Settings")]
    fold_after: Option<String>,
    /// Posted pages that share one commit at most [default: 256]
    #[arg(long, global = true, value_name = "PAGES", help_heading = "Settings")]
    write_together: Option<String>,
    /// What is logged, such as info or debug [default: info]
    #[arg(long, global = true, value_name = "FILTER", help_heading = "Settings")]
    log: Option<String>,
    /// Own networks and further ports to which events may be brought, such as 10.0.0.0/8,:9443
    #[arg(long, global = true, value_name = "LIST", help_heading = "Settings")]
    webhook_allow: Option<String>,
    /// A file of settings
    #[arg(long, global = true, value_name = "FILE", help_heading = "Settings")]
    config: Option<PathBuf>,
}

/// Where a setting came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A flag.
    Flag,
    /// A variable of the environment.
    Environment(String),
    /// The file.
    File(PathBuf),
    /// Nobody set it.
    Default,
}

/// All settings with their origins.
#[derive(Clone, Debug)]
pub struct Settings {
    values: BTreeMap<&'static str, (String, Origin)>,
}

/// The environment as it was at start.
pub type Environment = BTreeMap<String, String>;

/// Reads the environment, once.
#[allow(clippy::disallowed_methods, reason = "this is the one place that asks")]
pub fn environment() -> Environment {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect()
}

impl Settings {
    /// Reads all settings; every unknown name is told at once.
    pub fn read(flags: &SettingFlags, environment: &Environment) -> Result<Self, String> {
        refuse_unknown_variables(environment)?;
        let file = flags.config.clone().or_else(|| environment.get("LAATU_CONFIG").map(PathBuf::from));
        let in_file = file.as_deref().map(read_file).transpose()?.unwrap_or_default();
        let mut values = BTreeMap::new();
        for (name, default) in SETTINGS {
            let found = match flags.get(name) {
                Some(value) => Some((value.clone(), Origin::Flag)),
                None => from_environment(name, environment)?,
            };
            let found = found.or_else(|| {
                let value = in_file.get(name)?.clone();
                Some((value, Origin::File(file.clone().unwrap_or_default())))
            });
            let found = found.or_else(|| default.map(|value| (value.to_owned(), Origin::Default)));
            values.extend(found.map(|found| (name, found)));
        }
        let settings = Self { values };
        settings.check()?;
        Ok(settings)
    }

    /// What can be known to be wrong before anything is opened.
    fn check(&self) -> Result<(), String> {
        self.fold_after()?;
        self.pace()?;
        self.bounce_limits()?;
        self.write_together()?;
        let url = self.get("public-url");
        if url.is_empty() || is_web_address(url) {
            return Ok(());
        }
        Err(format!("public-url \"{url}\" is not a web address; needed is https://…"))
    }

    /// One setting; empty when it has neither value nor default.
    pub fn get(&self, name: &str) -> &str {
        self.values.get(name).map_or("", |(value, _)| value)
    }

    /// How many answers a report may have to read beside the stored counts, 1 to 1,000,000.
    pub fn fold_after(&self) -> Result<u32, String> {
        self.number("fold-after", 1_000_000)
    }

    /// How many posted pages share one commit at most, 1 to 1,024.
    pub fn write_together(&self) -> Result<u32, String> {
        self.number("write-together", 1024)
    }

    /// Mails a minute to one domain, and mails of an organisation on its first day; 0 is no limit.
    pub fn pace(&self) -> Result<(u32, u32), String> {
        let limit = |name: &str| match self.get(name) {
            "0" => Ok(0),
            _ => self.number(name, 1_000_000),
        };
        Ok((limit("mail-pace")?, limit("mail-warm-up")?))
    }

    /// How many mails of a hundred may come back (0 for any number), and over how many of the last ones.
    pub fn bounce_limits(&self) -> Result<(u32, u32), String> {
        let limit = match self.get("bounce-limit") {
            "0" => 0,
            _ => self.number("bounce-limit", 100)?,
        };
        Ok((limit, self.number("bounce-window", 10_000)?))
    }

    fn number(&self, name: &str, most: u32) -> Result<u32, String> {
        let text = self.get(name);
        let number = text.parse::<u32>().ok().filter(|number| (1..=most).contains(number));
        number.ok_or_else(|| format!("{name} \"{text}\" is not a number from 1 to {most}"))
    }

    /// One setting that names a file or folder.
    pub fn path(&self, name: &str) -> PathBuf {
        PathBuf::from(self.get(name))
    }

    /// Each setting with its origin; passwords are not shown.
    pub fn shown(&self) -> Vec<(&'static str, String, String)> {
        SETTINGS
            .iter()
            .map(|(name, _)| {
                let Some((value, origin)) = self.values.get(name) else {
                    return (*name, String::new(), "not set".to_owned());
                };
                let value = if SECRETS.contains(name) { without_password(value) } else { value.clone() };
                (*name, value, origin.words())
            })
            .collect()
    }
}

impl Origin {
    fn words(&self) -> String {
        match self {
            Self::Flag => "flag".to_owned(),
            Self::Environment(name) => format!("environment, {name}"),
            Self::File(path) => format!("file {}", path.display()),
            Self::Default => "default".to_owned(),
        }
    }
}

impl SettingFlags {
    fn get(&self, name: &str) -> Option<&String> {
        match name {
            "database-url" => self.database_url.as_ref(),
            "listen" => self.listen.as_ref(),
            "public-url" => self.public_url.as_ref(),
            "mail" => self.mail.as_ref(),
            "test-mail-folder" => self.test_mail_folder.as_ref(),
            "link-key-file" => self.link_key_file.as_ref(),
            "erasure-list" => self.erasure_list.as_ref(),
            "dkim" => self.dkim.as_ref(),
            "mail-pace" => self.mail_pace.as_ref(),
            "mail-warm-up" => self.mail_warm_up.as_ref(),
            "bounce-address" => self.bounce_address.as_ref(),
            "bounce-limit" => self.bounce_limit.as_ref(),
            "bounce-window" => self.bounce_window.as_ref(),
            "fold-after" => self.fold_after.as_ref(),
            "write-together" => self.write_together.as_ref(),
            "log" => self.log.as_ref(),
            "webhook-allow" => self.webhook_allow.as_ref(),
            _ => None,
        }
    }
}

fn variable(name: &str) -> String {
    format!("LAATU_{}", name.to_uppercase().replace('-', "_"))
}

fn from_environment(name: &str, environment: &Environment) -> Result<Option<(String, Origin)>, String> {
    let variable = variable(name);
    if let Some(value) = environment.get(&variable) {
        return Ok(Some((value.clone(), Origin::Environment(variable))));
    }
    let file_variable = format!("{variable}_FILE");
    if SECRETS.contains(&name)
        && let Some(path) = environment.get(&file_variable)
    {
        let text = std::fs::read_to_string(path)
            .map_err(|error| format!("{file_variable}: cannot read {path}: {error}"))?;
        return Ok(Some((text.trim().to_owned(), Origin::Environment(file_variable))));
    }
    // Platforms that run services say the port by this name.
    if name == "listen"
        && let Some(port) = environment.get("PORT")
    {
        if port.parse::<u16>().is_err() {
            return Err(format!("PORT \"{port}\" is not a port"));
        }
        return Ok(Some((format!("127.0.0.1:{port}"), Origin::Environment("PORT".to_owned()))));
    }
    Ok(None)
}

fn refuse_unknown_variables(environment: &Environment) -> Result<(), String> {
    let mut known: Vec<String> = SETTINGS.iter().map(|(name, _)| variable(name)).collect();
    known.extend(SECRETS.iter().map(|name| format!("{}_FILE", variable(name))));
    known.push("LAATU_CONFIG".to_owned());
    let unknown: Vec<String> = environment
        .keys()
        .filter(|name| name.starts_with("LAATU_") && !NOT_OURS.iter().any(|ours| name.starts_with(ours)))
        .filter(|name| !known.contains(name))
        .map(|name| complaint("environment variable", name, known.iter().map(String::as_str)))
        .collect();
    if unknown.is_empty() { Ok(()) } else { Err(unknown.join("\n")) }
}

fn complaint<'k>(what: &str, name: &str, known: impl Iterator<Item = &'k str>) -> String {
    let hint = nearest(name, known).map_or(String::new(), |near| format!("; did you mean {near}?"));
    format!("{what} {name} is not a setting{hint}")
}

fn read_file(path: &Path) -> Result<BTreeMap<String, String>, String> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("cannot read the settings in {}: {error}", path.display()))?;
    let table: toml::Table = toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut values = BTreeMap::new();
    let mut problems = Vec::new();
    for (name, value) in table {
        let names = || SETTINGS.iter().map(|(name, _)| *name);
        match value {
            _ if !names().any(|known| known == name) => {
                problems.push(format!("{}: {}", path.display(), complaint("", &name, names()).trim_start()));
            }
            toml::Value::String(text) => {
                values.insert(name, text);
            }
            other => problems.push(format!(
                "{}: {name} is a {}, a text is needed",
                path.display(),
                other.type_str()
            )),
        }
    }
    if problems.is_empty() { Ok(values) } else { Err(problems.join("\n")) }
}

/// A URL with what stands between the scheme and `@` taken out.
fn without_password(value: &str) -> String {
    match value
        .split_once("://")
        .and_then(|(scheme, rest)| rest.rsplit_once('@').map(|(_, host)| (scheme, host)))
    {
        Some((scheme, host)) => format!("{scheme}://…@{host}"),
        None => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(pairs: &[(&str, &str)]) -> Environment {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_flag_goes_before_the_environment_before_the_file_before_the_default() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("laatu.toml");
        std::fs::write(&file, "mail = \"file:from-file\"\nlisten = \":1\"\nlog = \"warn\"\n").unwrap();
        let flags = SettingFlags {
            mail: Some("file:from-flag".to_owned()),
            config: Some(file),
            ..Default::default()
        };
        let settings =
            Settings::read(&flags, &environment(&[("LAATU_MAIL", "x"), ("LAATU_LISTEN", ":2")])).unwrap();
        assert_eq!(settings.get("mail"), "file:from-flag");
        assert_eq!(settings.get("listen"), ":2");
        assert_eq!(settings.get("log"), "warn");
        assert_eq!(settings.get("link-key-file"), "data/link-key.toml");
    }

    #[test]
    fn an_unknown_name_is_refused_with_what_was_meant() {
        let error =
            Settings::read(&SettingFlags::default(), &environment(&[("LAATU_LISTN", ":1")])).unwrap_err();
        assert!(error.contains("LAATU_LISTN") && error.contains("did you mean LAATU_LISTEN?"), "{error}");
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("laatu.toml");
        std::fs::write(&file, "databse-url = \"x\"\nport = 1\n").unwrap();
        let flags = SettingFlags { config: Some(file), ..Default::default() };
        let error = Settings::read(&flags, &Environment::new()).unwrap_err();
        assert!(error.contains("did you mean database-url?") && error.contains("port"), "{error}");
    }

    #[test]
    fn the_documented_defaults_are_the_defaults() {
        let documented: toml::Table = toml::from_str(include_str!("../../config.default.toml")).unwrap();
        for (name, default) in SETTINGS {
            assert_eq!(documented.get(name).and_then(toml::Value::as_str), default, "{name}");
        }
    }

    #[test]
    fn passwords_are_not_shown() {
        let flags =
            SettingFlags { database_url: Some("postgres://u:secret@h/db".to_owned()), ..Default::default() };
        let shown = Settings::read(&flags, &Environment::new()).unwrap().shown();
        assert!(shown.iter().all(|(_, value, _)| !value.contains("secret")));
    }
}
