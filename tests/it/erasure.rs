//! Erasing customers: nothing of them stays anywhere, the counts are those of the others, and nobody else is touched.

use std::collections::BTreeSet;

use laatu::domain::Id;
use laatu::domain::marks::Marks;
use laatu::report::render::json_compact;
use laatu::service::cells::fold::fold_survey;
use laatu::service::check::check;
use laatu::service::erase::{Erased, Whom, erase, find, look, tidy};
use laatu::service::once::{Request as Asked, in_transaction, run};
use laatu::service::portable::export_all;
use laatu::service::post_page::{Posted, post_page, write_page};
use laatu::service::read_report::{Request, read_report};
use laatu::service::take_orders::take_orders;
use laatu::service::{Error, Services};
use laatu::store::holdings::Named;
use laatu::store::response_log::{self, Place, Step};
use laatu::store::responses::{self, Response};
use laatu::store::surveys::{self, Survey};
use laatu::store::tidy::Effort;
use laatu::store::{OrgScope, authority, cells, places};
use laatu_tests::people::{Person, Town, ids_in, mark, marks, order_number, some_of};
use laatu_tests::program::{Desk, Output};
use laatu_tests::schema::Any;
use laatu_tests::server::Shop;
use laatu_tests::{Kind, Respondent, Server};
use serde_json::{Value, json};

/// A shop with a running survey.
pub struct Field<'s> {
    pub server: &'s Server,
    pub shop: Shop,
    pub scope: OrgScope,
    pub survey: Survey,
}

impl<'s> Field<'s> {
    pub fn on(server: &'s Server) -> Self {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let read = |services: &Services| {
            services.store.read(|connection| {
                let scope = authority::operator(connection, "tuulia")?;
                let survey = surveys::find(connection, &scope, "field")?.expect("the survey");
                Ok((scope, survey))
            })
        };
        let (scope, survey) = read(server.services()).unwrap();
        Self { server, shop, scope, survey }
    }

    pub fn services(&self) -> &Services {
        self.server.services()
    }

    pub fn town(&self) -> Town<'_> {
        Town { services: self.services(), scope: &self.scope, survey: &self.survey }
    }

    pub fn fold(&self) {
        fold_survey(self.services(), &self.scope, &self.survey, &|| true).unwrap();
    }

    pub fn erase(&self, people: &[Person]) -> Erased {
        let erased = erase(self.services(), &self.scope, &named(people)).unwrap();
        self.tidy();
        erased
    }

    /// Clears the files of the database, as whoever erases does at the end.
    fn tidy(&self) {
        assert_eq!(tidy(self.services(), Effort::Brief), None);
    }

    pub fn responses(&self) -> Vec<Response> {
        let mut all = Vec::new();
        let keep = |step: Step<'_>, _: Place| {
            if let Step::Record(response) = step {
                all.push(response.clone());
            }
            Ok(())
        };
        let store = &self.services().store;
        let all_of = (0, i64::MAX);
        store
            .read(|connection| {
                response_log::scan_after(connection, &self.scope, self.survey.id, all_of, keep)
            })
            .unwrap();
        all
    }

    /// The report as the operator reads it.
    fn report(&self, by: &str) -> Value {
        let request = Request { by: Some(by.to_owned()), ..Request::default() };
        let with = read_report(self.services(), &self.scope, "field", &request).unwrap();
        serde_json::from_str(&json_compact(&with.report).unwrap()).unwrap()
    }
}

pub fn named(people: &[Person]) -> Named {
    Named { customers: people.iter().map(|person| person.id).collect(), ..Named::default() }
}

fn numbers(people: &[Person]) -> BTreeSet<usize> {
    people.iter().map(|person| person.number).collect()
}

fn ids(people: &[Person]) -> BTreeSet<Id> {
    people.iter().flat_map(|person| person.ids.clone()).collect()
}

pub fn is_clean(services: &Services) {
    assert_eq!(check(services, None).unwrap().differences, []);
}

/// Everything that the database tells or keeps: all values of all tables; the bytes of the file and of its log; what
/// PostgreSQL keeps of values for its planner.
pub fn everything(server: &Server) -> Vec<Vec<u8>> {
    let target = server.database().target();
    let mut any = Any::to(&target);
    let tables: Vec<String> = any.schema().into_keys().collect();
    let mut all: Vec<Vec<u8>> = tables.iter().map(|table| any.dump(table).join(&b'\n')).collect();
    match &target {
        laatu::store::Target::Sqlite(path) => {
            for end in ["", "-wal"] {
                let path = format!("{}{end}", path.display());
                all.push(std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}")));
            }
        }
        laatu::store::Target::Postgres(_) => {
            let samples = any.texts("SELECT s::text AS value FROM pg_stats s WHERE schemaname = 'public'");
            all.push(samples.join("\n").into_bytes());
        }
    }
    all
}

/// The responses in both formats, as the owner downloads them, and a copy of the whole installation.
fn exports(field: &Field<'_>) -> Vec<Vec<u8>> {
    let download = |format: &str| {
        let path = format!("/api/v1/surveys/field/responses.{format}");
        field.server.client().get_as(&field.shop.owner, &path).expect(200).body
    };
    let desk = Desk::new();
    let copy = desk.folder().join("laatu.copy");
    export_all(&field.services().store, field.services().now(), &copy).unwrap();
    vec![download("csv"), download("jsonl"), std::fs::read(copy).unwrap()]
}

/// Whose marks and which of some ids stand anywhere.
pub fn found(all: &[Vec<u8>], ids: &BTreeSet<Id>) -> (BTreeSet<usize>, BTreeSet<Id>) {
    let whose = all.iter().flat_map(|bytes| marks(bytes)).collect();
    (whose, all.iter().flat_map(|bytes| ids_in(bytes, ids)).collect())
}

/// Runs the program beside the running service, with the same list of erasures.
pub fn laatu(server: &Server, arguments: &[&str]) -> Output {
    let list = server.erasure_list();
    Desk::new()
        .with("LAATU_DATABASE_URL", server.database().url())
        .with("LAATU_ERASURE_LIST", list.to_str().unwrap())
        .run(arguments)
}

fn sample(server: &Server) {
    if server.database().kind() == Kind::Postgres {
        Any::to(&server.database().target()).run("ANALYZE");
    }
}

on_both! {
    fn of_a_thousand_erased_customers_nothing_stays_and_the_counts_are_those_of_the_others(server) {
        let field = Field::on(server);
        let mut people = field.town().settle(0..1030);
        field.fold();
        // Some answers are not folded yet.
        people.extend(field.town().settle(1030..1060));
        sample(server);
        let gone = some_of(&people, 1000, 4);
        let stay: Vec<Person> = people.iter().filter(|one| !numbers(&gone).contains(&one.number)).cloned().collect();
        let (whose, which) = found(&[everything(server), exports(&field)].concat(), &ids(&gone));
        assert_eq!((whose, which), (numbers(&people), ids(&gone)), "the search finds everybody");
        for export in exports(&field) {
            assert!(!marks(&export).is_disjoint(&numbers(&gone)), "and somebody in each export");
        }
        let of_others: Vec<Response> =
            field.responses().into_iter().filter(|one| !ids(&gone).contains(&one.id)).collect();

        let erased = field.erase(&gone);
        assert_eq!((erased.customers, erased.orders, erased.events, erased.invitations), (1000, 1000, 1000, 1000));
        assert_eq!(erased.saved_pages, erased.responses);
        assert_eq!(erased.responses, erased.comments);

        let (whose, which) = found(&[everything(server), exports(&field)].concat(), &ids(&gone));
        assert_eq!(which, BTreeSet::new(), "no id is left");
        assert_eq!(whose, numbers(&stay), "nobody erased is left, and everybody else is");
        assert_eq!(field.responses(), of_others);
        is_clean(field.services());
        field.fold();
        is_clean(field.services());

        let from_cells = ["channel", "place", "week"].map(|by| field.report(by));
        in_transaction(field.services(), |connection| Ok(cells::reset(connection, &field.scope, field.survey.id)?)).unwrap();
        let never = Server::on(server.database().kind());
        let elsewhere = Field::on(&never);
        let rows: Vec<(&Response, &str)> = of_others.iter().map(|one| (one, "")).collect();
        in_transaction(elsewhere.services(), |connection| {
            for place in ["helsinki", "turku"] {
                places::number(connection, &elsewhere.scope, place)?;
            }
            Ok(responses::append_all(connection, &elsewhere.scope, &rows)?)
        }).unwrap();
        for (by, from_cells) in ["channel", "place", "week"].iter().zip(from_cells) {
            let (scanned, never) = (field.report(by), elsewhere.report(by));
            for part in ["/total/dimensions", "/total/items", "/total/outcome", "/total/people", &format!("/by/{by}")] {
                assert_eq!(from_cells.pointer(part), scanned.pointer(part), "{by} {part}");
                assert_eq!(scanned.pointer(part), never.pointer(part), "{by} {part}");
            }
        }
    }

    fn a_customer_is_found_by_each_of_their_names_and_erased_once(server) {
        let field = Field::on(server);
        field.town().settle(0..6);
        let whom = [
            Whom::Email(format!("{}@EXAMPLE.org", mark(0))),
            Whom::Phone(format!("+358 ({})", mark(1))),
            Whom::ExternalId(format!("own-{}", mark(2))),
            Whom::OrderNumber(order_number(3)),
        ];
        for (number, whom) in whom.iter().enumerate() {
            let found = find(field.services(), &field.scope, whom).unwrap();
            assert_eq!(found.customers.len(), 1, "{whom:?}");
            let looked = look(field.services(), &field.scope, &found).unwrap();
            assert_eq!(erase(field.services(), &field.scope, &found).unwrap(), looked);
            assert!(looked.kept_answers >= 1 && looked.orders == 1, "{looked:?}");
            assert!(matches!(find(field.services(), &field.scope, whom), Err(Error::NotFound(_))), "{number}");
            assert_eq!(erase(field.services(), &field.scope, &found).unwrap(), Erased::default(), "again is harmless");
        }
        field.tidy();
        let (whose, _) = found(&everything(server), &BTreeSet::new());
        assert_eq!(whose, BTreeSet::from([4, 5]));
        is_clean(field.services());
    }

    fn a_repeat_of_an_erased_request_brings_nobody_back(server) {
        let field = Field::on(server);
        let body = field.town().order_of(7);
        let raw = body.to_string();
        let send = || {
            let key = format!("first-{}", mark(7));
            let request = Asked { key: Some(&key), path: "/api/v1/orders", body: raw.as_bytes() };
            run(field.services(), &field.scope, request, |connection| {
                take_orders(field.services(), connection, &field.scope, &body)
            })
        };
        assert_eq!(send().unwrap().status, 201);
        assert!(send().unwrap().replayed);
        let found_first = find(field.services(), &field.scope, &Whom::OrderNumber(order_number(7))).unwrap();
        erase(field.services(), &field.scope, &found_first).unwrap();
        assert!(matches!(send(), Err(Error::Erased)));
        field.tidy();
        assert_eq!(found(&everything(server), &BTreeSet::new()).0, BTreeSet::new());
    }

    fn a_repeat_over_http_is_told_410(server) {
        let field = Field::on(server);
        let order = server.order("410");
        let headers = [("authorization", format!("Bearer {}", field.shop.sender)),
            ("content-type", "application/json".to_owned()), ("idempotency-key", "nightly-410".to_owned())];
        let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
        let send = || server.client().send("POST", "/api/v1/orders", &headers, Some(order.to_string().as_bytes()));
        send().expect(201);
        laatu(server, &["erase", "--org", "tuulia", "--order", "410"]).expect(0);
        let told = send().expect(410).json();
        assert_eq!(told["type"], "/api/docs/errors#erased");
        assert_eq!(server.invitations(&field.shop), [] as [Value; 0]);
    }

    fn an_erased_link_is_as_dead_as_an_unknown_one(server) {
        let field = Field::on(server);
        let customer = server.invite(&field.shop, "A1", &json!({}));
        let first = customer.open();
        let fields = first.fill(|_, values| values.first().cloned(), "");
        let token = customer.link().trim_start_matches("/s/").to_owned();
        // Worked out before the erasure, written after it.
        let Posted::Write(submission, _) = post_page(field.services(), &token, 1, &fields, Marks::NONE).unwrap() else {
            panic!("a page is to be written");
        };
        let found = find(field.services(), &field.scope, &Whom::OrderNumber("A1".to_owned())).unwrap();
        let erased = erase(field.services(), &field.scope, &found).unwrap();
        assert_eq!((erased.invitations, erased.jobs), (1, 2), "{erased:?}");
        let written = actix_web::rt::System::new().block_on(write_page(field.services(), *submission)).unwrap();
        assert!(!written, "it was overtaken");
        assert_eq!(Any::to(&server.database().target()).number("SELECT count(*) AS n FROM saved_page"), 0);
        let route = token.split_once('.').unwrap().0;
        let unknown = Respondent::at(server.client().clone(), &format!("/s/{route}.{}", "a".repeat(32)));
        let (gone, never) = (customer.open().answer, unknown.open().answer);
        assert_eq!(gone.status, 404);
        assert_eq!(gone.without_date_and_id(), never.without_date_and_id());
        let posted = |link: &str| server.client().post_form(&format!("{link}/1"), &fields).without_date_and_id();
        assert_eq!(posted(customer.link()), posted(unknown.link()));
        assert_eq!(posted(customer.link()).status, 404);
        is_clean(field.services());
    }

    fn erasing_while_customers_answer_loses_nobody_else(server) {
        let field = Field::on(server);
        let customers: Vec<Respondent> = {
            for number in 0..24 {
                server.deliver(&field.shop, &server.order(&format!("R{number}")));
            }
            server.advance_days(3);
            server.run_jobs();
            let link = |number: usize| server.mailbox().to(&format!("customer-R{number}@example.org")).link_path().to_owned();
            (0..24).map(|number| Respondent::at(server.client().clone(), &link(number))).collect()
        };
        let answer = |customer: &Respondent| {
            let mut page = customer.open();
            while page.is_form() {
                page = customer.answer(&page, |_, values| values.first().cloned(), "Words.");
            }
            page.answer.status
        };
        let statuses = std::thread::scope(|threads| {
            let answering: Vec<_> = customers.iter().map(|customer| threads.spawn(|| answer(customer))).collect();
            for number in (0..24).step_by(3) {
                let whom = Whom::OrderNumber(format!("R{number}"));
                let found = find(field.services(), &field.scope, &whom).unwrap();
                erase(field.services(), &field.scope, &found).unwrap();
            }
            answering.into_iter().map(|one| one.join().unwrap()).collect::<Vec<u16>>()
        });
        for (number, status) in statuses.iter().enumerate() {
            let may = if number % 3 == 0 { &[200, 404][..] } else { &[200] };
            assert!(may.contains(status), "R{number}: {status}");
        }
        assert_eq!(field.responses().len(), 16);
        for number in (0..24).step_by(3) {
            assert_eq!(customers[number].open().answer.status, 404);
        }
        is_clean(field.services());
        field.fold();
        is_clean(field.services());
    }

    fn a_mail_under_way_to_somebody_erased_leaves_no_trace(server) {
        let field = Field::on(server);
        for number in 0..3 {
            server.deliver(&field.shop, &server.order(&format!("M{number}")));
        }
        server.advance_days(3);
        let now = field.services().now();
        let leased = field.services().store.write(|connection| {
            laatu::store::jobs::lease(connection, field.scope.org_id().0, now, now.plus_seconds(60), 1)
        }).unwrap();
        let whom = Whom::OrderNumber("M0".to_owned());
        let found = find(field.services(), &field.scope, &whom).unwrap();
        erase(field.services(), &field.scope, &found).unwrap();
        assert_eq!(leased.len(), 1);
        server.run_jobs();
        server.advance_hours(1);
        server.run_jobs();
        let any = || Any::to(&server.database().target());
        assert_eq!(any().number("SELECT count(*) AS n FROM invitation"), 2);
        assert_eq!(any().number("SELECT count(*) AS n FROM job WHERE kind = 1 AND state <> 3"), 0, "the others' mails left");
        is_clean(field.services());
    }

    fn the_command_says_what_it_did_and_never_whom(server) {
        let field = Field::on(server);
        let people = field.town().settle(0..4);
        let address = format!("{}@example.org", mark(1));
        let by_mail = ["erase", "--org", "tuulia", "--email", &address];
        let dry = laatu(server, &[&by_mail[..], &["--dry-run"]].concat()).expect(0);
        assert!(dry.out.starts_with("would be erased: 1 customers, 1 orders, 1 events, 1 invitations"), "{}", dry.out);
        let done = laatu(server, &[&by_mail[..], &["--json"]].concat()).expect(0);
        let shown: Value = serde_json::from_str(&done.out).unwrap();
        assert_eq!((&shown["found"], &shown["erased"]["customers"]), (&json!(true), &json!(1)));
        assert_eq!(shown["customers"], json!([people[1].id.to_string()]));
        let again = laatu(server, &[&by_mail[..], &["--json"]].concat()).expect(1);
        assert_eq!(serde_json::from_str::<Value>(&again.out).unwrap()["found"], json!(false));
        for output in [dry, done, again] {
            assert_eq!(marks(format!("{}{}", output.out, output.talk).as_bytes()), BTreeSet::new());
        }
        let id = people[2].id.to_string();
        laatu(server, &["erase", "--org", "tuulia", "--customer", &id]).expect(0);
        laatu(server, &["erase", "--org", "tuulia", "--customer", "nobody"]).expect(2);
        laatu(server, &["erase", "--org", "tuulia"]).expect(2);
        laatu(server, &["erase", "--org", "tuulia", "--email", "a@b.fi", "--order", "1"]).expect(2);
        assert_eq!(found(&everything(server), &ids(&people[1..3])), (BTreeSet::from([0, 3]), BTreeSet::new()));
        laatu(server, &["check"]).expect(0);
    }

    fn events_of_an_order_that_never_came_are_erased_by_its_number(server) {
        let field = Field::on(server);
        let event = json!({"kind": "delivered", "at": server.now()});
        server.post_event(&field.shop, &order_number(9), &event).expect(202);
        let output = laatu(server, &["erase", "--org", "tuulia", "--order", &order_number(9)]).expect(0);
        assert!(output.out.starts_with("erased: 0 customers, 0 orders, 1 events"), "{}", output.out);
        assert_eq!(output.talk, "", "nothing is left to be told");
        assert_eq!(found(&everything(server), &BTreeSet::new()).0, BTreeSet::new());
    }

    fn another_organisation_cannot_erase_whom_it_does_not_have(server) {
        let field = Field::on(server);
        let people = field.town().settle(0..2);
        server.shop("other");
        laatu(server, &["erase", "--org", "other", "--customer", &people[0].id.to_string()]).expect(1);
        laatu(server, &["erase", "--org", "other", "--order", &people[1].order_number]).expect(1);
        assert_eq!(found(&everything(server), &BTreeSet::new()).0, BTreeSet::from([0, 1]));
    }
}
