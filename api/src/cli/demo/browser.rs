//! A plain browser: follows no redirect by itself, runs no script, keeps no cookie.

use anyhow::{Context, bail};
use ureq::Agent;

/// An HTTP client for the demo.
pub struct Browser {
    agent: Agent,
}

/// A page, or where to go.
pub enum Arrived {
    /// A page with its HTML.
    Page(String),
    /// A redirect to this path.
    GoTo(String),
}

impl Browser {
    /// A browser without history.
    pub fn new() -> Self {
        let config = Agent::config_builder().max_redirects(0).http_status_as_error(false).build();
        Self { agent: Agent::new_with_config(config) }
    }

    /// Opens an address.
    pub fn open(&self, url: &str) -> anyhow::Result<Arrived> {
        arrived(self.agent.get(url).call().with_context(|| format!("cannot open {url}"))?)
    }

    /// Posts a form to an address.
    pub fn submit(&self, url: &str, fields: &[(String, String)]) -> anyhow::Result<Arrived> {
        let pairs = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        arrived(self.agent.post(url).send_form(pairs).with_context(|| format!("cannot post to {url}"))?)
    }

    /// Reads an address of the API.
    pub fn get_with_key(&self, url: &str, key: &str) -> anyhow::Result<String> {
        let response = self.agent.get(url).header("Authorization", format!("Bearer {key}")).call()?;
        text_of_ok(response, url)
    }

    /// Posts JSON to an address of the API.
    pub fn post_with_key(&self, url: &str, key: &str, body: &serde_json::Value) -> anyhow::Result<String> {
        let request = self.agent.post(url).header("Authorization", format!("Bearer {key}"));
        text_of_ok(request.content_type("application/json").send(body.to_string())?, url)
    }
}

fn arrived(mut response: ureq::http::Response<ureq::Body>) -> anyhow::Result<Arrived> {
    let status = response.status().as_u16();
    match status {
        303 => {
            let place = response.headers().get("location").and_then(|value| value.to_str().ok());
            Ok(Arrived::GoTo(place.context("a redirect without a place")?.to_owned()))
        }
        200 => Ok(Arrived::Page(response.body_mut().read_to_string()?)),
        _ => bail!("the form answered {status}"),
    }
}

fn text_of_ok(mut response: ureq::http::Response<ureq::Body>, url: &str) -> anyhow::Result<String> {
    let status = response.status();
    let text = response.body_mut().with_config().limit(100 * 1024 * 1024).read_to_string()?;
    if !status.is_success() {
        bail!("{url} answered {status}: {text}");
    }
    Ok(text)
}

/// The choices of each question on a page: field name and its values, in the page's order.
pub fn questions(page: &str) -> Vec<(String, Vec<String>)> {
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    for tag in page.split("<input ").skip(1).filter_map(|rest| rest.split('>').next()) {
        let (Some("radio"), Some(name), Some(value)) =
            (attribute(tag, "type"), attribute(tag, "name"), attribute(tag, "value"))
        else {
            continue;
        };
        match found.iter_mut().find(|(known, _)| known == name) {
            Some((_, values)) => values.push(value.to_owned()),
            None => found.push((name.to_owned(), vec![value.to_owned()])),
        }
    }
    found
}

/// Whether a page asks for a comment.
pub fn asks_comment(page: &str) -> bool {
    page.contains("<textarea ") && page.contains("name=\"comment\"")
}

/// Whether a page has a form at all.
pub fn has_form(page: &str) -> bool {
    page.contains("<form method=\"post\"")
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!("{name}=\""))?;
    rest.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_choices_of_a_page_are_found() {
        let page = r#"<form method="post" id="f"><input type="radio" name="a_1" id="x" value="1">
            <input type="radio" name="a_1" value="na"><input type="hidden" name="left_open" value="1">
            <input type="radio" name="b_1" value="5" checked><textarea name="comment" id="comment"></textarea>"#;
        let expected = vec![
            ("a_1".to_owned(), vec!["1".to_owned(), "na".to_owned()]),
            ("b_1".to_owned(), vec!["5".to_owned()]),
        ];
        assert_eq!(questions(page), expected);
        assert!(asks_comment(page) && has_form(page));
    }
}
