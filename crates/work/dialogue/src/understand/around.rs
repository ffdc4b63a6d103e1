//! What a sentence means by those around it.

use super::read::{Read, has_order_number, names_nothing, subject};
use crate::{
    calls::Written,
    cues::{self, Cue},
    lexicon::{Lexicon, Service},
    mention,
    words::{Sentence, sentences},
};

/// What a sentence means by those around it: "put the mug, the blue one, into my cart" is one wish from its
/// first words, and "A-1001: make it blue" is about that order.
pub(crate) fn looking_around(
    lexicon: &Lexicon,
    sentences: &[Sentence],
    mut read: Vec<Read>,
) -> Vec<Read> {
    let number = sentences.iter().any(has_order_number);
    // "Oops, A-1001 was a slip, cancel it": the phrase says what is wanted, the ideas around it why.
    let is_deed = |read: &Read| read.service.is_some_and(|service| service.deed().is_some());
    if read.iter().any(|read| is_deed(read) && !read.weak) {
        for weak in read.iter_mut().filter(|read| is_deed(read) && read.weak) {
            weak.service = None;
        }
    }
    // "A house where birds nest, have you got something like it?": an idea of her orders, by chance.
    let looks = |read: &Read| !read.weak && read.service.is_some_and(Service::names_goods);
    if !number && read.iter().any(looks) {
        for weak in read.iter_mut().filter(|read| read.weak) {
            if weak.service == Some(Service::OrderStatus) && !weak.asks {
                weak.service = None;
            }
        }
    }
    let strong = read.iter().any(|read| is_deed(read) && !read.weak);
    // Whoever writes the number of an order asks for no rules.
    if number {
        for deed in read.iter_mut().filter(|read| is_deed(read)) {
            deed.asks_rules = false;
        }
    }
    let tells = read
        .iter()
        .any(|read| read.service == Some(Service::OrderStatus) && !read.weak);
    for at in (0..read.len()).rev() {
        let Some(sentence) = sentences.get(at) else {
            continue;
        };
        let after = read.iter().zip(sentences).skip(at + 1);
        let mut after = after.skip_while(|(next, sentence)| {
            next.service.is_none() && !next.subject && sentence.goes_on
        });
        let next = after.next().and_then(|(next, _)| next.service);
        // "The same again in ochre, into the cart please": nothing of the order is changed.
        if let Some(own) = read.get_mut(at)
            && own.service == Some(Service::Items)
            && !number
            && sentence.goes_on
            && next == Some(Service::AddToCart)
            && sentences
                .get(at.saturating_add(1))
                .is_some_and(|next| cues::has(lexicon, next, Cue::Cart))
        {
            own.service = next;
            continue;
        }
        // "A-1001 was a mistake, it can go": the order that is named.
        if let Some(own) = read.get_mut(at)
            && own.service == Some(Service::Remove)
            && number
            && names_nothing(lexicon, sentence)
        {
            own.service = Some(Service::Cancel);
            continue;
        }
        let takes = sentence
            .words
            .iter()
            .take(3)
            .any(|word| lexicon.is_cue(word, &[Cue::Take, Cue::Remove]));
        let Some(own) = read.get_mut(at) else {
            continue;
        };
        if own.service.is_some() || own.subject {
            continue;
        }
        if sentence.goes_on && takes && matches!(next, Some(Service::AddToCart | Service::Remove)) {
            own.service = next;
        } else if number && !strong && !tells {
            own.service = cues::service(lexicon, sentence, true).filter(|service| {
                matches!(
                    service,
                    Service::Items | Service::PaymentMethod | Service::Address
                )
            });
        }
    }
    read
}

/// Places at which the sentences of one message may be tried to be cut. Each try reads both halves, so
/// a message that is all conjunctions would cost the square of its length.
pub(crate) const MOST_CUTS: usize = 12;

/// "Cancel the order and tell me where the other one is" is two. `cuts` is how many more places of the
/// message may be tried.
pub(crate) fn clauses(lexicon: &Lexicon, sentence: Sentence, cuts: &mut usize) -> Vec<Sentence> {
    let part = |words: &[String], from: usize, to: usize| Sentence {
        text: text_of(&sentence.text, from, to),
        ..mention::sentence_of(words)
    };
    let at = sentence.words.iter().enumerate().find_map(|(at, word)| {
        if *cuts == 0 || !lexicon.words.conjunctions.contains(&word.as_str()) {
            return None;
        }
        *cuts = cuts.saturating_sub(1);
        let (before, after) = sentence.words.split_at_checked(at)?;
        let after = after.get(1..)?;
        let (words_before, words_after) = (before, after);
        let end = sentence.words.len();
        let before = Read::of(lexicon, &part(before, 0, at));
        let after = Read::of(lexicon, &part(after, at.saturating_add(1), end));
        // "Do you wrap presents, and how much is the small candle?": a rule, and goods.
        let rule_and_goods = |rule: &Read, goods: &Read, words: &[String]| {
            rule.subject
                && rule.service.is_none()
                && !goods.subject
                && matches!(goods.service, Some(Service::Products | Service::AddToCart))
                && !names_nothing(lexicon, &mention::sentence_of(words))
        };
        if rule_and_goods(&before, &after, words_after)
            || rule_and_goods(&after, &before, words_before)
        {
            return Some(at);
        }
        // "Do you ship to Switzerland, and is there any duty on it?": two rules.
        let about = |words: &[String]| subject(lexicon, &mention::sentence_of(words));
        if before.subject
            && after.subject
            && before.service.is_none()
            && after.service.is_none()
            && before.content > 1
            && after.content > 1
            && about(words_before) != about(words_after)
        {
            return Some(at);
        }
        let (one, other) = (before.service?, after.service?);
        // The number of an order by itself says nothing yet: "can I for A-1001 still change the payment".
        let cues = [Cue::Where, Cue::When, Cue::Late, Cue::Look, Cue::Underway];
        let only_number = |read: &Read, words: &[String]| {
            let sentence = mention::sentence_of(words);
            read.weak
                && read.service == Some(Service::OrderStatus)
                && !cues.iter().any(|cue| cues::has(lexicon, &sentence, *cue))
        };
        if only_number(&before, words_before) || only_number(&after, words_after) {
            return None;
        }
        // "The dark one, not the cream, and three towels into my cart": ideas of an order, by chance.
        let by_chance = before.weak
            && matches!(one, Service::Items | Service::Exchange)
            && other == Service::AddToCart;
        (one != other && !one.goes_with(other) && !by_chance).then_some(at)
    });
    let Some(at) = at else {
        return vec![sentence];
    };
    let half = |from: usize, to: usize| Sentence {
        text: text_of(&sentence.text, from, to),
        asks: sentence.asks,
        goes_on: sentence.goes_on,
        words: sentence.words.get(from..to).unwrap_or_default().to_vec(),
    };
    vec![
        half(0, at),
        half(at.saturating_add(1), sentence.words.len()),
    ]
}

/// The words from one to before another as they were written: the number of an order is known by its marks.
fn text_of(text: &str, from: usize, to: usize) -> String {
    let mut at = 0_usize;
    let mut kept: Vec<&str> = Vec::new();
    for written in text.split_whitespace() {
        let words: usize = sentences(written).iter().map(|one| one.words.len()).sum();
        if (from..to).contains(&at) && words > 0 {
            kept.push(written);
        }
        at = at.saturating_add(words);
    }
    kept.join(" ")
}

/// The words that look like an order's number: those with a dash or a `#`, else those of four digits or
/// more. A part of an address is none.
pub(crate) fn order_numbers(message: &str, address: Option<&Written>) -> Vec<String> {
    const LONGEST: usize = 40;
    const MOST: usize = 8;
    let is_part =
        |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '#' | '_');
    let words: Vec<&str> = message
        .split(|letter: char| !is_part(letter))
        .map(|word| word.trim_matches(['-', '_']))
        .filter(|word| word.len() <= LONGEST)
        .filter(|word| {
            address
                .is_none_or(|address| address.postal_code != *word && !address.line1.contains(word))
        })
        .collect();
    let digits = |word: &str| word.bytes().filter(u8::is_ascii_digit).count();
    let random = |word: &str| word.starts_with("P-") && word.len() == 12;
    let marked = |word: &&str| {
        let first_is_digit = word
            .bytes()
            .next()
            .is_some_and(|first| first.is_ascii_digit());
        random(word)
            || (digits(word) >= 3
                && (word.starts_with('#') || word.contains('-') && !first_is_digit))
    };
    let plain =
        |word: &&str| digits(word) >= 4 && word.chars().filter(|l| l.is_alphabetic()).count() <= 3;
    // "Order 101" in a small shop.
    let after_order = || {
        words.windows(2).find_map(|pair| match pair {
            [before, word] if digits(word) >= 3 && digits(word) == word.len() => {
                let before = before.to_lowercase();
                ["order", "bestellung", "nr", "no", "number", "nummer"]
                    .contains(&&*before)
                    .then_some(*word)
            }
            _ => None,
        })
    };
    let of = |is: &dyn Fn(&&str) -> bool| -> Vec<&str> {
        words.iter().copied().filter(|word| is(word)).collect()
    };
    let found = match of(&marked) {
        none if none.is_empty() => of(&plain),
        some => some,
    };
    let found = match found.as_slice() {
        [] => after_order().into_iter().collect(),
        _ => found,
    };
    let mut numbers: Vec<String> = Vec::new();
    for number in found.into_iter().take(MOST) {
        if !numbers.iter().any(|known| known == number) {
            numbers.push(number.to_owned());
        }
    }
    numbers
}

pub(crate) fn is_written(number: &str, sentence: &Sentence) -> bool {
    sentence.text.contains(number)
}

/// Of several numbers the first that nothing is to stay as it is for: "leave A-1 alone, it is A-2", "A-2 and
/// not A-1".
pub(crate) fn meant_number(
    lexicon: &Lexicon,
    numbers: &[String],
    sentences: &[Sentence],
) -> Option<String> {
    let [first, _, ..] = numbers else {
        return numbers.first().cloned();
    };
    let stays = |number: &String| {
        let sentences = sentences
            .iter()
            .filter(|sentence| is_written(number, sentence));
        let mut sentences = sentences.map(|sentence| {
            let only = !numbers
                .iter()
                .any(|other| other != number && is_written(other, sentence));
            let is_it = |word: &String| {
                let letters: String = number.chars().filter(|l| l.is_alphanumeric()).collect();
                word.eq_ignore_ascii_case(&letters)
            };
            let at = sentence.words.iter().position(is_it).unwrap_or(0);
            let before = sentence.words.iter().take(at).rev().take(2);
            let refused = before
                .filter(|word| {
                    lexicon.negations.contains(&word.as_str())
                        || lexicon.words.instead.contains(&word.as_str())
                })
                .count();
            refused > 0 || only && mention::says(lexicon.words.keeps, &sentence.words)
        });
        sentences.any(|stays| stays)
    };
    let meant = numbers.iter().find(|number| !stays(number));
    Some(meant.unwrap_or(first).clone())
}
