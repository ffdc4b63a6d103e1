//! How shoppers rate the chats, in numbers.

use core::time::Duration;

use axum::{Json, extract::State};
use identity::actions::ReadRatings;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    extract::{Asked, Permitted},
    house::House,
    problem::{Problem, ProblemDetails},
};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// For how long back.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Span {
    #[serde(default = "month")]
    #[param(minimum = 1, maximum = 366)]
    days: u32,
}

const fn month() -> u32 {
    30
}

/// Ratings of the last days.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RatingsView {
    days: u32,
    /// All of them.
    count: i64,
    /// How many gave each score, 1 first.
    scores: [i64; 5],
}

/// How many ratings of each score were given.
#[utoipa::path(get, path = "/v1/staff/ratings", tag = "staff", operation_id = "ratings", security(("staff" = [])), params(Span),
    responses((status = 200, body = RatingsView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn ratings(
    State(house): State<House>,
    Permitted(permit): Permitted<ReadRatings>,
    Asked(span): Asked<Span>,
) -> Result<Json<RatingsView>, Problem> {
    if !(1..=366).contains(&span.days) {
        return Err(Problem::bad_argument("`days` must be 1 to 366"));
    }
    let since = house.clock.now().before(DAY * span.days);
    let mut snapshot = house.database.snapshot().await?;
    let inbox = house.journey.inbox();
    let counted = inbox.ratings(&mut *snapshot, &permit, since).await?;
    let of = |score| {
        let found = counted.iter().find(|(one, _)| *one == score);
        found.map_or(0, |(_, count)| *count)
    };
    let scores = [of(1), of(2), of(3), of(4), of(5)];
    Ok(Json(RatingsView {
        days: span.days,
        count: scores.iter().sum(),
        scores,
    }))
}
