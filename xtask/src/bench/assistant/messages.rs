//! What shoppers say to the assistant: talks of every kind, in English and German, with slips.

/// What a message is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Search,
    Filtered,
    Policy,
    Order,
    Cart,
    Comparison,
    Recommendation,
    SmallTalk,
    Unknown,
}

impl Kind {
    pub(super) const ALL: [Self; 9] = [
        Self::Search,
        Self::Filtered,
        Self::Policy,
        Self::Order,
        Self::Cart,
        Self::Comparison,
        Self::Recommendation,
        Self::SmallTalk,
        Self::Unknown,
    ];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Search => "products by name",
            Self::Filtered => "products with filters",
            Self::Policy => "policies",
            Self::Order => "orders",
            Self::Cart => "cart",
            Self::Comparison => "comparison",
            Self::Recommendation => "recommendation",
            Self::SmallTalk => "small talk",
            Self::Unknown => "something unknown",
        }
    }
}

/// Stands for the number of an order.
pub(super) const ORDER: &str = "{order}";

/// Talks, each in a conversation of its own.
pub(crate) const TALKS: &[&[(Kind, &str)]] = &[
    &[
        (Kind::SmallTalk, "Hello there"),
        (Kind::Search, "do you have linen curtains?"),
        (Kind::Filtered, "any in blue under 900 dollars?"),
        (Kind::Cart, "put the first one into my cart please"),
        (Kind::Cart, "what's in my basket?"),
        (Kind::Cart, "take everything out again"),
        (Kind::SmallTalk, "thanks, bye"),
    ],
    &[
        (Kind::SmallTalk, "Guten Tag"),
        (Kind::Search, "habt ihr Lampen aus Messing?"),
        (
            Kind::Filtered,
            "Ich suche eine Lampe zwischen 50 und 400 Dollar auf Lager",
        ),
        (Kind::Cart, "leg bitte die zweite in den Warenkorb"),
        (Kind::Cart, "was liegt im Warenkorb?"),
        (Kind::Unknown, "Wie wird morgen das Wetter?"),
    ],
    &[
        (Kind::Policy, "How long do I have to return something?"),
        (Kind::Policy, "and for sale items?"),
        (Kind::Policy, "Do you ship to Austria and how much is it?"),
        (Kind::Policy, "wich paymant methods do you take"),
        (
            Kind::Policy,
            "how do I clean a velvet cushion that got wet?",
        ),
    ],
    &[
        (Kind::Search, "lookng for a brass lapm"),
        (Kind::Comparison, "compare the first and the second one"),
        (
            Kind::Recommendation,
            "which one would you recommend for a small room?",
        ),
        (
            Kind::Filtered,
            "show me wool throws in olive, not more than 700",
        ),
    ],
    &[
        (Kind::Order, "where is my order?"),
        (Kind::Order, "has order {order} been shipped yet?"),
        (Kind::Order, "when will my parcel arrive"),
        (Kind::Search, "stonewear bowls"),
    ],
    &[
        (Kind::Order, "Wo bleibt mein Paket?"),
        (Kind::Order, "ist die Bestellung {order} schon verschickt?"),
        (Kind::SmallTalk, "Danke!"),
        (Kind::SmallTalk, "Bist du ein Mensch?"),
    ],
    &[
        (
            Kind::Recommendation,
            "I need a present for my mother, something up to 60 dollars",
        ),
        (
            Kind::Comparison,
            "what is the difference between an oak table and an ash table?",
        ),
        (Kind::Unknown, "Can you recommend a good book about whales?"),
        (Kind::Unknown, "who won the match last night"),
    ],
    &[
        (Kind::Policy, "Wie pflege ich eine Bank aus Eiche?"),
        (
            Kind::Policy,
            "Darf eine Schale aus Steingut in die Spülmaschine?",
        ),
        (Kind::Policy, "Wie lange kann ich etwas zurückgeben?"),
        (Kind::Search, "gibt es Teler aus Steinguht"),
        (Kind::Comparison, "vergleiche die ersten beiden"),
    ],
    &[
        (
            Kind::Recommendation,
            "Was könnt ihr mir als Geschenk bis 50 Dollar empfehlen?",
        ),
        (Kind::Filtered, "blaue Kissen unter 300 Dollar"),
        (Kind::Cart, "das erste davon bitte in den Warenkorb"),
        (Kind::Cart, "nimm es wieder raus"),
    ],
];
