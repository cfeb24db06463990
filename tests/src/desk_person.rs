//! Somebody at the dashboard: keeps the cookie that they are given, and posts the forms that they are shown.

use laatu::clock::SystemChance;
use laatu::domain::{Grant, Role};
use laatu::service::sign_in::invite::{NewUser, create_user};
use laatu::store::authority;
use scraper::{Html, Selector};

use crate::server::{Server, Shop};
use crate::web::{Answer, Client, quoted};

/// The password that everybody has.
pub const PASSWORD: &str = "a calm northern workshop";

/// The cookie's name under a public address of https.
pub const COOKIE: &str = "__Host-laatu";

/// A browser with its cookie.
#[derive(Clone)]
pub struct DeskPerson {
    client: Client,
    /// The value of the session's cookie; empty for somebody who is not signed in.
    pub cookie: String,
}

impl Server {
    /// Enters a user; the path of their one-time link.
    pub fn invite_user(&self, shop: &Shop, email: &str, role: Role, grants: &[Grant]) -> String {
        let services = self.services();
        let scope = services.store.read(|connection| authority::operator(connection, &shop.slug));
        let new = NewUser {
            email: email.to_owned(),
            name: "Aino <i> & Ben".to_owned(),
            role,
            grants: grants.to_vec(),
        };
        create_user(services, &SystemChance, &scope.expect("the organisation"), &new).expect("a user")
    }

    /// A browser without a cookie.
    pub fn stranger(&self) -> DeskPerson {
        DeskPerson { client: self.client().clone(), cookie: String::new() }
    }

    /// Enters a user and sets their password by the link, so that they are signed in.
    pub fn signed_in(&self, shop: &Shop, email: &str, role: Role, grants: &[Grant]) -> DeskPerson {
        let link = self.invite_user(shop, email, role, grants);
        let mut person = self.stranger();
        person.set_up(&link, PASSWORD).expect(303);
        person
    }
}

impl DeskPerson {
    /// Opens a page.
    pub fn get(&self, path: &str) -> Answer {
        self.client.send("GET", path, &self.headers(&[]), None)
    }

    /// The same from a browser that wants these languages.
    pub fn get_in(&self, path: &str, languages: &str) -> Answer {
        self.client.send("GET", path, &self.headers(&[("accept-language", languages)]), None)
    }

    /// Posts fields, as our own page in a browser would; keeps the cookie that comes back.
    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_from(path, fields, &[("sec-fetch-site", "same-origin")])
    }

    /// Posts fields with headers that say where the form comes from.
    pub fn post_from(&mut self, path: &str, fields: &[(&str, &str)], from: &[(&str, &str)]) -> Answer {
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", quoted(name), quoted(value))).collect();
        let mut headers = vec![("content-type", "application/x-www-form-urlencoded")];
        headers.extend(from);
        let body = body.join("&");
        let answer = self.client.send("POST", path, &self.headers(&headers), Some(body.as_bytes()));
        if let Some(given) = answer.header("set-cookie") {
            let (name, value) =
                given.split(';').next().and_then(|one| one.split_once('=')).expect("a cookie");
            assert_eq!(name, COOKIE);
            value.clone_into(&mut self.cookie);
        }
        answer
    }

    /// Sets a password by a one-time link.
    pub fn set_up(&mut self, link: &str, password: &str) -> Answer {
        self.post(link, &[("password", password), ("again", password)])
    }

    /// Tries to sign in.
    pub fn sign_in(&mut self, email: &str, password: &str) -> Answer {
        self.post("/login", &[("email", email), ("password", password)])
    }

    /// The value that forms of this session carry.
    pub fn form_token(&self, path: &str) -> String {
        let page = self.get(path).expect(200).text();
        let field = Selector::parse("input[name=form]").expect("a selector");
        let html = Html::parse_document(&page);
        let found = html.select(&field).next().and_then(|one| one.value().attr("value"));
        found.expect("a form with its token").to_owned()
    }

    fn headers<'a>(&'a self, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
        let mut headers = more.to_vec();
        if !self.cookie.is_empty() {
            // Leaked for the length of a test: a header borrows its value.
            let value: &'static str =
                Box::leak(format!("other=1; {COOKIE}={}", self.cookie).into_boxed_str());
            headers.push(("cookie", value));
        }
        headers
    }
}
