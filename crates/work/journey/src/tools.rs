//! The tool loop: the planner asks, this room calls, the planner reads only redacted results.

use commerce::{
    cart::CartTold,
    goods::GoodsWanted,
    port::ShopError,
    proposals::{EffectLine, Occasion, Proposal},
    refusal::Code,
    tools::{CommerceError, Tool},
};
use dialogue::{
    Deed, Destination, Intent, LookUp, Numbers, Refused, Step, Swap, ToolResult, Wanted,
    written_address,
};
use guard::{
    EffectCard, ProposalCard,
    gate::{self, Choice, Cuts, Part, Pseudonyms, Redacted},
};
use identity::{Shopper, Verified, level::Guest};
use knowledge::Audience;
use ledger::Actor;
use serde_json::{Value, json};
use store::{Snapshot, Transaction, conversations::ConversationRow};
use terms::{Language, ShopId, Untrusted};

use crate::{
    Journey, JourneyError, claims, context::Context, friction::MayAct, known, pictures, told::Told,
};

/// Calls a planner may make in one turn; after that the built-in apology answers (a planner that
/// never replies must not hold the shopper, E09).
const MOST_CALLS: usize = 40;
/// Changes that one turn may propose.
const MOST_PROPOSALS: usize = 2;
const PASSAGES: usize = 4;

/// What a turn of the planner answers.
pub(crate) struct Heard<'a> {
    pub(crate) message: &'a Redacted,
    pub(crate) language: Language,
    /// `None` where nothing is done about it, whatever the planner wants.
    pub(crate) may_act: Option<&'a MayAct>,
}

/// What a turn of the planner came to.
pub(crate) struct Planned {
    pub(crate) parts: Vec<Part>,
    /// Whether a question was asked and nothing answers it.
    pub(crate) unanswered: bool,
    /// Whether the platform has to say that a machine answers.
    pub(crate) must_disclose: bool,
    /// Whether the planner wanted to act on a message that nothing is done about.
    pub(crate) withheld: bool,
}

impl Journey {
    /// Lets the planner come to an answer. Cards that are to be confirmed are written in the language of
    /// the message's reader.
    pub(crate) async fn plan(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, Guest>,
        conversation: &mut ConversationRow,
        Context { state, pseudonyms }: &mut Context,
        heard: Heard<'_>,
    ) -> Result<Planned, JourneyError> {
        let Heard {
            message,
            language,
            may_act,
        } = heard;
        let mut withheld = false;
        let mut results: Vec<ToolResult> = Vec::new();
        // INVARIANT: what was proposed is shown, as the platform has it, whatever the planner says.
        let mut proposals: Vec<ProposalCard> = Vec::new();
        loop {
            let (next, step) = self.planner.step(core::mem::take(state), message, &results);
            *state = next;
            let intent = match step {
                Step::Reply(draft) => {
                    let draft = claims::checked(draft, &results, conversation.state);
                    let said = gate::checked(
                        draft.parts,
                        &known::in_this_turn(&results, message),
                        pseudonyms,
                    );
                    report(conversation, &said.cuts);
                    let nothing_left = said.parts.is_empty() && !said.cuts.is_empty();
                    let parts = if nothing_left {
                        no_answer()
                    } else {
                        said.parts
                    };
                    let parts = pictures::pictured(tx, proof.shop(), parts, &results).await?;
                    let parts = with_proposals(parts, proposals);
                    return Ok(Planned {
                        parts,
                        unanswered: draft.unanswered || nothing_left,
                        must_disclose: said.must_disclose,
                        withheld,
                    });
                }
                Step::Call(_) if results.len() >= MOST_CALLS => {
                    tracing::warn!(
                        planner.calls = results.len(),
                        "a planner did not come to an answer"
                    );
                    let parts = with_proposals(no_answer(), proposals);
                    return Ok(Planned {
                        parts,
                        unanswered: true,
                        must_disclose: false,
                        withheld,
                    });
                }
                Step::Call(intent) => intent,
            };
            let result = match intent {
                Intent::Propose(_) if proposals.len() >= MOST_PROPOSALS => {
                    ToolResult::Proposed(Err(Refused::OverLimit))
                }
                Intent::Propose(deed) => {
                    let occasion = Occasion {
                        conversation: Some(conversation.id),
                        language,
                    };
                    let deed = with_values(deed, pseudonyms);
                    let proposed = match may_act {
                        Some(may_act) => self.propose(tx, proof, occasion, deed, may_act).await?,
                        None => Err(Refused::Withheld),
                    };
                    ToolResult::Proposed(proposed.map(|card| proposals.push(card)))
                }
                intent => {
                    self.call(tx, proof, conversation, intent, pseudonyms, may_act)
                        .await?
                }
            };
            withheld |= matches!(
                result,
                ToolResult::Proposed(Err(Refused::Withheld))
                    | ToolResult::Cart(Err(Refused::Withheld))
            );
            results.push(result);
        }
    }

    /// Reads something of what the shop publishes.
    pub(crate) async fn looked_up(
        &self,
        read: &mut dyn Snapshot,
        shop: ShopId,
        what: LookUp,
        pseudonyms: &mut Pseudonyms,
    ) -> Result<ToolResult, JourneyError> {
        let mut told = Told(pseudonyms);
        Ok(match what {
            LookUp::Policies { query } => {
                let everyone = Audience::Everyone;
                let search = self
                    .knowledge
                    .search(read, shop, everyone, &query, PASSAGES);
                told.policies(&search.await?)
            }
            LookUp::Descriptions { query, product } => {
                let catalogue = self.catalogue(read, shop).await?;
                told.policies(&catalogue.about(product.as_deref(), &query, PASSAGES))
            }
            LookUp::Products(wanted) => {
                let found = self.commerce.goods(read, shop, &wish(wanted)).await?;
                told.products(&found)
            }
            LookUp::Product { id } => {
                let found = self.commerce.good(read, shop, &id).await?;
                told.products(found.as_slice())
            }
            LookUp::Categories => told.categories(&self.commerce.categories(read, shop).await?),
        })
    }

    async fn call(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, Guest>,
        conversation: &mut ConversationRow,
        intent: Intent,
        pseudonyms: &mut Pseudonyms,
        may_act: Option<&MayAct>,
    ) -> Result<ToolResult, JourneyError> {
        let mut told = Told(pseudonyms);
        let edit = |tool: Tool, args: Value| (tool, args);
        let (tool, args) = match intent {
            Intent::LookUp(what) => {
                return self.looked_up(tx, proof.shop(), what, told.0).await;
            }
            Intent::Orders { number } => {
                let found = self
                    .commerce
                    .orders_told(tx, proof, number.as_deref())
                    .await?;
                return Ok(told.orders(found));
            }
            Intent::Profile { language } => {
                let found = self.commerce.profile_told(tx, proof, language).await?;
                return Ok(told.profile(found));
            }
            Intent::RequestPerson { reason } => {
                let asked = self
                    .inbox
                    .request_person(tx, conversation, Actor::Assistant, reason.as_str())
                    .await?;
                return Ok(ToolResult::PersonRequested { already: !asked });
            }
            // It is proposed by the loop, which keeps the card.
            Intent::Propose(_) => return Ok(ToolResult::Proposed(Err(Refused::Other))),
            Intent::Cart => {
                let cart = self.commerce.cart_told(tx, proof).await;
                return Ok(ToolResult::Cart(
                    answered(cart)?.map(|cart| told.cart(&cart)),
                ));
            }
            Intent::AddToCart { variant, quantity } => edit(
                Tool::AddToCart,
                json!({ "variant": variant, "quantity": quantity }),
            ),
            Intent::UpdateCartLine { line, quantity } => edit(
                Tool::UpdateCartLine,
                json!({ "line": line, "quantity": quantity }),
            ),
            Intent::RemoveFromCart { line } => edit(Tool::RemoveFromCart, json!({ "line": line })),
            Intent::ApplyDiscount { code } => edit(Tool::ApplyDiscount, json!({ "code": code })),
        };
        let cart = match may_act {
            Some(may_act) => self.edit(tx, proof, tool, args, may_act).await?,
            None => Err(Refused::Withheld),
        };
        Ok(ToolResult::Cart(cart.map(|cart| told.cart(&cart))))
    }

    async fn edit(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, Guest>,
        tool: Tool,
        args: Value,
        _: &MayAct,
    ) -> Result<Result<CartTold, Refused>, JourneyError> {
        answered(self.commerce.cart_edited(tx, proof, tool, args).await)
    }

    /// Works out what a deed would do, and keeps it to be confirmed. What is written of an address, or
    /// named of her own, is filled in here: the planner knows it by its id.
    async fn propose(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, Guest>,
        occasion: Occasion,
        deed: Deed,
        _: &MayAct,
    ) -> Result<Result<ProposalCard, Refused>, JourneyError> {
        let (tool, args) = match deed {
            Deed::Checkout {
                shipping_option,
                to,
            } => {
                let mut args = json!({ "shipping_option": shipping_option });
                if let Some(to) = to {
                    let Some(address) = self.address_of(tx, proof, to).await? else {
                        return Ok(Err(Refused::Other));
                    };
                    if let Value::Object(fields) = &mut args {
                        fields.insert("shipping_address".to_owned(), address);
                    }
                }
                (Tool::Checkout, args)
            }
            Deed::Cancel { order, reason } => (
                Tool::CancelOrder,
                json!({ "order": order, "reason": reason }),
            ),
            Deed::ChangeAddress { order, to } => {
                let Some(address) = self.address_of(tx, proof, to).await? else {
                    return Ok(Err(Refused::Other));
                };
                let args = json!({ "order": order, "address": address });
                (Tool::ChangeOrderAddress, args)
            }
            Deed::ChangeDefaultAddress { to } => {
                let Some(address) = self.address_of(tx, proof, to).await? else {
                    return Ok(Err(Refused::Other));
                };
                (Tool::ChangeDefaultAddress, json!({ "address": address }))
            }
            Deed::ChangePayment { order, method } => (
                Tool::ChangeOrderPayment,
                json!({ "order": order, "payment_method": method }),
            ),
            Deed::ChangeItems {
                order,
                changes,
                method,
            } => (
                Tool::ChangeOrderItems,
                json!({ "order": order, "changes": swaps(&changes), "payment_method": method }),
            ),
            Deed::Exchange {
                order,
                changes,
                method,
            } => (
                Tool::ExchangeItems,
                json!({ "order": order, "changes": swaps(&changes), "payment_method": method }),
            ),
            Deed::Return {
                order,
                lines,
                refund_to,
            } => (
                Tool::ReturnItems,
                json!({ "order": order, "lines": lines, "refund_to": refund_to }),
            ),
        };
        let proposed = self.commerce.propose(tx, proof, tool, args, occasion).await;
        Ok(answered(proposed)?.map(card))
    }

    async fn address_of(
        &self,
        tx: &mut dyn Transaction,
        proof: &Verified<'_, Shopper, Guest>,
        to: Destination,
    ) -> Result<Option<Value>, JourneyError> {
        // Of an address nothing is told in words.
        let language = Language::default();
        let Some(profile) = self.commerce.profile_told(tx, proof, language).await? else {
            return Ok(None);
        };
        Ok(match to {
            Destination::Saved(id) => {
                let saved = profile.addresses.iter().find(|saved| saved.id == id);
                saved.map(|saved| json!(saved.address))
            }
            // No whole address: one of hers that she named by its street, or none at all.
            Destination::Told(words) | Destination::Corrected { words, .. } => {
                let words = street(&words);
                let mut named = profile
                    .addresses
                    .iter()
                    .filter(|saved| words.contains(&street(&saved.address.line1)));
                match (named.next(), named.next()) {
                    (Some(saved), None) => Some(json!(saved.address)),
                    _ => None,
                }
            }
            Destination::Written(written) => {
                let home = profile.addresses.first();
                let country = written
                    .country
                    .or_else(|| home.map(|home| home.address.country.clone()));
                country.map(|country| {
                    json!({
                        "line1": written.line1, "postal_code": written.postal_code,
                        "city": written.city, "country": country,
                    })
                })
            }
        })
    }
}

/// The deed with an address that was told in placeholders as the shopper wrote it.
///
/// INVARIANT: values are put back here, on the way to a tool that acts for her, and in her own reply;
/// a planner never has them.
fn with_values(mut deed: Deed, pseudonyms: &Pseudonyms) -> Deed {
    let to = match &mut deed {
        Deed::Checkout { to, .. } => to.as_mut(),
        Deed::ChangeAddress { to, .. } | Deed::ChangeDefaultAddress { to } => Some(to),
        Deed::Cancel { .. }
        | Deed::ChangePayment { .. }
        | Deed::ChangeItems { .. }
        | Deed::Return { .. }
        | Deed::Exchange { .. } => None,
    };
    if let Some(to) = to {
        let numbers = match to {
            Destination::Corrected { numbers, .. } => core::mem::take(numbers),
            _ => Numbers::default(),
        };
        if let Destination::Told(words) | Destination::Corrected { words, .. } = to {
            let words = gate::argument(words, pseudonyms).as_str().to_owned();
            *to = match written_address(&words) {
                Some(written) => Destination::Written(written.corrected(&numbers)),
                None => Destination::Told(words),
            };
        }
    }
    deed
}

/// A street as it is compared: "Hafenstraße 9", "hafenstrasse 9" and "Hafenstr. 9" are one.
fn street(words: &str) -> String {
    let words = words.to_lowercase().replace('ß', "ss");
    words.replace("strasse", "str").replace("str.", "str")
}

fn swaps(changes: &[Swap]) -> Value {
    let changes = changes.iter();
    let changes = changes.map(|swap| json!({ "line": swap.line, "variant": swap.variant }));
    Value::Array(changes.collect())
}

/// A refusal is an answer; what is broken ends the turn.
fn answered<T>(result: Result<T, CommerceError>) -> Result<Result<T, Refused>, JourneyError> {
    match result {
        Ok(answer) => Ok(Ok(answer)),
        Err(CommerceError::Refused(refusal)) => Ok(Err(refused(refusal.code))),
        // A shop that answers questions and sells nothing here.
        Err(CommerceError::Shop(ShopError::NoTerms)) => Ok(Err(Refused::Other)),
        Err(error) => Err(error.into()),
    }
}

const fn refused(code: Code) -> Refused {
    match code {
        Code::NeedsLevel => Refused::NeedsLevel,
        Code::NotPending => Refused::NotPending,
        Code::NotDelivered => Refused::NotDelivered,
        Code::AlreadyChanged => Refused::AlreadyChanged,
        Code::Unavailable => Refused::Unavailable,
        Code::OutOfStock => Refused::OutOfStock,
        Code::SameItem => Refused::SameItem,
        Code::SameMethod => Refused::SameMethod,
        Code::MethodNotAllowed => Refused::MethodNotAllowed,
        Code::GiftCardTooSmall => Refused::GiftCardTooSmall,
        Code::DiscountInvalid => Refused::DiscountInvalid,
        Code::OverLimit => Refused::OverLimit,
        Code::EmptyList => Refused::EmptyList,
        _ => Refused::Other,
    }
}

fn card(proposal: Proposal) -> ProposalCard {
    ProposalCard {
        id: proposal.id.to_string(),
        tool: proposal.tool.as_str().to_owned(),
        title: proposal.title,
        effect: effect(proposal.effect),
        total: proposal.total,
        currency: proposal.currency.as_str().to_owned(),
        level: proposal.level.as_str().to_owned(),
        expires_at: proposal.expires_at.to_string(),
    }
}

pub(crate) fn effect(lines: Vec<EffectLine>) -> Vec<EffectCard> {
    let lines = lines.into_iter();
    let lines = lines.map(|line| EffectCard {
        text: line.text,
        amount: line.amount,
    });
    lines.collect()
}

/// The cards stand after the words and before the quick replies.
fn with_proposals(parts: Vec<Part>, proposals: Vec<ProposalCard>) -> Vec<Part> {
    let (choices, mut parts): (Vec<Part>, Vec<Part>) = parts
        .into_iter()
        .partition(|part| matches!(part, Part::Choices(_)));
    parts.extend(proposals.into_iter().map(Part::Proposal));
    parts.extend(choices);
    parts
}

fn wish(wanted: Wanted) -> GoodsWanted {
    GoodsWanted {
        words: wanted.words,
        at_least: wanted.at_least,
        at_most: wanted.at_most,
        in_stock: wanted.in_stock,
    }
}

/// What was cut is told in numbers: a log holds no word of a conversation.
fn report(conversation: &ConversationRow, cuts: &Cuts) {
    if !cuts.is_empty() {
        tracing::warn!(
            conversation.id = %conversation.id,
            draft.cut = cuts.total(),
            draft.cut_for = %cuts,
            "a draft stated what no tool had answered: its sentences were cut"
        );
    }
}

/// What is said when the planner came to no answer.
fn no_answer() -> Vec<Part> {
    let text = "I could not find an answer to that. A person can help you with it.";
    let ask = Choice {
        label: "Talk to a person".to_owned(),
        text: "I would like to talk to a person".to_owned(),
    };
    vec![
        Part::Text(Untrusted::new(text.to_owned())),
        Part::Choices(vec![ask]),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(words: &str) -> Deed {
        Deed::ChangeDefaultAddress {
            to: Destination::Told(words.to_owned()),
        }
    }

    #[test]
    fn a_tool_gets_what_this_conversation_was_told_and_nothing_else() {
        let known =
            Pseudonyms::from_bytes(br#"{"ADDRESS":["Gartenweg 5, 10115 Berlin"]}"#).unwrap();
        let deed = with_values(told("it is [ADDRESS_1], thanks"), &known);
        let Deed::ChangeDefaultAddress {
            to: Destination::Written(written),
        } = deed
        else {
            panic!("an address is there: {deed:?}");
        };
        assert_eq!(
            [written.line1, written.postal_code, written.city],
            ["Gartenweg 5", "10115", "Berlin"]
        );
        // A number that she corrected takes the place of the one in words the planner never had.
        let corrected = Deed::ChangeDefaultAddress {
            to: Destination::Corrected {
                words: "it is [ADDRESS_1], thanks".to_owned(),
                numbers: Numbers {
                    house: Some("55".to_owned()),
                    postal_code: Some("10117".to_owned()),
                },
            },
        };
        let Deed::ChangeDefaultAddress {
            to: Destination::Written(written),
        } = with_values(corrected, &known)
        else {
            panic!("an address is there");
        };
        assert_eq!(
            [written.line1, written.postal_code, written.city],
            ["Gartenweg 55", "10117", "Berlin"]
        );
        // A placeholder that this conversation never issued stands for nothing, whoever writes it.
        for (words, pseudonyms) in [
            ("it is [ADDRESS_2], thanks", &known),
            ("it is [ADDRESS_1], thanks", &Pseudonyms::default()),
        ] {
            assert_eq!(with_values(told(words), pseudonyms), told(words));
        }
    }
}
