//! Where the payment gateway's page leads back to. It says how the payment stands, and nothing of
//! who paid or for what: whoever has the link may see it.

use askama::Template;
use axum::{extract::State, http::HeaderValue, response::Response};
use serde::Deserialize;
use store::orders::MovementState;
use terms::MovementId;

use super::page;
use crate::{assets, extract::Asked, house::House, problem::Problem};

#[derive(Template)]
#[template(path = "pay_return.html")]
struct Returned {
    css_integrity: &'static str,
    title: &'static str,
    text: &'static str,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    movement: MovementId,
}

pub(crate) async fn returned(
    State(house): State<House>,
    Asked(wanted): Asked<Wanted>,
) -> Result<Response, Problem> {
    let mut snapshot = house.database.snapshot().await?;
    let mut found = None;
    for shop in snapshot.shops().await? {
        found = snapshot.movement(shop.id, wanted.movement).await?;
        if found.is_some() {
            break;
        }
    }
    let movement = found.ok_or_else(|| Problem::not_found("there is no such payment"))?;
    let waits = movement.state == MovementState::Intended;
    let (title, text) = match movement.state {
        MovementState::Done => (
            "Thank you: your payment has arrived",
            "You can close this page. Your order is on its way to being packed; ask in the chat how it stands.",
        ),
        MovementState::Failed | MovementState::Dropped => (
            "This payment was given up",
            "Nothing was charged for this order, or it goes back to you. You can close this page and order again in the chat.",
        ),
        MovementState::Intended | MovementState::Asked => (
            "Your payment is being confirmed",
            "The payment company tells us in a moment. If you left its page without paying, nothing was charged: the link in the chat leads back to it.",
        ),
    };
    let template = Returned {
        css_integrity: assets::console_integrity("console.css"),
        title,
        text,
    };
    let mut response = page(&template)?;
    if waits {
        response
            .headers_mut()
            .insert("refresh", HeaderValue::from_static("2"));
    }
    Ok(response)
}
