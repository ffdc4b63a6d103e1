//! What a reply is made of: the parts an author hands in, and the blocks a screen gets.

use core::fmt;

use serde::{Deserialize, Serialize};
use terms::Untrusted;

use crate::chat_cards::{
    CartCard, Form, OrderCard, OutcomeCard, ProductCard, ProductSheet, ProposalCard,
};

/// A part of the assistant's draft. Its texts are untrusted: `gate::outbound` checks each.
pub enum Part {
    /// Words in the small Markdown subset.
    Text(Untrusted<String>),
    /// A passage, word for word, with where it comes from.
    Quote(Quote),
    /// Quick replies.
    Choices(Vec<Choice>),
    /// A link; dropped to text when its host is not allowed.
    Link {
        label: String,
        url: String,
    },
    Handover(HandoverState),
    /// Products of the catalogue, best first.
    Products(Vec<ProductCard>),
    /// One product, with what it comes in.
    Product(ProductSheet),
    /// Products side by side.
    Comparison(Vec<ProductSheet>),
    /// An order of the shopper's own.
    Order(OrderCard),
    /// What lies in her cart.
    Cart(CartCard),
    /// What would be done, for her to confirm.
    Proposal(ProposalCard),
    /// A form that she fills in herself, since it takes more than a sentence.
    Form(Form),
}

/// A passage of the shop's own words.
pub struct Quote {
    pub kind: QuoteKind,
    /// The shop's own id of the document, such as `returns`.
    pub id: String,
    pub title: String,
    pub text: Untrusted<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuoteKind {
    Policy,
    Faq,
    /// A page that staff wrote or imported.
    Page,
    /// What the catalogue says of a product.
    Product,
}

/// A quick reply: what the button says, and what it sends.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub label: String,
    pub text: String,
}

/// Who answers from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandoverState {
    Waiting,
    Human,
    Assistant,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    AiDisclosure,
    CardRemoved,
    CardPartsRemoved,
    PasswordRemoved,
    CodeRemoved,
    KeyRemoved,
    NotActedOn,
    PersonRequested,
    PersonJoined,
    PersonLeft,
    AddressProved,
}

/// One block of a reply, as the outside sees it. Plain data: every screen makes its own elements
/// from it and puts the texts in as text.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Block {
    Text {
        /// The same words without markup.
        text: String,
        content: Vec<Content>,
    },
    Source {
        kind: QuoteKind,
        id: String,
        title: String,
    },
    Link {
        /// Unique in its reply.
        id: String,
        label: String,
        host: String,
        url: String,
    },
    Choices {
        choices: Vec<Choice>,
    },
    Handover {
        state: HandoverState,
    },
    Notice {
        kind: NoticeKind,
    },
    Products {
        products: Vec<ProductCard>,
    },
    Product {
        product: ProductSheet,
    },
    Comparison {
        products: Vec<ProductSheet>,
    },
    Order {
        order: OrderCard,
    },
    Cart {
        cart: CartCard,
    },
    Proposal(ProposalCard),
    Outcome(OutcomeCard),
    Form(Form),
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Content {
    Paragraph {
        spans: Vec<Span>,
    },
    List {
        ordered: bool,
        items: Vec<Vec<Span>>,
    },
}

/// A stretch of text of one weight. May hold newlines.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    pub text: String,
    #[serde(default, skip_serializing_if = "is_false")]
    pub bold: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub emphasis: bool,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes the field by reference"
)]
fn is_false(value: &bool) -> bool {
    !*value
}

impl Span {
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            bold: false,
            emphasis: false,
        }
    }
}

impl Block {
    /// A text block of paragraphs without markup, one for each line that is not empty.
    pub(crate) fn plain(text: &str) -> Self {
        let content = text
            .lines()
            .map(str::trim_end)
            .filter(|line| !line.is_empty())
            .map(|line| Content::Paragraph {
                spans: vec![Span::plain(line)],
            })
            .collect();
        Self::Text {
            text: text.trim().to_owned(),
            content,
        }
    }

    pub(crate) fn text(content: Vec<Content>) -> Self {
        Self::Text {
            text: plain_text(&content),
            content,
        }
    }
}

/// The words of a content, without markup.
pub(crate) fn plain_text(content: &[Content]) -> String {
    let words = |spans: &[Span]| {
        spans
            .iter()
            .map(|span| span.text.as_str())
            .collect::<String>()
    };
    let parts: Vec<String> = content
        .iter()
        .map(|content| match content {
            Content::Paragraph { spans } => words(spans),
            Content::List { ordered, items } => {
                let lines: Vec<String> = items
                    .iter()
                    .enumerate()
                    .map(|(index, item)| {
                        if *ordered {
                            format!("{}. {}", index + 1, words(item))
                        } else {
                            format!("- {}", words(item))
                        }
                    })
                    .collect();
                lines.join("\n")
            }
        })
        .collect();
    parts.join("\n\n")
}

/// Every line of spans in a content.
pub(crate) fn all_spans(content: &mut [Content]) -> impl Iterator<Item = &mut Vec<Span>> {
    content.iter_mut().flat_map(|content| match content {
        Content::Paragraph { spans } => core::slice::from_mut(spans).iter_mut(),
        Content::List { items, .. } => items.iter_mut(),
    })
}

// INVARIANT: a part of a conversation shows its kind and the lengths of its texts, never a word:
// what is written to a log or stands in a refusal says nothing about anybody.

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(_) => f.write_str("Text"),
            Self::Quote(quote) => quote.fmt(f),
            Self::Choices(choices) => write!(f, "Choices{choices:?}"),
            Self::Link { label, url } => write!(f, "Link({}, {})", label.len(), url.len()),
            Self::Handover(state) => write!(f, "Handover({state:?})"),
            Self::Products(products) => write!(f, "Products{products:?}"),
            Self::Product(product) => product.fmt(f),
            Self::Comparison(products) => write!(f, "Comparison{products:?}"),
            Self::Order(order) => order.fmt(f),
            Self::Cart(cart) => cart.fmt(f),
            Self::Proposal(proposal) => proposal.fmt(f),
            Self::Form(form) => form.fmt(f),
        }
    }
}

impl fmt::Debug for Quote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Quote({:?}, {}, {})",
            self.kind,
            self.id.len(),
            self.title.len()
        )
    }
}

impl fmt::Debug for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Choice({}, {})", self.label.len(), self.text.len())
    }
}

impl fmt::Debug for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text { text, content } => write!(f, "Text({}, {content:?})", text.len()),
            Self::Source { kind, id, title } => {
                write!(f, "Source({kind:?}, {}, {})", id.len(), title.len())
            }
            Self::Link {
                label, host, url, ..
            } => write!(f, "Link({}, {}, {})", label.len(), host.len(), url.len()),
            Self::Choices { choices } => write!(f, "Choices{choices:?}"),
            Self::Handover { state } => write!(f, "Handover({state:?})"),
            Self::Notice { kind } => write!(f, "Notice({kind:?})"),
            Self::Products { products } => write!(f, "Products{products:?}"),
            Self::Product { product } => product.fmt(f),
            Self::Comparison { products } => write!(f, "Comparison{products:?}"),
            Self::Order { order } => order.fmt(f),
            Self::Cart { cart } => cart.fmt(f),
            Self::Proposal(proposal) => proposal.fmt(f),
            Self::Outcome(outcome) => outcome.fmt(f),
            Self::Form(form) => form.fmt(f),
        }
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Paragraph { spans } => write!(f, "Paragraph{spans:?}"),
            Self::List { ordered, items } => {
                let kind = if *ordered { "Ordered" } else { "Unordered" };
                write!(f, "{kind}{items:?}")
            }
        }
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bold = if self.bold { "bold, " } else { "" };
        let emphasis = if self.emphasis { "emphasis, " } else { "" };
        write!(f, "Span({bold}{emphasis}{})", self.text.len())
    }
}
