//! Which goods words mean: looked for in the catalogue, or shown before.

use crate::{
    calls::Wanted,
    found::FoundProduct,
    goods,
    mention::{self, Pick},
    state::Shown,
    turn::{Turn, Turned},
};

/// Words that are looked for by themselves.
const MOST_WORDS_ALONE: usize = 5;
/// Products of one reply.
const MOST_FOUND: usize = 6;

impl<'a> Turn<'a> {
    /// Looks for goods; where nothing is quite called so, in the words of catalogues in other languages
    /// and word by word. What was found, that is most called so first, and with which words.
    pub(crate) fn look_for(&mut self, wanted: &Wanted) -> Turned<(Vec<&'a FoundProduct>, Wanted)> {
        let found: Vec<&FoundProduct> = self.products(wanted)?.iter().collect();
        // A search may know only some of the words: what is found has to be called so as well.
        if self.covers(&found, wanted) {
            return Ok((self.most_called(found, wanted), wanted.clone()));
        }
        let mut found = found;
        let searched = goods::translated(self.lexicon, wanted);
        if let Some(translated) = &searched {
            for product in self.products(translated)? {
                if !found.iter().any(|known| known.id == product.id) {
                    found.push(product);
                }
            }
            if self.covers(&found, wanted) {
                return Ok((self.most_called(found, wanted), wanted.clone()));
            }
        }
        // One word too many hides the rest: each by itself.
        let names = self.names_in(&searched.as_ref().unwrap_or(wanted).words);
        if names.len() > 1 || names.len() < wanted.words.split(' ').count() {
            for name in names.iter().take(MOST_WORDS_ALONE) {
                let alone = Wanted {
                    words: name.clone(),
                    ..wanted.clone()
                };
                for product in self.products(&alone)? {
                    if !found.iter().any(|known| known.id == product.id) {
                        found.push(product);
                    }
                }
            }
        }
        Ok((self.most_called(found, wanted), wanted.clone()))
    }

    /// Whether one of these is called by every name that was said, in its title or in what it comes in.
    pub(crate) fn covers(&self, found: &[&FoundProduct], wanted: &Wanted) -> bool {
        let names = self.names_in(&wanted.words);
        let whole = found.iter().any(|product| product.whole);
        if names.is_empty() {
            return whole;
        }
        found
            .iter()
            .any(|product| self.covered(&names, product) == names.len())
    }

    /// How many of the names are said of a product: in its title, or in the values it comes in.
    pub(crate) fn covered(&self, names: &[String], product: &FoundProduct) -> usize {
        let mut words = mention::name_words(product.title.as_str());
        words.extend(
            product
                .kinds
                .iter()
                .flat_map(|kind| &kind.options)
                .flat_map(|(_, value)| mention::name_words(value.as_str())),
        );
        let said = names
            .iter()
            .filter(|name| mention::is_said(self.lexicon, name, &words));
        said.count()
    }

    /// Those whose names have most of the words; all of them where none has any.
    pub(crate) fn most_called(
        &self,
        found: Vec<&'a FoundProduct>,
        wanted: &Wanted,
    ) -> Vec<&'a FoundProduct> {
        let names = self.names_in(&wanted.words);
        let likeness = |product: &FoundProduct| {
            let title = mention::likeness(self.lexicon, &names, product.title.as_str());
            if title == 0 {
                0
            } else {
                2 * title + self.covered(&names, product)
            }
        };
        let most = found.iter().map(|one| likeness(one)).max().unwrap_or(0);
        if most == 0 {
            return found;
        }
        let called = found
            .into_iter()
            .filter(|product| likeness(product) == most);
        called.take(MOST_FOUND).collect()
    }

    /// The one that the words name surely: it is called by two of them, or by all there are.
    pub(crate) fn the_one(
        &self,
        products: &[&'a FoundProduct],
        words: &str,
    ) -> Option<&'a FoundProduct> {
        let [one] = products else {
            return None;
        };
        let names = self.names_in(words);
        let named = mention::likeness(self.lexicon, &names, one.title.as_str());
        let all = self.covered(&names, one) == names.len();
        // "The smoker figure, the baker": by its name, and by a value it comes in.
        let said = self.covered(&names, one);
        (named >= 2 || (named >= 1 && (all || said >= 2))).then_some(*one)
    }

    /// A product that was shown before and is meant by these words.
    pub(crate) fn referred(&self, words: &[String], named: &str) -> Option<Shown> {
        let state = &self.state;
        let names = self.names_in(named);
        if names.is_empty() {
            if let Some(pick) = mention::pick(self.lexicon, words)
                && let Some(shown) = picked(&state.shown, state.focus.as_ref(), pick)
            {
                return Some(shown.clone());
            }
            let one = state.focus.as_ref().or(match state.shown.as_slice() {
                [one] => Some(one),
                _ => None,
            });
            let about_it = mention::refers(self.lexicon, words)
                || mention::has_quality(self.lexicon, words)
                || mention::quantity(self.lexicon, words).is_some();
            return one.filter(|_| about_it || named.is_empty()).cloned();
        }
        // By its name, where it is the only one called so.
        let mut likely: Vec<(usize, &Shown)> = state
            .shown
            .iter()
            .map(|shown| (mention::likeness(self.lexicon, &names, &shown.title), shown))
            .filter(|(likeness, _)| *likeness == names.len())
            .collect();
        likely.sort_by_key(|(likeness, _)| core::cmp::Reverse(*likeness));
        match likely.as_slice() {
            [(_, one)] => Some((*one).clone()),
            _ => None,
        }
    }

    /// The words that name goods, without colours, sizes and numbers.
    pub(crate) fn names_in(&self, words: &str) -> Vec<String> {
        let words = words.split(' ').filter(|word| !word.is_empty());
        words
            .filter(|word| {
                !mention::is_quality(self.lexicon, word) && !mention::is_pick(self.lexicon, word)
            })
            .map(str::to_owned)
            .collect()
    }
}

/// Which of those shown is picked.
pub(crate) fn picked<'s>(
    shown: &'s [Shown],
    focus: Option<&Shown>,
    pick: Pick,
) -> Option<&'s Shown> {
    match pick {
        Pick::Nth(at) => shown.get(at),
        Pick::Last | Pick::Oldest => shown.last(),
        Pick::Cheapest => shown.iter().min_by_key(|shown| shown.price),
        Pick::Dearest => shown.iter().max_by_key(|shown| shown.price),
        Pick::Other => {
            let mut others = shown
                .iter()
                .filter(|shown| focus.is_some_and(|focus| focus.id != shown.id));
            let other = others.next();
            other.filter(|_| others.next().is_none())
        }
    }
}
