//! A conversation live: every turn once, in order, from where the client left off.

use core::time::Duration;

use axum::{
    extract::State,
    http::HeaderMap,
    response::{Response, sse::Event},
};
use identity::Scope;
use serde::Deserialize;
use serde_json::json;
use store::conversations::ConversationState;
use terms::ConversationId;
use utoipa::IntoParams;

use super::after::looks_again;
use crate::{
    extract::{Asked, Asking, Ids, ShopperToken, position},
    house::House,
    problem::{Problem, ProblemDetails},
    stream::{self, Feed, Gone},
    switchboard::Topic,
    views::{TurnView, state_name},
};

/// A session is looked at again at least this often, whatever rings.
const RECHECK: Duration = Duration::from_secs(30);
const PAGE: u32 = 100;

/// From where on.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Since {
    /// Turns after this position; `Last-Event-ID` goes before it.
    #[serde(default)]
    #[param(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    after: i64,
}

/// Events of one conversation: `turn` (its id is the turn's position), `rewritten` (a turn that was sent
/// before and is another now: parts of a card were taken out), `state`, `ended`.
#[utoipa::path(get, path = "/v1/conversations/{conversation}/events", tag = "shopper", operation_id = "conversation_events",
    security(("shopper" = [])), params(("conversation" = Uuid, Path), Since),
    responses((status = 200, body = String, content_type = "text/event-stream"),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn events(
    State(house): State<House>,
    Asking(address): Asking,
    token: ShopperToken,
    Ids(conversation): Ids<ConversationId>,
    Asked(since): Asked<Since>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let resumed = headers
        .get("last-event-id")
        .and_then(|id| id.to_str().ok()?.parse::<i64>().ok());
    let after = position(resumed.unwrap_or(since.after))?;
    let session = {
        let scope = Scope::new();
        let proof = token.prove(&house, &scope).await?;
        let mut snapshot = house.database.snapshot().await?;
        house
            .journey
            .inbox()
            .hers(&mut *snapshot, &proof, conversation)
            .await?;
        looks_again(&house, snapshot, &proof, conversation).await?;
        proof.session()
    };
    let place = house.gatekeeper.streams.take(session, address)?;
    Ok(stream::respond(place, move |feed| async move {
        // Bells first, then the first read: nothing can fall between them.
        let mut bell = house.switchboard.listen(Topic::Conversation(conversation));
        let mut session_bell = house.switchboard.listen(Topic::Session(session));
        let mut reader = Reader {
            house,
            token,
            conversation,
            after,
            rewriting: 0,
            state: None,
        };
        loop {
            match reader.read(&feed).await {
                Ok(()) => {}
                Err(Stop::Gone) => return,
                Err(Stop::Ended) => {
                    let _ = feed.ended().await;
                    return;
                }
                // The client comes back by itself and goes on from the last turn it has.
                Err(Stop::Failed) => return,
            }
            tokio::select! {
                _ = bell.rung() => {}
                _ = session_bell.rung() => {}
                () = tokio::time::sleep(RECHECK) => {}
                () = feed.closed() => return,
            }
        }
    }))
}

struct Reader {
    house: House,
    token: ShopperToken,
    conversation: ConversationId,
    after: i64,
    /// The last rewriting of the conversation that the client knows of.
    rewriting: i64,
    state: Option<ConversationState>,
}

enum Stop {
    Gone,
    Ended,
    Failed,
}

impl From<Gone> for Stop {
    fn from(_: Gone) -> Self {
        Self::Gone
    }
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        if problem.status().is_client_error() {
            Self::Ended
        } else {
            Self::Failed
        }
    }
}

impl Reader {
    /// Sends what is new. The proof is minted anew each time and ends with the read: a session
    /// that has ended, or a conversation that is hers no more, ends the stream.
    async fn read(&mut self, feed: &Feed) -> Result<(), Stop> {
        loop {
            let scope = Scope::new();
            let proof = self.token.prove_unseen(&self.house, &scope).await?;
            let journey = &self.house.journey;
            let mut snapshot = self
                .house
                .database
                .snapshot()
                .await
                .map_err(Problem::from)?;
            let policy = journey
                .link_policy(&mut *snapshot, proof.shop())
                .await
                .map_err(Problem::from)?;
            let (row, turns) = journey
                .inbox()
                .turns_of_hers(
                    &mut *snapshot,
                    &proof,
                    self.conversation,
                    self.after,
                    PAGE,
                    &policy,
                )
                .await
                .map_err(Problem::from)?;
            // Whoever comes back may have missed one: all that she can have seen is sent again.
            let rewritten = journey
                .inbox()
                .rewritten(&mut *snapshot, &row, self.rewriting, self.after, &policy)
                .await
                .map_err(Problem::from)?;
            self.rewriting = row.rewritings;
            drop(snapshot);
            for turn in rewritten.into_iter().map(TurnView::from) {
                let data = serde_json::to_string(&turn).map_err(|_| Stop::Failed)?;
                feed.send(Event::default().event("rewritten").data(data))
                    .await?;
            }
            for turn in turns.into_iter().map(TurnView::from) {
                let position = turn.position;
                let data = serde_json::to_string(&turn).map_err(|_| Stop::Failed)?;
                feed.send(
                    Event::default()
                        .event("turn")
                        .id(position.to_string())
                        .data(data),
                )
                .await?;
                self.after = position;
            }
            if self.after < row.last_position {
                continue;
            }
            if self.state != Some(row.state) {
                self.state = Some(row.state);
                let data = json!({ "state": state_name(row.state) }).to_string();
                feed.send(Event::default().event("state").data(data))
                    .await?;
            }
            return Ok(());
        }
    }
}
