//! Mails from their MJML sources: made into HTML with the fields still open, once, when the renderer is made.
//!
//! MJML first and fields second, so that a mail costs no more than filling its fields, and nothing that comes in from
//! outside is ever read as MJML. A source may therefore have fields and blocks wherever its HTML will have text or the
//! value of an attribute. Called by `render` alone.

use std::collections::HashMap;

use mrml::prelude::render::RenderOptions;

use super::RenderError;

/// The HTML of an MJML source, as a template whose fields are still to be filled.
pub(super) fn html(source: &str) -> Result<String, RenderError> {
    let unsound = |error: &dyn std::fmt::Display| RenderError::Mail(error.to_string());
    let mail = mrml::parse(source).map_err(|error| unsound(&error))?;
    if let Some(warning) = mail.warnings.first() {
        return Err(unsound(warning));
    }
    // Without the list of fonts a font's name stays a name, and never becomes an address to load it from.
    let options = RenderOptions { disable_comments: true, social_icon_origin: None, fonts: HashMap::new() };
    let html = mail.element.render(&options).map_err(|error| unsound(&error))?;
    // What is no element of MJML comes through as it is, and no mail program would know it.
    if html.contains("<mj-") {
        return Err(unsound(&"it has an element that MJML does not have"));
    }
    // Blocks for Outlook that touch are one; and a role in English words would be read aloud in every language.
    Ok(html.replace("<![endif]--><!--[if mso | IE]>", "").replace(" aria-roledescription=\"email\"", ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    const INVITATION: &str = include_str!("../../templates/mail/invitation.mjml");

    #[test]
    fn fields_and_blocks_come_through_as_they_are() {
        let html = html(INVITATION).unwrap();
        let fields = |text: &str| {
            let mut fields: Vec<String> =
                text.split("{{").skip(1).map(|rest| rest.split("}}").next().unwrap().to_owned()).collect();
            fields.sort();
            fields.dedup();
            fields
        };
        assert_eq!(fields(&html), fields(INVITATION));
        let blocks =
            |text: &str| ["{{#if", "{{#each", "{{/if", "{{/each"].map(|tag| text.matches(tag).count());
        assert_eq!(blocks(&html), blocks(INVITATION));
    }

    #[test]
    fn the_name_of_a_font_never_becomes_an_address() {
        let roboto = INVITATION.replace("Arial,sans-serif", "Roboto,sans-serif");
        assert_ne!(roboto, INVITATION);
        let html = html(&roboto).unwrap();
        assert!(html.contains("Roboto") && !html.contains("fonts.") && !html.contains("@import"), "{html}");
    }

    #[test]
    fn a_source_that_is_not_sound_makes_no_renderer() {
        for (from, to) in [("</mj-body>", ""), ("mj-button", "mj-knob"), ("<mj-text>", "<mj-text")] {
            let broken = INVITATION.replace(from, to);
            assert_ne!(broken, INVITATION);
            assert!(matches!(html(&broken), Err(RenderError::Mail(_))), "{to}");
        }
    }
}
