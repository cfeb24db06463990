//! The report as one page: template, style sheet and charts in a single text, no script, no request.

use std::sync::LazyLock;

use handlebars::{Handlebars, TemplateError};

use super::page::{Page, desk, period_name};
use super::unbroken::unbroken;
use super::{RenderError, Words};
use crate::report::Report;

/// The parts of the template by name: one for each section that has more than a table.
const PARTIALS: [(&str, &str); 14] = [
    ("comparison", include_str!("comparison.hbs")),
    ("side", include_str!("side.hbs")),
    ("along", include_str!("along.hbs")),
    ("chart", include_str!("chart.hbs")),
    ("drivers", include_str!("drivers.hbs")),
    ("map", include_str!("map.hbs")),
    ("series", include_str!("series.hbs")),
    ("consistency", include_str!("consistency.hbs")),
    ("differences", include_str!("differences.hbs")),
    ("places", include_str!("places.hbs")),
    ("groupings", include_str!("groupings.hbs")),
    ("live", include_str!("live.hbs")),
    ("answered", include_str!("answered.hbs")),
    ("structure", include_str!("structure.hbs")),
];

/// The template is compiled once; what is wrong with it is kept and told to each caller.
static PAGE: LazyLock<Result<Handlebars<'static>, Box<TemplateError>>> = LazyLock::new(|| {
    let mut registry = Handlebars::new();
    registry.set_strict_mode(true);
    for (name, partial) in PARTIALS {
        registry.register_partial(name, partial)?;
    }
    registry.register_template_string("page", include_str!("report.hbs"))?;
    for (name, template) in desk::TEMPLATES {
        registry.register_template_string(name, template)?;
    }
    Ok(registry)
});

/// Writes one part of a dashboard's page.
pub(super) fn part(template: &str, view: &impl serde::Serialize) -> Result<String, RenderError> {
    let registry = PAGE.as_ref().map_err(|error| RenderError::Template(error.to_string()))?;
    Ok(unbroken(&registry.render(template, view)?))
}

/// Writes the page; text is escaped, only the program's own charts and style sheet are taken as they are.
pub fn html(report: &Report, words: &Words) -> Result<String, RenderError> {
    let registry = PAGE.as_ref().map_err(|error| RenderError::Template(error.to_string()))?;
    let page = registry.render("page", &Page::new(report, &with_periods(report, words)))?;
    // A style sheet is no text.
    let (head, body) = page.split_once("</style>").unwrap_or(("", &page));
    Ok(format!("{head}{}{}", if head.is_empty() { "" } else { "</style>" }, unbroken(body)))
}

/// The words with the names of the months and weeks that the report is split by.
fn with_periods(report: &Report, words: &Words) -> Words {
    let mut words = words.clone();
    for by in ["month", "week"] {
        let levels = report.by.get(by).into_iter().flat_map(|levels| levels.keys());
        let names = levels.map(|level| (level.clone(), period_name(level))).collect();
        words.level_names.insert(by.to_owned(), names);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_an_empty_report_says_so_in_words() {
        let page =
            html(&Report::default(), &Words { title: "A & B <i>".into(), ..Words::default() }).unwrap();
        assert!(page.contains("A &amp; B &lt;i&gt;"));
        assert!(page.contains("What was answered"));
    }

    #[test]
    fn the_page_asks_nothing_of_anybody() {
        let page = html(&Report::default(), &Words::default()).unwrap();
        for outside in ["<script", "http:", "https:", "url(", "@import", "src="] {
            assert!(!page.contains(outside), "{outside}");
        }
    }
}
