//! The state of the ledger, for whoever wants to verify it.

use axum::{Json, extract::State};
use identity::actions::ReadLedger;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    extract::Permitted,
    house::House,
    problem::{Problem, ProblemDetails},
    views::moment,
};

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LedgerView {
    origin: String,
    /// Entries in the tree.
    size: i64,
    /// Entries that are not in the tree yet.
    unplaced: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    checkpoint: Option<CheckpointView>,
    /// The verifier key (C2SP signed-note).
    public_key: String,
}

/// The newest signed checkpoint (C2SP tlog-checkpoint).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CheckpointView {
    size: i64,
    /// The root hash, in hexadecimal.
    root: String,
    #[schema(format = "date-time")]
    at: String,
    note: String,
}

/// How far the ledger goes, and the key that signs it.
#[utoipa::path(get, path = "/v1/staff/ledger", tag = "staff", operation_id = "ledger", security(("staff" = [])),
    responses((status = 200, body = LedgerView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn ledger(
    State(house): State<House>,
    Permitted(permit): Permitted<ReadLedger>,
) -> Result<Json<LedgerView>, Problem> {
    let mut snapshot = house.database.snapshot().await?;
    let shop = snapshot
        .shop(permit.shop())
        .await?
        .ok_or_else(Problem::needs_session)?;
    let (size, unplaced) = snapshot.entry_counts(shop.id).await?;
    let checkpoint = snapshot.latest_checkpoint(shop.id).await?;
    let facts = (house.ledger)(&shop.handle);
    Ok(Json(LedgerView {
        origin: facts.origin,
        size,
        unplaced,
        checkpoint: checkpoint.map(|checkpoint| CheckpointView {
            size: checkpoint.size,
            root: checkpoint
                .root
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect(),
            at: moment(checkpoint.at),
            note: checkpoint.note,
        }),
        public_key: facts.public_key,
    }))
}
