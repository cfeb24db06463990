//! A plain HTTP client that follows nothing and hides nothing.

use std::time::Duration;

use serde_json::Value;
use ureq::Agent;
use ureq::http::Request;

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// HTTP's number.
    pub status: u16,
    /// Names in lower case, in the order in which they came.
    pub headers: Vec<(String, String)>,
    /// The body as it came.
    pub body: Vec<u8>,
}

impl Answer {
    /// The first header of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("the body is UTF-8")
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error} in the body of a {}: {}", self.status, self.text()))
    }

    /// The same answer, when it has this status; stops with the body when it has not.
    #[allow(clippy::return_self_not_must_use, reason = "often the check is all that is wanted")]
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.body));
        self
    }

    /// What must not differ between two answers to strangers: all but the moment, the request's id and the
    /// order of headers, which chance decides.
    #[must_use]
    pub fn without_date_and_id(&self) -> Self {
        let mut same = self.clone();
        same.headers.retain(|(name, _)| name != "date" && name != "x-request-id");
        same.headers.sort();
        same
    }
}

/// A client of one service.
#[derive(Clone)]
pub struct Client {
    agent: Agent,
    base: String,
}

impl Client {
    /// A client of the service at `base`, such as `http://127.0.0.1:8080`.
    pub fn of(base: &str) -> Self {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .allow_non_standard_methods(true)
            .proxy(None)
            .timeout_global(Some(Duration::from_mins(2)))
            .build()
            .new_agent();
        Self { agent, base: base.trim_end_matches('/').to_owned() }
    }

    /// Sends one request.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<&[u8]>) -> Answer {
        let mut request = Request::builder().method(method).uri(format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let sent = match body {
            Some(body) => self.agent.run(request.body(body).expect("a request")),
            None => self.agent.run(request.body(()).expect("a request")),
        };
        read(sent.unwrap_or_else(|error| panic!("{method} {path}: {error}")))
    }

    /// GET without a key.
    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], None)
    }

    /// GET with a key.
    pub fn get_as(&self, key: &str, path: &str) -> Answer {
        self.send("GET", path, &[("authorization", &bearer(key))], None)
    }

    /// POST of JSON with a key.
    pub fn post_json(&self, key: &str, path: &str, body: &Value) -> Answer {
        self.send_json("POST", key, path, body)
    }

    /// Any method with a JSON body and a key.
    pub fn send_json(&self, method: &str, key: &str, path: &str, body: &Value) -> Answer {
        let headers = [("authorization", bearer(key)), ("content-type", "application/json".to_owned())];
        let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
        self.send(method, path, &headers, Some(body.to_string().as_bytes()))
    }

    /// POST of a form, as a browser sends it.
    pub fn post_form(&self, path: &str, fields: &[(String, String)]) -> Answer {
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", quoted(name), quoted(value))).collect();
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        self.send("POST", path, &headers, Some(body.join("&").as_bytes()))
    }
}

fn bearer(key: &str) -> String {
    format!("Bearer {key}")
}

fn read(mut response: ureq::http::Response<ureq::Body>) -> Answer {
    let headers = response
        .headers()
        .iter()
        .map(|(name, value)| {
            (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        })
        .collect();
    let status = response.status().as_u16();
    let body = response.body_mut().with_config().limit(64 * 1024 * 1024).read_to_vec().expect("a whole body");
    Answer { status, headers, body }
}

/// Percent-encodes everything but letters, digits and `-._~`.
pub fn quoted(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let one = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(one).collect()
}

/// The same text with another last letter: a key or a link that is wrong by one.
pub fn mistyped(text: &str) -> String {
    let (most, last) = text.split_at(text.len() - 1);
    format!("{most}{}", if last == "a" { "b" } else { "a" })
}
