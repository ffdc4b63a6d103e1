//! The sample shop with a customer for each script, in the rooms as the program wires them.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use anyhow::Context;
use commerce::document::{Element, Product};
use identity::Identity;
use journey::Journey;
use knowledge::Document;
use serde_json::json;
use shop::{Embedded, Import};
use sql::{SqlDatabase, Target};
use store::{Database, passages::PassageKind, shops::ShopRow};
use terms::{Clock, Rng, SessionId, ShopId};
use vault::Vault;

use super::script::Script;
use crate::wiring::Wiring;

/// Pieces of what is in stock.
const PLENTY: i64 = 1_000;

pub(crate) struct World {
    pub(crate) database: SqlDatabase,
    pub(crate) shop: ShopId,
    pub(crate) identity: Identity,
    pub(crate) journey: Journey,
    pub(crate) rng: Arc<dyn Rng>,
    embedded: Embedded,
    /// By the id of a variant: its product and what its line says.
    variants: BTreeMap<String, (Product, usize)>,
    _data: tempfile::TempDir,
}

impl World {
    pub(crate) async fn open(scripts: &[(String, Script)]) -> anyhow::Result<Self> {
        let data = tempfile::tempdir()?;
        let target = Target::Sqlite {
            file: data.path().join("parlour.db"),
        };
        let wiring = Wiring::open(&target, &data.path().join("keys")).await?;
        let journey = wiring.journey();
        let Wiring {
            clock,
            rng,
            database,
            vault,
            identity,
            embedded,
            ..
        } = wiring;
        let shop = ShopId::ordered(&*clock, &*rng);
        let mut world = Self {
            database,
            shop,
            identity,
            journey,
            rng,
            embedded,
            variants: BTreeMap::new(),
            _data: data,
        };
        world.fill(&vault, &*clock, scripts).await?;
        Ok(world)
    }

    async fn fill(
        &mut self,
        vault: &Vault,
        clock: &dyn Clock,
        scripts: &[(String, Script)],
    ) -> anyhow::Result<()> {
        let mut tx = self.database.begin().await?;
        let row = ShopRow {
            id: self.shop,
            handle: "eval".to_owned(),
            name: shop::sample::NAME.to_owned(),
            content_version: 0,
            created_at: clock.now(),
        };
        tx.insert_shop(&row).await?;
        vault.create_shop_key(&mut *tx, self.shop).await?;
        let (head, elements) = shop::sample::elements(1, clock.now());
        let begun = Import::begin(&self.embedded, &self.identity, &mut *tx, self.shop, &head);
        let mut import = begun.await?;
        let mut texts = Vec::new();
        for mut element in elements {
            // What is there is there for every script; what is sold out stays so.
            if let Element::Product(product) = &mut element {
                for variant in &mut product.variants {
                    variant.stock = variant.stock.map(|stock| stock.min(1) * PLENTY);
                }
            }
            match &element {
                // The customers of the scripts come in their place.
                Element::Customer(_) | Element::Order(_) => continue,
                Element::Product(product) => {
                    for (at, variant) in product.variants.iter().enumerate() {
                        self.variants
                            .insert(variant.id.clone(), (product.clone(), at));
                    }
                }
                Element::Policy(policy) => texts.push(Document {
                    kind: PassageKind::Policy,
                    id: policy.id.clone(),
                    title: policy.title.clone(),
                    text: policy.text.clone(),
                }),
                Element::Faq(faq) => texts.push(Document {
                    kind: PassageKind::Faq,
                    id: faq.id.clone(),
                    title: faq.question.clone(),
                    text: faq.answer.clone(),
                }),
                _ => {}
            }
            import.put(&mut *tx, element).await?;
        }
        for (number, (_, script)) in scripts.iter().enumerate() {
            if !script.customer {
                continue;
            }
            let customer = serde_json::from_value(customer(number, script))?;
            import
                .put(&mut *tx, Element::Customer(Box::new(customer)))
                .await?;
        }
        for (number, (_, script)) in scripts.iter().enumerate() {
            for at in 0..script.order.len() {
                let order = self.order(clock, number, script, at);
                let order = order.with_context(|| format!("script `{}`", script.name))?;
                let order = serde_json::from_value(order)?;
                import
                    .put(&mut *tx, Element::Order(Box::new(order)))
                    .await
                    .with_context(|| format!("script `{}`", script.name))?;
            }
        }
        knowledge::publish(&mut *tx, self.shop, &*self.rng, clock, &texts).await?;
        tx.commit().await?;
        Ok(())
    }

    fn order(
        &self,
        clock: &dyn Clock,
        number: usize,
        script: &Script,
        at: usize,
    ) -> anyhow::Result<serde_json::Value> {
        let order = script.order.get(at).context("no such order")?;
        let mut lines = Vec::new();
        let mut total = 0;
        for (line, (variant, quantity)) in order.lines.iter().enumerate() {
            let (product, kind) = self
                .variants
                .get(variant)
                .with_context(|| format!("there is no variant `{variant}`"))?;
            let kind = product.variants.get(*kind).context("no such variant")?;
            total += kind.price * quantity;
            lines.push(json!({
                "id": format!("L{}", line + 1), "product": product.id, "variant": variant,
                "title": product.title, "options": kind.options, "quantity": quantity,
                "unit_price": kind.price,
            }));
        }
        let ids: Vec<String> = (1..=lines.len()).map(|line| format!("L{line}")).collect();
        let sent = matches!(order.status.as_str(), "shipped" | "delivered");
        let tracking: Vec<&String> = order.tracking.iter().collect();
        let fulfilments = if sent {
            json!([{ "id": "F1", "tracking": tracking, "lines": ids }])
        } else {
            json!([])
        };
        let since = Duration::from_secs((order.days_ago * 24 + 1) * 3_600);
        let placed = clock.now().before(since);
        let mut value = json!({
            "id": order_number(number, at), "customer": customer_id(number),
            "placed_at": placed.to_string(), "status": order.status,
            "shipping_address": home(), "lines": lines, "fulfilments": fulfilments,
            "payments": [{ "id": "p", "kind": "payment", "method": order.paid_with, "amount": total }],
        });
        if order.status == "cancelled"
            && let Some(fields) = value.as_object_mut()
        {
            fields.insert("cancel_reason".to_owned(), json!("no_longer_needed"));
            fields.insert(
                "payments".to_owned(),
                json!([
                    { "id": "p", "kind": "payment", "method": order.paid_with, "amount": total },
                    { "id": "r", "kind": "refund", "method": order.paid_with, "amount": total },
                ]),
            );
        }
        Ok(value)
    }

    /// A session of the script's shopper.
    pub(crate) async fn session(
        &self,
        number: usize,
        script: &Script,
    ) -> anyhow::Result<SessionId> {
        let mut tx = self.database.begin().await?;
        let session = if script.customer {
            let shopper = self
                .embedded
                .shopper_by_own_id(&mut *tx, self.shop, &customer_id(number))
                .await?;
            let shopper = shopper.context("there is no such customer")?;
            self.identity
                .danger_open_session_as_operator(&mut *tx, self.shop, shopper)
                .await?
        } else {
            let opened = self.identity.open_guest(&mut *tx, self.shop).await?;
            opened.session
        };
        tx.commit().await?;
        Ok(session)
    }

    /// The line of an order that a variant stands in.
    pub(crate) fn line_of(script: &Script, label: &str, variant: &str) -> Option<String> {
        let order = script.order.iter().find(|order| order.label == label)?;
        let at = order.lines.iter().position(|(known, _)| known == variant)?;
        Some(format!("L{}", at + 1))
    }
}

pub(crate) fn customer_id(number: usize) -> String {
    format!("s{number:03}")
}

pub(crate) fn order_number(number: usize, at: usize) -> String {
    format!("A-{}", 10_000 + number * 10 + at)
}

fn home() -> serde_json::Value {
    json!({ "line1": "Lindenweg 4", "city": "Berlin", "postal_code": "12043", "country": "DE" })
}

fn customer(number: usize, script: &Script) -> serde_json::Value {
    let methods = script
        .methods
        .iter()
        .map(|method| match method.split_once(':') {
            Some((kind, balance)) => json!({
                "id": kind, "kind": kind, "balance": balance.parse::<i64>().unwrap_or(0),
            }),
            None if method == "card" => {
                json!({ "id": "card", "kind": "card", "brand": "Visa", "last4": "4242" })
            }
            None => json!({ "id": method, "kind": method }),
        });
    let methods: Vec<_> = methods.collect();
    let mut addresses = vec![home()];
    addresses.push(json!({
        "line1": "Hafenstraße 9", "city": "Hamburg", "postal_code": "20457", "country": "DE",
    }));
    for (at, address) in addresses.iter_mut().enumerate() {
        if let Some(fields) = address.as_object_mut() {
            fields.insert("id".to_owned(), json!(format!("a{at}")));
            if at == 0 {
                fields.insert("default".to_owned(), json!(true));
            }
        }
    }
    json!({
        "id": customer_id(number), "email": format!("{}@example.com", customer_id(number)),
        "given_name": "Alba", "family_name": "Shopper", "addresses": addresses,
        "payment_methods": methods,
    })
}
