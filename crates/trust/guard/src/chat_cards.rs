//! The cards of a reply: facts of the shop and of the shopper's own, that the platform draws.
//!
//! Whoever hands one on has checked that it is what a tool answered. `gate::outbound` clears every
//! text on it like a label.

use core::fmt;

use serde::{Deserialize, Serialize};
use terms::{Picture, PictureName};

/// An order as a reply shows it, to the shopper whose it is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderCard {
    /// The order's number.
    pub id: String,
    /// `pending`, `processed`, `shipped`, `delivered` or `cancelled`.
    pub status: String,
    /// `items_changed`, `return_requested` or `exchange_requested`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub servicing: Option<String>,
    pub paid: bool,
    /// What it is worth, in minor units.
    pub total: i64,
    /// ISO 4217.
    pub currency: String,
    /// What was ordered.
    pub titles: Vec<String>,
    /// Numbers of the parcels that left.
    pub tracking: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placed_at: Option<String>,
    /// Of some of what was ordered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<PictureName>,
}

/// A product as a reply shows it. Facts of the catalogue: whoever hands it on has checked that it is
/// what the search found.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductCard {
    /// The shop's own id.
    pub id: String,
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// ISO 4217.
    pub currency: String,
    /// The lowest price of what it comes in, in minor units.
    pub price: i64,
    /// Whether some of what it comes in costs more.
    pub from: bool,
    /// In how many kinds it comes.
    pub variants: u32,
    /// Whether any of them can be had now.
    pub in_stock: bool,
    /// Names, and no addresses: nothing on a card leads a browser to another host.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<Picture>,
}

/// One product with what it comes in, and the one of them that was asked for.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductSheet {
    #[serde(flatten)]
    pub card: ProductCard,
    /// What its variants differ in, with the values there are.
    pub options: Vec<OptionSheet>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<VariantCard>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionSheet {
    pub name: String,
    pub values: Vec<String>,
}

/// One of the kinds that a product comes in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VariantCard {
    /// The shop's own id, as `add_to_cart` takes it.
    pub id: String,
    /// Its options, such as `blue, M`.
    pub label: String,
    /// Minor units.
    pub price: i64,
    pub in_stock: bool,
}

/// A cart as a reply shows it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartCard {
    pub lines: Vec<CartCardLine>,
    /// ISO 4217. All amounts are its minor units.
    pub currency: String,
    pub subtotal: i64,
    /// The code that was applied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount: Option<String>,
    /// Without delivery.
    pub total: i64,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartCardLine {
    /// As `update_cart_line` takes it.
    pub id: String,
    pub title: String,
    pub quantity: i64,
    pub total: i64,
    pub in_stock: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<PictureName>,
}

/// What would be done, exactly. Nothing happens before the shopper confirms this card.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalCard {
    pub id: String,
    /// The tool that proposed it.
    pub tool: String,
    pub title: String,
    pub effect: Vec<EffectCard>,
    /// What it costs or, negative, gives back, in minor units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
    pub currency: String,
    /// The level that the confirmation demands: `guest`, `session` or `step_up`.
    pub level: String,
    pub expires_at: String,
}

/// What a confirmed proposal did.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeCard {
    pub proposal: String,
    pub tool: String,
    pub title: String,
    pub effect: Vec<EffectCard>,
    /// ISO 4217.
    pub currency: String,
    /// The order's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EffectCard {
    pub text: String,
    /// Minor units; what the shopper gets back is negative.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<i64>,
}

/// A form of the platform that the screen offers.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    pub form: FormKind,
    /// The order's number, for an address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormKind {
    /// Who buys, and where to.
    Checkout,
    /// Where an order goes.
    Address,
    /// A code to her address proves who she is.
    Prove,
}

/// The most products that one reply shows.
const PRODUCTS_MAX: usize = 8;
/// The most lines, values and parcels that a card names.
const TEXTS_MAX: usize = 24;

/// How a gate clears one short text.
type Label<'a> = &'a dyn Fn(&str) -> String;

fn all(texts: &[String], label: Label<'_>) -> Vec<String> {
    let texts = texts.iter().take(TEXTS_MAX);
    texts.map(|text| label(text)).collect()
}

// Each card with its texts cleared. Names of products are the shop's words, effects hold the shopper's
// own addresses: both are cleared like any label.

impl ProductCard {
    pub(crate) fn cleared(self, label: Label<'_>) -> Option<Self> {
        let card = Self {
            title: label(&self.title),
            category: self.category.as_deref().map(label),
            ..self
        };
        (!card.title.is_empty()).then_some(card)
    }

    pub(crate) fn all_cleared(cards: Vec<Self>, label: Label<'_>) -> Vec<Self> {
        let cards = cards.into_iter().take(PRODUCTS_MAX);
        cards.filter_map(|card| card.cleared(label)).collect()
    }
}

impl ProductSheet {
    pub(crate) fn cleared(self, label: Label<'_>) -> Option<Self> {
        let options = self.options.iter().take(TEXTS_MAX);
        Some(Self {
            card: self.card.cleared(label)?,
            options: options
                .map(|option| OptionSheet {
                    name: label(&option.name),
                    values: all(&option.values, label),
                })
                .collect(),
            variant: self.variant.map(|variant| VariantCard {
                label: label(&variant.label),
                ..variant
            }),
        })
    }

    pub(crate) fn all_cleared(sheets: Vec<Self>, label: Label<'_>) -> Vec<Self> {
        let sheets = sheets.into_iter().take(PRODUCTS_MAX);
        sheets.filter_map(|sheet| sheet.cleared(label)).collect()
    }
}

impl OrderCard {
    pub(crate) fn cleared(self, label: Label<'_>) -> Self {
        Self {
            id: label(&self.id),
            titles: all(&self.titles, label),
            tracking: all(&self.tracking, label),
            ..self
        }
    }
}

impl CartCard {
    pub(crate) fn cleared(self, label: Label<'_>) -> Self {
        let lines = self.lines.into_iter();
        Self {
            lines: lines
                .map(|line| CartCardLine {
                    title: label(&line.title),
                    ..line
                })
                .collect(),
            discount: self.discount.as_deref().map(label),
            ..self
        }
    }
}

impl EffectCard {
    fn all_cleared(effect: Vec<Self>, label: Label<'_>) -> Vec<Self> {
        let effect = effect.into_iter();
        effect
            .map(|line| Self {
                text: label(&line.text),
                ..line
            })
            .collect()
    }
}

impl ProposalCard {
    pub(crate) fn cleared(self, label: Label<'_>) -> Self {
        Self {
            title: label(&self.title),
            effect: EffectCard::all_cleared(self.effect, label),
            ..self
        }
    }
}

impl OutcomeCard {
    pub(crate) fn cleared(self, label: Label<'_>) -> Self {
        Self {
            title: label(&self.title),
            effect: EffectCard::all_cleared(self.effect, label),
            order: self.order.as_deref().map(label),
            ..self
        }
    }
}

impl Form {
    pub(crate) fn cleared(self, label: Label<'_>) -> Self {
        Self {
            order: self.order.as_deref().map(label),
            ..self
        }
    }
}

// INVARIANT: as with blocks, what is printed of a card is lengths and never a word.

impl fmt::Debug for OrderCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OrderCard({}, {})", self.id.len(), self.titles.len())
    }
}

impl fmt::Debug for ProductCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ProductCard({}, {})", self.id.len(), self.title.len())
    }
}

impl fmt::Debug for ProductSheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ProductSheet({:?}, {})", self.card, self.options.len())
    }
}

impl fmt::Debug for OptionSheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = self.name.len();
        write!(f, "OptionSheet({length}, {})", self.values.len())
    }
}

impl fmt::Debug for VariantCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VariantCard({}, {})", self.id.len(), self.label.len())
    }
}

impl fmt::Debug for CartCardLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CartCardLine({}, {})", self.id.len(), self.title.len())
    }
}

impl fmt::Debug for EffectCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EffectCard({})", self.text.len())
    }
}

impl fmt::Debug for CartCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CartCard({})", self.lines.len())
    }
}

impl fmt::Debug for ProposalCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ProposalCard({}, {})", self.id.len(), self.effect.len())
    }
}

impl fmt::Debug for OutcomeCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = self.proposal.len();
        write!(f, "OutcomeCard({length}, {})", self.effect.len())
    }
}

impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Form({:?})", self.form)
    }
}
