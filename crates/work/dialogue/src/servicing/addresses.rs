//! Where something goes.

use guard::FormKind;

use super::MOST_CHOICES;
use crate::{
    calls::{Deed, Destination},
    found::{FoundOrder, FoundProfile},
    mention,
    state::{Servicing, Slot},
    turn::{Turn, Turned},
};

impl Turn<'_> {
    /// The saved address that the words name.
    pub(crate) fn saved_in<'p>(
        &self,
        profile: &'p FoundProfile,
        words: &[String],
    ) -> Option<&'p str> {
        let mut named: Vec<(usize, &str)> = profile
            .addresses
            .iter()
            .map(|saved| {
                let likeness = mention::likeness(self.lexicon, words, saved.label.as_str());
                (likeness, saved.id.as_str())
            })
            .filter(|(likeness, _)| *likeness > 0)
            .collect();
        named.sort_by_key(|(likeness, _)| core::cmp::Reverse(*likeness));
        match named.as_slice() {
            [(best, one), (next, _), ..] if best > next => Some(one),
            [(_, one)] => Some(one),
            _ => None,
        }
    }

    pub(crate) fn destination(
        &self,
        profile: &FoundProfile,
        words: &[String],
    ) -> Option<Destination> {
        if let Some(written) = self.meaning.address.clone() {
            return Some(Destination::Written(written));
        }
        let saved = self.saved_in(profile, words)?;
        Some(Destination::Saved(saved.to_owned()))
    }

    pub(crate) fn ask_address(&mut self, task: Servicing, profile: &FoundProfile) {
        for saved in profile.addresses.iter().take(MOST_CHOICES) {
            self.choose(saved.label.as_str(), saved.label.as_str());
        }
        let order = task.order.clone();
        self.ask(task, Slot::Address, self.texts.which_address);
        self.form(FormKind::Address, order);
    }

    pub(crate) fn serve_address(
        &mut self,
        mut task: Servicing,
        words: &[String],
        order: &FoundOrder,
        profile: &FoundProfile,
    ) -> Turned<()> {
        let Some(to) = self.destination(profile, words).or(task.to.take()) else {
            self.ask_address(task, profile);
            return Ok(());
        };
        task.to = Some(to.clone());
        let order = order.id.clone();
        self.proposed(task, Deed::ChangeAddress { order, to })
    }

    pub(crate) fn serve_default_address(
        &mut self,
        mut task: Servicing,
        words: &[String],
        profile: &FoundProfile,
    ) -> Turned<()> {
        let Some(to) = self.destination(profile, words).or(task.to.take()) else {
            self.ask_address(task, profile);
            return Ok(());
        };
        task.to = Some(to.clone());
        self.proposed(task, Deed::ChangeDefaultAddress { to })
    }
}
