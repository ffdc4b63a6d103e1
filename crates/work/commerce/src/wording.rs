//! What a card says, in the languages of the interface.
//!
//! INVARIANT: a sentence exists in every language or the program does not compile: each language
//! answers every [`Sentence`] by a match without a rest. What is confirmed is what stands on the card,
//! so that nothing of the effect may be missing in one of them.

mod de;
mod en;
mod es;
mod fr;
mod it;
mod nl;
mod pl;
mod pt;

use terms::Language;

/// What a card says. Names of products, addresses and people stand in it as they are written.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Sentence<'a> {
    // Titles.
    PlaceOrder,
    CancelOrder {
        number: &'a str,
    },
    SendElsewhere {
        number: &'a str,
    },
    PayAnotherWay {
        number: &'a str,
    },
    ChangeItems {
        number: &'a str,
    },
    ReturnItems {
        number: &'a str,
    },
    ExchangeItems {
        number: &'a str,
    },
    ChangeDefaultAddress,

    // What happens to the order.
    NotSent,
    DeliveredTo {
        address: &'a str,
    },
    NewDefaultAddress {
        address: &'a str,
    },
    ReceiptFor {
        who: &'a str,
    },
    PaidOnPage,
    Becomes {
        before: &'a str,
        after: &'a str,
        new_price: &'a str,
        old_price: &'a str,
    },
    Frozen,
    GoesBack {
        quantity: i64,
        label: &'a str,
    },
    GoesBackFor {
        quantity: i64,
        label: &'a str,
        wanted: &'a str,
    },
    OnlyOnce,

    // What happens to money.
    Charged {
        method: &'a str,
    },
    ChargedWhenBack {
        method: &'a str,
    },
    Refunded {
        method: &'a str,
        arrives: Arrives,
    },
    RefundedWhenBack {
        method: &'a str,
        arrives: Arrives,
    },
    SamePrice,
    ContainsTax {
        amount: &'a str,
    },

    // What a total is made of.
    Discount {
        code: &'a str,
    },
    Tax,
    PriceAgreed,

    // Means of payment.
    Card,
    PayPal,
    GiftCard,
    BankTransfer,
    EndingIn {
        name: &'a str,
        last4: &'a str,
    },
    MethodUsed,
}

/// When a refund is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arrives {
    /// On a gift card.
    AtOnce,
    /// Elsewhere: within five to seven business days.
    InDays,
}

impl Sentence<'_> {
    pub(crate) fn say(self, language: Language) -> String {
        match language {
            Language::English => en::say(self),
            Language::German => de::say(self),
            Language::French => fr::say(self),
            Language::Spanish => es::say(self),
            Language::Italian => it::say(self),
            Language::Portuguese => pt::say(self),
            Language::Dutch => nl::say(self),
            Language::Polish => pl::say(self),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const SENTENCES: &[Sentence<'_>] = &[
        Sentence::PlaceOrder,
        Sentence::CancelOrder { number: "«1»" },
        Sentence::SendElsewhere { number: "«1»" },
        Sentence::PayAnotherWay { number: "«1»" },
        Sentence::ChangeItems { number: "«1»" },
        Sentence::ReturnItems { number: "«1»" },
        Sentence::ExchangeItems { number: "«1»" },
        Sentence::ChangeDefaultAddress,
        Sentence::NotSent,
        Sentence::DeliveredTo { address: "«1»" },
        Sentence::NewDefaultAddress { address: "«1»" },
        Sentence::ReceiptFor { who: "«1»" },
        Sentence::PaidOnPage,
        Sentence::Becomes {
            before: "«1»",
            after: "«2»",
            new_price: "«3»",
            old_price: "«4»",
        },
        Sentence::Frozen,
        Sentence::GoesBack {
            quantity: 41,
            label: "«1»",
        },
        Sentence::GoesBackFor {
            quantity: 41,
            label: "«1»",
            wanted: "«2»",
        },
        Sentence::OnlyOnce,
        Sentence::Charged { method: "«1»" },
        Sentence::ChargedWhenBack { method: "«1»" },
        Sentence::Refunded {
            method: "«1»",
            arrives: Arrives::AtOnce,
        },
        Sentence::Refunded {
            method: "«1»",
            arrives: Arrives::InDays,
        },
        Sentence::RefundedWhenBack {
            method: "«1»",
            arrives: Arrives::AtOnce,
        },
        Sentence::RefundedWhenBack {
            method: "«1»",
            arrives: Arrives::InDays,
        },
        Sentence::SamePrice,
        Sentence::ContainsTax { amount: "«1»" },
        Sentence::Discount { code: "«1»" },
        Sentence::Tax,
        Sentence::PriceAgreed,
        Sentence::Card,
        Sentence::PayPal,
        Sentence::GiftCard,
        Sentence::BankTransfer,
        Sentence::EndingIn {
            name: "«1»",
            last4: "«2»",
        },
        Sentence::MethodUsed,
    ];

    /// The values of a sentence, however they are ordered: `«1»`, `«2»`, and its numbers.
    fn values(text: &str) -> BTreeSet<String> {
        let marked = text.split('«').skip(1).map(|rest| {
            let end = rest.find('»').unwrap();
            rest.get(..end).unwrap().to_owned()
        });
        let counted = text.contains("41").then(|| "41".to_owned());
        let days = text.contains('5').then(|| "5 to 7".to_owned());
        marked.chain(counted).chain(days).collect()
    }

    #[test]
    fn every_language_says_all_of_an_effect() {
        for sentence in SENTENCES {
            let english = sentence.say(Language::English);
            for language in Language::ALL {
                let text = sentence.say(language);
                assert_eq!(values(&text), values(&english), "{language:?}: {text}");
                assert!(!text.contains(['{', '}']), "{language:?}: {text}");
                assert_eq!(text.trim(), text, "{language:?}: {text}");
            }
        }
    }

    /// Two sentences that mean different things read differently, in each language; and none is left in
    /// English but a name.
    #[test]
    fn no_two_sentences_are_alike() {
        for language in Language::ALL {
            let all: BTreeSet<String> = SENTENCES.iter().map(|one| one.say(language)).collect();
            assert_eq!(all.len(), SENTENCES.len(), "{language:?}");
            if language == Language::English {
                continue;
            }
            let english: Vec<String> = SENTENCES
                .iter()
                .map(|one| one.say(Language::English))
                .filter(|text| all.contains(text))
                .collect();
            assert_eq!(english, ["PayPal"], "{language:?}");
        }
    }
}
