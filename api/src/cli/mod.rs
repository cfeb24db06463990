//! The command line: what each command takes, and its exit code (0 success, 1 it failed, 2 wrong usage).

mod annotation;
mod backup;
mod bounces;
mod check;
mod demo;
mod doctor;
mod entry;
mod erase;
mod export;
mod field;
mod hook;
mod import;
mod import_orders;
mod instrument;
mod links;
mod org;
mod pages;
mod report_mails;
mod score;
mod sending;
mod serve;
mod slip;
mod suppress;
mod user;
mod webhook;

use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::{SettingFlags, Settings, environment};

/// Asks customers after a purchase how the service was, and turns the answers into scores with intervals.
#[derive(Parser)]
#[command(name = "laatu", version, max_term_width = 110, arg_required_else_help = true)]
#[command(
    after_help = "First steps:\n  laatu demo                 a season of a shop in half a minute\n  laatu serve                the service on http://127.0.0.1:8080\n  laatu score DATA.csv --map MAP.toml    the same report from your own file"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    settings: SettingFlags,
}

#[derive(Subcommand)]
enum Command {
    /// Run the service: API, forms and jobs
    #[command(
        after_help = "Examples:\n  laatu serve\n  laatu serve --listen :0 --mail smtp://127.0.0.1:1025\n  LAATU_DATABASE_URL=postgres://laatu@db/laatu laatu serve --public-url https://survey.example.org"
    )]
    Serve,
    /// Let a shop's season pass: orders in, mails out, forms filled, report written
    #[command(
        after_help = "Examples:\n  laatu demo\n  laatu demo --orders 500 --seed 1 --data /tmp/season\n  laatu demo --serve"
    )]
    Demo(demo::DemoArguments),
    /// Compute the whole quality report from a plain data file
    #[command(
        after_help = "Examples:\n  laatu score answers.csv --map map.toml\n  laatu score answers.csv --map map.toml --format html > report.html\n  laatu score answers.csv --map map.toml --format json --min-n 10"
    )]
    Score(score::ScoreArguments),
    /// Bring existing data sets in, or a whole installation
    Import(import::ImportArguments),
    /// Take data out: a whole installation, or the responses of a survey
    Export(export::ExportArguments),
    /// Copy the database safely, beside a running service
    #[command(
        after_help = "Examples:\n  laatu backup /backup/laatu-monday\n  laatu --database-url postgres://laatu@db/laatu backup /backup/laatu-monday\n\nThe link key file is not in it: keep that, too, in another place."
    )]
    Backup(backup::BackupArguments),
    /// Make an installation of a backup, where there is none
    #[command(
        after_help = "Examples:\n  laatu restore /backup/laatu-monday --verify\n  laatu --database-url sqlite:///tmp/drill/laatu.db restore /backup/laatu-monday --verify"
    )]
    Restore(backup::RestoreArguments),
    /// Bring the database's schema up to this version
    #[command(after_help = "Examples:\n  laatu migrate --dry-run\n  laatu migrate")]
    Migrate {
        /// Only list what would run
        #[arg(long)]
        dry_run: bool,
    },
    /// Count everything derived once more from the answers, and say what does not fit
    #[command(
        after_help = "Examples:\n  laatu check\n  laatu check --org tuulia --json\n  laatu check --repair"
    )]
    Check(check::CheckArguments),
    /// Erase a customer with all that is stored of them, answers and counts included
    #[command(
        after_help = "Examples:\n  laatu erase --org tuulia --email aino@example.org --dry-run\n  laatu erase --org tuulia --order 10482\n  laatu erase --replay"
    )]
    Erase(erase::EraseArguments),
    /// Stop all mails of an organisation, or of all
    #[command(
        after_help = "Examples:\n  laatu pause --org tuulia --reason \"The warehouse moves\"\n  laatu pause --all"
    )]
    Pause(sending::PauseArguments),
    /// Let paused mails go again: what is too old is dropped, the rest goes one after another
    #[command(after_help = "Examples:\n  laatu resume --org tuulia\n  laatu resume --all")]
    Resume(sending::ResumeArguments),
    /// Say what is wrong with this installation, and what would be better
    #[command(
        after_help = "Examples:\n  laatu doctor\n  laatu doctor --json\n  laatu doctor --dns --dkim-selector mail2026"
    )]
    Doctor(doctor::DoctorArguments),
    /// Tell why a customer was asked, or was not
    #[command(
        after_help = "Examples:\n  laatu why --org tuulia --order 10482\n  laatu why --org tuulia --email aino@example.org --json"
    )]
    Why(sending::WhyArguments),
    /// Print the very mail that a customer gets about an order, before it is sent or afterwards
    #[command(after_help = "Example:\n  laatu mail 10482 --org tuulia > 10482.eml")]
    Mail(sending::MailArguments),
    /// The printed slip of an order: an address to type, and a code for a camera
    #[command(
        after_help = "Example:\n  laatu slip 10482 --org tuulia --survey after-delivery --qr 10482.svg"
    )]
    Slip(slip::SlipArguments),
    /// Who is not mailed any more
    #[command(subcommand)]
    #[command(
        after_help = "Examples:\n  laatu suppress add --org tuulia aino@example.org\n  laatu suppress import --org tuulia addresses.txt\n  laatu suppress export --org tuulia list.csv"
    )]
    Suppress(suppress::SuppressCommand),
    /// Mails that came back
    #[command(subcommand)]
    Bounces(bounces::BouncesCommand),
    /// Organisations
    #[command(subcommand)]
    Org(field::OrgCommand),
    /// API keys
    #[command(subcommand)]
    Key(field::KeyCommand),
    /// People who sign in at the dashboard
    #[command(subcommand)]
    User(user::UserCommand),
    /// Surveys: an instrument in the field
    #[command(subcommand)]
    Survey(field::SurveyCommand),
    /// What happened on a day, written on the trend of a survey
    #[command(subcommand)]
    Annotation(annotation::AnnotationCommand),
    /// Figures of a view that members get by mail
    #[command(subcommand)]
    ReportMails(report_mails::ReportMailsCommand),
    /// Shops that tell of their orders by themselves: Shopify and WooCommerce
    #[command(subcommand)]
    Hook(hook::HookCommand),
    /// Questionnaires
    #[command(subcommand)]
    Instrument(instrument::InstrumentCommand),
    /// Endpoints to which events are brought
    #[command(subcommand)]
    Webhook(webhook::WebhookCommand),
    /// Print the API's OpenAPI description
    Openapi,
    /// Settings
    #[command(subcommand)]
    Config(ConfigCommand),
}

#[derive(Subcommand)]
enum ConfigCommand {
    /// Show each setting with its origin
    Show {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
}

/// Exit code for a command or a setting that cannot be understood; the same as clap's.
const WRONG_USAGE: u8 = 2;

/// Runs the command line of this process.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let read = Settings::read(&arguments.settings, &environment());
    let settings = match read.and_then(|settings| entry::check(&settings).map(|()| settings)) {
        Ok(settings) => settings,
        Err(words) => {
            tell(&format!("error: {words}"));
            return ExitCode::from(WRONG_USAGE);
        }
    };
    match dispatch(arguments, &settings) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tell(&format!("error: {error:#}"));
            match error.downcast_ref::<crate::service::Error>() {
                Some(crate::service::Error::Invalid(_)) => ExitCode::from(WRONG_USAGE),
                _ => ExitCode::FAILURE,
            }
        }
    }
}

fn dispatch(arguments: Arguments, settings: &Settings) -> anyhow::Result<()> {
    match arguments.command {
        Command::Serve => serve::serve(settings),
        Command::Demo(demo) => demo::demo(&demo, settings),
        Command::Score(score) => score::score(&score),
        Command::Import(arguments) => import::import(settings, &arguments),
        Command::Export(arguments) => export::export(settings, &arguments),
        Command::Backup(arguments) => backup::backup(settings, &arguments),
        Command::Restore(arguments) => backup::restore(settings, &arguments),
        Command::Migrate { dry_run } => entry::migrate(settings, dry_run),
        Command::Check(arguments) => check::run(settings, &arguments),
        Command::Erase(arguments) => erase::run(settings, &arguments),
        Command::Doctor(it) => doctor::run(settings, &it),
        Command::Pause(it) => sending::stop(settings, &it),
        Command::Resume(it) => sending::go_on(settings, &it),
        Command::Why(it) => sending::tell_why(settings, &it),
        Command::Mail(it) => sending::show_mail(settings, &it),
        Command::Slip(it) => slip::slip(settings, &it),
        Command::User(command) => user::user(settings, command),
        Command::Suppress(command) => suppress::run(settings, &command),
        Command::Bounces(command) => bounces::run(settings, &command),
        Command::Org(command) => field::org(settings, command),
        Command::Key(command) => field::key(settings, command),
        Command::Survey(command) => field::survey(settings, command),
        Command::Annotation(command) => annotation::annotation(settings, command),
        Command::ReportMails(command) => report_mails::report_mails(settings, command),
        Command::Hook(command) => hook::hook(settings, command),
        Command::Instrument(command) => instrument::instrument(command),
        Command::Webhook(command) => webhook::run(settings, command),
        Command::Openapi => print(crate::openapi::document()),
        Command::Config(ConfigCommand::Show { json }) => show_settings(settings, json),
    }
}

fn show_settings(settings: &Settings, as_json: bool) -> anyhow::Result<()> {
    let shown = settings.shown();
    if as_json {
        let list: Vec<_> = shown
            .iter()
            .map(|(name, value, origin)| serde_json::json!({"name": name, "value": value, "origin": origin}))
            .collect();
        return print(&serde_json::to_string_pretty(&list)?);
    }
    let lines: Vec<String> =
        shown.iter().map(|(name, value, origin)| format!("{name:<18} {value:<34} {origin}")).collect();
    print(&lines.join("\n"))
}

/// Writes a result to standard output; a closed pipe is no error.
fn print(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    let written = writeln!(out, "{}", text.trim_end_matches('\n')).and_then(|()| out.flush());
    match written {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// Talks to the person at the terminal: on standard error, where a failure to write has no one to be told.
fn tell(words: &str) {
    drop(writeln!(std::io::stderr(), "{words}"));
}
