//! What cannot be brought in is refused in words, with everything that is wrong, and nothing of it is stored.

use laatu_tests::importing::Importing;
use laatu_tests::json::{at, text};

const MAP: &str =
    "[scale]\nmin = 1\nmax = 5\n[[dimension]]\nkey = 'care'\nitems = ['A', 'B']\nreverse = ['B']\n";

/// The words of a refusal, after which there is no survey.
fn refused(work: &Importing<'_>, further: &[&str], code: i32) -> String {
    let words = work.run(further).expect(code).talk;
    assert_eq!(work.status(""), 404, "{words}");
    words
}

/// The same for a data file.
fn refused_data(work: &Importing<'_>, data: &str, further: &[&str]) -> String {
    work.desk.write("data.csv", data);
    refused(work, further, 1)
}

/// The same for a map, over rows that are in order.
fn refused_map(work: &Importing<'_>, more: &str) -> String {
    work.desk.write("map.toml", &format!("{MAP}{more}"));
    refused(work, &[], 1)
}

#[track_caller]
fn says(words: &str, expected: &[&str]) {
    for expected in expected {
        assert!(words.contains(expected), "\"{expected}\" is not said in:\n{words}");
    }
}

on_both! {
    fn every_wrong_field_is_named_with_row_and_column(server) {
        let work = Importing::with(server, "A,B\n1,2\n", &format!("{MAP}[row]\ndate = 'D'\n"));
        let words = refused_data(&work, "A,B,D\n1,7,2026-03-01\nx,2,1 March\n3,3\n", &[]);
        says(&words, &["data.csv has 4 problems", "row 1 (line 2), column B: \"7\" is no code; accepted: 1 to 5, empty = skipped"]);
        says(&words, &["row 2 (line 3), column A: \"x\"", "column D: \"1 March\" is no date", "row 3 (line 4): 2 fields instead of 3"]);
        let many: String = (0..30).map(|_| "9,1,2026-03-01\n").collect();
        says(&refused_data(&work, &format!("A,B,D\n{many}"), &[]), &["data.csv has 30 problems", "and 10 more"]);
        says(&refused_data(&work, "A,D\n1,2026-03-01\n", &[]), &["column \"B\" is missing"]);
    }

    fn ids_that_do_not_tell_rows_apart_are_named_with_both_rows(server) {
        let work = Importing::with(server, "", MAP);
        let words = refused_data(&work, "N,A,B\nx,1,2\ny,1,2\nx,1,2\n,1,2\n", &["--id-column", "N"]);
        says(&words, &["row 3 (line 4), column N: \"x\" stands in row 1 already", "row 4 (line 5), column N: \"\""]);
        says(&refused_data(&work, "N,A,B\nx,1,2\n", &["--id-column", "M"]), &["column \"M\" is missing"]);
    }

    fn what_only_score_can_use_is_refused_in_words(server) {
        let work = Importing::with(server, "A,B,C,D,E\n1,2,a,b,c\n", MAP);
        says(&refused_map(&work, "[weight]\ncolumn = 'C'\n"), &["map.toml", "[weight] is not imported"]);
        let three = refused_map(&work, "[group]\none = 'C'\ntwo = 'D'\nthree = 'E'\n");
        says(&three, &["[group] names 3 columns (one, two, three)", "at most 2"]);
        let taken = refused_map(&work, "[group]\nchannel = 'C'\nweek = 'D'\n");
        says(&taken, &["map.toml has 2 problems", "[group] channel: every report has a part of this name", "[group] week"]);
        says(&refused_map(&work, "[grup]\n"), &["line 8, grup: unknown key; did you mean \"group\"?"]);
    }

    fn a_segment_of_too_many_levels_is_named_with_its_column_and_count(server) {
        let work = Importing::with(server, "", &format!("{MAP}[group]\nshop = 'S'\n"));
        let rows = |from: usize, to: usize| {
            let row = |n: usize| format!("{n},1,2,s{n}");
            format!("N,A,B,S\n{}\n", (from..to).map(row).collect::<Vec<_>>().join("\n"))
        };
        says(&refused_data(&work, &rows(0, 21), &[]), &["[group] shop: column S brings it to 21 levels", "at most 20"]);
        work.desk.write("data.csv", &rows(0, 20));
        work.run(&["--id-column", "N"]).expect(0);
        // A file that comes later may bring no more either.
        work.desk.write("data.csv", &rows(19, 21));
        says(&work.run(&["--id-column", "N"]).expect(1).talk, &["column S brings it to 21 levels"]);
        work.desk.write("map.toml", &format!("{MAP}[group]\none = 'S'\ntwo = 'N'\n"));
        says(&work.run(&["--id-column", "N"]).expect(1).talk, &["3 declared segments (shop, one, two)"]);
        assert_eq!(at(&work.report(""), "/total/items/A/n"), 20);
    }

    fn a_map_that_does_not_fit_the_survey_is_told_in_what(server) {
        let work = Importing::with(server, "A,B,C\n1,2,3\n", MAP);
        work.run(&[]).expect(0);
        let against = |map: &str| {
            work.desk.write("map.toml", map);
            work.run(&[]).expect(1).talk
        };
        let other = against("[scale]\nmin = 1\nmax = 3\n[[dimension]]\nkey = 'care'\nitems = ['A', 'C']\n[outcome]\ncsat = 'A'\n[consistency]\nmargin = 2\n");
        says(&other, &["it does not fit survey desk", "item A: scale 1 to 3 in the map, 1 to 5 in the survey's instrument"]);
        says(&other, &["column C is no item", "item B of the survey's instrument is not in the map"]);
        says(&other, &["dimension care: experience with A, C in the map, experience with A, B", "outcome csat: A in the map, none"]);
        says(&other, &["consistency.margin: 2 in the map, 5"]);
        let turned = against(&MAP.replace("reverse = ['B']", "facet = 'image'\n[top_box]\nthreshold = 3"));
        says(&turned, &["item B: not reversed in the map, reversed", "item A: top box from 3 in the map, from 4", "image with A, B"]);
        work.desk.write("map.toml", &MAP.replace("['A', 'B']", "['B', 'A']"));
        assert_eq!(work.run(&[]).expect(0).out.trim(), "1 rows: 0 new, 1 were there");
    }

    fn organisations_surveys_and_files_that_are_not_there_are_named(server) {
        let work = Importing::with(server, "A,B\n1,2\n", MAP);
        let wrong_org = work.desk.run(&["import", "responses", "data.csv", "--org", "nobody", "--survey", "desk", "--map", "map.toml"]);
        says(&wrong_org.expect(1).talk, &["nobody"]);
        let wrong_key = work.desk.run(&["import", "responses", "data.csv", "--org", "tuulia", "--survey", "My Desk", "--map", "map.toml"]);
        says(&wrong_key.expect(2).talk, &["My Desk", "a-z"]);
        let no_file = work.desk.run(&["import", "responses", "no.csv", "--org", "tuulia", "--survey", "desk", "--map", "map.toml"]);
        says(&no_file.expect(1).talk, &["no.csv"]);
        let elsewhere = ["--dry-run", "--database-url", "sqlite://below/none.db"];
        says(&work.run(&elsewhere).expect(1).talk, &["none.db does not exist yet"]);
        assert!(!work.desk.folder().join("below").exists());
    }

    fn a_query_is_held_to_the_names_that_there_are(server) {
        let work = Importing::with(server, "A,B,S\n1,2,north\n", &format!("{MAP}[group]\ndesk = 'S'\n"));
        work.run(&[]).expect(0);
        let ask = |key: &str, query: &str| {
            let path = format!("/api/v1/surveys/desk/report?{query}");
            server.client().get_as(key, &path).expect(422).json()
        };
        let unknown = ask(&work.shop.owner, "chanel=web");
        assert_eq!((text(&unknown, "/errors/0/pointer"), text(&unknown, "/errors/0/code")), ("?", "unknown_field"));
        says(text(&unknown, "/errors/0/message"), &["unknown field `chanel`, expected one of `from`, `to`"]);
        let level = ask(&work.shop.owner, "desk=nrth");
        assert_eq!(text(&level, "/errors/0/pointer"), "?desk");
        says(text(&level, "/errors/0/message"), &["\"nrth\" is not known; accepted are north, none"]);
        says(text(&ask(&work.shop.owner, "by=dsk"), "/errors/0/message"), &["week, desk"]);
        for query in ["by=desk", "desk=north"] {
            let off = ask(&work.shop.analyst, query);
            assert_eq!(text(&off, "/errors/0/code"), "off_grid", "{query}");
        }
    }
}
