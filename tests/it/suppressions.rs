//! Who is not mailed any more: by the API and at the command line, as hashes that tell nobody's address.

use laatu_tests::Server;
use laatu_tests::json::{at, text};
use laatu_tests::program::Desk;
use laatu_tests::server::Shop;
use serde_json::{Value, json};

use super::own_data::tables;

const LIST: &str = "/api/v1/suppressions";

fn add(server: &Server, shop: &Shop, email: &str, status: u16) -> Value {
    server.client().post_json(&shop.owner, LIST, &json!({"email": email})).expect(status).json()
}

fn plan(server: &Server, shop: &Shop, number: &str) -> (String, Value) {
    let it = server.invitation(shop, number);
    (text(&it, "/state").to_owned(), at(&it, "/reason").clone())
}

on_both! {
    fn an_address_is_added_found_and_taken_off_and_its_mails_follow(server) {
        let shop = server.shop("tuulia");
        server.field_survey(&shop, &json!({}));
        server.deliver(&shop, &server.order("A1"));
        let check = |email: &str| {
            let answer = server.client().post_json(&shop.owner, &format!("{LIST}/check"), &json!({"email": email}));
            at(&answer.expect(200).json(), "/suppressed").clone()
        };
        let before = tables(server);
        assert_eq!(check("customer-A1@example.org"), json!(false));
        assert!(tables(server) == before, "a look changes nothing");
        let added = add(server, &shop, "Customer-A1@Example.org", 201);
        assert_eq!(text(&added, "/cause"), "imported");
        assert_eq!(plan(server, &shop, "A1"), ("skipped".to_owned(), json!("suppressed")));
        add(server, &shop, "customer-a1@example.org", 200);
        assert_eq!(check("customer-A1@example.org"), json!(true));
        let hash = text(&added, "/address_hash");
        let remove = |status: u16| {
            let key = format!("Bearer {}", shop.owner);
            server.client().send("DELETE", &format!("{LIST}/{hash}"), &[("authorization", &key)], None).expect(status);
        };
        remove(204);
        assert_eq!(plan(server, &shop, "A1").0, "planned");
        remove(404);
        server.client().post_json(&shop.owner, LIST, &json!({"email": "no address", "cause": "x"})).expect(422);
        server.client().post_json(&shop.sender, LIST, &json!({"email": "a@b.example"})).expect(403);
    }

    fn the_list_goes_page_by_page_and_names_nobody(server) {
        let (shop, other) = (server.shop("tuulia"), server.shop("lempi"));
        for n in 0..7 {
            add(server, &shop, &format!("person-{n}@example.org"), 201);
        }
        let (mut path, mut hashes) = (format!("{LIST}?limit=3"), Vec::new());
        loop {
            let answer = server.client().get_as(&shop.auditor, &path).expect(200);
            assert!(!answer.text().contains("person") && !answer.text().contains("example"), "{}", answer.text());
            let page = answer.json();
            hashes.extend(at(&page, "/suppressions").as_array().unwrap().iter().map(|one| text(one, "/address_hash").to_owned()));
            let Some(next) = page.get("next").and_then(Value::as_str) else { break };
            path = format!("{LIST}?limit=3&cursor={next}");
        }
        assert!(hashes.is_sorted() && hashes.len() == 7, "{hashes:?}");
        let empty = server.client().get_as(&other.owner, LIST).expect(200).json();
        assert_eq!(at(&empty, "/suppressions"), &json!([]));
        for wrong in ["?limit=0", "?limit=201", "?cursor=x", "?colour=red"] {
            assert!([400, 422].contains(&server.client().get_as(&shop.owner, &format!("{LIST}{wrong}")).status), "{wrong}");
        }
    }
}

#[test]
fn a_list_is_brought_in_line_by_line_taken_out_and_taken_back() {
    let desk = Desk::new();
    let org = ["org", "create", "tuulia", "--name=Tuulia", "--contact=care@example.org"];
    desk.run(&[&org[..], &["--privacy-url=https://example.org/p", "--zone=Europe/Helsinki"]].concat())
        .expect(0);
    let list = "aino@example.org\n# a remark\n\nnonsense\nAINO@example.org\nveikko@example.org\n";
    let file = desk.write("list.txt", list);
    let import =
        |file: &str, code: i32| desk.run(&["suppress", "import", "--org", "tuulia", file]).expect(code);
    let done = import(file.to_str().unwrap(), 1);
    let lines: Vec<&str> = done.out.lines().collect();
    let expected =
        ["line 1: added", "line 4: neither a mail address nor a hash", "line 5: was there", "line 6: added"];
    assert_eq!(lines, expected);
    assert!(!done.talk.contains('@'), "{}", done.talk);
    let out = desk.folder().join("out.csv");
    let export =
        |code: i32| desk.run(&["suppress", "export", "--org", "tuulia", out.to_str().unwrap()]).expect(code);
    export(0);
    let text = std::fs::read_to_string(&out).unwrap();
    assert_eq!(text.lines().count(), 3, "{text}");
    assert!(text.starts_with("address_hash,cause,suppressed_at\n") && !text.contains("aino"), "{text}");
    export(1); // nothing is overwritten
    desk.run(&["suppress", "remove", "--org", "tuulia", "aino@example.org"]).expect(0);
    desk.run(&["suppress", "remove", "--org", "tuulia", "aino@example.org"]).expect(1);
    let back = import(out.to_str().unwrap(), 0);
    assert!(back.talk.contains("1 added, 1 were there, 0 could not be read"), "{}", back.talk);
    let again = desk.run(&["suppress", "add", "--org", "tuulia", "aino@example.org"]).expect(0);
    assert!(again.talk.contains("already") && again.out.trim().len() == 64, "{again:?}");
    desk.run(&["suppress", "add", "--org", "tuulia", "aino"]).expect(1);
}

#[test]
fn a_mailbox_is_read_in_any_form_and_a_second_time_in_vain() {
    let desk = Desk::new();
    let reply =
        "Subject: Out of office\r\nFrom: <a@example.org>\r\nTo: <bounce@mail.example>\r\n\r\nAway.\r\n";
    let read = |path: &std::path::Path| {
        desk.run(&["bounces", "read", path.to_str().unwrap(), "--bounce-address", "bounce@mail.example"])
            .expect(0)
    };
    let mbox =
        desk.write("mbox", &format!("From a@example.org Thu May  7 09:00:00 2026\n{reply}\n").repeat(3));
    let told = read(&mbox);
    assert!(
        told.out.contains("3  messages read") && told.out.contains("3  an automatic reply"),
        "{}",
        told.out
    );
    let maildir = desk.folder().join("Maildir");
    for folder in ["new", "cur", "tmp"] {
        std::fs::create_dir_all(maildir.join(folder)).unwrap();
    }
    std::fs::write(maildir.join("new/1.host"), reply).unwrap();
    std::fs::write(maildir.join("new/2.host"), "").unwrap();
    let told = read(&maildir);
    assert!(
        told.out.contains("2  messages read") && told.out.contains("1  could not be read"),
        "{}",
        told.out
    );
    assert!(told.talk.contains("2.host cannot be read"), "{}", told.talk);
    assert!(maildir.join("cur/1.host:2,S").is_file() && maildir.join("cur/2.host:2,S").is_file());
    assert!(read(&maildir).out.contains("0  messages read"));
    desk.run(&[
        "bounces",
        "read",
        mbox.to_str().unwrap(),
        "--bounce-address",
        "much-too-long-a-name@mail.example",
    ])
    .expect(2);
}
