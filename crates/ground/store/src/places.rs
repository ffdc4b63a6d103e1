//! Every place of personal data, and every column that holds none, with the reason.
//!
//! The schema of both databases is compared with these two lists: a column in neither fails the
//! contract suite.

use terms::{
    Category, DataMapEntry, ErasureStrategy, LegalBasis, Place, Purpose, Reader, Recipient,
    RetentionClass,
};

macro_rules! places {
    ($($(#[$doc:meta])* $name:ident = $entry:expr;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy)]
            pub enum $name {}
            impl Place for $name {
                const ENTRY: DataMapEntry = $entry;
            }
        )*
        /// The data map: every place of personal data in the installation.
        pub const ALL: &[DataMapEntry] = &[$(<$name as Place>::ENTRY),*];
    };
}

const fn correspondence(
    table: &'static str,
    column: &'static str,
    readers: &'static [Reader],
) -> DataMapEntry {
    DataMapEntry {
        table,
        column,
        category: Category::Correspondence,
        purpose: Purpose::AnswerTheShopper,
        legal_basis: LegalBasis::Contract,
        retention: RetentionClass::Conversation,
        erasure: ErasureStrategy::DestroyKey,
        readers,
        recipients: &[],
    }
}

const fn selling(
    table: &'static str,
    column: &'static str,
    category: Category,
    retention: RetentionClass,
) -> DataMapEntry {
    DataMapEntry {
        table,
        column,
        category,
        purpose: Purpose::SellAndDeliver,
        legal_basis: LegalBasis::Contract,
        retention,
        erasure: ErasureStrategy::DestroyKey,
        readers: &[Reader::Owner, Reader::Staff],
        recipients: &[],
    }
}

const fn code(
    table: &'static str,
    column: &'static str,
    readers: &'static [Reader],
) -> DataMapEntry {
    DataMapEntry {
        table,
        column,
        category: Category::ContactDetail,
        purpose: Purpose::ProveAnAddress,
        legal_basis: LegalBasis::Contract,
        retention: RetentionClass::Transient,
        erasure: ErasureStrategy::DestroyKey,
        readers,
        recipients: &[Recipient::MailProvider],
    }
}

const fn credential(
    table: &'static str,
    column: &'static str,
    retention: RetentionClass,
) -> DataMapEntry {
    DataMapEntry {
        table,
        column,
        category: Category::Credential,
        purpose: Purpose::ProveWhoSomebodyIs,
        legal_basis: LegalBasis::Contract,
        retention,
        erasure: ErasureStrategy::DestroyKey,
        readers: &[Reader::Owner],
        recipients: &[],
    }
}

places! {
    /// The address a shopper proved.
    ShopperEmail = DataMapEntry {
        table: "shoppers",
        column: "email",
        category: Category::ContactDetail,
        purpose: Purpose::AnswerTheShopper,
        legal_basis: LegalBasis::Contract,
        retention: RetentionClass::Account,
        erasure: ErasureStrategy::DestroyKey,
        readers: &[Reader::Owner, Reader::Staff],
        recipients: &[],
    };
    /// What was said in one turn, as reply blocks.
    TurnBody = correspondence("turns", "body", &[Reader::Owner, Reader::Staff]);
    /// What staff are advised about a turn: whether it reads like an attempt to steer the assistant, links
    /// that deceive, special categories it tells of (Art. 9 GDPR).
    TurnAdvice = correspondence("turns", "advice", &[Reader::Staff]);
    /// What staff noted about a conversation.
    NoteBody = correspondence("notes", "body", &[Reader::Staff]);
    /// The assistant's state and the pseudonyms of one conversation.
    ConversationContext = DataMapEntry {
        table: "conversations",
        column: "context",
        category: Category::AssistantContext,
        purpose: Purpose::AnswerTheShopper,
        legal_basis: LegalBasis::Contract,
        retention: RetentionClass::Conversation,
        erasure: ErasureStrategy::DestroyKey,
        readers: &[Reader::System],
        recipients: &[],
    };
    /// What a shopper says about a chat she rated.
    RatingWords = correspondence("ratings", "words", &[Reader::Owner, Reader::Staff]);
    /// The address a code was asked for.
    CodeEmail = code("code_requests", "email", &[Reader::System]);
    /// To whom a mail goes.
    MailRecipient = code("mails", "recipient", &[Reader::Owner]);
    /// The mail as it leaves: subject and text.
    MailMessage = code("mails", "message", &[Reader::Owner]);
    /// A customer's own id at the shop, names, phone and addresses.
    CustomerBody = selling("customers", "body", Category::CustomerProfile, RetentionClass::Account);
    /// A means of payment: own id, kind, brand, last four digits, balance, the gateway's token.
    PaymentMethodBody = DataMapEntry {
        recipients: &[Recipient::PaymentGateway],
        ..selling("payment_methods", "body", Category::Financial, RetentionClass::Account)
    };
    /// What lies in a cart.
    CartBody = DataMapEntry {
        readers: &[Reader::Owner],
        ..selling("carts", "body", Category::Purchase, RetentionClass::Transient)
    };
    /// What a shopper is asked to confirm: arguments and effect.
    ProposalBody = DataMapEntry {
        readers: &[Reader::Owner],
        ..selling("proposals", "body", Category::Purchase, RetentionClass::Transient)
    };
    /// An order: lines, address, fulfilments, return, exchange. Tax law keeps it.
    OrderBody = DataMapEntry {
        legal_basis: LegalBasis::LegalObligation,
        ..selling("orders", "body", Category::Purchase, RetentionClass::Statutory)
    };
    /// A passkey: the credential's id, its public key, and the name its owner gave it.
    PasskeyBody = credential("passkeys", "body", RetentionClass::Account);
    /// The assertion that confirmed a proposal, with the key that verifies it. Kept with what it confirmed.
    MandateBody = DataMapEntry {
        legal_basis: LegalBasis::LegalObligation,
        ..credential("mandates", "body", RetentionClass::Statutory)
    };
    /// From which device and network a shopper signed in.
    ShopperSessionDevice = DataMapEntry {
        category: Category::Device,
        legal_basis: LegalBasis::LegitimateInterest,
        ..credential("shopper_sessions", "device", RetentionClass::Account)
    };
    /// From which device and network a member of staff signed in.
    StaffSessionDevice = DataMapEntry {
        category: Category::Device,
        legal_basis: LegalBasis::LegitimateInterest,
        ..credential("staff_sessions", "device", RetentionClass::Account)
    };
    /// How a member of staff is called.
    StaffName = DataMapEntry {
        table: "staff",
        column: "name",
        category: Category::StaffIdentity,
        purpose: Purpose::RunTheService,
        legal_basis: LegalBasis::LegitimateInterest,
        retention: RetentionClass::Account,
        erasure: ErasureStrategy::DestroyKey,
        readers: &[Reader::Owner, Reader::Staff],
        recipients: &[],
    };
}

/// A column that holds no personal data in the clear, and why not.
#[derive(Debug, Clone, Copy)]
pub struct PlainColumn {
    pub table: &'static str,
    pub column: &'static str,
    pub because: &'static str,
}

const ID: &str = "a random or time-ordered id made by the program";
const TIME: &str = "a time of the service";
const STATE: &str = "a state of the service from a closed list";
const COUNT: &str = "a count or a position";
const SHOP_TEXT: &str = "text the shop publishes about itself";
const DESK_WORD: &str = "a word or a text that staff wrote for every shopper alike";
const HASH: &str = "a hash of a random token; nothing can be read from it";
const HASH_OF_PICTURE: &str = "a hash of a picture that the shop shows everybody";
const KEYED: &str = "a keyed hash; nothing can be read from it without the shop's key";
const AMOUNT: &str = "an amount of money without who paid it or for what";
const NUMBER: &str = "a number that the shop or its gateway gave to an order or a payment";
const SALTED: &str = "a hash over a random id among other things; nothing can be read from it";
const WRAPPED: &str = "a key wrapped under other keys";

macro_rules! plain {
    ($($table:literal: $($column:ident $because:ident),*;)*) => {
        /// Every column that is not a place.
        pub const PLAIN: &[PlainColumn] = &[
            $($(PlainColumn { table: $table, column: stringify!($column), because: $because }),*),*
        ];
    };
}

plain! {
    "shops": id ID, handle SHOP_TEXT, name SHOP_TEXT, content_version COUNT, created_at TIME;
    "shop_hosts": shop ID, kind STATE, value SHOP_TEXT;
    "shop_keys": shop ID, wrapped WRAPPED, created_at TIME;
    "data_keys": shop ID, id ID, owner_kind STATE, owner ID, class STATE, current STATE,
        epoch COUNT, wrapped WRAPPED, created_at TIME;
    "shoppers": shop ID, id ID, email_index KEYED, created_at TIME;
    "staff": shop ID, id ID, role STATE, created_at TIME, disabled_at TIME, access_ends TIME;
    "roles": shop ID, name DESK_WORD, title DESK_WORD, permissions STATE, version COUNT, changed_at TIME;
    "sign_in_links": shop ID, id ID, staff ID, token_hash HASH, created_at TIME, expires_at TIME,
        used_at TIME;
    "shopper_sessions": shop ID, id ID, token_hash HASH, shopper ID, level STATE, proved_by STATE,
        created_at TIME, seen_at TIME, expires_at TIME, ended_at TIME;
    "staff_sessions": shop ID, id ID, token_hash HASH, staff ID, proved_by STATE, created_at TIME,
        seen_at TIME, expires_at TIME, ended_at TIME;
    "passkeys": shop ID, id ID, owner_kind STATE, owner ID, credential SALTED, sign_count COUNT,
        backed_up STATE, created_at TIME, used_at TIME;
    "ceremonies": shop ID, id ID, purpose STATE, session ID, challenge HASH, created_at TIME,
        expires_at TIME, used_at TIME;
    "known_devices": shop ID, owner_kind STATE, owner ID, mark KEYED, seen_at TIME;
    "mandates": shop ID, id ID, owner ID, binding SALTED, created_at TIME;
    "recovery_codes": shop ID, owner_kind STATE, owner ID, hash KEYED, created_at TIME;
    "recovery_requests": shop ID, owner_kind STATE, owner ID, asked_at TIME, opens_at TIME,
        expires_at TIME;
    "code_requests": shop ID, id ID, session ID, email_index KEYED, code_hash KEYED, binding HASH,
        attempts COUNT, created_at TIME, expires_at TIME, used_at TIME;
    "conversations": shop ID, id ID, session ID, shopper ID, state STATE, assigned ID, locale STATE,
        last_position COUNT, waiting_since TIME, unanswered_since TIME, closed_at TIME,
        rewritings COUNT, opened_at TIME, updated_at TIME;
    "tags": shop ID, name DESK_WORD, created_at TIME;
    "conversation_tags": shop ID, conversation ID, tag DESK_WORD, at TIME;
    "saved_replies": shop ID, name DESK_WORD, text DESK_WORD, updated_at TIME;
    "desk_reads": shop ID, staff ID, conversation ID, position COUNT;
    "person_requests": shop ID, conversation ID, asked_at TIME, answered_at TIME, ended_at TIME;
    "turns": shop ID, conversation ID, position COUNT, id ID, author STATE, staff ID, message ID,
        in_reply_to COUNT, rewriting COUNT, own_key STATE, at TIME;
    "notes": shop ID, id ID, conversation ID, staff ID, at TIME;
    "mails": shop ID, id ID, created_at TIME, expires_at TIME;
    "passages": shop ID, id ID, kind STATE, source SHOP_TEXT, title SHOP_TEXT, text SHOP_TEXT,
        position COUNT;
    "shop_terms": shop ID, body SHOP_TEXT, catalogue COUNT;
    "shop_entries": shop ID, kind STATE, id SHOP_TEXT, position COUNT, body SHOP_TEXT;
    "products": shop ID, id SHOP_TEXT, position COUNT, body SHOP_TEXT;
    "variants": shop ID, id SHOP_TEXT, product SHOP_TEXT, position COUNT, price AMOUNT,
        available STATE, stock COUNT, body SHOP_TEXT;
    "customers": shop ID, shopper ID, own_index KEYED, position COUNT;
    "payment_methods": shop ID, id ID, shopper ID, position COUNT;
    "carts": shop ID, owner_kind STATE, owner ID, updated_at TIME;
    "proposals": shop ID, id ID, owner_kind STATE, owner ID, tool STATE, level STATE, state STATE,
        hash SALTED, created_at TIME, expires_at TIME, decided_at TIME;
    "orders": shop ID, id ID, number NUMBER, shopper ID, position COUNT, status STATE,
        servicing STATE, value AMOUNT, pay_until TIME, placed_at TIME, guest ID, updated_at TIME;
    "movements": shop ID, id ID, order_id ID, label NUMBER, position COUNT, kind STATE, method ID,
        original ID, amount AMOUNT, booked STATE, state STATE, reference NUMBER, attempts COUNT,
        next_at TIME, created_at TIME, updated_at TIME;
    "gateway_events": shop ID, id NUMBER, at TIME;
    "ledger_entries": shop ID, id ID, at TIME, kind STATE, subject KEYED, body STATE,
        position COUNT;
    "ledger_heads": shop ID, size COUNT;
    "ledger_tiles": shop ID, level COUNT, tile COUNT, hashes HASH;
    "ledger_checkpoints": shop ID, size COUNT, root HASH, note HASH, at TIME;
    "shop_fronts": shop ID, version COUNT, body SHOP_TEXT, updated_at TIME;
    "shop_logos": shop ID, kind STATE, image SHOP_TEXT, updated_at TIME;
    "pictures": shop ID, name HASH_OF_PICTURE, image SHOP_TEXT, used_at TIME;
    "product_pictures": shop ID, product SHOP_TEXT, source SHOP_TEXT, card HASH_OF_PICTURE,
        detail HASH_OF_PICTURE, refused STATE, tried_at TIME;
    "ratings": shop ID, conversation ID, score STATE, at TIME;
    "answer_wishes": shop ID, conversation ID, asked_at TIME, mailed_at TIME;
    "leases": shop ID, name STATE, holder ID, until TIME;
    "documents": shop ID, id ID, kind STATE, title SHOP_TEXT, body SHOP_TEXT, audience STATE,
        url SHOP_TEXT, version COUNT, updated_at TIME;
    "unanswered": shop ID, id ID, conversation ID, position COUNT, at TIME;
    "limits": shop ID, name STATE, subject KEYED, window_start TIME, count COUNT;
}
