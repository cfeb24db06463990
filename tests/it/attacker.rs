//! Somebody without the right to rows who wants to know what single customers answered, and asks for days.
//!
//! The attacker asks a thousand times: the API, its files, the dashboard's pages and the files of their charts, what is allowed
//! and what is not. Customers answer, correct and are erased in between, a few at a time, and the attacker asks again where
//! something moved. From every report the exact counts of each group are kept, over all items: a group's counts are the sum of
//! its people's answers. Then everything that was ever seen is subtracted from everything else: the same group on two days,
//! groups from their total, weeks from months. A difference of one to nine people that holds together over all items is a few
//! people found; of one, all that this customer answered.
//!
//! Two splits that nearly say the same are out of the promise (ADR 14); channels, places and languages here have nothing to do with each other.

use std::collections::{BTreeMap, BTreeSet};

use laatu::domain::Role;
use laatu::service::cells::fold::fold_long_tails;
use laatu::service::once::in_transaction;
use laatu::store::places;
use laatu::store::responses::Response;
use laatu_tests::Server;
use laatu_tests::answered::{Answered, Dice, FIRST_DAY};
use laatu_tests::desk_person::{DeskPerson, PASSWORD};
use laatu_tests::people::Person;
use laatu_tests::recount::instrument;
use laatu_tests::server::Shop;
use scraper::{Html, Selector};
use serde_json::{Value, json};
use survey_forms::instrument::Item;

use crate::erasure::Field;

const API: &str = "/api/v1/surveys/field";
const PAGES: &str = "/dashboard/surveys/field";
/// States of an item that are no answers, as reports name them, with their packed bytes.
const STATES: [(&str, usize); 4] =
    [("not_applicable", 12), ("dont_know", 13), ("skipped", 14), ("not_shown", 15)];
/// Kinds of a packed answer.
const CODES: usize = 16;

/// Everything by one value of one thing.
const FILTERS: [&str; 12] = [
    "channel=web",
    "channel=phone",
    "channel=in_person",
    "contact_channel=none",
    "contact_channel=phone",
    "contact_channel=chat",
    "place=helsinki",
    "place=turku",
    "place=none",
    "language=fi",
    "language=en",
    "language=hu",
];
/// Whole months and weeks that overlap.
const PERIODS: [(&str, &str); 8] = [
    ("2026-02-01", "2026-03-01"),
    ("2026-02-09", "2026-03-02"),
    ("2026-02-01", "2026-04-01"),
    ("2026-03-02", "2026-03-30"),
    ("2026-03-01", "2026-04-01"),
    ("2026-02-09", "2026-03-30"),
    ("2026-04-01", "2026-06-01"),
    ("2026-03-30", "2026-05-11"),
];
/// Pages of the dashboard with figures.
const LOOKED_AT: [&str; 8] =
    ["", "/dimensions", "/channels", "/places", "/trend", "/answered", "/drivers", "/comments"];

/// How many people gave each code to each item; none for an item that is not shown.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Counts(Vec<Option<[i64; CODES]>>);

impl Counts {
    /// Of a report's part; none where nothing is shown.
    fn of(part: &Value, items: &[Item]) -> Option<Self> {
        let counts: Vec<_> = items.iter().map(|item| of_item(&part["items"][&item.key], item)).collect();
        counts.iter().any(Option::is_some).then_some(Self(counts))
    }

    /// Of one person.
    fn person(response: &Response) -> Self {
        let one = |byte: &u8| {
            let mut counts = [0; CODES];
            counts[usize::from(*byte)] = 1;
            Some(counts)
        };
        Self(response.answers.iter().map(one).collect())
    }

    fn people(&self) -> i64 {
        self.0.iter().flatten().map(|counts| counts.iter().sum()).max().unwrap_or(0)
    }

    fn with(&self, other: &Self, sign: i64) -> Self {
        let both = self.0.iter().zip(&other.0).map(|(one, two)| {
            let (one, two) = (one.as_ref()?, two.as_ref()?);
            Some(std::array::from_fn(|code| one[code] + sign * two[code]))
        });
        Self(both.collect())
    }

    /// Whether it can be the counts of so many people: each item has all of them, and none of its counts is below nobody.
    fn is_a_group_of(&self, people: i64) -> bool {
        let is_one =
            |counts: &[i64; CODES]| counts.iter().all(|n| *n >= 0) && counts.iter().sum::<i64>() == people;
        self.0.iter().flatten().count() > 5 && self.0.iter().flatten().all(is_one)
    }

    /// Whether a part of it can lack so many people; quick to say no, since nearly all pairs end at their first item.
    fn may_hold(&self, part: &Self, lacking: i64) -> bool {
        let item = |(all, some): (&[i64; CODES], &[i64; CODES])| {
            let lacks = |(all, some): (&i64, &i64)| (all >= some).then_some(all - some);
            all.iter().zip(some).map(lacks).sum::<Option<i64>>() == Some(lacking)
        };
        self.0.iter().zip(&part.0).filter_map(|(all, some)| all.as_ref().zip(some.as_ref())).all(item)
    }

    /// Whether it says the same wherever both say something.
    fn agrees_with(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(one, two)| one.is_none() || two.is_none() || one == two)
    }
}

fn of_item(figure: &Value, item: &Item) -> Option<[i64; CODES]> {
    let histogram = figure["histogram"].as_object()?;
    let mut counts = [0; CODES];
    for (code, n) in histogram {
        let place = code.parse::<usize>().expect("a code") - usize::from(item.scale.min) + 1;
        counts[place] = n.as_i64().expect("a count");
    }
    for (state, place) in STATES {
        counts[place] = figure[state].as_i64().expect("a count");
    }
    Some(counts)
}

/// What the attacker knows, and how often they asked.
struct Attacker<'a> {
    server: &'a Server,
    key: String,
    desk: DeskPerson,
    email: String,
    items: Vec<Item>,
    /// Everything that was ever shown or follows from one answer.
    seen: BTreeSet<Counts>,
    /// People behind each figure of files and charts by its address and name, as often as it was read.
    sizes: BTreeMap<String, Vec<i64>>,
    /// How many people each group had when it was last read.
    last: BTreeMap<String, i64>,
    /// Groups that moved since.
    moved: Vec<String>,
    asked: usize,
    refused: usize,
}

impl<'a> Attacker<'a> {
    fn new(server: &'a Server, shop: &Shop, key: &str, role: Role) -> Self {
        let email = format!("{}@example.org", role.word());
        Self {
            server,
            key: key.to_owned(),
            desk: server.signed_in(shop, &email, role, &[]),
            email,
            items: instrument().items().to_vec(),
            seen: BTreeSet::new(),
            sizes: BTreeMap::new(),
            last: BTreeMap::new(),
            moved: Vec::new(),
            asked: 0,
            refused: 0,
        }
    }

    /// Reads a report and keeps what it says and what follows from it alone.
    fn read(&mut self, query: &str) {
        self.asked += 1;
        let report =
            self.server.client().get_as(&self.key, &format!("{API}/report?{query}")).expect(200).json();
        let total = Counts::of(&report["total"], &self.items);
        self.keep(query, total.as_ref());
        let splits = report["by"].as_object().into_iter().flatten();
        for (by, levels) in splits {
            let mut sums: Vec<Counts> = Vec::new();
            let mut rest = total.clone();
            for (level, part) in levels.as_object().into_iter().flatten() {
                let group = Counts::of(part, &self.items);
                self.keep(&format!("{query} {by}={level}"), group.as_ref());
                let Some(group) = group else { continue };
                self.seen.extend(total.as_ref().map(|total| total.with(&group, -1)));
                rest = rest.map(|rest| rest.with(&group, -1));
                // Weeks and months in a row, which may meet somewhere.
                sums = sums.iter().map(|sum| sum.with(&group, 1)).chain([group.clone()]).collect();
                self.seen.extend(sums.iter().cloned());
            }
            self.seen.extend(rest);
        }
    }

    fn keep(&mut self, group: &str, counts: Option<&Counts>) {
        let people = counts.map_or(0, Counts::people);
        if self.last.insert(group.to_owned(), people).is_some_and(|before| before != people) {
            self.moved.push(group.to_owned());
        }
        self.seen.extend(counts.cloned());
    }

    /// Asks for what is not theirs.
    fn overstep(&mut self, day: usize) {
        // From Tuesday to Saturday, and no first of a month.
        let (first, next) = (format!("2026-03-{:02}", 3 + day % 5), format!("2026-03-{:02}", 4 + day % 5));
        for path in [
            format!("report?from={first}&to={next}"),
            "report?channel=web&place=turku".to_owned(),
            "report?place=turku&by=channel".to_owned(),
            "report?language=fi&contact_channel=phone".to_owned(),
            "report?channel=web&by=language".to_owned(),
            "report?contact_channel=none&by=place".to_owned(),
            format!("report?from={first}"),
            format!("report.xlsx?from=2026-03-02&to={next}"),
            format!("report.html?place=turku&language=hu&to={next}"),
            "report.csv?channel=web&channel=phone&place=none".to_owned(),
            "report?careless=out".to_owned(),
            "responses.csv".to_owned(),
            "responses.jsonl?after=0".to_owned(),
            "responses.sav".to_owned(),
            "responses.parquet".to_owned(),
            "bundle.zip".to_owned(),
        ] {
            self.asked += 1;
            let answer = self.server.client().get_as(&self.key, &format!("{API}/{path}"));
            assert!([403, 422].contains(&answer.status), "{path}: {} {}", answer.status, answer.text());
            self.refused += 1;
        }
    }

    /// Reads the report as a table: how many people are behind each figure.
    fn read_file(&mut self, query: &str) {
        self.asked += 1;
        let answer = self.server.client().get_as(&self.key, &format!("{API}/report.csv?{query}")).expect(200);
        let mut reader = csv::Reader::from_reader(answer.body.as_slice());
        for row in reader.deserialize::<BTreeMap<String, String>>().map(Result::unwrap) {
            // How many were asked is counted at once, and is no answer of anybody.
            if row["part"] == "response_rate" || row["part"] == "weights" && row["name"] == "response" {
                continue;
            }
            let name =
                ["split", "level", "part", "name", "statistic"].map(|column| row[column].as_str()).join("|");
            self.size(format!("{query}|{name}"), &row["n"]);
        }
    }

    /// Looks at a page of the dashboard and at the values of its charts.
    fn look(&mut self, page: &str) {
        self.asked += 1;
        let shown = self.desk.get(&format!("{PAGES}{page}")).expect(200).text();
        let wanted = Selector::parse(".along a[href*='.csv']").unwrap();
        let html = Html::parse_document(&shown);
        for link in html.select(&wanted).filter_map(|one| one.value().attr("href")).take(6) {
            self.asked += 1;
            let values = self.desk.get(link).expect(200);
            let mut reader = csv::Reader::from_reader(values.body.as_slice());
            let names = reader.headers().unwrap().clone();
            let Some(people) = names.iter().position(|name| name == "n") else { continue };
            for row in reader.records().map(Result::unwrap) {
                self.size(format!("{link}|{}", &row[0]), &row[people]);
            }
        }
    }

    fn size(&mut self, figure: String, people: &str) {
        if let Ok(people) = people.parse() {
            self.sizes.entry(figure).or_default().push(people);
        }
    }

    /// A day's questions: all groups, then more closely those that moved since.
    fn ask(&mut self, day: usize) {
        self.moved.clear();
        // A session of yesterday has run out.
        self.desk.sign_in(&self.email, PASSWORD).expect(303);
        for by in ["", "by=channel", "by=contact_channel", "by=place", "by=language", "by=month", "by=week"] {
            self.read(by);
        }
        for filter in FILTERS {
            self.read(filter);
        }
        let moved: Vec<String> =
            self.moved.iter().filter(|group| FILTERS.contains(&group.as_str())).cloned().collect();
        for filter in moved.iter().take(4) {
            self.read(&format!("{filter}&by={}", if day.is_multiple_of(2) { "week" } else { "month" }));
        }
        for (from, to) in PERIODS.iter().cycle().skip(3 * day).take(3) {
            self.read(&format!("from={from}&to={to}"));
        }
        self.overstep(day);
        for query in ["", FILTERS[day % FILTERS.len()]] {
            self.read_file(query);
        }
        for page in LOOKED_AT.iter().cycle().skip(2 * day).take(2) {
            self.look(&format!("{page}?period=all"));
        }
    }

    /// Differences of one to nine people between any two things that were seen.
    fn found(&self) -> Vec<Counts> {
        let mut seen: Vec<(i64, &Counts)> =
            self.seen.iter().map(|counts| (counts.people(), counts)).collect();
        seen.sort_by_key(|(people, _)| *people);
        let mut found: Vec<Counts> = Vec::new();
        for (place, (few, less)) in seen.iter().enumerate() {
            if (1..10).contains(few) && less.is_a_group_of(*few) {
                found.push((*less).clone());
            }
            for (many, more) in seen[place + 1..].iter().take_while(|(many, _)| many - few < 10) {
                if many > few && more.may_hold(less, many - few) {
                    let difference = more.with(less, -1);
                    found.extend(difference.is_a_group_of(many - few).then_some(difference));
                }
            }
        }
        found
    }

    /// Figures of files and charts whose people differ by one to nine between two readings.
    fn small_steps(&self) -> Vec<&String> {
        let steps =
            |sizes: &Vec<i64>| sizes.iter().any(|one| sizes.iter().any(|two| (1..10).contains(&(one - two))));
        self.sizes.iter().filter(|(_, sizes)| steps(sizes)).map(|(figure, _)| figure).collect()
    }
}

/// People who answered before, alike in nothing but chance; one language is rare.
fn come(survey: &mut Answered<'_>, people: usize) {
    survey.append_changed(people, |came, response| {
        response.test = false;
        response.service_day = FIRST_DAY + i32::try_from((came * 37) % 91).unwrap();
        if came % 97 == 0 {
            "hu".clone_into(&mut response.language);
        } else if response.language == "hu" {
            "en".clone_into(&mut response.language);
        }
    });
}

/// How many of these people somebody knows who found these groups.
fn known(found: &[Counts], people: &[Response]) -> usize {
    let single: Vec<&Counts> = found.iter().filter(|counts| counts.people() == 1).collect();
    people
        .iter()
        .map(Counts::person)
        .filter(|person| single.iter().any(|one| one.agrees_with(person)))
        .count()
}

/// Days on which so many come, and so many of those who came on the days before are erased.
const DAYS: [(usize, usize); 20] = [
    (40, 0),
    (2, 1),
    (12, 0),
    (1, 1),
    (0, 2),
    (35, 0),
    (3, 3),
    (9, 0),
    (1, 1),
    (60, 2),
    (2, 0),
    (1, 9),
    (31, 0),
    (1, 1),
    (1, 0),
    (10, 1),
    (0, 1),
    (30, 0),
    (1, 0),
    (2, 2),
];

/// How many entries the log has before the attack begins; four of five of them are people.
#[allow(clippy::disallowed_methods, reason = "how large the attack is, is a setting of the tests")]
fn entries() -> usize {
    std::env::var("LAATU_ATTACKED")
        .ok()
        .map_or(1_200, |entries| entries.parse().expect("a number of entries"))
}

#[test]
fn a_thousand_questions_tell_of_nobody() {
    let server = &Server::on(laatu_tests::Kind::Sqlite);
    let field = Field::on(server);
    let mut dice = Dice(42);
    let mut attacker = Attacker::new(server, &field.shop, &field.shop.analyst, Role::Analyst);
    in_transaction(server.services(), |connection| {
        for place in ["helsinki", "turku"] {
            places::number(connection, &field.scope, place)?;
        }
        Ok(())
    })
    .unwrap();
    come(&mut Answered::new(server.services(), "tuulia", 41), entries());
    let (mut number, mut town, mut everybody) = (0, Vec::new(), Vec::new());
    for (day, (new, gone)) in DAYS.into_iter().enumerate() {
        field.fold();
        fold_long_tails(server.services(), &|| true).unwrap();
        attacker.ask(day);
        town.extend(field.town().settle(number..number + new));
        number += new;
        everybody.extend(field.responses());
        let mut one = || {
            let whom = usize::try_from(dice.below(town.len() as u64)).expect("a small number");
            town.swap_remove(whom)
        };
        let gone: Vec<Person> = (0..gone).map(|_| one()).collect();
        field.erase(&gone);
        server.advance_days(1);
    }
    attacker.ask(DAYS.len());
    assert!(attacker.asked >= 1_000, "{} questions", attacker.asked);
    let found = attacker.found();
    let sizes: Vec<i64> = found.iter().map(Counts::people).collect();
    assert_eq!((known(&found, &everybody), sizes.len()), (0, 0), "groups of {sizes:?}");
    assert_eq!(attacker.small_steps(), [] as [&String; 0]);
    println!(
        "{} people, {} questions, {} refused, {} different counts",
        field.responses().len(),
        attacker.asked,
        attacker.refused,
        attacker.seen.len()
    );
}

on_both! {
    fn the_same_questions_tell_who_may_see_rows_everything(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let mut survey = Answered::new(server.services(), "tuulia", 43);
        come(&mut survey, 300);
        let mut attacker = Attacker::new(server, &shop, &shop.owner, Role::Owner);
        attacker.read("by=language");
        let before = survey.newest.len();
        while survey.newest.len() == before {
            come(&mut survey, 1);
        }
        attacker.read("");
        attacker.look("?period=all");
        let found = attacker.found();
        assert!(known(&found, &survey.newest) > 0, "the attack finds what there is to find");
    }
}
