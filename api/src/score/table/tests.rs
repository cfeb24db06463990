//! Rows become codes; every problem is found and named.

use proptest::prelude::*;

use super::*;

fn map() -> Map {
    let text = "[scale]\nmin = 1\nmax = 5\nnot_applicable = ['6']\n\
        [[dimension]]\nkey = 'd'\nitems = ['A', 'B']\n[group]\nshop = 'S'\n";
    Map::parse(text).unwrap()
}

fn rows(data: &str) -> Result<Vec<Vec<u8>>, Vec<String>> {
    let mut rows = Vec::new();
    let read = read(data.as_bytes(), &map(), |row| {
        rows.push(row.codes.iter().map(|code| code.byte()).collect());
    });
    read.map(|_| rows).map_err(|problems| problems.listed)
}

#[test]
fn rows_become_codes_in_the_order_of_the_map() {
    let expected = vec![vec![2, 1], vec![12, 14]];
    assert_eq!(rows("B,S,A\n1,x,2\n,,6\n"), Ok(expected.clone()));
    assert_eq!(rows("\u{feff}B;S;A\r\n1;x;2\r\n;;6"), Ok(expected.clone()));
    assert_eq!(rows("B\tS\tA\n1\tx\t2\n\t\t6"), Ok(expected));
}

#[test]
fn a_column_that_tells_the_rows_apart_must_do_so() {
    let ids = |data: &str| {
        let mut ids = Vec::new();
        let read =
            read_identified(data.as_bytes(), &map(), Some("S"), |row| ids.extend(row.id.map(str::to_owned)));
        read.map(|_| ids).map_err(|problems| problems.listed)
    };
    assert_eq!(ids("A,B,S\n1,2, x \n1,2,y\n"), Ok(vec!["x".to_owned(), "y".to_owned()]));
    assert_eq!(
        ids("A,B,S\n1,2,x\n1,2,\n1,2,x\n").unwrap_err(),
        [
            "row 2 (line 3), column S: \"\" tells no row apart: text is needed",
            "row 3 (line 4), column S: \"x\" stands in row 1 already",
        ]
    );
    let missing = read_identified(b"A,B,S\n1,2,x\n", &map(), Some("SS"), |_| ()).unwrap_err();
    assert_eq!(missing.listed, ["column \"SS\" is missing; did you mean \"S\"?"]);
}

#[test]
fn every_problem_has_row_line_and_column() {
    let wrong = rows("A,B,S\n1,7,x\n\n\"two\nlines\",2,x\n3,3\n").unwrap_err();
    assert_eq!(
        wrong,
        [
            "row 1 (line 2), column B: \"7\" is no code; accepted: 1 to 5, empty = skipped, 6 = not applicable",
            "row 2 (line 4), column A: \"two\\nlines\" is no code; accepted: 1 to 5, empty = skipped, 6 = not applicable",
            "row 3 (line 6): 2 fields instead of 3",
        ]
    );
}

#[test]
fn missing_columns_are_named_with_what_may_be_meant() {
    let wrong = rows("a,C,S\n1,1,1\n").unwrap_err();
    assert_eq!(
        wrong,
        ["column \"A\" is missing; did you mean \"a\"?", "column \"B\" is missing; did you mean \"a\"?"]
    );
    assert_eq!(rows("A,B,S,A\n1,1,1,1\n").unwrap_err(), ["column \"A\" stands in the header more than once"]);
    assert_eq!(rows("A,B\n1,1\n").unwrap_err(), ["column \"S\" is missing; did you mean \"A\"?"]);
    assert_eq!(rows("").unwrap_err(), ["is empty: a header row with the column names is needed"]);
    assert_eq!(rows("A,B,S\n").unwrap_err(), ["has a header but no rows"]);
}

#[test]
fn many_problems_are_counted_and_the_first_twenty_listed() {
    let data = format!("A,B,S\n{}", "9,9,x\n".repeat(30));
    let problems = read(data.as_bytes(), &map(), |_| {}).unwrap_err();
    assert_eq!((problems.listed.len(), problems.count), (20, 60));
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let mut data = b"A,B,S\n".to_vec();
        data.extend(bytes);
        let mut seen = 0;
        if let Ok(rows) = read(&data, &map(), |row| seen += u64::from(row.codes.len() == 2)) {
            prop_assert_eq!(rows, seen);
        }
    }
}

#[test]
fn levels_weights_and_dates_come_with_the_row() {
    let text = "[scale]\nmin = 1\nmax = 5\n[[dimension]]\nkey = 'd'\nitems = ['A']\n\
        [group]\nshop = 'S'\n[weight]\ncolumn = 'W'\n[row]\ndate = 'D'\n";
    let map = Map::parse(text).unwrap();
    let mut seen = Vec::new();
    let data = "A,S,W,D\n1, b ,0.5,2026-05-04\n2,,1e1,2026-05-04T10:00:00Z\n3,a,2,\n";
    read(data.as_bytes(), &map, |row| {
        seen.push((row.levels.join("|"), row.weight, row.date.map(|day| day.to_string())));
    })
    .unwrap();
    let day = Some("2026-05-04".to_owned());
    assert_eq!(
        seen,
        [
            ("b".to_owned(), Some(0.5), day.clone()),
            (String::new(), Some(10.0), day),
            ("a".to_owned(), Some(2.0), None)
        ]
    );
    for (row, words) in [
        ("1,a,0,", "column W: \"0\" is no weight: a number above 0 is needed"),
        ("1,a,-1,", "column W: \"-1\" is no weight: a number above 0 is needed"),
        ("1,a,inf,", "column W: \"inf\" is no weight: a number above 0 is needed"),
        ("1,a,,", "column W: \"\" is no weight: a number above 0 is needed"),
        ("1,a,1,4.5.26", "column D: \"4.5.26\" is no date such as 2026-05-04"),
        ("1,a,1,2026-02-30", "column D: \"2026-02-30\" is no date such as 2026-05-04"),
    ] {
        let wrong = read(format!("A,S,W,D\n{row}\n").as_bytes(), &map, |_| {}).unwrap_err();
        assert_eq!(wrong.listed, [format!("row 1 (line 2), {words}")]);
    }
}
