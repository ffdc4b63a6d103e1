//! What rows hold, as JSON: plain for what the shop publishes, sealed for what is somebody's.

use commerce::{document, port::ShopError};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use store::{
    Snapshot,
    customers::{CustomerRow, PaymentMethodRow},
    orders::OrderRow,
};
use terms::{PaymentMethodId, Place, Rng, Sealed, ShopId, ShopperId};
use vault::{DataKey, Row, Vault, VaultError};

use crate::Result;

/// Title, description and options of a product.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProductBody {
    pub(crate) title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) category: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) image_url: Option<String>,
    pub(crate) options: Vec<String>,
}

/// What tells a variant from its siblings.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VariantBody {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) sku: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) title: Option<String>,
    pub(crate) options: document::Options,
}

/// A means of payment with the gateway's token.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MethodBody {
    pub(crate) own: document::PaymentMethod,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) token: Option<String>,
    /// Takes refunds of what it paid, and is charged for nothing else.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub(crate) once: bool,
}

pub(crate) fn parse<T: DeserializeOwned>(what: &'static str, body: &str) -> Result<T> {
    serde_json::from_str(body).map_err(|_| ShopError::Unreadable(what))
}

pub(crate) fn print<T: Serialize>(what: &'static str, value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|_| ShopError::Unreadable(what))
}

/// Seals a value's JSON under a key, for one row.
pub(crate) fn seal<P: Place, T: Serialize>(
    key: &DataKey,
    rng: &dyn Rng,
    row: Row<'_>,
    what: &'static str,
    value: &T,
) -> Result<Sealed<P>> {
    let bytes = serde_json::to_vec(value).map_err(|_| ShopError::Unreadable(what))?;
    Ok(key.seal(rng, row, &bytes)?)
}

/// Opens values of one owner: the key of the last one is at hand for the next.
pub(crate) struct Opener<'v> {
    vault: &'v Vault,
    key: Option<DataKey>,
}

impl<'v> Opener<'v> {
    pub(crate) const fn new(vault: &'v Vault) -> Self {
        Self { vault, key: None }
    }

    /// The value; `None` when its owner was forgotten.
    pub(crate) async fn open<P: Place, T: DeserializeOwned>(
        &mut self,
        read: &mut dyn Snapshot,
        row: Row<'_>,
        shop: ShopId,
        what: &'static str,
        sealed: &Sealed<P>,
    ) -> Result<Option<T>> {
        if self.key.as_ref().is_none_or(|key| key.id() != sealed.key()) {
            match self.vault.key(read, shop, sealed.key()).await {
                Ok(key) => self.key = Some(key),
                Err(VaultError::Forgotten(_)) => return Ok(None),
                Err(error) => return Err(error.into()),
            }
        }
        let key = self.key.as_ref().ok_or(ShopError::Unreadable(what))?;
        let bytes = key.open(row, sealed)?;
        serde_json::from_slice(bytes.expose())
            .map(Some)
            .map_err(|_| ShopError::Unreadable(what))
    }

    pub(crate) async fn customer(
        &mut self,
        read: &mut dyn Snapshot,
        row: &CustomerRow,
    ) -> Result<Option<document::Customer>> {
        let identity = [row.shopper.as_bytes().as_slice()];
        let bound = Row::new(row.shop, &identity);
        self.open(read, bound, row.shop, "customer", &row.body)
            .await
    }

    pub(crate) async fn method(
        &mut self,
        read: &mut dyn Snapshot,
        row: &PaymentMethodRow,
    ) -> Result<Option<MethodBody>> {
        let identity = method_identity(&row.id, &row.shopper);
        let bound = Row::new(row.shop, &identity);
        self.open(read, bound, row.shop, "payment method", &row.body)
            .await
    }

    pub(crate) async fn order(
        &mut self,
        read: &mut dyn Snapshot,
        row: &OrderRow,
    ) -> Result<Option<document::Order>> {
        let identity = order_identity(row);
        let bound = Row::new(row.shop, &identity);
        self.open(read, bound, row.shop, "order", &row.body).await
    }
}

/// A method is sealed to its owner too: a row moved to another customer does not open.
pub(crate) fn method_identity<'a>(
    id: &'a PaymentMethodId,
    shopper: &'a ShopperId,
) -> [&'a [u8]; 2] {
    [id.as_bytes(), shopper.as_bytes()]
}

/// An order is sealed to its number and its owner.
pub(crate) fn order_identity(row: &OrderRow) -> [&[u8]; 3] {
    [
        row.id.as_bytes(),
        row.number.as_bytes(),
        row.shopper.as_bytes(),
    ]
}
