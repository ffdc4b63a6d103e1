//! What is put into the cart. What lies in it already is changed in `cart`, and ordered in `checkout`.

use guard::gate::Part;

use crate::{
    calls::Intent,
    finding::picked,
    found::{FoundCart, FoundProduct, Refused},
    goods, mention,
    shopping::{kinds_with, merged, named},
    state::{Adding, DeedKind, Task},
    turn::{Turn, Turned},
    understand::Wished,
};

/// Values that are offered to choose from.
pub(crate) const MOST_CHOICES: usize = 8;

impl<'a> Turn<'a> {
    /// "Add two of the blue ones", "the mug and the bowl, please"
    pub(crate) fn add(&mut self, wished: &Wished) -> Turned<()> {
        let sentences = goods::after_correction(self.lexicon, &wished.sentences);
        let pieces = goods::pieces(self.lexicon, &sentences, self.lexicon.words.conjunctions);
        let mut named: Vec<goods::Piece> = Vec::new();
        for piece in pieces {
            let wanted = goods::wanted(self.lexicon, [&mention::sentence_of(&piece.words)]);
            let names_something = !self.names_in(&wanted.words).is_empty();
            match named.last_mut() {
                // "Two jars of 2 litres and one of half a litre": a further kind of the same.
                Some(last) if !names_something && self.is_further_kind(&piece, last) => {
                    let wanted = goods::wanted(self.lexicon, [&mention::sentence_of(&last.words)]);
                    let mut words = piece.words;
                    words.extend(self.names_in(&wanted.words));
                    named.push(goods::Piece {
                        words,
                        joined: true,
                    });
                }
                // "The shirt, in blue and in M": these are one.
                Some(last) if !names_something => last.words.extend(piece.words),
                _ => named.push(piece),
            }
        }
        // "I'll take it. Two mugs, please": what stands in front names nothing.
        if let [first, second, ..] = named.as_slice() {
            let wanted = goods::wanted(self.lexicon, [&mention::sentence_of(&first.words)]);
            if self.names_in(&wanted.words).is_empty() {
                let words = [first.words.clone(), second.words.clone()].concat();
                let joined = first.joined;
                named.splice(..2, [goods::Piece { words, joined }]);
            }
        }
        if named.is_empty() {
            named.push(goods::Piece::default());
        }
        let several = named.len() > 1;
        let mut asked = false;
        let mut left: Vec<String> = Vec::new();
        let mut cart = None;
        let mut pieces = named.iter().peekable();
        while let Some(piece) = pieces.next() {
            // "In two packs, thank you": what names no goods beside one that does is no wish of its own.
            if cart.is_some() && !piece.joined && !self.names_goods(&piece.words)? {
                continue;
            }
            // "Cool, they'll be here soon then. The same again into the cart": what is told names no goods.
            let told = several
                && pieces.peek().is_some()
                && cart.is_none()
                && !mention::says(self.lexicon.words.same, &piece.words)
                && !self.names_goods(&piece.words)?;
            if told {
                continue;
            }
            let mut words = piece.words.clone();
            // "The grey socks, size 42, two packs": what names nothing else says more of it.
            while let Some(next) = pieces.peek()
                && !next.joined
                && !self.names_goods(&next.words)?
            {
                words.extend(next.words.iter().cloned());
                pieces.next();
            }
            let adding = Adding {
                quantity: mention::quantity(self.lexicon, &words),
                ..Adding::default()
            };
            // One question at a time: what is clear goes in, and what is not is said.
            if asked && !self.is_clear(&words)? {
                if self.names_goods(&words)? {
                    left.push(words.join(" "));
                }
                continue;
            }
            let Some(product) = self.meant(&words, &adding)? else {
                asked = true;
                continue;
            };
            // "One bracelet, the chain one": the same thing said again.
            if cart.is_some() && !piece.joined && self.state.added.as_ref() == Some(&product.id) {
                continue;
            }
            // "The wool detergent, the cedar one": what follows is a value of it and no other thing.
            while let Some(next) = pieces.next_if(|next| self.only_says_which(&next.words, product))
            {
                words.extend(next.words.iter().cloned());
            }
            // "The one in M I would like in L": she has it, and wants it another way.
            if self.names_two_kinds(&words, product) && self.has_ordered(product)? {
                return self.serve_anew(DeedKind::Exchange, wished);
            }
            let before = match &self.state.focus {
                Some(focus) if focus.id == product.id => self.state.chosen.clone(),
                _ => Vec::new(),
            };
            // "In grey, 42" is a size and not a number of pieces.
            let options = mention::options(self.lexicon, &words, product);
            let adding = Adding {
                quantity: adding.quantity.filter(|number| {
                    let mut values = options.iter();
                    !values.any(|(_, value)| {
                        mention::is_of_value(self.lexicon, *number, value, &words)
                    })
                }),
                ..adding
            };
            let before = match mention::says(self.lexicon.words.same, &words) {
                true => merged(same_values(&self.state.chosen, product), &before),
                false => before,
            };
            let adding = Adding {
                product: Some(product.id.clone()),
                options: merged(before, &options),
                ..adding
            };
            // What was asked stays what is answered next.
            let open = asked.then(|| self.state.clone());
            match self.put(product, adding)? {
                Some(after) => cart = Some(after),
                None => asked = true,
            }
            if let Some(open) = open {
                (self.state.task, self.state.shown) = (open.task, open.shown);
                self.state.focus = open.focus;
            } else if several && !asked {
                self.state.task = None;
            }
        }
        for words in left {
            self.say_with(self.texts.not_in_yet, &[&words]);
        }
        self.so_far(cart)
    }

    /// What is in the order that is spoken of, where it is one thing.
    fn in_order_spoken_of(&mut self) -> Turned<Option<&'a FoundProduct>> {
        let Some(id) = self.state.order.clone() else {
            return Ok(None);
        };
        let orders = self.orders(None)?.unwrap_or_default();
        let order = orders.iter().find(|order| order.id == id);
        match order.map(|order| order.lines.as_slice()) {
            Some([line]) => self.product(&line.product),
            _ => Ok(None),
        }
    }

    /// Whether words name one product, of one kind, that can go in without a question.
    fn is_clear(&mut self, words: &[String]) -> Turned<bool> {
        let wanted = goods::wanted(self.lexicon, [&mention::sentence_of(words)]);
        let (products, wanted) = self.look_for(&wanted)?;
        Ok(self
            .the_one(&products, &wanted.words)
            .is_some_and(|product| {
                let options = mention::options(self.lexicon, words, product);
                matches!(kinds_with(product, &options).as_slice(), [kind] if kind.in_stock)
            }))
    }

    /// Whether a piece that names nothing is another kind of what was named before it, and no more of the
    /// same: both say how many, and which.
    fn is_further_kind(&self, piece: &goods::Piece, last: &goods::Piece) -> bool {
        let single = &self.lexicon.words.single;
        let counted = |words: &[String]| {
            mention::quantity(self.lexicon, words).is_some()
                || words.iter().any(|word| single.contains(&word.as_str()))
        };
        let says_which = |words: &[String]| mention::has_quality(self.lexicon, words);
        piece.joined
            && counted(&piece.words)
            && counted(&last.words)
            && says_which(&piece.words)
            && says_which(&last.words)
    }

    /// Whether some product is called by these words.
    fn names_goods(&mut self, words: &[String]) -> Turned<bool> {
        let wanted = goods::wanted(self.lexicon, [&mention::sentence_of(words)]);
        if self.referred(words, &wanted.words).is_some() {
            return Ok(true);
        }
        let (products, wanted) = self.look_for(&wanted)?;
        Ok(products
            .iter()
            .any(|product| goods::is_called(self.lexicon, product, &wanted.words)))
    }

    fn names_two_kinds(&self, words: &[String], product: &FoundProduct) -> bool {
        product.option_names().iter().any(|name| {
            let values = product.values_of(name);
            mention::named_values(self.lexicon, words, &values).len() == 2
        })
    }

    fn has_ordered(&mut self, product: &FoundProduct) -> Turned<bool> {
        let orders = self.orders(None)?.unwrap_or_default();
        let mut lines = orders.iter().flat_map(|order| &order.lines);
        Ok(lines.any(|line| line.product == product.id))
    }

    /// Whether words name a value that this product comes in, and nothing of another name.
    pub(crate) fn only_says_which(&self, words: &[String], product: &FoundProduct) -> bool {
        let values = mention::options(self.lexicon, words, product);
        let values: Vec<&str> = values.iter().map(|(_, value)| value.as_str()).collect();
        let wanted = goods::wanted(self.lexicon, [&mention::sentence_of(words)]);
        let names = self.names_in(&wanted.words);
        !values.is_empty()
            && names.iter().all(|name| {
                let mut parts = values.iter().flat_map(|value| mention::name_words(value));
                parts.any(|part| mention::is_named(self.lexicon, name, &part))
            })
    }

    /// Shows the cart after what was put into it.
    pub(crate) fn so_far(&mut self, cart: Option<&'a FoundCart>) -> Turned<()> {
        if let Some(cart) = cart {
            self.show(Part::Cart(cart.card()));
            if self.state.task.is_none() {
                self.choose_one_of(&[self.texts.check_out]);
            }
        }
        Ok(())
    }

    /// The product that the words mean; `None` when that was asked back.
    fn meant(&mut self, words: &[String], adding: &Adding) -> Turned<Option<&'a FoundProduct>> {
        let wanted = goods::wanted(self.lexicon, [&mention::sentence_of(words)]);
        if let Some(shown) = self.referred(words, &wanted.words) {
            return self.product(&shown.id);
        }
        if self.names_in(&wanted.words).is_empty() {
            // "The same again, in ochre": what is in the order that is spoken of.
            if self.state.shown.is_empty()
                && mention::says(self.lexicon.words.same, words)
                && let Some(product) = self.in_order_spoken_of()?
            {
                return Ok(Some(product));
            }
            if self.state.shown.is_empty() {
                self.say(self.texts.add_what);
            } else {
                self.ask_which(adding);
            }
            return Ok(None);
        }
        // "The one in bottle green", of what is spoken of.
        if let Some(focus) = self.state.focus.clone()
            && let Some(product) = self.product(&focus.id)?
            && self.only_says_which(words, product)
        {
            return Ok(Some(product));
        }
        let (products, wanted) = self.look_for(&wanted)?;
        let called =
            |product: &&FoundProduct| goods::is_called(self.lexicon, product, &wanted.words);
        if !products.iter().any(called) {
            // "Gorgeous! One in green": what is spoken of comes in green.
            if let Some(focus) = self.state.focus.clone()
                && let Some(product) = self.product(&focus.id)?
                && !mention::options(self.lexicon, words, product).is_empty()
            {
                return Ok(Some(product));
            }
            self.say(self.texts.no_products);
            self.choose_one_of(&[self.texts.ask_person]);
            return Ok(None);
        }
        if let Some(one) = self.the_one(&products, &wanted.words) {
            return Ok(Some(one));
        }
        if let [one] = products.as_slice() {
            // Something like it: she says whether that is what she means.
            self.tell_price(one, words);
            self.state.looked_for = Some(wanted);
            return Ok(None);
        }
        self.showed(&products);
        self.state.looked_for = Some(wanted);
        self.ask_which(adding);
        let cards = products.iter().map(|product| product.card()).collect();
        self.show(Part::Products(cards));
        Ok(None)
    }

    fn ask_which(&mut self, adding: &Adding) {
        self.say(self.texts.which_one);
        let titles: Vec<String> = self.state.shown.iter().map(|s| s.title.clone()).collect();
        for title in titles.iter().take(MOST_CHOICES) {
            self.choose(title, title);
        }
        self.begin(Task::Add(Adding {
            product: None,
            ..adding.clone()
        }));
    }

    /// Puts it into the cart, once it is clear which kind of it; `None` when that was asked back.
    pub(crate) fn put(
        &mut self,
        product: &'a FoundProduct,
        adding: Adding,
    ) -> Turned<Option<&'a FoundCart>> {
        let title = product.title.as_str();
        self.focus_on(product, &adding.options);
        let fitting = kinds_with(product, &adding.options);
        let there: Vec<_> = fitting
            .iter()
            .filter(|kind| kind.in_stock)
            .copied()
            .collect();
        match there.as_slice() {
            [kind] => {
                let quantity = adding.quantity.unwrap_or(1);
                let intent = Intent::AddToCart {
                    variant: kind.id.clone(),
                    quantity,
                };
                let name = named(title, kind);
                self.state.task = None;
                match self.cart_after(intent)? {
                    Ok(cart) => {
                        self.say_with(self.texts.added, &[&quantity.to_string(), &name]);
                        self.state.added = Some(product.id.clone());
                        Ok(Some(cart))
                    }
                    Err(refused) => {
                        self.not_added(refused, &name);
                        Ok(None)
                    }
                }
            }
            [] => {
                match fitting.as_slice() {
                    [one] => {
                        let name = named(title, one);
                        let price = self.money(one.price, &product.currency);
                        self.say_with(self.texts.sold_out_at, &[&name, &price]);
                    }
                    [] if product.in_stock => {
                        let values: Vec<&str> = adding
                            .options
                            .iter()
                            .map(|(_, value)| value.as_str())
                            .collect();
                        self.say_with(self.texts.not_in, &[title, &values.join(", ")]);
                    }
                    _ => self.say_with(self.texts.sold_out, &[title]),
                }
                self.tell_choices(product);
                self.state.chosen.clear();
                // "Then the rust one": it is still to be put in.
                self.begin(Task::Add(Adding {
                    product: Some(product.id.clone()),
                    quantity: adding.quantity,
                    options: Vec::new(),
                    missed: 0,
                }));
                Ok(None)
            }
            several => {
                let asked = first_open_option(several);
                let Some((name, values)) = asked else {
                    return Ok(None);
                };
                self.say_with(self.texts.which_value, &[title, &name.to_lowercase()]);
                for value in values.iter().take(MOST_CHOICES) {
                    self.choose(value, value);
                }
                self.begin(Task::Add(Adding {
                    product: Some(product.id.clone()),
                    ..adding
                }));
                Ok(None)
            }
        }
    }

    fn focus_on(&mut self, product: &FoundProduct, chosen: &[(String, String)]) {
        let known = self.state.shown.iter().any(|shown| shown.id == product.id);
        let shown = self.state.shown.clone();
        self.showed(&[product]);
        if known {
            self.state.shown = shown; // "the second one" goes on meaning the list
        }
        self.state.chosen = chosen.to_vec();
    }

    pub(crate) fn not_added(&mut self, refused: Refused, name: &str) {
        match refused {
            Refused::OutOfStock => self.say_with(self.texts.not_so_many, &[name]),
            Refused::Unavailable => self.say_with(self.texts.sold_out, &[name]),
            Refused::OverLimit => self.say(self.texts.too_many),
            _ => self.say(self.texts.did_not_work),
        }
    }

    /// Goes on with what is being put into the cart; whether the message had anything for it.
    pub(crate) fn goes_on_adding(&mut self, mut adding: Adding) -> Turned<bool> {
        let words = self.meaning.words.clone();
        let lexicon = self.lexicon;
        let before = adding.quantity;
        if let Some(quantity) = mention::quantity(lexicon, &words) {
            adding.quantity = Some(quantity);
        }
        let Some(id) = adding.product.clone() else {
            let picked = mention::pick(lexicon, &words)
                .and_then(|pick| picked(&self.state.shown, None, pick))
                .cloned();
            let shown = picked.or_else(|| {
                let shown = self.state.shown.iter();
                let mut likely: Vec<_> = shown
                    .map(|shown| (mention::likeness(lexicon, &words, &shown.title), shown))
                    .filter(|(likeness, _)| *likeness > 0)
                    .collect();
                likely.sort_by_key(|(likeness, _)| core::cmp::Reverse(*likeness));
                match likely.as_slice() {
                    [(best, one), (next, _), ..] if best > next => Some((*one).clone()),
                    [(_, one)] => Some((*one).clone()),
                    _ => None,
                }
            });
            let Some(shown) = shown else {
                return Ok(false);
            };
            let Some(product) = self.product(&shown.id)? else {
                return Ok(false);
            };
            adding.product = Some(product.id.clone());
            adding.options = mention::options(lexicon, &words, product);
            let cart = self.put(product, adding)?;
            self.so_far(cart)?;
            return Ok(true);
        };
        let Some(product) = self.product(&id)? else {
            return Ok(false);
        };
        let said = mention::options(lexicon, &words, product);
        if said.is_empty() {
            return Ok(false);
        }
        // "56" is the size that was asked for, and no number of pieces.
        if words.len() <= 2
            && said
                .iter()
                .any(|(_, value)| words.iter().any(|word| value == word))
        {
            adding.quantity = before;
        }
        adding.options = merged(adding.options, &said);
        let cart = self.put(product, adding)?;
        self.so_far(cart)?;
        Ok(true)
    }
}

/// The first option in which these kinds differ, with its values.
pub(crate) fn first_open_option(
    kinds: &[&crate::found::FoundKind],
) -> Option<(String, Vec<String>)> {
    let first = kinds.first()?;
    first.options.iter().find_map(|(name, _)| {
        let mut values: Vec<String> = Vec::new();
        for kind in kinds {
            let value = kind.options.iter().find(|(known, _)| known == name);
            let value = value.map(|(_, value)| value.as_str().to_owned())?;
            if !values.contains(&value) {
                values.push(value);
            }
        }
        (values.len() > 1).then(|| (name.clone(), values))
    })
}

/// "In the same colour": what was chosen of another thing and this one comes in as well.
fn same_values(chosen: &[(String, String)], product: &FoundProduct) -> Vec<(String, String)> {
    let names = product.option_names().into_iter();
    names
        .filter_map(|name| {
            let values = product.values_of(&name);
            let value = values
                .into_iter()
                .find(|value| chosen.iter().any(|(_, known)| known == value))?;
            Some((name, value))
        })
        .collect()
}
