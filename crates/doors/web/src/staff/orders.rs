//! Orders at the desk: look, and take the steps of an order's life.

use std::collections::BTreeMap;

use axum::{Json, extract::State};
use commerce::{
    document::{OrderStatus, Servicing},
    staff::Step,
};
use identity::actions::{BookPayment, ReadOrders, ServeOrders};
use journey::pictures::{pictures_of, products_in};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::Transaction;
use terms::{OrderId, ShopId};
use utoipa::{IntoParams, ToSchema};

use super::conversations::Nothing;
use crate::{
    extract::{Asked, Body, Named, Permitted},
    house::House,
    problem::{Problem, ProblemDetails},
    shopper::pictures::{self, PictureView},
};

const LISTED: u32 = 50;

/// Which orders.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    /// Only orders of this status.
    #[param(inline, value_type = Option<OrderStatusName>)]
    status: Option<OrderStatus>,
    /// Only orders with this servicing.
    #[param(inline, value_type = Option<ServicingName>)]
    servicing: Option<Servicing>,
    /// The page before which these stand, as `next` of that page gave it.
    #[param(pattern = "^-?[0-9]{1,19}_[0-9a-f-]{36}$")]
    before: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum OrderStatusName {
    Pending,
    Processed,
    Shipped,
    Delivered,
    Cancelled,
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ServicingName {
    ItemsChanged,
    ReturnRequested,
    ExchangeRequested,
}

/// A page of orders, newest first, and how many there are of each kind.
#[derive(Serialize, ToSchema)]
pub(crate) struct OrdersView {
    #[schema(value_type = Vec<Object>)]
    orders: Vec<Value>,
    /// Where the next page begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    counts: Vec<OrderCount>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct OrderCount {
    status: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    servicing: Option<String>,
    count: i64,
}

/// An order as staff see it.
#[derive(Serialize, ToSchema)]
pub(crate) struct OrderView {
    #[schema(value_type = Object)]
    order: Value,
    /// The pictures of what was ordered, by the products' ids.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pictures: BTreeMap<String, PictureView>,
}

impl OrderView {
    async fn of(tx: &mut dyn Transaction, shop: ShopId, order: Value) -> Result<Self, Problem> {
        let shown = pictures_of(tx, shop, &products_in(&order)).await?;
        Ok(Self {
            order,
            pictures: pictures::views(shown),
        })
    }
}

/// What left the warehouse.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Shipped {
    #[schema(min_items = 1, max_items = 20)]
    tracking: Vec<String>,
    /// Lines of the order; without them all that have not left yet.
    #[serde(default)]
    lines: Option<Vec<String>>,
}

/// The shop's orders. That a page was looked at is recorded.
#[utoipa::path(get, path = "/v1/staff/orders", tag = "staff", operation_id = "list_orders", security(("staff" = [])),
    params(Wanted),
    responses((status = 200, body = OrdersView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn list(
    State(house): State<House>,
    Permitted(permit): Permitted<ReadOrders>,
    Asked(wanted): Asked<Wanted>,
) -> Result<Json<OrdersView>, Problem> {
    let before = wanted.before.as_deref().map(page).transpose()?;
    let mut tx = house.database.begin().await?;
    let commerce = house.journey.commerce();
    let found = commerce
        .orders_for_staff(
            &mut *tx,
            &permit,
            wanted.status,
            wanted.servicing,
            before,
            LISTED,
        )
        .await?;
    tx.commit().await?;
    let counts = found.counts.into_iter();
    Ok(Json(OrdersView {
        orders: found.orders,
        next: found.next.map(|(position, id)| format!("{position}_{id}")),
        counts: counts
            .map(|(status, servicing, count)| OrderCount {
                status,
                servicing,
                count,
            })
            .collect(),
    }))
}

fn page(text: &str) -> Result<(i64, OrderId), Problem> {
    let parts = text.split_once('_');
    let parts = parts.and_then(|(position, id)| Some((position.parse().ok()?, id.parse().ok()?)));
    parts.ok_or_else(|| Problem::bad_argument("`before` must be what `next` of a page gave"))
}

/// One order with who bought it. That it was read is recorded.
#[utoipa::path(get, path = "/v1/staff/orders/{order}", tag = "staff", operation_id = "read_order", security(("staff" = [])),
    params(("order" = String, Path, description = "the order's number")),
    responses((status = 200, body = OrderView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn read(
    State(house): State<House>,
    Permitted(permit): Permitted<ReadOrders>,
    Named(order): Named,
) -> Result<Json<OrderView>, Problem> {
    let mut tx = house.database.begin().await?;
    let commerce = house.journey.commerce();
    let order = commerce.order_for_staff(&mut *tx, &permit, &order).await?;
    let view = OrderView::of(&mut *tx, permit.shop(), order).await?;
    tx.commit().await?;
    Ok(Json(view))
}

/// Books money that came in outside any gateway: the order is paid.
#[utoipa::path(post, path = "/v1/staff/orders/{order}/paid", tag = "staff", operation_id = "mark_paid", security(("staff" = [])),
    params(("order" = String, Path, description = "the order's number")), request_body = Nothing,
    responses((status = 200, body = OrderView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn paid(
    State(house): State<House>,
    Permitted(permit): Permitted<BookPayment>,
    Named(order): Named,
    Body(Nothing {}): Body<Nothing>,
) -> Result<Json<OrderView>, Problem> {
    let mut tx = house.database.begin().await?;
    let commerce = house.journey.commerce();
    let order = commerce.mark_paid(&mut *tx, &permit, &order).await?;
    let view = OrderView::of(&mut *tx, permit.shop(), order).await?;
    tx.commit().await?;
    Ok(Json(view))
}

/// The order is being packed.
#[utoipa::path(post, path = "/v1/staff/orders/{order}/process", tag = "staff", operation_id = "process_order", security(("staff" = [])),
    params(("order" = String, Path, description = "the order's number")), request_body = Nothing,
    responses((status = 200, body = OrderView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn process(
    State(house): State<House>,
    Permitted(permit): Permitted<ServeOrders>,
    Named(order): Named,
    Body(Nothing {}): Body<Nothing>,
) -> Result<Json<OrderView>, Problem> {
    step(&house, &permit, &order, Step::Process).await
}

/// Lines left the warehouse.
#[utoipa::path(post, path = "/v1/staff/orders/{order}/ship", tag = "staff", operation_id = "ship_order", security(("staff" = [])),
    params(("order" = String, Path, description = "the order's number")), request_body = Shipped,
    responses((status = 200, body = OrderView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn ship(
    State(house): State<House>,
    Permitted(permit): Permitted<ServeOrders>,
    Named(order): Named,
    Body(shipped): Body<Shipped>,
) -> Result<Json<OrderView>, Problem> {
    let shipped = Step::Ship {
        tracking: shipped.tracking,
        lines: shipped.lines,
    };
    step(&house, &permit, &order, shipped).await
}

/// Everything arrived.
#[utoipa::path(post, path = "/v1/staff/orders/{order}/deliver", tag = "staff", operation_id = "deliver_order", security(("staff" = [])),
    params(("order" = String, Path, description = "the order's number")), request_body = Nothing,
    responses((status = 200, body = OrderView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn deliver(
    State(house): State<House>,
    Permitted(permit): Permitted<ServeOrders>,
    Named(order): Named,
    Body(Nothing {}): Body<Nothing>,
) -> Result<Json<OrderView>, Problem> {
    step(&house, &permit, &order, Step::Deliver).await
}

/// The goods of a return or an exchange are back: money is refunded or settled.
#[utoipa::path(post, path = "/v1/staff/orders/{order}/receive", tag = "staff", operation_id = "receive_goods", security(("staff" = [])),
    params(("order" = String, Path, description = "the order's number")), request_body = Nothing,
    responses((status = 200, body = OrderView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn receive(
    State(house): State<House>,
    Permitted(permit): Permitted<ServeOrders>,
    Named(order): Named,
    Body(Nothing {}): Body<Nothing>,
) -> Result<Json<OrderView>, Problem> {
    step(&house, &permit, &order, Step::Receive).await
}

/// An order that is not paid in full, a return or an exchange is not going to be finished: what was
/// set aside goes back to stock, what was paid for the order goes back to whoever paid it.
#[utoipa::path(post, path = "/v1/staff/orders/{order}/give_up", tag = "staff", operation_id = "give_up_order", security(("staff" = [])),
    params(("order" = String, Path, description = "the order's number")), request_body = Nothing,
    responses((status = 200, body = OrderView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn give_up(
    State(house): State<House>,
    Permitted(permit): Permitted<ServeOrders>,
    Named(order): Named,
    Body(Nothing {}): Body<Nothing>,
) -> Result<Json<OrderView>, Problem> {
    step(&house, &permit, &order, Step::GiveUp).await
}

async fn step(
    house: &House,
    permit: &identity::Permit<ServeOrders>,
    order: &str,
    step: Step,
) -> Result<Json<OrderView>, Problem> {
    let mut tx = house.database.begin().await?;
    let commerce = house.journey.commerce();
    let order = commerce.take_step(&mut *tx, permit, order, step).await?;
    let view = OrderView::of(&mut *tx, permit.shop(), order).await?;
    tx.commit().await?;
    Ok(Json(view))
}
