//! Signing in: one-time links, passwords, sessions, and forms that nobody else can send.

use laatu::domain::{Grant, Role};
use laatu_tests::desk_person::{COOKIE, PASSWORD};
use laatu_tests::{Answer, mistyped};

const EMAIL: &str = "aino@example.org";

/// Words that a page says, without what differs between two requests.
fn words(answer: &Answer) -> String {
    answer.text()
}

on_both! {
    fn a_one_time_link_sets_a_password_once_and_signs_in(server) {
        let shop = server.shop("tuulia");
        let link = server.invite_user(&shop, " Aino@Example.org ", Role::Analyst, &[]);
        let mut aino = server.stranger();
        for _ in 0..3 {
            let page = aino.get(&link).expect(200);
            assert!(words(&page).contains("Welcome, Aino &lt;i&gt; &amp; Ben"), "{}", words(&page));
        }
        let short = aino.set_up(&link, "too short").expect(422);
        assert!(words(&short).contains("has 9 characters; at least 12"), "{}", words(&short));
        let two = [("password", PASSWORD), ("again", "another password")];
        assert!(words(&aino.post(&link, &two).expect(422)).contains("not the same"));
        let set = aino.set_up(&link, PASSWORD).expect(303);
        assert_eq!(set.header("location"), Some("/dashboard/"));
        let cookie = set.header("set-cookie").unwrap();
        for part in ["Path=/", "HttpOnly", "SameSite=Lax", "Secure", "Max-Age=2592000"] {
            assert!(cookie.contains(part), "{part} in {cookie}");
        }
        aino.get("/dashboard/").expect(200);
        server.stranger().set_up(&link, "someone else's choice").expect(404);
        server.stranger().get(&link).expect(404);
        let mut again = server.stranger();
        assert_eq!(again.sign_in(EMAIL, PASSWORD).expect(303).header("location"), Some("/dashboard/"));
        again.get("/dashboard/").expect(200);
    }

    fn a_link_runs_out_after_two_days_and_bends_to_nobody(server) {
        let shop = server.shop("tuulia");
        let link = server.invite_user(&shop, EMAIL, Role::Analyst, &[]);
        let changed = mistyped(&link);
        for other in [changed.as_str(), "/setup/", "/setup/x", "/setup/aaaaaaaaaa.bbbb", "/setup/%00.%00"] {
            assert_eq!(server.stranger().get(other).status, 404, "{other}");
        }
        server.advance_hours(47);
        server.stranger().get(&link).expect(200);
        server.advance_hours(1);
        server.stranger().get(&link).expect(404);
        server.stranger().set_up(&link, PASSWORD).expect(404);
    }

    fn an_unknown_address_and_a_wrong_password_are_told_the_same(server) {
        let shop = server.shop("tuulia");
        server.signed_in(&shop, EMAIL, Role::Owner, &[]);
        server.invite_user(&shop, "new@example.org", Role::Owner, &[]);
        let wrong = |email: &str| {
            let answer = server.stranger().sign_in(email, "not the right one").expect(422);
            assert_eq!(answer.header("set-cookie"), None);
            words(&answer).replace(email, "")
        };
        let page = wrong(EMAIL);
        assert!(page.contains("do not fit together"), "{page}");
        assert_eq!(page, wrong("nobody@example.org"));
        assert_eq!(page, wrong("new@example.org"), "no password is set yet");
        server.stranger().sign_in("new@example.org", "").expect(422);
    }

    fn tries_are_slowed_down_by_account_and_by_address(server) {
        let shop = server.shop("tuulia");
        server.signed_in(&shop, EMAIL, Role::Owner, &[]);
        let mut thief = server.stranger();
        let looked_at = (0..100).filter(|_| thief.sign_in(EMAIL, "guess after guess").status == 422).count();
        assert_eq!(looked_at, 5);
        let held = thief.sign_in(EMAIL, PASSWORD).expect(429);
        assert_eq!(held.header("retry-after"), Some("1"));
        assert!(words(&held).contains("Too many tries. The next one is looked at in 1 second."));
        server.advance_seconds(1);
        thief.sign_in(EMAIL, PASSWORD).expect(303);
        let others = (0..200).filter(|n| thief.sign_in(&format!("{n}@example.org"), "guess").status == 422).count();
        assert!(others <= 20, "{others} accounts were tried from one address");
    }

    fn a_session_ends_by_leaving_by_rest_and_by_age(server) {
        let shop = server.shop("tuulia");
        let mut aino = server.signed_in(&shop, EMAIL, Role::Owner, &[]);
        let token = aino.form_token("/dashboard/");
        let kept = aino.clone();
        let left = aino.post("/logout", &[("form", &token)]).expect(303);
        assert!(left.header("set-cookie").unwrap().starts_with(&format!("{COOKIE}=;")), "{left:?}");
        assert_eq!(kept.get("/dashboard/").expect(303).header("location"), Some("/login"));
        aino.sign_in(EMAIL, PASSWORD).expect(303);
        server.advance_hours(11);
        aino.get("/dashboard/").expect(200);
        server.advance_hours(11);
        aino.get("/dashboard/").expect(200);
        server.advance_hours(12);
        aino.get("/dashboard/").expect(303);
        aino.sign_in(EMAIL, PASSWORD).expect(303);
        for _ in 0..65 {
            aino.get("/dashboard/").expect(200);
            server.advance_hours(11);
        }
        aino.get("/dashboard/").expect(200);
        server.advance_hours(6);
        aino.get("/dashboard/").expect(303);
    }

    fn a_new_password_ends_every_session_and_a_removed_user_is_out_at_once(server) {
        let shop = server.shop("tuulia");
        let aino = server.signed_in(&shop, EMAIL, Role::Owner, &[]);
        let services = server.services();
        let scope = services.store.read(|c| laatu::store::authority::operator(c, &shop.slug)).unwrap();
        let renew = || laatu::service::sign_in::invite::renew_link(services, services.chance.as_ref(), &scope, EMAIL);
        let (first, second) = (renew().unwrap(), renew().unwrap());
        server.stranger().get(&first).expect(404);
        aino.get("/dashboard/").expect(200);
        let mut elsewhere = server.stranger();
        elsewhere.set_up(&second, "another good password").expect(303);
        aino.get("/dashboard/").expect(303);
        elsewhere.get("/dashboard/").expect(200);
        server.stranger().sign_in(EMAIL, PASSWORD).expect(422);
        laatu::service::sign_in::invite::remove_user(services, &scope, EMAIL).unwrap();
        elsewhere.get("/dashboard/").expect(303);
        server.stranger().sign_in(EMAIL, "another good password").expect(422);
        assert!(renew().is_err());
    }

    fn forms_of_other_sites_and_of_other_sessions_are_refused(server) {
        let shop = server.shop("tuulia");
        let mut aino = server.signed_in(&shop, EMAIL, Role::Owner, &[]);
        let ben = server.signed_in(&shop, "ben@example.org", Role::Owner, &[]);
        let token = aino.form_token("/dashboard/");
        let fields = [("form", token.as_str())];
        let strange: [&[(&str, &str)]; 6] = [
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site")],
            &[("sec-fetch-site", "none")],
            &[("origin", "https://evil.example")],
            &[("origin", "null")],
            &[("sec-fetch-site", "cross-site"), ("origin", "https://surveys.example")],
        ];
        for from in strange {
            aino.post_from("/logout", &fields, from).expect(403);
            let login = [("email", EMAIL), ("password", PASSWORD)];
            server.stranger().post_from("/login", &login, from).expect(403);
        }
        aino.post("/logout", &[("form", &ben.form_token("/dashboard/"))]).expect(403);
        aino.post("/logout", &[]).expect(403);
        aino.get("/dashboard/").expect(200);
        aino.post_from("/logout", &fields, &[("origin", "https://surveys.example")]).expect(303);
    }

    fn who_belongs_to_two_organisations_is_asked_which_after_the_right_password(server) {
        let (one, two) = (server.shop("tuulia"), server.shop("kuura"));
        server.signed_in(&one, EMAIL, Role::Owner, &[]);
        server.signed_in(&two, EMAIL, Role::Analyst, &[Grant::Rows]);
        let mut aino = server.stranger();
        let wrong = words(&aino.sign_in(EMAIL, "not the right one").expect(422));
        assert!(!wrong.contains("tuulia") && !wrong.contains("kuura"), "{wrong}");
        let asked = words(&aino.sign_in(EMAIL, PASSWORD).expect(200));
        assert!(asked.contains("Shop tuulia") && asked.contains("Shop kuura"), "{asked}");
        assert_eq!(aino.cookie, "");
        let chosen = [("email", EMAIL), ("password", PASSWORD), ("organisation", "kuura")];
        aino.post("/login", &chosen).expect(303);
        let page = words(&aino.get("/dashboard/").expect(200));
        assert!(page.contains("Shop kuura") && !page.contains("Shop tuulia"));
    }

    fn strangers_are_led_to_the_sign_in_page_and_back(server) {
        let shop = server.shop("tuulia");
        server.signed_in(&shop, EMAIL, Role::Owner, &[]);
        let mut aino = server.stranger();
        let asked = aino.get("/dashboard/surveys?x=1").expect(303);
        assert_eq!(asked.header("location"), Some("/login?next=%2Fdashboard%2Fsurveys%3Fx%3D1"));
        let page = aino.get("/login?next=%2Fdashboard%2Fsurveys%3Fx%3D1").expect(200);
        assert!(words(&page).contains("value=\"/dashboard/surveys?x&#x3D;1\""), "{}", words(&page));
        let fields = [("email", EMAIL), ("password", PASSWORD), ("next", "https://evil.example/")];
        assert_eq!(aino.post("/login", &fields).expect(303).header("location"), Some("/dashboard/"));
        for forged in ["", "x", "aaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "..", "%00"] {
            forged.clone_into(&mut aino.cookie);
            aino.get("/dashboard/").expect(303);
        }
    }

    fn roles_without_reports_get_a_page_that_says_so(server) {
        let shop = server.shop("tuulia");
        for (role, email) in [(Role::Agent, "agent@example.org"), (Role::Sender, "sender@example.org")] {
            let person = server.signed_in(&shop, email, role, &[]);
            assert!(words(&person.get("/dashboard/").expect(200)).contains("no page for your role"));
            person.get("/dashboard/surveys").expect(403);
        }
    }
}
