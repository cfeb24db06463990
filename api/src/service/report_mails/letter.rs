//! What a mailed report says: read at the moment of sending, with the rights that its reader has then.

use survey_forms::language::Language;
use survey_forms::render::{self, Day, ReportFilter, ReportRhythm, Said};

use super::super::desk::scope::Asked;
use super::super::form_session::organisation_words;
use super::super::links::Purpose;
use super::super::sending::host_of;
use super::super::{Error, Result, Services};
use super::figures;
use super::run::OutgoingReport;
use crate::domain::organisation::Organisation;
use crate::domain::{Channel, Rhythm};
use crate::mail::Envelope;
use crate::store::report_mails::ReportMail;
use crate::store::{AnyConnection, authority};

/// Writes the mail that was begun.
pub fn write(services: &Services, connection: &mut AnyConnection, it: &OutgoingReport) -> Result<Envelope> {
    let OutgoingReport { run, report, view, reader, organisation } = it;
    let language = Language::parse(&report.language)
        .ok_or_else(|| Error::Broken(format!("the language \"{}\" is not shipped", report.language)))?;
    let last = run.period.to().yesterday().unwrap_or(run.period.from());
    let asked = Asked {
        period: Some("own".to_owned()),
        from: Some(run.period.from().to_string()),
        until: Some(last.to_string()),
        ..Asked::of_query(&view.query)
    };
    let content = figures::read(services, connection, &reader.scope, &view.survey, &asked, language)?;
    let slash = if view.page.is_empty() { "" } else { "/" };
    let base = format!("{}/dashboard/surveys/{}", services.public_url, view.survey);
    let link = format!("{base}{slash}{}{}", view.page, asked.query());
    let stop_link = stop_link(services, organisation, report)?;
    let mail = render::ReportMail {
        language,
        organisation: organisation_words(organisation),
        view: &view.name,
        survey: &view.survey,
        rhythm: match report.rhythm {
            Rhythm::Weekly => ReportRhythm::Weekly,
            Rhythm::Monthly => ReportRhythm::Monthly,
        },
        from: day(run.period.from()),
        until: day(last),
        filters: &filters(&asked),
        content: &content,
        link: &link,
        stop_link: &stop_link,
    };
    let parts = services.renderer.report_mail(&mail).map_err(|error| Error::Broken(error.to_string()))?;
    let name = format!("{}-{}", report.id, run.period.from());
    Ok(Envelope {
        message_id: format!("<{name}.report@{}>", host_of(&services.public_url)),
        file_name: name,
        from_name: organisation.name.clone(),
        from: organisation.contact_email.clone(),
        reply_to: organisation.replies().to_owned(),
        to_name: reader.member.name.clone(),
        to: reader.member.email.clone(),
        return_to: None,
        unsubscribe_link: stop_link,
        // Nobody reads a mail that asks to stop a report: the link does it.
        unsubscribe_address: String::new(),
        language: language.tag().to_owned(),
        subject: parts.subject,
        text: parts.text,
        html: parts.html,
        date: services.now(),
        test: false,
    })
}

fn day(date: jiff::civil::Date) -> Day {
    Day { year: date.year(), month: date.month(), day: date.day() }
}

/// The reader's own link that stops these mails.
fn stop_link(services: &Services, organisation: &Organisation, report: &ReportMail) -> Result<String> {
    let key_id = &report.link_key_id;
    let secret = services.links.secret(key_id, Purpose::ReportMail, report.id);
    let secret = secret
        .ok_or_else(|| Error::Broken(format!("the link key file no longer has the key \"{key_id}\"")))?;
    if authority::secret_hash(&secret) != report.token_hash {
        let words = format!("the key \"{key_id}\" of the link key file is not the one that made this link");
        return Err(Error::Broken(words));
    }
    Ok(format!("{}/r/{}.{secret}", services.public_url, organisation.route))
}

/// The filters of a view as the mail names them; what is none of ours is left to the report to refuse.
fn filters(asked: &Asked) -> Vec<ReportFilter<'_>> {
    let channel = |word: &String| Channel::from_word(word).map(said);
    let none = |word: &String| word == "none";
    let parts = [
        asked.channel.as_ref().and_then(channel).map(ReportFilter::Channel),
        asked.contact_channel.as_ref().and_then(|word| {
            let known = channel(word);
            (known.is_some() || none(word)).then_some(ReportFilter::ContactChannel(known))
        }),
        asked.place.as_ref().map(|key| ReportFilter::Place((!none(key)).then_some(key.as_str()))),
        asked.language.as_ref().and_then(|tag| Language::parse(tag)).map(ReportFilter::Language),
        asked.careless.as_ref().filter(|word| *word == "out").map(|_| ReportFilter::WithoutCareless),
    ];
    parts.into_iter().flatten().collect()
}

fn said(channel: Channel) -> Said {
    match channel {
        Channel::Web => Said::Web,
        Channel::InPerson => Said::InPerson,
        Channel::Phone => Said::Phone,
        Channel::Email => Said::Email,
        Channel::Chat => Said::Chat,
        Channel::Community => Said::Community,
    }
}
