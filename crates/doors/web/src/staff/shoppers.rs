//! Shoppers at the desk: found by an address exactly, and one shopper's page. Nobody browses them.

use axum::{Json, extract::State};
use guard::gate;
use identity::actions::{ReadOrders, ReadShoppers};
use inbox::shoppers::Sought;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use terms::{ShopperId, Untrusted};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    extract::{Body, Ids, Permitted, at_most},
    house::House,
    problem::{Problem, ProblemDetails},
    views::{HeadView, moment},
};

const ORDERS: u32 = 50;

const LONGEST_NUMBER: usize = 200;

/// Who is meant: by her address, exactly, or by the number of an order of hers.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WhichShopper {
    #[serde(default)]
    email: Option<String>,
    #[serde(default)]
    #[schema(max_length = 200)]
    order: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FoundShopperView {
    /// Nothing when the shop knows nobody like that.
    #[serde(skip_serializing_if = "Option::is_none")]
    shopper: Option<Uuid>,
}

/// What staff see of a shopper.
#[derive(Serialize, ToSchema)]
pub(crate) struct ShopperPageView {
    shopper: Uuid,
    /// Her address, masked; nothing when she was forgotten.
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    #[schema(format = "date-time")]
    known_since: String,
    /// The newest, at most 50.
    conversations: Vec<HeadView>,
    /// The newest, at most 50: numbers, states and sums. Left out for whoever may not see orders.
    #[schema(value_type = Option<Vec<Object>>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    orders: Option<Vec<Value>>,
    /// What staff did that concerns her, from the ledger, the newest first.
    acts: Vec<ActView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ActView {
    #[schema(format = "date-time")]
    at: String,
    /// Who did it.
    name: String,
    /// The kind of the ledger's entry.
    kind: String,
}

/// The shopper with exactly this address, or who placed this order. That it was asked is recorded.
#[utoipa::path(post, path = "/v1/staff/shoppers/find", tag = "staff", operation_id = "find_shopper", security(("staff" = [])),
    request_body = WhichShopper,
    responses((status = 200, body = FoundShopperView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn find(
    State(house): State<House>,
    Permitted(permit): Permitted<ReadShoppers>,
    Body(wish): Body<WhichShopper>,
) -> Result<Json<FoundShopperView>, Problem> {
    let sought = match (wish.email, wish.order) {
        (Some(email), None) => Sought::Address(gate::email_address(Untrusted::new(email))?),
        (None, Some(order)) => {
            at_most("order", &order, LONGEST_NUMBER)?;
            Sought::Order(order.trim().to_owned())
        }
        _ => {
            return Err(Problem::bad_argument(
                "give `email` or `order`, one of them",
            ));
        }
    };
    let mut tx = house.database.begin().await?;
    let inbox = house.journey.inbox();
    let found = inbox.find_shopper(&mut *tx, &permit, &sought).await?;
    tx.commit().await?;
    Ok(Json(FoundShopperView {
        shopper: found.map(|shopper| *shopper.as_uuid()),
    }))
}

/// A shopper's page. That it was read is recorded.
#[utoipa::path(get, path = "/v1/staff/shoppers/{shopper}", tag = "staff", operation_id = "read_shopper", security(("staff" = [])),
    params(("shopper" = Uuid, Path)),
    responses((status = 200, body = ShopperPageView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn read(
    State(house): State<House>,
    Permitted(permit): Permitted<ReadShoppers>,
    orders_permit: Result<Permitted<ReadOrders>, Problem>,
    Ids(shopper): Ids<ShopperId>,
) -> Result<Json<ShopperPageView>, Problem> {
    let mut tx = house.database.begin().await?;
    let inbox = house.journey.inbox();
    let page = inbox.shopper(&mut *tx, &permit, shopper).await?;
    let commerce = house.journey.commerce();
    // Whoever may not see orders sees the page without them.
    let orders = match (&page.address, orders_permit) {
        (_, Err(_)) => None,
        (None, Ok(_)) => Some(Vec::new()),
        (Some(_), Ok(Permitted(permit))) => Some(
            commerce
                .orders_of_shopper_for_staff(&mut *tx, &permit, shopper, ORDERS)
                .await?,
        ),
    };
    tx.commit().await?;
    let heads = page.conversations.into_iter();
    let acts = page.acts.into_iter().map(|act| ActView {
        at: moment(act.at),
        name: act.name,
        kind: act.kind,
    });
    Ok(Json(ShopperPageView {
        shopper: *page.shopper.as_uuid(),
        address: page.address,
        known_since: moment(page.known_since),
        conversations: heads
            .map(|head| HeadView::new(head, permit.staff()))
            .collect(),
        orders,
        acts: acts.collect(),
    }))
}
