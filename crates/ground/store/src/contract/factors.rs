//! Passkeys, ceremonies and mandates.

use terms::ShopId;

use super::{
    Stage,
    samples::{self, EVENING, NOON, at},
    verdict::{Verdict, conflict, missing, same},
};
use crate::{
    Snapshot, Transaction,
    factors::{CeremonyPurpose, CeremonyRow, DevicesSeen, MandateRow, PasskeyRow},
    keys::Owner,
    people::{ShopperRow, StaffRow},
    sessions::ShopperSessionRow,
};

/// A household's own: two passkeys of the shopper and one of the member of staff, a ceremony, a mandate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Factors {
    hers: Vec<PasskeyRow>,
    staffs: PasskeyRow,
    ceremony: CeremonyRow,
    mandate: MandateRow,
    device: [u8; 32],
}

fn passkey(shop: ShopId, owner: Owner) -> Verdict<PasskeyRow> {
    Ok(PasskeyRow {
        shop,
        id: samples::passkey_id(),
        owner,
        credential: samples::hash(),
        body: samples::sealed()?,
        sign_count: 7,
        backed_up: true,
        created_at: NOON,
        used_at: None,
    })
}

fn ceremony(shop: ShopId) -> CeremonyRow {
    CeremonyRow {
        shop,
        id: samples::ceremony_id(),
        purpose: CeremonyPurpose::StaffSignIn,
        session: None,
        challenge: samples::hash(),
        created_at: NOON,
        expires_at: EVENING,
        used_at: None,
    }
}

impl Factors {
    pub(super) fn new(
        shopper: &ShopperRow,
        staff: &StaffRow,
        session: &ShopperSessionRow,
    ) -> Verdict<Self> {
        let shop = shopper.shop;
        let owner = Owner::Shopper(shopper.id);
        Ok(Self {
            hers: vec![
                PasskeyRow {
                    used_at: Some(EVENING),
                    backed_up: false,
                    sign_count: 0,
                    ..passkey(shop, owner)?
                },
                PasskeyRow {
                    created_at: EVENING,
                    ..passkey(shop, owner)?
                },
            ],
            staffs: passkey(shop, Owner::Staff(staff.id))?,
            ceremony: CeremonyRow {
                purpose: CeremonyPurpose::StepUp,
                session: Some(session.id),
                used_at: Some(EVENING),
                ..ceremony(shop)
            },
            mandate: MandateRow {
                shop,
                id: samples::mandate_id(),
                owner: shopper.id,
                binding: samples::hash(),
                body: samples::sealed()?,
                created_at: NOON,
            },
            device: samples::hash(),
        })
    }

    /// The same ids in another shop; credentials, which are unique everywhere, are new.
    pub(super) fn moved(&self, shop: ShopId) -> Verdict<Self> {
        let mut other = self.clone();
        for row in other.hers.iter_mut().chain([&mut other.staffs]) {
            row.shop = shop;
            row.credential = samples::hash();
            row.body = samples::sealed()?;
        }
        other.ceremony.shop = shop;
        other.ceremony.challenge = samples::hash();
        other.mandate.shop = shop;
        other.mandate.body = samples::sealed()?;
        Ok(other)
    }

    pub(super) async fn write(&self, tx: &mut dyn Transaction) -> Verdict {
        for row in self.hers.iter().chain([&self.staffs]) {
            same("a new passkey", tx.insert_passkey(row).await?, true)?;
        }
        tx.insert_ceremony(&self.ceremony).await?;
        tx.see_device(self.staffs.shop, self.staffs.owner, &self.device, NOON)
            .await?;
        Ok(tx.insert_mandate(&self.mandate).await?)
    }

    pub(super) async fn check(&self, db: &mut dyn Snapshot) -> Verdict {
        let shop = self.staffs.shop;
        for row in self.hers.iter().chain([&self.staffs]) {
            let found = db.passkey_by_credential(&row.credential).await?;
            same("passkey_by_credential", found, Some(row.clone()))?;
        }
        for (owner, expected) in self.by_owner() {
            same("passkeys_of", db.passkeys_of(shop, owner).await?, expected)?;
        }
        let found = db.ceremony(shop, self.ceremony.id).await?;
        same("ceremony", found, Some(self.ceremony.clone()))?;
        let seen = DevicesSeen {
            count: 1,
            this_one: Some(NOON),
        };
        let found = db
            .devices_seen(shop, self.staffs.owner, &self.device)
            .await?;
        same("devices_seen", found, seen)?;
        let found = db.mandates_of_binding(shop, &self.mandate.binding).await?;
        same("mandates_of_binding", found, vec![self.mandate.clone()])
    }

    fn by_owner(&self) -> Vec<(Owner, Vec<PasskeyRow>)> {
        let hers = self.hers.first().map(|row| (row.owner, self.hers.clone()));
        hers.into_iter()
            .chain([(self.staffs.owner, vec![self.staffs.clone()])])
            .collect()
    }

    pub(super) async fn nothing_in(&self, shop: ShopId, db: &mut dyn Snapshot) -> Verdict {
        for (owner, _) in self.by_owner() {
            same("passkeys_of", db.passkeys_of(shop, owner).await?, vec![])?;
        }
        let found = db.ceremony(shop, self.ceremony.id).await?;
        same("ceremony", found, None)?;
        let found = db
            .devices_seen(shop, self.staffs.owner, &self.device)
            .await?;
        same("devices_seen", found, DevicesSeen::default())?;
        let found = db.mandates_of_binding(shop, &self.mandate.binding).await?;
        same("mandates_of_binding", found, vec![])
    }

    pub(super) async fn nothing_to_change(
        &self,
        shop: ShopId,
        tx: &mut dyn Transaction,
    ) -> Verdict {
        let row = &self.staffs;
        let was = row.sign_count;
        let used = tx
            .use_passkey(shop, row.id, was, was + 1, true, EVENING)
            .await?;
        same("use_passkey", used, false)?;
        missing(
            "passkeys",
            tx.rewrite_passkey(shop, row.id, &row.body).await,
        )?;
        let gone = tx.delete_passkey(shop, row.owner, row.id).await?;
        same("delete_passkey", gone, false)?;
        missing(
            "ceremonies",
            tx.use_ceremony(shop, self.ceremony.id, EVENING).await,
        )
    }
}

pub(super) async fn passkeys(stage: Stage) -> Verdict {
    let shop = samples::shop();
    let (staff, colleague) = (samples::staff(shop.id)?, samples::staff(shop.id)?);
    let owner = Owner::Staff(staff.id);
    let row = passkey(shop.id, owner)?;
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&shop).await?;
    missing("staff", tx.lock_owner(shop.id, owner).await)?;
    tx.insert_staff(&staff).await?;
    tx.lock_owner(shop.id, owner).await?;
    same("the first", tx.insert_passkey(&row).await?, true)?;
    let again = PasskeyRow {
        credential: row.credential,
        ..passkey(shop.id, Owner::Staff(colleague.id))?
    };
    same("a colleague's", tx.insert_passkey(&again).await?, false)?;

    let used = tx.use_passkey(shop.id, row.id, 7, 9, false, NOON).await?;
    same("used", used, true)?;
    let behind = tx.use_passkey(shop.id, row.id, 7, 8, true, EVENING).await?;
    same("used by somebody who read it before", behind, false)?;
    let body = samples::sealed()?;
    tx.rewrite_passkey(shop.id, row.id, &body).await?;
    let now = PasskeyRow {
        sign_count: 9,
        backed_up: false,
        used_at: Some(NOON),
        body,
        ..row.clone()
    };
    let found = tx.passkeys_of(shop.id, owner).await?;
    same("renamed", found, vec![now])?;

    let others = Owner::Staff(colleague.id);
    let gone = tx.delete_passkey(shop.id, others, row.id).await?;
    same("removed by a colleague", gone, false)?;
    let gone = tx.delete_passkey(shop.id, owner, row.id).await?;
    same("removed", gone, true)?;
    let found = tx.passkey_by_credential(&row.credential).await?;
    same("after that", found, None)
}

pub(super) async fn devices(stage: Stage) -> Verdict {
    let shop = samples::shop();
    let (staff, colleague) = (samples::staff(shop.id)?, samples::staff(shop.id)?);
    let (owner, other) = (Owner::Staff(staff.id), Owner::Staff(colleague.id));
    let (home, office) = (samples::hash(), samples::hash());
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&shop).await?;
    let seen = tx.devices_seen(shop.id, owner, &home).await?;
    same("at first", seen, DevicesSeen::default())?;
    tx.see_device(shop.id, owner, &home, at(1_000)).await?;
    tx.see_device(shop.id, owner, &home, NOON).await?;
    tx.see_device(shop.id, owner, &office, at(1_000)).await?;
    let expected = DevicesSeen {
        count: 2,
        this_one: Some(NOON),
    };
    let seen = tx.devices_seen(shop.id, owner, &home).await?;
    same("home and office", seen, expected)?;
    let seen = tx.devices_seen(shop.id, other, &home).await?;
    same("of a colleague", seen, DevicesSeen::default())?;
    same("swept", tx.sweep_devices(at(2_000)).await?, 1)?;
    let expected = DevicesSeen {
        count: 1,
        this_one: None,
    };
    let seen = tx.devices_seen(shop.id, owner, &office).await?;
    same("after the sweep", seen, expected)
}

pub(super) async fn ceremonies(stage: Stage) -> Verdict {
    let shop = samples::shop();
    let (old, young) = (ceremony(shop.id), ceremony(shop.id));
    let old = CeremonyRow {
        expires_at: at(1_000),
        ..old
    };
    let mut tx = stage.database.begin().await?;
    tx.insert_shop(&shop).await?;
    for row in [&old, &young] {
        tx.insert_ceremony(row).await?;
        conflict("ceremonies", tx.insert_ceremony(row).await)?;
    }
    let first = tx.use_ceremony(shop.id, young.id, NOON).await?;
    same("the first use", first, true)?;
    let second = tx.use_ceremony(shop.id, young.id, EVENING).await?;
    same("the second use", second, false)?;
    missing(
        "ceremonies",
        tx.use_ceremony(shop.id, samples::ceremony_id(), NOON).await,
    )?;
    same("swept", tx.sweep_ceremonies(at(2_000)).await?, 1)?;
    same("the old one", tx.ceremony(shop.id, old.id).await?, None)?;
    let kept = CeremonyRow {
        used_at: Some(NOON),
        ..young
    };
    let found = tx.ceremony(shop.id, kept.id).await?;
    same("the young one", found, Some(kept))
}
