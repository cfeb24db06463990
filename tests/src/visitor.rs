//! A visitor of an open link: scans the code, fills the first page, and goes on like any other customer.

use serde_json::{Value, json};

use crate::json::text;
use crate::respondent::{Fields, Page, Respondent};
use crate::server::Server;
use crate::shop::Shop;
use crate::web::{Answer, quoted};

/// An open link as the organisation knows it.
#[derive(Clone, Debug)]
pub struct OpenLink {
    /// Its id.
    pub id: String,
    /// Path of its address, `/o/…`.
    pub path: String,
    /// Its whole address.
    pub address: String,
}

/// Somebody who looks at the first page.
#[derive(Clone)]
pub struct Visitor {
    browser: Respondent,
    /// The page as it was shown.
    pub page: Page,
    /// The address to which it is posted.
    pub action: String,
}

impl Server {
    /// Puts an open survey into the field under the key `desk`; `changes` replace fields of the request.
    pub fn open_survey(&self, shop: &Shop, changes: &Value) {
        let mut request = json!({"key": "desk", "collection": "open", "rule": null});
        crate::json::merge(&mut request, changes);
        self.field_survey(shop, &request);
    }

    /// Makes a link of the survey `desk`.
    pub fn open_link(&self, shop: &Shop, wanted: &Value) -> OpenLink {
        let made =
            self.client().post_json(&shop.owner, "/api/v1/surveys/desk/links", wanted).expect(201).json();
        let address = text(&made, "/address").to_owned();
        let path = address.find("/o/").map(|at| address[at..].to_owned()).expect("a path");
        OpenLink { id: text(&made, "/id").to_owned(), path, address }
    }

    /// Somebody opens a link.
    pub fn visit(&self, link: &OpenLink) -> Visitor {
        Visitor::at(Respondent::at(self.client().clone(), &link.path), &link.path)
    }
}

impl Visitor {
    /// Somebody opens an address with a browser.
    pub fn at(browser: Respondent, path: &str) -> Self {
        let page = browser.show(path);
        let action = page.action().expect("the first page says where it is posted");
        Self { browser, page, action }
    }

    /// What the browser sends when it goes on from the page.
    pub fn fields(&self, choose: impl Fn(&str, &[String]) -> Option<String>) -> Fields {
        self.page.fill(choose, "")
    }

    /// Posts fields, and stays with what came back.
    pub fn post_only(&self, fields: &[(String, String)]) -> Answer {
        self.browser.post_only(&self.as_posted(), fields)
    }

    /// Posts fields, and follows where it leads.
    pub fn post(&self, fields: &[(String, String)]) -> Page {
        self.browser.post(&self.as_posted(), fields)
    }

    /// Answers the form to its end; the last page.
    pub fn answer_all(&self, choose: impl Fn(&str, &[String]) -> Option<String>, comment: &str) -> Page {
        let second = self.post(&self.page.fill(&choose, comment));
        self.browser.answer_all(second, choose, comment)
    }

    /// The same browser, for the pages that follow.
    pub const fn browser(&self) -> &Respondent {
        &self.browser
    }

    fn as_posted(&self) -> Page {
        Page { path: self.action.clone(), answer: self.page.answer.clone() }
    }
}

/// The link of the form on one of whose pages somebody is, `/s/…`.
pub fn form_of(page: &Page) -> String {
    let parts: Vec<&str> = page.path.split('/').collect();
    assert_eq!(parts[1], "s", "a page of a form: {}", page.path);
    format!("/s/{}", parts[2].split('?').next().expect("a token"))
}

/// A form's body as a browser writes it.
pub fn form_body(fields: &[(String, String)]) -> String {
    let one = |(name, value): &(String, String)| format!("{}={}", quoted(name), quoted(value));
    fields.iter().map(one).collect::<Vec<_>>().join("&")
}
