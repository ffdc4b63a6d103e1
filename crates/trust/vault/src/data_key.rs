//! A data key in use: seals and opens the rows of one owner and one retention class.

use core::fmt;

use ledger::SubjectTag;
use store::keys::Owner;
use terms::{DataKeyId, Place, RetentionClass, Rng, Sealed, Secret, ShopId};

use crate::{
    Row, VaultError,
    aead::{AeadKey, join},
    derive::{derive, keyed_hash},
};

/// First byte of a sealed value; see `terms::Sealed` for the layout.
const VERSION: u8 = 1;

/// An unwrapped data key. Lives for one request; neither `Clone` nor serialisable.
pub struct DataKey {
    shop: ShopId,
    id: DataKeyId,
    owner: Owner,
    class: RetentionClass,
    aead: AeadKey,
    subject: Secret<[u8; 32]>,
}

impl DataKey {
    pub(crate) fn new(
        shop: ShopId,
        id: DataKeyId,
        owner: Owner,
        class: RetentionClass,
        key: &[u8; 32],
    ) -> Result<Self, VaultError> {
        let sealing = derive(&[], key, b"parlour/v1/data-key/seal")?;
        let subject = derive(&[], key, b"parlour/v1/data-key/ledger-subject")?;
        Ok(Self {
            shop,
            id,
            owner,
            class,
            aead: AeadKey::new(sealing.expose())?,
            subject,
        })
    }

    #[must_use]
    pub const fn id(&self) -> DataKeyId {
        self.id
    }

    #[must_use]
    pub const fn owner(&self) -> Owner {
        self.owner
    }

    /// Seals `plain` for place `P` in `row`.
    pub fn seal<P: Place>(
        &self,
        rng: &dyn Rng,
        row: Row<'_>,
        plain: &[u8],
    ) -> Result<Sealed<P>, VaultError> {
        self.check::<P>()?;
        if row.shop != self.shop {
            return Err(VaultError::OtherShop {
                table: P::ENTRY.table,
                column: P::ENTRY.column,
            });
        }
        let mut bytes = Vec::with_capacity(1 + 16 + 12 + plain.len() + 16);
        bytes.push(VERSION);
        bytes.extend_from_slice(self.id.as_bytes());
        self.aead
            .seal_into(rng, &self.bound_to::<P>(row), plain, &mut bytes)?;
        Ok(Sealed::from_storage(bytes)?)
    }

    /// Opens what was sealed for place `P` in `row` under this key.
    pub fn open<P: Place>(
        &self,
        row: Row<'_>,
        sealed: &Sealed<P>,
    ) -> Result<Secret<Vec<u8>>, VaultError> {
        let refuse = || VaultError::DoesNotOpen {
            table: P::ENTRY.table,
            column: P::ENTRY.column,
        };
        if sealed.key() != self.id || row.shop != self.shop {
            return Err(refuse());
        }
        self.check::<P>()?;
        let body = sealed.as_bytes().get(17..).ok_or_else(refuse)?;
        self.aead
            .open(&self.bound_to::<P>(row), body)
            .ok_or_else(refuse)
    }

    /// The owner's tag in the ledger. It cannot be computed, and so not be linked to her, once the
    /// key is destroyed.
    #[must_use]
    pub fn subject_tag(&self) -> SubjectTag {
        SubjectTag::from_keyed_hash(keyed_hash(
            &self.subject,
            &[self.owner.kind().as_bytes(), self.owner.uuid().as_bytes()],
        ))
    }

    fn check<P: Place>(&self) -> Result<(), VaultError> {
        if P::ENTRY.retention == self.class {
            return Ok(());
        }
        Err(VaultError::OtherClass {
            table: P::ENTRY.table,
            column: P::ENTRY.column,
        })
    }

    /// The associated data: place, shop, row, key and layout version.
    fn bound_to<P: Place>(&self, row: Row<'_>) -> Vec<u8> {
        let mut parts: Vec<&[u8]> = vec![
            b"parlour/v1/sealed",
            P::ENTRY.table.as_bytes(),
            P::ENTRY.column.as_bytes(),
            row.shop.as_bytes(),
            self.id.as_bytes(),
        ];
        parts.extend_from_slice(row.identity);
        join(&parts)
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "DataKey({}, {}, {})",
            self.id,
            self.owner.kind(),
            self.class.as_str()
        )
    }
}
