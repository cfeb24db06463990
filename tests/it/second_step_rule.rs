//! A second step asked of everybody: whoever has none gets the one page that sets it up, and nothing else of the dashboard.

use laatu::clock::SystemChance;
use laatu::domain::{Grant, Role};
use laatu::service::change_organisation::change_organisation;
use laatu::service::once::in_transaction;
use laatu::service::sign_in::invite::renew_link;
use laatu::store::authority;
use laatu_tests::desk_person::{DeskPerson, PASSWORD};
use laatu_tests::json::text;
use laatu_tests::server::Shop;
use laatu_tests::{Answer, Server};
use serde_json::json;

use crate::dashboard::{GENERAL, PAGES, answered};
use crate::report_mails::{MONDAY, ask, keep, words};
use crate::second_step::{PAGE, code, form, switch_on, texts};

const SURVEY: &str = "/dashboard/surveys/field";
const EMAIL: &str = "aino@example.org";

/// An owner who has a second step; the secret of it.
fn owner(server: &Server, shop: &Shop) -> (DeskPerson, String) {
    let mut owner = server.signed_in(shop, "owner@example.org", Role::Owner, &[]);
    let (secret, _) = switch_on(server, &mut owner);
    (owner, secret)
}

/// Sends the form that asks everybody, or leaves it to each of them.
fn set(person: &mut DeskPerson, rule: &str) -> Answer {
    let token = person.form_token("/dashboard/settings");
    person.post("/dashboard/settings/second-step-rule", &[("form", &token), ("second_step", rule)])
}

/// The pages, charts and files of the dashboard, but for the one that sets up a second step.
fn behind_it() -> Vec<String> {
    let about =
        PAGES.iter().chain(&["/invitations", "/report.csv", "/report.xlsx", "/charts/dimensions.svg", "/x"]);
    let general = GENERAL.iter().filter(|page| **page != PAGE);
    let others = ["/dashboard/", "/dashboard", "/dashboard/x"].iter();
    let all = about.map(|page| format!("{SURVEY}{page}"));
    all.chain(general.chain(others).map(|page| (*page).to_owned())).collect()
}

/// Where forms are posted, but for those that set up a second step.
const FORMS: [&str; 14] = [
    "/dashboard/surveys",
    "/dashboard/surveys/field/links",
    "/dashboard/surveys/field/links/x/close",
    "/dashboard/surveys/field/annotations",
    "/dashboard/surveys/field/annotations/x",
    "/dashboard/surveys/field/state",
    "/dashboard/surveys/field/target",
    "/dashboard/views",
    "/dashboard/views/x/delete",
    "/dashboard/report-mails",
    "/dashboard/report-mails/x/stop",
    "/dashboard/settings/organisation",
    "/dashboard/settings/second-step-rule",
    "/dashboard/settings/users",
];

#[track_caller]
fn is_held(person: &DeskPerson, path: &str) {
    assert_eq!(person.get(path).expect(303).header("location"), Some(PAGE), "{path}");
}

on_both! {
    fn whoever_has_none_gets_one_page_only_until_theirs_is_on(server) {
        let shop = answered(server, 60);
        let (mut owner, _) = owner(server, &shop);
        let mut aino = server.signed_in(&shop, EMAIL, Role::Admin, &[Grant::Rows]);
        let token = aino.form_token("/dashboard/settings");
        let theirs = server.signed_in(&server.shop("kuura"), "ben@example.org", Role::Owner, &[]);
        aino.get(SURVEY).expect(200);
        assert_eq!(set(&mut owner, "everybody").expect(303).header("location"), Some("/dashboard/settings#h-rule"));
        for path in behind_it() {
            is_held(&aino, &path);
        }
        for path in FORMS {
            let told = aino.post(path, &[("form", &token), ("go", "pause"), ("name", "Mine")]).expect(403);
            assert!(words(&told).contains("asks everybody who signs in for a second step"), "{path}");
        }
        let page = aino.get(PAGE).expect(200);
        assert!(words(&page).contains("Shop tuulia asks everybody who signs in for a second step."));
        assert!(texts(&page, "nav a").is_empty() && texts(&page, ".leave button") == ["Sign out"]);
        let sheet = page.text().split('"').find(|part| part.contains("/assets/")).unwrap().to_owned();
        aino.get(&sheet).expect(200);
        let mut anew = server.stranger();
        let fields = [("email", EMAIL), ("password", PASSWORD), ("next", SURVEY)];
        assert_eq!(anew.post("/login", &fields).expect(303).header("location"), Some(SURVEY));
        is_held(&anew, SURVEY);
        let leave = anew.form_token(PAGE);
        anew.post("/logout", &[("form", &leave)]).expect(303);
        for page in PAGES {
            assert_eq!(owner.get(&format!("{SURVEY}{page}")).status, 200, "{page}");
        }
        theirs.get("/dashboard/surveys").expect(200);
        server.client().get_as(&shop.analyst, "/api/v1/surveys/field/report").expect(200);
        form(&mut aino, "begin", &[]).expect(303);
        form(&mut aino, "on", &[("code", "000000x")]).expect(422);
        is_held(&aino, SURVEY);
        switch_on(server, &mut aino);
        for path in behind_it().iter().filter(|path| !path.ends_with("/x") && !path.contains("/charts/")) {
            assert!([200, 303].contains(&aino.get(path).status), "{path}");
            assert_ne!(aino.get(path).header("location"), Some(PAGE), "{path}");
        }
    }

    fn who_asks_it_of_everybody_has_one_and_may_change_settings(server) {
        let shop = server.shop("tuulia");
        let mut admin = server.signed_in(&shop, EMAIL, Role::Admin, &[]);
        assert!(words(&admin.get("/dashboard/settings")).contains("Everybody chooses for themselves; 0 of 1 have one."));
        let refused = set(&mut admin, "everybody").expect(422);
        assert!(words(&refused).contains("Switch on your own second step first"), "{}", words(&refused));
        assert!(words(&set(&mut admin, "nobody").expect(422)).contains("own_choice or everybody"));
        let mut analyst = server.signed_in(&shop, "ben@example.org", Role::Analyst, &[Grant::Rows]);
        switch_on(server, &mut analyst);
        set(&mut analyst, "everybody").expect(403);
        assert!(words(&analyst.get("/dashboard/settings")).contains("Owners and admins set this."));
        let put = |rule: &str| {
            let body = json!({"second_step": rule});
            server.client().send_json("PUT", &shop.owner, "/api/v1/organisation", &body)
        };
        assert!(put("everybody").expect(422).text().contains("changed by no key"));
        assert_eq!(text(&put("own_choice").expect(200).json(), "/second_step"), "own_choice");
        switch_on(server, &mut admin);
        set(&mut admin, "everybody").expect(303);
        assert!(words(&admin.get("/dashboard/settings")).contains("Everybody is asked for one; 2 of 2 have one."));
        put("own_choice").expect(422);
        assert_eq!(text(&put("everybody").expect(200).json(), "/second_step"), "everybody");
        let held = server.signed_in(&shop, "eeva@example.org", Role::Analyst, &[]);
        is_held(&held, "/dashboard/settings");
        set(&mut admin, "own_choice").expect(303);
        held.get("/dashboard/settings").expect(200);
        let operator = in_transaction(server.services(), |connection| {
            let scope = authority::operator(connection, &shop.slug)?;
            change_organisation(server.services(), connection, &scope, &json!({"second_step": "everybody"}))
        });
        operator.unwrap();
        is_held(&held, "/dashboard/settings");
    }

    fn who_switches_theirs_off_or_gets_a_new_link_sets_it_up_again(server) {
        let shop = server.shop("tuulia");
        let (mut owner, secret) = owner(server, &shop);
        set(&mut owner, "everybody").expect(303);
        assert!(words(&owner.get(PAGE)).contains("you set it up anew before any other page opens"));
        server.advance_seconds(30);
        let now = code(server, &secret, 0);
        form(&mut owner, "off", &[("password", PASSWORD), ("code", &now)]).expect(303);
        is_held(&owner, "/dashboard/settings");
        switch_on(server, &mut owner);
        owner.get("/dashboard/settings").expect(200);
        let services = server.services();
        let scope = services.store.read(|c| authority::operator(c, &shop.slug)).unwrap();
        let link = renew_link(services, &SystemChance, &scope, "owner@example.org").unwrap();
        let mut anew = server.stranger();
        anew.set_up(&link, "another good password").expect(303);
        is_held(&anew, "/dashboard/");
        // A role without pages owes it, too, and gets to its one page afterwards.
        let mut agent = server.signed_in(&shop, "agent@example.org", Role::Agent, &[]);
        is_held(&agent, "/dashboard/");
        switch_on(server, &mut agent);
        assert!(words(&agent.get("/dashboard/").expect(200)).contains("no page for your role"));
    }

    fn reports_by_mail_go_on_to_who_has_none(server) {
        let shop = answered(server, 400);
        let (mut owner, _) = owner(server, &shop);
        let mut aino = server.signed_in(&shop, EMAIL, Role::Analyst, &[Grant::Rows]);
        let view = keep(&mut aino, "Web", "?channel=web&period=13w", false);
        ask(&mut aino, &view, "weekly", "en").expect(303);
        set(&mut owner, "everybody").expect(303);
        is_held(&aino, "/dashboard/views");
        server.set_clock(MONDAY);
        assert_eq!(server.run_jobs(), 1);
        let mail = server.mailbox().to(EMAIL);
        assert!(mail.subject.starts_with("Weekly report"), "{}", mail.subject);
    }
}
