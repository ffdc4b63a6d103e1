//! Proposals: the statements behind `orders.rs`.

use store::{
    Result,
    keys::Owner,
    orders::{ProposalLevel, ProposalRow, ProposalState},
};
use terms::{ProposalId, ShopId, Timestamp};

use crate::{
    engine::{Sql, locking},
    unit::Unit,
    value::{Row, binds},
};

const PROPOSALS: &str = "proposals";

macro_rules! select {
    () => {
        "SELECT shop, id, owner_kind, owner, tool, level, state, hash, body, created_at, \
         expires_at, decided_at FROM proposals WHERE shop = $1 AND id = $2"
    };
}

pub(super) const SELECT: &str = select!();
pub(super) const LOCK: Sql = locking!(select!());
pub(super) const SWEEP: &str = "DELETE FROM proposals WHERE expires_at < $1";

fn proposal(row: &Row) -> Result<ProposalRow> {
    let mut fields = row.fields(PROPOSALS);
    let (shop, id) = (fields.parsed()?, fields.parsed()?);
    let kind = fields.text()?;
    let owner = Owner::from_stored(kind, fields.parsed()?)
        .ok_or_else(|| fields.corrupt(format!("`{kind}` is not a kind of owner")))?;
    Ok(ProposalRow {
        shop,
        id,
        owner,
        tool: fields.string()?,
        level: fields.named(ProposalLevel::from_stored)?,
        state: fields.named(ProposalState::from_stored)?,
        hash: fields.hash()?,
        body: fields.sealed()?,
        created_at: fields.time()?,
        expires_at: fields.time()?,
        decided_at: fields.optional_time()?,
    })
}

pub(super) async fn find(
    unit: &mut Unit,
    text: Sql,
    shop: ShopId,
    id: ProposalId,
) -> Result<Option<ProposalRow>> {
    let row = unit.one(PROPOSALS, text, binds![shop, id]).await?;
    row.as_ref().map(proposal).transpose()
}

pub(super) async fn insert(unit: &mut Unit, row: &ProposalRow) -> Result<()> {
    unit.insert(
        PROPOSALS,
        "INSERT INTO proposals (shop, id, owner_kind, owner, tool, level, state, hash, body, \
         created_at, expires_at, decided_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING",
        binds![
            row.shop,
            row.id,
            row.owner.kind(),
            *row.owner.uuid(),
            row.tool.as_str(),
            row.level.as_str(),
            row.state.as_str(),
            &row.hash,
            &row.body,
            row.created_at,
            row.expires_at,
            row.decided_at,
        ],
    )
    .await
}

pub(super) async fn decide(
    unit: &mut Unit,
    shop: ShopId,
    id: ProposalId,
    state: ProposalState,
    at: Timestamp,
) -> Result<()> {
    unit.update(
        PROPOSALS,
        "UPDATE proposals SET state = $3, decided_at = $4 \
         WHERE shop = $1 AND id = $2 AND decided_at IS NULL",
        binds![shop, id, state.as_str(), at],
    )
    .await
}

pub(super) async fn sweep(unit: &mut Unit, before: Timestamp) -> Result<u64> {
    unit.change(PROPOSALS, SWEEP, binds![before]).await
}
