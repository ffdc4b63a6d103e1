//! The figures of the shop's day.

use axum::{Json, extract::State};
use identity::actions::ReadOverview;
use serde::Serialize;
use utoipa::ToSchema;

use super::conversations::QueueCounts;
use crate::{
    extract::Permitted,
    house::House,
    problem::{Problem, ProblemDetails},
    views::moment,
};

/// The shop's day in figures. Hours and days are those of the named time zone.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OverviewView {
    #[schema(format = "date-time")]
    now: String,
    time_zone: &'static str,
    /// Nothing as long as the shop sells nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    currency: Option<String>,
    counts: QueueCounts,
    /// Since when the longest wait for a person lasts.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "date-time")]
    longest_wait_since: Option<String>,
    answer_times: AnswerTimesView,
    /// The 24 hours of today.
    hours: Vec<OpenedView>,
    /// The last seven days, today at the end.
    days: Vec<OpenedView>,
    /// The last seven days, today at the end.
    order_days: Vec<PlacedView>,
    unpaid: AmountView,
    /// Returns and exchanges whose goods are expected.
    returns: i64,
    exchanges: i64,
    beginnings: BeginningsView,
}

/// How long people waited for the first answer of a person, over the seven days.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AnswerTimesView {
    answers: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    median_seconds: Option<i64>,
    /// Nine of ten waited no longer.
    #[serde(skip_serializing_if = "Option::is_none")]
    ninth_tenth_seconds: Option<i64>,
}

/// Conversations that began in an hour or on a day.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenedView {
    #[schema(format = "date-time")]
    from: String,
    opened: i64,
    /// Answered by the assistant alone.
    alone: i64,
    /// Handed over to a person.
    handed_over: i64,
}

/// Orders placed on a day.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlacedView {
    #[schema(format = "date-time")]
    from: String,
    orders: i64,
    /// Minor units.
    worth: i64,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AmountView {
    orders: i64,
    /// Minor units.
    worth: i64,
}

/// Whether the shop has what it needs to begin.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BeginningsView {
    products: bool,
    texts: bool,
    conversations: bool,
}

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// The figures as they are now, counted without opening anything.
#[utoipa::path(get, path = "/v1/staff/overview", tag = "staff", operation_id = "overview", security(("staff" = [])),
    responses((status = 200, body = OverviewView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn overview(
    State(house): State<House>,
    Permitted(permit): Permitted<ReadOverview>,
) -> Result<Json<OverviewView>, Problem> {
    let mut snapshot = house.database.snapshot().await?;
    let inbox = house.journey.inbox();
    let found = inbox.overview(&mut *snapshot, &permit).await?;
    let commerce = house.journey.commerce();
    let currency = commerce.currency(&mut *snapshot, permit.shop()).await?;
    let from = |start: terms::Timestamp, stretch: i64, length: i64| {
        let after = stretch.saturating_mul(length);
        moment(terms::Timestamp::from_millis(
            start.millis().saturating_add(after),
        ))
    };
    let opened = |counts: Vec<store::desk::OpenedCount>, start, length| {
        let counts = counts.into_iter().map(|count| OpenedView {
            from: from(start, count.stretch, length),
            opened: count.opened,
            alone: count.alone,
            handed_over: count.handed_over,
        });
        counts.collect()
    };
    let placed = found.order_days.iter().map(|count| PlacedView {
        from: from(found.week, count.stretch, DAY),
        orders: count.orders,
        worth: count.worth,
    });
    let times = found.answer_times;
    Ok(Json(OverviewView {
        now: moment(found.now),
        time_zone: "UTC",
        currency: currency.map(|currency| currency.as_str().to_owned()),
        counts: found.queue.into(),
        longest_wait_since: found.longest_wait.map(moment),
        answer_times: AnswerTimesView {
            answers: times.answers,
            median_seconds: times.median.map(|time| time / 1_000),
            ninth_tenth_seconds: times.ninth_tenth.map(|time| time / 1_000),
        },
        order_days: placed.collect(),
        hours: opened(found.hours, found.today, HOUR),
        days: opened(found.days, found.week, DAY),
        unpaid: AmountView {
            orders: found.unpaid.orders,
            worth: found.unpaid.worth,
        },
        returns: found.returns,
        exchanges: found.exchanges,
        beginnings: BeginningsView {
            products: found.beginnings.products,
            texts: found.beginnings.texts,
            conversations: found.beginnings.conversations,
        },
    }))
}
