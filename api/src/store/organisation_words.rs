//! An organisation's own words: one row for each kind and language.
//!
//! Privacy words for all languages stand in the organisation's own row, where they have always been; those of one
//! language stand here.

use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::AnyConnection;
use super::error::{Result, unreadable};
use super::schema::organisation_words;
use crate::domain::WordsKind;
use crate::domain::own_texts::{ByLanguage, OwnTexts};

/// All words of the organisation.
pub fn get(connection: &mut AnyConnection, scope: &OrgScope) -> Result<OwnTexts> {
    let rows: Vec<(i16, String, String)> = organisation_words::table
        .filter(organisation_words::org_id.eq(scope.org()))
        .select((organisation_words::kind, organisation_words::language, organisation_words::words))
        .load(connection)?;
    let mut texts = OwnTexts::default();
    for (kind, language, words) in rows {
        texts.put(WordsKind::from_code(kind).ok_or_else(|| unreadable("kind of words"))?, language, words);
    }
    Ok(texts)
}

/// Puts these words in place of all that there are of a kind; whoever calls counts the organisation's revision.
pub fn replace(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    kind: WordsKind,
    words: &ByLanguage,
) -> Result<()> {
    let here = organisation_words::table
        .filter(organisation_words::org_id.eq(scope.org()))
        .filter(organisation_words::kind.eq(kind.code()));
    diesel::delete(here).execute(connection)?;
    for (language, words) in words {
        diesel::insert_into(organisation_words::table)
            .values((
                organisation_words::org_id.eq(scope.org()),
                organisation_words::kind.eq(kind.code()),
                organisation_words::language.eq(language),
                organisation_words::words.eq(words),
            ))
            .execute(connection)?;
    }
    Ok(())
}
