//! Where something goes.

use guard::FormKind;

use super::MOST_CHOICES;
use crate::{
    calls::{Deed, Destination, Numbers},
    found::{FoundOrder, FoundProfile},
    lexicon::find,
    mention,
    state::{Servicing, Slot},
    turn::{Turn, Turned},
};

impl Turn<'_> {
    pub(crate) fn names_saved_address(&mut self, words: &[String]) -> Turned<bool> {
        let profile = self.profile()?;
        Ok(profile.is_some_and(|profile| self.saved_in(profile, words).is_some()))
    }

    /// "The house number is 55, not 5", of an address that was told before.
    fn corrected(&self, before: Option<&Destination>, words: &[String]) -> Option<Destination> {
        if self.meaning.address.is_some() {
            return None;
        }
        let sentence = mention::sentence_of(words);
        let number_after = |patterns: &[&str]| {
            let found = patterns
                .iter()
                .find_map(|pattern| find(pattern, &sentence, 0))?;
            let mut after = words.iter().skip(found.end);
            after
                .find(|word| word.starts_with(|letter: char| letter.is_ascii_digit()))
                .cloned()
        };
        let numbers = Numbers {
            house: number_after(self.lexicon.words.house_number),
            postal_code: number_after(self.lexicon.words.postal_code),
        };
        if numbers.is_empty() {
            return None;
        }
        match before?.clone() {
            Destination::Saved(_) => None,
            Destination::Written(written) => {
                Some(Destination::Written(written.corrected(&numbers)))
            }
            Destination::Told(words) => Some(Destination::Corrected { words, numbers }),
            Destination::Corrected {
                words,
                numbers: earlier,
            } => Some(Destination::Corrected {
                words,
                numbers: Numbers {
                    house: numbers.house.or(earlier.house),
                    postal_code: numbers.postal_code.or(earlier.postal_code),
                },
            }),
        }
    }

    /// The saved address that the words name; of two, the one it is not taken away from: "to Hamburg instead
    /// of Berlin", "not to Berlin but to Hamburg".
    pub(crate) fn saved_in<'p>(
        &self,
        profile: &'p FoundProfile,
        words: &[String],
    ) -> Option<&'p str> {
        let (wanted, _) = mention::parted(self.lexicon, words);
        self.saved_called(profile, words)
            .or_else(|| self.saved_called(profile, mention::without_instead(self.lexicon, words)))
            .or_else(|| self.saved_called(profile, &wanted))
    }

    fn saved_called<'p>(&self, profile: &'p FoundProfile, words: &[String]) -> Option<&'p str> {
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
        if let Some(told) = self.meaning.address.clone() {
            return Some(told);
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
        let corrected = self.corrected(task.to.as_ref(), words);
        let to = corrected.or_else(|| self.destination(profile, words));
        let Some(to) = to.or(task.to.take()) else {
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
        let corrected = self.corrected(task.to.as_ref(), words);
        let to = corrected.or_else(|| self.destination(profile, words));
        let Some(to) = to.or(task.to.take()) else {
            self.ask_address(task, profile);
            return Ok(());
        };
        task.to = Some(to.clone());
        self.proposed(task, Deed::ChangeDefaultAddress { to })
    }
}
