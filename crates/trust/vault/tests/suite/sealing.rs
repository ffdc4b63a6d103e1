//! What is sealed opens in its own place and nowhere else.

use std::sync::OnceLock;

use proptest::prelude::*;
use store::{
    keys::Owner,
    places::{MailMessage, MailRecipient, NoteBody, ShopperEmail, TurnBody},
};
use terms::{Place, RetentionClass, Sealed, ShopId};
use tokio::runtime::Runtime;
use vault::{DataKey, Row, VaultError};

use crate::world::World;

/// One world for all properties: making a key needs a database, sealing does not.
fn stage() -> &'static (Runtime, World, DataKey, DataKey) {
    static STAGE: OnceLock<(Runtime, World, DataKey, DataKey)> = OnceLock::new();
    STAGE.get_or_init(|| {
        let runtime = Runtime::new().unwrap();
        let (world, hers, his) = runtime.block_on(async {
            let world = World::new().await;
            let (her, him) = (world.shopper(), world.shopper());
            let hers = world
                .key_by(&world.vault, her, RetentionClass::Conversation)
                .await;
            let his = world
                .key_by(&world.vault, him, RetentionClass::Conversation)
                .await;
            (world, hers, his)
        });
        (runtime, world, hers, his)
    })
}

fn seal(plain: &[u8], identity: &[&[u8]]) -> Sealed<TurnBody> {
    let (_, world, key, _) = stage();
    key.seal(&*world.rng, Row::new(world.shop, identity), plain)
        .unwrap()
}

fn does_not_open<P: Place>(key: &DataKey, row: Row<'_>, sealed: &Sealed<P>) -> bool {
    matches!(key.open(row, sealed), Err(VaultError::DoesNotOpen { table, column })
        if table == P::ENTRY.table && column == P::ENTRY.column)
}

/// The same bytes, called a value of another column.
fn moved<P: Place, Q: Place>(sealed: &Sealed<P>) -> Sealed<Q> {
    Sealed::from_storage(sealed.as_bytes().to_vec()).unwrap()
}

proptest! {
    #[test]
    fn what_is_sealed_opens(plain: Vec<u8>, identity: Vec<Vec<u8>>) {
        let (_, world, key, _) = stage();
        let identity: Vec<&[u8]> = identity.iter().map(Vec::as_slice).collect();
        let sealed = seal(&plain, &identity);
        let opened = key.open(Row::new(world.shop, &identity), &sealed).unwrap();
        prop_assert_eq!(opened.expose(), &plain);
        prop_assert_eq!(sealed.key(), key.id());
    }

    #[test]
    fn another_row_does_not_open_it(one: Vec<Vec<u8>>, other: Vec<Vec<u8>>) {
        prop_assume!(one != other);
        let (_, world, key, _) = stage();
        let one: Vec<&[u8]> = one.iter().map(Vec::as_slice).collect();
        let other: Vec<&[u8]> = other.iter().map(Vec::as_slice).collect();
        let sealed = seal(b"a word", &one);
        prop_assert!(does_not_open(key, Row::new(world.shop, &other), &sealed));
    }

    #[test]
    fn a_flipped_bit_anywhere_does_not_open(
        plain in proptest::collection::vec(any::<u8>(), 0..80),
        at: prop::sample::Index,
        bit in 0u8..8,
    ) {
        let (_, world, key, _) = stage();
        let mut bytes = seal(&plain, &[b"row"]).as_bytes().to_vec();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        // The first byte is the layout's version: another one is refused before anything is tried.
        if let Ok(altered) = Sealed::<TurnBody>::from_storage(bytes) {
            prop_assert!(at > 0);
            prop_assert!(does_not_open(key, Row::new(world.shop, &[b"row"]), &altered));
        } else {
            prop_assert_eq!(at, 0);
        }
    }

    #[test]
    fn what_is_cut_or_lengthened_does_not_open(plain: Vec<u8>, cut in 1usize..40, more: Vec<u8>) {
        let (_, world, key, _) = stage();
        let row = Row::new(world.shop, &[b"row"]);
        let bytes = seal(&plain, &[b"row"]).as_bytes().to_vec();
        let shorter = bytes[..bytes.len().saturating_sub(cut)].to_vec();
        if let Ok(shorter) = Sealed::<TurnBody>::from_storage(shorter) {
            prop_assert!(does_not_open(key, row, &shorter));
        }
        prop_assume!(!more.is_empty());
        let longer = Sealed::<TurnBody>::from_storage([bytes, more].concat()).unwrap();
        prop_assert!(does_not_open(key, row, &longer));
    }
}

#[test]
fn another_place_of_the_same_class_does_not_open_it() {
    let (_, world, key, _) = stage();
    let sealed = seal(b"a word", &[b"row"]);
    let note: Sealed<NoteBody> = moved(&sealed);
    assert!(does_not_open(key, Row::new(world.shop, &[b"row"]), &note));
}

#[test]
fn another_position_of_the_conversation_does_not_open_it() {
    let (_, world, key, _) = stage();
    let place = |position: i64| position.to_be_bytes();
    let sealed = seal(b"a word", &[b"conversation", &place(1)]);
    let second = place(2);
    assert!(does_not_open(
        key,
        Row::new(world.shop, &[b"conversation", &second]),
        &sealed
    ));
}

#[test]
fn another_shop_neither_seals_nor_opens() {
    let (_, world, key, _) = stage();
    let elsewhere = ShopId::random(&*world.rng);
    let sealed = seal(b"a word", &[b"row"]);
    assert!(does_not_open(key, Row::new(elsewhere, &[b"row"]), &sealed));
    assert!(matches!(
        key.seal::<TurnBody>(&*world.rng, Row::new(elsewhere, &[b"row"]), b"a word"),
        Err(VaultError::OtherShop { .. })
    ));
}

#[test]
fn another_key_does_not_open_it_whatever_id_it_bears() {
    let (_, world, hers, his) = stage();
    let row = Row::new(world.shop, &[b"row"]);
    let sealed = seal(b"a word", &[b"row"]);
    assert!(does_not_open(his, row, &sealed));
    // Forged to name his key.
    let mut bytes = sealed.as_bytes().to_vec();
    bytes[1..17].copy_from_slice(his.id().as_bytes());
    let forged = Sealed::<TurnBody>::from_storage(bytes).unwrap();
    assert!(does_not_open(his, row, &forged));
    assert!(does_not_open(hers, row, &forged));
}

#[test]
fn the_same_words_are_never_the_same_bytes() {
    assert_ne!(
        seal(b"a word", &[b"row"]).as_bytes(),
        seal(b"a word", &[b"row"]).as_bytes()
    );
}

#[tokio::test]
async fn a_key_serves_its_own_retention_class_only() {
    let world = World::new().await;
    let owner = world.shopper();
    let key = world
        .key_by(&world.vault, owner, RetentionClass::Conversation)
        .await;
    let row = Row::new(world.shop, &[b"row"]);
    assert!(matches!(
        key.seal::<ShopperEmail>(&*world.rng, row, b"a@example.com"),
        Err(VaultError::OtherClass {
            table: "shoppers",
            column: "email"
        })
    ));
    let turn: Sealed<TurnBody> = key.seal(&*world.rng, row, b"a word").unwrap();
    assert!(matches!(
        key.open(row, &moved::<TurnBody, ShopperEmail>(&turn)),
        Err(VaultError::OtherClass { .. })
    ));
}

#[tokio::test]
async fn ciphertext_moved_through_the_database_does_not_open() {
    let world = World::new().await;
    let owner = Owner::Session(terms::SessionId::ordered(&*world.clock, &*world.rng));
    let mut one = world.seal::<MailRecipient>(owner, "ada@example.com").await;
    let other = world.seal::<MailRecipient>(owner, "bo@example.com").await;
    assert_eq!(world.open(&one).await.unwrap(), "ada@example.com");
    // Her mail, addressed to him.
    one.sealed = other.sealed.clone();
    assert!(matches!(
        world.open(&one).await,
        Err(VaultError::DoesNotOpen { .. })
    ));
    let message = crate::world::Kept::<MailMessage> {
        row: other.row,
        sealed: moved(&other.sealed),
    };
    assert!(matches!(
        world.open(&message).await,
        Err(VaultError::DoesNotOpen { .. })
    ));
}
