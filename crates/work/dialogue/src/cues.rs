//! What a sentence is about when no phrase of the lexicon says it: which ideas it has in it, in any order.
//!
//! The phrases are sure and know few ways to say a thing; the cues know many and are weaker. A rule here
//! names the ideas that together mean a service. The rules belong to no language; the words do.

use crate::{
    lexicon::{Lexicon, Service, find},
    mention,
    words::Sentence,
};

/// An idea that words stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cue {
    Cancel,
    /// Something goes back to the shop.
    Back,
    Exchange,
    Change,
    /// Something is not as it should be.
    Wrong,
    /// One thing rather than another.
    Rather,
    /// Something is to be made another kind of it: "make it the blue one".
    Make,
    /// An order, a purchase.
    Order,
    Parcel,
    /// To be brought somewhere.
    Send,
    /// Where it goes to.
    Place,
    /// Paying, billing.
    Pay,
    /// A means of payment by its name.
    Method,
    /// It is on its way, has left, has come.
    Underway,
    Where,
    When,
    Late,
    Mine,
    Cart,
    Show,
    Take,
    Remove,
    /// To the till.
    Till,
    Finish,
    Code,
    Size,
    Look,
    Talk,
    Person,
}

/// The services that these ideas together mean, the surer first; none of the second list may be there.
const RULES: &[(Service, &[Cue], &[Cue])] = &[
    (Service::Cancel, &[Cue::Cancel], &[]),
    (Service::Exchange, &[Cue::Exchange, Cue::Size], &[Cue::Cart]),
    (Service::Return, &[Cue::Back, Cue::Order], &[]),
    (Service::Return, &[Cue::Back, Cue::Mine], &[]),
    (
        Service::PaymentMethod,
        &[Cue::Pay, Cue::Method, Cue::Change],
        &[],
    ),
    (
        Service::PaymentMethod,
        &[Cue::Pay, Cue::Method, Cue::Order],
        &[],
    ),
    (
        Service::PaymentMethod,
        &[Cue::Pay, Cue::Method, Cue::Rather],
        &[],
    ),
    (
        Service::PaymentMethod,
        &[Cue::Order, Cue::Method, Cue::Rather],
        &[],
    ),
    (
        Service::PaymentMethod,
        &[Cue::Order, Cue::Method, Cue::Change],
        &[],
    ),
    (
        Service::PaymentMethod,
        &[Cue::Order, Cue::Method, Cue::Take],
        &[],
    ),
    (
        Service::Items,
        &[Cue::Order, Cue::Rather, Cue::Size],
        &[Cue::Cart],
    ),
    (
        Service::Items,
        &[Cue::Order, Cue::Wrong, Cue::Size],
        &[Cue::Cart],
    ),
    (Service::Items, &[Cue::Make, Cue::Size], &[Cue::Cart]),
    (Service::Address, &[Cue::Place, Cue::Change], &[]),
    (Service::Address, &[Cue::Place, Cue::Wrong], &[]),
    (Service::Address, &[Cue::Place, Cue::Rather, Cue::Send], &[]),
    (
        Service::Address,
        &[Cue::Place, Cue::Send, Cue::Mine],
        &[Cue::Where, Cue::When],
    ),
    (
        Service::Address,
        &[Cue::Place, Cue::Send, Cue::Order],
        &[Cue::Where, Cue::When],
    ),
    (Service::Items, &[Cue::Order, Cue::Rather], &[Cue::Cart]),
    (Service::Items, &[Cue::Order, Cue::Wrong], &[Cue::Late]),
    (Service::Items, &[Cue::Wrong, Cue::Size], &[]),
    (Service::Items, &[Cue::Change, Cue::Size], &[Cue::Cart]),
    (Service::Checkout, &[Cue::Till], &[Cue::Code]),
    (Service::Checkout, &[Cue::Finish, Cue::Order], &[]),
    (Service::Remove, &[Cue::Cart, Cue::Remove], &[]),
    (Service::AddToCart, &[Cue::Cart, Cue::Take], &[Cue::Show]),
    (Service::Cart, &[Cue::Cart, Cue::Show], &[Cue::Take]),
    (Service::OrderStatus, &[Cue::Parcel, Cue::Where], &[]),
    (Service::OrderStatus, &[Cue::Parcel, Cue::When], &[]),
    (Service::OrderStatus, &[Cue::Parcel, Cue::Underway], &[]),
    (Service::OrderStatus, &[Cue::Order, Cue::Where], &[]),
    (Service::OrderStatus, &[Cue::Order, Cue::When], &[]),
    (Service::OrderStatus, &[Cue::Order, Cue::Underway], &[]),
    (Service::OrderStatus, &[Cue::Order, Cue::Late], &[]),
    (Service::OrderStatus, &[Cue::Order, Cue::Look], &[]),
    (
        Service::OrderStatus,
        &[Cue::Mine, Cue::Underway],
        &[Cue::Back],
    ),
    (Service::OrderStatus, &[Cue::Mine, Cue::Late], &[]),
    (
        Service::OrderStatus,
        &[Cue::Mine, Cue::Where],
        &[Cue::Code, Cue::Cart],
    ),
    (
        Service::OrderStatus,
        &[Cue::Underway],
        &[Cue::Cart, Cue::Back],
    ),
    (
        Service::AddToCart,
        &[Cue::Cart],
        &[Cue::Show, Cue::Remove, Cue::Till],
    ),
];

/// What the ideas of a sentence mean together.
pub(crate) fn service(lexicon: &Lexicon, sentence: &Sentence, has_number: bool) -> Option<Service> {
    // Many rules ask for the same idea.
    let mut looked_for: Vec<(Cue, bool)> = Vec::new();
    let mut has = |cue: &Cue| {
        if let Some((_, found)) = looked_for.iter().find(|(known, _)| known == cue) {
            return *found;
        }
        let found = *cue == Cue::Size && mention::has_quality(lexicon, &sentence.words)
            || *cue == Cue::Order && has_number
            || self::has(lexicon, sentence, *cue);
        looked_for.push((*cue, found));
        found
    };
    let rule = RULES
        .iter()
        .find(|(_, all, none)| all.iter().all(&mut has) && !none.iter().any(&mut has));
    let service = rule.map(|(service, _, _)| *service);
    // "The stools in A-1001 need to be 75 cm": a kind of what is in an order, and no question about it.
    let only_told = [
        Cue::Where,
        Cue::When,
        Cue::Underway,
        Cue::Look,
        Cue::Back,
        Cue::Cart,
    ];
    match service {
        None | Some(Service::OrderStatus)
            if has_number
                && mention::has_quality(lexicon, &sentence.words)
                && !only_told.iter().any(&mut has) =>
        {
            Some(Service::Items)
        }
        service => service,
    }
}

/// Whether a sentence has an idea in it.
pub(crate) fn has(lexicon: &Lexicon, sentence: &Sentence, cue: Cue) -> bool {
    // "A basket would be nice" is a thing, "my basket" is where it goes.
    if cue == Cue::Cart {
        let words = sentence.words.iter().enumerate();
        let mut carts = words.filter(|(_, word)| lexicon.is_cue(word, &[Cue::Cart]));
        return carts.any(|(at, _)| {
            let before = at.checked_sub(1).and_then(|at| sentence.words.get(at));
            before.is_none_or(|before| !lexicon.words.indefinite.contains(&before.as_str()))
        });
    }
    lexicon.words.cues.iter().any(|(known, patterns)| {
        *known == cue && patterns.iter().any(|one| find(one, sentence, 0).is_some())
    })
}

/// Whether a sentence asks for a person.
pub(crate) fn wants_person(lexicon: &Lexicon, sentence: &Sentence) -> bool {
    has(lexicon, sentence, Cue::Talk) && has(lexicon, sentence, Cue::Person)
}
