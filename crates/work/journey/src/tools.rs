//! The tool loop: the planner asks, this room calls, the planner reads only redacted results.

use commerce::goods::GoodsWanted;
use dialogue::{
    Draft, FoundOrder, FoundPassage, FoundProduct, Intent, OrderStatus, State, Step, ToolResult,
    Wanted,
};
use guard::gate::{self, Choice, Part, Pseudonyms, QuoteKind, Redacted};
use identity::{Shopper, Verified, level::Guest};
use ledger::Actor;
use store::{Transaction, conversations::ConversationRow, passages::PassageKind};
use terms::Untrusted;

use crate::{Journey, JourneyError, claims};

/// Calls a planner may make in one turn; after that the built-in apology answers (a planner that
/// never replies must not hold the shopper, E09).
const MOST_CALLS: usize = 6;
const PASSAGES: usize = 4;

impl Journey {
    pub(crate) async fn plan(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, Guest>,
        conversation: &mut ConversationRow,
        mut state: State,
        message: &Redacted,
        pseudonyms: &mut Pseudonyms,
    ) -> Result<(State, Draft), JourneyError> {
        let mut results: Vec<ToolResult> = Vec::new();
        loop {
            let (next, step) = self.planner.step(state, message, &results);
            state = next;
            let intent = match step {
                Step::Reply(draft) => {
                    let draft = claims::checked(draft, &results, conversation.state);
                    return Ok((state, draft));
                }
                Step::Call(_) if results.len() >= MOST_CALLS => {
                    tracing::warn!(
                        planner.calls = results.len(),
                        "a planner did not come to an answer"
                    );
                    return Ok((state, no_answer()));
                }
                Step::Call(intent) => intent,
            };
            results.push(
                self.call(tx, proof, conversation, intent, pseudonyms)
                    .await?,
            );
        }
    }

    async fn call(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, Guest>,
        conversation: &mut ConversationRow,
        intent: Intent,
        pseudonyms: &mut Pseudonyms,
    ) -> Result<ToolResult, JourneyError> {
        Ok(match intent {
            Intent::SearchPolicies { query } => {
                let hits = self
                    .knowledge
                    .search(tx, proof.shop(), &query, PASSAGES)
                    .await?;
                let found = hits.into_iter().map(|hit| FoundPassage {
                    kind: quoted(hit.kind),
                    id: hit.source,
                    title: hit.title,
                    text: gate::tool_result(Untrusted::new(hit.text), pseudonyms),
                    score: hit.confidence,
                });
                ToolResult::Policies(found.collect())
            }
            Intent::SearchProducts(wanted) => {
                let found = self.commerce.goods(tx, proof.shop(), &wish(wanted)).await?;
                let mut shown =
                    |text: &str| gate::tool_result(Untrusted::new(text.to_owned()), pseudonyms);
                let found = found.iter().map(|product| FoundProduct {
                    id: product.id.clone(),
                    title: shown(&product.title),
                    category: product.category.as_deref().map(&mut shown),
                    currency: product.currency.as_str().to_owned(),
                    price: product.price,
                    from: product.from,
                    variants: product.variants,
                    in_stock: product.in_stock,
                });
                ToolResult::Products(found.collect())
            }
            Intent::Orders { number } => {
                let found = self
                    .commerce
                    .orders_told(tx, proof, number.as_deref())
                    .await?;
                let mut shown =
                    |text: &str| gate::tool_result(Untrusted::new(text.to_owned()), pseudonyms);
                let found = found.map(|orders| {
                    let orders = orders.into_iter().map(|order| FoundOrder {
                        titles: order.titles.iter().map(|title| shown(title)).collect(),
                        status: status(order.status),
                        servicing: order
                            .servicing
                            .map(|servicing| servicing.as_str().to_owned()),
                        id: order.id,
                        paid: order.paid,
                        total: order.total,
                        currency: order.currency.as_str().to_owned(),
                        tracking: order.tracking,
                        placed_at: order.placed_at,
                    });
                    orders.collect()
                });
                ToolResult::Orders(found)
            }
            Intent::RequestPerson { reason } => {
                let asked = self
                    .inbox
                    .request_person(tx, conversation, Actor::Assistant, reason.as_str())
                    .await?;
                ToolResult::PersonRequested { already: !asked }
            }
        })
    }
}

const fn status(status: commerce::document::OrderStatus) -> OrderStatus {
    use commerce::document::OrderStatus as Stored;
    match status {
        Stored::Pending => OrderStatus::Pending,
        Stored::Processed => OrderStatus::Processed,
        Stored::Shipped => OrderStatus::Shipped,
        Stored::Delivered => OrderStatus::Delivered,
        Stored::Cancelled => OrderStatus::Cancelled,
    }
}

fn wish(wanted: Wanted) -> GoodsWanted {
    GoodsWanted {
        words: wanted.words,
        at_least: wanted.at_least,
        at_most: wanted.at_most,
        in_stock: wanted.in_stock,
    }
}

const fn quoted(kind: PassageKind) -> QuoteKind {
    match kind {
        PassageKind::Policy => QuoteKind::Policy,
        PassageKind::Faq => QuoteKind::Faq,
    }
}

/// What is said when the planner came to no answer.
fn no_answer() -> Draft {
    let text = "I could not find an answer to that. A person can help you with it.";
    let ask = Choice {
        label: "Talk to a person".to_owned(),
        text: "I would like to talk to a person".to_owned(),
    };
    Draft {
        parts: vec![
            Part::Text(Untrusted::new(text.to_owned())),
            Part::Choices(vec![ask]),
        ],
    }
}
