//! Where something goes.

use guard::FormKind;

use super::MOST_CHOICES;
use crate::{
    calls::{Deed, Destination},
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

    /// "The house number is 55, not 5", of an address that was written.
    fn corrected(&self, before: Option<&Destination>, words: &[String]) -> Option<Destination> {
        let Some(Destination::Written(written)) = before else {
            return None;
        };
        let mut written = written.clone();
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
        let mut changed = false;
        if let Some(number) = number_after(self.lexicon.words.house_number) {
            let is_number = |word: &str| word.starts_with(|letter: char| letter.is_ascii_digit());
            let parts: Vec<&str> = written.line1.split(' ').collect();
            if let Some(at) = parts.iter().position(|part| is_number(part)) {
                let mut parts = parts;
                if let Some(part) = parts.get_mut(at) {
                    *part = &number;
                }
                written.line1 = parts.join(" ");
                changed = true;
            }
        }
        if let Some(code) = number_after(self.lexicon.words.postal_code) {
            written.postal_code = code;
            changed = true;
        }
        changed.then_some(Destination::Written(written))
    }

    /// The same, of an address whose words were taken out of the message.
    fn corrects_what_was_told(&self, before: Option<&Destination>, words: &[String]) -> bool {
        let sentence = mention::sentence_of(words);
        let lexicon = self.lexicon;
        let numbers = [lexicon.words.house_number, lexicon.words.postal_code];
        matches!(before, Some(Destination::Told(_)))
            && numbers
                .iter()
                .flat_map(|patterns| patterns.iter())
                .any(|pattern| find(pattern, &sentence, 0).is_some())
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
        if self.corrects_what_was_told(task.to.as_ref(), words) {
            // The number that is wrong stands in words that are not here: she writes it into the form.
            task.to = None;
            self.ask_address(task, profile);
            return Ok(());
        }
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
        if self.corrects_what_was_told(task.to.as_ref(), words) {
            // The number that is wrong stands in words that are not here: she writes it into the form.
            task.to = None;
            self.ask_address(task, profile);
            return Ok(());
        }
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
