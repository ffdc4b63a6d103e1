//! Whether a visitor sees the widget: everybody once the shop is live, staff with a preview before.

use axum::http::StatusCode;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use inbox::front::{Front, GoingLive, PreviewToken};
use store::Snapshot;
use terms::{ShopId, StaffId, Timestamp};

use crate::{house::House, problem::Problem};

/// A token as it travels: whose, until when, and the keyed hash over both.
pub(crate) fn written(token: &PreviewToken) -> Vec<u8> {
    let mut bytes = token.staff.as_bytes().to_vec();
    bytes.extend(token.until.millis().to_be_bytes());
    bytes.extend(token.hash);
    bytes
}

fn read(text: &str) -> Option<PreviewToken> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let (staff, rest) = bytes.split_first_chunk::<16>()?;
    let (until, rest) = rest.split_first_chunk::<8>()?;
    let (hash, []) = rest.split_first_chunk::<32>()? else {
        return None;
    };
    Some(PreviewToken {
        staff: StaffId::from_uuid(uuid::Uuid::from_bytes(*staff)),
        until: Timestamp::from_millis(i64::from_be_bytes(*until)),
        hash: *hash,
    })
}

/// Whether this visitor sees the widget.
pub(crate) async fn may_see(
    house: &House,
    snapshot: &mut dyn Snapshot,
    shop: ShopId,
    front: &Front,
    token: Option<&str>,
) -> Result<bool, Problem> {
    if front.state == GoingLive::Live {
        return Ok(true);
    }
    match token {
        Some(token) => is_good(house, snapshot, shop, token).await,
        None => Ok(false),
    }
}

/// Whether a token is a preview of this shop that is not over.
pub(crate) async fn is_good(
    house: &House,
    snapshot: &mut dyn Snapshot,
    shop: ShopId,
    token: &str,
) -> Result<bool, Problem> {
    let Some(token) = read(token) else {
        return Ok(false);
    };
    let inbox = house.journey.inbox();
    Ok(inbox.is_preview(snapshot, shop, &token).await?)
}

/// To whoever does not see the widget of a shop on trial.
pub(crate) fn not_live() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "not_live",
        "this shop's chat is not open to the public yet",
    )
}
