//! Lets the season pass: each day brings orders and events, due mails leave, customers answer.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use anyhow::Context;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use mail_parser::MessageParser;
use rand::{Rng, RngExt, SeedableRng};
use rand_pcg::Pcg64;
use serde_json::{Value, json};
use survey_forms::instrument::{Instrument, shipped_source};

use super::browser::{Arrived, Browser, asks_comment, has_form, questions};
use super::people::{Answering, Fate, Person, seconds_an_answer};
use super::shop;
use crate::clock::{Clock, ManualClock};
use crate::domain::Micros;
use crate::domain::time::DAY;
use crate::jobs::run_due;
use crate::service::Services;

/// Hours of the day, UTC, at which the shop's systems send and customers read.
const HOURS: [i64; 4] = [6, 9, 12, 16];
/// Orders in one request.
const BATCH: usize = 500;

/// A season in passing.
pub struct Season<'a> {
    services: &'a Services,
    clock: &'a ManualClock,
    url: String,
    key: &'a str,
    mail_folder: PathBuf,
    browser: Browser,
    dimension_of: HashMap<String, String>,
    read: HashSet<PathBuf>,
    passed: Passed,
}

/// What has happened.
#[derive(Clone, Copy, Debug, Default)]
pub struct Passed {
    orders: usize,
    events: usize,
    mails: usize,
    finished: usize,
    left: usize,
}

impl Passed {
    /// The season in a line.
    pub fn words(&self) -> String {
        format!(
            "{} orders and {} events came in, {} mails left, {} customers finished the form, {} left it half way.",
            self.orders, self.events, self.mails, self.finished, self.left
        )
    }
}

impl<'a> Season<'a> {
    /// A season over a running service.
    pub fn new(
        services: &'a Services,
        clock: &'a ManualClock,
        url: String,
        key: &'a str,
        mail_folder: PathBuf,
    ) -> anyhow::Result<Self> {
        let source = shipped_source(shop::INSTRUMENT).context("the instrument is not shipped")?;
        let instrument = Instrument::parse(source).map_err(|problems| anyhow::anyhow!("{problems}"))?;
        let block = |item: &survey_forms::instrument::Item| {
            let block = item.block.and_then(|block| instrument.blocks().get(block));
            block.map_or(String::new(), |block| block.key.clone())
        };
        let dimension_of = instrument.items().iter().map(|item| (item.key.clone(), block(item))).collect();
        Ok(Self {
            services,
            clock,
            url,
            key,
            mail_folder,
            browser: Browser::new(),
            dimension_of,
            read: HashSet::new(),
            passed: Passed::default(),
        })
    }

    /// Passes `days` days with `orders` orders.
    pub fn pass(&mut self, orders: u32, seed: u64, days: i64) -> anyhow::Result<Passed> {
        let mut chance = Pcg64::seed_from_u64(seed);
        // The last two weeks bring no new orders, so that the last mails can be answered.
        let people: Vec<Person> =
            (0..orders).map(|index| Person::make_up(&mut chance, index, days - 14)).collect();
        let by_email: HashMap<&str, &Person> = people.iter().map(|one| (one.email.as_str(), one)).collect();
        let start = self.clock.now();
        let mut answers_due: BTreeMap<i64, Vec<(PathBuf, String)>> = BTreeMap::new();
        let bar = progress(days);
        for day in 0..days {
            for hour in HOURS {
                self.clock.set(Micros(start.0 + day * DAY + hour * 3_600_000_000));
                if hour == HOURS[0] {
                    self.bring_orders(&people, day)?;
                    self.bring_events(&people, day)?;
                }
                self.run_jobs()?;
                for (path, link) in answers_due.remove(&(day * 24 + hour)).unwrap_or_default() {
                    if let Some(person) = reader(&path, &by_email)? {
                        // Customers fill their forms beside each other: each begins at the same hour.
                        let hour = self.clock.now();
                        self.answer(&mut chance, person, &link)?;
                        self.clock.set(hour);
                    }
                }
                for (path, link) in self.new_mails()? {
                    let wait = [0, 0, 1, 1, 2, 4].get(chance.random_range(0..6)).copied().unwrap_or(1);
                    let at = HOURS.get(chance.random_range(0..HOURS.len())).copied().unwrap_or(9);
                    let due = ((day + wait) * 24 + at).max(day * 24 + hour + 1);
                    let slot = if HOURS.contains(&(due % 24)) { due } else { (due / 24 + 1) * 24 + HOURS[1] };
                    answers_due.entry(slot).or_default().push((path, link));
                }
            }
            bar.inc(1);
        }
        bar.finish_and_clear();
        Ok(self.passed)
    }

    /// Works on everything that is due.
    pub fn run_jobs(&mut self) -> anyhow::Result<()> {
        while run_due(self.services)? > 0 {}
        Ok(())
    }

    fn bring_orders(&mut self, people: &[Person], day: i64) -> anyhow::Result<()> {
        let today: Vec<&Person> = people.iter().filter(|one| one.day == day).collect();
        for batch in today.chunks(BATCH) {
            let orders: Vec<Value> = batch.iter().map(|one| self.order(one)).collect();
            let url = format!("{}/api/v1/orders", self.url);
            let answer = self.browser.post_with_key(&url, self.key, &json!({ "orders": orders }))?;
            let answer: Value = serde_json::from_str(&answer)?;
            let results =
                answer.get("results").and_then(Value::as_array).map_or(&[] as &[Value], Vec::as_slice);
            self.passed.orders +=
                results.iter().filter(|one| one.get("status") == Some(&json!("created"))).count();
        }
        Ok(())
    }

    fn order(&self, person: &Person) -> Value {
        let now = self.clock.now().rfc3339();
        let mut order = json!({
            "order_number": person.order_number,
            "customer": {"email": person.email, "name": person.name, "language": person.language},
            "channel": person.channel.word(),
            "placed_at": now,
        });
        if let Some(fields) = order.as_object_mut() {
            if !person.place.is_empty() {
                fields.insert("place".to_owned(), json!(person.place));
            }
            if person.has_basis {
                let basis = json!({"kind": "existing_customer_notice", "notice_at": now});
                fields.insert("contact_basis".to_owned(), basis);
            }
        }
        order
    }

    fn bring_events(&mut self, people: &[Person], day: i64) -> anyhow::Result<()> {
        for person in people {
            let since = day - person.day;
            let arrives = since == person.delivery_days;
            let mut happened: Vec<Value> = Vec::new();
            match person.fate {
                Fate::Cancelled if since == 0 => happened.push(json!({"kind": "cancelled"})),
                Fate::Cancelled => continue,
                _ if arrives => happened.push(json!({"kind": "delivered"})),
                Fate::Returned if since == person.delivery_days + 2 => {
                    happened.push(json!({"kind": "returned"}));
                }
                Fate::Complaint if since == person.delivery_days + 1 => {
                    happened.push(json!({"kind": "complaint_opened"}));
                }
                Fate::Complaint if since == person.delivery_days + 6 => {
                    happened.push(json!({"kind": "complaint_closed"}));
                }
                _ => {}
            }
            if arrives && let Some(channel) = person.contact {
                happened.push(json!({"kind": "contacted", "channel": channel.word()}));
            }
            for event in happened {
                self.bring_event(person, event)?;
            }
        }
        Ok(())
    }

    fn bring_event(&mut self, person: &Person, mut event: Value) -> anyhow::Result<()> {
        if let Some(fields) = event.as_object_mut() {
            fields.insert("at".to_owned(), json!(self.clock.now().rfc3339()));
        }
        let url = format!("{}/api/v1/orders/{}/events", self.url, person.order_number);
        self.browser.post_with_key(&url, self.key, &event)?;
        self.passed.events += 1;
        Ok(())
    }

    /// Mails that were not seen yet, with the link in each.
    fn new_mails(&mut self) -> anyhow::Result<Vec<(PathBuf, String)>> {
        let mut found = Vec::new();
        let Ok(entries) = std::fs::read_dir(&self.mail_folder) else { return Ok(found) };
        let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.retain(|path| path.extension().is_some_and(|end| end == "eml") && !self.read.contains(path));
        paths.sort();
        for path in paths {
            let raw = std::fs::read(&path)?;
            let mail = MessageParser::default().parse(&raw).context("a mail cannot be parsed")?;
            let text = mail.body_text(0).context("a mail has no plain part")?;
            let link =
                text.split_whitespace().find(|word| word.contains("/s/")).context("a mail has no link")?;
            found.push((path.clone(), link.to_owned()));
            self.read.insert(path);
            self.passed.mails += 1;
        }
        Ok(found)
    }

    /// One customer opens the mailed link and fills the pages.
    fn answer(&mut self, chance: &mut impl Rng, person: &Person, link: &str) -> anyhow::Result<()> {
        let most_pages = match person.answering {
            Answering::Never => return Ok(()),
            Answering::Leaves(pages) => pages,
            Answering::Finishes | Answering::Switches => usize::MAX,
        };
        let (_, path) = link.split_once("/s/").context("a link without its path")?;
        let mut place = format!("/s/{path}");
        let mut pages = 0;
        let mut has_switched = person.answering != Answering::Switches;
        while pages < most_pages {
            let page = match self.browser.open(&format!("{}{place}", self.url))? {
                Arrived::GoTo(next) => {
                    place = next;
                    continue;
                }
                Arrived::Page(page) => page,
            };
            if !has_form(&page) {
                self.passed.finished += 1;
                return Ok(());
            }
            let mut fields = self.fill(chance, person, &page);
            if !has_switched {
                fields.push(("language".to_owned(), "en".to_owned()));
                has_switched = true;
            }
            let answers = i64::try_from(fields.len()).unwrap_or(0);
            let seconds = answers * seconds_an_answer(chance);
            self.clock.set(self.clock.now().plus_seconds(seconds));
            place = self.go_on(&place, &mut fields)?;
            pages += 1;
        }
        self.passed.left += 1;
        Ok(())
    }

    fn fill(&self, chance: &mut impl Rng, person: &Person, page: &str) -> Vec<(String, String)> {
        let mut fields = Vec::new();
        for (name, values) in questions(page) {
            let dimension = self.dimension_of.get(&name).map_or("", String::as_str);
            if let Some(answer) = person.answer(chance, dimension, &values) {
                fields.push((name, answer));
            }
        }
        if asks_comment(page)
            && let Some(words) = person.comment(chance)
        {
            fields.push(("comment".to_owned(), words.to_owned()));
        }
        fields
    }

    /// Posts a page; one that was left open is posted once more, as its page asks.
    fn go_on(&self, place: &str, fields: &mut Vec<(String, String)>) -> anyhow::Result<String> {
        let url = format!("{}{place}", self.url);
        match self.browser.submit(&url, fields)? {
            Arrived::GoTo(next) => Ok(next),
            Arrived::Page(_) => {
                fields.push(("left_open".to_owned(), "1".to_owned()));
                match self.browser.submit(&url, fields)? {
                    Arrived::GoTo(next) => Ok(next),
                    Arrived::Page(_) => anyhow::bail!("a page could not be left"),
                }
            }
        }
    }
}

/// Who reads a mail: the customer to whom it is addressed.
fn reader<'p>(path: &Path, people: &HashMap<&str, &'p Person>) -> anyhow::Result<Option<&'p Person>> {
    let raw = std::fs::read(path)?;
    let mail = MessageParser::default().parse(&raw).context("a mail cannot be parsed")?;
    let address = mail.to().and_then(|to| to.first()).and_then(|one| one.address());
    Ok(address.and_then(|address| people.get(address)).copied())
}

fn progress(days: i64) -> ProgressBar {
    let bar = ProgressBar::new(u64::try_from(days).unwrap_or(0));
    if !std::io::stderr().is_terminal() {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    let style = ProgressStyle::with_template("{bar:40} day {pos} of {len}  {elapsed}");
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar
}
