//! The cart as it lies there: another kind, another number, out of it again.

use guard::gate::Part;

use crate::{
    basket::MOST_CHOICES,
    calls::Intent,
    found::{FoundCart, FoundCartLine},
    goods, mention,
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
        let sized = mention::says(self.lexicon.words.larger, words)
            || mention::says(self.lexicon.words.smaller, words);
        if !rather || !(sized || mention::has_quality(self.lexicon, words)) {
            return Ok(false);
        }
        let Some(product) = self.product(&id)? else {
            return Ok(false);
        };
        let Ok(cart) = self.cart_after(Intent::Cart)? else {
            return Ok(false);
        };
        let lines = || cart.lines.iter().rev();
        let line = lines().find(|line| line.product.as_ref() == Some(&id));
        let now = self.state.chosen.clone();
        // What it is, it does not become: "medium is too small, the large one".
        let words =
            mention::without_misfit(self.lexicon, mention::without_instead(self.lexicon, words));
        let mut said = mention::other_values(self.lexicon, &words, product, &now);
        if said.is_empty() {
            said = mention::options(self.lexicon, &words, product);
            said.retain(|value| !now.contains(value));
        }
        // "One size up, please"
        let larger = mention::says(self.lexicon.words.larger, &words);
        if said.is_empty()
            && (larger || mention::says(self.lexicon.words.smaller, &words))
            && let [kind] = kinds_with(product, &now).as_slice()
            && let Some(next) = self.next_size(product, &kind.id, larger)
        {
            said = next.values().collect();
        }
        if said.is_empty() {
            return Ok(false);
        }
        let options = merged(now, &said);
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
        let Some(id) = self.state.added.clone() else {
            return Ok(false);
        };
        let lists = &self.lexicon.words;
        let Some(wished) = self.meaning.wishes.first() else {
            return Ok(false);
        };
        // The sentence that says so, and not what is told before: "there are three in a pack, one will do".
        let says = |words: &[String]| {
            mention::says(lists.rather, words) || mention::says(lists.only, words)
        };
        let sentences = wished.sentences.iter().rev();
        let mut own = sentences.filter(|sentence| says(&sentence.words));
        let words = own
            .next()
            .map_or(words, |sentence| sentence.words.as_slice());
        let number = mention::quantity(self.lexicon, words).or_else(|| {
            let single = words
                .iter()
                .any(|word| lists.single.contains(&word.as_str()));
            (single && mention::says(lists.only, words)).then_some(1)
        });
        let (true, Some(number)) = (says(words), number) else {
            return Ok(false);
        };
        let named = goods::wanted(self.lexicon, [&mention::sentence_of(words)]);
        let mut names = self.names_in(&named.words);
        // "Two are enough" names nothing.
        names.retain(|name| !says(core::slice::from_ref(name)));
        let shown = &self.state.shown;
        let added = shown.iter().chain(&self.state.focus);
        let about_it = added
            .filter(|one| one.id == id)
            .any(|one| mention::likeness(self.lexicon, &names, &one.title) == names.len());
        if !(names.is_empty() || about_it) {
            return Ok(false);
        }
        self.change_amount(words, Some(number))?;
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
        } else {
            let lines = self.lines_to_remove(cart, wished);
            lines.into_iter().map(|line| line.id.clone()).collect()
        };
        if lines.is_empty() {
            self.say(self.texts.remove_which);
            let remove = self.texts.remove_it;
            for line in cart.lines.iter().take(MOST_CHOICES) {
                let title = line.title.as_str();
                self.choose(title, &crate::turn::filled(remove, &[title]));
            }
            return Ok(());
        }
        self.take_out(lines)
    }

    /// The lines that are named; one that stands alone, or that was put in last, where nothing is named but
    /// "it". What names something else takes nothing out.
    fn lines_to_remove<'c>(&self, cart: &'c FoundCart, wished: &Wished) -> Vec<&'c FoundCartLine> {
        let words = wished.words();
        let named: Vec<_> = self
            .pieces_of(&words)
            .iter()
            .filter_map(|piece| self.line_called(cart, piece))
            .collect();
        if !named.is_empty() {
            return named;
        }
        let nothing_else =
            self.names_in(&wished.goods.words).is_empty() || mention::refers(self.lexicon, &words);
        let line = self.line_meant(cart, &words).filter(|_| nothing_else);
        line.into_iter().collect()
    }

    fn pieces_of(&self, words: &[String]) -> Vec<Vec<String>> {
        let between = self.lexicon.words.conjunctions;
        let pieces = words.split(|word| between.contains(&word.as_str()));
        pieces.map(<[String]>::to_vec).collect()
    }

    /// The line of the cart that words name, where they name one better than all others.
    fn line_called<'c>(&self, cart: &'c FoundCart, words: &[String]) -> Option<&'c FoundCartLine> {
        let words: Vec<String> = words
            .iter()
            .filter(|word| !self.lexicon.is_filler(word))
            .cloned()
            .collect();
        let likeness =
            |line: &FoundCartLine| mention::likeness(self.lexicon, &words, line.title.as_str());
        let mut likely: Vec<_> = cart
            .lines
            .iter()
            .map(|line| (likeness(line), line))
            .collect();
        likely.retain(|(likeness, _)| *likeness > 0);
        likely.sort_by_key(|(likeness, _)| core::cmp::Reverse(*likeness));
        match likely.as_slice() {
            [(best, one), (next, _), ..] if best > next => Some(*one),
            [(_, one)] => Some(*one),
            _ => None,
        }
    }

    /// Whether something that lies in the cart is called by its name.
    pub(crate) fn names_in_cart(&mut self, wished: &Wished) -> Turned<bool> {
        let Ok(cart) = self.cart_after(Intent::Cart)? else {
            return Ok(false);
        };
        Ok(self.line_called(cart, &wished.words()).is_some())
    }

    fn take_out(&mut self, lines: Vec<String>) -> Turned<()> {
        let mut after = None;
        for line in lines {
            match self.cart_after(Intent::RemoveFromCart { line })? {
                Ok(cart) => after = Some(cart),
                Err(_) => {
                    self.say(self.texts.did_not_work);
                    return Ok(());
                }
            }
        }
        self.say(self.texts.removed);
        match after {
            Some(cart) if cart.lines.is_empty() => self.say(self.texts.cart_empty),
            Some(cart) => self.show(Part::Cart(cart.card())),
            None => {}
        }
        Ok(())
    }

    /// "On second thoughts leave the secateurs", of what was put in before: a thing of the cart is named, and
    /// that it is not to be bought.
    pub(crate) fn leaves_out(&mut self, wished: &Wished) -> Turned<bool> {
        if self.state.added.is_none() || self.number.is_some() {
            return Ok(false);
        }
        let lists = &self.lexicon.words;
        let mut parts: Vec<Vec<String>> = Vec::new();
        let mut rest = wished.clone();
        rest.sentences.clear();
        for sentence in &wished.sentences {
            let (others, refused) = mention::parted(self.lexicon, &sentence.words);
            if sentence.asks {
                continue;
            }
            if mention::says(lists.leaves, &sentence.words)
                && !mention::says(lists.keeps, &sentence.words)
            {
                parts.extend(self.pieces_of(&sentence.words));
            } else {
                if !refused.is_empty() {
                    parts.push(refused);
                }
                rest.sentences.push(mention::sentence_of(&others));
            }
        }
        if parts.is_empty() {
            return Ok(false);
        }
        let Ok(cart) = self.cart_after(Intent::Cart)? else {
            return Ok(false);
        };
        let lines = parts.iter().filter_map(|part| self.line_called(cart, part));
        let lines: Vec<String> = lines.map(|line| line.id.clone()).collect();
        if lines.is_empty() {
            return Ok(false);
        }
        self.take_out(lines)?;
        // "Not the carafe, the tumblers instead"
        let instead = mention::says(self.lexicon.words.rather, &wished.words());
        let named = goods::wanted(self.lexicon, &rest.sentences);
        if instead && !self.names_in(&named.words).is_empty() {
            self.add(&rest)?;
        }
        Ok(true)
    }

    pub(crate) fn amount(&mut self, wished: &Wished) -> Turned<()> {
        let words = wished.words();
        self.change_amount(&words, mention::quantity(self.lexicon, &words))
    }

    fn change_amount(&mut self, words: &[String], quantity: Option<i64>) -> Turned<()> {
        let Ok(cart) = self.cart_after(Intent::Cart)? else {
            self.say(self.texts.did_not_work);
            return Ok(());
        };
        if cart.lines.is_empty() {
            self.say(self.texts.cart_empty);
            return Ok(());
        }
        let line = self.line_meant(cart, words);
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
