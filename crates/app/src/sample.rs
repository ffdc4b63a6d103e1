//! The demo's sample shop: its texts, its staff, and a few conversations that went the whole road.

use anyhow::Context;
use guard::gate;
use identity::{Scope, SessionToken};
use journey::Message;
use knowledge::Document;
use serde::Deserialize;
use store::{
    Database,
    passages::PassageKind,
    people::StaffRole,
    shops::{HostKind, ShopHostRow, ShopRow},
};
use terms::{ConversationId, Locale, MessageId, ShopId, StaffId, Untrusted};

use crate::installation::Installation;

pub(crate) const HANDLE: &str = "demo";
const NAME: &str = "Alder & Ash";
const TEXTS: &str = include_str!("../sample/policies.json");
const ADMIN: &str = "Robin Vale";
const AGENT: &str = "Kim Lindgren";

/// What guests asked before anybody looked; the last of each waits for a person.
const CONVERSATIONS: &[&[&str]] = &[
    &[
        "Hello!",
        "How long do I have to send something back?",
        "Thanks, that helps",
    ],
    &["do you ship to Austria", "and how much is it?"],
    &[
        "My parcel arrived with a broken vase",
        "I would like to talk to a person please",
    ],
];

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

/// Makes the shop if it is not there, and brings its hosts up to date.
pub(crate) async fn ensure_shop(
    installation: &Installation,
    handle: &str,
    name: &str,
    origins: &[String],
    link_hosts: &[String],
) -> anyhow::Result<ShopId> {
    let mut tx = installation.database.begin().await?;
    let id = match tx.shop_by_handle(handle).await? {
        Some(shop) => shop.id,
        None => {
            let row = ShopRow {
                id: ShopId::ordered(&*installation.clock, &*installation.rng),
                handle: handle.to_owned(),
                name: name.to_owned(),
                content_version: 0,
                created_at: installation.clock.now(),
            };
            tx.insert_shop(&row).await?;
            installation.vault.create_shop_key(&mut *tx, row.id).await?;
            row.id
        }
    };
    let host = |kind| {
        move |value: &String| ShopHostRow {
            shop: id,
            kind,
            value: value.clone(),
        }
    };
    let hosts: Vec<ShopHostRow> = origins
        .iter()
        .map(host(HostKind::Frame))
        .chain(link_hosts.iter().map(host(HostKind::Link)))
        .collect();
    tx.replace_shop_hosts(id, &hosts).await?;
    tx.commit().await?;
    Ok(id)
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

/// Makes what is missing of the sample shop, and a fresh sign-in link for its admin.
pub(crate) async fn prepare(
    installation: &Installation,
    page_origin: &str,
) -> anyhow::Result<SessionToken> {
    let hosts = ["help.alder-and-ash.example".to_owned()];
    let shop = ensure_shop(
        installation,
        HANDLE,
        NAME,
        &[page_origin.to_owned()],
        &hosts,
    )
    .await?;
    let staff = installation
        .database
        .snapshot()
        .await?
        .staff_of(shop)
        .await?;
    if let Some(admin) = staff.iter().find(|staff| staff.role == StaffRole::Admin) {
        return link(installation, shop, admin.id).await;
    }
    publish(installation, shop, &documents(TEXTS, "the sample texts")?).await?;
    let token = add_staff(installation, shop, ADMIN, StaffRole::Admin).await?;
    add_staff(installation, shop, AGENT, StaffRole::Agent).await?;
    for messages in CONVERSATIONS {
        converse(installation, shop, messages).await?;
    }
    Ok(token)
}

async fn link(
    installation: &Installation,
    shop: ShopId,
    staff: StaffId,
) -> anyhow::Result<SessionToken> {
    let mut tx = installation.database.begin().await?;
    let invitation = installation
        .identity
        .danger_link_as_operator(&mut *tx, shop, staff)
        .await?;
    tx.commit().await?;
    Ok(invitation.token)
}

async fn add_staff(
    installation: &Installation,
    shop: ShopId,
    name: &str,
    role: StaffRole,
) -> anyhow::Result<SessionToken> {
    let name = gate::person_name(Untrusted::new(name.to_owned()))?;
    let mut tx = installation.database.begin().await?;
    let invitation = installation
        .identity
        .danger_add_staff_as_operator(&mut *tx, shop, &name, role)
        .await?;
    tx.commit().await?;
    Ok(invitation.token)
}

/// One guest, a few messages, through every gate.
async fn converse(
    installation: &Installation,
    shop: ShopId,
    messages: &[&str],
) -> anyhow::Result<()> {
    let mut tx = installation.database.begin().await?;
    let guest = installation.identity.open_guest(&mut *tx, shop).await?;
    tx.commit().await?;
    let conversation = ConversationId::random(&*installation.rng);
    for text in messages {
        let scope = Scope::new();
        let mut snapshot = installation.database.snapshot().await?;
        let proof = installation
            .identity
            .shopper(&scope, &mut *snapshot, &guest.token)
            .await?;
        drop(snapshot);
        let message = Message {
            conversation,
            id: MessageId::random(&*installation.rng),
            text: Untrusted::new((*text).to_owned()),
            locale: Locale::default(),
        };
        installation
            .journey
            .message(&*installation.database, &proof, message)
            .await?;
    }
    Ok(())
}
