//! What changes in the shop's conversations, live: which one, never what.

use core::time::Duration;

use axum::{
    extract::State,
    response::{Response, sse::Event},
};
use identity::actions::ReadQueue;
use serde_json::json;

use crate::{
    extract::{Asking, Permitted},
    house::House,
    problem::{Problem, ProblemDetails},
    stream::{self, Feed, Gone},
    switchboard::Topic,
};

const RECHECK: Duration = Duration::from_secs(30);

/// Events of the shop: `conversation` names one that changed (or none: read all again), `ended`.
#[utoipa::path(get, path = "/v1/staff/events", tag = "staff", operation_id = "staff_events", security(("staff" = [])),
    responses((status = 200, body = String, content_type = "text/event-stream"),
        (status = "4XX", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, body = ProblemDetails, content_type = "application/problem+json")))]
pub(crate) async fn events(
    State(house): State<House>,
    Asking(address): Asking,
    Permitted(permit): Permitted<ReadQueue>,
) -> Result<Response, Problem> {
    let (shop, session) = (permit.shop(), permit.session());
    let place = house.gatekeeper.streams.take(session, address)?;
    Ok(stream::respond(place, move |feed| async move {
        let mut bell = house.switchboard.listen(Topic::Shop(shop));
        let mut session_bell = house.switchboard.listen(Topic::Session(session));
        // Whatever happened before the stream stood is caught up with by reading all once.
        let mut changed = Some(None);
        loop {
            let still_here = match house.database.snapshot().await {
                Ok(mut snapshot) => {
                    house
                        .journey
                        .identity()
                        .staff_may_still::<ReadQueue>(&mut *snapshot, shop, session)
                        .await
                }
                Err(_) => return,
            };
            match still_here {
                Ok(true) => {}
                Ok(false) => {
                    let _ = feed.ended().await;
                    return;
                }
                Err(_) => return,
            }
            if let Some(conversation) = changed
                && tell(&feed, conversation).await.is_err()
            {
                return;
            }
            changed = tokio::select! {
                rung = bell.rung() => Some(rung.conversation),
                _ = session_bell.rung() => None,
                () = tokio::time::sleep(RECHECK) => None,
                () = feed.closed() => return,
            };
        }
    }))
}

async fn tell(feed: &Feed, conversation: Option<terms::ConversationId>) -> Result<(), Gone> {
    let data = json!({ "conversation": conversation }).to_string();
    feed.send(Event::default().event("conversation").data(data))
        .await
}
