//! A card in the shopper's language: the words differ, what is done does not.

use commerce::{
    proposals::{EffectLine, Outcome, Proposal},
    refusal::Refusal,
    tools::{Answer, CommerceError, Tool},
};
use identity::Scope;
use serde_json::{Value, json};
use terms::Language;

use crate::world::{Who, World, linden};

impl World {
    /// Calls a tool as a door does, but commits after a refusal too: it must have written nothing.
    pub(crate) async fn call_in(
        &self,
        language: Language,
        who: Who,
        tool: &str,
        args: Value,
    ) -> Result<Answer, Refusal> {
        let scope = Scope::new();
        let mut tx = self.begin().await;
        let proof = self.proof(&scope, &mut *tx, who).await;
        let tool = Tool::from_name(tool).unwrap();
        let called = self.commerce.call(&mut *tx, &proof, tool, args, language);
        let answer = match called.await {
            Ok(answer) => Ok(answer),
            Err(CommerceError::Refused(refusal)) => Err(refusal),
            Err(error) => panic!("{}: {error}", tool.as_str()),
        };
        tx.commit().await.unwrap();
        answer
    }

    async fn result_in(&self, language: Language, who: Who, tool: &str, args: Value) -> Value {
        match self.call_in(language, who, tool, args).await {
            Ok(Answer::Result(value)) => value,
            other => panic!("{tool}: {other:?}"),
        }
    }

    async fn propose_in(&self, language: Language, who: Who, tool: &str, args: Value) -> Proposal {
        match self.call_in(language, who, tool, args).await {
            Ok(Answer::Proposal(proposal)) => *proposal,
            other => panic!("{tool}: {other:?}"),
        }
    }
}

/// Everything that is proposed and confirmed, each on a world of its own.
fn deeds() -> Vec<(&'static str, Value)> {
    vec![
        ("checkout", json!({})),
        (
            "cancel_order",
            json!({ "order": "A-CUSHION", "reason": "no_longer_needed" }),
        ),
        (
            "change_order_address",
            json!({ "order": "A-CUSHION", "address": home() }),
        ),
        (
            "change_order_payment",
            json!({ "order": "A-CUSHION", "payment_method": "ada-paypal" }),
        ),
        (
            "change_order_items",
            json!({ "order": "A-CUSHION", "changes": [{ "line": "L1", "variant": "cushion-gold" }],
                "payment_method": "ada-visa" }),
        ),
        (
            "return_items",
            json!({ "order": "A-DELIVERED", "lines": ["L1"], "refund_to": "ada-visa" }),
        ),
        (
            "exchange_items",
            json!({ "order": "A-DELIVERED", "changes": [{ "line": "L1", "variant": "cushion-gold" }],
                "payment_method": "ada-visa" }),
        ),
        ("change_default_address", json!({ "address": home() })),
    ]
}

fn home() -> Value {
    json!({ "line1": "Quay 5", "city": "Hamburg", "postal_code": "20457", "country": "DE" })
}

async fn shop_with_tax() -> (World, Who) {
    let mut document = linden();
    document["tax"] = json!({ "rate": 1900, "included": false });
    let world = World::with(&document).await;
    let ada = world.customer("ada").await;
    let add = json!({ "variant": "cushion-blue", "quantity": 2 });
    world.result(ada, "add_to_cart", add).await;
    let code = json!({ "code": "TEN" });
    world.result(ada, "apply_discount", code).await;
    (world, ada)
}

/// Proposes and confirms in a language.
async fn done(language: Language, tool: &str, args: Value) -> (World, Who, Proposal, Outcome) {
    let (world, ada) = shop_with_tax().await;
    let proposal = world.propose_in(language, ada, tool, args).await;
    let outcome = world.accept(ada, &proposal).await;
    (world, ada, proposal, outcome)
}

async fn money(world: &World) -> Vec<String> {
    let orders = ["A-CUSHION", "A-DELIVERED"];
    [world.money(orders[0]).await, world.money(orders[1]).await].concat()
}

fn amounts(effect: &[EffectLine]) -> Vec<Option<i64>> {
    effect.iter().map(|line| line.amount).collect()
}

#[tokio::test]
async fn every_card_is_in_her_language_and_does_the_same() {
    for (tool, args) in deeds() {
        let (english_world, _, english, _) = done(Language::English, tool, args.clone()).await;
        let books = money(&english_world).await;
        for language in Language::ALL {
            if language == Language::English {
                continue;
            }
            let (world, _, proposal, outcome) = done(language, tool, args.clone()).await;
            let about = format!("{tool} in {language:?}: {proposal:?}");
            assert_ne!(proposal.title, english.title, "{about}");
            assert_eq!(
                amounts(&proposal.effect),
                amounts(&english.effect),
                "{about}"
            );
            assert_eq!(proposal.total, english.total, "{about}");
            // Goods and the shop's own delivery are called what the shop calls them.
            let alike: Vec<&str> = proposal
                .effect
                .iter()
                .filter(|line| english.effect.contains(line))
                .map(|line| line.text.as_str())
                .collect();
            let shops_own: &[&str] = match tool {
                "checkout" => &["2 × Linen cushion (blue)", "Standard"],
                _ => &[],
            };
            assert_eq!(alike, shops_own, "{about}");
            // What was done is told as it was shown, and the books say the same.
            assert_eq!(outcome.title, proposal.title);
            assert_eq!(outcome.effect, proposal.effect);
            assert_eq!(money(&world).await, books, "{about}");
            world.check().await;
        }
    }
}

/// The order's document is the shop's: it does not depend on who reads it.
#[tokio::test]
async fn an_order_is_kept_in_english_and_read_in_any_language() {
    let (world, ada, _, placed) = done(Language::German, "checkout", json!({})).await;
    let number = placed.order.clone().unwrap();
    world.pay(&placed, "4242").await;
    let read = async |language| {
        let args = json!({ "order": number });
        world.result_in(language, ada, "get_order", args).await
    };
    let titles = |order: &Value| -> Vec<String> {
        let adjustments = order["adjustments"].as_array().unwrap().iter();
        let titles = adjustments.map(|one| one["title"].as_str().unwrap().to_owned());
        titles.collect()
    };
    let kept = world.order(&number).await;
    assert_eq!(titles(&kept), ["Discount TEN", "Standard", "Tax"]);
    let english = read(Language::English).await;
    assert_eq!(titles(&english), titles(&kept));
    let german = read(Language::German).await;
    assert_eq!(titles(&german), ["Rabatt TEN", "Standard", "Steuer"]);
    let label = |order: &Value| {
        order["payments"][0]["method_label"]
            .as_str()
            .map(str::to_owned)
    };
    assert_ne!(label(&german), label(&english));
    assert_eq!(german["total"], english["total"]);
}

#[tokio::test]
async fn her_means_of_payment_are_called_what_she_calls_them() {
    let world = World::new().await;
    let ada = world.customer("ada").await;
    let labels = async |language| -> Vec<String> {
        let profile = world
            .result_in(language, ada, "get_profile", json!({}))
            .await;
        let methods = profile["payment_methods"].as_array().unwrap().iter();
        let labels = methods.map(|one| one["label"].as_str().unwrap().to_owned());
        labels.collect()
    };
    let polish = labels(Language::Polish).await;
    assert!(
        polish.contains(&"Visa z końcówką 1111".to_owned()),
        "{polish:?}"
    );
    assert!(polish.contains(&"PayPal".to_owned()), "{polish:?}");
    let dutch = labels(Language::Dutch).await;
    assert!(dutch.contains(&"Cadeaukaart".to_owned()), "{dutch:?}");
}
