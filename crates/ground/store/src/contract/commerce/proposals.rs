//! Proposals that wait for their confirmation, and the events a gateway sent.

use super::samples;
use crate::{
    contract::{
        Stage,
        samples::{EVENING, NOON, at, proposal_id, session_id, shop_id, shopper_id},
        verdict::{Verdict, conflict, missing, same},
    },
    keys::Owner,
    orders::{ProposalLevel, ProposalRow, ProposalState},
};

pub(in crate::contract) async fn taken_once(stage: Stage) -> Verdict {
    let shop = shop_id();
    let mut tx = stage.database.begin().await?;
    for level in ProposalLevel::ALL {
        for state in ProposalState::ALL {
            let row = ProposalRow {
                level: *level,
                state: *state,
                decided_at: (*state != ProposalState::Open).then_some(EVENING),
                ..samples::proposal(shop, Owner::Session(session_id()))?
            };
            tx.insert_proposal(&row).await?;
            let taken = ProposalRow {
                id: row.id,
                ..samples::proposal(shop, Owner::Shopper(shopper_id()))?
            };
            conflict("proposals", tx.insert_proposal(&taken).await)?;
            let found = tx.proposal(shop, row.id).await?;
            same("the first", found, Some(row))?;
        }
    }
    same("none", tx.proposal(shop, proposal_id()).await?, None)?;
    let found = tx.lock_proposal(shop, proposal_id()).await?;
    same("none to lock", found, None)
}

pub(in crate::contract) async fn decided_once(stage: Stage) -> Verdict {
    let shop = shop_id();
    let owner = Owner::Shopper(shopper_id());
    let mut tx = stage.database.begin().await?;
    let open = samples::proposal(shop, owner)?;
    tx.insert_proposal(&open).await?;
    for state in [ProposalState::Confirmed, ProposalState::Expired] {
        let row = samples::proposal(shop, owner)?;
        tx.insert_proposal(&row).await?;
        tx.decide_proposal(shop, row.id, state, NOON).await?;
        let decided = ProposalRow {
            state,
            decided_at: Some(NOON),
            ..row
        };
        for again in [ProposalState::Confirmed, ProposalState::Expired] {
            let answer = tx.decide_proposal(shop, decided.id, again, EVENING).await;
            missing("proposals", answer)?;
        }
        let found = tx.lock_proposal(shop, decided.id).await?;
        same("decided", found, Some(decided))?;
    }
    let found = tx.lock_proposal(shop, open.id).await?;
    same("another stays open", found, Some(open))?;
    let answer = tx
        .decide_proposal(shop, proposal_id(), ProposalState::Confirmed, NOON)
        .await;
    missing("proposals", answer)
}

/// Plays long before every other case, so that the sweep finds only its own rows.
pub(in crate::contract) async fn swept(stage: Stage) -> Verdict {
    let shop = shop_id();
    let row = |millis, state| -> Verdict<ProposalRow> {
        Ok(ProposalRow {
            expires_at: at(millis),
            state,
            decided_at: (state != ProposalState::Open).then_some(at(1)),
            ..samples::proposal(shop, Owner::Session(session_id()))?
        })
    };
    let old = [
        row(10, ProposalState::Open)?,
        row(19, ProposalState::Confirmed)?,
        row(19, ProposalState::Expired)?,
    ];
    let kept = [
        row(20, ProposalState::Open)?,
        row(20, ProposalState::Expired)?,
    ];
    let mut tx = stage.database.begin().await?;
    for row in old.iter().chain(&kept) {
        tx.insert_proposal(row).await?;
    }
    same("swept", tx.sweep_proposals(at(20)).await?, 3)?;
    for row in old {
        same("an old one", tx.proposal(shop, row.id).await?, None)?;
    }
    for row in kept {
        let found = tx.proposal(shop, row.id).await?;
        same("one that stays", found, Some(row))?;
    }
    same("swept again", tx.sweep_proposals(at(20)).await?, 0)
}

/// Plays long before every other case, so that the sweep finds only its own rows.
pub(in crate::contract) async fn events_seen_once(stage: Stage) -> Verdict {
    let (shop, other) = (shop_id(), shop_id());
    let (first, second, third) = (
        samples::word("evt"),
        samples::word("evt"),
        samples::word("evt"),
    );
    let mut tx = stage.database.begin().await?;
    for (event, millis) in [(&first, 10), (&second, 19), (&third, 20)] {
        let at = at(millis);
        same("new", tx.see_gateway_event(shop, event, at).await?, true)?;
        same("seen", tx.see_gateway_event(shop, event, at).await?, false)?;
        // The time of the first counts, and an event of one shop is none of another.
        let found = tx.see_gateway_event(shop, event, NOON).await?;
        same("seen later", found, false)?;
        let found = tx.see_gateway_event(other, event, NOON).await?;
        same("of another shop", found, true)?;
    }
    same("forgotten", tx.sweep_gateway_events(at(20)).await?, 2)?;
    for (event, new) in [(&first, true), (&second, true), (&third, false)] {
        let found = tx.see_gateway_event(shop, event, NOON).await?;
        same("after the sweep", found, new)?;
        let found = tx.see_gateway_event(other, event, NOON).await?;
        same("of another shop, after the sweep", found, false)?;
    }
    same("forgotten again", tx.sweep_gateway_events(at(20)).await?, 0)
}
