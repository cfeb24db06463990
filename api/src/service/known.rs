//! What never changes, or says when it did, kept so that a page of a form need not read it again.
//!
//! A published instrument and what a survey asks never change; an organisation's settings carry a revision, which is
//! read each time. Nothing depends on it: what is lost is read anew. Surveys change their state, which is read where
//! it matters and is not to be taken from here.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use super::Result;
use crate::domain::organisation::Organisation;
use crate::domain::own_texts::OwnTexts;
use crate::store::surveys::Survey;
use crate::store::{AnyConnection, OrgScope, organisation_words, organisations, surveys};

/// How many entries of a kind are kept; then it begins anew.
const MOST: usize = 4096;

/// Kept things by their numbers.
#[derive(Debug)]
pub(super) struct Shelf<K, V>(Mutex<HashMap<K, Arc<V>>>);

impl<K, V> Default for Shelf<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash, V> Shelf<K, V> {
    pub(super) fn find(&self, key: &K) -> Option<Arc<V>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    pub(super) fn keep(&self, key: K, value: V) -> Arc<V> {
        let value = Arc::new(value);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(key, Arc::clone(&value));
        value
    }
}

/// What the pages of forms need again and again.
#[derive(Debug, Default)]
pub struct Known {
    organisations: Shelf<i32, (i32, Arc<Organisation>)>,
    own_texts: Shelf<i32, (i32, Arc<OwnTexts>)>,
    surveys: Shelf<(i32, i32), Survey>,
}

impl Known {
    /// The organisation with its settings of this revision, which was read in the same transaction.
    pub fn organisation(
        &self,
        connection: &mut AnyConnection,
        scope: &OrgScope,
        revision: i32,
    ) -> Result<Arc<Organisation>> {
        let org = scope.org_id().0;
        if let Some(kept) = self.organisations.find(&org).filter(|kept| kept.0 == revision) {
            return Ok(Arc::clone(&kept.1));
        }
        let read = Arc::new(organisations::get(connection, scope)?);
        self.organisations.keep(org, (read.revision, Arc::clone(&read)));
        Ok(read)
    }

    /// The organisation's own words of this revision, which was read in the same transaction.
    pub fn own_texts(
        &self,
        connection: &mut AnyConnection,
        scope: &OrgScope,
        revision: i32,
    ) -> Result<Arc<OwnTexts>> {
        let org = scope.org_id().0;
        if let Some(kept) = self.own_texts.find(&org).filter(|kept| kept.0 == revision) {
            return Ok(Arc::clone(&kept.1));
        }
        let read = Arc::new(organisation_words::get(connection, scope)?);
        self.own_texts.keep(org, (revision, Arc::clone(&read)));
        Ok(read)
    }

    /// A survey as far as it never changes: all but its state.
    pub fn survey(&self, connection: &mut AnyConnection, scope: &OrgScope, id: i32) -> Result<Arc<Survey>> {
        let key = (scope.org_id().0, id);
        if let Some(kept) = self.surveys.find(&key) {
            return Ok(kept);
        }
        Ok(self.surveys.keep(key, surveys::get(connection, scope, id)?))
    }
}
