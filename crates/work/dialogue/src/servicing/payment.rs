//! How something is paid, and where money goes back to.

use super::MOST_CHOICES;
use crate::{
    calls::Deed,
    found::{FoundOrder, FoundProfile},
    mention,
    state::{Servicing, Slot},
    turn::{Turn, Turned},
};

impl Turn<'_> {
    /// The means of payment that the words name.
    pub(crate) fn method_in(&self, profile: &FoundProfile, words: &[String]) -> Option<String> {
        if mention::says(self.lexicon.words.gift_card, words) {
            let card = profile.methods.iter().find(|method| method.is_gift_card);
            return card.map(|method| method.id.clone());
        }
        let mut named: Vec<(usize, &str)> = profile
            .methods
            .iter()
            .filter(|method| !method.is_gift_card && !method.once)
            .map(|method| {
                let label = method.label.as_str();
                let likeness = mention::likeness(self.lexicon, words, label);
                let digits = words
                    .iter()
                    .filter(|word| word.len() == 4 && label.ends_with(word.as_str()));
                let kind =
                    usize::from(label != "PayPal" && mention::says(self.lexicon.words.card, words));
                (likeness + kind + 2 * digits.count(), method.id.as_str())
            })
            .filter(|(likeness, _)| *likeness > 0)
            .collect();
        named.sort_by_key(|(likeness, _)| core::cmp::Reverse(*likeness));
        match named.as_slice() {
            [(best, one), (next, _), ..] if best > next => Some((*one).to_owned()),
            [(_, one)] => Some((*one).to_owned()),
            _ => None,
        }
    }

    pub(crate) fn ask_method(&mut self, task: Servicing, profile: &FoundProfile, but: &[String]) {
        let methods = profile
            .methods
            .iter()
            .filter(|method| !method.once && !but.contains(&method.id));
        for method in methods.take(MOST_CHOICES) {
            self.choose(method.label.as_str(), method.label.as_str());
        }
        self.ask(task, Slot::Method, self.texts.which_method);
    }

    pub(crate) fn serve_payment(
        &mut self,
        mut task: Servicing,
        words: &[String],
        order: &FoundOrder,
        profile: &FoundProfile,
    ) -> Turned<()> {
        // "From the card to PayPal": what it was paid with is not what it is changed to.
        let words = mention::without_instead(self.lexicon, words);
        let to_words = mention::after_last(words, self.lexicon.words.to_words);
        let named = self
            .method_in(profile, to_words)
            .or_else(|| self.method_in(profile, words))
            .or(task.method.take());
        let others = || {
            profile
                .methods
                .iter()
                .filter(|method| !method.once && !order.paid_with.contains(&method.id))
        };
        let method = match named {
            Some(method)
                if !order.paid_with.contains(&method) || task.asked == Some(Slot::Method) =>
            {
                method
            }
            _ => match others().collect::<Vec<_>>().as_slice() {
                [one] => one.id.clone(),
                [] => {
                    self.state.task = None;
                    self.say(self.texts.no_other_method);
                    self.choose_one_of(&[self.texts.ask_person]);
                    return Ok(());
                }
                _ => {
                    self.ask_method(task, profile, &order.paid_with);
                    return Ok(());
                }
            },
        };
        task.method = Some(method.clone());
        let order = order.id.clone();
        self.proposed(task, Deed::ChangePayment { order, method })
    }

    /// How a difference is paid or given back: as she says, else as the order was paid.
    pub(crate) fn method_for(
        &self,
        task: &Servicing,
        words: &[String],
        order: &FoundOrder,
        profile: &FoundProfile,
    ) -> Option<String> {
        self.method_in(profile, words)
            .or_else(|| task.method.clone())
            .or_else(|| order.paid_with.first().cloned())
            .or_else(|| {
                profile
                    .methods
                    .iter()
                    .find(|method| !method.once)
                    .map(|method| method.id.clone())
            })
    }
}
