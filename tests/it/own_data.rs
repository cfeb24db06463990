//! What is kept about a customer, for the customer: all of it is shown and can be taken along, and all of it goes when
//! the customer says so twice.

use std::collections::BTreeSet;

use laatu::service::own_data::token;
use laatu_tests::json::{at, text};
use laatu_tests::people::{Person, marks};
use laatu_tests::schema::Any;
use laatu_tests::server::Shop;
use laatu_tests::{Answer, Page, Respondent, Server};
use serde_json::{Value, json};

use super::erasure::{Field, everything, found, is_clean};

fn low(_: &str, values: &[String]) -> Option<String> {
    values.first().cloned()
}

fn high(_: &str, values: &[String]) -> Option<String> {
    values.get(values.len() - 2).cloned()
}

/// Everything that the tables hold, by table.
pub fn tables(server: &Server) -> Vec<(String, Vec<Vec<u8>>)> {
    let mut any = Any::to(&server.database().target());
    let tables: Vec<String> = any.schema().into_keys().collect();
    tables.into_iter().map(|table| (table.clone(), any.dump(&table))).collect()
}

/// The planted words `zx…z` of some bytes.
fn planted(bytes: &[u8]) -> BTreeSet<String> {
    let all = String::from_utf8_lossy(bytes).to_lowercase();
    let words = all.split(|c: char| !c.is_ascii_alphabetic());
    words.filter(|word| word.starts_with("zx") && word.ends_with('z')).map(str::to_owned).collect()
}

/// An order in which every text is planted, its words ending in `who`.
fn planted_order(server: &Server, who: &str) -> Value {
    let word = |what: &str| format!("zx{what}{who}z");
    let mut order = server.order(&format!("N-{}", word("order")));
    laatu_tests::server::merge(
        &mut order,
        &json!({
            "customer": {"email": format!("{}@example.org", word("mail")), "phone": format!("+358 {}", word("phone")),
                "name": format!("Aino {}", word("name")), "external_id": word("own")},
            "place": word("place"),
            "expected_delivery_at": "2026-05-06T09:00:00Z",
            "value": {"amount_minor": 204_990, "currency": "EUR"},
            "attributes": {word("key"): word("note"), "parcels": {"inner": word("deep")}},
            "contact_basis": {"kind": "other", "text": format!("told {}", word("basis"))}
        }),
    );
    order
}

/// A customer whose order, answers and free words are planted, who has answered and corrected; the own-data path.
fn planted_customer(server: &Server, shop: &Shop, who: &str) -> (Respondent, String) {
    let order = planted_order(server, who);
    let number = order["order_number"].as_str().unwrap().to_owned();
    let contacted = json!({"kind": "contacted", "channel": "phone", "at": server.now()});
    server.post_event(shop, &number, &contacted).expect(202);
    let customer = server.invite(shop, &number, &order);
    customer.answer_all(customer.open(), low, &format!("zxfirst{who}z"));
    customer.answer(&customer.open_page(5), high, &format!("zxsecond{who}z"));
    let mail = server.mailbox().to(&format!("zxmail{who}z@example.org"));
    (customer, mail.own_data_path().to_owned())
}

/// A running survey, and a customer who has answered all of it.
pub fn answered(server: &Server) -> (Shop, Respondent, String) {
    let shop = server.shop("tuulia");
    server.field_survey(&shop, &json!({}));
    let customer = server.invite(&shop, "A1", &json!({}));
    customer.answer_all(customer.open(), low, "First words.");
    let path = server.mailbox().to("customer-A1@example.org").own_data_path().to_owned();
    (shop, customer, path)
}

/// The page at a path.
pub fn shown(server: &Server, path: &str) -> Page {
    Respondent::at(server.client().clone(), path).open()
}

pub fn pressed(server: &Server, path: &str, go: &str) -> Answer {
    server.client().post_form(path, &[("go".to_owned(), go.to_owned())])
}

fn file(server: &Server, path: &str) -> Answer {
    server.client().get(&format!("{path}?download=json")).expect(200)
}

on_both! {
    fn everything_that_is_stored_of_a_customer_is_on_the_page_and_in_the_file(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let (_, path) = planted_customer(server, &shop, "one");
        planted_customer(server, &shop, "two");
        let stored: BTreeSet<String> = tables(server).iter().flat_map(|(_, rows)| planted(&rows.concat_lines())).collect();
        let of = |who: &str| stored.iter().filter(|word| word.ends_with(&format!("{who}z"))).cloned().collect::<BTreeSet<_>>();
        // Order, mail, phone, name, own number, place, name and text of a fact, one inside another, basis, two comments.
        assert_eq!((of("one").len(), of("two").len()), (12, 12), "{stored:?}");
        let page = shown(server, &path).answer.expect(200);
        let file = file(server, &path);
        assert_eq!(planted(&page.body), of("one"), "all of this customer's, and nothing of the other's");
        assert_eq!(planted(&file.body), of("one"));
        for days in ["4 May 2026", "6 May 2026", "7 May 2026", "2,049.90\u{a0}EUR", "by telephone"] {
            assert!(page.text().contains(days), "{days}: {}", page.text());
        }
    }

    fn the_file_says_the_same_in_names_that_programs_can_rely_on(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let (_, path) = planted_customer(server, &shop, "one");
        let answer = file(server, &path);
        assert_eq!(answer.header("content-type"), Some("application/json"));
        assert_eq!(answer.header("cache-control"), Some("private, no-store"));
        assert_eq!(answer.header("content-disposition"), Some("attachment; filename=\"laatu_tuulia_my-data.json\""));
        let all = answer.json();
        assert_eq!((at(&all, "/version"), at(&all, "/other_orders")), (&json!(1), &json!(0)));
        assert_eq!((text(&all, "/held_by/name"), text(&all, "/language")), ("Shop tuulia", "en"));
        assert_eq!(text(&all, "/customer/email"), "zxmailonez@example.org");
        assert_eq!(at(&all, "/order/value"), &json!({"amount_minor": 204_990, "currency": "EUR"}));
        assert_eq!(text(&all, "/order/attributes/parcels/inner"), "zxdeeponez");
        assert_eq!((text(&all, "/order/channel"), text(&all, "/order/contact_channel")), ("web", "phone"));
        assert_eq!((text(&all, "/events/0/kind"), text(&all, "/events/1/kind")), ("delivered", "contacted"));
        assert_eq!((text(&all, "/invitations/0/state"), text(&all, "/invitations/0/survey")), ("answered", "field"));
        let responses = at(&all, "/invitations/0/responses").as_array().unwrap();
        let comments: Vec<&str> = responses.iter().map(|one| text(one, "/comment")).collect();
        assert_eq!(comments, ["zxfirstonez", "zxsecondonez"]);
        assert_ne!(at(&responses[0], "/answers"), at(&responses[1], "/answers"));
        assert_eq!(at(&responses[0], "/answers/0/answer"), &json!(1));
        let given = at(&responses[0], "/answers/0");
        assert!(!text(given, "/question").is_empty() && !text(given, "/words").is_empty(), "{given}");
        let finnish = server.client().get(&format!("{path}?download=json&language=fi")).json();
        assert_ne!(at(&finnish, "/invitations/0/responses/0/answers/0/question"), at(given, "/question"));
        let pages = at(&all, "/invitations/0/saved_pages").as_array().unwrap();
        assert_eq!(pages.len(), 6, "five pages, the last one twice");
    }

    fn answers_of_a_form_half_filled_are_there_too(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let customer = server.invite(&shop, "A1", &json!({}));
        let path = server.mailbox().to("customer-A1@example.org").own_data_path().to_owned();
        assert!(shown(server, &path).answer.text().contains("You have not answered anything yet."));
        let first = customer.open();
        customer.answer(&first, low, "");
        let page = shown(server, &path);
        let answers = page.listed().into_iter().filter(|(_, answer)| answer != "Left open").count();
        assert!(!page.answer.text().contains("You have not answered"), "{}", page.answer.text());
        assert!(answers > first.items().len(), "the facts and {} answers: {:?}", first.items().len(), page.listed());
        assert_eq!(at(&file(server, &path).json(), "/invitations/0/saved_pages/0/answers/0/answer"), &json!(1));
    }

    fn of_other_orders_the_link_tells_only_how_many_there_are(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let customer = json!({"customer": {"external_id": "C-7"}});
        server.invite(&shop, "A1", &customer);
        let path = server.mailbox().to("customer-A1@example.org").own_data_path().to_owned();
        assert!(!shown(server, &path).answer.text().contains("Your other orders"));
        for number in ["B-8341", "B-8342"] {
            let second = server.invite(&shop, number, &customer);
            second.answer_all(second.open(), low, &format!("Words about {number}."));
        }
        let (page, file) = (shown(server, &path).answer.text(), file(server, &path));
        assert!(page.contains("We also keep 2 other orders of yours."), "{page}");
        // The address is the customer's newest, so it names the order of the tests' making.
        let without_address = |text: &str| text.replace("customer-B-8342@example.org", "");
        for told in [without_address(&page), without_address(&file.text())] {
            assert!(!told.contains("B-834") && told.contains("A1"), "{told}");
        }
        assert_eq!(at(&file.json(), "/other_orders"), &json!(2));
    }

    fn whose_order_it_was_learns_nothing_of_whose_it_is_now(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        let customer = server.invite(&shop, "A1", &json!({"customer": {"external_id": "first"}}));
        customer.answer_all(customer.open(), low, "First words.");
        let path = server.mailbox().to("customer-A1@example.org").own_data_path().to_owned();
        let mut order = planted_order(server, "new");
        order["order_number"] = json!("A1");
        server.post_order(&shop, &order).expect(200);
        let (page, file) = (shown(server, &path).answer.expect(200), file(server, &path));
        assert_eq!((planted(&page.body), planted(&file.body)), (BTreeSet::new(), BTreeSet::new()));
        assert!(page.text().contains("customer-A1@example.org") && page.text().contains("First words."));
        pressed(server, &path, "erase-now").expect(200);
        let stays: BTreeSet<String> = tables(server).iter().flat_map(|(_, rows)| planted(&rows.concat_lines())).collect();
        assert_eq!(stays.len(), 9, "the order stays with whose it is: {stays:?}");
        assert!(!everything(server).concat_lines().windows(12).any(|part| part == b"First words."));
    }

    fn who_says_so_twice_is_gone_and_nobody_else(server) {
        let field = Field::on(server);
        let people = field.town().settle(0..6);
        let (gone, ids) = (own_path(&field, &people[2]), people[2].ids.iter().copied().collect());
        let in_english = format!("{gone}?language=en");
        assert_eq!(found(&everything(server), &ids).1, ids, "the search finds them");
        let asked = pressed(server, &in_english, "erase").expect(200).text();
        for words in ["Delete everything?", "one order with all its dates", "one questionnaire with your answers", "Yes, delete everything"] {
            assert!(asked.contains(words), "{words}: {asked}");
        }
        assert_eq!(found(&everything(server), &ids).1, ids, "nothing is gone yet");
        let said = pressed(server, &in_english, "erase-now").expect(200).text();
        assert!(said.contains("Everything is deleted") && marks(said.as_bytes()).is_empty(), "{said}");
        let (whose, which) = found(&everything(server), &ids);
        assert_eq!((whose, which), (BTreeSet::from([0, 1, 3, 4, 5]), BTreeSet::new()));
        is_clean(field.services());
        let list = std::fs::read_to_string(server.erasure_list()).unwrap();
        assert!(list.contains(&people[2].id.to_string()), "{list}");
        let unknown = server.client().get("/s/nowhere.nothing").without_date_and_id();
        for go in ["erase-now", "erase", ""] {
            assert_eq!(pressed(server, &gone, go).without_date_and_id(), unknown, "{go}");
        }
        assert_eq!(server.client().get(&gone).without_date_and_id(), unknown);
        shown(server, &own_path(&field, &people[3])).answer.expect(200);
    }

    fn two_who_press_at_the_same_moment_do_no_harm(server) {
        let field = Field::on(server);
        let people = field.town().settle(0..3);
        let path = own_path(&field, &people[1]);
        let statuses: Vec<u16> = std::thread::scope(|threads| {
            let all: Vec<_> = (0..4).map(|_| threads.spawn(|| pressed(server, &path, "erase-now").status)).collect();
            all.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert!(statuses.contains(&200) && statuses.iter().all(|status| [200, 404].contains(status)), "{statuses:?}");
        assert_eq!(found(&everything(server), &BTreeSet::new()).0, BTreeSet::from([0, 2]));
        is_clean(field.services());
    }

    fn every_language_of_the_survey_has_its_pages(server) {
        let field = Field::on(server);
        let people = field.town().settle(0..8);
        let tags = ["en", "fi", "sv", "et", "de", "hu", "pl", "ar"];
        let mut headings = BTreeSet::new();
        for (person, tag) in people.iter().zip(tags) {
            let path = format!("{}?language={tag}", own_path(&field, person));
            let page = shown(server, &path);
            let posted = |go: &str| Page { path: path.clone(), answer: pressed(server, &path, go).expect(200) };
            for page in [page, posted("erase"), posted("erase-now")] {
                assert_eq!(page.language(), tag);
                headings.extend(page.texts("h1"));
                for key in ["own-label", "own-data", "own-basis", "erase", "thanks-"] {
                    assert!(!page.answer.text().contains(&format!(">{key}")), "{tag}: {}", page.answer.text());
                }
            }
        }
        assert_eq!(headings.len(), 3 * 8, "{headings:?}");
    }
}

/// The path of the page of somebody whose mail was never sent.
pub fn own_path(field: &Field<'_>, person: &Person) -> String {
    let read = field.services().store.read(|connection| {
        let invitation = laatu::store::invitations::get(connection, &field.scope, person.ids[2])?;
        let organisation = laatu::store::organisations::get(connection, &field.scope)?;
        Ok((organisation.route, invitation.link_key_id))
    });
    let (route, key_id) = read.unwrap();
    format!("/p/{}", token(field.services(), &route, &key_id, person.ids[2]).unwrap())
}

/// All values in one piece, with a line between them.
trait ConcatLines {
    fn concat_lines(&self) -> Vec<u8>;
}

impl ConcatLines for Vec<Vec<u8>> {
    fn concat_lines(&self) -> Vec<u8> {
        self.join(&b'\n')
    }
}
