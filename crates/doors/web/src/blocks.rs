//! The guard's blocks as they are published. The guard's own type writes them; these shapes only
//! describe them, and the test below holds the two together.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{shopper::pictures::PictureView, views::StateName};

/// A block of a turn.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum BlockView {
    /// Text with the small Markdown subset already parsed.
    Text {
        /// The same without any marks.
        text: String,
        content: Vec<ContentView>,
    },
    /// Where a quoted answer comes from.
    Source {
        kind: SourceKind,
        id: String,
        title: String,
    },
    /// A link to an allow-listed host.
    Link {
        id: String,
        label: String,
        host: String,
        url: String,
    },
    /// Quick replies: choosing one sends its `text`.
    Choices { choices: Vec<ChoiceView> },
    /// Who answers from here on.
    Handover { state: StateName },
    /// Products of the catalogue, best first. What is shown is what the search found.
    Products { products: Vec<ProductCardView> },
    /// One product with what it comes in, and perhaps the kind that was asked for.
    Product { product: ProductSheetView },
    /// Products side by side.
    Comparison { products: Vec<ProductSheetView> },
    /// An order of the shopper's own, as it was found.
    Order { order: OrderCardView },
    /// Her cart, as it was when this was said.
    Cart { cart: CartCardView },
    /// What would be done, exactly. It is confirmed by its id; nothing that is written confirms it.
    Proposal {
        id: String,
        /// The tool that proposed it.
        tool: String,
        title: String,
        effect: Vec<EffectCardView>,
        /// What it costs or, negative, gives back, in minor units.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        total: Option<i64>,
        /// ISO 4217.
        currency: String,
        /// `guest`, `session` or `step_up`: what the confirmation demands.
        level: String,
        #[schema(format = "date-time")]
        expires_at: String,
    },
    /// What a confirmed proposal did.
    Outcome {
        proposal: String,
        tool: String,
        title: String,
        effect: Vec<EffectCardView>,
        /// ISO 4217.
        currency: String,
        /// The order's number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        order: Option<String>,
    },
    /// A form of the platform that the screen offers.
    Form {
        form: FormKindView,
        /// The order's number, for its address.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        order: Option<String>,
    },
    /// Something the platform says: `ai_disclosure`, `card_removed`, `password_removed`, `code_removed`, `key_removed`, `not_acted_on`, `person_joined` …
    Notice { kind: String },
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum ContentView {
    Paragraph {
        spans: Vec<SpanView>,
    },
    List {
        ordered: bool,
        items: Vec<Vec<SpanView>>,
    },
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct SpanView {
    text: String,
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    bold: bool,
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    emphasis: bool,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct OrderCardView {
    /// The order's number.
    id: String,
    /// `pending`, `processed`, `shipped`, `delivered` or `cancelled`.
    status: String,
    /// `items_changed`, `return_requested` or `exchange_requested`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    servicing: Option<String>,
    paid: bool,
    /// What it is worth, in minor units.
    total: i64,
    /// ISO 4217.
    currency: String,
    /// What was ordered.
    titles: Vec<String>,
    /// Numbers of the parcels that left.
    tracking: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    placed_at: Option<String>,
    /// Names of pictures of some of what was ordered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pictures: Vec<String>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct ProductCardView {
    /// The shop's own id, as `get_product` takes it.
    id: String,
    title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    category: Option<String>,
    /// ISO 4217.
    currency: String,
    /// The lowest price of its variants, in minor units.
    price: i64,
    /// Whether another variant costs more.
    from: bool,
    variants: u32,
    /// Whether any variant could be had when it was found.
    in_stock: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    picture: Option<PictureView>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct ProductSheetView {
    #[serde(flatten)]
    card: ProductCardView,
    /// What its variants differ in, with the values there are.
    options: Vec<OptionSheetView>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    variant: Option<VariantCardView>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct OptionSheetView {
    name: String,
    values: Vec<String>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct VariantCardView {
    /// As `add_to_cart` takes it.
    id: String,
    /// Its options, such as `blue, M`.
    label: String,
    /// Minor units.
    price: i64,
    in_stock: bool,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct CartCardView {
    lines: Vec<CartCardLineView>,
    /// ISO 4217. All amounts are its minor units.
    currency: String,
    subtotal: i64,
    /// The code that was applied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    discount: Option<String>,
    /// Without delivery.
    total: i64,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct CartCardLineView {
    /// As `update_cart_line` takes it.
    id: String,
    title: String,
    quantity: i64,
    total: i64,
    in_stock: bool,
    /// The name of a picture, as a card shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    picture: Option<String>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct EffectCardView {
    text: String,
    /// Minor units; what the shopper gets back is negative.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    amount: Option<i64>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FormKindView {
    Checkout,
    Address,
    Prove,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SourceKind {
    Policy,
    Faq,
    Page,
    /// What the catalogue says of a product; its id is the product's.
    Product,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct ChoiceView {
    label: String,
    text: String,
}

#[cfg(test)]
mod tests {
    use guard::gate::{Block, Choice, Content, HandoverState, NoticeKind, QuoteKind, Span};
    use guard::{
        CartCard, CartCardLine, EffectCard, Form, FormKind, OptionSheet, OrderCard, OutcomeCard,
        ProductCard, ProductSheet, ProposalCard, VariantCard,
    };

    use terms::{Picture, PictureKind, PictureName};

    use super::*;

    /// What is written is what is described: nothing is lost on the way through the description.
    #[test]
    fn every_block_is_described() {
        let text = |text: &str| text.to_owned();
        let picture = || Picture {
            card: PictureName::new([1; 32], PictureKind::Jpeg),
            detail: PictureName::new([2; 32], PictureKind::Svg),
        };
        let plain = || Span {
            text: text("thirty days"),
            ..Span::default()
        };
        let marked = Span {
            bold: true,
            emphasis: true,
            ..plain()
        };
        let source = |kind| Block::Source {
            kind,
            id: text("returns"),
            title: text("Returns"),
        };
        let handover = |state| Block::Handover { state };
        let sheet = |variant| ProductSheet {
            card: ProductCard {
                id: text("vase"),
                title: text("Clay vase"),
                category: None,
                currency: text("EUR"),
                price: 1_999,
                from: true,
                variants: 2,
                in_stock: true,
                picture: Some(picture()),
            },
            options: vec![OptionSheet {
                name: text("colour"),
                values: vec![text("blue"), text("green")],
            }],
            variant,
        };
        let effect = || {
            vec![
                EffectCard {
                    text: text("The order will not be sent"),
                    amount: None,
                },
                EffectCard {
                    text: text("€19.99 refunded to PayPal"),
                    amount: Some(-1_999),
                },
            ]
        };
        let notice = |kind| Block::Notice { kind };
        let blocks = [
            Block::Text {
                text: text("thirty days"),
                content: vec![
                    Content::Paragraph {
                        spans: vec![plain(), marked],
                    },
                    Content::List {
                        ordered: true,
                        items: vec![vec![plain()], vec![]],
                    },
                ],
            },
            source(QuoteKind::Policy),
            source(QuoteKind::Faq),
            source(QuoteKind::Page),
            source(QuoteKind::Product),
            Block::Link {
                id: text("link-1"),
                label: text("Help"),
                host: text("help.alder.example"),
                url: text("https://help.alder.example/returns"),
            },
            Block::Choices {
                choices: vec![Choice {
                    label: text("Returns"),
                    text: text("How do I send something back?"),
                }],
            },
            Block::Products {
                products: vec![
                    ProductCard {
                        id: text("vase"),
                        title: text("Clay vase"),
                        category: Some(text("Decoration")),
                        currency: text("EUR"),
                        price: 1_999,
                        from: true,
                        variants: 3,
                        in_stock: true,
                        picture: Some(picture()),
                    },
                    ProductCard {
                        id: text("lamp"),
                        title: text("Lamp"),
                        category: None,
                        currency: text("JPY"),
                        price: 0,
                        from: false,
                        variants: 1,
                        in_stock: false,
                        picture: None,
                    },
                ],
            },
            Block::Order {
                order: OrderCard {
                    id: text("P-1"),
                    status: text("shipped"),
                    servicing: Some(text("items_changed")),
                    paid: true,
                    total: 1_999,
                    currency: text("EUR"),
                    titles: vec![text("Clay vase")],
                    tracking: vec![text("T1")],
                    placed_at: Some(text("2026-10-01T08:00:00Z")),
                    pictures: vec![picture().card],
                },
            },
            Block::Product {
                product: sheet(Some(VariantCard {
                    id: text("vase-blue"),
                    label: text("blue"),
                    price: 1_999,
                    in_stock: true,
                })),
            },
            Block::Comparison {
                products: vec![sheet(None)],
            },
            Block::Cart {
                cart: CartCard {
                    lines: vec![CartCardLine {
                        id: text("1"),
                        title: text("Clay vase (blue)"),
                        quantity: 2,
                        total: 3_998,
                        in_stock: true,
                        picture: Some(picture().card),
                    }],
                    currency: text("EUR"),
                    subtotal: 3_998,
                    discount: Some(text("WELCOME10")),
                    total: 3_598,
                },
            },
            Block::Proposal(ProposalCard {
                id: text("0190f1f0-0000-7000-8000-000000000000"),
                tool: text("cancel_order"),
                title: text("Cancel order P-1"),
                effect: effect(),
                total: Some(-1_999),
                currency: text("EUR"),
                level: text("session"),
                expires_at: text("2026-10-01T08:15:00Z"),
            }),
            Block::Outcome(OutcomeCard {
                proposal: text("0190f1f0-0000-7000-8000-000000000000"),
                tool: text("cancel_order"),
                title: text("Cancel order P-1"),
                effect: effect(),
                currency: text("EUR"),
                order: Some(text("P-1")),
            }),
            Block::Form(Form {
                form: FormKind::Address,
                order: Some(text("P-1")),
            }),
            Block::Form(Form {
                form: FormKind::Checkout,
                order: None,
            }),
            Block::Form(Form {
                form: FormKind::Prove,
                order: None,
            }),
            handover(HandoverState::Waiting),
            handover(HandoverState::Human),
            handover(HandoverState::Assistant),
            notice(NoticeKind::AiDisclosure),
            notice(NoticeKind::CardRemoved),
            notice(NoticeKind::CardPartsRemoved),
            notice(NoticeKind::PasswordRemoved),
            notice(NoticeKind::CodeRemoved),
            notice(NoticeKind::KeyRemoved),
            notice(NoticeKind::PersonRequested),
            notice(NoticeKind::PersonJoined),
            notice(NoticeKind::PersonLeft),
            notice(NoticeKind::AddressProved),
        ];
        for block in &blocks {
            let written = serde_json::to_value(block).unwrap();
            let described: BlockView = serde_json::from_value(written.clone()).unwrap();
            assert_eq!(serde_json::to_value(described).unwrap(), written);
            // A new kind of block is described before this compiles again.
            match block {
                Block::Text { .. }
                | Block::Source { .. }
                | Block::Link { .. }
                | Block::Choices { .. }
                | Block::Handover { .. }
                | Block::Products { .. }
                | Block::Product { .. }
                | Block::Comparison { .. }
                | Block::Order { .. }
                | Block::Cart { .. }
                | Block::Proposal(_)
                | Block::Outcome(_)
                | Block::Form(_)
                | Block::Notice { .. } => {}
            }
        }
    }
}
