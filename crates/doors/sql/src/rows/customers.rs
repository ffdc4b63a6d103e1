//! Customers, their means of payment, and carts.

use async_trait::async_trait;
use store::{
    Result,
    customers::{CartRow, CustomerRow, PaymentMethodRow, ReadCustomers, WriteCustomers},
    keys::Owner,
};
use terms::{ShopId, ShopperId, Timestamp};

use super::each;
use crate::{
    engine::{Sql, locking},
    unit::Unit,
    value::{Row, binds},
};

const CUSTOMERS: &str = "customers";
const METHODS: &str = "payment_methods";
const CARTS: &str = "carts";

macro_rules! select_customers {
    ($rest:literal) => {
        concat!(
            "SELECT shop, shopper, own_index, position, body FROM customers WHERE shop = $1 AND ",
            $rest
        )
    };
}

macro_rules! select_cart {
    () => {
        "SELECT shop, owner_kind, owner, body, updated_at FROM carts \
         WHERE shop = $1 AND owner_kind = $2 AND owner = $3"
    };
}

pub(super) const CUSTOMERS_AFTER: &str =
    select_customers!("(position, shopper) > ($2, $3) ORDER BY position, shopper LIMIT $4");
pub(super) const METHODS_OF: &str = "SELECT shop, id, shopper, position, body FROM payment_methods \
                                     WHERE shop = $1 AND shopper = $2 ORDER BY position, id";
pub(super) const SWEEP_CARTS: &str =
    "DELETE FROM carts WHERE owner_kind = 'session' AND updated_at < $1";
const LOCK_CUSTOMER: Sql = locking!(select_customers!("shopper = $2"));
const LOCK_CART: Sql = locking!(select_cart!());

fn customer(row: &Row) -> Result<CustomerRow> {
    let mut fields = row.fields(CUSTOMERS);
    Ok(CustomerRow {
        shop: fields.parsed()?,
        shopper: fields.parsed()?,
        own_index: fields.hash()?,
        position: fields.integer()?,
        body: fields.sealed()?,
    })
}

fn method(row: &Row) -> Result<PaymentMethodRow> {
    let mut fields = row.fields(METHODS);
    Ok(PaymentMethodRow {
        shop: fields.parsed()?,
        id: fields.parsed()?,
        shopper: fields.parsed()?,
        position: fields.integer()?,
        body: fields.sealed()?,
    })
}

fn cart(row: &Row) -> Result<CartRow> {
    let mut fields = row.fields(CARTS);
    let shop = fields.parsed()?;
    let kind = fields.text()?;
    let owner = Owner::from_stored(kind, fields.parsed()?)
        .ok_or_else(|| fields.corrupt(format!("`{kind}` is not a kind of owner")))?;
    Ok(CartRow {
        shop,
        owner,
        body: fields.sealed()?,
        updated_at: fields.time()?,
    })
}

#[async_trait]
impl ReadCustomers for Unit {
    async fn customer(&mut self, shop: ShopId, shopper: ShopperId) -> Result<Option<CustomerRow>> {
        let text = select_customers!("shopper = $2");
        let row = self.one(CUSTOMERS, text, binds![shop, shopper]).await?;
        row.as_ref().map(customer).transpose()
    }

    async fn customer_by_own_id(
        &mut self,
        shop: ShopId,
        own_index: &[u8; 32],
    ) -> Result<Option<CustomerRow>> {
        let text = select_customers!("own_index = $2");
        let row = self.one(CUSTOMERS, text, binds![shop, own_index]).await?;
        row.as_ref().map(customer).transpose()
    }

    async fn customers_after(
        &mut self,
        shop: ShopId,
        after: Option<(i64, ShopperId)>,
        limit: u32,
    ) -> Result<Vec<CustomerRow>> {
        let (position, shopper) = after.map_or((i64::MIN, String::new()), |(position, shopper)| {
            (position, shopper.to_string())
        });
        let binds = binds![shop, position, shopper.as_str(), limit];
        let rows = self.all(CUSTOMERS, CUSTOMERS_AFTER, binds).await?;
        each(&rows, customer)
    }

    async fn customer_count(&mut self, shop: ShopId) -> Result<i64> {
        let text = "SELECT CAST(count(*) AS BIGINT) FROM customers WHERE shop = $1";
        let row = self.one(CUSTOMERS, text, binds![shop]).await?;
        row.map_or(Ok(0), |row| row.fields(CUSTOMERS).integer())
    }

    async fn payment_methods(
        &mut self,
        shop: ShopId,
        shopper: ShopperId,
    ) -> Result<Vec<PaymentMethodRow>> {
        let rows = self.all(METHODS, METHODS_OF, binds![shop, shopper]).await?;
        each(&rows, method)
    }

    async fn cart(&mut self, shop: ShopId, owner: Owner) -> Result<Option<CartRow>> {
        let row = self
            .one(
                CARTS,
                select_cart!(),
                binds![shop, owner.kind(), *owner.uuid()],
            )
            .await?;
        row.as_ref().map(cart).transpose()
    }
}

#[async_trait]
impl WriteCustomers for Unit {
    async fn insert_customer(&mut self, row: &CustomerRow) -> Result<()> {
        self.insert(
            CUSTOMERS,
            "INSERT INTO customers (shop, shopper, own_index, position, body) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
            binds![
                row.shop,
                row.shopper,
                &row.own_index,
                row.position,
                &row.body
            ],
        )
        .await
    }

    async fn update_customer(&mut self, row: &CustomerRow) -> Result<()> {
        self.update(
            CUSTOMERS,
            "UPDATE customers SET body = $3 WHERE shop = $1 AND shopper = $2",
            binds![row.shop, row.shopper, &row.body],
        )
        .await
    }

    async fn lock_customer(
        &mut self,
        shop: ShopId,
        shopper: ShopperId,
    ) -> Result<Option<CustomerRow>> {
        let row = self
            .one(CUSTOMERS, LOCK_CUSTOMER, binds![shop, shopper])
            .await?;
        row.as_ref().map(customer).transpose()
    }

    async fn insert_payment_method(&mut self, row: &PaymentMethodRow) -> Result<()> {
        self.insert(
            METHODS,
            "INSERT INTO payment_methods (shop, id, shopper, position, body) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
            binds![row.shop, row.id, row.shopper, row.position, &row.body],
        )
        .await
    }

    async fn update_payment_method(&mut self, row: &PaymentMethodRow) -> Result<()> {
        self.update(
            METHODS,
            "UPDATE payment_methods SET body = $4 WHERE shop = $1 AND id = $2 AND shopper = $3",
            binds![row.shop, row.id, row.shopper, &row.body],
        )
        .await
    }

    async fn lock_cart(&mut self, shop: ShopId, owner: Owner) -> Result<Option<CartRow>> {
        let row = self
            .one(CARTS, LOCK_CART, binds![shop, owner.kind(), *owner.uuid()])
            .await?;
        row.as_ref().map(cart).transpose()
    }

    async fn open_cart(&mut self, row: &CartRow) -> Result<bool> {
        let owner = row.owner;
        let opened = self
            .change(
                CARTS,
                "INSERT INTO carts (shop, owner_kind, owner, body, updated_at) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (shop, owner_kind, owner) DO NOTHING",
                binds![
                    row.shop,
                    owner.kind(),
                    *owner.uuid(),
                    &row.body,
                    row.updated_at
                ],
            )
            .await?;
        Ok(opened == 1)
    }

    async fn put_cart(&mut self, row: &CartRow) -> Result<()> {
        let text = "INSERT INTO carts (shop, owner_kind, owner, body, updated_at) \
                    VALUES ($1, $2, $3, $4, $5) ON CONFLICT (shop, owner_kind, owner) \
                    DO UPDATE SET body = excluded.body, updated_at = excluded.updated_at";
        let owner = row.owner;
        self.change(
            CARTS,
            text,
            binds![
                row.shop,
                owner.kind(),
                *owner.uuid(),
                &row.body,
                row.updated_at
            ],
        )
        .await?;
        Ok(())
    }

    async fn delete_cart(&mut self, shop: ShopId, owner: Owner) -> Result<()> {
        self.change(
            CARTS,
            "DELETE FROM carts WHERE shop = $1 AND owner_kind = $2 AND owner = $3",
            binds![shop, owner.kind(), *owner.uuid()],
        )
        .await?;
        Ok(())
    }

    async fn sweep_carts(&mut self, before: Timestamp) -> Result<u64> {
        self.change(CARTS, SWEEP_CARTS, binds![before]).await
    }
}
