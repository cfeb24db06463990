//! The second step of signing in: a code by time after the password, once; recovery codes; the way back without either.

use data_encoding::BASE32;
use hmac::{Hmac, KeyInit, Mac};
use laatu::clock::SystemChance;
use laatu::domain::{Grant, Role};
use laatu::service::sign_in::invite::renew_link;
use laatu::store::authority;
use laatu_tests::desk_person::{DeskPerson, PASSWORD};
use laatu_tests::server::Shop;
use laatu_tests::{Answer, Server};
use scraper::{Html, Selector};
use sha1::Sha1;

const EMAIL: &str = "aino@example.org";
pub(crate) const PAGE: &str = "/dashboard/settings/second-step";

pub(crate) fn texts(answer: &Answer, selector: &str) -> Vec<String> {
    let page = answer.text();
    let html = Html::parse_document(&page);
    let wanted = Selector::parse(selector).unwrap();
    html.select(&wanted).map(|one| one.text().collect::<String>().trim().to_owned()).collect()
}

fn value(answer: &Answer, name: &str) -> String {
    let page = answer.text();
    let html = Html::parse_document(&page);
    let wanted = Selector::parse(&format!("input[name={name}]")).unwrap();
    html.select(&wanted).next().unwrap().value().attr("value").unwrap().to_owned()
}

/// What an authenticator app shows so many steps of thirty seconds from now.
pub(crate) fn code(server: &Server, secret: &str, steps: i64) -> String {
    let step = server.services().now().0 / 30_000_000 + steps;
    let mut mac = Hmac::<Sha1>::new_from_slice(&BASE32.decode(secret.as_bytes()).unwrap()).unwrap();
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let at = usize::from(hash[19] & 15);
    let four = u32::from_be_bytes(hash[at..at + 4].try_into().unwrap()) & 0x7fff_ffff;
    format!("{:06}", four % 1_000_000)
}

pub(crate) fn form(person: &mut DeskPerson, go: &str, fields: &[(&str, &str)]) -> Answer {
    let token = person.form_token(PAGE);
    let mut all = vec![("form", token.as_str())];
    all.extend(fields);
    person.post(&format!("{PAGE}/{go}"), &all)
}

/// The secret that a page offers, and the recovery codes once the second step is on.
pub(crate) fn switch_on(server: &Server, person: &mut DeskPerson) -> (String, Vec<String>) {
    form(person, "begin", &[]).expect(303);
    let offered = person.get(PAGE).expect(200);
    assert!(offered.text().contains("<svg") && !offered.text().contains("otpauth"));
    let secret = texts(&offered, "main code").remove(0).replace(' ', "");
    let on = form(person, "on", &[("code", &code(server, &secret, 0))]).expect(200);
    let codes = texts(&on, ".codes code");
    assert_eq!(codes.len(), 10);
    (secret, codes)
}

/// Types address and password; the ticket of the page that asks for the code.
fn ticket(person: &mut DeskPerson) -> String {
    let asked = person.sign_in(EMAIL, PASSWORD).expect(200);
    assert!(asked.text().contains("One more step") && person.cookie.is_empty());
    value(&asked, "ticket")
}

fn type_code(person: &mut DeskPerson, ticket: &str, code: &str) -> Answer {
    person.post("/login/code", &[("ticket", ticket), ("code", code), ("next", "/dashboard/surveys")])
}

fn new_link(server: &Server, shop: &Shop) -> String {
    let services = server.services();
    let scope = services.store.read(|c| authority::operator(c, &shop.slug)).unwrap();
    renew_link(services, &SystemChance, &scope, EMAIL).unwrap()
}

on_both! {
    fn a_code_is_asked_for_after_the_password_and_taken_once(server) {
        let shop = server.shop("tuulia");
        let mut aino = server.signed_in(&shop, EMAIL, Role::Analyst, &[Grant::Rows]);
        form(&mut aino, "begin", &[]).expect(303);
        let wrong = form(&mut aino, "on", &[("code", "000000x")]).expect(422);
        assert!(wrong.text().contains("This code is not right") && texts(&wrong, ".codes code").is_empty());
        server.stranger().sign_in(EMAIL, PASSWORD).expect(303);
        let (secret, _) = switch_on(server, &mut aino);
        assert!(!aino.get(PAGE).expect(200).text().contains(&secret), "shown before it is on only");
        assert!(texts(&aino.get("/dashboard/settings").expect(200), "td").contains(&"on".to_owned()));
        let mut phone = server.stranger();
        let held = ticket(&mut phone);
        let used = type_code(&mut phone, &held, &code(server, &secret, 0)).expect(422);
        assert!(used.text().contains("This code is not right"), "the code that switched it on was used");
        server.advance_seconds(30);
        let now = code(server, &secret, 0);
        type_code(&mut phone, &held, &code(server, &secret, 3)).expect(422);
        let spaced = format!("{} {}", &now[..3], &now[3..]);
        let landed = type_code(&mut phone, &held, &spaced).expect(303);
        assert_eq!(landed.header("location"), Some("/dashboard/surveys"));
        phone.get("/dashboard/").expect(200);
        let mut thief = server.stranger();
        let theirs = ticket(&mut thief);
        type_code(&mut thief, &theirs, &now).expect(422);
        type_code(&mut thief, &theirs, &code(server, &secret, -1)).expect(422);
        assert!(thief.cookie.is_empty());
        type_code(&mut thief, &theirs, &code(server, &secret, 1)).expect(303);
    }

    fn a_ticket_is_nothing_by_itself_and_nothing_at_all_when_it_is_old_or_bent(server) {
        let shop = server.shop("tuulia");
        let mut aino = server.signed_in(&shop, EMAIL, Role::Analyst, &[]);
        let (secret, _) = switch_on(server, &mut aino);
        let mut phone = server.stranger();
        let held = ticket(&mut phone);
        server.advance_seconds(60);
        let parts: Vec<&str> = held.split('.').collect();
        let later = format!("{}.{}.{}.{}", parts[0], parts[1], parts[2].parse::<i64>().unwrap() + 1, parts[3]);
        let half = format!("{}.{}", parts[0], parts[1]);
        for bent in [later.as_str(), half.as_str(), "", "...", "x"] {
            let told = type_code(&mut phone, bent, &code(server, &secret, 0)).expect(422);
            assert!(told.text().contains("The time for the code is over"), "{bent}");
        }
        assert_eq!(phone.get("/login/code").expect(303).header("location"), Some("/login"));
        phone.cookie.clone_from(&held);
        phone.get("/dashboard/").expect(303);
        phone.cookie.clear();
        server.advance_seconds(540);
        assert!(type_code(&mut phone, &held, &code(server, &secret, 0)).expect(422).text().contains("is over"));
        let fresh = ticket(&mut phone);
        server.stranger().set_up(&new_link(server, &shop), "another good password").expect(303);
        assert!(type_code(&mut phone, &fresh, &code(server, &secret, 0)).expect(422).text().contains("is over"));
    }

    fn guesses_of_codes_are_slowed_down_beside_the_password(server) {
        let shop = server.shop("tuulia");
        let mut aino = server.signed_in(&shop, EMAIL, Role::Analyst, &[]);
        let (secret, _) = switch_on(server, &mut aino);
        server.advance_seconds(60);
        let mut thief = server.stranger();
        let held = ticket(&mut thief);
        let right = code(server, &secret, 0);
        let mut guesses = (0_u32..).map(|n| format!("{n:06}")).filter(|guess| *guess != right);
        let looked_at = (0..40)
            .filter(|_| type_code(&mut thief, &held, &guesses.next().unwrap()).status == 422)
            .count();
        assert!(looked_at <= 6, "{looked_at} guesses were looked at");
        let slowed = type_code(&mut thief, &held, &right).expect(429);
        assert!(slowed.text().contains("Too many tries") && slowed.header("retry-after").is_some());
        // A right password in between forgets no guess.
        let again = ticket(&mut thief);
        type_code(&mut thief, &again, &right).expect(429);
    }

    fn recovery_codes_let_in_once_each_and_the_step_is_switched_off_by_password_and_code(server) {
        let shop = server.shop("tuulia");
        let mut aino = server.signed_in(&shop, EMAIL, Role::Analyst, &[]);
        let (secret, codes) = switch_on(server, &mut aino);
        let mut lost = server.stranger();
        let held = ticket(&mut lost);
        type_code(&mut lost, &held, &codes[3].to_uppercase()).expect(303);
        assert!(lost.get(PAGE).expect(200).text().contains("You have 9 recovery codes left."));
        let mut second = server.stranger();
        let held = ticket(&mut second);
        type_code(&mut second, &held, &codes[3]).expect(422);
        server.advance_seconds(30);
        let now = code(server, &secret, 0);
        form(&mut lost, "off", &[("password", "not the right one"), ("code", &now)]).expect(422);
        form(&mut lost, "off", &[("password", PASSWORD), ("code", "abcdef")]).expect(422);
        assert!(lost.get(PAGE).expect(200).text().contains("It is on"));
        form(&mut lost, "off", &[("password", PASSWORD), ("code", &now)]).expect(303);
        server.stranger().sign_in(EMAIL, PASSWORD).expect(303);
        let (_, fresh) = switch_on(server, &mut lost);
        assert!(fresh.iter().all(|code| !codes.contains(code)));
        let mut old = server.stranger();
        let held = ticket(&mut old);
        type_code(&mut old, &held, &codes[0]).expect(422);
    }

    fn a_new_link_of_the_operator_takes_the_second_step_away_with_the_old_password(server) {
        let shop = server.shop("tuulia");
        let mut aino = server.signed_in(&shop, EMAIL, Role::Analyst, &[]);
        switch_on(server, &mut aino);
        let link = new_link(server, &shop);
        ticket(&mut server.stranger());
        server.stranger().set_up(&link, "another good password").expect(303);
        let mut anew = server.stranger();
        anew.sign_in(EMAIL, "another good password").expect(303);
        assert!(anew.get(PAGE).expect(200).text().contains("Set it up"));
    }

    fn switching_it_on_or_off_ends_all_sessions_but_the_one_in_use(server) {
        let shop = server.shop("tuulia");
        let mut aino = server.signed_in(&shop, EMAIL, Role::Analyst, &[]);
        let ben = server.signed_in(&shop, "ben@example.org", Role::Owner, &[]);
        let mut left_open = server.stranger();
        left_open.sign_in(EMAIL, PASSWORD).expect(303);
        form(&mut aino, "begin", &[]).expect(303);
        form(&mut aino, "on", &[("code", "000000x")]).expect(422);
        left_open.get(PAGE).expect(200);
        let (secret, codes) = switch_on(server, &mut aino);
        left_open.get(PAGE).expect(303);
        assert!(aino.get(PAGE).expect(200).text().contains("signed out everywhere else"));
        let mut phone = server.stranger();
        let held = ticket(&mut phone);
        type_code(&mut phone, &held, &codes[0]).expect(303);
        server.advance_seconds(30);
        let now = code(server, &secret, 0);
        form(&mut aino, "off", &[("password", "not the right one"), ("code", &now)]).expect(422);
        phone.get(PAGE).expect(200);
        form(&mut aino, "off", &[("password", PASSWORD), ("code", &now)]).expect(303);
        phone.get(PAGE).expect(303);
        aino.get(PAGE).expect(200);
        ben.get(PAGE).expect(200);
    }

    fn nobody_switches_anybody_elses_step(server) {
        let shop = server.shop("tuulia");
        let mut aino = server.signed_in(&shop, EMAIL, Role::Analyst, &[]);
        let ben = server.signed_in(&shop, "ben@example.org", Role::Owner, &[]);
        let theirs = ben.form_token(PAGE);
        aino.post(&format!("{PAGE}/begin"), &[("form", &theirs)]).expect(403);
        aino.post(&format!("{PAGE}/begin"), &[]).expect(403);
        switch_on(server, &mut aino);
        assert!(ben.get(PAGE).expect(200).text().contains("Set it up"));
        server.stranger().get(PAGE).expect(303);
        server.stranger().sign_in("ben@example.org", PASSWORD).expect(303);
    }
}
