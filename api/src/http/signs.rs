//! What the headers of a posted page say of the program that sent it.

use actix_web::HttpRequest;
use actix_web::http::header::USER_AGENT;

use crate::domain::marks::{Mark, Marks};

/// Words in the names of programs that no person sits before, in lower case.
const PROGRAMS: [&str; 9] =
    ["headless", "bot/", "bot;", "crawler", "spider", "curl/", "wget/", "python-", "phantomjs"];

/// The signs of a posting.
///
/// A browser that says how it navigates says, too, whether somebody pressed something (`Sec-Fetch-User`). One that
/// says neither tells nothing.
pub fn of_posting(request: &HttpRequest) -> Marks {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let navigates = header("sec-fetch-mode") == Some("navigate");
    let unpressed = navigates && header("sec-fetch-user") != Some("?1");
    let agent = header(USER_AGENT.as_str()).unwrap_or_default().to_ascii_lowercase();
    let named = PROGRAMS.iter().any(|word| agent.contains(word));
    let signs = [(Mark::Unpressed, unpressed), (Mark::NamedProgram, named)];
    signs.into_iter().filter(|(_, there)| *there).map(|(mark, _)| mark).collect()
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn words(headers: &[(&str, &str)]) -> Vec<&'static str> {
        let request =
            headers.iter().fold(TestRequest::post(), |request, header| request.insert_header(*header));
        of_posting(&request.to_http_request()).iter().map(Mark::word).collect()
    }

    #[test]
    fn a_pressed_button_and_an_old_browser_leave_no_mark() {
        let phone = ("user-agent", "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Safari/604.1");
        assert_eq!(words(&[phone]), [""; 0]);
        assert_eq!(words(&[phone, ("sec-fetch-mode", "navigate"), ("sec-fetch-user", "?1")]), [""; 0]);
    }

    #[test]
    fn scripts_and_programs_are_marked() {
        assert_eq!(words(&[("sec-fetch-mode", "navigate")]), ["unpressed"]);
        assert_eq!(words(&[("user-agent", "Mozilla/5.0 HeadlessChrome/141.0")]), ["named_program"]);
        assert_eq!(words(&[("user-agent", "SafeLinkBot/1.0")]), ["named_program"]);
    }
}
