//! The shop as it is configured: made at the first start, brought up to date at every one.

use std::path::Path;

use anyhow::Context;
use commerce::document::Element;
use knowledge::Document;
use serde::Deserialize;
use store::{
    Database, StoreError,
    passages::PassageKind,
    shops::{HostKind, ShopHostRow, ShopRow},
};
use terms::ShopId;
use web::addresses::Origin;

use crate::{config::Shop, installation::Installation};

/// Brings the shop in line with its configuration, texts included.
pub(crate) async fn apply(
    installation: &Installation,
    data: &Path,
    shop: &Shop,
) -> anyhow::Result<ShopId> {
    let id = ensure_shop(installation, shop).await?;
    if !shop.content.as_os_str().is_empty() {
        let path = data.join(&shop.content);
        let text = files::text::read(&path)?;
        publish(
            installation,
            id,
            &documents(&text, &path.display().to_string())?,
        )
        .await?;
    }
    Ok(id)
}

/// Makes the shop if it is not there, and brings its name and hosts up to date.
pub(crate) async fn ensure_shop(
    installation: &Installation,
    shop: &Shop,
) -> anyhow::Result<ShopId> {
    let mut tries = 1;
    loop {
        match try_to_ensure(installation, shop).await {
            // Another node that starts at the same time made it a moment ago.
            Err(error) if is_conflict(&error) && tries < 3 => tries += 1,
            ensured => return ensured,
        }
    }
}

fn is_conflict(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(StoreError::Conflict { .. }))
}

async fn try_to_ensure(installation: &Installation, shop: &Shop) -> anyhow::Result<ShopId> {
    let mut tx = installation.database.begin().await?;
    let id = match tx.shop_by_handle(&shop.handle).await? {
        Some(known) => {
            if known.name != shop.name {
                tx.rename_shop(known.id, &shop.name).await?;
            }
            known.id
        }
        None => {
            let row = ShopRow {
                id: ShopId::ordered(&*installation.clock, &*installation.rng),
                handle: shop.handle.clone(),
                name: shop.name.clone(),
                content_version: 0,
                created_at: installation.clock.now(),
            };
            tx.insert_shop(&row).await?;
            installation.vault.create_shop_key(&mut *tx, row.id).await?;
            row.id
        }
    };
    let host = |kind, value| ShopHostRow {
        shop: id,
        kind,
        value,
    };
    let mut hosts = Vec::new();
    for origin in &shop.origins {
        // Browsers send origins in their canonical form, and they are compared as exact texts.
        hosts.push(host(HostKind::Frame, origin.parse::<Origin>()?.to_string()));
    }
    hosts.extend(
        shop.link_hosts
            .iter()
            .map(|value| host(HostKind::Link, value.clone())),
    );
    tx.replace_shop_hosts(id, &hosts).await?;
    tx.commit().await?;
    Ok(id)
}

/// Policies and questions, in the shape of a `parlour-shop/1` document.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Texts {
    #[serde(default)]
    policies: Vec<Policy>,
    #[serde(default)]
    faqs: Vec<Faq>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Policy {
    id: String,
    title: String,
    text: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Faq {
    id: String,
    question: String,
    answer: String,
}

/// Reads the texts an assistant answers from; an error names line, column and field.
pub(crate) fn documents(json: &str, file: &str) -> anyhow::Result<Vec<Document>> {
    let texts: Texts = serde_json::from_str(json).with_context(|| {
        format!("`{file}` must hold `policies` (id, title, text) and `faqs` (id, question, answer)")
    })?;
    let policies = texts.policies.into_iter().map(|policy| Document {
        kind: PassageKind::Policy,
        id: policy.id,
        title: policy.title,
        text: policy.text,
    });
    let faqs = texts.faqs.into_iter().map(|faq| Document {
        kind: PassageKind::Faq,
        id: faq.id,
        title: faq.question,
        text: faq.answer,
    });
    Ok(policies.chain(faqs).collect())
}

/// What of a shop document the assistant answers from.
pub(crate) fn text_of(element: &Element) -> Option<Document> {
    match element {
        Element::Policy(policy) => Some(Document {
            kind: PassageKind::Policy,
            id: policy.id.clone(),
            title: policy.title.clone(),
            text: policy.text.clone(),
        }),
        Element::Faq(faq) => Some(Document {
            kind: PassageKind::Faq,
            id: faq.id.clone(),
            title: faq.question.clone(),
            text: faq.answer.clone(),
        }),
        _ => None,
    }
}

/// Replaces the shop's texts.
pub(crate) async fn publish(
    installation: &Installation,
    shop: ShopId,
    documents: &[Document],
) -> anyhow::Result<()> {
    let mut tx = installation.database.begin().await?;
    knowledge::publish(
        &mut *tx,
        shop,
        &*installation.rng,
        &*installation.clock,
        documents,
    )
    .await?;
    tx.commit().await?;
    Ok(())
}
