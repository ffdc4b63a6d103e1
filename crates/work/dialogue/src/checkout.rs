//! Discounts, and a cart that becomes an order.

use guard::{FormKind, gate::Part};

use crate::{
    calls::{Deed, Destination, Intent},
    found::Refused,
    mention,
    state::Task,
    turn::{Turn, Turned},
};

/// Ways of delivery that are offered to choose from.
const MOST_CHOICES: usize = 8;

impl Turn<'_> {
    pub(crate) fn discount(&mut self) -> Turned<()> {
        let Some(code) = self.meaning.code.clone() else {
            self.say(self.texts.which_code);
            return Ok(());
        };
        let mut applied = self.cart_after(Intent::ApplyDiscount { code: code.clone() })?;
        // Codes are printed in capitals and typed as it comes.
        let capitals = code.to_uppercase();
        if matches!(applied, Err(Refused::DiscountInvalid)) && capitals != code {
            applied = self.cart_after(Intent::ApplyDiscount { code: capitals })?;
        }
        match applied {
            Ok(cart) => {
                let code = cart.discount.clone().unwrap_or(code);
                self.say_with(self.texts.discount_applied, &[&code]);
                self.show(Part::Cart(cart.card()));
                self.choose_one_of(&[self.texts.check_out]);
            }
            Err(Refused::DiscountInvalid) => self.say_with(self.texts.discount_invalid, &[&code]),
            Err(_) => self.say(self.texts.did_not_work),
        }
        Ok(())
    }

    pub(crate) fn checkout(&mut self, words: &[String]) -> Turned<()> {
        let words = mention::without_instead(self.lexicon, words);
        self.state.task = None;
        let Ok(cart) = self.cart_after(Intent::Cart)? else {
            self.say(self.texts.did_not_work);
            return Ok(());
        };
        if cart.lines.is_empty() {
            // "Buy it now", of what she looks at.
            if let (Some(_), Some(wished)) = (&self.state.focus, self.meaning.wishes.first())
                && mention::refers(self.lexicon, words)
            {
                return self.add(wished);
            }
            // "Three collections into my cart, and check out": both at once.
            if let Some(wished) = self.meaning.wishes.first().cloned()
                && self.state.added.is_none()
                && !self.names_in(&wished.goods.words).is_empty()
            {
                self.add(&wished)?;
                if self.state.added.is_some() {
                    return self.checkout(words);
                }
                return Ok(());
            }
            self.say(self.texts.cart_empty);
            return Ok(());
        }
        let profile = self
            .profile()?
            .filter(|profile| !profile.addresses.is_empty());
        let Some(profile) = profile else {
            self.say(self.texts.checkout_form);
            self.show(Part::Cart(cart.card()));
            self.form(FormKind::Checkout, None);
            return Ok(());
        };
        let titles: Vec<String> = profile
            .shipping
            .iter()
            .map(|option| option.title.as_str().to_owned())
            .collect();
        let said = mention::value(self.lexicon, words, &titles);
        let chosen = match profile.shipping.as_slice() {
            [one] => Some(one),
            options => options
                .iter()
                .find(|option| said.as_deref() == Some(option.title.as_str())),
        };
        if chosen.is_none() && !profile.shipping.is_empty() {
            self.say(self.texts.which_shipping);
            for option in profile.shipping.iter().take(MOST_CHOICES) {
                let title = option.title.as_str();
                let price = self.money(option.price, &option.currency);
                self.choose(&format!("{title}, {price}"), title);
            }
            self.begin(Task::Checkout { shipping: None });
            return Ok(());
        }
        let labels = profile.addresses.iter();
        let named =
            labels.filter(|saved| mention::likeness(self.lexicon, words, saved.label.as_str()) > 0);
        let to = match named.collect::<Vec<_>>().as_slice() {
            [one] => Some(Destination::Saved(one.id.clone())),
            _ => None,
        };
        let shipping_option = chosen.map(|option| option.id.clone());
        match self.propose(Deed::Checkout {
            shipping_option,
            to,
        })? {
            Ok(()) => {
                self.say(self.texts.checkout_proposed);
                self.begin(Task::Checkout {
                    shipping: chosen.map(|option| option.id.clone()),
                });
            }
            Err(Refused::OverLimit) => self.say(self.texts.too_many_unpaid),
            Err(Refused::OutOfStock | Refused::Unavailable) => {
                self.say(self.texts.cart_not_there);
                self.show(Part::Cart(cart.card()));
            }
            Err(Refused::NeedsLevel) => {
                self.say(self.texts.checkout_form);
                self.form(FormKind::Checkout, None);
            }
            Err(_) => self.say(self.texts.did_not_work),
        }
        Ok(())
    }

    /// Whether the message chose how it is delivered.
    pub(crate) fn goes_on_checking_out(&mut self) -> Turned<bool> {
        let words = self.meaning.words.clone();
        let Some(profile) = self.profile()? else {
            return Ok(false);
        };
        let titles: Vec<String> = profile
            .shipping
            .iter()
            .map(|option| option.title.as_str().to_owned())
            .collect();
        let words = mention::without_instead(self.lexicon, &words).to_vec();
        let chosen = mention::value(self.lexicon, &words, &titles).is_some()
            || mention::pick(self.lexicon, &words).is_some();
        if !chosen {
            return Ok(false);
        }
        let words = match mention::pick(self.lexicon, &words) {
            Some(pick) => {
                let price = |at: &usize| profile.shipping.get(*at).map(|option| option.price);
                let all = 0..profile.shipping.len();
                let at = match pick {
                    mention::Pick::Nth(at) => Some(at),
                    mention::Pick::Last | mention::Pick::Oldest => all.last(),
                    mention::Pick::Cheapest => all.min_by_key(price),
                    mention::Pick::Dearest => all.max_by_key(price),
                    mention::Pick::Other => None,
                };
                let title = at.and_then(|at| titles.get(at)).cloned();
                title.map_or(words, |title| mention::name_words(&title))
            }
            None => words,
        };
        self.checkout(&words)?;
        Ok(true)
    }
}
