//! A shop with a row in every table, to be written and read back whole.

use terms::{RetentionClass, RoleName, ShopId};

use super::{
    Stage,
    commerce::trade::Trade,
    desk::Desk,
    factors::Factors,
    recovery::Recovery,
    samples::{self, EVENING, NOON, at},
    verdict::{Verdict, fail, same},
};
use crate::{
    Snapshot, Transaction,
    conversations::{Author, ConversationRow, ConversationState, NoteRow, TurnRow},
    documents::{Audience, DocumentRow, Measured},
    keys::{DataKeyRow, Owner, ShopKeyRow},
    ledger::{CheckpointRow, EntryRow, TileRow},
    mails::MailRow,
    passages::{PassageKind, PassageRow},
    people::{ShopperRow, SignInLinkRow, StaffRow},
    roles::RoleRow,
    sessions::{CodeRequestRow, ProvedBy, SessionLevel, ShopperSessionRow, StaffSessionRow},
    shops::{HostKind, ShopHostRow, ShopRow},
    unanswered::UnansweredRow,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Household {
    pub(super) shop: ShopRow,
    pub(super) hosts: Vec<ShopHostRow>,
    pub(super) shop_key: ShopKeyRow,
    pub(super) keys: Vec<DataKeyRow>,
    pub(super) shopper: ShopperRow,
    pub(super) staff: StaffRow,
    pub(super) role: RoleRow,
    pub(super) link: SignInLinkRow,
    pub(super) session: ShopperSessionRow,
    pub(super) staff_session: StaffSessionRow,
    pub(super) code: CodeRequestRow,
    pub(super) conversation: ConversationRow,
    pub(super) turns: Vec<TurnRow>,
    pub(super) note: NoteRow,
    pub(super) desk: Desk,
    pub(super) factors: Factors,
    pub(super) recovery: Recovery,
    pub(super) mail: MailRow,
    pub(super) passages: Vec<PassageRow>,
    /// One for everyone, one for staff.
    pub(super) documents: Vec<DocumentRow>,
    pub(super) unanswered: UnansweredRow,
    pub(super) entry: EntryRow,
    pub(super) tile: TileRow,
    pub(super) checkpoint: CheckpointRow,
    pub(super) trade: Trade,
}

impl Household {
    pub(super) fn new() -> Verdict<Self> {
        let shop = samples::shop();
        let id = shop.id;
        let shopper = samples::shopper(id)?;
        let staff = StaffRow {
            role: RoleName::ADMIN,
            disabled_at: Some(EVENING),
            access_ends: Some(EVENING),
            ..samples::staff(id)?
        };
        let session = ShopperSessionRow {
            shopper: Some(shopper.id),
            level: SessionLevel::Session,
            proved_by: Some(ProvedBy::Passkey),
            device: Some(samples::sealed()?),
            seen_at: at(NOON.millis() + 1),
            ..samples::guest(id)
        };
        let conversation = ConversationRow {
            shopper: Some(shopper.id),
            state: ConversationState::Human,
            assigned: Some(staff.id),
            last_position: 2,
            context: Some(samples::sealed()?),
            updated_at: EVENING,
            ..samples::conversation(&session)?
        };
        let asked = samples::turn(&conversation, 1)?;
        let answered = TurnRow {
            author: Author::Human,
            staff: Some(staff.id),
            message: None,
            in_reply_to: Some(1),
            ..samples::turn(&conversation, 2)?
        };
        let owner = Owner::Shopper(shopper.id);
        Ok(Self {
            hosts: vec![
                ShopHostRow {
                    shop: id,
                    kind: HostKind::Frame,
                    value: "https://shop.example".to_owned(),
                },
                ShopHostRow {
                    shop: id,
                    kind: HostKind::Link,
                    value: "shop.example".to_owned(),
                },
            ],
            shop_key: ShopKeyRow {
                shop: id,
                wrapped: samples::hash().to_vec(),
                created_at: NOON,
            },
            keys: vec![
                samples::key(id, owner, RetentionClass::Conversation),
                DataKeyRow {
                    created_at: EVENING,
                    epoch: 2,
                    ..samples::key(id, owner, RetentionClass::Account)
                },
            ],
            role: RoleRow {
                version: 7,
                ..samples::role(id)?
            },
            link: SignInLinkRow {
                used_at: Some(EVENING),
                ..samples::link(&staff)
            },
            staff_session: StaffSessionRow {
                proved_by: ProvedBy::Link,
                device: Some(samples::sealed()?),
                ..samples::staff_session(&staff)
            },
            code: CodeRequestRow {
                binding: Some(samples::hash()),
                attempts: 2,
                used_at: Some(EVENING),
                ..samples::code(&session)?
            },
            note: samples::note(&conversation, &staff)?,
            unanswered: samples::unanswered(&asked),
            desk: Desk::new(id),
            factors: Factors::new(&shopper, &staff, &session)?,
            recovery: Recovery::new(&shopper),
            turns: vec![asked, answered],
            mail: samples::mail(id)?,
            passages: vec![
                samples::passage(id, PassageKind::Faq, "shipping-times", 0),
                samples::passage(id, PassageKind::Policy, "returns", 0),
                samples::passage(id, PassageKind::Policy, "returns", 1),
            ],
            documents: Audience::ALL
                .map(|audience| samples::document(id, audience))
                .to_vec(),
            entry: samples::entry(id),
            tile: TileRow {
                shop: id,
                level: 1,
                tile: 7,
                hashes: samples::hash().to_vec(),
            },
            checkpoint: CheckpointRow {
                shop: id,
                size: 1,
                root: samples::hash(),
                note: "shop.example/ledger\n1\n…\n".to_owned(),
                at: NOON,
            },
            trade: Trade::new(&shopper, &session)?,
            conversation,
            session,
            staff,
            shopper,
            shop,
        })
    }

    /// The same ids in another shop. Tokens, which are unique everywhere, are new, and so is every
    /// content.
    pub(super) fn moved(&self) -> Verdict<Self> {
        let mut other = Self::new()?;
        let shop = other.shop.id;
        other.shopper.id = self.shopper.id;
        other.shopper.email_index = self.shopper.email_index;
        other.staff.id = self.staff.id;
        other.role = RoleRow {
            shop,
            ..self.role.clone()
        };
        other.link = SignInLinkRow {
            id: self.link.id,
            staff: self.staff.id,
            ..other.link
        };
        other.session = ShopperSessionRow {
            id: self.session.id,
            shopper: self.session.shopper,
            ..other.session
        };
        other.staff_session = StaffSessionRow {
            id: self.staff_session.id,
            staff: self.staff.id,
            ..other.staff_session
        };
        other.code = CodeRequestRow {
            id: self.code.id,
            session: self.session.id,
            ..other.code
        };
        other.conversation = ConversationRow {
            shop,
            context: Some(samples::sealed()?),
            ..self.conversation.clone()
        };
        other.turns = self.turns.clone();
        for turn in &mut other.turns {
            turn.shop = shop;
            turn.body = samples::sealed()?;
        }
        other.note = NoteRow {
            shop,
            body: samples::sealed()?,
            ..self.note.clone()
        };
        other.mail.id = self.mail.id;
        other.factors = self.factors.moved(shop)?;
        other.recovery = self.recovery.moved(shop);
        for (passage, first) in other.passages.iter_mut().zip(&self.passages) {
            passage.id = first.id;
        }
        for (document, first) in other.documents.iter_mut().zip(&self.documents) {
            document.id = first.id;
        }
        other.unanswered = UnansweredRow {
            shop,
            ..self.unanswered.clone()
        };
        for (key, first) in other.keys.iter_mut().zip(&self.keys) {
            key.id = first.id;
            key.owner = first.owner;
        }
        other.entry.id = self.entry.id;
        other.trade = self.trade.moved(&other.shopper, &other.session)?;
        Ok(other)
    }

    pub(super) fn id(&self) -> ShopId {
        self.shop.id
    }

    pub(super) async fn store(&self, stage: &Stage) -> Verdict {
        let mut tx = stage.database.begin().await?;
        self.write(&mut *tx).await?;
        Ok(tx.commit().await?)
    }

    pub(super) async fn write(&self, tx: &mut dyn Transaction) -> Verdict {
        let shop = self.id();
        tx.insert_shop(&self.shop).await?;
        tx.replace_shop_hosts(shop, &self.hosts).await?;
        tx.insert_shop_key(&self.shop_key).await?;
        for key in &self.keys {
            same(
                "a new key is inserted",
                tx.insert_data_key(key).await?,
                true,
            )?;
        }
        same(
            "a new shopper is inserted",
            tx.insert_shopper(&self.shopper).await?,
            true,
        )?;
        tx.insert_staff(&self.staff).await?;
        same(
            "a role is inserted",
            tx.insert_role(&self.role).await?,
            true,
        )?;
        tx.insert_sign_in_link(&self.link).await?;
        tx.insert_shopper_session(&self.session).await?;
        tx.insert_staff_session(&self.staff_session).await?;
        tx.insert_code_request(&self.code).await?;
        self.factors.write(tx).await?;
        self.recovery.write(tx).await?;
        tx.insert_conversation(&self.conversation).await?;
        for turn in &self.turns {
            tx.append_turn(turn).await?;
        }
        tx.insert_note(&self.note).await?;
        self.desk.write(tx, self).await?;
        tx.insert_mail(&self.mail).await?;
        tx.replace_passages(shop, &self.passages).await?;
        for document in &self.documents {
            tx.insert_document(document).await?;
        }
        tx.mark_unanswered(&self.unanswered).await?;
        tx.insert_entry(&self.entry).await?;
        same("a new tree is empty", tx.lock_ledger_head(shop).await?, 0)?;
        tx.set_ledger_size(shop, 0).await?;
        tx.put_tile(&self.tile).await?;
        tx.insert_checkpoint(&self.checkpoint).await?;
        self.trade.write(tx).await
    }

    /// Reads everything there is of this shop, by every read, and compares it with what was written.
    pub(super) async fn check(&self, db: &mut dyn Snapshot) -> Verdict {
        let shop = self.id();
        // Writing the passages raised it by one, and so did each of two documents.
        let expected = ShopRow {
            content_version: self.shop.content_version + 3,
            ..self.shop.clone()
        };
        same("shop", db.shop(shop).await?, Some(expected.clone()))?;
        same(
            "shop_by_handle",
            db.shop_by_handle(&self.shop.handle).await?,
            Some(expected.clone()),
        )?;
        let listed = db
            .shops()
            .await?
            .into_iter()
            .filter(|row| row.id == shop)
            .collect::<Vec<_>>();
        same("shops", listed, vec![expected])?;
        same("shop_hosts", db.shop_hosts(shop).await?, self.hosts.clone())?;

        same(
            "shop_key",
            db.shop_key(shop).await?,
            Some(self.shop_key.clone()),
        )?;
        let owner = Owner::Shopper(self.shopper.id);
        for key in &self.keys {
            same(
                "data_key",
                db.data_key(shop, key.id).await?,
                Some(key.clone()),
            )?;
            let current = db.current_data_key(shop, owner, key.class).await?;
            same("current_data_key", current, Some(key.clone()))?;
        }
        same(
            "data_keys_of",
            db.data_keys_of(shop, owner).await?,
            self.keys.clone(),
        )?;
        let before = db.data_keys_before_epoch(shop, 2, 9).await?;
        same(
            "data_keys_before_epoch",
            before,
            self.keys.iter().take(1).cloned().collect(),
        )?;
        same(
            "data_keys_by_epoch",
            db.data_keys_by_epoch(shop).await?,
            vec![(1, 1), (2, 1)],
        )?;

        let shopper = Some(self.shopper.clone());
        same(
            "shopper",
            db.shopper(shop, self.shopper.id).await?,
            shopper.clone(),
        )?;
        let by_email = db.shopper_by_email(shop, &self.shopper.email_index).await?;
        same("shopper_by_email", by_email, shopper)?;
        same(
            "staff",
            db.staff(shop, self.staff.id).await?,
            Some(self.staff.clone()),
        )?;
        same(
            "staff_of",
            db.staff_of(shop).await?,
            vec![self.staff.clone()],
        )?;
        let roles = db.roles_of(self.id()).await?;
        same("roles_of", roles, vec![self.role.clone()])?;
        let link = db.sign_in_link(&self.link.token_hash).await?;
        same("sign_in_link", link, Some(self.link.clone()))?;

        self.check_sessions(db).await?;
        self.check_conversations(db).await?;
        self.factors.check(db).await?;
        self.recovery.check(db).await?;

        same("mails", db.mails(shop, 9).await?, vec![self.mail.clone()])?;
        same("passages", db.passages(shop).await?, self.passages.clone())?;
        let mut documents = self.documents.clone();
        documents.sort_by_key(|row| row.id);
        let found = db.documents(shop, Audience::Staff).await?;
        same("documents", found, documents.clone())?;
        for document in &documents {
            let found = db.document(shop, document.id).await?;
            same("document", found, Some(document.clone()))?;
        }
        documents.retain(|row| row.audience == Audience::Everyone);
        let found = db.documents(shop, Audience::Everyone).await?;
        same("documents for everyone", found, documents)?;
        let lengths = self.documents.iter();
        let lengths = lengths.map(|row| row.title.chars().count() + row.body.chars().count());
        let measured = Measured {
            documents: 2,
            characters: i64::try_from(lengths.sum::<usize>()).unwrap_or(i64::MAX),
        };
        let found = db.documents_measured(shop).await?;
        same("documents_measured", found, measured)?;
        let marks = vec![self.unanswered.clone()];
        same("unanswered", db.unanswered(shop, 9).await?, marks)?;

        same(
            "entry",
            db.entry(shop, self.entry.id).await?,
            Some(self.entry.clone()),
        )?;
        same("entries_from", db.entries_from(shop, 0, 9).await?, vec![])?;
        same(
            "unplaced_entries",
            db.unplaced_entries(shop, 9).await?,
            vec![self.entry.clone()],
        )?;
        same("entry_counts", db.entry_counts(shop).await?, (0, 1))?;
        let TileRow { level, tile, .. } = self.tile;
        same(
            "tile",
            db.tile(shop, level, tile).await?,
            Some(self.tile.clone()),
        )?;
        let latest = db.latest_checkpoint(shop).await?;
        same("latest_checkpoint", latest, Some(self.checkpoint.clone()))?;
        let after = db.checkpoints_after(shop, 0, 9).await?;
        same("checkpoints_after", after, vec![self.checkpoint.clone()])?;
        same("ledger_size", db.ledger_size(shop).await?, 0)?;
        self.trade.check(db).await
    }

    async fn check_sessions(&self, db: &mut dyn Snapshot) -> Verdict {
        let shop = self.id();
        let session = Some(self.session.clone());
        same(
            "shopper_session",
            db.shopper_session(shop, self.session.id).await?,
            session.clone(),
        )?;
        let by_token = db
            .shopper_session_by_token(&self.session.token_hash)
            .await?;
        same("shopper_session_by_token", by_token, session)?;
        let session = Some(self.staff_session.clone());
        let found = db.staff_session(shop, self.staff_session.id).await?;
        same("staff_session", found, session.clone())?;
        let by_token = db
            .staff_session_by_token(&self.staff_session.token_hash)
            .await?;
        same("staff_session_by_token", by_token, session.clone())?;
        let by_token = db.staff_by_token(&self.staff_session.token_hash).await?;
        let both = Some((self.staff_session.clone(), self.staff.clone()));
        same("staff_by_token", by_token, both)?;
        let found = db.staff_sessions_of(shop, self.staff.id).await?;
        same("staff_sessions_of", found, session.into_iter().collect())?;
        let found = db.shopper_sessions_of(shop, self.shopper.id).await?;
        same("shopper_sessions_of", found, vec![self.session.clone()])?;
        same(
            "code_request",
            db.code_request(shop, self.code.id).await?,
            Some(self.code.clone()),
        )
    }

    async fn check_conversations(&self, db: &mut dyn Snapshot) -> Verdict {
        let shop = self.id();
        let id = self.conversation.id;
        let one = vec![self.conversation.clone()];
        let Some(asked) = self.turns.first() else {
            return fail("a household has turns");
        };
        let Some(message) = asked.message else {
            return fail("the first turn has a message");
        };
        let answers = self.turns.iter().skip(1).cloned().collect::<Vec<_>>();

        let found = db.conversation(shop, id).await?;
        same("conversation", found, Some(self.conversation.clone()))?;
        let found = db.conversations_of_session(shop, self.session.id).await?;
        same("conversations_of_session", found, one.clone())?;
        let found = db.conversations_of_shopper(shop, self.shopper.id).await?;
        same("conversations_of_shopper", found, one.clone())?;
        let found = db.turn_by_message(shop, id, message).await?;
        same("turn_by_message", found, Some(asked.clone()))?;
        same(
            "turns_after",
            db.turns_after(shop, id, 0, 9).await?,
            self.turns.clone(),
        )?;
        same(
            "turns_in_reply_to",
            db.turns_in_reply_to(shop, id, 1).await?,
            answers,
        )?;
        same(
            "notes_of",
            db.notes_of(shop, id).await?,
            vec![self.note.clone()],
        )?;
        self.desk.check(db, self).await
    }
}
