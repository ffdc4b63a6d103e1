//! What a draft claims about the house is so, or is not said.
//!
//! A planner may be wrong or hostile. It cannot make up a source, put words into one, or tell the
//! shopper that a person is there.

use dialogue::{Draft, FoundOrder, FoundPassage, FoundProduct, ToolResult};
use guard::{
    CartCard, OrderCard, ProductCard,
    gate::{HandoverState, Part, Quote},
};
use store::conversations::ConversationState;
use terms::Untrusted;

/// The draft with its claims checked against what the tools answered in this turn and against who
/// answers now.
pub(crate) fn checked(draft: Draft, results: &[ToolResult], state: ConversationState) -> Draft {
    let parts = draft.parts.into_iter().filter_map(|part| match part {
        Part::Quote(quote) => Some(match found(&quote, results) {
            // INVARIANT: a quote is what the search found, whatever the planner wrote.
            Some(passage) => Part::Quote(Quote {
                text: Untrusted::new(passage.text.as_str().to_owned()),
                ..quote
            }),
            None => Part::Text(quote.text),
        }),
        Part::Handover(claimed) => {
            (claimed == who_answers(state)).then_some(Part::Handover(claimed))
        }
        // INVARIANT: a card is what the search found, whatever the planner wrote on it.
        Part::Products(cards) => {
            let cards = cards.into_iter();
            let found = cards.filter_map(|card| product(&card.id, results));
            Some(Part::Products(found.collect()))
        }
        Part::Product(sheet) => {
            let variant = sheet.variant.map(|variant| variant.id);
            let found = found_product(&sheet.card.id, results)?;
            Some(Part::Product(found.sheet(variant.as_deref())))
        }
        Part::Comparison(sheets) => {
            let sheets = sheets.into_iter();
            let found = sheets.filter_map(|sheet| found_product(&sheet.card.id, results));
            Some(Part::Comparison(found.map(|one| one.sheet(None)).collect()))
        }
        Part::Order(card) => order(&card.id, results).map(Part::Order),
        // INVARIANT: the cart shown is the cart as it is after all that was done to it in this turn.
        Part::Cart(_) => cart(results).map(Part::Cart),
        // Proposals are the platform's own: the loop adds those that were made.
        Part::Proposal(_) => None,
        Part::Form(_) | Part::Text(_) | Part::Choices(_) | Part::Link { .. } => Some(part),
    });
    Draft {
        parts: parts.collect(),
        unanswered: draft.unanswered,
    }
}

/// The passage that a quote names, as found last.
fn found<'a>(quote: &Quote, results: &'a [ToolResult]) -> Option<&'a FoundPassage> {
    let passages = results.iter().rev().flat_map(|result| match result {
        ToolResult::Policies(passages) => passages.as_slice(),
        _ => &[],
    });
    let mut named = passages.filter(|passage| {
        passage.kind == quote.kind && passage.id == quote.id && passage.title == quote.title
    });
    named.next()
}

fn product(id: &str, results: &[ToolResult]) -> Option<ProductCard> {
    found_product(id, results).map(FoundProduct::card)
}

/// The product of this id, as found last.
fn found_product<'a>(id: &str, results: &'a [ToolResult]) -> Option<&'a FoundProduct> {
    let products = results.iter().rev().flat_map(|result| match result {
        ToolResult::Products(products) => products.as_slice(),
        _ => &[],
    });
    let mut named = products.filter(|product| product.id == id);
    named.next()
}

/// Her cart, as a tool left it last.
fn cart(results: &[ToolResult]) -> Option<CartCard> {
    let mut carts = results.iter().rev().filter_map(|result| match result {
        ToolResult::Cart(Ok(cart)) => Some(cart.card()),
        _ => None,
    });
    carts.next()
}

/// Her order of this number, as found last.
fn order(id: &str, results: &[ToolResult]) -> Option<OrderCard> {
    let orders = results.iter().rev().flat_map(|result| match result {
        ToolResult::Orders(Some(orders)) => orders.as_slice(),
        _ => &[],
    });
    let mut named = orders.filter(|order| order.id == id);
    named.next().map(FoundOrder::card)
}

const fn who_answers(state: ConversationState) -> HandoverState {
    match state {
        ConversationState::Assistant => HandoverState::Assistant,
        ConversationState::Waiting => HandoverState::Waiting,
        ConversationState::Human => HandoverState::Human,
    }
}
