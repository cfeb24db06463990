//! A shop's score for everybody: a page, and a badge that other pages show.
//!
//! Both say how many answered, when, and how sure the number is; neither depends on who looks. What may be shown is decided
//! by the caller.

use serde::Serialize;
use serde_json::json;

use super::own_facts::Day;
use super::parts::{Foot, Head, Organisation, Says, Switch, one_line};
use super::{RenderError, Renderer};
use crate::language::catalogue::Arg;
use crate::language::{Language, apart};

/// The public figures of a score.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreFigures {
    /// Points of 100.
    pub value: f64,
    /// The 95 % interval of one look.
    pub range: (f64, f64),
    /// The 95 % interval that holds at every look.
    pub always: Option<(f64, f64)>,
    /// Decimals that the range carries, 0 to 2.
    pub decimals: usize,
    /// Customers who answered.
    pub people: u64,
    /// First day of the service that is judged.
    pub from: Day,
    /// Its last day.
    pub until: Day,
    /// Who answered of whom; none where that cannot be told.
    pub rate: Option<AnsweredOf>,
}

/// How many of those who were asked answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnsweredOf {
    /// Answered.
    pub answered: u64,
    /// Asked and reached.
    pub asked: u64,
}

/// The event after which customers are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskedAfter {
    /// The order was placed.
    Placed,
    /// It was sent out.
    Shipped,
    /// It was delivered.
    Delivered,
    /// A complaint about it was closed.
    Complaint,
}

/// How customers are chosen and asked.
#[derive(Debug, Clone, Copy)]
pub struct AskedHow<'a> {
    /// After which event.
    pub after: AskedAfter,
    /// Of a hundred orders, those that are drawn by lot; 1 to 100.
    pub share: u64,
    /// Names of the only places whose customers are asked; empty for all.
    pub places: &'a [String],
}

/// Everything that page and badge show.
#[derive(Debug, Clone, Copy)]
pub struct ScorePage<'a> {
    /// The language.
    pub language: Language,
    /// All languages that can be chosen; the switch is a GET with `language=<tag>`.
    pub languages: &'a [Language],
    /// Whose score it is.
    pub organisation: Organisation<'a>,
    /// The figures; none while too few have answered.
    pub figures: Option<&'a ScoreFigures>,
    /// Fewest answers with which figures are shown.
    pub least: u64,
    /// How customers are asked.
    pub asked: AskedHow<'a>,
}

#[derive(Serialize)]
struct View {
    #[serde(flatten)]
    head: Head,
    #[serde(flatten)]
    switch: Switch,
    #[serde(flatten)]
    foot: Foot,
    public: bool,
    heading: String,
    few: Option<String>,
    figures: Option<Figures>,
    how_heading: String,
    how: Vec<String>,
    asked: Vec<Row>,
    out_heading: String,
    out: Vec<String>,
    made: String,
    data: String,
}

#[derive(Serialize)]
struct Figures {
    of: String,
    likely: String,
    scale: Scale,
    rows: Vec<Row>,
}

/// A label and what stands beside it, as markup.
#[derive(Serialize)]
struct Row {
    label: String,
    value: String,
}

/// Where the marks stand on a line from 0 to `width`.
#[derive(Serialize)]
struct Scale {
    low: String,
    high: String,
    at: String,
}

impl Scale {
    fn new(figures: &ScoreFigures, start: f64, width: f64) -> Self {
        let place = |value: f64| format!("{:.1}", start + value.clamp(0.0, 100.0) / 100.0 * width);
        Self { low: place(figures.range.0), high: place(figures.range.1), at: place(figures.value) }
    }
}

#[derive(Serialize)]
struct Badge {
    lang: &'static str,
    dir: &'static str,
    style: &'static str,
    title: String,
    /// Where text begins, and where its second column does.
    near: u32,
    far: u32,
    name: String,
    value: Option<String>,
    likely: String,
    count: String,
    months: String,
    scale: Option<Scale>,
    /// The whole line of the scale.
    ends: &'static str,
}

/// The width of a badge; right-to-left ones are mirrored in it.
const BADGE_WIDTH: u32 = 320;

/// The content of the one style element of a badge; the service puts its hash into the content security policy.
pub fn badge_style() -> &'static str {
    include_str!("../../templates/page/badge.css")
}

impl Renderer {
    /// The page.
    pub fn score(&self, page: &ScorePage<'_>) -> Result<String, RenderError> {
        self.fill("score", &page.view())
    }

    /// The badge, as an SVG file that needs nothing else.
    pub fn score_badge(&self, page: &ScorePage<'_>) -> Result<String, RenderError> {
        self.fill("badge", &page.badge())
    }
}

impl ScorePage<'_> {
    fn says(&self) -> Says {
        Says(self.language)
    }

    fn number(&self, value: f64) -> String {
        let decimals = self.figures.map_or(0, |figures| figures.decimals);
        self.language.decimal(value.clamp(0.0, 100.0), decimals)
    }

    fn day(&self, day: Day) -> String {
        self.language.long_date(day.year, day.month, day.day).unwrap_or_default()
    }

    fn view(&self) -> View {
        let says = self.says();
        let heading = says.plain(if self.figures.is_some() { "score-heading" } else { "score-few-heading" });
        let least = [("least", Arg::Number(self.least))];
        View {
            head: Head::new(self.language, says.title(&heading, self.organisation.name))
                .coloured(self.organisation.accent),
            switch: Switch::new(self.language, self.languages),
            foot: Foot::brief(self.language, &self.organisation).without_own_data(),
            public: self.figures.is_some(),
            heading,
            few: self.figures.is_none().then(|| says.markup("score-few", &least)),
            figures: self.figures.map(|figures| self.figures_view(figures)),
            how_heading: says.plain("score-how-heading"),
            how: vec![
                says.plain("score-how-free"),
                says.plain("score-how-sum"),
                says.markup("score-how-steps", &least),
            ],
            asked: self.asked_rows(),
            out_heading: says.plain("score-out-heading"),
            out: vec![says.plain("score-out-trials"), says.plain("score-out-silent")],
            made: says.plain("score-made"),
            data: self.figures.map(|figures| self.rating(figures)).unwrap_or_default(),
        }
    }

    fn figures_view(&self, figures: &ScoreFigures) -> Figures {
        let says = self.says();
        let value = self.number(figures.value);
        let span =
            |from: &str, to: &str| says.markup("score-span", &[("from", from.into()), ("until", to.into())]);
        let range = |(low, high): (f64, f64)| span(&self.number(low), &self.number(high));
        let mut rows = vec![
            self.row("score-label-people", self.language.number(figures.people)),
            self.row("score-label-period", span(&self.day(figures.from), &self.day(figures.until))),
        ];
        rows.extend(figures.rate.map(|rate| self.row("score-label-rate", self.rate(rate))));
        rows.push(self.row("score-label-range", range(figures.range)));
        rows.extend(figures.always.map(|always| self.row("score-label-always", range(always))));
        Figures {
            of: says.markup("score-of", &[("value", value.as_str().into())]),
            likely: self.likely(figures),
            scale: Scale::new(figures, 10.0, 620.0),
            rows,
        }
    }

    fn row(&self, label: &str, value: String) -> Row {
        Row { label: self.says().plain(label), value }
    }

    fn likely(&self, figures: &ScoreFigures) -> String {
        let (low, high) = (self.number(figures.range.0), self.number(figures.range.1));
        self.says().with("score-likely", &[("low", low.as_str().into()), ("high", high.as_str().into())])
    }

    fn rate(&self, rate: AnsweredOf) -> String {
        let (answered, asked) = (self.language.number(rate.answered), self.language.number(rate.asked));
        let share = rate.answered.saturating_mul(100).saturating_add(rate.asked / 2) / rate.asked.max(1);
        let share = self.language.number(share);
        let args = [
            ("answered", answered.as_str().into()),
            ("asked", asked.as_str().into()),
            ("share", share.as_str().into()),
        ];
        self.says().markup("score-rate", &args)
    }

    fn asked_rows(&self) -> Vec<Row> {
        let says = self.says();
        let after = match self.asked.after {
            AskedAfter::Placed => "score-after-placed",
            AskedAfter::Shipped => "score-after-shipped",
            AskedAfter::Delivered => "score-after-delivered",
            AskedAfter::Complaint => "score-after-complaint",
        };
        let whom = match self.asked.share {
            100.. => says.plain("score-whom-all"),
            share => {
                says.markup("score-whom-sample", &[("share", self.language.number(share).as_str().into())])
            }
        };
        let places = one_line(&self.asked.places.join(", "));
        let whom = match places.as_str() {
            "" => whom,
            names => format!("{whom}; {}", says.markup("score-whom-places", &[("places", names.into())])),
        };
        vec![self.row("score-label-when", says.plain(after)), self.row("score-label-whom", whom)]
    }

    /// The same for search engines, by schema.org. It stands in an element of script that no browser runs.
    fn rating(&self, figures: &ScoreFigures) -> String {
        let digits = figures.decimals;
        let tree = json!({
            "@context": "https://schema.org",
            "@type": "Organization",
            "name": one_line(self.organisation.name),
            "aggregateRating": {
                "@type": "AggregateRating",
                "ratingValue": format!("{:.digits$}", figures.value),
                "bestRating": "100",
                "worstRating": "0",
                "ratingCount": figures.people,
            },
        });
        // Nothing in it can end the element, whatever the name is.
        tree.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
    }

    fn badge(&self) -> Badge {
        let says = self.says();
        let rtl = self.language.is_right_to_left();
        let x = |place: u32| if rtl { BADGE_WIDTH - place } else { place };
        let name = apart(self.language, &one_line(self.organisation.name));
        let mut badge = Badge {
            lang: self.language.tag(),
            dir: self.language.direction(),
            style: badge_style(),
            title: format!("{name}: {}", says.plain("score-badge-few")),
            near: x(16),
            far: x(128),
            name: says.plain("score-name"),
            value: None,
            likely: says.plain("score-badge-few"),
            count: String::new(),
            months: String::new(),
            scale: None,
            ends: if rtl { "208 72H304" } else { "16 72H112" },
        };
        let Some(figures) = self.figures else {
            badge.far = x(16);
            return badge;
        };
        let value = self.number(figures.value);
        let of = says.with("score-of", &[("value", value.as_str().into())]);
        badge.likely = self.likely(figures);
        badge.count = says.with("score-answers", &[("count", Arg::Number(figures.people))]);
        badge.months = format!("{}–{}", month(figures.from), month(figures.until));
        badge.title = format!("{name}: {of}, {}, {}, {}", badge.likely, badge.count, badge.months);
        badge.scale = Some(Scale::new(figures, f64::from(if rtl { x(112) } else { 16 }), 96.0));
        badge.value = Some(value);
        badge
    }
}

/// A month in digits, as all languages read it: "11/2025".
fn month(day: Day) -> String {
    format!("{}/{}", day.month, day.year)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHOP: Organisation<'static> = Organisation {
        name: "Tuulia </script><b>",
        contact_email: "care@example.org",
        privacy_text: None,
        privacy_url: "https://example.org/privacy",
        retention_months: 24,
        accent: None,
    };

    fn figures() -> ScoreFigures {
        let day = |year, month, day| Day { year, month, day };
        ScoreFigures {
            value: 78.44,
            range: (76.9, 79.98),
            always: Some((76.0, 80.9)),
            decimals: 0,
            people: 1_204,
            from: day(2025, 11, 1),
            until: day(2026, 10, 31),
            rate: Some(AnsweredOf { answered: 1_230, asked: 3_000 }),
        }
    }

    fn page<'a>(
        language: Language,
        figures: Option<&'a ScoreFigures>,
        places: &'a [String],
    ) -> ScorePage<'a> {
        let asked = AskedHow { after: AskedAfter::Delivered, share: 50, places };
        ScorePage { language, languages: &Language::ALL, organisation: SHOP, figures, least: 30, asked }
    }

    #[test]
    fn every_language_says_number_range_people_and_days() {
        let (renderer, figures) = (Renderer::new().unwrap(), figures());
        for language in Language::ALL {
            let page = page(language, Some(&figures), &[]);
            let shown = renderer.score(&page).unwrap();
            for wanted in ["78", "77", "80", "76", "81", &language.number(1_204), "41", "2025", "2026"] {
                assert!(shown.contains(wanted), "{language}: {wanted}");
            }
            assert!(!shown.contains("score-") && !shown.contains("noindex"), "{language}");
            let badge = renderer.score_badge(&page).unwrap();
            for wanted in ["78", "77", "80", &language.number(1_204), "11/2025–10/2026", "<title"] {
                assert!(badge.contains(wanted), "{language}: {wanted} in {badge}");
            }
            assert!(!badge.contains("score-"), "{language}");
        }
    }

    #[test]
    fn the_rating_for_search_engines_is_on_its_own_scale_and_ends_nothing() {
        let (renderer, figures) = (Renderer::new().unwrap(), figures());
        let shown = renderer.score(&page(Language::ENGLISH, Some(&figures), &[])).unwrap();
        let (_, rest) = shown.split_once("<script type=\"application/ld+json\">").unwrap();
        let (data, _) = rest.split_once("</script>").unwrap();
        let tree: serde_json::Value = serde_json::from_str(data).unwrap();
        let rating = &tree["aggregateRating"];
        assert_eq!((&rating["ratingValue"], &rating["ratingCount"]), (&json!("78"), &json!(1_204)));
        assert_eq!((&rating["worstRating"], &rating["bestRating"]), (&json!("0"), &json!("100")));
        assert_eq!(tree["name"], "Tuulia </script><b>");
        assert_eq!(shown.matches("</script").count(), 1);
    }

    #[test]
    fn without_figures_there_is_no_number_and_nothing_to_index() {
        let renderer = Renderer::new().unwrap();
        let places = ["Oulu & co".to_owned()];
        let shown = renderer.score(&page(Language::ENGLISH, None, &places)).unwrap();
        assert!(shown.contains("Too few answers yet") && shown.contains("noindex"));
        assert!(
            shown.contains("only: <bdi>Oulu &amp; co</bdi>") && shown.contains("<bdi>50</bdi> of 100 orders")
        );
        assert!(!shown.contains("ld+json") && !shown.contains("<svg"));
        let badge = renderer.score_badge(&page(Language::ARABIC, None, &[])).unwrap();
        assert!(badge.contains("الإجابات قليلة حتى الآن") && !badge.contains("<circle"));
    }
}
