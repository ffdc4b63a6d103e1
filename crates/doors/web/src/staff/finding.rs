//! Finding conversations. What is looked for travels in the body, never in an address that a log or
//! a history would keep.

use axum::{Json, extract::State};
use guard::gate;
use identity::actions::SearchConversations;
use inbox::{
    finding::{Find, Wanted, Whose},
    words::Words,
};
use serde::{Deserialize, Serialize};
use store::{
    conversations::ConversationState,
    desk::{QueueFilter, TurnMark},
};
use terms::{StaffId, Timestamp, Untrusted};
use utoipa::ToSchema;

use crate::{
    extract::{Body, Permitted, at_most},
    house::House,
    problem::{Problem, ProblemDetails},
    views::{AuthorName, HeadView, StateName, moment},
};

const LONGEST_QUERY: usize = 200;

/// What is looked for; everything that is named must hold.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SearchWish {
    /// Words that all begin words of one message.
    #[serde(default)]
    #[schema(max_length = 200)]
    words: Option<String>,
    /// The address of the shopper, exactly.
    #[serde(default)]
    email: Option<String>,
    /// The number of an order whose buyer is meant.
    #[serde(default)]
    #[schema(max_length = 200)]
    order: Option<String>,
    #[serde(default)]
    tag: Option<String>,
    /// Only these states; `closed` is one of them here. Without any, all.
    #[serde(default)]
    states: Vec<SoughtState>,
    /// Only those with this member of staff.
    #[serde(default)]
    #[schema(value_type = Option<uuid::Uuid>)]
    assigned: Option<StaffId>,
    /// Not before this time.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = "date-time")]
    from: Option<String>,
    /// Before this time.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = "date-time")]
    until: Option<String>,
    /// Where the look before ended, as its `more` gave it.
    #[serde(default)]
    #[schema(pattern = "^-?[0-9]{1,19}_[0-9a-f-]{36}_[0-9]{1,19}$")]
    before: Option<String>,
}

/// A state of a conversation, or that it is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SoughtState {
    Assistant,
    Waiting,
    Human,
    Closed,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FindsView {
    finds: Vec<FindView>,
    /// How many messages were opened and looked through.
    opened: usize,
    /// Where a further look begins; nothing when all there is was looked through.
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FindView {
    #[serde(flatten)]
    head: HeadView,
    /// Where words were found.
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<FoundWordsView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FoundWordsView {
    position: i64,
    #[schema(value_type = AuthorName)]
    author: &'static str,
    #[schema(format = "date-time")]
    at: String,
    before: String,
    hit: String,
    after: String,
}

/// Finds conversations. Each search is recorded, without what was looked for.
#[utoipa::path(post, path = "/v1/staff/search", tag = "staff", operation_id = "search_conversations", security(("staff" = [])),
    request_body = SearchWish,
    responses((status = 200, body = FindsView),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn search(
    State(house): State<House>,
    Permitted(permit): Permitted<SearchConversations>,
    Body(wish): Body<SearchWish>,
) -> Result<Json<FindsView>, Problem> {
    let wanted = wanted(wish, house.clock.now())?;
    let inbox = house.journey.inbox();
    let mut snapshot = house.database.snapshot().await?;
    let policy = house
        .journey
        .link_policy(&mut *snapshot, permit.shop())
        .await?;
    let search = inbox
        .search(&mut *snapshot, &permit, &wanted, &policy)
        .await?;
    drop(snapshot);
    let mut tx = house.database.begin().await?;
    let found = inbox.record_search(&mut *tx, &permit, search).await?;
    // Shown only once the line that says so is durable.
    tx.commit().await?;
    let more = found.more.map(written);
    let finds = found.finds.into_iter();
    Ok(Json(FindsView {
        finds: finds.map(|find| view(find, permit.staff())).collect(),
        opened: found.opened,
        more,
    }))
}

fn view(find: Find, you: StaffId) -> FindView {
    FindView {
        head: HeadView::new(find.head, you),
        found: find.at.map(|found| FoundWordsView {
            position: found.position,
            author: found.author.as_str(),
            at: moment(found.at),
            before: found.excerpt.before,
            hit: found.excerpt.hit,
            after: found.excerpt.after,
        }),
    }
}

fn wanted(wish: SearchWish, now: Timestamp) -> Result<Wanted, Problem> {
    let given = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    let whose = match (given(wish.email), given(wish.order)) {
        (Some(_), Some(_)) => {
            return Err(Problem::bad_argument(
                "give `email` or `order`, not both: each says whose conversations are meant",
            ));
        }
        (Some(email), None) => Whose::Address(gate::email_address(Untrusted::new(email))?),
        (None, Some(order)) => {
            at_most("order", &order, LONGEST_QUERY)?;
            Whose::Order(order.trim().to_owned())
        }
        (None, None) => Whose::Anyones,
    };
    let words = match given(wish.words) {
        Some(query) => {
            at_most("words", &query, LONGEST_QUERY)?;
            Some(Words::parse(&query).ok_or_else(|| {
                Problem::bad_argument("`words` must have a letter or a digit in it")
            })?)
        }
        None => None,
    };
    let mut filter = QueueFilter {
        assigned: wish.assigned,
        tag: given(wish.tag),
        ..QueueFilter::default()
    };
    for state in &wish.states {
        match state {
            SoughtState::Assistant => filter.states.push(StateName::Assistant.into()),
            SoughtState::Waiting => filter.states.push(StateName::Waiting.into()),
            SoughtState::Human => filter.states.push(StateName::Human.into()),
            SoughtState::Closed => filter.closed = true,
        }
    }
    if wish.states.is_empty() {
        filter.states.extend(ConversationState::ALL);
        filter.closed = true;
    }
    Ok(Wanted {
        whose,
        words,
        filter,
        from: time("from", wish.from)?.unwrap_or(Timestamp::from_millis(0)),
        // What is written while we look may be found as well.
        until: time("until", wish.until)?
            .unwrap_or_else(|| Timestamp::from_millis(now.millis().saturating_add(1))),
        before: wish.before.as_deref().map(mark).transpose()?,
    })
}

fn time(name: &str, text: Option<String>) -> Result<Option<Timestamp>, Problem> {
    let Some(text) = text else { return Ok(None) };
    let at = Timestamp::parse_rfc3339(&text);
    at.map(Some).ok_or_else(|| {
        Problem::bad_argument(format!(
            "`{name}` must be a time such as `2026-05-01T00:00:00Z`"
        ))
    })
}

fn written(mark: TurnMark) -> String {
    let (at, conversation, position) = (mark.at.millis(), mark.conversation, mark.position);
    format!("{at}_{conversation}_{position}")
}

fn mark(text: &str) -> Result<TurnMark, Problem> {
    let mut parts = text.splitn(3, '_');
    let mut next = || parts.next().unwrap_or_default();
    let (at, conversation, position) = (next(), next(), next());
    let read = || {
        Some(TurnMark {
            at: Timestamp::from_millis(at.parse().ok()?),
            conversation: conversation.parse().ok()?,
            position: position.parse().ok()?,
        })
    };
    // In its one spelling: numbers and ids are read in others as well.
    let given = read().filter(|mark| mark.position >= 0 && written(*mark) == text);
    given.ok_or_else(|| Problem::bad_argument("`before` must be what `more` of a look gave"))
}
