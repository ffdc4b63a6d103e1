//! What the planner knows of a language: the words of each wish, and its own sentences. A language
//! is added by a file beside `lexicon/en.rs` and a line in [`Language`].
//!
//! # Patterns
//!
//! A pattern is a list of words that stand one after another in a sentence. `a|b` is either word,
//! `=word` the word without a slip, `word*` any word that begins so, `.` up to two other words, `..` up to four, `...` up to eight. `^` in front: the
//! sentence begins here, greetings aside. `$` at the end: the sentence ends here.

mod de;
mod de_glossary;
mod de_ideas;
mod de_services;
mod de_texts;
mod de_words;
mod en;
mod en_ideas;
mod en_services;
mod en_texts;
mod en_words;
mod families;
mod known;
mod pattern;

pub(crate) use known::is_known;
#[cfg(test)]
pub(crate) use pattern::work;
pub(crate) use pattern::{Found, find};
use serde::{Deserialize, Serialize};
use terms::Locale;

use self::pattern::fits;
use crate::{
    cues::Cue,
    found::{OrderStatus, Refused},
    state::DeedKind,
    words::is_same,
};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    #[default]
    En,
    De,
}

impl Language {
    pub(crate) const ALL: [Self; 2] = [Self::En, Self::De];

    /// The language of a locale, English when it is not known here.
    #[must_use]
    pub fn of(locale: &Locale) -> Self {
        match locale.language() {
            "de" => Self::De,
            _ => Self::En,
        }
    }

    /// The same among the languages of the interface.
    pub(crate) const fn interface(self) -> terms::Language {
        match self {
            Self::En => terms::Language::English,
            Self::De => terms::Language::German,
        }
    }

    pub(crate) const fn lexicon(self) -> &'static Lexicon {
        match self {
            Self::En => &en::LEXICON,
            Self::De => &de::LEXICON,
        }
    }
}

/// What somebody may want.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Wish {
    Greeting,
    HowAreYou,
    Thanks,
    Goodbye,
    Yes,
    No,
    /// Padding without a wish of its own: "please", "ok".
    Padding,
    Person,
    /// "Are you a bot?", "who am I talking to?"
    Identity,
    Complaint,
    Capabilities,
    SmallTalk,
    /// "It does not fit": a reason to send it back, where nothing else is said.
    Misfit,
}

/// What shops do for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Service {
    Compare,
    Exchange,
    Return,
    Cancel,
    Address,
    PaymentMethod,
    Items,
    Remove,
    Amount,
    Discount,
    Checkout,
    Cart,
    AddToCart,
    OrderStatus,
    Refund,
    Recommend,
    Account,
    Payment,
    Products,
}

impl Service {
    #[cfg(test)]
    pub(crate) const ALL: [Self; 19] = [
        Self::Compare,
        Self::Exchange,
        Self::Return,
        Self::Cancel,
        Self::Address,
        Self::PaymentMethod,
        Self::Items,
        Self::Remove,
        Self::Amount,
        Self::Discount,
        Self::Checkout,
        Self::Cart,
        Self::AddToCart,
        Self::OrderStatus,
        Self::Refund,
        Self::Recommend,
        Self::Account,
        Self::Payment,
        Self::Products,
    ];

    /// The change that is proposed for it.
    pub(crate) const fn deed(self) -> Option<DeedKind> {
        match self {
            Self::Cancel => Some(DeedKind::Cancel),
            Self::Address => Some(DeedKind::Address),
            Self::PaymentMethod => Some(DeedKind::Payment),
            Self::Items => Some(DeedKind::Items),
            Self::Return => Some(DeedKind::Return),
            Self::Exchange => Some(DeedKind::Exchange),
            _ => None,
        }
    }

    /// Whether sentences of it name goods of the catalogue.
    pub(crate) const fn names_goods(self) -> bool {
        matches!(
            self,
            Self::Products
                | Self::Compare
                | Self::Recommend
                | Self::AddToCart
                | Self::Remove
                | Self::Amount
        )
    }

    /// Whether it is about an order of hers.
    pub(crate) const fn is_about_hers(self) -> bool {
        self.deed().is_some() || matches!(self, Self::Refund)
    }

    /// Whether it is done however it is asked: no rule answers it.
    pub(crate) const fn is_always_a_deed(self) -> bool {
        matches!(
            self,
            Self::OrderStatus
                | Self::Cart
                | Self::Compare
                | Self::AddToCart
                | Self::Remove
                | Self::Amount
                | Self::Recommend
        )
    }

    /// Whether it says nothing more beside the other: money back is what a return brings.
    pub(crate) const fn goes_with(self, other: Self) -> bool {
        matches!(
            (self, other),
            (Self::Refund, Self::Return | Self::Cancel | Self::Exchange)
                | (Self::Items | Self::Return | Self::Amount, Self::Exchange)
                | (
                    Self::Products,
                    Self::Compare | Self::Recommend | Self::AddToCart
                )
                | (
                    Self::Products,
                    Self::Items | Self::Exchange | Self::Remove | Self::Amount
                )
                | (Self::Payment, Self::PaymentMethod)
                | (Self::Account, Self::Address)
                | (
                    Self::Cart,
                    Self::AddToCart | Self::Remove | Self::Amount | Self::Discount
                )
                | (Self::AddToCart, Self::Recommend)
                | (Self::Address, Self::Checkout | Self::AddToCart)
                | (
                    Self::PaymentMethod,
                    Self::Items | Self::Exchange | Self::Return | Self::Checkout
                )
                | (Self::Items, Self::Return)
        )
    }
}

pub(crate) struct Lexicon {
    /// Frequent words nobody needs to be told apart by, to recognise the language.
    pub(crate) markers: &'static [&'static str],
    /// Words that turn a wish into its opposite.
    pub(crate) negations: &'static [&'static str],
    pub(crate) wishes: &'static [(Wish, &'static [&'static str])],
    /// The same for what shops do, the surer before the weaker.
    pub(crate) services: &'static [(Service, &'static [&'static str])],
    /// How a question about rules begins, in contrast to a request: "can I", not "can you".
    pub(crate) informational: &'static [&'static str],
    /// How a message begins that only makes sense after the one before: "and for …".
    pub(crate) follow_ups: &'static [&'static str],
    /// Words that say nothing of what is looked for.
    pub(crate) fillers: &'static str,
    /// What stands before the highest price, the lowest, and two of them.
    pub(crate) at_most: &'static [&'static str],
    pub(crate) at_least: &'static [&'static str],
    pub(crate) between: &'static [&'static str],
    /// How money is called.
    pub(crate) currencies: &'static [&'static str],
    /// How somebody says that it must be there now.
    pub(crate) in_stock: &'static [&'static str],
    pub(crate) words: Words,
    pub(crate) texts: Texts,
}

/// How a language names what a message may hold. Words are folded; patterns as above.
pub(crate) struct Words {
    /// How somebody asks whether something may be done.
    pub(crate) permission: &'static [&'static str],
    /// What makes it her own affair: "my order".
    pub(crate) hers: &'static [&'static str],
    /// What is being filled in is given up.
    pub(crate) drops: &'static [&'static str],
    pub(crate) conjunctions: &'static [&'static str],
    /// What stands between things that are compared.
    pub(crate) between_compared: &'static [&'static str],
    pub(crate) picks: Picks,
    /// What makes a thing that is named a wish for it: "two mugs, please".
    pub(crate) polite: &'static [&'static str],
    /// What shops are asked about: the words that policies call it by, and how it is asked.
    pub(crate) subjects: &'static [(&'static str, &'static [&'static str])],
    /// Families of words, and what policies call what they are about. A question of several of them is looked
    /// for in the words of policies, where nothing is written in its own.
    pub(crate) families: &'static [(&'static str, &'static [&'static str])],
    /// The ideas that words stand for.
    pub(crate) cues: &'static [(Cue, &'static [&'static str])],
    /// How it is asked about rules, whoever's order it is: "how can I …".
    pub(crate) how: &'static [&'static str],
    /// A present, which says nothing of what it is.
    pub(crate) gifts: &'static [&'static str],
    /// The words of picks, which name no goods.
    pub(crate) pick_words: &'static [&'static str],
    pub(crate) numbers: &'static [(&'static str, i64)],
    pub(crate) units: &'static [&'static str],
    /// Names of units, with their sign.
    pub(crate) unit_names: &'static [(&'static str, &'static str)],
    /// What stands before a size.
    pub(crate) size_words: &'static [&'static str],
    /// Sizes of the catalogue, with how they are called.
    pub(crate) sizes: &'static [(&'static str, &'static [&'static str])],
    pub(crate) colours: &'static [&'static str],
    /// What stands for something that was spoken of.
    pub(crate) references: &'static [&'static str],
    /// Words of the language, and how catalogues in other languages call the same.
    pub(crate) glossary: &'static [(&'static str, &'static str)],
    pub(crate) code_words: &'static [&'static str],
    pub(crate) countries: &'static [(&'static str, &'static str)],
    /// What stands before a street in a sentence.
    pub(crate) address_leads: &'static [&'static str],
    pub(crate) everything: &'static [&'static str],
    /// She says that she has proved who she is, as the screen says it for her.
    pub(crate) proved: &'static [&'static str],
    pub(crate) default_address: &'static [&'static str],
    pub(crate) gift_card: &'static [&'static str],
    pub(crate) card: &'static [&'static str],
    /// What stands before what something becomes.
    pub(crate) to_words: &'static [&'static str],
    pub(crate) larger: &'static [&'static str],
    pub(crate) smaller: &'static [&'static str],
    /// What stands in front of what was not meant.
    pub(crate) instead: &'static [&'static str],
    /// What the number of a house is called.
    pub(crate) house_number: &'static [&'static str],
    /// That something is to be bought, in so many words.
    pub(crate) buys: &'static [&'static str],
    /// What stands in front of goods that are not wanted.
    pub(crate) refusals: &'static [&'static str],
    /// What may stand between a refusal and the goods: "nothing in", "not the".
    pub(crate) before_refused: &'static [&'static str],
    /// What stands between two things that either will do for, or that neither is wanted of.
    pub(crate) between_alternatives: &'static [&'static str],
    /// What lies in the cart is not to be bought after all, where its name stands beside it.
    pub(crate) leaves: &'static [&'static str],
    /// That goods are looked for, whatever they are called.
    pub(crate) looks_for: &'static [&'static str],
    /// Half of the number that follows: "half a dozen".
    pub(crate) halves: &'static [&'static str],
    /// How long ago an order was placed: from so many hours to so many.
    pub(crate) ages: &'static [(i64, i64, &'static [&'static str])],
    /// That something was bought before, and is not to be bought now.
    pub(crate) bought: &'static [&'static str],
    /// That something was so at another time, and is only told.
    pub(crate) once: &'static [&'static str],
    /// How something is asked for.
    pub(crate) requests: &'static [&'static str],
    /// What stands before a thing that was not spoken of.
    pub(crate) indefinite: &'static [&'static str],
    /// What stands behind a comparative.
    pub(crate) than: &'static [&'static str],
    /// Parts of verbs, which name no goods: "back", "off".
    pub(crate) particles: &'static [&'static str],
    /// One of something.
    pub(crate) single: &'static [&'static str],
    /// Means of payment that are no card.
    pub(crate) wallets: &'static [&'static str],
    pub(crate) postal_code: &'static [&'static str],
    /// "The same colour": as what was chosen before.
    pub(crate) same: &'static [&'static str],
    /// What was said before was not meant: what follows is.
    pub(crate) corrections: &'static [&'static str],
    /// She would rather have something else than what she has.
    pub(crate) rather: &'static [&'static str],
    /// That what she bought is to be looked at.
    pub(crate) from_bought: &'static [&'static str],
    /// No more than so many.
    pub(crate) only: &'static [&'static str],
    /// One of several, and not said which.
    pub(crate) one_of: &'static [&'static str],
    /// What she keeps is not sent back.
    pub(crate) keeps: &'static [&'static str],
    /// Something more is to come into an order that was placed.
    pub(crate) adds_to_order: &'static [&'static str],
    /// That all is to be told that is known of goods: "tell me more", "what is it made of".
    pub(crate) details: &'static [&'static str],
    /// What is asked of goods, and how catalogues say it: "how hot" is a number of degrees.
    pub(crate) measures: &'static [(&'static str, &'static str)],
    /// Usual reasons of a cancellation, by their names in the contract.
    pub(crate) reasons: &'static [(&'static str, &'static [&'static str])],
}

/// How one of several is picked.
pub(crate) struct Picks {
    pub(crate) nth: &'static [&'static [&'static str]],
    pub(crate) last: &'static [&'static str],
    pub(crate) oldest: &'static [&'static str],
    pub(crate) other: &'static [&'static str],
    pub(crate) cheapest: &'static [&'static str],
    pub(crate) dearest: &'static [&'static str],
}

impl Lexicon {
    /// Whether a word says nothing of what is looked for, up to a slip in a long one.
    pub(crate) fn is_filler(&self, word: &str) -> bool {
        const LONG: usize = 8;
        let long = word.len() + 1 >= LONG;
        let mut fillers = self.fillers.split_ascii_whitespace();
        fillers
            .any(|filler| filler == word || (long && filler.len() >= LONG && is_same(filler, word)))
    }

    /// Whether a word stands for one of these ideas by itself.
    pub(crate) fn is_cue(&self, word: &str, cues: &[Cue]) -> bool {
        let patterns = self.words.cues.iter().filter(|(cue, _)| cues.contains(cue));
        let mut patterns = patterns.flat_map(|(_, patterns)| *patterns);
        patterns.any(|pattern| !pattern.contains(' ') && fits(pattern, word))
    }

    /// The patterns of greetings, thanks and the like, with their wish.
    pub(crate) fn light_patterns(&self) -> impl Iterator<Item = (Wish, &'static str)> {
        let light = self.wishes.iter().filter(|(wish, _)| wish.is_light());
        light.flat_map(|(wish, patterns)| patterns.iter().map(|pattern| (*wish, *pattern)))
    }
}

/// The planner's own sentences.
pub(crate) struct Texts {
    pub(crate) greeting: &'static str,
    pub(crate) greeting_again: &'static str,
    pub(crate) how_are_you: &'static str,
    pub(crate) thanks: &'static str,
    pub(crate) goodbye: &'static str,
    pub(crate) identity: &'static str,
    pub(crate) capabilities: &'static str,
    pub(crate) small_talk: &'static str,
    pub(crate) no_words: &'static str,
    pub(crate) go_on: &'static str,
    pub(crate) declined: &'static str,
    pub(crate) person_asked: &'static str,
    pub(crate) person_asked_before: &'static str,
    pub(crate) sorry: &'static str,
    pub(crate) offer: &'static str,
    pub(crate) found: &'static str,
    pub(crate) maybe: &'static str,
    pub(crate) unknown: &'static str,
    pub(crate) unknown_again: &'static str,
    /// Goes before products that were found.
    pub(crate) products: &'static str,
    /// Nothing was found that is called so.
    pub(crate) no_products: &'static str,
    /// What is looked for was not said.
    pub(crate) which_products: &'static str,
    /// Orders are shown to whoever has proved her address.
    pub(crate) orders_unproved: &'static str,
    pub(crate) no_orders: &'static str,
    pub(crate) no_such_order: &'static str,
    /// Goes before several orders.
    pub(crate) orders: &'static str,
    /// Goes before one: by where it stands, and whether it is paid.
    pub(crate) order_is: fn(OrderStatus, bool) -> &'static str,
    /// Stands alone: `{}` is what it cannot do.
    pub(crate) cannot: &'static str,
    pub(crate) services: fn(Service) -> &'static str,
    /// What policies call a service, to search with beside her own words.
    pub(crate) topics: fn(Service) -> &'static str,
    pub(crate) accept: (&'static str, &'static str),
    pub(crate) decline: (&'static str, &'static str),
    pub(crate) ask_person: (&'static str, &'static str),
    /// Questions to start with.
    pub(crate) starters: &'static [&'static str],
    // ---- goods: blanks are a name, then a value or a price ----
    /// Nothing fits every word.
    pub(crate) products_like: &'static str,
    pub(crate) not_in: &'static str,
    pub(crate) in_stock_at: &'static str,
    pub(crate) sold_out_at: &'static str,
    pub(crate) costs: &'static str,
    pub(crate) sold_out: &'static str,
    pub(crate) there_is: &'static str,
    pub(crate) from: &'static str,
    pub(crate) compared: &'static str,
    pub(crate) compare_what: &'static str,
    /// To whoever wrote a card into the chat.
    pub(crate) no_cards: &'static str,
    pub(crate) recommended: &'static str,
    /// What is said of a product that she bought, and of what else there is.
    pub(crate) recommended_from_orders: &'static str,
    pub(crate) nothing_from_orders: &'static str,
    /// That her orders may be looked at, what for and for how long; and how she says so.
    pub(crate) may_look_at_orders: &'static str,
    pub(crate) look_at_orders: (&'static str, &'static str),
    // ---- the cart ----
    pub(crate) add_it: (&'static str, &'static str),
    pub(crate) check_out: (&'static str, &'static str),
    pub(crate) add_what: &'static str,
    pub(crate) which_one: &'static str,
    pub(crate) which_value: &'static str,
    pub(crate) added: &'static str,
    pub(crate) not_so_many: &'static str,
    pub(crate) too_many: &'static str,
    pub(crate) did_not_work: &'static str,
    pub(crate) cart_empty: &'static str,
    pub(crate) cart_is: &'static str,
    pub(crate) cart_not_there: &'static str,
    pub(crate) remove_which: &'static str,
    pub(crate) remove_it: &'static str,
    pub(crate) removed: &'static str,
    pub(crate) how_many_of_what: &'static str,
    pub(crate) amount_changed: &'static str,
    pub(crate) which_code: &'static str,
    pub(crate) discount_applied: &'static str,
    pub(crate) discount_invalid: &'static str,
    pub(crate) checkout_form: &'static str,
    pub(crate) which_shipping: &'static str,
    pub(crate) checkout_proposed: &'static str,
    pub(crate) too_many_unpaid: &'static str,
    // ---- changes of orders ----
    /// What can be begun after the rules of it were quoted.
    pub(crate) starts: fn(Service) -> Option<(&'static str, &'static str)>,
    pub(crate) can_start: &'static str,
    /// What stands before the words of the catalogue, when they fit and when they are all there is.
    pub(crate) says_of_it: &'static str,
    pub(crate) all_it_says: &'static str,
    pub(crate) says_nothing: &'static str,
    /// What can be done with an order: whether it may be changed, and sent back.
    pub(crate) next_steps: fn(bool, bool) -> &'static [(&'static str, &'static str)],
    pub(crate) still_open: &'static str,
    pub(crate) still_open_cart: &'static str,
    pub(crate) card_waits: &'static str,
    pub(crate) dropped: &'static str,
    pub(crate) confirm_yourself: &'static str,
    pub(crate) not_understood: &'static str,
    /// Why a deed does not fit an order: where it stands, and whether it was serviced before.
    pub(crate) does_not_fit: fn(DeedKind, OrderStatus, bool) -> &'static str,
    pub(crate) refused: fn(Refused) -> &'static str,
    pub(crate) which_order: &'static str,
    pub(crate) proposed: &'static str,
    pub(crate) which_reason: &'static str,
    pub(crate) reason: fn(&str) -> Option<&'static str>,
    pub(crate) which_address: &'static str,
    pub(crate) which_method: &'static str,
    pub(crate) no_other_method: &'static str,
    pub(crate) which_lines: &'static str,
    pub(crate) all_of_it: (&'static str, &'static str),
    pub(crate) which_variant: &'static str,
    pub(crate) no_other_kind: &'static str,
    pub(crate) cannot_add: &'static str,
    /// Something does not fit: what shall be done?
    pub(crate) misfit: &'static str,
    /// A message asked for more than is answered at once.
    pub(crate) too_much_at_once: &'static str,
    /// Of several things named this one waits for an answer: `{}` is how she called it.
    pub(crate) not_in_yet: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_is_complete() {
        for language in Language::ALL {
            let lexicon = language.lexicon();
            for service in Service::ALL {
                let mut services = lexicon.services.iter();
                assert!(
                    services.any(|(known, patterns)| *known == service && !patterns.is_empty()),
                    "{language:?} {service:?}"
                );
            }
            let patterns = lexicon
                .wishes
                .iter()
                .flat_map(|(_, patterns)| patterns.iter())
                .chain(lexicon.services.iter().flat_map(|(_, patterns)| *patterns))
                .chain(
                    lexicon
                        .words
                        .cues
                        .iter()
                        .flat_map(|(_, patterns)| *patterns),
                )
                .chain(lexicon.informational)
                .chain(
                    lexicon
                        .words
                        .subjects
                        .iter()
                        .flat_map(|(_, patterns)| *patterns),
                );
            for pattern in patterns {
                let plain: String = pattern
                    .chars()
                    .filter(|c| !matches!(c, '^' | '$' | '|' | '*' | '=' | '.' | ' '))
                    .collect();
                assert!(
                    plain
                        .chars()
                        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()),
                    "{pattern}: words are folded"
                );
            }
        }
    }
}
