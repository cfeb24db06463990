//! A customer with a plain browser: opens the mailed link, fills pages, goes back, switches the language.

use std::collections::BTreeMap;

use scraper::{ElementRef, Html, Selector};

use crate::web::{Answer, Client};

/// Most redirects that a browser would follow here.
const MOST_REDIRECTS: usize = 5;

/// The fields of a form, as a browser sends them.
pub type Fields = Vec<(String, String)>;

/// A customer at one link.
#[derive(Clone)]
pub struct Respondent {
    client: Client,
    link: String,
}

/// A page as it was shown, with the address at which it stands.
#[derive(Clone, Debug)]
pub struct Page {
    /// Path of the page.
    pub path: String,
    /// The answer as it came.
    pub answer: Answer,
}

impl Respondent {
    /// A customer at the link with this path (`/s/…`).
    pub fn at(client: Client, link_path: &str) -> Self {
        Self { client, link: link_path.to_owned() }
    }

    /// The path of the link.
    pub fn link(&self) -> &str {
        &self.link
    }

    /// Opens the link.
    pub fn open(&self) -> Page {
        self.show(&self.link)
    }

    /// Opens one page of the form by its number.
    pub fn open_page(&self, number: usize) -> Page {
        self.show(&format!("{}/{number}", self.link))
    }

    /// Opens an address, and follows where it leads.
    pub fn show(&self, path: &str) -> Page {
        self.follow(path, self.client.get(path))
    }

    /// Posts fields to a page, and follows where it leads.
    pub fn post(&self, page: &Page, fields: &[(String, String)]) -> Page {
        self.follow(&page.path, self.post_only(page, fields))
    }

    /// Posts fields to a page, and stays with what came back.
    pub fn post_only(&self, page: &Page, fields: &[(String, String)]) -> Answer {
        self.client.post_form(&page.path, fields)
    }

    /// Chooses on a page and sends it.
    pub fn answer(
        &self,
        page: &Page,
        choose: impl Fn(&str, &[String]) -> Option<String>,
        comment: &str,
    ) -> Page {
        self.post(page, &page.fill(choose, comment))
    }

    /// Answers every page from `page` to the end; gives the last page.
    pub fn answer_all(
        &self,
        page: Page,
        choose: impl Fn(&str, &[String]) -> Option<String>,
        comment: &str,
    ) -> Page {
        let mut page = page;
        for _ in 0..20 {
            if !page.is_form() {
                return page;
            }
            page = self.answer(&page, &choose, comment);
        }
        panic!("the form does not end: {}", page.answer.text());
    }

    /// Follows an answer to where it leads.
    pub fn follow(&self, path: &str, answer: Answer) -> Page {
        let mut page = Page { path: path.to_owned(), answer };
        for _ in 0..MOST_REDIRECTS {
            if page.answer.status != 303 {
                return page;
            }
            let place = page.answer.header("location").expect("a redirect says where").to_owned();
            page = Page { answer: self.client.get(&place), path: place };
        }
        panic!("the service redirects in a circle at {path}");
    }
}

impl Page {
    /// Whether there is a form to fill.
    pub fn is_form(&self) -> bool {
        !self.select("form#f").is_empty()
    }

    /// The address to which its form is posted, when it is not its own.
    pub fn action(&self) -> Option<String> {
        let (_, form) = self.select("form#f").into_iter().next()?;
        form.get("action").cloned()
    }

    /// The language of the page.
    pub fn language(&self) -> String {
        self.select("html")[0].1.get("lang").expect("a language").clone()
    }

    /// The title of the page.
    pub fn title(&self) -> String {
        self.texts("title").join("")
    }

    /// The texts of all elements that fit a CSS selector.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        self.select(selector).into_iter().map(|(text, _)| text).collect()
    }

    /// Keys of the items that are asked, each with the values of its answers.
    pub fn items(&self) -> Vec<(String, Vec<String>)> {
        let mut items: Vec<(String, Vec<String>)> = Vec::new();
        for (_, input) in self.select("input[type=radio]") {
            let (name, value) = (input["name"].clone(), input["value"].clone());
            match items.iter_mut().find(|(key, _)| *key == name) {
                Some((_, values)) => values.push(value),
                None => items.push((name, vec![value])),
            }
        }
        items
    }

    /// What is chosen, by item.
    pub fn chosen(&self) -> BTreeMap<String, String> {
        let checked = self.select("input[type=radio][checked]").into_iter();
        checked.map(|(_, input)| (input["name"].clone(), input["value"].clone())).collect()
    }

    /// What stands in the box for free words, where there is one.
    pub fn comment(&self) -> Option<String> {
        self.texts("textarea[name=comment]").pop()
    }

    /// The fields as a browser sends them when nothing is touched: what is chosen, hidden and written.
    pub fn untouched(&self) -> Fields {
        let hidden = self.select("form#f input[type=hidden]").into_iter();
        let mut fields: Fields =
            hidden.map(|(_, input)| (input["name"].clone(), input["value"].clone())).collect();
        fields.extend(self.chosen());
        fields.extend(self.written());
        fields.extend(self.comment().map(|words| ("comment".to_owned(), words)));
        fields
    }

    /// Boxes that are ticked, places that are taken, and what stands in the boxes for words besides the comment.
    pub fn written(&self) -> Fields {
        let mut fields = Fields::new();
        for (_, one) in self.select("input[type=checkbox][checked], input[type=text]") {
            fields.push((one["name"].clone(), one.get("value").cloned().unwrap_or_default()));
        }
        for (_, list) in self.select("select") {
            let name = list["name"].clone();
            let chosen = self.select(&format!("select[name={name}] option[selected]")).pop();
            fields.push((name, chosen.map_or_else(String::new, |(_, option)| option["value"].clone())));
        }
        for (words, area) in self.select("textarea:not([name=comment])") {
            fields.push((area["name"].clone(), words));
        }
        fields
    }

    /// The fields after choosing; an item for which `choose` has nothing stays open.
    pub fn fill(&self, choose: impl Fn(&str, &[String]) -> Option<String>, comment: &str) -> Fields {
        let mut fields = self.untouched();
        fields.retain(|(name, _)| name != "comment" && self.items().iter().all(|(key, _)| key != name));
        for (key, values) in self.items() {
            fields.extend(choose(&key, &values).map(|value| (key.clone(), value)));
        }
        if self.comment().is_some() {
            fields.push(("comment".to_owned(), comment.to_owned()));
        }
        fields
    }

    /// The stored answers as the thank-you page lists them: question and answer.
    pub fn listed(&self) -> Vec<(String, String)> {
        self.texts("dl dt").into_iter().zip(self.texts("dl dd")).collect()
    }

    /// The addresses of all links that fit a CSS selector.
    pub fn links(&self, selector: &str) -> Vec<String> {
        self.select(selector).into_iter().filter_map(|(_, link)| link.get("href").cloned()).collect()
    }

    /// Each element that fits, with its text and its attributes.
    fn select(&self, selector: &str) -> Vec<(String, BTreeMap<String, String>)> {
        let document = Html::parse_document(&self.answer.text());
        let selector = Selector::parse(selector).expect("a CSS selector");
        document.select(&selector).map(|element| (element.text().collect(), attributes(element))).collect()
    }
}

fn attributes(element: ElementRef<'_>) -> BTreeMap<String, String> {
    element.value().attrs().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// The fields with one more, as when a button with a name was pressed.
pub fn with(mut fields: Fields, name: &str, value: &str) -> Fields {
    fields.push((name.to_owned(), value.to_owned()));
    fields
}
