//! What must not compile, each with the compiler's own words; and beside it the proper use, which
//! must, so that each case fails for its reason and no other.
//!
//! Rust's messages change between versions: after an update, look at each difference before
//! accepting it with `TRYBUILD=overwrite cargo test -p parlour-tests misuse`.

use commerce::{change::Change, port::Shop, staff::Step, tools::Commerce};
use dialogue::{FoundPassage, Planner, State, Step as PlannerStep};
use guard::gate::{self, Admitted, Cleared, LinkPolicy, Pseudonyms, Redacted};
use identity::{
    Confirmed, Identity, IdentityError, NeedsLevel, Permit, Scope, SessionToken, Shopper, Staff,
    TokenHash, Verified,
    actions::{ReadStaff, Reply, ServeOrders},
    level::{AtLeast, Guest, Level, Session, StepUp},
    staff::Colleague,
};
use inbox::NewTurn;
use ledger::{Actor, Details, Recorded, Recorder};
use store::sessions::StaffSessionRow;
use store::{
    Snapshot, StoreError, Transaction,
    conversations::{Author, NoteRow},
    people::ShopperRow,
    places::NoteBody,
};
use terms::{
    DataMapEntry, Place, ProposalId, Rng, Sealed, Secret, ShopId, ShopperId, StaffId, Untrusted,
};
use vault::{DataKey, Erasure, Row, Vault, VaultError};

#[test]
fn misuse_does_not_compile() {
    trybuild::TestCases::new().compile_fail("misuse/*.rs");
}

/// A case without the compiler's words would be accepted whatever they are.
#[test]
fn every_misuse_says_what_it_is_and_how_it_fails() {
    let folder = crate::project::root().join("tests/misuse");
    let mut cases = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(
                text.starts_with("//! "),
                "{} does not say what it shows",
                path.display()
            );
            let words = std::fs::read_to_string(path.with_extension("stderr")).unwrap_or_default();
            assert!(
                words.contains("error"),
                "{} has no expected error",
                path.display()
            );
            cases += 1;
        }
    }
    assert!(cases > 0, "there is no misuse to refuse");
}

/// Shown to fail: a misuse that compiles after all is reported.
#[test]
#[should_panic(expected = "1 of 1 tests failed")]
fn a_misuse_that_compiles_is_found() {
    trybuild::TestCases::new().compile_fail("misuse/control/compiles.rs");
}

/// Compiling is the test.
#[test]
fn proper_use_compiles() {
    let _ = (
        logged,
        screened,
        kept,
        cleared,
        shown_again,
        sealed,
        erased,
        recorded,
        read,
        written,
    );
    let _ = (
        map_entry::<NoteBody>,
        compared_by_hash,
        stored,
        planned,
        passage,
        turn,
    );
    let _ = (
        used_in_its_request,
        raised,
        at_least_step_up::<StepUp>,
        replies,
        colleagues,
        token,
        confirmed,
        changed,
        stepped,
        confirmed_proposal,
    );
}

fn logged(text: &Untrusted<String>, token: &Secret<String>) -> String {
    format!("{text:?} {token:?}")
}

fn screened(text: Untrusted<String>, pseudonyms: &mut Pseudonyms) -> Option<(Admitted, Redacted)> {
    let inbound = gate::inbound(text, pseudonyms).ok()?;
    Some((inbound.admitted, inbound.redacted))
}

fn kept(
    key: &DataKey,
    rng: &dyn Rng,
    row: Row<'_>,
    text: &Admitted,
) -> Result<Sealed<NoteBody>, VaultError> {
    key.seal::<NoteBody>(rng, row, text.as_str().as_bytes())
}

fn stored(row: NoteRow, body: Sealed<NoteBody>) -> NoteRow {
    NoteRow { body, ..row }
}

fn cleared(text: Untrusted<String>, policy: &LinkPolicy) -> Option<Cleared> {
    gate::reply(text, policy).ok()
}

fn shown_again(bytes: &[u8], policy: &LinkPolicy) -> Option<Cleared> {
    gate::stored(bytes, policy).ok()
}

fn sealed(
    key: &DataKey,
    row: Row<'_>,
    note: &Sealed<NoteBody>,
) -> Result<Secret<Vec<u8>>, VaultError> {
    key.open(row, note)
}

async fn erased(
    vault: &Vault,
    recorder: &Recorder,
    tx: &mut dyn Transaction,
    erasure: Erasure,
) -> Result<u64, VaultError> {
    let recorded = recorder
        .record(tx, erasure.shop, Actor::System, None, erasure)
        .await?;
    vault.forget(tx, recorded).await
}

fn recorded(shop: ShopId, staff: StaffId) -> Details {
    Details::none()
        .id("shop", shop)
        .id("staff", staff)
        .word("reason", "asked")
}

async fn read(
    snapshot: &mut dyn Snapshot,
    shop: ShopId,
    id: ShopperId,
) -> Result<Option<ShopperRow>, StoreError> {
    snapshot.shopper(shop, id).await
}

async fn written(tx: &mut dyn Transaction, row: &ShopperRow) -> Result<bool, StoreError> {
    tx.insert_shopper(row).await
}

const fn map_entry<P: Place>() -> DataMapEntry {
    P::ENTRY
}

fn compared_by_hash(stored: [u8; 32], given: [u8; 32]) -> bool {
    stored == given
}

fn planned(planner: &dyn Planner, state: State, text: &Redacted) -> (State, PlannerStep) {
    planner.step(state, text, &[])
}

fn passage(passage: FoundPassage, text: Redacted) -> FoundPassage {
    FoundPassage { text, ..passage }
}

fn turn(words: &Cleared) -> NewTurn<'_> {
    NewTurn {
        author: Author::Ai,
        staff: None,
        message: None,
        in_reply_to: None,
        words,
    }
}

async fn used_in_its_request(
    identity: &Identity,
    snapshot: &mut dyn Snapshot,
    token: &SessionToken,
) -> Result<Option<ShopperId>, IdentityError> {
    let scope = Scope::new();
    let proof = identity.shopper(&scope, snapshot, token).await?;
    Ok(proof.shopper())
}

fn raised<'scope>(
    proof: Verified<'scope, Shopper, Guest>,
) -> Result<Verified<'scope, Shopper, Session>, NeedsLevel> {
    proof.raise::<Session>()
}

fn at_least_step_up<L: Level + AtLeast<StepUp>>(_: &Verified<'_, Shopper, L>) {}

fn replies(staff: &Verified<'_, Staff, Session>) -> bool {
    staff.permit::<Reply>().is_ok()
}

async fn colleagues(
    identity: &Identity,
    snapshot: &mut dyn Snapshot,
    permit: &Permit<ReadStaff>,
) -> Result<Vec<Colleague>, IdentityError> {
    identity.colleagues(snapshot, permit).await
}

fn token(row: StaffSessionRow, token: &SessionToken) -> StaffSessionRow {
    let TokenHash(token_hash) = token.hash();
    StaffSessionRow { token_hash, ..row }
}

fn confirmed(proof: Verified<'_, Shopper, StepUp>, proposal: &[u8; 32]) -> bool {
    proof.confirm(proposal).is_ok()
}

async fn changed(
    shop: &dyn Shop,
    tx: &mut dyn Transaction,
    id: ShopId,
    shopper: ShopperId,
    change: Recorded<Change>,
) -> bool {
    shop.apply(tx, id, shopper, change).await.is_ok()
}

async fn stepped(
    commerce: &Commerce,
    tx: &mut dyn Transaction,
    permit: &Permit<ServeOrders>,
) -> bool {
    let step = Step::Process;
    commerce.take_step(tx, permit, "A-1", step).await.is_ok()
}

async fn confirmed_proposal<'scope>(
    commerce: &Commerce,
    tx: &mut dyn Transaction,
    proof: &Verified<'scope, Shopper, Guest>,
    proposal: ProposalId,
    step_up: Confirmed<'scope>,
) -> bool {
    commerce
        .confirm(tx, proof, proposal, Some(step_up))
        .await
        .is_ok()
}
