//! A reply in the making: each part of a draft becomes blocks, its texts cleared.

use super::{Block, Part, ProductCard, ProductSheet, Pseudonyms, Span, screened::without_secrets};
use crate::{
    blocks, cards,
    links::{LinkPolicy, Target, unlinked},
    markdown,
    view::View,
};

/// The longest text of a draft; what follows is cut.
pub(super) const DRAFT_MAX: usize = 20_000;
/// The longest label, title or quick reply.
const LABEL_MAX: usize = 200;

/// A reply in the making.
pub(super) struct Reply<'policy> {
    policy: &'policy LinkPolicy,
    pub(super) blocks: Vec<Block>,
    links: usize,
}

impl<'policy> Reply<'policy> {
    pub(super) const fn new(policy: &'policy LinkPolicy) -> Self {
        Self {
            policy,
            blocks: Vec::new(),
            links: 0,
        }
    }

    pub(super) fn text(&mut self, raw: &str, pseudonyms: Option<&Pseudonyms>) {
        let cut: String = raw.chars().take(DRAFT_MAX).collect();
        let clean = without_secrets(&View::of(&cut));
        let unlinked = unlinked(&clean, self.policy);
        let mut content = markdown::parse(&unlinked.text);
        // Values come back after links were taken out: a restored value is never part of a link.
        for spans in blocks::all_spans(&mut content) {
            for span in spans.iter_mut() {
                if let Some(pseudonyms) = pseudonyms {
                    span.text = View::of(&pseudonyms.restored(&span.text))
                        .clean()
                        .to_owned();
                }
            }
            mask_cards(spans);
        }
        if !content.is_empty() {
            self.blocks.push(Block::text(content));
        }
        for (words, target) in unlinked.links {
            self.link(&words, target);
        }
    }

    pub(super) fn link(&mut self, words: &str, target: Target) {
        self.links += 1;
        let label = Some(self.label(words)).filter(|label| !label.is_empty());
        self.blocks.push(Block::Link {
            id: format!("link_{}", self.links),
            label: label.unwrap_or_else(|| target.host.clone()),
            host: target.host,
            url: target.url,
        });
    }

    /// A card of the platform, its texts cleared.
    pub(super) fn card(&mut self, card: Part) {
        let label = |text: &str| self.label(text);
        let whole = |text: &str| self.whole(text);
        let block = match card {
            Part::Products(cards) => {
                let products = ProductCard::all_cleared(cards, &label);
                (!products.is_empty()).then_some(Block::Products { products })
            }
            Part::Product(sheet) => sheet
                .cleared(&label)
                .map(|product| Block::Product { product }),
            Part::Comparison(sheets) => {
                let products = ProductSheet::all_cleared(sheets, &label);
                (!products.is_empty()).then_some(Block::Comparison { products })
            }
            Part::Order(order) => Some(Block::Order {
                order: order.cleared(&label),
            }),
            Part::Cart(cart) => Some(Block::Cart {
                cart: cart.cleared(&label),
            }),
            Part::Proposal(proposal) => Some(Block::Proposal(proposal.cleared(&whole))),
            Part::Form(form) => Some(Block::Form(form.cleared(&label))),
            Part::Text(_)
            | Part::Quote(_)
            | Part::Choices(_)
            | Part::Link { .. }
            | Part::Handover(_) => None, // these are no cards
        };
        self.blocks.extend(block);
    }

    /// A short text on one line: no hidden characters, no card, no link, no line break.
    pub(super) fn label(&self, text: &str) -> String {
        let short: String = text.chars().take(LABEL_MAX).collect();
        self.whole(&short)
    }

    /// As a label, and nothing of it cut off.
    ///
    /// INVARIANT: what is confirmed is read to its end: the town may stand behind a long street.
    pub(super) fn whole(&self, text: &str) -> String {
        let plain = unlinked(&without_secrets(&View::of(text)), self.policy).text;
        plain.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Removes cards whose digits became neighbours only when markup was read and values came back.
fn mask_cards(spans: &mut Vec<Span>) {
    let words: String = spans.iter().map(|span| span.text.as_str()).collect();
    let view = View::of(&words);
    let found = cards::find(&view.folded);
    if found.is_empty() {
        return;
    }
    *spans = vec![Span::plain(without_secrets(&view))];
}
