//! What is asked of goods beside their price: it is answered with what the catalogue says of them, word for
//! word, or with nothing.

use guard::gate::Part;

use crate::{
    calls::Wanted,
    cues::Cue,
    found::{FoundPassage, FoundProduct},
    goods,
    lexicon::find,
    mention,
    talk::{POSSIBLE, SURE},
    turn::{Turn, Turned},
    understand::Wished,
    words::Sentence,
};

/// What is asked of a product.
struct Asked {
    /// Its own words, and how catalogues say the same.
    query: String,
    /// Whether the words are about goods and nothing else: "what is it made of".
    surely: bool,
}

/// A passage fits a question that has one word of it, where the product is known; less fits by chance.
const FITS: i64 = 1;
/// From here on, in thousandths of a question, what is said of a product that is named answers it.
const ANSWERS: i64 = 250;
/// How well a rule answers where none was looked for.
pub(crate) const NO_RULE: i64 = 0;
/// Words that name one product of several alike.
const FEWEST_NAMES: usize = 2;
/// Words of a question that are looked for.
const MOST_WORDS: usize = 12;

impl<'a> Turn<'a> {
    /// Tells of one product: what it costs and whether it is there, and what else was asked.
    pub(crate) fn tell(&mut self, product: &FoundProduct, words: &[String]) -> Turned<()> {
        let asked = self.asked_of(product, words);
        self.tell_price(product, words);
        let Some(asked) = asked else { return Ok(()) };
        let said = self.descriptions(&asked.query, Some(&product.id))?;
        let fits = said.first().is_some_and(|best| best.score >= FITS);
        if fits || asked.surely {
            self.describe(said, &asked);
        }
        Ok(())
    }

    /// "How hot do I wash the waffle bathrobe?", "what is it made of?": what is asked of one product in so
    /// many words is answered by what stands about it, before the rules of all are.
    pub(crate) fn asks_of_goods(&mut self, wished: &Wished) -> Turned<bool> {
        let words = wished.words();
        let sentence = mention::sentence_of(&words);
        if !self.is_about_goods(&sentence) {
            return Ok(false);
        }
        let names = self.names_asked_of(&sentence, &wished.goods.words);
        if names.is_empty() {
            // Nothing else is named: it is what is spoken of, whatever word stands for it.
            return self.asks_of_focus(wished, NO_RULE);
        }
        let wanted = Wanted {
            words: names.join(" "),
            ..Wanted::default()
        };
        let Some(one) = self.product_named(&wanted)? else {
            return Ok(false);
        };
        self.tell(one, &words)?;
        Ok(true)
    }

    /// "Is it possible to put the jute rug in a bathroom?": a question that names a product and that the
    /// rules answer so well: whether what is said of the product answers it better.
    pub(crate) fn product_answers(&mut self, wished: &Wished, best: i64) -> Turned<bool> {
        let asks = wished.asks || wished.sentences.iter().any(|sentence| sentence.asks);
        if !asks || wished.goods.words.is_empty() {
            return Ok(false);
        }
        let Some(one) = self.product_named(&wished.goods)? else {
            return Ok(false);
        };
        let words = wished.words();
        let Some(asked) = self.asked_of(one, &words) else {
            return Ok(false);
        };
        let said = self.descriptions(&asked.query, Some(&one.id))?;
        let score = said.first().map_or(0, |best| best.score);
        // A rule that is about something else has a word of it as well: it has to be a sure answer.
        let rule_is_better = score <= best && best >= POSSIBLE;
        if score < FITS || rule_is_better && (best >= SURE || score < ANSWERS) {
            return Ok(false);
        }
        self.tell_price(one, &words);
        self.describe(said, &asked);
        Ok(true)
    }

    /// The one product whose name the words have most of: two words of it at least, or all of it. A single
    /// word names a kind of goods and no product: "how do I wash linen?"
    fn product_named(&mut self, wanted: &Wanted) -> Turned<Option<&'a FoundProduct>> {
        let in_other_words = goods::translated(self.lexicon, wanted);
        let (products, wanted) = self.look_for(wanted)?;
        let mut names = self.names_in(&wanted.words);
        if let Some(other) = in_other_words {
            names.extend(self.names_in(&other.words));
        }
        let mut likely: Vec<(usize, usize, &FoundProduct)> = Vec::new();
        for product in products {
            let title = mention::name_words(product.title.as_str());
            let said = title.iter().filter(|word| {
                names
                    .iter()
                    .any(|name| mention::is_named(self.lexicon, name, word))
            });
            let said = said.count();
            let rest = title.len().saturating_sub(said);
            if said >= FEWEST_NAMES || (said == 1 && rest == 0) {
                likely.push((said, rest, product));
            }
        }
        likely.sort_by_key(|(said, rest, _)| (core::cmp::Reverse(*said), *rest));
        Ok(match likely.as_slice() {
            [(said, rest, one), (next, others, _), ..] if (said, rest) != (next, others) => {
                Some(one)
            }
            [(_, _, one)] => Some(one),
            _ => None,
        })
    }

    fn is_about_goods(&self, sentence: &Sentence) -> bool {
        let mut details = self.lexicon.words.details.iter();
        details.any(|pattern| find(pattern, sentence, 0).is_some())
    }

    /// What is left of the names when the words of the question are taken away.
    fn names_asked_of(&self, sentence: &Sentence, goods: &str) -> Vec<String> {
        let words = &self.lexicon.words;
        let measures = words.measures.iter().map(|(pattern, _)| pattern);
        let asking: Vec<_> = measures.chain(words.details).collect();
        let mut asked: Vec<&String> = Vec::new();
        for pattern in &asking {
            if let Some(found) = find(pattern, sentence, 0) {
                let part = sentence.words.get(found.start..found.end);
                asked.extend(part.unwrap_or_default());
            }
        }
        let asks = |word: &String| {
            let alone = mention::sentence_of(core::slice::from_ref(word));
            let mut asking = asking.iter();
            asked.contains(&word) || asking.any(|pattern| find(pattern, &alone, 0).is_some())
        };
        let mut names = self.names_in(goods);
        names.retain(|name| !asks(name));
        names
    }

    /// A question of the product that is spoken of, which a rule answers so well: whether the catalogue
    /// answers it better.
    pub(crate) fn asks_of_focus(&mut self, wished: &Wished, best: i64) -> Turned<bool> {
        let words = wished.words();
        let one = match (&self.state.focus, self.state.shown.as_slice()) {
            (Some(focus), _) => focus.clone(),
            (None, [one]) => one.clone(),
            _ => return Ok(false),
        };
        let refers = mention::refers(self.lexicon, &words);
        let mut sentences = wished.sentences.iter();
        if !sentences.any(|sentence| sentence.asks) && !wished.asks && !refers {
            return Ok(false);
        }
        let Some(product) = self.product(&one.id)? else {
            return Ok(false);
        };
        let Some(asked) = self.asked_of(product, &words) else {
            return Ok(false);
        };
        let said = self.descriptions(&asked.query, Some(&one.id))?;
        let score = said.first().map_or(0, |best| best.score);
        // Whichever covers more of the question: a rule, or what is said of the product.
        let fits = score >= FITS && (best < POSSIBLE || refers && score > best);
        if !(fits || asked.surely && (refers || best == NO_RULE)) {
            return Ok(false);
        }
        self.describe(said, &asked);
        Ok(true)
    }

    /// A question that names no product and that no rule answers: whether the catalogue does.
    pub(crate) fn catalogue_answers(&mut self, query: &str) -> Turned<bool> {
        let found = self.descriptions(query, None)?;
        let Some(best) = found.first().filter(|best| best.score >= SURE) else {
            return Ok(false);
        };
        self.state.unanswered = 0;
        self.say(self.texts.found);
        self.quote(best);
        if let Some(product) = self.product(&best.id)? {
            self.showed(&[product]);
            self.show(Part::Product(product.sheet(None)));
        }
        Ok(true)
    }

    fn describe(&mut self, said: &[FoundPassage], asked: &Asked) {
        let texts = self.texts;
        let Some(best) = said.first() else {
            self.unanswered = true;
            self.say(texts.says_nothing);
            self.choose_one_of(&[texts.ask_person]);
            return;
        };
        let fits = best.score >= FITS || asked.query.is_empty();
        if fits {
            self.state.unanswered = 0;
            self.say(texts.says_of_it);
        } else {
            // The shop may want to write it down.
            self.unanswered = true;
            self.say(texts.all_it_says);
            self.choose_one_of(&[texts.ask_person]);
        }
        self.quote(best);
    }

    /// What the words ask beside the name of the product, its kinds, its price and whether it is there.
    fn asked_of(&self, product: &FoundProduct, words: &[String]) -> Option<Asked> {
        let lexicon = self.lexicon;
        let sentence = mention::sentence_of(words);
        let is_said = |pattern: &&str| find(pattern, &sentence, 0).is_some();
        let surely = self.is_about_goods(&sentence);
        let names = mention::name_words(product.title.as_str());
        let named = |word: &String| {
            names
                .iter()
                .any(|name| mention::is_named(lexicon, word, name))
        };
        let numbers = lexicon.words.numbers;
        let mut query: Vec<String> = words
            .iter()
            .filter(|word| {
                !lexicon.is_filler(word)
                    && !named(word)
                    && !mention::is_quality(lexicon, word)
                    && !mention::is_pick(lexicon, word)
                    && !lexicon.is_cue(word, &[Cue::Cart, Cue::Show, Cue::Finish])
                    && !lexicon.words.references.contains(&word.as_str())
                    && !lexicon.currencies.contains(&word.as_str())
                    && !numbers.iter().any(|(name, _)| name == word)
            })
            .take(MOST_WORDS)
            .cloned()
            .collect();
        if query.is_empty() && !surely {
            return None;
        }
        let other_words: Vec<String> = query
            .iter()
            .filter_map(|word| mention::translated(lexicon, word))
            .collect();
        query.extend(other_words);
        for (pattern, catalogue) in lexicon.words.measures {
            if surely && is_said(pattern) {
                query.push((*catalogue).to_owned());
            }
        }
        let query = query.join(" ");
        Some(Asked { query, surely })
    }
}
