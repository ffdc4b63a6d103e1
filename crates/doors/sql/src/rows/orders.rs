//! Orders and the movements of money for them. Proposals stand in `proposals.rs`.

use async_trait::async_trait;
use store::{
    Result, StoreError,
    orders::{
        MovementKind, MovementRow, MovementState, OrderFilter, OrderRow, ProposalRow,
        ProposalState, ReadOrders, WriteOrders,
    },
};
use terms::{MovementId, OrderId, ProposalId, SessionId, ShopId, ShopperId, Timestamp};

use super::{each, proposals};
use crate::{
    engine::{Sql, locking},
    unit::Unit,
    value::{Row, binds},
};

const ORDERS: &str = "orders";
const MOVEMENTS: &str = "movements";
const EVENTS: &str = "gateway_events";

macro_rules! select_orders {
    ($rest:literal) => {
        concat!(
            "SELECT shop, id, number, shopper, position, status, servicing, value, body, \
             pay_until, placed_at, guest, updated_at FROM orders WHERE shop = $1 AND ",
            $rest
        )
    };
}

macro_rules! movement_columns {
    () => {
        "shop, id, order_id, label, position, kind, method, original, amount, booked, state, \
         reference, attempts, next_at, created_at, updated_at"
    };
}

macro_rules! select_movements {
    ($rest:literal) => {
        concat!(
            "SELECT ",
            movement_columns!(),
            " FROM movements WHERE shop = $1 AND ",
            $rest
        )
    };
}

pub(super) const ORDER_OF: &str = select_orders!("shopper = $2 AND number = $3");
pub(super) const ORDER_BY_NUMBER: &str = select_orders!("number = $2");
/// An optional filter is written so that no index serves it: a shopper's few orders, or the few
/// with a servicing, are looked through, never all of the shop's that have a status.
pub(super) const ORDERS_OF: &str = select_orders!(
    "shopper = $2 AND guest IS NULL AND (CAST($3 AS TEXT) IS NULL OR status = $3) \
     ORDER BY position DESC, id DESC LIMIT $4"
);
pub(super) const ORDERS_BEFORE: &str =
    select_orders!("(position, id) < ($2, $3) ORDER BY position DESC, id DESC LIMIT $4");
pub(super) const ORDERS_OF_STATUS_BEFORE: &str = select_orders!(
    "(position, id) < ($2, $3) AND status = $5 ORDER BY position DESC, id DESC LIMIT $4"
);
pub(super) const ORDERS_OF_SERVICING_BEFORE: &str = select_orders!(
    "(position, id) < ($2, $3) AND servicing = $5 \
     AND (CAST($6 AS TEXT) IS NULL OR status = $6) ORDER BY position DESC, id DESC LIMIT $4"
);
pub(super) const ORDERS_AFTER: &str =
    select_orders!("(position, id) > ($2, $3) ORDER BY position, id LIMIT $4");
pub(super) const ORDER_COUNTS: &str = "SELECT status, servicing, CAST(count(*) AS BIGINT) FROM orders \
                            WHERE shop = $1 GROUP BY status, servicing";
pub(super) const MOVEMENTS_OF: &str = select_movements!("order_id = $2 ORDER BY position, id");
pub(super) const UNPAID: &str = "SELECT shop, id FROM orders WHERE pay_until IS NOT NULL AND pay_until <= $1 \
                      ORDER BY pay_until LIMIT $2";
pub(super) const UNPAID_OF: &str = "SELECT CAST(count(*) AS BIGINT) FROM orders \
                      WHERE shop = $1 AND shopper = $2 AND (guest IS NULL) = $3 AND pay_until IS NOT NULL";
pub(super) const UNPAID_OF_GUEST: &str = "SELECT CAST(count(*) AS BIGINT) FROM orders \
                      WHERE shop = $1 AND guest = $2 AND pay_until IS NOT NULL";
pub(super) const ADOPT: &str = "UPDATE orders SET guest = NULL \
                     WHERE shop = $1 AND guest = $2 AND shopper = $3 RETURNING id";
pub(super) const SWEEP_EVENTS: &str = "DELETE FROM gateway_events WHERE at < $1";
const LOCK_ORDER_OF: Sql = locking!(select_orders!("shopper = $2 AND number = $3"));
const LOCK_ORDER: Sql = locking!(select_orders!("id = $2"));
const LOCK_MOVEMENT: Sql = locking!(select_movements!("id = $2"));

macro_rules! due {
    () => {
        "SELECT shop, id FROM movements WHERE next_at IS NOT NULL AND next_at <= $1 \
         ORDER BY next_at LIMIT $3"
    };
}

/// Who claims while another does gets others: on PostgreSQL rows that are being claimed are passed
/// over; on SQLite there is one writer at a time.
///
/// INVARIANT: PostgreSQL chooses the rows once, before anything is joined to them. As a subquery of
/// `IN` its planner may run the choice again for every row of the table, which claims them all.
pub(super) const CLAIM: Sql = Sql::PerEngine {
    sqlite: concat!(
        "UPDATE movements SET next_at = $2 WHERE (shop, id) IN (",
        due!(),
        ") RETURNING ",
        movement_columns!()
    ),
    postgres: concat!(
        "WITH due AS MATERIALIZED (",
        due!(),
        " FOR UPDATE SKIP LOCKED), claimed AS (UPDATE movements SET next_at = $2 FROM due \
         WHERE movements.shop = due.shop AND movements.id = due.id RETURNING movements.*) SELECT ",
        movement_columns!(),
        " FROM claimed"
    ),
};

fn order(row: &Row) -> Result<OrderRow> {
    let mut fields = row.fields(ORDERS);
    Ok(OrderRow {
        shop: fields.parsed()?,
        id: fields.parsed()?,
        number: fields.string()?,
        shopper: fields.parsed()?,
        position: fields.integer()?,
        status: fields.string()?,
        servicing: fields.optional_text()?.map(str::to_owned),
        value: fields.integer()?,
        body: fields.sealed()?,
        pay_until: fields.optional_time()?,
        placed_at: fields.optional_time()?,
        guest: fields.optional_parsed()?,
        updated_at: fields.time()?,
    })
}

fn movement(row: &Row) -> Result<MovementRow> {
    let mut fields = row.fields(MOVEMENTS);
    Ok(MovementRow {
        shop: fields.parsed()?,
        id: fields.parsed()?,
        order: fields.parsed()?,
        label: fields.string()?,
        position: fields.integer()?,
        kind: fields.named(MovementKind::from_stored)?,
        method: fields.optional_parsed()?,
        original: fields.optional_parsed()?,
        amount: fields.integer()?,
        booked: fields.boolean()?,
        state: fields.named(MovementState::from_stored)?,
        reference: fields.optional_text()?.map(str::to_owned),
        attempts: fields.integer()?,
        next_at: fields.optional_time()?,
        created_at: fields.time()?,
        updated_at: fields.time()?,
    })
}

#[async_trait]
impl ReadOrders for Unit {
    async fn order_of(
        &mut self,
        shop: ShopId,
        shopper: ShopperId,
        number: &str,
    ) -> Result<Option<OrderRow>> {
        let row = self
            .one(ORDERS, ORDER_OF, binds![shop, shopper, number])
            .await?;
        row.as_ref().map(order).transpose()
    }

    async fn order_by_number(&mut self, shop: ShopId, number: &str) -> Result<Option<OrderRow>> {
        let row = self
            .one(ORDERS, ORDER_BY_NUMBER, binds![shop, number])
            .await?;
        row.as_ref().map(order).transpose()
    }

    async fn order(&mut self, shop: ShopId, id: OrderId) -> Result<Option<OrderRow>> {
        let row = self
            .one(ORDERS, select_orders!("id = $2"), binds![shop, id])
            .await?;
        row.as_ref().map(order).transpose()
    }

    async fn orders_of(
        &mut self,
        shop: ShopId,
        shopper: ShopperId,
        status: Option<&str>,
        limit: u32,
    ) -> Result<Vec<OrderRow>> {
        let rows = self
            .all(ORDERS, ORDERS_OF, binds![shop, shopper, status, limit])
            .await?;
        each(&rows, order)
    }

    async fn unpaid_orders_of(
        &mut self,
        shop: ShopId,
        shopper: ShopperId,
        listed: bool,
    ) -> Result<i64> {
        let row = self
            .one(ORDERS, UNPAID_OF, binds![shop, shopper, listed])
            .await?;
        row.map_or(Ok(0), |row| row.fields(ORDERS).integer())
    }

    async fn unpaid_orders_of_guest(&mut self, shop: ShopId, guest: SessionId) -> Result<i64> {
        let row = self
            .one(ORDERS, UNPAID_OF_GUEST, binds![shop, guest])
            .await?;
        row.map_or(Ok(0), |row| row.fields(ORDERS).integer())
    }

    async fn orders_before(
        &mut self,
        shop: ShopId,
        filter: &OrderFilter,
        before: Option<(i64, OrderId)>,
        limit: u32,
    ) -> Result<Vec<OrderRow>> {
        // Ids are hexadecimal digits and hyphens: `g` stands after every one of them.
        let (position, id) = before.map_or((i64::MAX, "g".to_owned()), |(position, id)| {
            (position, id.to_string())
        });
        let mut binds = binds![shop, position, id.as_str(), limit];
        let text = match (filter.status.as_deref(), filter.servicing.as_deref()) {
            (None, None) => ORDERS_BEFORE,
            (Some(status), None) => {
                binds.push(status.into());
                ORDERS_OF_STATUS_BEFORE
            }
            (status, Some(servicing)) => {
                binds.extend([servicing.into(), status.into()]);
                ORDERS_OF_SERVICING_BEFORE
            }
        };
        let rows = self.all(ORDERS, text, binds).await?;
        each(&rows, order)
    }

    async fn orders_after(
        &mut self,
        shop: ShopId,
        after: Option<(i64, OrderId)>,
        limit: u32,
    ) -> Result<Vec<OrderRow>> {
        let (position, id) = after.map_or((i64::MIN, String::new()), |(position, id)| {
            (position, id.to_string())
        });
        let binds = binds![shop, position, id.as_str(), limit];
        let rows = self.all(ORDERS, ORDERS_AFTER, binds).await?;
        each(&rows, order)
    }

    async fn order_counts(&mut self, shop: ShopId) -> Result<Vec<(String, Option<String>, i64)>> {
        let rows = self.all(ORDERS, ORDER_COUNTS, binds![shop]).await?;
        let mut counts = Vec::new();
        for row in &rows {
            let mut fields = row.fields(ORDERS);
            let status = fields.string()?;
            let servicing = fields.optional_text()?.map(str::to_owned);
            counts.push((status, servicing, fields.integer()?));
        }
        counts.sort();
        Ok(counts)
    }

    async fn movements(&mut self, shop: ShopId, order: OrderId) -> Result<Vec<MovementRow>> {
        let rows = self
            .all(MOVEMENTS, MOVEMENTS_OF, binds![shop, order])
            .await?;
        each(&rows, movement)
    }

    async fn movement(&mut self, shop: ShopId, id: MovementId) -> Result<Option<MovementRow>> {
        let row = self
            .one(MOVEMENTS, select_movements!("id = $2"), binds![shop, id])
            .await?;
        row.as_ref().map(movement).transpose()
    }

    async fn proposal(&mut self, shop: ShopId, id: ProposalId) -> Result<Option<ProposalRow>> {
        proposals::find(self, proposals::SELECT.into(), shop, id).await
    }

    async fn orders_out_of_balance(
        &mut self,
        shop: ShopId,
        limit: u32,
    ) -> Result<Vec<(OrderId, i64, i64)>> {
        let text = "SELECT id, held, value FROM (SELECT orders.id AS id, orders.value AS value, \
                    CAST(coalesce(sum(CASE WHEN NOT movements.booked THEN 0 \
                    WHEN movements.kind = 'payment' THEN movements.amount \
                    ELSE -movements.amount END), 0) AS BIGINT) AS held, \
                    max(CASE WHEN movements.booked THEN 1 ELSE 0 END) AS ever_booked \
                    FROM orders LEFT JOIN movements ON movements.shop = orders.shop \
                    AND movements.order_id = orders.id WHERE orders.shop = $1 \
                    GROUP BY orders.id, orders.value) AS balances \
                    WHERE ever_booked = 1 AND held <> value ORDER BY id LIMIT $2";
        let rows = self.all(ORDERS, text, binds![shop, limit]).await?;
        let mut found = Vec::new();
        for row in &rows {
            let mut fields = row.fields(ORDERS);
            found.push((fields.parsed()?, fields.integer()?, fields.integer()?));
        }
        Ok(found)
    }
}

#[async_trait]
impl WriteOrders for Unit {
    async fn insert_order(&mut self, row: &OrderRow) -> Result<()> {
        self.insert(
            ORDERS,
            "INSERT INTO orders (shop, id, number, shopper, position, status, servicing, value, \
             body, pay_until, placed_at, guest, updated_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
             ON CONFLICT DO NOTHING",
            binds![
                row.shop,
                row.id,
                row.number.as_str(),
                row.shopper,
                row.position,
                row.status.as_str(),
                row.servicing.as_deref(),
                row.value,
                &row.body,
                row.pay_until,
                row.placed_at,
                row.guest,
                row.updated_at,
            ],
        )
        .await
    }

    async fn update_order(&mut self, row: &OrderRow) -> Result<()> {
        self.update(
            ORDERS,
            "UPDATE orders SET status = $3, servicing = $4, value = $5, body = $6, pay_until = $7, \
             guest = $8, updated_at = $9 WHERE shop = $1 AND id = $2",
            binds![
                row.shop,
                row.id,
                row.status.as_str(),
                row.servicing.as_deref(),
                row.value,
                &row.body,
                row.pay_until,
                row.guest,
                row.updated_at,
            ],
        )
        .await
    }

    async fn lock_order_of(
        &mut self,
        shop: ShopId,
        shopper: ShopperId,
        number: &str,
    ) -> Result<Option<OrderRow>> {
        let row = self
            .one(ORDERS, LOCK_ORDER_OF, binds![shop, shopper, number])
            .await?;
        row.as_ref().map(order).transpose()
    }

    async fn lock_order(&mut self, shop: ShopId, id: OrderId) -> Result<Option<OrderRow>> {
        let row = self.one(ORDERS, LOCK_ORDER, binds![shop, id]).await?;
        row.as_ref().map(order).transpose()
    }

    async fn insert_movement(&mut self, row: &MovementRow) -> Result<()> {
        self.insert(
            MOVEMENTS,
            "INSERT INTO movements (shop, id, order_id, label, position, kind, method, original, \
             amount, booked, state, reference, attempts, next_at, created_at, updated_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) \
             ON CONFLICT DO NOTHING",
            binds![
                row.shop,
                row.id,
                row.order,
                row.label.as_str(),
                row.position,
                row.kind.as_str(),
                row.method,
                row.original,
                row.amount,
                row.booked,
                row.state.as_str(),
                row.reference.as_deref(),
                row.attempts,
                row.next_at,
                row.created_at,
                row.updated_at,
            ],
        )
        .await
    }

    async fn update_movement(&mut self, row: &MovementRow) -> Result<()> {
        self.update(
            MOVEMENTS,
            "UPDATE movements SET method = $3, booked = $4, state = $5, reference = $6, \
             attempts = $7, next_at = $8, updated_at = $9 WHERE shop = $1 AND id = $2",
            binds![
                row.shop,
                row.id,
                row.method,
                row.booked,
                row.state.as_str(),
                row.reference.as_deref(),
                row.attempts,
                row.next_at,
                row.updated_at,
            ],
        )
        .await
    }

    async fn lock_movement(&mut self, shop: ShopId, id: MovementId) -> Result<Option<MovementRow>> {
        let row = self.one(MOVEMENTS, LOCK_MOVEMENT, binds![shop, id]).await?;
        row.as_ref().map(movement).transpose()
    }

    async fn claim_movements(
        &mut self,
        now: Timestamp,
        again_at: Timestamp,
        limit: u32,
    ) -> Result<Vec<MovementRow>> {
        let rows = self
            .all(MOVEMENTS, CLAIM, binds![now, again_at, limit])
            .await?;
        each(&rows, movement)
    }

    async fn adopt_orders(
        &mut self,
        shop: ShopId,
        session: SessionId,
        shopper: ShopperId,
    ) -> Result<Vec<OrderId>> {
        let rows = self
            .all(ORDERS, ADOPT, binds![shop, session, shopper])
            .await?;
        let ids = rows.iter().map(|row| row.fields(ORDERS).parsed());
        let mut ids: Vec<OrderId> = ids.collect::<Result<_>>()?;
        ids.sort_unstable();
        Ok(ids)
    }

    async fn unpaid_orders(
        &mut self,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<(ShopId, OrderId)>> {
        let rows = self.all(ORDERS, UNPAID, binds![now, limit]).await?;
        let mut found = Vec::new();
        for row in &rows {
            let mut fields = row.fields(ORDERS);
            found.push((fields.parsed()?, fields.parsed()?));
        }
        Ok(found)
    }

    async fn insert_proposal(&mut self, row: &ProposalRow) -> Result<()> {
        proposals::insert(self, row).await
    }

    async fn lock_proposal(&mut self, shop: ShopId, id: ProposalId) -> Result<Option<ProposalRow>> {
        proposals::find(self, proposals::LOCK, shop, id).await
    }

    async fn decide_proposal(
        &mut self,
        shop: ShopId,
        id: ProposalId,
        state: ProposalState,
        at: Timestamp,
    ) -> Result<()> {
        proposals::decide(self, shop, id, state, at).await
    }

    async fn sweep_proposals(&mut self, before: Timestamp) -> Result<u64> {
        proposals::sweep(self, before).await
    }

    async fn see_gateway_event(&mut self, shop: ShopId, id: &str, at: Timestamp) -> Result<bool> {
        let text = "INSERT INTO gateway_events (shop, id, at) VALUES ($1, $2, $3) \
                    ON CONFLICT DO NOTHING";
        match self.insert(EVENTS, text, binds![shop, id, at]).await {
            Ok(()) => Ok(true),
            Err(StoreError::Conflict { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn sweep_gateway_events(&mut self, before: Timestamp) -> Result<u64> {
        self.change(EVENTS, SWEEP_EVENTS, binds![before]).await
    }
}
