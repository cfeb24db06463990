//! Existing data sets come in once, whole, and in the right places, however often they come.

use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;

use laatu::service::import_responses::{Mode, Request, import_responses};
use laatu::store::authority;
use laatu_tests::Server;
use laatu_tests::importing::Importing;
use laatu_tests::json::{at, count, text};
use laatu_tests::recount::instrument;
use serde_json::{Value, json};
use survey_forms::instrument::Facet;

const MAP: &str = r#"
[scale]
min = 1
max = 5
not_applicable = ["6"]

[[dimension]]
key = "reliability"
items = ["kept", "clear"]

[outcome]
overall = "overall"

[group]
desk = "desk"

[row]
date = "day"
"#;

const DATA: &str = "\
order,desk,kept,clear,overall,day
1001,north,4,5,4,2026-03-02
1002,north,3,,3,2026-03-09
1003,south,5,6,5,2026-04-01
1004,,2,3,3,
";

/// A file of so many rows, each with an order number, its answers by turns.
fn rows(from: usize, to: usize) -> String {
    let row = |n: usize| format!("{n},north,{},{},{},2026-03-02\n", n % 5 + 1, n / 5 % 5 + 1, n / 25 % 5 + 1);
    format!("order,desk,kept,clear,overall,day\n{}", (from..to).map(row).collect::<String>())
}

/// Imports in this process; `on_rows` hears how far it is.
fn import_here(server: &Server, data: &str, on_rows: &mut dyn FnMut(u64)) -> u64 {
    let scope = server.services().store.read(|connection| authority::operator(connection, "tuulia")).unwrap();
    let request = Request {
        survey: "desk",
        data_path: Path::new("data.csv"),
        data: data.as_bytes(),
        map_path: Path::new("map.toml"),
        map: MAP,
        id_column: None,
        mode: Mode::Write,
    };
    import_responses(server.services(), &scope, &request, on_rows).unwrap().new
}

on_both! {
    fn a_file_comes_in_and_a_repeat_changes_nothing(server) {
        let work = Importing::with(server, DATA, MAP);
        let done = work.run(&[]).expect(0);
        assert_eq!(done.out.trim(), "4 rows: 4 new, 0 were there");
        assert!(done.talk.contains("desk") && done.talk.contains("nothing is ever sent"), "{}", done.talk);
        let first = work.report("");
        assert_eq!(at(&first, "/total/items/kept/histogram"), &json!({"1": 0, "2": 1, "3": 1, "4": 1, "5": 1}));
        assert_eq!(count(&first, "/total/items/clear/skipped"), 1);
        assert_eq!(count(&first, "/total/items/clear/not_applicable"), 1);
        for _ in 0..2 {
            let again = work.run(&[]).expect(0);
            assert_eq!(again.out.trim(), "4 rows: 0 new, 4 were there");
            assert_eq!(at(&work.report(""), "/total"), at(&first, "/total"));
        }
    }

    fn the_survey_that_is_made_asks_nobody(server) {
        let work = Importing::with(server, DATA, MAP);
        work.run(&[]).expect(0);
        let client = server.client();
        let list = client.get_as(&work.shop.owner, "/api/v1/surveys").expect(200).json();
        let survey = at(&list, "/surveys/0");
        assert_eq!((text(survey, "/key"), text(survey, "/state")), ("desk", "draft"));
        assert_eq!((text(survey, "/instrument"), at(survey, "/languages")), ("imported:desk", &json!([])));
        let start = client.post_json(&work.shop.owner, "/api/v1/surveys/desk/start", &json!({})).expect(409);
        assert!(start.text().contains("imported answers"), "{}", start.text());
        let second = json!({"key": "second", "instrument": "imported:desk"});
        let refused = client.post_json(&work.shop.owner, "/api/v1/surveys", &second).expect(422).json();
        assert_eq!(text(&refused, "/errors/0/pointer"), "/instrument");
        server.deliver(&work.shop, &server.order("9001"));
        server.advance_days(5);
        server.run_jobs();
        assert!(server.mailbox().files().is_empty() && server.invitations(&work.shop).is_empty());
        let rate = work.report("");
        assert_eq!((count(&rate, "/response_rate/sent"), count(&rate, "/response_rate/answered")), (0, 0));
    }

    fn days_segments_and_what_is_not_known_are_where_a_report_asks_for_them(server) {
        let work = Importing::with(server, DATA, MAP);
        let done: Value = serde_json::from_str(&work.run(&["--json"]).expect(0).out).unwrap();
        assert_eq!(at(&done, "/segments"), &json!({"desk": ["north", "south"]}));
        assert_eq!(at(&done, "/service_dates"), &json!({"from": "2026-03-02", "to": "2026-04-01"}));
        assert_eq!((count(&done, "/undated_rows"), at(&done, "/survey_made")), (1, &json!(true)));
        server.run_jobs();
        let kept = |query: &str| count(&work.report(query), "/total/items/kept/n");
        assert_eq!((kept("from=2026-03-02&to=2026-03-03"), kept("from=2026-03-09&to=2026-04-02")), (1, 2));
        let months = work.report("by=month&to=2026-05-01");
        assert_eq!(count(&months, "/by/month/2026-03/items/kept/n"), 2);
        for (by, query) in [("channel", "contact_channel=none"), ("language", "language=none"), ("place", "place=none")] {
            assert_eq!(kept(query), 4, "{query}");
            assert_eq!(count(&work.report(&format!("by={by}")), &format!("/by/{by}/none/items/kept/n")), 4);
        }
        assert_eq!((kept("desk=north"), kept("desk=south"), kept("desk=none")), (2, 1, 1));
        let by = work.report("by=desk");
        let levels: Vec<&String> = at(&by, "/by/desk").as_object().unwrap().keys().collect();
        assert_eq!(levels, ["north", "south"], "a row without a level belongs to none");
        assert_eq!(count(&by, "/total/groups/desk/overall/levels/north/n") , 2);
        assert_eq!(at(&by, "/about/filters"), &json!({"by": "desk"}));
        assert_eq!(at(&work.report("desk=north"), "/about/filters"), &json!({"desk": "north"}));
        let page = server.client().get_as(&work.shop.owner, "/api/v1/surveys/desk/report.html?by=desk").expect(200);
        assert!(page.text().contains("north") && page.text().contains("Imported answers"));
    }

    fn a_file_that_has_grown_brings_its_new_rows_and_a_changed_row_is_named(server) {
        let work = Importing::with(server, DATA, MAP);
        let by_order = ["--id-column", "order"];
        work.run(&by_order).expect(0);
        let before = work.report("");
        let grown = format!("{}1005,west,5,5,5,2026-05-01\n", DATA.replace("1002,north,3,,3", "1002,north,1,,3"));
        work.desk.write("data.csv", &grown);
        let done = work.run(&by_order).expect(0);
        assert_eq!(
            done.out.trim(),
            "5 rows: 1 new, 4 were there, 1 of them with other content, which was not taken"
        );
        assert!(done.talk.contains("Row 2 differs"), "{}", done.talk);
        let after = work.report("by=desk");
        assert_eq!(count(&after, "/total/items/kept/n"), count(&before, "/total/items/kept/n") + 1);
        assert_eq!(at(&after, "/total/items/kept/histogram/1"), 0);
        assert_eq!(count(&after, "/by/desk/west/items/kept/n"), 1);
        // Who knows the rows by their place takes a changed file for another one, and is told.
        let doubled = work.run(&[]).expect(0);
        assert!(doubled.out.contains("5 new") && doubled.talk.contains("count twice"), "{}", doubled.talk);
    }

    fn a_dry_run_says_everything_and_writes_nothing(server) {
        let work = Importing::with(server, DATA, MAP);
        let dry = work.run(&["--dry-run"]).expect(0);
        assert_eq!(dry.out.trim(), "4 rows: 4 new, 0 were there; nothing was written");
        assert!(dry.talk.contains("would be made") && dry.talk.contains("north, south"), "{}", dry.talk);
        assert_eq!(work.status(""), 404);
        work.run(&["--id-column", "order"]).expect(0);
        work.desk.write("data.csv", &DATA.replace("1004,,2", "1004,,5").replace("1001,", "1000,"));
        let dry = work.run(&["--dry-run", "--id-column", "order", "--json"]).expect(0);
        let said: Value = serde_json::from_str(&dry.out).unwrap();
        assert_eq!((count(&said, "/new"), count(&said, "/known")), (1, 3));
        assert_eq!((at(&said, "/changed_rows"), at(&said, "/dry_run")), (&json!([4]), &json!(true)));
        assert_eq!(count(&work.report(""), "/total/items/kept/n"), 4);
    }

    fn an_import_that_was_broken_off_is_run_again(server) {
        let work = Importing::on(server);
        let data = rows(0, 5000);
        let broken = catch_unwind(AssertUnwindSafe(|| {
            import_here(server, &data, &mut |done| {
                if done == 4000 {
                    resume_unwind(Box::new("the process is gone"));
                }
            })
        }));
        assert_eq!(broken.unwrap_err().downcast_ref(), Some(&"the process is gone"));
        assert_eq!(count(&work.report(""), "/total/items/kept/n"), 4000);
        assert_eq!(import_here(server, &data, &mut |_| ()), 1000);
        assert_eq!(import_here(server, &data, &mut |_| ()), 0);
        assert_eq!(count(&work.report(""), "/total/items/kept/n"), 5000);
    }

    fn two_imports_at_once_bring_every_row_once(server) {
        let work = Importing::with(server, &rows(0, 5000), MAP);
        let both = std::thread::scope(|threads| {
            let run = || threads.spawn(|| work.run(&["--id-column", "order", "--json"]).expect(0));
            [run(), run()].map(|one| one.join().unwrap())
        });
        let new = both.map(|one| count(&serde_json::from_str(&one.out).unwrap(), "/new"));
        assert_eq!(new.iter().sum::<u64>(), 5000, "{new:?}");
        assert_eq!(count(&work.report(""), "/total/items/kept/n"), 5000);
    }

    fn the_same_rows_are_others_in_another_survey_and_organisation(server) {
        let work = Importing::with(server, DATA, MAP);
        work.run(&["--id-column", "order"]).expect(0);
        let other = server.shop("lempi");
        let into = |org: &str, survey: &str| {
            let arguments = ["import", "responses", "data.csv", "--map", "map.toml", "--id-column", "order", "--org", org, "--survey", survey];
            work.desk.run(&arguments).expect(0).out
        };
        assert_eq!(into("tuulia", "second").trim(), "4 rows: 4 new, 0 were there");
        assert_eq!(into("lempi", "desk").trim(), "4 rows: 4 new, 0 were there");
        let path = "/api/v1/surveys/second/report";
        server.client().get_as(&other.owner, path).expect(404);
        assert_eq!(count(&work.report(""), "/total/items/kept/n"), 4);
    }

    fn answers_join_a_survey_whose_questions_they_fit(server) {
        let work = Importing::on(server);
        server.field_survey(&work.shop, &json!({"key": "desk"}));
        let instrument = instrument();
        let columns: Vec<&str> = instrument.items().iter().map(|item| item.key.as_str()).collect();
        // Another order of columns changes nothing: answers are stored in the instrument's.
        let backwards: Vec<&str> = columns.iter().rev().copied().collect();
        let code = |key: &str| columns.iter().position(|column| *column == key).unwrap() % 5 + 1;
        let row: Vec<String> = backwards.iter().map(|key| code(key).to_string()).collect();
        work.desk.write("data.csv", &format!("{}\n{}\n", backwards.join(","), row.join(",")));
        work.desk.write("map.toml", &map_of_instrument());
        let done = work.run(&[]).expect(0);
        assert_eq!(done.out.trim(), "1 rows: 1 new, 0 were there");
        let report = work.report("");
        for key in &columns {
            assert_eq!(count(&report, &format!("/total/items/{key}/histogram/{}", code(key))), 1, "{key}");
        }
    }
}

/// A map that says what the shipped questionnaire says, its dimensions in another order.
fn map_of_instrument() -> String {
    let instrument = instrument();
    let mut text = String::new();
    for block in instrument.blocks().iter().rev() {
        let items = &instrument.items()[block.items.clone()];
        let names = |of: &dyn Fn(&survey_forms::instrument::Item) -> bool| {
            let names: Vec<String> =
                items.iter().filter(|item| of(item)).map(|item| format!("\"{}\"", item.key)).collect();
            names.join(", ")
        };
        let facet = if block.facet == Facet::Image { "image" } else { "experience" };
        let scale = &items[0].scale;
        let _ = write!(
            text,
            "[[dimension]]\nkey = \"{}\"\nfacet = \"{facet}\"\nitems = [{}]\nreverse = [{}]\nscale = {{ min = {}, max = {} }}\n",
            block.key,
            names(&|_| true),
            names(&|item| item.reversed),
            scale.min,
            scale.max
        );
    }
    text.push_str("[outcome]\n");
    for (name, key) in [("overall", "overall"), ("nps", "recommendation"), ("ces", "effort")] {
        let item = instrument.items().iter().find(|item| item.key == key).unwrap();
        let _ = writeln!(
            text,
            "{name} = {{ column = \"{key}\", min = {}, max = {} }}",
            item.scale.min, item.scale.max
        );
    }
    text
}
