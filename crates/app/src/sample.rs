//! The demo's sample shop: its texts, its staff, and a few conversations that went the whole road.

use gallery::Drawing;
use guard::gate;
use identity::{Scope, SessionToken};
use journey::Message;
use shop::Import;
use store::Database;
use terms::{ConversationId, Locale, MessageId, RoleName, ShopId, StaffId, Untrusted};

use crate::{
    config::Shop,
    installation::Installation,
    shop_setup::{ensure_shop, text_of},
};

pub(crate) const HANDLE: &str = "demo";
const NAME: &str = shop::sample::NAME;
/// The sample shop is drawn from this seed: the same goods, customers and orders every time.
const SEED: u64 = 20_261_122;
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

/// Makes what is missing of the sample shop, and a fresh sign-in link for its admin.
pub(crate) async fn prepare(
    installation: &Installation,
    page_origin: &str,
) -> anyhow::Result<SessionToken> {
    // A shop that somebody imported here keeps the name that she gave it.
    let mut snapshot = installation.database.snapshot().await?;
    let known = snapshot.shop_by_handle(HANDLE).await?;
    drop(snapshot);
    let shop = Shop {
        handle: HANDLE.to_owned(),
        name: known.map_or_else(|| NAME.to_owned(), |known| known.name),
        origins: vec![page_origin.to_owned()],
        link_hosts: vec!["help.alder-and-ash.example".to_owned()],
        ..Shop::default()
    };
    let shop = ensure_shop(installation, &shop).await?;
    let staff = installation
        .database
        .snapshot()
        .await?
        .staff_of(shop)
        .await?;
    if !staff.is_empty() {
        draw(installation, shop).await?;
    }
    if let Some(admin) = staff.iter().find(|staff| staff.role == RoleName::ADMIN) {
        return link(installation, shop, admin.id).await;
    }
    fill(installation, shop).await?;
    draw(installation, shop).await?;
    let token = add_staff(installation, shop, ADMIN, RoleName::ADMIN).await?;
    add_staff(installation, shop, AGENT, RoleName::AGENT).await?;
    for messages in CONVERSATIONS {
        converse(installation, shop, messages).await?;
    }
    Ok(token)
}

/// Goods, customers and orders, unless somebody has imported a shop of her own already.
async fn fill(installation: &Installation, shop: ShopId) -> anyhow::Result<()> {
    let mut tx = installation.database.begin().await?;
    if tx.shop_terms(shop).await?.is_some() {
        return Ok(());
    }
    let (head, elements) = shop::sample::elements(SEED, installation.clock.now());
    let mut import = Import::begin(
        &installation.embedded,
        &installation.identity,
        &mut *tx,
        shop,
        &head,
    )
    .await?;
    let mut texts = Vec::new();
    for element in elements {
        texts.extend(text_of(&element));
        import.put(&mut *tx, element).await?;
    }
    let (rng, clock) = (&*installation.rng, &*installation.clock);
    knowledge::publish(&mut *tx, shop, rng, clock, &texts).await?;
    tx.commit().await?;
    Ok(())
}

/// Draws the goods that have no picture yet and name none; those of another shop are not ours to draw.
async fn draw(installation: &Installation, shop: ShopId) -> anyhow::Result<()> {
    let sketches = shop::sample::sketches();
    let mut tx = installation.database.begin().await?;
    let ids: Vec<&str> = sketches.iter().map(|sketch| sketch.product).collect();
    let known = tx.product_pictures(shop, &ids).await?;
    let products = tx.products_by_ids(shop, &ids).await?;
    for sketch in sketches {
        let there = products.iter().any(|row| row.id == sketch.product);
        if !there || known.iter().any(|row| row.product == sketch.product) {
            continue;
        }
        let drawing = Drawing {
            body: sketch.body,
            backdrop: sketch.backdrop,
            colours: sketch.colours,
        };
        let now = installation.clock.now();
        drawing.give(&mut *tx, shop, sketch.product, now).await?;
    }
    tx.commit().await?;
    Ok(())
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
    role: RoleName,
) -> anyhow::Result<SessionToken> {
    let name = gate::person_name(Untrusted::new(name.to_owned()))?;
    let mut tx = installation.database.begin().await?;
    let invitation = installation
        .identity
        .danger_add_staff_as_operator(&mut *tx, shop, &name, &role.into())
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
