//! Sessions, codes, and the sweep.

use terms::RetentionClass::{Conversation, Transient};

use super::{
    Stage,
    samples::{self, EVENING, NOON, at},
    verdict::{Verdict, conflict, missing, same},
};
use crate::{
    keys::Owner,
    sessions::{CodeRequestRow, ShopperSessionRow, StaffSessionRow},
};

pub(super) async fn touched_and_ended(stage: Stage) -> Verdict {
    let shop = samples::shop();
    let staff = samples::staff(shop.id)?;
    let guest = samples::guest(shop.id);
    let agent = samples::staff_session(&staff);
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&shop).await?;
    tx.insert_staff(&staff).await?;
    tx.insert_shopper_session(&guest).await?;
    tx.insert_staff_session(&agent).await?;

    let (seen_at, ended_at, again) = (at(NOON.millis() + 1), at(NOON.millis() + 2), EVENING);
    tx.touch_shopper_session(shop.id, guest.id, seen_at).await?;
    tx.touch_staff_session(shop.id, agent.id, seen_at).await?;
    let guest = ShopperSessionRow { seen_at, ..guest };
    let agent = StaffSessionRow { seen_at, ..agent };
    let found = tx.shopper_session(shop.id, guest.id).await?;
    same("a touched session", found, Some(guest.clone()))?;
    let found = tx.staff_session(shop.id, agent.id).await?;
    same("a touched session of staff", found, Some(agent.clone()))?;

    for at in [ended_at, again] {
        tx.end_shopper_session(shop.id, guest.id, at).await?;
        tx.end_staff_session(shop.id, agent.id, at).await?;
    }
    let guest = ShopperSessionRow {
        ended_at: Some(ended_at),
        ..guest
    };
    let agent = StaffSessionRow {
        ended_at: Some(ended_at),
        ..agent
    };
    same(
        "an ended session",
        tx.shopper_session(shop.id, guest.id).await?,
        Some(guest),
    )?;
    same(
        "an ended session of staff",
        tx.staff_session(shop.id, agent.id).await?,
        Some(agent),
    )?;

    let absent = samples::session_id();
    missing(
        "shopper_sessions",
        tx.touch_shopper_session(shop.id, absent, NOON).await,
    )?;
    missing(
        "shopper_sessions",
        tx.end_shopper_session(shop.id, absent, NOON).await,
    )?;
    missing(
        "staff_sessions",
        tx.touch_staff_session(shop.id, absent, NOON).await,
    )?;
    missing(
        "staff_sessions",
        tx.end_staff_session(shop.id, absent, NOON).await,
    )
}

pub(super) async fn tokens_unique(stage: Stage) -> Verdict {
    let (shop, other) = (samples::shop(), samples::shop());
    let staff = samples::staff(shop.id)?;
    let guest = samples::guest(shop.id);
    let agent = samples::staff_session(&staff);
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&shop).await?;
    tx.insert_shop(&other).await?;
    tx.insert_staff(&staff).await?;
    tx.insert_shopper_session(&guest).await?;
    tx.insert_staff_session(&agent).await?;
    // A bearer token names one session of the whole installation.
    let thief = ShopperSessionRow {
        token_hash: guest.token_hash,
        ..samples::guest(other.id)
    };
    conflict("shopper_sessions", tx.insert_shopper_session(&thief).await)?;
    conflict("shopper_sessions", tx.insert_shopper_session(&guest).await)?;
    let thief = StaffSessionRow {
        token_hash: agent.token_hash,
        ..samples::staff_session(&staff)
    };
    conflict("staff_sessions", tx.insert_staff_session(&thief).await)?;
    // A shopper's token is no token of staff.
    same(
        "as staff",
        tx.staff_session_by_token(&guest.token_hash).await?,
        None,
    )?;
    same(
        "as a shopper",
        tx.shopper_session_by_token(&agent.token_hash).await?,
        None,
    )
}

pub(super) async fn code_counted_and_used(stage: Stage) -> Verdict {
    let guest = samples::guest(samples::shop_id());
    let shop = guest.shop;
    let code = samples::code(&guest)?;
    let mut tx = stage.database.begin().await?;
    tx.insert_shopper_session(&guest).await?;
    tx.insert_code_request(&code).await?;
    conflict("code_requests", tx.insert_code_request(&code).await)?;
    for count in 1..=3 {
        same(
            "attempts",
            tx.count_code_attempt(shop, code.id).await?,
            count,
        )?;
    }
    same(
        "the first use",
        tx.use_code_request(shop, code.id, NOON).await?,
        true,
    )?;
    same(
        "the second use",
        tx.use_code_request(shop, code.id, EVENING).await?,
        false,
    )?;
    let used = CodeRequestRow {
        attempts: 3,
        used_at: Some(NOON),
        ..code
    };
    same(
        "the request",
        tx.code_request(shop, used.id).await?,
        Some(used),
    )?;
    let absent = samples::code_id();
    missing("code_requests", tx.count_code_attempt(shop, absent).await)?;
    missing(
        "code_requests",
        tx.use_code_request(shop, absent, NOON).await,
    )
}

/// Plays long before every other case, so that the sweep finds only its own rows.
pub(super) async fn swept(stage: Stage) -> Verdict {
    let early = |millis| ShopperSessionRow {
        created_at: at(1),
        seen_at: at(1),
        expires_at: at(millis),
        ..samples::guest(samples::shop_id())
    };
    let shop = samples::shop();
    let staff = samples::staff(shop.id)?;
    let expired = early(99);
    let ended = ShopperSessionRow {
        ended_at: Some(at(50)),
        ..early(1_000)
    };
    let lives = early(100);
    let named = early(99);
    let agent_gone = StaffSessionRow {
        expires_at: at(99),
        ..samples::staff_session(&staff)
    };
    let agent_out = StaffSessionRow {
        ended_at: Some(at(99)),
        ..samples::staff_session(&staff)
    };
    let agent_lives = samples::staff_session(&staff);
    let old_code = CodeRequestRow {
        expires_at: at(99),
        ..samples::code(&lives)?
    };
    let code = CodeRequestRow {
        expires_at: at(100),
        ..samples::code(&lives)?
    };
    let orphan = CodeRequestRow {
        expires_at: at(1_000),
        ..samples::code(&ended)?
    };
    let conversation = samples::conversation(&named)?;
    let key = |session: &ShopperSessionRow, class| {
        samples::key(session.shop, Owner::Session(session.id), class)
    };

    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&shop).await?;
    tx.insert_staff(&staff).await?;
    for session in [&expired, &ended, &lives, &named] {
        tx.insert_shopper_session(session).await?;
        tx.insert_data_key(&key(session, Transient)).await?;
    }
    tx.insert_data_key(&key(&expired, Conversation)).await?;
    for session in [&agent_gone, &agent_out, &agent_lives] {
        tx.insert_staff_session(session).await?;
    }
    for code in [&old_code, &code, &orphan] {
        tx.insert_code_request(code).await?;
    }
    tx.insert_conversation(&conversation).await?;

    // Two sessions and two of staff; two codes; the transient keys of three sessions, one of which
    // stays because a conversation names it.
    same("rows swept", tx.sweep_sessions(at(100)).await?, 4 + 2 + 3)?;
    same(
        "expired",
        tx.shopper_session(expired.shop, expired.id).await?,
        None,
    )?;
    same(
        "ended",
        tx.shopper_session(ended.shop, ended.id).await?,
        None,
    )?;
    let found = tx.shopper_session(lives.shop, lives.id).await?;
    same("alive", found, Some(lives.clone()))?;
    let found = tx.shopper_session(named.shop, named.id).await?;
    same("named by a conversation", found, Some(named.clone()))?;
    same(
        "staff, expired",
        tx.staff_session(shop.id, agent_gone.id).await?,
        None,
    )?;
    same(
        "staff, ended",
        tx.staff_session(shop.id, agent_out.id).await?,
        None,
    )?;
    let found = tx.staff_session(shop.id, agent_lives.id).await?;
    same("staff, alive", found, Some(agent_lives))?;
    same(
        "an expired code",
        tx.code_request(old_code.shop, old_code.id).await?,
        None,
    )?;
    same(
        "a code",
        tx.code_request(code.shop, code.id).await?,
        Some(code.clone()),
    )?;
    same(
        "a code of nobody",
        tx.code_request(orphan.shop, orphan.id).await?,
        None,
    )?;
    for (session, kept) in [(&expired, 1), (&ended, 0), (&lives, 1), (&named, 0)] {
        let keys = tx
            .data_keys_of(session.shop, Owner::Session(session.id))
            .await?;
        same("keys left", keys.len(), kept)?;
    }
    same("a second sweep", tx.sweep_sessions(at(100)).await?, 0)
}
