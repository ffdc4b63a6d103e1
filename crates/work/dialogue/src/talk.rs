//! Courtesies, and answers out of the shop's own words.

use guard::gate::{HandoverState, Part};

use crate::{
    found::FoundPassage,
    goods,
    lexicon::{Language, Service},
    mention,
    turn::{Turn, Turned, filled},
    understand::{Act, Wished},
};

/// From here on a passage is quoted as the answer.
pub(crate) const SURE: i64 = 600;
/// From here on a passage answers in her own words.
const CLEAR: i64 = 750;
/// What policies call what a country is named for.
const DELIVERY: &str = "delivery";
/// From here on a passage is quoted as the closest there is.
pub(crate) const POSSIBLE: i64 = 460;

impl Turn<'_> {
    pub(crate) fn talk(&mut self, act: Act) {
        let texts = self.texts;
        match act {
            Act::DeclinePerson => self.say(texts.declined),
            Act::Identity => {
                self.say(texts.identity);
                self.choose_one_of(&[texts.ask_person]);
            }
            Act::Complaint => {
                self.say(texts.sorry);
                self.offer_person();
            }
            Act::Capabilities => {
                self.say(texts.capabilities);
                self.starters();
            }
            Act::Greeting if self.state.greeted => self.say(texts.greeting_again),
            Act::Greeting => {
                self.say(texts.greeting);
                self.starters();
            }
            Act::HowAreYou => self.say(texts.how_are_you),
            Act::Thanks => self.say(texts.thanks),
            Act::Goodbye => self.say(texts.goodbye),
            Act::SmallTalk => self.say(texts.small_talk),
            Act::GoOn => self.say(texts.go_on),
            Act::Misfit => self.ask_of_misfit(),
            Act::Nothing => {
                self.say(texts.no_words);
                self.starters();
            }
            Act::Person(_) | Act::Service { .. } | Act::Question => {} // these are answered elsewhere
        }
    }

    /// It does not fit, and nothing is said of what is to become of it: she says, or keeps it.
    fn ask_of_misfit(&mut self) {
        self.say(self.texts.misfit);
        for service in [Service::Exchange, Service::Return] {
            if let Some((label, text)) = (self.texts.starts)(service) {
                self.choose(label, text);
            }
        }
    }

    fn starters(&mut self) {
        for text in self.texts.starters {
            self.choose(text, text);
        }
    }

    pub(crate) fn person_is_coming(&mut self, already: bool) {
        let words = if already {
            self.texts.person_asked_before
        } else {
            self.texts.person_asked
        };
        if self.meaning.upset {
            self.say(self.texts.sorry);
        }
        self.say(words);
        self.show(Part::Handover(HandoverState::Waiting));
        self.state.unanswered = 0;
        self.state.task = None;
    }

    /// She wrote down a card, which the guard took out: that it was, and where she pays.
    pub(crate) fn warn_of_cards(&mut self) {
        self.state.unanswered = 0;
        self.say(self.texts.no_cards);
    }

    /// A message that names no service: what was said before, a rule, or the name of a product.
    pub(crate) fn question(&mut self, wished: &Wished) -> Turned<()> {
        // "There are three in a pack already, one will do", "on second thoughts leave the secateurs"
        if self.wants_another_number(&wished.words())? || self.leaves_out(wished)? {
            return Ok(());
        }
        // "No, I mean the other one, with the chairs": of her orders, where they were spoken of last.
        if wished.subject.is_none() && self.goes_on_about_goods(wished)? {
            return Ok(());
        }
        if self.asks_of_goods(wished)? {
            return Ok(());
        }
        if wished.subject.is_none() && self.offers_two(wished)? {
            return self.compare(wished);
        }
        if wished.subject.is_none() && self.in_several_colours(wished)? {
            return Ok(());
        }
        // Where all that is named is goods, no rule is asked for: "which velvet cushion covers are there?"
        if wished.subject.is_none()
            && self.in_words_of_policies(wished).is_none()
            && self.names_goods_only(wished)?
            && self.goods_called_so(wished)?
        {
            return Ok(());
        }
        let asked = wished.asked();
        let mut passages = self.policies(&wished.query)?;
        let mut best = passages.first().map_or(0, |best| best.score);
        // Her words may be others than those of the rules, or in another language.
        let own = best;
        let mut named = None;
        if let Some(subject) = &wished.subject {
            let found = self.policies(subject)?;
            let score = found.first().map_or(0, |best| best.score);
            named = about(found, subject);
            if score > best {
                (passages, best) = (found, score);
            }
        }
        // "How hot may I wash linen?": of two rules that say it, the one that has more of her own words.
        let words = wished.words();
        let says_it = |passage: &FoundPassage| {
            let subject = wished.subject.as_deref().and_then(telling);
            let titled = mention::name_words(&passage.title);
            subject.is_some_and(|key| passage.text.as_str().to_lowercase().contains(&key))
                && titled.iter().any(|title| {
                    let mut said = words.iter().filter(|word| !self.lexicon.is_filler(word));
                    said.any(|word| mention::is_named(self.lexicon, word, title))
                })
        };
        let hers = self.policies(&wished.query)?;
        if own >= POSSIBLE && hers.first().is_some_and(says_it) {
            passages = hers;
            best = own;
            named = None;
        }
        if named.is_some() && own < CLEAR && self.product_answers(wished, own)? {
            return Ok(());
        }
        if let Some(named) = named.filter(|_| own < CLEAR) {
            self.answer_from(named);
            return Ok(());
        }
        // "What do I keep laundry in?" wants goods, though a rule has a word of it.
        if best < SURE
            && wished.subject.is_none()
            && wished.asks_for_goods(self.lexicon)
            && (wished.asks && self.catalogue_answers(&wished.query)? || self.suggests(wished)?)
        {
            return Ok(());
        }
        if wished.asks
            && best < SURE
            && wished.subject.is_none()
            && let Some(translated) = self.translated(&asked)
        {
            let found = self.policies(&translated)?;
            if found.first().is_some_and(|best| best.score >= SURE) {
                self.answer_from(found);
                return Ok(());
            }
        }
        // "Until what hour must I order for it to leave today?": what its words are about, as policies call it.
        if best < SURE
            && let Some(query) = self.in_words_of_policies(wished)
        {
            let found = self.policies(&query)?;
            if found.first().is_some_and(|best| best.score >= SURE) {
                self.answer_from(found);
                return Ok(());
            }
        }
        if self.product_answers(wished, best)? {
            return Ok(());
        }
        if wished.subject.is_none() && self.asks_of_focus(wished, best)? {
            return Ok(());
        }
        if best < SURE
            && wished.subject.is_none()
            && goods::is_a_name(&wished.goods)
            && self.goods_called_so(wished)?
        {
            return Ok(());
        }
        if best < POSSIBLE
            && let Some(translated) = self.translated(&asked)
        {
            let found = self.policies(&translated)?;
            if found.first().map_or(0, |best| best.score) > best {
                passages = found;
            }
        }
        let best = passages.first().map_or(0, |best| best.score);
        if best < POSSIBLE
            && (wished.asks && self.catalogue_answers(&wished.query)? || self.suggests(wished)?)
        {
            return Ok(());
        }
        self.answer_from(passages);
        Ok(())
    }

    /// What a question is about as policies call it, where two families of its words say so.
    pub(crate) fn in_words_of_policies(&self, wished: &Wished) -> Option<String> {
        const FEWEST: usize = 2;
        if !wished.asks && !wished.sentences.iter().any(|sentence| sentence.asks) {
            return None;
        }
        let lists = &self.lexicon.words;
        let words = wished.words();
        let families = lists.families.iter();
        let mut found: Vec<&str> = families
            .filter(|(_, patterns)| mention::says(patterns, &words))
            .map(|(policy, _)| *policy)
            .collect();
        let country = |word: &String| lists.countries.iter().any(|(name, _)| name == word);
        if words.iter().any(country) {
            found.push(DELIVERY);
        }
        let families = found.len();
        found.dedup();
        (families >= FEWEST).then(|| found.join(" "))
    }

    /// The words as texts in other languages have them.
    fn translated(&self, words: &[String]) -> Option<String> {
        let known = words
            .iter()
            .filter(|word| !self.lexicon.is_filler(word))
            .filter_map(|word| crate::mention::translated(self.lexicon, word));
        let known: Vec<String> = known.collect();
        (self.language != Language::En && !known.is_empty()).then(|| known.join(" "))
    }

    /// Answers from the passages, or says that it does not know.
    pub(crate) fn answer_from(&mut self, passages: &[FoundPassage]) {
        let texts = self.texts;
        let Some(best) = passages.first().filter(|best| best.score >= POSSIBLE) else {
            self.unanswered = true;
            let again = self.state.unanswered > 0 && !self.offered_before;
            self.state.unanswered = self.state.unanswered.saturating_add(1);
            self.say(if again || self.state.unanswered > 1 {
                texts.unknown_again
            } else {
                texts.unknown
            });
            self.offer_person();
            return;
        };
        self.state.unanswered = 0;
        self.say(if best.score >= SURE {
            texts.found
        } else {
            texts.maybe
        });
        self.quote(best);
        if self.meaning.upset {
            self.offer_person();
        } else if best.score < SURE {
            self.choose_one_of(&[texts.ask_person]);
        }
    }

    /// The rules of a service, and what can be done about it here.
    pub(crate) fn explain(&mut self, service: Service, asks: bool, wished: &Wished) -> Turned<()> {
        let texts = self.texts;
        let passages = self.policies(&wished.query)?;
        // Whoever wants something done is told the rules of that deed: the passage that bears its name,
        // before one that has more of her words ("order" is said of every deed).
        let topic = (texts.topics)(service);
        let passages = match passages.first() {
            Some(best) if best.score >= SURE => passages,
            _ => match (&wished.subject, topic) {
                (Some(subject), _) => self.policies(subject)?,
                (None, "") => passages,
                (None, topic) => self.policies(topic)?,
            },
        };
        let name = topic.split(' ').next().unwrap_or_default().to_lowercase();
        let fitting = || passages.iter().filter(|passage| passage.score >= POSSIBLE);
        let named = fitting().find(|passage| {
            !asks && !name.is_empty() && passage.title.to_lowercase().contains(&name)
        });
        let best = named.or_else(|| fitting().next());
        self.state.unanswered = 0;
        let start = (texts.starts)(service);
        match best {
            Some(best) => {
                self.say(texts.found);
                self.quote(best);
            }
            None if start.is_some() => {}
            None => {
                let deed = (texts.services)(service);
                self.say(&filled(texts.cannot, &[deed]));
                self.offer_person();
                return Ok(());
            }
        }
        match start {
            Some((label, text)) => {
                self.say(texts.can_start);
                self.choose(label, text);
                self.choose_one_of(&[texts.ask_person]);
            }
            None => self.offer_person(),
        }
        Ok(())
    }
}

/// The passages from the first on whose title names the subject.
pub(crate) fn about<'p>(passages: &'p [FoundPassage], subject: &str) -> Option<&'p [FoundPassage]> {
    let key = telling(subject)?;
    let at = passages.iter().position(|passage| {
        passage.score >= POSSIBLE && passage.title.to_lowercase().contains(&key)
    })?;
    passages.get(at..)
}

/// The first word of a subject that tells it from others.
fn telling(subject: &str) -> Option<String> {
    const TELLING: usize = 4;
    let mut words = subject.split([' ', '.']);
    let key = words.find(|word| word.len() >= TELLING)?;
    Some(key.to_lowercase())
}
