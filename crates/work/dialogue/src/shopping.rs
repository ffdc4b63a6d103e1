//! Finding goods, telling what they cost and whether they are there, and comparing them.

use guard::gate::Part;

use crate::{
    calls::Wanted,
    finding::picked,
    found::{FoundKind, FoundProduct},
    goods,
    lexicon::Service,
    mention,
    state::{DeedKind, Shown},
    talk::{POSSIBLE, SURE},
    turn::{Turn, Turned},
    understand::Wished,
    words::Sentence,
};

/// From here on a passage answers a question about goods; below, it only has some of its words.
const ABOUT_GOODS: i64 = 750;
/// Products that are compared, and recommended, at once.
pub(crate) const FEW: usize = 3;
/// Categories that are offered to begin with.
const MOST_CATEGORIES: usize = 8;
/// A message of so few words that names a colour or a size may go on about what was shown.
const SHORT: usize = 8;

impl<'a> Turn<'a> {
    pub(crate) fn service(&mut self, service: Service, asks: bool, wished: &Wished) -> Turned<()> {
        if !matches!(service, Service::AddToCart | Service::Remove) && self.leaves_out(wished)? {
            return Ok(());
        }
        match service {
            Service::Products => self.find(wished, asks),
            Service::Compare => self.compare(wished),
            Service::Recommend => self.recommend(wished),
            Service::AddToCart => self.add(wished),
            Service::Cart => self.show_cart(),
            // "The code is …, would you take that off?": it is not the goods that come off.
            Service::Remove if self.meaning.code.is_some() && !self.names_in_cart(wished)? => {
                self.discount()
            }
            Service::Remove => self.remove(wished),
            Service::Amount => self.amount(wished),
            Service::Discount if !asks || self.meaning.code.is_some() => self.discount(),
            Service::Checkout => self.checkout(&wished.words()),
            Service::OrderStatus => self.where_orders_stand(wished),
            _ => match service.deed().filter(|_| !asks) {
                // "No, rather the blue one", of what lies in the cart.
                Some(DeedKind::Items | DeedKind::Exchange)
                    if self.number.is_none()
                        && (self.puts_another(&wished.words(), true)?
                            || self.wants_another_number(&wished.words())?) =>
                {
                    Ok(())
                }
                Some(kind) => self.serve_anew(kind, wished),
                None => self.explain(service, asks, wished),
            },
        }
    }

    fn find(&mut self, wished: &Wished, asks: bool) -> Turned<()> {
        if self.asks_of_goods(wished)? {
            return Ok(());
        }
        let words = wished.words();
        if let Some(shown) = self.referred(&words, &wished.goods.words) {
            return self.tell_of(&shown, &words);
        }
        if !goods::says_something(&wished.goods) {
            return self.what_kind();
        }
        if self.offers_two(wished)? {
            return self.compare(wished);
        }
        if self.in_several_colours(wished)? {
            return Ok(());
        }
        // "What does the one with the blue check cost?", of what is spoken of.
        if let Some(focus) = self.state.focus.clone()
            && let Some(product) = self.product(&focus.id)?
            && self.only_says_which(&words, product)
        {
            return self.tell(product, &words);
        }
        let passages = if asks {
            self.policies(&wished.query)?
        } else {
            &[]
        };
        let best = passages.first().map_or(0, |best| best.score);
        let (mut products, wanted) = self.look_for(&self.without_refused(wished))?;
        let called = products
            .iter()
            .any(|product| goods::is_called(self.lexicon, product, &wanted.words));
        let whole = called && products.iter().any(|product| product.whole);
        // A rule that answers it in so many words stands before goods that are called like it.
        if best >= ABOUT_GOODS || (best >= SURE && !whole) || (best >= POSSIBLE && !called) {
            self.answer_from(passages);
            return Ok(());
        }
        let only_prices = wanted.words.is_empty();
        if products.is_empty() || !(called || only_prices || products.iter().any(|one| one.whole)) {
            // What names no goods may still be a question.
            let passages = if asks {
                passages
            } else {
                self.policies(&wished.query)?
            };
            if passages.first().is_some_and(|best| best.score >= SURE)
                || asks && !wished.goods.words.is_empty() && products.is_empty() && best >= POSSIBLE
            {
                self.answer_from(passages);
                return Ok(());
            }
            if self.suggests(wished)? {
                return Ok(());
            }
            self.state.unanswered = 0;
            self.say(self.texts.no_products);
            self.choose_one_of(&[self.texts.ask_person]);
            return Ok(());
        }
        self.leave_out_refused(&mut products, wished);
        self.by_price(&mut products, &words);
        match products.as_slice() {
            [one] => self.tell(one, &words)?,
            several => self.show_several(several),
        }
        self.state.looked_for = Some(wanted);
        Ok(())
    }

    pub(crate) fn show_several(&mut self, products: &[&FoundProduct]) {
        self.say(if products.iter().any(|product| product.whole) {
            self.texts.products
        } else {
            self.texts.products_like
        });
        self.showed(products);
        let cards = products.iter().map(|product| product.card()).collect();
        self.show(Part::Products(cards));
    }

    /// What is looked for was not said: the shop's categories to begin with.
    pub(crate) fn what_kind(&mut self) -> Turned<()> {
        let categories = self.categories()?;
        self.say(self.texts.which_products);
        for category in categories.into_iter().take(MOST_CATEGORIES) {
            self.choose(category, category);
        }
        Ok(())
    }

    pub(crate) fn tell_of(&mut self, shown: &Shown, words: &[String]) -> Turned<()> {
        match self.product(&shown.id)? {
            Some(product) => self.tell(product, words)?,
            None => self.say(self.texts.no_products),
        }
        Ok(())
    }

    /// What one product costs, whether it is there, and of the kind that was asked for.
    pub(crate) fn tell_price(&mut self, product: &FoundProduct, words: &[String]) {
        let before = match &self.state.focus {
            Some(focus) if focus.id == product.id => core::mem::take(&mut self.state.chosen),
            _ => Vec::new(),
        };
        let mut said = mention::options(self.lexicon, words, product);
        // "Larger than 5 litres"
        if mention::says(self.lexicon.words.than, words)
            && let Some(next) = self.beyond(product, &said, words)
        {
            said = next;
        }
        let chosen = merged(before, &said);
        let kinds = kinds_with(product, &chosen);
        // What was said before does not go with what is said now: the newer counts.
        let (chosen, kinds) = match kinds.is_empty() {
            true if !said.is_empty() => (said.clone(), kinds_with(product, &said)),
            _ => (chosen, kinds),
        };
        let title = product.title.as_str();
        let missing = self.missing(words, product, &said);
        let one = match kinds.as_slice() {
            [one] if !chosen.is_empty() || product.kinds.len() == 1 => Some(*one),
            _ => None,
        };
        if let Some(missing) = missing {
            self.say_with(self.texts.not_in, &[title, &missing]);
            self.tell_choices(product);
        } else if kinds.is_empty() && !chosen.is_empty() {
            let values: Vec<&str> = chosen.iter().map(|(_, value)| value.as_str()).collect();
            self.say_with(self.texts.not_in, &[title, &values.join(", ")]);
            self.tell_choices(product);
        } else if let Some(kind) = one {
            let name = named(title, kind);
            let price = self.money(kind.price, &product.currency);
            if kind.in_stock {
                self.say_with(self.texts.in_stock_at, &[&name, &price]);
            } else {
                self.say_with(self.texts.sold_out_at, &[&name, &price]);
                self.tell_choices(product);
            }
        } else if product.in_stock {
            let price = self.price(product);
            self.say_with(self.texts.costs, &[title, &price]);
        } else {
            self.say_with(self.texts.sold_out, &[title]);
        }
        let variant = one.map(|kind| kind.id.clone());
        self.showed(&[product]);
        self.state.chosen = chosen;
        self.show(Part::Product(product.sheet(variant.as_deref())));
        if one.map_or(product.in_stock, |kind| kind.in_stock) {
            self.choose_one_of(&[self.texts.add_it]);
        }
    }

    /// The next larger, or smaller, of the value that was said.
    fn beyond(
        &self,
        product: &FoundProduct,
        said: &[(String, String)],
        words: &[String],
    ) -> Option<Vec<(String, String)>> {
        let larger = mention::says(self.lexicon.words.larger, words);
        if said.is_empty() || !(larger || mention::says(self.lexicon.words.smaller, words)) {
            return None;
        }
        let fitting = kinds_with(product, said);
        let next = self.next_size(product, &fitting.first()?.id, larger)?;
        let next = next.values();
        let other: Vec<_> = next
            .filter(|(name, value)| {
                said.iter()
                    .any(|(known, has)| known == name && has != value)
            })
            .collect();
        (!other.is_empty()).then_some(other)
    }

    /// "€79.00", or "from €16.00".
    pub(crate) fn price(&self, product: &FoundProduct) -> String {
        let price = self.money(product.price, &product.currency);
        if product.from {
            crate::turn::filled(self.texts.from, &[&price])
        } else {
            price
        }
    }

    /// What there is of it now.
    pub(crate) fn tell_choices(&mut self, product: &FoundProduct) {
        let there: Vec<String> = product
            .kinds
            .iter()
            .filter(|kind| kind.in_stock)
            .map(FoundKind::label)
            .filter(|label| !label.is_empty())
            .take(8)
            .collect();
        if !there.is_empty() {
            self.say_with(self.texts.there_is, &[&there.join(" · ")]);
        }
    }

    /// A colour or a size that was asked for and that this product does not have.
    fn missing(
        &self,
        words: &[String],
        product: &FoundProduct,
        said: &[(String, String)],
    ) -> Option<String> {
        let title = mention::name_words(product.title.as_str());
        words
            .iter()
            .find(|word| {
                mention::is_colour(self.lexicon, word)
                    && !title
                        .iter()
                        .any(|name| mention::is_named(self.lexicon, word, name))
                    && !said.iter().any(|(_, value)| {
                        mention::value(
                            self.lexicon,
                            &[(*word).clone()],
                            core::slice::from_ref(value),
                        )
                        .is_some()
                    })
                    && !product
                        .kinds
                        .iter()
                        .flat_map(|kind| &kind.options)
                        .any(|(_, value)| {
                            let value = value.as_str().to_owned();
                            mention::value(self.lexicon, &[(*word).clone()], &[value]).is_some()
                        })
            })
            .filter(|_| said.iter().all(|(name, _)| !is_colour_option(name)))
            .cloned()
    }

    /// "And in blue?", "the second one", "is it there in M?": whether it went on about what was shown.
    pub(crate) fn goes_on_about_goods(&mut self, wished: &Wished) -> Turned<bool> {
        let words = wished.words();
        if words.len() > SHORT {
            return Ok(false);
        }
        let names = self.names_in(&wished.goods.words);
        let pick = mention::pick(self.lexicon, &words);
        // "And the mugs?", after where an order is: her order with the mugs.
        let goes_on = self.meaning.follows || self.meaning.says_no || pick.is_some();
        if goes_on
            && self.state.focus.is_none()
            && self.state.shown.is_empty()
            && !self.state.orders.is_empty()
        {
            self.where_orders_stand(wished)?;
            return Ok(true);
        }
        if self.puts_another(&words, false)? || self.wants_another_number(&words)? {
            return Ok(true);
        }
        // "The large one, twice": it is chosen.
        if names.is_empty()
            && self.state.focus.is_some()
            && self.state.added.is_none()
            && !wished.sentences.iter().any(|sentence| sentence.asks)
            && mention::quantity(self.lexicon, &words).is_some()
        {
            self.add(wished)?;
            return Ok(true);
        }
        if names.is_empty()
            && let Some(pick) = pick
            && let Some(shown) = picked(&self.state.shown, self.state.focus.as_ref(), pick).cloned()
        {
            self.tell_of(&shown, &words)?;
            return Ok(true);
        }
        let has_quality = mention::has_quality(self.lexicon, &words);
        if names.is_empty()
            && has_quality
            && let Some(focus) = self.state.focus.clone()
        {
            self.tell_of(&focus, &words)?;
            return Ok(true);
        }
        if !(self.meaning.follows || (names.is_empty() && has_quality)) {
            return Ok(false);
        }
        let narrower = goods::narrowed(
            self.state.looked_for.as_ref(),
            &wished.goods,
            !names.is_empty(),
        );
        let Some(wanted) = narrower else {
            return Ok(false);
        };
        let (products, wanted) = self.look_for(&wanted)?;
        let mut called = products.iter().filter(|product| product.whole);
        if !called.any(|product| goods::is_called(self.lexicon, product, &wanted.words)) {
            return Ok(false);
        }
        match products.as_slice() {
            [one] => self.tell(one, &words)?,
            several => self.show_several(several),
        }
        self.state.looked_for = Some(wanted);
        Ok(true)
    }

    /// Nobody asked for goods: only what is really called so is shown.
    pub(crate) fn goods_called_so(&mut self, wished: &Wished) -> Turned<bool> {
        let (mut products, wanted) = self.look_for(&self.without_refused(wished))?;
        self.leave_out_refused(&mut products, wished);
        let names = self.names_in(&wanted.words);
        // One word of many may stand in a name by chance: "who won the world cup?"
        products.retain(|product| {
            goods::is_called(self.lexicon, product, &wanted.words)
                && 2 * self.covered(&names, product) >= names.len()
        });
        if products.is_empty() {
            return Ok(false);
        }
        self.state.looked_for = Some(wanted);
        match products.as_slice() {
            [one] => self.tell(one, &wished.words())?,
            several => {
                self.say(self.texts.products);
                self.showed(several);
                let cards = several.iter().map(|product| product.card()).collect();
                self.show(Part::Products(cards));
            }
        }
        Ok(true)
    }

    /// Whether every word that says something is said of one product: two of them at least.
    pub(crate) fn names_goods_only(&mut self, wished: &Wished) -> Turned<bool> {
        const FEWEST: usize = 2;
        let wanted = self.without_refused(wished);
        let names = self.names_in(&wanted.words);
        if names.len() < FEWEST || !goods::is_a_name(&wanted) {
            return Ok(false);
        }
        let (products, _) = self.look_for(&wanted)?;
        Ok(products.iter().any(|one| {
            self.covered(&names, one) == names.len()
                && mention::likeness(self.lexicon, &names, one.title.as_str()) >= FEWEST
        }))
    }

    pub(crate) fn compare(&mut self, wished: &Wished) -> Turned<()> {
        let mut compared: Vec<&'a FoundProduct> = Vec::new();
        // "Feather and down or Swiss pine": what is compared stands on both sides of the stronger word.
        let strong = self.lexicon.words.between_compared;
        let weak = self.lexicon.words.conjunctions;
        let parted = |sentences: &[Sentence]| {
            let mut words = sentences.iter().flat_map(|sentence| &sentence.words);
            let between = if words.any(|word| strong.contains(&word.as_str())) {
                strong
            } else {
                weak
            };
            goods::pieces(self.lexicon, sentences, between)
        };
        // "The throw or the blanket? It's for the sofa": where one sentence names both, the others tell why.
        let named = |piece: &goods::Piece| {
            let wanted = goods::wanted(self.lexicon, [&mention::sentence_of(&piece.words)]);
            !self.names_in(&wanted.words).is_empty()
        };
        let mut alone = wished.sentences.iter();
        let both = alone.find_map(|sentence| {
            let pieces = parted(core::slice::from_ref(sentence));
            (pieces.iter().filter(|piece| named(piece)).count() > 1).then_some(pieces)
        });
        let pieces = both.unwrap_or_else(|| parted(&wished.sentences));
        let mut kind_of: Vec<String> = Vec::new();
        for piece in pieces.iter().map(|piece| &piece.words) {
            let mut wanted = goods::wanted(self.lexicon, [&mention::sentence_of(piece)]);
            let mut names = self.names_in(&wanted.words);
            // "The percale duvet or the linen one": a duvet as well.
            let one = piece
                .last()
                .is_some_and(|word| ["one", "ones"].contains(&word.as_str()));
            if one && !names.is_empty() && !kind_of.is_empty() {
                names.extend(kind_of.iter().cloned());
                wanted.words = names.join(" ");
            }
            kind_of = names.iter().skip(1).cloned().collect();
            if names.is_empty() {
                if let Some(pick) = mention::pick(self.lexicon, piece)
                    && let Some(shown) =
                        picked(&self.state.shown, self.state.focus.as_ref(), pick).cloned()
                {
                    compared.extend(self.product(&shown.id)?);
                }
                continue;
            }
            if let Some(shown) = self.referred(piece, &wanted.words) {
                compared.extend(self.product(&shown.id)?);
                continue;
            }
            let (products, wanted) = self.look_for(&wanted)?;
            let called = products
                .iter()
                .filter(|product| goods::is_called(self.lexicon, product, &wanted.words));
            // "Compare your duvets" names several at once.
            let few = if pieces.len() == 1 { FEW } else { 1 };
            compared.extend(called.take(few));
        }
        // "Put the hoops beside the studs": each by itself, where no word parts them.
        if let [piece] = pieces.as_slice()
            && compared.len() < 2
        {
            let wanted = goods::wanted(self.lexicon, [&mention::sentence_of(&piece.words)]);
            for name in self.names_in(&wanted.words).into_iter().take(FEW) {
                let (products, wanted) = self.look_for(&Wanted {
                    words: name,
                    ..wanted.clone()
                })?;
                let mut called = products
                    .iter()
                    .filter(|product| goods::is_called(self.lexicon, product, &wanted.words));
                compared.extend(called.next());
            }
        }
        let mut ids: Vec<&str> = Vec::new();
        compared.retain(|product| {
            let new = !ids.contains(&product.id.as_str());
            ids.push(&product.id);
            new
        });
        if compared.len() < 2 {
            let shown = self.state.shown.clone();
            for shown in shown.iter().take(FEW) {
                if !compared.iter().any(|known| known.id == shown.id) {
                    compared.extend(self.product(&shown.id)?);
                }
            }
        }
        compared.truncate(FEW);
        match compared.as_slice() {
            // "The large candle or the small one": kinds of one thing.
            [one] if one.kinds.len() > 1 => {
                self.tell_price(one, &wished.words());
                Ok(())
            }
            [] | [_] => {
                self.say(self.texts.compare_what);
                Ok(())
            }
            several => {
                let facts: Vec<String> = several
                    .iter()
                    .map(|product| format!("{}: {}", product.title.as_str(), self.price(product)))
                    .collect();
                self.say_with(self.texts.compared, &[&facts.join(" · ")]);
                self.showed(several);
                let sheets = several.iter().map(|product| product.sheet(None)).collect();
                self.show(Part::Comparison(sheets));
                Ok(())
            }
        }
    }
}

fn is_colour_option(name: &str) -> bool {
    matches!(
        name.to_lowercase().as_str(),
        "colour" | "color" | "farbe" | "finish" | "metal"
    )
}

/// `Linen shirt (blue, M)`
pub(crate) fn named(title: &str, kind: &FoundKind) -> String {
    let label = kind.label();
    if label.is_empty() {
        title.to_owned()
    } else {
        format!("{title} ({label})")
    }
}

/// What was chosen, the newer before the older.
pub(crate) fn merged(
    before: Vec<(String, String)>,
    said: &[(String, String)],
) -> Vec<(String, String)> {
    let mut merged = before;
    merged.retain(|(name, _)| !said.iter().any(|(said, _)| said == name));
    merged.extend(said.iter().cloned());
    merged
}

/// The kinds that have all of these values.
pub(crate) fn kinds_with<'p>(
    product: &'p FoundProduct,
    chosen: &[(String, String)],
) -> Vec<&'p FoundKind> {
    let has = |kind: &&FoundKind| {
        chosen.iter().all(|(name, value)| {
            kind.options
                .iter()
                .any(|(known, has)| known == name && has.as_str() == value)
        })
    };
    product.kinds.iter().filter(has).collect()
}
