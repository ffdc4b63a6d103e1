//! A message in wishes: which sentences belong together, and what each of them is about.

use super::{
    Act, LONG_MESSAGE, LONGEST_QUERY, Wished, act,
    read::{Read, names_nothing, subject},
};
use crate::{
    goods,
    lexicon::{Lexicon, Service, Wish, find},
    mention,
    state::State,
    words::Sentence,
};

/// The wishes of a message: sentences that name a service, each with those around it that tell more of
/// it; a question of its own stays one.
pub(super) fn wishes(
    state: &State,
    lexicon: &Lexicon,
    sentences: &[Sentence],
    read: &[Read],
    upset: bool,
) -> Vec<Wished> {
    // Somebody who wants a person wants nothing else from a machine.
    let whole = read.iter().any(|read| read.has(Wish::Person));
    let mut groups: Vec<(Option<Service>, Vec<usize>)> = Vec::new();
    let whole_read = read;
    for (at, read) in read.iter().enumerate() {
        let goes_on_before = at
            .checked_sub(1)
            .and_then(|before| sentences.get(before))
            .is_some_and(|before| before.goes_on);
        let own_question = read.service.is_none()
            && read.content >= 2
            && (read.subject || read.asks && read.asks_rules && !goes_on_before);
        match groups.last_mut() {
            Some((known, group)) if !whole => {
                let asked = group
                    .iter()
                    .any(|at| sentences.get(*at).is_some_and(|one| one.asks));
                let only_number = !asked
                    && *known == Some(Service::OrderStatus)
                    && group
                        .iter()
                        .all(|at| whole_read.get(*at).is_none_or(|read| read.weak));
                let goes_on = match (*known, read.service) {
                    // "The duvet in A-1001 is too narrow. We need it in 200 x 200": one wish.
                    (Some(_), Some(service)) if only_number && service.deed().is_some() => true,
                    // "Swap it: I'd like it in gold": what it becomes, and nothing for the cart.
                    (Some(Service::Items | Service::Exchange), Some(Service::AddToCart))
                        if sentences
                            .get(at)
                            .is_some_and(|one| names_nothing(lexicon, one)) =>
                    {
                        true
                    }
                    (Some(known), Some(service)) => {
                        known == service || known.goes_with(service) || service.goes_with(known)
                    }
                    // "The percale set or the linen one? Compare them."
                    (None, Some(Service::Compare)) => true,
                    (None, Some(_)) => group.iter().all(|at| {
                        sentences.get(*at).is_none_or(|sentence| {
                            !sentence.asks && subject(lexicon, sentence).is_none()
                        })
                    }),
                    (_, None) => !own_question,
                };
                if goes_on {
                    group.push(at);
                    *known = match (*known, read.service) {
                        (Some(_), Some(service)) if only_number && service.deed().is_some() => {
                            Some(service)
                        }
                        (Some(known), Some(service)) if known.goes_with(service) => Some(service),
                        (None, service) => service,
                        (known, _) => known,
                    };
                } else {
                    groups.push((read.service, vec![at]));
                }
            }
            Some((_, group)) => group.push(at),
            None => groups.push((read.service, vec![at])),
        }
    }
    let mut wishes: Vec<Wished> = groups
        .iter()
        .map(|(_, group)| {
            let sentences: Vec<Sentence> = group
                .iter()
                .filter_map(|at| sentences.get(*at).cloned())
                .collect();
            let read: Vec<&Read> = group.iter().filter_map(|at| read.get(*at)).collect();
            wished(state, lexicon, sentences, &read, upset)
        })
        .collect();
    if wishes.iter().any(|wished| !wished.act.is_light()) {
        wishes.retain(|wished| !wished.act.is_light());
    }
    // "It is broken. I want my money back. That is a shame." is one complaint with one wish.
    if wishes.len() > 1
        && wishes
            .iter()
            .any(|wished| matches!(wished.act, Act::Service { .. }))
    {
        wishes.retain(|wished| !matches!(wished.act, Act::Complaint | Act::SmallTalk));
    }
    // The order of a deed is not asked for by itself.
    let is_deed = |wished: &Wished| matches!(wished.act, Act::Service { service, asks: false } if service.deed().is_some());
    if wishes.iter().any(is_deed) {
        wishes.retain(|wished| {
            let status = matches!(
                wished.act,
                Act::Service {
                    service: Service::OrderStatus,
                    ..
                }
            );
            let asks = wished.sentences.iter().any(|sentence| sentence.asks);
            !(status && wished.weak) || asks
        });
    }
    // What is asked in the end is what is wanted, whatever is told before.
    let is_question = |wished: &Wished| wished.act == Act::Question;
    let asks = |wished: &Wished| wished.sentences.iter().any(|sentence| sentence.asks);
    if wishes
        .iter()
        .any(|wished| is_question(wished) && asks(wished))
    {
        wishes.retain(|wished| {
            !is_question(wished) || asks(wished) || wished.asks || wished.subject.is_some()
        });
    }
    if wishes.is_empty() {
        wishes.push(wished(state, lexicon, Vec::new(), &[], upset));
    }
    wishes
}

fn wished(
    state: &State,
    lexicon: &Lexicon,
    sentences: Vec<Sentence>,
    read: &[&Read],
    upset: bool,
) -> Wished {
    let act = act(state, read, upset);
    let mut query = query(state, lexicon, &sentences, read);
    let subjects: Vec<&str> = sentences
        .iter()
        .filter_map(|sentence| subject(lexicon, sentence))
        .collect();
    if let Act::Service { service, .. } = act {
        query = format!("{query}. {}", (lexicon.texts.topics)(service));
    }
    let about_goods = |read: &Read| read.service.is_some_and(Service::names_goods);
    let named = read.iter().any(|read| about_goods(read));
    let telling = sentences.iter().zip(read);
    let telling = telling.filter(|(_, read)| {
        if named {
            about_goods(read) || read.content > 0 && read.service.is_none()
        } else {
            read.content > 0
        }
    });
    let telling: Vec<Sentence> = telling.map(|(sentence, _)| sentence.clone()).collect();
    let told_before = told_before(lexicon, &sentences, read);
    let telling = match told_before {
        0 => telling,
        _ => telling
            .into_iter()
            .filter(|one| !sentences.iter().take(told_before).any(|told| told == one))
            .collect(),
    };
    let goods = goods::wanted(lexicon, &goods::after_correction(lexicon, &telling));
    // "Basket: one wool rug" puts it in.
    let act = match act {
        Act::Service {
            service: Service::Cart,
            ..
        } if goods.words.split(' ').any(|word| {
            !word.is_empty()
                && !mention::is_quality(lexicon, word)
                && !mention::is_pick(lexicon, word)
        }) =>
        {
            Act::Service {
                service: Service::AddToCart,
                asks: false,
            }
        }
        act => act,
    };
    let adds = matches!(
        act,
        Act::Service {
            service: Service::AddToCart,
            ..
        }
    );
    let sentences = match adds {
        true => sentences.into_iter().skip(told_before).collect(),
        false => sentences,
    };
    Wished {
        act,
        query,
        goods,
        order: None,
        asks: read.iter().any(|read| read.asks_rules),
        weak: read.iter().all(|read| read.service.is_none() || read.weak),
        subject: (!subjects.is_empty()).then(|| subjects.join(". ")),
        sentences,
    }
}

/// How many sentences at the beginning tell something else: "We're a café. Two ash chairs, in the cart": the
/// wish and what is joined to it by commas name goods themselves.
fn told_before(lexicon: &Lexicon, sentences: &[Sentence], read: &[&Read]) -> usize {
    let Some(wish) = read.iter().position(|read| {
        read.service
            .is_some_and(|service| service.names_goods() && service != Service::Compare)
    }) else {
        return 0;
    };
    let joined = |at: &usize| {
        let before = at.checked_sub(1).and_then(|at| sentences.get(at));
        before.is_none_or(|before| !before.goes_on)
    };
    let start = (0..=wish).rev().find(joined).unwrap_or(0);
    let chain = sentences.iter().take(wish.saturating_add(1)).skip(start);
    let named = goods::wanted(lexicon, chain);
    let mut names = named.words.split(' ').filter(|word| {
        !word.is_empty() && !mention::is_quality(lexicon, word) && !mention::is_pick(lexicon, word)
    });
    if names.next().is_some() { start } else { 0 }
}

/// The words to search with: the questions of a long message, the topic before a short follow-up.
fn query(state: &State, lexicon: &Lexicon, sentences: &[Sentence], read: &[&Read]) -> String {
    let words: usize = sentences.iter().map(|sentence| sentence.words.len()).sum();
    let telling = |(sentence, read): &(&Sentence, &&Read)| {
        read.content > 0
            && (words <= LONG_MESSAGE || sentence.asks || read.service.is_some() || read.asks_rules)
    };
    let mut chosen: Vec<&str> = sentences
        .iter()
        .zip(read)
        .filter(telling)
        .map(|(sentence, _)| sentence.text.trim())
        .collect();
    if chosen.is_empty() {
        chosen = sentences
            .iter()
            .map(|sentence| sentence.text.trim())
            .collect();
    }
    let mut query: String = chosen.join(". ").chars().take(LONGEST_QUERY).collect();
    let follows = sentences.first().is_some_and(|sentence| {
        lexicon
            .follow_ups
            .iter()
            .any(|pattern| find(pattern, sentence, 0).is_some())
    });
    if follows
        && words <= 8
        && let Some(topic) = &state.topic
    {
        query.push_str(". ");
        query.push_str(&topic.replace(['-', '_'], " "));
    }
    query
}
