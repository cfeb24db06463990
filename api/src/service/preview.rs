//! Previews: the pages of a survey as customers will see them, in every language, length and form. Nothing is kept.
//!
//! The address is signed with the link key and stands in no table. Where in the survey somebody looks is said by the
//! address, so that a posted page leads to the next one without storing anything.

use std::sync::Arc;

use survey_forms::answer::{AnswerSheet, PageAnswers, read_page, typed};
use survey_forms::form::{Ask, Length, PagePlan, Paging};
use survey_forms::instrument::Instrument;
use survey_forms::language::{Language, negotiate};
use survey_forms::render::{
    Action, Choice, ChoiceOf, ChoiceOption, FormPage, Notice, OwnEnding, Preview, Shows, Thanks, ThanksStatus,
};

use super::coloured_page::Html;
use super::form_session::organisation_words;
use super::links::Purpose;
use super::once::in_form_read;
use super::open_form::{Again, Shown, unknown};
use super::post_page::Fields;
use super::preview_place::{Page, Place, Rows};
use super::{Error, Result, Services};
use crate::domain::Channel;
use crate::domain::organisation::Organisation;
use crate::store::surveys::{self, Survey};
use crate::store::{AnyConnection, OrgScope, authority, organisations};

/// Stands for an order where there is none.
pub const SAMPLE_ORDER: &str = "A-1042";
/// Letters of a signature: 160 bits.
const SIGNATURE_LETTERS: usize = 32;

/// What is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// `<route>.<survey>.<signature>`.
    pub token: String,
    /// What follows it: `<paging>/<length>/<form>/<page or "thanks">`, and a contact channel for the pages with its module;
    /// empty for the beginning.
    pub place: String,
    /// The language that was chosen.
    pub language: Option<Language>,
    /// The header `Accept-Language`.
    pub accepted: String,
    /// How the banner's rows stand.
    pub rows: Rows,
}

/// The address under which a survey is looked at.
pub fn address(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    key: &str,
) -> Result<String> {
    let survey = surveys::find(connection, scope, key)?.ok_or(Error::NotFound("survey"))?;
    // Imported answers have no questions that could be shown.
    services.instrument(connection, scope, &survey.instrument_key, survey.instrument_version)?;
    let route = organisations::get(connection, scope)?.route;
    let signature = signature(services, services.links.current_id(), &route, survey.id);
    let signature = signature.ok_or_else(|| Error::Broken("the link key is missing".to_owned()))?;
    Ok(format!("{}/v/{route}.{}.{signature}", services.public_url, survey.id))
}

/// Shows a page.
pub fn show(services: &Services, asked: &Asked) -> Result<Shown> {
    in_form_read(services, |connection| match Studio::enter(services, connection, asked)? {
        Some(studio) => studio.show(&Again::default(), Shown::Page),
        None => unknown(services),
    })
}

/// Takes a posted page as far as it can be taken without keeping it: refuses what a customer would be refused, and
/// leads on.
pub fn post(services: &Services, asked: &Asked, fields: &Fields) -> Result<Shown> {
    in_form_read(services, |connection| match Studio::enter(services, connection, asked)? {
        Some(studio) => studio.post(fields),
        None => unknown(services),
    })
}

fn signature(services: &Services, key_id: &str, route: &str, survey_id: i32) -> Option<String> {
    let parts: [&[u8]; 2] = [route.as_bytes(), &survey_id.to_be_bytes()];
    let hash = services.links.keyed(key_id, Purpose::Preview, &parts)?;
    let text = data_encoding::BASE32_NOPAD.encode(&hash).to_lowercase();
    text.get(..SIGNATURE_LETTERS).map(str::to_owned)
}

/// The survey behind a token that we signed; none for any other token.
fn signed_survey(
    services: &Services,
    connection: &mut AnyConnection,
    token: &str,
) -> Result<Option<(OrgScope, Survey)>> {
    let mut parts = token.splitn(3, '.');
    let (Some(route), Some(id), Some(shown)) = (parts.next(), parts.next(), parts.next()) else {
        return Ok(None);
    };
    let Some(id) = id.parse::<i32>().ok().filter(|id| *id > 0) else { return Ok(None) };
    let ours = services.links.ids().filter_map(|key_id| signature(services, key_id, route, id));
    if ours.filter(|one| super::open_ticket::is_same(one, shown)).count() == 0 {
        return Ok(None);
    }
    let Some(scope) = authority::by_signed_route(connection, route)? else { return Ok(None) };
    let survey = surveys::get(connection, &scope, id)?;
    Ok(Some((scope, survey)))
}

/// A survey while it is looked at.
struct Studio<'a> {
    services: &'a Services,
    asked: &'a Asked,
    organisation: Organisation,
    /// With the modules that are attached to it.
    instrument: Arc<Instrument>,
    modules: Vec<Channel>,
    languages: Vec<Language>,
    language: Language,
    order_number: &'static str,
    place: Place,
    pages: Vec<PagePlan>,
}

impl<'a> Studio<'a> {
    fn enter(
        services: &'a Services,
        connection: &mut AnyConnection,
        asked: &'a Asked,
    ) -> Result<Option<Self>> {
        let Some((scope, survey)) = signed_survey(services, connection, &asked.token)? else {
            return Ok(None);
        };
        let (key, version) = (&survey.instrument_key, survey.instrument_version);
        let mut instrument = services.instrument(connection, &scope, key, version)?;
        for module in &survey.modules {
            let module = services.instrument(connection, &scope, &module.key, module.version)?;
            let whole = instrument.attach(&module).map_err(|error| Error::Broken(error.to_string()))?;
            instrument = Arc::new(whole);
        }
        let languages: Vec<Language> =
            survey.languages.iter().filter_map(|tag| Language::parse(tag)).collect();
        let chosen = asked.language.filter(|language| languages.contains(language));
        let language =
            chosen.or_else(|| negotiate(&asked.accepted, &languages)).or(languages.first().copied());
        let mut place = Place::of(&asked.place, &survey);
        place.form %= instrument.form_count().max(1);
        let module = place.module.map(|(module, _)| module);
        let ask = Ask { paging: place.paging, module, ..Ask::of(place.form, place.length) };
        let pages = instrument.pages_of(&ask);
        if let Page::Number(number) = &mut place.page {
            *number = (*number).clamp(1, pages.len().max(1));
        }
        Ok(Some(Self {
            services,
            asked,
            organisation: organisations::get(connection, &scope)?,
            instrument,
            modules: survey.modules.iter().map(|module| module.channel).collect(),
            language: language.unwrap_or(Language::ENGLISH),
            languages,
            order_number: if survey.is_open() { "" } else { SAMPLE_ORDER },
            place,
            pages,
        }))
    }

    fn show(&self, again: &Again, shown: impl Fn(Html) -> Shown) -> Result<Shown> {
        let banner = self.banner();
        let page = match self.place.page {
            Page::Number(number) => self.form_page(number, again, &banner)?,
            Page::Thanks => self.thanks(&banner)?,
        };
        Ok(shown(Html::of(&self.organisation, page)))
    }

    fn plan(&self, number: usize) -> Result<&PagePlan> {
        self.pages.iter().find(|page| page.number == number).ok_or(Error::NotFound("page"))
    }

    fn form_page(&self, number: usize, again: &Again, banner: &Preview) -> Result<String> {
        let action = self.place.path(&self.asked.token, self.language, self.asked.rows);
        let view = FormPage {
            instrument: &self.instrument,
            pages: &self.pages,
            plan: self.plan(number)?,
            language: self.language,
            languages: &self.languages,
            organisation: organisation_words(&self.organisation),
            order_number: self.order_number,
            given: again.given.as_ref(),
            notice: again.notice.clone(),
            raw_words: again.raw_words.as_ref(),
            resumed: false,
            suggested: false,
            correcting: false,
            back_page: number > 1,
            action: Action::Post(&action),
            preview: Some(banner),
        };
        self.services.renderer.form_page(&view).map_err(|error| Error::Broken(error.to_string()))
    }

    fn thanks(&self, banner: &Preview) -> Result<String> {
        let view = Thanks {
            instrument: &self.instrument,
            pages: &self.pages,
            language: self.language,
            languages: &self.languages,
            organisation: organisation_words(&self.organisation),
            order_number: self.order_number,
            // Nothing was kept of what was typed on the pages before.
            sheet: &AnswerSheet::not_shown(&self.instrument),
            comment: None,
            status: ThanksStatus::JustAnswered,
            may_correct: false,
            correct_href: "",
            own: OwnEnding::default(),
            preview: Some(banner),
        };
        self.services.renderer.thanks(&view).map_err(|error| Error::Broken(error.to_string()))
    }

    fn post(&self, fields: &Fields) -> Result<Shown> {
        let Page::Number(number) = self.place.page else { return Ok(self.go_to(self.place.page, None)) };
        let plan = self.plan(number)?;
        let field = |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        if let Some(language) = field("language").and_then(Language::parse) {
            return Ok(self.go_to(self.place.page, Some(language)));
        }
        if field("go") == Some("back") {
            return Ok(self.go_to(Page::Number(number.saturating_sub(1).max(1)), None));
        }
        match read_page(&self.instrument, plan, fields) {
            Err(problems) => {
                let shown = typed(&self.instrument, plan, fields);
                let again = Again {
                    given: Some(shown.answers),
                    notice: Notice::Problems(problems),
                    raw_words: Some(shown.raw),
                    ..Again::default()
                };
                self.show(&again, Shown::Refused)
            }
            Ok(page) if page.is_empty() && field("left_open").is_none() => self.left_open(page),
            Ok(_) if number >= self.pages.len() => Ok(self.go_to(Page::Thanks, None)),
            Ok(_) => Ok(self.go_to(Page::Number(number + 1), None)),
        }
    }

    fn left_open(&self, page: PageAnswers) -> Result<Shown> {
        self.show(&Again { given: Some(page), notice: Notice::LeftOpen, ..Again::default() }, Shown::Page)
    }

    fn go_to(&self, page: Page, language: Option<Language>) -> Shown {
        let language = language.filter(|language| self.languages.contains(language));
        let place = Place { page, ..self.place };
        Shown::At(place.path(&self.asked.token, language.unwrap_or(self.language), self.asked.rows))
    }

    /// The rows above a page; in each the present choice is no link.
    fn banner(&self) -> Preview {
        let here = (self.place, self.language);
        let option = |shows: Shows, there: (Place, Language)| ChoiceOption {
            shows,
            href: (there != here).then(|| there.0.path(&self.asked.token, there.1, Rows::Unfolded)),
        };
        let named = |name: String, place: Place| option(Shows::Name(name), (place, self.language));
        let place = self.place;
        let number = |number: usize| named(number.to_string(), Place { page: Page::Number(number), ..place });
        let thanks = option(Shows::Thanks, (Place { page: Page::Thanks, ..place }, self.language));
        let rows = [
            (ChoiceOf::Language, {
                let all = self.languages.iter();
                all.map(|language| option(Shows::Language(*language), (place, *language))).collect()
            }),
            (ChoiceOf::Length, {
                let all = Length::ALL.into_iter();
                all.map(|length| named(length.as_str().to_owned(), Place { length, ..place })).collect()
            }),
            (ChoiceOf::Paging, {
                let all = Paging::ALL.into_iter();
                all.map(|paging| named(paging.as_str().to_owned(), Place { paging, ..place })).collect()
            }),
            (ChoiceOf::Form, {
                let all = 0..self.instrument.form_count();
                all.map(|form| named((u32::from(form) + 1).to_string(), Place { form, ..place })).collect()
            }),
            (ChoiceOf::Module, {
                let none = named("none".to_owned(), Place { module: None, ..place });
                let all = self.modules.iter().enumerate().map(|(at, channel)| {
                    named(channel.word().to_owned(), Place { module: Some((at, *channel)), ..place })
                });
                std::iter::once(none).chain(all).collect()
            }),
            (ChoiceOf::Page, (1..=self.pages.len()).map(number).chain([thanks]).collect::<Vec<_>>()),
        ];
        let choices = rows.into_iter().filter(|(_, options): &(_, Vec<_>)| options.len() > 1);
        let choices = choices.map(|(of, options)| Choice { of, options }).collect();
        Preview { choices, unfolded: self.asked.rows == Rows::Unfolded }
    }
}
