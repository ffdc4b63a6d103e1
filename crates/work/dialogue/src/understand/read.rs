//! One sentence, as the lexicon reads it.

use crate::{
    cues, goods,
    lexicon::{Found, Lexicon, Service, Wish, find},
    mention,
    words::Sentence,
};

/// A sentence as the lexicon reads it.
#[derive(Debug)]
pub(crate) struct Read {
    pub(crate) wishes: Vec<Wish>,
    pub(crate) service: Option<Service>,
    /// Whether only the ideas in it say so, and no phrase.
    pub(crate) weak: bool,
    /// Whether it asks how things are done rather than to do them.
    pub(crate) asks_rules: bool,
    /// Whether it ends with a question mark.
    pub(crate) asks: bool,
    /// Whether the next sentence goes on with it.
    pub(crate) goes_on: bool,
    /// Whether it names what shops are asked about.
    pub(crate) subject: bool,
    /// Words that belong to no greeting, thanks, yes, no or padding.
    pub(crate) content: usize,
    /// Whether it says which kind something is to be: "I need L", and not "too small".
    pub(crate) wants_kind: bool,
}

impl Read {
    pub(crate) fn of(lexicon: &Lexicon, sentence: &Sentence) -> Self {
        let mut covered = vec![false; sentence.words.len()];
        let mut wishes = Vec::new();
        let mut cover = |found: Found| {
            covered
                .iter_mut()
                .take(found.end)
                .skip(found.start)
                .for_each(|word| *word = true);
        };
        let conjunction = sentence
            .words
            .first()
            .is_some_and(|word| lexicon.words.conjunctions.contains(&word.as_str()));
        let mut first = usize::from(conjunction);
        for (wish, pattern) in lexicon.light_patterns() {
            let Some(found) = find(pattern, sentence, first) else {
                continue;
            };
            wishes.push(wish);
            cover(found);
            if found.start == first && wish.may_come_first() {
                first = found.end;
            }
        }
        for (wish, patterns) in lexicon.wishes.iter().filter(|(wish, _)| !wish.is_light()) {
            let found = patterns.iter().find_map(|pattern| {
                find(pattern, sentence, first)
                    .filter(|found| !is_negated(lexicon, *wish, sentence, *found))
            });
            if found.is_some() {
                wishes.push(*wish);
            }
        }
        let by_phrase = lexicon.services.iter().find_map(|(service, patterns)| {
            let mut patterns = patterns.iter();
            let said = patterns.any(|pattern| find(pattern, sentence, first).is_some());
            said.then_some(*service)
        });
        let service = by_phrase;
        let has_number = has_order_number(sentence);
        // A phrase that says little gives way to the ideas of the whole sentence.
        let by_cues = cues::service(lexicon, sentence, has_number)
            // A number by itself asks for nothing yet.
            .filter(|service| {
                let gone = matches!(
                    service,
                    Service::Cancel | Service::Return | Service::Exchange
                );
                gone || !has_number
                    || sentence.words.len() > 3
                    || cues::has(lexicon, sentence, cues::Cue::Where)
            });
        let names = |service: Service| {
            let known = lexicon.services.iter().filter(|(one, _)| *one == service);
            let mut patterns = known.flat_map(|(_, patterns)| *patterns);
            patterns.any(|pattern| find(pattern, sentence, first).is_some())
        };
        let service = match (service, by_cues) {
            (
                None | Some(Service::Products | Service::Recommend | Service::Account),
                Some(cued),
            ) => Some(cued),
            (Some(Service::Remove), Some(Service::OrderStatus)) => by_cues,
            // "Take it off the total": what a code is worth, and no goods.
            (Some(Service::Remove), _)
                if names(Service::Discount) && !cues::has(lexicon, sentence, cues::Cue::Cart) =>
            {
                Some(Service::Discount)
            }
            (Some(Service::AddToCart), Some(cued))
                if !cues::has(lexicon, sentence, cues::Cue::Cart)
                    && (cued.deed().is_some() || cued == Service::OrderStatus) =>
            {
                Some(cued)
            }
            // "Swap the payment over to PayPal", "can it be billed to my card instead?"
            (Some(Service::Items | Service::Exchange), Some(Service::PaymentMethod)) => by_cues,
            // "Put the same one in green into my cart": nothing of an order is changed.
            (Some(Service::Items | Service::Exchange), _)
                if !has_number
                    && cues::has(lexicon, sentence, cues::Cue::Cart)
                    && cues::has(lexicon, sentence, cues::Cue::Take)
                    && !cues::has(lexicon, sentence, cues::Cue::Order) =>
            {
                Some(Service::AddToCart)
            }
            // "Book it from PayPal and give it back on my card": money goes from one to the other.
            (Some(Service::Return | Service::Refund | Service::Items | Service::Exchange), _)
                if says_two_methods(lexicon, sentence)
                    && !sentence
                        .words
                        .iter()
                        .any(|word| lexicon.is_cue(word, &[cues::Cue::Back])) =>
            {
                Some(Service::PaymentMethod)
            }
            (Some(Service::Items | Service::Exchange), _)
                if names(Service::PaymentMethod)
                    && cues::has(lexicon, sentence, cues::Cue::Method) =>
            {
                Some(Service::PaymentMethod)
            }
            // "Express delivery to my home, please", where no order is spoken of.
            (Some(Service::Address), _) if !has_number && names(Service::Checkout) => {
                Some(Service::Checkout)
            }
            // "Do you have it in dark green?", where no order is spoken of.
            (Some(Service::Items), None)
                if sentence.asks
                    && !has_number
                    && names(Service::Products)
                    && !cues::has(lexicon, sentence, cues::Cue::Mine) =>
            {
                Some(Service::Products)
            }
            (service, _) => service,
        };
        let said = |patterns: &[&str]| {
            let mut patterns = patterns.iter();
            patterns.any(|pattern| find(pattern, sentence, first).is_some())
        };
        // "What do I take, this or that?", "I pressed buy twice": nothing is to be put anywhere.
        let service = match service {
            Some(Service::AddToCart)
                if !cues::has(lexicon, sentence, cues::Cue::Cart)
                    && (said(lexicon.words.how)
                        || mention::says(lexicon.words.bought, &sentence.words)) =>
            {
                None
            }
            other => other,
        };
        // "I returned a mug weeks ago": what is told of another time is no wish for it now.
        let told = !sentence.asks
            && !has_number
            && mention::says(lexicon.words.once, &sentence.words)
            && !mention::says(lexicon.words.requests, &sentence.words);
        let service = service.filter(|service| !(told && service.deed().is_some()));
        let negated = sentence
            .words
            .iter()
            .any(|word| lexicon.negations.contains(&word.as_str()));
        if cues::wants_person(lexicon, sentence)
            && !negated
            && service.is_none_or(|one| one == Service::Products)
        {
            wishes.push(Wish::Person);
        }
        let adds = said(lexicon.words.adds_to_order);
        // With an order's number it is about that order, and not about what is in the shop.
        let service = match service {
            Some(Service::AddToCart | Service::Cart | Service::Amount) if adds => {
                Some(Service::Items)
            }
            Some(Service::AddToCart | Service::Products | Service::Cart)
                if has_number && sentence.words.len() <= 3 =>
            {
                None
            }
            // "A-1001 can go": the order itself, where nothing of it is named.
            Some(Service::Remove) if has_number && names_nothing(lexicon, sentence) => {
                Some(Service::Cancel)
            }
            Some(Service::AddToCart | Service::Amount | Service::Remove) if has_number => {
                Some(Service::Items)
            }
            Some(Service::Products | Service::Cart | Service::Recommend) | None
                if has_number && sentence.words.len() > 3 =>
            {
                Some(Service::OrderStatus)
            }
            other => other,
        };
        // "It won't go with the kitchen" asks for nothing that goes with it.
        let service = service.filter(|service| {
            *service != Service::Recommend
                || !negated
                || sentence.asks
                || said(lexicon.words.looks_for)
        });
        // "I want to make a complaint" looks for no goods.
        let service = service.filter(|service| {
            !(*service == Service::Products && wishes.contains(&Wish::Complaint))
        });
        // "Two mugs, please": a thing that is named politely is wished for.
        let service =
            service.or_else(|| wished_politely(lexicon, sentence).then_some(Service::AddToCart));
        // "Can it go into the dishwasher?" asks for a rule, whatever goods it names.
        let subject = subject(lexicon, sentence);
        // "I just want to buy a gift card, without an account"
        let buys = service == Some(Service::AddToCart) && said(lexicon.words.buys);
        let service = match service {
            Some(
                Service::Products
                | Service::AddToCart
                | Service::Recommend
                | Service::OrderStatus
                | Service::Items
                | Service::Payment
                | Service::Checkout
                | Service::Amount
                | Service::Discount,
            ) if subject.is_some() && !has_number && (!buys || sentence.asks) => None,
            other => other,
        };
        // "Can I cancel my order?" asks for the deed, "how do I cancel an order?" for the rules; what lies
        // in her cart and where her order is stands in no rule, however it is asked.
        let asks_rules = match service {
            Some(service) if service.is_always_a_deed() || has_number => false,
            // "Could I have the M in place of the S?"
            Some(Service::Items | Service::Exchange)
                if mention::has_quality(lexicon, &sentence.words) && !said(lexicon.words.how) =>
            {
                false
            }
            Some(service)
                if service.is_about_hers()
                    && said(lexicon.words.permission)
                    && !said(lexicon.words.how) =>
            {
                // "Can I still cancel the bench?" is about what she ordered.
                let names = service == Service::Cancel && !names_nothing(lexicon, sentence);
                !said(lexicon.words.hers) && !has_number && !names
            }
            _ => said(lexicon.informational),
        };
        let kind =
            mention::has_quality(lexicon, &mention::without_misfit(lexicon, &sentence.words));
        let wants_kind = kind
            && (cues::has(lexicon, sentence, cues::Cue::Take)
                || cues::has(lexicon, sentence, cues::Cue::Rather));
        let content = covered.iter().filter(|covered| !**covered).count();
        Self {
            wishes,
            service,
            weak: by_phrase.is_none(),
            asks_rules,
            asks: sentence.asks,
            goes_on: sentence.goes_on,
            subject: subject.is_some() && (!buys || sentence.asks),
            content,
            wants_kind,
        }
    }

    pub(crate) fn has(&self, wish: Wish) -> bool {
        self.wishes.contains(&wish)
    }
}

impl Wish {
    /// Wishes after which a sentence may begin anew: "hi, where is …", "yes, but how …".
    const fn may_come_first(self) -> bool {
        matches!(
            self,
            Self::Greeting | Self::Yes | Self::No | Self::Thanks | Self::Padding
        )
    }

    /// Wishes that leave room for another in the same sentence: "hi, thanks, and where is …".
    pub(crate) const fn is_light(self) -> bool {
        matches!(
            self,
            Self::Greeting
                | Self::HowAreYou
                | Self::Thanks
                | Self::Goodbye
                | Self::Yes
                | Self::No
                | Self::Padding
        )
    }
}

/// "I don't want a person", "ich brauche keinen Mitarbeiter": a negation shortly in front of the wish for one,
/// or in the midst of it.
fn is_negated(lexicon: &Lexicon, wish: Wish, sentence: &Sentence, found: Found) -> bool {
    wish == Wish::Person
        && sentence
            .words
            .iter()
            .take(found.end)
            .skip(found.start.saturating_sub(3))
            .any(|word| lexicon.negations.contains(&word.as_str()))
}

fn says_two_methods(lexicon: &Lexicon, sentence: &Sentence) -> bool {
    let words = &lexicon.words;
    let wallet = sentence
        .words
        .iter()
        .any(|word| words.wallets.contains(&word.as_str()));
    let card = mention::says(words.card, &sentence.words);
    wallet && (card || mention::says(words.gift_card, &sentence.words))
}

/// What of a shop's rules a sentence asks about, in the words that policies call it by.
pub(crate) fn subject(lexicon: &Lexicon, sentence: &Sentence) -> Option<&'static str> {
    let found = lexicon.words.subjects.iter().find(|(_, patterns)| {
        let mut patterns = patterns.iter();
        patterns.any(|pattern| find(pattern, sentence, 0).is_some())
    });
    found.map(|(words, _)| *words)
}

pub(crate) fn wished_politely(lexicon: &Lexicon, sentence: &Sentence) -> bool {
    const FEWEST: usize = 3;
    let corrected = goods::after_correction(lexicon, core::slice::from_ref(sentence));
    let Some(sentence) = corrected.last() else {
        return false;
    };
    let polite = lexicon.words.polite;
    let is_polite = sentence
        .words
        .iter()
        .any(|word| polite.contains(&word.as_str()));
    if sentence.asks || !is_polite || sentence.words.len() < FEWEST {
        return false;
    }
    let wanted = goods::wanted(lexicon, [sentence]);
    let mut names = wanted.words.split(' ').filter(|word| {
        !word.is_empty() && !mention::is_quality(lexicon, word) && !mention::is_pick(lexicon, word)
    });
    let counted = mention::quantity(lexicon, &sentence.words).is_some()
        || sentence.words.first().is_some_and(|first| {
            lexicon.words.numbers.iter().any(|(name, _)| name == first)
                || first.parse::<i64>().is_ok()
                || ["one", "a", "an", "ein", "eine", "einen", "einmal", "the"]
                    .contains(&first.as_str())
        });
    counted && names.next().is_some()
}

/// Whether a sentence writes an order's number: letters with a dash and digits, or a `#`.
pub(crate) fn has_order_number(sentence: &Sentence) -> bool {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '#');
    let mut words = sentence.text.split(|letter: char| !is_part(letter));
    words.any(|word| {
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        let marked = word.contains('-') || word.starts_with('#');
        digits >= 3
            && marked
            && word
                .chars()
                .next()
                .is_some_and(|first| !first.is_ascii_digit())
    })
}

/// Whether a sentence speaks of no cart and names no goods, whatever kinds of them it names.
pub(crate) fn names_nothing(lexicon: &Lexicon, sentence: &Sentence) -> bool {
    let wanted = goods::wanted(lexicon, [sentence]);
    let names = wanted.words.split(' ').filter(|word| !word.is_empty());
    let mut names = names.filter(|word| {
        !word.bytes().any(|byte| byte.is_ascii_digit())
            && !lexicon.is_cue(word, &[cues::Cue::Remove, cues::Cue::Order])
            && !mention::says(lexicon.words.bought, &[(*word).to_owned()])
            && !mention::is_quality(lexicon, word)
            && !mention::is_pick(lexicon, word)
            && mention::translated(lexicon, word).is_none_or(|other| {
                !other.split(' ').all(|word| {
                    mention::is_quality(lexicon, word) || mention::is_colour(lexicon, word)
                })
            })
    });
    !cues::has(lexicon, sentence, cues::Cue::Cart) && names.next().is_none()
}
