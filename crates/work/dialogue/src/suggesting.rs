//! Goods for a message that names no service and that no rule answers: what of the catalogue is called by its
//! words, else what is described with them. "My roses scratch my hands, anything I can wear against that?"
//!
//! INVARIANT: nothing is claimed of what is shown here but that it may suit.

use guard::gate::Part;

use crate::{
    calls::Wanted,
    found::FoundProduct,
    goods,
    mention::{self, Pick},
    shopping::FEW,
    turn::{Turn, Turned},
    understand::Wished,
    words::Sentence,
};

/// Words of a message that are looked for by themselves.
const MOST_NAMES: usize = 5;
/// Meanings of a word that are looked for.
const MOST_MEANINGS: usize = 2;
/// From here on, in thousandths of the question, a description has enough of a wish for goods.
const DESCRIBES: i64 = 90;
/// A description that is so much worse than the best is not shown beside it.
const NEARLY_AS_WELL: i64 = 500;

impl<'a> Turn<'a> {
    /// Shows what may suit; whether anything does.
    pub(crate) fn suggests(&mut self, wished: &Wished) -> Turned<bool> {
        let wants = wished.asks_for_goods(self.lexicon);
        if let Some(found) = self.called_in(wished, wants)? {
            if let [one] = found.as_slice() {
                self.state.unanswered = 0;
                self.tell(one, &wished.words())?;
            } else {
                self.show_suggested(found, wished);
            }
            return Ok(true);
        }
        if !wants {
            return Ok(false);
        }
        let words = self.telling_words(wished);
        if words.is_empty() {
            return Ok(false);
        }
        let hits = self.descriptions(&words.join(" "), None)?;
        let best = hits.first().map_or(0, |best| best.score);
        let near = hits
            .iter()
            .filter(|hit| hit.score >= DESCRIBES && hit.score * 1_000 >= best * NEARLY_AS_WELL);
        let mut found: Vec<&FoundProduct> = Vec::new();
        for hit in near.take(FEW) {
            found.extend(self.product(&hit.id)?);
        }
        self.leave_out_refused(&mut found, wished);
        if found.is_empty() {
            return Ok(false);
        }
        self.show_suggested(found, wished);
        self.choose_one_of(&[self.texts.ask_person]);
        Ok(true)
    }

    /// Products that a sentence names: the sentence in which something is asked or wished before those that
    /// tell of it. Of a sentence that is about other things, one word may stand in a name by chance: it counts
    /// where the message wants goods, or where most of what the sentence names is said of one product.
    fn called_in(&mut self, wished: &Wished, wants: bool) -> Turned<Option<Vec<&'a FoundProduct>>> {
        let mut sentences: Vec<&Sentence> = wished.sentences.iter().collect();
        sentences.sort_by_key(|sentence| !sentence.asks);
        let mut all: Vec<String> = Vec::new();
        let mut pool: Vec<&'a FoundProduct> = Vec::new();
        let mut named = false;
        for sentence in sentences {
            let (words, _) = mention::parted(self.lexicon, &sentence.words);
            let wanted = goods::wanted(self.lexicon, [&mention::sentence_of(&words)]);
            let names = self.names_in(&wanted.words);
            let mut of_sentence: Vec<&'a FoundProduct> = Vec::new();
            for name in &names {
                if all.contains(name) || all.len() >= MOST_NAMES {
                    continue;
                }
                all.push(name.clone());
                // "Gläser" are tumblers, and of glass.
                let others = mention::in_other_words(self.lexicon, name);
                let others = if others.is_empty() {
                    vec![name.clone()]
                } else {
                    others
                };
                for words in others.into_iter().take(MOST_MEANINGS) {
                    let alone = Wanted {
                        words,
                        ..wished.goods.clone()
                    };
                    for product in self.products(&alone)? {
                        if !of_sentence.iter().any(|known| known.id == product.id) {
                            of_sentence.push(product);
                        }
                    }
                }
            }
            let most = of_sentence
                .iter()
                .map(|one| self.covered(&names, one))
                .max();
            named |= most.is_some_and(|most| most > 0 && 2 * most >= names.len());
            for product in of_sentence {
                if !pool.iter().any(|known| known.id == product.id) {
                    pool.push(product);
                }
            }
        }
        if !(named || wants) {
            return Ok(None);
        }
        // By its title: a word of a description says little by itself.
        let score = |product: &FoundProduct| {
            let title = mention::likeness(self.lexicon, &all, product.title.as_str());
            if title == 0 {
                0
            } else {
                title + self.covered(&all, product)
            }
        };
        self.leave_out_refused(&mut pool, wished);
        let best = pool.iter().map(|one| score(one)).max().unwrap_or(0);
        pool.retain(|product| best > 0 && score(product) == best);
        // Of one word among many that say something else, the descriptions know more.
        let by_chance = !named && all.len() > 2 && best <= 2;
        Ok((!pool.is_empty() && !by_chance).then_some(pool))
    }

    /// "The bath mat or the jute rug?": whether a sentence names two products, and asks which.
    pub(crate) fn offers_two(&mut self, wished: &Wished) -> Turned<bool> {
        let or = self.lexicon.words.between_alternatives;
        for sentence in &wished.sentences {
            if !sentence
                .words
                .iter()
                .any(|word| or.contains(&word.as_str()))
            {
                continue;
            }
            let mut ids: Vec<String> = Vec::new();
            for piece in sentence
                .words
                .split(|word| or.contains(&word.as_str()))
                .take(2)
            {
                let wanted = goods::wanted(self.lexicon, [&mention::sentence_of(piece)]);
                let names = self.names_in(&wanted.words);
                if names.is_empty() {
                    continue;
                }
                let (products, _) = self.look_for(&wanted)?;
                let called = products.iter().find(|one| {
                    mention::likeness(self.lexicon, &names, one.title.as_str()) > 0
                        && 2 * self.covered(&names, one) >= names.len()
                });
                ids.extend(called.map(|one| one.id.clone()));
            }
            if let [one, other] = ids.as_slice()
                && one != other
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// "The earrings, the silver ones and the golden ones": one of each; whether there is.
    pub(crate) fn in_several_colours(&mut self, wished: &Wished) -> Turned<bool> {
        let words = wished.words();
        let names = self.names_in(&self.without_refused(wished).words);
        let colours: Vec<&String> = words
            .iter()
            .filter(|word| mention::is_colour(self.lexicon, word))
            .take(FEW)
            .collect();
        let telling = !names.is_empty() && goods::is_a_name(&wished.goods) && colours.len() > 1;
        if !telling {
            return Ok(false);
        }
        let mut found: Vec<&'a FoundProduct> = Vec::new();
        for colour in colours {
            let colour =
                mention::translated(self.lexicon, colour).unwrap_or_else(|| colour.clone());
            let wanted = Wanted {
                words: format!("{} {colour}", names.join(" ")),
                ..wished.goods.clone()
            };
            let colour: Vec<String> = colour.split(' ').map(str::to_owned).collect();
            let (products, _) = self.look_for(&wanted)?;
            let mut both = products.into_iter().filter(|one| {
                mention::likeness(self.lexicon, &names, one.title.as_str()) > 0
                    && self.covered(&colour, one) > 0
            });
            found.extend(
                both.next()
                    .filter(|one| !found.iter().any(|known| known.id == one.id)),
            );
        }
        if found.len() < 2 {
            return Ok(false);
        }
        self.state.unanswered = 0;
        self.show_several(&found);
        Ok(true)
    }

    /// What is looked for, without the words of what is not wanted.
    pub(crate) fn without_refused(&self, wished: &Wished) -> Wanted {
        let refused = self.refused(wished);
        let words = wished.goods.words.split(' ');
        let words: Vec<&str> = words
            .filter(|word| !refused.iter().any(|refused| refused == word))
            .collect();
        Wanted {
            words: words.join(" "),
            ..wished.goods.clone()
        }
    }

    /// Without what she said that she does not want.
    pub(crate) fn leave_out_refused(&self, found: &mut Vec<&'a FoundProduct>, wished: &Wished) {
        let refused = self.refused(wished);
        if !refused.is_empty() {
            let refused = refused.join(" ");
            found.retain(|one| !goods::is_called(self.lexicon, one, &refused));
        }
    }

    /// "The cheapest lamp": those that are called so, by their price.
    pub(crate) fn by_price(&self, found: &mut [&'a FoundProduct], words: &[String]) -> bool {
        match mention::pick(self.lexicon, words) {
            Some(Pick::Cheapest) => found.sort_by_key(|one| one.price),
            Some(Pick::Dearest) => found.sort_by_key(|one| core::cmp::Reverse(one.price)),
            _ => return false,
        }
        true
    }

    fn show_suggested(&mut self, mut found: Vec<&'a FoundProduct>, wished: &Wished) {
        let words = wished.words();
        let priced = self.by_price(&mut found, &words);
        let many = if priced { FEW } else { 2 * FEW };
        found.truncate(many);
        self.state.unanswered = 0;
        self.say(self.texts.recommended);
        self.showed(&found);
        let cards = found.iter().map(|product| product.card()).collect();
        self.show(Part::Products(cards));
    }

    /// What the message says beside courtesies and what is refused, in its own words and in those of
    /// catalogues in other languages.
    fn telling_words(&self, wished: &Wished) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        for sentence in &wished.sentences {
            let (said, _) = mention::parted(self.lexicon, &sentence.words);
            for word in said {
                if self.lexicon.is_filler(&word) || mention::is_pick(self.lexicon, &word) {
                    continue;
                }
                words.push(mention::translated(self.lexicon, &word).unwrap_or(word));
            }
        }
        words.truncate(2 * MOST_NAMES);
        words
    }
}
