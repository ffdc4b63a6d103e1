//! What the holder of the root key can read: every sealed value, opened.

use std::{path::Path, sync::Arc};

use files::KeyDirectory;
use sql::Target;
use store::{
    Database, Snapshot,
    conversations::{ConversationRow, ConversationState},
    desk::QueueFilter,
    places::{MailMessage, MailRecipient},
};
use terms::{Clock, Place, Rng, Sealed, ShopId, Timestamp};
use vault::{Row, Vault};

use super::chance::Chance;

/// Opening needs neither the time nor randomness.
#[derive(Debug)]
struct Still;

impl Clock for Still {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(0)
    }
}

impl Rng for Still {
    fn fill(&self, bytes: &mut [u8]) {
        let mut chance = Chance::unseeded();
        for byte in bytes {
            *byte = chance.draw().to_le_bytes()[0];
        }
    }
}

/// An opened value: `table.column`, and what it says.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) place: String,
    pub(crate) plain: Vec<u8>,
}

/// Opens every sealed value that a list of rows leads to.
pub(crate) async fn open_all(target: &Target, keys: &Path) -> Vec<Opened> {
    let keys = KeyDirectory::open(keys).unwrap();
    let vault = Vault::open(Arc::new(keys), Arc::new(Still), Arc::new(Still)).unwrap();
    let database = sql::open(target).await.unwrap();
    let snapshot = database.snapshot().await.unwrap();
    let mut reader = Reader {
        vault,
        snapshot,
        opened: Vec::new(),
    };
    for shop in reader.snapshot.shops().await.unwrap() {
        reader.read(shop.id).await;
    }
    reader.opened
}

struct Reader {
    vault: Vault,
    snapshot: Box<dyn Snapshot>,
    opened: Vec<Opened>,
}

impl Reader {
    async fn read(&mut self, shop: ShopId) {
        for staff in self.snapshot.staff_of(shop).await.unwrap() {
            self.open(shop, &[staff.id.as_bytes()], &staff.name).await;
        }
        for mail in self.snapshot.mails(shop, 10_000).await.unwrap() {
            // The key of a code's session may be gone; then nobody can open its mail.
            self.open_if_kept::<MailRecipient>(shop, mail.id.as_bytes(), &mail.recipient)
                .await;
            self.open_if_kept::<MailMessage>(shop, mail.id.as_bytes(), &mail.message)
                .await;
        }
        let everything = QueueFilter {
            states: ConversationState::ALL.to_vec(),
            closed: true,
            ..QueueFilter::default()
        };
        let all = self.snapshot.queue(shop, &everything, 100_000).await;
        for conversation in all.unwrap() {
            self.conversation(&conversation).await;
        }
    }

    async fn conversation(&mut self, row: &ConversationRow) {
        if let Some(context) = &row.context {
            self.open(row.shop, &[row.id.as_bytes()], context).await;
        }
        if let Some(id) = row.shopper {
            let shopper = self.snapshot.shopper(row.shop, id).await.unwrap().unwrap();
            self.open(row.shop, &[id.as_bytes()], &shopper.email).await;
        }
        let turns = self
            .snapshot
            .turns_after(row.shop, row.id, 0, 100_000)
            .await;
        for turn in turns.unwrap() {
            let position = turn.position.to_be_bytes();
            let staff: &[u8] = turn.staff.as_ref().map_or(&[], |staff| staff.as_bytes());
            let place = [
                row.id.as_bytes().as_slice(),
                &position,
                turn.id.as_bytes(),
                turn.author.as_str().as_bytes(),
                staff,
            ];
            self.open(row.shop, &place, &turn.body).await;
        }
        for note in self.snapshot.notes_of(row.shop, row.id).await.unwrap() {
            let place = [row.id.as_bytes().as_slice(), note.id.as_bytes()];
            self.open(row.shop, &place, &note.body).await;
        }
    }

    async fn open<P: Place>(&mut self, shop: ShopId, row: &[&[u8]], sealed: &Sealed<P>) {
        let opened = self
            .vault
            .open_sealed(&mut *self.snapshot, Row::new(shop, row), sealed);
        let plain = opened.await.unwrap().expose().clone();
        let place = format!("{}.{}", P::ENTRY.table, P::ENTRY.column);
        self.opened.push(Opened { place, plain });
    }

    async fn open_if_kept<P: Place>(&mut self, shop: ShopId, row: &[u8], sealed: &Sealed<P>) {
        let kept = self.snapshot.data_key(shop, sealed.key()).await.unwrap();
        if kept.is_some() {
            self.open(shop, &[row], sealed).await;
        }
    }
}
