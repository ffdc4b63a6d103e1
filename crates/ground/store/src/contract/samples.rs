//! Rows to play with. Their ids and hashes are different on every call, never random: a failure can
//! be repeated.

use core::sync::atomic::{AtomicU64, Ordering};

use terms::{
    CeremonyId, CodeRequestId, ConversationId, DataKeyId, DocumentId, EntryId, Locale, MailId,
    MandateId, MessageId, MovementId, NoteId, OrderId, PassageId, PasskeyId, PaymentMethodId,
    Place, ProposalId, QuestionId, RetentionClass, RoleName, Sealed, SessionId, ShopId, ShopperId,
    SignInLinkId, StaffId, Timestamp, TurnId,
};
use uuid::{Builder, Uuid};

use super::verdict::{Verdict, fail};
use crate::{
    conversations::{Author, ConversationRow, ConversationState, NoteRow, TurnRow},
    documents::{Audience, DocumentRow},
    keys::{DataKeyRow, Owner},
    ledger::EntryRow,
    mails::MailRow,
    passages::{PassageKind, PassageRow},
    people::{ShopperRow, SignInLinkRow, StaffRow},
    roles::RoleRow,
    sessions::{CodeRequestRow, ProvedBy, SessionLevel, ShopperSessionRow, StaffSessionRow},
    shops::ShopRow,
    unanswered::UnansweredRow,
};

static COUNT: AtomicU64 = AtomicU64::new(1);

/// A number no two calls share, spread over all its bits (the finaliser of SplitMix64).
fn spread() -> u64 {
    let mut x = COUNT
        .fetch_add(1, Ordering::Relaxed)
        .wrapping_mul(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

pub(super) fn uuid() -> Uuid {
    Builder::from_random_bytes(Uuid::from_u64_pair(spread(), spread()).into_bytes()).into_uuid()
}

macro_rules! fresh {
    ($($name:ident: $id:ty),* $(,)?) => {
        $(pub(super) fn $name() -> $id {
            <$id>::from_uuid(uuid())
        })*
    };
}
fresh!(
    shop_id: ShopId, shopper_id: ShopperId, staff_id: StaffId, session_id: SessionId,
    conversation_id: ConversationId, turn_id: TurnId, message_id: MessageId, note_id: NoteId,
    code_id: CodeRequestId, link_id: SignInLinkId, mail_id: MailId, passage_id: PassageId,
    key_id: DataKeyId, entry_id: EntryId, method_id: PaymentMethodId, order_id: OrderId,
    movement_id: MovementId, proposal_id: ProposalId, document_id: DocumentId,
    question_id: QuestionId, passkey_id: PasskeyId, ceremony_id: CeremonyId, mandate_id: MandateId,
);

pub(super) fn hash() -> [u8; 32] {
    let mut bytes = [0; 32];
    for part in bytes.chunks_mut(8) {
        part.copy_from_slice(&spread().to_be_bytes());
    }
    bytes
}

/// What a sealed value looks like from outside; no vault made it and nothing opens it.
pub(super) fn sealed<P: Place>() -> Verdict<Sealed<P>> {
    let mut bytes = vec![1];
    bytes.extend(hash());
    bytes.extend(hash());
    Sealed::from_storage(bytes).or_else(|error| fail(error.to_string()))
}

pub(super) const fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

/// The time most rows are written at; the sweeps of the suite end long before.
pub(super) const NOON: Timestamp = at(1_700_000_000_000);
pub(super) const EVENING: Timestamp = at(1_700_000_600_000);

pub(super) fn shop() -> ShopRow {
    let id = shop_id();
    ShopRow {
        id,
        handle: format!("shop-{id}"),
        name: "Käse & Wein 🧀".to_owned(),
        content_version: 3,
        created_at: NOON,
    }
}

pub(super) fn shopper(shop: ShopId) -> Verdict<ShopperRow> {
    Ok(ShopperRow {
        shop,
        id: shopper_id(),
        email_index: hash(),
        email: sealed()?,
        created_at: NOON,
    })
}

pub(super) fn staff(shop: ShopId) -> Verdict<StaffRow> {
    Ok(StaffRow {
        shop,
        id: staff_id(),
        name: sealed()?,
        role: RoleName::AGENT,
        created_at: NOON,
        disabled_at: None,
        access_ends: None,
    })
}

pub(super) fn role(shop: ShopId) -> Verdict<RoleRow> {
    Ok(RoleRow {
        shop,
        name: "packer".parse().or_else(|_| fail("`packer` is a name"))?,
        title: "Packer".to_owned(),
        permissions: vec![
            "read_orders".to_owned(),
            "read_conversation:queue".to_owned(),
        ],
        version: 1,
        changed_at: NOON,
    })
}

pub(super) fn link(staff: &StaffRow) -> SignInLinkRow {
    SignInLinkRow {
        shop: staff.shop,
        id: link_id(),
        staff: staff.id,
        token_hash: hash(),
        created_at: NOON,
        expires_at: EVENING,
        used_at: None,
    }
}

pub(super) fn guest(shop: ShopId) -> ShopperSessionRow {
    ShopperSessionRow {
        shop,
        id: session_id(),
        token_hash: hash(),
        shopper: None,
        level: SessionLevel::Guest,
        proved_by: None,
        device: None,
        created_at: NOON,
        seen_at: NOON,
        expires_at: EVENING,
        ended_at: None,
    }
}

pub(super) fn staff_session(staff: &StaffRow) -> StaffSessionRow {
    StaffSessionRow {
        shop: staff.shop,
        id: session_id(),
        token_hash: hash(),
        staff: staff.id,
        proved_by: ProvedBy::Passkey,
        device: None,
        created_at: NOON,
        seen_at: NOON,
        expires_at: EVENING,
        ended_at: None,
    }
}

pub(super) fn code(session: &ShopperSessionRow) -> Verdict<CodeRequestRow> {
    Ok(CodeRequestRow {
        shop: session.shop,
        id: code_id(),
        session: session.id,
        email_index: hash(),
        email: sealed()?,
        code_hash: hash(),
        binding: None,
        attempts: 0,
        created_at: NOON,
        expires_at: EVENING,
        used_at: None,
    })
}

pub(super) fn conversation(session: &ShopperSessionRow) -> Verdict<ConversationRow> {
    Ok(ConversationRow {
        shop: session.shop,
        id: conversation_id(),
        session: session.id,
        shopper: None,
        state: ConversationState::Assistant,
        assigned: None,
        locale: locale("de-AT")?,
        last_position: 0,
        waiting_since: None,
        unanswered_since: None,
        closed_at: None,
        context: None,
        rewritings: 0,
        opened_at: NOON,
        updated_at: NOON,
    })
}

pub(super) fn locale(tag: &str) -> Verdict<Locale> {
    tag.parse()
        .or_else(|error: terms::LocaleError| fail(error.to_string()))
}

/// A turn of the shopper.
pub(super) fn turn(conversation: &ConversationRow, position: i64) -> Verdict<TurnRow> {
    Ok(TurnRow {
        shop: conversation.shop,
        conversation: conversation.id,
        position,
        id: turn_id(),
        author: Author::Shopper,
        staff: None,
        message: Some(message_id()),
        in_reply_to: None,
        body: sealed()?,
        rewriting: 0,
        own_key: false,
        advice: None,
        at: NOON,
    })
}

pub(super) fn note(conversation: &ConversationRow, staff: &StaffRow) -> Verdict<NoteRow> {
    Ok(NoteRow {
        shop: conversation.shop,
        id: note_id(),
        conversation: conversation.id,
        staff: staff.id,
        body: sealed()?,
        at: NOON,
    })
}

pub(super) fn mail(shop: ShopId) -> Verdict<MailRow> {
    Ok(MailRow {
        shop,
        id: mail_id(),
        recipient: sealed()?,
        message: sealed()?,
        created_at: NOON,
        expires_at: EVENING,
    })
}

pub(super) fn passage(shop: ShopId, kind: PassageKind, source: &str, position: i64) -> PassageRow {
    PassageRow {
        shop,
        id: passage_id(),
        kind,
        source: source.to_owned(),
        title: "Rückgabe".to_owned(),
        text: "Within 30 days; it's free.\n'; DROP TABLE passages; --".to_owned(),
        position,
    }
}

pub(super) fn document(shop: ShopId, audience: Audience) -> DocumentRow {
    DocumentRow {
        shop,
        id: document_id(),
        kind: PassageKind::Page,
        title: "Über uns; -- 🧀".to_owned(),
        body: "# Über uns\n\nSeit 1911. '; DROP TABLE documents; --".to_owned(),
        audience,
        url: Some("https://shop.example/über-uns".to_owned()),
        version: 1,
        updated_at: NOON,
    }
}

pub(super) fn unanswered(turn: &TurnRow) -> UnansweredRow {
    UnansweredRow {
        shop: turn.shop,
        id: question_id(),
        conversation: turn.conversation,
        position: turn.position,
        at: NOON,
    }
}

pub(super) fn key(shop: ShopId, owner: Owner, class: RetentionClass) -> DataKeyRow {
    DataKeyRow {
        shop,
        id: key_id(),
        owner,
        class,
        current: true,
        epoch: 1,
        wrapped: hash().to_vec(),
        created_at: NOON,
    }
}

pub(super) fn entry(shop: ShopId) -> EntryRow {
    EntryRow {
        shop,
        id: entry_id(),
        at: NOON,
        kind: "turn.received".to_owned(),
        subject: Some(hash()),
        body: hash().to_vec(),
        position: None,
    }
}
