//! Recovery codes and requests.

use terms::ShopId;

use super::{
    Stage,
    concurrency::{eight, one_won},
    samples::{self, EVENING, NOON, at},
    verdict::{Verdict, same},
};
use crate::{
    Snapshot, Transaction,
    keys::Owner,
    people::ShopperRow,
    recovery::{RecoveryCodes, RecoveryRequestRow},
};

/// A household's own: two codes of the shopper, and a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Recovery {
    codes: [[u8; 32]; 2],
    request: RecoveryRequestRow,
}

fn request(shop: ShopId, owner: Owner) -> RecoveryRequestRow {
    RecoveryRequestRow {
        shop,
        owner,
        asked_at: at(1_000),
        opens_at: NOON,
        expires_at: EVENING,
    }
}

impl Recovery {
    pub(super) fn new(shopper: &ShopperRow) -> Self {
        Self {
            codes: [samples::hash(), samples::hash()],
            request: request(shopper.shop, Owner::Shopper(shopper.id)),
        }
    }

    /// The same in another shop.
    pub(super) fn moved(&self, shop: ShopId) -> Self {
        let mut other = self.clone();
        other.request.shop = shop;
        other
    }

    pub(super) async fn write(&self, tx: &mut dyn Transaction) -> Verdict {
        let RecoveryRequestRow { shop, owner, .. } = self.request;
        tx.replace_recovery_codes(shop, owner, &self.codes, NOON)
            .await?;
        let asked = tx.insert_recovery_request(&self.request).await?;
        same("a new request", asked, true)
    }

    pub(super) async fn check(&self, db: &mut dyn Snapshot) -> Verdict {
        let RecoveryRequestRow { shop, owner, .. } = self.request;
        let expected = RecoveryCodes {
            left: 2,
            made_at: Some(NOON),
        };
        let found = db.recovery_codes_of(shop, owner).await?;
        same("recovery_codes_of", found, expected)?;
        let found = db.recovery_request(shop, owner).await?;
        same("recovery_request", found, Some(self.request.clone()))
    }

    pub(super) async fn nothing_in(&self, shop: ShopId, db: &mut dyn Snapshot) -> Verdict {
        let owner = self.request.owner;
        let found = db.recovery_codes_of(shop, owner).await?;
        same("recovery_codes_of", found, RecoveryCodes::default())?;
        let found = db.recovery_request(shop, owner).await?;
        same("recovery_request", found, None)
    }

    pub(super) async fn nothing_to_change(
        &self,
        shop: ShopId,
        tx: &mut dyn Transaction,
    ) -> Verdict {
        let owner = self.request.owner;
        for code in &self.codes {
            let used = tx.use_recovery_code(shop, owner, code).await?;
            same("use_recovery_code", used, false)?;
        }
        let used = tx.use_recovery_request(shop, owner, NOON).await?;
        same("use_recovery_request", used, false)?;
        let ended = tx.end_recovery_request(shop, owner).await?;
        same("end_recovery_request", ended, false)
    }
}

pub(super) async fn codes(stage: Stage) -> Verdict {
    let shop = samples::shop();
    let (hers, others) = (samples::shopper(shop.id)?, samples::shopper(shop.id)?);
    let (owner, other) = (Owner::Shopper(hers.id), Owner::Shopper(others.id));
    let (first, second, third) = (samples::hash(), samples::hash(), samples::hash());
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&shop).await?;
    tx.replace_recovery_codes(shop.id, owner, &[first, second], NOON)
        .await?;
    tx.replace_recovery_codes(shop.id, other, &[first], NOON)
        .await?;
    let strange = tx.use_recovery_code(shop.id, other, &second).await?;
    same("of somebody else", strange, false)?;
    let used = tx.use_recovery_code(shop.id, owner, &first).await?;
    same("the first use", used, true)?;
    let used = tx.use_recovery_code(shop.id, owner, &first).await?;
    same("the second use", used, false)?;
    let left = tx.recovery_codes_of(shop.id, owner).await?.left;
    same("one is left", left, 1)?;
    let left = tx.recovery_codes_of(shop.id, other).await?.left;
    same("and the other one's", left, 1)?;
    tx.replace_recovery_codes(shop.id, owner, &[third], EVENING)
        .await?;
    let old = tx.use_recovery_code(shop.id, owner, &second).await?;
    same("one of before", old, false)?;
    let expected = RecoveryCodes {
        left: 1,
        made_at: Some(EVENING),
    };
    let found = tx.recovery_codes_of(shop.id, owner).await?;
    same("the new ones", found, expected)
}

pub(super) async fn requests(stage: Stage) -> Verdict {
    let shop = samples::shop();
    let shopper = samples::shopper(shop.id)?;
    let owner = Owner::Shopper(shopper.id);
    let row = request(shop.id, owner);
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&shop).await?;
    let asked = tx.insert_recovery_request(&row).await?;
    same("asked for", asked, true)?;
    let later = RecoveryRequestRow {
        opens_at: EVENING,
        ..row.clone()
    };
    let again = tx.insert_recovery_request(&later).await?;
    same("asked for again", again, false)?;
    let early = at(NOON.millis() - 1);
    let used = tx.use_recovery_request(shop.id, owner, early).await?;
    same("too early", used, false)?;
    let used = tx.use_recovery_request(shop.id, owner, EVENING).await?;
    same("too late", used, false)?;
    let found = tx.recovery_request(shop.id, owner).await?;
    same("it waits", found, Some(row.clone()))?;
    let used = tx.use_recovery_request(shop.id, owner, NOON).await?;
    same("in time", used, true)?;
    let used = tx.use_recovery_request(shop.id, owner, NOON).await?;
    same("a second time", used, false)?;

    let old = RecoveryRequestRow {
        expires_at: at(1_000),
        ..row.clone()
    };
    tx.insert_recovery_request(&old).await?;
    let other = Owner::Shopper(samples::shopper(shop.id)?.id);
    tx.insert_recovery_request(&request(shop.id, other)).await?;
    let swept = tx.sweep_recovery_requests(at(2_000)).await?;
    same("swept", swept, 1)?;
    let found = tx.recovery_request(shop.id, owner).await?;
    same("the old one", found, None)?;
    let ended = tx.end_recovery_request(shop.id, other).await?;
    same("ended", ended, true)?;
    let ended = tx.end_recovery_request(shop.id, other).await?;
    same("ended once", ended, false)
}

pub(super) async fn one_uses_the_code(stage: Stage) -> Verdict {
    let shop = samples::shop();
    let owner = Owner::Shopper(samples::shopper(shop.id)?.id);
    let (code, other) = (samples::hash(), samples::hash());
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&shop).await?;
    tx.replace_recovery_codes(shop.id, owner, &[code, other], NOON)
        .await?;
    tx.commit().await?;
    let shop = shop.id;
    let won = eight(&stage, |database| async move {
        let mut tx = database.begin().await?;
        let won = tx.use_recovery_code(shop, owner, &code).await?;
        tx.commit().await?;
        Ok(won)
    });
    one_won(&won.await?)?;
    let mut db = stage.database.snapshot().await?;
    let left = db.recovery_codes_of(shop, owner).await?.left;
    same("the other one is left", left, 1)
}

pub(super) async fn one_comes_back(stage: Stage) -> Verdict {
    let shop = samples::shop();
    let owner = Owner::Shopper(samples::shopper(shop.id)?.id);
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&shop).await?;
    tx.insert_recovery_request(&request(shop.id, owner)).await?;
    tx.commit().await?;
    let shop = shop.id;
    let won = eight(&stage, |database| async move {
        let mut tx = database.begin().await?;
        let won = tx.use_recovery_request(shop, owner, NOON).await?;
        tx.commit().await?;
        Ok(won)
    });
    one_won(&won.await?)
}
