//! The vault: finds, makes and re-wraps keys. `rolling.rs` rolls them.

use core::{fmt, time::Duration};
use std::{
    collections::HashMap,
    sync::{Arc, RwLock},
};

use store::keys::{DataKeyRow, Owner, ReadKeys, ShopKeyRow, WriteKeys};
use terms::{Clock, DataKeyId, Place, RetentionClass, Rng, Sealed, Secret, ShopId, Timestamp};

use crate::{
    CustodyError, DataKey, Domain, EpochNumber, KeyCustody, Row, StoredEpoch, VaultError,
    aead::{AeadKey, join},
    derive::{derive, domain_hash},
};

/// How long a node wraps under the epoch it knows before it asks the custody for a newer one.
pub(crate) const KNOWN_FOR: Duration = Duration::from_secs(60);

type Key = Secret<[u8; 32]>;

/// Keys of one installation. Shared by all requests.
pub struct Vault {
    pub(crate) custody: Arc<dyn KeyCustody>,
    clock: Arc<dyn Clock>,
    rng: Arc<dyn Rng>,
    root: AeadKey,
    shop_keys: RwLock<HashMap<ShopId, Arc<Key>>>,
    epochs: RwLock<Epochs>,
}

/// The epoch keys as the custody had them a moment ago, oldest first.
#[derive(Default)]
struct Epochs {
    known: Vec<(EpochNumber, Timestamp, Arc<Key>)>,
    /// `None` before the first look.
    loaded_at: Option<Timestamp>,
}

impl Vault {
    /// Opens the vault with what the custody keeps; makes the first epoch key when there is none.
    pub fn open(
        custody: Arc<dyn KeyCustody>,
        clock: Arc<dyn Clock>,
        rng: Arc<dyn Rng>,
    ) -> Result<Self, VaultError> {
        let root = custody.root_key()?;
        let root = AeadKey::new(derive(&[], root.expose(), b"parlour/v1/root/wrap")?.expose())?;
        let vault = Self {
            custody,
            clock,
            rng,
            root,
            shop_keys: RwLock::default(),
            epochs: RwLock::default(),
        };
        vault.load_epochs()?;
        if vault.current_epoch().is_err() {
            vault.begin_epoch_or_find_it(EpochNumber(1))?;
        }
        Ok(vault)
    }

    #[must_use]
    pub fn rng(&self) -> &dyn Rng {
        &*self.rng
    }

    #[must_use]
    pub fn clock(&self) -> &dyn Clock {
        &*self.clock
    }

    /// Makes the shop's key. A shop has one for as long as it exists.
    pub async fn create_shop_key(
        &self,
        tx: &mut dyn WriteKeys,
        shop: ShopId,
    ) -> Result<(), VaultError> {
        // What an earlier transaction that was rolled back made must not be taken for it.
        self.shop_keys
            .write()
            .map_err(|_| VaultError::Crypto)?
            .remove(&shop);
        let key = self.fresh_key();
        let mut wrapped = Vec::new();
        self.root
            .seal_into(&*self.rng, &shop_binding(shop), key.expose(), &mut wrapped)?;
        tx.insert_shop_key(&ShopKeyRow {
            shop,
            wrapped,
            created_at: self.clock.now(),
        })
        .await?;
        Ok(())
    }

    /// Whether this vault's root key is the one the shop's key was wrapped under: what a program
    /// asks before it serves, so that a wrong key directory is found at the start.
    pub async fn check(&self, read: &mut dyn ReadKeys, shop: ShopId) -> Result<(), VaultError> {
        self.shop_key(read, shop).await.map(drop)
    }

    /// The key that seals for this owner and class, made when there is none.
    pub async fn sealing_key(
        &self,
        tx: &mut dyn WriteKeys,
        shop: ShopId,
        owner: Owner,
        class: RetentionClass,
    ) -> Result<DataKey, VaultError> {
        if let Some(row) = tx.current_data_key(shop, owner, class).await? {
            return self.unwrap(tx, &row).await;
        }
        let (row, key) = self.new_key(tx, shop, owner, class, true).await?;
        if tx.insert_data_key(&row).await? {
            return DataKey::new(shop, row.id, owner, class, key.expose());
        }
        // Another transaction was first; its key is the one.
        match tx.current_data_key(shop, owner, class).await? {
            Some(row) => self.unwrap(tx, &row).await,
            None => Err(VaultError::Forgotten(row.id)),
        }
    }

    /// A key of the owner's for one row alone, which can be destroyed by itself: [`Vault::shred`]. It
    /// is forgotten and given to another owner with her other keys.
    pub async fn key_for_one_row(
        &self,
        tx: &mut dyn WriteKeys,
        shop: ShopId,
        owner: Owner,
        class: RetentionClass,
    ) -> Result<DataKey, VaultError> {
        let (row, key) = self.new_key(tx, shop, owner, class, false).await?;
        if tx.insert_data_key(&row).await? {
            return DataKey::new(shop, row.id, owner, class, key.expose());
        }
        Err(VaultError::Forgotten(row.id))
    }

    async fn new_key(
        &self,
        tx: &mut dyn WriteKeys,
        shop: ShopId,
        owner: Owner,
        class: RetentionClass,
        current: bool,
    ) -> Result<(DataKeyRow, Key), VaultError> {
        let epoch = self.epoch_to_wrap_under()?;
        let key = self.fresh_key();
        let mut row = DataKeyRow {
            shop,
            id: DataKeyId::ordered(&*self.clock, &*self.rng),
            owner,
            class,
            current,
            epoch: epoch.0,
            wrapped: Vec::new(),
            created_at: self.clock.now(),
        };
        row.wrapped = self.wrap(tx, &row, &key).await?;
        Ok((row, key))
    }

    /// The data key with this id, or [`VaultError::Forgotten`].
    pub async fn key(
        &self,
        read: &mut dyn ReadKeys,
        shop: ShopId,
        id: DataKeyId,
    ) -> Result<DataKey, VaultError> {
        match read.data_key(shop, id).await? {
            Some(row) => self.unwrap(read, &row).await,
            None => Err(VaultError::Forgotten(id)),
        }
    }

    /// Finds the key of a sealed value and opens it.
    pub async fn open_sealed<P: Place>(
        &self,
        read: &mut dyn ReadKeys,
        row: Row<'_>,
        sealed: &Sealed<P>,
    ) -> Result<Secret<Vec<u8>>, VaultError> {
        self.key(read, row.shop, sealed.key())
            .await?
            .open(row, sealed)
    }

    /// A keyed hash of the shop: blind index, stored code, subject of a limit.
    pub async fn keyed_hash(
        &self,
        read: &mut dyn ReadKeys,
        shop: ShopId,
        domain: Domain,
        parts: &[&[u8]],
    ) -> Result<[u8; 32], VaultError> {
        // For whoever compares the work of two branches; the name is the program's own.
        tracing::trace!(target: "parlour::work", "keyed hash {domain:?}");
        domain_hash(&*self.shop_key(read, shop).await?, domain, parts)
    }

    /// Gives all keys of a guest's conversation to the shopper the guest turned out to be. They
    /// are wrapped anew, bound to their new owner, and go on opening what they sealed; new rows
    /// are sealed under the shopper's own key. From now on they die with the shopper's keys.
    pub async fn adopt(
        &self,
        tx: &mut dyn WriteKeys,
        shop: ShopId,
        from: Owner,
        to: Owner,
    ) -> Result<u64, VaultError> {
        let epoch = self.epoch_to_wrap_under()?;
        let mut moved = 0;
        loop {
            // Read anew each time: a key that another node wrapped meanwhile is still the guest's.
            let left = tx.data_keys_of(shop, from).await?;
            if left.is_empty() || from == to {
                return Ok(moved);
            }
            for old in left {
                let new = DataKeyRow {
                    owner: to,
                    current: false,
                    epoch: epoch.0,
                    ..old.clone()
                };
                moved += u64::from(self.rewrap(tx, &old, new).await?);
            }
        }
    }

    /// Wraps a secret that the custody keeps beside the root key, such as the ledger's seed. `name`
    /// is bound to it: a secret kept under one name does not open as another.
    pub fn wrap_for_custody(&self, name: &str, secret: &Key) -> Result<Vec<u8>, VaultError> {
        let mut wrapped = Vec::new();
        self.root.seal_into(
            &*self.rng,
            &custody_binding(name),
            secret.expose(),
            &mut wrapped,
        )?;
        Ok(wrapped)
    }

    /// Opens what [`Vault::wrap_for_custody`] wrapped.
    pub fn unwrap_from_custody(&self, name: &str, wrapped: &[u8]) -> Result<Key, VaultError> {
        let opened = self.root.open(&custody_binding(name), wrapped);
        opened
            .and_then(|bytes| key_from(&bytes))
            .ok_or(VaultError::WrongRootKey)
    }

    /// A fresh secret from the vault's own source of randomness.
    #[must_use]
    pub fn fresh_secret(&self) -> Key {
        self.fresh_key()
    }

    /// Number and start of the epoch that new data keys are wrapped under.
    pub fn current_epoch(&self) -> Result<(EpochNumber, Timestamp), VaultError> {
        let epochs = self.epochs.read().map_err(|_| VaultError::Crypto)?;
        let newest = epochs.known.last().map(|(number, at, _)| (*number, *at));
        newest.ok_or(VaultError::EpochGone(EpochNumber(1)))
    }

    /// All epoch keys at hand, oldest first, with the moment each began.
    pub fn epochs(&self) -> Result<Vec<(EpochNumber, Timestamp)>, VaultError> {
        self.load_epochs()?;
        let epochs = self.epochs.read().map_err(|_| VaultError::Crypto)?;
        Ok(epochs
            .known
            .iter()
            .map(|(number, at, _)| (*number, *at))
            .collect())
    }

    /// Writes `new` with the key of `old` wrapped for it; `false` when the row is no longer as it
    /// was read: forgotten, adopted or wrapped by another node, whose word stands.
    pub(crate) async fn rewrap(
        &self,
        tx: &mut dyn WriteKeys,
        old: &DataKeyRow,
        mut new: DataKeyRow,
    ) -> Result<bool, VaultError> {
        let key = self.unwrap_bytes(tx, old).await?;
        new.wrapped = self.wrap(tx, &new, &key).await?;
        Ok(tx.rewrap_data_key(&new, &old.wrapped).await?)
    }

    fn begin_epoch(&self, number: EpochNumber) -> Result<(), VaultError> {
        let key = self.fresh_key();
        let created_at = self.clock.now();
        let mut wrapped = Vec::new();
        self.root.seal_into(
            &*self.rng,
            &epoch_binding(number),
            key.expose(),
            &mut wrapped,
        )?;
        self.custody.keep_epoch(&StoredEpoch {
            number,
            created_at,
            wrapped,
        })?;
        self.load_epochs()
    }

    pub(crate) fn begin_epoch_or_find_it(&self, number: EpochNumber) -> Result<(), VaultError> {
        match self.begin_epoch(number) {
            // Another node was first.
            Err(VaultError::Custody(CustodyError::Exists(_))) => self.load_epochs(),
            begun => begun,
        }
    }

    /// The epoch that new wrappings belong to: the newest, as of [`KNOWN_FOR`] ago at most.
    fn epoch_to_wrap_under(&self) -> Result<EpochNumber, VaultError> {
        let now = self.clock.now();
        let loaded_at = self
            .epochs
            .read()
            .map_err(|_| VaultError::Crypto)?
            .loaded_at;
        let fresh = loaded_at.is_some_and(|at| at <= now && now < at.after(KNOWN_FOR));
        if !fresh {
            self.load_epochs()?;
        }
        Ok(self.current_epoch()?.0)
    }

    pub(crate) fn load_epochs(&self) -> Result<(), VaultError> {
        let now = self.clock.now();
        let mut known = Vec::new();
        for epoch in self.custody.epochs()? {
            let key = self
                .root
                .open(&epoch_binding(epoch.number), &epoch.wrapped)
                .and_then(|bytes| key_from(&bytes))
                .ok_or(VaultError::WrongRootKey)?;
            known.push((epoch.number, epoch.created_at, Arc::new(key)));
        }
        known.sort_by_key(|(number, ..)| *number);
        *self.epochs.write().map_err(|_| VaultError::Crypto)? = Epochs {
            known,
            loaded_at: Some(now),
        };
        Ok(())
    }

    fn epoch_key(&self, number: EpochNumber) -> Result<Arc<Key>, VaultError> {
        let find = || -> Result<Option<Arc<Key>>, VaultError> {
            let epochs = self.epochs.read().map_err(|_| VaultError::Crypto)?;
            Ok(epochs
                .known
                .iter()
                .find(|(known, ..)| *known == number)
                .map(|(.., key)| Arc::clone(key)))
        };
        if let Some(key) = find()? {
            return Ok(key);
        }
        // Another node may have begun it since.
        self.load_epochs()?;
        find()?.ok_or(VaultError::EpochGone(number))
    }

    async fn shop_key(
        &self,
        read: &mut dyn ReadKeys,
        shop: ShopId,
    ) -> Result<Arc<Key>, VaultError> {
        let known = self
            .shop_keys
            .read()
            .map_err(|_| VaultError::Crypto)?
            .get(&shop)
            .map(Arc::clone);
        if let Some(key) = known {
            return Ok(key);
        }
        let row = read.shop_key(shop).await?.ok_or(VaultError::NoShopKey)?;
        let key = self
            .root
            .open(&shop_binding(shop), &row.wrapped)
            .and_then(|bytes| key_from(&bytes))
            .ok_or(VaultError::WrongRootKey)?;
        let key = Arc::new(key);
        self.shop_keys
            .write()
            .map_err(|_| VaultError::Crypto)?
            .insert(shop, Arc::clone(&key));
        Ok(key)
    }

    /// The key that wraps the shop's data keys of one epoch. Both the shop key and the epoch key
    /// are needed to derive it.
    async fn wrapping_key(
        &self,
        read: &mut dyn ReadKeys,
        shop: ShopId,
        epoch: EpochNumber,
    ) -> Result<AeadKey, VaultError> {
        let epoch = self.epoch_key(epoch)?;
        let shop = self.shop_key(read, shop).await?;
        AeadKey::new(derive(epoch.expose(), shop.expose(), b"parlour/v1/data-key/wrap")?.expose())
    }

    async fn wrap(
        &self,
        read: &mut dyn ReadKeys,
        row: &DataKeyRow,
        key: &Key,
    ) -> Result<Vec<u8>, VaultError> {
        let wrapping = self
            .wrapping_key(read, row.shop, EpochNumber(row.epoch))
            .await?;
        let mut wrapped = Vec::new();
        wrapping.seal_into(
            &*self.rng,
            &data_key_binding(row),
            key.expose(),
            &mut wrapped,
        )?;
        Ok(wrapped)
    }

    async fn unwrap_bytes(
        &self,
        read: &mut dyn ReadKeys,
        row: &DataKeyRow,
    ) -> Result<Key, VaultError> {
        let wrapping = self
            .wrapping_key(read, row.shop, EpochNumber(row.epoch))
            .await?;
        wrapping
            .open(&data_key_binding(row), &row.wrapped)
            .and_then(|bytes| key_from(&bytes))
            .ok_or(VaultError::WrappedKeyDoesNotOpen(row.id))
    }

    async fn unwrap(
        &self,
        read: &mut dyn ReadKeys,
        row: &DataKeyRow,
    ) -> Result<DataKey, VaultError> {
        let key = self.unwrap_bytes(read, row).await?;
        DataKey::new(row.shop, row.id, row.owner, row.class, key.expose())
    }

    fn fresh_key(&self) -> Key {
        let mut key = [0; 32];
        self.rng.fill(&mut key);
        Secret::new(key)
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault(..)")
    }
}

fn key_from(bytes: &Secret<Vec<u8>>) -> Option<Key> {
    bytes.expose().as_slice().try_into().ok().map(Secret::new)
}

fn shop_binding(shop: ShopId) -> Vec<u8> {
    join(&[b"parlour/v1/shop-key", shop.as_bytes()])
}

fn custody_binding(name: &str) -> Vec<u8> {
    join(&[b"parlour/v1/custody", name.as_bytes()])
}

fn epoch_binding(number: EpochNumber) -> Vec<u8> {
    join(&[b"parlour/v1/epoch-key", &number.0.to_be_bytes()])
}

fn data_key_binding(row: &DataKeyRow) -> Vec<u8> {
    join(&[
        b"parlour/v1/data-key",
        row.shop.as_bytes(),
        row.id.as_bytes(),
        row.owner.kind().as_bytes(),
        row.owner.uuid().as_bytes(),
        row.class.as_str().as_bytes(),
        &row.epoch.to_be_bytes(),
    ])
}
