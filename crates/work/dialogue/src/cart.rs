//! The cart as it lies there: another kind, another number, out of it again.

use guard::gate::Part;

use crate::{
    basket::MOST_CHOICES,
    calls::Intent,
    found::{FoundCart, FoundCartLine},
    mention,
    shopping::{kinds_with, merged},
    state::Adding,
    turn::{Turn, Turned},
    understand::Wished,
};

impl Turn<'_> {
    /// "No, rather the blue one", after it was put in: the other kind takes its place.
    pub(crate) fn puts_another(&mut self, words: &[String], asked: bool) -> Turned<bool> {
        let Some(id) = self.state.added.clone() else {
            return Ok(false);
        };
        let rather =
            asked || mention::says(self.lexicon.words.rather, words) || self.meaning.says_no;
        if !rather || !mention::has_quality(self.lexicon, words) {
            return Ok(false);
        }
        let Some(product) = self.product(&id)? else {
            return Ok(false);
        };
        let said = mention::options(
            self.lexicon,
            mention::without_instead(self.lexicon, words),
            product,
        );
        if said.is_empty() {
            return Ok(false);
        }
        let options = merged(self.state.chosen.clone(), &said);
        let Ok(cart) = self.cart_after(Intent::Cart)? else {
            return Ok(false);
        };
        let line = cart
            .lines
            .iter()
            .rev()
            .find(|line| line.product.as_ref() == Some(&id));
        let quantity = line.map(|line| line.quantity);
        let there = kinds_with(product, &options);
        if let ([kind], Some(line)) = (there.as_slice(), line)
            && kind.in_stock
        {
            let line = line.id.clone();
            let _ = self.cart_after(Intent::RemoveFromCart { line })?;
        }
        let adding = Adding {
            product: Some(id),
            quantity,
            options,
            missed: 0,
        };
        let cart = self.put(product, adding)?;
        self.so_far(cart)?;
        Ok(true)
    }

    /// "Only two, after all", of what was put in last.
    pub(crate) fn wants_another_number(&mut self, words: &[String]) -> Turned<bool> {
        let (Some(id), Some(_)) = (
            self.state.added.clone(),
            mention::quantity(self.lexicon, words),
        ) else {
            return Ok(false);
        };
        let rather = mention::says(self.lexicon.words.rather, words)
            || mention::says(self.lexicon.words.only, words);
        let Some(wished) = self.meaning.wishes.first() else {
            return Ok(false);
        };
        let mut names = self.names_in(&wished.goods.words);
        // "Two are enough" names nothing.
        names.retain(|name| !mention::says(self.lexicon.words.only, core::slice::from_ref(name)));
        let added = self
            .state
            .shown
            .iter()
            .chain(&self.state.focus)
            .find(|one| one.id == id);
        let about_it = added
            .is_some_and(|one| mention::likeness(self.lexicon, &names, &one.title) == names.len());
        if !rather || !(names.is_empty() || about_it) {
            return Ok(false);
        }
        self.amount(wished)?;
        Ok(true)
    }

    pub(crate) fn show_cart(&mut self) -> Turned<()> {
        match self.cart_after(Intent::Cart)? {
            Ok(cart) if cart.lines.is_empty() => {
                self.say(self.texts.cart_empty);
            }
            Ok(cart) => {
                let total = self.money(cart.total, &cart.currency);
                self.say_with(self.texts.cart_is, &[&total]);
                self.show(Part::Cart(cart.card()));
                self.choose_one_of(&[self.texts.check_out]);
            }
            Err(_) => self.say(self.texts.did_not_work),
        }
        Ok(())
    }

    /// The line of the cart that the words mean: by its name, or because there is only one.
    fn line_meant<'c>(&self, cart: &'c FoundCart, words: &[String]) -> Option<&'c FoundCartLine> {
        if let [one] = cart.lines.as_slice() {
            return Some(one);
        }
        let mut likely: Vec<_> = cart
            .lines
            .iter()
            .map(|line| {
                (
                    mention::likeness(self.lexicon, words, line.title.as_str()),
                    line,
                )
            })
            .filter(|(likeness, _)| *likeness > 0)
            .collect();
        likely.sort_by_key(|(likeness, _)| core::cmp::Reverse(*likeness));
        match likely.as_slice() {
            [(best, one), (next, _), ..] if best > next => Some(*one),
            [(_, one)] => Some(*one),
            [] => {
                // "Make it three": what was put in last.
                let focus = self.state.focus.as_ref()?;
                cart.lines
                    .iter()
                    .rev()
                    .find(|line| line.product.as_ref() == Some(&focus.id))
            }
            _ => None,
        }
    }

    pub(crate) fn remove(&mut self, wished: &Wished) -> Turned<()> {
        let words = wished.words();
        let Ok(cart) = self.cart_after(Intent::Cart)? else {
            self.say(self.texts.did_not_work);
            return Ok(());
        };
        if cart.lines.is_empty() {
            self.say(self.texts.cart_empty);
            return Ok(());
        }
        let everything = mention::says(self.lexicon.words.everything, &words);
        let lines: Vec<String> = if everything {
            cart.lines.iter().map(|line| line.id.clone()).collect()
        } else if let Some(line) = self.line_meant(cart, &words) {
            vec![line.id.clone()]
        } else {
            self.say(self.texts.remove_which);
            let remove = self.texts.remove_it;
            for line in cart.lines.iter().take(MOST_CHOICES) {
                let title = line.title.as_str();
                self.choose(title, &crate::turn::filled(remove, &[title]));
            }
            return Ok(());
        };
        let mut after = None;
        for line in lines {
            after = self.cart_after(Intent::RemoveFromCart { line })?.ok();
        }
        self.say(self.texts.removed);
        match after {
            Some(cart) if cart.lines.is_empty() => self.say(self.texts.cart_empty),
            Some(cart) => self.show(Part::Cart(cart.card())),
            None => {}
        }
        Ok(())
    }

    pub(crate) fn amount(&mut self, wished: &Wished) -> Turned<()> {
        let words = wished.words();
        let Ok(cart) = self.cart_after(Intent::Cart)? else {
            self.say(self.texts.did_not_work);
            return Ok(());
        };
        if cart.lines.is_empty() {
            self.say(self.texts.cart_empty);
            return Ok(());
        }
        let quantity = mention::quantity(self.lexicon, &words);
        let line = self.line_meant(cart, &words);
        let (Some(line), Some(quantity)) = (line, quantity) else {
            self.say(self.texts.how_many_of_what);
            self.show(Part::Cart(cart.card()));
            return Ok(());
        };
        let name = line.title.as_str().to_owned();
        let line = line.id.clone();
        match self.cart_after(Intent::UpdateCartLine { line, quantity })? {
            Ok(cart) => {
                self.say(self.texts.amount_changed);
                self.show(Part::Cart(cart.card()));
                self.choose_one_of(&[self.texts.check_out]);
            }
            Err(refused) => self.not_added(refused, &name),
        }
        Ok(())
    }
}
